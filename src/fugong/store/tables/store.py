"""What a store keeps about itself: settings, and what was loaded."""

import sqlalchemy as sa
from sqlmodel import Field

from fugong.store import column_types
from fugong.store.tables.base import Sealed
from fugong.values.texts import NAME, TEXT


class Setting(Sealed, table=True):
    """A setting of the store, or a fact about it."""

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
