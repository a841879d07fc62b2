"""XLSX for meetings and for Excel, WPS and LibreOffice: a workbook with a sheet for the report and each footer.

Rows go to the disk as they come, so that memory does not grow with them. The same report makes the same bytes:
the only date inside is that of the cover.
"""

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook, workbook
from xlsxwriter.exceptions import FileCreateError

from fugong import files
from fugong.lang import T
from fugong.output import paper
from fugong.output.cells import heading, one_line, upright
from fugong.output.sheet import Formats, Sheet
from fugong.results.paper import Figures
from fugong.results.report import Cell, Change, Column, Cover, Ratio, Report
from fugong.vocab import Language, Words

_PIECE = 1 << 16
_UNDATED = datetime(1980, 1, 1)  # noqa: DTZ001  (a date for the file's properties; where is nobody's question)
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "use_zip64": True,
}

_TIGHT = 4
"""How tightly its parts are packed: as zlib does it by itself (6) a list of ten thousand takes more time, and a
seventh less room."""

_NAME_UNITS = 31
"""Excel's limit for the name of a sheet, in UTF-16 units."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_RESERVED = "history"


def pieces(report: Report, *, header: Language | None = None, cover: Cover | None = None) -> Generator[bytes]:
    """The workbook, built in a private folder of its own that is gone afterwards."""
    with files.scratch() as folder:
        made = folder / "book.xlsx"
        _build(upright(report), made, header, cover)
        with made.open("rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece


def _build(report: Report, path: Path, header: Language | None, cover: Cover | None) -> None:
    font = dict(paper.DEFAULT_FONT)  # the library writes into it what one book has found, and the next must not have
    book = Workbook(str(path), {**_OPTIONS, "default_format_properties": font, "tmpdir": str(path.parent)})
    book.set_properties({"created": datetime.fromisoformat(cover.as_of) if cover else _UNDATED})
    formats = Formats(book)
    try:
        for each in report.papers:
            name = sheet_name(each.name, {other.get_name().lower() for other in book.worksheets()})
            paper.write(book.add_worksheet(name), book, each, cover.annex if cover else None)
        alone = any(isinstance(each, Figures) for each in report.papers)
        for part in () if alone else _parts(report):
            name = sheet_name(heading(part.title, header), {each.get_name().lower() for each in book.worksheets()})
            Sheet(book.add_worksheet(name), part, formats, header).write(cover)
        with _packed():
            book.close()
    except FileCreateError as error:
        raise error.args[0] from None  # the OSError that it wraps
    finally:
        for sheet in book.worksheets():
            sheet.row_data_fh.close()


@contextmanager
def _packed() -> Iterator[None]:
    """XlsxWriter has no option for how tightly it packs."""
    as_it_was = workbook.ZipFile
    workbook.ZipFile = partial(as_it_was, compresslevel=_TIGHT)
    try:
        yield
    finally:
        workbook.ZipFile = as_it_was


def _apart(report: Report) -> Report:
    """The report with each figure, that of the period before and the change in columns of their own."""
    if not any(column.cell in _BESIDE for column in report.columns):
        return report
    columns: list[Column] = []
    for column in report.columns:
        if column.cell is Cell.CHANGE:
            columns += [
                column._replace(cell=Cell.COUNT),
                Column(f"{column.key}_before", _BEFORE, Cell.COUNT),
                Column(f"{column.key}_change", _MOVED, Cell.DATE),
            ]
        elif column.cell is Cell.PARTS:
            columns += [column._replace(cell=Cell.DATE), Column(f"{column.key}_before", _BEFORE, Cell.DATE)]
        else:
            columns.append(column)
    total = report.total and _spread(report.total)
    return report._replace(columns=columns, rows=map(_spread, report.rows), total=total)


_BESIDE = (Cell.CHANGE, Cell.PARTS)
_BEFORE, _MOVED = Words("上期", "Before"), Words("增减", "Change")


def _spread(row: tuple[Any, ...]) -> tuple[Any, ...]:
    made: list[Any] = []
    for value in row:
        if not isinstance(value, Change):
            made.append(value)
        elif isinstance(value.now, Ratio):
            made += [f"{each.part}/{each.whole}" if each.whole else "-" for each in value]
        else:
            made += [value.now, value.before, value.moved]
    return tuple(made)


def _parts(report: Report) -> Iterator[Report]:
    """The report and its footers."""
    yield _apart(report)
    if report.footer:
        yield from _parts(report.footer)


def sheet_name(title: str, taken: set[str]) -> str:
    """A name for a sheet that Excel takes: the title without certain signs, short, and unlike the others.

    Args:
        title: As people read it.
        taken: The names of the other sheets in lower case.
    """
    plain = "".join(filter(str.isprintable, one_line(_NOT_IN_NAMES.sub(" ", title))))
    for number in range(1, len(taken) + 3):
        name = _cut(plain, f" {number}" if number > 1 else "") or T("表", "Sheet")
        if name.lower() not in {*taken, _RESERVED}:
            return name
    raise AssertionError  # there are more numbers than names taken


def _cut(text: str, suffix: str) -> str:
    """The text, cut so that the suffix fits behind it; no apostrophe at either end."""
    room = 2 * (_NAME_UNITS - len(suffix))
    short = text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore").strip(" '")
    return f"{short}{suffix}".strip()
