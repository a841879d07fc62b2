"""Which days have come, as far as a store knows: a machine's clock may be behind what was entered there already.

Where it is, a day that was today when something came in is none of the future, whatever the clock says now. What
another machine dated is none of ours: a clock that is ahead there lets nothing be entered here for a day to come.
"""

from datetime import date, datetime, time

from fugong.errors.entries import FutureDate
from fugong.queries import Rows


def until(rows: Rows, here: datetime) -> datetime:
    """The present moment, or that of the newest arrival where the clock is behind it; in the same zone."""
    newest = next(iter(rows(_NEWEST)), None)
    return max(here, datetime.fromisoformat(newest[0]).astimezone(here.tzinfo)) if newest else here


def must_have(rows: Rows, day: date, here: datetime, at: time | None = None) -> None:
    """Refuse to read a day, or a moment of it, that has not come: of which nothing is told here either.

    Args:
        rows: Runs SQL on the store.
        day: The day.
        here: The present instant in the store's time zone.
        at: The time of day, if it is a moment.

    Raises:
        FutureDate: It has not.
    """
    now = until(rows, here)
    told = rows(_LATER if at else _DATED, day=day)
    if (day, at or time.min) <= (now.date(), now.time()) or next(iter(told), None):
        return
    raise (
        FutureDate(date=day, today=now.date())
        if at is None
        else FutureDate(date=f"{day} {at:%H:%M}", today=f"{now:%Y-%m-%d %H:%M}")
    )


_NEWEST = "SELECT arrived_at FROM batch WHERE arrived_at IS NOT NULL ORDER BY id DESC LIMIT 1"
_DATED = "SELECT 1 FROM event WHERE on_date >= :day LIMIT 1"
_LATER = "SELECT 1 FROM event WHERE on_date > :day LIMIT 1"
