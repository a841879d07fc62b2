"""Loading seed files: one transaction, every fault listed, nothing written unless all is well.

A changed file is merged three ways against what was last loaded: an attribute that nobody touched follows
the file; one that people edited stays and is reported; a row gone from the file stays; a status never
goes back. Loading the same file twice changes nothing.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlmodel import Session, select

from fugong import config, db, roster
from fugong.errors import Refusal
from fugong.errors.entries import FutureDate
from fugong.errors.files import SeedFaults
from fugong.errors.names import NameTaken
from fugong.history import Writer, canonical, portable
from fugong.lang import T, name_of
from fugong.models import Department, Enterprise, Loaded, Problem, Record, Team, Term
from fugong.reports.history import Values
from fugong.seed import rows, sections
from fugong.seed.faults import Location, quoted, sentences
from fugong.vocab import FIELDS, ListName, Words
from fugong.yaml_records import Fault, Reader
from fugong.yaml_records import Record as Entry

MOST_FAULTS = 100
KEPT_FAULTS = 1000
"""Faults beyond these are only counted, so that a file of nothing but faults needs no memory for them."""

T_ = TypeVar("T_")

_LISTS = {
    "categories": ListName.CATEGORY,
    "publicity": ListName.PUBLICITY,
    "supervision": ListName.SUPERVISION,
    "service": ListName.SERVICE,
    "milestones": ListName.MILESTONE,
    "deadlines": ListName.DEADLINE,
}

_SECTIONS: dict[str, tuple[type[rows.Row], sections.Section[Any]]] = {
    "campaign": (rows.CampaignRow, sections.Campaigns()),
    "departments": (rows.DepartmentRow, sections.Departments()),
    "teams": (rows.TeamRow, sections.Teams()),
    "enterprises": (rows.EnterpriseRow, sections.Enterprises()),
    "members": (rows.MemberRow, sections.Members()),
    "problems": (rows.ProblemRow, sections.Problems()),
    "activities": (rows.ActivityRow, sections.Activities()),
    "milestones": (rows.MilestoneRow, sections.Milestones()),
    "practices": (rows.PracticeRow, sections.Practices()),
    "figures": (rows.FigureRow, sections.Figures()),
}

_SINGLE = ("as_of", "campaign", "lists")
"""The sections that are no lists of rows."""
_LIST = Words("应是列表，每项前写一个 -", "must be a list, each item after a -")
_NO_LIST = Words("不是列表，请去掉前面的 -", "is no list; remove the - before it")


@dataclass(slots=True)
class Tally:
    """What became of the rows of one kind."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """An attribute that people edited and the file wants otherwise: it stays as it is."""

    kind: Words
    key: str
    attribute: Words
    ledger: str
    file: str


@dataclass(slots=True)
class Result:
    """What a load did."""

    tallies: dict[Words, Tally] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)


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
        writer = Writer.opened(session, verb="load", actor=actor, moment=config.now(roster.zone(session)))
        for path in paths:
            _Load(writer, path, result, progress).run()
    return result


class _Load:
    """The load of one file."""

    def __init__(self, writer: Writer, path: Path, result: Result, progress: Callable[[], None]) -> None:
        self.writer = writer
        self.session: Session = writer.session
        self.as_of: date = writer.today
        self._result = result
        self._progress = progress
        self._reader = Reader(path)
        self._faults: list[Fault] = self._reader.faults
        self._dropped = 0
        self._path = path
        self._entry: Entry
        self._within: Location = ()
        self._where: Location = ()
        self._row: tuple[Words, str] = (Words("", ""), "")
        self._seen: set[tuple[str, str]] = set()
        self._claimed: dict[str, str] = {}
        self._told: set[str] = set()
        self._spoilt: dict[str, list[str]] = {}
        self._incomplete = False
        self._reading_base = False
        self._dated = False
        self._reached = -1
        self._found: dict[tuple[str, str], Any] = {}
        self._values = Values(roster.rows_of(self.session))

    def run(self) -> None:
        """Read every row, then refuse if any has a fault."""
        for entry in self._reader:
            self._section(entry)
            self._progress()
        if not self._dated and (self._reached >= 0 or not self._faults):
            self._faults.append(Fault(self._path, 1, 1, Words("缺少「as_of」", "“as_of” is missing")))
        if self._faults:
            listed = [str(fault) for fault in sorted(self._faults, key=lambda fault: (fault.line, fault.column))]
            if len(listed) > MOST_FAULTS:
                more = len(listed) + self._dropped - MOST_FAULTS
                listed[MOST_FAULTS:] = [T(f"……还有 {more} 处", f"… and {more} more")]
            raise SeedFaults(path=self._path, count=len(self._faults) + self._dropped, faults="\n".join(listed))

    # What sections ask for (sections.Refers)

    def team(self, code: str, *where: str | int) -> Team:
        return self._refer("teams", where, roster.find_team, code)

    def enterprise(self, name: str, *where: str | int) -> Enterprise:
        return self._refer("enterprises", where, roster.find_enterprise, name)

    def department(self, name: str, *where: str | int) -> Department:
        return self._refer("departments", where, roster.find_department, name)

    def term(self, list_name: ListName, code: str, *where: str | int) -> Term:
        def find(session: Session, given: str) -> Term:
            return roster.find_term(session, list_name, given)

        return self._refer("lists", where, find, code, list_name.value)

    def problem(self, key: str, *where: str | int) -> Problem:
        return self._refer("problems", where, roster.find_problem_by_key, key)

    def stands_at(self, *where: str | int) -> None:
        self._where = where

    def fault(self, words: Words, *where: str | int) -> None:
        self._incomplete = True
        self._fault(self._entry, (*self._within, *where), words)

    def kept(self, attribute: str, ledger: Any, file: Any) -> None:
        said = (self._values.said(attribute, self._values.named(each)) for each in (ledger, file))
        self._result.kept.append(Kept(*self._row, FIELDS[attribute], *said))

    def _refer(
        self, section: str, where: Location, find: Callable[[Session, str], T_], given: str, within: str = ""
    ) -> T_:
        """What a name refers to. A refusal is noted, and the row read on, so that all its faults are listed."""
        self.stands_at(*where)
        cache_key = (f"{section}/{within}", given)
        if cache_key not in self._found:
            try:
                self._found[cache_key] = find(self.session, given)
            except Refusal as refusal:
                self._dangles(section, given, refusal)
                return None  # type: ignore[return-value]  # the row is not merged, see _merge
        found: T_ = self._found[cache_key]
        return found

    def _dangles(self, section: str, given: str, refusal: Refusal) -> None:
        """Note that a name leads nowhere, unless it may mean a row that has a fault itself."""
        if self._reading_base:
            return
        self._incomplete = True
        spoilt = self._spoilt.get(section, ())
        if not any(given == own or (given in own and not given.isascii()) for own in spoilt):
            self._refused(refusal)

    # Rows

    def _section(self, entry: Entry) -> None:
        """One entry of the file: a row of a section, or one of the three sections that are no lists."""
        order, section = list(rows.Seed.model_fields), entry.section
        if section not in order:
            self._once(entry, Words(f"没有「{section}」这一节", f"there is no section “{section}”"))
            return
        at = order.index(section)
        if at < self._reached:
            before = order[self._reached]
            self._once(
                entry, Words(f"「{section}」要写在「{before}」之前", f"“{section}” must stand before “{before}”")
            )
        self._reached = max(at, self._reached)
        self._dated = self._dated or section == "as_of"
        if entry.item is (section in _SINGLE):
            it, shape = quoted(section), _NO_LIST if entry.item else _LIST
            self._once(entry, Words(f"{it.zh}{shape.zh}", f"{it.en} {shape.en}"))
        elif section == "as_of":
            self._as_of(entry)
        elif section == "lists":
            self._lists(entry)
        else:
            model, merged = _SECTIONS[section]
            row = self._validated(entry, model, entry.value)
            if row:
                self._take(entry, merged, row)

    def _as_of(self, entry: Entry) -> None:
        """Take the cut-off; one that has not come would put undated acts into the future."""
        try:
            stated = rows.Seed.model_validate({"as_of": entry.value}).as_of
        except ValidationError as error:
            self._invalid(entry, error, drop=1)
            return
        if stated > self.writer.today:
            self._fault(entry, (), _words(FutureDate(date=stated, today=self.writer.today)))
        else:
            self.as_of = stated

    def _lists(self, entry: Entry) -> None:
        lists = self._validated(entry, rows.ListsRow, entry.value)
        if lists is None:
            return
        for name, list_name in _LISTS.items():
            section = sections.Terms(list_name)
            for at, row in enumerate(getattr(lists, name)):
                self._take(entry, section, row, (name, at))

    def _take(self, entry: Entry, section: sections.Section[Any], row: rows.Row, within: Location = ()) -> None:
        """Merge one valid row, or note why it cannot be."""
        self.stands_at()
        self._incomplete = False
        key = section.key(row)
        identity = (section.kind.value, key)
        if identity in self._seen:
            zh, en = f"「{key}」在文件里出现了两次", f"“{key}” stands in the file twice"
            self._fault(entry, within, Words(zh, en))
            return
        self._seen.add(identity)
        self._entry, self._within = entry, within
        self._row = Words(section.kind.zh, section.kind.en), key
        try:
            self._merge(section, row, key)
        except Refusal as refusal:
            self._refused(refusal)
            self._incomplete = True
        if self._incomplete:
            self._spoil(entry)

    def _refused(self, refusal: Refusal) -> None:
        """Note a refusal at the field that is being read."""
        self._fault(self._entry, (*self._within, *self._where), _words(refusal))

    def _merge(self, section: sections.Section[Any], row: rows.Row, key: str) -> None:
        tally = self._result.tallies.setdefault(self._row[0], Tally())
        content = canonical(row.model_dump(mode="json", exclude_unset=True))
        last = self._last(section, key)
        if last and last.content == content:
            self._claim(section, last.subject, key)
            tally.same += 1
            return
        values = section.values(self, row)
        if self._incomplete:
            return
        record = section.find(self, row)
        if record is None:
            record = section.create(self, row, values)
            self._claim(section, record.uid, key)
            section.acts(self, record, row, None)
            tally.new += 1
        else:
            self._claim(section, record.uid, key)
            base = type(row).model_validate(json.loads(last.content)) if last else None
            changed = self._update(section, record, row, values, base)
            tally.changed += changed
            tally.same += not changed
        self._remember(section, key, record, content, last)

    def _claim(self, section: sections.Section[Any], subject: str, key: str) -> None:
        """Refuse a second row about one record, under its name or another of its names.

        Raises:
            NameTaken: Another row of this file is about it.
        """
        owner = self._claimed.setdefault(subject, key)
        if owner != key:
            self.stands_at()
            raise NameTaken(kind=section.kind, name=key, owner=owner)

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

    def _last(self, section: sections.Section[Any], key: str) -> Loaded | None:
        own = select(Loaded).where(Loaded.section == section.kind.value, Loaded.key == key)
        return self.session.exec(own).first()

    def _remember(
        self, section: sections.Section[Any], key: str, record: Record, content: str, last: Loaded | None
    ) -> None:
        """Keep what the file said: the base of the next merge."""
        if last:
            last.content = content
        else:
            row = Loaded(section=section.kind.value, key=key, subject=record.uid, content=content)
            self.session.add(row)

    # Faults

    def _validated(self, entry: Entry, model: type[rows.Row], value: Any) -> Any:
        try:
            return model.model_validate(value)
        except ValidationError as error:
            self._invalid(entry, error)
            self._spoil(entry)
            return None

    def _invalid(self, entry: Entry, error: ValidationError, drop: int = 0) -> None:
        it = quoted(entry.section)
        whole = Words(f"{it.zh}的每一项", f"each item of {it.en}") if entry.item else it
        for where, words in sentences(error, whole):
            self._fault(entry, where[drop:], words)

    def _spoil(self, entry: Entry) -> None:
        """Keep the texts of a row with a fault, so that a name that refers to it is not called a fault as well."""
        if len(self._faults) <= MOST_FAULTS:
            self._spoilt.setdefault(entry.section, []).extend(_texts(entry.value))

    def _once(self, entry: Entry, words: Words) -> None:
        """Note a fault of a whole section, at its first entry."""
        if entry.section not in self._told:
            self._told.add(entry.section)
            self._fault(entry, (), words)

    def _fault(self, entry: Entry, where: Location, words: Words) -> None:
        if len(self._faults) >= KEPT_FAULTS:
            self._dropped += 1
            return
        mark = entry.at(where)
        self._faults.append(Fault(self._path, mark.line, mark.column, words))


def _words(refusal: Refusal) -> Words:
    """A refusal in both languages."""
    return Words(refusal.sentence(chinese=True), refusal.sentence(chinese=False))


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value of the file."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(part)


def lines(result: Result) -> Iterator[str]:
    """What a load did, a sentence a line, for people."""
    for kind, tally in result.tallies.items():
        name = T(kind.zh, kind.en)
        yield T(
            f"{name}：新增 {tally.new}，更新 {tally.changed}，不变 {tally.same}",
            f"{name}: {tally.new} new, {tally.changed} changed, {tally.same} the same",
        )
    for kept in result.kept:
        name, attribute = name_of(kept.kind), name_of(kept.attribute)
        yield T(
            f"{name} {kept.key} 的{attribute}在台账里改过，没有按文件改：台账 {kept.ledger}，文件 {kept.file}",
            f"{name} {kept.key}: {attribute} left as edited in the ledger: {kept.ledger}; the file says {kept.file}",
        )
