"""Queries of what has one of many values, asked some hundreds of them at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from fugong.queries import Rows

TOGETHER = 500
"""As many values as an engine takes in one query without ado."""


def among(rows: Rows, sql: str, values: Iterable[Any], **more: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, for all values.

    Args:
        rows: The store's rows.
        sql: The query, with ``{}`` where the values go.
        values: The values.
        more: Its other parameters.
    """
    waiting = iter(values)
    while some := list(islice(waiting, TOGETHER)):
        named = {f"v{at}": value for at, value in enumerate(some)}
        yield from rows(sql.format(", ".join(f":{name}" for name in named)), **named, **more)
