"""Which record a number means that somebody typed who looks at the past."""

from collections.abc import Callable

from fugong.db import Reader
from fugong.errors.names import AmbiguousId
from fugong.queries import Rows


def meant(reader: Reader, find: Callable[[Rows, str], int], given: str) -> int:
    """The key of the record with a number: numbers mean what they mean now, and what they meant where several have it.

    Args:
        reader: The store as it stood at a cut-off.
        find: Looks a number up: ``names.problem``, ``names.activity``.
        given: The number as typed.

    Raises:
        Refusal: As ``find`` does.
    """
    try:
        return find(reader.now.rows, given)
    except AmbiguousId:
        if reader is reader.now:
            raise
        return find(reader.rows, given)
