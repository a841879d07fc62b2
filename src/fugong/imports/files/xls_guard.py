"""What is checked of an old binary workbook (.xls) before the parser sees it: how large its sheets say they are.

The file is a compound file: sectors chained by a table, folders, and in them the stream of records. Only the place
of each cell is read, and what the file claims to have: the parser makes room for that at once, and where the machine
cannot give so much, it ends the whole program.
"""

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from fugong.errors.files import CannotRead
from fugong.imports.files.sheets import DAMAGED, MOST_BYTES, MOST_CELLS, TOO_BIG, TOO_LARGE
from fugong.vocab import Words

_STREAMS = ("workbook", "book")
_LAST_SECTOR = 0xFFFFFFF9
_ENTRY = 128
_ROOT, _STREAM = 5, 2
"""The kinds of entry in the compound file's directory: its root, and a stream."""
_IN_HEADER = 109
"""Sectors of the table that the header itself names."""
_SMALL = 64
"""Bytes of a short sector. Short streams lie in these, and all of them are stored in the stream of the root."""
_SHORT = 4096
"""Streams shorter than so many bytes are kept in short sectors."""
_ROWS, _COLUMNS = 65_536, 256
"""As many as a sheet of such a file can have."""
_BEGIN = (0x0809, 0x0409, 0x0209, 0x0009)
_CELLS = (0x0006, 0x0206, 0x0406, 0x0002, 0x0003, 0x0004, 0x0005, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6, 0x00FD)
_BOUND, _DIMENSIONS, _TEXTS = 0x0085, 0x0200, 0x00FC
"""Records of where a sheet begins, of its rectangle, and of how many texts the workbook has."""
_SEVERAL = (0x00BD, 0x00BE)
"""Records of several cells in a row: the last column stands at their end."""
_DATES, _ROW, _FAULT, _FORMULAS = 0x0022, 0x0208, 0x0205, (0x0006, 0x0206, 0x0406)
"""Records of the date system, of a row, of a cell that is an error, and of formulas with their results."""
_MARKS_AT, _IS_HIDDEN = 12, 0x20
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class Seen(NamedTuple):
    """What the parser does not tell of a workbook; sheets are in the order of the workbook."""

    failed: list[dict[tuple[int, int], str]]
    """Cells whose formula failed, by row, as Excel numbers it, and column, from 0: what Excel shows, as #N/A."""
    hidden: list[set[int]]
    """Rows that are hidden."""
    since_1904: bool
    """Days are counted from 1904."""


def check(path: Path) -> Seen:
    """Refuse a workbook that is damaged or would not fit into memory.

    Raises:
        CannotRead: It is one of these.
    """
    if path.stat().st_size > MOST_BYTES:
        raise CannotRead(path=path, reason=TOO_BIG)
    seen, cells = Seen([], [], since_1904=False), 0
    try:
        for stream in _streams(path, path.read_bytes()):
            cells += _area(stream)
            if cells > MOST_CELLS:
                raise CannotRead(path=path, reason=TOO_LARGE)
            seen = _see(stream)
    except (struct.error, ValueError, IndexError):
        raise CannotRead(path=path, reason=DAMAGED) from None
    return seen


def _streams(path: Path, data: bytes) -> Iterator[bytes]:
    """The streams of the file that may be its workbook."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError(size)
    table = _table(data, size)

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    def small_sector(number: int) -> bytes:
        return small[number * _SMALL : (number + 1) * _SMALL]

    folder = _chain(struct.unpack_from("<I", data, 48)[0], table, sector)
    entries = list(_entries(folder))
    _must_be_a_workbook(path, {name for name, _, _, _ in entries})
    root = next((start for _, kind, start, _ in entries if kind == _ROOT), _LAST_SECTOR)
    small, small_table = b"", tuple[int, ...]()
    if any(whole < _SHORT for name, kind, _, whole in entries if kind == _STREAM and name in _STREAMS):
        small = _chain(root, table, sector)
        numbers = _chain(struct.unpack_from("<I", data, 60)[0], table, sector)
        small_table = struct.unpack(f"<{len(numbers) // 4}I", numbers)
    for name, kind, start, whole in entries:
        if kind == _STREAM and name in _STREAMS:
            found = _chain(start, small_table, small_sector) if whole < _SHORT else _chain(start, table, sector)
            yield found[:whole]


def _entries(folder: bytes) -> Iterator[tuple[str, int, int, int]]:
    """The names, kinds, first sectors and lengths of what a folder holds."""
    for at in range(0, len(folder) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", folder, at + 64)
        name = folder[at : at + max(length - 2, 0)].decode("utf-16-le", "replace").lower()
        yield (name, kind, *struct.unpack_from("<II", folder, at + 116))


def _must_be_a_workbook(path: Path, names: set[str]) -> None:
    for name, reason in _OTHERS.items():
        if name in names:
            raise CannotRead(path=path, reason=reason)


def _chain(start: int, table: tuple[int, ...], sector: Callable[[int], bytes]) -> bytes:
    """Sectors that follow each other, as one."""
    found, seen = [], set[int]()
    while start < _LAST_SECTOR:
        if start in seen:
            raise ValueError(start)
        seen.add(start)
        found.append(sector(start))
        start = table[start]
    return b"".join(found)


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows which."""
    numbers = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    following, seen = struct.unpack_from("<I", data, 68)[0], set[int]()
    while following < _LAST_SECTOR and following not in seen:
        seen.add(following)
        *more, following = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        numbers += more
    used = [number for number in numbers if number < _LAST_SECTOR]
    return tuple(each for number in used for each in struct.unpack_from(f"<{size // 4}I", data, (number + 1) * size))


def _area(stream: bytes) -> int:
    """How many cells the rectangles of all sheets have, by their cells and by what they claim."""
    total, rows, columns = 0, 0, 0
    begun, bound = set[int](), list[int]()
    for at, kind, body in _records(stream):
        if kind in _BEGIN:
            total, rows, columns = total + rows * columns, 0, 0
            begun.add(at)
        elif kind == _BOUND:
            bound += struct.unpack_from("<I", body)
        elif kind == _DIMENSIONS:
            total += _claimed(body)
        elif kind == _TEXTS and struct.unpack_from("<I", body, 4)[0] > len(stream):
            raise ValueError(kind)
        elif (kind in _CELLS or kind in _SEVERAL) and len(body) >= 4:  # noqa: PLR2004  (row and column)
            row, column = struct.unpack_from("<HH", body)
            if kind in _SEVERAL:
                column = max(column, *struct.unpack_from("<H", body, len(body) - 2))
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    if len(begun.intersection(bound)) < len(bound):  # a sheet that begins in the midst of a record hides its cells
        raise ValueError(bound)
    return total + rows * columns


def _see(stream: bytes) -> Seen:
    """What the parser does not tell; the stream is known to be sound."""
    begun, bound, since_1904 = dict[int, int](), list[int](), False
    failed, hidden = [dict[tuple[int, int], str]()], [set[int]()]
    for at, kind, body in _records(stream):
        if kind in _BEGIN:
            begun[at] = len(failed)
            failed.append({})
            hidden.append(set())
        elif kind == _BOUND:
            bound += struct.unpack_from("<I", body)
        elif kind == _DATES:
            since_1904 = body[:1] == b"\x01"
        elif kind == _ROW and len(body) > _MARKS_AT and body[_MARKS_AT] & _IS_HIDDEN:
            hidden[-1].add(struct.unpack_from("<H", body)[0] + 1)
        elif error := _error(kind, body):
            row, column = struct.unpack_from("<HH", body)
            failed[-1][row + 1, column] = error
    places = [begun[each] for each in bound]
    return Seen([failed[each] for each in places], [hidden[each] for each in places], since_1904)


def _error(kind: int, body: bytes) -> str | None:
    """What Excel shows for a cell that is an error."""
    if kind == _FAULT and len(body) > 7 and body[7] == 1:  # noqa: PLR2004  (its last byte says so)
        return _ERRORS.get(body[6], "#N/A")
    if kind in _FORMULAS and body[6:7] == b"\x02" and body[12:14] == b"\xff\xff":
        return _ERRORS.get(body[8], "#N/A")
    return None


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where each record begins, its kind, and what is in it."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


_SINCE_97 = 14
"""Bytes of the record that claims a rectangle, since its rows have 32 bits; before Excel 97 they had 16."""


def _claimed(body: bytes) -> int:
    """The cells up to the end of the rectangle that a sheet claims to have."""
    first, beyond, left, right = struct.unpack_from("<IIHH" if len(body) == _SINCE_97 else "<HHHH", body)
    if not (first <= beyond <= _ROWS and left <= right <= _COLUMNS):
        raise ValueError(beyond, right)
    return int(beyond * right)


_OTHERS = {
    "worddocument": Words(
        "它其实是 Word 文档；请把里面的表格复制到 Excel，另存为 .xlsx",
        "it is a Word document; copy its table into Excel and save that as .xlsx",
    ),
    "powerpoint document": Words("它其实是演示文稿，不是台账", "it is a presentation, and no ledger"),
}
"""What another kind of document holds, and what to do about each."""
