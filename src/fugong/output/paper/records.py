"""Records on paper: few wide columns, in bands, each row as deep as its longest text."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from fugong.lang import T
from fugong.output.paper.looks import Looks, height, lines, most_lines
from fugong.output.paper.page import WIDE, Page
from fugong.results.paper import Paper, Part

SIZE = 9.5
_HEAD, _BAND, _NOTE = 28, 16, 26
_FROZEN = 3


class Recording:
    """A sheet of records."""

    def __init__(self, sheet: Worksheet, book: Workbook, paper: Paper) -> None:
        self._paper = paper
        fixed = sum(field.mm for field in paper.fields)
        self._widths = [field.mm or WIDE - fixed - 1 for field in paper.fields]
        self._page = Page(sheet, Looks(book, SIZE), self._widths)

    def write(self, annex: int | None) -> None:
        """Write everything."""
        page, paper = self._page, self._paper
        page.above(paper, annex)
        page.begin(_HEAD)
        for at, field in enumerate(paper.fields):
            page.put(at, field.head, page.looks.head)
        page.row += 1
        page.headed(1, _HEAD, min(_FROZEN, page.last))
        for band in paper.bands:
            rows = [[self._cut(part, mm) for part, mm in zip(row, self._widths, strict=True)] for row in band.rows]
            page.across(band.head, page.looks.band, _BAND, with_next=self._tall(rows[0]) if rows else 0)
            for row in rows:
                self._row(row)
        page.across(paper.note, page.looks.note, _NOTE)
        page.end()

    def _row(self, parts: Sequence[Part]) -> None:
        page = self._page
        page.begin(self._tall(parts))
        for at, (part, field) in enumerate(zip(parts, self._paper.fields, strict=True)):
            page.put(at, part.text, self._look(part, centred=field.centred))
        page.row += 1

    def _tall(self, parts: Sequence[Part]) -> float:
        return height(max(lines(part.text, mm, SIZE) for part, mm in zip(parts, self._widths, strict=True)), SIZE)

    def _cut(self, part: Part, mm: float) -> Part:
        """A cell that no row of a sheet is tall enough for ends by saying so, instead of at the row's edge."""
        text, most = part.text, most_lines(SIZE)
        if lines(text, mm, SIZE) <= most:
            return part
        more = T("…（下略，见另一页）", "… (see the other sheet)")
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if lines(text[:middle] + more, mm, SIZE) <= most else (low, middle - 1)
        return part._replace(text=text[:low] + more)

    def _look(self, part: Part, *, centred: bool) -> Any:
        looks = self._page.looks
        if part.light:
            return looks.lights[part.light]
        if part.late:
            return looks.late
        return looks.middle if centred else looks.text
