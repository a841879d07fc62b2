"""CSV for Excel and WPS: a byte order mark for UTF-8, CRLF, and no cell that a spreadsheet would calculate.

All columns are written, and nothing but records: a total among them would be counted twice by whoever sums
the column, and become a record when the file is imported again. For the same reason a date is a date here even
where it is approximate; the column of that name says so.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from fugong.config import chinese
from fugong.output.cells import harmless, heading, shown
from fugong.results.report import Cell, Column, Report
from fugong.vocab import Language

BYTE_ORDER_MARK = "\ufeff"

_FORMULA = re.compile(r"['\s]*[=+\-@\t\r＝＋－＠]")
"""How a cell begins that a spreadsheet takes for a formula, or would once quotes and blanks are stripped."""

_OURS = (Cell.RATE, Cell.RATIO, Cell.MOMENT, Cell.CODE, Cell.FLAG)
"""Types of cell whose text the program makes itself, so that none looks like a formula."""

_BATCH = 100
_REMEMBERED = 1000


def guard(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet would take it for a formula."""
    if not text or text[0].isalnum():  # the usual case, and faster than the regular expression
        return text
    return "'" + text if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """The text that ``guard`` was given: ``unguard(guard(text)) == text`` for every text."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text


def pieces(report: Report, *, header: Language | None = None, marked: bool = True) -> Iterator[str]:
    """The mark (of UTF-8 only), the headings, and the records by the batch."""
    heads = [_quoted(guard(heading(column.head, header))) for column in report.columns]
    yield (BYTE_ORDER_MARK if marked else "") + _lines([heads])
    people = (header or (Language.ZH if chinese() else Language.EN)) is Language.ZH
    writes = [_ids if people and column.key in _NUMBERS else _writes(column, report.zone) for column in report.columns]
    rows = iter(report.rows)
    while batch := list(islice(rows, _BATCH)):
        columns = zip(*batch, strict=True)
        yield _lines(zip(*(write(values) for write, values in zip(writes, columns, strict=True)), strict=True))


# A column of a batch is written as a whole: cell by cell, through the csv module, an export took twice as long.


def _lines(rows: Iterable[Sequence[str]]) -> str:
    return "\r\n".join([",".join(row) or '""' for row in rows]) + "\r\n"


def _writes(column: Column, zone: str) -> Callable[[Sequence[Any]], Iterable[str]]:
    """A function from the values of a column to the texts that stand between the commas."""
    if column.cell is Cell.COUNT:  # a negative number keeps its minus: it is no formula
        return lambda values: ["" if value is None else str(value) for value in values]
    show = shown(column, zone)

    def written(value: Any) -> str:
        return _quoted(show(value) if column.cell in _OURS else guard(show(value)))

    if column.cell is Cell.TEXT:
        return lambda values: _as_they_are(values) or map(written, values)
    return partial(map, _Remembered(written).__getitem__)


_NUMBERS = ("id", "duplicate_of", "problem")
"""The columns that hold the numbers of problems."""
_LIKE_A_DATE = re.compile(r"\d{1,4}-\d{1,4}")


def _ids(values: Sequence[str | None]) -> Iterable[str]:
    """Numbers of problems, and names. Of 1-5 Excel would make a date; behind a tab it leaves that a text."""
    said = ["" if value is None else value for value in values]
    return [f"\t{each}" if _LIKE_A_DATE.fullmatch(each) else _quoted(guard(harmless(each))) for each in said]


class _Remembered(dict[Any, str]):
    """The texts of a column that has few different values; as a dictionary, because its rows outnumber them."""

    def __init__(self, written: Callable[[Any], str]) -> None:
        super().__init__()
        self._written = written

    def __missing__(self, value: Any) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        text = self[value] = self._written(value)
        return text


def _as_they_are(values: Sequence[Any]) -> list[str] | None:
    """Texts that need neither to be made visible nor guarded nor quoted; None if one of them does."""
    said = ["" if value is None else value for value in values]
    try:
        whole, firsts = "".join(said), "".join([text[:1] for text in said])
    except TypeError:  # not all of them are texts
        return None
    harmless = whole.isprintable() and (not firsts or firsts.isalnum()) and not ("," in whole or '"' in whole)
    return said if harmless else None


def _quoted(text: str) -> str:
    """A cell as RFC 4180 has it."""
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
