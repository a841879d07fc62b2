"""What is in conflict: every side of it in a row."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from fugong import attributes
from fugong.db import Reader
from fugong.lang import T, quoted
from fugong.queries import Rows
from fugong.queries.contested import place
from fugong.reports.history import Values
from fugong.reports.merging import about
from fugong.results.report import Cell, Column, Report, Term
from fugong.store.identity import letters
from fugong.values import texts
from fugong.vocab import Act, Kind, Status, Words

_COLUMNS = (
    Column("id", Words("编号或名称", "Id")),
    Column("about", Words("哪一处", "About"), Cell.TERM),
    Column("why", Words("怎么回事", "What it is")),
    Column("take", Words("一方", "Side")),
    Column("says", Words("说的是", "Says")),
    Column("actor", Words("谁", "Who")),
    Column("on", Words("日期", "Date"), Cell.DATE),
    Column("copy", Words("副本", "Copy"), blank=Words("原台账", "home")),
    Column("kind", Words("类别", "Kind"), Cell.CODE, brief=False),
)

_EVENT = """
SELECT e.on_date, b.actor, b.recorded_at, coalesce(e.place, e.id), c.name, c.series, e.changes, e.subject
FROM event e JOIN batch b ON b.id = e.batch_id LEFT JOIN copy c ON c.uid = b.replica WHERE e.hash = :hash
"""


def conflicts(reader: Reader, only: str | None = None, *, subject: str | None = None) -> Report:
    """All conflicts that are open, or those of one record, a row for every side."""
    rows = list(_rows(reader, {subject} if subject else None if only is None else matching(reader.rows, only)))
    return Report(
        Words("冲突", "Conflicts"),
        _COLUMNS,
        rows,
        notes=list(_notes(rows)),
        zone=reader.zone,
        nothing=Words("没有冲突。", "Nothing is in conflict."),
    )


TWIN = "twin"
TWINS = Words(
    "同名的改掉一个：fugong enterprise edit 名称 --name 新名称；其实是一家企业的合成一家：fugong enterprise join",
    "Of one name: rename one (fugong enterprise edit NAME --name NEW), or join firms that are one: "
    "fugong enterprise join",
)
"""What to type where two have one name, so that there is no side to take."""


def _notes(rows: Sequence[tuple[Any, ...]]) -> Iterator[Words]:
    """What to type."""
    names = {row[1].code for row in rows}
    if names - {TWIN}:
        yield Words(
            "取一方：fugong conflict settle 编号 --take 字母", "Take a side: fugong conflict settle ID --take SIDE"
        )
    if TWIN in names:
        yield TWINS
    places = list(dict.fromkeys((row[0], row[1]) for row in rows))
    several = {ident for ident, count in Counter(ident for ident, _ in places).items() if count > 1}
    where = next((where for ident, where in places if ident in several), None)
    if where:
        yield Words(
            f"一条有几处的，加上是哪一处，如 --about {where.zh}",
            f"Of several about one record, say which: --about {quoted(where.en)}",
        )


def _rows(reader: Reader, subjects: set[str] | None) -> Iterator[tuple[Any, ...]]:
    for each in told(reader.rows, subjects):
        why, where = about(each.kind, each.name), Term(each.name, *place(each.kind, each.name))
        for side in each.sides:
            yield each.id, where, T(*why), side.take, side.says, side.actor, side.on, side.copy, each.kind


class Side(NamedTuple):
    """One side of a conflict."""

    take: str
    """The letters by which it is taken."""
    says: str
    actor: str | None
    on: str | None
    copy: str | None
    """Whose copy said it; None: the home store."""
    entered: str | None
    """When it was entered, UTC."""
    place: int | None
    """Its place among what was said of the record."""
    before: str | None
    """What the record said before it, in words."""
    hash: str
    """The event that said it."""
    own: bool
    """Whether it was said of the record itself, and not of another that it is in conflict with."""


class Contested(NamedTuple):
    """What is in conflict, and all that is said of it."""

    kind: Kind
    subject: str
    name: str
    """The attribute, or what else is in conflict."""
    id: str
    """The record as people call it."""
    sides: Sequence[Side]


def told(rows: Rows, subjects: Collection[str] | None = None) -> Iterator[Contested]:
    """What is in conflict, of some records or of all."""
    values = Values(rows)
    asked = "SELECT kind, subject, attribute, sides FROM conflict ORDER BY kind, subject, attribute"
    for kind, subject, name, kept in list(rows(asked)):
        if subjects is None or subject in subjects:
            sides = list(_sides(rows, values, Kind(kind), subject, name, json.loads(kept)))
            yield Contested(Kind(kind), subject, name, called(rows, kind, subject), sides)


def _sides(rows: Rows, values: Values, kind: Kind, subject: str, name: str, kept: Sequence[Any]) -> Iterator[Side]:
    length = 2
    while len({letters(hash_, length) for hash_, _ in kept}) < len(kept):
        length += 1
    for hash_, value in kept:
        *entered, copy, series, changes, whose = next(iter(rows(_EVENT, hash=hash_)), (None,) * 8)
        on, actor, moment, at = entered
        says = _said(kind, name, values.named(value), values)
        own = whose == subject
        if name == "duplicate" and not own:  # the other of the two
            says = f"{called(rows, kind, str(whose))} {says}"
        before = _before(value, name, json.loads(changes or "{}"))
        was = None if before is None else _said(kind, name, values.named(before), values)
        yield Side(letters(hash_, length), says, actor, on, copy or series, moment, at, was, hash_, own)


def _before(value: Any, name: str, changes: dict[str, Any]) -> Any:
    """What was before an act, in the form of what it says; None where nothing was."""
    if isinstance(value, dict):
        said = {each: changes[each][0] for each in value if each in changes}
        told = "status" in said or "status" not in value
        return said if told and any(each is not None for each in said.values()) else None
    was = changes.get(name, [None])[0]
    return None if isinstance(was, list) else was


def _said(kind: Kind, name: str, value: Any, values: Values) -> str:
    """What a side says, in words."""
    if name == "retired":
        if "found_on" in value:
            return T(f"登记，提出日期 {value['found_on']}", f"logged as found on {value['found_on']}")
        return T(f"企业停用 {value['retired_on']}", f"enterprise retired on {value['retired_on']}")
    if name in ("undone", "follow") and isinstance(value, str):
        done = Act(value)
        return T(f"接着办：{done.zh}", f"went on: {done.en}")
    if name == "undone":
        return T("撤销了登记", "took its entry back")
    if isinstance(value, dict):
        return _state(value) if "status" in value else _together(kind, value, values)
    if (kind, name) == (Kind.CALENDAR_DAY, "work"):
        return T("上班", "a working day") if value else T("放假", "a day off")
    listed = {each.name: each for each in attributes.of(kind)}
    if name == "assignments":
        team, since, until = value
        return T(f"{team} 组", f"team {team}") + _span(since, until)
    if name == "stages":
        return values.said(listed[name], [value])
    return values.said(listed[name], value) if name in listed else str(value)


def _state(value: dict[str, Any]) -> str:
    """A status with what belongs to it."""
    state, twin = Status(value["status"]), value.get("duplicate_of")
    parts = [T(state.zh, state.en), value.get("closed_on"), value.get("how")]
    said = " ".join(str(each) for each in parts if each)
    return T(f"{said}（与 {twin} 重复）", f"{said} (a duplicate of {twin})") if twin else said


def _together(kind: Kind, value: dict[str, Any], values: Values) -> str:
    """Attributes that are one in a conflict: first the one that people speak of."""
    said = {name: values.said(attributes.named(kind, name), one) for name, one in value.items() if one is not None}
    if "due_on" in value:
        first = said.get("due_on") or T("没有时限", "no deadline")
        rule, original = said.get("due_rule"), said.get("first_due_on")
        more = [rule] if rule and rule != first else []
        if original and original != said.get("due_on"):
            more.append(T(f"原定 {original}", f"at first {original}"))
        return first + (T(f"（{'，'.join(more)}）", f" ({', '.join(more)})") if more else "")
    if kind is Kind.FIGURE and "as_of" in value:
        number = " ".join(said[name] for name in ("value", "unit") if name in said)
        return T(f"{number}（截至 {said['as_of']}）", f"{number} (as of {said['as_of']})")
    return T("；", "; ").join(said.values())


def _span(since: str | None, until: str | None) -> str:
    """From when to when a team looks after an enterprise."""
    if until:
        return T(f"，{since or '…'} 到 {until}", f", {since or '…'} to {until}")
    return T(f"，{since} 起", f", since {since}") if since else ""


_NAMED = {"problem": "v_problem", "activity": "v_activity"}
_COLUMN = {
    "problem": "id", "activity": "id", "team": "code", "figure": "key", "calendar_day": "day", "term": "zh",
}  # fmt: skip


def called(rows: Rows, kind: str, subject: str) -> str:
    """A record as people call it."""
    if kind == "milestone":
        asked = "SELECT enterprise || ' ' || milestone_zh FROM v_milestone WHERE uid = :uid"
    elif kind == "nil_report":
        asked = "SELECT t.code FROM nil_report n JOIN team t ON t.id = n.team_id WHERE n.uid = :uid"
    else:
        asked = f"SELECT {_COLUMN.get(kind, 'name')} FROM {_NAMED.get(kind, kind)} WHERE uid = :uid"
    found = next(iter(rows(asked, uid=subject)), None)
    return str(found[0]) if found and found[0] is not None else subject


def matching(rows: Rows, given: str) -> set[str]:
    """The records in conflict that a number or a name means."""
    wanted = texts.key(given)
    asked = "SELECT DISTINCT kind, subject FROM conflict"
    return {subject for kind, subject in list(rows(asked)) if texts.key(called(rows, kind, subject)) == wanted}
