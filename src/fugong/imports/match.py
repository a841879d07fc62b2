"""Which problem of the store a row is about: by uid, else by team, enterprise, date and text. Never by 编号."""

import re
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
        dated = [uid for day, uid in same if day == wanted.found_on.isoformat()]
        uids = dated or ([uid for _, uid in same] if wanted.row.found_on is None and len(same) == 1 else [])
        found = self._stored(uids[0]) if uids else None
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
        self._marks.add(_mark(wanted), f"{problem.found_on} {problem.uid}")

    def _stored(self, uid: str) -> Problem | None:
        """The problem with a uid, whether the store had it or the file brought it."""
        if self._writer.holds(uid):
            self._writer.settle()
        return self._session.find(Problem, uid=uid)

    def _read(self, team: int) -> None:
        """Remember a team's problems."""
        if team in self._teams:
            return
        self._teams.add(team)
        known = "SELECT enterprise_id, text, found_on, uid, status FROM problem WHERE team_id = :team"
        for enterprise, text, found_on, uid, status in self._session.rows(known, team=team):
            self._marks.add(_hash(team, enterprise, text), f"{found_on} {uid}")
            if enterprise is None and status == Status.VOID:
                self._any_gone = True
                self._marks.add(_hash(team, _GONE, text), f"{found_on} {uid}")


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
