"""Writes on the roster: the campaign, its lists, departments, teams, enterprises and members."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, select

from fugong import history, names, texts
from fugong.errors import NameTaken, NoAlias, UnknownProblem
from fugong.fields import LINE, NAME, TEXT
from fugong.history import Writer, portable
from fugong.models import (
    Assignment,
    CalendarDay,
    Campaign,
    Department,
    DepartmentAlias,
    Enterprise,
    EnterpriseAlias,
    Member,
    Problem,
    Record,
    Team,
    Term,
)
from fugong.vocab import Act, Kind, ListName, Words

A = TypeVar("A", EnterpriseAlias, DepartmentAlias)

NAME_WORDS = Words("名称", "name")


def rows_of(session: Session) -> names.Rows:
    """What ``names`` reads through, over the session's transaction."""

    def rows(sql: str, **params: Any) -> Iterator[tuple[Any, ...]]:
        session.flush()
        return (tuple(row) for row in session.connection().execute(sa.text(sql), params))

    return rows


def find_enterprise(session: Session, given: str) -> Enterprise:
    """The enterprise that a name means (see ``names``)."""
    return session.get_one(Enterprise, names.enterprise(rows_of(session), given).id)


def find_department(session: Session, given: str) -> Department:
    """The department that a name means (see ``names``)."""
    return session.get_one(Department, names.department(rows_of(session), given).id)


def find_team(session: Session, given: str) -> Team:
    """The team with this code or name."""
    return session.get_one(Team, names.team(rows_of(session), given).id)


def find_term(session: Session, list_name: ListName, given: str) -> Term:
    """The entry of a list with this code or name."""
    return session.get_one(Term, names.term(rows_of(session), list_name, given).id)


def find_problem(session: Session, given: str) -> Problem:
    """The problem with this number, as ``3-2``."""
    return session.get_one(Problem, names.problem(rows_of(session), given))


def find_problem_by_key(session: Session, key: str) -> Problem:
    """The problem that was entered with this key.

    Raises:
        UnknownProblem: There is none.
    """
    found = session.exec(select(Problem).where(Problem.key == key)).first()
    if found is None:
        raise UnknownProblem(ids=key)
    return found


def find_campaign(session: Session) -> Campaign | None:
    """The campaign that the store is about, once it is known."""
    return session.exec(select(Campaign)).first()


def zone(session: Session) -> str:
    """The store's time zone."""
    return history.settings(session)["timezone"]


def sort_key(code: str) -> str:
    """A team's code with its digits padded, so that 10 sorts after 9."""
    head = code.rstrip("0123456789")
    return head.upper() + code[len(head) :].rjust(8, "0")


class Naming:
    """Names and aliases of enterprises and departments: unique, with their comparison keys."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._places = names.Places(rows_of(session))

    def keys(self, name: str) -> dict[str, Any]:
        """The name with what it is compared by."""
        clean = texts.clean_name(name, what=NAME_WORDS, limit=NAME)
        return {"name": clean, "key": texts.key(clean), "core": self._places.core(clean)}

    def must_be_free(self, kind: Kind, wanted: Iterable[str], mine: Record | None = None) -> None:
        """Refuse a name that another record answers to.

        Raises:
            NameTaken: Somebody has it.
        """
        for name in wanted:
            held = names.owner(rows_of(self._session), kind, name)
            if held and (mine is None or held.id != mine.id):
                raise NameTaken(kind=kind, name=name, owner=held.name)

    def aliases(self, make: type[A], wanted: Sequence[str], have: Sequence[A] = ()) -> list[A]:
        """Alias rows for the wanted names, those that are there already kept as they are."""
        known, kept = {alias.key: alias for alias in have}, dict[str, A]()
        for name in wanted:
            key = texts.key(name)
            kept[key] = kept.get(key) or known.get(key) or make(**self.keys(name))
        return list(kept.values())


def add_department(writer: Writer, name: str, *, aliases: Sequence[str] = (), **about: Any) -> Department:
    """Enter a department.

    Raises:
        NameTaken: A name or alias belongs to another.
    """
    naming = Naming(writer.session)
    naming.must_be_free(Kind.DEPARTMENT, [name, *aliases])
    department = Department(**naming.keys(name), **about, aliases=naming.aliases(DepartmentAlias, aliases))
    writer.add(department)
    return department


def correct_department(
    writer: Writer,
    department: Department,
    *,
    name: str | None = None,
    more: Sequence[str] = (),
    fewer: Sequence[str] = (),
    **about: Any,
) -> bool:
    """Correct a department. Its old name stays an alias, so that what is written elsewhere still finds it.

    Args:
        writer: The command's writer.
        department: Which one.
        name: Its new name.
        more: Aliases to add.
        fewer: Aliases to take away.
        about: Its other attributes.

    Returns:
        Whether anything differed.

    Raises:
        NameTaken: A name or alias belongs to another.
        NoAlias: It has no such alias to take away.
    """
    naming = Naming(writer.session)
    named = naming.keys(name) if name is not None else {"name": department.name, "key": department.key}
    renamed = named["key"] != department.key
    naming.must_be_free(Kind.DEPARTMENT, [named["name"], *more], mine=department)
    gone = {texts.key(alias): alias for alias in fewer}
    for alias in gone.keys() - {held.key for held in department.aliases}:
        raise NoAlias(name=department.name, alias=gone[alias])
    kept = [held.name for held in department.aliases if held.key not in {*gone, named["key"]}]
    added = [alias for alias in more if texts.key(alias) != named["key"]]
    wanted = [*kept, *([department.name] if renamed else []), *added]
    rows = naming.aliases(DepartmentAlias, wanted, department.aliases)
    return writer.change(department, {**about, **named, "aliases": rows})


def remark(text: str | None) -> str | None:
    """A remark fit to be stored; a blank one is none.

    Raises:
        TextTooLong, ControlCharacter: It is not fit to be stored.
    """
    if text is None or not text.strip():
        return None
    return texts.clean(text, what=Words("备注", "remark"), limit=TEXT, lines=True)


def add_enterprise(
    writer: Writer, name: str, *, aliases: Sequence[str] = (), team: Team | None = None, **about: Any
) -> Enterprise:
    """Enter an enterprise, looked after by ``team`` since ever as far as is known.

    Raises:
        NameTaken: A name or alias belongs to another.
    """
    naming = Naming(writer.session)
    naming.must_be_free(Kind.ENTERPRISE, [name, *aliases])
    held = [Assignment(team_id=team.id, team=team)] if team else []
    enterprise = Enterprise(
        **naming.keys(name), **about, aliases=naming.aliases(EnterpriseAlias, aliases), assignments=held
    )
    writer.add(enterprise)
    return enterprise


def reassign(writer: Writer, enterprise: Enterprise, team: Team | None, from_on: date) -> None:
    """Let ``team``, or nobody, look after an enterprise from a day on; who did before stays on record."""
    old = portable(enterprise.assignments)
    start = from_on
    for held in enterprise.assignments:
        if held.to_on is None:
            start = max(from_on, held.from_on or from_on)  # no assignment ends before it began
            held.to_on = start
    if team:
        enterprise.assignments.append(Assignment(team_id=team.id, team=team, from_on=start))
    writer.session.flush()
    writer.tell(enterprise, Act.EDIT, {"assignments": [old, portable(enterprise.assignments)]})


def add_team(writer: Writer, code: str, **about: Any) -> Team:
    """Enter a team; its code is the first part of its problems' numbers."""
    team = Team(code=code, sort=sort_key(code), **about)
    writer.add(team)
    return team


def add_member(writer: Writer, team: Team, name: str, **about: Any) -> Member:
    """Enter a member of a team."""
    member = Member(team_id=team.id, team=team, name=name, **about)
    writer.add(member)
    return member


def add_term(writer: Writer, list_name: ListName, code: str, **about: Any) -> Term:
    """Enter an entry of a list, after those that are there."""
    count = select(sa.func.count()).select_from(Term).where(Term.list == list_name)
    term = Term(list=list_name, code=code, rank=writer.session.exec(count).one(), **about)
    writer.add(term)
    return term


def correct_day(writer: Writer, day: date, *, work: bool, source: str) -> CalendarDay:
    """Say that a day is worked, or free, by a notice that the calendar does not have.

    Raises:
        BlankText, TextTooLong, ControlCharacter: The source is not fit to be stored.
    """
    notice = texts.clean(source, what=Words("依据", "source"), limit=LINE)
    held = writer.session.exec(select(CalendarDay).where(CalendarDay.day == day)).first()
    if held:
        writer.change(held, {"work": work, "source": notice})
        return held
    corrected = CalendarDay(day=day, work=work, source=notice)
    writer.add(corrected)
    return corrected


def add_campaign(writer: Writer, **about: Any) -> Campaign:
    """Enter what the store is about."""
    campaign = Campaign(**about)
    writer.add(campaign)
    return campaign
