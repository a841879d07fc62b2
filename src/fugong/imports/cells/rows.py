"""A row of a problem ledger: what its cells say, before anything is looked up in the store."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, partial
from typing import Any, NamedTuple

from fugong.attributes import Attribute, of
from fugong.attributes.problems import VISIT
from fugong.errors import Refusal
from fugong.imports.cells import joined, marks, units, values
from fugong.imports.cells.columns import Field, said
from fugong.imports.cells.marks import State
from fugong.imports.cells.values import Day, Unreadable, Years
from fugong.imports.files.sheets import Cell
from fugong.lang import name_of
from fugong.results.report import Cell as Shown
from fugong.values.texts import NAME, TEXT
from fugong.vocab import Kind, Status, Words
from fugong.vocab.importing import Imported as Ledger


class Fault(NamedTuple):
    """What is wrong with a cell of a row."""

    row: int
    column: str
    value: str
    words: Words
    field: str = ""


class LedgerRow(NamedTuple):
    """What a row says. None or empty: the cell is blank; ``given`` tells which columns there are."""

    text: str | None
    enterprise: str | None
    given: frozenset[Field]
    uid: str | None = None
    team: str | None = None
    category: str | None = None
    found_on: date | None = None
    approximate: bool = False
    department: tuple[str, ...] = ()
    """The first is the lead; others in the same cell assist."""
    assist: tuple[str, ...] = ()
    how: str | None = None
    progress: str | None = None
    status: Status | None = None
    """As the row's columns together have it; None: they do not say."""
    live: bool = False
    """It says that it is not closed (是否销号: 否), whatever else."""
    closed_on: date | None = None
    applied_on: date | None = None
    """When it was solved (办结): where closings are reviewed, the day of the application."""
    closed_about: bool = False
    remark: str | None = None
    version: str | None = None
    """Of an export of ours: what the row said when it was made."""
    phone: bool = False
    """A telephone number stands beside the person's name; it is not taken."""
    contradicts: str | None = None
    """Closing words in the progress of a row that another column says is not closed."""
    extra: tuple[str, ...] = ()
    """What unknown columns say, to be kept in the remark."""
    about: tuple[tuple[str, Any], ...] = ()
    """What else its columns say of the problem, by the names of its attributes; None: the cell is blank."""
    visit: tuple[tuple[Field, str], ...] = ()
    """What it says, in any words, of a return visit."""

    def about_another(self, text: str | None, enterprise: str | None) -> "LedgerRow":
        """The same of another problem of another firm."""
        return LedgerRow(text, enterprise, *self[2:])


class Cells:
    """The cells of one row by field; reading one notes its fault instead of stopping."""

    def __init__(
        self, ledger: Ledger, number: int, cells: Mapping[Field, Cell], names: Mapping[Field, str], faults: list[Fault]
    ) -> None:
        """Take a row.

        Args:
            ledger: What the rows are about.
            number: The row's number as Excel shows it.
            cells: What stands in the known columns.
            names: How the file itself calls these columns.
            faults: Where to note what cannot be read.
        """
        self.ledger = ledger
        self.number = number
        self.cells = cells
        self._names = names
        self.faults = faults

    def read(self, field: Field, reader: Callable[..., Any], *more: Any) -> Any:
        """The value of a cell; None where it is blank or has a fault, which is noted."""
        cell = self.cells.get(field)
        if cell is None:
            return None
        if isinstance(cell, str) and cell[:1] in values.ERRORS_BEGIN and values.is_error(cell):
            self.fault(field, values.FAILED)
            return None
        try:
            return reader(cell, *more)
        except (Unreadable, Refusal):
            return self.reads(field, partial(reader, cell, *more))  # once more, to note what is wrong

    def reads(self, field: Field, reader: Callable[[], Any]) -> Any:
        """What a reader makes of a cell; None where that has a fault, which is noted."""
        try:
            return reader()
        except Unreadable as unreadable:
            self.fault(field, unreadable.words)
        except Refusal as refusal:
            self.fault(field, both(refusal))
        return None

    def words(self, field: Field) -> Words:
        """What the field is called in refusals."""
        return said(self.ledger, field)

    def text(self, field: Field) -> str | None:
        """A text of several lines."""
        if self.cells.get(field) is None:
            return None
        found: str | None = self.read(field, values.text, said(self.ledger, field))
        return found

    def line(self, field: Field, limit: int = NAME) -> str | None:
        """A short text."""
        if self.cells.get(field) is None:
            return None
        found: str | None = self.read(field, values.line, said(self.ledger, field), limit)
        return found

    def person(self, field: Field) -> str | None:
        """A name, without the telephone number that may stand beside it."""
        said = self.line(field)
        return (joined.without_phone(said) or None) if said else None

    def several(self, field: Field) -> tuple[str, ...]:
        """Names in one cell."""
        return self.read(field, values.several, said(self.ledger, field)) or ()

    def units(self, field: Field) -> tuple[str, ...]:
        """Names of units in one cell, whoever leads first."""
        if self.cells.get(field) is None:
            return ()
        return self.read(field, units.units, said(self.ledger, field)) or ()

    def flag(self, field: Field) -> bool:
        """是 or 否; blank is 否."""
        return bool(self.read(field, marks.yes))

    def kept(self, extra: Iterable[tuple[str, Cell]]) -> tuple[str, ...]:
        """What unknown columns say, to be kept in the remark with their names."""
        said = []
        for name, cell in extra:
            try:
                text = values.text(cell, Words(name, name))
            except Unreadable as unreadable:
                self.faults.append(Fault(self.number, name, values.shown(cell), unreadable.words))
            except Refusal as refusal:
                self.faults.append(Fault(self.number, name, values.shown(cell), both(refusal)))
            else:
                said.append(f"{name}：{text}")
        return tuple(said)

    def fault(self, field: Field, words: Words) -> None:
        """Note that a cell is wrong."""
        name = self._names.get(field) or name_of(self.words(field))
        value = "" if field is Field.PHONE else values.shown(self.cells.get(field))  # no fault repeats a number
        self.faults.append(Fault(self.number, name, value, words, field))


def both(refusal: Refusal) -> Words:
    """A refusal in both languages."""
    return Words(refusal.sentence(chinese=True), refusal.sentence(chinese=False))


def problem(row: Cells, years: Years, extra: tuple[str, ...]) -> LedgerRow:
    """Read a row of a problem ledger.

    Args:
        row: Its cells.
        years: What a date without a year means.
        extra: What its unknown columns say, to be kept in the remark.
    """
    how = row.text(Field.HOW)
    found: Day | None = row.read(Field.FOUND_ON, values.day, years)
    told, progress = marks.progress(row.text(Field.PROGRESS))
    stated: State | None = row.read(Field.STATUS, marks.status)
    struck: State | None = row.read(Field.CLOSED, marks.struck)
    solved: Day | None = row.read(Field.DONE_ON, values.day, years)
    done: Day | None = row.read(Field.CLOSED_ON, values.day, years) or solved
    done = done or _named_day(row, {Field.CLOSED: struck, Field.STATUS: stated, Field.PROGRESS: told}, years)
    status = _status((stated or told or _UNSTATED).status, struck and struck.status is Status.CLOSED, done)
    kept = [each.said for each in (stated, struck) if each and each.said]
    if status is Status.CLOSED:
        explained = next((each.explained for each in (stated, struck) if each and each.explained), None)
        if explained:
            how = _joined(dict.fromkeys([explained, how]))
        elif kept and not how:
            how = kept.pop(0)
    return LedgerRow(
        given=frozenset(row.cells),
        uid=row.line(Field.UID),
        team=row.line(Field.TEAM),
        enterprise=firm(row),
        category=row.line(Field.CATEGORY),
        text=_text(row),
        department=row.units(Field.DEPARTMENT),
        assist=row.units(Field.ASSIST),
        how=how,
        found_on=found.day if found else None,
        approximate=row.flag(Field.APPROXIMATE) or bool(found and found.approximate),
        progress=_joined(dict.fromkeys([*kept, progress])),
        status=status,
        live=struck is not None and struck.status is not Status.CLOSED,
        closed_on=done.day if done and status is not Status.PENDING else None,
        applied_on=applied.day if (applied := solved or done) else None,
        closed_about=bool(done and done.approximate),
        remark=row.text(Field.REMARK),
        version=row.line(Field.VERSION),
        phone=joined.has_phone(row.cells.get(Field.PERSON)),
        contradicts=_contradiction(row, told, stated or struck, status),
        extra=extra,
        about=tuple((field.value, read(row, field)) for field, read in _about().items() if field in row.cells),
        visit=tuple((field, said) for field in _VISIT if (said := row.text(field))),
    )


def _contradiction(row: Cells, told: State | None, stated: State | None, status: Status | None) -> str | None:
    """What the progress says of a row as closed, if another column says that it is not."""
    said = row.text(Field.PROGRESS)
    if said is None or stated is None or status is Status.CLOSED:
        return None
    return said if (told and told.status is Status.CLOSED) or marks.ends_closed(said) else None


def _text(row: Cells) -> str | None:
    """What the problem is: what a work order is called stands before what it says, unless that says it too."""
    title, text = row.text(Field.TITLE), row.text(Field.TEXT)
    return f"{title}：{text}" if title and text and title not in text else text or title


_UNSTATED = marks.State(None)


def _named_day(row: Cells, states: Mapping[Field, State | None], years: Years) -> Day | None:
    """The closing day that a state names itself: 是（3月12日）."""
    for field, state in states.items():
        if state and state.status is Status.CLOSED and state.on:
            day: Day | None = row.reads(field, partial(values.day, state.on, years))
            return day
    return None


_SPECIAL = {
    Field.UID, Field.TEAM, Field.ENTERPRISE, Field.CATEGORY, Field.TEXT, Field.FOUND_ON, Field.APPROXIMATE,
    Field.DEPARTMENT, Field.ASSIST, Field.HOW, Field.DUE_ON, Field.DUE_RULE, Field.STATUS, Field.CLOSED_ON,
    Field.REMARK, Field.VERSION,
}  # fmt: skip
"""What means something only together with other cells, or with what the store has."""
_VISIT = [Field(each) for each in VISIT]


@cache
def _about() -> Mapping[Field, Callable[[Cells, Field], Any]]:
    """How the attributes are read that one cell says by itself."""
    of_a_cell = {Field(each.name): each for each in of(Kind.PROBLEM) if each.headings is not None}
    return {field: _reader(each) for field, each in of_a_cell.items() if field not in {*_SPECIAL, *_VISIT}}


def _reader(attribute: Attribute) -> Callable[[Cells, Field], Any]:
    """How a cell is read that holds an attribute."""
    if attribute.name == Field.PERSON:
        return Cells.person
    match attribute.cell:
        case Shown.FLAG:
            return Cells.flag
        case Shown.CODE:
            return lambda row, field: row.read(field, marks.code, attribute.codes)
        case Shown.LIST:
            return Cells.several
        case _ if attribute.limit == TEXT:
            return Cells.text
        case _:
            return lambda row, field: row.line(field, attribute.limit or NAME)


def firm(row: Cells) -> str | None:
    """The enterprise's name; a dash or 无 is none."""
    name = row.line(Field.ENTERPRISE)
    return None if name in ("-", "—", "/", "无", "未具名企业") else name


def _status(stated: Status | None, struck: bool | None, done: Day | None) -> Status | None:
    """Where the problem stands: 是否销号 decides, then the state in words, then whether there is a closing date."""
    if stated is Status.VOID or struck is None:
        return stated or (Status.CLOSED if done else None)
    if struck:
        return Status.CLOSED
    return Status.DOING if stated is Status.CLOSED or (done and not stated) else stated  # 办结 is not yet 销号


def _joined(parts: Iterable[str | None]) -> str | None:
    """Parts of a remark as one text."""
    return "；".join(filter(None, parts)) or None
