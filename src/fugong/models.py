"""The tables. Rows are built by the domain from checked values: a table class validates nothing by itself.

Integer keys stay inside the store; the ``uid`` is the identity that travels. ``tracked`` names the
attributes whose every change is an event: a record is the fold of its events (history.py).

No ``from __future__ import annotations`` here: SQLModel reads the annotations of relationships.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Optional

import sqlalchemy as sa
from sqlmodel import Field, Relationship, SQLModel

from fugong import fields
from fugong.fields import LINE, NAME, TEXT
from fugong.vocab import (
    LIVE,
    Act,
    CategoryGroup,
    Kind,
    ListName,
    Measure,
    Role,
    Satisfaction,
    Source,
    Stage,
    Status,
    Verdict,
)


class Row(SQLModel):
    """The base of all tables. They validate nothing, so pydantic need not build their validators."""

    model_config = {"defer_build": True}


class Record(Row):
    """What every record has; events name it by ``record_kind`` and ``uid``."""

    record_kind: ClassVar[Kind]
    tracked: ClassVar[tuple[str, ...]]

    id: int | None = Field(default=None, primary_key=True)
    uid: str = fields.uid()

    def portable(self) -> Any:
        """How events of other records name this one."""
        return self.uid

    @property
    def label(self) -> str:
        """What people call it; a record without a name is called by what it says."""
        return str(getattr(self, "name", self.uid))


class Sealed(Row):
    """A row that no event tells of: its seal shows damage instead, and is renewed whenever the row is written."""

    seal: str = Field(default="", sa_type=sa.Text)

    def content_hash(self) -> str:
        """The SHA-256 of what the row says."""
        said = self.model_dump(exclude={"id", "seal"})
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class Setting(Sealed, table=True):
    """A setting of the store, or a fact about it."""

    name: str = Field(sa_type=sa.Text, primary_key=True)
    value: str = Field(sa_type=sa.Text)


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
    kind: Kind = fields.code(Kind)
    subject: str = fields.text("subject", 36)
    act: Act = fields.code(Act)
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


class Loaded(Sealed, table=True):
    """What a row of a seed file said when it was last loaded: the base of the next three-way merge."""

    __table_args__ = (sa.UniqueConstraint("section", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    section: str = fields.text("section", NAME)
    key: str = fields.text("key", TEXT)
    subject: str = fields.text("subject", 36)
    content: str = Field(sa_type=sa.Text)


class Campaign(Record, table=True):
    """The one campaign that a store is about (专项行动)."""

    record_kind = Kind.CAMPAIGN
    tracked = ("name", "county", "committee", "places", "timeline", "remark")

    name: str = fields.text("name", LINE)
    county: str = fields.text("county", NAME)
    committee: str | None = fields.maybe_text("committee", LINE)
    places: list[str] = fields.short_list()
    """Place names that enterprise names may begin with; names resolve without them."""
    timeline: list[list[str]] = fields.short_list()
    """Dated acts: [[ISO date, what], …]."""
    remark: str | None = fields.maybe_text("remark", TEXT)


class Term(Record, table=True):
    """An entry of one of the lists that are data: categories, kinds of work, milestones, presets."""

    record_kind = Kind.TERM
    tracked = ("list", "code", "zh", "en", "rank", "grp", "rule")
    __table_args__ = (sa.UniqueConstraint("list", "code"), sa.UniqueConstraint("list", "zh"))

    list: ListName = fields.code(ListName)
    code: str = fields.text("code", NAME)
    zh: str = fields.text("zh", NAME)
    en: str = fields.text("en", NAME)
    rank: int = 0
    """Its place in the list."""
    grp: CategoryGroup | None = fields.code(CategoryGroup, null=True, default=None)
    """Of a category: the method it belongs to."""
    rule: str | None = fields.maybe_text("rule", NAME)
    """Of a deadline preset: the rule it stands for, as 7d or 1m."""

    def portable(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        return self.zh


class Department(Record, table=True):
    """Who must act (责任单位): county bureaus, townships, hospitals."""

    record_kind = Kind.DEPARTMENT
    tracked = ("name", "aliases", "inferred", "remark")

    name: str = fields.text("name", NAME, unique=True)
    key: str = Field(sa_type=sa.Text, unique=True)
    core: str = Field(sa_type=sa.Text, index=True)
    inferred: bool = fields.flag("inferred")
    remark: str | None = fields.maybe_text("remark", TEXT)
    aliases: list["DepartmentAlias"] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "DepartmentAlias.id"}
    )


class DepartmentAlias(Row, table=True):
    """Another name of a department; none is shared."""

    __tablename__ = "department_alias"

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int | None = fields.reference("department", null=False, index=True)
    name: str = fields.text("name", NAME)
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

    code: str = fields.text("code", 8, unique=True)
    sort: str = Field(sa_type=sa.Text, unique=True)
    """The code with its digits padded, so that 10 comes after 9."""
    name: str = fields.text("name", NAME, unique=True)
    county: str = fields.text("county", NAME)
    branch: str | None = fields.maybe_text("branch", NAME)
    """The team's party branch."""
    units: list[str] = fields.short_list()
    """The units its members come from."""
    units_complete: bool = fields.flag("units_complete")
    """Whether ``units`` names all of them."""
    expected_headcount: int | None = None
    expected_enterprises: int | None = None
    next_number: int = 1
    """The running number that the team's next problem gets."""
    next_activity: int = 1
    """The running number that the team's next activity gets."""
    inferred: bool = fields.flag("inferred")
    remark: str | None = fields.maybe_text("remark", TEXT)


class Enterprise(Record, table=True):
    """An enterprise that a team assists."""

    record_kind = Kind.ENTERPRISE
    tracked = (
        "name", "aliases", "township", "above_scale", "capacity", "workforce", "sites",
        "stage", "stage_on", "assignments", "inferred", "remark",
    )  # fmt: skip

    name: str = fields.text("name", NAME, unique=True)
    key: str = Field(sa_type=sa.Text, unique=True)
    core: str = Field(sa_type=sa.Text, index=True)
    township: str | None = fields.maybe_text("township", NAME)
    above_scale: bool | None = fields.flag("above_scale", null=True)
    """Whether it is above the statistical size threshold (规上)."""
    capacity: str | None = fields.maybe_text("capacity", LINE)
    workforce: str | None = fields.maybe_text("workforce", LINE)
    sites: list[str] = fields.short_list()
    stage: Stage = fields.code(Stage, default=Stage.UNKNOWN)
    stage_on: date | None = fields.day()
    inferred: bool = fields.flag("inferred")
    remark: str | None = fields.maybe_text("remark", TEXT)
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
    owner_id: int | None = fields.reference("enterprise", null=False, index=True)
    name: str = fields.text("name", NAME)
    key: str = Field(sa_type=sa.Text, unique=True)
    core: str = Field(sa_type=sa.Text, index=True)

    def portable(self) -> str:
        return self.name


class Assignment(Row, table=True):
    """Which team looks after an enterprise, from when and until when (包联)."""

    id: int | None = Field(default=None, primary_key=True)
    enterprise_id: int | None = fields.reference("enterprise", null=False, index=True)
    team_id: int | None = fields.reference("team", null=False, index=True)
    from_on: date | None = fields.day()
    """None: since ever, as far as is known."""
    to_on: date | None = fields.day()
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

    team_id: int | None = fields.reference("team", null=False)
    name: str = fields.text("name", NAME)
    unit: str | None = fields.maybe_text("unit", NAME)
    post: str | None = fields.maybe_text("post", NAME)
    duties: list[str] = fields.short_list()
    """Codes of ``vocab.Duty``."""
    enterprise_id: int | None = fields.reference("enterprise")
    inferred: bool = fields.flag("inferred")
    remark: str | None = fields.maybe_text("remark", TEXT)
    team: Team = Relationship()
    enterprise: Optional[Enterprise] = Relationship()  # noqa: UP045  (SQLModel reads the name inside)


class ProblemAssist(Row, table=True):
    """A department that assists with a problem (协办)."""

    __tablename__ = "problem_assist"

    problem_id: int | None = fields.reference("problem", null=False, primary_key=True)
    department_id: int | None = fields.reference("department", null=False, primary_key=True, index=True)


class Bounce(Row, table=True):
    """A department's refusal of a problem (退回)."""

    id: int | None = Field(default=None, primary_key=True)
    problem_id: int | None = fields.reference("problem", null=False, index=True)
    department_id: int | None = fields.reference("department", null=False, index=True)
    on_date: date = Field(sa_type=sa.Date)
    department: Department = Relationship()

    def portable(self) -> list[str]:
        return [self.department.uid, self.on_date.isoformat()]


class Problem(Record, table=True):
    """One line of the ledger (问题)."""

    record_kind = Kind.PROBLEM
    tracked = (
        "key", "team", "number", "enterprise", "text", "category", "source", "department", "assist", "person",
        "found_on", "approximate", "due_on", "due_rule", "due_from", "due_estimated", "first_due_on", "extended",
        "late_extended", "chased", "bounces", "status", "closed_on", "how", "verified", "verified_on",
        "satisfaction", "reopened", "major", "duplicate_of", "inferred", "remark",
    )  # fmt: skip
    __table_args__ = (
        sa.UniqueConstraint("team_id", "number"),
        sa.Index("ix_problem_team_status", "team_id", "status"),
        sa.Index("ix_problem_status_due", "status", "due_on"),
        sa.CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)"),
        sa.CheckConstraint("(status = 'closed') = (how IS NOT NULL)"),
        sa.CheckConstraint("(verified IS NULL) = (verified_on IS NULL)"),
    )

    key: str | None = fields.maybe_text("key", LINE, unique=True)
    """Its identity across loads and repeated commands."""
    team_id: int | None = fields.reference("team", null=False)
    number: int
    """Running within the team; never reused."""
    enterprise_id: int | None = fields.reference("enterprise", index=True)
    text: str = fields.text("text", TEXT)
    category_id: int | None = fields.reference("term", index=True)
    source: Source | None = fields.code(Source, null=True, default=None)
    department_id: int | None = fields.reference("department", index=True)
    """The lead department (主办)."""
    person: str | None = fields.maybe_text("person", NAME)
    found_on: date = Field(sa_type=sa.Date)
    approximate: bool = fields.flag("approximate")
    """``found_on`` is not exactly known."""
    due_on: date | None = fields.day()
    due_rule: str | None = fields.maybe_text("due_rule", NAME)
    """The rule that made the deadline, as 7wd; None for a plain date."""
    due_from: date | None = fields.day()
    """The day that the rule counts from."""
    due_estimated: bool = fields.flag("due_estimated")
    """Counted through a year whose working days nobody had announced (推算)."""
    first_due_on: date | None = fields.day()
    """The first deadline; it stays when the one in force is extended."""
    extended: int | None = None
    """How often the deadline was extended; None is never."""
    late_extended: bool = fields.flag("late_extended")
    """It was extended after it had passed."""
    chased: int | None = None
    """How often the department was chased (催办); None is never."""
    status: Status = fields.code(Status, default=Status.OPEN)
    status_on: date = Field(sa_type=sa.Date)
    """The business date of the last act that set the status; the next is not earlier."""
    closed_on: date | None = fields.day()
    how: str | None = fields.maybe_text("how", TEXT)
    """The measure that solved it."""
    verified: Verdict | None = fields.code(Verdict, null=True, default=None)
    """What the last return visit found; a new closing has had none."""
    verified_on: date | None = fields.day()
    satisfaction: Satisfaction | None = fields.code(Satisfaction, null=True, default=None)
    reopened: int | None = None
    """How often it was opened again after it had been closed; None is never."""
    major: bool = fields.flag("major")
    duplicate_of_id: int | None = fields.reference("problem")
    inferred: bool = fields.flag("inferred")
    remark: str | None = fields.maybe_text("remark", TEXT)
    recorded_at: str = fields.text("recorded_at", 27)
    team: Team = Relationship()
    enterprise: Optional[Enterprise] = Relationship()  # noqa: UP045
    category: Optional[Term] = Relationship()  # noqa: UP045
    department: Optional[Department] = Relationship()  # noqa: UP045
    assist: list[Department] = Relationship(
        link_model=ProblemAssist, sa_relationship_kwargs={"order_by": "Department.id"}
    )
    duplicate_of: Optional["Problem"] = Relationship(sa_relationship_kwargs={"remote_side": "Problem.id"})
    bounces: list[Bounce] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "Bounce.id"}
    )

    @property
    def live(self) -> bool:
        """In hand: found, and neither closed nor void."""
        return self.status in LIVE

    @property
    def ident(self) -> str:
        """The number people use: 3-2 is the second problem of team 3."""
        return f"{self.team.code}-{self.number}"

    @property
    def label(self) -> str:
        whose = self.enterprise.name if self.enterprise else self.team.name
        return f"{self.ident}  {whose}  {' '.join(self.text.split())}"


class ActivityEnterprise(Row, table=True):
    """An enterprise that an activity took place in."""

    __tablename__ = "activity_enterprise"

    activity_id: int | None = fields.reference("activity", null=False, primary_key=True)
    enterprise_id: int | None = fields.reference("enterprise", null=False, primary_key=True, index=True)


class InspectionResult(Row, table=True):
    """What an inspection found under one of the checks (五查)."""

    __tablename__ = "inspection_result"
    __table_args__ = (
        sa.CheckConstraint("passed = (text IS NULL)"),
        sa.CheckConstraint("passed = (problem_id IS NULL)"),
    )

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int | None = fields.reference("activity", null=False, index=True)
    term_id: int | None = fields.reference("term", null=False)
    """The check: a category of the group ``CategoryGroup.CHECK``."""
    passed: bool = fields.flag("passed")
    text: str | None = fields.maybe_text("text", TEXT)
    """What was wrong, where it did not pass."""
    problem_id: int | None = fields.reference("problem", index=True)
    """The problem that this opened, or added to."""
    term: Term = Relationship()
    problem: Optional[Problem] = Relationship()  # noqa: UP045

    def portable(self) -> list[Any]:
        return [self.term.code, self.passed, self.text, self.problem.uid if self.problem else None]


class Activity(Record, table=True):
    """Work done in one of the three roles (工作记录)."""

    record_kind = Kind.ACTIVITY
    tracked = (
        "key", "role", "kind", "team", "number", "enterprises", "problem", "text", "item", "quantity", "unit",
        "department", "done_by", "guests", "place", "results", "on_date", "approximate", "inferred", "remark",
    )  # fmt: skip
    __table_args__ = (sa.UniqueConstraint("team_id", "number"),)

    key: str | None = fields.maybe_text("key", LINE, unique=True)
    role: Role = fields.code(Role)
    kind_id: int | None = fields.reference("term")
    """Its kind of work, from the role's own list."""
    team_id: int | None = fields.reference("team", null=False)
    number: int
    """Running within the team; never reused."""
    problem_id: int | None = fields.reference("problem", index=True)
    """The problem that it helped to solve."""
    text: str = fields.text("text", TEXT)
    item: str | None = fields.maybe_text("item", NAME)
    quantity: str | None = fields.maybe_text("quantity", NAME)
    """As stated: 1000, or a range as 400-500."""
    unit: str | None = fields.maybe_text("unit", NAME)
    department_id: int | None = fields.reference("department")
    """Where goods or help came from."""
    done_by: list[str] = fields.short_list()
    """Who of the team did it, by name."""
    guests: list[str] = fields.short_list()
    """Invited experts, who are not members."""
    place: str | None = fields.maybe_text("place", LINE)
    on_date: date = Field(sa_type=sa.Date)
    approximate: bool = fields.flag("approximate")
    inferred: bool = fields.flag("inferred")
    remark: str | None = fields.maybe_text("remark", TEXT)
    kind: Optional[Term] = Relationship()  # noqa: UP045
    team: Team = Relationship()
    problem: Optional[Problem] = Relationship()  # noqa: UP045
    department: Optional[Department] = Relationship()  # noqa: UP045
    enterprises: list[Enterprise] = Relationship(
        link_model=ActivityEnterprise, sa_relationship_kwargs={"order_by": "Enterprise.id"}
    )
    results: list[InspectionResult] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "InspectionResult.id"}
    )
    """Of an inspection: what each check found that was made."""

    @property
    def ident(self) -> str:
        """The number people use: 3-w2 is the second piece of work of team 3."""
        return f"{self.team.code}-w{self.number}"

    @property
    def label(self) -> str:
        whose = "、".join(each.name for each in self.enterprises) or self.team.name
        return f"{self.ident}  {whose}  {' '.join(self.text.split())}"


class Milestone(Record, table=True):
    """Something that an enterprise has reached, or is about to (达标事项)."""

    record_kind = Kind.MILESTONE
    tracked = ("enterprise", "term", "pending", "on_date", "approximate", "inferred", "remark")
    __table_args__ = (sa.UniqueConstraint("enterprise_id", "term_id"),)

    enterprise_id: int | None = fields.reference("enterprise", null=False)
    term_id: int | None = fields.reference("term", null=False)
    pending: bool = fields.flag("pending")
    on_date: date = Field(sa_type=sa.Date)
    approximate: bool = fields.flag("approximate")
    inferred: bool = fields.flag("inferred")
    remark: str | None = fields.maybe_text("remark", TEXT)
    enterprise: Enterprise = Relationship()
    term: Term = Relationship()

    @property
    def label(self) -> str:
        return f"{self.enterprise.name}  {self.term.zh}"


class Adoption(Row, table=True):
    """A team or an enterprise that took up a practice."""

    __table_args__ = (sa.CheckConstraint("(team_id IS NULL) <> (enterprise_id IS NULL)"),)

    id: int | None = Field(default=None, primary_key=True)
    practice_id: int | None = fields.reference("practice", null=False, index=True)
    team_id: int | None = fields.reference("team")
    enterprise_id: int | None = fields.reference("enterprise")
    team: Optional[Team] = Relationship()  # noqa: UP045
    enterprise: Optional[Enterprise] = Relationship()  # noqa: UP045

    def portable(self) -> str:
        adopter = self.team or self.enterprise
        return adopter.uid if adopter else ""


class Practice(Record, table=True):
    """A method worth copying (做法)."""

    record_kind = Kind.PRACTICE
    tracked = ("name", "origin", "summary", "promoted_on", "adoptions", "inferred", "remark")

    name: str = fields.text("name", NAME, unique=True)
    origin: str | None = fields.maybe_text("origin", LINE)
    summary: str | None = fields.maybe_text("summary", TEXT)
    promoted_on: date | None = fields.day()
    inferred: bool = fields.flag("inferred")
    remark: str | None = fields.maybe_text("remark", TEXT)
    adoptions: list[Adoption] = Relationship(
        sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "Adoption.id"}
    )


class NilReport(Record, table=True):
    """A team's word that there is nothing to report of a day (零报告)."""

    __tablename__ = "nil_report"
    record_kind = Kind.NIL_REPORT
    tracked = ("team", "on_date")
    __table_args__ = (sa.UniqueConstraint("team_id", "on_date"),)

    team_id: int | None = fields.reference("team", null=False)
    on_date: date = Field(sa_type=sa.Date, index=True)
    team: Team = Relationship()

    @property
    def label(self) -> str:
        return f"{self.team.name}  {self.on_date}"


class PublishedRow(Row, table=True):
    """A problem behind published figures, as it stood at their cut-off."""

    __tablename__ = "published_row"

    publication_id: int | None = fields.reference("publication", null=False, primary_key=True)
    problem_id: int | None = fields.reference("problem", null=False, primary_key=True)
    status: Status = fields.code(Status)


class Publication(Record, table=True):
    """Figures of one cut-off that this store published, and the rows behind them."""

    record_kind = Kind.PUBLICATION
    tracked = ("name", "as_of", "at", "digest")

    name: str = fields.text("name", LINE, unique=True)
    as_of: date = Field(sa_type=sa.Date)
    at: str | None = fields.maybe_text("at", 5)
    """The time of day, as 17:00, if the cut-off was a moment."""
    digest: str = fields.text("digest", 64)
    """The SHA-256 of which problem stood where: of lines of uid and status, in the order of the uids."""
    recorded_at: str = fields.text("recorded_at", 27)
    rows: list[PublishedRow] = Relationship(sa_relationship_kwargs={"cascade": "all, delete-orphan"})


class Figure(Record, table=True):
    """A total that somebody stated (公布口径)."""

    record_kind = Kind.FIGURE
    tracked = (
        "key", "measure", "term", "team", "value", "unit", "as_of", "source", "publication", "inferred", "remark",
    )  # fmt: skip

    key: str | None = fields.maybe_text("key", LINE, unique=True)
    measure: Measure = fields.code(Measure)
    term_id: int | None = fields.reference("term")
    """Of ``Measure.MILESTONE``: which one."""
    team_id: int | None = fields.reference("team")
    """The scope; None is the county."""
    value: int
    unit: str | None = fields.maybe_text("unit", NAME)
    as_of: date = Field(sa_type=sa.Date)
    source: str | None = fields.maybe_text("source", LINE)
    publication_id: int | None = fields.reference("publication", index=True)
    """The publication that it is of; None if somebody else stated it."""
    inferred: bool = fields.flag("inferred")
    remark: str | None = fields.maybe_text("remark", TEXT)
    term: Optional[Term] = Relationship()  # noqa: UP045
    team: Optional[Team] = Relationship()  # noqa: UP045
    publication: Optional[Publication] = Relationship()  # noqa: UP045

    @property
    def label(self) -> str:
        return f"{self.key or self.uid}  {self.value}"


class CalendarDay(Record, table=True):
    """A day that the calendar has wrong: a later or local notice made it a working day, or free."""

    __tablename__ = "calendar_day"
    record_kind = Kind.CALENDAR_DAY
    tracked = ("day", "work", "source")

    day: date = Field(sa_type=sa.Date, unique=True)
    work: bool = fields.flag("work")
    source: str = fields.text("source", LINE)
    """The notice that says so."""

    @property
    def label(self) -> str:
        return self.day.isoformat()


def _seal(_mapper: Any, _connection: Any, row: Sealed) -> None:
    row.seal = row.content_hash()


for _sealed in (Setting, Loaded):
    sa.event.listen(_sealed, "before_insert", _seal)
    sa.event.listen(_sealed, "before_update", _seal)

RECORDS: Sequence[type[Record]] = (
    Campaign, Term, Department, Team, Enterprise, Member, Problem, Activity, Milestone, Practice,
    Publication, Figure, CalendarDay, NilReport,
)  # fmt: skip
"""Every kind of record, each after those that it refers to."""

INDEXES = ("CREATE UNIQUE INDEX uq_assignment_current ON assignment (enterprise_id) WHERE to_on IS NULL",)
"""One team at a time: of the assignments without an end, an enterprise has one. As a statement, because naming
PostgreSQL's option in an ``Index`` would load its whole dialect at every start."""

for _table in SQLModel.metadata.tables.values():
    _table.dialect_options["sqlite"]["strict"] = True  # a text in a number's place is refused by SQLite as well
