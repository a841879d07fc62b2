"""The next upgrade, whatever it will be, on both engines: a step that the tests make up, through the same runner."""

from contextlib import nullcontext
from pathlib import Path

import pytest
from sqlalchemy import Connection
from tests.conftest import Run
from tests.county import behind, lay

from fugong import db
from fugong.errors.store import StoreOlder, StoreUnusable
from fugong.keeping import check
from fugong.keeping.upgrade import upgrade
from fugong.store import migrations
from fugong.store.migrations import altering

NEXT = db.SCHEMA + 1


def step(connection: Connection) -> None:
    """A code that a column may hold is gone, and one is new."""
    altering.recode(connection, "problem", "satisfaction", ("satisfied", "dissatisfied", "delighted"))


def broken(connection: Connection) -> None:
    step(connection)
    connection.exec_driver_sql("DROP TABLE loaded")
    raise ZeroDivisionError


@pytest.fixture
def older(store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with the county, which the program of the day has left behind."""
    lay(store)
    monkeypatch.setattr(db, "SCHEMA", NEXT)
    monkeypatch.setitem(db._MARKS, "schema", NEXT)
    monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, NEXT: step})
    return store


def codes(store: Path) -> set[str]:
    """What a column may hold, as the engine answers."""
    taken = set()
    for code in ("satisfied", "fairly", "delighted"):
        try:
            behind(store, "UPDATE problem SET satisfaction = :code WHERE id = 1", code=code)
        except Exception:  # noqa: BLE001, S112  (each engine has its own)
            continue
        taken.add(code)
    return taken


def test_the_library_asks_for_an_upgrade(older: Path) -> None:
    with pytest.raises(StoreOlder), db.reading(str(older)):
        pass
    with pytest.raises(StoreOlder), db.writing(str(older)):
        pass


def test_a_command_upgrades_by_itself_and_says_where_the_store_is_as_it_was(older: Path, fugong: Run) -> None:
    before = behind(older, "SELECT hash FROM event ORDER BY id")
    listed = fugong("list")
    assert (listed.exit_code, "1-1" in listed.stdout) == (0, True)
    assert f"从结构第 {NEXT - 1} 版升级到第 {NEXT} 版" in listed.stderr
    assert behind(older, "SELECT hash FROM event ORDER BY id") == before
    with db.reading(str(older)) as reader:
        assert (reader.schema, reader.settings["schema"]) == (NEXT, str(NEXT))
    assert codes(older) == {"satisfied", "delighted"}
    assert fugong("store", "upgrade").stderr == f"台账已是结构第 {NEXT} 版，不用升级。\n"


def test_an_upgraded_store_has_no_other_findings_than_the_step_makes(older: Path) -> None:
    upgrade(str(older))
    with db.examining(str(older)) as session:
        assert {(each.table, each.damage.value) for each in check.findings(session)} == {("problem", "schema")}


def test_a_step_that_fails_leaves_the_store_as_it_was(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, NEXT: broken})
    with pytest.raises(ZeroDivisionError):
        upgrade(str(older))
    with pytest.raises(StoreOlder), db.reading(str(older)):
        pass
    monkeypatch.undo()
    with db.examining(str(older)) as session:
        assert list(check.findings(session)) == []


def test_on_a_server_the_tables_stay_as_they_were_in_a_schema_of_their_own(older: Path, engine: str) -> None:
    rows = behind(older, "SELECT * FROM problem ORDER BY id")
    done = upgrade(str(older))
    assert done
    if engine == "sqlite":
        assert Path(done.backup).is_file()
        return
    behind(older, f"ALTER ROLE postgres SET search_path = {done.backup}")
    try:
        assert behind(older, "SELECT * FROM problem ORDER BY id") == rows
        assert behind(older, "SELECT schema FROM fugong") == [(NEXT - 1,)]
    finally:
        behind(older, "ALTER ROLE postgres RESET search_path")


def test_who_might_read_the_views_may_read_them_still(older: Path, engine: str) -> None:
    if engine == "postgresql":
        role = "DO $$ BEGIN CREATE ROLE viewer LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        for statement in (role, "GRANT SELECT ON v_problem TO viewer", "GRANT SELECT ON v_team TO PUBLIC"):
            behind(older, statement)
    assert upgrade(str(older))
    if engine == "postgresql":
        asked = "SELECT has_table_privilege('viewer', '{}', 'SELECT')"
        held = [behind(older, asked.format(name))[0][0] for name in ("v_problem", "v_team", "v_figure", "problem")]
        assert held == [True, True, False, False]


def test_a_view_of_somebody_else_is_not_dropped_with_ours(older: Path, engine: str) -> None:
    behind(older, "CREATE VIEW mine AS SELECT count(*) AS n FROM v_problem")
    with nullcontext() if engine == "sqlite" else pytest.raises(StoreUnusable, match="drop those first"):
        upgrade(str(older))
    assert behind(older, "SELECT n FROM mine")[0][0] > 0
