"""What a report page is made of: headline figures and sections, each a report and how it is drawn.

Reports gather it and a writer turns it into a document; neither knows the other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from fugong.results.report import Report
from fugong.vocab import Words


class Headline(NamedTuple):
    """One headline number."""

    key: str
    head: Words
    value: int
    before: Words | None = None
    """What it was, and by how much it has changed."""


class Drawn(Enum):
    """How the numbers of a report are drawn."""

    BARS = auto()
    """A bar in every row, of one part after the other."""
    LINES = auto()
    """A line per part over the rows, which are days at equal distances; the table is folded, and not printed."""
    FIGURES = auto()
    """The first row, a headline per part, each beside what it was before."""


class Chart(NamedTuple):
    """A drawing of some columns of a report; the table of the same report is its alternative."""

    drawn: Drawn
    parts: Sequence[str]
    """The keys of the columns that are drawn, in their order; a part is coloured by its key."""


class Section(NamedTuple):
    """A titled part of the page. A report's rows are read once, when the section is written."""

    key: str
    report: Report
    nothing: Words
    """What is said where the report has no rows."""
    chart: Chart | None = None


class Entry(NamedTuple):
    """An item of a list."""

    id: str
    text: str
    more: Words
    """What is said under it."""
    warning: Words | None = None


class Link(NamedTuple):
    """A text that leads to a file beside the page."""

    text: str
    href: str

    def __str__(self) -> str:
        return self.text


class Entries(NamedTuple):
    """A list under a heading of its own."""

    head: Words
    number: int
    entries: Sequence[Entry]
    rest: Sequence[str]
    """The numbers of those that are not listed."""


class Lists(NamedTuple):
    """A titled part of the page with lists beside each other."""

    key: str
    title: Words
    lists: Sequence[Entries]


@dataclass(frozen=True, slots=True)
class Page:
    """A document for the meeting: who and when, the figures, the sections."""

    title: Words
    owner: str | None
    """The committee or county whose campaign it is."""
    cut: Words
    figures: Sequence[Headline]
    sections: Iterable[Section | Lists]
    periods: Sequence[Words] = ()
    """The periods that are compared, shown beside the cut-off."""
