"""Text files whose cells are parted by commas, semicolons or tabs; quotes are kept where they quote nothing."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from fugong import files
from fugong.errors.files import CannotRead
from fugong.imports.files import encoding as encodings
from fugong.imports.files.sheets import MOST_COLUMNS, Book, Cell, Sheet
from fugong.output.csv_ import unguard
from fugong.vocab import Words

MOST_BYTES = 512 << 20
MOST_ROWS = 2_000_000
MOST_IN_CELL = 1 << 20
MOST_IN_LINE = 1 << 22
"""Characters."""
EXCELS_COLUMNS = 16_384
"""As many as a sheet of Excel has; blank ones to the right of the ledger do no harm."""
_MARKS = (",", "\t", ";", "|")
_LOOKED_AT = 60
"""Lines in which the mark between cells is looked for."""


def open_book(path: Path, start: bytes, encoding: str | None) -> Book:
    """Open a text file.

    Args:
        path: The file.
        start: What it begins with.
        encoding: Its encoding; None: found by rule.

    Raises:
        CannotRead: It is in no encoding that is known, or is more than fits.
        BadEncoding: There is no such encoding.
    """
    if path.stat().st_size > MOST_BYTES:
        most = MOST_BYTES >> 20
        raise CannotRead(path=path, reason=Words(f"文件超过 {most} MB", f"it has more than {most} MB"))
    name = encodings.forced(encoding) if encoding else encodings.detect(path)
    mark = _mark(start.decode(name, "ignore"), tabs=path.suffix.lower() in (".tsv", ".txt"))
    return Book(iter([Sheet("", _records(path, name, mark), (), name)]))


def _mark(text: str, *, tabs: bool) -> str:
    """What parts the cells: what most lines have twice or more. Excel lets a file say so itself: ``sep=;``."""
    lines = text.splitlines()[:_LOOKED_AT]
    if lines and lines[0].strip().lower() in [f"sep={mark}" for mark in _MARKS]:
        return lines[0].strip()[-1]
    order = ("\t", ",", ";", "|") if tabs else _MARKS
    for least in (2, 1):
        found = {mark: sum(line.count(mark) >= least for line in lines) for mark in order}
        if any(found.values()):
            return max(order, key=found.__getitem__)
    return order[0]


def _records(path: Path, encoding: str, mark: str) -> Iterator[tuple[int, list[Cell]]]:
    """The records of a text file. A record with line breaks in it is one row, as in Excel."""
    csv.field_size_limit(MOST_IN_CELL)
    try:
        with path.open(encoding=encoding, newline="") as file:
            for number, record in enumerate(_read(path, file, mark), 1):
                if number > MOST_ROWS:
                    raise CannotRead(path=path, reason=_TOO_MANY)
                if len(record) > EXCELS_COLUMNS or any(record[MOST_COLUMNS:]):
                    raise CannotRead(path=path, reason=_TOO_WIDE)
                yield number, [unguard(text) or None for text in record[:MOST_COLUMNS]]
    except UnicodeDecodeError:
        raise CannotRead(path=path, reason=_ENCODING) from None
    except OSError as error:
        raise CannotRead(path=path, reason=files.unread(error)) from None


def _read(path: Path, file: TextIO, mark: str) -> Iterator[list[str]]:
    """The records as texts; one whose quotes are odd is read once more, by ``_odd``."""
    held, waiting = list[str](), list[str]()
    lines = _lines(path, file, held, waiting)
    reader = csv.reader(lines, delimiter=mark, strict=True)
    number, width = 0, 0
    while True:
        number += 1
        held.clear()
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            text = "".join(held)
            found = _odd(text, mark)
            if found is None:
                raise CannotRead(path=path, reason=_unclosed(number)) from None
            record, end = found
            waiting += reversed(text[end:].splitlines(keepends=True))
            reader = csv.reader(lines, delimiter=mark, strict=True)
        if len(held) > 1 and _swallows(record, width, mark):
            raise CannotRead(path=path, reason=_unclosed(number))
        width = len(record)
        yield record


def _lines(path: Path, file: TextIO, held: list[str], waiting: list[str]) -> Iterator[str]:
    """The lines of a text file; one that does not end is not read into memory.

    Args:
        path: The file, for refusals.
        file: The same, open.
        held: Where the lines of the record that is being read are put as well.
        waiting: Lines to be read once more, the last first.
    """
    while line := waiting.pop() if waiting else file.readline(MOST_IN_LINE):
        if len(line) == MOST_IN_LINE:
            raise CannotRead(path=path, reason=_TOO_WIDE)
        held.append(line)
        yield line


def _odd(text: str, mark: str) -> tuple[list[str], int] | None:
    """The first record of a text, and where the next begins, where a cell is quoted only if its closing quote ends it.

    So 「"3"管道漏水」 keeps its quotes. None: a quote stays open.
    """
    record, at = list[str](), 0
    while True:
        if text.startswith('"', at):
            end = _closing(text, at)
            if end is None:
                return None
            if text[end + 1 : end + 2] in (mark, "\r", "\n", ""):
                record.append(text[at + 1 : end].replace('""', '"'))
                at = end + 1
            else:
                end = _cell_end(text, at, mark)
                record.append(text[at:end])
                at = end
        else:
            end = _cell_end(text, at, mark)
            record.append(text[at:end])
            at = end
        if not text.startswith(mark, at):
            return record, at + (2 if text.startswith("\r\n", at) else 1)
        at += 1


def _closing(text: str, at: int) -> int | None:
    """Where the quote that opens at a place is closed; two quotes are one that is meant."""
    end = text.find('"', at + 1)
    while end >= 0 and text.startswith('"', end + 1):
        end = text.find('"', end + 2)
    return end if end >= 0 else None


def _cell_end(text: str, at: int, mark: str) -> int:
    """Where a cell ends that is not quoted."""
    return min((end for end in (text.find(each, at) for each in (mark, "\r", "\n")) if end >= 0), default=len(text))


_NARROWEST = 3


def _swallows(record: Sequence[str], width: int, mark: str) -> bool:
    """Whether a quoted cell looks like the end of one row and the beginning of another."""
    if width < _NARROWEST:
        return False
    for at, text in enumerate(record):
        if "\n" in text:
            before, _, after = text.partition("\n")
            first, last = before.count(mark), after.rpartition("\n")[2].count(mark)
            if first and first == width - 1 - at and last == at:
                return True
    return False


def _unclosed(row: int) -> Words:
    return Words(
        f"它不是 CSV：第 {row} 行有一个引号没有配对，下面的行会被吞进去；请改好那一行的引号再导入",
        f"it is no CSV: a quotation mark in row {row} is open and would swallow the rows below; mend that row",
    )


_ENCODING = Words(
    "文字不是这个编码；请换 --encoding，或不写", "the text is not in that encoding; give another --encoding"
)
_TOO_WIDE = Words(
    f"有一行太长，或超过 {MOST_COLUMNS} 列", f"a line is too long, or has more than {MOST_COLUMNS} columns"
)
_TOO_MANY = Words(f"超过 {MOST_ROWS} 行", f"it has more than {MOST_ROWS} rows")
