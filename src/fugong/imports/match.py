"""Which problem of the store a row is about: by uid, else by team, enterprise, date and text. Never by 编号."""

import re
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from fugong import texts
from fugong.bulk import BulkWriter
from fugong.imports.resolve import Wanted
from fugong.models import Problem


class Match(NamedTuple):
    """A problem that a row is about."""

    problem: Problem
    by_uid: bool
    """Then the file is an export of ours, and a blank cell clears; else it says nothing."""


class Known:
    """The problems of the store by what identifies them, a team at a time."""

    def __init__(self, writer: BulkWriter) -> None:
        self._writer = writer
        self._session: Session = writer.session
        self._teams: dict[int, dict[int, list[tuple[date, int | str]]]] = {}

    def find(self, wanted: Wanted) -> Match | None:
        """The problem that a row is about; None: it is new."""
        if wanted.row.uid:
            found = self._by_uid(wanted.row.uid)
            if found:
                return Match(found, by_uid=True)
        same = self._team(wanted).get(_mark(wanted), [])
        dated = [key for day, key in same if day == wanted.found_on]
        keys = dated or ([key for _, key in same] if wanted.row.found_on is None and len(same) == 1 else [])
        return Match(self._stored(keys[0]), by_uid=False) if keys else None

    def add(self, wanted: Wanted, problem: Problem) -> None:
        """Remember a problem that the file brought."""
        self._team(wanted).setdefault(_mark(wanted), []).append((problem.found_on, problem.uid))

    def _by_uid(self, uid: str) -> Problem | None:
        if uid in self._writer.held:
            self._writer.settle()
        return self._session.exec(select(Problem).where(Problem.uid == uid)).first()

    def _stored(self, key: int | str) -> Problem:
        """The problem with a key, or one that the file brought itself and that has none yet: by its uid."""
        if isinstance(key, str):
            self._writer.settle()
            return self._session.exec(select(Problem).where(Problem.uid == key)).one()
        return self._session.get_one(Problem, key)

    def _team(self, wanted: Wanted) -> dict[int, list[tuple[date, int | str]]]:
        team = wanted.team.id or 0
        if team not in self._teams:
            self._teams[team] = self._read(team)
        return self._teams[team]

    def _read(self, team: int) -> dict[int, list[tuple[date, int | str]]]:
        """A team's problems; of the texts only a hash is kept."""
        self._session.flush()
        columns = (col(Problem.enterprise_id), col(Problem.text), col(Problem.found_on), col(Problem.id))
        rows = self._session.connection().execute(sa.select(*columns).where(col(Problem.team_id) == team))
        marks: dict[int, list[tuple[date, int | str]]] = {}
        for enterprise, text, found_on, key in rows:
            marks.setdefault(hash((enterprise, texts.key(text))), []).append((found_on, key or 0))
        return marks


def _mark(wanted: Wanted) -> int:
    return hash((wanted.enterprise.id if wanted.enterprise else None, texts.key(wanted.row.text or "")))


_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_uid(text: str) -> bool:
    """Whether a text is an identity as the store makes them."""
    return bool(_UID.fullmatch(text))
