"""What reading commands share: the store opened for reading, and the day it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fugong.db import Reader


@contextmanager
def reading(store: str) -> Iterator[tuple["Reader", date]]:
    """The store for reports, and today in its time zone."""
    from fugong import config, db

    with db.reading(store) as reader:
        yield reader, config.local_day(config.now(reader.zone), reader.zone)
