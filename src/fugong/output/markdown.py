"""Markdown: a pipe table to paste into a document or a chat, with its title, notes and footer."""

import re
from collections.abc import Iterable, Iterator

from fugong.output.cells import brief, heading, one_line, shown_rows, shown_total, visible
from fugong.results.report import Cell, Column, Report
from fugong.vocab import Language

_MARKUP = re.compile(r"[\\`*_\[\]<>|&~]")
"""What Markdown would act on in a line of running text, HTML and entities among it."""


def pieces(report: Report, *, header: Language | None = None, level: int = 2) -> Iterator[str]:
    """The report as a section with a heading of this level."""
    yield f"{'#' * level} {escaped(one_line(heading(report.title, header)))}\n\n"
    if report.subtitle:
        yield f"{escaped(one_line(heading(report.subtitle, header)))}\n\n"
    columns = brief(report)
    yield _line(_cell(heading(column.head, header)) for column in columns)
    yield _line(map(_ruler, columns))
    texts = shown_rows(report)
    for row in report.rows:
        yield _line(map(_cell, texts(row)))
    if report.total is not None:
        yield _line(map(_bold, shown_total(report)))
    before = "\n"
    for note in report.notes:
        yield f"{before}- {escaped(one_line(heading(note, header)))}\n"
        before = ""
    if report.footer:
        yield "\n"
        yield from pieces(report.footer, header=header, level=level + 1)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _ruler(column: Column) -> str:
    return "---:" if column.cell in (Cell.COUNT, Cell.RATE, Cell.CHANGE, Cell.PARTS) else "---"


def _bold(text: str) -> str:
    cell = _cell(text).strip()
    return cell and f"**{cell}**"


def _cell(text: str) -> str:
    return escaped(visible(text)).replace("\n", "<br>").replace("\t", " ")


def escaped(text: str) -> str:
    """The text such that Markdown shows it character for character."""
    return _MARKUP.sub(r"\\\g<0>", text)
