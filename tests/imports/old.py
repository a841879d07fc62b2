"""The old binary workbook (.xls), as small as can be: no library at hand writes it, and many offices still keep it."""

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

_SECTOR = 512
_SMALLEST = 4096
"""A stream that is shorter would lie elsewhere."""
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def old_book(
    path: Path, rows: Sequence[Sequence[Any]], merges: Sequence[tuple[int, int, int, int]] = (), *, far: bool = False
) -> Path:
    """A workbook of one sheet; a merge is its first and last row, and its first and last column, from 0.

    ``far`` adds a number in the last cell that there can be.
    """
    more = _record(0x0203, struct.pack("<HHHd", 65535, 255, 0, 1.0)) if far else b""
    path.write_bytes(_container(_stream(rows, merges, more)))
    return path


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _stream(rows: Sequence[Sequence[Any]], merges: Sequence[tuple[int, int, int, int]], more: bytes) -> bytes:
    name = "台账".encode("utf-16-le")
    sheet_name = struct.pack("<BB", 2, 1) + name
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + _record(
        0x0042, struct.pack("<H", 1200)
    )
    bound_length = 4 + 6 + len(sheet_name)
    end = _record(0x000A)
    offset = len(begin) + bound_length + len(end)
    bound = _record(0x0085, struct.pack("<IBB", offset, 0, 0) + sheet_name)
    return begin + bound + end + b"".join(_sheet(rows, merges, more))


def _sheet(rows: Sequence[Sequence[Any]], merges: Sequence[tuple[int, int, int, int]], more: bytes) -> Iterator[bytes]:
    yield _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    yield _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                yield _record(0x0203, struct.pack("<HHHd", at, column, 0, value))
            elif value:
                text = value.encode("utf-16-le")
                yield _record(0x0204, struct.pack("<HHHHB", at, column, 0, len(value), 1) + text)
    yield more
    if merges:
        yield _record(0x00E5, struct.pack("<H", len(merges)) + b"".join(struct.pack("<HHHH", *each) for each in merges))
    yield _record(0x000A)


def _container(stream: bytes) -> bytes:
    """The stream as the file "Workbook" of a compound file: a header, one table of sectors, one folder, the data."""
    data = stream.ljust(_SMALLEST, b"\0")
    data += b"\0" * (-len(data) % _SECTOR)
    count = len(data) // _SECTOR
    chain = [_TABLE, _END, *range(3, count + 2), _END]
    table = struct.pack(f"<{len(chain)}I", *chain) + struct.pack("<I", _FREE) * (_SECTOR // 4 - len(chain))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, _SMALLEST, _END, 0, _END, 0) + struct.pack("<I", 0)
    header += struct.pack("<I", _FREE) * 108
    folder = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 2, len(data)) + _entry("", 0, 0, 0) * 2
    return header + table + folder + data


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0" if name else b""
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)
