"""Proving a store whole: the file, the tables, every row through the models, every record against its events.

SQLite has no checksums: a flipped bit in a text passes its own integrity check. What finds it here is that
every attribute is told by an event whose hash is recomputed, follows from such an attribute, or is sealed.
Everything is read in chunks, so memory does not grow with the store.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import selectinload
from sqlmodel import Session, SQLModel, col, select

from fugong.domain import history
from fugong.keeping import derived, schema
from fugong.keeping.findings import Finding
from fugong.models import RECORDS, Batch, Event, Record, Sealed
from fugong.store import postgresql_failures
from fugong.vocab import Damage, Remedy

CHUNK = 500
MOST_COMPLAINTS = 1000
"""As many sentences of the engine's own check are taken; more help nobody."""

_PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_FULL", "SQLITE_NOMEM")
"""Failures of the moment or the machine, which say nothing about the file."""

Key = tuple[Any, ...]


def findings(session: Session) -> Iterator[Finding]:
    """Everything that is wrong with the store, as it is met."""
    complaints = list(_steps(session, _file, schema.differences))
    yield from complaints
    yield from _steps(session, _references, _rows, _records, _orphans, _gaps, _empty_batches)


def _steps(session: Session, *steps: Callable[[Session], Iterable[Finding]]) -> Iterator[Finding]:
    """The findings of each step; a step that the damage itself stops is a finding, too."""
    for step in steps:
        try:
            yield from step(session)
        except _BROKEN as error:
            yield Finding(Damage.FILE, "", "", _said(error))
        session.expunge_all()


_BROKEN = (DBAPIError, LookupError, ValueError, TypeError, ArithmeticError, AttributeError, RecursionError)
"""What reading a damaged row raises: from the driver, from decoding, from a type that does not know the value."""


def _said(error: Exception) -> str:
    """A failure in the driver's words, without the statement and its parameters."""
    driver = getattr(error, "orig", None) or error
    if getattr(driver, "sqlite_errorname", "").startswith(_PASSING) or postgresql_failures.passing(driver):
        raise error
    return f"{type(driver).__name__}: {driver}"[:200]


def _file(session: Session) -> Iterator[Finding]:
    """The engine's own check of pages, indexes, types, NOT NULL, UNIQUE and CHECK."""
    if session.get_bind().dialect.name != "sqlite":
        return  # a server keeps its own files, and checks constraints by itself
    for (complaint,) in _run(session, f"PRAGMA integrity_check({MOST_COMPLAINTS})"):
        if complaint != "ok":
            yield Finding(Damage.FILE, "", "", complaint)


def _references(session: Session) -> Iterator[Finding]:
    if session.get_bind().dialect.name != "sqlite":
        return
    for table, row, parent, _ in _run(session, "PRAGMA foreign_key_check"):
        yield Finding(Damage.REFERENCE, table, str(row), f"→ {parent}")


def _run(session: Session, sql: str) -> Iterator[tuple[Any, ...]]:
    result = session.connection().exec_driver_sql(sql)
    for row in result:
        yield tuple(row)


def _rows(session: Session) -> Iterator[Finding]:
    """Every row of every table through its model."""
    for model in _models():
        yield from _each(session, model, _of_rows)


def _models() -> list[type[SQLModel]]:
    """The class of every table."""
    by_table = {mapper.local_table: mapper.class_ for mapper in SQLModel._sa_registry.mappers}  # noqa: SLF001  (it has no public name)
    return [by_table[table] for table in SQLModel.metadata.sorted_tables]


def _of_rows(session: Session, model: type[SQLModel], chunk: Sequence[Key]) -> Iterator[Finding]:
    for row in _fetched(session, model, chunk):
        if isinstance(row, Sealed) and row.seal != row.content_hash():
            yield Finding(Damage.SEAL, _table(model), _name(row), "-", Remedy.COMPARE)


def _fetched(session: Session, model: type[SQLModel], chunk: Sequence[Key], *options: Any) -> Sequence[Any]:
    keys = sa.inspect(model).primary_key
    wanted = sa.tuple_(*keys).in_(chunk) if len(keys) > 1 else keys[0].in_([key for (key,) in chunk])
    found = session.exec(select(model).where(wanted).options(*options)).all()
    if len(found) != len(chunk):
        raise LookupError("rows cannot be found by their keys")
    return found


def _each(
    session: Session,
    model: type[SQLModel],
    read: Callable[[Session, Any, Sequence[Key]], Iterable[Finding]],
) -> Iterator[Finding]:
    """Read a table in chunks; where one cannot be read, its rows one by one, to tell which."""
    for chunk in _keys(session, model):
        try:
            yield from list(read(session, model, chunk))
        except _BROKEN as error:
            _said(error)
            session.expunge_all()
            yield from chain.from_iterable(_single(session, model, read, key) for key in chunk)
        session.expunge_all()


def _single(session: Session, model: Any, read: Callable[..., Iterable[Finding]], key: Key) -> list[Finding]:
    try:
        return list(read(session, model, [key]))
    except _BROKEN as error:
        return [Finding(Damage.UNREADABLE, _table(model), "/".join(map(str, key)), _said(error))]


def _keys(session: Session, model: type[SQLModel]) -> Iterator[list[Key]]:
    """The primary keys of a table in chunks, each found from where the last one ended."""
    columns = sa.inspect(model).primary_key
    last: Key | None = None
    while True:
        query = sa.select(*columns).order_by(*columns).limit(CHUNK)
        if last is not None:
            query = query.where(sa.tuple_(*columns) > sa.tuple_(*map(sa.literal, last)))
        chunk = [tuple(key) for key in session.connection().execute(query)]
        if not chunk or (last is not None and chunk[-1] <= last):  # a damaged index could lead round in circles
            return
        yield chunk
        last = chunk[-1]


def _table(model: type[SQLModel]) -> str:
    return str(model.__tablename__)


def _name(row: Any) -> str:
    """A row as a finding names it."""
    return str(getattr(row, "uid", None) or "/".join(str(part) for part in sa.inspect(row).identity))


def _records(session: Session) -> Iterator[Finding]:
    """Every record against the fold of its events."""
    rules = derived.Rules(session)

    def of_records(session: Session, model: type[Record], chunk: Sequence[Key]) -> Iterator[Finding]:
        related = [selectinload(getattr(model, each.key)) for each in sa.inspect(model).relationships]
        records = _fetched(session, model, chunk, *related)
        told = _histories(session, [record.uid for record in records])
        for record in records:
            events = told.get(record.uid, [])
            yield from _history(events)
            yield from _state(record, [event for event, _ in events])
            for name in rules.broken(record, events):
                yield Finding(Damage.DERIVED, _table(model), record.uid, name, Remedy.COMPARE)

    for kind in RECORDS:
        yield from _each(session, kind, of_records)


Told = list[tuple[Event, Batch]]
"""The events of one record, oldest first, each with its command."""


def _histories(session: Session, subjects: list[str]) -> dict[str, Told]:
    query = select(Event, Batch).join(Batch).where(col(Event.subject).in_(subjects)).order_by(col(Event.id))
    told: dict[str, Told] = {}
    for event, batch in session.exec(query):
        told.setdefault(event.subject, []).append((event, batch))
    return told


def _history(told: Told) -> Iterator[Finding]:
    """Every hash recomputed, and every parent an earlier event of the same record."""
    earlier: set[str] = set()
    for event, batch in told:
        parents = history.parents(event)
        if history.digest(history.content(event, batch)) != event.hash:
            yield Finding(Damage.HASH, "event", event.hash, f"{event.kind.value} {event.subject}", Remedy.COMPARE)
        if not earlier.issuperset(parents) or bool(earlier) != bool(parents):
            yield Finding(Damage.PARENTS, "event", event.hash, f"{event.kind.value} {event.subject}", Remedy.COMPARE)
        earlier.add(event.hash)


def _state(record: Record, events: Sequence[Event]) -> Iterator[Finding]:
    """The record as it stands against what its events add up to."""
    now, folded = history.state(record), history.fold(history.changes(event) for event in events)
    names = [name for name in record.tracked if now.get(name) != folded.get(name)]
    if names or not events:
        table = str(record.__tablename__)
        yield Finding(Damage.STATE, table, record.uid, ", ".join(names or ["-"]), Remedy.COMPARE)


def _orphans(session: Session) -> Iterator[Finding]:
    """Events and loaded rows of records that are not there."""
    for kind in RECORDS:
        name, table = kind.record_kind.value, str(kind.__tablename__)
        for source, column in (("event", "kind"), ("loaded", "section")):
            sql = (
                f"SELECT DISTINCT s.subject FROM {source} s LEFT JOIN {table} r ON r.uid = s.subject "
                f"WHERE s.{column} = '{name}' AND r.uid IS NULL"
            )
            for (subject,) in _run(session, sql):
                if source == "event" and _taken_back(session, subject):
                    continue
                yield Finding(Damage.ORPHAN, source, subject, name)


def _taken_back(session: Session, subject: str) -> bool:
    """Whether a record that is not there was added and undone: its events then leave nothing of it."""
    events = history.of(session, subject)
    return not history.fold(history.changes(event) for event in events) and not history.effective(events)


def _gaps(session: Session) -> Iterator[Finding]:
    """Nothing is ever deleted, so the keys of events and commands run without a gap.

    In a file: a server's counters go on where a transaction was rolled back.
    """
    if session.get_bind().dialect.name != "sqlite":
        return
    for table in ("event", "batch"):
        sql = (
            f"SELECT id FROM (SELECT id, lag(id, 1, 0) OVER (ORDER BY id) AS last FROM {table}) g WHERE id <> last + 1"
        )
        for (after,) in _run(session, sql):
            yield Finding(Damage.GAP, table, str(after - 1), "-")


def _empty_batches(session: Session) -> Iterator[Finding]:
    sql = "SELECT b.uid FROM batch b LEFT JOIN event e ON e.batch_id = b.id WHERE e.id IS NULL"
    for (uid,) in _run(session, sql):
        yield Finding(Damage.BATCH, "batch", uid, "-")
