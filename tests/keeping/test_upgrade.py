"""Upgrades: a store of any earlier schema becomes one of this program's, nothing lost, and is kept as it was."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from tests.conftest import Run, command
from tests.county import fingerprint, lay, outcome
from tests.stores import VERSIONS, image, lay_older
from tests.walk import REPORTS

from fugong import db
from fugong.domain import roster
from fugong.errors.files import CannotWrite
from fugong.errors.store import StoreBusy, StoreForeign, StoreNewer, StoreOlder, StoreUnusable
from fugong.keeping import backup, catalog, check, schema
from fugong.keeping.restore import restore
from fugong.keeping.upgrade import upgrade
from fugong.store import migrations, sqlite, sqlite_lock
from fugong.store.migrations import altering, m0002_roster
from fugong.store.migrations.events import Teller
from fugong.vocab import Measure

pytestmark = pytest.mark.on_a_file

HOW_TO = """
{parts}

A store of schema {version}, upgraded, differs from a new one in these parts: + stands in the upgraded store only,
- in what the models say only. A column, constraint, code, index or table that the models gained or lost
needs its line in the step of src/fugong/store/migrations that leads to schema {known}; CONTRIBUTING.md shows how.
If schema {known} is released already, raise db.SCHEMA and begin a new step instead.
"""


def version(store: Path) -> int:
    with closing(sqlite3.connect(store)) as connection:
        (number,) = connection.execute("PRAGMA user_version").fetchone()
        return int(number)


def shapes(store: Path) -> catalog.Parts:
    with db.examining(str(store)) as session:
        return schema.described(session.core)


def lines(parts: catalog.Parts) -> set[str]:
    return {f"{name}: {part}" for name, each in parts.items() for part in each}


def told(store: Path) -> list[tuple[Any, ...]]:
    """All that was ever told, with its hashes."""
    with closing(sqlite3.connect(store)) as connection:
        sql = "SELECT hash, batch_id, kind, subject, act, on_date, changes, text, parents FROM event ORDER BY id"
        return connection.execute(sql).fetchall()


def counts(store: Path) -> dict[str, int]:
    with closing(sqlite3.connect(store)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables}


def leftovers(store: Path) -> list[str]:
    return sorted(path.name for path in store.parent.rglob("*") if path != store and path.is_file())


# What an upgrade makes


def test_there_is_a_stored_store_of_every_earlier_schema() -> None:
    assert set(range(1, db.SCHEMA)) <= set(VERSIONS) <= set(range(1, db.SCHEMA + 1))
    assert set(migrations.STEPS) == set(range(2, db.SCHEMA + 1))


@pytest.mark.parametrize(("before", "after"), [(0o644, 0o600), (0o666, 0o600), (0o660, 0o660), (0o600, 0o600)])
def test_an_upgraded_store_is_closed_to_others_but_not_to_a_group(store: Path, before: int, after: int) -> None:
    lay_older(store, 1).chmod(before)
    upgrade(str(store))
    assert store.stat().st_mode & 0o777 == after


@pytest.mark.parametrize("since", VERSIONS)
def test_an_upgraded_store_has_the_tables_indexes_and_views_of_a_new_one(store: Path, since: int) -> None:
    upgrade(str(lay_older(store, since)))
    found, wanted = lines(shapes(store)), lines(schema.fresh())
    differing = [*(f"+ {line}" for line in sorted(found - wanted)), *(f"- {line}" for line in sorted(wanted - found))]
    assert not differing, HOW_TO.format(parts="\n".join(differing), version=since, known=db.SCHEMA)


@pytest.mark.parametrize("since", VERSIONS)
def test_an_upgraded_store_is_whole_and_every_hash_is_as_it_was(store: Path, since: int) -> None:
    before, rows = told(lay_older(store, since)), counts(store)
    upgrade(str(store))
    assert told(store)[: len(before)] == before
    assert {table: count for table, count in counts(store).items() if count < rows.get(table, 0)} == {}
    with db.examining(str(store)) as session:
        assert list(check.findings(session)) == []


@pytest.mark.parametrize("since", VERSIONS)
def test_an_upgraded_store_states_its_version_in_both_places(store: Path, since: int) -> None:
    upgrade(str(lay_older(store, since)))
    with db.reading(str(store)) as reader:
        assert (reader.schema, reader.settings["schema"]) == (db.SCHEMA, str(db.SCHEMA))


def test_an_upgraded_store_takes_the_next_act_and_undoes_an_earlier_one(store: Path, fugong: Run) -> None:
    upgrade(str(lay_older(store)))
    assert [fugong(*argv).exit_code for argv in (["log", "甲厂", "新问题"], ["undo"], ["store", "check"])] == [0, 0, 0]


@pytest.mark.parametrize("since", VERSIONS)
def test_every_report_can_be_read_from_an_upgraded_store(store: Path, fugong: Run, since: int) -> None:
    upgrade(str(lay_older(store, since)))
    said = {tuple(argv): fugong(*argv).exit_code for argv in REPORTS}
    assert {argv for argv, status in said.items() if status} == set()


# The backup


def test_the_store_is_kept_as_it_was_in_a_verified_backup(store: Path) -> None:
    rows = told(lay_older(store))
    done = upgrade(str(store))
    assert done is not None
    assert (done.before, done.after) == (1, db.SCHEMA)
    backup.verify(Path(done.backup))
    assert (version(Path(done.backup)), told(Path(done.backup))) == (1, rows)
    assert Path(done.backup).parent == store.parent / "backups"


def test_the_nights_backups_do_not_push_that_one_out(store: Path, fugong: Run) -> None:
    done = upgrade(str(lay_older(store)))
    assert [fugong("store", "backup", "--keep", "1").exit_code for _ in range(2)] == [0, 0]
    assert done is not None
    assert Path(done.backup).exists()


def test_an_older_backup_is_restored_and_upgraded_when_it_is_used(store: Path, fugong: Run) -> None:
    done = upgrade(str(lay_older(store)))
    assert done is not None
    restore(str(store), Path(done.backup), force=True)
    assert version(store) == 1
    assert fugong("list").exit_code == 0
    assert version(store) == db.SCHEMA


def test_an_older_store_can_be_backed_up_as_it_is(store: Path, fugong: Run) -> None:
    lay_older(store)
    made = Path(fugong("store", "backup").stdout.strip())
    assert (version(made), version(store)) == (1, 1)


def test_older_backups_of_a_store_are_thinned_out_like_others(store: Path, fugong: Run) -> None:
    first = Path(fugong("--store", str(lay_older(store)), "store", "backup").stdout.strip())
    upgrade(str(store))
    assert fugong("store", "backup", "--keep", "1").exit_code == 0
    assert not first.exists()


# By itself and by command


@pytest.mark.parametrize("argv", [["list"], ["log", "甲厂", "新问题"], ["store", "check"], ["store", "info"]])
def test_a_command_upgrades_an_older_store_by_itself_and_names_the_backup(
    store: Path, fugong: Run, argv: list[str]
) -> None:
    lay_older(store)
    result = fugong(*argv)
    (kept,) = (store.parent / "backups").glob("*.db")
    first = result.stderr.splitlines()[0]
    assert (result.exit_code, first) == (0, f"台账已从结构第 1 版升级到第 {db.SCHEMA} 版；升级前的备份：{kept}")
    assert fugong(*argv).stderr.count("升级") == 0


def test_the_command_says_what_it_did_and_the_second_time_that_there_is_nothing_to_do(store: Path, fugong: Run) -> None:
    lay_older(store)
    first = fugong("store", "upgrade", FUGONG_LANG="en")
    assert (first.exit_code, first.stdout) == (0, f"{store}\n")
    assert first.stderr.startswith(f"The store was upgraded from schema 1 to {db.SCHEMA}; as it was before: ")
    before = fingerprint(store)
    second = fugong("store", "upgrade")
    assert outcome(second) == (0, "", f"台账已是结构第 {db.SCHEMA} 版，不用升级。\n")
    assert fingerprint(store) == before


def test_completion_never_upgrades(store: Path, fugong: Run) -> None:
    lay_older(store)
    fugong(_FUGONG_COMPLETE="complete_bash", COMP_WORDS="fugong close 1", COMP_CWORD="2")
    assert version(store) == 1


def test_the_library_asks_for_an_upgrade(store: Path) -> None:
    lay_older(store)
    with pytest.raises(StoreOlder) as refused, db.reading(str(store)):
        pass
    assert "fugong store upgrade" in refused.value.sentence(chinese=True)
    with pytest.raises(StoreOlder), db.writing(str(store)):
        pass


def test_an_older_store_that_cannot_be_written_is_refused_with_what_to_do(
    store: Path, monkeypatch: pytest.MonkeyPatch, fugong: Run
) -> None:
    lay_older(store)
    monkeypatch.setattr("os.access", lambda *_: False)  # root may write everything
    result = fugong("list")
    assert (result.exit_code, result.stdout) == (5, "")
    assert "fugong store upgrade" in result.stderr
    assert (version(store), leftovers(store)) == (1, [])


# What goes wrong leaves the store as it was


def half_way(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DROP TABLE member")
    message = "half-way"
    raise RuntimeError(message)


def dangling(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DELETE FROM team")


@pytest.mark.parametrize(("step", "error"), [(half_way, RuntimeError), (dangling, StoreUnusable)])
def test_an_upgrade_that_fails_leaves_the_store_as_it_was_and_no_backup(
    store: Path, monkeypatch: pytest.MonkeyPatch, step: migrations.Step, error: type[Exception]
) -> None:
    monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, 2: step})
    lay_older(store)
    with pytest.raises(error):
        upgrade(str(store))
    assert (store.read_bytes(), leftovers(store)) == (image(1), [])


def test_a_damaged_older_store_is_not_upgraded(store: Path) -> None:
    content = image(1)
    store.write_bytes(content[:8192] + b"\xff" * 8192 + content[16384:])
    with pytest.raises(StoreUnusable):
        upgrade(str(store))
    assert leftovers(store) == []


def test_an_upgrade_that_can_make_no_backup_changes_nothing(store: Path) -> None:
    lay_older(store)
    (store.parent / "backups").write_text("旧内容", encoding="utf-8")
    with pytest.raises(CannotWrite):
        upgrade(str(store))
    assert store.read_bytes() == image(1)


def test_a_store_of_no_known_version_is_not_ours(store: Path) -> None:
    lay_older(store)
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("PRAGMA user_version=0")
    with pytest.raises(StoreForeign):
        upgrade(str(store))


def test_a_newer_store_is_not_upgraded(store: Path) -> None:
    lay(store)
    with closing(sqlite3.connect(store)) as connection:
        connection.execute(f"PRAGMA user_version={db.SCHEMA + 1}")
    with pytest.raises(StoreNewer):
        upgrade(str(store))


def test_an_upgrade_waits_for_who_writes_and_gives_up_when_that_takes_too_long(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_older(store)
    monkeypatch.setattr(sqlite_lock, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            upgrade(str(store))
    assert leftovers(store) == []


def test_a_writer_who_waited_while_a_newer_program_upgraded_writes_nothing(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(store)
    monkeypatch.setattr(sqlite, "_must_be_ours", lambda *_, **__: _upgraded_meanwhile(store))
    with pytest.raises(StoreNewer), command(store) as writer:
        roster.add_team(writer, "9", name="第九组", county="某县")


def _upgraded_meanwhile(store: Path) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.execute(f"PRAGMA user_version={db.SCHEMA + 1}")


def test_an_upgrade_makes_the_indexes_that_are_missing_and_drops_only_those_that_were_ours(store: Path) -> None:
    lay_older(store)
    with closing(sqlite3.connect(store)) as connection:
        connection.executescript(
            "DROP INDEX ix_event_subject; DROP INDEX uq_assignment_current; "
            "CREATE INDEX ix_team_former ON team (name); CREATE INDEX theirs ON team (county)"
        )
    upgrade(str(store))
    assert set(shapes(store)) ^ set(schema.fresh()) == {"theirs"}


# Tables made anew


@pytest.fixture
def connection(store: Path) -> Iterator[sa.Connection]:
    lay_older(store)
    with db.upgrading(str(store)) as session:
        yield session.core


def test_a_table_made_anew_keeps_its_rows_its_indexes_and_who_refers_to_it(connection: sa.Connection) -> None:
    before = connection.exec_driver_sql("SELECT * FROM event ORDER BY id").all()
    indexes = schema.described(connection).keys()
    altering.recode(connection, "event", "act", ["add", "edit", "log", "assign", "note", "bounce", "chase", "extend",
                                                 "close", "verify", "reopen", "void", "undo", "retire"])  # fmt: skip
    assert connection.exec_driver_sql("SELECT * FROM event ORDER BY id").all() == before
    assert schema.described(connection).keys() == indexes
    connection.exec_driver_sql("UPDATE event SET act = 'retire' WHERE id = 1")


def test_a_code_that_rows_still_have_cannot_be_taken_away(connection: sa.Connection) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        altering.recode(connection, "event", "act", ["add", "edit"])


def test_a_table_made_anew_fills_its_new_columns(connection: sa.Connection) -> None:
    altering.rebuild(
        connection,
        "bounce",
        "CREATE TABLE bounce (id INTEGER NOT NULL PRIMARY KEY, problem_id INTEGER, department_id INTEGER, why TEXT)",
        why="'退回 ' || on_date",
    )
    rows = connection.exec_driver_sql("SELECT id, why FROM bounce").all()
    assert [tuple(row) for row in rows] == [(1, "退回 2020-03-13")]


def test_codes_that_are_spelt_out_can_be_changed_and_hold(connection: sa.Connection) -> None:
    altering.spell_out(connection)
    altering.recode(connection, "figure", "measure", [measure.value for measure in Measure if measure != "sites"])
    described = schema.described(connection)
    assert any(part.startswith("CHECK (measure = 'found' OR measure = 'solved' OR ") for part in described["figure"])
    assert [part for parts in described.values() for part in parts if " IN ('" in part and "CHECK" in part] == []
    with pytest.raises(sa.exc.IntegrityError):
        connection.exec_driver_sql("INSERT INTO figure (uid, measure, value, as_of, inferred) "
                                   "VALUES ('u', 'sites', 1, '2020-03-12', 0)")  # fmt: skip


def test_a_column_without_codes_is_not_given_any(connection: sa.Connection) -> None:
    with pytest.raises(LookupError):
        altering.recode(connection, "event", "text", ["add"])


# What a step tells


def renames(connection: sa.Connection) -> None:
    """Attributes change, and events tell of it."""
    teller = Teller(connection)
    for uid, name in connection.exec_driver_sql("SELECT uid, name FROM team ORDER BY id").all():
        connection.exec_driver_sql("UPDATE team SET branch = '支部', remark = NULL WHERE uid = ?", (uid,))
        teller.tell("team", uid, {"branch": [None, "支部"], "remark": [name, None]}, on="2020-03-10")


def both(connection: sa.Connection) -> None:
    """The step to 2, and one that tells."""
    m0002_roster.upgrade(connection)
    renames(connection)


def test_what_a_step_changes_in_a_record_it_tells_and_the_store_proves_whole(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(lay_older(store))
    monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, 2: both})
    upgrade(str(store))
    with db.examining(str(store)) as session:
        assert list(check.findings(session)) == []
    with db.reading(str(store)) as reader:
        sql = "SELECT actor, verb, recorded_at, on_date, count(*) FROM v_event WHERE verb = 'upgrade' AND kind = 'team'"
        (row,) = reader.rows(f"{sql} GROUP BY actor, verb, recorded_at, on_date")
        teams = reader.first("SELECT count(*) FROM team")
    assert row == ("fugong", "upgrade", "2020-03-13T04:00:00.000000Z", "2020-03-10", *(teams or ()))
    assert told(store)[: len(before)] == before


def test_an_upgrade_is_not_what_undo_takes_back(store: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_older(store)
    monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, 2: both})
    assert fugong("log", "甲厂", "新问题").exit_code == 0
    assert "新问题" in fugong("undo").stdout
    assert fugong("store", "check").exit_code == 0


# How schemas are compared


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE extra (id INTEGER)",
        "ALTER TABLE team ADD COLUMN extra TEXT",
        "ALTER TABLE setting ADD COLUMN name2 TEXT CHECK (length(name2) < 3)",
        "ALTER TABLE assignment DROP COLUMN from_on",
        "ALTER TABLE setting RENAME COLUMN value TO content",
        "DROP INDEX ix_event_subject",
        "DROP VIEW v_team",
    ],
)
def test_every_part_of_a_schema_counts(store: Path, statement: str) -> None:
    with db.upgrading(str(lay(store))) as session:
        assert schema.described(session.core) == schema.fresh()
        session.run(statement)
        assert schema.described(session.core) != schema.fresh()


SAME = [
    """CREATE TABLE "a" (id INTEGER NOT NULL, "key" TEXT CHECK (length(key) > 1), b_id INTEGER, flag INTEGER,
    PRIMARY KEY (id), UNIQUE (b_id), FOREIGN KEY(b_id) REFERENCES b (id), CONSTRAINT flag CHECK (flag IN (0, 1)))""",
    """CREATE TABLE a (id INTEGER NOT NULL PRIMARY KEY, flag INTEGER CONSTRAINT c CHECK (flag IN (0, 1)),
    b_id INTEGER UNIQUE REFERENCES b (id), key TEXT CHECK (length(key) > 1))""",
]


def test_where_a_column_stands_and_how_it_is_quoted_makes_no_difference() -> None:
    engine, shapes = sa.create_engine("sqlite://", poolclass=sa.NullPool), []
    for statement in SAME:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE IF EXISTS a")
            connection.exec_driver_sql(statement)
            shapes.append(schema.described(connection))
    assert shapes[0] == shapes[1]
