"""Working days against a table written down from the State Council's own notices, and the lights.

``data/workdays.csv`` has one row per span of days that a notice names, off or work; of two rows on one day
the later one holds, as an adjusting notice does.
"""

import csv
from bisect import bisect_right
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.values import workdays
from fugong.values.workdays import Calendar, Day
from fugong.vocab import Light

NOTICES = Path(__file__).parents[1] / "data" / "workdays.csv"
FIRST, LAST = date(2018, 1, 1), date(2026, 12, 31)
ONE_DAY = timedelta(days=1)
COUNTS = (1, 3, 5, 7, 10, 15, 20)
FRIDAY = date(2020, 3, 13)


def days(first: date, last: date) -> list[date]:
    return [first + ONE_DAY * number for number in range((last - first).days + 1)]


def announced() -> dict[date, bool]:
    """Whether people work, for every day that a notice names."""
    named: dict[date, bool] = {}
    with NOTICES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            span = days(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
            named |= dict.fromkeys(span, row["kind"] == "work")
    return named


ANNOUNCED = announced()
AFTER = days(LAST + ONE_DAY, LAST + 60 * ONE_DAY)
"""Days that no notice in the table covers: here they are Monday to Friday, whatever comes to be announced."""
CALENDAR = Calendar({day: day.weekday() < 5 for day in AFTER})
WORKING = [day for day in days(FIRST, LAST) + AFTER if ANNOUNCED.get(day, day.weekday() < 5)]

starts = st.dates(FIRST, date(2026, 12, 20))
any_date = st.dates(date(1990, 1, 1), date(2060, 12, 31))
counts = st.integers(1, 20)
overrides = st.dictionaries(st.dates(date(2019, 12, 1), date(2020, 3, 31)), st.booleans())


def test_every_day_is_as_the_notices_say() -> None:
    told = {day: CALENDAR.day(day) for day in days(FIRST, LAST)}
    working = set(WORKING)
    assert told == {day: Day(day in working, estimated=False) for day in told}


@pytest.mark.parametrize("count", COUNTS)
def test_every_deadline_is_as_counted_from_the_notices(count: int) -> None:
    counted = {day: WORKING[bisect_right(WORKING, day) + count - 1] for day in days(FIRST, date(2026, 12, 20))}
    assert {day: CALENDAR.add(day, count) for day in counted} == {day: (due, False) for day, due in counted.items()}


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        pytest.param("2020-01-17", 5, "2020-01-23", id="Sunday 19 January is worked"),
        pytest.param("2020-01-20", 5, "2020-02-04", id="the Spring Festival lasts until 2 February"),
        pytest.param("2020-04-29", 5, "2020-05-09", id="the fifth day is a worked Saturday"),
        pytest.param("2020-09-25", 7, "2020-10-12", id="across National Day and two worked weekend days"),
        pytest.param("2020-03-07", 3, "2020-03-11", id="a weekend start is not counted either"),
    ],
)
def test_working_days_count_from_the_day_after(start: str, count: int, due: str) -> None:
    assert Calendar().add(date.fromisoformat(start), count) == (date.fromisoformat(due), False)


@given(starts, counts)
def test_a_deadline_is_a_working_day(start: date, count: int) -> None:
    due, _ = CALENDAR.add(start, count)
    assert CALENDAR.day(due).work


@given(any_date, counts)
def test_more_working_days_end_later(start: date, count: int) -> None:
    assert CALENDAR.add(start, count)[0] < CALENDAR.add(start, count + 1)[0]


@given(any_date, any_date, counts)
def test_a_later_start_never_ends_earlier(one: date, other: date, count: int) -> None:
    first, second = sorted((one, other))
    assert CALENDAR.add(first, count)[0] <= CALENDAR.add(second, count)[0]


@given(overrides, st.dates(date(2019, 11, 1), date(2020, 4, 30)), counts, counts)
def test_counting_in_two_steps_comes_to_the_same(said: dict[date, bool], start: date, one: int, more: int) -> None:
    calendar = Calendar(said)
    halfway, _ = calendar.add(start, one)
    assert calendar.add(halfway, more) == calendar.add(start, one + more)


@given(any_date)
def test_no_working_days_end_where_they_start(start: date) -> None:
    assert Calendar().add(start, 0) == (start, False)


@given(overrides, st.dates(date(2019, 12, 1), date(2020, 3, 31)))
def test_an_override_goes_before_the_notices(said: dict[date, bool], day: date) -> None:
    assert Calendar(said).day(day) == Day(said.get(day, day in WORKING), estimated=False)


def test_overrides_can_say_what_held_before_the_notice_of_27_january_2020() -> None:
    before = Calendar({date(2020, 1, 31): True, date(2020, 2, 1): True})
    assert before.add(date(2020, 1, 20), 5) == (date(2020, 2, 1), False)


@pytest.mark.parametrize("year", [1, 1999, 2003, 2100, 9998])
def test_a_year_that_nobody_announced_is_an_estimate_of_monday_to_friday(year: int) -> None:
    told = Calendar().month(year, 3)
    assert told == {day: Day(day.weekday() < 5, estimated=True) for day in days(date(year, 3, 1), date(year, 3, 31))}


@pytest.mark.parametrize(
    ("year", "free"),
    [
        (1950, []),
        (2003, ["1-1", "5-1", "10-1", "10-2", "10-3"]),
        (2100, ["1-1", "5-1", "5-2", "10-1", "10-2", "10-3"]),
    ],
)
def test_holidays_that_the_regulation_fixes_are_free_before_anybody_announces_them(year: int, free: list[str]) -> None:
    whole_year = days(date(year, 1, 1), date(year, 12, 31))
    weekdays_off = {day for day in whole_year if day.weekday() < 5 and not Calendar().day(day).work}
    fixed = {date(year, *map(int, day.split("-"))) for day in free}
    assert weekdays_off == {day for day in fixed if day.weekday() < 5}
    assert all(Calendar().day(day).estimated for day in fixed)


def test_the_notices_end_without_a_crash() -> None:
    end = max(year for year in range(2018, 2100) if not Calendar().day(date(year, 7, 1)).estimated)
    known, estimated = Calendar().add(date(end, 12, 1), 1), Calendar().add(date(end, 12, 30), 7)
    assert not any(Calendar().day(date(end, 10, day)).work for day in (1, 2, 3)), "National Day is no guess"
    assert (known[1], estimated[1]) == (False, True)
    assert estimated[0].year == end + 1


def test_the_notices_begin_without_a_crash() -> None:
    assert Calendar().add(date(2003, 12, 26), 1) == (date(2003, 12, 29), True)
    assert Calendar().add(date(2003, 12, 31), 1) == (date(2004, 1, 2), False)


def test_an_override_in_a_year_that_nobody_announced_is_no_estimate() -> None:
    holiday = date(2100, 1, 1)
    assert Calendar({holiday: False}).day(holiday) == Day(work=False, estimated=False)


def test_a_month_has_every_day_in_order() -> None:
    april = Calendar().month(2020, 4)
    assert list(april) == days(date(2020, 4, 1), date(2020, 4, 30))
    assert [day.day for day, kind in april.items() if not kind.work] == [4, 5, 6, 11, 12, 18, 19, 25]


def test_counting_past_the_last_year_overflows() -> None:
    with pytest.raises(OverflowError):
        Calendar().add(date.max, 1)


def shine(due: date | None, *, live: bool = True, as_of: date = FRIDAY, yellow_days: int = 2) -> Light:
    until = workdays.yellow_until(as_of, yellow_days, Calendar())
    return workdays.light(due, live=live, as_of=as_of, yellow_until=until)


@pytest.mark.parametrize(
    ("due", "light"),
    [
        ("2020-03-12", Light.RED),
        ("2020-03-13", Light.YELLOW),
        ("2020-03-15", Light.YELLOW),
        ("2020-03-17", Light.YELLOW),
        ("2020-03-18", Light.GREEN),
    ],
)
def test_on_a_friday_two_yellow_days_reach_to_tuesday(due: str, light: Light) -> None:
    assert shine(date.fromisoformat(due)) is light


def test_without_yellow_days_only_the_day_itself_is_yellow() -> None:
    lights = [shine(FRIDAY + ONE_DAY * number, yellow_days=0) for number in (-1, 0, 1)]
    assert lights == [Light.RED, Light.YELLOW, Light.GREEN]


def test_a_problem_in_hand_without_a_deadline_is_grey() -> None:
    assert shine(None) is Light.GREY


@given(st.none() | any_date, any_date)
def test_what_is_not_in_hand_is_green(due: date | None, as_of: date) -> None:
    assert shine(due, live=False, as_of=as_of) is Light.GREEN


@given(any_date, any_date, st.integers(0, 30))
def test_a_light_only_goes_from_green_to_yellow_to_red(due: date, as_of: date, yellow_days: int) -> None:
    order = [Light.GREEN, Light.YELLOW, Light.RED]
    today = shine(due, as_of=as_of, yellow_days=yellow_days)
    tomorrow = shine(due, as_of=as_of + ONE_DAY, yellow_days=yellow_days)
    assert order.index(today) <= order.index(tomorrow)


@given(any_date, any_date, st.integers(0, 30))
def test_red_is_every_day_over_and_no_other(due: date, as_of: date, yellow_days: int) -> None:
    red = shine(due, as_of=as_of, yellow_days=yellow_days) is Light.RED
    assert red == (workdays.days_over(due, as_of) > 0)


def test_yellow_reaches_to_the_end_of_the_calendar_at_most() -> None:
    assert workdays.yellow_until(date.max, 2, Calendar()) == date.max


def test_days_over_are_calendar_days_after_the_deadline() -> None:
    assert [workdays.days_over(date(2020, 3, day), FRIDAY) for day in (1, 12, 13, 14)] == [12, 1, 0, 0]
    assert workdays.days_over(None, FRIDAY) == 0
