"""Parts of a whole and averages, rounded so that they never say more than is so.

All is all and none is none: 2,999 of 3,000 are 99.9 %, one of 3,000 is 0.1 %, and what took a day once in thirty times
did not take 0.0 days on average.
"""

_PLACES = 4
_LEAST = 10**-_PLACES
_TENTH = 0.1


def rate(part: int, whole: int) -> float | None:
    """A part of a whole from 0 to 1, to four places; 1 only if it is all and 0 only if it is none; None of nothing."""
    if not whole:
        return None
    return round(part / whole, _PLACES) if part in (0, whole) else _between(part / whole, _LEAST, _PLACES)


def percent(value: float | None) -> str:
    """A rate as people read it: 80.8%; 100.0% only if it is all, 0.0% only if it is none; of nothing 「—」."""
    if value is None:
        return "—"
    return f"{value:.1%}" if value in (0, 1) else f"{_between(value * 100, _TENTH, 1, top=100):.1f}%"


def whole_percent(part: int, whole: int) -> str:
    """A part of a whole where there is little room: 81%; 100% only if it is all, and 0% only if it is none."""
    hundredth = 0.01
    return f"{part / whole:.0%}" if part in (0, whole) else f"{_between(part / whole, hundredth, 2):.0%}"


def mean(total: int, count: int) -> float:
    """An average of whole numbers, to one place; 0 only if all of them are."""
    return max(round(total / count, 1), _TENTH) if total > 0 else round(total / count, 1)


def _between(value: float, least: float, places: int, top: int = 1) -> float:
    """A value rounded, but neither to nothing nor to the whole."""
    return min(max(round(value, places), least), round(top - least, places))
