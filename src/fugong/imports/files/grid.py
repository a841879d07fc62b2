"""A table that is built cell by cell in memory, and never grows beyond what a ledger needs."""

from collections.abc import Iterator
from pathlib import Path

from fugong.errors.files import CannotRead
from fugong.imports.files.sheets import (
    MOST_COLUMNS,
    MOST_ROWS,
    TOO_LARGE,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    Cell,
    Merged,
)

MOST_CELLS = 600_000
"""Of all tables of a file: they are held until they are read, unlike the sheets of a workbook of Excel."""
MOST_TEXT = 16 << 20
"""Characters in all cells."""


class Room:
    """What is left for the cells of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._cells = MOST_CELLS
        self._text = MOST_TEXT

    def take(self, cells: int, text: int) -> None:
        """Use some of it up.

        Raises:
            CannotRead: There is not so much.
        """
        self._cells -= cells
        self._text -= text
        if self._cells < 0 or self._text < 0:
            raise CannotRead(path=self.path, reason=TOO_LARGE)


class Grid:
    """The rows of one table. Blank rows and cells cost nothing until something comes after them."""

    def __init__(self, room: Room, name: str = "") -> None:
        self.name = name
        self.merged: list[Merged] = []
        self.hidden: set[int] = set()
        self._room = room
        self._rows: dict[int, list[Cell]] = {}
        self._covered: dict[int, set[int]] = {}
        """By row: the columns that a merged cell above or to the left takes."""
        self.row = 0
        """The row that is being filled, as Excel numbers it."""
        self._at = 0

    def next_row(self, *, hidden: bool = False, rows: int = 1) -> None:
        """Begin a row, or pass over some that are all alike."""
        self._covered.pop(self.row, None)
        if hidden:
            self.hidden.update(range(self.row + 1, min(self.row + rows, MOST_ROWS) + 1))
        self.row += rows
        self._at = 0

    def skip(self, cells: int) -> None:
        """Leave cells of the row empty."""
        self._at += cells

    def span(self, down: int, across: int) -> None:
        """Merge the last cell over so many; those that it covers come as cells of their own."""
        if down > 1 or across > 1:
            self._merge(self._at - 1, min(down, MOST_ROWS), across)

    def add(self, value: Cell, *, down: int = 1, across: int = 1) -> None:
        """Fill the next cell of the row, merged over so many; those that a merged cell covers are passed over.

        Raises:
            CannotRead: The table becomes larger than fits.
        """
        covered = self._covered.get(self.row, ())
        while self._at in covered:
            self._at += 1
        left, self._at = self._at, self._at + across
        down = min(down, MOST_ROWS)
        if across > 1 or down > 1:
            self._merge(left, down, across)
            self._cover(left, down, across)
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        if left >= MOST_COLUMNS:
            raise CannotRead(path=self._room.path, reason=TOO_MANY_COLUMNS)
        if self.row > MOST_ROWS:
            raise CannotRead(path=self._room.path, reason=TOO_MANY_ROWS)
        cells = self._rows.setdefault(self.row, [])
        self._room.take(left + 1 - len(cells), len(value) if isinstance(value, str) else 0)
        cells += [None] * (left - len(cells))
        cells.append(value)

    def repeat(self, rows: int) -> None:
        """Write the row that is there so many times more.

        Raises:
            CannotRead: The table becomes larger than fits.
        """
        cells = self._rows.get(self.row)
        if cells is None or rows < 1:
            self.next_row(rows=rows, hidden=self.row in self.hidden)
            return
        self._room.take(rows * len(cells), 0)
        if self.row + rows > MOST_ROWS:
            raise CannotRead(path=self._room.path, reason=TOO_MANY_ROWS)
        hidden = self.row in self.hidden
        for _ in range(rows):
            self.next_row(hidden=hidden)
            self._rows[self.row] = list(cells)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows up to the last that says something; blank ones are there, and empty."""
        for number in range(1, max(self._rows, default=0) + 1):
            yield number, self._rows.get(number, [])

    def _merge(self, left: int, down: int, across: int) -> None:
        right = min(left + across, MOST_COLUMNS) - 1
        if left <= right:
            self._room.take(1, 0)
            self.merged.append(Merged(self.row, left, self.row + down - 1, right))

    def _cover(self, left: int, down: int, across: int) -> None:
        """Keep what a merged cell takes of the rows below."""
        right = min(left + across, MOST_COLUMNS)
        if down > 1 and left < right:
            self._room.take(down * (right - left), 0)
            for row in range(self.row + 1, self.row + down):
                self._covered.setdefault(row, set()).update(range(left, right))
