"""A sheet that is written from top to bottom as pages of A4: what stands above the table, and where pages end.

Where pages end is said and not left to the program that prints, which would leave a heading of rows at the foot of a
page, without its rows.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from xlsxwriter.worksheet import Worksheet

from fugong.lang import T
from fugong.output.cells import visible
from fugong.output.paper.looks import Looks, cells
from fugong.results.paper import Figures, Paper

A3, A4 = 8, 9
WIDE = 277.0
"""What an A4 page in landscape has between its margins, in mm."""
_SIGN_MM = 11 / 2 / 72 * 25.4
"""How wide half a character of a sign is."""
_SLACK = 5
"""Where other fonts stand in for those that are named, a sign is wider by so many halves."""
_SMALLEST = 0.8
"""Figures that a page does not hold are made smaller by so much, rather than begin another."""
_DEEP = 185 / 25.4 * 72 * 0.985
"""How much stands on a page, in points, with something to spare for other programs' rounding."""


class Page:
    """The rows of a sheet, and how much room the page has left."""

    def __init__(self, sheet: Worksheet, looks: Looks, widths: Sequence[float]) -> None:
        self.sheet, self.looks, self.widths = sheet, looks, widths
        self.last = len(widths) - 1
        self.row = 0
        self._used = self._head = self._all = 0.0
        self._ends: list[int] = []
        for at, mm in enumerate(widths):
            sheet.set_column(at, at, (mm / 25.4 * 96 - 5) / 7)

    def begin(self, height: float, *, with_next: float = 0) -> None:
        """A row begins, on a new page if it does not fit with what must not be parted from it."""
        if self._used + height + with_next > _DEEP and self._used > self._head:
            self._ends.append(self.row)
            self._used = self._head
        self._used += height
        self._all += height
        self.sheet.set_row(self.row, height)

    def put(self, at: int, value: str | int, look: Any) -> None:
        """A cell of the row."""
        if isinstance(value, str):
            self.sheet.write_string(self.row, at, visible(value), look)
        else:
            self.sheet.write_number(self.row, at, value, look)

    def across(self, text: str, look: Any, height: float, *, with_next: float = 0) -> None:
        """A row that is one cell."""
        self.begin(height, with_next=with_next)
        self.sheet.merge_range(self.row, 0, self.row, self.last, "", look)
        self.put(0, text, look)
        self.row += 1

    def above(self, paper: Paper | Figures, annex: int | None) -> None:
        """Which annex, the title, and who hands it in."""
        if annex is not None:
            self.across(T(f"附件 {annex}", f"Annex {annex}"), self.looks.annex, 18)
        self.across(paper.title, self.looks.title, 32)
        self.across(paper.subtitle, self.looks.line, 18)
        self.begin(20)
        for text, first, last in spread(paper.signs, self.widths, _SIGN_MM):
            look = self.looks.right if last == self.last else self.looks.sign
            if first < last:
                self.sheet.merge_range(self.row, first, self.row, last, "", look)
            self.put(first, text, look)
        self.row += 1

    def headed(self, rows: int, height: float, beside: int) -> None:
        """The rows above are headings: they stay on the screen, and stand on every page."""
        self.sheet.freeze_panes(self.row, beside)
        self.sheet.repeat_rows(self.row - rows, self.row - 1)
        self._head = height

    def end(self, *, smaller: bool = False) -> None:
        """Everything is written; what is a little more than a page may be made smaller."""
        sheet, whole = self.sheet, smaller and self._all <= _DEEP / _SMALLEST
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(**MARGINS)
        sheet.center_horizontally()
        sheet.print_area(0, 0, self.row - 1, self.last)
        sheet.fit_to_pages(1, int(whole))
        sheet.set_h_pagebreaks([] if whole else self._ends)
        sheet.set_footer(T('&C&"仿宋"&9第 &P 页，共 &N 页', "&C&9Page &P of &N"), {"margin": 7 / 25.4})
        sheet.hide_gridlines(2)


MARGINS = {"left": 10 / 25.4, "right": 10 / 25.4, "top": 12 / 25.4, "bottom": 13 / 25.4}


def spread(signs: Sequence[str], widths: Sequence[float], half: float) -> list[tuple[str, int, int]]:
    """Signs over the page in equal parts, each with its first and last column.

    Args:
        signs: Of which there are no more than columns. The first and the last are written out; hands write on others.
        widths: Of the columns.
        half: How wide half a Chinese character is.
    """
    share, ends = sum(widths) / len(signs), list(accumulate(widths))
    edges = [0]
    for part in range(1, len(signs)):
        place = 1 + sum(end < part * share for end in ends)
        edges.append(min(max(place, edges[-1] + 1), len(widths) - len(signs) + part))
    edges.append(len(widths))
    while sum(widths[edges[-2] :]) < (cells(signs[-1]) + _SLACK) * half and edges[-2] > edges[-3] + 1:
        edges[-2] -= 1
    while sum(widths[: edges[1]]) < (cells(signs[0]) + _SLACK) * half and edges[1] < edges[2] - 1:
        edges[1] += 1
    return [(text, first, last - 1) for text, first, last in zip(signs, edges, edges[1:], strict=False)]
