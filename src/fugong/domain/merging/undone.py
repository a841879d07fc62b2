"""Records whose adding was taken back in one store while what names them was entered in another: they are back.

Whether they are follows from who knew of whom, and from nothing that anybody does to those that name them afterwards.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fugong.domain import history
from fugong.domain.merging import folding
from fugong.domain.merging.commands import Commands
from fugong.domain.merging.order import ROWS, Lineage, Said, said
from fugong.domain.restoring import NotThere, by_now, entries_named
from fugong.store.records import RECORDS, Record, Row, Term
from fugong.store.session import Session
from fugong.vocab import Kind, ListName


def lineage(session: Session, subject: str) -> Lineage:
    """The history of a record."""
    names = by_now(session)
    return Lineage(said(row, names) for row in session.rows(ROWS, subject=subject))


def _named(session: Session, kind: Kind, subject: str, told: Lineage) -> bool:
    """Whether somebody who did not know that this one was taken back let another record name it.

    Then it stands for good: whoever moves the other away from it may take that back.
    """
    entry = _entry(told) if kind is Kind.TERM else None
    naming = f'%"{entry[1] if entry else subject}"%'
    commands, undoings = Commands(session), [_command(session, told.events[place]) for place in told.gone]
    asked = "SELECT DISTINCT e.kind, e.subject FROM event e WHERE e.subject <> :subject AND e.changes LIKE :naming"
    for of, other in list(session.rows(asked, subject=subject, naming=naming)):
        theirs, values = lineage(session, other), dict[str, Any]()
        for event in theirs.events:
            new = {name: value for name, (_, value) in event.changes.items()}
            values |= new
            says = {**new, "role": values.get("role")} if "kind" in new else new
            if entry in entries_named(says) if entry else f'"{subject}"' in history.canonical(new):
                by = _command(session, event)
                unknown = not all(commands.knew(undoing, by) for undoing in undoings)
                if unknown or stands(session, Kind(of), other, theirs):
                    return True
    return False


def stands(session: Session, kind: Kind, subject: str, told: Lineage) -> bool:
    """Whether a record whose adding was taken back, and that nobody went on with, stands since another names it."""
    if not told.events or kind not in NAMED or kind in folding.STAYING or folding.folded(kind, told).state:
        return False
    return _named(session, kind, subject, told)


def _command(session: Session, event: Said) -> int:
    (key,) = next(session.rows("SELECT batch_id FROM event WHERE id = :id", id=event.id))
    return int(key)


def _entry(told: Lineage) -> tuple[ListName, str] | None:
    """The list and the code of an entry of a list, by which other records name it, whether it is there or not."""
    for event in told.events:
        if {"list", "code"} <= event.changes.keys():
            return ListName(event.changes["list"][-1]), event.changes["code"][-1]
    return None  # its events are gone: somebody took them away


NAMED = {
    Row.kinds[each.kind].record_kind
    for kind in Row.kinds.values()
    for each in (*kind.refers.values(), *kind.owns)
    if issubclass(Row.kinds[each.kind], Record)
}
"""Kinds that others can name."""


def went(session: Session, lacking: Sequence[NotThere], touched: Mapping[str, Kind]) -> dict[str, Kind]:
    """What was taken back here before something came that names it."""
    back = dict[str, Kind]()
    for each in lacking:
        if each.kind is Term:
            added = list(session.rows("SELECT DISTINCT subject FROM event WHERE kind = 'term' AND parents = '[]'"))
            entry = (each.known["list"], each.known["code"])
            found = [(uid, Kind.TERM) for (uid,) in added if _entry(lineage(session, uid)) == entry]
        else:  # of that kind or of another: a firm or a team adopts a practice
            found = [(uid, Kind(kind)) for uid, kind in session.rows(_KIND, **each.known)]
        back |= {uid: kind for uid, kind in found if uid not in touched}
    if not back:
        raise lacking[0]
    return back


_KIND = "SELECT DISTINCT subject, kind FROM event WHERE subject = :uid"


def named_since(session: Session, last: int) -> Iterator[tuple[str, Kind]]:
    """The records that are in no table and that commands which came after one may name."""
    for kind in RECORDS:
        if kind.record_kind in NAMED:
            gone = list(session.rows(_GONE.format(table=kind.shape.table), kind=kind.record_kind.value))
            for (uid,) in gone:
                entry = _entry(lineage(session, uid)) if kind is Term else None
                naming = f'%"{entry[1] if entry else uid}"%'
                if next(session.rows(_NAMING, last=last, naming=naming), None):
                    yield uid, kind.record_kind


_GONE = """
SELECT DISTINCT e.subject FROM event e
WHERE e.kind = :kind AND e.act = 'undo' AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.uid = e.subject)
"""
_NAMING = "SELECT 1 FROM event WHERE batch_id > :last AND changes LIKE :naming LIMIT 1"
