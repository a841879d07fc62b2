"""Letting tables follow from events again: after a merge, of the records that it touched and of no other."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from fugong.domain import counties, derived, history
from fugong.domain.merging import beside, between, folding, numbering, publications, twins, undone
from fugong.domain.merging.folding import Folded
from fugong.domain.merging.order import MANY_ROWS, Lineage, Said, said
from fugong.domain.naming import Naming
from fugong.domain.restoring import (
    NotThere,
    by_now,
    give_back,
    made_again,
    remembering,
    stands_in_the_way,
)
from fugong.errors.merging import MergeClash
from fugong.queries.among import TOGETHER, among
from fugong.store.identity import letters
from fugong.store.records import RECORDS, Activity, Conflict, Figure, Problem, Publication, Record, Team
from fugong.store.session import Session
from fugong.vocab import Kind


def _lineages(session: Session, subjects: Sequence[str]) -> dict[str, Lineage]:
    """The histories of several records, read together."""
    names, told = by_now(session), dict[str, list[Said]]()
    for subject, *row in among(session.rows, MANY_ROWS, subjects):
        told.setdefault(subject, []).append(said(row, names))
    return {subject: Lineage(events) for subject, events in told.items()}


def folded(session: Session, kind: Kind, subject: str) -> tuple[Lineage, Folded]:
    """The history of a record, and what it comes to."""
    told = undone.lineage(session, subject)
    return told, _folded(session, kind, subject, told)


def _folded(session: Session, kind: Kind, subject: str, told: Lineage) -> Folded:
    found = folding.folded(kind, told)
    if not found.state and undone.stands(session, kind, subject, told):
        found = folding.folded(kind, told, named=True)
    home = counties.known(session).of(subject)
    return beside.shown(session, home, kind, found, subject) if home else found


def touched_since(session: Session, last: int) -> dict[str, Kind]:
    """The records that commands wrote which came after one, in the order in which the store came to know them.

    And before them those that were taken back and that these commands may bring back.
    """
    came = {subject: Kind(kind) for subject, kind in session.rows(_SINCE, last=last)}
    return {**dict(undone.named_since(session, last)), **came}


_SINCE = """
SELECT e.subject, e.kind FROM (SELECT DISTINCT subject FROM event WHERE batch_id > :last) came
JOIN event e ON e.subject = came.subject GROUP BY e.subject, e.kind ORDER BY min(e.id)
"""


def renew(session: Session, touched: Mapping[str, Kind]) -> None:
    """Let records be what their events come to.

    Args:
        session: The transaction.
        touched: The records by uid, in the order in which the store came to know them: they get their keys in it.

    Raises:
        MergeClash: Two of them would be known by one name.
    """
    if held := between.held(session):  # which are in hand only while they are in conflict
        touched = {**held, **touched}
    session.run("SAVEPOINT renewed")
    while lacking := _renew(session, touched):
        session.run("ROLLBACK TO SAVEPOINT renewed")  # to begin again with them, so that all get keys in their order
        session.forget()
        touched = {**undone.went(session, lacking, touched), **touched}
    session.run("RELEASE SAVEPOINT renewed")
    _follow(session, frozenset(touched.values()))
    numbering.tag(session, touched)


def _renew(session: Session, touched: Mapping[str, Kind]) -> list[NotThere]:
    """Renew records, unless some name what is neither in a table nor among them: what that is."""
    going, waiting = list[Record](), list(_together(touched))
    contested = {str(subject) for (subject,) in session.rows("SELECT DISTINCT subject FROM conflict")}
    while waiting:  # one may name another of its kind that is new as well
        left, errors = list[tuple[type[Record], Sequence[str]]](), list[Exception]()
        many = sum(len(some) for _, some in waiting)
        for kind, some in waiting:
            with remembering(session):
                chunk = _Chunk(session, kind, some, contested)
                chunk.run(going)
            left += [(kind, chunk.left)] if chunk.left else []
            errors += chunk.errors
        if errors and sum(len(some) for _, some in left) == many:
            if not going:
                return _lacking(errors)
            _leave(session, going)  # what goes may be in the way of what comes
        waiting = left
    _leave(session, going)
    return []


def _lacking(errors: Sequence[Exception]) -> list[NotThere]:
    """What is not there, where that is all that is in the way."""
    lacking = [error for error in errors if isinstance(error, NotThere)]
    if not lacking:
        raise errors[-1]
    return lacking


_FIRST = [*(kind for kind in Kind if kind is not Kind.FIGURE), Kind.FIGURE]
"""Kinds of record, each after those that it names: so records get their keys in the order of their first events."""


def _together(touched: Mapping[str, Kind]) -> Iterator[tuple[type[Record], Sequence[str]]]:
    """Records, as many of one kind as are read at once, those first that others name."""
    for kind in sorted(RECORDS, key=lambda kind: _FIRST.index(kind.record_kind)):
        of_kind = (subject for subject, each in touched.items() if each is kind.record_kind)
        while some := list(islice(of_kind, TOGETHER)):
            yield kind, some


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


class _Chunk:
    """Some records of one kind."""

    def __init__(
        self, session: Session, kind: type[Record], subjects: Sequence[str], contested: Collection[str]
    ) -> None:
        self.session = session
        self.kind = kind
        self.subjects = subjects
        self.contested = contested
        self.left: list[str] = []
        """Those that name, or may name, what is not there yet, or that another is in the way of."""
        self.errors: list[Exception] = []
        """Why they are left."""
        self._new: list[tuple[_Renewed, Record]] = []
        """New records that are to be stored together."""

    def run(self, going: list[Record]) -> None:
        """Let them be what their events come to; those that have to go from their table are put to what goes."""
        here = {each.uid: each for each in self.session.among(self.kind, "uid", self.subjects)}
        told = _lineages(self.session, self.subjects)
        for subject in self.subjects:
            try:
                renewed = _Renewed(self.session, self.kind, subject, told[subject], contested=subject in self.contested)
                self._renew(renewed, here.get(subject), going)
            except (LookupError, MergeClash) as error:
                self._leave(subject, error)
        self._store()

    def _renew(self, renewed: "_Renewed", record: Record | None, going: list[Record]) -> None:
        if renewed.is_gone(record):
            going += [record] if record else []
        elif record is not None:
            renewed.store(renewed.changed(record))
        elif issubclass(self.kind, Problem | Activity):
            self._new.append((renewed, renewed.made()))
            self.left += [renewed.subject] if renewed.repeats else []
        else:
            renewed.store(renewed.made())

    def _store(self) -> None:
        """Store the new ones that wait; where another has the number of one, or its key, each by itself."""
        free = bool(self._new) and self.session.save_free([record for _, record in self._new])
        for renewed, record in self._new:
            try:
                if free:
                    renewed.keep_conflicts()
                else:
                    renewed.store(record)
            except MergeClash as error:
                self._leave(record.uid, error)
        self._new.clear()

    def _leave(self, subject: str, error: Exception) -> None:
        self.left.append(subject)
        self.errors.append(error.with_traceback(None))  # which would keep all that was at hand


class _Renewed:
    """One record, which is to be what its events come to."""

    def __init__(self, session: Session, kind: type[Record], subject: str, told: Lineage, *, contested: bool) -> None:
        self.session = session
        self.kind = kind
        self.subject = subject
        self.told = told
        self.found = _folded(session, kind.record_kind, subject, told)
        self.state = self.found.state
        self.contested = contested
        """Whether conflicts of it are kept."""

    def is_gone(self, record: Record | None) -> bool:
        """Whether it is in no table, and no conflict of it is kept any more."""
        _place(self.session, self.told)
        if self.state or (record and self.kind.record_kind is Kind.SETTING):
            return False
        self._keep({})
        return True

    @property
    def repeats(self) -> bool:
        """Whether it is a duplicate of another, which may have been entered after it and not be there yet."""
        return bool(self.state.get("duplicate_of"))

    def made(self) -> Record:
        """A new record, as its events tell of it, but for what it repeats."""
        values = publications.before(self.session, self.kind, self.subject, self._values())
        values.pop("duplicate_of", None)
        record = made_again(self.session, self.kind, self.subject, values)
        if isinstance(record, Team):
            record.next_number = record.next_activity = 1
        return self._following(record, {})

    def changed(self, record: Record) -> Record:
        """The record, as its events tell of it."""
        now = history.state(record)
        differing = {
            name: value
            for name, value in self._values().items()
            if not (self.kind in (Publication, Figure) and name in ("name", "key"))
            and now.get(name) != self.state.get(name)
            and not _sorted_once(now.get(name), value)
        }
        moved = not differing.keys().isdisjoint(folding.members(self.kind.record_kind, folding.NUMBERED))
        self._following(record, differing)
        if moved and isinstance(record, Problem | Activity):
            self._tag(record)
        return record

    def store(self, record: Record) -> None:
        """Store it under a name and a number that nobody else has.

        Raises:
            MergeClash: Another would be known by the same.
        """
        if record.stored is None and isinstance(record, Problem | Activity):
            self._tag(record)
        if stands_in_the_way(self.session, record):
            twins.mark(self.session, record)
            if other := stands_in_the_way(self.session, record):
                raise MergeClash(kind=self.kind.record_kind, one=record.label, other=other.label)
        self.session.save(record)
        self.keep_conflicts()

    def keep_conflicts(self) -> None:
        """Keep what is in conflict, and nothing else."""
        self._keep(self.found.conflicts)

    def _values(self) -> dict[str, Any]:
        kind = self.kind
        return {name: filled(kind, name, value) for name, value in self.found.values.items() if name in kind.tracked}

    def _following(self, record: Record, differing: Mapping[str, Any]) -> Record:
        """The record with values that differ, and with what follows from its acts."""
        standing = [_held(self.told.events[place]) for place in self.told.standing]
        if isinstance(record, Problem | Publication):
            record.recorded_at = self.told.events[0].recorded_at
        give_back(self.session, record, differing, standing)
        return record

    def _tag(self, record: "Problem | Activity") -> None:
        record.tag = letters(self.told.events[0].hash, 8)  # until it is known which it needs

    def _keep(self, conflicts: Mapping[str, list[folding.Side]]) -> None:
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
