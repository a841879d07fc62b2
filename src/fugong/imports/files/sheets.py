"""A file → its rows of cells, with the numbers that Excel shows. What the file is, its content says, not its name."""

import csv
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from fugong import files
from fugong.errors.files import CannotRead
from fugong.errors.imports import UnknownSheet
from fugong.imports.files import encoding as encodings
from fugong.imports.files import xls_guard, xlsx_guard
from fugong.output.csv_ import unguard
from fugong.vocab import Words

Cell = str | float | bool | date | None
"""As the file holds it: a workbook's numbers are floats, its dates dates; a text file has texts only."""

MOST_TEXT_BYTES = 512 << 20
MOST_TEXT_ROWS = 2_000_000
MOST_IN_CELL = 1 << 20
MOST_IN_LINE = 1 << 22
"""Characters."""
EXCELS_COLUMNS = 16_384
"""As many as a sheet of Excel has; blank ones to the right of the ledger do no harm."""
_SNIFFED = 1 << 16
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_STDERR = 2
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et")


class Merged(NamedTuple):
    """A merged range, all inclusive: rows as Excel numbers them, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(NamedTuple):
    """One table of a file, to be read once."""

    name: str
    """Empty: a text file has no sheets."""
    rows: Iterator[tuple[int, list[Cell]]]
    merged: Sequence[Merged] = ()
    encoding: str | None = None
    """Of a text file."""


class Book(NamedTuple):
    """A file that can be read."""

    sheets: Iterator[Sheet]
    """Opened one after the other; each is gone when the next one is asked for."""
    notes: Sequence[Words] = ()


def open_book(path: Path, *, sheet: str | None = None, encoding: str | None = None) -> Book:
    """Open a workbook or a text file.

    Args:
        path: The file.
        sheet: The one sheet wanted, by its name or its number from 1; None: all that are not hidden.
        encoding: Of a text file; None: by rule.

    Raises:
        CannotRead: It cannot be read, is no such file, or is more than fits.
        UnknownSheet: The workbook has no such sheet.
        BadEncoding: There is no such encoding.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_SNIFFED)
        kind = _kind(path, start, encoding)
        return _text_book(path, start, encoding) if kind is None else _workbook(path, kind, sheet)
    except OSError as error:
        raise CannotRead(path=path, reason=files.unread(error)) from None


def _kind(path: Path, start: bytes, encoding: str | None) -> bytes | None:
    """Which sort of workbook it is; None: a text file."""
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    named = path.suffix.lower() in _WORKBOOKS
    if start.startswith((_ZIP, _OLE)):
        if not named:
            raise CannotRead(path=path, reason=_RENAMED)
        return start[:4]
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise CannotRead(path=path, reason=_WEB_PAGE)
    if named:
        raise CannotRead(path=path, reason=_NO_WORKBOOK)
    if not start.strip():
        raise CannotRead(path=path, reason=_EMPTY)
    if b"\0" in start and not encoding and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CannotRead(path=path, reason=_BINARY)
    return None


# Workbooks


def _workbook(path: Path, kind: bytes, wanted: str | None) -> Book:
    from python_calamine import CalamineWorkbook

    lost: list[str] = []
    if kind == _ZIP:
        lost = xlsx_guard.check(path)
    else:
        xls_guard.check(path)
    with _parsing(path):
        book = CalamineWorkbook.from_path(str(path))
        chosen = _chosen(book, wanted)
    return Book(_sheets(path, book, chosen), [_lost(place) for place in lost])


@contextmanager
def _parsing(path: Path) -> Iterator[None]:
    """Turn the parser's failures into refusals. On some damaged files it panics, which it also tells on stderr."""
    from python_calamine import CalamineError, PasswordError

    try:
        with _quiet():
            yield
    except PasswordError:
        raise CannotRead(path=path, reason=_PASSWORD) from None
    except CalamineError:
        raise CannotRead(path=path, reason=_NO_WORKBOOK) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # it has no importable name, and is no Exception
            raise
        raise CannotRead(path=path, reason=_NO_WORKBOOK) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing of what native code says reaches stderr."""
    sys.stderr.flush()
    kept, nowhere = os.dup(_STDERR), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDERR)
    try:
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)
        os.close(nowhere)


def _chosen(book: Any, wanted: str | None) -> list[tuple[int, str]]:
    """The sheets to look at, with their places."""
    known = list(enumerate(book.sheet_names))
    if wanted is None:
        from python_calamine import SheetVisibleEnum

        seen = [each.visible == SheetVisibleEnum.Visible for each in book.sheets_metadata]
        return [pair for pair, visible in zip(known, seen, strict=True) if visible]
    chosen = [(at, name) for at, name in known if wanted.strip() in (name, str(at + 1))]
    if not chosen:
        raise UnknownSheet(name=wanted, candidates=[name for _, name in known])
    return chosen[:1]


def _sheets(path: Path, book: Any, chosen: Sequence[tuple[int, str]]) -> Iterator[Sheet]:
    for at, name in chosen:
        with _parsing(path):
            sheet = book.get_sheet_by_index(at)
            ranges = sheet.merged_cell_ranges or ()
        merged = [Merged(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges]
        yield Sheet(name, _rows(sheet), merged)


def _rows(sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of a sheet; the parser leaves out the empty columns on the left, but not the rows above."""
    if sheet.start is None:
        return
    margin: list[Cell] = [None] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, margin + [None if cell == "" else cell for cell in cells]


def _lost(place: str) -> Words:
    return Words(
        f"单元格 {place} 的公式没有算出结果，按空白读",
        f"the formula in cell {place} has no result; it is read as blank",
    )


# Text files


def _text_book(path: Path, start: bytes, encoding: str | None) -> Book:
    if path.stat().st_size > MOST_TEXT_BYTES:
        most = MOST_TEXT_BYTES >> 20
        raise CannotRead(path=path, reason=Words(f"文件超过 {most} MB", f"it has more than {most} MB"))
    name = encodings.forced(encoding) if encoding else encodings.detect(path)
    text = start.decode(name, "ignore")
    mark = "\t" if path.suffix.lower() in (".tsv", ".txt") or text.count("\t") > text.count(",") else ","
    return Book(iter([Sheet("", _records(path, name, mark), (), name)]))


def _records(path: Path, encoding: str, mark: str) -> Iterator[tuple[int, list[Cell]]]:
    """The records of a text file. A record with line breaks in it is one row, as in Excel."""
    csv.field_size_limit(MOST_IN_CELL)
    try:
        with path.open(encoding=encoding, newline="") as file:
            for number, record in enumerate(csv.reader(_lines(path, file), delimiter=mark), 1):
                if number > MOST_TEXT_ROWS:
                    raise CannotRead(path=path, reason=_TOO_MANY)
                if len(record) > EXCELS_COLUMNS or any(record[xlsx_guard.MOST_COLUMNS :]):
                    raise CannotRead(path=path, reason=_TOO_WIDE)
                yield number, [unguard(text) or None for text in record[: xlsx_guard.MOST_COLUMNS]]
    except UnicodeDecodeError:
        raise CannotRead(path=path, reason=_ENCODING) from None
    except csv.Error:
        raise CannotRead(path=path, reason=_NOT_CSV) from None
    except OSError as error:
        raise CannotRead(path=path, reason=files.unread(error)) from None


def _lines(path: Path, file: TextIO) -> Iterator[str]:
    """The lines of a text file; one that does not end is not read into memory."""
    while line := file.readline(MOST_IN_LINE):
        if len(line) == MOST_IN_LINE:
            raise CannotRead(path=path, reason=_TOO_WIDE)
        yield line


_RENAMED = Words(
    "它其实是 Excel 工作簿；请把后缀改成 .xlsx 或 .xls", "it is an Excel workbook; give it the suffix .xlsx or .xls"
)
_WEB_PAGE = Words(
    "它其实是网页；请用 Excel 或 WPS 打开，另存为 .xlsx", "it is a web page; open it in Excel, save as .xlsx"
)
_NO_WORKBOOK = Words(
    "它不是 Excel 工作簿；请用 Excel 或 WPS 打开，另存为 .xlsx", "it is no Excel workbook; open it, save it as .xlsx"
)
_PASSWORD = Words("它有密码；请取消密码再存一次", "it has a password; save it without")
_EMPTY = Words("文件是空的", "the file is empty")
_BINARY = Words("它不是文字，也不是 Excel 工作簿", "it is neither text nor an Excel workbook")
_ENCODING = Words(
    "文字不是这个编码；请换 --encoding，或不写", "the text is not in that encoding; give another --encoding"
)
_NOT_CSV = Words("它不是 CSV：引号没有配对，或一格太长", "it is no CSV: a quotation mark is open, or a cell too long")
_TOO_WIDE = Words(
    f"有一行太长，或超过 {xlsx_guard.MOST_COLUMNS} 列",
    f"a line is too long, or has more than {xlsx_guard.MOST_COLUMNS} columns",
)
_TOO_MANY = Words(f"超过 {MOST_TEXT_ROWS} 行", f"it has more than {MOST_TEXT_ROWS} rows")
