"""What a store keeps about itself: settings, facts, and what was loaded."""

import sqlalchemy as sa
from sqlmodel import Field

from fugong.store import column_types
from fugong.store.tables.base import Record, Sealed
from fugong.values.texts import LINE, NAME, TEXT
from fugong.vocab import Kind


class Setting(Record, table=True):
    """What somebody set for everybody who uses the store (``store set``). Each is there from the beginning."""

    record_kind = Kind.SETTING

    name: str = column_types.text("name", NAME, unique=True)
    value: str | None = column_types.maybe_text("value", LINE)
    """None: nobody set it, and it has its default."""


class Fact(Sealed, table=True):
    """What this one store is, which nobody sets: its replica, the series of its numbers, its schema."""

    name: str = Field(sa_type=sa.Text, primary_key=True)
    value: str = Field(sa_type=sa.Text)


class Loaded(Sealed, table=True):
    """What a row of a seed file said when it was last loaded: the base of the next three-way merge."""

    __table_args__ = (sa.UniqueConstraint("section", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    section: str = column_types.text("section", NAME)
    key: str = column_types.text("key", TEXT)
    subject: str = column_types.text("subject", 36)
    content: str = Field(sa_type=sa.Text)
