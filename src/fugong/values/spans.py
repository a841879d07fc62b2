"""Deadlines as people type them: times from some day on, as 3d, 7个工作日, 一周内, T+3, and last days, as 3月底前."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple, Self

from fugong.errors.entries import AmbiguousDate, BadDate, BadDeadline
from fugong.values.dates import Reading, Side, months_later, plain, read_date
from fugong.vocab import Words

Workdays = Callable[[date, int], tuple[date, bool]]
"""A date some working days after another, and whether it is an estimate: ``workdays.Calendar.add``."""

_NUMBER = r"(?P<number>[1-9]\d{0,2})"
_UNIT = "个?工作日|天|日|个?自然日|周|个?星期|个?礼拜|个月|月(?=[之以]?内)|(?<=半)月|年|个?小时"
_ENGLISH_UNIT = "workingdays?|workdays?|businessdays?|days?|weeks?|months?|hours?"
_SPANS = (
    rf"\+?{_NUMBER}(?P<unit>wd|d|w|m)",
    rf"t\+{_NUMBER}(?:个?(?P<unit>工作日|天|日))?",
    rf"(?P<number>[1-9]\d?\d?|两|半)(?P<unit>{_UNIT})(?:[之以]?内)?(?:完成|办结|解决|整改到位)?",
    rf"(?:within|in)?(?P<number>[1-9]\d?\d?|an?|one|two|three)(?P<unit>{_ENGLISH_UNIT})",
)
_NUMBERS = {"两": 2, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_HALVES = {"月": (15, "d"), "年": (6, "m"), "天": (1, "d"), "日": (1, "d")}
_DAY_HOURS, _YEAR_MONTHS, _WEEK_DAYS = 24, 12, 7
_MOST = 999


_UNITS = {"wd": ("个工作日", "working days"), "d": ("天", "days"), "m": ("个月", "months")}


class Rule(NamedTuple):
    """A deadline as a time from some day on: ``3d`` calendar days, ``1m`` calendar month, ``7wd`` working days."""

    number: int
    unit: str

    def __str__(self) -> str:
        """The rule as the store keeps it."""
        return f"{self.number}{self.unit}"

    @property
    def words(self) -> Words:
        """The rule as people read it: 7 个工作日, 7 working days."""
        zh, en = _UNITS[self.unit]
        return Words(f"{self.number} {zh}", f"{self.number} {en.removesuffix('s') if self.number == 1 else en}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The rule that was typed: 3d, +3d, 7wd, 1w, 3天, 七个工作日, 一周内, T+3, 24小时内, 5 working days.

        T+3 counts working days, as offices do that write it.

        Raises:
            BadDeadline: It is none.
        """
        typed = plain(text)
        for form in _SPANS:
            if found := re.fullmatch(form, typed, re.ASCII):
                number, unit = _counted(found["number"], found["unit"] or "wd")
                if 0 < number <= _MOST:
                    return cls(number, unit)
        raise BadDeadline(value=text)

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
                return months_later(on, self.number), False
            if workdays:
                return workdays(on, self.number)
        raise BadDeadline(value=str(self))

    def before(self, day: date) -> date | None:
        """So long before a day, for what counts days, not working days."""
        with suppress(ValueError, OverflowError):
            if self.unit == "d":
                return day - timedelta(days=self.number)
            if self.unit == "m":
                return months_later(day, -self.number)
        return None


def _counted(number: str, unit: str) -> tuple[int, str]:
    """A number and a unit in the three that rules have; 0 where there is no such half."""
    said = unit.lstrip("个")
    if number == "半":
        return _HALVES.get(said, (0, "d"))
    count = _NUMBERS.get(number) or int(number)
    if said in ("wd", "工作日") or said.startswith(("work", "business")):
        return count, "wd"
    if said in ("w", "周", "星期", "礼拜") or said.startswith("week"):
        return count * _WEEK_DAYS, "d"
    if said == "小时" or said.startswith("hour"):
        return -(-count // _DAY_HOURS), "d"
    if said == "年":
        return count * _YEAR_MONTHS, "m"
    return count, "m" if said in ("m", "月") or said.startswith("month") else "d"


def read_last_day(
    text: str, today: date, side: Side = Side.FUTURE, *, near: date | None = None, month_first: bool = True
) -> date:
    """The day that something is due: a date in any form, 4月15日前完成, 3月底前, 月底, 3月下旬, 二季度末, 年底.

    Args:
        text: As typed.
        today: As ``dates.Reading`` has it, like all that follow.
        side: As well.
        near: As well.
        month_first: As well.

    Raises:
        BadDate: It is none, or there is no such day.
        AmbiguousDate: It is one of two days.
    """
    typed = plain(text)
    core = re.sub(_AROUND, "", re.sub(_BEFORE, "", typed))
    try:
        return read_date(core, today, side, near=near, month_first=month_first)
    except AmbiguousDate as ambiguous:
        raise AmbiguousDate(**{**ambiguous.params, "value": text}) from None
    except BadDate:
        pass
    if found := re.fullmatch(_RANGE, core, re.ASCII):
        with suppress(BadDate, ValueError):
            return _end_of_range(found, today, side, near=near, month_first=month_first)
    with suppress(ValueError, OverflowError):
        for form in _ENDS:
            if found := re.fullmatch(form, core, re.ASCII):
                return _end(found, Reading(today, side, near))
    raise BadDate(value=text)


_AROUND = r"^(?:于|在|到|至|即日起至|从即日起至|截至|截止到?|by|before|until|due)(?=.)"
_BEFORE = r"(?<=.)(?:[之以]?前)?(?:完成|办结|办完|办好|解决|整改到位|整改完成|销号)?$"
_RANGE = r"(?P<first>.+?)(?:[至到~]|(?<=[日号])[-—–]+)(?P<last>.+)"
"""From a day to a day: 3月12日-3月25日, 2020-03-12至2020-03-25, 3月12日至25日."""
_ENDS = (
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月份?(?P<part>底|末|上旬|中旬|下旬)",
    r"(?P<year>\d{4})[年./-](?P<month>\d{1,2})(?:月份?)?(?P<part>)",
    r"(?:(?P<year>\d{4})年)?第?(?P<quarter>[1-4]|本)季度(?:末|底|内)",
    r"(?P<which>本|这个?|下个?)?月(?P<part>底|末|上旬|中旬|下旬|内)",
    r"(?:(?P<year>\d{4})|今|本)?(?P<whole>年)(?:底|末|内)",
    r"(?:(?P<year>\d{4})年|今年|本年)?(?P<half>[上下])半年(?:底|末|内)?",
)
_TENTHS = {"上旬": 10, "中旬": 20}
_QUARTER = 3


def _end(found: re.Match[str], by: Reading) -> date:
    """The last day of a part of a month, of a quarter, or of a year."""
    said = found.groupdict()
    year, tenth = said.get("year"), _TENTHS.get(said.get("part") or "")
    if "whole" in said or said.get("half") == "下":
        return date(int(year or by.today.year), 12, 31)
    if "half" in said:
        return date(int(year or by.today.year), 6, 30)
    if "which" in said:
        first = months_later(by.today.replace(day=1), int((said["which"] or "").startswith("下")))
    elif "quarter" in said:
        number = (by.today.month + 2) // _QUARTER if said["quarter"] == "本" else int(said["quarter"])
        first = by.day(year, number * _QUARTER, 28).replace(day=1)
    else:
        first = by.day(year, int(said["month"]), tenth or 28).replace(day=1)
    return first.replace(day=tenth) if tenth else months_later(first, 1) - timedelta(days=1)


def _end_of_range(found: re.Match[str], today: date, side: Side, *, near: date | None, month_first: bool) -> date:
    """The last day of two that a deadline names.

    Raises:
        BadDate: One is none, or they come in the wrong order.
    """
    first = read_date(found["first"], today, side, near=near, month_first=month_first)
    if of_month := re.fullmatch(r"(\d{1,2})[日号]?", found["last"], re.ASCII):
        last = first.replace(day=int(of_month[1]))
    else:
        last = read_date(found["last"], today, side, near=first, month_first=month_first)
    if last < first:
        raise BadDate(value=found[0])
    return last


def read_deadline(
    text: str, on: date, today: date, workdays: Workdays | None = None, *, month_first: bool = True
) -> tuple[date, str | None]:
    """A deadline, and the rule that made it; a deadline typed as a date has none.

    Args:
        text: A date or the words for one, or a rule as ``+3d``, ``1m``, ``7wd``.
        on: The day that a rule counts from; it is not counted itself.
        today: What 明天 and 周五 are counted from. A date without a year is the next one after ``on``.
        workdays: Counts working days; without it ``7wd`` is refused.
        month_first: As ``read_date`` has it.

    Raises:
        BadDeadline: It is neither.
        AmbiguousDate: It is one of two days.
    """
    try:
        return read_last_day(text, today, near=on, month_first=month_first), None
    except AmbiguousDate:
        raise
    except BadDate:
        rule = Rule.parse(text)
    due, _ = rule.due(on, workdays)
    return due, str(rule)


def read_bound(text: str, today: date, side: Side, *, month_first: bool = True) -> date:
    """The day that a listing begins or ends with: a date, or a time before today, or after it: 7d, 一周, last 2 weeks.

    Args:
        text: As typed.
        today: What all is counted from.
        side: ``FUTURE`` for deadlines; with a minus in front, a time goes back there as well.
        month_first: As ``dates.Reading`` has it.

    Raises:
        BadDate: It is none.
        AmbiguousDate: It is one of two days.
    """
    try:
        return read_last_day(text, today, side, month_first=month_first)
    except AmbiguousDate:
        raise
    except BadDate:
        typed = plain(text)
    with suppress(BadDeadline):
        rule = Rule.parse(re.sub(_BACK, "", typed))
        day = rule.due(today)[0] if side is Side.FUTURE and not typed.startswith("-") else rule.before(today)
        if day:
            return day
    raise BadDate(value=text)


_BACK = "^(?:-|最近|近|过去|the|last|past)+"
