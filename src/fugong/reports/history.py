"""The history of a record: who did what on which day, and what it changed."""

import json
from collections.abc import Iterable
from typing import Any

from fugong import attributes
from fugong.attributes import Attribute
from fugong.db import Reader
from fugong.lang import T, listing, name_of
from fugong.queries.names import Rows
from fugong.results.report import Cell, Column, Report, Term
from fugong.values.personal import masked
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

_UID_LENGTH = 36
_NAMED_BY = {"team": "code", "enterprise": "name", "department": "name"}
"""Which column of a table names the record that a change refers to."""


def history(reader: Reader, subject: str, *, personal: bool = False) -> Report:
    """The events of the record with this uid, oldest first; records they refer to are named.

    ``personal`` data, telephone numbers and party status, are hidden unless they are asked for.
    """
    sql = (
        "SELECT e.kind, e.on_date, e.act, b.actor, b.recorded_at, e.approximate, e.changes, e.text, e.hash "
        "FROM event e JOIN batch b ON b.id = e.batch_id WHERE e.subject = :subject ORDER BY e.id"
    )
    values = Values(reader.rows)
    rows = []
    for kind, on, act, actor, recorded_at, approximate, stored, text, hash_ in reader.rows(sql, subject=subject):
        told = json.loads(stored) if personal else _hidden(json.loads(stored))
        changes = {field: values.named(pair) for field, pair in told.items()}
        what = _told(Kind(kind), Act(act), changes, text, values)
        rows.append((on, Act(act), what, actor, recorded_at, approximate, changes, text, hash_))
    return Report(Words("办理记录", "History"), COLUMNS, rows, zone=reader.zone)


def _hidden(changes: dict[str, Any]) -> dict[str, Any]:
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
        if not (isinstance(value, str) and len(value) == _UID_LENGTH and value.count("-") == 4):  # noqa: PLR2004
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


def _told(kind: Kind, act: Act, changes: dict[str, Any], text: str | None, values: Values) -> str:
    """What an event did, in words: its text and what changed; of the first, what the problem was."""
    if act in (Act.ADD, Act.LOG):
        return str(changes.get("text", ("", ""))[1])
    said = [
        _change(attribute.words, *(values.said(attribute, value) for value in _new(attribute, pair)))
        for attribute, pair in ((attributes.named(kind, name), pair) for name, pair in changes.items())
        if not attribute.implied
    ]
    return T("；", "; ").join([*([text] if text else []), *said])


def _new(attribute: Attribute, pair: list[Any]) -> list[Any]:
    """What it was and what it is; of the stages, which only grow, what is new, and what was taken back."""
    if attribute.name != "stages":
        return pair
    before, after = ([each for each in one if each not in (other or [])] for one, other in (pair, pair[::-1]))
    return [before, after]


def _change(what: Words, before: str, after: str) -> str:
    name = name_of(what)
    return T(f"{name}：{before} → {after}", f"{name}: {before} → {after}")
