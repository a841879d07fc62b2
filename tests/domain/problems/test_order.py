"""Dates of acts never go back."""

from collections.abc import Callable
from datetime import date

import pytest
from tests.domain.problems.conftest import TODAY, County, said

from fugong.domain import problems as ledger
from fugong.errors.entries import (
    DateGoesBack,
)


def test_a_refused_date_names_the_act_that_stands_in_its_way(county: County) -> None:
    problem = county.log(on=date(2020, 3, 2))
    steps: list[tuple[Callable[[], object], str, str]] = [
        (lambda: None, "登记", "logged"),
        (lambda: ledger.note_problem(county.writer, problem, "已联系", on=date(2020, 3, 3)), "记录", "noted"),
        (lambda: ledger.close_problem(county.writer, problem, "好", on=date(2020, 3, 4)), "销号", "closed"),
        (lambda: ledger.reopen_problem(county.writer, problem, "又坏", on=date(2020, 3, 5)), "重开", "reopened"),
    ]
    for step, zh, en in steps:
        step()
        last = problem.status_on
        with pytest.raises(DateGoesBack) as refused:
            ledger.void_problem(county.writer, problem, "有误", on=date(2020, 3, 1))
        assert said(refused) == (
            f"1-1 在 {last} 已{zh}，不能再记 2020-03-01 的作废。请写 {last} 或更晚的日期。",
            f"1-1 was {en} on {last}; voided on 2020-03-01 cannot come before that. Give {last} or a later day.",
        )


def test_acts_of_one_day_may_follow_each_other(county: County) -> None:
    problem = county.log()
    for _ in range(2):
        assert ledger.close_problem(county.writer, problem, "好")
        assert ledger.reopen_problem(county.writer, problem, "又坏")
    assert ledger.void_problem(county.writer, problem, "有误")
    assert [event.on_date for event in county.events(problem)] == [TODAY] * 6
