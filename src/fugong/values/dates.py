"""Dates and deadlines as people type them. ``date`` comes out; the clock is never read here."""

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import date, time, timedelta
from enum import Enum, auto
from typing import NamedTuple, Self

from fugong.errors.entries import BadDate, BadDeadline

Workdays = Callable[[date, int], tuple[date, bool]]
"""A date some working days after another, and whether it is an estimate: ``workdays.Calendar.add``."""

_DAYS = {
    "今天": 0, "昨天": -1, "前天": -2, "明天": 1, "后天": 2,
    "today": 0, "yesterday": -1, "tomorrow": 1,
}  # fmt: skip

# Left as text: re compiles and keeps a form when it is first tried, and nearly everybody types the first one.
_FORMS = (
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]",
    r"(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
)
_RULE = r"\+?(?P<number>[1-9]\d{0,2})(?P<unit>wd|d|m)"
_LOOSE_SPACE = r"(?<![\d\s])\s+|\s+(?![\d\s])"
"""White space that does not part two digits: 「3月 12日」 is a date, 「2020-03-1 2」 is a slip."""

_YEAR = r"[〇零○一二三四五六七八九]{4}(?=年)"
_YEAR_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_NUMERAL = "[一二三四五六七八九十]+"
_NUMERALS = {
    tens + ones: str(10 * ten + one)
    for ten, tens in enumerate(("", "十", "二十", "三十"))
    for one, ones in enumerate(("", *"一二三四五六七八九"))
}
_HALF_YEAR = timedelta(days=183)
_AGES = timedelta(days=9999 * 366)
_SLIP = timedelta(days=31)
"""A day without a year that lies so little on the wrong side is a slip, and not a day of another year."""


class Side(Enum):
    """Where a date without a year is looked for."""

    NEAREST = auto()
    """On either side, at most half a year off."""
    PAST = auto()
    """Before: the day that something was done."""
    FUTURE = auto()
    """After: a deadline."""


def read_date(text: str, today: date, side: Side = Side.NEAREST) -> date:
    """A date in any of the forms people use: 2020-03-12, 20200312, 3月12日, 三月十二日, 昨天 and so on.

    Args:
        text: As typed.
        today: What 昨天 is counted from, and what a date without a year is near to.
        side: Where such a date is looked for.

    Raises:
        BadDate: It is none, or there is no such day.
    """
    typed = _plain(text)
    with suppress(ValueError, OverflowError):  # no such day: 2月30日, 明天 on the last day of all
        if typed in _DAYS:
            return today + timedelta(days=_DAYS[typed])
        for form in _FORMS:
            if found := re.fullmatch(form, typed, re.ASCII):
                return _date(found, today, side)
    raise BadDate(value=text)


class Rule(NamedTuple):
    """A deadline as a time from some day on: ``3d`` calendar days, ``1m`` calendar month, ``7wd`` working days."""

    number: int
    unit: str

    def __str__(self) -> str:
        """The rule as the store keeps it."""
        return f"{self.number}{self.unit}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The rule that was typed, with or without a + in front.

        Raises:
            BadDeadline: It is none.
        """
        found = re.fullmatch(_RULE, _plain(text), re.ASCII)
        if found is None:
            raise BadDeadline(value=text)
        return cls(int(found["number"]), found["unit"])

    def due(self, on: date, workdays: Workdays | None = None) -> tuple[date, bool]:
        """The deadline, and whether it is an estimate (推算).

        Args:
            on: The day that the rule counts from; it is not counted itself.
            workdays: Counts working days; without it there are none to count.

        Raises:
            BadDeadline: Working days cannot be counted here, or the calendar ends before.
        """
        with suppress(ValueError, OverflowError):  # after the year 9999
            if self.unit == "d":
                return on + timedelta(days=self.number), False
            if self.unit == "m":
                return _months_later(on, self.number), False
            if workdays:
                return workdays(on, self.number)
        raise BadDeadline(value=str(self))


def read_deadline(text: str, on: date, today: date, workdays: Workdays | None = None) -> tuple[date, str | None]:
    """A deadline, and the rule that made it; a deadline typed as a date has none.

    Args:
        text: A date, or a rule as ``+3d``, ``1m``, ``7wd``.
        on: The day that a rule counts from; it is not counted itself.
        today: What 明天 is counted from. A date without a year is the next one after ``on``.
        workdays: Counts working days; without it ``7wd`` is refused.

    Raises:
        BadDeadline: It is neither.
    """
    with suppress(BadDate):
        return _due_date(text, on, today), None
    rule = Rule.parse(text)
    due, _ = rule.due(on, workdays)
    return due, str(rule)


def _due_date(text: str, on: date, today: date) -> date:
    typed = _plain(text)
    return read_date(typed, today if typed in _DAYS else on, Side.FUTURE)


_CUT_OFF = r"(?P<day>.*?\S)(?:[-t]|\s+)(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)"


def read_cut_off(text: str, today: date) -> tuple[date, time | None]:
    """A cut-off (截至): a date in any form, with a time of day behind it or not, as today-17:00, 2020-03-12 17:00.

    One without a year is the last that there was.

    Raises:
        BadDate: It is none.
    """
    typed = unicodedata.normalize("NFKC", text).strip().lower()
    found = re.fullmatch(_CUT_OFF, typed, re.ASCII | re.DOTALL)
    if found is None:
        return read_date(text, today, Side.PAST), None
    try:
        return read_date(found["day"], today, Side.PAST), time(int(found["hour"]), int(found["minute"]))
    except BadDate:
        raise BadDate(value=text) from None


def _plain(text: str) -> str:
    """What was typed, in half width, in small letters, in digits, without loose white space."""
    typed = re.sub(_LOOSE_SPACE, "", unicodedata.normalize("NFKC", text)).lower()
    if typed.isascii():
        return typed
    typed = re.sub(_YEAR, lambda found: found[0].translate(_YEAR_DIGITS), typed)
    return re.sub(_NUMERAL, lambda found: _NUMERALS.get(found[0], found[0]), typed)


def _date(found: re.Match[str], today: date, side: Side) -> date:
    month, day = int(found["month"]), int(found["day"])
    year = found.groupdict().get("year")
    return date(int(year), month, day) if year else _in_some_year(month, day, today, side)


def _in_some_year(month: int, day: int, today: date, side: Side) -> date:
    """The nearest day of this name on the wanted side of today; of two as near, this year's."""
    possible = []
    for year in (today.year, today.year - 1, today.year + 1):
        with suppress(ValueError):  # 29 February of a common year
            possible.append(date(year, month, day))
    before, after = {
        Side.NEAREST: (_HALF_YEAR, _HALF_YEAR),
        Side.PAST: (_AGES, _SLIP),
        Side.FUTURE: (_SLIP, _AGES),
    }[side]
    near = (each for each in possible if -before <= each - today <= after)
    return min(near, key=lambda each: abs(each - today))


def _months_later(start: date, months: int) -> date:
    """The same day some months later, or the month's last day where it has no such day."""
    from calendar import monthrange

    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
