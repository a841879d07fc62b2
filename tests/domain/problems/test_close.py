"""Closing: once, with the measure that solved it."""

from datetime import date
from pathlib import Path

import pytest
from tests.conftest import command
from tests.domain.problems.conftest import TODAY, TOMORROW, YESTERDAY, County, changes, made, said

from fugong import db
from fugong.domain import problems as ledger
from fugong.domain import roster
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


@pytest.mark.parametrize("begun", [False, True])
def test_a_problem_is_closed_with_the_measure_that_solved_it(county: County, *, begun: bool) -> None:
    problem = county.log(on=date(2020, 3, 1))
    if begun:
        ledger.note_problem(county.writer, problem, "已联系", on=date(2020, 3, 2))
    before = problem.status.value
    assert ledger.close_problem(county.writer, problem, " 已调配\n500只 ", on=YESTERDAY, approximate=True)
    assert (problem.status, problem.closed_on, problem.how) == (Status.CLOSED, YESTERDAY, "已调配\n500只")
    event = county.last(problem)
    assert (event.act, event.on_date, event.approximate, event.text) == (Act.CLOSE, YESTERDAY, True, None)
    assert changes(event) == {
        "status": [before, "closed"],
        "closed_on": [None, "2020-03-12"],
        "how": [None, "已调配\n500只"],
    }


def test_a_problem_can_be_closed_on_the_day_it_was_found(county: County) -> None:
    problem = county.log()
    assert ledger.close_problem(county.writer, problem, "当场解决")
    assert (problem.found_on, problem.closed_on) == (TODAY, TODAY)


def test_closing_a_closed_problem_changes_nothing_and_leaves_no_event(county: County) -> None:
    problem = county.log()
    ledger.close_problem(county.writer, problem, "已调配", on=TODAY)
    assert not ledger.close_problem(county.writer, problem, "另一措施", on=TODAY)
    assert (problem.how, len(county.events(problem))) == ("已调配", 2)


def test_a_void_problem_cannot_be_closed(county: County) -> None:
    problem = county.log()
    ledger.void_problem(county.writer, problem, "有误")
    with pytest.raises(IsVoid) as refused:
        ledger.close_problem(county.writer, problem, "已调配")
    assert said(refused) == (
        '1-1 已作废，不能销号。作废有误的话：fugong reopen 1-1 --why "原因"',
        '1-1 is void, so it cannot be closed. If that was a mistake: fugong reopen 1-1 --why "reason"',
    )


@pytest.mark.parametrize(
    ("how", "on", "refusal"),
    [
        ("", None, BlankText),
        ("甲" * 4001, None, TextTooLong),
        ("甲\u202e", None, ControlCharacter),
        ("已调配", TOMORROW, FutureDate),
        ("已调配", date(2020, 3, 11), DateGoesBack),
    ],
)
def test_a_close_that_cannot_be_is_refused(county: County, how: str, on: date | None, refusal: type[Refusal]) -> None:
    problem = county.log(on=YESTERDAY)
    with pytest.raises(refusal):
        ledger.close_problem(county.writer, problem, how, on=on)
    assert (problem.status, problem.how, len(county.events(problem))) == (Status.OPEN, None, 1)


def test_a_problem_that_somebody_else_closed_is_seen_as_closed(empty_store: Path) -> None:
    """The claim is made in the store, not in what this program read before."""
    with command(empty_store) as writer:
        made(writer).log()
    with command(empty_store) as writer:
        problem = roster.find_problem(writer.session, "1-1")
        writer.session.run("UPDATE problem SET status = 'closed', closed_on = '2020-03-13', how = '先到'")
        assert problem.status is Status.OPEN
        assert not ledger.close_problem(writer, problem, "后到")
    with db.reading(str(empty_store)) as reader:
        assert reader.first("SELECT how FROM problem") == ("先到",)
        assert reader.first("SELECT count(*) FROM event WHERE act = 'close'") == (0,)
