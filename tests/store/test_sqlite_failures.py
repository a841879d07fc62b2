"""What SQLite reports has a meaning for the user; a mistake of ours stays what it is."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from fugong import db
from fugong.errors import Refusal
from fugong.errors.store import StoreBusy, StoreUnusable
from fugong.store import sqlite_failures


def failing(make: Callable[[sqlite3.Connection], object]) -> sqlite3.Error:
    """The driver's own error."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t (x INTEGER PRIMARY KEY)")
        connection.executemany("INSERT INTO t VALUES (?)", [(1,), (2,)])
        with pytest.raises(sqlite3.Error) as caught:
            make(connection)
    return caught.value


def deny(connection: sqlite3.Connection) -> None:
    connection.set_authorizer(lambda *_: sqlite3.SQLITE_DENY)
    connection.execute("SELECT * FROM t")


def drop_while_reading(connection: sqlite3.Connection) -> None:
    reading = connection.execute("SELECT * FROM t")
    reading.fetchone()
    connection.execute("DROP TABLE t")


def open_nowhere(_: sqlite3.Connection) -> None:
    sqlite3.connect("file:/no/such/folder/x.db?mode=rw", uri=True)


@pytest.mark.parametrize(
    ("make", "meaning", "zh"),
    [
        (deny, StoreUnusable, "台账 x.db 用不了：没有权限。"),
        (open_nowhere, StoreUnusable, "台账 x.db 用不了：打不开文件。"),
        (drop_while_reading, StoreBusy, StoreBusy.zh),
    ],
)
def test_what_the_driver_reports_has_a_meaning(
    make: Callable[[sqlite3.Connection], object], meaning: type[Refusal], zh: str
) -> None:
    refusal = sqlite_failures.meaning(failing(make), Path("x.db"))
    assert isinstance(refusal, meaning)
    assert refusal.sentence(chinese=True) == zh


@pytest.mark.parametrize(
    "make",
    [
        lambda connection: connection.execute("SELEC"),
        lambda connection: connection.execute("INSERT INTO t VALUES (1)"),
        lambda connection: connection.execute("SELECT ?", ()),
    ],
)
def test_a_mistake_of_ours_has_no_meaning_for_the_user(make: Callable[[sqlite3.Connection], object]) -> None:
    assert sqlite_failures.meaning(failing(make), Path("x.db")) is None


@pytest.mark.on_a_file
def test_a_mistake_of_ours_stays_what_it_is(empty_store: Path) -> None:
    with db.reading(str(empty_store)) as reader, pytest.raises(sqlite3.OperationalError) as plain:
        reader.first("SELEC")
    assert plain.value.__cause__ is None
    with db.writing(str(empty_store)) as session, pytest.raises(sqlite3.OperationalError):
        session.run("SELEC")


@pytest.mark.parametrize("use", [db.reading, db.writing])
def test_an_exception_that_is_not_the_drivers_passes_through(
    empty_store: Path, use: Callable[[str], AbstractContextManager[object]]
) -> None:
    mistake = ZeroDivisionError()

    def fail() -> None:
        with use(str(empty_store)):
            raise mistake

    with pytest.raises(ZeroDivisionError) as caught:
        fail()
    assert caught.value is mistake
