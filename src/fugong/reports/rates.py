"""The rates of a campaign (率): closed, on time, verified, satisfied, reopened, each with its denominator.

- closed (解决率): closed of found
- on time (按时率): solved by the deadline, of those closed that had one; by the deadline in force, and by the first.
  A closing that was reviewed was solved when it was applied for
- verified (回访率): closings that a return visit confirmed, of those closed
- satisfied (满意率): enterprises that were satisfied or fairly satisfied, of those that said so when called
- reopened (重开率): problems that were opened again, of those that were ever closed
"""

from typing import Any, NamedTuple

from fugong.attributes.problems import ASKED, CONTENTED
from fugong.db import Reader
from fugong.errors.rules import NoRates
from fugong.queries.as_of import AsOf
from fugong.results.report import Cell, Column, OnScreen, Ratio, Report, Term
from fugong.values.lateness import DONE_ON, sql_late
from fugong.vocab import Words
from fugong.vocab.reporting import By

_COLUMNS = (
    Column("closed", Words("解决率", "Closed"), Cell.RATIO),
    Column("on_time", Words("按时率", "On time"), Cell.RATIO),
    Column(
        "on_time_first",
        Words("按最初时限", "By the first deadline"),
        Cell.RATIO,
        short=Words("按原时限", "By first"),
    ),
    Column("verified", Words("回访率", "Verified"), Cell.RATIO),
    Column("satisfied", Words("满意率", "Satisfied"), Cell.RATIO),
    Column("reopened", Words("重开率", "Reopened"), Cell.RATIO),
)

_SUMS = (
    ("status = 'closed'", "1 = 1"),
    (f"status = 'closed' AND NOT {sql_late(DONE_ON)}", "status = 'closed' AND due_on IS NOT NULL"),
    (
        f"status = 'closed' AND NOT {sql_late(DONE_ON, 'first_due_on')}",
        "status = 'closed' AND first_due_on IS NOT NULL",
    ),
    ("status = 'closed' AND verified = 'ok'", "status = 'closed'"),
    (CONTENTED, ASKED),
    ("reopened > 0", "status = 'closed' OR reopened > 0"),
)
"""For each rate: the SQL conditions of what is counted, and of what it is a part of."""


class Group(NamedTuple):
    """What a row stands for."""

    columns: tuple[Column, ...]
    named: str
    """The columns of ``v_problem`` that name it, as many as a row begins with, or three for a ``Term``."""
    order: str


_NONE = Words("（没有）", "(none)")
_GROUPS = {
    By.TEAM: Group(
        (Column("team", Words("组号", "Code")), Column("name", Words("帮扶组", "Team"))), "team, team_name", "team_sort"
    ),
    By.ENTERPRISE: Group(
        (Column("enterprise", Words("企业", "Enterprise"), blank=_NONE),), "enterprise", "enterprise_id"
    ),
    By.DEPARTMENT: Group(
        (Column("department", Words("责任单位", "Department"), blank=_NONE),), "department", "department_id"
    ),
    By.CATEGORY: Group(
        (Column("category", Words("类别", "Category"), Cell.TERM, blank=_NONE),),
        "category, category_zh, category_en",
        "category_id",
    ),
    By.TOWNSHIP: Group((Column("township", Words("乡镇", "Township"), blank=_NONE),), "township", "township"),
    By.COUNTY: Group((Column("county", Words("县", "County")),), "county", "county"),
}


def rates(reader: Reader, by: By, cut: AsOf) -> Report:
    """The rates of every team, firm, department … as of a cut-off, and of all together.

    Raises:
        NoRates: A row would stand for no problems.
    """
    if by not in _GROUPS:
        raise NoRates(by=by)
    group = _GROUPS[by]
    with reader.snapshot():
        rows = [_row(by, found) for found in reader.rows(_grouped(group))]
        (all_together,) = reader.rows(f"SELECT {_sums()} FROM problem x WHERE status <> 'void'")
    blank = (None,) * len(group.columns)
    title = Words(f"各种率（按{by.zh}）", f"Rates by {by.en}")
    return Report(
        title,
        (*group.columns, *_COLUMNS),
        rows,
        total=(*blank, *_ratios(all_together)),
        facts=cut.facts,
        notes=(cut.words,),
        on_screen=OnScreen(
            Words("各组办理质量", title.en) if by is By.TEAM else None,
            cut.titled,
            wide=("team",) if by is By.TEAM else (),
        ),
    )


def _grouped(group: Group) -> str:
    keys = ", ".join(dict.fromkeys((*group.named.split(", "), group.order)))
    return (
        f"SELECT {group.named}, {_sums()} FROM v_problem x WHERE status <> 'void' "
        f"GROUP BY {keys} ORDER BY {group.order} IS NULL, {group.order}"
    )


def _sums() -> str:
    return ", ".join(f"coalesce(sum(CASE WHEN {each} THEN 1 END), 0)" for pair in _SUMS for each in pair)


def _row(by: By, found: tuple[Any, ...]) -> tuple[Any, ...]:
    named, sums = found[: -2 * len(_SUMS)], found[-2 * len(_SUMS) :]
    if by is By.CATEGORY:
        named = (Term(*named) if named[0] else None,)
    return (*named, *_ratios(sums))


def _ratios(sums: tuple[int, ...]) -> list[Ratio]:
    return [Ratio(*pair) for pair in zip(sums[::2], sums[1::2], strict=True)]
