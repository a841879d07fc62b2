"""The history of a record: who did what on which day, and what it changed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fugong import attributes
from fugong.attributes import Attribute
from fugong.attributes.problems import VISIT
from fugong.db import Reader
from fugong.lang import T, listing, name_of
from fugong.queries import Rows
from fugong.queries.deadlines import WORDS
from fugong.results.report import Cell, Changes, Column, Report, Term
from fugong.values.evidence import Piece
from fugong.values.personal import masked
from fugong.values.spans import Rule
from fugong.vocab import Act, Kind, ListName, Stage, Words, answer

COLUMNS = (
    Column("on", Words("日期", "Date"), Cell.ABOUT),
    Column("kind", Words("办理", "Act"), Cell.CODE),
    Column("told", Words("内容", "What"), machine=False),
    Column("actor", Words("经手人", "By")),
    Column("recorded_at", Words("录入时间", "Entered"), Cell.MOMENT),
    Column("approximate", Words("日期约数", "Approximate"), Cell.FLAG, brief=False),
    Column("changes", Words("变更", "Changes"), brief=False),
    Column("text", Words("文字", "Text"), brief=False),
    Column("hash", Words("校验值", "Hash"), brief=False),
)

_Event = tuple[Any, ...]
"""A row of these columns."""

_UID_LENGTH, _UID_DASHES = 36, 4
_NAMED_BY = {"team": "code", "enterprise": "name", "department": "name"}
"""Which column of a table names the record that a change refers to."""


def history(reader: Reader, subject: str, *, personal: bool = False) -> Report:
    """The events of the record with this uid, oldest first; records they refer to are named.

    ``personal`` data, telephone numbers and party status, are hidden unless they are asked for.
    """
    sql = (
        "SELECT e.kind, e.on_date, e.act, e.undoes, b.verb = 'redate', b.actor, b.recorded_at, e.approximate, "
        "e.changes, e.text, e.hash "
        "FROM event e JOIN batch b ON b.id = e.batch_id WHERE e.subject = :subject ORDER BY coalesce(e.place, e.id)"
    )
    values = Values(reader.rows)
    rows, cancels = [], []
    for kind, on, act, undoes, moved, *entered, approximate, stored, text, hash_ in reader.rows(sql, subject=subject):
        said = json.loads(stored) if personal else hidden(json.loads(stored))
        changes = Changes({field: values.named(pair) for field, pair in said.items()})
        what = told(Kind(kind), Act(act), str(on), changes, text, values)
        if undoes and act != Act.UNDO.value:
            what = T(f"（重做）{what}", f"(again) {what}").rstrip()
        cancels.append((undoes, bool(moved)))
        rows.append((on, Act(act), what, *entered, approximate, changes, text, hash_))
    return Report(Words("办理记录", "History"), COLUMNS, _with_undone(rows, cancels), zone=reader.zone)


def _with_undone(rows: Iterable[_Event], cancels: Sequence[tuple[str | None, bool]]) -> list[_Event]:
    """The same events; those that were taken back are marked, and what took them back says which it was.

    Args:
        rows: The events.
        cancels: Of each, which one it cancels, and whether its command corrected a day.
    """
    told: list[_Event] = []
    standing: list[int] = []
    for place, ((on, act, what, *rest), (undoes, moved)) in enumerate(zip(rows, cancels, strict=True)):
        if act is not Act.UNDO or not standing:
            standing.append(place)
            told.append((on, act, what, *rest))
            continue
        back = next((at for at in reversed(standing) if undoes in (None, told[at][-1])), standing[-1])
        standing.remove(back)
        day, undone, said, *more = told[back]
        mark = T("（已改日期）", "(another day) ") if moved else T("（已撤销）", "(undone) ")
        told[back] = (day, undone, f"{mark}{said}".rstrip(), *more)
        which = T(f"{day} 的{undone.zh}：{said}", f"{undone.en} on {day}: {said}").rstrip("：: ")
        told.append((on, act, T(f"改日期：{which}", f"another day: {which}") if moved else which, *rest))
    return told


def hidden(changes: dict[str, Any]) -> dict[str, Any]:
    """What an event changed, without what is personal."""
    hide = {"phone": masked, "party": lambda status: status and "***"}
    return {field: [*map(hide[field], pair)] if field in hide else pair for field, pair in changes.items()}


class Values:
    """The values that events carry, as people read them; every name is looked up once."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._names: dict[str, str] = {}
        self._terms: dict[tuple[str, str], Term] | None = None

    def named(self, value: Any) -> Any:
        """A value with every uid in it replaced by the record's name or number."""
        if isinstance(value, list):
            return [self.named(item) for item in value]
        if isinstance(value, dict):
            return {name: self.named(item) for name, item in value.items()}
        if not (isinstance(value, str) and len(value) == _UID_LENGTH and value.count("-") == _UID_DASHES):
            return value
        if value not in self._names:
            self._names[value] = self._name(value)
        return self._names[value]

    def said(self, attribute: Attribute, value: Any) -> str:
        """An attribute's value, already named, in words."""
        if value is None or value == []:
            return T("无", "none")
        if isinstance(value, bool):
            return name_of(answer(value))
        if attribute.name == "evidence":
            return listing(
                T(f"{name}（{size}）", f"{name} ({size})") for name, size in (Piece.read(each).shown for each in value)
            )
        if attribute.name == "due_rule":
            return name_of(WORDS.get(value) or Rule.parse(value).words)
        if attribute.name == "results":
            return T("；", "; ").join(self._result(*each) for each in value)
        if attribute.name == "stages":
            return T("、", ", ").join(_stage(*each) for each in value)
        if isinstance(value, list):
            return listing(_group(each) if isinstance(each, list) else self.said(attribute, each) for each in value)
        if attribute.lists:
            return self._term(attribute.lists, value)
        return next((name_of(code) for code in attribute.codes or () if code.value == value), str(value))

    def _result(self, check: str, passed: bool, text: str | None, problem: str | None) -> str:
        """What an inspection found under one check."""
        name = self._term((ListName.CATEGORY,), check)
        return (
            T(f"{name}合格", f"{name}: passed")
            if passed
            else T(f"{name}：{text}（{problem}）", f"{name}: {text} ({problem})")
        )

    def _name(self, uid: str) -> str:
        for table, column in _NAMED_BY.items():
            for (name,) in self._rows(f"SELECT {column} FROM {table} WHERE uid = :uid", uid=uid):
                return str(name)
        for (name,) in self._rows("SELECT id FROM v_problem WHERE uid = :uid", uid=uid):
            return str(name)
        return uid

    def _term(self, lists: Iterable[ListName], code: str) -> str:
        """The name of an entry of one of these lists, or its code where they name it differently."""
        if self._terms is None:
            self._terms = {}
            for list_name, *term in self._rows("SELECT list, code, zh, en FROM term"):
                self._terms[list_name, term[0]] = Term(*term)
        found = {self._terms[name, code] for name in lists if (name, code) in self._terms}
        return name_of(found.pop()) if len(found) == 1 else code


def _group(parts: list[Any]) -> str:
    """What stands together in a list: a day and what was done, or a team and its days, of which one may be unknown."""
    first, *days = parts
    return f"{first} {'–'.join(day or '…' for day in days)}" if any(days) else str(first)


def _stage(day: str, stage: str, approximate: bool, why: str | None) -> str:
    """A stage of resumption, since when, and why."""
    since = f" {T('约', 'about ') if approximate else ''}{day}" if day else ""
    return f"{name_of(Stage(stage))}{since}" + (T(f"（{why}）", f" ({why})") if why else "")


_SAID = {
    Act.NOTE: {"status"},
    Act.ASSIGN: {"status", "due_rule"},
    Act.BOUNCE: {"status", "bounces", "department"},
    Act.CHASE: {"status", "chased"},
    Act.EXTEND: {"status", "due_rule", "extended", "late_extended"},
    Act.CLOSE: {"status", "how", *VISIT},
    Act.APPLY: {"status", "how"},
    Act.APPROVE: {"status", *VISIT},
    Act.REJECT: {"status", "how", "applied_on"},
    Act.VERIFY: {"status", "applied_on", "closed_on", "how", "reopened", "verified", "verified_on"},
    Act.REOPEN: {"status", "applied_on", "closed_on", "how", "reopened", *VISIT},
    Act.VOID: {"status", "applied_on", "duplicate_of"},
    Act.ESCALATE: {"escalated"},
    Act.WITHDRAW: {"escalated", "escalated_on", "major"},
}
"""What an act on a problem says by itself, or ``_first`` says better than a change."""


_SAYS_ITS_DAY = {(Act.CLOSE, "closed_on"), (Act.APPLY, "applied_on"), (Act.APPROVE, "closed_on")}


def told(kind: Kind, act: Act, on: str, changes: dict[str, Any], text: str | None, values: Values) -> str:
    """What an event did, as people say it behind the act's name: 「销号：返岗完毕」; of the first, its text."""
    if act in (Act.ADD, Act.LOG):
        return str(changes.get("text", ("", ""))[1])
    if act is Act.REDACT:
        return text or ""
    left_out = _SAID.get(act, set()) if kind is Kind.PROBLEM else set()
    said = [*_first(act, changes, values), text] if left_out else [text]
    for name, pair in changes.items():
        attribute = attributes.named(kind, name)
        on_that_day = (act, name) in _SAYS_ITS_DAY and pair[1] == on
        if not (attribute.implied or name in left_out or on_that_day):
            said.append(_change(attribute, _new(attribute, pair), values))
    return T("；", "; ").join(each for each in said if each)


def _first(act: Act, changes: dict[str, Any], values: Values) -> Iterator[str]:
    """What an act on a problem is about, said without the attribute's name."""
    before, after = (
        {
            name: values.said(attributes.named(Kind.PROBLEM, name), pair[side])
            for name, pair in changes.items()
            if pair[side]
        }
        for side in (0, 1)
    )
    match act:
        case Act.CLOSE | Act.APPLY if "how" in after:
            yield after["how"]
        case Act.VERIFY if "verified" in after:
            yield after["verified"]
        case Act.BOUNCE if "department" in before:
            yield before["department"]
        case Act.CHASE if "chased" in after:
            yield T(f"第 {after['chased']} 次", f"number {after['chased']}")
        case Act.ESCALATE if "escalated" in after:
            yield T(f"报{after['escalated']}", f"to {after['escalated']}")
        case Act.VOID if "duplicate_of" in after:
            yield T(f"与 {after['duplicate_of']} 重复", f"a duplicate of {after['duplicate_of']}")


def _new(attribute: Attribute, pair: list[Any]) -> list[Any]:
    """What it was and what it is; of stages and evidence, which only grow, what is new, and what was taken back."""
    if attribute.name not in ("stages", "evidence"):
        return pair
    before, after = ([each for each in one if each not in (other or [])] for one, other in (pair, pair[::-1]))
    return [before, after]


def _change(attribute: Attribute, pair: list[Any], values: Values) -> str:
    """A change as people say it: what it is now, and what it was if it was anything."""
    name, (before, after) = name_of(attribute.words), (values.said(attribute, value) for value in pair)
    if pair[1] in (None, []):
        return T(f"去掉{name}（{before}）", f"{name} removed ({before})")
    if pair[0] in (None, [], pair[1]) or isinstance(pair[1], bool):
        return T(f"{name}：{after}", f"{name}: {after}")
    return T(f"{name}：{before} → {after}", f"{name}: {before} → {after}")
