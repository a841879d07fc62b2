"""Texts of the whole ledger that hold certain words (find): what problems, notes, firms, people and activities say."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from fugong.attributes import named
from fugong.db import Reader
from fugong.queries.several import of_those
from fugong.queries.standing import stands
from fugong.results.report import Cell, Column, Report
from fugong.vocab import Act, Kind, Words

COLUMNS = (
    Column("id", Words("编号/名称", "Id or name")),
    Column("kind", Words("哪里", "Kind"), Cell.CODE, brief=False),
    Column("field", Words("哪里", "Where"), machine=False),
    Column("attribute", Words("属性", "Attribute"), brief=False),
    Column("excerpt", Words("文字", "Text"), machine=False),
    Column("text", Words("全文", "Whole text"), brief=False),
    Column("actor", Words("谁写的", "By")),
    Column("on", Words("日期", "Date"), Cell.DATE),
    Column("recorded_at", Words("录入时间", "Entered"), Cell.MOMENT, brief=False),
)

BEFORE, AFTER = 20, 60
"""Characters of a long text that are shown before and after the first word."""


class _Place(NamedTuple):
    """Where a kind of record has texts."""

    kind: Kind
    source: str
    """The rows to look at, as SQL."""
    name: str
    """The column by which people call it."""
    fields: tuple[str, ...]
    order: str


_PLACES = (
    _Place(Kind.PROBLEM, "v_problem", "id", ("text", "how", "person", "remark"), "team_sort, number, series, tag"),
    _Place(
        Kind.ENTERPRISE,
        "(SELECT v.*, e.contact FROM v_enterprise v JOIN enterprise e ON e.id = v.enterprise_id)",
        "name",
        ("name", "aliases", "township", "capacity", "workforce", "sites", "contact", "remark"),
        "enterprise_id",
    ),
    _Place(Kind.MEMBER, "v_member", "name", ("name", "unit", "post", "remark"), "team_sort, member_id"),
    _Place(Kind.TEAM, "v_team", "name", ("name", "branch", "units", "remark"), "team_sort"),
    _Place(Kind.DEPARTMENT, "v_department", "name", ("name", "aliases", "remark"), "department_id"),
    _Place(
        Kind.ACTIVITY, "v_activity", "id", ("text", "item", "place", "done_by", "guests", "remark"), "team_sort, number"
    ),
    _Place(Kind.PRACTICE, "v_practice", "name", ("name", "origin", "summary", "remark"), "practice_id"),
)

_WROTE = (
    "SELECT b.actor, e.on_date, b.recorded_at FROM event e JOIN batch b ON b.id = e.batch_id "
    "WHERE e.subject = :uid AND e.changes LIKE :told ORDER BY coalesce(e.place, e.id) DESC LIMIT 1"
)
_NOTES = (
    "SELECT e.kind, e.subject, e.act, e.text, b.actor, e.on_date, b.recorded_at "
    "FROM event e JOIN batch b ON b.id = e.batch_id "
    f"WHERE {{}} AND e.kind <> 'member' AND {stands()} ORDER BY e.id"
)


def find(reader: Reader, words: Sequence[str], limit: int | None = None) -> Report:
    """The texts that hold all of the words, whatever their case; who wrote each, and when.

    Args:
        reader: The store.
        words: What to look for; in one text, in any order.
        limit: The most to list.
    """
    found = _found(reader, words)
    pattern = "|".join(re.escape(word) for word in words)
    rows = (
        (ident, kind, field, attribute, _excerpt(text, pattern), text, *who)
        for ident, kind, field, attribute, text, who in islice(found, limit)
    )
    title = Words(f"找「{' '.join(words)}」", f"Found: {' '.join(words)}")
    return Report(
        title,
        COLUMNS,
        rows,
        zone=reader.zone,
        nothing=Words("没有找到。", "Nothing was found."),
        marked=re.compile(pattern, re.IGNORECASE),
    )


_Row = tuple[str, Kind, str, str, str, tuple[object, ...]]


def _found(reader: Reader, words: Sequence[str]) -> Iterator[_Row]:
    like = "ILIKE" if reader.dialect == "postgresql" else "LIKE"
    params = {
        f"w{at}": "%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
        for at, word in enumerate(words)
    }

    def holds(column: str) -> str:
        return " AND ".join(f"{column} {like} :{name} ESCAPE '!'" for name in params)

    for place in _PLACES:
        either = " OR ".join(f"({holds(f'x.{field}')})" for field in place.fields)
        source = f"{place.source} x WHERE {either}"
        if place.kind is Kind.PROBLEM:
            source = f"{of_those(reader, 'id, uid, text, how, person, remark', either.replace('x.', 'few.'))} x"
        columns = ", ".join(f"x.{field}" for field in place.fields)
        sql = f"SELECT x.{place.name}, x.uid, {columns} FROM {source} ORDER BY {place.order}"
        for ident, uid, *texts in list(reader.rows(sql, **params)):
            for field, text in zip(place.fields, texts, strict=True):
                if text and all(word.casefold() in text.casefold() for word in words):
                    who = next(iter(reader.rows(_WROTE, uid=uid, told=f'%"{field}":[%')), (None, None, None))
                    yield (
                        ident,
                        place.kind,
                        _where(place.kind, field),
                        field,
                        _plain(place.kind, field, text),
                        tuple(who),
                    )
    yield from _notes(reader, holds("e.text"), params)


def _notes(reader: Reader, holds: str, params: dict[str, str]) -> Iterator[_Row]:
    """What was noted with acts: notes, reasons."""
    from fugong.lang import name_of
    from fugong.reports.history import Values

    values = Values(reader.rows)
    for kind, subject, act, text, *who in list(reader.rows(_NOTES.format(holds), **params)):
        yield str(values.named(subject)), Kind(kind), name_of(Act(act)), "event", text, tuple(who)


def _where(kind: Kind, field: str) -> str:
    from fugong.lang import T, name_of

    words = name_of(named(kind, field).words)
    return words if kind is Kind.PROBLEM else T(f"{name_of(kind)}{words}", f"{name_of(kind)}: {words}")


def _plain(kind: Kind, field: str, text: str) -> str:
    """A text; of a list, its items."""
    attribute = named(kind, field)
    if attribute.cell is not Cell.LIST:
        return text
    from fugong.lang import listing
    from fugong.reports.listing import inside, joined

    return listing((inside if attribute.within else joined)(text))


def _excerpt(text: str, pattern: str) -> str:
    """A text around the first word that it was found by."""
    found = re.search(pattern, text, re.IGNORECASE)
    start = max(0, (found.start() if found else 0) - BEFORE)
    end = (found.end() if found else 0) + AFTER
    if len(text) <= BEFORE + AFTER:
        return text
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
