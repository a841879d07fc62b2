"""Upgrading a store that an older program made: backed up, in one transaction, under the lock."""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex

from fugong import db
from fugong.errors import Refusal
from fugong.keeping import backup, server_copy
from fugong.models import METADATA
from fugong.store import indexes, migrations, postgresql_places, views
from fugong.store.session import Session
from fugong.store.tables import planner


class Upgraded(NamedTuple):
    """What an upgrade did."""

    before: int
    after: int
    backup: Path | str
    """The store as it was: a file that the older program can still read, or the tables in a schema of the database."""


def upgrade(location: str) -> Upgraded | None:
    """Bring a store to this program's schema; None if it is there already.

    The lock is taken first, so that of several programs one upgrades and the others find it done. While it is held
    the backup is made and verified; then all steps are one transaction. On a server the backup is part of it.

    Raises:
        StoreOlder: The store or its folder cannot be written.
        StoreMissing, StoreForeign, StoreNewer, StoreUnusable, StoreBusy: It cannot be used; nothing was changed.
        CannotWrite: No backup could be made; nothing was changed.
    """
    with db.reading(location, older=True) as reader:
        if reader.schema == db.SCHEMA:
            return None
    copies: list[Path] = []
    try:
        with db.upgrading(location) as session:
            before = db.schema(session)
            if before == db.SCHEMA:  # somebody else did it while this one waited for the lock
                return None
            if postgresql_places.speaks(location):
                kept: Path | str = server_copy.keep(session.core, before)
            else:
                kept = backup.make(location, _place(location, before))
                copies.append(kept)
            _run(session, before)
    except BaseException:
        _discard(location, copies)
        raise
    return Upgraded(before, db.SCHEMA, kept)


def _place(location: str, version: int) -> Path:
    """Where the backup goes: a name that ``backup --keep`` does not take for one of its own, so that it stays."""
    folder = backup.default_folder(location)
    named = backup.named(location, folder)
    return named.with_name(f"schema-{version}-{named.name}")


def _run(session: Session, before: int) -> None:
    connection = session.core
    made = views.statements(connection.dialect.name)
    granted = server_copy.granted(connection)
    for statement in made:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {statement.split()[2]}")
    for step in migrations.due(before, db.SCHEMA):
        step(connection)
    _renew_indexes(connection)
    for statement in (*made, *(planner.statements() if connection.dialect.name == "sqlite" else granted)):
        connection.execute(sa.text(statement))
    db.set_schema(session)


def _renew_indexes(connection: sa.Connection) -> None:
    """Drop the indexes that the models no longer have, and make those that they have now.

    They hold nothing of their own, so no step need speak of them; one that changes gets another name.
    """
    looking = sa.inspect(connection)
    tables = [table for table in METADATA.tables.values() if looking.has_table(table.name)]
    made = [str(CreateIndex(index).compile(connection)) for table in tables for index in table.indexes]
    wanted = {statement.partition("INDEX ")[2].split()[0]: statement for statement in (*made, *indexes.STATEMENTS)}
    there = {str(index["name"]) for table in tables for index in looking.get_indexes(table.name)}
    for name in sorted(there - wanted.keys()):
        if name.startswith(OWN):
            connection.exec_driver_sql(f'DROP INDEX "{name}"')
    for name in sorted(wanted.keys() - there):
        connection.exec_driver_sql(wanted[name])


OWN = ("ix_", "uq_")
"""How the names of the models' indexes begin; others are somebody's own."""


def _discard(location: str, copies: list[Path]) -> None:
    """Remove the backup of an upgrade that failed: else every next try would leave one more."""
    with suppress(Refusal, OSError), db.reading(location, older=True) as reader:
        if reader.schema < db.SCHEMA:
            for copy in copies:
                backup.remove(copy)
