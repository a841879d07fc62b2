"""Writing: durable and strict, under the lock, and nothing by half."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.conftest import command
from tests.county import fingerprint
from tests.db.conftest import read, said, write

from fugong import db
from fugong.domain import roster
from fugong.errors.names import NameTaken
from fugong.errors.store import StoreBusy
from fugong.store.records import Team


@pytest.mark.on_a_file
def test_a_session_is_durable_and_strict(empty_store: Path) -> None:
    wanted = {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "cache_size": -16000,
        "busy_timeout": 30_000,
    }
    with db.writing(str(empty_store)) as session:
        assert {name: next(session.rows(f"PRAGMA {name}"))[0] for name in wanted} == wanted


@pytest.mark.on_a_file
def test_a_session_takes_the_write_lock_before_it_reads(empty_store: Path) -> None:
    with db.writing(str(empty_store)) as session:
        session.all(Team)
        with closing(sqlite3.connect(empty_store, timeout=0, isolation_level=None)) as other:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
            assert other.execute("SELECT count(*) FROM team").fetchone() == (0,)


@pytest.mark.on_a_file
def test_what_was_written_is_readable_after_the_commit_without_the_store(empty_store: Path) -> None:
    with command(empty_store) as writer:
        team = roster.add_team(writer, "1", name="第一组", county="某县")
    empty_store.unlink()
    assert (team.code, team.name) == ("1", "第一组")


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, NameTaken])
def test_a_failed_command_leaves_the_store_as_it_was(empty_store: Path, failure: type[BaseException]) -> None:
    before = fingerprint(empty_store)

    def fail() -> None:
        with command(empty_store) as writer:
            roster.add_team(writer, "1", name="第一组", county="某县")
            raise failure

    with pytest.raises(failure):
        fail()
    assert fingerprint(empty_store) == before


@pytest.mark.on_a_file
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("use", "lock"), [(write, "IMMEDIATE"), (write, "EXCLUSIVE"), (read, "EXCLUSIVE")])
def test_a_store_that_somebody_holds_is_busy(empty_store: Path, use: Callable[[Path], None], lock: str) -> None:
    before = empty_store.read_bytes()
    with closing(sqlite3.connect(empty_store, isolation_level=None)) as other:
        other.execute(f"BEGIN {lock}")
        with pytest.raises(StoreBusy) as refused:
            use(empty_store)
        other.execute("ROLLBACK")
    assert (refused.value.code, refused.value.exit_code) == ("store_busy", 4)
    assert said(refused) == (
        "台账正被别的程序占用，这次什么也没有写入。请稍后再试。",
        "Another program is using the store; nothing was written. Try again in a moment.",
    )
    assert empty_store.read_bytes() == before
    use(empty_store)


@pytest.mark.on_a_file
@pytest.mark.usefixtures("impatient")
def test_a_commit_that_a_reader_holds_up_is_busy_and_nothing_was_written(empty_store: Path) -> None:
    before = empty_store.read_bytes()
    with closing(sqlite3.connect(empty_store, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM setting").fetchone()
        with pytest.raises(StoreBusy):
            write(empty_store)
    assert empty_store.read_bytes() == before
