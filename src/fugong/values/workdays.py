"""The statutory working days of China, and how near a deadline is: pure functions of dates.

The State Council moves working days to weekends every year. ``chinesecalendar`` has its notices; overrides
hold later and local ones. A year that nobody has announced is taken as Monday to Friday without the holidays that
《全国年节及纪念日放假办法》 itself fixes on the Gregorian calendar, and marked as an estimate (推算): only a notice
tells which weekends are worked instead, and when the holidays of the lunar calendar are.
"""

from collections.abc import Container, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from fugong.values.lateness import late
from fugong.vocab import Light

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
"""As ``date.weekday`` counts."""
_NONE: Mapping[date, bool] = MappingProxyType({})


class Day(NamedTuple):
    """Whether people work on a day, and whether that is only an estimate."""

    work: bool
    estimated: bool


class Calendar:
    """Working days by the State Council's notices, corrected by ``overrides``: True is work, False is rest."""

    def __init__(self, overrides: Mapping[date, bool] = _NONE) -> None:
        self._overrides = overrides

    def day(self, day: date) -> Day:
        """What kind of day it is. What an override says is no estimate."""
        said = self._overrides.get(day)
        if said is not None:
            return Day(said, estimated=False)
        weekday, notices = day.weekday() < _SATURDAY, _notices()
        if day.year not in notices.years:
            return Day(weekday and not _is_fixed(day), estimated=True)
        return Day(day in notices.working or (weekday and day not in notices.free), estimated=False)

    def add(self, start: date, days: int) -> tuple[date, bool]:
        """The date some working days after ``start``, which is not counted, and whether it is an estimate.

        Raises:
            OverflowError: It lies after the year 9999.
        """
        reached, estimated = start, False
        while days > 0:
            reached += _ONE_DAY
            day = self.day(reached)
            days -= day.work
            estimated |= day.estimated
        return reached, estimated

    def month(self, year: int, month: int) -> dict[date, Day]:
        """Every day of a month, in order."""
        from calendar import monthrange

        days = (date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1))
        return {day: self.day(day) for day in days}


def yellow_until(as_of: date, days: int, calendar: Calendar) -> date:
    """The last deadline that is yellow (黄): ``days`` working days after the as-of date."""
    try:
        return calendar.add(as_of, days)[0]
    except OverflowError:
        return date.max


def light(due: date | None, *, live: bool, as_of: date, yellow_until: date) -> Light:
    """How near a deadline is (亮灯). A deadline is met until the end of its day.

    Args:
        due: The deadline, if there is one.
        live: Whether the problem is in hand; a closed one is green.
        as_of: The day the light is true for.
        yellow_until: The last deadline that is yellow.
    """
    if not live:
        return Light.GREEN
    if due is None:
        return Light.GREY
    if late(due, as_of):
        return Light.RED
    return Light.YELLOW if due <= yellow_until else Light.GREEN


def days_over(due: date | None, as_of: date) -> int:
    """How many calendar days a deadline is past; 0 on its day, before it, and without one."""
    return max(0, (as_of - due).days) if due else 0


_FIXED = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
"""New Year, Labour Day and National Day, in every edition of the regulation since that of September 1999."""
_FIXED_SINCE_2025 = ((5, 2),)
"""The second day of Labour Day, by the amendment of November 2024 (State Council Decree 795)."""
_FIRST_YEAR, _AMENDED = 2000, 2025


def _is_fixed(day: date) -> bool:
    """Whether 《全国年节及纪念日放假办法》, article 2, makes the day a holiday whatever a notice says."""
    month_day = (day.month, day.day)
    if day.year >= _AMENDED and month_day in _FIXED_SINCE_2025:
        return True
    return day.year >= _FIRST_YEAR and month_day in _FIXED


class _Notices(NamedTuple):
    """What the State Council has announced."""

    years: range
    free: Container[date]
    working: Container[date]


@cache
def _notices() -> _Notices:
    """The package's tables. Its own functions search the last known year anew for every single day."""
    import chinese_calendar  # type: ignore[import-untyped]  # it has no types

    free: Mapping[date, str] = chinese_calendar.holidays
    return _Notices(range(min(free).year, max(free).year + 1), free, chinese_calendar.workdays)
