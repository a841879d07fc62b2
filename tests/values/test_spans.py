"""Every word for a deadline or a span that offices use reads to one day, and the same by every door."""

from datetime import date

import pytest

from fugong.errors.entries import AmbiguousDate, BadDate, BadDeadline
from fugong.values.dates import Side, read_date
from fugong.values.spans import Rule, read_bound, read_deadline, read_last_day
from fugong.values.workdays import Calendar

FRIDAY = date(2020, 3, 13)
MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("typed", "past", "future"),
    [
        ("周一", "2020-03-09", "2020-03-16"),
        ("周五", "2020-03-13", "2020-03-13"),
        ("星期六", "2020-03-07", "2020-03-14"),
        ("礼拜天", "2020-03-08", "2020-03-15"),
        ("上周五", "2020-03-06", "2020-03-06"),
        ("上个星期一", "2020-03-02", "2020-03-02"),
        ("本周三", "2020-03-11", "2020-03-11"),
        ("这周日", "2020-03-15", "2020-03-15"),
        ("下周五", "2020-03-20", "2020-03-20"),
        ("下下周一", "2020-03-23", "2020-03-23"),
        ("2日", "2020-03-02", "2020-04-02"),
        ("13号", "2020-03-13", "2020-03-13"),
        ("31日", "2020-01-31", "2020-03-31"),
        ("十五日", "2020-02-15", "2020-03-15"),
        ("Monday", "2020-03-09", "2020-03-16"),
        ("thurs", "2020-03-12", "2020-03-19"),
        ("last Friday", "2020-03-06", "2020-03-06"),
        ("last Thu", "2020-03-12", "2020-03-12"),
        ("next Friday", "2020-03-20", "2020-03-20"),
        ("12 Mar", "2020-03-12", "2020-03-12"),
        ("March 12th", "2020-03-12", "2020-03-12"),
        ("30 Nov", "2019-11-30", "2020-11-30"),
        ("30 Nov 2026", "2026-11-30", "2026-11-30"),
        ("Nov. 30, 2026", "2026-11-30", "2026-11-30"),
        ("30november2026", "2026-11-30", "2026-11-30"),
        ("11/30/2026", "2026-11-30", "2026-11-30"),
        ("30/11/2026", "2026-11-30", "2026-11-30"),
    ],
)
def test_a_day_is_named_by_week_by_month_or_in_english(typed: str, past: str, future: str) -> None:
    for side, day in ((Side.PAST, past), (Side.FUTURE, future)):
        assert read_date(typed, FRIDAY, side) == date.fromisoformat(day), side


@pytest.mark.parametrize(("typed", "month_first"), [("3/12", False), ("3.12", False), ("3/12/2026", True)])
def test_a_day_that_could_be_two_is_refused_with_both(typed: str, month_first: bool) -> None:
    with pytest.raises(AmbiguousDate) as refused:
        read_date(typed, MONDAY, Side.PAST, month_first=month_first)
    assert refused.value.sentence(chinese=False) == (
        f"“{typed}” can be 2026-03-12 or 2026-12-03. Write the one that you mean."
    )
    with pytest.raises(AmbiguousDate):
        read_deadline(typed, MONDAY, MONDAY, month_first=month_first)
    with pytest.raises(AmbiguousDate):
        read_bound(typed, MONDAY, Side.NEAREST, month_first=month_first)


@pytest.mark.parametrize(
    ("typed", "day"), [("11/30", "2026-11-30"), ("30/11", "2026-11-30"), ("3/3", "2026-03-03"), ("03-12", "2026-03-12")]
)
def test_what_can_only_be_one_day_is_that_day_in_english_too(typed: str, day: str) -> None:
    assert read_date(typed, MONDAY, Side.PAST, month_first=False) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("typed", "due", "rule"),
    [
        ("3天", "2020-03-16", "3d"),
        ("三天内", "2020-03-16", "3d"),
        ("一周", "2020-03-20", "7d"),
        ("一周内", "2020-03-20", "7d"),
        ("两周", "2020-03-27", "14d"),
        ("2个星期内", "2020-03-27", "14d"),
        ("半个月", "2020-03-28", "15d"),
        ("半月内", "2020-03-28", "15d"),
        ("一个月内完成", "2020-04-13", "1m"),
        ("3月内", "2020-06-13", "3m"),
        ("半年", "2020-09-13", "6m"),
        ("七个工作日", "2020-03-24", "7wd"),
        ("7个工作日", "2020-03-24", "7wd"),
        ("十五个工作日内", "2020-04-03", "15wd"),
        ("T+3", "2020-03-18", "3wd"),
        ("t + 3 个工作日", "2020-03-18", "3wd"),
        ("T+3天", "2020-03-16", "3d"),
        ("24小时内", "2020-03-14", "1d"),
        ("72小时", "2020-03-16", "3d"),
        ("1w", "2020-03-20", "7d"),
        ("3日内", "2020-03-16", "3d"),
        ("5 working days", "2020-03-20", "5wd"),
        ("within 2 weeks", "2020-03-27", "14d"),
        ("a month", "2020-04-13", "1m"),
        ("明天", "2020-03-14", None),
        ("下周五", "2020-03-20", None),
        ("周三前", "2020-03-18", None),
        ("2日", "2020-04-02", None),
        ("20日前", "2020-03-20", None),
        ("3月底", "2020-03-31", None),
        ("3月底前", "2020-03-31", None),
        ("三月末以前", "2020-03-31", None),
        ("2月底", "2020-02-29", None),
        ("月底前", "2020-03-31", None),
        ("下月底", "2020-04-30", None),
        ("本月中旬", "2020-03-20", None),
        ("4月上旬", "2020-04-10", None),
        ("3月下旬", "2020-03-31", None),
        ("二季度末", "2020-06-30", None),
        ("上半年", "2020-06-30", None),
        ("2020年下半年内", "2020-12-31", None),
        ("3月12日-3月25日", "2020-03-25", None),
        ("3月20日至25日", "2020-03-25", None),
        ("2020-03-20~2020-04-02", "2020-04-02", None),
        ("本季度末", "2020-03-31", None),
        ("年底前", "2020-12-31", None),
        ("2021年底", "2021-12-31", None),
        ("2021年3月", "2021-03-31", None),
        ("4月15日前完成", "2020-04-15", None),
        ("于4月15日之前办结", "2020-04-15", None),
        ("即日起至4月10日", "2020-04-10", None),
        ("by 30 Nov", "2020-11-30", None),
    ],
)
def test_a_deadline_in_an_offices_words(typed: str, due: str, rule: str | None) -> None:
    assert read_deadline(typed, FRIDAY, FRIDAY, Calendar().add) == (date.fromisoformat(due), rule)


def test_a_span_counts_from_the_day_of_the_act_and_a_weekday_from_today() -> None:
    found = date(2020, 3, 2)
    assert read_deadline("3天", found, FRIDAY)[0] == date(2020, 3, 5)
    assert read_deadline("周五", found, FRIDAY)[0] == FRIDAY
    assert read_deadline("月底", date(2020, 2, 28), FRIDAY)[0] == date(2020, 3, 31)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("7d", "2020-03-06"), ("-7d", "2020-03-06"), ("一周", "2020-03-06"), ("最近7天", "2020-03-06"),
        ("last 2 weeks", "2020-02-28"), ("近一个月", "2020-02-13"), ("周一", "2020-03-09"), ("2日", "2020-03-02"),
        ("昨天", "2020-03-12"), ("2020-03-01", "2020-03-01"), ("12月31日", "2019-12-31"),
    ],
)  # fmt: skip
def test_a_listing_begins_a_time_ago(typed: str, day: str) -> None:
    assert read_bound(typed, FRIDAY, Side.NEAREST) == date.fromisoformat(day)


@pytest.mark.parametrize(("typed", "day"), [("7d", "2020-03-20"), ("周五", "2020-03-13"), ("月底", "2020-03-31")])
def test_what_is_due_by_a_time_from_now(typed: str, day: str) -> None:
    assert read_bound(typed, FRIDAY, Side.FUTURE) == date.fromisoformat(day)


@pytest.mark.parametrize("typed", ["", "7wd", "七个工作日", "soon", "7", "--7d7"])
def test_working_days_are_not_counted_back(typed: str) -> None:
    with pytest.raises(BadDate):
        read_bound(typed, FRIDAY, Side.NEAREST)


@pytest.mark.parametrize("typed", ["3月25日-3月12日", "3月底", "上旬", "五季度末", "底", "前", "13月底", "前完成"])
def test_some_words_are_no_date_to_begin_with(typed: str) -> None:
    with pytest.raises(BadDeadline):
        Rule.parse(typed)
    if typed != "3月底":
        with pytest.raises(BadDate):
            read_last_day(typed, FRIDAY)
