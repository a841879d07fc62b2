"""What rows of seed files said when they were last loaded: the bases of the three-way merges.

They are asked for by the chunk and stored by the chunk, past the ORM: a large file has a hundred thousand.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from fugong.domain.drafts import insert
from fugong.models import Loaded
from fugong.store.tables.base import seal


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
        self._changed: list[dict[str, str]] = []

    def read(self, section: str, keys: Collection[str]) -> Mapping[str, Base]:
        """The bases by key. Nothing is asked of a store that had none: the file's own are of other rows."""
        if section not in self._any:
            self._any[section] = self._session.exec(_ANY, params={"section": section}).first() is not None
        if not self._any[section]:
            return {}
        asked = select(Loaded.key, Loaded.subject, Loaded.content).where(
            Loaded.section == section, col(Loaded.key).in_(keys)
        )
        return {key: Base(subject, content) for key, subject, content in self._session.exec(asked)}

    def keep(self, section: str, key: str, base: Base, last: Base | None) -> None:
        """Hold what a row says now, in place of what it said last."""
        subject, content = (last or base).subject, base.content
        sealed = seal({"section": section, "key": key, "subject": subject, "content": content})
        if last:
            self._changed.append({"its_section": section, "its_key": key, "now": content, "sealed": sealed})
        else:
            self._new.append((section, key, subject, content, sealed))

    def settle(self) -> None:
        """Store what is held."""
        connection = self._session.connection()
        if self._new:
            insert(connection, Loaded, ("section", "key", "subject", "content", "seal"), self._new)
        if self._changed:
            connection.execute(_RENEWED, self._changed)
        self._new.clear()
        self._changed.clear()


_ANY = select(Loaded.id).where(Loaded.section == sa.bindparam("section")).limit(1)
_RENEWED = (
    sa.update(Loaded)
    .where(col(Loaded.section) == sa.bindparam("its_section"), col(Loaded.key) == sa.bindparam("its_key"))
    .values(content=sa.bindparam("now"), seal=sa.bindparam("sealed"))
)
