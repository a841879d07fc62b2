"""A store in a PostgreSQL database: what differs from a file, and nothing else.

Writers take turns as on SQLite: each begins by locking the one row of the table ``fugong``, which also marks a
database as a store and holds its schema's version, as the header of a file does. A row lock, because every engine
that speaks PostgreSQL's protocol has it. docs/postgresql.md is for whoever runs the server.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from functools import cache, partial
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from fugong.errors import Refusal
from fugong.errors.store import (
    StoreAgain,
    StoreBusy,
    StoreExists,
    StoreForeign,
    StoreMissing,
    StoreNewer,
    StoreOlder,
    StoreUncertain,
)
from fugong.store import postgresql_failures, postgresql_places
from fugong.store.postgresql_places import SCHEME, shown

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import Connection

    from fugong.store.session import Session

HEADER = "CREATE TABLE fugong (id INTEGER PRIMARY KEY CHECK (id = 1), mark INTEGER NOT NULL, schema INTEGER NOT NULL)"
VERSION = "SELECT schema FROM fugong"
"""Gives the version of the tables and views."""
_LOOK = "SELECT mark, schema FROM fugong WHERE id = 1"
_TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
_READ_ONLY = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_LOOKING = "SET default_transaction_read_only = on; SET DateStyle = ISO"
"""Session settings for reading reports: dates come as ISO text, and nothing can be written."""
_WRITING = "SET LOCAL DateStyle = ISO"
"""Session settings of every other transaction."""
_NAMED = r"(?<![:\w]):(\w+)"
"""Matches a parameter ``:name`` in the SQL of reports; not a cast (``::``) or a time of day."""
_BATCH = 500
"""How many rows are fetched at a time."""


class Speaking:
    """A connection of the driver that is spoken to as one of the standard library's, and has its plain values.

    Statements have ``:named`` parameters or ``?`` ones; dates come as ISO text, truth as 0 and 1.
    """

    def __init__(self, connection: "psycopg.Connection") -> None:
        self.connection = connection

    def execute(self, sql: str, params: Mapping[str, Any] | Sequence[Any] = ()) -> "psycopg.Cursor":
        """Run a statement."""
        return self.connection.execute(_in_its_words(sql, not isinstance(params, Mapping)), params)

    def executemany(self, sql: str, params: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each sequence of parameters."""
        self.connection.cursor().executemany(_in_its_words(sql, True), params)


class Looking(Speaking):
    """A read-only connection for ``db.Reader``."""

    dialect = SCHEME

    def __init__(self, connection: "psycopg.Connection") -> None:
        super().__init__(connection)
        self.in_transaction = False
        self._cursors = count(1)

    def execute(self, sql: str, params: Any = ()) -> Any:
        """The rows of a query; ``BEGIN`` and ``ROLLBACK`` bound a snapshot."""
        if sql in ("BEGIN", "ROLLBACK"):
            self.connection.execute(_READ_ONLY if sql == "BEGIN" else sql)
            self.in_transaction = sql == "BEGIN"
            return ()
        cursor = super().execute(sql, params)
        return chain.from_iterable(iter(partial(cursor.fetchmany, _BATCH), []))

    def stream(self, sql: str, params: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a batch at a time from a cursor of the server's; the driver would hold them all.

        What is asked meanwhile sees the same moment. Who stops halfway leaves the rest to the end of the connection.
        """
        own, cursor = not self.in_transaction, f"stream_{next(self._cursors)}"
        if own:
            self.execute("BEGIN")
        super().execute(f"DECLARE {cursor} CURSOR FOR {sql}", params or {})
        more = True
        while more:
            rows = self.connection.execute(f"FETCH {_BATCH} FROM {cursor}".encode()).fetchall()
            yield from rows
            more = len(rows) == _BATCH
        self.execute("ROLLBACK" if own else f"CLOSE {cursor}")


@contextmanager
def looking(location: str, *, mark: int, schema: int, older: bool = False) -> Iterator[Looking]:
    """A connection for reports.

    Raises:
        StoreMissing, StoreForeign, StoreNewer, StoreOlder, StoreUnusable, StoreUnreachable: It cannot be used.
    """
    with closing(postgresql_places.connection(location, writing=False)) as connection:
        connection.autocommit = True
        connection.execute(_LOOKING)
        _as_plain(connection)
        opened = Looking(connection)
        _must_be_ours(opened, location, mark, schema, older=older)
        yield opened


@contextmanager
def examining(location: str, *, mark: int, schema: int) -> Iterator["Session"]:
    """One snapshot for whoever reads a whole store."""
    from psycopg import IsolationLevel

    from fugong.store.session import Session

    with _connected(location, core=True, writing=False) as (connection, core):
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        connection.execute(_WRITING)
        held = Speaking(connection)
        _must_be_ours(held, location, mark, schema)
        yield Session(held, SCHEME, core)


@contextmanager
def writing(
    location: str, *, mark: int, schema: int, patience: int, older: bool = False, core: bool = False
) -> Iterator["Session"]:
    """One transaction that no other writer overlaps.

    Raises:
        StoreAgain: The server took it back; all of it may be run again.
    """
    from fugong.store.session import Session

    with refusing(location, again=True), _connected(location, core=core) as (connection, over):
        connection.execute(f"{_WRITING}; SET LOCAL lock_timeout = '{patience}s'".encode())
        held = Speaking(connection)
        _must_be_ours(held, location, mark, schema, lock=True, older=older)
        session = Session(held, SCHEME, over)
        yield session
        _commit(connection, location, session.batch)


def upgrading(location: str, *, mark: int, schema: int, patience: int) -> AbstractContextManager["Session"]:
    """The transaction of an upgrade."""
    return writing(location, mark=mark, schema=schema, patience=patience, older=True, core=True)


@contextmanager
def creating(location: str, *, mark: int, schema: int) -> Iterator["Session"]:
    """Everything that a new store has, in one transaction, in a database that is there and empty.

    Raises:
        StoreExists, StoreForeign: The database holds something.
    """
    from fugong.store.session import Session

    with _connected(location, core=True) as (connection, core):
        connection.execute(_WRITING)
        held = Speaking(connection)
        _must_be_empty(held, location)
        held.execute(HEADER)
        held.execute("INSERT INTO fugong VALUES (1, ?, ?)", (mark, schema))
        session = Session(held, SCHEME, core)
        yield session
        _commit(connection, location, session.batch)


def set_schema(session: "Session", schema: int) -> None:
    """State the version of the tables and views."""
    session.run("UPDATE fugong SET schema = :schema", schema=schema)


def exists(location: str) -> bool:
    """Whether there is a store."""
    with refusing(location), _connected(location, core=False, writing=False) as (connection, _):
        return "fugong" in _tables(Speaking(connection))


def renumber(session: "Session", tables: Iterable[Any]) -> None:
    """Let new rows have numbers after those that came with an import."""
    for table in tables:
        if "id" in table.columns:
            sql = (
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                f"(SELECT coalesce(max(id), 0) + 1 FROM {table.name}), false)"
            )
            next(session.rows(sql))


# Connections


@cache
def _in_its_words(sql: str, numbered: bool) -> bytes:
    """A statement and its parameters, rewritten for the driver's style of placeholders."""
    literal = sql.replace("%", "%%")
    return (literal.replace("?", "%s") if numbered else re.sub(_NAMED, r"%(\1)s", literal)).encode()


def _as_plain(connection: "psycopg.Connection") -> None:
    """Let values come as SQLite has them: dates as ISO text, truth as 0 and 1."""
    from psycopg.adapt import Loader
    from psycopg.types.string import TextLoader

    class Truth(Loader):
        def load(self, data: Any) -> int:
            return int(data == b"t")

    class Number(Loader):
        def load(self, data: Any) -> int | float:
            text = bytes(data).decode()
            return float(text) if "." in text else int(text)

    for name, loader in (("date", TextLoader), ("bool", Truth), ("numeric", Number)):
        connection.adapters.register_loader(name, loader)


@contextmanager
def _connected(
    location: str, *, core: bool, writing: bool = True, patience: float | None = None
) -> Iterator[tuple["psycopg.Connection", "Connection | None"]]:
    """A connection for records, and SQLAlchemy's over it where that is wanted; what is not committed ends with it."""
    if core:
        with postgresql_places.core(location, writing=writing) as over:
            connection: Any = over.connection.dbapi_connection
            yield _prepared(connection), over
    else:
        opened = postgresql_places.connection(location, writing=writing, patience=patience)
        with closing(opened) as connection:
            yield _prepared(connection), None


def _prepared(connection: "psycopg.Connection") -> "psycopg.Connection":
    """A connection whose transactions are as the rules expect them, whatever the server's usual ones are."""
    from psycopg import IsolationLevel

    connection.isolation_level = IsolationLevel.READ_COMMITTED
    _as_plain(connection)
    return connection


def _tables(connection: Speaking) -> set[str]:
    return {name for (name,) in connection.execute(_TABLES)}


def _must_be_ours(
    connection: Speaking,
    location: str,
    mark: int,
    schema: int,
    *,
    lock: bool = False,
    older: bool = False,
) -> None:
    """Refuse a database without a store, and one of another program unless ``older``; for writers this locks, too."""
    try:
        header = next(iter(connection.execute(_LOOK + (" FOR UPDATE" if lock else ""))), None)
    except Exception as error:
        if getattr(error, "sqlstate", None) != "42P01":
            raise
        connection.connection.rollback()
        raise (StoreForeign if _tables(connection) else StoreMissing)(path=shown(location)) from None
    if header is None or header[0] != mark:
        raise StoreForeign(path=shown(location))
    if header[1] > schema:
        raise StoreNewer(path=shown(location), version=header[1], known=schema)
    if header[1] < schema and not older:
        raise StoreOlder(path=shown(location), version=header[1], known=schema)


def _must_be_empty(connection: Speaking, location: str) -> None:
    held = _tables(connection)
    if held:
        raise (StoreExists if "fugong" in held else StoreForeign)(path=shown(location))


# Failures


def _commit(connection: "psycopg.Connection", location: str, batch: str) -> None:
    """Commit; where the connection breaks meanwhile, ask the server, or whichever has taken its place, how it ended.

    Args:
        connection: The transaction.
        location: The store.
        batch: The uid of the command that it tells of, if it does of any.

    Raises:
        StoreUncertain: Nobody can be asked, or the user would not wait.
    """
    from psycopg import Error

    try:
        connection.commit()
    except Error as error:
        if not (batch and connection.closed):
            raise
        try:
            arrived = _arrived(location, batch)
        except BaseException:  # noqa: BLE001  (whatever it was, nobody knows now)
            raise StoreUncertain(path=shown(location)) from error
        if not arrived:
            raise
    except BaseException as ended:  # a signal: a server that waits for its standby may have it already
        raise StoreUncertain(path=shown(location)) from ended


def _arrived(location: str, batch: str) -> bool:
    """Whether a command is in the store; asked under the lock, which waits for a commit under way.

    The question is committed itself: locking writes, so that a server with synchronous standbys answers only once
    they have all that came before it, the command too.
    """
    patience = postgresql_places.FAILOVER_SECONDS
    with _connected(location, core=False, patience=patience) as (connection, _):
        held = Speaking(connection)
        held.execute(_LOOK + " FOR UPDATE")
        found = next(iter(held.execute("SELECT 1 FROM batch WHERE uid = ?", (batch,))), None) is not None
        connection.commit()
    return found


@contextmanager
def refusing(location: str, *, again: bool = False) -> Iterator[None]:
    """Turn the driver's failures into refusals.

    Args:
        location: The store.
        again: Whether all of it may be run again where the server took it back, or the connection broke.
    """
    try:
        yield
    except Refusal:
        raise
    except Exception as error:
        meant = postgresql_failures.meaning(getattr(error, "orig", error), shown(location))
        if meant is None:
            raise
        raise (StoreBusy() if isinstance(meant, StoreAgain) and not again else meant) from error
