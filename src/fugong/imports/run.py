"""An import from end to end: one transaction, every bad row named, all or nothing unless told to keep going."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

from fugong import config, db
from fugong.domain import review, roster
from fugong.domain.writer import Writer
from fugong.errors import Refusal
from fugong.errors.entries import BadDate
from fugong.errors.imports import ImportFaults, NoHeader, OtherSheets, PrintedSheet, SeveralSheets, UnknownSheet
from fugong.imports import advice, lists, others, outcomes, people, profiles, rejects, telling, workbook
from fugong.imports.advice import Advice
from fugong.imports.cells import header, sheet_names, values
from fugong.imports.cells.account import Account
from fugong.imports.cells.body import SheetRow, records
from fugong.imports.cells.columns import NEEDED, UNIT_AND_PERSON, Field, said
from fugong.imports.cells.header import Table
from fugong.imports.cells.rows import Cells, Fault, both
from fugong.imports.cells.values import Unreadable, Years
from fugong.imports.files.opening import open_book
from fugong.imports.files.sheets import PASSED, Book, as_it_stands
from fugong.imports.names import Names
from fugong.imports.outcomes import Line, Lines
from fugong.imports.plan import Plan
from fugong.imports.problems import Problems
from fugong.imports.replacing import Replacing
from fugong.imports.resolve import Filing
from fugong.imports.stale import Listed
from fugong.lang import T, name_of
from fugong.store.session import TOGETHER
from fugong.vocab import Words
from fugong.vocab.importing import Imported, Outcome

MOST_FAULTS = 1000
"""How many faults are listed at most."""

Bad = dict[tuple[str, int], list[Fault]]
"""The faults of rows, by sheet and row."""


@dataclass(slots=True)
class Result:
    """What an import did, or would do."""

    lines: Lines = field(default_factory=Lines)
    counted: Counter[Outcome] = field(default_factory=Counter)
    notes: list[Words] = field(default_factory=list)
    """Printed before the rows: where the header is, the encoding, unknown columns."""
    hints: list[Words] = field(default_factory=list)
    """What to type next."""
    account: list[Words] = field(default_factory=list)
    """How many rows were records and what the others were: printed last."""
    rejects: list[Path] = field(default_factory=list)


class Taker(Protocol):
    """Takes rows of one kind."""

    def take(self, cells: Cells, extra: tuple[str, ...]) -> Line | None:
        """Write what a row says; None where it has a fault, which is noted."""


class _Undo(Exception):
    """Raised to roll back everything that this pass wrote."""


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
    bad: Bad = {}
    hints: list[Words] = []
    while True:
        try:
            with db.writing(location) as session:
                moment = config.now(roster.zone(session))
                rehearsal = plan.dry_run and not plan.all_sheets  # one sheet may be about what another brought
                writer = Writer.opened(
                    session, verb="import", actor=actor, moment=moment, many=True, rehearsal=rehearsal
                )
                run = _Pass(writer, location, path, profiles.used(writer, plan), bad, progress)
                run.go()
                run.stay()
                if bad and plan.rejects:
                    run.save_rejects(plan.rejects)
        except _Undo:
            hints += run.hints()
            if plan.dry_run:
                run.result.hints = hints
                return run.result
            if not plan.keep_going:
                raise _refusal(path, run, hints) from None
            bad |= run.faults
        else:
            run.result.hints = hints
            return run.result


def _refusal(path: Path, run: "_Pass", hints: Sequence[Words]) -> ImportFaults:
    faults = [(sheet, fault) for (sheet, _), row in run.faults.items() for fault in row]
    listed = [outcomes.sentence(sheet, fault) for sheet, fault in faults[:MOST_FAULTS]]
    if len(faults) > MOST_FAULTS:
        more = len(faults) - MOST_FAULTS
        listed.append(T(f"……还有 {more} 处", f"… and {more} more"))
    words = map(name_of, [*run.doubts, *hints, *run.result.account])
    return ImportFaults(path=path, count=len(faults), faults="\n".join([*listed, *words]))


class _Pass:
    """One reading of the file, with everything it would write."""

    def __init__(
        self,
        writer: Writer,
        location: str,
        path: Path,
        plan: Plan,
        bad: Mapping[tuple[str, int], list[Fault]],
        progress: Callable[[], None],
    ) -> None:
        self.result = Result()
        self.faults: Bad = {}
        """What was found in this pass."""
        self.doubts: list[Words] = []
        """What headings were taken for that may mean two things, and profiles that fit: told of refused files too."""
        self._plan = plan
        self._bad = bad
        self._progress = progress
        self._writer = writer
        self._advice = Advice(writer, location, path, plan)
        self._path = path
        self._names = Names(writer, plan.create)
        self._replacing = Replacing(plan.replaced)
        self._headings: dict[str, None] = {}
        """The names of all columns that were read."""
        self._spoilt: list[tuple[Table, Filing, list[SheetRow]]] = []

    def go(self) -> None:
        """Take every row of the one table of the file, or of all of them."""
        plan = self._plan
        by_name = plan.all_sheets and plan.ledger is None
        rank = workbook.place_of if by_name else as_it_stands
        try:
            book = open_book(self._path, sheet=plan.sheet, encoding=plan.encoding, rank=rank)
        except UnknownSheet as refusal:
            line = self._advice.of_sheet(refusal.params["candidates"][0])
            raise OtherSheets(**refusal.params, line=line) from None
        self.result.notes += book.notes
        hidden = [each for each in book.hidden if each not in workbook.LISTS]
        if hidden:
            self.result.notes.append(advice.hidden(hidden, self._advice.of_sheet(hidden[0])))
        for table in self._tables(book):
            self._take_table(table)
            self._writer.settle()
        if kept := profiles.keep(self._writer, plan, self._headings):
            self.result.notes.append(kept)
        self.result.notes += [
            Words(
                f"{read.record_kind.zh}「{given}」按「{read.name}」读",
                f"{read.record_kind.en} “{given}” was read as {read.name}",
            )
            for given, read in self._names.read_as.items()
        ]

    def stay(self) -> None:
        """Let what was written stay, unless it is a rehearsal or a row was refused."""
        if self._plan.dry_run or self.faults:
            raise _Undo

    def save_rejects(self, path: Path) -> None:
        """Write the bad rows beside the file, those of each sheet in a file of their own.

        Raises:
            OutputExists, CannotWrite: It cannot be done.
        """
        spoilt = [each for each in self._spoilt if each[2]]
        for table, filing, rows in spoilt:
            name = table.sheet.name
            own = path if len(spoilt) == 1 else path.with_name(f"{path.stem}.{_plain(name)}{path.suffix}")
            faults = {row.number: self._bad[name, row.number] for row in rows}
            rejects.save(own, table, filing, rows, faults, force=self._plan.force)
            self.result.rejects.append(own)

    def hints(self) -> Iterator[Words]:
        """What to type next where something was not understood."""
        return self._advice.for_unknown(self._names, chain.from_iterable(self.faults.values()))

    def _tables(self, book: Book) -> Iterator[Table]:
        """The one table of the file; with ``--all-sheets`` each that there is, as it is read."""
        plan = self._plan
        found: list[Table] = []
        others_, printed = list[str](), list[Table]()
        for sheet in book.sheets:
            named = workbook.kind_of(sheet.name) if plan.all_sheets and plan.ledger is None else None
            table = header.find(sheet, [plan.rows_about, *([named] if named else [])], plan.mapped)
            if table is None:
                others_ += [sheet.name] if sheet.name not in (*workbook.NOTES, *workbook.LISTS) else []
                continue
            if workbook.is_printed(table.headings):
                printed.append(table)
                continue
            found.append(table)
            if plan.all_sheets:
                yield table
        if not found:
            raise self._none(printed)
        self.result.notes += [PASSED] if printed else []
        if len(found) > 1 and not plan.all_sheets:
            names = [table.sheet.name for table in found]
            one, line = self._advice.of_sheet(names[0]), self._advice.of_all_sheets()
            raise SeveralSheets(candidates=names, one=one, line=line)
        if not plan.all_sheets:
            yield found[0]
        if others_:
            self.result.notes.append(advice.unread(others_, None if plan.all_sheets else self._advice.of_all_sheets()))

    def _none(self, printed: Sequence[Table]) -> Refusal:
        """Why a file has no table that can be read."""
        if printed:
            return PrintedSheet(path=self._path)
        needed = said(self._plan.rows_about, NEEDED[self._plan.rows_about])
        return NoHeader(path=self._path, needed=needed, near=self._advice.near())

    def _take_table(self, table: Table) -> None:
        plan = self._plan
        filing = self._filing(table)
        doubts = [*self._advice.decided(table), *self._advice.suggested(table)]
        self.doubts += doubts
        self.result.notes += [*advice.about(table, plan), *doubts]
        self._headings |= dict.fromkeys(table.headings)
        taker = self._taker_of(table.ledger, filing)
        columns = zip(table.fields, table.headings, strict=True)
        headings = {column: heading for column, heading in columns if column}
        if both := headings.get(UNIT_AND_PERSON):
            headings = {Field.DEPARTMENT: both, Field.PERSON: both} | headings
        account, spoilt = Account(), list[SheetRow]()
        self._spoilt.append((table, filing, spoilt))
        refused = 0
        for record in self._rows(table, account):
            known = self._bad.get((table.sheet.name, record.number))
            if known:
                spoilt.append(record)
            faults = known or self._take(taker, table, record, headings)
            if faults:
                refused += 1
                self._refuse(table, record, faults)
            self._progress()
        told = [*account.remarks(kept=plan.keep_unknown), account.total(table.ledger, refused)]
        if isinstance(taker, Problems) and taker.applied:
            told.append(telling.applied(taker.applied))
        if isinstance(taker, Problems) and taker.void:
            told.append(self._advice.reviving())
        self.result.account += [advice.of_sheet(table, words) for words in told] if plan.all_sheets else told

    def _rows(self, table: Table, account: Account) -> Iterator[SheetRow]:
        """The rows of a table; the names of some hundreds of problems are looked up together, before the first."""
        rows = records(table, account, skip_hidden=self._plan.skip_hidden)
        while some := list(islice(rows, TOGETHER)):
            if table.ledger is Imported.PROBLEMS:
                names = ([values.shown(row.cells.get(of)) for row in some] for of in (Field.TEAM, Field.ENTERPRISE))
                self._names.read_ahead(*names)
            yield from some

    def _take(self, taker: Taker, table: Table, record: SheetRow, headings: Mapping[Field, str]) -> list[Fault]:
        """Write what a row says; its faults, and then it is not written."""
        faults: list[Fault] = []
        values_ = self._replacing.cells(record.cells) if self._plan.replaced else record.cells
        cells = Cells(table.ledger, record.number, values_, headings, faults)
        extra = cells.kept(record.extra) if self._plan.keep_unknown else ()
        try:
            line = taker.take(cells, extra)
        except Refusal as refusal:
            line = None
            faults.append(Fault(record.number, "", "", both(refusal)))
        if line is None or faults:
            self.faults[table.sheet.name, record.number] = faults
            return faults
        self.result.counted[line.outcome] += 1
        if line.outcome is not Outcome.SAME or line.named or self._plan.dry_run:
            name = table.sheet.name
            self.result.lines.append(line._replace(sheet=name) if name else line)
        return []

    def _refuse(self, table: Table, record: SheetRow, faults: list[Fault]) -> None:
        self.result.counted[Outcome.REFUSED] += 1
        firm, text = (values.shown(record.cells.get(each)) or None for each in (Field.ENTERPRISE, Field.TEXT))
        for fault in faults:
            about = (None, firm, text, fault.column or None, fault.value or None, name_of(fault.words))
            self.result.lines.append(Line(table.sheet.name, record.number, Outcome.REFUSED, *about))

    def _filing(self, table: Table) -> Filing:
        """What holds for the whole sheet: what stands above its header, else what its own name says."""
        years = Years(self._plan.year, table.sheet.epoch)
        day = self._day(table.day, years) if table.day else None
        if table.day and day is None:
            self.result.notes.append(
                Words(f"填报日期「{table.day}」看不懂，没有采用", f"“{table.day}” is no date; ignored")
            )
        if day and years.year is None and not _YEAR.search(table.day or ""):
            self.result.notes.append(
                Words(f"填报日期「{table.day}」没有写年份，按 {day}", f"filed on “{table.day}”, taken as {day}")
            )
        years = years._replace(year=years.year or (day.year if day else None))
        unit = self._unit(table.unit)
        named = sheet_names.read(table.sheet.name)
        if unit is None and named.team and (unit := self._unit(named.team)):
            self._say_named(table, Words(f"帮扶组按「{unit}」", f"its team is {unit}"))
        if day is None and named.day and (day := self._day(named.day, years)):
            years = years._replace(year=years.year or day.year)
            self._say_named(table, Words(f"填报日期按 {day}", f"its day of filing is {day}"))
        reviews = review.reviewed(self._writer.session)
        return Filing(years, day, unit, reviewed=reviews, approved=self._plan.approved)

    def _say_named(self, table: Table, words: Words) -> None:
        name = table.sheet.name
        self.result.notes.append(
            Words(f"工作表叫「{name}」，没有另写，{words.zh}", f"the sheet is called “{name}”, so {words.en}")
        )

    def _day(self, typed: str, years: Years) -> date | None:
        """A day of filing; None where it cannot be understood. One without a year is the last that there was."""
        today = self._writer.today
        for year in (years.year,) if years.year else (None, today.year, today.year - 1):
            try:
                found = values.day(typed, years._replace(year=year))
            except (Unreadable, BadDate):
                continue
            if found and (found.day <= today + _AHEAD or year != today.year):
                return min(found.day, today)
        return None

    def _unit(self, unit: str | None) -> str | None:
        """The 填报单位, if it is a team."""
        try:
            if unit:
                self._names.team(unit)
        except Refusal:
            return None
        return unit

    def _taker_of(self, ledger: Imported, filing: Filing) -> Taker:
        listed = Listed(self._writer, self._plan.take, filing.day)
        match ledger:
            case Imported.PROBLEMS:
                return Problems(self._writer, self._names, filing, self._plan, self._advice.moving)
            case Imported.ENTERPRISES:
                return others.Enterprises(listed, self._names, filing)
            case Imported.TEAMS:
                return people.Teams(listed)
            case Imported.MEMBERS:
                return people.Members(listed, self._names, filing)
            case Imported.DEPARTMENTS:
                return lists.Departments(listed)
            case Imported.CATEGORIES:
                return lists.Categories(listed)
            case Imported.CAMPAIGN:
                return lists.Campaign(listed, filing)
            case Imported.ACTIVITIES:
                return others.Activities(listed, self._names, filing)


_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|\d{8}|[〇零○一二三四五六七八九]{4}年|\d\d年")
_AHEAD = timedelta(days=31)
"""A day of filing that lies so little ahead is a slip, and not one of last year."""


def _plain(name: str) -> str:
    """The name of a sheet as a part of a file's name."""
    return "".join("_" if each in '/\\:*?"<>|' or not each.isprintable() else each for each in name)
