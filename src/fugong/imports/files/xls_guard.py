"""What is checked of an old binary workbook (.xls) before the parser sees it: how large its sheets say they are.

The file is a compound file: sectors chained by a table, folders, and in them the stream of records. Only the place
of each cell is read, and what the file claims to have: the parser makes room for that at once, and where the machine
cannot give so much, it ends the whole program.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from fugong.errors.files import CannotRead
from fugong.imports.files.xlsx_guard import DAMAGED, MOST_BYTES, MOST_CELLS, TOO_LARGE
from fugong.vocab import Words

_STREAMS = ("workbook", "book")
_LAST_SECTOR = 0xFFFFFFF9
_ENTRY = 128
_IN_HEADER = 109
"""Sectors of the table that the header itself names."""
_SHORTEST = 4096
"""Shorter streams lie elsewhere; no program writes a workbook that is."""
_ROWS, _COLUMNS = 65_536, 256
"""As many as a sheet of such a file can have."""
_BEGIN = (0x0809, 0x0409, 0x0209, 0x0009)
_CELLS = (0x0006, 0x0206, 0x0406, 0x0002, 0x0003, 0x0004, 0x0005, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6, 0x00FD)
_BOUND, _DIMENSIONS, _TEXTS = 0x0085, 0x0200, 0x00FC
"""Records of where a sheet begins, of its rectangle, and of how many texts the workbook has."""
_SEVERAL = (0x00BD, 0x00BE)
"""Records of several cells in a row: the last column stands at their end."""


def check(path: Path) -> None:
    """Refuse a workbook that is damaged or would not fit into memory.

    Raises:
        CannotRead: It is one of these.
    """
    if path.stat().st_size > MOST_BYTES:
        raise CannotRead(
            path=path, reason=Words(f"文件超过 {MOST_BYTES >> 20} MB", f"it has over {MOST_BYTES >> 20} MB")
        )
    try:
        cells = sum(_area(stream) for stream in _streams(path.read_bytes()))
    except (struct.error, ValueError, IndexError):
        raise CannotRead(path=path, reason=DAMAGED) from None
    if cells > MOST_CELLS:
        raise CannotRead(path=path, reason=TOO_LARGE)


def _streams(data: bytes) -> Iterator[bytes]:
    """The streams of the file that may be its workbook."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError(size)

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    table = _table(data, size)

    def chain(start: int) -> bytes:
        found, seen = [], set[int]()
        while start < _LAST_SECTOR:
            if start in seen:
                raise ValueError(start)
            seen.add(start)
            found.append(sector(start))
            start = table[start]
        return b"".join(found)

    folder = chain(struct.unpack_from("<I", data, 48)[0])
    for at in range(0, len(folder) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", folder, at + 64)
        name = folder[at : at + max(length - 2, 0)].decode("utf-16-le", "replace").lower()
        start, whole = struct.unpack_from("<II", folder, at + 116)
        if kind == 2 and name in _STREAMS:  # noqa: PLR2004  (a stream)
            if whole < _SHORTEST:
                raise ValueError(whole)
            yield chain(start)[:whole]


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
