"""How a table lies on a terminal: its lines, its columns' widths, or a card for each record.

At every width every character of every cell is there: columns fold, and where they would become too narrow to
read, each record is written as a card. Rich's own way of fitting a table cuts off Chinese text, which has no
spaces to break at, so the widths are settled here.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from fugong.lang import T
from fugong.results.report import Cell, Column
from fugong.values.folding import balanced, fold, longest_word

LEAST_TEXT = 8
"""Texts fold to no fewer than four Chinese characters a line."""
LEAST_HEAD = 4
"""Headings over narrow columns fold to no fewer than two."""
LONGEST_WORD = 16
"""A longer word may be broken like Chinese."""
GAPS = (2, 1)
"""Blanks between columns: as many as there is room for."""

_NUMBERS = (Cell.COUNT, Cell.RATIO, Cell.RATE, Cell.CHANGE, Cell.PARTS)
_FOLDING = (Cell.TEXT, Cell.TERM, Cell.CODE, Cell.LIST)


_NUMBER = re.compile(r"[^\W_]+-\w+\*?")
"""A number that ``show`` takes, as 5-2 and 1-w1 are; a name or a day is none."""


class Marks(NamedTuple):
    """The signs in a table that are not letters; all of them are in GB2312, or, on request, in ASCII."""

    rule: str
    light: str
    full: str
    empty: str


def ascii_only() -> bool:
    """``FUGONG_ASCII`` is for consoles that draw ●■─ two columns wide, as older ones on Windows do."""
    return os.environ.get("FUGONG_ASCII", "0") not in ("", "0")


def signs() -> Marks:
    """Those of this console."""
    return Marks("-", "*", "#", ".") if ascii_only() else Marks(*"─●■□")


class Body(NamedTuple):
    """A report's cells, ready to be laid out; ``total`` is empty if there is none."""

    columns: list[Column]
    heads: list[Text]
    rows: list[list[Text]]
    total: list[Text]
    marked: re.Pattern[str] | None = None
    """What is printed bold in texts: the words that were searched for."""


class Table(NamedTuple):
    """A table without verticals, so that a sign drawn too wide moves nothing but its own line.

    Its lines are put together here, for Rich's own table spends more on each cell than reading the row took.
    """

    body: Body
    widths: list[int]
    gap: int
    most_lines: int = 0
    """So many lines has a text at most, of which the last says where the rest is; 0 for all."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Heading, rows and total, with rules between."""
        bold = console.get_style("bold")
        rule = Segment(signs().rule * (sum(self.widths) + self.gap * (len(self.widths) - 1)) + "\n")
        heads = self._folded(self.body.heads, balanced)
        depth = max(map(len, heads))
        yield from self._lines([[""] * (depth - len(lines)) + lines for lines in heads], [bold] * len(heads))
        yield rule
        for row in self.body.rows:
            styles = [console.get_style(str(cell.style)) if cell.style else None for cell in row]
            yield from self._lines(self._cut(row, self._folded(row)), styles)
        if self.body.total:
            yield rule
            yield from self._lines(self._folded(self.body.total), [bold] * len(heads))

    def _folded(self, cells: list[Text], folding: Callable[..., list[str]] = fold) -> list[list[str]]:
        """The lines of each cell of a row."""
        texts = [cell.plain for cell in cells]
        return [
            [text] if cell_len(text) <= width and "\n" not in text else folding(text, width, cell_len)
            for text, width in zip(texts, self.widths, strict=True)
        ]

    def _cut(self, row: list[Text], folded: list[list[str]]) -> list[list[str]]:
        """No more lines than a cell may have."""
        place = next((at for at, column in enumerate(self.body.columns) if column.key == "id"), None)
        if not self.most_lines or place is None:
            return folded
        rest = f"… show {row[place].plain.rstrip('*')}" if _NUMBER.fullmatch(row[place].plain) else "… --wide"
        return [
            _shortened(lines, self.most_lines, width, rest) for lines, width in zip(folded, self.widths, strict=True)
        ]

    def _lines(self, folded: list[list[str]], styles: list[Style | None]) -> Iterator[Segment]:
        """A row, of as many lines as its longest cell."""
        for texts in zip_longest(*folded, fillvalue=""):
            plain = ""
            for text, style, width, column in zip(texts, styles, self.widths, self.body.columns, strict=True):
                filled = padded(text, width, column)
                if style and text:
                    yield Segment(plain)
                    yield Segment(filled, style)
                    plain = ""
                elif self.body.marked and text and column.cell is Cell.TEXT:
                    yield Segment(plain)
                    yield from _standing_out(filled, self.body.marked)
                    plain = ""
                else:
                    plain += filled
                plain += " " * self.gap
            yield Segment(plain[: -self.gap] + "\n")


def _standing_out(text: str, marked: re.Pattern[str]) -> Iterator[Segment]:
    """A line of a text in which what it was found by is bold."""
    start = 0
    for found in marked.finditer(text):
        yield Segment(text[start : found.start()])
        yield Segment(found[0], Style(bold=True))
        start = found.end()
    yield Segment(text[start:])


def _shortened(lines: list[str], most: int, width: int, rest: str) -> list[str]:
    """The first lines of a cell; where some are left out, the last ends with where they are."""
    if len(lines) <= most or cell_len(rest) > width:
        return lines
    last = lines[most - 1]
    while cell_len(last) + cell_len(rest) > width:
        last = last[:-1]
    return [*lines[: most - 1], last + rest]


def cards_of(body: Body) -> Text:
    """Each record as lines of heading and value, which the terminal wraps; blank values are left out."""
    cards, colon = Text(), T("：", ": ")
    for row in filter(None, [*body.rows, body.total]):
        for head, cell in zip(body.heads, row, strict=True):
            if cell:
                cards.append(head.plain, "bold").append(colon).append_text(cell).append("\n")
        cards.append("\n")
    cards.rstrip()
    return cards


def padded(text: str, width: int, column: Column) -> str:
    """A text in its column: numbers at the right."""
    blanks = " " * (width - cell_len(text))
    return blanks + text if column.cell in _NUMBERS else text + blanks


# Widths, in columns of the terminal


class _Steps(NamedTuple):
    """Widths of the columns at four steps, from the narrowest to the natural one."""

    broken: list[int]
    """Least of all: texts fold anywhere; headings, numbers and dates between words."""
    words: list[int]
    """Also each word of a text, except very long ones."""
    dates: list[int]
    """Also each number and date."""
    natural: list[int]
    """Wide enough for everything: nothing folds."""


def steps_of(body: Body) -> _Steps:
    """How wide each column is at the steps by which a table gives way, in columns of the terminal."""
    return _Steps(*map(list, zip(*map(_steps_of_column, body.columns, _stacked(body)), strict=True)))


def _steps_of_column(column: Column, stack: Sequence[Text]) -> tuple[int, ...]:
    """The steps of one column; its heading is the first of the stack."""
    head, texts = stack[0].plain, {cell.plain for cell in stack[1:]}
    whole = max(map(_longest_line, texts), default=1)
    if column.cell in _FOLDING:
        least = min(whole, LEAST_TEXT)
        words = dates = min(max((longest_word(text, cell_len) for text in texts), default=1), LONGEST_WORD)
    else:
        least = words = max((cell_len(word) for text in texts for word in text.split()), default=1)
        dates = whole
    least = max(least, min(cell_len(head), LEAST_HEAD), longest_word(head, cell_len))
    return least, max(least, words), max(least, dates), max(least, whole, cell_len(head))


def widths_within(steps: _Steps, room: int) -> list[int]:
    """The widths of a table for a terminal: where something must be folded, the widest columns give way first."""
    widths = steps.broken
    for wanted in (steps.words, steps.dates):
        widths = _widened(widths, wanted, room)
    cap = max(steps.natural)
    while sum(capped := [max(low, min(wide, cap)) for low, wide in zip(widths, steps.natural, strict=True)]) > room:
        cap -= 1
    return _widened(capped, steps.natural, room)


def _widened(widths: list[int], wanted: list[int], room: int) -> list[int]:
    """The widths that are wanted for as many columns as there is room for."""
    widths = list(widths)
    for place in sorted(range(len(widths)), key=lambda at: wanted[at] - widths[at]):
        if sum(widths) - widths[place] + wanted[place] <= room:
            widths[place] = max(widths[place], wanted[place])
    return widths


def natural(body: Body) -> list[int]:
    """How wide each column is when nothing folds."""
    return [max(_longest_line(cell.plain) for cell in column) for column in _stacked(body)]


def _stacked(body: Body) -> Iterable[tuple[Text, ...]]:
    """Each column's heading, cells and total."""
    return zip(*filter(None, [body.heads, *body.rows, body.total]), strict=True)


def _longest_line(text: str) -> int:
    return max(map(cell_len, text.split("\n")))
