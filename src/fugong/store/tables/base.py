"""What every table has."""

from datetime import date
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from fugong.store import column_types
from fugong.values.texts import TEXT
from fugong.vocab import Kind


class Row(SQLModel):
    """The base of all tables. They validate nothing, so pydantic need not build their validators."""

    model_config = {"defer_build": True}


class Record(Row):
    """What every record has; events name it by ``record_kind`` and ``uid``."""

    record_kind: ClassVar[Kind]

    id: int | None = Field(default=None, primary_key=True)
    uid: str = column_types.uid()


class Retiring(Record):
    """A record that others refer to: it is never removed, but may be retired (停用)."""

    retired_on: date | None = column_types.day()
    """None: in service."""
    retired_why: str | None = column_types.maybe_text("retired_why", TEXT)


class Sealed(Row):
    """A row that no event tells of: its seal shows damage instead, and is renewed whenever the row is written."""

    seal: str = Field(default="", sa_type=sa.Text)
