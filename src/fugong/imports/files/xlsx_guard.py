"""What is checked of a workbook before a parser sees it: a small file can ask for all the memory there is.

The parser lays a sheet out as one rectangle, so a cell at the far corner costs as much as a full sheet; it makes room
for as many texts as a part claims to have; and where the machine cannot give that much, the parser ends the whole
program. A part of a zip file may be damaged or longer than the file says, and any part may be a sheet, whatever it is
called. Every part is therefore unpacked once, a piece at a time and thrown away, and counted.
"""

import re
import string
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from fugong.errors.files import CannotRead
from fugong.vocab import Words

MOST_BYTES = 20 << 20
"""Of a workbook as it lies on the disk."""
MOST_UNPACKED = 200 << 20
MOST_STRINGS = 64 << 20
"""Of the part that holds the texts of all cells."""
MOST_PARTS = 2000
MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CELLS = 3_000_000
"""Rows times columns, of all sheets."""
_MOST_IN_ROW = 4 << 20
_CHUNK = 1 << 18
_LOCAL_HEADER = 30

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
_LOST = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3}\d{1,7})"[^>]*?(?:\bt="e"[^>]*>|>\s*<(?:\w+:)?f[^<]*(?:</(?:\w+:)?f>\s*)?</(?:\w+:)?c>)'
)
_MOST_LOST = 20
_OTHERS = {"xl/workbook.bin", "content.xml"}
"""What a workbook of another kind has, which the parser might take it for."""


def check(path: Path) -> list[str]:
    """Refuse a workbook that is no workbook or would not fit into memory.

    Returns:
        The cells whose formula has no result, for which the parser gives nothing: at most twenty.

    Raises:
        CannotRead: It is one of these.
    """
    if path.stat().st_size > MOST_BYTES:
        raise _refused(path, Words(f"文件超过 {MOST_BYTES >> 20} MB", f"it has more than {MOST_BYTES >> 20} MB"))
    try:
        with ZipFile(path) as archive, path.open("rb") as file:
            return _check_parts(path, archive, file)
    except (BadZipFile, zlib.error, EOFError, OverflowError, NotImplementedError, UnicodeDecodeError):
        raise _refused(path, DAMAGED) from None


def _check_parts(path: Path, archive: ZipFile, file: BinaryIO) -> list[str]:
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if "xl/workbook.xml" not in names or _OTHERS.intersection(names):
        raise _refused(path, _NO_WORKBOOK)
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise _refused(path, DAMAGED)
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _refused(path, TOO_LARGE)
    cells, lost = 0, list[str]()
    for part in parts:
        area, empty = _check_part(path, _modest(part, _unpacked(file, part)))
        cells += area
        lost += empty
        if cells > MOST_CELLS:
            raise _refused(path, TOO_LARGE)
    return lost[:_MOST_LOST]


def _check_part(path: Path, pieces: Iterator[bytes]) -> tuple[int, list[str]]:
    """How many cells a part takes if it is a sheet, and which formulas there have no result."""
    size, text = 0, b""
    for piece in pieces:
        size += len(piece)
        text = text[-_LONGEST_TAG:] + piece
        if b"sheetData" in text and _SHEET.search(text):
            return _check_sheet(path, chain([text], pieces))
        if size > MOST_STRINGS:
            raise _refused(path, TOO_LARGE)
    return 0, []


def _modest(part: ZipInfo, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces of a part that claims to have no more texts than it has bytes."""
    tail = b""
    for piece in pieces:
        text = tail + piece
        if b"uniqueCount" in text and any(int(count) > part.file_size for count in _TEXTS.findall(text)):
            raise BadZipFile
        tail = text[-_LONGEST_TAG:]
        yield piece


def _unpacked(file: BinaryIO, part: ZipInfo) -> Iterator[bytes]:
    """What a part really holds, which must be as long as the file says."""
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or part.flag_bits & 1:
        raise BadZipFile
    file.seek(part.header_offset)
    header = file.read(_LOCAL_HEADER)
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    size, checksum = 0, 0
    for piece in _inflated(file, part) if part.compress_type == ZIP_DEFLATED else _chunks(file, part.compress_size):
        size += len(piece)
        if size > part.file_size:
            raise BadZipFile
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if size != part.file_size or checksum != part.CRC:
        raise BadZipFile


def _chunks(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left:
        chunk = file.read(min(left, _CHUNK))
        if not chunk:
            raise BadZipFile
        left -= len(chunk)
        yield chunk


def _inflated(file: BinaryIO, part: ZipInfo) -> Iterator[bytes]:
    """A deflated part, never more than a chunk of it at a time."""
    inflate = zlib.decompressobj(-15)
    for chunk in _chunks(file, part.compress_size):
        yield inflate.decompress(chunk, _CHUNK)
        while inflate.unconsumed_tail:
            yield inflate.decompress(inflate.unconsumed_tail, _CHUNK)
    while not inflate.eof:
        piece = inflate.decompress(b"", _CHUNK)
        if not piece:
            raise BadZipFile
        yield piece


def _check_sheet(path: Path, pieces: Iterator[bytes]) -> tuple[int, list[str]]:
    """How many cells the sheet takes, those of its rectangle or those written, and which formulas have no result.

    Many rows are counted at a time: one by one, a million of them would take seconds to refuse. What does not say
    where it is stands after the one before it.
    """
    last, columns, unplaced, count, lost = 0, 0, 0, 0, list[str]()
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
            raise _refused(path, _TOO_MANY_ROWS)
        if columns + unplaced > MOST_COLUMNS:
            raise _refused(path, _TOO_MANY_COLUMNS)
        if b"<f" in text or b":f" in text or b't="e"' in text:
            lost += [place.decode() for place in _LOST.findall(text)]
    return max(last * (columns + unplaced), count), lost[:_MOST_LOST]


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


DAMAGED = Words("文件已损坏，或不是真正的 Excel 文件", "it is damaged, or no real Excel file")
_NO_WORKBOOK = Words("里面没有 Excel 工作簿", "there is no Excel workbook in it")
TOO_LARGE = Words("展开后太大，不像台账；请只留下台账再存一次", "unpacked it is too large; save the ledger alone")
_TOO_MANY_ROWS = Words(
    f"工作表超过 {MOST_ROWS} 行；多半是设了格式的空行，请选中最后一条以下的行删除后再存",
    f"a sheet has more than {MOST_ROWS} rows, mostly empty ones with a format; delete the rows below the last record",
)
_TOO_MANY_COLUMNS = Words(
    f"工作表超过 {MOST_COLUMNS} 列；请删去右边多余的列再存",
    f"a sheet has more than {MOST_COLUMNS} columns; delete those to the right of the ledger",
)
