"""What the user named, as the records of a session."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from fugong.domain import history
from fugong.errors.names import UnknownProblem
from fugong.queries import names
from fugong.store.tables.lists import Term
from fugong.store.tables.problems import Problem
from fugong.store.tables.roster import Department, Enterprise, Team
from fugong.vocab import ListName


def rows_of(session: Session) -> names.Rows:
    """What ``names`` reads through, over the session's transaction."""

    def rows(sql: str, **params: Any) -> Iterator[tuple[Any, ...]]:
        session.flush()
        return (tuple(map(_plain, row)) for row in session.connection().execute(sa.text(sql), params))

    return rows


def _plain(value: Any) -> Any:
    """A value as reports expect it: a server gives dates where a file has their text."""
    return value.isoformat() if isinstance(value, date) else value


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


def any_problem_has_key(session: Session) -> bool:
    """Whether any problem was entered with a key."""
    return session.exec(select(Problem.id).where(col(Problem.key).is_not(None)).limit(1)).first() is not None


def problems_by_key(session: Session, keys: Collection[str]) -> dict[str, Problem]:
    """The problems that were entered with these keys."""
    found = session.exec(select(Problem).where(col(Problem.key).in_(keys))) if keys else ()
    return {str(problem.key): problem for problem in found}


def zone(session: Session) -> str:
    """The store's time zone."""
    return history.settings(session)["timezone"]
