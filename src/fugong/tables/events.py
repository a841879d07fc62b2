"""Commands that wrote, and the events that they left."""

import json
from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from fugong import fields
from fugong.fields import NAME, TEXT
from fugong.tables.base import Row
from fugong.vocab import Act, Kind


class Batch(Row, table=True):
    """One command that wrote: who, when, where."""

    id: int | None = Field(default=None, primary_key=True)
    uid: str = fields.uid()
    verb: str = fields.text("verb", NAME)
    actor: str = fields.text("actor", NAME)
    recorded_at: str = fields.text("recorded_at", 27)
    """The entry time, UTC, as 2020-03-12T04:00:00.000000Z."""
    replica: str = fields.text("replica", 36)
    undoes_id: int | None = fields.reference("batch", unique=True)
    """The batch that this one took back."""


class Event(Row, table=True):
    """One dated, append-only entry in the history of a record (办理记录)."""

    __table_args__ = (sa.Index("ix_event_subject", "subject", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(sa_type=sa.Text, unique=True)
    batch_id: int = fields.reference("batch", null=False, index=True)
    kind: Kind = fields.code("kind", Kind)
    subject: str = fields.text("subject", 36)
    act: Act = fields.code("act", Act)
    on_date: date = Field(sa_type=sa.Date, index=True)
    approximate: bool = fields.flag("approximate")
    changes: str = Field(sa_type=sa.Text)
    """Canonical JSON: {attribute: [old, new]} with records named portably."""
    text: str | None = fields.maybe_text("text", TEXT)
    parents: str = Field(sa_type=sa.Text)
    """Canonical JSON: the hashes of the heads of the subject's history when this was written."""

    def sets(self, attribute: str) -> bool:
        """Whether this changed an attribute of its record."""
        return attribute in json.loads(self.changes)
