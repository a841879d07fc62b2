"""What rows of seed files said when they were last loaded: the bases of the three-way merges.

They are asked for by the chunk and stored by the chunk: a large file has a hundred thousand.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from fugong.store.records import Loaded
from fugong.store.session import Session
from fugong.store.traits import seal


class Base(NamedTuple):
    """The record that a row was about, and the row as JSON, its fields in the order of their declaration."""

    subject: str
    content: str


class Bases:
    """The bases of one file's rows. What is kept is in the store after ``settle``."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._any: dict[str, bool] = {}
        """By section: whether the store had any base of it when it was first asked."""
        self._new: list[tuple[str, ...]] = []
        self._changed: list[tuple[str, ...]] = []

    def read(self, section: str, keys: Collection[str]) -> Mapping[str, Base]:
        """The bases by key. Nothing is asked of a store that had none: the file's own are of other rows."""
        if section not in self._any:
            self._any[section] = next(self._session.rows(_ANY, section=section), None) is not None
        if not self._any[section]:
            return {}
        found = self._session.among(Loaded, "key", keys, section=section)
        return {each.key: Base(each.subject, each.content) for each in found}

    def keep(self, section: str, key: str, base: Base, last: Base | None) -> None:
        """Hold what a row says now, in place of what it said last."""
        subject, content = base
        sealed = seal({"section": section, "key": key, "subject": subject, "content": content})
        if last:
            self._changed.append((subject, content, sealed, section, key))
        else:
            self._new.append((section, key, subject, content, sealed))

    def settle(self) -> None:
        """Store what is held."""
        self._session.insert(Loaded, ("section", "key", "subject", "content", "seal"), self._new)
        self._session.run_all(_RENEWED, self._changed)
        self._new.clear()
        self._changed.clear()


_ANY = "SELECT 1 FROM loaded WHERE section = :section LIMIT 1"
_RENEWED = "UPDATE loaded SET subject = ?, content = ?, seal = ? WHERE section = ? AND key = ?"
