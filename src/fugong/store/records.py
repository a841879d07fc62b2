"""The rows of all tables as plain objects, which the rules are about and ``session`` reads and stores.

Compiled from ``tables`` by ``python docs/generate.py``; not to be edited. What a column means stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fugong import vocab
from fugong.store import traits
from fugong.store.identity import new_uid
from fugong.store.rows import Row, Shape, many, one, parts
from fugong.store.traits import Record, Retiring, Sealed

# Names stand in a few lines, not one in each.
# fmt: off

__all__ = [
    "RECORDS", "Activity", "ActivityEnterprise", "Adoption", "Assignment", "Batch", "Bounce", "CalendarDay", "Campaign",
    "Conflict", "Copy", "County", "Department", "DepartmentAlias", "Enterprise", "EnterpriseAlias", "Event", "Fact",
    "Figure", "InspectionResult", "Loaded", "Member", "Milestone", "NilReport", "Notice", "Peer", "Practice", "Problem",
    "ProblemAssist", "Profile", "Publication", "PublishedRow", "Record", "Retiring", "Row", "Sealed", "Setting",
    "StageChange", "Team", "Term",
]


class Batch(Row):
    """One command that wrote: who, when, where."""

    shape = Shape(
        "batch",
        (
            "id", "uid", "verb", "actor", "recorded_at", "replica", "undoes_id", "number", "previous", "saw", "digest",
            "arrived_at", "county",
        ),
        made={"uid": new_uid},
    )

    id: int
    uid: str
    verb: str
    actor: str
    recorded_at: str
    replica: str
    undoes_id: int | None = None
    number: int | None = None
    previous: str | None = None
    saw: str | None = None
    digest: str | None = None
    arrived_at: str | None = None
    county: str | None = None


class CalendarDay(traits.CalendarDay):
    """A day that the calendar has wrong: a later or local notice made it a working day, or free."""

    shape = Shape(
        "calendar_day",
        ("id", "uid", "day", "work", "source"),
        days=("day",),
        flags=("work",),
        made={"uid": new_uid},
    )
    record_kind = vocab.Kind.CALENDAR_DAY
    tracked = ("day", "work", "source")

    id: int
    uid: str
    day: date
    work: bool = False
    source: str


class Campaign(Record):
    """The one campaign that a store is about (专项行动)."""

    shape = Shape(
        "campaign",
        ("id", "uid", "name", "county", "committee", "places", "timeline", "remark"),
        lists=("places", "timeline"),
        made={"uid": new_uid, "places": list, "timeline": list},
    )
    record_kind = vocab.Kind.CAMPAIGN
    tracked = ("name", "county", "committee", "places", "timeline", "remark")

    id: int
    uid: str
    name: str
    county: str
    committee: str | None = None
    places: list[str]
    timeline: list[list[str]]
    remark: str | None = None


class Conflict(Row):
    """What nobody can know of a record until somebody settles it: it follows from events, and the check proves it."""

    shape = Shape(
        "conflict",
        ("id", "kind", "subject", "attribute", "sides"),
        codes={"kind": vocab.Kind},
    )

    id: int
    kind: vocab.Kind
    subject: str
    attribute: str
    sides: str


class Copy(Record):
    """Another store of the same ledger: its ``uid`` is the replica id that its commands bear."""

    shape = Shape(
        "copy",
        ("id", "uid", "name", "series", "grown"),
        codes={"grown": vocab.Grown},
        made={"uid": new_uid},
    )
    record_kind = vocab.Kind.COPY
    tracked = ("name", "series", "grown")

    id: int
    uid: str
    name: str | None = None
    series: str = ""
    grown: vocab.Grown


class County(Sealed):
    """A county whose history stands in a city's store: local, and told by no event."""

    shape = Shape(
        "county",
        ("seal", "prefix", "name", "replica"),
        key=("prefix",),
    )

    seal: str = ""
    prefix: str
    name: str
    replica: str


class Department(Retiring):
    """Who must act (责任单位): county bureaus, townships, hospitals."""

    shape = Shape(
        "department",
        ("id", "uid", "retired_on", "retired_why", "name", "key", "core", "inferred", "remark"),
        days=("retired_on",),
        flags=("inferred",),
        made={"uid": new_uid},
    )
    record_kind = vocab.Kind.DEPARTMENT
    tracked = ("name", "aliases", "retired_on", "retired_why", "inferred", "remark")

    id: int
    uid: str
    retired_on: date | None = None
    retired_why: str | None = None
    name: str
    key: str
    core: str
    inferred: bool = False
    remark: str | None = None
    aliases: list[DepartmentAlias] = parts("DepartmentAlias", "owner_id")


class Enterprise(traits.Enterprise):
    """An enterprise that a team assists."""

    shape = Shape(
        "enterprise",
        (
            "id", "uid", "retired_on", "retired_why", "name", "key", "core", "township", "above_scale", "capacity",
            "workforce", "sites", "contact", "phone", "stage", "stage_on", "inferred", "remark",
        ),
        days=("retired_on", "stage_on"),
        flags=("above_scale", "inferred"),
        lists=("sites",),
        codes={"stage": vocab.Stage},
        made={"uid": new_uid, "sites": list},
    )
    record_kind = vocab.Kind.ENTERPRISE
    tracked = (
        "name", "aliases", "township", "stages", "assignments", "above_scale", "capacity", "workforce", "contact",
        "phone", "sites", "retired_on", "retired_why", "inferred", "remark",
    )

    id: int
    uid: str
    retired_on: date | None = None
    retired_why: str | None = None
    name: str
    key: str
    core: str
    township: str | None = None
    above_scale: bool | None = None
    capacity: str | None = None
    workforce: str | None = None
    sites: list[str]
    contact: str | None = None
    phone: str | None = None
    stage: vocab.Stage = vocab.Stage.UNKNOWN
    stage_on: date | None = None
    inferred: bool = False
    remark: str | None = None
    aliases: list[EnterpriseAlias] = parts("EnterpriseAlias", "owner_id")
    assignments: list[Assignment] = parts("Assignment", "enterprise_id")
    stages: list[StageChange] = parts("StageChange", "enterprise_id")


class Fact(Sealed):
    """What this one store is, which nobody sets: its replica, the series of its numbers, its schema."""

    shape = Shape(
        "fact",
        ("seal", "name", "value"),
        key=("name",),
    )

    seal: str = ""
    name: str
    value: str


class Loaded(Sealed):
    """What a row of a seed file said when it was last loaded: the base of the next three-way merge."""

    shape = Shape(
        "loaded",
        ("seal", "id", "section", "key", "subject", "content"),
    )

    seal: str = ""
    id: int
    section: str
    key: str
    subject: str
    content: str


class Peer(Sealed):
    """What another store had when it was last heard of: local, and told by no event."""

    shape = Shape(
        "peer",
        ("seal", "replica", "heads"),
        key=("replica",),
    )

    seal: str = ""
    replica: str
    heads: str


class Practice(Record):
    """A method worth copying (做法)."""

    shape = Shape(
        "practice",
        ("id", "uid", "name", "origin", "summary", "promoted_on", "inferred", "remark"),
        days=("promoted_on",),
        flags=("inferred",),
        made={"uid": new_uid},
    )
    record_kind = vocab.Kind.PRACTICE
    tracked = ("name", "origin", "summary", "promoted_on", "adoptions", "inferred", "remark")

    id: int
    uid: str
    name: str
    origin: str | None = None
    summary: str | None = None
    promoted_on: date | None = None
    inferred: bool = False
    remark: str | None = None
    adoptions: list[Adoption] = parts("Adoption", "practice_id")


class Profile(traits.Profile):
    """The mappings of an import, under a name (导入方案)."""

    shape = Shape(
        "profile",
        ("id", "uid", "name", "says"),
        made={"uid": new_uid},
    )
    record_kind = vocab.Kind.PROFILE
    tracked = ("name", "says")

    id: int
    uid: str
    name: str
    says: str


class Publication(Record):
    """Figures of one cut-off that this store published, and the rows behind them."""

    shape = Shape(
        "publication",
        ("id", "uid", "name", "as_of", "at", "digest", "seal", "heads", "recorded_at"),
        days=("as_of",),
        made={"uid": new_uid},
    )
    record_kind = vocab.Kind.PUBLICATION
    tracked = ("name", "as_of", "at", "digest", "seal", "heads")

    id: int
    uid: str
    name: str
    as_of: date
    at: str | None = None
    digest: str
    seal: str | None = None
    heads: str | None = None
    recorded_at: str
    rows: list[PublishedRow] = parts("PublishedRow", "publication_id")


class Setting(Record):
    """What somebody set for everybody who uses the store (``store set``). Each is there from the beginning."""

    shape = Shape(
        "setting",
        ("id", "uid", "name", "value"),
        made={"uid": new_uid},
    )
    record_kind = vocab.Kind.SETTING
    tracked = ("value",)

    id: int
    uid: str
    name: str
    value: str | None = None


class Team(traits.Team):
    """An assistance team (帮扶组)."""

    shape = Shape(
        "team",
        (
            "id", "uid", "retired_on", "retired_why", "code", "sort", "name", "county", "branch", "units",
            "units_complete", "expected_headcount", "expected_enterprises", "next_number", "skipped", "next_activity",
            "inferred", "remark",
        ),
        days=("retired_on",),
        flags=("units_complete", "inferred"),
        lists=("units",),
        made={"uid": new_uid, "units": list},
    )
    record_kind = vocab.Kind.TEAM
    tracked = (
        "code", "name", "expected_headcount", "expected_enterprises", "branch", "units", "units_complete", "county",
        "retired_on", "retired_why", "inferred", "remark",
    )

    id: int
    uid: str
    retired_on: date | None = None
    retired_why: str | None = None
    code: str
    sort: str
    name: str
    county: str
    branch: str | None = None
    units: list[str]
    units_complete: bool = False
    expected_headcount: int | None = None
    expected_enterprises: int | None = None
    next_number: int = 1
    skipped: int | None = None
    next_activity: int = 1
    inferred: bool = False
    remark: str | None = None


class Term(traits.Term):
    """An entry of one of the lists that are data: categories, kinds of work, milestones, presets."""

    shape = Shape(
        "term",
        ("id", "uid", "retired_on", "retired_why", "list", "code", "zh", "en", "rank", "grp", "rule"),
        days=("retired_on",),
        codes={"list": vocab.ListName, "grp": vocab.CategoryGroup},
        made={"uid": new_uid},
    )
    record_kind = vocab.Kind.TERM
    tracked = ("list", "code", "zh", "en", "rank", "grp", "rule", "retired_on", "retired_why")

    id: int
    uid: str
    retired_on: date | None = None
    retired_why: str | None = None
    list: vocab.ListName
    code: str
    zh: str
    en: str
    rank: int = 0
    grp: vocab.CategoryGroup | None = None
    rule: str | None = None


class Adoption(traits.Adoption):
    """A team or an enterprise that took up a practice."""

    shape = Shape(
        "adoption",
        ("id", "practice_id", "team_id", "enterprise_id"),
    )

    id: int
    practice_id: int
    team: Team | None = one("Team", "team_id")
    enterprise: Enterprise | None = one("Enterprise", "enterprise_id")


class Assignment(traits.Assignment):
    """Which team looks after an enterprise, from when and until when (包联)."""

    shape = Shape(
        "assignment",
        ("id", "enterprise_id", "team_id", "from_on", "to_on"),
        days=("from_on", "to_on"),
    )

    id: int
    enterprise_id: int
    team: Team = one("Team", "team_id")
    from_on: date | None = None
    to_on: date | None = None


class DepartmentAlias(traits.DepartmentAlias):
    """Another name of a department; none is shared."""

    shape = Shape(
        "department_alias",
        ("id", "owner_id", "name", "key", "core"),
    )

    id: int
    owner_id: int
    name: str
    key: str
    core: str


class EnterpriseAlias(traits.EnterpriseAlias):
    """Another name of an enterprise; none is shared."""

    shape = Shape(
        "enterprise_alias",
        ("id", "owner_id", "name", "key", "core"),
    )

    id: int
    owner_id: int
    name: str
    key: str
    core: str


class Event(traits.Event):
    """One dated, append-only entry in the history of a record (办理记录)."""

    shape = Shape(
        "event",
        (
            "id", "hash", "batch_id", "kind", "subject", "act", "on_date", "approximate", "changes", "text", "parents",
            "undoes", "place", "named",
        ),
        days=("on_date",),
        flags=("approximate",),
        codes={"kind": vocab.Kind, "act": vocab.Act},
    )

    id: int
    hash: str
    batch_id: int
    kind: vocab.Kind
    subject: str
    act: vocab.Act
    on_date: date
    approximate: bool = False
    changes: str
    text: str | None = None
    parents: str
    undoes: str | None = None
    place: int | None = None
    named: str | None = None


class Figure(traits.Figure):
    """A total that somebody stated (公布口径)."""

    shape = Shape(
        "figure",
        (
            "id", "uid", "key", "measure", "term_id", "team_id", "value", "unit", "as_of", "source", "publication_id",
            "inferred", "remark",
        ),
        days=("as_of",),
        flags=("inferred",),
        codes={"measure": vocab.Measure},
        made={"uid": new_uid},
    )
    record_kind = vocab.Kind.FIGURE
    tracked = (
        "key", "measure", "term", "team", "value", "unit", "as_of", "source", "publication", "inferred", "remark",
    )

    id: int
    uid: str
    key: str | None = None
    measure: vocab.Measure
    term: Term | None = one("Term", "term_id")
    team: Team | None = one("Team", "team_id")
    value: int
    unit: str | None = None
    as_of: date
    source: str | None = None
    publication: Publication | None = one("Publication", "publication_id")
    inferred: bool = False
    remark: str | None = None


class Member(Retiring):
    """A named member of a team (组员)."""

    shape = Shape(
        "member",
        (
            "id", "uid", "retired_on", "retired_why", "team_id", "name", "unit", "post", "duties", "enterprise_id",
            "phone", "party", "inferred", "remark",
        ),
        days=("retired_on",),
        flags=("inferred",),
        lists=("duties",),
        codes={"party": vocab.Party},
        made={"uid": new_uid, "duties": list},
    )
    record_kind = vocab.Kind.MEMBER
    tracked = (
        "team", "name", "unit", "post", "duties", "enterprise", "phone", "party", "retired_on", "retired_why",
        "inferred", "remark",
    )

    id: int
    uid: str
    retired_on: date | None = None
    retired_why: str | None = None
    team: Team = one("Team", "team_id")
    name: str
    unit: str | None = None
    post: str | None = None
    duties: list[str]
    enterprise: Enterprise | None = one("Enterprise", "enterprise_id")
    phone: str | None = None
    party: vocab.Party | None = None
    inferred: bool = False
    remark: str | None = None


class Milestone(traits.Milestone):
    """Something that an enterprise has reached, or is about to (达标事项)."""

    shape = Shape(
        "milestone",
        ("id", "uid", "enterprise_id", "term_id", "pending", "on_date", "approximate", "inferred", "remark"),
        days=("on_date",),
        flags=("pending", "approximate", "inferred"),
        made={"uid": new_uid},
    )
    record_kind = vocab.Kind.MILESTONE
    tracked = ("enterprise", "term", "pending", "on_date", "approximate", "inferred", "remark")

    id: int
    uid: str
    enterprise: Enterprise = one("Enterprise", "enterprise_id")
    term: Term = one("Term", "term_id")
    pending: bool = False
    on_date: date
    approximate: bool = False
    inferred: bool = False
    remark: str | None = None


class NilReport(traits.NilReport):
    """A team's word that there is nothing to report of a day (零报告)."""

    shape = Shape(
        "nil_report",
        ("id", "uid", "team_id", "on_date"),
        days=("on_date",),
        made={"uid": new_uid},
    )
    record_kind = vocab.Kind.NIL_REPORT
    tracked = ("team", "on_date")

    id: int
    uid: str
    team: Team = one("Team", "team_id")
    on_date: date


class Problem(traits.Problem):
    """One line of the ledger (问题)."""

    shape = Shape(
        "problem",
        (
            "id", "uid", "key", "team_id", "series", "number", "tag", "enterprise_id", "text", "category_id", "source",
            "department_id", "person", "found_on", "approximate", "due_on", "due_rule", "due_from", "due_estimated",
            "first_due_on", "extended", "late_extended", "chased", "status", "status_on", "applied_on", "closed_on",
            "how", "verified", "verified_on", "satisfaction", "reopened", "major", "escalated", "escalated_on",
            "duplicate_of_id", "inferred", "remark", "evidence", "recorded_at",
        ),
        days=(
            "found_on", "due_on", "due_from", "first_due_on", "status_on", "applied_on", "closed_on", "verified_on",
            "escalated_on",
        ),
        flags=("approximate", "due_estimated", "late_extended", "major", "inferred"),
        lists=("evidence",),
        codes={
            "source": vocab.Source, "status": vocab.Status, "verified": vocab.Verdict, "satisfaction":
            vocab.Satisfaction, "escalated": vocab.Level,
        },
        made={"uid": new_uid, "evidence": list},
    )
    record_kind = vocab.Kind.PROBLEM
    tracked = (
        "key", "team", "series", "number", "enterprise", "text", "category", "source", "status", "department", "assist",
        "person", "found_on", "approximate", "due_on", "due_rule", "due_from", "due_estimated", "first_due_on",
        "extended", "late_extended", "chased", "bounces", "applied_on", "closed_on", "how", "verified", "verified_on",
        "satisfaction", "reopened", "major", "escalated", "escalated_on", "inferred", "evidence", "remark",
        "duplicate_of",
    )

    id: int
    uid: str
    key: str | None = None
    team: Team = one("Team", "team_id")
    series: str = ""
    number: int
    tag: str = ""
    enterprise: Enterprise | None = one("Enterprise", "enterprise_id")
    text: str
    category: Term | None = one("Term", "category_id")
    source: vocab.Source | None = None
    department: Department | None = one("Department", "department_id")
    person: str | None = None
    found_on: date
    approximate: bool = False
    due_on: date | None = None
    due_rule: str | None = None
    due_from: date | None = None
    due_estimated: bool = False
    first_due_on: date | None = None
    extended: int | None = None
    late_extended: bool = False
    chased: int | None = None
    status: vocab.Status = vocab.Status.OPEN
    status_on: date
    applied_on: date | None = None
    closed_on: date | None = None
    how: str | None = None
    verified: vocab.Verdict | None = None
    verified_on: date | None = None
    satisfaction: vocab.Satisfaction | None = None
    reopened: int | None = None
    major: bool = False
    escalated: vocab.Level | None = None
    escalated_on: date | None = None
    duplicate_of: Problem | None = one("Problem", "duplicate_of_id")
    inferred: bool = False
    remark: str | None = None
    evidence: list[str]
    recorded_at: str
    assist: list[Department] = many("Department", "problem_assist", "problem_id", "department_id")
    bounces: list[Bounce] = parts("Bounce", "problem_id")


class StageChange(traits.StageChange):
    """An enterprise reached a stage of resumption (复工阶段)."""

    shape = Shape(
        "stage_change",
        ("id", "enterprise_id", "stage", "on_date", "approximate", "why"),
        days=("on_date",),
        flags=("approximate",),
        codes={"stage": vocab.Stage},
    )

    id: int
    enterprise_id: int
    stage: vocab.Stage
    on_date: date | None = None
    approximate: bool = False
    why: str | None = None


class Activity(traits.Activity):
    """Work done in one of the three roles (工作记录)."""

    shape = Shape(
        "activity",
        (
            "id", "uid", "key", "role", "kind_id", "team_id", "series", "number", "tag", "problem_id", "text", "item",
            "quantity", "unit", "department_id", "done_by", "guests", "place", "on_date", "approximate", "inferred",
            "remark",
        ),
        days=("on_date",),
        flags=("approximate", "inferred"),
        lists=("done_by", "guests"),
        codes={"role": vocab.Role},
        made={"uid": new_uid, "done_by": list, "guests": list},
    )
    record_kind = vocab.Kind.ACTIVITY
    tracked = (
        "team", "series", "number", "role", "kind", "enterprises", "text", "item", "quantity", "unit", "on_date",
        "approximate", "problem", "department", "done_by", "guests", "place", "key", "results", "inferred", "remark",
    )

    id: int
    uid: str
    key: str | None = None
    role: vocab.Role
    kind: Term | None = one("Term", "kind_id")
    team: Team = one("Team", "team_id")
    series: str = ""
    number: int
    tag: str = ""
    problem: Problem | None = one("Problem", "problem_id")
    text: str
    item: str | None = None
    quantity: str | None = None
    unit: str | None = None
    department: Department | None = one("Department", "department_id")
    done_by: list[str]
    guests: list[str]
    place: str | None = None
    on_date: date
    approximate: bool = False
    inferred: bool = False
    remark: str | None = None
    enterprises: list[Enterprise] = many("Enterprise", "activity_enterprise", "activity_id", "enterprise_id")
    results: list[InspectionResult] = parts("InspectionResult", "activity_id")


class Bounce(traits.Bounce):
    """A department's refusal of a problem (退回)."""

    shape = Shape(
        "bounce",
        ("id", "problem_id", "department_id", "on_date"),
        days=("on_date",),
    )

    id: int
    problem_id: int
    department: Department = one("Department", "department_id")
    on_date: date


class Notice(traits.Notice):
    """A paper about a problem that was given to somebody (交办单, 催办单, 督办单, 整改通知书)."""

    shape = Shape(
        "notice",
        ("id", "uid", "paper", "year", "number", "problem_id", "sent_to", "on_date", "digest"),
        days=("on_date",),
        codes={"paper": vocab.Paper},
        made={"uid": new_uid},
    )
    record_kind = vocab.Kind.NOTICE
    tracked = ("paper", "year", "number", "problem", "sent_to", "on_date", "digest")

    id: int
    uid: str
    paper: vocab.Paper
    year: int
    number: int | None = None
    problem: Problem = one("Problem", "problem_id")
    sent_to: str
    on_date: date
    digest: str


class ProblemAssist(Row):
    """A department that assists with a problem (协办)."""

    shape = Shape(
        "problem_assist",
        ("problem_id", "department_id"),
        key=("problem_id", "department_id"),
    )

    problem_id: int
    department_id: int


class PublishedRow(Row):
    """A problem behind published figures, as it stood at their cut-off."""

    shape = Shape(
        "published_row",
        ("publication_id", "problem_id", "status"),
        key=("publication_id", "problem_id"),
        codes={"status": vocab.Status},
    )

    publication_id: int
    problem_id: int
    status: vocab.Status


class ActivityEnterprise(Row):
    """An enterprise that an activity took place in."""

    shape = Shape(
        "activity_enterprise",
        ("activity_id", "enterprise_id"),
        key=("activity_id", "enterprise_id"),
    )

    activity_id: int
    enterprise_id: int


class InspectionResult(traits.InspectionResult):
    """What an inspection found under one of the checks (五查)."""

    shape = Shape(
        "inspection_result",
        ("id", "activity_id", "term_id", "passed", "text", "problem_id"),
        flags=("passed",),
    )

    id: int
    activity_id: int
    term: Term = one("Term", "term_id")
    passed: bool = False
    text: str | None = None
    problem: Problem | None = one("Problem", "problem_id")


RECORDS: Sequence[type[Record]] = (
    CalendarDay, Campaign, Copy, Department, Enterprise, Practice, Profile, Publication, Setting, Team, Term, Figure,
    Member, Milestone, NilReport, Problem, Activity, Notice,
)
"""Every kind of record, each after those that it refers to."""
