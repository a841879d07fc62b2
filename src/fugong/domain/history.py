"""Events: what the append-only history of a record says, and what it comes to. ``writer`` writes it.

An event holds the changes as ``{attribute: [old, new]}`` in portable form (uids, codes, ISO dates), names
the heads of its subject's history as parents, and is identified by the hash of its canonical content: a
small Merkle DAG per subject. A record is the fold of its events.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from fugong.store import chain
from fugong.store.identity import veiled
from fugong.store.records import Batch, Event, Record
from fugong.store.session import Session
from fugong.store.settings import HELD, checked
from fugong.vocab import Act, Kind

Changes = dict[str, list[Any]]
"""What an event changed: attribute → [old, new], both portable."""


canonical = chain.canonical


def written(changes: Mapping[str, Any]) -> str:
    """Changes as an event holds them: canonical JSON, put together from the values, which are texts or none."""
    parts = [
        f'"{name}":[{"null" if old is None else canonical(old)},{"null" if new is None else canonical(new)}]'
        for name, (old, new) in sorted(changes.items())
    ]
    return f"{{{','.join(parts)}}}"


def digest(content: Mapping[str, Any]) -> str:
    """The identity of an event: the SHA-256 of its canonical content."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def content(event: Event, batch: Batch) -> dict[str, Any]:
    """What an event says, with the part that its whole batch shares: what its hash is taken of."""
    cancels = {"undoes": event.undoes} if event.undoes else {}
    return {
        "kind": event.kind.value,
        "subject": event.named or subject(event.kind, event.subject, batch.county),
        "act": event.act.value,
        "on": event.on_date.isoformat(),
        "approximate": event.approximate,
        "changes": event.said,
        "text": event.text,
        "parents": parents(event),
        "batch": batch.uid,
        "verb": batch.verb,
        "actor": batch.actor,
        "recorded_at": batch.recorded_at,
        "replica": batch.replica,
        **cancels,
    }


def subject(kind: Kind, uid: str, county: str | None) -> str:
    """The uid by which an event names its record, from the one that it has here, and the other way round.

    Entries of lists and settings are of no county: each county's has the same, and another in a city's store.
    """
    return veiled(uid, county) if county and kind in (Kind.TERM, Kind.SETTING) else uid


def changes(event: Event) -> Changes:
    """What an event changed."""
    return cast("Changes", json.loads(event.changes))


def parents(event: Event) -> list[str]:
    """The hashes of the heads of the subject's history when an event was written."""
    return [] if event.parents == "[]" else cast("list[str]", json.loads(event.parents))


def portable(value: Any) -> Any:
    """A value as events hold it: records by uid, codes by value, dates as ISO text.

    A list of records is a set and sorted, so that the same set is the same value; one of parts that are ``ordered`` is
    a sequence and stays in its order.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value._value_  # ``value`` itself is looked up each time by a descriptor that takes ten times as long
    if hasattr(value, "portable"):
        return value.portable()
    if isinstance(value, list):
        items = [portable(item) for item in value]
        return unordered(items) if any(hasattr(item, "portable") and not item.ordered for item in value) else items
    return value


def unordered(items: list[Any]) -> list[Any]:
    """The portable form of a set: sorted. Older events hold sequences in this form, too."""
    return sorted(items, key=_order)


_PLAIN = frozenset({str, int, bool, type(None)})


def _order(item: Any) -> str:
    return item if isinstance(item, str) else canonical(item)


def state(record: Record) -> dict[str, Any]:
    """A record's tracked attributes in portable form, without those that say nothing."""
    said, held = {}, record.__dict__
    for name in record.tracked:
        value = held[name] if name in held else getattr(record, name)
        if value or not says_nothing(value):
            said[name] = value if type(value) in _PLAIN else portable(value)
    return said


def first(record: Record) -> Changes:
    """The changes of the event that adds a new record."""
    return {name: [None, value] for name, value in state(record).items()}


def fold(changes: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The state that a history of changes leads to; equal to ``state`` of the record."""
    result: dict[str, Any] = {}
    for change in changes:
        result.update({name: new for name, (_, new) in change.items() if name != REDACTED})
    return {name: value for name, value in result.items() if not says_nothing(value)}


def says_nothing(value: Any) -> bool:
    """Whether this value is the same as none at all (null, false, an empty list)."""
    return value is None or value is False or value in ("", [])


REDACTED = "redacted"
"""What an event of redaction changes: the hashes of the events whose words it removed, each with the digest of what
they say without them."""


class Entry(Protocol):
    """An event, stored or not yet, as far as the rules on problems ask for it."""

    @property
    def act(self) -> Act:
        """What was done."""

    @property
    def on_date(self) -> date:
        """The business date."""

    @property
    def hash(self) -> str:
        """Its identity; one that is not stored yet needs none."""

    @property
    def undoes(self) -> str | None:
        """Which one it cancels."""

    def sets(self, attribute: str) -> bool:
        """Whether this changed an attribute of its record."""


E = TypeVar("E", bound=Entry)


def effective(events: Iterable[E]) -> list[E]:
    """The events of one record that nobody took back, oldest first."""
    return told_apart(events)[0]


def cancelled(events: Iterable[E]) -> dict[str, E]:
    """By the hash of each undoing event: which event of the record it took back."""
    return told_apart(events)[1]


def told_apart(events: Iterable[E]) -> tuple[list[E], dict[str, E]]:
    """What stands, and what each undoing cancels: the event that it names, else the last that it knew."""
    standing: list[E] = []
    gone: dict[str, E] = {}
    told = list(events)
    for event in told:
        if event.act is Act.UNDO:
            known = {event.undoes} if event.undoes else _above(event, told)
            found = [at for at, each in enumerate(standing) if each.hash in known]
            if found:  # two copies may have taken back one act
                gone[event.hash] = standing.pop(found[-1])
        elif event.act is not Act.REDACT:
            standing.append(event)
    return standing, gone


def _above(event: Entry, told: Sequence[Entry]) -> set[str]:
    """The hashes of all that whoever wrote an event knew of its record."""
    parents = {each.hash: json.loads(getattr(each, "parents", "[]")) for each in told}
    found, waiting = set[str](), list(parents[event.hash])
    while waiting:
        if (hash_ := waiting.pop()) not in found:
            found.add(hash_)
            waiting += parents.get(hash_, ())
    return found


class Held(NamedTuple):
    """An event of a record that is not stored yet, as the rules ask for it."""

    act: Act
    on_date: date
    changes: Changes
    hash: str = ""
    undoes: str | None = None

    def sets(self, attribute: str) -> bool:
        """Whether this changed an attribute of its record."""
        return attribute in self.changes


def heads(events: Iterable[tuple[str, str]]) -> list[str]:
    """Of (hash, parents) pairs of one subject: the hashes that no other event names as its parent."""
    known = [(digest_, json.loads(parents) if parents != "[]" else []) for digest_, parents in events]
    named = {parent for _, parents in known for parent in parents}
    return sorted(hash_ for hash_, _ in known if hash_ not in named)


def settings(session: Session) -> dict[str, str]:
    """The store's settings and the facts it keeps about itself."""
    return checked(session.rows(HELD))


def of(session: Session, subject: str) -> list[Event]:
    """The events of one record, oldest first."""
    return session.all(Event, "t.subject = :subject ORDER BY coalesce(t.place, t.id)", subject=subject)
