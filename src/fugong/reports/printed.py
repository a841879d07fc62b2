"""The ledger as it is handed out: its 22 columns folded into what an A4 page holds in letters that can be read."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from fugong import config
from fugong.attributes.problems import VISIT, visited
from fugong.db import Reader
from fugong.lang import T, name_of
from fugong.queries.as_of import AsOf
from fugong.queries.deadlines import WORDS
from fugong.queries.lights import Lights
from fugong.reports.cover import long_day, signs, whose
from fugong.reports.filters import Condition
from fugong.reports.ledger import NOTE
from fugong.results.paper import Band, Field, Paper, Part
from fugong.results.report import Term
from fugong.values.lateness import late
from fugong.vocab import LIVE, Level, Light, Source, Status

MOST = 5000
"""The most problems for which the printed sheet is made: it reads each row once more."""


class _Row(NamedTuple):
    team_name: str
    id: str
    enterprise: str | None
    township: str | None
    category: str | None
    category_zh: str | None
    category_en: str | None
    source: str | None
    text: str
    found_on: Any
    approximate: Any
    department: str | None
    assist: str | None
    person: str | None
    how: str | None
    note: str | None
    due_on: Any
    due_rule: str | None
    due_estimated: Any
    status: str
    applied_on: Any
    closed_on: Any
    escalated: str | None
    remark: str | None
    visit: Sequence[str | None]
    """The values of ``VISIT``."""


_READ = _Row._fields[:-1]
_COLUMNS = ", ".join((*_READ, *VISIT)).replace(" note,", f" {NOTE},")
_SQL = f"SELECT {_COLUMNS} FROM v_problem v WHERE {{where}} ORDER BY team_sort, series, number, tag"


def printed(
    reader: Reader, wanted: Condition, shone: Lights, cut: AsOf, *, personal: bool = False, by_team: bool = False
) -> Sequence[Paper]:
    """The sheet, or one of each team; none where there are more problems than anybody prints.

    Args:
        reader: The store.
        wanted: Which problems.
        shone: The lights of the cut-off.
        cut: The cut-off.
        personal: Whether the persons responsible are named.
        by_team: Whether each team has a sheet of its own.
    """
    if wanted.how_many(reader) > MOST:
        return ()
    found = reader.rows(_SQL.format(where=wanted.sql), **wanted.params)
    rows = [_Row._make((*row[: len(_READ)], row[len(_READ) :])) for row in found]
    before = Counter[str]()
    numbered = []
    for number, row in enumerate(rows, 1):
        before[row.team_name] += 1
        at = before[row.team_name] if by_team else number
        numbered.append((row, _parts(at, row, shone, personal=personal)))
    filled = [any(parts[at].text for _, parts in numbered) or at < _ALWAYS for at in range(len(_FIELDS))]
    heads = [T(*field[0]) for field in _FIELDS]
    gone = [head.replace("\n", "") for head, any_value in zip(heads, filled, strict=True) if not any_value]
    fields = [
        Field(head, field[1] if config.chinese() else _ENGLISH.get(at, field[1]), field[2])
        for at, (head, field, any_value) in enumerate(zip(heads, _FIELDS, filled, strict=True))
        if any_value
    ]
    bands = [
        Band(_band(team, [row for row, _ in some]), [_kept(parts, filled) for _, parts in some])
        for team, some in ((team, list(group)) for team, group in groupby(numbered, key=lambda each: each[0].team_name))
    ]
    whole = Paper(
        T("打印", "Print"),
        f"{whose(reader)}{T('问题台账', ' ledger of problems')}",
        _subtitle(rows, shone, cut),
        signs(reader, cut),
        fields,
        bands,
        _note(gone),
    )
    if not by_team:
        return (whole,)
    return [
        whole._replace(
            name=f"{whole.name} {team}",
            title=f"{whole.title}（{team}）",
            subtitle=_subtitle(some, shone, cut),
            bands=[band],
        )
        for band in bands
        if (some := [row for row in rows if band.head.startswith(f"{row.team_name}　")])
        for team in (some[0].team_name,)
    ]


_FIELDS = (
    (("序号", "No."), 8, True),
    (("编号", "Id"), 10.5, True),
    (("企业名称\n乡镇", "Enterprise\nTownship"), 45.5, False),
    (("问题类别\n来源", "Category\nSource"), 18.5, False),
    (("问题描述", "Problem"), 0, False),
    (("提出\n日期", "Found"), 15, True),
    (("责任单位\n协办", "Department\nAssisting"), 24, False),
    (("整改措施及进展", "Measure and progress"), 42, False),
    (("整改\n时限", "Due"), 15, True),
    (("办理情况\n销号日期", "Status\nClosed on"), 19, True),
    (("回访\n满意度", "Visit"), 15, True),
    (("亮灯", "Light"), 10, True),
    (("备注", "Remark"), 13, False),
)
_ENGLISH = {2: 38, 3: 24, 7: 36, 9: 23, 10: 19}
"""The widths of columns whose English words are longer than the Chinese."""
_ALWAYS = 5


def _kept(parts: Sequence[Part], filled: Sequence[bool]) -> list[Part]:
    return [part for part, any_value in zip(parts, filled, strict=True) if any_value]


def _parts(number: int, row: _Row, shone: Lights, *, personal: bool) -> list[Part]:
    """The cells of one problem."""
    status = Status(row.status)
    light = shone.of(status, row.due_on, row.applied_on)
    over = shone.days_over(status, row.due_on, row.applied_on)
    category = Term(row.category, row.category_zh or "", row.category_en or "") if row.category else None
    assist = f"{T('协办：', 'with: ')}{row.assist}" if row.assist else None
    remarks = [name_of(Level(row.escalated).reported) if row.escalated else None, row.remark]
    return [
        Part(str(number)),
        Part(row.id),
        Part(_lines(row.enterprise or T("（未具名）", "(not named)"), row.township)),
        Part(_lines(category and name_of(category), row.source and name_of(Source(row.source)))),
        Part(row.text),
        Part((T("约", "about ") if row.approximate else "") + _iso(row.found_on)),
        Part(_lines(row.department or T("未定", "none"), assist, row.person if personal else None)),
        Part(row.how or row.note or ""),
        Part(_due(row)),
        Part(_standing(status, row, over), late=light is Light.RED),
        Part(_lines(*map(name_of, visited(row.visit)))),
        Part(name_of(light) if light else "", light),
        Part(_lines(*remarks)),
    ]


def _lines(*parts: str | None) -> str:
    return "\n".join(filter(None, parts))


def _due(row: _Row) -> str:
    if row.due_on:
        return _iso(row.due_on) + (T("\n推算", "\nestimated") if row.due_estimated else "")
    words = WORDS.get(row.due_rule or "")
    return name_of(words) if words else T("未定", "none")


def _standing(status: Status, row: _Row, over: int | None) -> str:
    if status is Status.CLOSED:
        after = (
            T("逾期办结", "late")
            if late(row.due_on and str(row.due_on), str(row.applied_on or row.closed_on))
            else None
        )
        return _lines(name_of(status), _iso(row.closed_on), after)
    return _lines(name_of(status), T(f"逾期 {over} 天", f"{over} days over") if over else None)


def _iso(day: Any) -> str:
    return _day(date.fromisoformat(str(day)))


def _day(day: date) -> str:
    return T(f"{day.month}月{day.day}日", f"{day:%m-%d}")


def _counts(rows: Sequence[_Row]) -> str:
    closed = sum(row.status == Status.CLOSED for row in rows)
    return T(
        f"{len(rows)} 个，已销号 {closed} 个，正在解决 {len(rows) - closed} 个",
        f"{len(rows)}: {closed} closed, {len(rows) - closed} in hand",
    )


def _band(team: str, rows: Sequence[_Row]) -> str:
    return f"{team}　{_counts(rows)}"


def _subtitle(rows: Sequence[_Row], shone: Lights, cut: AsOf) -> str:
    return f"{T('截至', 'As of')} {long_day(cut.day)}　{_counts(rows)}{_late_and_reported(rows, shone)}"


def _late_and_reported(rows: Sequence[_Row], shone: Lights) -> str:
    hand = [row for row in rows if row.status in LIVE]
    red = sum(shone.of(Status(row.status), row.due_on, row.applied_on) is Light.RED for row in hand)
    said = T(f"，其中逾期 {red} 个", f", {red} of them overdue") if red else ""
    for level in Level:
        if count := sum(row.escalated == level for row in hand):
            said += T(f"，{name_of(level.reported)} {count} 个", f", {name_of(level.reported)} {count}")
    return said


def _note(gone: Sequence[str]) -> str:
    said = T(
        "注：红灯已逾期，黄灯今天或近几个工作日到期，绿灯时限未到或已销号，灰灯没有时限。要改内容，请改「问题台账」那一页，本页供打印。",
        "Red: overdue; yellow: due within days; green: in time or closed; grey: no deadline. Correct the other sheet.",
    )
    return said + (T(f"没有内容的列未印：{'、'.join(gone)}。", f" Empty columns: {', '.join(gone)}.") if gone else "")
