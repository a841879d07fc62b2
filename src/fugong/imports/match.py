"""Which problem of the store a row is about: by uid, else by team, enterprise, date and text. Never by 编号."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from fugong.domain import problems
from fugong.domain.writer import Writer
from fugong.imports.resolve import Wanted
from fugong.store.records import Problem
from fugong.store.spill import Memo
from fugong.values import texts
from fugong.vocab import Status


class Match(NamedTuple):
    """A problem that a row is about."""

    problem: Problem
    by_uid: bool
    """Then the file is an export of ours, and a blank cell clears; else it says nothing."""


class Known:
    """The problems of the store by what identifies them, those of a team as soon as a row is about it."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._session = writer.session
        self._teams: set[int] = set()
        """The teams whose problems are among the marks."""
        self._any_gone = False
        self._marks = Memo()
        """By a hash of team, enterprise and text: when a problem was found, and its uid."""

    def find(self, wanted: Wanted) -> Match | None:
        """The problem that a row is about; None: it is new."""
        if wanted.row.uid:
            found = self._stored(wanted.row.uid)
            if found:
                return Match(found, by_uid=True)
        self._read(wanted.team.id)
        same = [said.split() for said in self._marks.of(_mark(wanted)) or self._taken_back(wanted)]
        uid = _meant(wanted, same) if same else None
        found = self._stored(uid) if uid else None
        return Match(found, by_uid=False) if found else None

    def _taken_back(self, wanted: Wanted) -> list[str]:
        """The problems of this text that were entered by an undone command, which took their firm along."""
        if not self._any_gone:
            return []
        gone = self._marks.of(_hash(wanted.team.id, _GONE, wanted.row.text or ""))
        return [
            said
            for said in gone
            if problems.undone(self._writer, self._session.one(Problem, "t.uid = :uid", uid=said.split()[1]))
        ]

    def add(self, wanted: Wanted, problem: Problem) -> None:
        """Remember a problem that the file brought."""
        self._marks.add(_mark(wanted), f"{problem.found_on} {problem.uid} {_NEW if problem.approximate else ''}")

    def _stored(self, uid: str) -> Problem | None:
        """The problem with a uid, whether the store had it or the file brought it."""
        found = self._session.find(Problem, uid=uid)
        if found is None:
            self._writer.bring(uid)
            found = self._session.find(Problem, uid=uid)
        return found

    def _read(self, team: int) -> None:
        """Remember a team's problems."""
        if team in self._teams:
            return
        self._teams.add(team)
        known = "SELECT enterprise_id, text, found_on, uid, status, approximate FROM problem WHERE team_id = :team"
        for enterprise, text, found_on, uid, status, approximate in self._session.rows(known, team=team):
            said = f"{found_on} {uid} {_ABOUT if approximate else ''}"
            self._marks.add(_hash(team, enterprise, text), said)
            if enterprise is None and status == Status.VOID:
                self._any_gone = True
                self._marks.add(_hash(team, _GONE, text), said)


_ABOUT, _NEW = "about", "new"
"""Marks of a found date that is 约: of a problem that was there before, and of one that the file brought."""


def _meant(wanted: Wanted, same: Sequence[Sequence[str]]) -> str | None:
    """Which of the problems of the same team, firm and text a row means.

    That of its day; else, where either has no day of its own, the only one without, or the only one there is. A row
    with a day is not taken for one of the same file without.
    """
    day, states = wanted.found_on.isoformat(), wanted.row.found_on is not None
    dated = [uid for found_on, uid, *_ in same if found_on == day]
    if dated:
        return dated[0]
    about = [uid for _, uid, *mark in same if mark and (mark[0] == _ABOUT or not states)]
    if len(about) == 1:
        return about[0]
    return same[0][1] if not states and len(same) == 1 else None


def _mark(wanted: Wanted) -> int:
    return _hash(wanted.team.id, wanted.enterprise.id if wanted.enterprise else None, wanted.row.text or "")


def _hash(team: int | None, enterprise: int | None, text: str) -> int:
    return hash((team, enterprise, texts.key(text)))


_GONE = -1
"""Stands for the firm of a problem that may have gone with the command that had made it."""
_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_uid(text: str) -> bool:
    """Whether a text is an identity as the store makes them."""
    return bool(_UID.fullmatch(text))
