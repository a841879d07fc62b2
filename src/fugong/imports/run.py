"""An import from end to end: one transaction, every bad row named, all or nothing unless told to keep going."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

from fugong import config, db
from fugong.domain import roster
from fugong.domain.drafts import BulkWriter
from fugong.domain.history import Writer
from fugong.errors import Refusal
from fugong.errors.entries import BadDate
from fugong.errors.imports import BadCreate, BadMap, ImportFaults, NoHeader, SeveralSheets
from fugong.imports import others, outcomes
from fugong.imports import rejects as mending
from fugong.imports.cells import header, values
from fugong.imports.cells.body import Record, records
from fugong.imports.cells.columns import NEEDED, Field, fields, said
from fugong.imports.cells.header import Table
from fugong.imports.cells.rows import Cells, Fault, both
from fugong.imports.cells.values import Unreadable, Years
from fugong.imports.files.sheets import open_book
from fugong.imports.outcomes import Line, Lines
from fugong.imports.problems import Problems
from fugong.imports.resolve import Filing, Names
from fugong.lang import T, listing, name_of
from fugong.vocab import Imported, Kind, Outcome, Words

MOST_FAULTS = 1000
"""Of the faults that are listed."""


class Plan(NamedTuple):
    """What the command line asks for."""

    ledger: Imported = Imported.PROBLEMS
    sheet: str | None = None
    encoding: str | None = None
    mapped: Mapping[str, str] = {}
    keep_unknown: bool = False
    year: int | None = None
    create: Collection[Kind] = ()
    dry_run: bool = False
    keep_going: bool = False
    rejects: Path | None = None
    """Where bad rows go, with ``keep_going``."""
    force: bool = False


@dataclass(slots=True)
class Result:
    """What an import did, or would do."""

    lines: Lines = field(default_factory=Lines)
    counted: Counter[Outcome] = field(default_factory=Counter)
    notes: list[Words] = field(default_factory=list)
    rejects: Path | None = None


class Taker(Protocol):
    """Takes rows of one kind."""

    def take(self, cells: Cells, extra: str | None) -> Line | None:
        """Write what a row says; None where it has a fault, which is noted."""


class _Undo(Exception):
    """Nothing of this pass is to stay."""


def mapping(given: Collection[str], ledger: Imported) -> dict[str, str]:
    """What ``--map 列名=字段`` says.

    Raises:
        BadMap: It is not of that form, or there is no such field.
    """
    known = {each.value: each.value for each in fields(ledger)}
    known |= {said(ledger, each).zh: each.value for each in fields(ledger)}
    result = {}
    for text in given:
        name, mark, target = text.rpartition("=")
        if not (name.strip() and mark and target.strip() in known):
            raise BadMap(given=text, candidates=[said(ledger, each) for each in fields(ledger)])
        result[name] = known[target.strip()]
    return result


def import_file(
    location: str, path: Path, plan: Plan, *, actor: str, progress: Callable[[], None] = lambda: None
) -> Result:
    """Import a ledger into the store.

    A row that is refused halfway leaves traces, so what is to stay is always written by a pass in which no row
    was refused: after a pass with bad rows, all is rolled back, and with ``keep_going`` run again without these.

    Args:
        location: Path or URL of the store.
        path: The file.
        plan: What was asked for.
        actor: Who imports it.
        progress: Called once a row.

    Raises:
        ImportFaults: Rows have faults; all are listed, and nothing was written.
        CannotRead, NoHeader, SeveralSheets, UnknownSheet, BadEncoding: The file cannot be understood.
    """
    bad: dict[int, list[Fault]] = {}
    while True:
        try:
            with db.writing(location) as session:
                writer = BulkWriter.opened(session, verb="import", actor=actor, moment=config.now(roster.zone(session)))
                run = _Pass(writer, path, plan, bad, progress)
                run.go()
                run.stay()
                if bad and plan.rejects:
                    mending.save(plan.rejects, run.table, run.filing, run.spoilt, bad, force=plan.force)
                    run.result.rejects = plan.rejects
        except _Undo:
            if plan.dry_run:
                return run.result
            if not plan.keep_going:
                raise _refusal(path, run) from None
            bad |= run.faults
        else:
            return run.result


def _refusal(path: Path, run: "_Pass") -> ImportFaults:
    faults = [fault for row in run.faults.values() for fault in row]
    listed = list(outcomes.sentences(run.table.sheet.name, faults[:MOST_FAULTS]))
    if len(faults) > MOST_FAULTS:
        more = len(faults) - MOST_FAULTS
        listed.append(T(f"……还有 {more} 处", f"… and {more} more"))
    return ImportFaults(path=path, count=len(faults), faults="\n".join([*listed, *map(name_of, run.hints(path))]))


class _Pass:
    """One reading of the file, with everything it would write."""

    def __init__(
        self, writer: BulkWriter, path: Path, plan: Plan, bad: Mapping[int, list[Fault]], progress: Callable[[], None]
    ) -> None:
        self.result = Result()
        self.faults: dict[int, list[Fault]] = {}
        """By the row's number: what was found in this pass."""
        self.spoilt: list[Record] = []
        self._plan = plan
        self._bad = bad
        self._progress = progress
        self._writer = writer
        self.table = self._open(path)
        self._names = Names(writer, plan.create)
        self.filing = self._filing(writer)
        self._taker = self._taker_of(writer)
        columns = zip(self.table.fields, self.table.headings, strict=True)
        self._headings = {column: heading for column, heading in columns if column}

    def go(self) -> None:
        """Take every row."""
        for record in records(self.table):
            self._take(record)
            self._progress()
        self._writer.settle()

    def stay(self) -> None:
        """Let what was written stay, unless it is a rehearsal or a row was refused."""
        if self._plan.dry_run or self.faults:
            raise _Undo

    def hints(self, path: Path) -> Iterator[Words]:
        """What to type next where names are unknown: all of a kind together."""
        for kind, option in _CREATED.items():
            names = [name for (of, name) in self._names.unknown if of is kind]
            if names:
                yield Words(
                    f"没有的{kind.zh} {len(names)} 个：{listing(names)}。确是新的，就加 --create 新建："
                    f"fugong import {path} --create {option}",
                    f"{len(names)} unknown ({kind.en}): {listing(names)}. If they are new, let them be made: "
                    f"fugong import {path} --create {option}",
                )

    def _take(self, record: Record) -> None:
        spoilt = self._bad.get(record.number)
        if spoilt:
            self.spoilt.append(record)
            self._refuse(record, spoilt)
            return
        faults: list[Fault] = []
        cells = Cells(self._plan.ledger, record.number, record.cells, self._headings, faults)
        extra = "；".join(f"{name}：{text}" for name, text in record.extra) if self._plan.keep_unknown else None
        try:
            line = self._taker.take(cells, extra or None)
        except Refusal as refusal:
            line = None
            faults.append(Fault(record.number, "", "", both(refusal)))
        if line is None or faults:
            self.faults[record.number] = faults
            self._refuse(record, faults)
        else:
            self.result.counted[line.outcome] += 1
            if line.outcome is not Outcome.SAME or self._plan.dry_run:
                self.result.lines.append(line._replace(sheet=self.table.sheet.name))

    def _refuse(self, record: Record, faults: list[Fault]) -> None:
        self.result.counted[Outcome.REFUSED] += 1
        firm, text = (values.shown(record.cells.get(each)) or None for each in (Field.ENTERPRISE, Field.TEXT))
        for fault in faults:
            about = (None, firm, text, fault.column or None, fault.value or None, name_of(fault.words))
            self.result.lines.append(Line(self.table.sheet.name, record.number, Outcome.REFUSED, *about))

    def _open(self, path: Path) -> Table:
        """The one table of the file."""
        plan = self._plan
        book = open_book(path, sheet=plan.sheet, encoding=plan.encoding)
        tables = [table for sheet in book.sheets if (table := header.find(sheet, plan.ledger, plan.mapped))]
        if len(tables) > 1:
            raise SeveralSheets(candidates=[table.sheet.name for table in tables])
        if not tables:
            raise NoHeader(path=path, needed=said(plan.ledger, NEEDED[plan.ledger]))
        self.result.notes += book.notes
        self.result.notes += _about(tables[0], plan)
        return tables[0]

    def _filing(self, writer: Writer) -> Filing:
        """What holds for the whole file."""
        typed, year = self.table.day, self._plan.year
        day: date | None = None
        if typed:
            try:
                found = values.day(typed, Years(year))
            except (Unreadable, BadDate):
                self.result.notes.append(
                    Words(f"填报日期「{typed}」看不懂，没有采用", f"“{typed}” is no date; ignored")
                )
            else:
                day = min(found.day, writer.today) if found else None
        return Filing(Years(year or (day.year if day else None)), day, self._unit())

    def _unit(self) -> str | None:
        """The 填报单位, if it is a team."""
        unit = self.table.unit
        try:
            if unit:
                self._names.team(unit)
        except Refusal:
            return None
        return unit

    def _taker_of(self, writer: BulkWriter) -> Taker:
        match self._plan.ledger:
            case Imported.PROBLEMS:
                return Problems(writer, self._names, self.filing)
            case Imported.ENTERPRISES:
                return others.Enterprises(writer, self._names, self.filing)
            case Imported.TEAMS:
                return others.Teams(writer, self._names, self.filing)
            case Imported.ACTIVITIES:
                return others.Activities(writer, self._names, self.filing)


_CREATED = {Kind.ENTERPRISE: "enterprises", Kind.DEPARTMENT: "departments"}


def creatable(given: Collection[str]) -> list[Kind]:
    """What ``--create enterprises,departments`` names.

    Raises:
        BadCreate: It names something else.
    """
    known = {option: kind for kind, option in _CREATED.items()}
    wanted = [part.strip() for text in given for part in text.replace("，", ",").split(",")]
    for each in wanted:
        if each not in known:
            raise BadCreate(given=each, candidates=list(known))
    return [known[each] for each in wanted]


def _about(table: Table, plan: Plan) -> Iterator[Words]:
    """What to tell of a file before its rows: where the header is, the encoding, the columns that nobody knows."""
    where = Words(f"表头在第 {table.row} 行", f"the header is row {table.row}")
    if table.sheet.name:
        where = Words(f"工作表「{table.sheet.name}」，{where.zh}", f"sheet “{table.sheet.name}”, {where.en}")
    if table.sheet.encoding:
        code = table.sheet.encoding.removesuffix("-sig").upper()
        where = Words(f"{where.zh}，编码 {code}", f"{where.en}, encoding {code}")
    yield where
    unknown = [name for name, field in zip(table.headings, table.fields, strict=True) if name and field is None]
    if unknown:
        zh, en = ("记入备注", "kept in the remark") if plan.keep_unknown else ("没有导入", "not imported")
        yield Words(f"不认得的列，{zh}：{listing(unknown)}", f"unknown columns, {en}: {listing(unknown)}")
