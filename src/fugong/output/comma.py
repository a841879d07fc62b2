"""CSV for Excel and WPS: a byte order mark for UTF-8, CRLF, and no cell that a spreadsheet would calculate.

All columns are written, and nothing but records: a total among them would be counted twice by whoever sums
the column, and become a record when the file is imported again. For the same reason a date is a date here even
where it is approximate; the column of that name says so.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from fugong.columns import Cell, Column, Report
from fugong.output.cells import Row, heading, shown
from fugong.vocab import Language

BYTE_ORDER_MARK = "\ufeff"

_FORMULA = re.compile(r"['\s]*[=+\-@\t\r＝＋－＠]")
"""How a cell begins that a spreadsheet takes for a formula, or would once quotes and blanks are stripped."""

_OURS = (Cell.RATE, Cell.RATIO, Cell.MOMENT, Cell.CODE, Cell.FLAG)
"""Cells whose text the program makes; none of them looks like a formula."""

_BATCH = 500


def guard(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet would take it for a formula."""
    if not text or text[0].isalnum():  # nearly always, and quicker than the expression
        return text
    return "'" + text if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """The text that ``guard`` was given: ``unguard(guard(text)) == text`` for every text."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text


def pieces(report: Report, *, header: Language | None = None, marked: bool = True) -> Iterator[str]:
    """The mark (of UTF-8 only), the headings, and the records by the batch."""
    yield (BYTE_ORDER_MARK if marked else "") + _lines(
        [tuple(guard(heading(column.head, header)) for column in report.columns)]
    )
    rows = iter(report.rows)
    shows = [_show(column, report.zone) for column in report.columns]
    while batch := list(islice(rows, _BATCH)):
        yield _lines(_shown(batch, shows))


def _show(column: Column, zone: str) -> Callable[[Any], str] | None:
    """How a column is shown; None for counts, which the csv module writes as they are, minus and all."""
    if column.cell is Cell.COUNT:
        return None
    show = shown(column, zone)
    return show if column.cell in _OURS else lambda value: guard(show(value))


def _shown(batch: list[Row], shows: list[Callable[[Any], str] | None]) -> Iterator[tuple[Any, ...]]:
    """A batch of rows, shown column by column, which is a seventh quicker than cell by cell."""
    columns = zip(*batch, strict=True)
    return zip(
        *(map(show, values) if show else values for show, values in zip(shows, columns, strict=True)), strict=True
    )


def _lines(rows: Iterable[tuple[Any, ...]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
