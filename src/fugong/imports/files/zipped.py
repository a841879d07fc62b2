"""The parts of a zip file, unpacked a piece at a time and never beyond what the file says of them."""

import zlib
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipInfo

DAMAGES = (BadZipFile, zlib.error, EOFError, OverflowError, NotImplementedError, UnicodeDecodeError)
"""What is raised where a zip file is damaged."""
_CHUNK = 1 << 18
_LOCAL_HEADER = 30


def unpacked(file: BinaryIO, part: ZipInfo) -> Iterator[bytes]:
    """What a part really holds, which must be as long as the file says.

    Raises:
        BadZipFile: It is not, or is damaged, or packed in an unusual way.
        zlib.error: It is damaged.
    """
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
