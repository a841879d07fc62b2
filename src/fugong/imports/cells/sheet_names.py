"""What the name of a sheet says itself: offices keep a sheet per team, or per day."""

import re
from typing import NamedTuple

from fugong.values import team_names

_PARTED = re.compile(r"[\s_()（）·，,]+")
_DAY = re.compile(r"(?:\d{4}[年.-])?\d{1,2}[月.-]\d{1,2}[日号]?|\d{8}|(?:0[1-9]|1[0-2])[0-3]\d")


class Named(NamedTuple):
    """A team and a day as a sheet's name writes them; None: it names none."""

    team: str | None = None
    day: str | None = None


def read(name: str) -> Named:
    """What a name says: 第一组, 3月5日, 第三帮扶组（3月5日）. A mere number says nothing."""
    parts = [name.strip(), *filter(None, _PARTED.split(name))]
    team = next((part for part in parts if not part.isdecimal() and team_names.number(part)), None)
    day = next((part for part in parts if _DAY.fullmatch(part)), None)
    return Named(team, f"{day[:2]}-{day[2:]}" if day and len(day) == _MONTH_AND_DAY and day.isdecimal() else day)


_MONTH_AND_DAY = 4
"""Digits of 0305."""
