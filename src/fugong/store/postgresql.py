"""A store in a PostgreSQL database: what differs from a file, and nothing else.

Writers take turns as on SQLite: each begins by locking the one row of the table ``fugong``, which also marks a
database as a store and holds its schema's version, as the header of a file does. A row lock, because every engine
that speaks PostgreSQL's protocol has it. docs/postgresql.md is for whoever runs the server.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from itertools import chain, count
from typing import TYPE_CHECKING, Any, TypeVar

from fugong.errors import Refusal
from fugong.errors.store import (
    DriverMissing,
    StoreAgain,
    StoreBusy,
    StoreExists,
    StoreForeign,
    StoreMissing,
    StoreNewer,
    StoreOlder,
    StoreUncertain,
    StoreUnreachable,
    StoreUnusable,
)
from fugong.store import postgresql_failures

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import Connection, Engine
    from sqlmodel import Session

C = TypeVar("C")

SCHEME = "postgresql"
CONNECT_SECONDS = 10
"""How long a server that restarts, or has no place left, is asked again."""

HEADER = "CREATE TABLE fugong (id INTEGER PRIMARY KEY CHECK (id = 1), mark INTEGER NOT NULL, schema INTEGER NOT NULL)"
VERSION = "SELECT schema FROM fugong"
"""Gives the version of the tables and views."""
_LOOK = "SELECT mark, schema FROM fugong WHERE id = 1"
_TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
_READ_ONLY = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_LOOKING = "SET default_transaction_read_only = on; SET DateStyle = ISO"
"""What a server is told first when reports are to be read: dates then come as the text that is wanted."""
_NAMED = r"(?<![:\w]):(\w+)"
"""A parameter in the words of reports; after another colon or a letter it is none."""
_BATCH = 500
"""Rows that are taken over at a time."""


def speaks(location: str) -> bool:
    """Whether a location is a database of such a server."""
    return location.startswith((f"{SCHEME}://", f"{SCHEME}+psycopg://", "postgres://"))


def shown(location: str) -> str:
    """A location as people are shown it: without its password, and without options that could hold one."""
    found = _PLACE.fullmatch(location)
    return f"{SCHEME}://{found[1] if found else '…'}"


_PLACE = re.compile(r"[\w+]+://(?:[^@/]*@)?([\w.,:%\[\]-]*(?:/[^@/?]*)?)(?:\?[^@]*)?")
"""Host and database. With an ``@`` anywhere but where the driver looks for one, nobody knows what is the password."""


class Looking:
    """A read-only connection with what ``db.Reader`` uses of the standard library's, and its plain values.

    The driver's own: loading SQLAlchemy takes longer than most reports do.
    """

    dialect = SCHEME

    def __init__(self, connection: "psycopg.Connection") -> None:
        self._connection = connection
        self.in_transaction = False
        self.rollback = connection.rollback
        self._cursors = count(1)

    def execute(self, sql: str, params: Mapping[str, Any] | None = None) -> Iterable[tuple[Any, ...]]:
        """The rows of a query; ``BEGIN`` and ``ROLLBACK`` bound a snapshot."""
        if sql in ("BEGIN", "ROLLBACK"):
            self.exec_driver_sql(_READ_ONLY if sql == "BEGIN" else sql)
            self.in_transaction = sql == "BEGIN"
            return ()
        cursor = self._connection.execute(_in_its_words(sql), params or {})
        return chain.from_iterable(iter(partial(cursor.fetchmany, _BATCH), []))

    def stream(self, sql: str, params: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a batch at a time from a cursor of the server's; the driver would hold them all.

        What is asked meanwhile sees the same moment. Who stops halfway leaves the rest to the end of the connection.
        """
        own, cursor = not self.in_transaction, f"stream_{next(self._cursors)}"
        if own:
            self.execute("BEGIN")
        self._connection.execute(f"DECLARE {cursor} CURSOR FOR ".encode() + _in_its_words(sql), params or {})
        more = True
        while more:
            rows = self._connection.execute(f"FETCH {_BATCH} FROM {cursor}".encode()).fetchall()
            yield from rows
            more = len(rows) == _BATCH
        self.execute("ROLLBACK") if own else self.exec_driver_sql(f"CLOSE {cursor}")

    def exec_driver_sql(self, sql: str) -> Iterable[tuple[Any, ...]]:
        """The rows of a statement that is in the driver's own words, as SQLAlchemy's connections have it."""
        return self._connection.execute(sql.encode())


@contextmanager
def looking(location: str, *, mark: int, schema: int, older: bool = False) -> Iterator[Looking]:
    """A connection for reports.

    Raises:
        StoreMissing, StoreForeign, StoreNewer, StoreOlder, StoreUnusable, StoreUnreachable: It cannot be used.
    """
    with closing(_patiently(lambda: _opened(location), location)) as connection:
        connection.autocommit = True
        connection.execute(_LOOKING)
        _as_plain(connection)
        opened = Looking(connection)
        _must_be_ours(opened, location, mark, schema, older=older)
        yield opened


@contextmanager
def examining(location: str, *, mark: int, schema: int) -> Iterator["Session"]:
    """One snapshot through the models."""
    from sqlmodel import Session

    engine = _engine(location).execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with _connected(engine, location) as connection, Session(connection) as session:
        _must_be_ours(connection, location, mark, schema)
        yield session


@contextmanager
def writing(location: str, *, mark: int, schema: int, patience: int, older: bool = False) -> Iterator["Session"]:
    """One transaction that no other writer overlaps.

    Raises:
        StoreAgain: The server took it back; all of it may be run again.
    """
    from sqlmodel import Session

    with refusing(location, again=True), _connected(_engine(location), location) as connection:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{patience}s'")
        _must_be_ours(connection, location, mark, schema, lock=True, older=older)
        with Session(connection, expire_on_commit=False) as session:
            yield session
            session.flush()
            _commit(session, connection, location)


def upgrading(location: str, *, mark: int, schema: int, patience: int) -> AbstractContextManager["Session"]:
    """The transaction of an upgrade."""
    return writing(location, mark=mark, schema=schema, patience=patience, older=True)


@contextmanager
def creating(location: str, *, mark: int, schema: int) -> Iterator["Session"]:
    """Everything that a new store has, in one transaction, in a database that is there and empty.

    Raises:
        StoreExists, StoreForeign: The database holds something.
    """
    from sqlalchemy import text
    from sqlmodel import Session

    with _connected(_engine(location), location) as connection:
        _must_be_empty(connection, location)
        connection.exec_driver_sql(HEADER)
        connection.execute(text("INSERT INTO fugong VALUES (1, :mark, :schema)"), {"mark": mark, "schema": schema})
        with Session(connection, expire_on_commit=False) as session:
            yield session
            session.flush()
            _commit(session, connection, location)


def set_schema(connection: "Connection", schema: int) -> None:
    """State the version of the tables and views."""
    connection.exec_driver_sql("UPDATE fugong SET schema = %(schema)s", {"schema": schema})


def exists(location: str) -> bool:
    """Whether there is a store."""
    with refusing(location), _connected(_engine(location), location) as connection:
        return "fugong" in _tables(connection)


def renumber(session: "Session", tables: Iterable[Any]) -> None:
    """Let new rows have numbers after those that came with an import."""
    for table in tables:
        if "id" in table.columns:
            sql = (
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                f"(SELECT coalesce(max(id), 0) + 1 FROM {table.name}), false)"
            )
            session.connection().exec_driver_sql(sql)


# Connections


def _engine(location: str) -> "Engine":
    """An engine whose connections last as long as a command."""
    from sqlalchemy.pool import NullPool
    from sqlmodel import create_engine

    try:
        return create_engine(
            f"{SCHEME}+psycopg://",
            creator=lambda: _opened(location),
            poolclass=NullPool,
            hide_parameters=True,
            isolation_level="READ COMMITTED",
        )
    except ModuleNotFoundError as error:
        raise DriverMissing(extra="fugong[postgresql]") from error


def _opened(location: str) -> "psycopg.Connection":
    """A new connection; the URL is the driver's, which is that of all of PostgreSQL's programs."""
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict, make_conninfo
    except ModuleNotFoundError as error:
        raise DriverMissing(extra="fugong[postgresql]") from error
    try:
        told = conninfo_to_dict(SCHEME + location[location.index(":") :])
    except psycopg.ProgrammingError as error:
        raise StoreUnusable(path=shown(location), reason=postgresql_failures.UNUSABLE["URL"]) from error
    ours: dict[str, Any] = {"application_name": "fugong", "connect_timeout": CONNECT_SECONDS}
    return psycopg.connect(make_conninfo("", **(ours | told)), prepare_threshold=None)


def _in_its_words(sql: str) -> bytes:
    """A query with its named parameters as the driver wants them."""
    return re.sub(_NAMED, r"%(\1)s", sql.replace("%", "%%")).encode()


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
def _connected(engine: "Engine", location: str) -> Iterator["Connection"]:
    with _patiently(engine.connect, location) as connection:
        yield connection


def _patiently(connect: Callable[[], C], location: str) -> C:
    """A connection, asked for again while the server starts or is full."""
    until = time.monotonic() + CONNECT_SECONDS
    pause = 0.05
    while True:
        try:
            return connect()
        except Exception as error:
            meant = postgresql_failures.meaning(getattr(error, "orig", error), shown(location))
            if not isinstance(meant, (StoreBusy, StoreUnreachable)) or time.monotonic() > until:
                raise
        time.sleep(pause)
        pause = min(pause * 2, 1)


def _tables(connection: "Connection | Looking") -> set[str]:
    return {name for (name,) in connection.exec_driver_sql(_TABLES)}


def _must_be_ours(
    connection: "Connection | Looking",
    location: str,
    mark: int,
    schema: int,
    *,
    lock: bool = False,
    older: bool = False,
) -> None:
    """Refuse a database without a store, and one of another program unless ``older``; for writers this locks, too."""
    try:
        header = next(iter(connection.exec_driver_sql(_LOOK + (" FOR UPDATE" if lock else ""))), None)
    except Exception as error:
        if getattr(getattr(error, "orig", error), "sqlstate", None) != "42P01":
            raise
        connection.rollback()
        raise (StoreForeign if _tables(connection) else StoreMissing)(path=shown(location)) from None
    if header is None or header[0] != mark:
        raise StoreForeign(path=shown(location))
    if header[1] > schema:
        raise StoreNewer(path=shown(location), version=header[1], known=schema)
    if header[1] < schema and not older:
        raise StoreOlder(path=shown(location), version=header[1], known=schema)


def _must_be_empty(connection: "Connection", location: str) -> None:
    held = _tables(connection)
    if held:
        raise (StoreExists if "fugong" in held else StoreForeign)(path=shown(location))


# Failures


def _commit(session: "Session", connection: "Connection", location: str) -> None:
    """Commit; where the connection breaks meanwhile, ask the server whether it had."""
    from sqlalchemy.exc import DBAPIError

    written = _batches(session)
    try:
        session.commit()
        connection.commit()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        if not written:
            raise
        try:
            arrived = _arrived(location, written)
        except Exception:  # noqa: BLE001  (whatever it was, nobody knows now)
            raise StoreUncertain(path=shown(location)) from error
        if not arrived:
            raise


def _batches(session: "Session") -> list[str]:
    """The command that this transaction tells of."""
    from fugong.store.tables.events import Batch

    return [row.uid for row in session.identity_map.values() if isinstance(row, Batch)]


def _arrived(location: str, batches: list[str]) -> bool:
    """Whether commands are in the store; asked under the lock, which waits for a commit under way."""
    from sqlalchemy import text

    with _connected(_engine(location), location) as connection:
        connection.exec_driver_sql(_LOOK + " FOR UPDATE")
        sql = text("SELECT count(*) FROM batch WHERE uid = ANY(:batches)")
        return bool(connection.execute(sql, {"batches": batches}).scalar())


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
