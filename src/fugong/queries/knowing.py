"""What a store knew when (``--known-at``): a moment, a day, or what a publication was made from.

A store comes to know by commands, one after the other; ``known`` gives the last of them. Where the clock went back, a
command counts as come in no earlier than those before it, so that what was known never becomes less.
"""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from fugong.config import chinese, entry_time, zone_of
from fugong.db import Reader
from fugong.errors.entries import BadDate, BadKnownAt, FutureDate
from fugong.values import dates


class Known(NamedTuple):
    """How far a store knew its ledger."""

    command: int
    """The last command that was known; 0 is none."""
    said: str
    """What people call it: the time at which that command came in, or the publication's name."""
    day: date
    """The business day that goes with it where nobody asks for another."""
    at: time | None = None
    """The time of that day, if the publication was of a moment."""


def known(reader: Reader, text: str, here: datetime) -> Known:
    """What was known at a moment, at the end of a day, or to a publication.

    Args:
        reader: The store.
        text: As typed.
        here: The present instant in the store's time zone.

    Raises:
        BadKnownAt: It is neither a moment nor the name of a publication.
        FutureDate: It has not come.
    """
    return of_publication(reader, text.strip()) or _at(reader, text, here)


def of_publication(reader: Reader, name: str) -> Known | None:
    """What a publication was made from, if there is one of this name: all up to its own command."""
    sql = (
        "SELECT e.batch_id, u.name, u.as_of, u.at FROM publication u CROSS JOIN event e "
        "WHERE e.subject = u.uid AND e.act = 'add' AND u.name = :name"
    )
    found = reader.first(sql, name=name)
    if found is None:
        return None
    command, called, day, at = found
    return Known(command, called, date.fromisoformat(str(day)), time.fromisoformat(at) if at else None)


def _at(reader: Reader, text: str, here: datetime) -> Known:
    try:
        day, at = dates.read_cut_off(text, here.date(), month_first=chinese())
    except BadDate:
        raise BadKnownAt(value=text) from None
    zone = zone_of(reader.zone)
    end = datetime.combine(day, at, zone) if at else datetime.combine(day + timedelta(days=1), time.min, zone)
    if (day, at or time.min) > (here.date(), here.time()):
        raise FutureDate(date=f"{day} {at:%H:%M}" if at else day, today=f"{here:%Y-%m-%d %H:%M}")
    sign = ">" if at else ">="
    first = f"(SELECT min(b.id) FROM batch b WHERE b.recorded_at {sign} :end)"
    sql = f"SELECT max(id), max(recorded_at) FROM batch WHERE id < coalesce({first}, 9223372036854775807)"
    command, last = reader.first(sql, end=entry_time(end)) or (None, None)
    if command is None:
        return Known(0, f"{day} {at or time.min:%H:%M}", day)
    came = datetime.fromisoformat(last).astimezone(zone)
    return Known(command, f"{came:%Y-%m-%d %H:%M:%S}", day)
