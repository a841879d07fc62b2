"""Days as people type them, in both languages. ``date`` comes out; the clock is never read here."""

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import date, time, timedelta
from enum import Enum, auto
from typing import NamedTuple

from fugong.errors.entries import AmbiguousDate, BadDate

_DAYS = {
    "今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "明日": 1, "后天": 2,
    "today": 0, "yesterday": -1, "tomorrow": 1,
}  # fmt: skip

_LOOSE_SPACE = r"(?<![\d\s])\s+|\s+(?![\d\s])"
"""White space that does not part two digits: 「3月 12日」 is a date, 「2020-03-1 2」 is a slip."""

_YEAR = r"[〇零○一二三四五六七八九]{4}(?=年)"
_YEAR_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_NUMERAL = "[一二三四五六七八九十]+"
_NUMERALS = {
    tens + ones: str(10 * ten + one)
    for ten, tens in enumerate(("", "十", *(f"{digit}十" for digit in "二三四五六七八九")))
    for one, ones in enumerate(("", *"一二三四五六七八九"))
}
_HALF_YEAR = timedelta(days=183)
_AGES = timedelta(days=9999 * 366)
_SLIP = timedelta(days=31)
"""A day without a year that lies so little on the wrong side is a slip, and not a day of another year."""
_LAST_MONTH = 12


class Side(Enum):
    """In which direction from today a date without a year, a weekday or a day of the month is looked for."""

    NEAREST = auto()
    """On either side, at most half a year off; a day of the week or the month is the last that there was."""
    PAST = auto()
    """In the past: for the day on which something was done."""
    FUTURE = auto()
    """In the future: for a deadline."""


class Reading(NamedTuple):
    """What an incomplete date is completed from."""

    today: date
    """What 昨天, 周五 and 2日 are counted from."""
    side: Side = Side.NEAREST
    near: date | None = None
    """What a date without a year is near to, if not today."""
    month_first: bool = True
    """Whether 3/12 is 3月12日, as every Chinese reader has it; in English it could be either."""

    def day(self, year: str | None, month: int, day: int) -> date:
        """A day whose year may be left out.

        Raises:
            ValueError: There is none.
        """
        if year:
            return date(int(year), month, day)
        return in_some_year(month, day, self.near or self.today, self.side)


def read_date(
    text: str, today: date, side: Side = Side.NEAREST, *, near: date | None = None, month_first: bool = True
) -> date:
    """A date in any of the forms people use: 2020-03-12, 20200312, 3月12日, 上周五, 2日, 昨天, 30 Nov 2026 and so on.

    Args:
        text: As typed.
        today: As ``Reading`` has it, like all that follow.
        side: As well.
        near: As well.
        month_first: As well.

    Raises:
        BadDate: It is none, or there is no such day.
        AmbiguousDate: It is one of two days.
    """
    typed = plain(text)
    with suppress(ValueError, OverflowError):  # no such day: 2月30日, 明天 on the last day of all
        if typed in _DAYS:
            return today + timedelta(days=_DAYS[typed])
        for form, meant in _FORMS:
            if found := re.fullmatch(form, typed, re.ASCII):
                days = meant(found, Reading(today, side, near, month_first))
                if len(days) > 1:
                    raise AmbiguousDate(value=text, one=days[0], other=days[1])
                return days[0]
    raise BadDate(value=text)


_CUT_OFF = r"(?P<day>.*?\S)(?:[-t]|\s+)(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)"


def read_cut_off(text: str, today: date, *, month_first: bool = True) -> tuple[date, time | None]:
    """A cut-off (截至): a date in any form, with a time of day behind it or not, as today-17:00, 2020-03-12 17:00.

    One without a year is the last that there was.

    Raises:
        BadDate, AmbiguousDate: It is none, or could be two.
    """
    typed = unicodedata.normalize("NFKC", text).strip().lower()
    found = re.fullmatch(_CUT_OFF, typed, re.ASCII | re.DOTALL)
    if found is None:
        return read_date(text, today, Side.PAST, month_first=month_first), None
    try:
        day = read_date(found["day"], today, Side.PAST, month_first=month_first)
    except AmbiguousDate:
        raise
    except BadDate:
        raise BadDate(value=text) from None
    return day, time(int(found["hour"]), int(found["minute"]))


def plain(text: str) -> str:
    """What was typed, in half width, in small letters, in digits, without loose white space."""
    typed = re.sub(_LOOSE_SPACE, "", unicodedata.normalize("NFKC", text)).lower()
    if typed.isascii():
        return typed
    typed = re.sub(_YEAR, lambda found: found[0].translate(_YEAR_DIGITS), typed)
    return re.sub(_NUMERAL, lambda found: _NUMERALS.get(found[0], found[0]), typed)


def in_some_year(month: int, day: int, today: date, side: Side) -> date:
    """The nearest day of this name on the wanted side of today; of two as near, this year's.

    Raises:
        ValueError: There is none.
    """
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


def months_later(start: date, months: int) -> date:
    """The same day some months later, or earlier, or the month's last day where it has no such day.

    Raises:
        ValueError: There is no such year.
    """
    from calendar import monthrange

    year, month = divmod(start.year * _LAST_MONTH + start.month - 1 + months, _LAST_MONTH)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


# Forms. Each gives the one day that was meant, or the two that may have been.

Found = re.Match[str]


def _year_month_day(found: Found, by: Reading) -> tuple[date, ...]:
    return (by.day(found.groupdict().get("year"), int(found["month"]), int(found["day"])),)


def _two_numbers(found: Found, by: Reading) -> tuple[date, ...]:
    """3/12, and 3/12/2020: the month may stand first or last, unless there is no such month."""
    one, other, year = int(found["one"]), int(found["other"]), found["year"]
    if by.month_first and not year:
        return (by.day(None, one, other),)
    days = []
    for month, day in dict.fromkeys(((one, other), (other, one))):
        with suppress(ValueError):
            days.append(by.day(year, month, day))
    return tuple(days) or (by.day(year, one, other),)


def _in_english(found: Found, by: Reading) -> tuple[date, ...]:
    return (by.day(found["year"], _MONTHS.index(found["name"]) + 1, int(found["day"])),)


def _day_of_month(found: Found, by: Reading) -> tuple[date, ...]:
    """2日: the last that there was, or the next that there is; a short month is passed over."""
    first, step = by.today.replace(day=1), 1 if by.side is Side.FUTURE else -1
    for away in range(3):
        with suppress(ValueError):
            day = months_later(first, away * step).replace(day=int(found["day"]))
            if (day - by.today).days * step >= 0:
                return (day,)
    raise ValueError(found["day"])


def _weekday(found: Found, by: Reading) -> tuple[date, ...]:
    """周五: the last that there was, or the next; 上周五 and 下周五 are those of the calendar weeks beside this one."""
    which = found["which"]
    this_week = by.today + timedelta(days=_WEEKDAYS[found["weekday"][:3]] - by.today.weekday())
    if which == "last":
        weeks = 0 if this_week < by.today else -1  # in English, simply the latest that is over
    elif which:
        weeks = _WEEKS[which]
    elif by.side is Side.FUTURE:
        weeks = int(this_week < by.today)
    else:
        weeks = -int(this_week > by.today)
    return (this_week + timedelta(weeks=weeks),)


_WEEKS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2, "this": 0, "next": 1}
_WEEKDAYS = {
    "1": 0, "2": 1, "3": 2, "4": 3, "5": 4, "6": 5, "日": 6, "天": 6,
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:(?<=jan)uary|(?<=feb)ruary|(?<=mar)ch|(?<=apr)il|(?<=jun)e|(?<=jul)y|(?<=aug)ust|(?<=sep)t(?:ember)?"
    r"|(?<=oct)ober|(?<=nov)ember|(?<=dec)ember)?\.?"
)
_DAY_NAME = r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_THE_YEAR = r"(?:[, ]?(?P<year>\d{4}))?"

# Left as text: re compiles and keeps a form when it is first tried, and nearly everybody types the first one.
_FORMS: tuple[tuple[str, Callable[[Found, Reading], tuple[date, ...]]], ...] = (
    (r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})", _year_month_day),
    (r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]", _year_month_day),
    (r"(?P<month>\d{1,2})-(?P<day>\d{1,2})", _year_month_day),
    (r"(?P<one>\d{1,2})(?P<mark>[/.])(?P<other>\d{1,2})(?:(?P=mark)(?P<year>\d{4}))?", _two_numbers),
    (r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", _year_month_day),
    (r"(?P<day>\d{1,2})[日号]", _day_of_month),
    (r"(?P<which>上上|上|本|这|下|下下)?个?(?:周|星期|礼拜)(?P<weekday>[1-6日天])", _weekday),
    (rf"{_ORDINAL}(?:of)?{_MONTH}{_THE_YEAR}", _in_english),
    (rf"{_MONTH}{_ORDINAL}{_THE_YEAR}", _in_english),
    (rf"(?:(?P<which>last|this|next))?(?P<weekday>{_DAY_NAME})", _weekday),
)
