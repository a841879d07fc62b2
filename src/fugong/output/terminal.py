"""The table for people, drawn by Rich.

On a terminal it takes the terminal's width and colours; asked for in a pipe, its natural width and none. How a
table is laid out is settled in ``layout``.
"""

import io
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from rich.cells import cell_len
from rich.console import Console, RenderableType, detect_legacy_windows
from rich.text import Text

from fugong import config
from fugong.output.cells import ReportRow, brief, heading, one_line, shown_rows, shown_total, visible
from fugong.output.layout import (
    GAPS,
    Body,
    Marks,
    Table,
    ascii_only,
    cards_of,
    natural,
    padded,
    signs,
    steps_of,
    widths_within,
)
from fugong.results.report import Cell, Change, Report
from fugong.values.folding import fold
from fugong.vocab import Light

LONG = 500
"""Rich takes half a millisecond a row, so more rows than this are written as aligned text without it."""

_BAR = 10
_LATE = ("overdue", "days_over")
"""The columns that count what is past due: red where there is any."""
_COLOURS = {Light.RED: "red", Light.YELLOW: "yellow", Light.GREEN: "green", Light.GREY: "bright_black"}


def pieces(report: Report, *, live: bool, fitted: bool = False) -> Iterator[str]:
    """Title, table, notes, and the footer in the same way.

    Args:
        report: What to draw.
        live: For a terminal, in its width and colours; else in the natural width and without colour.
        fitted: Leave out what there is no room for, and say so.
    """
    if fitted and report.on_screen:
        report = report.on_screen.of(report)
    title = Text(one_line(heading(report.title)), style="bold")
    if report.subtitle:
        title.append(f"  {one_line(heading(report.subtitle))}", style="not bold bright_black")
    yield _drawn(title, live=live)
    rows = iter(report.rows)
    first = list(islice(rows, LONG + 1))
    if len(first) > LONG:
        yield from _aligned(report, first, rows)
    elif not first and report.total is None:
        yield f"{heading(report.nothing)}\n"
    elif fitted:
        from fugong.output import fitting

        room = shutil.get_terminal_size().columns
        table, said = fitting.fitted(report, _body(report, first), room, _barred(report, first))
        yield _drawn(table, live=live)
        lines = (line for each in said for line in fold(one_line(each), room, cell_len))
        yield from (_drawn(Text(line, style="bright_black"), live=live) for line in lines)
    else:
        yield _drawn(_laid_out(report, first, live=live), live=live)
    for note in report.notes:
        sentence = one_line(heading(note))
        for line in fold(sentence, shutil.get_terminal_size().columns, cell_len) if fitted else [sentence]:
            yield f"{line}\n"
    if report.footer:
        yield "\n"
        yield from pieces(report.footer, live=live, fitted=fitted)


def _drawn(part: RenderableType, *, live: bool) -> str:
    """What Rich makes of a table or a text. Everything that Rich would read off its surroundings is given."""
    stream = io.StringIO()
    Console(
        file=stream,
        width=100_000,  # the widths are settled, and without a height Rich asks the terminal after all
        height=100,
        force_terminal=live,
        color_system="auto" if live and not detect_legacy_windows() and _coloured() else None,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    ).print(part, soft_wrap=True)
    drawn = stream.getvalue()
    return drawn if live else "".join(line.rstrip() + "\n" for line in drawn.splitlines())


def _coloured() -> bool:
    """Whether neither the command line nor the user's settings are against colours; Rich asks NO_COLOR itself."""
    return not config.colourless.get() and config.on_terminal("color") != "off"


# Cells


def _body(report: Report, rows: Iterable[ReportRow], *, barred: bool = False) -> Body:
    columns = brief(report)
    cells = _cells(report, barred=barred)
    sums_only = report._replace(columns=[column._replace(blank=None) for column in report.columns])
    total = [] if report.total is None else _cells(sums_only, barred=barred)(report.total)
    if total:
        total[0] = Text(shown_total(report)[0])
    return Body(
        columns, [Text(heading(column.head)) for column in columns], list(map(cells, rows)), total, report.marked
    )


def _barred(report: Report, rows: Iterable[ReportRow]) -> Body | None:
    """The same with a bar behind each rate, and the heading over the rate; None where there is no rate."""
    if not any(each.cell is Cell.RATE for each in brief(report)):
        return None
    body = _body(report, rows, barred=True)
    behind = {place for place, each in enumerate(body.columns) if each.cell is Cell.RATE}
    lines = [body.heads, *body.rows, body.total]
    heads, *cells, total = [
        [_before_bars(each) if at in behind else each for at, each in enumerate(line)] for line in lines
    ]
    return body._replace(heads=heads, rows=cells, total=total)


def _before_bars(cell: Text) -> Text:
    """A heading, or a cell that has no bar, left of where the bars are."""
    marks = signs()
    return cell if cell.plain.endswith((marks.full, marks.empty)) else Text(cell.plain + " " * (_BAR + 2))


def _cells(report: Report, *, barred: bool = False) -> Callable[[ReportRow], list[Text]]:
    """A function from a row to its brief columns as they stand in the table."""
    texts, marks = shown_rows(report), signs()
    places = [
        (place, barred and each.cell is Cell.RATE, each.key in _LATE)
        for place, each in enumerate(report.columns)
        if each.brief
    ]

    def cells(row: ReportRow) -> list[Text]:
        return [
            _cell(text, row[place], marks, report.columns[place].cell, barred=bar, late=late)
            for (place, bar, late), text in zip(places, texts(row), strict=True)
        ]

    return cells


def _cell(text: str, value: Any, marks: Marks, cell: Cell, *, barred: bool, late: bool = False) -> Text:
    if isinstance(value, Light):
        return Text(f"{marks.light} {text}", style=_COLOURS[value])
    if isinstance(value, Change) and isinstance(value.now, int):
        return Text(f"{value.now} {value.moved:>2}", style="bold red" if late and value.now else "")
    if cell is Cell.TREND:
        return Text(_spark(value or ()), style="cyan")
    if barred and value is not None:
        full = int(value * _BAR)  # rounded down: a full bar means all
        return Text(f"{text:>6}  {marks.full * full}{marks.empty * (_BAR - full)}")
    if cell is Cell.RATE and value is None:
        return Text("-")  # a dash may be drawn two cells wide
    return Text(visible(text).replace("\t", " "), style="bold red" if late and value else "")


_SPARKS = "▁▂▃▄▅▆▇█"
_MANY = 10


def _spark(counts: Sequence[int]) -> str:
    """A line of small bars, the tallest for the greatest count and the flat one for none alone; or of digits."""
    if ascii_only():
        return "".join(str(count) if count < _MANY else "+" for count in counts)
    top = max(counts, default=0)
    return "".join(_SPARKS[-(-count * (len(_SPARKS) - 1) // top)] if count else _SPARKS[0] for count in counts)


# Layouts


def _laid_out(report: Report, rows: list[ReportRow], *, live: bool) -> RenderableType:
    """The rows in the best layout that fits: with bars, without, closer together, folded, words broken, as cards."""
    body = _body(report, rows)
    if not live:
        return Table(body, natural(body), GAPS[0])
    room = shutil.get_terminal_size().columns
    bars = _barred(report, rows)
    barred = [bars] if bars else []
    for whole, gap in [*((each, GAPS[0]) for each in barred), *((body, gap) for gap in GAPS)]:
        if sum(natural(whole)) + gap * (len(whole.columns) - 1) <= room:
            return Table(whole, natural(whole), gap)
    steps = steps_of(body)
    for wanted, gap in zip((steps.dates, steps.broken), GAPS, strict=True):
        inside = room - gap * (len(body.columns) - 1)
        if sum(wanted) <= inside:
            return Table(body, widths_within(steps, inside), gap)
    return cards_of(body)


def _aligned(report: Report, first: list[ReportRow], rest: Iterable[ReportRow]) -> Iterator[str]:
    """A record a line, aligned by the first ones; a longer cell moves the rest of its line, but is not cut."""
    body, cells = _body(report, first), _cells(report)
    widths = natural(body)
    rule = [Text(signs().rule * width) for width in widths]

    def line(row: list[Text]) -> str:
        texts = (one_line(cell.plain) for cell in row)
        return (" " * GAPS[0]).join(map(padded, texts, widths, body.columns)).rstrip() + "\n"

    yield from map(line, [body.heads, rule, *body.rows])
    yield from (line(cells(row)) for row in rest)
    if body.total:
        yield from map(line, [rule, body.total])
