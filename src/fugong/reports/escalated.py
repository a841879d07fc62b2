"""What the levels above are to coordinate (需上级协调): the problems in hand that were reported, the highest first.

Who does something about one needs to know what is wanted of him, so each has the reason that was given last.
"""

from collections.abc import Sequence
from typing import NamedTuple

from fugong.db import Reader
from fugong.queries.standing import stands
from fugong.results.report import Cell, Column, Report
from fugong.vocab import IN_HAND, Level, Words

COLUMNS = (
    Column("level", Words("上报", "Level"), Cell.CODE),
    Column("id", Words("编号", "Id")),
    Column("enterprise", Words("企业", "Enterprise")),
    Column("text", Words("问题描述", "Problem")),
    Column("why", Words("要协调什么", "What is wanted")),
    Column("escalated_on", Words("上报日期", "Since"), Cell.DATE),
)

WHY = (
    "SELECT e.text FROM event e WHERE e.subject = x.uid AND e.act = 'escalate' "
    f"AND {stands()} ORDER BY coalesce(e.place, e.id) DESC LIMIT 1"
)


class Escalated(NamedTuple):
    """A problem in hand that was reported to a level above."""

    level: Level
    id: str
    enterprise: str
    """Its firm, else its team."""
    text: str
    why: str | None
    escalated_on: str | None
    """None where it is only called major."""


def escalated(reader: Reader) -> Report:
    """The problems that wait for a level above."""
    return Report(
        Words("需上级协调", "For the levels above"),
        COLUMNS,
        escalated_rows(reader),
        nothing=Words("没有上报的问题。", "Nothing was reported upward."),
    )


def escalated_rows(reader: Reader) -> Sequence[Escalated]:
    """The same as rows, the highest level first and then by number."""
    sql = (
        f"SELECT escalated, id, coalesce(enterprise, team_name), text, ({WHY}), escalated_on FROM v_problem x "
        f"WHERE {IN_HAND} AND escalated IS NOT NULL ORDER BY team_sort, series, number, tag"
    )
    rows = [Escalated(Level(level), *rest) for level, *rest in reader.rows(sql)]
    ranks = list(Level)
    return sorted(rows, key=lambda row: -ranks.index(row.level))
