"""Plain text: a header and one record a line, tab-separated. Data only, for a pipe: no title, no notes."""

from collections.abc import Iterable, Iterator

from fugong.output.cells import brief, heading, one_line, shown_rows, shown_total, visible
from fugong.results.report import Report
from fugong.vocab import Language, Words


def pieces(report: Report, *, header: Language | None = None) -> Iterator[str]:
    """A block of lines, the total last; after an empty line the block of the footer."""
    yield _line(heading(column.head, header) for column in brief(report))
    yield from map(_line, map(shown_rows(report), report.rows))
    if report.total is not None:
        yield _line(shown_total(report))
    if report.footer:
        yield "\n"
        yield from pieces(report.footer, header=header)


def lines(said: Iterable[Words]) -> Iterator[str]:
    """Sentences, a line each."""
    return (heading(words) + "\n" for words in said)


def _line(cells: Iterable[str]) -> str:
    texts = list(cells)
    line = "\t".join(texts)
    if "\n" in line or line.count("\t") >= len(texts):  # a cell of several lines, which is rare
        line = "\t".join(map(one_line, texts))
    return visible(line) + "\n"
