"""What teams did besides problems: milestones, practices, published figures."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict, Unpack

from fugong.db import Reader
from fugong.queries import names
from fugong.reports import filters
from fugong.reports.cards import card
from fugong.reports.filters import Condition, Link
from fugong.reports.history import history
from fugong.reports.listed import joined
from fugong.results.report import Cell, Column, Report, Term
from fugong.vocab import ListName, Measure, Words

REMARKS = (
    Column("uid", Words("唯一标识", "Uid"), brief=False),
    Column("inferred", Words("推断", "Inferred"), Cell.FLAG, brief=False),
    Column("remark", Words("备注", "Remark"), brief=False),
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
    Column("key", Words("标识", "Key")),
    Column("measure", Words("指标", "Measure"), Cell.CODE),
    Column("milestone", Words("达标事项", "Milestone"), Cell.TERM),
    Column("team", Words("组号", "Team"), blank=Words("全县", "county")),
    Column("value", Words("数值", "Value"), Cell.COUNT),
    Column("unit", Words("单位", "Unit")),
    Column("as_of", Words("截至", "As of"), Cell.DATE),
    Column("source", Words("出处", "Source")),
    *REMARKS,
)

_MILESTONES = (
    "SELECT enterprise, team, milestone, milestone_zh, milestone_en, pending, on_date, approximate, uid, inferred, "
    "remark FROM v_milestone WHERE {where} ORDER BY team_sort NULLS FIRST, milestone_id"
)
_PRACTICES = (
    "SELECT name, origin, summary, promoted_on, adopted_by, uid, inferred, remark FROM v_practice WHERE {where} "
    "ORDER BY practice_id"
)
_FIGURES = (
    "SELECT key, measure, milestone, milestone_zh, milestone_en, team, value, unit, as_of, source, uid, inferred, "
    "remark FROM v_figure WHERE {where} ORDER BY figure_id"
)


class Filters(TypedDict, total=False):
    """The filters that all these listings have (``filters.field_work``)."""

    team: Iterable[str]
    since: date | None
    until: date | None


def milestones(
    reader: Reader, milestone: Iterable[str] = (), enterprise: Iterable[str] = (), **given: Unpack[Filters]
) -> Report:
    """What enterprises have reached, or have under way.

    Raises:
        Refusal: A name is unknown or ambiguous.
    """
    kinds = [names.term(reader.rows, ListName.MILESTONE, name).id for name in milestone]
    wanted = filters.field_work(reader, day="on_date", enterprise=enterprise, term_id=kinds, **given)
    return _milestones(reader, wanted)


def milestones_of(reader: Reader, enterprise: int) -> Report:
    """What one enterprise has reached."""
    return _milestones(reader, Condition("enterprise_id = :enterprise", {"enterprise": enterprise}))


def milestone(reader: Reader, enterprise: str, name: str) -> Report:
    """One milestone of an enterprise, with its history."""
    key = names.milestone(reader.rows, enterprise, name)
    return _card(reader, _milestones(reader, Condition("milestone_id = :key", {"key": key})))


def practices(reader: Reader, enterprise: Iterable[str] = (), **given: Unpack[Filters]) -> Report:
    """The methods worth copying; of a team or an enterprise, those that it took up.

    Raises:
        Refusal: A name is unknown or ambiguous.
    """
    adopters = Link("adoption", "practice_id")
    wanted = filters.field_work(
        reader, day="promoted_on", enterprise=enterprise, teams=adopters, enterprises=adopters, **given
    )
    return _practices(reader, wanted)


def practice(reader: Reader, name: str) -> Report:
    """One practice, with its history."""
    key = names.practice(reader.rows, name).id
    return _card(reader, _practices(reader, Condition("practice_id = :key", {"key": key})))


def figures(reader: Reader, measure: Iterable[Measure] = (), **given: Unpack[Filters]) -> Report:
    """The totals that somebody stated.

    Raises:
        Refusal: A name is unknown.
    """
    wanted = filters.field_work(reader, day="as_of", measure=[each.value for each in measure], **given)
    return _figures(reader, wanted)


def figure(reader: Reader, key: str) -> Report:
    """One published figure, with its history."""
    own = names.figure(reader.rows, key)
    return _card(reader, _figures(reader, Condition("figure_id = :key", {"key": own})))


def _milestones(reader: Reader, wanted: Condition) -> Report:
    rows = (
        (firm, team, _term(code, zh, en), *rest)
        for firm, team, code, zh, en, *rest in reader.rows(_MILESTONES.format(where=wanted.sql), **wanted.params)
    )
    return Report(Words("达标事项", "Milestones"), MILESTONE_COLUMNS, rows, zone=reader.zone)


def _practices(reader: Reader, wanted: Condition) -> Report:
    found = reader.rows(_PRACTICES.format(where=wanted.sql), **wanted.params)
    rows = [(*row[:4], joined(row[4]), *row[5:]) for row in found]
    return Report(Words("做法", "Practices"), PRACTICE_COLUMNS, rows, zone=reader.zone)


def _figures(reader: Reader, wanted: Condition) -> Report:
    rows = (
        (key, Measure(measure), _term(code, zh, en), *rest)
        for key, measure, code, zh, en, *rest in reader.rows(_FIGURES.format(where=wanted.sql), **wanted.params)
    )
    return Report(Words("公布口径", "Published figures"), FIGURE_COLUMNS, rows, zone=reader.zone)


def _card(reader: Reader, report: Report) -> Report:
    """A report of one record, with that record's history."""
    at = [column.key for column in report.columns].index("uid")
    (row,) = report.rows
    return card(report._replace(rows=[row]), {"events": history(reader, row[at])})


def _term(code: Any, zh: Any, en: Any) -> Term | None:
    return Term(code, zh, en) if code else None
