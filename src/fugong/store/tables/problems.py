"""The ledger's problems."""

from datetime import date
from typing import Optional

import sqlalchemy as sa
from sqlmodel import Field, Relationship

from fugong.store import column_types
from fugong.store.tables.base import Record, Row
from fugong.store.tables.lists import Term
from fugong.store.tables.roster import Department, Enterprise, Team
from fugong.values.texts import LINE, NAME, TEXT
from fugong.vocab import Kind, Level, Satisfaction, Source, Status, Verdict


class ProblemAssist(Row, table=True):
    """A department that assists with a problem (协办)."""

    __tablename__ = "problem_assist"

    problem_id: int | None = column_types.reference("problem", null=False, primary_key=True)
    department_id: int | None = column_types.reference("department", null=False, primary_key=True, index=True)


class Bounce(Row, table=True):
    """A department's refusal of a problem (退回)."""

    id: int | None = Field(default=None, primary_key=True)
    problem_id: int | None = column_types.reference("problem", null=False, index=True)
    department_id: int | None = column_types.reference("department", null=False, index=True)
    on_date: date = Field(sa_type=sa.Date)
    department: Department = Relationship()


class Problem(Record, table=True):
    """One line of the ledger (问题)."""

    record_kind = Kind.PROBLEM
    __table_args__ = (
        sa.UniqueConstraint("team_id", "series", "number", "tag"),
        sa.Index("ix_problem_team_status", "team_id", "status"),
        sa.Index("ix_problem_enterprise_status", "enterprise_id", "status"),
        sa.Index("ix_problem_category_status", "category_id", "status"),
        sa.Index("ix_problem_department_done", "department_id", "status", "found_on", "applied_on", "closed_on"),
        sa.CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)"),
        sa.CheckConstraint("(status = 'closed' OR status = 'pending') = (how IS NOT NULL)"),
        sa.CheckConstraint("status = 'closed' OR (status = 'pending') = (applied_on IS NOT NULL)"),
        sa.CheckConstraint("(verified IS NULL) = (verified_on IS NULL)"),
    )

    key: str | None = column_types.maybe_text("key", LINE, unique=True)
    """Its identity across loads and repeated commands."""
    team_id: int | None = column_types.reference("team", null=False)
    series: str = Field(default="", sa_type=sa.Text)
    """The letters before its number: those of the store that gave it; the first store has none."""
    number: int
    """Running within the team and the series; never reused."""
    tag: str = Field(default="", sa_type=sa.Text)
    """Letters behind its number, where that was given to several records; made from the hash of its logging."""
    enterprise_id: int | None = column_types.reference("enterprise")
    text: str = column_types.text("text", TEXT)
    category_id: int | None = column_types.reference("term")
    source: Source | None = column_types.code("source", Source, null=True, default=None)
    department_id: int | None = column_types.reference("department")
    """The lead department (主办)."""
    person: str | None = column_types.maybe_text("person", NAME)
    found_on: date = Field(sa_type=sa.Date)
    approximate: bool = column_types.flag("approximate")
    """``found_on`` is not exactly known."""
    due_on: date | None = column_types.day()
    due_rule: str | None = column_types.maybe_text("due_rule", NAME)
    """The rule that made the deadline, as 7wd; None for a plain date."""
    due_from: date | None = column_types.day()
    """The day that the rule counts from."""
    due_estimated: bool = column_types.flag("due_estimated")
    """Counted through a year whose working days nobody had announced (推算)."""
    first_due_on: date | None = column_types.day()
    """The first deadline; it stays when the one in force is extended."""
    extended: int | None = None
    """How often the deadline was extended; None is never."""
    late_extended: bool = column_types.flag("late_extended")
    """It was extended after it had passed."""
    chased: int | None = None
    """How often the department was chased (催办); None is never."""
    status: Status = column_types.code("status", Status, default=Status.OPEN)
    status_on: date = Field(sa_type=sa.Date)
    """The business date of the last act that set the status; the next is not earlier."""
    applied_on: date | None = column_types.day()
    """The day on which its closing was applied for (申请销号), where closings are reviewed."""
    closed_on: date | None = column_types.day()
    how: str | None = column_types.maybe_text("how", TEXT)
    """The measure that solved it."""
    verified: Verdict | None = column_types.code("verified", Verdict, null=True, default=None)
    """What the last return visit found; a new closing has had none."""
    verified_on: date | None = column_types.day()
    satisfaction: Satisfaction | None = column_types.code("satisfaction", Satisfaction, null=True, default=None)
    reopened: int | None = None
    """How often it was opened again after it had been closed; None is never."""
    major: bool = column_types.flag("major")
    escalated: Level | None = column_types.code("escalated", Level, null=True, default=None)
    """To whom it was reported; a ``major`` one needs the county even if nobody has reported it."""
    escalated_on: date | None = column_types.day()
    duplicate_of_id: int | None = column_types.reference("problem")
    inferred: bool = column_types.flag("inferred")
    remark: str | None = column_types.maybe_text("remark", TEXT)
    evidence: list[str] = column_types.short_list()
    """The files that were attached, each as ``values.evidence`` tells it."""
    recorded_at: str = column_types.text("recorded_at", 27)
    team: Team = Relationship()
    enterprise: Optional[Enterprise] = Relationship()
    category: Optional[Term] = Relationship()
    department: Optional[Department] = Relationship()
    assist: list[Department] = Relationship(
        link_model=ProblemAssist, sa_relationship_kwargs={"order_by": "Department.id"}
    )
    duplicate_of: Optional["Problem"] = Relationship(sa_relationship_kwargs={"remote_side": "Problem.id"})
    bounces: list[Bounce] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "Bounce.id"}
    )
