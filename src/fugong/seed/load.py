"""Loading seed files: one transaction, every fault listed, nothing written unless all is well.

A changed file is merged three ways against what was last loaded: an attribute that nobody touched follows
the file; one that people edited stays and is reported; a row gone from the file stays; a status never
goes back. Loading the same file twice changes nothing.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar

from pydantic import ValidationError

from fugong import config, db
from fugong.attributes import named
from fugong.domain import roster
from fugong.domain.history import Writer, portable
from fugong.errors import Refusal
from fugong.errors.entries import FutureDate
from fugong.errors.names import NameTaken
from fugong.queries import deadlines
from fugong.queries.deadlines import Due
from fugong.reports.history import Values
from fugong.seed import rows, sections
from fugong.seed.bases import Base, Bases
from fugong.seed.fault_list import Noted
from fugong.seed.faults import Location, quoted
from fugong.seed.result import Kept, Result, Tally
from fugong.seed.yaml_records import Reader
from fugong.seed.yaml_records import Record as Entry
from fugong.store.records import Department, Enterprise, Problem, Record, Team, Term
from fugong.store.session import Session
from fugong.store.spill import Memo
from fugong.vocab import Kind, ListName, Words

CHUNK = 500
"""Rows of a section that are merged before anything is stored, so that each question is asked once for all of them."""
MOST_FOUND = 5000
"""Of the answers of the store, those that are kept at hand."""

T_ = TypeVar("T_")


def _term(list_name: ListName, session: Session, code: str) -> Term:
    return roster.find_term(session, list_name, code)


_LISTS = {
    "categories": ListName.CATEGORY,
    "publicity": ListName.PUBLICITY,
    "supervision": ListName.SUPERVISION,
    "service": ListName.SERVICE,
    "milestones": ListName.MILESTONE,
    "deadlines": ListName.DEADLINE,
}

_FIND_TERM = {list_name: partial(_term, list_name) for list_name in ListName}
_SECTIONS: dict[str, tuple[type[rows.Row], Callable[[], sections.Section[Any]]]] = {
    "campaign": (rows.CampaignRow, sections.Campaigns),
    "departments": (rows.DepartmentRow, sections.Departments),
    "teams": (rows.TeamRow, sections.Teams),
    "enterprises": (rows.EnterpriseRow, sections.Enterprises),
    "members": (rows.MemberRow, sections.Members),
    "problems": (rows.ProblemRow, sections.Problems),
    "activities": (rows.ActivityRow, sections.Activities),
    "milestones": (rows.MilestoneRow, sections.Milestones),
    "practices": (rows.PracticeRow, sections.Practices),
    "figures": (rows.FigureRow, sections.Figures),
}

_ORDER = list(rows.Seed.model_fields)
_SINGLE = ("as_of", "campaign", "lists")
"""The sections that are no lists of rows."""
_LIST = Words("应是列表，每项前写一个 -", "must be a list, each item after a -")
_NO_LIST = Words("不是列表，请去掉前面的 -", "is no list; remove the - before it")


def load_files(
    location: str, paths: Sequence[Path], *, actor: str, progress: Callable[[], None] = lambda: None
) -> Result:
    """Load seed files into the store, which is created if there is none.

    Args:
        location: Path or URL of the store.
        paths: The files, read in this order, all in one transaction.
        actor: Who loads them.
        progress: Called once a row.

    Raises:
        CannotRead: A file cannot be read.
        SeedFaults: The files have faults; all are listed, and nothing was written.
    """
    opened = db.writing if db.exists(location) else db.creating
    result = Result()
    with opened(location) as session:
        moment = config.now(roster.zone(session))
        writer = Writer.opened(session, verb="load", actor=actor, moment=moment, many=True)
        for path in paths:
            load_into(writer, path, result, progress)
    return result


def load_into(
    writer: Writer,
    path: Path,
    result: Result,
    progress: Callable[[], None] = lambda: None,
    *,
    only: str | None = None,
) -> None:
    """Load a seed file as part of a command.

    Args:
        writer: The command.
        path: The file.
        result: What it does is added to this.
        progress: Called once a row.
        only: The one section to take, if not all.

    Raises:
        CannotRead, SeedFaults: As for ``load_files``.
    """
    _Load(writer, path, result, progress, only).run()


class _Stated(NamedTuple):
    """A valid row, where it stands, what it is known by, and all it says as JSON."""

    entry: Entry
    within: Location
    row: rows.Row
    key: str
    content: str

    @classmethod
    def of(cls, section: sections.Section[Any], row: Any, entry: Entry, within: Location = ()) -> Self:
        """A row of a section."""
        return cls(entry, within, row, section.key(row), row.model_dump_json(exclude_unset=True))


class _Load:
    """The load of one file."""

    def __init__(
        self, writer: Writer, path: Path, result: Result, progress: Callable[[], None], only: str | None
    ) -> None:
        self.writer = writer
        self.session: Session = writer.session
        self.as_of: date = writer.today
        self._result = result
        self._progress = progress
        self._only = only
        self._reader = Reader(path)
        self._noted = Noted(path, self._reader.faults)
        self._entry: Entry
        self._within: Location = ()
        self._where: Location = ()
        self._row: tuple[Kind, str] = (Kind.CAMPAIGN, "")
        self._tally = Tally()
        self._seen = Memo()
        """By kind and key: nothing but that there was such a row."""
        self._claimed = Memo()
        """By uid of a record: the key of the row that is about it."""
        self._incomplete = False
        self._reading_base = False
        self._dated = False
        self._reached = -1
        self._found: dict[tuple[str, str, str], Any] = {}
        self._sections: dict[str, sections.Section[Any]] = {}
        self._bases = Bases(self.session)
        self._values = Values(self.session.rows)

    def run(self) -> None:
        """Read every row, then refuse if any has a fault."""
        for chunk in _chunks(self._reader):
            if self._only in (None, chunk[0].section):
                self._section(chunk)
            self.writer.settle()
            self._bases.settle()
            for _ in chunk:
                self._progress()
        if not self._dated and not self._only and (self._reached >= 0 or not self._noted):
            self._noted.missing(Words("缺少「as_of」", "“as_of” is missing"))
        self._noted.refuse()

    # What sections ask for (sections.Refers)

    def team(self, code: str, *where: str | int) -> Team:
        return self._refer("teams", code, where, roster.find_team)

    def enterprise(self, name: str, *where: str | int) -> Enterprise:
        return self._refer("enterprises", name, where, roster.find_enterprise)

    def department(self, name: str, *where: str | int) -> Department:
        return self._refer("departments", name, where, roster.find_department)

    def term(self, list_name: ListName, code: str, *where: str | int) -> Term:
        return self._refer("lists", code, where, _FIND_TERM[list_name], list_name)

    def problem(self, key: str, *where: str | int) -> Problem:
        return self._refer("problems", key, where, roster.find_problem_by_key)

    def due(self, text: str, on: date) -> Due:
        self.stands_at("due")

        def read(session: Session, _: str) -> Due:
            return deadlines.read(session.rows, text, on, self.writer.today)

        return self._ask(read, "due", on.isoformat(), text)

    def stands_at(self, *where: str | int) -> None:
        self._where = where

    def fault(self, words: Words, *where: str | int) -> None:
        self._incomplete = True
        self._noted.note(self._entry, (*self._within, *where), words)

    def kept(self, attribute: str, ledger: Any, file: Any) -> None:
        kind, key = self._row
        about = named(kind, attribute)
        said = (self._values.said(about, self._values.named(each)) for each in (ledger, file))
        self._result.kept.append(Kept(_name(kind), key, about.words, *said))

    def _refer(
        self, section: str, given: str, where: Location, find: Callable[[Session, str], T_], within: str = ""
    ) -> T_:
        """What a name refers to. A refusal is noted, and the row read on, so that all its faults are listed."""
        self._where = where
        found: T_ | None = self._found.get((section, within, given))
        if found is not None:
            return found
        try:
            return self._ask(find, section, within, given)
        except Refusal as refusal:
            self._dangles(section, given, refusal)
            return None  # type: ignore[return-value]  # the row is not merged, see _merge

    def _ask(self, find: Callable[[Session, str], T_], about: str, within: str, given: str) -> T_:
        """What the store says of a text, which is asked once."""
        asked = (about, within, given)
        found: T_ | None = self._found.get(asked)
        if found is None:
            if len(self._found) >= MOST_FOUND:
                self._found.clear()
            found = self._found[asked] = find(self.session, given)
        return found

    def _dangles(self, section: str, given: str, refusal: Refusal) -> None:
        """Note that a name leads nowhere, unless it may mean a row that has a fault itself."""
        if self._reading_base:
            return
        self._incomplete = True
        if not self._noted.may_mean_a_spoilt_row(section, given):
            self._refused(refusal)

    # Rows

    def _section(self, chunk: Sequence[Entry]) -> None:
        """Entries of one section: rows of a list, or one of the three sections that are no lists."""
        entry = chunk[0]
        section = entry.section
        if section not in _ORDER:
            self._noted.once(entry, Words(f"没有「{section}」这一节", f"there is no section “{section}”"))
            return
        at = _ORDER.index(section)
        if at < self._reached:
            before = _ORDER[self._reached]
            self._noted.once(
                entry, Words(f"「{section}」要写在「{before}」之前", f"“{section}” must stand before “{before}”")
            )
        self._reached = max(at, self._reached)
        self._dated = self._dated or section == "as_of"
        if entry.item is (section in _SINGLE):
            it, shape = quoted(section), _NO_LIST if entry.item else _LIST
            self._noted.once(entry, Words(f"{it.zh}{shape.zh}", f"{it.en} {shape.en}"))
        elif section == "as_of":
            for each in chunk:
                self._as_of(each)
        elif section == "lists":
            for each in chunk:
                self._lists(each)
        else:
            model, make = _SECTIONS[section]
            merged = self._sections.setdefault(section, make())
            valid = ((each, self._validated(each, model, each.value)) for each in chunk)
            stated = [_Stated.of(merged, row, each) for each, row in valid if row]
            if stated:
                self._take(merged, stated)

    def _as_of(self, entry: Entry) -> None:
        """Take the cut-off; one that has not come would put undated acts into the future."""
        try:
            stated = rows.Seed.model_validate({"as_of": entry.value}).as_of
        except ValidationError as error:
            self._noted.invalid(entry, error, drop=1)
            return
        if stated > self.writer.today:
            self._noted.refused(entry, (), FutureDate(date=stated, today=self.writer.today))
        else:
            self.as_of = stated

    def _lists(self, entry: Entry) -> None:
        lists = self._validated(entry, rows.ListsRow, entry.value)
        if lists is None:
            return
        for name, list_name in _LISTS.items():
            section = sections.Terms(list_name)
            stated = [_Stated.of(section, row, entry, (name, at)) for at, row in enumerate(getattr(lists, name))]
            if stated:
                self._take(section, stated)

    def _take(self, section: sections.Section[Any], stated: Sequence[_Stated]) -> None:
        """Merge valid rows of one section, or note why they cannot be. The store is asked once for all of them."""
        bases = self._bases.read(section.kind.value, [each.key for each in stated])
        changed = [each.row for each in stated if each.key not in bases or bases[each.key].content != each.content]
        section.look_up(self, changed)
        self._tally = self._result.tallies.setdefault(_name(section.kind), Tally())
        for each in stated:
            self._take_one(section, each, bases.get(each.key))

    def _take_one(self, section: sections.Section[Any], stated: _Stated, base: Base | None) -> None:
        entry, within, _, key, _ = stated
        self.stands_at()
        self._incomplete = False
        stands = f"{section.kind.value} {key}"
        if self._seen.of(stands):
            zh, en = f"「{key}」在文件里出现了两次", f"“{key}” stands in the file twice"
            self._noted.note(entry, within, Words(zh, en))
            return
        self._seen.add(stands)
        self._entry, self._within = entry, within
        self._row = section.kind, key
        try:
            self._merge(section, stated, base)
        except Refusal as refusal:
            self._refused(refusal)
            self._incomplete = True
        if self._incomplete:
            self._noted.spoil(entry)

    def _refused(self, refusal: Refusal) -> None:
        """Note a refusal at the field that is being read."""
        self._noted.refused(self._entry, (*self._within, *self._where), refusal)

    def _merge(self, section: sections.Section[Any], stated: _Stated, base: Base | None) -> None:
        _, _, row, key, content = stated
        if base and base.content == content:
            self._claim(section, base.subject, key)
            self._tally.same += 1
            return
        values = section.values(self, row)
        if self._incomplete:
            return
        record = section.find(self, row)
        if record is None:
            record = section.create(self, row, values)
            self._claim(section, record.uid, key)
            section.acts(self, record, row, None)
            self._tally.new += 1
        else:
            self._claim(section, record.uid, key)
            said = type(row).model_validate(json.loads(base.content)) if base else None
            changed = self._update(section, record, row, values, said)
            self._tally.changed += changed
            self._tally.same += not changed
        self._bases.keep(section.kind.value, key, Base(record.uid, content), base)

    def _claim(self, section: sections.Section[Any], subject: str, key: str) -> None:
        """Refuse a second row about one record, under its name or another of its names.

        Raises:
            NameTaken: Another row of this file is about it.
        """
        if section.one_name:
            return
        owners = self._claimed.of(subject)
        if owners and owners != [key]:
            self.stands_at()
            raise NameTaken(kind=section.kind, name=key, owner=owners[0])
        if not owners:
            self._claimed.add(subject, key)

    def _update(
        self,
        section: sections.Section[Any],
        record: Record,
        row: rows.Row,
        values: sections.Values,
        base: rows.Row | None,
    ) -> bool:
        """The three-way merge of one row; whether the record changed."""
        before = self._base_values(section, base)
        follow: dict[str, Any] = {}
        for attributes in section.wholes(values):
            wanted = [portable(values[name]) for name in attributes]
            current = [section.current(record, name) for name in attributes]
            was = [portable(before.get(name)) for name in attributes]
            if wanted in (was, current) or (base is None and not any(map(section.says, wanted))):
                continue
            if current == was or (base is None and not any(map(section.says, current))):
                follow |= {name: values[name] for name in attributes}
            else:
                at = next(at for at, value in enumerate(wanted) if value != current[at])
                self.kept(attributes[at], current[at], wanted[at])
        if follow:
            section.update(self, record, dict(follow))
        return section.acts(self, record, row, base) > 0 or bool(follow)

    def _base_values(self, section: sections.Section[Any], base: rows.Row | None) -> sections.Values:
        """What the file said at the last load. A name in it that leads nowhere by now is no fault of this file."""
        self._reading_base = True
        try:
            return section.values(self, base) if base else {}
        finally:
            self._reading_base = False

    def _validated(self, entry: Entry, model: type[rows.Row], value: Any) -> Any:
        try:
            return model.model_validate(value)
        except ValidationError as error:
            self._noted.invalid(entry, error)
            self._noted.spoil(entry)
            return None


def _chunks(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The entries in pieces of one section."""
    for _, run in groupby(entries, key=lambda entry: (entry.section, entry.item)):
        while chunk := list(islice(run, CHUNK)):
            yield chunk


def _name(kind: Kind) -> Words:
    return Words(kind.zh, kind.en)
