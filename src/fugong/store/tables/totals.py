"""Totals that were stated, and reports of nothing."""

from datetime import date
from typing import Optional

import sqlalchemy as sa
from sqlmodel import Field, Relationship

from fugong.store import column_types
from fugong.store.tables import problems  # noqa: F401  (published rows refer to it)
from fugong.store.tables.base import Record, Row
from fugong.store.tables.lists import Term
from fugong.store.tables.roster import Team
from fugong.values.texts import LINE, NAME, TEXT
from fugong.vocab import Kind, Measure, Status


class NilReport(Record, table=True):
    """A team's word that there is nothing to report of a day (零报告)."""

    __tablename__ = "nil_report"
    record_kind = Kind.NIL_REPORT
    __table_args__ = (sa.UniqueConstraint("team_id", "on_date"),)

    team_id: int | None = column_types.reference("team", null=False)
    on_date: date = Field(sa_type=sa.Date, index=True)
    team: Team = Relationship()


class PublishedRow(Row, table=True):
    """A problem behind published figures, as it stood at their cut-off."""

    __tablename__ = "published_row"

    publication_id: int | None = column_types.reference("publication", null=False, primary_key=True)
    problem_id: int | None = column_types.reference("problem", null=False, primary_key=True)
    status: Status = column_types.code("status", Status)


class Publication(Record, table=True):
    """Figures of one cut-off that this store published, and the rows behind them."""

    record_kind = Kind.PUBLICATION

    name: str = column_types.text("name", LINE, unique=True)
    as_of: date = Field(sa_type=sa.Date)
    at: str | None = column_types.maybe_text("at", 5)
    """The time of day, as 17:00, if the cut-off was a moment."""
    digest: str = column_types.text("digest", 64)
    """The SHA-256 of which problem stood where: of lines of uid and status, in the order of the uids."""
    seal: str | None = Field(default=None, sa_type=sa.Text)
    """What stands for all that was known before it (``store.chain``)."""
    heads: str | None = Field(default=None, sa_type=sa.Text)
    """The last command of every chain that was known before it, a line each of replica and digest."""
    recorded_at: str = column_types.text("recorded_at", 27)
    rows: list[PublishedRow] = Relationship(sa_relationship_kwargs={"cascade": "all, delete-orphan"})


class Figure(Record, table=True):
    """A total that somebody stated (公布口径)."""

    record_kind = Kind.FIGURE

    key: str | None = column_types.maybe_text("key", LINE, unique=True)
    measure: Measure = column_types.code("measure", Measure)
    term_id: int | None = column_types.reference("term")
    """Of ``Measure.MILESTONE``: which one."""
    team_id: int | None = column_types.reference("team")
    """The scope; None is the county."""
    value: int
    unit: str | None = column_types.maybe_text("unit", NAME)
    as_of: date = Field(sa_type=sa.Date)
    source: str | None = column_types.maybe_text("source", LINE)
    publication_id: int | None = column_types.reference("publication", index=True)
    """The publication that it is of; None if somebody else stated it."""
    inferred: bool = column_types.flag("inferred")
    remark: str | None = column_types.maybe_text("remark", TEXT)
    term: Optional[Term] = Relationship()
    team: Optional[Team] = Relationship()
    publication: Optional[Publication] = Relationship()
