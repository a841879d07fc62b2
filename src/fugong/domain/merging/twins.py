"""Two records that copies gave one name: both stand, each shown with letters behind it, until somebody renames one.

What two records are called by what their events say, whichever came first; so every store shows the same.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fugong.domain import counties, history
from fugong.domain.merging import folding
from fugong.domain.merging.order import ROWS, Lineage, said
from fugong.domain.naming import Naming
from fugong.queries import names, same
from fugong.store.identity import letters
from fugong.store.records import (
    Conflict,
    Department,
    DepartmentAlias,
    Enterprise,
    EnterpriseAlias,
    Member,
    Practice,
    Profile,
    Record,
    Team,
    Term,
)
from fugong.store.session import Session
from fugong.values import texts
from fugong.values.texts import NAME

ATTRIBUTE = "twin"
"""As what it is in conflict."""
_PLAIN: Mapping[type[Record], tuple[str, str]] = {
    Team: ("name", "''"),
    Term: ("zh", "list"),
    Practice: ("name", "''"),
    Profile: ("name", "''"),
    Member: ("name", "team_id"),
}
"""By kind: the column that no two have alike, and within what."""
_ALIASES: Mapping[type[Record], Any] = {Enterprise: EnterpriseAlias, Department: DepartmentAlias}


def mark(session: Session, record: Record) -> None:
    """Call a record by names that nobody has where another has them; it is not stored yet."""
    if (of := _PLAIN.get(type(record))) is not None:
        setattr(record, of[0], _marked(record.uid, getattr(record, of[0])))
    elif isinstance(record, Enterprise | Department):
        taken = [text for text in _names(record) if _is_anothers(session, record, text)]
        _call(session, record, {text: _marked(record.uid, text) for text in taken})


def apart(session: Session, kind: type[Record]) -> None:
    """Let every record of a kind be called as it is told, and those that are told alike each with its letters."""
    if kind not in _PLAIN and kind not in _ALIASES:
        return
    where = f"t.attribute = '{ATTRIBUTE}' AND t.kind = '{kind.record_kind.value}'"
    held = {each.subject: each for each in session.all(Conflict, where)}
    told, twins = _told(session, kind)
    for only in (True, False):  # first none in the way of another
        for uid, called in told.items():
            record = session.one(kind, "t.uid = :uid", uid=uid)
            alike = called if only else twins.get(uid, ())
            _call(session, record, {text: _marked(uid, text) for text in alike}, called)
            session.save(record)
    for uid in held.keys() - twins.keys():
        session.delete(held[uid])
    for uid, side in found(session, kind).items():
        row = held.get(uid) or Conflict(kind=kind.record_kind, subject=uid, attribute=ATTRIBUTE)
        row.sides = history.canonical([side])
        session.save(row)


def found(session: Session, kind: type[Record]) -> dict[str, list[str]]:
    """By record that is called like another: its first event, and the names that both have."""
    if kind not in _PLAIN and kind not in _ALIASES:
        return {}
    _, twins = _told(session, kind)
    return {uid: [_lineage(session, uid).events[0].hash, "、".join(sorted(alike))] for uid, alike in twins.items()}


def shown(session: Session, record: Record, state: dict[str, Any]) -> dict[str, Any]:
    """What a record's events come to, as it is called."""
    if type(record) not in _PLAIN and type(record) not in _ALIASES:
        return state
    _, twins = _told(session, type(record))
    alike = twins.get(record.uid, ())

    def called(text: str) -> str:
        return _marked(record.uid, text) if text in alike else text

    column = _PLAIN.get(type(record), ("name", ""))[0]
    named = {column: called(state[column])} if column in state else {}
    aliases = {"aliases": history.unordered([*map(called, state["aliases"])])} if "aliases" in state else {}
    return {**state, **named, **aliases}


def _told(session: Session, kind: type[Record]) -> tuple[dict[str, Sequence[str]], dict[str, set[str]]]:
    """What the records that may be called alike are told to be called, and which of it others are, too."""
    names = defaultdict[str, list[str]](list)
    within: dict[str, str] = {}
    homes = counties.known(session)
    for uid, scope, text in list(session.rows(_rows(kind))):
        if homes.of(uid):
            continue  # a city tells the names of counties apart by their own
        names[uid].append(str(text))
        within[uid] = str(scope)
    doubtful = {
        uid for uid, called in names.items() if any("·" in each and each == _marked(uid, each) for each in called)
    }
    owners = defaultdict[tuple[str, str], set[str]](set)
    told: dict[str, Sequence[str]] = {}
    for uid in doubtful:
        values = folding.folded(kind.record_kind, _lineage(session, uid), named=True).values
        column = _PLAIN.get(kind, ("name", ""))[0]
        told[uid] = names[uid] = [values[column], *(values.get("aliases") or ())]
    key = texts.key if kind in _ALIASES else str
    for uid, called in names.items():
        for text in called:
            owners[within[uid], key(text)].add(uid)
    twins = defaultdict[str, set[str]](set)
    for uid, called in names.items():
        twins[uid].update(text for text in called if len(owners[within[uid], key(text)]) > 1)
    twins = defaultdict(set, {uid: alike for uid, alike in twins.items() if alike})
    return {**{uid: names[uid] for uid in twins}, **told}, twins


def _rows(kind: type[Record]) -> str:
    table = kind.shape.table
    if kind in _PLAIN:
        column, scope = _PLAIN[kind]
        return f"SELECT uid, {scope}, {column} FROM {table} ORDER BY id"
    return (
        f"SELECT uid, '', name FROM (SELECT uid, id, 0 AS place, name FROM {table} UNION ALL SELECT o.uid, o.id, a.id, "
        f"a.name FROM {table}_alias a JOIN {table} o ON o.id = a.owner_id) n ORDER BY id, place"
    )


def _lineage(session: Session, uid: str) -> Lineage:
    known = same.names(session.rows)
    return Lineage(said(row, known) for row in session.rows(ROWS, subject=uid))


def _marked(uid: str, text: str) -> str:
    """A name with the letters of its record behind it."""
    behind = "·" + letters(hashlib.sha256(uid.encode()).hexdigest(), 4)
    return text if text.endswith(behind) else text[: NAME - len(behind)] + behind


def _names(record: Enterprise | Department) -> Iterator[str]:
    yield record.name
    yield from (alias.name for alias in record.aliases)


def _is_anothers(session: Session, record: Record, text: str) -> bool:
    held = names.owner(session.rows, record.record_kind, text)
    return held is not None and held.id != record.__dict__.get("id")


def _call(session: Session, record: Record, instead: Mapping[str, str], told: Sequence[str] | None = None) -> None:
    """Give a record its names, with others in the places of some."""
    if (of := _PLAIN.get(type(record))) is not None:
        text = told[0] if told else getattr(record, of[0])
        setattr(record, of[0], instead.get(text, text))
    elif isinstance(record, Enterprise | Department):
        naming, (name, *aliases) = Naming(session), list(told or _names(record))
        for column, value in naming.keys(instead.get(name, name)).items():
            setattr(record, column, value)
        wanted = [instead.get(each, each) for each in aliases]
        kept = {alias.name: alias for alias in record.aliases}
        make = _ALIASES[type(record)]
        called: Any = [kept.get(each) or make(**naming.keys(each)) for each in wanted]
        record.aliases = called
