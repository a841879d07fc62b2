"""What the tests of problems share: a small county under one command's writer."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import command

from fugong.domain import history, roster
from fugong.domain import problems as ledger
from fugong.domain.writer import Writer
from fugong.errors import Refusal
from fugong.store.records import Department, Enterprise, Event, Problem, Team, Term
from fugong.store.session import Session
from fugong.vocab import ListName

TODAY = date(2020, 3, 13)
YESTERDAY = date(2020, 3, 12)
TOMORROW = date(2020, 3, 14)


@dataclass(frozen=True, slots=True)
class County:
    """Two teams, firms with and without a team, and departments, under one command's writer."""

    writer: Writer
    first: Team
    second: Team
    firm: Enterprise
    stray: Enterprise
    """Nobody's."""
    bureau: Department
    helper: Department
    other: Department
    supplies: Term
    finance: Term

    @property
    def session(self) -> Session:
        return self.writer.session

    def log(self, text: str = "口罩不足", **about: Any) -> Problem:
        return ledger.log_problem(self.writer, text, **{"team": self.first, **about})

    def events(self, problem: Problem) -> list[Event]:
        return history.of(self.session, problem.uid)

    def last(self, problem: Problem) -> Event:
        return self.events(problem)[-1]


@pytest.fixture
def county(empty_store: Path) -> Iterator[County]:
    with command(empty_store) as writer:
        yield made(writer)


def made(writer: Writer) -> County:
    first = roster.add_team(writer, "1", name="第一组", county="某县")
    second = roster.add_team(writer, "2", name="第二组", county="某县")
    return County(
        writer=writer,
        first=first,
        second=second,
        firm=roster.add_enterprise(writer, "甲厂有限公司", team=first),
        stray=roster.add_enterprise(writer, "乙化工有限公司"),
        bureau=roster.add_department(writer, "甲局"),
        helper=roster.add_department(writer, "乙局"),
        other=roster.add_department(writer, "丙局"),
        supplies=roster.add_term(writer, ListName.CATEGORY, "supplies", zh="物资", en="supplies"),
        finance=roster.add_term(writer, ListName.CATEGORY, "finance", zh="资金", en="finance"),
    )


def changes(event: Event) -> Any:
    return json.loads(event.changes)


def said(refused: pytest.ExceptionInfo[Refusal]) -> tuple[str, str]:
    return refused.value.sentence(chinese=True), refused.value.sentence(chinese=False)
