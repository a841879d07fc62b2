"""What teams did besides problems: activities, milestones, practices, published figures."""

from collections.abc import Sequence
from typing import Any

from fugong.columns import Cell, Column, Report, Term
from fugong.db import Reader
from fugong.reports.listed import joined, listed, of_teams
from fugong.vocab import Measure, Role, Words

REMARKS = (
    Column("uid", Words("唯一标识", "Uid"), brief=False),
    Column("inferred", Words("推断", "Inferred"), Cell.FLAG, brief=False),
    Column("remark", Words("备注", "Remark"), brief=False),
)

ACTIVITY_COLUMNS = (
    Column("team", Words("组号", "Team")),
    Column("role", Words("角色", "Role"), Cell.CODE),
    Column("kind", Words("方式", "Kind"), Cell.TERM),
    Column("enterprises", Words("企业", "Enterprises"), Cell.LIST),
    Column("text", Words("内容", "What")),
    Column("item", Words("物品", "Item")),
    Column("quantity", Words("数量", "Quantity")),
    Column("unit", Words("单位", "Unit")),
    Column("on_date", Words("日期", "Date"), Cell.ABOUT),
    Column("approximate", Words("日期约数", "Approximate"), Cell.FLAG, brief=False),
    Column("problem", Words("问题", "Problem")),
    Column("department", Words("责任单位", "Department"), brief=False),
    Column("guests", Words("邀请人员", "Guests"), Cell.LIST, brief=False),
    Column("place", Words("地点", "Place"), brief=False),
    *REMARKS,
)
MILESTONE_COLUMNS = (
    Column("enterprise", Words("企业", "Enterprise")),
    Column("team", Words("组号", "Team")),
    Column("milestone", Words("达标事项", "Milestone"), Cell.TERM),
    Column("pending", Words("未完成", "Pending"), Cell.FLAG),
    Column("on_date", Words("日期", "Date"), Cell.ABOUT),
    Column("approximate", Words("日期约数", "Approximate"), Cell.FLAG, brief=False),
    *REMARKS,
)
PRACTICE_COLUMNS = (
    Column("name", Words("做法", "Practice")),
    Column("origin", Words("来源", "Origin")),
    Column("summary", Words("内容", "Summary")),
    Column("promoted_on", Words("推广日期", "Promoted"), Cell.DATE),
    Column("adopted_by", Words("采用者", "Adopted by"), Cell.LIST),
    *REMARKS,
)
FIGURE_COLUMNS = (
    Column("measure", Words("指标", "Measure"), Cell.CODE),
    Column("milestone", Words("达标事项", "Milestone"), Cell.TERM),
    Column("team", Words("组号", "Team"), blank=Words("全县", "county")),
    Column("value", Words("数值", "Value"), Cell.COUNT),
    Column("unit", Words("单位", "Unit")),
    Column("as_of", Words("截至", "As of"), Cell.DATE),
    Column("source", Words("出处", "Source")),
    Column("key", Words("标识", "Key"), brief=False),
    *REMARKS,
)

_ACTIVITIES = (
    "SELECT team, role, kind, kind_zh, kind_en, enterprises, text, item, quantity, unit, on_date, approximate, "
    "problem, department, guests, place, uid, inferred, remark FROM v_activity {where} ORDER BY team_sort, activity_id"
)
_MILESTONES = (
    "SELECT enterprise, team, milestone, milestone_zh, milestone_en, pending, on_date, approximate, uid, inferred, "
    "remark FROM v_milestone {where} ORDER BY team_sort, milestone_id"
)


def activities(reader: Reader, teams: Sequence[int] = ()) -> Report:
    """The work of all teams, or of some, in all three roles."""
    return _activities(reader, of_teams(teams))


def activities_in(reader: Reader, enterprise: int) -> Report:
    """The work that was done in one enterprise."""
    there = f"SELECT activity_id FROM activity_enterprise WHERE enterprise_id = {int(enterprise)}"
    return _activities(reader, f"WHERE activity_id IN ({there})")


def milestones(reader: Reader, teams: Sequence[int] = ()) -> Report:
    """What the enterprises of all teams, or of some, have reached."""
    return _milestones(reader, of_teams(teams))


def milestones_of(reader: Reader, enterprise: int) -> Report:
    """What one enterprise has reached."""
    return _milestones(reader, f"WHERE enterprise_id = {int(enterprise)}")


def practices(reader: Reader) -> Report:
    """The methods worth copying."""
    columns = "name, origin, summary, promoted_on, adopted_by, uid, inferred, remark"
    sql = f"SELECT {columns} FROM v_practice ORDER BY practice_id"
    rows = [(*row[:4], joined(row[4]), *row[5:]) for row in reader.rows(sql)]
    return Report(Words("做法", "Practices"), PRACTICE_COLUMNS, rows, zone=reader.zone)


def figures(reader: Reader, teams: Sequence[int] = ()) -> Report:
    """The totals that somebody stated, of the county and of all teams, or of some teams."""
    sql = (
        "SELECT measure, milestone, milestone_zh, milestone_en, team, value, unit, as_of, source, key, uid, inferred, "
        f"remark FROM v_figure {of_teams(teams)} ORDER BY figure_id"
    )
    rows = [(Measure(measure), _term(code, zh, en), *rest) for measure, code, zh, en, *rest in reader.rows(sql)]
    return Report(Words("公布口径", "Published figures"), FIGURE_COLUMNS, rows, zone=reader.zone)


def _activities(reader: Reader, where: str) -> Report:
    rows = [
        (team, Role(role), _term(code, zh, en), joined(firms), *about, listed(guests), place, uid, inferred, remark)
        for team, role, code, zh, en, firms, *about, guests, place, uid, inferred, remark in reader.rows(
            _ACTIVITIES.format(where=where)
        )
    ]
    return Report(Words("工作记录", "Activities"), ACTIVITY_COLUMNS, rows, zone=reader.zone)


def _milestones(reader: Reader, where: str) -> Report:
    rows = [
        (firm, team, _term(code, zh, en), *rest)
        for firm, team, code, zh, en, *rest in reader.rows(_MILESTONES.format(where=where))
    ]
    return Report(Words("达标事项", "Milestones"), MILESTONE_COLUMNS, rows, zone=reader.zone)


def _term(code: Any, zh: Any, en: Any) -> Term | None:
    return Term(code, zh, en) if code else None
