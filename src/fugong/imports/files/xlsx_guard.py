"""What is checked of a workbook before a parser sees it: a small file can ask for all the memory there is.

The parser lays a sheet out as one rectangle, so a cell at the far corner costs as much as a full sheet; it makes room
for as many texts as a part claims to have; and where the machine cannot give that much, the parser ends the whole
program. A part of a zip file may be damaged or longer than the file says, and any part may be a sheet, whatever it is
called. Every part is therefore unpacked once, a piece at a time and thrown away, and counted.
"""

import re
import string
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from fugong.errors.files import CannotRead
from fugong.imports.files.sheets import (
    DAMAGED,
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_UNPACKED,
    TOO_BIG,
    TOO_LARGE,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
)
from fugong.imports.files.zipped import DAMAGES, unpacked
from fugong.vocab import Words

MOST_STRINGS = 64 << 20
"""Of the part that holds the texts of all cells."""
MOST_PARTS = 2000
_MOST_IN_ROW = 4 << 20

_SHEET = re.compile(rb"<(?:[^\s<>/:]*:)?sheetData\b")
"""What is in every part that is a sheet."""
_LONGEST_TAG = 4096
_TEXTS = re.compile(rb"""\buniqueCount\s*=\s*["'](\d+)""")
"""How many texts a part claims to have."""
_ROW_BEGINS = re.compile(rb"<(?:[^\s<>/:]*:)?row\b")
_SAYS = rb"""(?:(?:\s+[^\s<>/=]+\s*=\s*(?:"[^"]*"|'[^']*'))*?\s+r\s*=\s*["'](%b)["'])?(?=[\s/>])"""
_ROW = re.compile(rb"<(?:[^\s<>/:]*:)?row" + _SAYS % rb"\d+")
_CELL = re.compile(rb"<(?:[^\s<>/:]*:)?c" + _SAYS % rb"[A-Za-z]+\d+")
"""A row or a cell, and where it is if it says so: the row's number, the cell's place."""
_LETTERS, _DIGITS = string.ascii_letters.encode(), string.digits.encode()
_FORMULA = rb"<(?:\w+:)?f[^<]*(?:</(?:\w+:)?f>\s*)?"
_LOST = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*' + _FORMULA + rb"</(?:\w+:)?c>")
"""A cell whose formula has no result."""
_FAILED = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*(?:'
    + _FORMULA
    + rb")?<(?:\w+:)?v>([^<]{1,20})<"
)
"""A cell whose formula failed, and what Excel shows for it."""
_HIDDEN = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
_MOST_LOST = 20
_MOST_FAILED = 100_000
_OTHERS = {"xl/workbook.bin", "content.xml"}
"""What a workbook of another kind has, which the parser might take it for."""


class Seen(NamedTuple):
    """What the parser does not tell of a sheet."""

    lost: list[str]
    """Cells whose formula has no result, for which the parser gives nothing: at most twenty."""
    failed: dict[tuple[int, int], str]
    """Cells whose formula failed, by row, as Excel numbers it, and column, from 0: what Excel shows, as #N/A."""
    hidden: set[int]
    """Rows that are hidden."""


def check(path: Path) -> dict[str, Seen]:
    """Refuse a workbook that is no workbook or would not fit into memory.

    Returns:
        By the name of each part that is a sheet, in small letters: what the parser does not tell of it.

    Raises:
        CannotRead: It is one of these.
    """
    if path.stat().st_size > MOST_BYTES:
        raise _refused(path, TOO_BIG)
    try:
        with ZipFile(path) as archive, path.open("rb") as file:
            return _check_parts(path, archive, file)
    except DAMAGES:
        raise _refused(path, DAMAGED) from None


def _check_parts(path: Path, archive: ZipFile, file: BinaryIO) -> dict[str, Seen]:
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if "xl/workbook.xml" not in names or _OTHERS.intersection(names):
        raise _refused(path, _NO_WORKBOOK)
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise _refused(path, DAMAGED)
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _refused(path, TOO_LARGE)
    cells, found = 0, dict[str, Seen]()
    for part in parts:
        area, seen = _check_part(path, _modest(part, unpacked(file, part)))
        cells += area
        if seen:
            found[part.filename.lower()] = seen
        if cells > MOST_CELLS:
            raise _refused(path, TOO_LARGE)
    return found


def _check_part(path: Path, pieces: Iterator[bytes]) -> tuple[int, Seen | None]:
    """How many cells a part takes if it is a sheet, and what is to be told of it."""
    size, text = 0, b""
    for piece in pieces:
        size += len(piece)
        text = text[-_LONGEST_TAG:] + piece
        if b"sheetData" in text and _SHEET.search(text):
            return _check_sheet(path, chain([text], pieces))
        if size > MOST_STRINGS:
            raise _refused(path, TOO_LARGE)
    return 0, None


def _modest(part: ZipInfo, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces of a part that claims to have no more texts than it has bytes."""
    tail = b""
    for piece in pieces:
        text = tail + piece
        if b"uniqueCount" in text and any(int(count) > part.file_size for count in _TEXTS.findall(text)):
            raise BadZipFile
        tail = text[-_LONGEST_TAG:]
        yield piece


def _check_sheet(path: Path, pieces: Iterator[bytes]) -> tuple[int, Seen]:
    """How many cells the sheet takes, those of its rectangle or those written, and what is to be told of it.

    Many rows are counted at a time: one by one, a million of them would take seconds to refuse. What does not say
    where it is stands after the one before it.
    """
    last, columns, unplaced, count, seen = 0, 0, 0, 0, Seen([], {}, set())
    for text in _rows(path, pieces):
        rows, cells = _ROW.findall(text), _CELL.findall(text)
        places = b" ".join(cells)
        numbers = {*rows, *places.translate(None, _LETTERS).split()} - {b""}
        last = max(last, *map(int, numbers), 0) + rows.count(b"")
        columns = max(columns, *map(_column, set(places.translate(None, _DIGITS).split())), 0)
        if b"" in cells:
            unplaced = max(unplaced, *(_CELL.findall(row).count(b"") for row in _ROW_BEGINS.split(text)))
        count += len(cells)
        if last > MOST_ROWS:
            raise _refused(path, TOO_MANY_ROWS)
        if columns + unplaced > MOST_COLUMNS:
            raise _refused(path, TOO_MANY_COLUMNS)
        _see(path, text, seen)
    return max(last * (columns + unplaced), count), seen


def _see(path: Path, text: bytes, seen: Seen) -> None:
    """Note what the parser does not tell of some rows; most have nothing of the kind."""
    if (b"<f" in text or b":f" in text) and len(seen.lost) < _MOST_LOST:
        seen.lost.extend([place.decode() for place in _LOST.findall(text)][: _MOST_LOST - len(seen.lost)])
    if b't="e"' in text:
        for letters, row, said in _FAILED.findall(text):
            seen.failed[int(row), _column(letters) - 1] = said.decode("ascii", "replace")
        if len(seen.failed) > _MOST_FAILED:
            raise _refused(path, TOO_LARGE)
    if b'hidden="' in text:
        seen.hidden.update(map(int, _HIDDEN.findall(text)))


def _rows(path: Path, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A sheet's text, cut where a row begins or ends."""
    rest = b""
    for piece in pieces:
        rest += piece
        cut = rest.rfind(b"<", 0, max(rest.rfind(b"row"), 0))
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        if len(rest) > _MOST_IN_ROW:
            raise _refused(path, TOO_LARGE)
    yield rest


def _column(letters: bytes) -> int:
    """A column's number from its letters: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _refused(path: Path, reason: Words) -> CannotRead:
    return CannotRead(path=path, reason=reason)


_NO_WORKBOOK = Words("里面没有 Excel 工作簿", "there is no Excel workbook in it")
