"""Proving a store whole: the file, the tables, every row, every record against its events.

SQLite has no checksums: a flipped bit in a text passes its own integrity check. What finds it here is that
every attribute is told by an event whose hash is recomputed, follows from such an attribute, or is sealed.
Everything is read in chunks, so memory does not grow with the store.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain as chained
from typing import Any, TypeVar

from fugong.domain import counties, history
from fugong.domain.event_rows import Frame
from fugong.domain.merging import between, folding, publications, redactions, renewing, twins, undone
from fugong.keeping import across, chains, derived, meeting, schema
from fugong.keeping.derived import History
from fugong.keeping.findings import Finding
from fugong.queries import same
from fugong.store import chain, postgresql_failures
from fugong.store.records import RECORDS, Batch, Event, Figure, Problem, Publication, Record, Row, Sealed, Setting
from fugong.store.rows import Parts
from fugong.store.session import Session
from fugong.vocab import Act, Kind
from fugong.vocab.keeping import Damage, Remedy

CHUNK = 500
MOST_COMPLAINTS = 1000
"""How many messages of the engine's own check are reported at most."""

_PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_FULL", "SQLITE_NOMEM")
"""Failures that are no damage of the file: it is busy, the machine is out of memory."""

Key = tuple[Any, ...]
R = TypeVar("R", bound=Row)


Step = Callable[[Session], Iterable[Finding]]


def findings(session: Session, *more: Step) -> Iterator[Finding]:
    """Everything that is wrong with the store, as it is met.

    Args:
        session: The store.
        more: What else is held to it, after all else.
    """
    complaints = list(_steps(session, _file, schema.differences))
    yield from complaints
    yield from _steps(session, _references, across.facts, _rows, _records, _orphans, _gaps, _empty_batches)
    yield from _steps(
        session,
        across.order,
        chains.joined,
        meeting.met,
        meeting.handed_out,
        meeting.whose,
        across.undone,
        across.published,
        across.loaded,
        across.counters,
        *more,
    )


def _steps(session: Session, *steps: Step) -> Iterator[Finding]:
    """The findings of each step; a step that the damage itself stops is a finding, too."""
    for step in steps:
        session.run("SAVEPOINT looked")  # a server would refuse all that comes after a failure
        try:
            yield from step(session)
        except Exception as error:  # noqa: BLE001  (what it is decides _said)
            yield Finding(Damage.FILE, "", "", _said(error))
        session.run("ROLLBACK TO looked")
        session.forget()


_BROKEN = (LookupError, ValueError, TypeError, ArithmeticError, AttributeError, RecursionError)
"""What reading a damaged row raises, beside what the driver does: from decoding, from a type without such a value."""


def _said(error: Exception) -> str:
    """A failure in the driver's words, without the statement; one that says nothing of the data is raised."""
    driver = getattr(error, "orig", None) or error
    if not isinstance(error, _BROKEN) and type(driver).__module__.partition(".")[0] not in ("sqlite3", "psycopg"):
        raise error
    if getattr(driver, "sqlite_errorname", "").startswith(_PASSING) or postgresql_failures.passing(driver):
        raise error
    return f"{type(driver).__name__}: {driver}"[:200]


def _file(session: Session) -> Iterator[Finding]:
    """The engine's own check of pages, indexes, types, NOT NULL, UNIQUE and CHECK."""
    if session.dialect != "sqlite":
        return  # a server keeps its own files, and checks constraints by itself
    for (complaint,) in session.rows(f"PRAGMA integrity_check({MOST_COMPLAINTS})"):
        if complaint != "ok":
            yield Finding(Damage.FILE, "", "", complaint)


def _references(session: Session) -> Iterator[Finding]:
    """Rows that refer to nothing. A server keeps them out, unless somebody told it not to for a while."""
    if session.dialect == "sqlite":
        for table, row, parent, _ in session.rows("PRAGMA foreign_key_check"):
            yield Finding(Damage.REFERENCE, table, str(row), f"→ {parent}")
        return
    for table, column, other in across.references():
        named = f"SELECT {column} AS key FROM {table} WHERE {column} IS NOT NULL"
        sql = f"SELECT key FROM ({named}) t WHERE NOT EXISTS (SELECT 1 FROM {other} o WHERE o.id = t.key)"
        for (row,) in session.rows(sql):
            yield Finding(Damage.REFERENCE, table, str(row), f"→ {other}")


def _rows(session: Session) -> Iterator[Finding]:
    """Every row of every table, read as what it is."""
    for kind in Row.kinds.values():
        yield from _each(session, kind, _of_rows)


def _of_rows(session: Session, kind: type[Row], chunk: Sequence[Key]) -> Iterator[Finding]:
    if len(kind.shape.key) == 1 and not issubclass(kind, Sealed):
        if session.readable(kind, [key for (key,) in chunk]) != len(chunk):
            raise LookupError(_LOST)
        return
    for row in _fetched(session, kind, chunk, apart=True):
        if isinstance(row, Sealed) and row.seal != row.content_hash():
            yield Finding(Damage.SEAL, kind.shape.table, _name(row), "-", Remedy.COMPARE)


_LOST = "rows cannot be found by their keys"


def _fetched(session: Session, kind: type[R], chunk: Sequence[Key], *, apart: bool = False) -> list[R]:
    """The rows with these keys, all of which must be there; ``apart`` as ``Session.among`` has it."""
    names = kind.shape.key
    if len(names) == 1:
        found = session.among(kind, names[0], [key for (key,) in chunk], apart=apart)
    else:
        each = " AND ".join(f"t.{name} = :{name}" for name in names)
        found = [session.one(kind, each, **dict(zip(names, key, strict=True))) for key in chunk]
    if len(found) != len(chunk):
        raise LookupError(_LOST)
    return found


def _each(
    session: Session,
    kind: type[Row],
    read: Callable[[Session, Any, Sequence[Key]], Iterable[Finding]],
) -> Iterator[Finding]:
    """Read a table in chunks; where one cannot be read, its rows one by one, to tell which."""
    for chunk in _keys(session, kind):
        try:
            yield from list(read(session, kind, chunk))
        except Exception as error:  # noqa: BLE001  (what it is decides _said)
            _said(error)
            session.forget()
            yield from chained.from_iterable(_single(session, kind, read, key) for key in chunk)
        session.forget()


def _single(session: Session, kind: Any, read: Callable[..., Iterable[Finding]], key: Key) -> list[Finding]:
    try:
        return list(read(session, kind, [key]))
    except Exception as error:  # noqa: BLE001  (what it is decides _said)
        return [Finding(Damage.UNREADABLE, kind.shape.table, "/".join(map(str, key)), _said(error))]


def _keys(session: Session, kind: type[Row]) -> Iterator[list[Key]]:
    """The primary keys of a table in chunks, each found from where the last one ended."""
    names = kind.shape.key
    columns, marks = ", ".join(names), ", ".join(f":{name}" for name in names)
    after = ""
    last: Key | None = None
    while True:
        query = f"SELECT {columns} FROM {kind.shape.table}{after} ORDER BY {columns} LIMIT {CHUNK}"
        chunk = list(session.rows(query, **dict(zip(names, last or (), strict=bool(last)))))
        if not chunk or (last is not None and chunk[-1] <= last):  # a damaged index could lead round in circles
            return
        yield chunk
        last, after = chunk[-1], f" WHERE ({columns}) > ({marks})"


def _name(row: Any) -> str:
    """A row as a finding names it."""
    return str(getattr(row, "uid", None) or "/".join(str(getattr(row, part)) for part in row.shape.key))


def _records(session: Session) -> Iterator[Finding]:
    """Every record against the fold of its events."""
    rules = derived.Rules(session)

    def of_records(session: Session, kind: type[Record], chunk: Sequence[Key]) -> Iterator[Finding]:
        records = _fetched(session, kind, chunk)
        session.gather(records)
        told = _histories(session, [record.uid for record in records])
        frames: dict[int, Frame] = {}  # by command
        for record in records:
            events = told.get(record.uid, [])
            found = _history(session, events, frames)
            yield from found
            if any(each.damage is Damage.UNREADABLE for each in found):
                continue  # what the record is by them nobody knows
            yield from _state(session, record, events, rules.names)
            for name in rules.broken(record, events):
                yield Finding(Damage.DERIVED, kind.shape.table, record.uid, name, Remedy.COMPARE)

    for kind in RECORDS:
        yield from _each(session, kind, of_records)


def _histories(session: Session, subjects: list[str]) -> Mapping[str, History]:
    events = session.among(Event, "subject", subjects, apart=True)
    batches = {batch.id: batch for batch in session.among(Batch, "id", {event.batch_id for event in events})}
    told: dict[str, list[tuple[Event, Batch]]] = {}
    for event in sorted(events, key=lambda event: event.place or event.id):
        told.setdefault(event.subject, []).append((event, batches[event.batch_id]))
    return told


def _history(session: Session, told: History, frames: dict[int, Frame]) -> list[Finding]:
    """Every hash recomputed, every text the one text of what it says, and every parent an earlier event of the record.

    A text that says the same otherwise, or something twice, has the same hash; but SQL may read another thing in it.
    """
    found: list[Finding] = []
    earlier: set[str] = set()
    redacted = _redacted(session, told)
    for event, batch in told:
        about = f"{event.kind.value} {event.subject}"
        try:
            changes, parents = _canonical(event.said), history.parents(event)
            if batch.id not in frames:
                frames[batch.id] = Frame.of(batch)
            subject = event.named or history.subject(event.kind, event.subject, batch.county)
            hash_ = frames[batch.id].of_event(event, subject, changes, parents)
            texts = {"changes": changes, "parents": history.canonical(parents)}
        except _BROKEN as error:
            found.append(Finding(Damage.UNREADABLE, "event", event.hash, _said(error)))
            continue
        if hash_ != event.hash and not (
            event.hash in redacted and redactions.fits(session, event, redacted[event.hash])
        ):
            found.append(Finding(Damage.HASH, "event", event.hash, about, Remedy.COMPARE))
        differing = [name for name, text in texts.items() if text != getattr(event, name)]
        found += [Finding(Damage.TEXT, "event", event.hash, name, Remedy.COMPARE) for name in differing]
        begins = event.act in (Act.ADD, Act.LOG) or event.kind is Kind.SETTING
        alone = event.place is None or not begins
        if not earlier.issuperset(parents) or (alone and bool(earlier) != bool(parents)):
            found.append(Finding(Damage.PARENTS, "event", event.hash, about, Remedy.COMPARE))
        earlier.add(event.hash)
    if told and not found and not meeting.in_place([event for event, _ in told]):
        found.append(Finding(Damage.ORDER, "event", told[0][0].subject, "place", Remedy.COMPARE))
    return found


def _canonical(changes: Mapping[str, Any]) -> str:
    """The one text of changes, whatever damage has made of them."""
    try:
        return history.written(changes)
    except (TypeError, ValueError):
        return history.canonical(changes)


def _redacted(session: Session, told: History) -> Mapping[str, redactions.Left]:
    """By event that may have lost words: what may be left of it."""
    if all(event.act is not Act.REDACT for event, _ in told):
        return {}
    try:
        return redactions.named(undone.lineage(session, told[0][0].subject))
    except _BROKEN:
        return {}


def wordless(session: Session) -> int:
    """How many events have no words any more, since somebody redacted them."""
    told = session.rows("SELECT changes FROM event WHERE act = :redact", redact=Act.REDACT.value)
    return len({hash_ for (changes,) in told for hash_, _ in json.loads(changes)[history.REDACTED][1]})


def _state(session: Session, record: Record, history_: History, known: Mapping[str, str]) -> Iterator[Finding]:
    """The record as it stands against what its events add up to; ``known`` as ``same.names`` has it."""
    events = [event for event, _ in history_]
    told = (json.loads(same.renamed(event.changes, known)) if known else event.said for event in events)
    now, folded = history.state(record), history.fold(told)
    home = counties.known(session).told(history_)
    alone = not home and not any(event.place for event in events)
    if not alone or (now != folded and record.record_kind not in folding.STAYING):  # several stores wrote or name it
        folded = renewing.folded(session, record.record_kind, record.uid)[1].state
    if isinstance(record, Publication | Figure) and now != folded:
        folded = publications.shown(session, record, folded)
    elif isinstance(record, Problem) and now != folded:
        folded = between.shown(session, record, folded)
    elif now != folded:
        folded = twins.shown(session, record, folded)
    differ = record.tracked if now != folded else ()
    names = [name for name in differ if not _agree(record, name, now.get(name), folded.get(name))]
    if names or not (events or isinstance(record, Setting)):  # a setting that nobody set has no history
        yield Finding(Damage.STATE, record.shape.table, record.uid, ", ".join(names or ["-"]), Remedy.COMPARE)


def _agree(record: Record, name: str, now: Any, told: Any) -> bool:
    """Whether an attribute is as it was told; an older event tells a sequence sorted."""
    parts = getattr(type(record), name, None)
    sorted_once = isinstance(parts, Parts) and Row.kinds[parts.kind].ordered and isinstance(now, list)
    return bool(now == told or (sorted_once and history.unordered(now) == told))


def _orphans(session: Session) -> Iterator[Finding]:
    """Events of records that are not there, and rows that were loaded of none that ever was."""
    kinds = {kind.record_kind.value: kind for kind in RECORDS}
    for source, column in (("event", "kind"), ("loaded", "section")):
        # each is looked for by its own kind, so that the events, of which there are most, are read once for all kinds
        there = " ".join(
            f"WHEN '{name}' THEN EXISTS (SELECT 1 FROM {kind.shape.table} r WHERE r.uid = s.subject)"
            for name, kind in kinds.items()
        )
        sql = f"SELECT DISTINCT s.{column}, s.subject FROM {source} s WHERE NOT CASE s.{column} {there} ELSE 1 = 1 END"
        for name, subject in session.rows(sql):
            if source == "event":
                yield from _gone(session, kinds[name], subject)
            elif next(session.rows("SELECT 1 FROM event WHERE subject = :uid LIMIT 1", uid=subject), None) is None:
                yield Finding(Damage.ORPHAN, source, subject, name)


def _gone(session: Session, kind: type[Record], subject: str) -> Iterator[Finding]:
    """Whether a record that is not there was added and undone: its events are whole, and leave nothing of it."""
    told = _histories(session, [subject])[subject]
    yield from _history(session, told, {})
    events = [event for event, _ in told]
    several = counties.known(session).told(told) or any(event.place for event in events)
    if several and not renewing.folded(session, kind.record_kind, subject)[1].state:
        return  # a city does not show all that a county has; and what arrived last need not come last
    if history.fold(history.changes(event) for event in events) or history.effective(events):
        yield Finding(Damage.ORPHAN, "event", subject, kind.record_kind.value)


def _gaps(session: Session) -> Iterator[Finding]:
    """Nothing is ever deleted, so the keys of events and commands run without a gap.

    In a file: a server's counters go on where a transaction was rolled back.
    """
    if session.dialect != "sqlite":
        return
    for table in ("event", "batch"):
        sql = (
            f"SELECT id FROM (SELECT id, lag(id, 1, 0) OVER (ORDER BY id) AS last FROM {table}) g WHERE id <> last + 1"
        )
        for (after,) in session.rows(sql):
            yield Finding(Damage.GAP, table, str(after - 1), "-")


def _empty_batches(session: Session) -> Iterator[Finding]:
    sql = (
        "SELECT b.uid FROM batch b LEFT JOIN event e ON e.batch_id = b.id "
        "WHERE e.id IS NULL AND NOT (b.verb = :begin AND b.number = 1)"
    )
    for (uid,) in session.rows(sql, begin=chain.BEGIN):
        yield Finding(Damage.BATCH, "batch", uid, "-")
