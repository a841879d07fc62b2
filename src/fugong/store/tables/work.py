"""What teams did, what enterprises reached, what was worth copying."""

from datetime import date
from typing import Optional

import sqlalchemy as sa
from sqlmodel import Field, Relationship

from fugong.store import column_types
from fugong.store.tables.base import Record, Row
from fugong.store.tables.lists import Term
from fugong.store.tables.problems import Problem
from fugong.store.tables.roster import Department, Enterprise, Team
from fugong.values.texts import LINE, NAME, TEXT
from fugong.vocab import Kind, Role


class ActivityEnterprise(Row, table=True):
    """An enterprise that an activity took place in."""

    __tablename__ = "activity_enterprise"

    activity_id: int | None = column_types.reference("activity", null=False, primary_key=True)
    enterprise_id: int | None = column_types.reference("enterprise", null=False, primary_key=True, index=True)


class InspectionResult(Row, table=True):
    """What an inspection found under one of the checks (五查)."""

    __tablename__ = "inspection_result"
    __table_args__ = (
        sa.CheckConstraint("passed = (text IS NULL)"),
        sa.CheckConstraint("passed = (problem_id IS NULL)"),
    )

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int | None = column_types.reference("activity", null=False, index=True)
    term_id: int | None = column_types.reference("term", null=False)
    """The check: a category of the group ``CategoryGroup.CHECK``."""
    passed: bool = column_types.flag("passed")
    text: str | None = column_types.maybe_text("text", TEXT)
    """What was wrong, where it did not pass."""
    problem_id: int | None = column_types.reference("problem", index=True)
    """The problem that this opened, or added to."""
    term: Term = Relationship()
    problem: Optional[Problem] = Relationship()


class Activity(Record, table=True):
    """Work done in one of the three roles (工作记录)."""

    record_kind = Kind.ACTIVITY
    __table_args__ = (
        sa.UniqueConstraint("team_id", "series", "number", "tag"),
        sa.Index("ix_activity_team_role", "team_id", "role"),
    )

    key: str | None = column_types.maybe_text("key", LINE, unique=True)
    role: Role = column_types.code("role", Role)
    kind_id: int | None = column_types.reference("term")
    """Its kind of work, from the role's own list."""
    team_id: int | None = column_types.reference("team", null=False)
    series: str = Field(default="", sa_type=sa.Text)
    """The letters before its number: those of the store that gave it; the first store has none."""
    number: int
    """Running within the team and the series; never reused."""
    tag: str = Field(default="", sa_type=sa.Text)
    """Letters behind its number, where that was given to several records; made from the hash of its entry."""
    problem_id: int | None = column_types.reference("problem", index=True)
    """The problem that it helped to solve."""
    text: str = column_types.text("text", TEXT)
    item: str | None = column_types.maybe_text("item", NAME)
    quantity: str | None = column_types.maybe_text("quantity", NAME)
    """As stated: 1000, or a range as 400-500."""
    unit: str | None = column_types.maybe_text("unit", NAME)
    department_id: int | None = column_types.reference("department")
    """Where goods or help came from."""
    done_by: list[str] = column_types.short_list()
    """Who of the team did it, by name."""
    guests: list[str] = column_types.short_list()
    """Invited experts, who are not members."""
    place: str | None = column_types.maybe_text("place", LINE)
    on_date: date = Field(sa_type=sa.Date)
    approximate: bool = column_types.flag("approximate")
    inferred: bool = column_types.flag("inferred")
    remark: str | None = column_types.maybe_text("remark", TEXT)
    kind: Optional[Term] = Relationship()
    team: Team = Relationship()
    problem: Optional[Problem] = Relationship()
    department: Optional[Department] = Relationship()
    enterprises: list[Enterprise] = Relationship(
        link_model=ActivityEnterprise, sa_relationship_kwargs={"order_by": "Enterprise.id"}
    )
    results: list[InspectionResult] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "InspectionResult.id"}
    )
    """Of an inspection: what each check found that was made."""


class Milestone(Record, table=True):
    """Something that an enterprise has reached, or is about to (达标事项)."""

    record_kind = Kind.MILESTONE
    __table_args__ = (sa.UniqueConstraint("enterprise_id", "term_id"),)

    enterprise_id: int | None = column_types.reference("enterprise", null=False)
    term_id: int | None = column_types.reference("term", null=False)
    pending: bool = column_types.flag("pending")
    on_date: date = Field(sa_type=sa.Date)
    approximate: bool = column_types.flag("approximate")
    inferred: bool = column_types.flag("inferred")
    remark: str | None = column_types.maybe_text("remark", TEXT)
    enterprise: Enterprise = Relationship()
    term: Term = Relationship()


class Adoption(Row, table=True):
    """A team or an enterprise that took up a practice."""

    __table_args__ = (sa.CheckConstraint("(team_id IS NULL) <> (enterprise_id IS NULL)"),)

    id: int | None = Field(default=None, primary_key=True)
    practice_id: int | None = column_types.reference("practice", null=False, index=True)
    team_id: int | None = column_types.reference("team")
    enterprise_id: int | None = column_types.reference("enterprise")
    team: Optional[Team] = Relationship()
    enterprise: Optional[Enterprise] = Relationship()


class Practice(Record, table=True):
    """A method worth copying (做法)."""

    record_kind = Kind.PRACTICE

    name: str = column_types.text("name", NAME, unique=True)
    origin: str | None = column_types.maybe_text("origin", LINE)
    summary: str | None = column_types.maybe_text("summary", TEXT)
    promoted_on: date | None = column_types.day()
    inferred: bool = column_types.flag("inferred")
    remark: str | None = column_types.maybe_text("remark", TEXT)
    adoptions: list[Adoption] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "Adoption.id"}
    )
