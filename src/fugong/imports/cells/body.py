"""The rows under a header: merged cells filled down, and what is no record told from what is, to the sheet's end."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fugong.errors.imports import SecondHeader
from fugong.imports.cells.account import Account, Passed
from fugong.imports.cells.columns import NUMBERS, UNIT_AND_PERSON, Field, key
from fugong.imports.cells.header import Table
from fugong.imports.cells.joined import parted
from fugong.imports.cells.passing import Passing, first_words, says
from fugong.imports.cells.values import shown, was_number
from fugong.imports.files.sheets import Cell
from fugong.vocab import Words

_FILLED = (
    Field.TEAM, Field.ENTERPRISE, Field.TOWNSHIP, Field.CATEGORY, Field.SOURCE, Field.DEPARTMENT, Field.FOUND_ON,
    Field.PERSON, Field.NAME, Field.CODE, Field.ROLE, Field.ENTERPRISES, Field.ON_DATE, UNIT_AND_PERSON,
)  # fmt: skip
"""The fields of which one cell, merged, speaks for several rows."""
_DITTO = frozenset({"同上", "〃", "″", '"', "”", "''", "ditto"})
"""Signs that a cell says what the one above it does."""
_OWN = (Field.TEXT, Field.TITLE, Field.UID, Field.VERSION)
"""The fields that every record says by itself."""


class SheetRow(NamedTuple):
    """A row of a sheet of the file."""

    number: int
    """As Excel shows it."""
    cells: dict[Field, Cell]
    """What stands in the known columns."""
    extra: list[tuple[str, Cell]]
    """What stands in the columns nobody knows, by their names; a column without one goes by its letter."""
    whole: list[Cell]
    """All of it, merged cells filled down."""


def records(table: Table, account: Account, *, skip_hidden: bool = False) -> Iterator[SheetRow]:
    """The rows of a table to the end of its sheet; what is no record is entered in the account.

    Raises:
        SecondHeader: Another table begins below.
    """
    known = [(at, field) for at, field in enumerate(table.fields) if field and field is not Field.COMPUTED]
    filling, passing = _Filling(table), Passing(table)
    width = len(table.headings)
    unknown = [at for at, field in enumerate(table.fields) if field is None]
    numbers = [at for at, name in enumerate(table.headings) if key(name) in NUMBERS]
    above: list[Cell] = [None] * width
    for number, given in table.rows:
        said = [(at, cell) for at, cell in enumerate(given) if cell is not None and says(cell)]
        if not said:
            account.blank()
            continue
        account.something()
        if passing.other_header(said):
            name = table.sheet.name
            sheet = Words(f"工作表「{name}」", f" of sheet “{name}”") if name else Words("", "")
            raise SecondHeader(row=number, sheet=sheet)
        cells = filling.fill(number, given + [None] * (width - len(given)))
        hidden = number in table.sheet.hidden
        passed = Passed.HIDDEN if hidden and skip_hidden else passing.kind(number, said, cells)
        if passed:
            account.pass_over(number, passed, first_words(said))
            continue
        account.take(number, hidden=hidden)
        _look_at_numbers(account, number, [cells[at] for at in numbers])
        extra = _beside(table, account, number, cells, unknown)
        for at, field in known:
            cell = cells[at]
            if isinstance(cell, str) and cell in _DITTO and field not in _OWN:
                cells[at] = above[at]
        above = cells
        read = {field: cells[at] for at, field in known}
        yield SheetRow(number, parted(read) if UNIT_AND_PERSON in read else read, extra, cells)


def _look_at_numbers(account: Account, number: int, cells: Sequence[Cell]) -> None:
    """Enter the problems' numbers of which Excel has made dates."""
    for cell in cells:
        if was := was_number(cell):
            account.misread(number, shown(cell), was)


def _beside(
    table: Table, account: Account, number: int, cells: list[Cell], unknown: list[int]
) -> list[tuple[str, Cell]]:
    """What stands in columns that nobody knows, and beyond the last one."""
    width, extra = len(table.headings), list[tuple[str, Cell]]()
    for at in (*unknown, *range(width, len(cells))):
        if says(cells[at]):
            name = table.headings[at] if at < width else ""
            if not name:
                account.unheaded(letter(at), number)
            extra.append((name or letter(at), cells[at]))
    return extra


def letter(at: int) -> str:
    """A column as Excel names it: 0 is A."""
    name, at = "", at + 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class _Filling:
    """Fills merged cells down."""

    def __init__(self, table: Table) -> None:
        columns = {at for at, field in enumerate(table.fields) if field in _FILLED}
        tops = [
            (each.top, at, each.bottom)
            for each in table.sheet.merged
            if each.bottom > each.top
            for at in columns.intersection(range(each.left, each.right + 1))
        ]
        self._bottoms = {(top, at): bottom for top, at, bottom in tops if top > table.row}
        self._open: dict[int, tuple[int, Cell]] = {}
        self._columns = sorted({at for _, at in self._bottoms})

    def fill(self, number: int, cells: list[Cell]) -> list[Cell]:
        """The cells of a row, with what a merged range above says."""
        for at in self._columns:
            bottom = self._bottoms.get((number, at))
            if bottom:
                self._open[at] = (bottom, cells[at])
            elif at in self._open and number <= self._open[at][0] and not says(cells[at]):
                cells[at] = self._open[at][1]
        return cells
