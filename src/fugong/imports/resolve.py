"""The names of a row → records of the store, each looked up once; unknown ones are made or reported together."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from fugong.domain import roster
from fugong.domain.roster import lists
from fugong.domain.writer import Writer
from fugong.errors import Refusal
from fugong.errors.entries import DueBeforeFound, FutureDate
from fugong.errors.imports import NoNewName
from fugong.errors.names import AmbiguousName, NearName, UnknownName, UnknownTeam, UnknownTerm
from fugong.imports.cells import firms, units, values
from fugong.imports.cells.columns import Field
from fugong.imports.cells.rows import Cells, LedgerRow, both
from fugong.imports.cells.values import Years
from fugong.imports.files.sheets import Cell
from fugong.queries.deadlines import Due
from fugong.store.records import Department, Enterprise, Record, Team, Term
from fugong.values import team_names, texts
from fugong.values.traditional import simplified
from fugong.vocab import Kind, ListName, Words


class Wanted(NamedTuple):
    """A problem as a row wants it, its names looked up."""

    row: LedgerRow
    team: Team
    enterprise: Enterprise | None
    category: Term | None
    department: Department | None
    assist: list[Department]
    found_on: date
    approximate: bool
    due: Due | None


@dataclass(frozen=True, slots=True)
class Filing:
    """What holds for a whole file: stated above its header, or on the command line."""

    years: Years
    day: date | None = None
    """填报日期."""
    team: str | None = None
    """填报单位, where that is a team."""
    reviewed: bool = False
    """Closings are reviewed in this store."""
    approved: bool = False
    """What the file has as closed was reviewed already (``--approved``)."""


@dataclass(slots=True)
class Names:
    """Every name that the file uses, looked up once."""

    writer: Writer
    create: Mapping[Kind, frozenset[str] | None] = field(default_factory=dict)
    """The kinds of record that are made where a name is unknown, and the names; None: every name."""
    unknown: dict[tuple[Kind, str], Refusal] = field(default_factory=dict)
    """The unknown names of these kinds, with what comes near."""
    alone: dict[str, bool] = field(default_factory=dict)
    """The names of refused rows: whether none of these rows says anything else. Such a row needs no new firm."""
    unsettled: dict[tuple[Kind, str], Refusal] = field(default_factory=dict)
    """The names that are not known as they stand, but have candidates: a team without its number, one of two firms."""
    teamless: dict[str, None] = field(default_factory=dict)
    """The firms of rows without a team that no team looks after."""
    some_team: str | None = None
    """The code of a team, for the example of a command that gives such a firm to one."""
    made: list[Record] = field(default_factory=list)
    read_as: dict[str, Enterprise | Department] = field(default_factory=dict)
    """Names that were understood without what stands behind them: 甲公司（已复工） → 甲公司."""
    _found: dict[tuple[str, Any], Any] = field(default_factory=dict)

    def team(self, given: str) -> Team:
        """A team by its code, its name, or a name with its number in it: 第三帮扶组.

        Raises:
            UnknownTeam: No team is called so, and none is to be made; it names what comes near.
        """

        def find() -> Team:
            try:
                return roster.find_team(self.writer.session, given)
            except UnknownTeam:
                code = team_names.number(given)
                if code is None or code == given:
                    raise
            try:
                return roster.find_team(self.writer.session, code)
            except UnknownTeam as refusal:
                raise UnknownTeam(**{**refusal.params, "name": given}) from None

        found: Team = self._once(Kind.TEAM, given, find)
        return found

    def enterprise(self, given: str, team: Team | None) -> Enterprise:
        """An enterprise, made if it is unknown and may be."""

        def find() -> Enterprise:
            try:
                return roster.find_enterprise(self.writer.session, given)
            except (UnknownName, NearName, AmbiguousName):
                plain = firms.bare(given)
                written = (plain, simplified(given), simplified(plain or given))
                known = next(filter(None, map(self._exactly, written)), None) or self._by_core(
                    simplified(plain or given)
                )
                if known is None:
                    raise
            self.read_as[given] = known
            return known

        def make() -> Enterprise:
            return roster.add_enterprise(self.writer, given, team=team)

        found: Enterprise = self._once(
            Kind.ENTERPRISE, given, lambda: self._or_made(Kind.ENTERPRISE, given, find, make)
        )
        return found

    def _exactly(self, name: str | None) -> Enterprise | None:
        """The enterprise that has exactly this name."""
        try:
            found = roster.find_enterprise(self.writer.session, name) if name else None
        except Refusal:
            return None
        return found if found and name and texts.key(name) in map(texts.key, _names(found)) else None

    def _by_core(self, name: str | None) -> Enterprise | None:
        """The enterprise whose name is this one but for the place before it and the form of its firm behind it."""
        try:
            found = roster.find_enterprise(self.writer.session, name) if name else None
        except Refusal:
            return None
        core = name and roster.Naming(self.writer.session).keys(name)["core"]
        return found if found and found.core == core else None

    def departments(self, given: str) -> list[Department]:
        """The department of a name, or all that it joins where each of them is known: 工信局和卫健局."""
        try:
            return [self._found_department(part) for part in units.parts(given)] or [self.department(given)]
        except (UnknownName, NearName, AmbiguousName):
            return [self.department(given)]

    def _found_department(self, given: str) -> Department:
        found: Department = self._once(
            "known department", given, lambda: roster.find_department(self.writer.session, given)
        )
        return found

    def department(self, given: str) -> Department:
        """A department, made if it is unknown and may be."""

        def find() -> Department:
            try:
                return roster.find_department(self.writer.session, given)
            except (UnknownName, NearName):
                known = self._of_county(given)
                if known is None:
                    raise
            self.read_as[given] = known
            return known

        def make() -> Department:
            return roster.add_department(self.writer, given)

        found: Department = self._once(
            Kind.DEPARTMENT, given, lambda: self._or_made(Kind.DEPARTMENT, given, find, make)
        )
        return found

    def _of_county(self, given: str) -> Department | None:
        """The county's own bureau that is written with the county before it, or in traditional characters."""
        plain = _OF_COUNTY.sub("", simplified(given))
        try:
            found = roster.find_department(self.writer.session, plain) if plain != given else None
        except Refusal:
            return None
        return found if found and texts.key(plain) in map(texts.key, _names(found)) else None

    def term(self, of: ListName, given: str) -> Term:
        """An entry of a list."""

        def find() -> Term:
            return roster.find_term(self.writer.session, of, given)

        def make() -> Term:
            return lists.enter_term(self.writer, of, given)

        def category() -> Any:
            return self._or_made(Kind.TERM, given, find, make)

        found: Term = self._once(of.value, given, category if of is ListName.CATEGORY else find)
        return found

    def team_of(self, firm: Enterprise) -> Team | None:
        """The team that looks after an enterprise."""
        found: Team | None = self._once("team of", firm.uid, firm.team)
        return found

    def without_team(self, firm: Enterprise) -> None:
        """Note a firm that no team looks after, though a row needs one."""
        if not self.teamless:
            codes = self.writer.session.rows("SELECT code FROM team ORDER BY id LIMIT 1")
            self.some_team = next((code for (code,) in codes), None)
        self.teamless[firm.name] = None

    def due(self, cell: Cell, found_on: date, years: Years) -> Due | None:
        """A deadline, which may be the name of a preset and may count the store's own working days."""
        found: Due | None = self._once(
            "due", (cell, found_on), lambda: values.due(cell, found_on, years, self.writer.session.rows)
        )
        return found

    def _or_made(self, kind: Kind, given: str, find: Callable[[], Any], make: Callable[[], Any]) -> Any:
        try:
            return find()
        except (UnknownName, NearName, UnknownTerm) as refusal:
            no_new_name = _NO_NEW_NAMES.get(kind)
            if no_new_name and (reason := no_new_name(given)):
                raise NoNewName(kind=kind, name=given, reason=reason) from None
            owner = next(filter(None, map(self._exactly, firms.firms_of_branch(given))), None)
            if kind is Kind.ENTERPRISE and owner:
                raise NearName(kind=kind, name=given, candidates=[owner.name]) from None
            names = self.create.get(kind, frozenset())
            if names is None or texts.key(given) in names:
                self.made.append(make())
                return self.made[-1]
            self.unknown[kind, given] = refusal
            raise

    def _once(self, kind: str, given: Any, find: Callable[[], Any]) -> Any:
        """The answer for a name, a refusal included, looked up the first time."""
        key = (kind, given)
        if key not in self._found:
            try:
                self._found[key] = find()
            except Refusal as refusal:
                self._found[key] = refusal
                if isinstance(kind, Kind) and isinstance(refusal, NearName | AmbiguousName | UnknownTeam):
                    self.unsettled[kind, given] = refusal
        found = self._found[key]
        if isinstance(found, Refusal):
            raise found
        return found


def problem(cells: Cells, row: LedgerRow, known: Names, filing: Filing) -> Wanted | None:
    """Look up what a row names; None where something has a fault, which is noted."""
    found_on, due = _dated(cells, row, known, filing)
    _check_order(cells, row, found_on, due, known.writer)
    if row.text is None and not values.shown(cells.cells.get(Field.TEXT)).strip():
        cells.fault(Field.TEXT, _NO_TEXT)
    stated = row.team or (None if row.enterprise else filing.team)
    team = looked_up(cells, Field.TEAM, known.team, stated)
    firm = looked_up(
        cells, Field.ENTERPRISE, lambda name: known.enterprise(name, team or _default(known, filing)), row.enterprise
    )
    departments = _looked_up_all(cells, Field.DEPARTMENT, known.departments, row.department)
    assisting = _looked_up_all(cells, Field.ASSIST, known.departments, row.assist)
    category = looked_up(cells, Field.CATEGORY, lambda name: known.term(ListName.CATEGORY, name), row.category)
    credited = team or (known.team_of(firm) if firm else None) or _default(known, filing)
    if cells.faults:
        alone = sum(cell is not None for cell in cells.cells.values()) == 1
        for name in filter(None, (row.enterprise, row.category, *row.department, *row.assist)):
            known.alone[name] = known.alone.get(name, True) and alone
        return None
    if credited is None:
        cells.fault(Field.TEAM, _NO_FIRM if firm is None else _NO_TEAM)
        if firm:
            known.without_team(firm)
        return None
    return Wanted(
        row,
        credited,
        firm,
        category,
        departments[0] if departments else None,
        list(dict.fromkeys([*departments[1:], *assisting])),
        found_on,
        row.approximate or row.found_on is None,
        due,
    )


def _dated(cells: Cells, row: LedgerRow, known: Names, filing: Filing) -> tuple[date, Due | None]:
    """When the problem was found, and its deadline.

    A found date that the row does not state is that of the filing. Neither it nor one that is 约 is later than a date
    that the row does state: what is made up contradicts nothing.
    """
    found_on = row.found_on or filing.day or known.writer.today
    about = row.found_on is None or row.approximate
    if about and row.closed_on:
        found_on = min(found_on, row.closed_on)
    due = _due(cells, found_on, filing.years, known)
    if about and due and due.due_on:
        found_on = min(found_on, due.due_on)
    return found_on, due


def found_before(cells: Cells, wanted: Wanted, found_on: date, known: Names, filing: Filing) -> Wanted:
    """The same of a problem that is there: where the row states no found date, the deadline counts from the known."""
    if wanted.row.found_on:
        return wanted
    return wanted._replace(found_on=found_on, due=_due(cells, found_on, filing.years, known))


def _check_order(cells: Cells, row: LedgerRow, found_on: date, due: Due | None, writer: Writer) -> None:
    """Note dates that have not come, or come before the problem was found."""
    done = Field.CLOSED_ON if cells.cells.get(Field.CLOSED_ON) is not None else Field.DONE_ON
    for at, day in ((Field.FOUND_ON, row.found_on), (done, row.closed_on)):
        if day and day > writer.today and day > writer.newest:
            cells.fault(at, both(FutureDate(date=day, today=writer.newest)))
    if row.closed_on and row.closed_on < found_on:
        cells.fault(
            done,
            Words(
                f"早于提出日期 {found_on}；请改正其中一个",
                f"before the day it was found, {found_on}; mend one of the two",
            ),
        )
    if due and due.due_on and due.due_on < found_on:
        cells.fault(Field.DUE_ON, both(DueBeforeFound(due=due.due_on, found=found_on)))


def _default(known: Names, filing: Filing) -> Team | None:
    """The team that filled the file in."""
    return known.team(filing.team) if filing.team else None


def looked_up(cells: Cells, field: Field, find: Callable[[str], Any], given: str | None) -> Any:
    """The record that a name means; its refusal is a fault of the cell."""
    if given is None:
        return None
    try:
        return find(given)
    except Refusal as refusal:
        cells.fault(field, both(refusal))
        return None


def _looked_up_all(
    cells: Cells, field: Field, find: Callable[[str], list[Department]], given: Sequence[str]
) -> list[Department]:
    """The departments that names mean."""
    return [each for name in given for each in looked_up(cells, field, find, name) or ()]


def _names(record: Enterprise | Department) -> list[str]:
    return [record.name, *(alias.name for alias in record.aliases)]


_OF_COUNTY = re.compile("^[本我]?县(?![级直属委政府人医])")
"""What stands before the name of a county's own bureau: 县工信局."""
_NO_NEW_NAMES: Mapping[Kind, Callable[[str], Words | None]] = {
    Kind.ENTERPRISE: firms.no_new_name,
    Kind.DEPARTMENT: units.no_new_name,
}


def _due(cells: Cells, found_on: date, years: Years, known: Names) -> Due | None:
    field = Field.DUE_ON if cells.cells.get(Field.DUE_ON) is not None else Field.DUE_RULE
    found: Due | None = cells.read(field, known.due, found_on, years)
    return found


_NO_TEXT = Words("没有写问题；请填写，或删去这一行", "no problem is described; fill it in, or delete the row")
_NO_FIRM = Words(
    "没有写企业，也没有写帮扶组；请填「帮扶组」一列，或在表头上方写填报单位",
    "neither an enterprise nor a team; fill a column for the team, or name the unit above the header",
)
_NO_TEAM = Words(
    "这家企业没有包联的帮扶组；请在文件里加「帮扶组」一列，或先写明由哪一组包联",
    "no team looks after this enterprise; add a column for the team, or say first which one does",
)
