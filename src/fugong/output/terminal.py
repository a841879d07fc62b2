"""The table for people, drawn by Rich.

On a terminal it takes the terminal's width and colours; asked for in a pipe, its natural width and none.
At every width every character of every cell is there: columns fold, and where they would become too narrow to
read, each record is written as a card. Rich's own way of fitting a table cuts off Chinese text, which has no
spaces to break at, so the widths are settled here and Rich folds within them.
"""

import io
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, product, zip_longest
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, detect_legacy_windows
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from fugong.columns import Cell, Column, Report
from fugong.lang import T
from fugong.output.cells import Row, brief, heading, one_line, shown_rows, shown_total
from fugong.vocab import Light

LONG = 500
"""Rich takes half a millisecond a row, so more rows than this are written as aligned text without it."""

LEAST_TEXT = 8
"""Texts fold to no fewer than four Chinese characters a line."""
LEAST_HEAD = 4
"""Headings, and these only over narrow columns, fold to no fewer than two, Latin words last."""
GAPS = (2, 1)
"""Blanks between columns: as many as there is room for."""

_NUMBERS = (Cell.COUNT, Cell.RATE)
_FOLDING = (Cell.TEXT, Cell.TERM, Cell.CODE, Cell.LIST)
_BAR = 10
_COLOURS = {Light.RED: "red", Light.YELLOW: "yellow", Light.GREEN: "green", Light.GREY: "bright_black"}


class Marks(NamedTuple):
    """The signs in a table that are not letters; all of them are in GB2312, or, on request, in ASCII."""

    rule: str
    light: str
    full: str
    empty: str


def _marks() -> Marks:
    """``FUGONG_ASCII`` is for consoles that draw ●■─ two columns wide, as older ones on Windows do."""
    return Marks("-", "*", "#", ".") if os.environ.get("FUGONG_ASCII", "0") not in ("", "0") else Marks(*"─●■□")


class Body(NamedTuple):
    """A report's cells, ready to be laid out; ``total`` is empty if there is none."""

    columns: list[Column]
    heads: list[Text]
    rows: list[list[Text]]
    total: list[Text]


def pieces(report: Report, *, live: bool) -> Iterator[str]:
    """Title, table, notes, and the footer in the same way.

    Args:
        report: What to draw.
        live: For a terminal, in its width and colours; else in the natural width and without colour.
    """
    yield _drawn(Text(one_line(heading(report.title)), style="bold"), live=live)
    rows = iter(report.rows)
    first = list(islice(rows, LONG + 1))
    if len(first) > LONG:
        yield from _aligned(report, first, rows)
    elif not first and report.total is None:
        yield T("没有记录。", "There is nothing.") + "\n"
    else:
        yield _drawn(_laid_out(report, first, live=live), live=live)
    for note in report.notes:
        yield f"{one_line(heading(note))}\n"
    if report.footer:
        yield "\n"
        yield from pieces(report.footer, live=live)


def _drawn(part: RenderableType, *, live: bool) -> str:
    """What Rich makes of a table or a text. Everything that Rich would read off its surroundings is given."""
    stream = io.StringIO()
    Console(
        file=stream,
        width=100_000,  # the widths are settled, and without a height Rich asks the terminal after all
        height=100,
        force_terminal=live,
        color_system="auto" if live and not detect_legacy_windows() else None,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    ).print(part, soft_wrap=True)
    drawn = stream.getvalue()
    return drawn if live else "".join(line.rstrip() + "\n" for line in drawn.splitlines())


# Cells


def _body(report: Report, rows: Iterable[Row], *, barred: bool = False) -> Body:
    columns = brief(report)
    cells = _cells(report, barred=barred)
    total = [] if report.total is None else cells(report.total)
    if total:
        total[0] = Text(shown_total(report)[0])
    return Body(columns, [Text(heading(column.head)) for column in columns], list(map(cells, rows)), total)


def _cells(report: Report, *, barred: bool = False) -> Callable[[Row], list[Text]]:
    """A function from a row to its brief columns as they stand in the table."""
    texts, marks = shown_rows(report), _marks()
    places = [(place, barred and each.cell is Cell.RATE) for place, each in enumerate(report.columns) if each.brief]

    def cells(row: Row) -> list[Text]:
        return [
            _cell(text, row[place], marks, barred=bar) for (place, bar), text in zip(places, texts(row), strict=True)
        ]

    return cells


def _cell(text: str, value: Any, marks: Marks, *, barred: bool) -> Text:
    if isinstance(value, Light):
        return Text(f"{marks.light} {text}", style=_COLOURS[value])
    if barred and value is not None:
        full = int(value * _BAR)  # rounded down: a full bar means all
        return Text(f"{marks.full * full}{marks.empty * (_BAR - full)} {text:>6}")
    return Text(text.replace("\t", " "))


# Layouts


def _laid_out(report: Report, rows: list[Row], *, live: bool) -> RenderableType:
    """The rows in the best layout that fits: with bars, without, closer together, folded, words broken, as cards."""
    body = _body(report, rows)
    if not live:
        return _Table(body, _natural(body), GAPS[0])
    room = shutil.get_terminal_size().columns
    barred = [_body(report, rows, barred=True)] if any(each.cell is Cell.RATE for each in body.columns) else []
    for whole, gap in [*((each, GAPS[0]) for each in barred), *((body, gap) for gap in GAPS)]:
        if sum(_natural(whole)) + gap * (len(whole.columns) - 1) <= room:
            return _Table(whole, _natural(whole), gap)
    for broken, gap in product((False, True), GAPS):
        widths = _fitted(body, room - gap * (len(body.columns) - 1), broken=broken)
        if widths:
            return _Table(body, widths, gap)
    return _cards(body)


class _Table(NamedTuple):
    """A table without verticals, so that a sign drawn too wide moves nothing but its own line.

    Its lines are put together here, and Rich folds the cells that are wider than their columns: its own table spends
    more on each cell than reading the row took.
    """

    body: Body
    widths: list[int]
    gap: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Heading, rows and total, with rules between."""
        bold = console.get_style("bold")
        rule = Segment(_marks().rule * (sum(self.widths) + self.gap * (len(self.widths) - 1)) + "\n")
        heads = self._folded(console, self.body.heads)
        depth = max(map(len, heads))
        yield from self._lines([[""] * (depth - len(lines)) + lines for lines in heads], [bold] * len(heads))
        yield rule
        for row in self.body.rows:
            styles = [console.get_style(str(cell.style)) if cell.style else None for cell in row]
            yield from self._lines(self._folded(console, row), styles)
        if self.body.total:
            yield rule
            yield from self._lines(self._folded(console, self.body.total), [bold] * len(heads))

    def _folded(self, console: Console, cells: list[Text]) -> list[list[str]]:
        """The lines of each cell of a row."""
        return [
            [cell.plain]
            if cell_len(cell.plain) <= width and "\n" not in cell.plain
            else [line.plain.rstrip() for line in cell.wrap(console, width, overflow="fold")]
            for cell, width in zip(cells, self.widths, strict=True)
        ]

    def _lines(self, folded: list[list[str]], styles: list[Style | None]) -> Iterator[Segment]:
        """A row, of as many lines as its longest cell."""
        for texts in zip_longest(*folded, fillvalue=""):
            plain = ""
            for text, style, width, column in zip(texts, styles, self.widths, self.body.columns, strict=True):
                padded = _padded(text, width, column)
                if style and text:
                    yield Segment(plain)
                    yield Segment(padded, style)
                    plain = ""
                else:
                    plain += padded
                plain += " " * self.gap
            yield Segment(plain[: -self.gap] + "\n")


def _cards(body: Body) -> Text:
    """Each record as lines of heading and value, which the terminal wraps; blank values are left out."""
    cards, colon = Text(), T("：", ": ")
    for row in filter(None, [*body.rows, body.total]):
        for head, cell in zip(body.heads, row, strict=True):
            if cell:
                cards.append(head.plain, "bold").append(colon).append_text(cell).append("\n")
        cards.append("\n")
    cards.rstrip()
    return cards


def _aligned(report: Report, first: list[Row], rest: Iterable[Row]) -> Iterator[str]:
    """A record a line, aligned by the first ones; a longer cell moves the rest of its line, but is not cut."""
    body, cells = _body(report, first), _cells(report)
    widths = _natural(body)
    rule = [Text(_marks().rule * width) for width in widths]

    def line(row: list[Text]) -> str:
        texts = (one_line(cell.plain) for cell in row)
        return (" " * GAPS[0]).join(map(_padded, texts, widths, body.columns)).rstrip() + "\n"

    yield from map(line, [body.heads, rule, *body.rows])
    yield from (line(cells(row)) for row in rest)
    if body.total:
        yield from map(line, [rule, body.total])


def _padded(text: str, width: int, column: Column) -> str:
    blanks = " " * (width - cell_len(text))
    return blanks + text if column.cell in _NUMBERS else text + blanks


# Widths, in columns of the terminal


def _fitted(body: Body, room: int, *, broken: bool) -> list[int] | None:
    """The widths of a table for a terminal: the widest columns give way first. None: it would be too narrow.

    ``broken``: headings may be folded inside their Latin words too.
    """
    natural, least = _natural(body), _least(body, broken=broken)
    if sum(least) > room:
        return None
    cap = max(natural)
    while sum(widths := [max(low, min(wide, cap)) for low, wide in zip(least, natural, strict=True)]) > room:
        cap -= 1
    return widths


def _natural(body: Body) -> list[int]:
    """How wide each column is when nothing folds."""
    return [max(map(_longest_line, column)) for column in _stacked(body)]


def _least(body: Body, *, broken: bool) -> list[int]:
    """How narrow each column may become: texts fold anywhere, numbers and dates only between words."""
    stacks = zip(body.columns, _natural(body), _stacked(body), strict=True)
    return [
        max(_least_head(head, broken=broken), min(natural, LEAST_TEXT))
        if column.cell in _FOLDING
        else max(_least_head(head, broken=broken), *map(_longest_word, cells), 1)
        for column, natural, (head, *cells) in stacks
    ]


def _least_head(head: Text, *, broken: bool) -> int:
    """How narrow a heading may become: its longest Latin word, or a few characters of Chinese."""
    if broken:
        return min(cell_len(head.plain), LEAST_HEAD)
    words = head.plain.split()
    return max((len(word) if word.isascii() else min(cell_len(word), LEAST_HEAD) for word in words), default=0)


def _stacked(body: Body) -> Iterable[tuple[Text, ...]]:
    """Each column's heading, cells and total."""
    return zip(*filter(None, [body.heads, *body.rows, body.total]), strict=True)


def _longest_line(cell: Text) -> int:
    return max(map(cell_len, cell.plain.split("\n")))


def _longest_word(cell: Text) -> int:
    return max(map(cell_len, cell.plain.split()), default=0)
