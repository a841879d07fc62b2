"""Which encoding a text file is in, by rule: a byte order mark, else UTF-8 if it is valid, else GB18030.

Guessing by statistics takes short Chinese for Korean; the three steps are right on every file of more than a few
characters (a text in GBK is almost never valid UTF-8).
"""

import codecs
from pathlib import Path

from fugong.errors.files import CannotRead
from fugong.errors.imports import BadEncoding
from fugong.vocab import Words

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CHUNK = 1 << 20


def detect(path: Path) -> str:
    """The encoding of a file.

    Raises:
        CannotRead: It is in none of them.
    """
    with path.open("rb") as file:
        start = file.read(3)
    for mark, name in _MARKS.items():
        if start.startswith(mark):
            return name
    for name in ("utf-8", "gb18030"):
        if _valid(path, name):
            return name
    raise CannotRead(path=path, reason=_UNKNOWN)


def forced(name: str) -> str:
    """The encoding that the user names.

    Raises:
        BadEncoding: There is none of that name that makes text of bytes.
    """
    try:
        b"    ".decode(name, "ignore")
        return "utf-8-sig" if codecs.lookup(name).name == "utf-8" else name
    except (LookupError, ValueError):
        raise BadEncoding(name=name) from None


def _valid(path: Path, name: str) -> bool:
    """Whether the whole file decodes; a mebibyte at a time."""
    decoder = codecs.getincrementaldecoder(name)()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


_UNKNOWN = Words(
    "不是 UTF-8，也不是 GB18030 文字；如果是别的编码，请加 --encoding",
    "the text is neither UTF-8 nor GB18030; if it is in another encoding, add --encoding",
)
