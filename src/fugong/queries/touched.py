"""What one command did: the events of its batch."""

from collections.abc import Callable, Iterator
from typing import Any


def touched(rows: Callable[..., Iterator[tuple[Any, ...]]], batch: str) -> Iterator[tuple[str, str, str]]:
    """Kind and uid of a record, and the act on it, in the order in which a command did them.

    Args:
        rows: Asks the store.
        batch: The uid of the command; empty for one that stored nothing.
    """
    asked = (
        "SELECT e.kind, e.subject, e.act FROM event e JOIN batch b ON b.id = e.batch_id "
        "WHERE b.uid = :batch ORDER BY e.id"
    )
    yield from rows(asked, batch=batch)
