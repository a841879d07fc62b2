"""Commands in a chain, and the seal that stands for all of them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import behind, lay
from tests.keeping.test_check import found
from tests.stores import VERSIONS, lay_older

from fugong import db
from fugong.keeping.upgrade import upgrade
from fugong.store import chain
from fugong.vocab.keeping import Damage


def seal(fugong: Run) -> str:
    return str(json.loads(fugong("store", "info", "--format", "json").stdout)["seal"])


def commands(store: Path) -> list[tuple[Any, ...]]:
    return behind(store, "SELECT verb, number, previous, digest FROM batch ORDER BY id")


def test_every_command_names_the_one_before_it(store: Path, fugong: Run) -> None:
    lay(store)
    for text in ("一", "二"):
        assert fugong("note", "2-1", text).exit_code == 0
    (_, first, none, start), (_, second, *middle), (_, third, *last) = commands(store)
    assert (first, second, third, none) == (1, 2, 3, None)
    assert (middle[0], last[0]) == (start, middle[1])
    assert len({start, middle[1], last[1]}) == len([start, middle[1], last[1]])


def test_a_command_that_changes_nothing_leaves_the_chain_as_it_is(store: Path, fugong: Run) -> None:
    lay(store)
    before = seal(fugong)
    assert fugong("close", "2-2", "--how", "好").exit_code == 0
    assert fugong("close", "9-9", "--how", "好").exit_code == 1
    assert seal(fugong) == before


def test_a_seal_proves_that_what_it_stood_for_is_still_there(store: Path, fugong: Run) -> None:
    lay(store)
    anchor = seal(fugong)
    assert len(anchor) == chain.SEAL
    assert fugong("note", "2-1", "后来的").exit_code == 0
    assert seal(fugong) != anchor
    proved = fugong("store", "check", "--since", anchor)
    assert (proved.exit_code, "此后又有 1 次操作" in proved.stderr) == (0, True)
    english = fugong("store", "check", "--since", anchor.upper(), FUGONG_LANG="en")
    assert (english.exit_code, "1 command(s) since" in english.stderr) == (0, True)


def test_the_seal_of_an_empty_store_is_known_for_ever(empty_store: Path, fugong: Run) -> None:
    anchor = seal(fugong)
    assert fugong("team", "add", "1", "第一组").exit_code == 0
    assert fugong("store", "check", "--since", anchor).exit_code == 0
    assert found(empty_store) == []


def test_a_seal_that_the_store_never_had_is_unknown_not_broken(store: Path, fugong: Run) -> None:
    lay(store)
    for unknown in ("0" * chain.SEAL, "抄错了"):
        refused = fugong("store", "check", "--since", unknown)
        assert (refused.exit_code, refused.stdout, unknown in refused.stderr) == (1, "", True)


def test_a_last_command_cut_off_shows_only_against_a_seal(store: Path, fugong: Run) -> None:
    lay(store)
    assert fugong("note", "2-2", "留下的").exit_code == 0
    before = [fugong("list", "--status", "all").stdout, seal(fugong)]
    assert fugong("note", "2-2", "剪去的").exit_code == 0
    anchor = seal(fugong)
    behind(store, "DELETE FROM event WHERE text = '剪去的'")
    behind(store, "DELETE FROM batch WHERE id = (SELECT max(id) FROM batch)")
    assert [fugong("list", "--status", "all").stdout, seal(fugong)] == before
    assert found(store) == []
    assert fugong("store", "check", "--since", before[1]).exit_code == 0
    assert fugong("store", "check", "--since", anchor).exit_code == 1


def test_what_a_seal_stood_for_and_is_changed_is_found(store: Path, fugong: Run) -> None:
    lay(store)
    assert fugong("note", "2-1", "原来的").exit_code == 0
    anchor = seal(fugong)
    assert fugong("note", "2-1", "后来的").exit_code == 0
    behind(store, "UPDATE event SET text = '改过的' WHERE text = '原来的'")
    assert fugong("store", "check", "--since", anchor).exit_code == 6


def test_publish_prints_the_seal_of_what_came_before_it(store: Path, fugong: Run) -> None:
    lay(store)
    anchor = seal(fugong)
    said = fugong("publish", "--name", "周报").stdout
    assert (said.startswith("周报"), f"封签 {anchor}" in said) == (True, True)
    assert fugong("publish", "--name", "周报").stdout == said
    assert fugong("store", "check", "--since", anchor).exit_code == 0


def test_arrivals_count_up_whatever_the_clock_says(store: Path, fugong: Run) -> None:
    lay(store)
    for day in ("2020-03-20", "2020-03-14", "2020-03-14"):
        assert fugong("note", "2-1", "记", FUGONG_TODAY=day).exit_code == 0
    moments = [moment for (moment,) in behind(store, "SELECT arrived_at FROM batch ORDER BY id")]
    assert moments == sorted(set(moments))
    assert found(store) == []


TOLD = "id, hash, batch_id, kind, subject, act, on_date, approximate, changes, text, parents"
EVERYTHING = ("SELECT uid, undoes_id FROM batch ORDER BY id", f"SELECT {TOLD} FROM event ORDER BY id")


@pytest.mark.on_a_file
@pytest.mark.parametrize("since", [version for version in VERSIONS if version < db.SCHEMA])
def test_an_older_store_begins_its_chain_with_all_that_it_had(store: Path, fugong: Run, since: int) -> None:
    lay_older(store, since)
    held = [behind(store, sql) for sql in EVERYTHING]
    ((replica,),) = behind(store, "SELECT value FROM setting WHERE name = 'replica'")
    upgrade(str(store))
    assert found(store) == []
    assert [behind(store, sql)[: len(rows)] for sql, rows in zip(EVERYTHING, held, strict=True)] == held
    ((last,),) = behind(store, "SELECT uid FROM batch WHERE digest IS NULL ORDER BY id DESC LIMIT 1")
    assert commands(store)[-1][:3] == ("begin", 1, last)
    with db.reading(str(store)) as reader:
        assert reader.settings["replica"] != replica
    anchor = seal(fugong)
    assert fugong("log", "甲厂", "新问题").exit_code == 0
    assert fugong("store", "check", "--since", anchor).exit_code == 0
    behind(store, "UPDATE batch SET undoes_id = NULL WHERE undoes_id IS NOT NULL")
    assert Damage.CHAIN in {each.damage for each in found(store)}


def as_schema_2_had_it(store: Path, folder: Path) -> None:
    """Make a store of today, on a server, one of schema 2, of which none was kept: without what its file lacks."""
    with closing(sqlite3.connect(lay_older(folder / "older.db", 2))) as older:
        had = {
            table: {name for _, name, *_ in older.execute(f"PRAGMA table_info({table})")}
            for (table,) in older.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    for statement in (
        "DROP TABLE setting",
        "ALTER TABLE fact RENAME TO setting",
        "DELETE FROM setting WHERE name = 'series'",
        "INSERT INTO setting (name, value, seal) VALUES ('timezone', 'Asia/Shanghai', ''), ('yellow_days', '3', '')",
    ):
        behind(store, statement)
    columns = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
    tables = (
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    )
    today = {
        table: [name for each, name in behind(store, columns) if each == table] for (table,) in behind(store, tables)
    }
    for table in sorted(today.keys() - had.keys() - {"fugong"}):
        behind(store, f"DROP TABLE {table} CASCADE")
    for table in sorted(today.keys() & had.keys()):
        for name in today[table]:
            if name not in had[table]:
                behind(store, f"ALTER TABLE {table} DROP COLUMN {name} CASCADE")
    for table in ("problem", "activity"):
        behind(store, f"ALTER TABLE {table} ADD UNIQUE (team_id, number)")
    behind(store, "ALTER TABLE batch ADD UNIQUE (undoes_id)")
    behind(store, "UPDATE fugong SET schema = 2")


def test_a_store_on_a_server_begins_its_chain_likewise(store: Path, fugong: Run, engine: str, tmp_path: Path) -> None:
    if engine == "sqlite":
        pytest.skip("files of schema 2 are kept, and begin their chains above")
    lay(store)
    assert fugong("note", "2-1", "记").exit_code == 0
    before = behind(store, "SELECT hash FROM event ORDER BY id")
    as_schema_2_had_it(store, tmp_path)
    assert upgrade(str(store))
    *older, (told,) = behind(store, "SELECT hash FROM event ORDER BY id")
    assert older == before
    assert behind(store, "SELECT kind, changes FROM event WHERE hash = :told", told=told) == [
        ("setting", '{"value":[null,"3"]}')
    ]
    assert found(store) == []
    assert commands(store)[-1][0] == chain.BEGIN


@pytest.mark.on_a_file
def test_a_store_without_commands_needs_no_beginning(store: Path) -> None:
    with closing(sqlite3.connect(lay_older(store, 2))) as older:
        tables = [name for (name,) in older.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in set(tables) - {"setting", "fugong"}:
            older.execute(f"DELETE FROM {name}")
        older.execute("UPDATE setting SET value = 'Asia/Shanghai' WHERE name = 'timezone'")  # what was set is told
        older.execute("UPDATE setting SET value = '2' WHERE name = 'yellow_days'")
        older.commit()
    assert upgrade(str(store))
    assert commands(store) == []
    assert found(store) == []
