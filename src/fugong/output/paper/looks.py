"""How the cells of printed sheets look, and how much of a page a text takes."""

import math
import unicodedata
from typing import Any

from xlsxwriter import Workbook

from fugong.vocab import Light

FANG, HEI, TITLE = "仿宋", "黑体", "方正小标宋简体"
GRID, SHADE, BAND, DIM, ALARM = "#808080", "#EDEDED", "#F7F7F7", "#606060", "#C00000"
LIGHTS = {
    Light.RED: (ALARM, "#FBE3E1"),
    Light.YELLOW: ("#7F6000", "#FFF3CC"),
    Light.GREEN: ("#2E6B34", None),
    Light.GREY: (DIM, None),
}
"""Letters and ground; the word is there as well, for whoever prints in black and white."""

TALLEST = 409
"""In points; no row of Excel is taller."""
_LEAD, _PAD = 1.3, 5
"""The height of a line for each point of its letters, and what a row has besides."""
_INSET = 1.5
"""What a cell keeps free beside its text, in mm."""


class Looks:
    """The looks of one workbook's cells, whose texts have a size."""

    def __init__(self, book: Workbook, size: float) -> None:
        def look(**more: Any) -> Any:
            return book.add_format({"font_name": FANG, "font_size": size, "valign": "vcenter", **more})

        plain = {"border": 1, "border_color": GRID, "text_wrap": True}
        cell, centred = {**plain, "num_format": "@"}, {**plain, "align": "center"}
        self.annex = look(font_name=HEI, font_size=12)
        self.title = look(font_name=TITLE, font_size=20, align="center")
        self.line = look(font_size=11, align="center")
        self.sign = look(font_size=11)
        self.right = look(font_size=11, align="right")
        self.head = look(**{**centred, "font_name": HEI}, bg_color=SHADE)
        self.band = look(**{**cell, "font_name": HEI}, indent=1, bg_color=BAND)
        self.name = look(**cell, indent=1)
        self.text = look(**cell)
        self.middle = look(**centred)
        self.late = look(**centred, bold=True, font_color=ALARM)
        self.aside = look(**centred, font_color=DIM)
        self.total_name = look(**{**cell, "font_name": HEI}, indent=1)
        self.total = look(**{**centred, "font_name": HEI})
        self.note = look(font_size=9, text_wrap=True)
        self.lights = {
            light: look(**{**centred, "font_name": HEI}, font_color=front, **({"bg_color": back} if back else {}))
            for light, (front, back) in LIGHTS.items()
        }


def lines(text: str, mm: float, size: float) -> int:
    """How many lines a text takes in a column.

    A text that is folded does not fill its lines: no line begins with a mark of punctuation.
    """
    room = max(2, int((mm - _INSET) / 25.4 * 72 / (size / 2)))
    return sum(_folded(cells(line), room) for line in text.split("\n"))


def _folded(wide: int, room: int) -> int:
    return 1 if wide <= room else math.ceil(wide / max(1, room - 1))


def height(deep: int, size: float) -> float:
    """How tall a row of so many lines is, in points."""
    return min(deep * size * _LEAD + _PAD, TALLEST)


def most_lines(size: float) -> int:
    """How many lines the tallest row has room for."""
    return int((TALLEST - _PAD) / (size * _LEAD))


def cells(text: str) -> int:
    """How wide a text is, in halves of a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
