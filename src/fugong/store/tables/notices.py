"""Papers about problems that left the office: what they are numbered by, and what they said."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, Relationship

from fugong.store import column_types
from fugong.store.tables.base import Record
from fugong.store.tables.problems import Problem
from fugong.values.texts import LINE
from fugong.vocab import Kind, Paper


class Notice(Record, table=True):
    """A paper about a problem that was given to somebody (交办单, 催办单, 督办单, 整改通知书)."""

    record_kind = Kind.NOTICE
    __table_args__ = (sa.UniqueConstraint("paper", "year", "number"),)

    paper: Paper = column_types.code("paper", Paper)
    year: int
    number: int | None = None
    """Running for each paper and year; None in a copy of the ledger, where it is left to be written in."""
    problem_id: int | None = column_types.reference("problem", null=False, index=True)
    sent_to: str = column_types.text("sent_to", LINE)
    """To whom it goes (主送)."""
    on_date: date = Field(sa_type=sa.Date)
    digest: str = column_types.text("digest", 64)
    """The SHA-256 of what it says: the same again is a reprint."""
    problem: Problem = Relationship()
