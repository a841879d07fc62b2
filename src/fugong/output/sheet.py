"""One sheet of a workbook, as such ledgers are handed in: title, who and when, headings, rows, total, notes.

Every text is a text, whatever it looks like, and only counts are numbers. What is not for the printed page stands
in hidden columns, the uid in the last.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape
from itertools import chain, islice
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from fugong.errors.files import CellTooLong, SheetFull
from fugong.output.cells import ReportRow, heading, one_line, shown, shown_rows, shown_total
from fugong.output.paper.looks import FANG, GRID, HEI, LIGHTS, SHADE, TALLEST, TITLE
from fugong.output.paper.page import A3, A4, MARGINS, spread
from fugong.output.sheet_rows import RowStream
from fugong.results.report import Cell, Column, Cover, Report
from fugong.vocab import Language, Light, Words

_SIZE = 9.5
_ANNEX_HEIGHT, _TITLE_HEIGHT, _COVER_HEIGHT, _ROW_HEIGHT, _LINE_HEIGHT, _PAD = 18, 32, 20, 18, 13, 5
"""In points; a row of one line, and what each line takes in a row of several."""

_SAMPLE = 200
"""How many rows the widths of the columns are taken from."""

_FOLDING = (Cell.TEXT, Cell.TERM, Cell.CODE, Cell.LIST, Cell.CODES)
_ROOM = {A4: 162, A3: 230}
"""How many narrow characters stand side by side in landscape before the page's scale makes them too small to read."""
_WIDEST, _NARROWEST = 48, 10
"""Texts fold to no fewer than five Chinese characters a line."""
_NARROWEST_HEAD = 8
_NARROWEST_COUNT = 5
"""Excel shows a number that does not fit as ###."""
_MARGIN = 2

_ANNEX = Words("附件 {}", "Annex {}")
_OFFICE, _DAY = Words("填报单位：", "Submitted by: "), Words("填报日期：", "As of: ")
_HANDS = (Words("填报人：", "Filled in by: "), Words("审核人：", "Checked by: "))
_ROOM_FOR_HANDS = 96
"""How wide a sheet is, in narrow characters, where four signs stand side by side."""
_SUM = Words("合计 {} 条", "Total: {} rows")
_PAGES = Words("&C第 &P 页，共 &N 页", "&CPage &P of &N")

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_TRICKY = re.compile(rf"^<r>|{_ESCAPE.pattern}")


class Formats:
    """How cells look. They are text to Excel too, so that what is typed over them stays as typed."""

    def __init__(self, book: Workbook) -> None:
        page = {"font_name": FANG, "font_size": _SIZE, "valign": "vcenter"}
        line = {**page, "font_size": 11}
        cell = {**page, "border": 1, "border_color": GRID, "text_wrap": True, "num_format": "@"}
        centred = {**cell, "align": "center"}
        self.annex: Format = book.add_format({**page, "font_name": HEI, "font_size": 12})
        self.title: Format = book.add_format({**page, "font_name": TITLE, "font_size": 20, "align": "center"})
        self.left: Format = book.add_format({**line, "align": "left"})
        self.right: Format = book.add_format({**line, "align": "right"})
        self.note: Format = book.add_format({**page, "align": "left"})
        self.head: Format = book.add_format({**centred, "font_name": HEI, "bg_color": SHADE})
        self.text: Format = book.add_format(cell)
        self.middle: Format = book.add_format(centred)
        self.count: Format = book.add_format({**centred, "num_format": "0"})
        self.sum: Format = book.add_format({**centred, "font_name": HEI})
        self.sum_count: Format = book.add_format({**centred, "font_name": HEI, "num_format": "0"})
        self.lights: dict[Light, Format] = {
            light: book.add_format(
                {**centred, "font_name": HEI, "font_color": front, **({"bg_color": back} if back else {})}
            )
            for light, (front, back) in LIGHTS.items()
        }


class Sheet:
    """A sheet that is written from top to bottom, once."""

    def __init__(self, sheet: Worksheet, report: Report, formats: Formats, header: Language | None) -> None:
        self._sheet = sheet
        self._report = report
        self._formats = formats
        self._header = header
        self._order = _order(report.columns)
        self._columns = [report.columns[place] for place in self._order]
        self._seen = sum(column.brief for column in self._columns)
        self._heads = [one_line(heading(column.head, header)) for column in self._columns]
        self._looks = [self._look(column) for column in self._columns]
        self._texts = self._shown()
        self._widths: list[int] = []
        self._large = False
        self._row = 0

    def write(self, cover: Cover | None) -> None:
        """Write everything."""
        self._large = bool(cover and cover.large)
        rows = iter(self._report.rows)
        sample = list(islice(rows, _SAMPLE))
        self._set_widths(sample)
        self._sheet.set_default_row(_ROW_HEIGHT)
        if cover and cover.annex is not None:
            self._above(heading(_ANNEX, self._header).format(cover.annex), self._formats.annex, _ANNEX_HEIGHT)
        title = heading(self._report.title, self._header)
        if cover and cover.whose:
            title = heading(Words(f"{cover.whose}{title}", f"{cover.whose}: {title}"), self._header)
        self._above(one_line(title), self._formats.title, _TITLE_HEIGHT)
        if cover:
            self._write_cover(cover)
        self._write_head()
        self._write_total(self._write_rows(chain(sample, rows)))
        for note in self._report.notes:
            self._put(0, one_line(heading(note, self._header)), self._formats.note)
            self._row += 1

    # Above the rows

    def _above(self, text: str, look: Format, height: float) -> None:
        self._sheet.set_row(self._row, height)
        self._across(0, self._seen - 1, text, look)
        self._row += 1

    def _write_cover(self, cover: Cover) -> None:
        """Who hands it in on the left, and the cut-off on the right, with room for two names where it is wide enough.

        In a single column both stand in one line.
        """
        office = heading(_OFFICE, self._header) + one_line(heading(Words(cover.office or "", cover.office or "")))
        day = heading(_DAY, self._header) + cover.as_of
        self._sheet.set_row(self._row, _COVER_HEIGHT)
        widths = [width + _MARGIN for width in self._widths]
        if self._seen == 1:
            self._put(0, f"{office}  {day}", self._formats.left)
        else:
            hands = [heading(each, self._header) for each in _HANDS] if sum(widths) >= _ROOM_FOR_HANDS else []
            for text, first, last in spread([office, *hands, day], widths, 1.05):
                self._across(first, last, text, self._formats.right if text is day else self._formats.left)
        self._row += 1

    def _write_head(self) -> None:
        for at, head in enumerate(self._heads):
            self._put(at, head, self._formats.head)
        self._set_up_page()
        height = self._height(self._heads)
        if height:
            self._sheet.set_row(self._row, height)
        self._row += 1

    def _set_up_page(self) -> None:
        """A4 landscape, one page wide, the headings frozen on the screen and repeated on paper."""
        self._sheet.freeze_panes(self._row + 1, 0)
        self._sheet.repeat_rows(self._row)
        self._sheet.set_landscape()
        self._sheet.set_paper(A3 if self._large else A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(**MARGINS)
        self._sheet.center_horizontally()
        self._sheet.set_footer(heading(_PAGES, self._header))

    # Rows

    def _write_rows(self, rows: Iterable[ReportRow]) -> int:
        """The rows; how many there were."""
        count = 0
        stream = RowStream(self._sheet, len(self._columns), _literal)
        for row in rows:
            texts = self._texts(row)
            cells = [look(row[place], text) for look, place, text in zip(self._looks, self._order, texts, strict=True)]
            failed = stream.write(self._row, cells, self._height(texts))
            if failed is not None:
                raise SheetFull if failed == _TOO_FAR else self._too_long(failed, texts[failed])
            self._row += 1
            count += 1
        return count

    def _height(self, texts: Sequence[str]) -> float | None:
        """As tall as its folded texts: not every program makes a row so when it opens the file; None: of one line."""
        shown = zip(texts[: self._seen], self._widths, strict=False)
        folded = [_lines(text, width) for text, width in shown if len(text) * 2 > width or "\n" in text]
        lines = max(folded, default=1)
        return min(lines * _LINE_HEIGHT + _PAD, TALLEST) if lines > 1 else None

    def _too_long(self, at: int, text: str) -> CellTooLong:
        return CellTooLong(row=self._row + 1, column=self._heads[at], length=len(text))

    def _shown(self) -> Callable[[ReportRow], list[str]]:
        """A function from a row to its texts in the order of the sheet: as listed for people, then the hidden ones."""
        listed = shown_rows(self._report)
        hidden = [(at, shown(self._report.columns[at], self._report.zone)) for at in self._order[self._seen :]]
        return lambda row: listed(row) + [show(row[at]) for at, show in hidden]

    def _look(self, column: Column) -> Callable[[Any, str], tuple[str | int, Format]]:
        """A function from a value of a column and its text to what stands in the cell, and how it looks."""
        formats = self._formats
        if column.cell is Cell.COUNT:
            return lambda value, text: (text if value is None else int(value), formats.count)
        plain = formats.text if column.cell in _FOLDING else formats.middle
        if column.cell is Cell.CODE:
            return lambda value, text: (text, formats.lights[value] if isinstance(value, Light) else plain)
        return lambda _, text: (text, plain)

    def _write_total(self, count: int) -> None:
        """The sums of a report that has them; of a list, how many rows there are."""
        report, sums = self._report, self._formats
        if report.total is not None:
            values = [report.total[place] for place in self._order]
            texts = shown_total(report) + [""] * (len(self._columns) - self._seen)
            for at, (value, text, column) in enumerate(zip(values, texts, self._columns, strict=True)):
                number = column.cell is Cell.COUNT and value is not None and text
                self._put(at, int(value) if number else text, sums.sum_count if number else sums.sum)
            self._row += 1
        elif not report.upright:
            self._across(0, self._seen - 1, heading(_SUM, self._header).format(count), sums.sum)
            self._row += 1

    # Cells

    def _across(self, first: int, last: int, text: str, look: Format) -> None:
        """A text over several columns of the row."""
        if first < last:
            self._sheet.merge_range(self._row, first, self._row, last, "", look)
        self._put(first, text, look)

    def _put(self, at: int, value: str | int, look: Format) -> None:
        """A cell of the row: a number, or a text that is nothing but text.

        Raises:
            CellTooLong, SheetFull: Excel's limits; XlsxWriter would cut the text off, or leave the row out.
        """
        if value == "":
            failed = self._sheet.write_blank(self._row, at, None, look)
        elif isinstance(value, str):
            failed = self._sheet.write_string(self._row, at, _literal(value), look)
        else:
            failed = self._sheet.write_number(self._row, at, value, look)
        if failed == _TOO_FAR:
            raise SheetFull
        if failed:
            raise self._too_long(at, str(value))

    # Widths, in narrow characters

    def _set_widths(self, sample: Sequence[ReportRow]) -> None:
        """Widths that fit the cells and, as far as texts can fold, the page."""
        stacks = zip(*map(self._texts, sample), strict=True) if sample else [()] * len(self._columns)
        natural = [
            max([_least(column, head), *map(_width, texts)])
            for column, head, texts in zip(self._columns, self._heads, stacks, strict=True)
        ]
        folding = [column.cell in _FOLDING for column in self._columns[: self._seen]]
        self._widths = _fitted(natural[: self._seen], folding, _ROOM[A3 if self._large else A4])
        for at, width in enumerate(self._widths + natural[self._seen :]):
            hidden = {} if at < self._seen else {"hidden": True}
            self._sheet.set_column(at, at, min(width, _WIDEST) + _MARGIN, None, hidden)


_TOO_FAR = -1
"""What XlsxWriter returns for a row beyond the last that a sheet has."""


def _order(columns: Sequence[Column]) -> list[int]:
    """The places of the columns as the sheet has them: the listed ones, the others, and the uid at the end."""
    return sorted(
        range(len(columns)), key=lambda at: (not columns[at].brief, columns[at].key in ("uid", "version"), at)
    )


def _literal(text: str) -> str:
    """A text such that it reads back as it is.

    XlsxWriter takes one between ``<r>`` and ``</r>`` for its own XML, and Excel takes ``_x0041_`` for an A, which
    XlsxWriter escapes only where no two of them overlap. So both are given as such XML, escaped already.
    """
    if not _TRICKY.search(text):
        return text
    escaped = _ESCAPE.sub("_x005F_", escape(text, quote=False)).replace("_", "&#95;")
    return f'<r><t xml:space="preserve">{escaped}</t></r>'


def _least(column: Column, head: str) -> int:
    """How wide a column is at least: its heading folds as texts do."""
    if column.cell in _FOLDING:
        return min(_width(head), _NARROWEST_HEAD)
    return max(_width(head), _NARROWEST_COUNT)


@lru_cache(4096)
def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of this width."""
    return sum(max(1, -(-_width(line) // width)) for line in text.split("\n"))


def _width(text: str) -> int:
    """How wide the longest line is: a Chinese character is as wide as two others, as it is long in GBK."""
    return max(len(line.encode("gbk", "replace")) for line in text.split("\n"))


def _fitted(natural: Sequence[int], folding: Sequence[bool], room: int) -> list[int]:
    """The widths of the columns: the widest texts give way first until the page is wide enough."""
    cap = _WIDEST

    def capped() -> list[int]:
        return [min(width, cap) if folds else width for width, folds in zip(natural, folding, strict=True)]

    while cap > _NARROWEST and sum(capped()) + _MARGIN * len(natural) > room:
        cap -= 1
    return capped()
