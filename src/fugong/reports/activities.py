"""The work of teams in the three roles: a list, and pieces of work with their history."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from fugong.db import Reader
from fugong.errors.names import OtherRole, UnknownTerm
from fugong.queries import names
from fugong.reports import filters
from fugong.reports.cards import card, chained
from fugong.reports.filters import Condition, Link
from fugong.reports.history import history
from fugong.reports.listed import joined, listed
from fugong.results.report import Cell, Column, Report, Term
from fugong.vocab import KINDS, NOUNS, Role, Words


class ActivityRow(NamedTuple):
    """One piece of work."""

    id: str
    team: str
    role: Role
    kind: Term | None
    enterprises: tuple[str, ...]
    text: str
    item: str | None
    quantity: str | None
    unit: str | None
    on_date: str
    approximate: bool
    problem: str | None
    department: str | None
    done_by: tuple[str, ...]
    guests: tuple[str, ...]
    place: str | None
    key: str | None
    uid: str
    inferred: bool
    remark: str | None


COLUMNS = (
    Column("id", Words("编号", "Id")),
    Column("team", Words("组号", "Team"), brief=False),
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
    Column("done_by", Words("经办人", "Done by"), Cell.LIST, brief=False),
    Column("guests", Words("邀请人员", "Guests"), Cell.LIST, brief=False),
    Column("place", Words("地点", "Place"), brief=False),
    Column("key", Words("标识", "Key"), brief=False),
    Column("uid", Words("唯一标识", "Uid"), brief=False),
    Column("inferred", Words("推断", "Inferred"), Cell.FLAG, brief=False),
    Column("remark", Words("备注", "Remark"), brief=False),
)

RESULT_COLUMNS = (
    Column("check", Words("检查项", "Check"), Cell.TERM),
    Column("passed", Words("合格", "Passed"), Cell.FLAG),
    Column("text", Words("发现", "Found")),
    Column("problem", Words("问题", "Problem")),
)

TITLES = {
    None: Words("工作记录", "Activities"),
    Role.PUBLICITY: Words("宣传工作", "Publicity"),
    Role.SUPERVISION: Words("监督工作", "Supervision"),
    Role.SERVICE: Words("服务工作", "Service"),
}

_SELECT = """
SELECT id, team, role, kind, kind_zh, kind_en, enterprises, text, item, quantity, unit, on_date, approximate, problem,
       department, done_by, guests, place, key, uid, inferred, remark
FROM v_activity WHERE {where} ORDER BY team_sort, number
"""


def activities(reader: Reader, role: Role | None, wanted: Condition) -> Report:
    """The work that meets a condition, in one role or in all three."""
    return Report(TITLES[role], COLUMNS, rows(reader, role, wanted), zone=reader.zone)


def activities_in(reader: Reader, enterprise: int) -> Report:
    """The work that was done in one enterprise."""
    there = "activity_id IN (SELECT activity_id FROM activity_enterprise WHERE enterprise_id = :enterprise)"
    return activities(reader, None, Condition(there, {"enterprise": enterprise}))


def activities_for(reader: Reader, problem: int) -> Report:
    """The work that a problem is tied to: the inspections that found it, the service that helped to solve it."""
    tied = """activity_id IN (SELECT id FROM activity WHERE problem_id = :problem
              UNION ALL SELECT activity_id FROM inspection_result WHERE problem_id = :problem)"""
    return activities(reader, None, Condition(tied, {"problem": problem}))


def condition(
    reader: Reader,
    role: Role | None,
    *,
    team: Iterable[str] = (),
    enterprise: Iterable[str] = (),
    kind: Iterable[str] = (),
    since: date | None = None,
    until: date | None = None,
    text: Iterable[str] = (),
) -> Condition:
    """The condition that the filters of a listing of work make.

    Raises:
        Refusal: A name is unknown or ambiguous.
    """
    return filters.field_work(
        reader,
        day="on_date",
        team=team,
        enterprise=enterprise,
        since=since,
        until=until,
        text=text,
        enterprises=Link("activity_enterprise", "activity_id"),
        kind_id=[key for given in kind for key in _kinds(reader, role, given)],
    )


def rows(reader: Reader, role: Role | None, wanted: Condition) -> list[ActivityRow]:
    """The work that meets a condition, by team and number."""
    where = f"{wanted.sql} AND role = :role" if role else wanted.sql
    params = wanted.params | ({"role": role.value} if role else {})
    return [_row(found) for found in reader.rows(_SELECT.format(where=where), **params)]


def cards(reader: Reader, role: Role | None, ids: Sequence[str]) -> Report:
    """Pieces of work by their numbers, each with its history.

    Raises:
        BadActivityId, UnknownActivity: A number is none, or nobody has it.
        OtherRole: One is not work of the role asked for.
    """
    keys = dict.fromkeys(names.activity(reader.rows, given) for given in ids)
    found = [row for key in keys for row in rows(reader, None, Condition("activity_id = :key", {"key": key}))]
    for row in found:
        if role not in (None, row.role):
            raise OtherRole(id=row.id, role=row.role, noun=NOUNS[row.role])
    return chained([_card(reader, row) for row in found])


def _card(reader: Reader, row: ActivityRow) -> Report:
    title = Words(f"工作记录 {row.id}", f"Activity {row.id}")
    parts = {"results": results(reader, row.uid), "events": history(reader, row.uid)}
    return card(Report(title, COLUMNS, [row], zone=reader.zone), parts)


def results(reader: Reader, uid: str) -> Report:
    """What an inspection found under each check that was made."""
    sql = (
        "SELECT category, category_zh, category_en, passed, text, problem FROM v_inspection_result WHERE uid = :uid "
        "ORDER BY category_rank"
    )
    found = [(Term(code, zh, en), bool(passed), *rest) for code, zh, en, passed, *rest in reader.rows(sql, uid=uid)]
    return Report(Words("检查结果", "Results"), RESULT_COLUMNS, found, zone=reader.zone)


def _kinds(reader: Reader, role: Role | None, given: str) -> list[int]:
    """The kinds of work with this code or name, of one role's list or of all three.

    Raises:
        UnknownTerm: No list has it.
    """
    found, unknown = [], []
    for list_name in [KINDS[role]] if role else KINDS.values():
        try:
            found.append(names.term(reader.rows, list_name, given).id)
        except UnknownTerm as refusal:
            unknown.append(refusal)
    if found:
        return found
    candidates = [each for refusal in unknown for each in refusal.params["candidates"] if each != "—"]
    said = KINDS[role] if role else Words("工作方式", "kind of work")
    raise UnknownTerm(list=said, name=given, candidates=candidates or ["—"])


def _row(found: tuple[Any, ...]) -> ActivityRow:
    (
        id_, team, role, kind, kind_zh, kind_en, enterprises, text, item, quantity, unit, on_date, approximate,
        problem, department, done_by, guests, place, key, uid, inferred, remark,
    ) = found  # fmt: skip
    return ActivityRow(
        id_,
        team,
        Role(role),
        Term(kind, kind_zh, kind_en) if kind else None,
        joined(enterprises),
        text,
        item,
        quantity,
        unit,
        on_date,
        bool(approximate),
        problem,
        department,
        listed(done_by),
        listed(guests),
        place,
        key,
        uid,
        bool(inferred),
        remark,
    )
