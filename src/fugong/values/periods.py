"""Periods that are compared with the one before: a week, a month, or as many days as anybody likes."""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple, Self

from fugong.errors.entries import NoSuchMonth, PeriodBackwards
from fugong.vocab import Words


class Period(NamedTuple):
    """Some days, the first and the last."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.end - self.start).days + 1

    @property
    def eve(self) -> date:
        """The day before."""
        return self.start - timedelta(days=1)


WEEK = 7


class Compared(NamedTuple):
    """A period, the one that it is compared with, and what people call the two."""

    now: Period
    before: Period
    this: Words
    last: Words

    @classmethod
    def until(cls, end: date, start: date | None = None) -> Self:
        """The days up to a day, a week unless the first is given, beside as many before.

        Raises:
            PeriodBackwards: The first day is after the last.
        """
        first = start or end - timedelta(days=WEEK - 1)
        if first > end:
            raise PeriodBackwards(start=first, end=end)
        now = Period(first, end)
        before = Period(first - timedelta(days=now.days), now.eve)
        if now.days == WEEK:
            return cls(now, before, Words("本周", "This week"), Words("上周", "last week"))
        return cls(now, before, Words("本期", "This period"), Words("上期", "the one before"))

    @classmethod
    def month(cls, text: str, today: date) -> Self:
        """A calendar month as typed; one that is not over yet stands beside as many days of the month before.

        Raises:
            NoSuchMonth: It is none, or has not come.
        """
        first = _first_of(text, today)
        if first > today:
            raise NoSuchMonth(value=text)
        end = min(_last_of(first), today)
        earlier = (first - timedelta(days=1)).replace(day=1)
        if end == _last_of(first):
            before, last = Period(earlier, _last_of(earlier)), Words("上月", "last month")
        else:
            shorter = min(earlier + (end - first), _last_of(earlier))
            before, last = Period(earlier, shorter), Words("上月同期", "the same days last month")
        return cls(Period(first, end), before, Words("本月", "This month"), last)


_MONTH = re.compile(r"(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*月?份?")
_THIS, _LAST = ("本月", "这个月", "当月", "this month"), ("上月", "上个月", "last month")


def _first_of(text: str, today: date) -> date:
    typed = text.strip().lower()
    this = today.replace(day=1)
    if typed in _THIS:
        return this
    if typed in _LAST:
        return (this - timedelta(days=1)).replace(day=1)
    found = _MONTH.fullmatch(typed)
    if not found or not 1 <= int(found["month"]) <= 12:  # noqa: PLR2004  (a year has twelve)
        raise NoSuchMonth(value=text)
    month = int(found["month"])
    year = int(found["year"] or today.year - (month > today.month))
    if year < date.min.year:
        raise NoSuchMonth(value=text)
    return date(year, month, 1)


def _last_of(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
