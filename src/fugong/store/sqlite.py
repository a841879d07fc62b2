"""A store in a file of SQLite: what differs from a database on a server, and nothing else.

Writes are one ``BEGIN IMMEDIATE`` transaction; both writes and reads go through the standard library's driver, and
reads can never take a write lock. The header's application id marks the file as a store, its user version is the
schema's. docs/adr/0003-one-durable-file.md has the measurements behind the pragmas.
"""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fugong import files
from fugong.errors.files import CannotWrite
from fugong.errors.store import (
    StoreDoubtful,
    StoreExists,
    StoreForeign,
    StoreMissing,
    StoreNewer,
    StoreOlder,
    StoreUnusable,
)
from fugong.files import beside, make_folder, reason, settle
from fugong.store import sqlite_failures, sqlite_lock
from fugong.vocab import Words

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from fugong.store.session import Session

VERSION = "PRAGMA user_version"
"""Gives the version of the tables and views."""

HEADER = 100
"""Bytes at the beginning of every file, whatever is in it."""

PRAGMAS = (
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "cache_size=-16000",  # KiB; what is entered by the thousand fits better, and single commands never need it
)


@contextmanager
def looking(path: Path, *, mark: int, schema: int, older: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection for reports.

    Raises:
        StoreMissing, StoreForeign, StoreNewer, StoreOlder, StoreUnusable: The store cannot be used.
    """
    _must_exist(path)
    with closing(connect(path, _mode(path))) as connection:
        connection.execute("PRAGMA query_only=ON")
        _must_be_ours(connection, path, mark, schema, older=older)
        yield connection


@contextmanager
def examining(path: Path, *, mark: int, schema: int) -> Iterator["Session"]:
    """One snapshot for whoever reads a whole store; writers wait until the block ends."""
    from fugong.store.session import Session

    with looking(path, mark=mark, schema=schema):
        pass
    with _with_core(path, _mode(path)) as (connection, core):
        for pragma in ("query_only=ON", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        yield Session(connection, "sqlite", core)


@contextmanager
def writing(path: Path, *, mark: int, schema: int, patience: int, core: bool = False) -> Iterator["Session"]:
    """One transaction that no other writer overlaps.

    Raises:
        StoreDoubtful: The disk failed when everything was written already.
    """
    _must_exist(path)
    with closing(connect(path, "rw")) as connection:
        _must_be_ours(connection, path, mark, schema)
    committing = ""
    try:
        with _transaction(path, patience, core=core) as session:
            _must_fit(path, _version(session), schema)  # a newer program may have upgraded it while this one waited
            yield session
            committing = session.batch
    except Exception as error:
        if committing and _holds(path, committing):
            raise StoreDoubtful(path=path) from error
        raise


@contextmanager
def upgrading(path: Path, *, mark: int, schema: int, patience: int) -> Iterator["Session"]:
    """The transaction of an upgrade.

    References are not enforced, for tables must be made anew while others refer to them, but checked at the end.

    Raises:
        StoreOlder: The store or its folder cannot be written.
    """
    _must_exist(path)
    with closing(connect(path, _mode(path))) as connection:
        _must_be_ours(connection, path, mark, schema, older=_mode(path) == "rw")
    with _transaction(path, patience, "foreign_keys=OFF", "legacy_alter_table=ON", core=True) as session:
        yield session
        if next(session.rows("PRAGMA foreign_key_check"), None):
            raise StoreUnusable(path=path, reason=sqlite_failures.UNUSABLE["SQLITE_CORRUPT"])
    _close_to_others(path)


def _close_to_others(path: Path) -> None:
    """Make a store private that an older program left open to everybody; one shared with a group alone was meant so."""
    if path.stat().st_mode & stat.S_IRWXO:
        with suppress(PermissionError):  # it belongs to another user, and chmod is not ours to do
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)


@contextmanager
def creating(path: Path, *, mark: int, schema: int) -> Iterator["Session"]:
    """Everything that a new store has: its file is at its place when the block has ended well, else not at all.

    Raises:
        StoreExists: Something is there already; it is untouched.
        CannotWrite: The folder cannot be written.
    """
    if os.path.lexists(path):
        raise StoreExists(path=path)
    try:
        make_folder(path.parent)
        with beside(path) as draft:
            with _transaction(draft, sqlite_lock.BUSY_SECONDS, core=True) as session:
                session.run(f"PRAGMA application_id={mark}")
                set_schema(session, schema)
                yield session
            settle(draft, path)
    except FileExistsError:
        raise StoreExists(path=path) from None
    except OSError as error:
        raise CannotWrite(path=path, reason=reason(error)) from error


def set_schema(session: "Session", schema: int) -> None:
    """State the version of the tables and views."""
    session.run(f"PRAGMA user_version={schema}")


def _version(session: "Session") -> int:
    return int(next(session.rows(VERSION))[0])


ENGINE = sqlite3.sqlite_version


def marked(header: bytes, mark: int) -> bool:
    """Whether a file that begins like this is a database with a mark of its own."""
    return header.startswith(b"SQLite format 3\0") and header[68:72] == mark.to_bytes(4)


def exists(path: Path) -> bool:
    """Whether something is there."""
    return os.access(path, os.F_OK)


def copy(path: Path, draft: Path, *, mark: int, schema: int) -> None:
    """Copy a store into a file that is there and empty: one moment of it, whoever writes meanwhile."""
    source = looking(path, mark=mark, schema=schema, older=True)
    with source as connection, refusing(draft), closing(connect(draft, "rw")) as target:
        connection.backup(target)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep everybody else from a store while its file is exchanged; a damaged one, or none, needs no lock."""
    with ExitStack() as held:
        with suppress(StoreMissing, StoreForeign, StoreUnusable):
            _must_exist(path)
            with refusing(path):
                held.enter_context(closing(connect(path, "rw"))).execute("BEGIN EXCLUSIVE")
        yield


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
    for suffix in ("-journal", "-wal"):
        _must_not_stop(path, path.name + suffix)


def _must_not_stop(path: Path, beside: str) -> None:
    """Refuse what SQLite would open beside the store and wait for without end: a pipe, say."""
    try:
        files.must_be_ordinary(path.with_name(beside))
    except FileNotFoundError:
        return
    except OSError:
        why = Words(f"旁边的 {beside} 不是普通文件，请移走", f"{beside} beside it is no ordinary file; move it away")
        raise StoreUnusable(path=path, reason=why) from None


def _must_be_ours(connection: sqlite3.Connection, path: Path, mark: int, schema: int, *, older: bool = False) -> None:
    """Refuse a file that is not a store, one of a newer program, and unless ``older``, one to be upgraded first."""
    if connection.execute("PRAGMA application_id").fetchone() != (mark,):
        raise StoreForeign(path=path)
    (version,) = connection.execute(VERSION).fetchone()
    _must_fit(path, version, schema, older=older)


def _must_fit(path: Path, version: int, schema: int, *, older: bool = False) -> None:
    if version < 1:
        raise StoreForeign(path=path)
    if version > schema:
        raise StoreNewer(path=path, version=version, known=schema)
    if version < schema and not older:
        raise StoreOlder(path=path, version=version, known=schema)


# Connections


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection that begins no transaction by itself; ``mode`` is ``rw`` or ``ro``."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=sqlite_lock.BUSY_SECONDS, isolation_level=None)


def _mode(path: Path) -> str:
    """The mode for readers: a writable file so that a journal left by a crash can be rolled back."""
    return "rw" if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) else "ro"


@contextmanager
def _transaction(path: Path, patience: int, *more: str, core: bool) -> Iterator["Session"]:
    """A transaction that holds the write lock; committed at the end of the block, rolled back on any exception.

    Args:
        path: The file.
        patience: How many seconds to wait for the lock.
        more: Pragmas beside the usual ones.
        core: Whether SQLAlchemy's connection is wanted as well.
    """
    from fugong.store.session import Session

    opened = _with_core(path, "rw") if core else _without_core(path)
    with opened as (connection, over):
        for pragma in (*PRAGMAS, *more):
            connection.execute(f"PRAGMA {pragma}")
        sqlite_lock.take(connection, patience)
        yield Session(connection, "sqlite", over)
        if connection.in_transaction:  # or it was rolled back
            connection.execute("COMMIT")


@contextmanager
def _without_core(path: Path) -> Iterator[tuple[sqlite3.Connection, None]]:
    """A connection for records; what is not committed ends with it."""
    with closing(connect(path, "rw")) as connection:
        yield connection, None


@contextmanager
def _with_core(path: Path, mode: str) -> Iterator[tuple[sqlite3.Connection, "Connection"]]:
    """A connection, and SQLAlchemy's over it, which neither begins nor commits anything there."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    engine = create_engine("sqlite://", creator=lambda: connect(path, mode), poolclass=NullPool, hide_parameters=True)
    with engine.connect() as core:
        connection: Any = core.connection.dbapi_connection
        yield connection, core


# Failures


_UNREADABLE = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""The exceptions that reading a damaged row can raise."""


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn the driver's failures, and what a damaged row makes of us, into refusals; what else fails is a bug."""
    try:
        yield
    except Exception as error:
        driver = getattr(error, "orig", error)  # SQLAlchemy wraps the driver's exception
        if isinstance(driver, sqlite3.Error):
            meant = sqlite_failures.meaning(driver, path)
        elif isinstance(error, _UNREADABLE) and _damaged(path):
            meant = StoreUnusable(path=path, reason=sqlite_failures.UNUSABLE["SQLITE_CORRUPT"])
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
        with closing(connect(path, _mode(path))) as connection:
            return connection.execute("SELECT 1 FROM batch WHERE uid = ?", (batch,)).fetchone() is not None
    except sqlite3.Error:
        return False  # what cannot be read is still to be rolled back


def _damaged(path: Path) -> bool:
    """Whether the file is not in order: asked only when something failed that never should."""
    try:
        with closing(connect(path, _mode(path))) as connection:
            whole = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            return not whole or connection.execute("PRAGMA foreign_key_check").fetchone() is not None
    except sqlite3.OperationalError:
        return False  # not there, or busy
    except (sqlite3.Error, UnicodeDecodeError):
        return True
