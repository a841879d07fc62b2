"""Where a table begins: the header row under titles, 附件 lines and 填报单位 rows, and what they say themselves."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from fugong.imports.cells.columns import NEEDED, WANTED, Field, known, meant
from fugong.imports.files.sheets import Cell, Sheet
from fugong.vocab import Imported as Ledger

_LOOKED_AT = 40
"""Rows from the top in which a header must stand."""
_UNIT = re.compile(r"(?:填报|报送|上报|编报)?(?:单位|部门|组别)[（(]?[盖章]*[)）]?\s*[:：]\s*([^\s:：]+)")
_DAY = re.compile(
    r"(?:填报|上报|报送|填表|制表|统计)?(?:日期|时间)\s*[:：]\s*([^:：]+?)(?:\s{2,}|$|\s(?=\D+[:：]))|截[至止]\s*([^\s）)]+)"
)


class Table(NamedTuple):
    """A sheet whose header was found."""

    sheet: Sheet
    row: int
    """The last row of the header, as Excel numbers it."""
    headings: list[str]
    """The names of the columns, those of two lines joined."""
    lines: Sequence[Sequence[str]]
    """The header as it stands, line by line."""
    fields: list[Field | None]
    """What each column means; None: not known."""
    rows: Iterator[tuple[int, list[Cell]]]
    """What comes under the header."""
    unit: str | None
    """Who filled it in (填报单位), as it stands above the header."""
    day: str | None
    """When (填报日期), as it stands above the header."""


def find(sheet: Sheet, ledger: Ledger, more: Mapping[str, str]) -> Table | None:
    """The table of a sheet; None where there is no header."""
    names = known(ledger, more)
    top = list(islice(sheet.rows, _LOOKED_AT))
    for at, (number, cells) in enumerate(top):
        upper = [_said(cell) for cell in cells]
        lower = [_said(cell) for cell in top[at + 1][1]] if at + 1 < len(top) else []
        two = _two_lines(names, upper, lower)
        headings = two or upper
        fields = _fields(names, headings)
        if _is_header(ledger, fields):
            skipped = at + (2 if two else 1)
            above = [_said(cell) for _, row in top[:at] for cell in row]
            rows = chain(top[skipped:], sheet.rows)
            unit, day = _filing(above)
            lines = [upper, lower] if two else [upper]
            return Table(sheet, number + bool(two), headings, lines, fields, rows, unit, day)
    return None


def _said(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else "" if cell is None else str(cell)


def _fields(names: Mapping[str, Field], headings: list[str]) -> list[Field | None]:
    """What each column means. Of two columns that mean the same, the first does; the other is not known."""
    found = [meant(names, heading) for heading in headings]
    return [field if field is Field.COMPUTED or field not in found[:at] else None for at, field in enumerate(found)]


def _is_header(ledger: Ledger, fields: list[Field | None]) -> bool:
    return sum(field is not None for field in fields) >= WANTED[ledger] and NEEDED[ledger] in fields


def _two_lines(names: Mapping[str, Field], upper: list[str], lower: list[str]) -> list[str] | None:
    """The header if it takes two lines: a name in the second stands under a group's, or under nothing."""
    width = max(len(upper), len(lower))
    pairs = list(zip(upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower)), strict=True))
    below = [second for _, second in pairs if second]
    if not below or not all(meant(names, second) for second in below):
        return None
    if not any(meant(names, first) for first, second in pairs if not second):
        return None
    if all(first == second for first, second in pairs if second):  # the same once more, and no second line
        return None
    return [second or first for first, second in pairs]


def _filing(above: list[str]) -> tuple[str | None, str | None]:
    """The unit and the day that the rows above the header name."""
    text = "  ".join(filter(None, above))
    unit, day = _UNIT.search(text), _DAY.search(text)
    return unit and unit[1], day and (day[1] or day[2]).strip()
