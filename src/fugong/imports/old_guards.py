"""What is checked of an old binary workbook (.xls) before the parser sees it: how large its sheets say they are.

The file is a compound file: sectors chained by a table, folders, and in them the stream of records. Only the place
of each cell is read.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from fugong.errors.files import CannotRead
from fugong.imports.guards import DAMAGED, MOST_BYTES, MOST_CELLS, TOO_LARGE
from fugong.vocab import Words

_STREAMS = ("workbook", "book")
_LAST_SECTOR = 0xFFFFFFF9
_ENTRY = 128
_IN_HEADER = 109
"""Sectors of the table that the header itself names."""
_SHORTEST = 4096
"""Shorter streams lie elsewhere; no program writes a workbook that is."""
_BEGIN = (0x0809, 0x0409, 0x0209, 0x0009)
_CELLS = (0x0006, 0x0206, 0x0406, 0x0002, 0x0003, 0x0004, 0x0005, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6, 0x00FD)
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
            yield chain(start)


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
    """How many cells the rectangles of all sheets have."""
    total, rows, columns, at = 0, 0, 0, 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        at += 4
        if kind in _BEGIN:
            total, rows, columns = total + rows * columns, 0, 0
        elif (kind in _CELLS or kind in _SEVERAL) and length >= 4 and at + length <= len(stream):  # noqa: PLR2004
            row, column = struct.unpack_from("<HH", stream, at)
            if kind in _SEVERAL:
                column = max(column, struct.unpack_from("<H", stream, at + length - 2)[0])
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        at += length
    return total + rows * columns
