"""What an exported row says of itself: a mark of each of its values as they were when it was exported.

From three marks of a value, the exported, the one in the file that comes back and the ledger's of today, follows who
changed it. The marks are of what is meant, not of how a cell shows it, so that they survive every spreadsheet.
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from zlib import crc32

NAMES = (
    "text", "enterprise", "category", "department", "assist", "person", "source", "found_on", "due_on", "status",
    "closed_on", "how", "remark", "note",
)  # fmt: skip
"""The attributes that are marked, in their order; ``note`` is what was last noted."""
_FORM, _LENGTH = "v1", 4
_VERSION = re.compile(rf"{_FORM}[\w-]{{{_LENGTH * len(NAMES)}}}", re.ASCII)


def mark(value: str | None) -> str:
    """The mark of a value; white space does not count, and there is none for nothing."""
    if not value:
        return "----"
    number = crc32("".join(value.split()).encode()) & 0xFFFFFF
    return urlsafe_b64encode(number.to_bytes(3, "big")).decode()


def version(marks: Iterable[str]) -> str:
    """The marks of a row, in the order of their names, as one word."""
    return _FORM + "".join(marks)


def marks(text: str) -> Mapping[str, str] | None:
    """The marks in such a word, by name; None: it is none."""
    if not _VERSION.fullmatch(text):
        return None
    rest = text[len(_FORM) :]
    return {name: rest[at * _LENGTH : (at + 1) * _LENGTH] for at, name in enumerate(NAMES)}
