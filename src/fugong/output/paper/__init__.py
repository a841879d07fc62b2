"""Sheets for people and printers, laid out in millimetres: letters of 8 points and more on A4.

The unit of a column's width is a digit of the workbook's default font, which is therefore fixed (``xlsx``): with
another the program that opens the file scales the page, and the letters with it.
"""

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from fugong.output.paper.figures import Figuring
from fugong.output.paper.records import Recording
from fugong.results.paper import Figures, Paper

DEFAULT_FONT = {"font_name": "Arial", "font_size": 10}


def write(sheet: Worksheet, book: Workbook, paper: Paper | Figures, annex: int | None) -> None:
    """Write a sheet from top to bottom."""
    if isinstance(paper, Figures):
        Figuring(sheet, book, paper).write(annex)
    else:
        Recording(sheet, book, paper).write(annex)
