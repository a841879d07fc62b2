"""Dates and deadlines as people type them: every form reads back, everything else is refused."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fugong.errors.entries import BadDate, BadDeadline
from fugong.values.dates import Side, read_date
from fugong.values.spans import Rule, read_deadline
from fugong.values.workdays import Calendar

TODAY = date(2020, 3, 13)
FULL_WIDTH = str.maketrans("0123456789-/.+", "０１２３４５６７８９－／．＋")
any_date = st.dates(date(1, 1, 1), date(9999, 12, 31))
"""Every date there is."""
today = st.dates(date(1000, 1, 1), date(9000, 12, 31))


def in_chinese(number: int) -> str:
    """A number below 100 as it is read out: 二十一."""
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    return ((digits[tens] if tens > 1 else "") + "十" if tens else "") + (digits[ones] if ones else "")


WITH_YEAR: dict[str, Callable[[date], str]] = {
    "2020-03-12": date.isoformat,
    "2020-3-12": lambda day: f"{day.year:04}-{day.month}-{day.day}",
    "2020/3/12": lambda day: f"{day.year:04}/{day.month}/{day.day}",
    "2020/03/12": lambda day: day.isoformat().replace("-", "/"),
    "2020.3.12": lambda day: f"{day.year:04}.{day.month}.{day.day}",
    "20200312": lambda day: day.isoformat().replace("-", ""),
    "2020年3月12日": lambda day: f"{day.year:04}年{day.month}月{day.day}日",
    "2020年03月12号": lambda day: f"{day.year:04}年{day.month:02}月{day.day:02}号",
    "2020 年 3 月 12 日": lambda day: f" {day.year:04} 年 {day.month} 月\t{day.day} 日\n",
    "二〇二〇年三月十二日": lambda day: (
        f"{f'{day.year:04}'.translate(str.maketrans('0123456789', '〇一二三四五六七八九'))}"
        f"年{in_chinese(day.month)}月{in_chinese(day.day)}日"
    ),
    "二零二零年3月12日": lambda day: (
        f"{f'{day.year:04}'.translate(str.maketrans('0123456789', '零一二三四五六七八九'))}年{day.month}月{day.day}日"
    ),
}
WITHOUT_YEAR: dict[str, Callable[[date], str]] = {
    "3月12日": lambda day: f"{day.month}月{day.day}日",
    "3月12号": lambda day: f"{day.month}月{day.day}号",
    "三月十二日": lambda day: f"{in_chinese(day.month)}月{in_chinese(day.day)}日",
    "3/12": lambda day: f"{day.month}/{day.day}",
    "3-12": lambda day: f"{day.month}-{day.day}",
    "3.12": lambda day: f"{day.month}.{day.day}",
    "03-12": lambda day: f"{day.month:02}-{day.day:02}",
}


@pytest.mark.parametrize("form", WITH_YEAR)
@given(day=any_date, today=today)
def test_a_date_with_its_year_reads_back(form: str, day: date, today: date) -> None:
    assert read_date(WITH_YEAR[form](day), today) == day


@pytest.mark.parametrize("form", WITHOUT_YEAR)
@given(today=today, away=st.integers(-182, 182))
def test_a_date_without_a_year_is_the_nearest_to_today(form: str, today: date, away: int) -> None:
    day = today + timedelta(days=away)
    assert read_date(WITHOUT_YEAR[form](day), today) == day


@pytest.mark.parametrize("form", [*WITH_YEAR, *WITHOUT_YEAR])
def test_full_width_digits_and_signs_are_as_good(form: str) -> None:
    assert read_date(form.translate(FULL_WIDTH), TODAY) == date(2020, 3, 12)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("前天", "2020-03-11"),
        ("昨天", "2020-03-12"),
        ("今天", "2020-03-13"),
        ("明天", "2020-03-14"),
        ("后天", "2020-03-15"),
        ("yesterday", "2020-03-12"),
        (" Today ", "2020-03-13"),
        ("ＴＯＭＯＲＲＯＷ", "2020-03-14"),
    ],
)
def test_days_have_names(typed: str, day: str) -> None:
    assert read_date(typed, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("typed", "today", "day"),
    [
        ("12月31日", "2020-01-05", "2019-12-31"),
        ("1月5日", "2019-12-20", "2020-01-05"),
        pytest.param("1月1日", "2020-07-02", "2020-01-01", id="of two as near, this year's"),
        ("2月29日", "2020-03-13", "2020-02-29"),
        ("2月29日", "2019-12-01", "2020-02-29"),
        ("1月1日", "0001-01-02", "0001-01-01"),
        ("12月31日", "9999-12-30", "9999-12-31"),
    ],
)
def test_the_year_left_out_can_be_the_one_before_or_after(typed: str, today: str, day: str) -> None:
    assert read_date(typed, date.fromisoformat(today)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "立行立改", "长期坚持", "3月", "32日", "3月底", "3月12日前", "3月12日-15日", "3月12", "12"),
        *("2月30日", "2月29", "2019-02-29", "2020-02-30", "2020-13-01", "2020-00-10", "2020-01-00", "0000-01-01"),
        *("2020-W11-5", "2020W115", "2020-073", "2020-03-12T08:00", "2020-03-12 08:00", "2020/3-12", "20-3-12"),
        *("2020-03-1 2", "1 2月3日", "2020 0312", "202003", "2020312", "-3-12", "3--12", "13/13/2020", "3\\12"),
        *("三月三十二日", "三月一二日", "三月零十二日", "十三月一日", "二十年三月一日", "三月初五", "三月百日"),
        *("٢٠٢٠-٠٣-١٢", "+3d", "1m", "7wd", "2020-03-12\n2020-03-13"),
    ],
)
def test_anything_else_is_no_date(typed: str) -> None:
    with pytest.raises(BadDate) as refusal:
        read_date(typed, TODAY)
    assert refusal.value.params == {"value": typed}


def test_29_february_without_a_year_is_refused_more_than_half_a_year_away() -> None:
    assert read_date("2月29日", date(2020, 8, 30)) == date(2020, 2, 29)
    for day in (date(2020, 8, 31), date(2021, 6, 1), date(2022, 3, 1)):
        with pytest.raises(BadDate):
            read_date("2月29日", day)


@pytest.mark.parametrize(("typed", "today"), [("明天", date.max), ("昨天", date.min)])
def test_there_is_no_day_outside_the_calendar(typed: str, today: date) -> None:
    with pytest.raises(BadDate):
        read_date(typed, today)


def test_the_refusal_says_what_can_be_typed() -> None:
    with pytest.raises(BadDate) as refusal:
        read_date("2月30日", TODAY)
    assert (refusal.value.code, refusal.value.exit_code) == ("bad_date", 1)
    assert (
        refusal.value.sentence(chinese=True) == "「2月30日」不是日期。可以写 2020-03-12、3月12日、12日、昨天、上周五。"
    )
    assert refusal.value.sentence(chinese=False) == (
        "“2月30日” is not a date. Write 2020-03-12, 12 Mar, yesterday or last Friday."
    )


typed_text = st.text() | st.text("0123456789-/.年月日号一二三十〇零今昨天+dmw ", max_size=12)


@given(typed_text, today)
def test_whatever_is_typed_is_a_date_or_refused(typed: str, today: date) -> None:
    try:
        assert isinstance(read_date(typed, today), date)
    except BadDate as refusal:
        assert refusal.params["value"] == typed  # noqa: PT017  (either is right)


@pytest.mark.parametrize("form", [*WITH_YEAR, *WITHOUT_YEAR])
def test_a_deadline_can_be_a_date_in_any_form(form: str) -> None:
    assert read_deadline(form, date(2020, 1, 1), TODAY) == (date(2020, 3, 12), None)


@pytest.mark.parametrize(
    ("typed", "on", "due", "rule"),
    [
        ("+3d", "2020-03-13", "2020-03-16", "3d"),
        ("3d", "2020-03-13", "2020-03-16", "3d"),
        (" ＋３ Ｄ", "2020-03-13", "2020-03-16", "3d"),
        ("1m", "2020-03-13", "2020-04-13", "1m"),
        ("+1M", "2020-01-31", "2020-02-29", "1m"),
        ("1m", "2019-01-31", "2019-02-28", "1m"),
        ("1m", "2020-12-31", "2021-01-31", "1m"),
        ("12m", "2020-02-29", "2021-02-28", "12m"),
        ("999d", "2020-01-01", "2022-09-26", "999d"),
    ],
)
def test_a_deadline_can_be_a_time_from_the_day_on(typed: str, on: str, due: str, rule: str) -> None:
    assert read_deadline(typed, date.fromisoformat(on), TODAY) == (date.fromisoformat(due), rule)


def test_working_days_are_counted_by_whoever_knows_them() -> None:
    assert read_deadline("+7wd", date(2020, 9, 25), TODAY, Calendar().add) == (date(2020, 10, 12), "7wd")


@pytest.mark.parametrize(
    "typed",
    [
        *("", "立行立改", "2月30日", "0d", "+0wd", "-3d", "3", "+3", "d", "3dayz", "3dm", "3 3d", "1000d", "3.5d"),
        *("٣d", "三", "w", "0天", "半小时", "3月", "+3d+1m", "++3d"),
    ],
)
def test_anything_else_is_no_deadline(typed: str) -> None:
    with pytest.raises(BadDeadline) as refusal:
        read_deadline(typed, TODAY, TODAY, Calendar().add)
    assert refusal.value.params == {"value": typed}


def test_working_days_are_refused_where_nobody_counts_them() -> None:
    with pytest.raises(BadDeadline) as refusal:
        read_deadline("+7wd", TODAY, TODAY)
    assert (refusal.value.code, refusal.value.params) == ("bad_deadline", {"value": "7wd"})


@pytest.mark.parametrize("rule", ["1d", "1m", "1wd"])
def test_no_deadline_lies_after_the_last_year(rule: str) -> None:
    with pytest.raises(BadDeadline):
        read_deadline(rule, date.max, TODAY, Calendar().add)


@given(typed_text, st.dates(), today)
def test_whatever_is_typed_is_a_deadline_or_refused(typed: str, on: date, today: date) -> None:
    try:
        due, rule = read_deadline(typed, on, today, Calendar().add)
    except BadDeadline:
        return
    assert rule is None or read_deadline(rule, on, today, Calendar().add) == (due, rule)


@given(st.integers(1, 999), st.sampled_from(["d", "m", "wd"]))
def test_a_rule_reads_back_as_the_store_keeps_it(number: int, unit: str) -> None:
    assert Rule.parse(str(Rule(number, unit))) == (number, unit)


def test_only_working_days_can_be_an_estimate() -> None:
    due = {rule: Rule.parse(rule).due(date(2099, 12, 31), Calendar().add) for rule in ("1d", "1m", "1wd")}
    assert due == {
        "1d": (date(2100, 1, 1), False),
        "1m": (date(2100, 1, 31), False),
        "1wd": (date(2100, 1, 4), True),  # New Year is off by the regulation, and then it is a weekend
    }


@given(st.dates(date(1000, 1, 1), date(9000, 1, 1)), st.integers(1, 999))
def test_months_keep_the_day_or_end_with_the_month(on: date, months: int) -> None:
    due, _ = Rule(months, "m").due(on)
    assert (due.year - on.year) * 12 + due.month - on.month == months
    assert due.day == on.day or (due.day < on.day and (due + timedelta(days=1)).day == 1)


@given(st.dates(date(1000, 1, 1), date(9000, 1, 1)), st.integers(1, 998), st.sampled_from(["d", "m", "wd"]))
def test_a_longer_rule_is_never_due_earlier(on: date, number: int, unit: str) -> None:
    assume(unit != "wd" or number < 100)
    assert on < Rule(number, unit).due(on, Calendar().add)[0] < Rule(number + 1, unit).due(on, Calendar().add)[0]


# Which year, where none was typed


@pytest.mark.parametrize(
    ("typed", "today", "past", "future"),
    [
        ("3月12日", "2020-03-13", "2020-03-12", "2020-03-12"),  # a deadline of yesterday is a slip, and refused later
        ("3月14日", "2020-03-13", "2020-03-14", "2020-03-14"),  # and so is what was done tomorrow
        ("12月30日", "2020-01-05", "2019-12-30", "2019-12-30"),
        ("12月30日", "2020-03-13", "2019-12-30", "2020-12-30"),
        ("1月5日", "2020-12-30", "2021-01-05", "2021-01-05"),
        ("1月5日", "2020-11-01", "2020-01-05", "2021-01-05"),
        ("5月1日", "2020-03-13", "2019-05-01", "2020-05-01"),
        ("2月1日", "2020-03-13", "2020-02-01", "2021-02-01"),
        ("３月１２日", "2020-03-13", "2020-03-12", "2020-03-12"),
    ],
)
def test_what_was_done_lies_in_the_past_and_a_deadline_in_the_future(
    typed: str, today: str, past: str, future: str
) -> None:
    day = date.fromisoformat(today)
    assert read_date(typed, day, Side.PAST).isoformat() == past
    assert read_deadline(typed, day, day) == (date.fromisoformat(future), None)


def test_a_deadline_without_a_year_follows_the_day_it_is_counted_from() -> None:
    assert read_deadline("3月8日", date(2020, 3, 1), date(2020, 3, 13)) == (date(2020, 3, 8), None)
    assert read_deadline("明天", date(2020, 3, 1), date(2020, 3, 13)) == (date(2020, 3, 14), None)


def test_leap_day_is_in_the_nearest_year_that_has_one() -> None:
    assert read_date("2月29日", date(2021, 3, 1), Side.PAST) == date(2020, 2, 29)
    with pytest.raises(BadDate):
        read_date("2月29日", date(2022, 3, 1), Side.PAST)
