"""Figures on paper: a row for each that is counted, and columns under two rows of headings."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from fugong.output.paper.looks import Looks, height, lines
from fugong.output.paper.page import Page
from fugong.results.paper import Figures, Line, Number

SIZE, _NOTE_SIZE = 10.5, 9
_HEAD, _ROW = 20, 16.5


class Figuring:
    """A sheet of figures."""

    def __init__(self, sheet: Worksheet, book: Workbook, paper: Figures) -> None:
        self._paper = paper
        widths = [paper.first.mm, *(field.mm for group in paper.groups for field in group.fields)]
        self._page = Page(sheet, Looks(book, SIZE), widths)

    def write(self, annex: int | None) -> None:
        """Write everything."""
        page, paper = self._page, self._paper
        page.above(paper, annex)
        self._heads()
        for block in paper.blocks:
            if block.head and block.lines:
                page.across(block.head, page.looks.band, _ROW, with_next=self._tall(block.lines[0]))
            for line in block.lines:
                self._line(line)
        wide = sum(page.widths)
        for note in paper.notes:
            page.across(note, page.looks.note, height(lines(note, wide, _NOTE_SIZE), _NOTE_SIZE))
        page.end(smaller=True)

    def _heads(self) -> None:
        """Two rows; what has no second heading goes over both.

        The sheet is written row by row, so that a cell over two rows is two cells that are merged afterwards.
        """
        page, paper = self._page, self._paper
        head, top = page.looks.head, page.row
        page.begin(_HEAD)
        page.put(0, paper.first.head, head)
        at, over = 1, [0]
        for group in paper.groups:
            last = at + len(group.fields) - 1
            if at < last:
                page.sheet.merge_range(top, at, top, last, "", head)
            elif not group.fields[0].head:
                over.append(at)
            page.put(at, group.head, head)
            at = last + 1
        page.row += 1
        page.begin(_HEAD)
        page.put(0, "", head)
        for at, field in enumerate((field for group in paper.groups for field in group.fields), 1):
            page.put(at, field.head, head)
        page.row += 1
        page.sheet.merge += [[top, at, top + 1, at] for at in over]
        page.headed(2, 2 * _HEAD, 1)

    def _line(self, line: Line) -> None:
        page, looks = self._page, self._page.looks
        page.begin(self._tall(line))
        page.put(0, line.name, looks.total_name if line.total else looks.name)
        for at, figure in enumerate(line.figures, 1):
            page.put(at, figure.value, self._look(figure, total=line.total))
        page.row += 1

    def _tall(self, line: Line) -> float:
        deep = lines(line.name, self._paper.first.mm - 3, SIZE)
        return _ROW if deep == 1 else height(deep, SIZE)

    def _look(self, figure: Number, *, total: bool) -> Any:
        looks = self._page.looks
        if figure.alarming:
            return looks.late
        if total:
            return looks.total
        return looks.aside if figure.aside else looks.middle
