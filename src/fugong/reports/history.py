"""The history of a record: who did what on which day, and what it changed."""

import json
from typing import Any

from fugong.columns import Cell, Column, Report, Term
from fugong.db import Reader
from fugong.lang import T, listing, name_of
from fugong.names import Rows
from fugong.vocab import FIELDS, Act, Coded, Role, Source, Stage, Status, Words

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

_CODES: dict[str, type[Coded]] = {"status": Status, "source": Source, "stage": Stage, "role": Role}
_UID_LENGTH = 36
_NAMED_BY = {"team": "code", "enterprise": "name", "department": "name"}
"""Which column of a table names the record that a change refers to."""


def history(reader: Reader, subject: str) -> Report:
    """The events of the record with this uid, oldest first; records they refer to are named."""
    sql = (
        "SELECT on_date, act, actor, recorded_at, approximate, changes, text, hash FROM v_event "
        "WHERE subject = :subject ORDER BY event_id"
    )
    values = Values(reader.rows)
    rows = []
    for on, act, actor, recorded_at, approximate, stored, text, hash_ in reader.rows(sql, subject=subject):
        changes = {field: values.named(pair) for field, pair in json.loads(stored).items()}
        told = _told(Act(act), changes, text, values)
        rows.append((on, Act(act), told, actor, recorded_at, approximate, changes, text, hash_))
    return Report(Words("办理记录", "History"), COLUMNS, rows, zone=reader.zone)


class Values:
    """The values that events carry, as people read them; every name is looked up once."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._names: dict[str, str] = {}
        self._categories: dict[str, Term] | None = None

    def named(self, value: Any) -> Any:
        """A value with every uid in it replaced by the record's name or number."""
        if isinstance(value, list):
            return [self.named(item) for item in value]
        if not (isinstance(value, str) and len(value) == _UID_LENGTH and value.count("-") == 4):  # noqa: PLR2004
            return value
        if value not in self._names:
            self._names[value] = self._name(value)
        return self._names[value]

    def said(self, field: str, value: Any) -> str:
        """An attribute's value, already named, in words."""
        if value is None or value == []:
            return T("无", "none")
        if isinstance(value, bool):
            return T("是", "yes") if value else T("否", "no")
        if field == "category":
            return self._category(value)
        if field in _CODES:
            return name_of(_CODES[field](value))
        return listing(map(str, value)) if isinstance(value, list) else str(value)

    def _name(self, uid: str) -> str:
        for table, column in _NAMED_BY.items():
            for (name,) in self._rows(f"SELECT {column} FROM {table} WHERE uid = :uid", uid=uid):
                return str(name)
        for (name,) in self._rows("SELECT id FROM v_problem WHERE uid = :uid", uid=uid):
            return str(name)
        return uid

    def _category(self, code: str) -> str:
        if self._categories is None:
            terms = self._rows("SELECT code, zh, en FROM term WHERE list = 'category'")
            self._categories = {term.code: term for term in map(Term._make, terms)}
        return name_of(self._categories[code]) if code in self._categories else code


def _told(act: Act, changes: dict[str, Any], text: str | None, values: Values) -> str:
    """What an event did, in words: its text and what changed; of the first, what the problem was."""
    if act in (Act.ADD, Act.LOG):
        return str(changes.get("text", ("", ""))[1])
    said = [_change(field, *(values.said(field, value) for value in pair)) for field, pair in changes.items()]
    return T("；", "; ").join([*([text] if text else []), *said])


def _change(field: str, before: str, after: str) -> str:
    name = name_of(FIELDS[field])
    return T(f"{name}：{before} → {after}", f"{name}: {before} → {after}")
