"""Letting tables follow from events again: after a merge, of the records that it touched and of no other."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from fugong.domain import counties, derived, history
from fugong.domain.merging import beside, between, folding, publications, twins
from fugong.domain.merging.folding import Folded
from fugong.domain.merging.order import ROWS, Lineage, said
from fugong.domain.naming import Naming
from fugong.domain.restoring import give_back, made_again, stands_in_the_way
from fugong.errors.merging import MergeClash
from fugong.queries import same
from fugong.store.identity import letters
from fugong.store.records import RECORDS, Activity, Conflict, Figure, Problem, Publication, Record, Team
from fugong.store.session import Session
from fugong.vocab import Kind, Status

TOGETHER = 500


def lineage(session: Session, subject: str) -> Lineage:
    """The history of a record."""
    names = same.names(session.rows)
    return Lineage(said(row, names) for row in session.rows(ROWS, subject=subject))


def folded(session: Session, kind: Kind, subject: str) -> tuple[Lineage, Folded]:
    """The history of a record, and what it comes to."""
    told = lineage(session, subject)
    found = folding.folded(kind, told)
    if not found.state and kind not in folding.STAYING and _named(session, subject):
        found = folding.folded(kind, told, named=True)
    home = counties.known(session).of(subject)
    return told, beside.shown(session, home, kind, found, subject) if home else found


def _named(session: Session, subject: str) -> bool:
    """Whether another record names this one, as far as tables go."""
    naming = "SELECT 1 FROM event e WHERE e.subject <> :subject AND e.changes LIKE :naming LIMIT 1"
    if next(session.rows(naming, subject=subject, naming=f'%"{subject}"%'), None) is None:
        return False
    asked = "SELECT DISTINCT e.kind, e.subject FROM event e WHERE e.subject <> :subject AND e.changes LIKE :naming"
    for kind, other in list(session.rows(asked, subject=subject, naming=f'%"{subject}"%')):
        state = folding.folded(Kind(kind), lineage(session, other)).state
        if f'"{subject}"' in history.canonical(state) and state.get("status") != Status.VOID.value:
            return True
    return False


def renew(session: Session, touched: Mapping[str, Kind]) -> None:
    """Let records be what their events come to.

    Raises:
        MergeClash: Two of them would be known by one name.
    """
    touched = {**between.held(session), **touched}  # which are in hand only while they are in conflict
    going, waiting = list[Record](), list[tuple[type[Record], str]]()
    for kind in sorted(RECORDS, key=lambda kind: _FIRST.index(kind.record_kind)):
        of_kind = [subject for subject, each in touched.items() if each is kind.record_kind]
        waiting += [(kind, subject) for subject in _in_order(session, of_kind)]
    while waiting:  # one may name another of its kind that is new as well
        left, clash = list[tuple[type[Record], str]](), None
        for kind, subject in waiting:
            try:
                going += _renewed(session, kind, subject)
            except (LookupError, MergeClash) as error:
                left.append((kind, subject))
                clash = error
        if len(left) == len(waiting) and clash is not None:
            if not going:
                raise clash
            _leave(session, going)  # what goes may be in the way of what comes
        waiting = left
    _leave(session, going)
    _follow(session, frozenset(touched.values()))
    _tag(session, touched)


_FIRST = [*(kind for kind in Kind if kind is not Kind.FIGURE), Kind.FIGURE]
"""Kinds of record, each after those that it names: so records get their keys in the order of their first events."""


def _leave(session: Session, going: list[Record]) -> None:
    """Let records go from their tables, those first that name others."""
    while going:
        session.delete(going.pop())


def _follow(session: Session, kinds: Collection[Kind]) -> None:
    """Let no two records of these kinds be called alike, and what is counted of them be what there is."""
    for kind in RECORDS:
        if kind.record_kind in kinds:
            twins.apart(session, kind)
    if Kind.PUBLICATION in kinds or Kind.FIGURE in kinds:
        publications.apart(session)
    if Kind.PROBLEM in kinds or Kind.ENTERPRISE in kinds:
        between.apart(session)
    if Kind.CAMPAIGN in kinds:
        Naming(session).renew()
    if Kind.PROBLEM in kinds:
        derived.count_gaps(session, history.settings(session)["series"])


def _in_order(session: Session, subjects: list[str]) -> list[str]:
    """Records in the order in which the store came to know them: they get their keys in it."""
    found: list[tuple[int, str]] = []
    for start in range(0, len(subjects), TOGETHER):
        some = subjects[start : start + TOGETHER]
        named = {f"s{place}": subject for place, subject in enumerate(some)}
        asked = ", ".join(f":{name}" for name in named)
        sql = f"SELECT min(id), subject FROM event WHERE subject IN ({asked}) GROUP BY subject"
        found += [(first, subject) for first, subject in session.rows(sql, **named)]
    return [subject for _, subject in sorted(found)]


def _renewed(session: Session, kind: type[Record], subject: str) -> Iterator[Record]:
    """Let one record be what its events come to; it is given back where it has to go from its table."""
    told, found = folded(session, kind.record_kind, subject)
    record = session.find(kind, uid=subject)
    events = history.of(session, subject)
    _place(session, told)
    if not found.state and not (record and kind.record_kind is Kind.SETTING):
        _keep_conflicts(session, kind.record_kind, subject, {})
        return iter([record] if record else [])
    by_hash = {event.hash: event for event in events}
    standing = [by_hash[told.events[place].hash] for place in told.standing]
    values = {name: filled(kind, name, value) for name, value in found.values.items() if name in kind.tracked}
    if record is None:
        values = publications.before(session, kind, subject, values)
        record = made_again(session, kind, subject, values)
    if isinstance(record, Problem | Publication):
        record.recorded_at = told.events[0].recorded_at
    now = history.state(record)
    differing = {
        name: value
        for name, value in values.items()
        if not (kind in (Publication, Figure) and name in ("name", "key"))
        and now.get(name) != found.state.get(name)
        and not _sorted_once(now.get(name), value)
    }
    give_back(session, record, differing, standing)
    if isinstance(record, Team) and record.stored is None:
        record.next_number = record.next_activity = 1
    moved = not differing.keys().isdisjoint(folding.members(kind.record_kind, folding.NUMBERED))
    if isinstance(record, Problem | Activity) and (record.stored is None or moved):
        record.tag = letters(told.events[0].hash, 8)  # until it is known which it needs
    if stands_in_the_way(session, record):
        twins.mark(session, record)
        if other := stands_in_the_way(session, record):
            raise MergeClash(kind=kind.record_kind, one=record.label, other=other.label)
    session.save(record)
    _keep_conflicts(session, kind.record_kind, subject, found.conflicts)
    return iter(())


def filled(kind: type[Record], name: str, value: object) -> object:
    """A value that says nothing, as the column has it."""
    if value is not None:
        return value
    if name in kind.shape.made:
        return kind.shape.made[name]()
    usual = next((vars(each)[name] for each in kind.__mro__ if name in vars(each)), None)
    return usual if isinstance(usual, bool | str) else None


def _sorted_once(now: object, told: object) -> bool:
    """An older event tells a sequence sorted."""
    return isinstance(now, list) and isinstance(told, list) and history.unordered(now) == told


def _place(session: Session, told: Lineage) -> None:
    """Keep the one order where the order of arrival is not that."""
    if told.linear:
        return
    session.run_all(
        "UPDATE event SET place = ? WHERE id = ?",
        [(place, event.id) for place, event in enumerate(told.events, 1) if event.place != place],
    )


def _keep_conflicts(session: Session, kind: Kind, subject: str, conflicts: Mapping[str, list[folding.Side]]) -> None:
    held = {each.attribute: each for each in session.all(Conflict, "t.subject = :subject", subject=subject)}
    for name in held.keys() - conflicts.keys():
        session.delete(held[name])
    for name, sides in conflicts.items():
        row = held.get(name) or Conflict(kind=kind, subject=subject, attribute=name)
        row.sides = history.canonical([list(side) for side in sides])
        session.save(row)


# Numbers that met


def _tag(session: Session, touched: Mapping[str, Kind]) -> None:
    """Show each of the records that have one number with letters of its own, and others with none."""
    for table in ("problem", "activity"):
        numbers = set[tuple[Any, ...]]()
        of_kind = [subject for subject, kind in touched.items() if kind.value == table]
        for subject in of_kind:
            numbers.update(session.rows(f"SELECT team_id, series, number FROM {table} WHERE uid = :uid", uid=subject))
        if of_kind:
            numbers.update(session.rows(f"SELECT team_id, series, number FROM {table} WHERE tag <> ''"))
        for number in sorted(numbers):
            for uid, tag in tags(session, table, *number):
                session.run(f"UPDATE {table} SET tag = :tag WHERE uid = :uid AND tag <> :tag", uid=uid, tag=tag)
    session.forget()


def tags(session: Session, table: str, team: int, series: str, number: int) -> Iterable[tuple[str, str]]:
    """The tag of every record with this number: as many letters of the hash of its first event as tell it apart."""
    asked = f"SELECT uid FROM {table} WHERE team_id = :team AND series = :series AND number = :number ORDER BY uid"
    uids = [uid for (uid,) in session.rows(asked, team=team, series=series, number=number)]
    if len(uids) < 2:  # noqa: PLR2004  (two are several)
        return [(uid, "") for uid in uids]
    hashes = {uid: lineage(session, uid).events[0].hash for uid in uids}
    length = 2
    while len({letters(hash_, length) for hash_ in hashes.values()}) < len(hashes):
        length += 1
    return [(uid, letters(hash_, length)) for uid, hash_ in hashes.items()]


def sides(conflict: Conflict) -> list[folding.Side]:
    """The sides of a conflict, each with the hash of its event."""
    return [(hash_, value) for hash_, value in json.loads(conflict.sides)]
