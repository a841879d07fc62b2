"""Voiding: for a reason, or as the duplicate of a problem that counts."""

from datetime import date

import pytest
from tests.domain.problems.conftest import TODAY, TOMORROW, YESTERDAY, County, changes, said

from fugong.domain import problems as ledger
from fugong.errors import Refusal
from fugong.errors.entries import (
    BlankText,
    DateGoesBack,
    FutureDate,
)
from fugong.errors.rules import IsVoid, SelfDuplicate
from fugong.vocab import Act, Status


@pytest.mark.parametrize("closed", [False, True])
def test_a_void_problem_keeps_its_reason_and_nothing_of_its_closing(county: County, *, closed: bool) -> None:
    problem = county.log()
    if closed:
        ledger.close_problem(county.writer, problem, "已调配")
    assert ledger.void_problem(county.writer, problem, " 登记有误 ")
    assert (problem.status, problem.closed_on, problem.how) == (Status.VOID, None, None)
    event = county.last(problem)
    assert (event.act, event.on_date, event.text) == (Act.VOID, TODAY, "登记有误")
    assert changes(event)["status"] == ["closed" if closed else "open", "void"]


def test_a_duplicate_names_its_original(county: County) -> None:
    original, problem = county.log(), county.log()
    assert ledger.void_problem(county.writer, problem, "重复", duplicate_of=original)
    assert problem.duplicate_of is original
    assert changes(county.last(problem)) == {"status": ["open", "void"], "duplicate_of": [None, original.uid]}


def test_a_problem_is_no_duplicate_of_itself(county: County) -> None:
    problem = county.log()
    with pytest.raises(SelfDuplicate) as refused:
        ledger.void_problem(county.writer, problem, "重复", duplicate_of=problem)
    assert said(refused) == ("1-1 不能是它自己的重复。", "1-1 cannot be a duplicate of itself.")
    assert problem.status is Status.OPEN


def test_voiding_what_is_void_changes_nothing_and_leaves_no_event(county: County) -> None:
    original, problem = county.log(), county.log()
    ledger.void_problem(county.writer, problem, "有误")
    assert not ledger.void_problem(county.writer, problem, "重复", duplicate_of=original)
    assert (problem.duplicate_of, len(county.events(problem))) == (None, 2)


@pytest.mark.parametrize(
    ("why", "on", "refusal"),
    [
        ("", None, BlankText),
        ("有误", TOMORROW, FutureDate),
        ("有误", date(2020, 3, 11), DateGoesBack),
    ],
)
def test_a_voiding_that_cannot_be_is_refused(county: County, why: str, on: date | None, refusal: type[Refusal]) -> None:
    problem = county.log(on=YESTERDAY)
    with pytest.raises(refusal):
        ledger.void_problem(county.writer, problem, why, on=on)
    assert (problem.status, len(county.events(problem))) == (Status.OPEN, 1)


def test_the_original_of_a_duplicate_must_count(county: County) -> None:
    first, second = county.log(), county.log()
    ledger.void_problem(county.writer, first, "记错")
    with pytest.raises(IsVoid):
        ledger.void_problem(county.writer, second, "重复", duplicate_of=first)
    assert second.status is Status.OPEN
