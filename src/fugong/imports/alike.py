"""Rows that say what one before them said, but for the text and the firm of their problem: they share what it came to.

Ledgers are full of them: what was found on one day, was handed to one bureau and solved by one measure. Such a row is
entered as the one before it was. Its text and its firm are read, whose team that is, and whether its problem is known.
"""

from collections.abc import Sequence
from typing import NamedTuple

from fugong.domain.event_rows import Entered
from fugong.imports.cells.columns import Field
from fugong.imports.cells.rows import Cells
from fugong.imports.resolve import Wanted
from fugong.vocab import Words

REMEMBERED = 2048
"""So many rows are remembered; then they are forgotten together."""
_READ = (Field.TEXT, Field.ENTERPRISE)
"""What is read of every row."""
_OWN = (Field.UID, Field.TITLE, Field.KEY)
"""What makes a row like no other: it is one problem's own, or belongs to its text."""


class Like(NamedTuple):
    """What a row came to whose problem was new."""

    wanted: Wanted
    entered: Entered
    remarks: Sequence[Words]


_Shape = tuple[object, ...]


class Alike:
    """What the rows of one table came to, by all of their cells but those that are read of each."""

    def __init__(self) -> None:
        self._known: dict[_Shape, Like] = {}
        self._shape: _Shape | None = None
        """Of the row that is being taken."""

    def of(self, cells: Cells, extra: tuple[str, ...]) -> Like | None:
        """What a row came to that said the same before this one, if there was any."""
        self._shape = None if cells.faults else _shape(cells, extra)
        return self._known.get(self._shape) if self._shape else None

    def keep(self, wanted: Wanted, entered: Entered | None, remarks: Sequence[Words]) -> None:
        """Remember what the row came to."""
        if self._shape and entered:
            if len(self._known) == REMEMBERED:
                self._known.clear()
            self._known[self._shape] = Like(wanted, entered, tuple(remarks))


def _shape(cells: Cells, extra: tuple[str, ...]) -> _Shape | None:
    """What a row says beside that; None where it is like no other, or an equal number may mean another thing."""
    said = cells.cells
    if any(said.get(field) is not None for field in _OWN):
        return None
    shape = (extra, *[cell for field, cell in said.items() if field not in _READ])
    return None if True in shape or False in shape else shape
