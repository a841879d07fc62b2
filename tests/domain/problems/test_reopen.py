"""Reopening: what was closed or void is in progress again, for a reason."""

from datetime import date

import pytest
from tests.domain.problems.conftest import TOMORROW, YESTERDAY, County, changes, said

from fugong.domain import problems as ledger
from fugong.errors import Refusal
from fugong.errors.entries import (
    BlankText,
    DateGoesBack,
    FutureDate,
)
from fugong.vocab import Act, Status


def test_a_closed_problem_is_reopened_in_progress(county: County) -> None:
    problem = county.log(on=date(2020, 3, 1))
    ledger.close_problem(county.writer, problem, "已调配", on=date(2020, 3, 9))
    assert ledger.reopen_problem(county.writer, problem, " 又不够了 ", on=YESTERDAY)
    assert (problem.status, problem.closed_on, problem.how) == (Status.DOING, None, None)
    event = county.last(problem)
    assert (event.act, event.on_date, event.text) == (Act.REOPEN, YESTERDAY, "又不够了")
    assert changes(event) == {
        "status": ["closed", "doing"],
        "closed_on": ["2020-03-09", None],
        "how": ["已调配", None],
        "reopened": [None, 1],
    }


def test_a_void_problem_is_reopened_and_is_no_duplicate_any_more(county: County) -> None:
    original, problem = county.log("一"), county.log("一")
    ledger.void_problem(county.writer, problem, "重复", duplicate_of=original)
    assert ledger.reopen_problem(county.writer, problem, "不是重复")
    assert (problem.status, problem.duplicate_of) == (Status.DOING, None)
    assert changes(county.last(problem)) == {"status": ["void", "doing"], "duplicate_of": [original.uid, None]}


@pytest.mark.parametrize("begun", [False, True])
def test_reopening_what_is_in_hand_changes_nothing_and_leaves_no_event(county: County, *, begun: bool) -> None:
    problem = county.log()
    if begun:
        ledger.note_problem(county.writer, problem, "已联系")
    before = len(county.events(problem))
    assert not ledger.reopen_problem(county.writer, problem, "再看看")
    assert len(county.events(problem)) == before


@pytest.mark.parametrize(
    ("why", "on", "refusal"),
    [
        (" ", None, BlankText),
        ("又坏了", TOMORROW, FutureDate),
        ("又坏了", date(2020, 3, 11), DateGoesBack),
    ],
)
def test_a_reopening_that_cannot_be_is_refused(
    county: County, why: str, on: date | None, refusal: type[Refusal]
) -> None:
    problem = county.log(on=date(2020, 3, 1))
    ledger.close_problem(county.writer, problem, "已调配", on=YESTERDAY)
    with pytest.raises(refusal):
        ledger.reopen_problem(county.writer, problem, why, on=on)
    assert (problem.status, len(county.events(problem))) == (Status.CLOSED, 2)


def test_a_reason_is_needed_even_where_nothing_would_change(county: County) -> None:
    with pytest.raises(BlankText) as refused:
        ledger.reopen_problem(county.writer, county.log(), "")
    assert said(refused) == ("原因不能为空。", "The reason must not be empty.")
