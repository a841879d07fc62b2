"""What is handed in at meetings: the ledger with the columns such ledgers have, and the three lists made from it.

The columns are those of Chinese counties' problem ledgers (问题整改销号台账, 企业服务台账); the three lists,
问题清单、任务清单、责任清单, are three views of the same lines: what is wrong, what is to be done by when, and
whose business it is.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple, Self

from fugong.db import Reader
from fugong.queries.as_of import AsOf
from fugong.queries.lights import Lights
from fugong.reports.filters import Condition
from fugong.reports.listed import joined
from fugong.results.report import Cell, Column, Report, Term
from fugong.vocab import Light, Satisfaction, Source, Status, Verdict, Words

COLUMNS = (
    Column("no", Words("序号", "No."), Cell.COUNT),
    Column("id", Words("编号", "Id")),
    Column("team", Words("帮扶组", "Team")),
    Column("enterprise", Words("企业名称", "Enterprise")),
    Column("township", Words("乡镇", "Township")),
    Column("source", Words("问题来源", "Source"), Cell.CODE),
    Column("category", Words("问题类别", "Category"), Cell.TERM),
    Column("text", Words("问题描述", "Problem")),
    Column("found_on", Words("提出日期", "Found"), Cell.ABOUT),
    Column("department", Words("责任单位", "Department")),
    Column("assist", Words("协办单位", "Assisting"), Cell.LIST),
    Column("person", Words("责任人", "Person")),
    Column("how", Words("整改(解决)措施", "Measure")),
    Column("due_on", Words("整改时限", "Due"), Cell.DUE),
    Column("status", Words("进展情况", "Progress"), Cell.TERM),
    Column("closed_on", Words("办结日期", "Solved"), Cell.DATE),
    Column("verified", Words("验收/回访情况", "Return visit"), Cell.CODE),
    Column("satisfaction", Words("满意度", "Satisfaction"), Cell.CODE),
    Column("closed", Words("是否销号", "Struck off"), Cell.FLAG),
    Column("closed_again", Words("销号日期", "Closed on"), Cell.DATE, machine=False),
    Column("light", Words("亮灯", "Light"), Cell.CODE),
    Column("remark", Words("备注", "Remark")),
    Column("approximate", Words("日期约数", "Approximate"), Cell.FLAG, brief=False),
    Column("due_estimated", Words("时限推算", "Due estimated"), Cell.FLAG, brief=False),
    Column("uid", Words("唯一标识", "Uid"), brief=False),
)
"""Solving a problem (办结) and striking it off (销号) are one act here, so their two dates are the same."""

_SELECT = """
SELECT id, team_id, enterprise, township, source, category_id, text, found_on, department_id, assist, person, how,
       due_on, status,
       (SELECT e.text FROM v_event e WHERE e.subject = v.uid AND e.act = 'note' AND NOT ({later}) AND NOT EXISTS (
            SELECT 1 FROM batch b JOIN batch u ON u.undoes_id = b.id WHERE b.uid = e.batch)
        ORDER BY e.on_date DESC, e.event_id DESC LIMIT 1), closed_on, verified, satisfaction, remark, approximate,
       due_estimated, uid
FROM {problems} v WHERE {where} ORDER BY {order}
"""
"""Keys where there are few names, which are joined here: what the engine joins, it looks for in every row."""

_BY_NUMBER = "team_sort, number"
_BY_DEPARTMENT = (
    "CASE WHEN department_id IS NULL THEN 1 ELSE 0 END, department_id, "
    f"CASE WHEN person IS NULL THEN 1 ELSE 0 END, person, {_BY_NUMBER}"
)

_STATUSES = {each.value: each for each in Status}
_SOURCES = {each.value: each for each in Source}
_VERDICTS = {each.value: each for each in Verdict}
_SATISFACTIONS = {each.value: each for each in Satisfaction}
_STANDING = {each.value: Term(each.value, each.zh, each.en) for each in Status}
_BATCH = 100


class _Names(NamedTuple):
    """What rows name by key."""

    teams: dict[int, str]
    categories: dict[int, Term]
    departments: dict[int, str]

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """The names of the store: to be read when the rows have begun, so that none is newer than they are."""
        categories = reader.rows("SELECT id, code, zh, en FROM term WHERE list = 'category'")
        return cls(
            dict(reader.rows("SELECT id, name FROM team")),
            {key: Term(*named) for key, *named in categories},
            dict(reader.rows("SELECT id, name FROM department")),
        )


_MARKS = ("approximate", "due_estimated", "uid")
_PROBLEMS = ("no", "id", "team", "enterprise", "township", "source", "category", "text", "found_on", "light")
_TASKS = ("no", "id", "enterprise", "text", "how", "status", "due_on", "closed", "light")
_DUTIES = ("no", "department", "person", "assist", "id", "enterprise", "text", "due_on", "closed", "light")


def ledger(reader: Reader, wanted: Condition, shone: Lights, cut: AsOf) -> Report:
    """The problems that meet a condition, with the columns such ledgers have.

    Args:
        reader: The store.
        wanted: Which problems.
        shone: The lights of the cut-off.
        cut: The cut-off.
    """
    return _projected(reader, wanted, shone, cut, Words("问题台账", "Ledger of problems"), ())


def lists(reader: Reader, wanted: Condition, shone: Lights, cut: AsOf) -> Report:
    """The three lists of the problems that meet a condition; in formats of one table, the ledger that has all."""
    problems = _projected(reader, wanted, shone, cut, Words("问题清单", "List of problems"), _PROBLEMS)
    tasks = _projected(reader, wanted, shone, cut, Words("任务清单", "List of tasks"), _TASKS)
    duties = _projected(
        reader, wanted, shone, cut, Words("责任清单", "List of responsibilities"), _DUTIES, order=_BY_DEPARTMENT
    )
    first = ledger(reader, wanted, shone, cut)
    return _chained([problems, tasks, duties], flat=first)


def _chained(parts: Sequence[Report], flat: Report | None = None) -> Report:
    """Reports one under the other."""
    first, *rest = parts
    return first._replace(footer=_chained(rest) if rest else None, flat=flat)


def _projected(
    reader: Reader,
    wanted: Condition,
    shone: Lights,
    cut: AsOf,
    title: Words,
    keys: Sequence[str],
    order: str = _BY_NUMBER,
) -> Report:
    """The ledger, or some of its columns, which are in the order of their keys."""
    by_key = {column.key: place for place, column in enumerate(COLUMNS)}
    places = [by_key[key] for key in (*keys, *_MARKS)] if keys else range(len(COLUMNS))
    lines = _rows(reader, wanted, shone, cut, order)

    rows = map(itemgetter(*places), lines) if keys else lines
    return Report(
        title, [COLUMNS[place] for place in places], rows, zone=reader.zone, size=lambda: wanted.how_many(reader, cut)
    )


def _rows(reader: Reader, wanted: Condition, shone: Lights, cut: AsOf, order: str) -> Iterator[tuple[Any, ...]]:
    """The lines of the ledger, numbered as they come."""
    later = cut.excludes("e.on_date", "e.recorded_at") if cut.asked else "1 = 0"
    found = reader.stream(
        _SELECT.format(problems=cut.v_problem, later=later, where=wanted.sql, order=order), **wanted.params
    )
    light = cache(lambda status, due_on: shone.of(_STATUSES[status], due_on))  # there are few of them
    first, names = 1, None
    while batch := list(islice(found, _BATCH)):
        names = names or _Names.read(reader)
        yield from _lines(batch, first, names, light)
        first += len(batch)


def _lines(
    batch: list[tuple[Any, ...]], first: int, names: _Names, light: Callable[[str, str | None], Light | None]
) -> Iterator[tuple[Any, ...]]:
    """Lines of the ledger, made column by column: in an export, half of the time of making them one by one."""
    (
        ids, teams, enterprises, townships, sources, categories, texts, found_on, departments, assist, persons, how,
        due_on, statuses, notes, closed_on, verified, satisfaction, remarks, approximate, estimated, uids,
    ) = zip(*batch, strict=True)  # fmt: skip
    return zip(
        range(first, first + len(batch)),
        ids,
        map(names.teams.get, teams),
        enterprises,
        townships,
        map(_SOURCES.get, sources),
        map(names.categories.get, categories),
        texts,
        found_on,
        map(names.departments.get, departments),
        map(joined, assist),
        persons,
        how,
        due_on,
        [_noted(status, note) if note else _STANDING[status] for status, note in zip(statuses, notes, strict=True)],
        closed_on,
        map(_VERDICTS.get, verified),
        map(_SATISFACTIONS.get, satisfaction),
        [status == Status.CLOSED.value for status in statuses],
        closed_on,
        map(light, statuses, due_on),
        remarks,
        map(bool, approximate),
        map(bool, estimated),
        uids,
        strict=True,
    )


def _noted(status: str, note: str) -> Term:
    """Where a problem stands, and what was last noted about it; scripts get the status."""
    code, zh, en = _STANDING[status]
    return Term(code, f"{zh}：{note}", f"{en}: {note}")
