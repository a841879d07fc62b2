"""Cells as people type them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.drawing import drawn

from fugong.imports.cells import marks, values
from fugong.imports.cells.values import Unreadable, Years
from fugong.queries.deadlines import Due
from fugong.values import team_names
from fugong.vocab import Role, Source, Stage, Status, Words

YEARS = Years(2020)
NOBODY = Years(None)
WHAT = Words("描述", "text")


def refused(read: Callable[..., Any], *cell: Any) -> str:
    with pytest.raises(Unreadable) as caught:
        read(*cell)
    return caught.value.words.zh


@pytest.mark.parametrize(
    "cell",
    [
        "2020年3月12日", "2020-03-12", "2020/3/12", "2020.3.12", "20200312", "二〇二〇年三月十二日",
        "２０２０年３月１２日", "20年3月12号", "43902", 43902.0, 20200312.0, date(2020, 3, 12),
        datetime.fromisoformat("2020-03-12T09:30"), "2020-03-12 09:30",
        "2020/3/12 0:00:00", "2020年3月12日（星期四）", " 2020-03-12 ", "2020-03-12T09:30", "2020年3月12日前",
    ],
)  # fmt: skip
def test_a_date_with_its_year_is_read_in_every_form(cell: Any) -> None:
    found = values.day(cell, NOBODY)
    assert found is not None
    assert (found.day, found.approximate) == (date(2020, 3, 12), False)


@pytest.mark.parametrize("cell", ["3月12日", "3.12", "3/12", "3-12", "三月十二日", 3.12, "3月12号"])
def test_a_date_without_a_year_takes_the_files_year_else_is_refused(cell: Any) -> None:
    assert values.day(cell, Years(2019)) == (date(2019, 3, 12), False)
    assert refused(values.day, cell, NOBODY).startswith("没有写年份")


def test_the_end_of_the_year_does_not_slip_into_another() -> None:
    read = [values.day(cell, YEARS) for cell in ("1月1日", "12月31日", "2月29日")]
    assert [each and each.day for each in read] == [date(2020, 1, 1), date(2020, 12, 31), date(2020, 2, 29)]
    assert refused(values.day, "2月29日", Years(2019)).startswith("不是日期")


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
@drawn(60)
def test_every_date_reads_back_from_its_forms(day: date) -> None:
    forms: list[Any] = [
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        day,
    ]
    forms += [f"{day.month}月{day.day}日", float((day - date(1899, 12, 30)).days)]
    assert [values.day(form, Years(day.year)) for form in forms] == [(day, False)] * len(forms)


@pytest.mark.parametrize("cell", ["13月1日", "2020-02-30", "今天", "尽快", "3.12-3.15", "昨天", True, 0.5, 5.0, "12"])
def test_what_is_no_date_is_refused(cell: Any) -> None:
    assert refused(values.day, cell, YEARS).startswith("不是日期")


def test_a_number_that_may_have_lost_a_nought_is_refused() -> None:
    assert refused(values.day, 3.1, YEARS).startswith("看不出是几日")


@pytest.mark.parametrize("cell", [None, "", " ", "—", "/", "无", "-"])
def test_a_dash_is_no_date(cell: Any) -> None:
    assert values.day(cell, YEARS) is None


def test_about_marks_a_date_approximate() -> None:
    assert values.day("约3月12日", YEARS) == (date(2020, 3, 12), True)
    assert values.day("3月12日左右", YEARS) == (date(2020, 3, 12), True)


FOUND = date(2020, 3, 9)


def no_rows(*_: Any, **__: Any) -> list[tuple[Any, ...]]:
    return []


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("3月20日前", Due(date(2020, 3, 20))),
        ("2020年3月底前", Due(date(2020, 3, 31))),
        ("3月底", Due(date(2020, 3, 31))),
        ("2020年2月", Due(date(2020, 2, 29))),
        ("长期坚持", Due(due_rule="open")),
        ("持续整改", Due(due_rule="open")),
        ("立行立改", Due(due_rule="at_once")),
        ("当天", Due(FOUND)),
        ("4月15日前完成", Due(date(2020, 4, 15))),
        ("即日起至4月10日", Due(date(2020, 4, 10))),
        ("3月下旬", Due(date(2020, 3, 31))),
        ("二季度末", Due(date(2020, 6, 30))),
        ("月底前", Due(date(2020, 3, 31))),
        ("T+3", Due(date(2020, 3, 12), "3wd", FOUND)),
        ("24小时内", Due(date(2020, 3, 10), "1d", FOUND)),
        ("3日内", Due(date(2020, 3, 12), "3d", FOUND)),
        ("待定", Due()),
        ("7个工作日", Due(date(2020, 3, 18), "7wd", FOUND)),
        ("三个工作日内", Due(date(2020, 3, 12), "3wd", FOUND)),
        ("5天内", Due(date(2020, 3, 14), "5d", FOUND)),
        ("1个月", Due(date(2020, 4, 9), "1m", FOUND)),
        ("一周内", Due(date(2020, 3, 16), "7d", FOUND)),
        ("7wd", Due(date(2020, 3, 18), "7wd", FOUND)),
        ("", None),
    ],
)
def test_a_deadline_is_a_date_a_rule_or_a_word(cell: str, due: Due | None) -> None:
    assert values.due(cell, FOUND, YEARS, no_rows) == due


def test_what_is_no_deadline_is_refused() -> None:
    assert refused(values.due, "疫情结束后", FOUND, YEARS, no_rows).startswith("不是时限")
    assert refused(values.due, "3月20日", FOUND, NOBODY, no_rows).startswith("没有写年份")
    assert refused(values.due, "3月底前", FOUND, NOBODY, no_rows).startswith("没有写年份")
    assert refused(values.due, "7日", FOUND, YEARS, no_rows).startswith("是几天还是几号")
    assert refused(values.day, "3/12/2020", YEARS).startswith("可以是两个日子")
    assert values.due("3/20/2020", FOUND, NOBODY, no_rows) == Due(date(2020, 3, 20))


CLOSED, DOING, OPEN = Status.CLOSED, Status.DOING, Status.OPEN


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("已解决", CLOSED), ("已销号", CLOSED), ("办结", CLOSED), ("是", CLOSED), (1.0, CLOSED), ("100%", CLOSED),
        ("√", CLOSED), ("closed", CLOSED), ("正在解决", DOING), ("办理中", DOING), ("60%", DOING), (0.6, DOING),
        ("未启动", OPEN), ("否", OPEN), ("作废", Status.VOID), ("", None),
    ],
)  # fmt: skip
def test_a_state_is_told_in_words_marks_or_shares(cell: Any, status: Status | None) -> None:
    found = marks.status(cell)
    assert (found and found.status) is status
    assert found is None or (found.said, found.on) == (None, None)


def test_what_is_no_state_is_refused() -> None:
    assert refused(marks.status, "看情况").startswith("看不懂的状态")
    assert refused(marks.yes, "也许") == "不是「是」或「否」"


@pytest.mark.parametrize(
    ("cell", "flag"), [("√", True), ("是", True), (True, True), ("×", False), ("否", False), ("", None)]
)
def test_yes_and_no_have_many_marks(cell: Any, flag: bool | None) -> None:
    assert marks.yes(cell) is flag


def test_sources_stages_and_roles_are_known_by_the_fields_words() -> None:
    assert marks.code("入企发现", Source) is Source.INSPECTION
    assert marks.code("企业诉求", Source) is Source.ENTERPRISE
    assert marks.code("复产筹备", Stage) is Stage.PREPARING
    assert marks.code("宣传员", Role) is Role.PUBLICITY
    assert "企业反映" in refused(marks.code, "天上", Source)


@pytest.mark.parametrize("cell", [1.40101199001011e17, "1.40101E+17", 110101199003070012.0])
def test_a_number_that_lost_its_last_digits_is_refused(cell: Any) -> None:
    assert refused(values.text, cell, WHAT).startswith("数字太长")


def test_a_whole_number_in_a_texts_place_has_no_point() -> None:
    assert [values.text(cell, WHAT) for cell in (13800000000.0, 2.0, 2.5, "  甲\r\n乙 ")] == [
        "13800000000", "2", "2.5", "甲\n乙",
    ]  # fmt: skip


def test_names_in_one_cell_are_parted_and_each_counts_once() -> None:
    assert values.several("工信局、卫健局，工信局\n应急局", WHAT) == ("工信局", "卫健局", "应急局")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("第三帮扶组", "3"),
        ("一组", "1"),
        ("第十企业帮扶组", "10"),
        ("二十一组", "21"),
        ("3", "3"),
        ("第12组", "12"),
        ("甲组", None),
    ],
)
def test_a_teams_number_is_found_in_its_name(said: str, code: str | None) -> None:
    assert team_names.number(said) == code


def test_quantities_are_numbers_or_ranges_with_their_unit() -> None:
    assert [values.quantity(cell) for cell in ("1000只", "400-500", 21.0, "1,000 吨", "")] == [
        ("1000", "只"), ("400-500", None), ("21", None), ("1000", "吨"), (None, None),
    ]  # fmt: skip
    assert refused(values.quantity, "若干").startswith("不是数量")
    assert (values.count("8人"), values.count(8.0)) == (8, 8)
    assert refused(values.count, "八九个") == "不是整数"
