"""Copies of the ledger, and what a store keeps of meeting them."""

import sqlalchemy as sa
from sqlmodel import Field

from fugong.store import column_types
from fugong.store.tables.base import Record, Row, Sealed
from fugong.values.texts import NAME
from fugong.vocab import Grown, Kind


class Copy(Record, table=True):
    """Another store of the same ledger: its ``uid`` is the replica id that its commands bear."""

    record_kind = Kind.COPY

    name: str | None = column_types.maybe_text("name", NAME)
    """Whom it was made for."""
    series: str = Field(default="", sa_type=sa.Text)
    """The letters before the numbers that it gives: 3-B1. Those of the first store have none."""
    grown: Grown = column_types.code("grown", Grown)
    """How it came to be one of its own."""


class Peer(Sealed, table=True):
    """What another store had when it was last heard of: local, and told by no event."""

    replica: str = Field(sa_type=sa.Text, primary_key=True)
    heads: str = Field(sa_type=sa.Text)
    """Canonical JSON: the digests of the last commands of every chain that it knew."""


class County(Sealed, table=True):
    """A county whose history stands in a city's store: local, and told by no event."""

    prefix: str = column_types.text("prefix", 3, primary_key=True)
    """What is put before the codes of its teams and lists."""
    name: str = column_types.text("name", NAME, unique=True)
    replica: str = column_types.text("replica", 36)
    """That under which the city writes for it, so that what it wrote goes back by itself."""


class Conflict(Row, table=True):
    """What nobody can know of a record until somebody settles it: it follows from events, and the check proves it."""

    __table_args__ = (sa.UniqueConstraint("subject", "attribute"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: Kind = column_types.code("kind", Kind)
    subject: str = column_types.text("subject", 36)
    attribute: str = column_types.text("attribute", NAME)
    """What it is about: an attribute, or a rule's name."""
    sides: str = Field(sa_type=sa.Text)
    """Canonical JSON: a list of [hash of the event, what it says]."""
