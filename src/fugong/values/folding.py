"""Texts in lines: broken at blanks and between Chinese characters, within a word only where a line cannot hold it.

A mark that closes something does not begin a line, and one that opens something does not end one (避头尾).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

_OPENING, _CLOSING = r"（《〈「『【〔“‘(\[", r"，。、；：？！）》〉」』】〕”’…％,.;:?!)\]"
_PIECE = re.compile(
    rf"\s+|[{_OPENING}]*"
    r"(?:[!-\u10ff]+|.)[\ufe0f\u200d]*"  # a word of letters narrower than Chinese ones, or one character
    rf"[{_CLOSING}]*"
)
"""What stays together on a line."""

Size = Callable[[str], int]
"""How many columns of a terminal a text takes."""


def fold(text: str, width: int, size: Size) -> list[str]:
    """The lines of a text, none wider than ``width``; blanks at their ends are left out."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _PIECE.findall(paragraph):
            if size(line) + size(piece) <= width or piece.isspace():
                line += piece
                continue
            if line.strip():
                lines.append(line.rstrip())
            *full, line = _chopped(piece, width, size)
            lines += full
        lines.append(line.rstrip())
    return lines


def balanced(text: str, width: int, size: Size) -> list[str]:
    """The same number of lines, as even as they can be."""
    lines = fold(text, width, size)
    while width > 1 and len(narrower := fold(text, width - 1, size)) == len(lines):
        lines, width = narrower, width - 1
    return lines


def longest_word(text: str, size: Size) -> int:
    """How wide a line must be to hold each piece of a text whole."""
    return max(map(size, _PIECE.findall(text)), default=0)


def _chopped(piece: str, width: int, size: Size) -> Iterator[str]:
    """The parts of a piece, after a mark that joins two words where there is one."""
    while len(piece) > 1 and size(piece) > width:
        fits = next(end for end in range(1, len(piece)) if size(piece[: end + 1]) > width)
        cut = max(piece.rfind(mark, 0, fits) for mark in "-/_") + 1 or fits
        yield piece[:cut]
        piece = piece[cut:]
    yield piece


def cells(text: str) -> int:
    """How many columns of a terminal a text takes, without asking Rich, which loads slowly."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
