"""What reading commands share: the store opened for reading, and the cut-off."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from fugong.db import Reader
    from fugong.reports.as_of import AsOf


@contextmanager
def reading(store: str, as_of: str | None = None) -> Iterator[tuple["Reader", "AsOf"]]:
    """The store for reports, and the cut-off that was typed, else now."""
    from fugong import config, db
    from fugong.reports.as_of import AsOf

    with db.reading(store) as reader:
        yield reader, AsOf.read(reader, as_of, config.now(reader.zone))


def day(typed: str | None, today: "date") -> "date | None":
    """A date as people type it, if one was typed."""
    if typed is None:
        return None
    from fugong import dates

    return dates.read_date(typed, today)


def last_day(until: str | None, cut: "AsOf") -> "date | None":
    """The last day that a listing shows: of ``--until`` and a cut-off that was asked for, the earlier."""
    typed = day(until, cut.day)
    return min(typed or cut.day, cut.day) if cut.asked else typed
