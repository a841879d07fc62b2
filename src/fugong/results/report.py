"""What a report hands to a writer: columns, rows, a total, and a footer. Neither knows the other."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum, auto
from itertools import chain, islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from fugong.values import ratios
from fugong.vocab import Coded, Words

if TYPE_CHECKING:
    from fugong.results.paper import Figures, Paper


class Cell(Enum):
    """How a value is shown to people. JSON always gets the bare value."""

    TEXT = auto()
    """A string as the user typed it."""
    COUNT = auto()
    """An integer, right-aligned."""
    RATIO = auto()
    """A ``Ratio``: 「59/73」 and its rate, 「—」 for 0/0."""
    RATE = auto()
    """A fraction from 0 to 1, or None for 0/0: 「80.8%」, 「—」; with a bar on a terminal."""
    CHANGE = auto()
    """A ``Change`` of a count: 「12 -3」 is twelve, three less than before."""
    PARTS = auto()
    """A ``Change`` of a ``Ratio``, of which people see the present one: 「8/11」."""
    TREND = auto()
    """A tuple of counts, one for each of some periods; drawn on a terminal."""
    DATE = auto()
    """A date as ISO text."""
    ABOUT = auto()
    """A date as ISO text, shown with 约 where the row's ``approximate`` is true."""
    DUE = auto()
    """A deadline as ISO text, shown with 推算 where the row's ``due_estimated`` is true."""
    MOMENT = auto()
    """An instant as ISO text in UTC, shown in the store's time zone."""
    CODE = auto()
    """A member of a ``vocab.Coded`` enum: JSON gets the code, people its name."""
    TERM = auto()
    """A ``Term``: JSON gets the code, people its name."""
    FLAG = auto()
    """A truth value: 是/否, yes/no; None (unknown) is blank."""
    LIST = auto()
    """A tuple of strings."""
    TERMS = auto()
    """A tuple of ``Term``."""
    CODES = auto()
    """A tuple of members of a ``vocab.Coded`` enum."""


class Term(NamedTuple):
    """An entry of one of the store's lists as reports carry it."""

    code: str
    zh: str
    en: str


class Ratio(NamedTuple):
    """A part of a whole, both counted."""

    part: int
    whole: int

    @property
    def rate(self) -> float | None:
        """From 0 to 1; None where the whole is nothing."""
        return ratios.rate(self.part, self.whole)

    def bare(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"count": self.part, "of": self.whole, "rate": self.rate}


class Change(NamedTuple):
    """A count or a ``Ratio`` of a period, beside that of the period before."""

    now: Any
    before: Any

    @property
    def moved(self) -> str:
        """By how much a count has changed, with its sign; nothing where it has not."""
        return f"{self.now - self.before:+d}" if self.now != self.before else ""

    def bare(self) -> dict[str, Any]:
        """As JSON has it."""
        if isinstance(self.now, Ratio):
            return {"now": self.now.bare(), "before": self.before.bare()}
        return {"now": self.now, "before": self.before, "change": self.now - self.before}


class Column(NamedTuple):
    """One column: its JSON key, its heading, and how its values are shown."""

    key: str
    head: Words
    cell: Cell = Cell.TEXT
    brief: bool = True
    """Whether tables and plain text show it; CSV and JSON always do."""
    machine: bool = True
    """Part of JSON."""
    blank: Words | None = None
    """What is shown to people where there is no value: 「未具名企业」."""
    short: Words | None = None
    """Its heading where there is little room."""
    codes: type[Coded] | None = None
    """For a code of the program: its enumeration, where it cannot be told from the rows."""
    null: bool | None = None
    """Whether JSON may have null, where that differs from other cells of its type (``nullable``)."""

    @property
    def nullable(self) -> bool:
        """Whether JSON may have null. Counts, truth values and lists always say something, unless declared."""
        return self.cell not in _SAYING if self.null is None else self.null


_SAYING = (Cell.COUNT, Cell.RATIO, Cell.FLAG, Cell.LIST, Cell.TERMS, Cell.CODES)


class Mapped(dict[str, Any]):
    """An object of JSON whose keys are the store's own: names, codes of its lists."""

    changes = False
    """Its keys are attributes, and each has what it was and what it is, whatever these are."""


class Fields(dict[str, Any]):
    """An object of JSON that is a row with names, whose types say what its keys hold."""

    def __init__(self, row: Any) -> None:
        super().__init__(row._asdict())
        self.of: type[Any] = type(row)


class Changes(Mapped):
    """What an event changed."""

    changes = True


class Report(NamedTuple):
    """Rows with the columns that explain them.

    ``rows`` may be a generator and is read once; every row is a tuple as long as ``columns``.
    """

    title: Words
    columns: Sequence[Column]
    rows: Iterable[tuple[Any, ...]]
    total: tuple[Any, ...] | None = None
    """A last row that sums the others."""
    facts: Mapping[str, Any] = MappingProxyType({})
    """More of the JSON document, beside ``items``: ``as_of``, ``published``."""
    notes: Iterable[Words] = ()
    """Sentences under a table, plain text or Markdown listing for people; read once, after the rows."""
    footer: "Report | None" = None
    """A second, small table under the first, for people; JSON has it in ``facts``."""
    upright: bool = False
    """For people, each row as lines of heading and value: what ``show`` prints."""
    document: dict[str, Any] | None = None
    """The whole JSON document, where it is more than rows."""
    parts: Mapping[str, "Report"] = MappingProxyType({})
    """What each item of that document has besides the columns: lists of rows."""
    lines: Iterable[Words] | None = None
    """The same in sentences, ready to paste into a chat group (``--format text``)."""
    subtitle: Words | None = None
    """What a table says behind its title: of which days it is."""
    zone: str = "Asia/Shanghai"
    """The store's time zone, in which moments are shown."""
    flat: "Report | None" = None
    """The same in one table, for the formats that hold only one: CSV and JSON."""
    nothing: Words = Words("没有记录。", "There is nothing.")
    """What a table says that has no rows."""
    spare: Sequence[str] = ()
    """The columns that are left out on a narrow terminal, in this order."""
    short_names: Callable[[], Mapping[str, str]] | None = None
    """What the long names in it are called for short; asked only where there is little room."""
    marked: re.Pattern[str] | None = None
    """Matches what is printed bold in texts on a terminal: the words that were searched for."""
    on_screen: "OnScreen | None" = None
    """What it does otherwise where it is fitted to a terminal."""
    papers: Sequence["Paper | Figures"] = ()
    """The same for people and printers, as the first sheets of a workbook, or as all of them where they are figures."""
    size: Callable[[], int] | None = None
    """How many rows there are; asked only where somebody watches the progress of a long report."""


class OnScreen(NamedTuple):
    """What a table that is fitted to a terminal does otherwise."""

    title: Words | None = None
    """What it is called there, if not the same."""
    dated: Words | None = None
    """The cut-off with its weekday, behind that title; the first note, which says it elsewhere, is left out for it."""
    wide: Sequence[str] = ()
    """The columns that only ``--wide`` shows."""
    said: Words | None = None
    """What explains its headings, last of all."""

    def of(self, report: Report) -> Report:
        """The report as it is fitted."""
        titled = report._replace(title=self.title or report.title)
        if self.said and report.footer:
            titled = titled._replace(footer=report.footer._replace(notes=(*report.footer.notes, self.said)))
        elif self.said:
            titled = titled._replace(notes=chain(report.notes, (self.said,)))
        if self.dated is None:
            return titled
        return titled._replace(subtitle=self.dated, notes=islice(titled.notes, 1, None))


class Cover(NamedTuple):
    """What stands under the title of a sheet that is handed in."""

    office: str | None
    """Who hands it in (填报单位); None leaves room to write on."""
    as_of: str
    """The cut-off (填报日期), as ISO text."""
    annex: int | None = None
    """Which annex (附件) it is."""
    large: bool = False
    """On A3."""
    whose: str = ""
    """The county and its campaign, as titles begin."""


def utc(value: datetime | str) -> str:
    """An instant as JSON has it: ISO, in UTC, with a Z."""
    if isinstance(value, str) and value.endswith("Z"):  # as the store keeps it
        return value
    return instant(value).astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def instant(value: datetime | str) -> datetime:
    """An instant from what a report hands over: ISO text without an offset is UTC."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


_BARE: dict[Cell, Callable[[Any], Any]] = {
    Cell.RATIO: Ratio.bare,
    Cell.CHANGE: Change.bare,
    Cell.PARTS: Change.bare,
    Cell.TREND: list,
    Cell.DATE: str,
    Cell.DUE: str,
    Cell.ABOUT: str,
    Cell.MOMENT: utc,
    Cell.CODE: lambda member: str(member.value),
    Cell.TERM: lambda term: str(term.code),
    Cell.FLAG: bool,
    Cell.LIST: list,
    Cell.TERMS: lambda terms: [str(term.code) for term in terms],
    Cell.CODES: lambda members: [str(member.value) for member in members],
}
"""By type of cell: how its value becomes JSON, where it is not JSON already."""


def record(columns: Sequence[Column]) -> Callable[[tuple[Any, ...]], dict[str, Any]]:
    """A function from a row to its machine columns as JSON has them: codes, ISO dates, instants in UTC."""
    places = [(place, each.key, _BARE.get(each.cell)) for place, each in enumerate(columns) if each.machine]

    def made(row: tuple[Any, ...]) -> dict[str, Any]:
        return {
            key: bare(row[place]) if bare is not None and row[place] is not None else row[place]
            for place, key, bare in places
        }

    return made
