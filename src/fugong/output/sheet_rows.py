"""The rows of a sheet as XML, written where XlsxWriter writes its own: cell by cell it takes ten times as long.

Whatever else a workbook is made of, its styles and its other rows too, is XlsxWriter's.
"""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

_REMEMBERED = 8192
_SHORT = 40
"""Texts up to so many characters are remembered as XML: names, dates and codes come again."""


class RowStream:
    """Writes rows from top to bottom, each whole, between what else is written to the sheet."""

    def __init__(self, sheet: Worksheet, columns: int, literal: Callable[[str], str]) -> None:
        """Take a sheet in constant memory.

        Args:
            sheet: The sheet.
            columns: How many cells each row has.
            literal: What is given to XlsxWriter for a text: this itself, or between ``<r>`` and ``</r>`` the XML of it.
        """
        self._sheet: Any = sheet  # the names used here are those of XlsxWriter 3.3, to which it is pinned
        self._columns = [f'<c r="{xl_col_to_name(at)}' for at in range(columns)]
        self._literal = literal
        self._known: dict[tuple[str | int, Format], str] = {}
        self._styles: dict[Format, int] = {}

    def write(self, row: int, cells: Sequence[tuple[str | int, Format]], height: float | None) -> int | None:
        """Write a row, which must lie below all that was written.

        Args:
            row: Its place, from 0.
            cells: What stands in each of its cells, and how it looks.
            height: In points, where it is not that of the sheet's other rows.

        Returns:
            The place of a cell whose text is longer than Excel takes; -1 if the sheet has no more rows. Then nothing
            was written.
        """
        sheet = self._sheet
        for at, (value, _) in enumerate(cells):
            if type(value) is str and len(value) * 2 > sheet.xls_strmax and _utf16(value) > sheet.xls_strmax:
                return at
        if sheet._check_dimensions(row, 0) or sheet._check_dimensions(row, len(cells) - 1):
            return -1
        sheet._write_single_row(row)  # what is above and was not written yet
        if height is not None:
            sheet.set_row(row, height)
        sheet._write_row(row, None, sheet.row_info.pop(row, None))
        sheet.row_sizes.pop(row, None)
        place, known = f"{row + 1}", self._known
        told = [
            f"{column}{place}{known.get(cell) or self._cell(cell)}"
            for column, cell in zip(self._columns, cells, strict=True)
        ]
        sheet.fh.write(f"{''.join(told)}</row>")
        return None

    def _cell(self, cell: tuple[str | int, Format]) -> str:
        """A cell, but for its place."""
        value, look = cell
        style = self._styles.get(look)
        if style is None:
            style = self._styles[look] = look._get_xf_index()
        if type(value) is not str:
            return f'" s="{style}"><v>{value}</v></c>'
        said = f' t="inlineStr"><is>{self._text(value)}</is></c>' if value else "/>"
        made = f'" s="{style}"{said}'
        if len(value) <= _SHORT:
            if len(self._known) == _REMEMBERED:
                self._known.clear()
            self._known[cell] = made
        return made

    def _text(self, value: str) -> str:
        given = self._literal(value)
        if not given.isprintable():
            given = self._sheet._escape_control_characters(given)
        if given.startswith("<r>") and given.endswith("</r>"):
            return given
        kept = ' xml:space="preserve"' if given[:1].isspace() or given[-1:].isspace() else ""
        return f"<t{kept}>{escape(given, quote=False)}</t>"


def _utf16(text: str) -> int:
    """How long Excel takes a text to be."""
    return len(text.encode("utf-16-le")) // 2
