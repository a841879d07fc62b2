"""The rows under a header: merged cells filled down, blank rows and repeated headers left out, the end found."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from fugong.imports.cells.columns import Field
from fugong.imports.cells.header import Table
from fugong.imports.cells.values import shown
from fugong.imports.files.sheets import Cell
from fugong.values import texts

_FILLED = (
    Field.TEAM, Field.ENTERPRISE, Field.TOWNSHIP, Field.CATEGORY, Field.SOURCE, Field.DEPARTMENT, Field.FOUND_ON,
    Field.PERSON, Field.NAME, Field.CODE, Field.ROLE, Field.ENTERPRISES, Field.ON_DATE,
)  # fmt: skip
"""The fields of which one cell, merged, speaks for several rows."""
_END = re.compile(
    r"(?:合计|总计|共计|备注|注|说明|填表说明|填报说明|填表人|填报人|制表人?|审核人?|负责人|联系人|联系电话|附注)(?:$|[:：\d])"
)
_PART_SUM = re.compile(r"小计")


class Record(NamedTuple):
    """A row of the ledger."""

    number: int
    """As Excel shows it."""
    cells: dict[Field, Cell]
    """What stands in the known columns."""
    extra: list[tuple[str, str]]
    """What stands in the columns nobody knows, by their names."""
    whole: list[Cell]
    """All of it, merged cells filled down."""


def records(table: Table) -> Iterator[Record]:
    """The rows of a table, up to 备注 or 合计."""
    known = [(at, field) for at, field in enumerate(table.fields) if field and field is not Field.COMPUTED]
    named = [at for at, field in enumerate(table.fields) if field is None and table.headings[at]]
    filling = _Filling(table)
    width = len(table.headings)
    for number, given in table.rows:
        cells = (given + [None] * width)[:width]
        if _blank(cells) or _is_header(table, cells):
            continue
        end = _ends(cells)
        if end:
            if end == "part":
                continue
            return
        cells = filling.fill(number, cells)
        found: dict[Field, Cell] = {field: cells[at] for at, field in known}
        if not any(_says(given[at]) for at, _ in known if at < len(given)):
            continue  # numbered in advance, but empty
        yield Record(number, found, [(table.headings[at], shown(cells[at])) for at in named if _says(cells[at])], cells)


def _says(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _blank(cells: list[Cell]) -> bool:
    return not any(map(_says, cells))


def _is_header(table: Table, cells: list[Cell]) -> bool:
    """Whether the header is repeated here, as on every printed page."""
    return all(texts.key(shown(cell)) == texts.key(name) for cell, name in zip(cells, table.headings, strict=True))


def _ends(cells: list[Cell]) -> str | None:
    """Whether the table ends here (合计, 备注), or sums a part of itself (小计): what its first cell says."""
    first = next(cell for cell in cells if _says(cell))
    if not isinstance(first, str):
        return None
    said = "".join(first.split())
    if _PART_SUM.match(said):
        return "part"
    if not _END.match(said):
        return None
    texts_after = [cell for cell in cells if isinstance(cell, str) and cell is not first and not _is_figure(cell)]
    return "end" if len(texts_after) <= _SIGNATURES else None


_SIGNATURES = 3
"""填报人 … 审核人 … 日期 … may stand in one row with what ends a table; more texts are a record."""


def _is_figure(text: str) -> bool:
    return not re.search(r"[^\W\d_]", text)


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
            elif at in self._open and number <= self._open[at][0] and not _says(cells[at]):
                cells[at] = self._open[at][1]
        return cells
