"""Waiting for the write lock: whoever has waited longest asks most often."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread

import pytest

from fugong.store.sqlite_lock import FIRST_PAUSE, SHORTEST_PAUSE, pause, take

pytestmark = pytest.mark.on_a_file


def connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


def test_who_has_waited_longer_asks_more_often() -> None:
    pauses = [pause(seconds) for seconds in range(10)]
    assert pauses[0] == FIRST_PAUSE
    assert all(later < earlier for earlier, later in pairwise(pauses))


def test_nobody_asks_without_a_pause() -> None:
    assert pause(30) == SHORTEST_PAUSE


def test_a_lock_is_taken_once_it_is_free_and_readers_are_then_waited_for(empty_store: Path) -> None:
    asked = Event()

    def give_back(held: sqlite3.Connection) -> None:
        asked.wait()
        held.execute("ROLLBACK")

    with closing(connected(empty_store)) as other, closing(connected(empty_store)) as ours:
        take(other, 0)
        ours.set_trace_callback(lambda _: asked.set())
        helper = Thread(target=give_back, args=[other])
        helper.start()
        take(ours, 60)
        helper.join()
        assert ours.in_transaction
        assert ours.execute("PRAGMA busy_timeout").fetchone() == (60_000,)


def held(path: Path) -> None:
    with closing(connected(path)) as other, closing(connected(path)) as ours:
        take(other, 0)
        take(ours, 0.01)


def spoilt(path: Path) -> None:
    path.write_bytes(b"\xff" * 4096)
    with closing(connected(path)) as ours:
        take(ours, 1_000_000)


@pytest.mark.parametrize(("use", "name"), [(held, "SQLITE_BUSY"), (spoilt, "SQLITE_NOTADB")])
def test_a_lock_that_is_not_given_and_any_other_failure_are_the_drivers(
    empty_store: Path, use: Callable[[Path], None], name: str
) -> None:
    with pytest.raises(sqlite3.DatabaseError) as error:
        use(empty_store)
    assert error.value.sqlite_errorname == name
