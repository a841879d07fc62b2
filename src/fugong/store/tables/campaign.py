"""The campaign, and the days that its calendar has to correct."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from fugong.store import column_types
from fugong.store.tables.base import Record
from fugong.values.texts import LINE, NAME, TEXT
from fugong.vocab import Kind


class Campaign(Record, table=True):
    """The one campaign that a store is about (专项行动)."""

    record_kind = Kind.CAMPAIGN

    name: str = column_types.text("name", LINE)
    county: str = column_types.text("county", NAME)
    committee: str | None = column_types.maybe_text("committee", LINE)
    places: list[str] = column_types.short_list()
    """Place names that enterprise names may begin with; names resolve without them."""
    timeline: list[list[str]] = column_types.short_list()
    """Dated acts: [[ISO date, what], …]."""
    remark: str | None = column_types.maybe_text("remark", TEXT)


class CalendarDay(Record, table=True):
    """A day that the calendar has wrong: a later or local notice made it a working day, or free."""

    __tablename__ = "calendar_day"
    record_kind = Kind.CALENDAR_DAY

    day: date = Field(sa_type=sa.Date, unique=True)
    work: bool = column_types.flag("work")
    source: str = column_types.text("source", LINE)
    """The notice that says so."""
