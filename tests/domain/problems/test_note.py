"""Noting: every note is kept, and the first puts a problem in progress."""

from datetime import date

import pytest
from tests.domain.problems.conftest import TOMORROW, YESTERDAY, County, changes, said

from fugong.domain import problems as ledger
from fugong.errors import Refusal
from fugong.errors.entries import (
    BlankText,
    ControlCharacter,
    DateGoesBack,
    FutureDate,
    TextTooLong,
)
from fugong.errors.rules import IsVoid
from fugong.vocab import Act, Status


def test_the_first_note_puts_a_problem_in_progress(county: County) -> None:
    problem = county.log(on=date(2020, 3, 1))
    ledger.note_problem(county.writer, problem, " 已联系\n供应商 ", on=date(2020, 3, 5), approximate=True)
    event = county.last(problem)
    assert (event.act, event.text, event.on_date, event.approximate) == (
        Act.NOTE, "已联系\n供应商", date(2020, 3, 5), True,
    )  # fmt: skip
    assert changes(event) == {"status": ["open", "doing"]}
    assert (problem.status, problem.status_on) == (Status.DOING, date(2020, 3, 5))


def test_a_later_note_changes_nothing_else_and_every_note_is_kept(county: County) -> None:
    problem = county.log()
    for _ in range(3):
        ledger.note_problem(county.writer, problem, "已联系")
    assert [(event.text, changes(event)) for event in county.events(problem)[2:]] == [("已联系", {}), ("已联系", {})]


def test_a_later_note_may_be_dated_earlier(county: County) -> None:
    problem = county.log(on=date(2020, 3, 1))
    ledger.note_problem(county.writer, problem, "二", on=date(2020, 3, 9))
    ledger.note_problem(county.writer, problem, "一", on=date(2020, 3, 5))
    assert (county.last(problem).on_date, problem.status_on) == (date(2020, 3, 5), date(2020, 3, 9))


def test_a_closed_problem_can_be_noted_and_stays_closed(county: County) -> None:
    problem = county.log()
    ledger.close_problem(county.writer, problem, "已调配")
    ledger.note_problem(county.writer, problem, "回访")
    assert (problem.status, county.last(problem).text) == (Status.CLOSED, "回访")


def test_a_void_problem_cannot_be_noted(county: County) -> None:
    problem = county.log()
    ledger.void_problem(county.writer, problem, "有误")
    with pytest.raises(IsVoid) as refused:
        ledger.note_problem(county.writer, problem, "已联系")
    assert said(refused) == (
        '1-1 已作废，不能记录。作废有误的话：fugong reopen 1-1 --why "原因"',
        '1-1 is void, so it cannot be noted. If that was a mistake: fugong reopen 1-1 --why "reason"',
    )


@pytest.mark.parametrize(
    ("text", "on", "refusal"),
    [
        (" ", None, BlankText),
        ("甲" * 4001, None, TextTooLong),
        ("甲\x9b", None, ControlCharacter),
        ("已联系", TOMORROW, FutureDate),
        ("已联系", date(2020, 3, 11), DateGoesBack),
    ],
)
def test_a_note_that_cannot_be_is_refused(county: County, text: str, on: date | None, refusal: type[Refusal]) -> None:
    problem = county.log(on=YESTERDAY)
    with pytest.raises(refusal):
        ledger.note_problem(county.writer, problem, text, on=on)
    assert (problem.status, len(county.events(problem))) == (Status.OPEN, 1)
