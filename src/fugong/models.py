"""The tables. Rows are built by the domain from checked values: a table class validates nothing by itself.

Integer keys stay inside the store; the ``uid`` is the identity that travels. ``tracked`` names the
attributes whose every change is an event: a record is the fold of its events (history.py).

No ``from __future__ import annotations`` here: SQLModel reads the annotations of relationships.
"""

import json
import os
import time
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Optional

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlmodel import Field, Relationship, SQLModel

from fugong.vocab import (
    LIVE,
    Act,
    CategoryGroup,
    Coded,
    Kind,
    ListName,
    Measure,
    Role,
    Source,
    Stage,
    Status,
)

NAME, LINE, TEXT = 100, 200, 4000
"""The longest name, short text and text, in characters."""


def new_uid() -> str:
    """A UUIDv7: 48 bits of time in milliseconds, then chance, so that new rows sort after old ones."""
    bits = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10))
    bits = bits & ~(0xF << 76) | 0x7 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    digits = f"{bits:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


class Json(sa.TypeDecorator[Any]):
    """A short list kept as readable JSON text, the same on every engine."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str:  # noqa: ARG002
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Any:  # noqa: ARG002
        return json.loads(value) if value else []


# STRICT tables of SQLite know five types only; these are spelt so that they fit.
@compiles(sa.Date, "sqlite")
@compiles(sa.Enum, "sqlite")
def _as_text(*_: Any, **__: Any) -> str:
    return "TEXT"


@compiles(sa.Boolean, "sqlite")
def _as_integer(*_: Any, **__: Any) -> str:
    return "INTEGER"


def _text(name: str, limit: int, **options: Any) -> Any:
    """A text column of 1 to ``limit`` characters."""
    bounds = sa.CheckConstraint(f"length({name}) BETWEEN 1 AND {limit}")
    return Field(sa_type=sa.Text, sa_column_args=[bounds], **options)


def _maybe(name: str, limit: int, **options: Any) -> Any:
    """An optional text column of 1 to ``limit`` characters."""
    return _text(name, limit, default=None, nullable=True, **options)


def _code(enum: type[Coded], *, null: bool = False, **options: Any) -> Any:
    """A column that holds a code of ``enum`` and nothing else, on every engine."""
    kind = sa.Enum(
        enum,
        values_callable=lambda codes: [code.value for code in codes],
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=20,
        name=enum.__name__.lower(),
    )
    return Field(sa_column=sa.Column(kind, nullable=null), **options)


def _flag(name: str, *, null: bool = False) -> Any:
    """A truth value, unknown allowed where ``null``."""
    kind = sa.Boolean(create_constraint=True, name=name)
    return Field(default=None if null else False, sa_column=sa.Column(kind, nullable=null))


def _json() -> Any:
    """A short list kept inside the row."""
    return Field(default_factory=list, sa_column=sa.Column(Json, nullable=False))


def _ref(table: str, *, null: bool = True, **options: Any) -> Any:
    """A reference to another record."""
    return Field(default=None, foreign_key=f"{table}.id", nullable=null, **options)


def _day() -> Any:
    """An optional business date."""
    return Field(default=None, sa_type=sa.Date, nullable=True)


class Row(SQLModel):
    """The base of all tables. They validate nothing, so pydantic need not build their validators."""

    model_config = {"defer_build": True}


class Record(Row):
    """What every record has; events name it by ``record_kind`` and ``uid``."""

    record_kind: ClassVar[Kind]
    tracked: ClassVar[tuple[str, ...]]

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, sa_type=sa.Text, unique=True)

    def portable(self) -> Any:
        """How events of other records name this one."""
        return self.uid


class Setting(Row, table=True):
    """A setting of the store, or a fact about it."""

    name: str = Field(sa_type=sa.Text, primary_key=True)
    value: str = Field(sa_type=sa.Text)


class Batch(Row, table=True):
    """One command that wrote: who, when, where."""

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(default_factory=new_uid, sa_type=sa.Text, unique=True)
    verb: str = _text("verb", NAME)
    actor: str = _text("actor", NAME)
    recorded_at: str = _text("recorded_at", 27)
    """The entry time, UTC, as 2020-03-12T04:00:00.000000Z."""
    replica: str = _text("replica", 36)


class Event(Row, table=True):
    """One dated, append-only entry in the history of a record (办理记录)."""

    __table_args__ = (sa.Index("ix_event_subject", "subject", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(sa_type=sa.Text, unique=True)
    batch_id: int = _ref("batch", null=False, index=True)
    kind: Kind = _code(Kind)
    subject: str = _text("subject", 36)
    act: Act = _code(Act)
    on_date: date = Field(sa_type=sa.Date)
    approximate: bool = _flag("approximate")
    changes: str = Field(sa_type=sa.Text)
    """Canonical JSON: {attribute: [old, new]} with records named portably."""
    text: str | None = _maybe("text", TEXT)
    parents: str = Field(sa_type=sa.Text)
    """Canonical JSON: the hashes of the heads of the subject's history when this was written."""

    def sets(self, attribute: str) -> bool:
        """Whether this changed an attribute of its record."""
        return attribute in json.loads(self.changes)


class Loaded(Row, table=True):
    """What a row of a seed file said when it was last loaded: the base of the next three-way merge."""

    __table_args__ = (sa.UniqueConstraint("section", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    section: str = _text("section", NAME)
    key: str = _text("key", TEXT)
    subject: str = _text("subject", 36)
    content: str = Field(sa_type=sa.Text)


class Campaign(Record, table=True):
    """The one campaign that a store is about (专项行动)."""

    record_kind = Kind.CAMPAIGN
    tracked = ("name", "county", "committee", "places", "timeline", "remark")

    name: str = _text("name", LINE)
    county: str = _text("county", NAME)
    committee: str | None = _maybe("committee", LINE)
    places: list[str] = _json()
    """Place names that enterprise names may begin with; names resolve without them."""
    timeline: list[list[str]] = _json()
    """Dated acts: [[ISO date, what], …]."""
    remark: str | None = _maybe("remark", TEXT)


class Term(Record, table=True):
    """An entry of one of the lists that are data: categories, kinds of work, milestones, presets."""

    record_kind = Kind.TERM
    tracked = ("list", "code", "zh", "en", "rank", "grp", "rule")
    __table_args__ = (sa.UniqueConstraint("list", "code"), sa.UniqueConstraint("list", "zh"))

    list: ListName = _code(ListName)
    code: str = _text("code", NAME)
    zh: str = _text("zh", NAME)
    en: str = _text("en", NAME)
    rank: int = 0
    """Its place in the list."""
    grp: CategoryGroup | None = _code(CategoryGroup, null=True, default=None)
    """Of a category: the method it belongs to."""
    rule: str | None = _maybe("rule", NAME)
    """Of a deadline preset: the rule it stands for, as 7d or 1m."""

    def portable(self) -> str:
        return self.code


class Department(Record, table=True):
    """Who must act (责任单位): county bureaus, townships, hospitals."""

    record_kind = Kind.DEPARTMENT
    tracked = ("name", "aliases", "inferred", "remark")

    name: str = _text("name", NAME, unique=True)
    key: str = Field(sa_type=sa.Text, unique=True)
    core: str = Field(sa_type=sa.Text, index=True)
    inferred: bool = _flag("inferred")
    remark: str | None = _maybe("remark", TEXT)
    aliases: list["DepartmentAlias"] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "DepartmentAlias.id"}
    )


class DepartmentAlias(Row, table=True):
    """Another name of a department; none is shared."""

    __tablename__ = "department_alias"

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int | None = _ref("department", null=False, index=True)
    name: str = _text("name", NAME)
    key: str = Field(sa_type=sa.Text, unique=True)
    core: str = Field(sa_type=sa.Text, index=True)

    def portable(self) -> str:
        return self.name


class Team(Record, table=True):
    """An assistance team (帮扶组)."""

    record_kind = Kind.TEAM
    tracked = (
        "code", "name", "county", "branch", "units", "units_complete",
        "expected_headcount", "expected_enterprises", "inferred", "remark",
    )  # fmt: skip

    code: str = _text("code", 8, unique=True)
    sort: str = Field(sa_type=sa.Text, unique=True)
    """The code with its digits padded, so that 10 comes after 9."""
    name: str = _text("name", NAME, unique=True)
    county: str = _text("county", NAME)
    branch: str | None = _maybe("branch", NAME)
    """The team's party branch."""
    units: list[str] = _json()
    """The units its members come from."""
    units_complete: bool = _flag("units_complete")
    """Whether ``units`` names all of them."""
    expected_headcount: int | None = None
    expected_enterprises: int | None = None
    next_number: int = 1
    """The running number that the team's next problem gets."""
    inferred: bool = _flag("inferred")
    remark: str | None = _maybe("remark", TEXT)


class Enterprise(Record, table=True):
    """An enterprise that a team assists."""

    record_kind = Kind.ENTERPRISE
    tracked = (
        "name", "aliases", "township", "above_scale", "capacity", "workforce", "sites",
        "stage", "stage_on", "assignments", "inferred", "remark",
    )  # fmt: skip

    name: str = _text("name", NAME, unique=True)
    key: str = Field(sa_type=sa.Text, unique=True)
    core: str = Field(sa_type=sa.Text, index=True)
    township: str | None = _maybe("township", NAME)
    above_scale: bool | None = _flag("above_scale", null=True)
    """Whether it is above the statistical size threshold (规上)."""
    capacity: str | None = _maybe("capacity", LINE)
    workforce: str | None = _maybe("workforce", LINE)
    sites: list[str] = _json()
    stage: Stage = _code(Stage, default=Stage.UNKNOWN)
    stage_on: date | None = _day()
    inferred: bool = _flag("inferred")
    remark: str | None = _maybe("remark", TEXT)
    aliases: list["EnterpriseAlias"] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "EnterpriseAlias.id"}
    )
    assignments: list["Assignment"] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "Assignment.id"}
    )

    def team(self) -> Team | None:
        """The team that looks after it now."""
        return next((held.team for held in self.assignments if held.to_on is None), None)


class EnterpriseAlias(Row, table=True):
    """Another name of an enterprise; none is shared."""

    __tablename__ = "enterprise_alias"

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int | None = _ref("enterprise", null=False, index=True)
    name: str = _text("name", NAME)
    key: str = Field(sa_type=sa.Text, unique=True)
    core: str = Field(sa_type=sa.Text, index=True)

    def portable(self) -> str:
        return self.name


class Assignment(Row, table=True):
    """Which team looks after an enterprise, from when and until when (包联)."""

    id: int | None = Field(default=None, primary_key=True)
    enterprise_id: int | None = _ref("enterprise", null=False, index=True)
    team_id: int | None = _ref("team", null=False, index=True)
    from_on: date | None = _day()
    """None: since ever, as far as is known."""
    to_on: date | None = _day()
    """None: still."""
    team: Team = Relationship()

    def portable(self) -> list[str | None]:
        start, end = (day.isoformat() if day else None for day in (self.from_on, self.to_on))
        return [self.team.uid, start, end]


class Member(Record, table=True):
    """A named member of a team (组员)."""

    record_kind = Kind.MEMBER
    tracked = ("team", "name", "unit", "post", "duties", "enterprise", "inferred", "remark")
    __table_args__ = (sa.UniqueConstraint("team_id", "name"),)

    team_id: int | None = _ref("team", null=False)
    name: str = _text("name", NAME)
    unit: str | None = _maybe("unit", NAME)
    post: str | None = _maybe("post", NAME)
    duties: list[str] = _json()
    """Codes of ``vocab.Duty``."""
    enterprise_id: int | None = _ref("enterprise")
    inferred: bool = _flag("inferred")
    remark: str | None = _maybe("remark", TEXT)
    team: Team = Relationship()
    enterprise: Optional[Enterprise] = Relationship()  # noqa: UP045  (SQLModel reads the name inside)


class ProblemAssist(Row, table=True):
    """A department that assists with a problem (协办)."""

    __tablename__ = "problem_assist"

    problem_id: int | None = _ref("problem", null=False, primary_key=True)
    department_id: int | None = _ref("department", null=False, primary_key=True, index=True)


class Problem(Record, table=True):
    """One line of the ledger (问题)."""

    record_kind = Kind.PROBLEM
    tracked = (
        "key", "team", "number", "enterprise", "text", "category", "source", "department", "assist", "person",
        "found_on", "approximate", "due_on", "due_rule", "due_from", "due_estimated", "status", "closed_on", "how",
        "major", "duplicate_of", "inferred", "remark",
    )  # fmt: skip
    __table_args__ = (
        sa.UniqueConstraint("team_id", "number"),
        sa.Index("ix_problem_team_status", "team_id", "status"),
        sa.Index("ix_problem_status_due", "status", "due_on"),
        sa.CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)"),
        sa.CheckConstraint("(status = 'closed') = (how IS NOT NULL)"),
    )

    key: str | None = _maybe("key", LINE, unique=True)
    """Its identity across loads and repeated commands."""
    team_id: int | None = _ref("team", null=False)
    number: int
    """Running within the team; never reused."""
    enterprise_id: int | None = _ref("enterprise", index=True)
    text: str = _text("text", TEXT)
    category_id: int | None = _ref("term", index=True)
    source: Source | None = _code(Source, null=True, default=None)
    department_id: int | None = _ref("department", index=True)
    """The lead department (主办)."""
    person: str | None = _maybe("person", NAME)
    found_on: date = Field(sa_type=sa.Date)
    approximate: bool = _flag("approximate")
    """``found_on`` is not exactly known."""
    due_on: date | None = _day()
    due_rule: str | None = _maybe("due_rule", NAME)
    """The rule that made the deadline, as 7wd; None for a plain date."""
    due_from: date | None = _day()
    """The day that the rule counts from."""
    due_estimated: bool = _flag("due_estimated")
    """Counted through a year whose working days nobody had announced (推算)."""
    status: Status = _code(Status, default=Status.OPEN)
    status_on: date = Field(sa_type=sa.Date)
    """The business date of the last act that set the status; the next is not earlier."""
    closed_on: date | None = _day()
    how: str | None = _maybe("how", TEXT)
    """The measure that solved it."""
    major: bool = _flag("major")
    duplicate_of_id: int | None = _ref("problem")
    inferred: bool = _flag("inferred")
    remark: str | None = _maybe("remark", TEXT)
    recorded_at: str = _text("recorded_at", 27)
    team: Team = Relationship()
    enterprise: Optional[Enterprise] = Relationship()  # noqa: UP045
    category: Optional[Term] = Relationship()  # noqa: UP045
    department: Optional[Department] = Relationship()  # noqa: UP045
    assist: list[Department] = Relationship(
        link_model=ProblemAssist, sa_relationship_kwargs={"order_by": "Department.id"}
    )
    duplicate_of: Optional["Problem"] = Relationship(sa_relationship_kwargs={"remote_side": "Problem.id"})

    @property
    def live(self) -> bool:
        """In hand: found, and neither closed nor void."""
        return self.status in LIVE

    @property
    def ident(self) -> str:
        """The number people use: 3-2 is the second problem of team 3."""
        return f"{self.team.code}-{self.number}"


class ActivityEnterprise(Row, table=True):
    """An enterprise that an activity took place in."""

    __tablename__ = "activity_enterprise"

    activity_id: int | None = _ref("activity", null=False, primary_key=True)
    enterprise_id: int | None = _ref("enterprise", null=False, primary_key=True, index=True)


class Activity(Record, table=True):
    """Work done in one of the three roles (工作记录)."""

    record_kind = Kind.ACTIVITY
    tracked = (
        "key", "role", "kind", "team", "enterprises", "problem", "text", "item", "quantity", "unit", "department",
        "guests", "place", "on_date", "approximate", "inferred", "remark",
    )  # fmt: skip

    key: str | None = _maybe("key", LINE, unique=True)
    role: Role = _code(Role)
    kind_id: int | None = _ref("term")
    """Its kind of work, from the role's own list."""
    team_id: int | None = _ref("team", null=False, index=True)
    problem_id: int | None = _ref("problem", index=True)
    """The problem that it helped to solve."""
    text: str = _text("text", TEXT)
    item: str | None = _maybe("item", NAME)
    quantity: str | None = _maybe("quantity", NAME)
    """As stated: 1000, or a range as 400-500."""
    unit: str | None = _maybe("unit", NAME)
    department_id: int | None = _ref("department")
    """Where goods or help came from."""
    guests: list[str] = _json()
    """Invited experts, who are not members."""
    place: str | None = _maybe("place", LINE)
    on_date: date = Field(sa_type=sa.Date)
    approximate: bool = _flag("approximate")
    inferred: bool = _flag("inferred")
    remark: str | None = _maybe("remark", TEXT)
    kind: Optional[Term] = Relationship()  # noqa: UP045
    team: Team = Relationship()
    problem: Optional[Problem] = Relationship()  # noqa: UP045
    department: Optional[Department] = Relationship()  # noqa: UP045
    enterprises: list[Enterprise] = Relationship(
        link_model=ActivityEnterprise, sa_relationship_kwargs={"order_by": "Enterprise.id"}
    )


class Milestone(Record, table=True):
    """Something that an enterprise has reached, or is about to (达标事项)."""

    record_kind = Kind.MILESTONE
    tracked = ("enterprise", "term", "pending", "on_date", "approximate", "inferred", "remark")
    __table_args__ = (sa.UniqueConstraint("enterprise_id", "term_id"),)

    enterprise_id: int | None = _ref("enterprise", null=False)
    term_id: int | None = _ref("term", null=False)
    pending: bool = _flag("pending")
    on_date: date = Field(sa_type=sa.Date)
    approximate: bool = _flag("approximate")
    inferred: bool = _flag("inferred")
    remark: str | None = _maybe("remark", TEXT)
    enterprise: Enterprise = Relationship()
    term: Term = Relationship()


class Adoption(Row, table=True):
    """A team or an enterprise that took up a practice."""

    __table_args__ = (sa.CheckConstraint("(team_id IS NULL) <> (enterprise_id IS NULL)"),)

    id: int | None = Field(default=None, primary_key=True)
    practice_id: int | None = _ref("practice", null=False, index=True)
    team_id: int | None = _ref("team")
    enterprise_id: int | None = _ref("enterprise")
    team: Optional[Team] = Relationship()  # noqa: UP045
    enterprise: Optional[Enterprise] = Relationship()  # noqa: UP045

    def portable(self) -> str:
        adopter = self.team or self.enterprise
        return adopter.uid if adopter else ""


class Practice(Record, table=True):
    """A method worth copying (做法)."""

    record_kind = Kind.PRACTICE
    tracked = ("name", "origin", "summary", "promoted_on", "adoptions", "inferred", "remark")

    name: str = _text("name", NAME, unique=True)
    origin: str | None = _maybe("origin", LINE)
    summary: str | None = _maybe("summary", TEXT)
    promoted_on: date | None = _day()
    inferred: bool = _flag("inferred")
    remark: str | None = _maybe("remark", TEXT)
    adoptions: list[Adoption] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "Adoption.id"}
    )


class Figure(Record, table=True):
    """A total that somebody stated (公布口径)."""

    record_kind = Kind.FIGURE
    tracked = ("key", "measure", "term", "team", "value", "unit", "as_of", "source", "inferred", "remark")

    key: str | None = _maybe("key", LINE, unique=True)
    measure: Measure = _code(Measure)
    term_id: int | None = _ref("term")
    """Of ``Measure.MILESTONE``: which one."""
    team_id: int | None = _ref("team")
    """The scope; None is the county."""
    value: int
    unit: str | None = _maybe("unit", NAME)
    as_of: date = Field(sa_type=sa.Date)
    source: str | None = _maybe("source", LINE)
    inferred: bool = _flag("inferred")
    remark: str | None = _maybe("remark", TEXT)
    term: Optional[Term] = Relationship()  # noqa: UP045
    team: Optional[Team] = Relationship()  # noqa: UP045


class CalendarDay(Record, table=True):
    """A day that the calendar has wrong: a later or local notice made it a working day, or free."""

    __tablename__ = "calendar_day"
    record_kind = Kind.CALENDAR_DAY
    tracked = ("day", "work", "source")

    day: date = Field(sa_type=sa.Date, unique=True)
    work: bool = _flag("work")
    source: str = _text("source", LINE)
    """The notice that says so."""


RECORDS: Sequence[type[Record]] = (
    Campaign, Term, Department, Team, Enterprise, Member, Problem, Activity, Milestone, Practice, Figure,
    CalendarDay,
)  # fmt: skip
"""Every kind of record, each after those that it refers to."""

INDEXES = ("CREATE UNIQUE INDEX uq_assignment_current ON assignment (enterprise_id) WHERE to_on IS NULL",)
"""One team at a time: of the assignments without an end, an enterprise has one. As a statement, because naming
PostgreSQL's option in an ``Index`` would load its whole dialect at every start."""

for _table in SQLModel.metadata.tables.values():
    _table.dialect_options["sqlite"]["strict"] = True  # a text in a number's place is refused by SQLite as well
