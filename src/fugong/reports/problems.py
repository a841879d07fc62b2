"""The ledger's lines: a list of problems, and one problem with its whole history."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from fugong.db import Reader
from fugong.queries.as_of import AsOf
from fugong.queries.lights import Lights
from fugong.reports.filters import Condition
from fugong.results.report import Cell, Column, Report, Term
from fugong.vocab import Light, Satisfaction, Source, Status, Verdict, Words


class ProblemRow(NamedTuple):
    """One line of the ledger."""

    id: str
    uid: str
    team: str
    enterprise: str | None
    text: str
    category: Term | None
    source: Source | None
    status: Status
    light: Light | None
    department: str | None
    assist: tuple[str, ...]
    person: str | None
    found_on: str
    approximate: bool
    due_on: str | None
    due_rule: str | None
    due_estimated: bool
    first_due_on: str | None
    extended: int
    late_extended: bool
    days_over: int | None
    late: bool
    chased: int
    bounced: int
    closed_on: str | None
    how: str | None
    verified: Verdict | None
    verified_on: str | None
    satisfaction: Satisfaction | None
    reopened: int
    major: bool
    inferred: bool
    recorded_at: str
    remark: str | None
    duplicate_of: str | None


COLUMNS = (
    Column("id", Words("编号", "Id")),
    Column("uid", Words("唯一标识", "Uid"), brief=False),
    Column("team", Words("帮扶组", "Team"), brief=False),
    Column("enterprise", Words("企业", "Enterprise")),
    Column("text", Words("问题描述", "Problem")),
    Column("category", Words("类别", "Category"), Cell.TERM),
    Column("source", Words("来源", "Source"), Cell.CODE, brief=False),
    Column("status", Words("状态", "Status"), Cell.CODE),
    Column("light", Words("亮灯", "Light"), Cell.CODE),
    Column("department", Words("责任单位", "Department")),
    Column("assist", Words("协办单位", "Assisting"), Cell.LIST, brief=False),
    Column("person", Words("责任人", "Person"), brief=False),
    Column("found_on", Words("发现日期", "Found"), Cell.ABOUT),
    Column("approximate", Words("日期约数", "Approximate"), Cell.FLAG, brief=False),
    Column("due_on", Words("时限", "Due"), Cell.DUE),
    Column("due_rule", Words("时限规则", "Due rule"), brief=False),
    Column("due_estimated", Words("时限推算", "Due estimated"), Cell.FLAG, brief=False),
    Column("first_due_on", Words("最初时限", "First due"), Cell.DATE, brief=False),
    Column("extended", Words("延期次数", "Extended"), Cell.COUNT, brief=False),
    Column("late_extended", Words("逾期后延期", "Extended late"), Cell.FLAG, brief=False),
    Column("days_over", Words("逾期天数", "Days over"), Cell.COUNT, brief=False),
    Column("late", Words("逾期办结", "Closed late"), Cell.FLAG, brief=False),
    Column("chased", Words("催办次数", "Chased"), Cell.COUNT, brief=False),
    Column("bounced", Words("退回次数", "Bounced"), Cell.COUNT, brief=False),
    Column("closed_on", Words("销号日期", "Closed"), Cell.DATE, brief=False),
    Column("how", Words("解决措施", "Measure"), brief=False),
    Column("verified", Words("回访", "Visited"), Cell.CODE, brief=False),
    Column("verified_on", Words("回访日期", "Visited on"), Cell.DATE, brief=False),
    Column("satisfaction", Words("满意度", "Satisfaction"), Cell.CODE, brief=False),
    Column("reopened", Words("重开次数", "Reopened"), Cell.COUNT, brief=False),
    Column("major", Words("重大", "Major"), Cell.FLAG, brief=False),
    Column("inferred", Words("推断", "Inferred"), Cell.FLAG, brief=False),
    Column("recorded_at", Words("录入时间", "Entered"), Cell.MOMENT, brief=False),
    Column("remark", Words("备注", "Remark"), brief=False),
    Column("duplicate_of", Words("重复于", "Duplicate of"), brief=False),
)

_SELECT = """
SELECT id, uid, team, enterprise, text, category, category_zh, category_en, source, status, department, assist, person,
       found_on, approximate, due_on, due_rule, due_estimated, first_due_on, extended, late_extended, chased, bounced,
       closed_on, how, verified, verified_on, satisfaction, reopened, major, inferred, recorded_at, remark, duplicate_of
FROM {source} x WHERE {where} ORDER BY {order}team_sort, number
"""

_WORST_FIRST = "CASE WHEN due_on IS NULL THEN 1 ELSE 0 END, due_on, "


def problems(
    reader: Reader,
    wanted: Condition,
    shone: Lights,
    cut: AsOf,
    limit: int | None = None,
    *,
    worst_first: bool = False,
) -> Report:
    """The problems that meet a condition, in the order of their numbers.

    Args:
        reader: The store.
        wanted: Which problems.
        shone: The lights of the day.
        cut: The cut-off.
        limit: The most rows; a note says how many there are where it cuts.
        worst_first: The earliest deadline first and those without one last, not by number.
    """
    order = _WORST_FIRST if worst_first else ""
    sql = _SELECT.format(source=cut.v_problem, where=wanted.sql, order=order) + ("LIMIT :most" if limit else "")
    rows = (_row(found, shone) for found in reader.stream(sql, **wanted.params, most=limit))
    return Report(
        Words("问题台账", "Problems"),
        COLUMNS,
        rows,
        facts={"as_of": cut.text} if cut.asked else {},
        notes=_notes(reader, wanted, cut, limit),
        zone=reader.zone,
    )


def _notes(reader: Reader, wanted: Condition, cut: AsOf, limit: int | None) -> Iterator[Words]:
    """The cut-off, and how many there are where a limit leaves some out: counted where notes are written at all."""
    if cut.asked:
        yield cut.words
    if limit and (count := wanted.how_many(reader, cut)) > limit:
        yield Words(
            f"共 {count} 条，只列出前 {limit} 条；用 --limit {count} 列出全部。",
            f"{limit} of {count}; list all with --limit {count}.",
        )


def _row(found: tuple[Any, ...], shone: Lights) -> ProblemRow:
    (
        id_, uid, team, enterprise, text, category, category_zh, category_en, source, status, department, assist,
        person, found_on, approximate, due_on, due_rule, estimated, first_due_on, extended, late_extended, chased,
        bounced, closed_on, how, verified, verified_on, satisfaction, reopened, major, inferred, recorded_at, remark,
        twin,
    ) = found  # fmt: skip
    return ProblemRow(
        id_,
        uid,
        team,
        enterprise,
        text,
        Term(category, category_zh, category_en) if category else None,
        Source(source) if source else None,
        (standing := Status(status)),
        shone.of(standing, due_on),
        department,
        tuple(assist.split("、")) if assist else (),
        person,
        found_on,
        bool(approximate),
        due_on,
        due_rule,
        bool(estimated),
        first_due_on,
        extended,
        bool(late_extended),
        shone.days_over(standing, due_on),
        bool(due_on and closed_on and closed_on > due_on),
        chased,
        bounced,
        closed_on,
        how,
        Verdict(verified) if verified else None,
        verified_on,
        Satisfaction(satisfaction) if satisfaction else None,
        reopened,
        bool(major),
        bool(inferred),
        recorded_at,
        remark,
        twin,
    )


def cards(reader: Reader, ids: Sequence[str], shone: Lights) -> Report:
    """Problems by their numbers, each with the work that it is tied to and its whole history.

    Raises:
        BadId, UnknownProblem: A number is none, or nobody has it.
    """
    from fugong.queries import names
    from fugong.reports.cards import chained

    keys = dict.fromkeys(names.problem(reader.rows, given) for given in ids)
    return chained([_card(reader, key, shone) for key in keys])


def _card(reader: Reader, key: int, shone: Lights) -> Report:
    from fugong.reports.activities import activities_for
    from fugong.reports.cards import card
    from fugong.reports.history import history

    sql = _SELECT.format(source="v_problem", where="problem_id = :key", order="")
    [row] = [_row(found, shone) for found in reader.rows(sql, key=key)]
    return card(_single(reader, row), {"activities": activities_for(reader, key), "events": history(reader, row.uid)})


def _single(reader: Reader, row: ProblemRow) -> Report:
    return Report(Words(f"问题 {row.id}", f"Problem {row.id}"), COLUMNS, [row], zone=reader.zone)
