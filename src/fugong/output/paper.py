"""The sheet for people and printers, laid out in millimetres: letters of 8 points and more on A4.

The unit of a column's width is a digit of the workbook's default font, which is therefore fixed (``xlsx``): with
another the program that opens the file scales the page, and the letters with it.
"""

import math
import unicodedata
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from fugong.lang import T
from fugong.output.cells import visible
from fugong.results.paper import Paper, Part
from fugong.vocab import Light

DEFAULT_FONT = {"font_name": "Arial", "font_size": 10}
FANG, HEI, TITLE = "仿宋", "黑体", "方正小标宋简体"
A4 = 9
_PAGE = 277.0
"""What an A4 page in landscape has between its margins, in mm."""
_SIZE = 9.5
_LINE = _SIZE * 1.3
_TALLEST = 409
_GRID = "#808080"
_LIGHTS = {
    Light.RED: ("#C00000", "#FBE3E1"),
    Light.YELLOW: ("#7F6000", "#FFF3CC"),
    Light.GREEN: ("#2E6B34", None),
    Light.GREY: ("#606060", None),
}


class Looks:
    """How the cells of the sheet look."""

    def __init__(self, book: Workbook) -> None:
        def look(**more: Any) -> Any:
            return book.add_format({"font_name": FANG, "font_size": _SIZE, "valign": "vcenter", **more})

        cell = {"border": 1, "border_color": _GRID, "text_wrap": True, "num_format": "@"}
        self.annex = look(font_name=HEI, font_size=12)
        self.title = look(font_name=TITLE, font_size=20, align="center")
        self.line = look(font_size=11, align="center")
        self.sign = look(font_size=11)
        self.right = look(font_size=11, align="right")
        self.head = look(**cell, font_name=HEI, align="center", bg_color="#EDEDED")
        self.band = look(**cell, font_name=HEI, indent=1, bg_color="#F7F7F7")
        self.text = look(**cell)
        self.middle = look(**cell, align="center")
        self.late = look(**cell, align="center", bold=True, font_color="#C00000")
        self.note = look(font_size=9, text_wrap=True)
        self.lights = {
            light: look(**cell, font_name=HEI, align="center", font_color=front, **({"bg_color": back} if back else {}))
            for light, (front, back) in _LIGHTS.items()
        }


def write(sheet: Worksheet, book: Workbook, paper: Paper, annex: int | None) -> None:
    """Write the sheet from top to bottom."""
    looks = Looks(book)
    fixed = sum(field.mm for field in paper.fields)
    widths = [field.mm or _PAGE - fixed - 1 for field in paper.fields]
    last = len(widths) - 1
    for at, mm in enumerate(widths):
        sheet.set_column(at, at, (mm / 25.4 * 96 - 5) / 7)
    row = 0

    def across(text: str, look: Any, height: float) -> None:
        nonlocal row
        sheet.set_row(row, height)
        sheet.merge_range(row, 0, row, last, "", look)
        sheet.write_string(row, 0, visible(text), look)
        row += 1

    if annex is not None:
        across(T(f"附件 {annex}", f"Annex {annex}"), looks.annex, 18)
    across(paper.title, looks.title, 32)
    across(paper.subtitle, looks.line, 18)
    _signs(sheet, row, paper, widths, looks)
    row += 1
    sheet.set_row(row, 28)
    for at, field in enumerate(paper.fields):
        sheet.write_string(row, at, field.head, looks.head)
    sheet.freeze_panes(row + 1, min(3, last))
    sheet.repeat_rows(row)
    row += 1
    for band in paper.bands:
        across(band.head, looks.band, 16)
        for parts in band.rows:
            sheet.set_row(row, min(_deep(parts, widths) * _LINE + 5, _TALLEST))
            for at, (part, field) in enumerate(zip(parts, paper.fields, strict=True)):
                sheet.write_string(row, at, visible(part.text), _look(part, looks, centred=field.centred))
            row += 1
    across(paper.note, looks.note, 26)
    _page(sheet, row - 1, last)


def _look(part: Part, looks: Looks, *, centred: bool) -> Any:
    if part.light:
        return looks.lights[part.light]
    if part.late:
        return looks.late
    return looks.middle if centred else looks.text


def _signs(sheet: Worksheet, row: int, paper: Paper, widths: list[float], looks: Looks) -> None:
    """Who and when, spread over the page in equal parts; the last one at its right edge."""
    sheet.set_row(row, 20)
    signs = list(paper.signs)
    share = sum(widths) / len(signs)
    ends = [sum(widths[: at + 1]) for at in range(len(widths))]
    edges = [0, *(1 + sum(end < part * share for end in ends) for part in range(1, len(signs))), len(widths)]
    for at, text in enumerate(signs):
        look = looks.right if at == len(signs) - 1 else looks.sign
        if edges[at] < edges[at + 1] - 1:
            sheet.merge_range(row, edges[at], row, edges[at + 1] - 1, "", look)
        sheet.write_string(row, edges[at], visible(text), look)


def _deep(parts: Any, widths: list[float]) -> int:
    """How many lines the deepest cell of a row has."""
    return max(_lines(part.text, mm) for part, mm in zip(parts, widths, strict=True))


def _lines(text: str, mm: float) -> int:
    room = max(2, int((mm - 1.5) / 25.4 * 72 / (_SIZE / 2)))
    return sum(max(1, math.ceil(_cells(line) / room)) for line in text.split("\n"))


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def _page(sheet: Worksheet, last_row: int, last: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=10 / 25.4, right=10 / 25.4, top=12 / 25.4, bottom=13 / 25.4)
    sheet.center_horizontally()
    sheet.print_area(0, 0, last_row, last)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(T('&C&"仿宋"&9第 &P 页，共 &N 页', "&C&9Page &P of &N"), {"margin": 7 / 25.4})
    sheet.hide_gridlines(2)
