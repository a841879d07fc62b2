"""The store: where it is, how it is opened, written and read, and what its failures mean.

Writes go through SQLModel in one ``BEGIN IMMEDIATE`` transaction; reads go through the standard
library's driver, which costs a tenth of the ORM's start-up and can never take a write lock.
"""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fugong import failures, locking, postgresql, views
from fugong.errors.files import CannotWrite
from fugong.errors.store import (
    StoreDoubtful,
    StoreExists,
    StoreForeign,
    StoreMissing,
    StoreNewer,
    StoreNoFile,
    StoreOlder,
    StoreUnusable,
)
from fugong.files import beside, reason, settle
from fugong.vocab import Words

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlmodel import Session

APPLICATION_ID = 0x46474F4E
"""「FGON」 in the file's header: how a store is told from any other SQLite file."""
SCHEMA = 2
"""The version of the tables and views that this program reads and writes."""
BUSY_SECONDS = 30
BATCH = "batch"
"""Under this name a session's ``info`` has the uid of the command that it stored, once it has."""
_VERSION = {"sqlite": "PRAGMA user_version", "postgresql": "SELECT schema FROM fugong"}
_MARKS = {"mark": APPLICATION_ID, "schema": SCHEMA}

SETTINGS: Mapping[str, str] = {"timezone": "Asia/Shanghai", "yellow_days": "2"}
"""What ``store set`` can change, with the values of a new store."""

# Durable against power cuts with one file at rest; docs/adr/0003-one-durable-file.md has the measurements.
_PRAGMAS = (
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "cache_size=-16000",  # KiB; what is entered by the thousand fits better, and single commands never need it
)


class Reader:
    """A read-only view of the store, for reports.

    SQL uses named parameters (``:team``) and only what SQLite and PostgreSQL share.
    """

    def __init__(self, connection: "sqlite3.Connection | postgresql.Looking", path: Path | str) -> None:
        self._connection = connection
        self.dialect = getattr(connection, "dialect", "sqlite")
        self._path = path
        self._settings: dict[str, str] | None = None

    def rows(self, sql: str, **params: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, one at a time."""
        with _refusing(self._path):
            # chain, because a generator closes what it yields from, and a cursor cannot be closed after its connection
            yield from chain(self._connection.execute(sql, params))

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
        with _refusing(self._path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")

    @property
    def schema(self) -> int:
        """The version of the store's tables and views."""
        return int((self.first(_VERSION[self.dialect]) or (0,))[0])

    @property
    def settings(self) -> dict[str, str]:
        """The store's settings and the facts it keeps about itself."""
        if self._settings is None:
            self._settings = dict(self.rows("SELECT name, value FROM setting ORDER BY name"))
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
    if postgresql.speaks(location):
        raise StoreNoFile(path=postgresql.shown(location))
    if "://" in location:
        scheme = location.partition("://")[0]
        why = Words(f"还不支持 {scheme}", f"{scheme} is not supported yet")
        raise StoreUnusable(path=f"{scheme}://…", reason=why)
    return Path(location)


def place(location: str) -> Path | str:
    """Where a store is, as people are told: its file, or its database without a password."""
    return postgresql.shown(location) if postgresql.speaks(location) else path_of(location)


@contextmanager
def reading(location: str, *, older: bool = False) -> Iterator[Reader]:
    """Open an existing store for reading.

    Args:
        location: The store.
        older: Take one of an older program as well: only settings and the engine's own checks can be read then.

    Raises:
        StoreMissing, StoreForeign, StoreNewer, StoreOlder, StoreUnusable: It cannot be used.
    """
    if postgresql.speaks(location):
        with _refusing(location), postgresql.looking(location, **_MARKS, older=older) as looking:
            yield Reader(looking, location)
        return
    path = path_of(location)
    _must_exist(path)
    with _refusing(path), closing(_connect(path, _looking(path))) as connection:
        connection.execute("PRAGMA query_only=ON")
        _must_be_ours(connection, path, older=older)
        yield Reader(connection, path)


@contextmanager
def examining(location: str) -> Iterator["Session"]:
    """One snapshot of an existing store through the models, for looking only; writers wait until the block ends.

    Raises:
        StoreMissing, StoreForeign, StoreNewer, StoreOlder, StoreUnusable: It cannot be used.
    """
    from sqlmodel import Session

    if postgresql.speaks(location):
        with _refusing(location), postgresql.examining(location, **_MARKS) as session:
            yield session
        return
    path = path_of(location)
    _must_exist(path)
    with _refusing(path):
        with closing(_connect(path, _looking(path))) as connection:
            _must_be_ours(connection, path)
        engine = _engine(path, _looking(path), "query_only=ON", "trusted_schema=OFF", begin=_look)
        with Session(engine) as session:
            yield session


@contextmanager
def writing(location: str) -> Iterator["Session"]:
    """One transaction on an existing store: committed at the end of the block, rolled back on any exception.

    Raises:
        StoreMissing, StoreForeign, StoreNewer, StoreOlder, StoreUnusable: It cannot be used; nothing was written.
        StoreBusy: Somebody else held the lock for too long; nothing was written.
        StoreDoubtful: The disk failed when everything was written already.
    """
    if postgresql.speaks(location):
        with _refusing(location), postgresql.writing(location, **_MARKS, patience=BUSY_SECONDS, older=False) as session:
            yield session
        return
    path = path_of(location)
    _must_exist(path)
    committing = ""
    with _refusing(path):
        with closing(_connect(path, "rw")) as connection:
            _must_be_ours(connection, path)
        try:
            with _session(path) as session:
                _must_fit(path, schema(session))  # a newer program may have upgraded it while this one waited
                yield session
                committing = session.info.get(BATCH, "")
        except Exception as error:
            if committing and _holds(path, committing):
                raise StoreDoubtful(path=path) from error
            raise


@contextmanager
def upgrading(location: str) -> Iterator["Session"]:
    """The one transaction of an upgrade, on an older store or by now on one that somebody else has upgraded.

    It holds the lock from the start. References are not enforced, for tables must be made anew while others refer
    to them, but checked at the end.

    Raises:
        StoreOlder: The store or its folder cannot be written.
        StoreMissing, StoreForeign, StoreNewer, StoreUnusable, StoreBusy: It cannot be used; nothing was written.
    """
    if postgresql.speaks(location):
        patience = BUSY_SECONDS
        with _refusing(location), postgresql.writing(location, **_MARKS, patience=patience, older=True) as session:
            yield session
        return
    path = path_of(location)
    _must_exist(path)
    with _refusing(path):
        with closing(_connect(path, _looking(path))) as connection:
            _must_be_ours(connection, path, older=_looking(path) == "rw")
        with _session(path, "foreign_keys=OFF", "legacy_alter_table=ON") as session:
            held = session.connection()
            yield session
            session.flush()
            if held.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise StoreUnusable(path=path, reason=failures.UNUSABLE["SQLITE_CORRUPT"])


def schema(session: "Session") -> int:
    """The version of a store's tables and views."""
    return int(session.connection().exec_driver_sql(_VERSION[session.get_bind().dialect.name]).scalar_one())


def set_schema(session: "Session") -> None:
    """State that a store's tables and views are now those of this program."""
    from fugong.models import Setting

    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
    else:
        postgresql.set_schema(connection, SCHEMA)
    session.get_one(Setting, "schema").value = str(SCHEMA)


@contextmanager
def creating(location: str) -> Iterator["Session"]:
    """Build a new store in one piece: it is at its place when the block has ended well, else not at all.

    Raises:
        StoreExists: Something is there already; it is untouched.
        CannotWrite: The folder cannot be written.
    """
    if postgresql.speaks(location):
        with _refusing(location), postgresql.creating(location, **_MARKS) as session:
            _create_schema(session)
            yield session
        return
    path = path_of(location)
    if os.path.lexists(path):
        raise StoreExists(path=path)
    try:
        make_folder(path.parent)
        with beside(path) as draft, _refusing(path):
            with _session(draft) as session:
                _create_schema(session)
                yield session
            settle(draft, path)
    except FileExistsError:
        raise StoreExists(path=path) from None
    except OSError as error:
        raise CannotWrite(path=path, reason=reason(error)) from error


def copy(location: str, draft: Path) -> None:
    """Copy a store into a file that is there and empty: one moment of it, whoever writes meanwhile."""
    path = path_of(location)
    _must_exist(path)
    with _refusing(path), closing(_connect(path, _looking(path))) as source:
        _must_be_ours(source, path, older=True)
        with _refusing(draft), closing(_connect(draft, "rw")) as target:
            source.backup(target)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep everybody else from a store while its file is exchanged; a damaged one, or none, needs no lock."""
    with ExitStack() as held:
        with suppress(StoreMissing, StoreForeign, StoreUnusable):
            _must_exist(path)
            with _refusing(path):
                held.enter_context(closing(_connect(path, "rw"))).execute("BEGIN EXCLUSIVE")
        yield


def replica(location: str) -> str:
    """Which store this is: the fact that it got when it was made."""
    with reading(location, older=True) as reader:
        return reader.settings["replica"]


def exists(location: str) -> bool:
    """Whether something is at the store's place."""
    if postgresql.speaks(location):
        return postgresql.exists(location)
    return os.access(path_of(location), os.F_OK)


def make_folder(folder: Path) -> None:
    """Make a folder and what is missing above it, for the user alone; ``parents=True`` would leave that open to all."""
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def _must_exist(path: Path) -> None:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise StoreMissing(path=path) from None
    except OSError as error:
        raise StoreUnusable(path=path, reason=reason(error)) from error
    if stat.S_ISDIR(found.st_mode):
        raise StoreUnusable(path=path, reason=Words("这是一个文件夹", "it is a folder"))
    if found.st_size == 0:  # SQLite would take an empty file for an empty store
        raise StoreForeign(path=path)


def _looking(path: Path) -> str:
    """The mode for readers: a writable file so that a journal left by a crash can be rolled back."""
    return "rw" if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) else "ro"


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def _must_be_ours(connection: sqlite3.Connection, path: Path, *, older: bool = False) -> None:
    """Refuse a file that is not a store, one of a newer program, and unless ``older``, one to be upgraded first."""
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise StoreForeign(path=path)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    _must_fit(path, version, older=older)


def _must_fit(path: Path, version: int, *, older: bool = False) -> None:
    if version < 1:
        raise StoreForeign(path=path)
    if version > SCHEMA:
        raise StoreNewer(path=path, version=version, known=SCHEMA)
    if version < SCHEMA and not older:
        raise StoreOlder(path=path, version=version, known=SCHEMA)


def _engine(path: Path, mode: str, *pragmas: str, begin: Callable[[sqlite3.Connection], object]) -> "Engine":
    """An engine on one file whose transactions ``begin`` begins.

    The driver's own transactions start too late: they read before they lock, and lose updates.
    """
    from sqlalchemy import event
    from sqlalchemy.pool import NullPool
    from sqlmodel import create_engine

    engine = create_engine("sqlite://", creator=lambda: _connect(path, mode), poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _lock(connection: Any) -> None:
        begin(connection.connection.dbapi_connection)

    return engine


def _look(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")


@contextmanager
def _session(path: Path, *more: str) -> Iterator["Session"]:
    from sqlmodel import Session

    # Rows stay readable after the commit: reading one again would take the write lock once more.
    engine = _engine(path, "rw", *_PRAGMAS, *more, begin=lambda each: locking.take(each, BUSY_SECONDS))
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


def define(connection: "Connection") -> None:
    """Make the tables, indexes and views of this program's schema."""
    from sqlalchemy import text
    from sqlmodel import SQLModel

    from fugong.models import INDEXES

    SQLModel.metadata.create_all(connection)
    for statement in (*INDEXES, *views.statements(connection.dialect.name)):
        connection.execute(text(statement))


def _create_schema(session: "Session") -> None:
    """Tables, views, settings and the header's two numbers, in the session's transaction."""
    from fugong.fields import new_uid
    from fugong.models import Setting
    from fugong.tables import planner

    connection = session.connection()
    define(connection)
    if connection.dialect.name == "sqlite":
        for statement in planner.statements():
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
    facts = {**SETTINGS, "replica": new_uid(), "schema": str(SCHEMA)}
    session.add_all(Setting(name=name, value=value) for name, value in facts.items())
    session.flush()


_UNREADABLE = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What reading a damaged row raises."""


@contextmanager
def _refusing(path: Path | str) -> Iterator[None]:
    """Turn the driver's failures, and what a damaged row makes of us, into refusals; what else fails is a bug."""
    if isinstance(path, str):
        with postgresql.refusing(path):
            yield
        return
    try:
        yield
    except Exception as error:
        driver = getattr(error, "orig", error)  # SQLAlchemy wraps the driver's exception
        if isinstance(driver, sqlite3.Error):
            meant = failures.meaning(driver, path)
        elif isinstance(error, _UNREADABLE) and _damaged(path):
            meant = StoreUnusable(path=path, reason=failures.UNUSABLE["SQLITE_CORRUPT"])
        else:
            meant = None
        if meant is None:
            raise
        raise meant from error


def _holds(path: Path, batch: str) -> bool:
    """Whether a command is in the store: asked when its commit failed.

    The last step of a commit syncs the folder. By then the others see what was written, and nothing takes it back.
    """
    try:
        with closing(_connect(path, _looking(path))) as connection:
            return connection.execute("SELECT 1 FROM batch WHERE uid = ?", (batch,)).fetchone() is not None
    except sqlite3.Error:
        return False  # what cannot be read is still to be rolled back


def _damaged(path: Path) -> bool:
    """Whether the file is not in order: asked only when something failed that never should."""
    try:
        with closing(_connect(path, _looking(path))) as connection:
            whole = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            return not whole or connection.execute("PRAGMA foreign_key_check").fetchone() is not None
    except sqlite3.OperationalError:
        return False  # not there, or busy
    except (sqlite3.Error, UnicodeDecodeError):
        return True
