"""Who takes part: teams, members, enterprises, departments."""

from collections.abc import Sequence

from fugong.attributes import of
from fugong.db import Reader
from fugong.queries import names
from fugong.queries.as_of import AsOf
from fugong.queries.lights import Lights
from fugong.reports import activities, field_work
from fugong.reports.cards import card
from fugong.reports.filters import Condition
from fugong.reports.history import history
from fugong.reports.listing import Listing, each, in_service, of_teams
from fugong.reports.problems import problems
from fugong.results.report import Cell, Column, Report
from fugong.values.personal import masked
from fugong.vocab import Kind, Stage, Words


def teams(reader: Reader, wanted: Sequence[int] = (), *, everyone: bool = True) -> Report:
    """The teams; only those with these keys if any are given, and without the retired ones unless everyone's wanted.

    Party status is personal: it is told here alone, as a count.
    """
    listing = Listing(of(Kind.TEAM))
    columns = listing.select(
        team="code",
        members_named="(SELECT count(*) FROM v_member m WHERE m.team_id = v.team_id AND m.retired_on IS NULL)",
        party_members=_with_party("member", "probationary"),
        activists=_with_party("activist"),
        enterprises_named="(SELECT count(*) FROM v_enterprise a WHERE a.team_id = v.team_id AND a.retired_on IS NULL)",
        enterprises_expected="expected_enterprises",
    )
    sql = f"SELECT {columns} FROM v_team v WHERE {of_teams(wanted)} AND {in_service(everyone)} ORDER BY team_sort"
    return Report(Words("帮扶组", "Teams"), listing.columns, list(listing.rows(reader.rows(sql))), zone=reader.zone)


def _with_party(*statuses: str) -> str:
    """How many members of a team in service have one of these; unknown where nobody's status is on record."""
    named = ", ".join(f"'{status}'" for status in statuses)
    return (
        f"(SELECT sum(CASE WHEN m.party IN ({named}) THEN 1 ELSE 0 END) FROM member m "
        "WHERE m.team_id = v.team_id AND m.party IS NOT NULL AND m.retired_on IS NULL)"
    )


def team(reader: Reader, given: str) -> Report:
    """One team: what it is, who is in it, which firms it looks after, and its history."""
    key = names.team(reader.now.rows, given).id
    main = teams(reader, (key,))
    parts = {
        "members": members(reader, (key,), everyone=False),
        "enterprises": enterprises(reader, (key,), everyone=False),
    }
    return card(main, parts | {"events": history(reader, _uid(reader, "team", key))})


def members(reader: Reader, wanted: Sequence[int] = (), *, everyone: bool = True, personal: bool = False) -> Report:
    """The named members, of all teams or of some; telephone numbers are masked unless personal data are asked for."""
    return _members(reader, f"{of_teams(wanted)} AND {in_service(everyone)}", personal=personal)


def member(reader: Reader, given: str, *, personal: bool = False) -> Report:
    """One member, and their history."""
    key = names.member(reader.now.rows, given).id
    events = history(reader, _uid(reader, "member", key), personal=personal)
    return card(_members(reader, f"member_id = {key}", personal=personal), {"events": events})


def _members(reader: Reader, where: str, *, personal: bool) -> Report:
    listing = Listing(of(Kind.MEMBER), **({} if personal else {"phone": each(masked, "phone")}))
    sql = (
        f"SELECT {listing.select('v', phone='m.phone')} FROM (SELECT * FROM v_member WHERE {where}) v "
        "JOIN member m ON m.id = v.member_id ORDER BY v.team_sort, v.member_id"
    )
    return Report(Words("组员", "Members"), listing.columns, list(listing.rows(reader.rows(sql))), zone=reader.zone)


def enterprises(reader: Reader, wanted: Sequence[int] = (), *, everyone: bool = True, personal: bool = False) -> Report:
    """The enterprises, of all teams or of some; telephone numbers are masked unless personal data are asked for."""
    return _enterprises(reader, f"{of_teams(wanted)} AND {in_service(everyone)}", personal=personal)


def enterprise(reader: Reader, given: str, shone: Lights, *, personal: bool = False) -> Report:
    """One enterprise: what it is, its problems, the work done there, its milestones, and its history."""
    key = names.enterprise(reader.now.rows, given).id
    parts = {
        "stages": _stages(reader, key),
        "assignments": _assignments(reader, key),
        "problems": problems(reader, Condition("enterprise_id = :key", {"key": key}), shone, AsOf(shone.as_of)),
        "activities": activities.activities_in(reader, key),
        "milestones": field_work.milestones_of(reader, key),
        "events": history(reader, _uid(reader, "enterprise", key), personal=personal),
    }
    return card(_enterprises(reader, f"enterprise_id = {key}", personal=personal), parts)


STAGE_COLUMNS = (
    Column("on", Words("日期", "Since"), Cell.ABOUT),
    Column("stage", Words("复工阶段", "Stage"), Cell.CODE),
    Column("why", Words("原因", "Why")),
    Column("approximate", Words("日期约数", "Approximate"), Cell.FLAG, brief=False),
)
ASSIGNMENT_COLUMNS = (
    Column("team", Words("组号", "Team")),
    Column("from_on", Words("包联起", "From"), Cell.DATE),
    Column("to_on", Words("包联止", "Until"), Cell.DATE),
)


def _stages(reader: Reader, key: int) -> Report:
    """The stages that an enterprise reached, and when."""
    sql = "SELECT on_date, stage, why, approximate FROM stage_change WHERE enterprise_id = :key ORDER BY id"
    rows = [(on, Stage(stage), *rest) for on, stage, *rest in reader.rows(sql, key=key)]
    return Report(Words("复工阶段", "Stages"), STAGE_COLUMNS, rows, zone=reader.zone)


def _assignments(reader: Reader, key: int) -> Report:
    """The teams that looked after an enterprise, one after the other."""
    sql = (
        "SELECT t.code, a.from_on, a.to_on FROM assignment a JOIN team t ON t.id = a.team_id "
        "WHERE a.enterprise_id = :key ORDER BY a.id"
    )
    return Report(Words("包联", "Assignments"), ASSIGNMENT_COLUMNS, list(reader.rows(sql, key=key)), zone=reader.zone)


def _uid(reader: Reader, table: str, key: int) -> str:
    (uid,) = reader.first(f"SELECT uid FROM {table} WHERE id = :key", key=key) or ("",)
    return str(uid)


def departments(reader: Reader, *, everyone: bool = True) -> Report:
    """The departments."""
    return _departments(reader, in_service(everyone))


def department(reader: Reader, given: str) -> Report:
    """One department: what it is called, and its history."""
    key = names.department(reader.now.rows, given).id
    main = _departments(reader, f"department_id = {key}")
    return card(main, {"events": history(reader, _uid(reader, "department", key))})


def _departments(reader: Reader, where: str) -> Report:
    listing = Listing(of(Kind.DEPARTMENT))
    sql = f"SELECT {listing.select()} FROM v_department WHERE {where} ORDER BY department_id"
    rows = list(listing.rows(reader.rows(sql)))
    return Report(Words("责任单位", "Departments"), listing.columns, rows, zone=reader.zone)


def _enterprises(reader: Reader, where: str, *, personal: bool) -> Report:
    listing = Listing(of(Kind.ENTERPRISE), **({} if personal else {"phone": each(masked, "phone")}))
    own = {"contact": "e.contact", "phone": "e.phone"}
    sql = (
        f"SELECT {listing.select('v', **own)} FROM (SELECT * FROM v_enterprise WHERE {where}) v "
        "JOIN enterprise e ON e.id = v.enterprise_id ORDER BY v.team_sort NULLS FIRST, v.enterprise_id"
    )
    return Report(Words("企业", "Enterprises"), listing.columns, listing.rows(reader.rows(sql)), zone=reader.zone)
