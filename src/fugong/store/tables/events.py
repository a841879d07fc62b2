"""Commands that wrote, and the events that they left."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from fugong.store import column_types
from fugong.store.tables.base import Row
from fugong.values.texts import NAME, TEXT
from fugong.vocab import Act, Kind


class Batch(Row, table=True):
    """One command that wrote: who, when, where."""

    id: int | None = Field(default=None, primary_key=True)
    uid: str = column_types.uid()
    verb: str = column_types.text("verb", NAME)
    actor: str = column_types.text("actor", NAME)
    recorded_at: str = column_types.text("recorded_at", 27)
    """The entry time, UTC, as 2020-03-12T04:00:00.000000Z."""
    replica: str = column_types.text("replica", 36)
    undoes_id: int | None = column_types.reference("batch", index=True)
    """The batch that this one took back, or did again: then the batch that took that one back."""
    number: int | None = None
    """Running in its replica; None before the chain, which its first command stands for (``store.chain``)."""
    previous: str | None = Field(default=None, sa_type=sa.Text, index=True)
    """The digest of the command before it in its replica; None at the beginning of a chain."""
    saw: str | None = Field(default=None, sa_type=sa.Text)
    """Canonical JSON: the digests of the last commands of other chains that it knew and the one before it did not."""
    digest: str | None = Field(default=None, sa_type=sa.Text, index=True)
    """Of what it says, and of its events in their order; None before the chain."""
    arrived_at: str | None = Field(default=None, sa_type=sa.Text)
    """When it was known here, UTC, later than every arrival before it whatever the clock says. Local: in no digest."""
    county: str | None = Field(default=None, sa_type=sa.Text)
    """In a city's store, the prefix of the county whose history it belongs to. Local: in no digest."""


class Event(Row, table=True):
    """One dated, append-only entry in the history of a record (办理记录)."""

    __table_args__ = (sa.Index("ix_event_subject", "subject", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(sa_type=sa.Text, unique=True)
    batch_id: int = column_types.reference("batch", null=False, index=True)
    kind: Kind = column_types.code("kind", Kind)
    subject: str = column_types.text("subject", 36)
    act: Act = column_types.code("act", Act)
    on_date: date = Field(sa_type=sa.Date, index=True)
    approximate: bool = column_types.flag("approximate")
    changes: str = Field(sa_type=sa.Text)
    """Canonical JSON: {attribute: [old, new]} with records named portably."""
    text: str | None = column_types.maybe_text("text", TEXT)
    parents: str = Field(sa_type=sa.Text)
    """Canonical JSON: the hashes of the heads of the subject's history when this was written."""
    undoes: str | None = Field(default=None, sa_type=sa.Text)
    """The hash of the event that this one takes back; of an act that is done again, of that which took it back. What
    was entered before events said so cancels the one before it."""
    place: int | None = None
    """Its place in the one order of its record, where several stores wrote it; else ``id`` has it."""
    named: str | None = Field(default=None, sa_type=sa.Text)
    """The uid that its record had where it was entered, if that is another: copies entered one thing twice. It is what
    the hash is taken of."""
