"""Reading: rows one at a time, the settings once, nothing written, and one store throughout a snapshot."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.conftest import command
from tests.county import fingerprint
from tests.db.conftest import read, said, seen

from fugong import db
from fugong.domain import roster
from fugong.errors.store import StoreUnusable
from fugong.store import postgresql_places


def test_a_reader_gives_rows_one_at_a_time_and_the_first_if_there_is_one(empty_store: Path) -> None:
    with command(empty_store) as writer:
        for code in ("1", "2", "3"):
            roster.add_team(writer, code, name=code, county="某县")
    sql = "SELECT code, name FROM team WHERE code <> :but ORDER BY code"
    with db.reading(str(empty_store)) as reader:
        rows = reader.rows(sql, but="2")
        assert (next(rows), next(rows), next(rows, None)) == (("1", "1"), ("3", "3"), None)
        assert reader.first(sql, but="1") == ("2", "2")
        assert reader.first("SELECT 1 FROM team WHERE code = :code", code="9") is None


def test_a_reader_reads_the_settings_once(empty_store: Path) -> None:
    with db.reading(str(empty_store)) as reader:
        assert reader.settings is reader.settings
        assert reader.zone == "Asia/Shanghai"


@pytest.mark.on_a_file
def test_reading_leaves_the_file_as_it_is(empty_store: Path) -> None:
    before = seen(empty_store)
    read(empty_store)
    assert seen(empty_store) == before


def test_a_store_can_be_read_while_somebody_writes(empty_store: Path) -> None:
    """Until the moment of the commit, readers see it as it was."""
    with command(empty_store) as writer:
        roster.add_team(writer, "1", name="第一组", county="某县")
        with db.reading(str(empty_store)) as reader:
            assert reader.first("SELECT count(*) FROM team") == (0,)
    with db.reading(str(empty_store)) as reader:
        assert reader.first("SELECT count(*) FROM team") == (1,)


@pytest.mark.parametrize(
    "statement", ["UPDATE setting SET value = ''", "DELETE FROM event", "CREATE TABLE other (x TEXT)"]
)
def test_a_reader_cannot_write(empty_store: Path, statement: str) -> None:
    before = fingerprint(empty_store)
    with db.reading(str(empty_store)) as reader, pytest.raises(StoreUnusable) as refused:
        reader.first(statement)
    why = "只能读，不能写" if postgresql_places.speaks(str(empty_store)) else "文件是只读的"
    assert said(refused)[0].startswith(f"台账 {db.place(str(empty_store))} 用不了：{why}")
    assert fingerprint(empty_store) == before


@pytest.mark.on_a_file
def test_the_queries_of_a_snapshot_see_one_store_whoever_writes_meanwhile(empty_store: Path) -> None:
    with db.reading(str(empty_store)) as reader, closing(sqlite3.connect(empty_store, timeout=0)) as other:
        with reader.snapshot():
            before = reader.first("SELECT value FROM setting WHERE name = 'yellow_days'")
            with pytest.raises(sqlite3.OperationalError, match="locked"), other:
                other.execute("UPDATE setting SET value = '9' WHERE name = 'yellow_days'")
            assert reader.first("SELECT value FROM setting WHERE name = 'yellow_days'") == before == (None,)
        with other:
            other.execute("UPDATE setting SET value = '9' WHERE name = 'yellow_days'")
        assert reader.first("SELECT value FROM setting WHERE name = 'yellow_days'") == ("9",)


@pytest.mark.on_a_file
def test_a_snapshot_inside_another_is_the_outer_one(empty_store: Path) -> None:
    with db.reading(str(empty_store)) as reader, closing(sqlite3.connect(empty_store, timeout=0)) as other:
        with reader.snapshot():
            with reader.snapshot():
                before = reader.first("SELECT value FROM setting WHERE name = 'yellow_days'")
            with pytest.raises(sqlite3.OperationalError, match="locked"), other:
                other.execute("UPDATE setting SET value = '9' WHERE name = 'yellow_days'")
            assert reader.first("SELECT value FROM setting WHERE name = 'yellow_days'") == before
        with reader.snapshot():
            assert reader.first("SELECT value FROM setting WHERE name = 'yellow_days'") == before
