"""Assigning: the first assignment puts a problem in progress, and the lead never assists."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.domain.problems.conftest import TODAY, TOMORROW, YESTERDAY, County, changes, said

from fugong.domain import problems as ledger
from fugong.domain.writer import Writer
from fugong.errors import Refusal
from fugong.errors.entries import (
    DateGoesBack,
    DueBeforeFound,
    FutureDate,
)
from fugong.errors.rules import NotLive
from fugong.queries.deadlines import Due
from fugong.store.records import Problem
from fugong.vocab import Act, Status


def test_the_first_assignment_puts_a_problem_in_progress(county: County) -> None:
    problem = county.log(on=date(2020, 3, 1))
    due = Due(date(2020, 3, 20), "7d")
    assert ledger.assign_problem(
        county.writer, problem, county.bureau, assist=[county.helper], due=lambda _: due, on=date(2020, 3, 5)
    )
    assert (problem.status, problem.status_on) == (Status.DOING, date(2020, 3, 5))
    event = county.last(problem)
    assert (event.act, event.on_date) == (Act.ASSIGN, date(2020, 3, 5))
    assert changes(event) == {
        "department": [None, county.bureau.uid],
        "assist": [[], [county.helper.uid]],
        "due_on": [None, "2020-03-20"],
        "due_rule": [None, "7d"],
        "first_due_on": [None, "2020-03-20"],
        "status": ["open", "doing"],
    }


def test_a_later_assignment_leaves_status_deadline_and_assistance(county: County) -> None:
    problem = county.log(assist=[county.helper], due=Due(TOMORROW))
    ledger.assign_problem(county.writer, problem, county.bureau, on=TODAY)
    assert ledger.assign_problem(county.writer, problem, county.other)
    assert changes(county.last(problem)) == {"department": [county.bureau.uid, county.other.uid]}
    assert (problem.status, problem.due_on, problem.assist) == (Status.DOING, TOMORROW, [county.helper])


def test_assigning_to_who_has_it_already_writes_nothing(county: County) -> None:
    problem = county.log()
    assert ledger.assign_problem(county.writer, problem, county.bureau)
    assert not ledger.assign_problem(county.writer, problem, county.bureau)
    assert len(county.events(problem)) == 2


def test_an_open_problem_of_the_same_department_is_put_in_progress_all_the_same(county: County) -> None:
    problem = county.log(department=county.bureau)
    assert ledger.assign_problem(county.writer, problem, county.bureau)
    assert changes(county.last(problem)) == {"status": ["open", "doing"]}


def test_an_assignment_may_be_dated_before_the_last_status_if_it_sets_none(county: County) -> None:
    problem = county.log(on=date(2020, 3, 1))
    ledger.note_problem(county.writer, problem, "已联系", on=date(2020, 3, 9))
    assert ledger.assign_problem(county.writer, problem, county.bureau, on=date(2020, 3, 5))
    assert problem.status_on == date(2020, 3, 9)


def test_an_assigned_lead_assists_no_more(county: County) -> None:
    problem = county.log(assist=[county.bureau, county.helper])
    ledger.assign_problem(county.writer, problem, county.bureau)
    assert problem.assist == [county.helper]
    ledger.assign_problem(county.writer, problem, county.bureau, assist=[])
    assert problem.assist == []


@pytest.mark.parametrize(
    ("end", "zh", "en"),
    [
        (
            ledger.close_problem,
            '1-1 已销号，不能交办。需要的话先重开：fugong reopen 1-1 --why "原因"',
            '1-1 is closed, so it cannot be assigned. If need be, reopen it first: fugong reopen 1-1 --why "reason"',
        ),
        (
            ledger.void_problem,
            '1-1 作废，不能交办。需要的话先重开：fugong reopen 1-1 --why "原因"',
            '1-1 is void, so it cannot be assigned. If need be, reopen it first: fugong reopen 1-1 --why "reason"',
        ),
    ],
)
def test_what_is_not_in_hand_cannot_be_assigned(
    county: County, end: Callable[[Writer, Problem, str], bool], zh: str, en: str
) -> None:
    problem = county.log()
    end(county.writer, problem, "完")
    with pytest.raises(NotLive) as refused:
        ledger.assign_problem(county.writer, problem, county.bureau)
    assert said(refused) == (zh, en)


@pytest.mark.parametrize(
    ("about", "refusal"),
    [
        ({"on": TOMORROW}, FutureDate),
        ({"on": date(2020, 3, 11)}, DateGoesBack),
        ({"due": lambda _: Due(date(2020, 3, 11))}, DueBeforeFound),
    ],
)
def test_an_assignment_out_of_order_is_refused(county: County, about: Any, refusal: type[Refusal]) -> None:
    problem = county.log(on=YESTERDAY)
    with pytest.raises(refusal):
        ledger.assign_problem(county.writer, problem, county.bureau, **about)
    assert (problem.status, problem.department, len(county.events(problem))) == (Status.OPEN, None, 1)
