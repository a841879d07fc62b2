"""The store: where it is, how it is opened, written and read, on whichever engine keeps it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fugong.errors.store import StoreNoFile, StoreUnusable
from fugong.store import postgresql_places, settings, sqlite, sqlite_lock, views
from fugong.vocab import Words

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection

    from fugong.store.postgresql import Looking
    from fugong.store.session import Session

APPLICATION_ID = 0x46474F4E
"""「FGON」 in the file's header: how a store is told from any other SQLite file."""
SCHEMA = 3
"""The version of the tables and views that this program reads and writes."""
_MARKS = {"mark": APPLICATION_ID, "schema": SCHEMA}


def _module(dialect: str) -> Any:
    """The module that knows how an engine differs, by SQLAlchemy's name of the engine."""
    if dialect == "sqlite":
        return sqlite
    from fugong.store import postgresql

    return postgresql


class Reader:
    """A read-only view of the store, for reports.

    SQL uses named parameters (``:team``) and only what SQLite and PostgreSQL share.
    """

    def __init__(
        self,
        connection: "sqlite3.Connection | Looking",
        refusing: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._connection = connection
        self.dialect = getattr(connection, "dialect", "sqlite")
        self._refusing = refusing
        self._stream = getattr(connection, "stream", connection.execute)
        self._settings: dict[str, str] | None = None

    @property
    def now(self) -> "Reader":
        """The store as it is: what names are looked up in, whatever moment is read."""
        return self

    def differs(self, table: str) -> bool:
        """Whether any record of a table was otherwise at the moment that is read."""
        del table
        return False

    def only(self, uids: str) -> "Reader":
        """The same for queries that ask for no other problems than these, whose uids are given as SQL."""
        del uids
        return self

    def rows(self, sql: str, **params: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query."""
        with self._refusing():
            # chain, because a generator closes what it yields from, and a cursor cannot be closed after its connection
            yield from chain(self._connection.execute(sql, params))

    def stream(self, sql: str, **params: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query that has as many as the ledger, few of them in memory at a time.

        They are of one moment, and so is what else is asked before the last of them was read.
        """
        with self._refusing():
            yield from chain(self._stream(sql, params))

    def first(self, sql: str, **params: Any) -> tuple[Any, ...] | None:
        """The first row of a query, if there is one."""
        return next(self.rows(sql, **params), None)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all queries of the block see the store as it is at the first, whoever writes meanwhile.

        Only for queries that are read to their end inside it: writers wait until then. One inside another is the
        outer one's.
        """
        if self._connection.in_transaction:
            yield
            return
        with self._refusing():
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")

    @property
    def schema(self) -> int:
        """The version of the store's tables and views."""
        return int((self.first(_module(self.dialect).VERSION) or (0,))[0])

    @property
    def settings(self) -> dict[str, str]:
        """The store's settings and the facts it keeps about itself."""
        if self._settings is None:
            self._settings = settings.checked(self.rows(settings.HELD))
        return self._settings

    @property
    def zone(self) -> str:
        """The store's time zone."""
        return self.settings["timezone"]


def path_of(location: str) -> Path:
    """The file that a location names.

    Raises:
        StoreNoFile: The store is in a database.
        StoreUnusable: The location is a URL of an engine that this version does not speak.
    """
    if location.startswith("sqlite:///"):
        return Path(location.removeprefix("sqlite:///"))
    if postgresql_places.speaks(location):
        raise StoreNoFile(path=postgresql_places.shown(location))
    if "://" in location:
        scheme = location.partition("://")[0]
        why = Words(f"还不支持 {scheme}", f"{scheme} is not supported yet")
        raise StoreUnusable(path=f"{scheme}://…", reason=why)
    return Path(location)


def place(location: str) -> Path | str:
    """Where a store is, as people are told: its file, or its database without a password."""
    return postgresql_places.shown(location) if postgresql_places.speaks(location) else path_of(location)


def _engine(location: str) -> tuple[Any, Any]:
    """The module of a store's engine, and the place as that engine has it: a file, or a database's URL."""
    if postgresql_places.speaks(location):
        return _module(postgresql_places.SCHEME), location
    return sqlite, path_of(location)


@contextmanager
def reading(location: str, *, older: bool = False) -> Iterator[Reader]:
    """Open an existing store for reading.

    Args:
        location: The store.
        older: Take one of an older program as well: only settings and the engine's own checks can be read then.

    Raises:
        StoreMissing, StoreForeign, StoreNewer, StoreOlder, StoreUnusable: It cannot be used.
    """
    engine, where = _engine(location)
    with engine.refusing(where), engine.looking(where, **_MARKS, older=older) as connection:
        yield Reader(connection, partial(engine.refusing, where))


@contextmanager
def examining(location: str) -> Iterator["Session"]:
    """One snapshot of an existing store through its records, for looking only; in a file, writers wait for the end.

    Raises:
        StoreMissing, StoreForeign, StoreNewer, StoreOlder, StoreUnusable: It cannot be used.
    """
    engine, where = _engine(location)
    with engine.refusing(where), engine.examining(where, **_MARKS) as session:
        yield session


@contextmanager
def writing(location: str, *, core: bool = False) -> Iterator["Session"]:
    """One transaction on an existing store: committed at the end of the block, rolled back on any exception.

    Args:
        location: The store.
        core: Whether ``Session.core`` is asked for, which loads SQLAlchemy; all others have it.

    Raises:
        StoreMissing, StoreForeign, StoreNewer, StoreOlder, StoreUnusable: It cannot be used; nothing was written.
        StoreBusy: Somebody else held the lock for too long; nothing was written.
        StoreDoubtful: The disk or the connection failed at the last step; it is or may be written.
    """
    engine, where = _engine(location)
    opened = engine.writing(where, **_MARKS, patience=sqlite_lock.BUSY_SECONDS, core=core)
    with engine.refusing(where), opened as session:
        yield session
        session.last()


@contextmanager
def upgrading(location: str) -> Iterator["Session"]:
    """The one transaction of an upgrade, on an older store or by now on one that somebody else has upgraded.

    It holds the lock from the start.

    Raises:
        StoreOlder: The store or its folder cannot be written.
        StoreMissing, StoreForeign, StoreNewer, StoreUnusable, StoreBusy: It cannot be used; nothing was written.
    """
    engine, where = _engine(location)
    with engine.refusing(where), engine.upgrading(where, **_MARKS, patience=sqlite_lock.BUSY_SECONDS) as session:
        yield session


@contextmanager
def creating(location: str) -> Iterator["Session"]:
    """Build a new store in one piece: it is at its place when the block has ended well, else not at all.

    Raises:
        StoreExists, StoreForeign: Something is there already; it is untouched.
        CannotWrite: The folder cannot be written.
    """
    engine, where = _engine(location)
    with engine.refusing(where), engine.creating(where, **_MARKS) as session:
        _create_schema(session)
        yield session
        session.last()


def schema(session: "Session") -> int:
    """The version of a store's tables and views."""
    return int(next(session.rows(_module(session.dialect).VERSION))[0])


def set_schema(session: "Session") -> None:
    """State that a store's tables and views are now those of this program."""
    from fugong.store.records import Fact

    _module(session.dialect).set_schema(session, SCHEMA)
    kept = session.get(Fact, "schema")
    kept.value = str(SCHEMA)
    session.save(kept)


def copy(location: str, draft: Path) -> None:
    """Copy a store into a file that is there and empty: one moment of it, whoever writes meanwhile."""
    path = path_of(location)
    with sqlite.refusing(path):
        sqlite.copy(path, draft, **_MARKS)


def sqlite_version() -> str:
    """The version of SQLite that this program runs on."""
    return sqlite.ENGINE


def exists(location: str) -> bool:
    """Whether something is at the store's place."""
    engine, where = _engine(location)
    return bool(engine.exists(where))


def is_one(path: Path) -> bool:
    """Whether a file begins like a store.

    Raises:
        OSError: It may not be read.
    """
    with path.open("rb") as file:
        return sqlite.marked(file.read(sqlite.HEADER), APPLICATION_ID)


def define(connection: "Connection") -> None:
    """Make the tables, indexes and views of this program's schema."""
    from sqlalchemy import text

    from fugong.models import METADATA
    from fugong.store import indexes

    METADATA.create_all(connection)
    for statement in (*indexes.STATEMENTS, *views.statements(connection.dialect.name)):
        connection.execute(text(statement))


def _create_schema(session: "Session") -> None:
    """Tables, views and settings, in the session's transaction."""
    from fugong.store.identity import new_uid
    from fugong.store.records import Fact, Setting
    from fugong.store.tables import planner

    define(session.core)
    if session.dialect == "sqlite":
        for statement in planner.statements():
            session.run(statement)
    for name, value in {"replica": new_uid(), "schema": str(SCHEMA), "series": ""}.items():
        session.save(Fact(name=name, value=value))
    for name in settings.DEFAULTS:
        session.save(Setting(uid=settings.uid(name), name=name))
