"""Supervision with what each check found, and which enterprises have not been looked at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from fugong.attributes import Attribute, of
from fugong.db import Reader
from fugong.queries import deadlines
from fugong.reports import filters
from fugong.reports.activities import listed
from fugong.reports.filters import Condition
from fugong.reports.listing import Listing, each
from fugong.results.report import Cell, Column, Report, Term
from fugong.values.spans import Rule
from fugong.vocab import Kind, Role, Stage, Words

_FAILED = Attribute("failed", Words("不合格", "failed"), Cell.TERMS, brief=True, tracked=False)
_PASSED = Attribute("passed", Words("合格", "passed"), Cell.TERMS, brief=True, tracked=False)

DUE_COLUMNS = (
    Column("enterprise", Words("企业", "Enterprise")),
    Column("team", Words("组号", "Team")),
    Column("stage", Words("复工阶段", "Stage"), Cell.CODE),
    Column("last_on", Words("上次检查", "Last looked at"), Cell.ABOUT, blank=Words("没有检查过", "never")),
    Column("approximate", Words("日期约数", "Approximate"), Cell.FLAG, brief=False),
    Column("due_on", Words("应在此前再查", "Due"), Cell.DATE),
    Column("days_over", Words("超过天数", "Days over"), Cell.COUNT, null=True),
)


def inspections(reader: Reader, wanted: Condition) -> Report:
    """The supervision that meets a condition, each with the checks that failed and that passed."""
    found = _results(reader, wanted)
    listing = Listing(
        _attributes(),
        failed=each(lambda uid: tuple(found[uid, False]), "uid"),
        passed=each(lambda uid: tuple(found[uid, True]), "uid"),
    )
    return listed(reader, listing, Role.SUPERVISION, wanted)


def _attributes() -> Iterator[Attribute]:
    """Those of all work, and after its text what failed and what passed."""
    for attribute in of(Kind.ACTIVITY):
        yield attribute
        if attribute.name == "text":
            yield from (_FAILED, _PASSED)


def due(
    reader: Reader, every: Rule, today: date, *, team: Iterable[str] = (), enterprise: Iterable[str] = ()
) -> Report:
    """The enterprises that nobody has looked at in time, those never looked at first, then the longest overdue.

    Args:
        reader: The store.
        every: How long after one visit the next is due at the latest.
        today: The day that it is true for.
        team: Codes or names of teams.
        enterprise: Names of enterprises.

    Raises:
        Refusal: A name is unknown or ambiguous.
    """
    wanted = filters.field_work(reader, day="stage_on", team=team, enterprise=enterprise)
    overdue = [row for row in _looked_at(reader, wanted, every) if row[5] is None or row[5] < today.isoformat()]
    listed = [
        (*row, (today - date.fromisoformat(row[5])).days if row[5] else None)
        for row in sorted(overdue, key=lambda row: row[5] or "")
    ]
    return Report(
        Words(f"超过 {every} 没有检查的企业", f"Enterprises not looked at within {every}"),
        DUE_COLUMNS,
        listed,
        facts={"as_of": today.isoformat(), "every": str(every)},
        zone=reader.zone,
    )


def _looked_at(reader: Reader, wanted: Condition, every: Rule) -> Iterable[tuple[Any, ...]]:
    """Every enterprise that counts: when it was last looked at, and when that is due again."""
    last = _last_visits(reader)
    days = deadlines.calendar(reader.rows)
    firms = (
        "SELECT enterprise_id, name, team, stage FROM v_enterprise "
        f"WHERE stage <> 'excluded' AND retired_on IS NULL AND {wanted.sql} "
        "ORDER BY team_sort NULLS FIRST, enterprise_id"
    )
    again = {day: every.due(date.fromisoformat(day), days.add)[0].isoformat() for day, _ in last.values()}
    for key, name, team, stage in reader.rows(firms, **wanted.params):
        day, approximate = last.get(key, (None, False))
        yield name, team, Stage(stage), day, approximate, again[day] if day else None


def _last_visits(reader: Reader) -> dict[int, tuple[str, bool]]:
    """When each enterprise was last looked at: any work of supervision counts."""
    visits = (
        "SELECT x.enterprise_id, w.on_date, w.approximate FROM activity w "
        "JOIN activity_enterprise x ON x.activity_id = w.id WHERE w.role = 'supervision' "
        "ORDER BY w.on_date, w.approximate DESC"
    )
    return {key: (str(day), bool(approximate)) for key, day, approximate in reader.rows(visits)}


def _results(reader: Reader, wanted: Condition) -> dict[tuple[str, bool], list[Term]]:
    """The checks of each inspection that failed and that passed."""
    sql = (
        "SELECT uid, passed, category, category_zh, category_en FROM v_inspection_result "
        f"WHERE activity_id IN (SELECT activity_id FROM v_activity WHERE {wanted.sql}) ORDER BY category_rank"
    )
    found: dict[tuple[str, bool], list[Term]] = defaultdict(list)
    for uid, passed, code, zh, en in reader.rows(sql, **wanted.params):
        found[uid, bool(passed)].append(Term(code, zh, en))
    return found
