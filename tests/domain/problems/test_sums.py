"""Found is solved and in hand together, and all of it is in the store."""

from pathlib import Path

from tests.conftest import command
from tests.domain.problems.conftest import County, made

from fugong import db
from fugong.domain import problems as ledger
from fugong.store.records import Problem
from fugong.vocab import Status


def test_found_is_solved_and_in_hand_together(county: County) -> None:
    problems = [county.log() for _ in range(5)]
    ledger.assign_problem(county.writer, problems[1], county.bureau)
    ledger.close_problem(county.writer, problems[2], "好")
    ledger.close_problem(county.writer, problems[3], "好")
    ledger.void_problem(county.writer, problems[4], "有误")
    everything = county.session.all(Problem)
    found = [problem for problem in everything if problem.status is not Status.VOID]
    solved = [problem for problem in everything if problem.status is Status.CLOSED]
    in_hand = [problem for problem in everything if problem.live]
    assert (len(found), len(solved), len(in_hand)) == (4, 2, 2)


def test_all_that_was_done_is_in_the_store_once_the_command_has_ended(empty_store: Path) -> None:
    with command(empty_store) as writer:
        county = made(writer)
        ledger.close_problem(writer, county.log(key="k1"), "好")
    with db.reading(str(empty_store)) as reader:
        assert reader.first("SELECT number, text, status, closed_on, how, key FROM problem") == (
            1, "口罩不足", "closed", "2020-03-13", "好", "k1",
        )  # fmt: skip
        assert list(reader.rows("SELECT act FROM event WHERE kind = 'problem' ORDER BY id")) == [("log",), ("close",)]
