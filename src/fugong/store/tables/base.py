"""What every table has."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from fugong.store import column_types
from fugong.store.column_types import TEXT
from fugong.vocab import Kind


class Row(SQLModel):
    """The base of all tables. They validate nothing, so pydantic need not build their validators."""

    model_config = {"defer_build": True}


class Record(Row):
    """What every record has; events name it by ``record_kind`` and ``uid``."""

    record_kind: ClassVar[Kind]
    tracked: ClassVar[tuple[str, ...]]

    id: int | None = Field(default=None, primary_key=True)
    uid: str = column_types.uid()

    def portable(self) -> Any:
        """How events of other records name this one."""
        return self.uid

    @property
    def label(self) -> str:
        """What people call it; a record without a name is called by what it says."""
        return str(getattr(self, "name", self.uid))


class Retiring(Record):
    """A record that others refer to: it is never removed, but may be retired (停用)."""

    retired_on: date | None = column_types.day()
    """None: in service."""
    retired_why: str | None = column_types.maybe_text("retired_why", TEXT)


class Sealed(Row):
    """A row that no event tells of: its seal shows damage instead, and is renewed whenever the row is written."""

    seal: str = Field(default="", sa_type=sa.Text)

    def content_hash(self) -> str:
        """The seal that the row should have."""
        return seal(self.model_dump(exclude={"id", "seal"}))


_text = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def seal(said: Mapping[str, Any]) -> str:
    """The seal of a row that says this: its SHA-256."""
    return hashlib.sha256(_text(said).encode()).hexdigest()


def _seal(_mapper: Any, _connection: Any, row: Sealed) -> None:
    row.seal = row.content_hash()


for _moment in ("before_insert", "before_update"):
    sa.event.listen(Sealed, _moment, _seal, propagate=True)
