"""What a store knew when (``--known-at``): by a moment, by the end of a day, to a publication, or under a seal.

A store comes to know by commands, own or merged, one after the other; each has the moment at which it arrived, later
than that of every command before it, whatever the clock said. So what was known never becomes less, and what a merge
brings was not known before it, however old it is. What another store published was told from what that store knew.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import groupby
from typing import NamedTuple

from fugong.config import chinese, entry_time, zone_of
from fugong.db import Reader
from fugong.errors.entries import BadDate, BadKnownAt, FutureDate
from fugong.errors.names import PublishedTwice
from fugong.queries import come, published, seals
from fugong.queries.knowledge import Knowledge
from fugong.store import chain, settings
from fugong.values import dates


class Known(NamedTuple):
    """How far a store knew its ledger."""

    knowledge: Knowledge
    said: str
    """What people call it: the time at which the last command came in, the publication's name, or the seal."""
    day: date
    """The business day that goes with it where nobody asks for another."""
    at: time | None = None
    """The time of that day, if the publication was of a moment."""


def known(reader: Reader, text: str, here: datetime) -> Known:
    """What was known at a moment, at the end of a day, to a publication, or under a seal.

    Args:
        reader: The store.
        text: As typed.
        here: The present instant in the store's time zone.

    Raises:
        BadKnownAt: It is neither a moment, nor the name of a publication, nor a seal that the store had.
        PublishedTwice: Several stores published under this name.
        FutureDate: It has not come.
    """
    asked = text.strip()
    return _of_publication(reader, asked) or _under_seal(reader, asked.lower(), here) or _at(reader, text, here)


def of_command(reader: Reader, command: int) -> Knowledge:
    """What a command was made from, with itself: all that had arrived, but what its writer did not have yet.

    Args:
        reader: The store.
        command: Its place in the order of arrival.
    """
    if not seals.several(reader.rows):
        return Knowledge(command)
    (digest,) = reader.first("SELECT digest FROM batch WHERE id = :command", command=command) or (None,)
    had = seals.commands_known(reader.rows, [digest])
    arrived = reader.rows(
        "SELECT id, digest FROM batch WHERE id <= :command AND digest IS NOT NULL ORDER BY id", command=command
    )
    return Knowledge(command, tuple(_ranges(key for key, digest in arrived if digest not in had) if had else ()))


def _ranges(keys: Iterable[int]) -> Iterator[tuple[int, int]]:
    """From which to which they run without a gap."""
    for _, run in groupby(enumerate(keys), lambda each: each[1] - each[0]):
        some = [key for _, key in run]
        yield some[0], some[-1]


def _of_publication(reader: Reader, name: str) -> Known | None:
    """What a publication was made from, if there is one of this name."""
    sql = (
        "SELECT e.batch_id, u.name, u.as_of, u.at FROM publication u CROSS JOIN event e "
        "WHERE e.subject = u.uid AND e.act = 'add' AND u.name = :name"
    )
    found = reader.first(sql, name=name)
    if found is None:
        if alike := published.of_one_name(reader.rows, name):
            raise PublishedTwice(name=name, candidates=alike)
        return None
    command, called, day, at = found
    return Known(
        of_command(reader, command), called, date.fromisoformat(str(day)), time.fromisoformat(at) if at else None
    )


def _under_seal(reader: Reader, seal: str, here: datetime) -> Known | None:
    """What a seal stands for: of this store after a command, or of what a publication of another was made from."""
    if len(seal) != chain.SEAL or not set(seal) <= _HEX:
        return None
    for (command, arrived), held in zip(reader.rows(_CHAINED), seals.known(reader.rows), strict=True):
        if held == seal:
            return Known(Knowledge(command), seal, datetime.fromisoformat(arrived).astimezone(here.tzinfo).date())
    told_of = reader.first(f"{_PUBLISHED} WHERE u.seal = :seal", seal=seal)
    if told_of is None:
        return None
    command, day = told_of
    told = of_command(reader, command)
    before = Knowledge(command - 1, told.without)
    return Known(before, seal, date.fromisoformat(str(day)))


_HEX = frozenset("0123456789abcdef")
_CHAINED = "SELECT id, arrived_at FROM batch WHERE digest IS NOT NULL ORDER BY id"
_PUBLISHED = "SELECT e.batch_id, u.as_of FROM publication u JOIN event e ON e.subject = u.uid AND e.act = 'add'"


def _zones(reader: Reader) -> Iterator[tuple[tzinfo, datetime | None]]:
    """The time zones that the store knew of, each until it heard of the next: a clock is one of the zone of its day.

    Of several in which a time can be read it is the first, so that no later change makes another moment of it.
    """
    name = settings.DEFAULTS["timezone"]
    for verb, changes, arrived in reader.rows(_SET, setting=settings.uid("timezone")):
        if verb != UPGRADE:
            yield zone_of(name), datetime.fromisoformat(arrived)
        name = json.loads(changes).get("value", (None, name))[1] or settings.DEFAULTS["timezone"]
    yield zone_of(name), None


UPGRADE = "upgrade"
"""What an upgrade tells was so all along."""
_SET = """
SELECT b.verb, e.changes, b.arrived_at FROM event e JOIN batch b ON b.id = e.batch_id WHERE e.subject = :setting
ORDER BY e.id
"""


def _at(reader: Reader, text: str, here: datetime) -> Known:
    try:
        day, at = dates.read_cut_off(text, here.date(), month_first=chinese())
    except BadDate:
        raise BadKnownAt(value=text) from None
    clock = (day, at) if at else (day + timedelta(days=1), time.min)
    zone = next(zone for zone, until in _zones(reader) if until is None or datetime.combine(*clock, zone) < until)
    end = datetime.combine(*clock, zone)
    now = come.until(reader.rows, here)
    if (day, at or time.min) > (now.date(), now.time()):
        raise FutureDate(date=f"{day} {at:%H:%M}" if at else day, today=f"{now:%Y-%m-%d %H:%M}")
    by = "<=" if at else "<"
    last = f"SELECT id, arrived_at FROM batch WHERE arrived_at {by} :end ORDER BY id DESC LIMIT 1"
    command, arrived = reader.first(last, end=entry_time(end)) or (0, None)
    if arrived is None:
        return Known(Knowledge(0), f"{day} {at or time.min:%H:%M}", day)
    came = datetime.fromisoformat(arrived).astimezone(zone)
    return Known(Knowledge(command), f"{came:%Y-%m-%d %H:%M:%S}", day)
