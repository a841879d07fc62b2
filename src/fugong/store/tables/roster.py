"""Who takes part: departments, teams, enterprises."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, Relationship

from fugong.store import column_types
from fugong.store.tables.base import Retiring, Row
from fugong.values.texts import LINE, NAME, TEXT
from fugong.vocab import Kind, Stage


class Department(Retiring, table=True):
    """Who must act (责任单位): county bureaus, townships, hospitals."""

    record_kind = Kind.DEPARTMENT

    name: str = column_types.text("name", NAME, unique=True)
    key: str = Field(sa_type=sa.Text, unique=True)
    core: str = Field(sa_type=sa.Text, index=True)
    inferred: bool = column_types.flag("inferred")
    remark: str | None = column_types.maybe_text("remark", TEXT)
    aliases: list["DepartmentAlias"] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "DepartmentAlias.id"}
    )


class DepartmentAlias(Row, table=True):
    """Another name of a department; none is shared."""

    __tablename__ = "department_alias"

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int | None = column_types.reference("department", null=False, index=True)
    name: str = column_types.text("name", NAME)
    key: str = Field(sa_type=sa.Text, unique=True)
    core: str = Field(sa_type=sa.Text, index=True)


class Team(Retiring, table=True):
    """An assistance team (帮扶组)."""

    record_kind = Kind.TEAM

    code: str = column_types.text("code", 8, unique=True)
    sort: str = Field(sa_type=sa.Text, unique=True)
    """The code with its digits padded, so that 10 comes after 9."""
    name: str = column_types.text("name", NAME, unique=True)
    county: str = column_types.text("county", NAME)
    branch: str | None = column_types.maybe_text("branch", NAME)
    """The team's party branch."""
    units: list[str] = column_types.short_list()
    """The units its members come from."""
    units_complete: bool = column_types.flag("units_complete")
    """Whether ``units`` names all of them."""
    expected_headcount: int | None = None
    expected_enterprises: int | None = None
    next_number: int = 1
    """The running number that the team's next problem gets."""
    skipped: int | None = None
    """Numbers that it gave and none of its problems bears, for these were moved to other teams; None is none."""
    next_activity: int = 1
    """The running number that the team's next activity gets."""
    inferred: bool = column_types.flag("inferred")
    remark: str | None = column_types.maybe_text("remark", TEXT)


class Enterprise(Retiring, table=True):
    """An enterprise that a team assists."""

    record_kind = Kind.ENTERPRISE
    __table_args__ = (sa.Index("ix_enterprise_stage", "stage"),)

    name: str = column_types.text("name", NAME, unique=True)
    key: str = Field(sa_type=sa.Text, unique=True)
    core: str = Field(sa_type=sa.Text, index=True)
    township: str | None = column_types.maybe_text("township", NAME)
    above_scale: bool | None = column_types.flag("above_scale", null=True)
    """Whether it is above the statistical size threshold (规上)."""
    capacity: str | None = column_types.maybe_text("capacity", LINE)
    workforce: str | None = column_types.maybe_text("workforce", LINE)
    sites: list[str] = column_types.short_list()
    contact: str | None = column_types.maybe_text("contact", NAME)
    """Who answers for the enterprise; no view has it."""
    phone: str | None = column_types.maybe_text("phone", NAME)
    """Personal: every output masks it unless it is asked for, and no view has it."""
    stage: Stage = column_types.code("stage", Stage, default=Stage.UNKNOWN)
    """The stage that the last of ``stages`` reached."""
    stage_on: date | None = column_types.day()
    """Since when, as far as is known."""
    inferred: bool = column_types.flag("inferred")
    remark: str | None = column_types.maybe_text("remark", TEXT)
    aliases: list["EnterpriseAlias"] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "EnterpriseAlias.id"}
    )
    assignments: list["Assignment"] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "Assignment.id"}
    )

    stages: list["StageChange"] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "StageChange.id"}
    )


class EnterpriseAlias(Row, table=True):
    """Another name of an enterprise; none is shared."""

    __tablename__ = "enterprise_alias"

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int | None = column_types.reference("enterprise", null=False, index=True)
    name: str = column_types.text("name", NAME)
    key: str = Field(sa_type=sa.Text, unique=True)
    core: str = Field(sa_type=sa.Text, index=True)


class Assignment(Row, table=True):
    """Which team looks after an enterprise, from when and until when (包联)."""

    id: int | None = Field(default=None, primary_key=True)
    enterprise_id: int | None = column_types.reference("enterprise", null=False, index=True)
    team_id: int | None = column_types.reference("team", null=False, index=True)
    from_on: date | None = column_types.day()
    """None: since ever, as far as is known."""
    to_on: date | None = column_types.day()
    """None: still."""
    team: Team = Relationship()


class StageChange(Row, table=True):
    """An enterprise reached a stage of resumption (复工阶段)."""

    __tablename__ = "stage_change"

    id: int | None = Field(default=None, primary_key=True)
    enterprise_id: int | None = column_types.reference("enterprise", null=False, index=True)
    stage: Stage = column_types.code("stage", Stage)
    on_date: date | None = column_types.day()
    """None: since ever, as far as is known."""
    approximate: bool = column_types.flag("approximate")
    why: str | None = column_types.maybe_text("why", TEXT)
    """Why it stopped, or is left out of the count."""
