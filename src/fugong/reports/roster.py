"""Who takes part: teams, members, enterprises, departments."""

import json
from collections.abc import Sequence

from fugong.db import Reader
from fugong.queries import names
from fugong.queries.as_of import AsOf
from fugong.queries.lights import Lights
from fugong.reports import activities, field_work
from fugong.reports.cards import card
from fugong.reports.filters import Condition
from fugong.reports.history import history
from fugong.reports.listed import in_service, joined, listed, of_teams
from fugong.reports.problems import problems
from fugong.results.report import Cell, Column, Report
from fugong.values.personal import masked
from fugong.vocab import Duty, Stage, Words

REMARKS = (
    Column("retired_on", Words("停用日期", "Retired on"), Cell.DATE, brief=False),
    Column("retired_why", Words("停用原因", "Why retired"), brief=False),
    Column("inferred", Words("推断", "Inferred"), Cell.FLAG, brief=False),
    Column("remark", Words("备注", "Remark"), brief=False),
)

TEAM_COLUMNS = (
    Column("team", Words("组号", "Code")),
    Column("name", Words("帮扶组", "Team")),
    Column("leader", Words("组长", "Leader")),
    Column("members_named", Words("具名组员", "Members named"), Cell.COUNT),
    Column("expected_headcount", Words("应有人数", "Headcount"), Cell.COUNT),
    Column("party_members", Words("党员", "Party members"), Cell.COUNT),
    Column("activists", Words("入党积极分子", "Activists"), Cell.COUNT, brief=False),
    Column("enterprises_named", Words("具名企业", "Firms named"), Cell.COUNT),
    Column("enterprises_expected", Words("应包联", "Firms expected"), Cell.COUNT),
    Column("branch", Words("党支部", "Party branch"), brief=False),
    Column("units", Words("成员单位", "Units"), Cell.LIST),
    Column("units_complete", Words("成员单位齐全", "Units complete"), Cell.FLAG, brief=False),
    Column("county", Words("县", "County"), brief=False),
    Column("uid", Words("唯一标识", "Uid"), brief=False),
    *REMARKS,
)
MEMBER_COLUMNS = (
    Column("team", Words("组号", "Team")),
    Column("name", Words("姓名", "Name")),
    Column("unit", Words("单位", "Unit")),
    Column("post", Words("职务", "Post")),
    Column("duties", Words("职责", "Duties"), Cell.CODES),
    Column("enterprise", Words("包联企业", "Looks after")),
    Column("phone", Words("电话", "Phone")),
    Column("uid", Words("唯一标识", "Uid"), brief=False),
    *REMARKS,
)
ENTERPRISE_COLUMNS = (
    Column("name", Words("企业", "Enterprise")),
    Column("aliases", Words("简称", "Aliases"), Cell.LIST),
    Column("team", Words("组号", "Team")),
    Column("township", Words("乡镇", "Township")),
    Column("stage", Words("复工阶段", "Stage"), Cell.CODE),
    Column("stage_on", Words("阶段日期", "Stage date"), Cell.DATE, brief=False),
    Column("above_scale", Words("规上", "Above scale"), Cell.FLAG, brief=False),
    Column("capacity", Words("产能", "Capacity")),
    Column("workforce", Words("职工", "Workforce")),
    Column("sites", Words("厂区", "Sites"), Cell.LIST, brief=False),
    Column("uid", Words("唯一标识", "Uid"), brief=False),
    *REMARKS,
)
DEPARTMENT_COLUMNS = (
    Column("name", Words("责任单位", "Department")),
    Column("aliases", Words("简称", "Aliases"), Cell.LIST),
    Column("uid", Words("唯一标识", "Uid"), brief=False),
    *REMARKS,
)


def teams(reader: Reader, wanted: Sequence[int] = (), *, everyone: bool = True) -> Report:
    """The teams; only those with these keys if any are given, and without the retired ones unless everyone's wanted.

    Party status is personal: it is told here alone, as a count.
    """
    sql = (
        "SELECT code, name, leader, (SELECT count(*) FROM v_member m WHERE m.team_id = v.team_id AND m.retired_on IS "
        f"NULL), expected_headcount, {_with_party('member', 'probationary')}, {_with_party('activist')}, "
        "(SELECT count(*) FROM v_enterprise a WHERE a.team_id = v.team_id AND a.retired_on IS NULL), "
        "expected_enterprises, branch, units, units_complete, county, uid, retired_on, retired_why, inferred, remark "
        f"FROM v_team v WHERE {of_teams(wanted)} AND {in_service(everyone)} ORDER BY team_sort"
    )
    rows = [(*row[:10], listed(row[10]), *row[11:]) for row in reader.rows(sql)]
    return Report(Words("帮扶组", "Teams"), TEAM_COLUMNS, rows, zone=reader.zone)


def _with_party(*statuses: str) -> str:
    """How many members of a team in service have one of these; unknown where nobody's status is on record."""
    named = ", ".join(f"'{status}'" for status in statuses)
    return (
        f"(SELECT sum(CASE WHEN m.party IN ({named}) THEN 1 ELSE 0 END) FROM member m "
        "WHERE m.team_id = v.team_id AND m.party IS NOT NULL AND m.retired_on IS NULL)"
    )


def team(reader: Reader, given: str) -> Report:
    """One team: what it is, who is in it, which firms it looks after, and its history."""
    key = names.team(reader.rows, given).id
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
    key = names.member(reader.rows, given).id
    events = history(reader, _uid(reader, "member", key), personal=personal)
    return card(_members(reader, f"member_id = {key}", personal=personal), {"events": events})


def _members(reader: Reader, where: str, *, personal: bool) -> Report:
    sql = (
        "SELECT v.team, v.name, v.unit, v.post, v.duties, v.enterprise, m.phone, v.uid, v.retired_on, v.retired_why, "
        f"v.inferred, v.remark FROM (SELECT * FROM v_member WHERE {where}) v JOIN member m ON m.id = v.member_id "
        "ORDER BY v.team_sort, v.member_id"
    )
    rows = [
        (*row[:4], tuple(map(Duty, json.loads(row[4]))), row[5], row[6] if personal else masked(row[6]), *row[7:])
        for row in reader.rows(sql)
    ]
    return Report(Words("组员", "Members"), MEMBER_COLUMNS, rows, zone=reader.zone)


def enterprises(
    reader: Reader, wanted: Sequence[int] = (), cut: AsOf | None = None, *, everyone: bool = True
) -> Report:
    """The enterprises, of all teams or of some, with their stage at a cut-off, which is now unless given."""
    return _enterprises(reader, f"{of_teams(wanted)} AND {in_service(everyone)}", cut)


def enterprise(reader: Reader, given: str, shone: Lights) -> Report:
    """One enterprise: what it is, its problems, the work done there, its milestones, and its history."""
    key = names.enterprise(reader.rows, given).id
    parts = {
        "stages": _stages(reader, key),
        "assignments": _assignments(reader, key),
        "problems": problems(reader, Condition("enterprise_id = :key", {"key": key}), shone, AsOf(shone.as_of)),
        "activities": activities.activities_in(reader, key),
        "milestones": field_work.milestones_of(reader, key),
        "events": history(reader, _uid(reader, "enterprise", key)),
    }
    return card(_enterprises(reader, f"enterprise_id = {key}"), parts)


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
    key = names.department(reader.rows, given).id
    main = _departments(reader, f"department_id = {key}")
    return card(main, {"events": history(reader, _uid(reader, "department", key))})


def _departments(reader: Reader, where: str) -> Report:
    sql = (
        "SELECT name, aliases, uid, retired_on, retired_why, inferred, remark FROM v_department "
        f"WHERE {where} ORDER BY department_id"
    )
    rows = [(name, joined(aliases), *rest) for name, aliases, *rest in reader.rows(sql)]
    return Report(Words("责任单位", "Departments"), DEPARTMENT_COLUMNS, rows, zone=reader.zone)


def _enterprises(reader: Reader, where: str, cut: AsOf | None = None) -> Report:
    then = cut.enterprise if cut else "enterprise"
    sql = (
        "SELECT v.name, v.aliases, v.team, v.township, e.stage, e.stage_on, v.above_scale, v.capacity, v.workforce, "
        "v.sites, v.uid, v.retired_on, v.retired_why, v.inferred, v.remark "
        f"FROM (SELECT * FROM v_enterprise WHERE {where}) v JOIN {then} e ON e.id = v.enterprise_id "
        "ORDER BY v.team_sort NULLS FIRST, v.enterprise_id"
    )
    rows = (
        (row[0], joined(row[1]), *row[2:4], Stage(row[4]), *row[5:9], listed(row[9]), *row[10:])
        for row in reader.rows(sql)
    )
    return Report(Words("企业", "Enterprises"), ENTERPRISE_COLUMNS, rows, zone=reader.zone)
