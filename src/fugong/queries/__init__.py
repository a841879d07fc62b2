"""Questions that rules and reports share, in SQL that both engines speak; without the ORM."""

from collections.abc import Callable, Iterable
from typing import Any

Rows = Callable[..., Iterable[tuple[Any, ...]]]
"""Runs SQL with named parameters and gives the rows: ``Reader.rows``, or the like over a session."""
