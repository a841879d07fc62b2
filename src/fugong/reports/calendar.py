"""A month of the working calendar, and the deadlines that a changed calendar would move."""

from collections.abc import Iterable, Sequence

from fugong.db import Reader
from fugong.queries import deadlines
from fugong.queries.deadlines import Moved
from fugong.results.report import Cell, Column, Report
from fugong.vocab import DayKind, Words

_WEEKDAYS = (
    Words("周一", "Mon"), Words("周二", "Tue"), Words("周三", "Wed"), Words("周四", "Thu"), Words("周五", "Fri"),
    Words("周六", "Sat"), Words("周日", "Sun"),
)  # fmt: skip
_FIVE_DAYS = 5
_MAKE_UP, _HOLIDAY = Words("调休上班", "make-up work"), Words("放假", "holiday")
_ESTIMATED = Words("推算", "estimated")


def month(reader: Reader, year: int, number: int) -> Report:
    """Every day of a month: work or off, what is unlike an ordinary week, and which notice says so."""
    sources = dict(reader.rows("SELECT day, source FROM calendar_day"))
    rows = []
    for day, kind in deadlines.calendar(reader.rows).month(year, number).items():
        weekday = day.weekday()
        unlike = kind.work != (weekday < _FIVE_DAYS)
        mark = (_MAKE_UP if kind.work else _HOLIDAY) if unlike else _ESTIMATED if kind.estimated else None
        standing = DayKind.WORK if kind.work else DayKind.OFF
        rows.append((day.isoformat(), _WEEKDAYS[weekday], standing, mark, kind.estimated, sources.get(day.isoformat())))
    columns = (
        Column("day", Words("日期", "Date"), Cell.DATE),
        Column("weekday", Words("星期", "Weekday"), Cell.CODE, machine=False),
        Column("kind", Words("上班或休息", "Work or off"), Cell.CODE),
        Column("mark", Words("说明", "Note"), Cell.CODE, machine=False),
        Column("estimated", Words("推算", "Estimated"), Cell.FLAG, brief=False),
        Column("source", Words("依据", "Source")),
    )
    return Report(Words(f"{year}年{number}月", f"{year}-{number:02}"), columns, rows, zone=reader.zone)


def moved(reader: Reader, changes: Iterable[Moved]) -> Report:
    """The deadlines that the calendar as it is now puts on another day: before and after."""
    rows = [(*_named(reader, each.problem_id), each.due.due_on, each.due.due_estimated) for each in changes]
    columns: Sequence[Column] = (
        Column("id", Words("编号", "Id")),
        Column("due_rule", Words("时限规则", "Due rule")),
        Column("due_from", Words("起算", "Counted from"), Cell.DATE),
        Column("due_on", Words("原时限", "Due"), Cell.DATE),
        Column("due_now", Words("按现在的日历", "By the calendar now"), Cell.DUE),
        Column("due_estimated", Words("推算", "Estimated"), Cell.FLAG, brief=False),
    )
    return Report(Words("日历变动影响的时限", "Deadlines that the calendar moves"), columns, rows, zone=reader.zone)


def _named(reader: Reader, key: int) -> tuple[object, ...]:
    sql = "SELECT v.id, p.due_rule, p.due_from, p.due_on FROM problem p JOIN v_problem v ON v.problem_id = p.id"
    return reader.first(f"{sql} WHERE p.id = :key", key=key) or (None,) * 4
