"""Attributes that no event tells because they follow from those that are told."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from fugong.domain import history
from fugong.domain.roster import reached, sort_key
from fugong.queries import names
from fugong.store.records import Batch, Department, Enterprise, Event, Problem, Record, Team
from fugong.store.session import Session
from fugong.values import texts
from fugong.vocab import Act, Status

Told = Sequence[tuple[Event, Batch]]


class Rules:
    """What each kind of record's unrecorded attributes must be."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._places = names.Places(session.rows)
        self._rules: dict[type[Record], Callable[[Any, Told], Iterator[str]]] = {
            Department: self._named,
            Enterprise: self._enterprise,
            Team: self._team,
            Problem: self._problem,
        }

    def broken(self, record: Record, told: Told) -> list[str]:
        """The attributes of a record that do not follow."""
        rule = self._rules.get(type(record))
        return list(rule(record, told)) if rule else []

    def _named(self, record: Department | Enterprise, _: Told) -> Iterator[str]:
        for each in (record, *record.aliases):
            if each.key != texts.key(each.name):
                yield f"key: {each.name}"
            if each.core != self._places.core(each.name):
                yield f"core: {each.name}"

    def _enterprise(self, enterprise: Enterprise, told: Told) -> Iterator[str]:
        yield from self._named(enterprise, told)
        if (enterprise.stage, enterprise.stage_on) != reached(enterprise.stages):
            yield "stage"

    def _team(self, team: Team, _: Told) -> Iterator[str]:
        if team.sort != sort_key(team.code):
            yield "sort"
        counted = "SELECT count(*), max(number) FROM problem WHERE team_id = :team"
        count, last = next(self._session.rows(counted, team=team.id))
        if not team.next_number - 1 == count == (last or 0):  # no number is skipped: reports count by them
            yield "next_number"

    def _problem(self, problem: Problem, told: Told) -> Iterator[str]:
        standing = history.effective(event for event, _ in told)
        moved = [event for event in standing if event.sets("status") and event.act is not Act.LOG]
        last = problem.closed_on if problem.status is Status.CLOSED else None
        if problem.status_on != (last or (moved[-1].on_date if moved else problem.found_on)):
            yield "status_on"
        if told and problem.recorded_at != told[0][1].recorded_at:
            yield "recorded_at"
