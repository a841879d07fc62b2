"""The names that a file uses, each looked up once: whom it means in the store; or it is made, or unknown."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fugong.domain import roster
from fugong.domain.roster import lists
from fugong.domain.writer import Writer
from fugong.errors import Refusal
from fugong.errors.imports import NoNewName
from fugong.errors.names import AmbiguousName, NearName, UnknownName, UnknownTeam, UnknownTerm
from fugong.imports.cells import firms, units, values
from fugong.imports.cells.values import Years
from fugong.imports.files.sheets import Cell
from fugong.queries.deadlines import Due
from fugong.store.records import Department, Enterprise, Record, Team, Term
from fugong.values import team_names, texts
from fugong.values.traditional import simplified
from fugong.vocab import Kind, ListName, Words


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
    _teams: Mapping[str, Team] = field(default_factory=dict)
    _firms: Mapping[str, Enterprise] = field(default_factory=dict)
    """By key: those of some rows ahead that are called exactly as these say."""

    def read_ahead(self, teams: Iterable[str], firms: Iterable[str]) -> None:
        """Look up names of rows ahead together; whose exact name a row says is who it means, whatever else there is."""
        self._teams = roster.teams_called(self.writer.session, self._new(Kind.TEAM, teams))
        self._firms = roster.enterprises_called(self.writer.session, self._new(Kind.ENTERPRISE, firms))

    def _new(self, kind: Kind, given: Iterable[str]) -> list[str]:
        return [name for name in dict.fromkeys(given) if name and (kind, name) not in self._found]

    def team(self, given: str) -> Team:
        """A team by its code, its name, or a name with its number in it: 第三帮扶组.

        Raises:
            UnknownTeam: No team is called so, and none is to be made; it names what comes near.
        """

        def find() -> Team:
            if ahead := self._teams.get(texts.key(given)):
                return ahead
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
        if isinstance(known_ := self._found.get((Kind.ENTERPRISE, given)), Enterprise):
            return known_

        def find() -> Enterprise:
            if ahead := self._firms.get(texts.key(given)):
                return ahead
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


def _names(record: Enterprise | Department) -> list[str]:
    return [record.name, *(alias.name for alias in record.aliases)]


_OF_COUNTY = re.compile("^[本我]?县(?![级直属委政府人医])")
"""What stands before the name of a county's own bureau: 县工信局."""
_NO_NEW_NAMES: Mapping[Kind, Callable[[str], Words | None]] = {
    Kind.ENTERPRISE: firms.no_new_name,
    Kind.DEPARTMENT: units.no_new_name,
}
