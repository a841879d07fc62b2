"""A store in a PostgreSQL database: what differs from a file, and nothing else.

Writers take turns as on SQLite: each begins by locking the one row of the table ``fugong``, which also marks a
database as a store and holds its schema's version, as the header of a file does. A row lock, because every engine
that speaks PostgreSQL's protocol has it. docs/postgresql.md is for whoever runs the server.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from functools import cache, partial
from itertools import chain, count
from typing import TYPE_CHECKING, Any, TypeVar

from fugong import config
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

    from fugong.store.session import Session

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
_WRITING = "SET LOCAL DateStyle = ISO"
"""What it is told first in every other transaction."""
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
    with closing(_patiently(lambda: _opened(location), location)) as connection:
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

    with _connected(location, core=True) as (connection, core):
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
    with refusing(location), _connected(location, core=False) as (connection, _):
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


def _engine(location: str) -> "Engine":
    """An engine whose connections last as long as a command."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    try:
        return create_engine(
            f"{SCHEME}+psycopg://", creator=lambda: _opened(location), poolclass=NullPool, hide_parameters=True
        )
    except ModuleNotFoundError as error:
        raise DriverMissing(install=config.install("postgresql")) from error


def _opened(location: str) -> "psycopg.Connection":
    """A new connection; the URL is the driver's, which is that of all of PostgreSQL's programs."""
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict, make_conninfo
    except ModuleNotFoundError as error:
        raise DriverMissing(install=config.install("postgresql")) from error
    try:
        told = conninfo_to_dict(SCHEME + location[location.index(":") :])
    except psycopg.ProgrammingError as error:
        raise StoreUnusable(path=shown(location), reason=postgresql_failures.UNUSABLE["URL"]) from error
    ours: dict[str, Any] = {"application_name": "fugong", "connect_timeout": CONNECT_SECONDS}
    return psycopg.connect(make_conninfo("", **(ours | told)), prepare_threshold=None)


@cache
def _in_its_words(sql: str, numbered: bool) -> bytes:
    """A statement with its parameters, named or numbered, as the driver wants them."""
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
def _connected(location: str, *, core: bool) -> Iterator[tuple["psycopg.Connection", "Connection | None"]]:
    """A connection for records, and SQLAlchemy's over it where that is wanted; what is not committed ends with it."""
    if core:
        with _patiently(_engine(location).connect, location) as over:
            connection: Any = over.connection.dbapi_connection
            yield _prepared(connection), over
    else:
        with closing(_patiently(lambda: _opened(location), location)) as connection:
            yield _prepared(connection), None


def _prepared(connection: "psycopg.Connection") -> "psycopg.Connection":
    """A connection whose transactions are as the rules expect them, whatever the server's usual ones are."""
    from psycopg import IsolationLevel

    connection.isolation_level = IsolationLevel.READ_COMMITTED
    _as_plain(connection)
    return connection


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
    """Commit; where the connection breaks meanwhile, ask the server whether it had.

    Args:
        connection: The transaction.
        location: The store.
        batch: The uid of the command that it tells of, if it does of any.
    """
    from psycopg import Error

    try:
        connection.commit()
    except Error as error:
        if not (batch and connection.closed):
            raise
        try:
            arrived = _arrived(location, batch)
        except Exception:  # noqa: BLE001  (whatever it was, nobody knows now)
            raise StoreUncertain(path=shown(location)) from error
        if not arrived:
            raise


def _arrived(location: str, batch: str) -> bool:
    """Whether a command is in the store; asked under the lock, which waits for a commit under way."""
    with _connected(location, core=False) as (connection, _):
        held = Speaking(connection)
        held.execute(_LOOK + " FOR UPDATE")
        return next(iter(held.execute("SELECT 1 FROM batch WHERE uid = ?", (batch,))), None) is not None


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
