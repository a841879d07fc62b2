"""Letting tables follow from events again: after a merge, of the records that it touched and of no other."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from fugong.domain import counties, derived, history
from fugong.domain.merging import beside, between, folding, numbering, publications, twins
from fugong.domain.merging.folding import Folded
from fugong.domain.merging.order import MANY_ROWS, ROWS, Lineage, Said, said
from fugong.domain.naming import Naming
from fugong.domain.restoring import by_now, give_back, made_again, remembering, stands_in_the_way
from fugong.errors.merging import MergeClash
from fugong.store.identity import letters
from fugong.store.records import RECORDS, Activity, Conflict, Figure, Problem, Publication, Record, Team
from fugong.store.session import Session
from fugong.vocab import Kind, Status

TOGETHER = 500


def lineage(session: Session, subject: str) -> Lineage:
    """The history of a record."""
    names = by_now(session)
    return Lineage(said(row, names) for row in session.rows(ROWS, subject=subject))


def _lineages(session: Session, subjects: Sequence[str]) -> dict[str, Lineage]:
    """The histories of several records, read together."""
    names, told = by_now(session), dict[str, list[Said]]()
    asked = {f"s{place}": subject for place, subject in enumerate(subjects)}
    for subject, *row in session.rows(MANY_ROWS.format(", ".join(f":{name}" for name in asked)), **asked):
        told.setdefault(subject, []).append(said(row, names))
    return {subject: Lineage(events) for subject, events in told.items()}


def folded(session: Session, kind: Kind, subject: str) -> tuple[Lineage, Folded]:
    """The history of a record, and what it comes to."""
    told = lineage(session, subject)
    return told, _folded(session, kind, subject, told)


def _folded(session: Session, kind: Kind, subject: str, told: Lineage) -> Folded:
    found = folding.folded(kind, told)
    if not found.state and kind not in folding.STAYING and _named(session, subject):
        found = folding.folded(kind, told, named=True)
    home = counties.known(session).of(subject)
    return beside.shown(session, home, kind, found, subject) if home else found


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
    contested = {str(subject) for (subject,) in session.rows("SELECT DISTINCT subject FROM conflict")}
    while waiting:  # one may name another of its kind that is new as well
        left, clash = list[tuple[type[Record], str]](), None
        for kind, some in _together(waiting):
            with remembering(session):
                here = {each.uid: each for each in session.among(kind, "uid", some)}
                told = _lineages(session, some)
                for subject in some:
                    try:
                        renewed = _Renewed(session, kind, subject, told[subject], contested=subject in contested)
                        going += renewed.run(here.get(subject))
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
    numbering.tag(session, touched)


_FIRST = [*(kind for kind in Kind if kind is not Kind.FIGURE), Kind.FIGURE]
"""Kinds of record, each after those that it names: so records get their keys in the order of their first events."""


def _together(waiting: Sequence[tuple[type[Record], str]]) -> Iterator[tuple[type[Record], list[str]]]:
    """Records as they wait, as many of one kind as are read at once."""
    for kind, some in groupby(waiting, key=itemgetter(0)):
        subjects = [subject for _, subject in some]
        for start in range(0, len(subjects), TOGETHER):
            yield kind, subjects[start : start + TOGETHER]


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


class _Renewed:
    """One record, which is to be what its events come to."""

    def __init__(self, session: Session, kind: type[Record], subject: str, told: Lineage, *, contested: bool) -> None:
        self.session = session
        self.kind = kind
        self.subject = subject
        self.told = told
        self.found = _folded(session, kind.record_kind, subject, told)
        self.contested = contested
        """Whether conflicts of it are kept."""

    def run(self, record: Record | None) -> list[Record]:
        """Let the record be that, or a new one if there is none; it is given back where it has to go from its table."""
        _place(self.session, self.told)
        if not self.found.state and not (record and self.kind.record_kind is Kind.SETTING):
            self._keep_conflicts({})
            return [record] if record else []
        if record is None:
            record = self._made()
            differing = dict[str, Any]()
        else:
            differing = self._differing(record)
        standing = [_held(self.told.events[place]) for place in self.told.standing]
        if isinstance(record, Problem | Publication):
            record.recorded_at = self.told.events[0].recorded_at
        give_back(self.session, record, differing, standing)
        if isinstance(record, Team) and record.stored is None:
            record.next_number = record.next_activity = 1
        moved = not differing.keys().isdisjoint(folding.members(self.kind.record_kind, folding.NUMBERED))
        if isinstance(record, Problem | Activity) and (record.stored is None or moved):
            record.tag = letters(self.told.events[0].hash, 8)  # until it is known which it needs
        if stands_in_the_way(self.session, record):
            twins.mark(self.session, record)
            if other := stands_in_the_way(self.session, record):
                raise MergeClash(kind=self.kind.record_kind, one=record.label, other=other.label)
        self.session.save(record)
        self._keep_conflicts(self.found.conflicts)
        return []

    def _values(self) -> dict[str, Any]:
        kind = self.kind
        return {name: filled(kind, name, value) for name, value in self.found.values.items() if name in kind.tracked}

    def _made(self) -> Record:
        values = publications.before(self.session, self.kind, self.subject, self._values())
        return made_again(self.session, self.kind, self.subject, values)

    def _differing(self, record: Record) -> dict[str, Any]:
        """What its events come to and the record does not say."""
        now = history.state(record)
        return {
            name: value
            for name, value in self._values().items()
            if not (self.kind in (Publication, Figure) and name in ("name", "key"))
            and now.get(name) != self.found.state.get(name)
            and not _sorted_once(now.get(name), value)
        }

    def _keep_conflicts(self, conflicts: Mapping[str, list[folding.Side]]) -> None:
        if self.contested or conflicts:
            _keep_conflicts(self.session, self.kind.record_kind, self.subject, conflicts)


def _held(event: Said) -> history.Held:
    """An event as the rules ask for it."""
    return history.Held(event.act, date.fromisoformat(event.on), event.changes, event.hash, event.undoes)


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


def sides(conflict: Conflict) -> list[folding.Side]:
    """The sides of a conflict, each with the hash of its event."""
    return [(hash_, value) for hash_, value in json.loads(conflict.sides)]
