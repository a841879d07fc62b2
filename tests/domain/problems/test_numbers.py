"""Numbers run within a team and are never given twice; a key finds its problem again."""

from pathlib import Path

import pytest
from tests.conftest import command
from tests.domain.problems.conftest import TOMORROW, County, made

from fugong.domain import problems as ledger
from fugong.domain import roster
from fugong.errors.entries import (
    FutureDate,
)


def test_numbers_run_within_each_team(county: County) -> None:
    teams = (county.first, county.second, county.first, county.first, county.second)
    assert [county.log(team=team).ident for team in teams] == ["1-1", "2-1", "1-2", "1-3", "2-2"]


def test_the_number_of_a_void_problem_is_never_used_again(county: County) -> None:
    county.log()
    ledger.void_problem(county.writer, county.log(), "登记有误")
    assert county.log().ident == "1-3"


def test_numbers_go_on_from_one_command_to_the_next(empty_store: Path) -> None:
    with command(empty_store) as writer:
        made(writer).log()
    for number in (2, 3):
        with command(empty_store) as writer:
            problem = ledger.log_problem(writer, "又一个", team=roster.find_team(writer.session, "1"))
            assert problem.number == number


def test_the_number_of_a_command_that_failed_is_given_to_the_next(empty_store: Path) -> None:
    """It was never seen by anybody: the whole command is as if it had not been."""
    with command(empty_store) as writer:
        made(writer)

    def log_two() -> None:
        with command(empty_store) as writer:
            team = roster.find_team(writer.session, "1")
            ledger.log_problem(writer, "一", team=team)
            ledger.log_problem(writer, "二", team=team, on=TOMORROW)

    with pytest.raises(FutureDate):
        log_two()
    with command(empty_store) as writer:
        assert ledger.log_problem(writer, "三", team=roster.find_team(writer.session, "1")).ident == "1-1"


def test_a_problem_is_found_again_by_its_key(county: County) -> None:
    problem = county.log(key="k1")
    county.log(key="k2")
    assert ledger.with_key(county.writer, "k1") is problem
    assert ledger.with_key(county.writer, " k1 ") is problem
    assert roster.find_problem_by_key(county.session, "k1") is problem


def test_an_unknown_key_finds_nothing(county: County) -> None:
    county.log(key="k1")
    assert ledger.with_key(county.writer, "K1") is None


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_key_finds_nothing_though_problems_without_one_exist(county: County, blank: str) -> None:
    county.log()
    assert ledger.with_key(county.writer, blank) is None
