"""Schema 3: commands stand in a chain, and each has the moment at which it was known here; firms have a contact.

The store becomes a replica of its own, for its copies share the id that it had, and begins its chain with one command
that stands for everything it holds: each of those names the one before it, so that it is known which they were when
another copy's are there, too. No event and no hash is touched.
"""

import hashlib
import json
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import Connection

from fugong import config
from fugong.store import chain
from fugong.store.identity import new_uid
from fugong.store.migrations import copies, notices, profiles, reviewing, settings
from fugong.store.migrations.events import ACTOR

_LEVELS = " OR ".join(f"escalated = '{level}'" for level in ("county", "city", "province"))
_COLUMNS = ("number INTEGER", "previous TEXT", "saw TEXT", "digest TEXT", "arrived_at TEXT")
_MORE = (
    ("enterprise", "contact TEXT CHECK (length(contact) BETWEEN 1 AND 100)"),
    ("enterprise", "phone TEXT CHECK (length(phone) BETWEEN 1 AND 100)"),
    ("term", "retired_why TEXT CHECK (length(retired_why) BETWEEN 1 AND 4000)"),
)
"""The columns that schema 3 adds to firms and to entries of lists."""
_TOGETHER = 1000


def upgrade(connection: Connection) -> None:
    """Add the columns, and the command with which the chain begins."""
    text = "TEXT" if connection.dialect.name == "sqlite" else 'TEXT COLLATE "C"'
    for column in _COLUMNS:
        connection.exec_driver_sql(f"ALTER TABLE batch ADD COLUMN {column.replace('TEXT', text)}")
    connection.exec_driver_sql(f"ALTER TABLE batch ADD COLUMN county {text}")
    connection.exec_driver_sql(f"ALTER TABLE event ADD COLUMN undoes {text}")
    for column in ("seal", "heads"):
        connection.exec_driver_sql(f"ALTER TABLE publication ADD COLUMN {column} {text}")
    day = "TEXT" if connection.dialect.name == "sqlite" else "DATE"
    connection.exec_driver_sql(f"ALTER TABLE term ADD COLUMN retired_on {day}")
    for table, column in _MORE:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column.replace('TEXT', text)}")
    code = "TEXT" if connection.dialect.name == "sqlite" else 'VARCHAR(20) COLLATE "C"'
    connection.exec_driver_sql(f"ALTER TABLE problem ADD COLUMN escalated {code} CHECK ({_LEVELS})")
    connection.exec_driver_sql(f"ALTER TABLE problem ADD COLUMN escalated_on {day}")
    copies.upgrade(connection)
    profiles.upgrade(connection)
    reviewing.upgrade(connection)
    notices.upgrade(connection)
    zone = settings.upgrade(connection)
    last, before = _arrivals(connection)
    now = config.entry_time(config.now(zone))
    command = chain.Command(new_uid(), chain.BEGIN, ACTOR, now, new_uid(), 1, before, (), None)
    if last is None:  # it holds nothing yet, and needs no beginning
        _set_replica(connection, command.replica)
        return
    digest = chain.Digest(command).add(_told(connection))
    connection.execute(
        _BEGIN, {**command._asdict(), "saw": "[]", "digest": str(digest), "arrived_at": chain.after(last, now)}
    )
    _set_replica(connection, command.replica)


def _arrivals(connection: Connection) -> tuple[str | None, str | None]:
    """Let every command have arrived when it was entered, but after the one before it, which it names.

    Returns:
        The moment and the uid of the last of them.
    """
    last = before = None
    key = 0
    while commands := connection.execute(_ENTERED, {"key": key, "together": _TOGETHER}).all():
        arrived = []
        for key, uid, entered in commands:
            last = chain.after(last, entered)
            arrived.append({"key": key, "moment": last, "previous": before})
            before = uid
        connection.execute(_ARRIVED, arrived)
    return last, before


def _told(connection: Connection) -> Iterator[str]:
    """What the first command stands for: every command in the order of entry, with its events."""
    key = 0
    while commands := connection.execute(_OLDER, {"key": key, "together": _TOGETHER}).all():
        first, key = commands[0].id, commands[-1].id
        hashes: dict[int, list[str]] = {}
        for batch, hash_ in connection.execute(_HASHES, {"first": first, "last": key}):
            hashes.setdefault(batch, []).append(hash_)
        for command in commands:
            yield chain.older(command.uid, command.undoes)
            yield from hashes.get(command.id, ())


def _set_replica(connection: Connection, replica: str) -> None:
    for sql, name, value in ((_REPLICA, "replica", replica), (_SERIES, "series", "")):
        said = json.dumps({"name": name, "value": value}, ensure_ascii=False, sort_keys=True)
        connection.execute(sql, {"value": value, "seal": hashlib.sha256(said.encode()).hexdigest()})


_REPLICA = sa.text("UPDATE fact SET value = :value, seal = :seal WHERE name = 'replica'")
_SERIES = sa.text("INSERT INTO fact (name, value, seal) VALUES ('series', :value, :seal)")
_ENTERED = sa.text("SELECT id, uid, recorded_at FROM batch WHERE id > :key ORDER BY id LIMIT :together")
_ARRIVED = sa.text("UPDATE batch SET arrived_at = :moment, previous = :previous WHERE id = :key")
_OLDER = sa.text(
    "SELECT b.id, b.uid, u.uid AS undoes FROM batch b LEFT JOIN batch u ON u.id = b.undoes_id "
    "WHERE b.id > :key ORDER BY b.id LIMIT :together"
)
_HASHES = sa.text("SELECT batch_id, hash FROM event WHERE batch_id BETWEEN :first AND :last ORDER BY batch_id, id")
_BEGIN = sa.text(
    "INSERT INTO batch (uid, verb, actor, recorded_at, replica, number, previous, saw, digest, arrived_at) "
    "VALUES (:uid, :verb, :actor, :recorded_at, :replica, :number, :previous, :saw, :digest, :arrived_at)"
)
