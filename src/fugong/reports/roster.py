"""Who takes part: teams, members, enterprises, departments."""

import json
from collections.abc import Sequence

from fugong import names
from fugong.columns import Cell, Column, Report
from fugong.db import Reader
from fugong.reports import activities, field_work
from fugong.reports.as_of import AsOf
from fugong.reports.cards import card
from fugong.reports.filters import Condition
from fugong.reports.history import history
from fugong.reports.lights import Lights
from fugong.reports.listed import joined, listed, of_teams
from fugong.reports.problems import problems
from fugong.vocab import Duty, Stage, Words

REMARKS = (
    Column("inferred", Words("推断", "Inferred"), Cell.FLAG, brief=False),
    Column("remark", Words("备注", "Remark"), brief=False),
)

TEAM_COLUMNS = (
    Column("team", Words("组号", "Code")),
    Column("name", Words("帮扶组", "Team")),
    Column("leader", Words("组长", "Leader")),
    Column("members_named", Words("具名组员", "Members named"), Cell.COUNT),
    Column("expected_headcount", Words("应有人数", "Headcount"), Cell.COUNT),
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


def teams(reader: Reader, wanted: Sequence[int] = ()) -> Report:
    """The teams; only those with these keys if any are given."""
    sql = (
        "SELECT code, name, leader, (SELECT count(*) FROM member m WHERE m.team_id = v.team_id), expected_headcount, "
        "(SELECT count(*) FROM assignment a WHERE a.team_id = v.team_id AND a.to_on IS NULL), expected_enterprises, "
        "branch, units, units_complete, county, uid, inferred, remark "
        f"FROM v_team v {of_teams(wanted)} ORDER BY team_sort"
    )
    rows = [(*row[:8], listed(row[8]), *row[9:]) for row in reader.rows(sql)]
    return Report(Words("帮扶组", "Teams"), TEAM_COLUMNS, rows, zone=reader.zone)


def team(reader: Reader, given: str) -> Report:
    """One team: what it is, who is in it, which firms it looks after, and its history."""
    key = names.team(reader.rows, given).id
    main = teams(reader, (key,))
    parts = {"members": members(reader, (key,)), "enterprises": enterprises(reader, (key,))}
    return card(main, parts | {"events": history(reader, _uid(reader, "team", key))})


def members(reader: Reader, wanted: Sequence[int] = ()) -> Report:
    """The named members, of all teams or of some."""
    sql = (
        "SELECT team, name, unit, post, duties, enterprise, uid, inferred, remark FROM v_member "
        f"{of_teams(wanted)} ORDER BY team_sort, member_id"
    )
    rows = [(*row[:4], tuple(map(Duty, json.loads(row[4]))), *row[5:]) for row in reader.rows(sql)]
    return Report(Words("组员", "Members"), MEMBER_COLUMNS, rows, zone=reader.zone)


def enterprises(reader: Reader, wanted: Sequence[int] = (), cut: AsOf | None = None) -> Report:
    """The enterprises, of all teams or of some, with their stage at a cut-off, which is now unless given."""
    return _enterprises(reader, of_teams(wanted), cut)


def enterprise(reader: Reader, given: str, shone: Lights) -> Report:
    """One enterprise: what it is, its problems, the work done there, its milestones, and its history."""
    key = names.enterprise(reader.rows, given).id
    parts = {
        "problems": problems(reader, Condition("enterprise_id = :key", {"key": key}), shone, AsOf(shone.as_of)),
        "activities": activities.activities_in(reader, key),
        "milestones": field_work.milestones_of(reader, key),
        "events": history(reader, _uid(reader, "enterprise", key)),
    }
    return card(_enterprises(reader, f"WHERE enterprise_id = {key}"), parts)


def _uid(reader: Reader, table: str, key: int) -> str:
    (uid,) = reader.first(f"SELECT uid FROM {table} WHERE id = :key", key=key) or ("",)
    return str(uid)


def departments(reader: Reader) -> Report:
    """The departments."""
    return _departments(reader, "")


def department(reader: Reader, given: str) -> Report:
    """One department: what it is called, and its history."""
    key = names.department(reader.rows, given).id
    main = _departments(reader, f"WHERE department_id = {key}")
    return card(main, {"events": history(reader, _uid(reader, "department", key))})


def _departments(reader: Reader, where: str) -> Report:
    rows = [
        (name, joined(aliases), uid, inferred, remark)
        for name, aliases, uid, inferred, remark in reader.rows(
            f"SELECT name, aliases, uid, inferred, remark FROM v_department {where} ORDER BY department_id"
        )
    ]
    return Report(Words("责任单位", "Departments"), DEPARTMENT_COLUMNS, rows, zone=reader.zone)


def _enterprises(reader: Reader, where: str, cut: AsOf | None = None) -> Report:
    known = f"stage_on > '{cut.day}'" if cut and cut.asked else "1 = 0"
    stage = f"CASE WHEN {known} THEN 'unknown' ELSE stage END, CASE WHEN {known} THEN NULL ELSE stage_on END"
    sql = (
        f"SELECT name, aliases, team, township, {stage}, above_scale, capacity, workforce, sites, uid, "
        f"inferred, remark FROM v_enterprise {where} ORDER BY team_sort NULLS FIRST, enterprise_id"
    )
    rows = (
        (name, joined(aliases), code, township, Stage(stage), *about, listed(sites), uid, inferred, remark)
        for name, aliases, code, township, stage, *about, sites, uid, inferred, remark in reader.rows(sql)
    )
    return Report(Words("企业", "Enterprises"), ENTERPRISE_COLUMNS, rows, zone=reader.zone)
