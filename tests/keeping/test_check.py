"""``store check``: a sound store has no findings, and whatever was changed behind the program's back is named."""

import json
from pathlib import Path

import pytest
from sqlmodel import SQLModel
from tests.conftest import Run
from tests.county import behind, engine_of, fingerprint, lay
from tests.walk import ACTS, PORTABLE, prepare

from fugong import db
from fugong.keeping import check
from fugong.keeping.findings import Finding
from fugong.reports.store import TABLES
from fugong.vocab.keeping import Damage

TAMPERED = [
    ("UPDATE problem SET text = '改过' WHERE id = 1", Damage.STATE, "problem", "text"),
    ("UPDATE problem SET team_id = 2 WHERE id = 3", Damage.STATE, "problem", "team"),
    ("UPDATE problem SET status_on = '2020-01-01' WHERE id = 1", Damage.DERIVED, "problem", "status_on"),
    ("UPDATE problem SET recorded_at = 'x' WHERE id = 1", Damage.DERIVED, "problem", "recorded_at"),
    ("UPDATE team SET next_number = 1 WHERE id = 1", Damage.DERIVED, "team", "next_number"),
    ("DELETE FROM problem WHERE id = 2", Damage.DERIVED, "team", "next_number"),
    ("UPDATE team SET sort = '0' WHERE id = 1", Damage.DERIVED, "team", "sort"),
    ("UPDATE enterprise SET core = '别的' WHERE id = 1", Damage.DERIVED, "enterprise", "core: 某县甲厂有限公司"),
    ("UPDATE event SET on_date = '2020-01-01' WHERE id = 9", Damage.HASH, "event", ""),
    ("UPDATE batch SET actor = '别人'", Damage.HASH, "event", ""),
    ("UPDATE event SET subject = 'nobody' WHERE id = 9", Damage.ORPHAN, "event", ""),
    ("UPDATE setting SET value = '9' WHERE name = 'yellow_days'", Damage.STATE, "setting", "value"),
    ("UPDATE fact SET value = 'r' WHERE name = 'replica'", Damage.SEAL, "fact", ""),
    ("UPDATE loaded SET content = '{}' WHERE id = 1", Damage.SEAL, "loaded", ""),
    ("DROP INDEX uq_assignment_current", Damage.SCHEMA, "uq_assignment_current", "-"),
    ("CREATE TABLE extra (a INTEGER)", Damage.SCHEMA, "extra", "+"),
    (
        "INSERT INTO batch (id, uid, verb, actor, recorded_at, replica) VALUES (99, 'u', 'v', 'a', 't', 'r')",
        Damage.BATCH,
        "batch",
        "-",
    ),
]


def found(store: Path) -> list[Finding]:
    with db.examining(str(store)) as session:
        return list(check.findings(session))


def test_a_sound_store_has_no_findings(store: Path, fugong: Run) -> None:
    result = fugong("--store", str(lay(store)), "store", "check")
    assert (result.exit_code, result.stderr) == (0, "台账完好。\n")


def test_a_store_is_sound_after_every_act(
    store: Path, engine: str, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    lay(store)
    assert {fugong(*act).exit_code for act in (ACTS if engine == "sqlite" else PORTABLE)} == {0}
    assert found(store) == []


@pytest.mark.parametrize(("sql", "damage", "table", "detail"), TAMPERED)
def test_what_was_changed_behind_the_programs_back_is_named(
    store: Path, sql: str, damage: Damage, table: str, detail: str
) -> None:
    behind(lay(store), sql)
    kinds = {(each.damage, each.table) for each in found(store)}
    assert (damage, table) in kinds
    assert detail == "" or detail in [each.detail for each in found(store) if each.damage is damage]


def test_a_note_cut_out_of_a_history_is_named_by_the_event_after_it(store: Path, fugong: Run) -> None:
    lay(store)
    for text in ("一", "二"):
        assert fugong("note", "2-1", text).exit_code == 0
    behind(store, "DELETE FROM event WHERE text = '一'")
    assert Damage.PARENTS in {each.damage for each in found(store)}


@pytest.mark.on_a_file
def test_an_event_cut_out_leaves_a_gap(store: Path) -> None:
    """A server's numbers may have gaps of their own: docs/adr/0015-postgresql-by-the-same-seam.md."""
    behind(lay(store), "DELETE FROM event WHERE id = 9")
    assert ("event", "-") in {(each.table, each.detail) for each in found(store) if each.damage is Damage.GAP}


CHECKS = "SELECT conname FROM pg_constraint WHERE conrelid = CAST('problem' AS regclass) AND contype = 'c'"


@pytest.mark.on_a_file
def test_what_the_planner_was_told_is_compared(store: Path, fugong: Run) -> None:
    behind(lay(store), "UPDATE sqlite_stat1 SET stat = '1 1' WHERE idx = 'ix_event_subject'")
    result = fugong("store", "check", "--format", "plain")
    assert (result.exit_code, "sqlite_stat1" in result.stdout) == (6, True)


def test_one_unreadable_row_is_named_and_the_others_are_still_read(store: Path) -> None:
    with engine_of(lay(store)).begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        else:
            for (name,) in connection.exec_driver_sql(CHECKS).all():
                connection.exec_driver_sql(f"ALTER TABLE problem DROP CONSTRAINT {name}")
        connection.exec_driver_sql("UPDATE problem SET status = 'open?' WHERE id = 2")
        connection.exec_driver_sql("UPDATE problem SET text = '改过' WHERE id = 4")
    findings = found(store)
    assert [each.row for each in findings if each.damage is Damage.UNREADABLE and each.table == "problem"] == ["2", "2"]
    assert Damage.STATE in {each.damage for each in findings}


def test_findings_are_rows_and_exit_code_6(store: Path, fugong: Run) -> None:
    behind(lay(store), "UPDATE problem SET text = '改过' WHERE id = 1")
    result = fugong("store", "check", "--format", "json")
    (item,) = json.loads(result.stdout)["items"]
    assert result.exit_code == 6
    assert {name: item[name] for name in ("damage", "table", "detail", "remedy")} == {
        "damage": "state",
        "table": "problem",
        "detail": "text",
        "remedy": "compare",
    }


def test_people_read_of_tables_in_their_own_words(store: Path, fugong: Run) -> None:
    behind(lay(store), "UPDATE problem SET text = '改过' WHERE id = 1")
    row = fugong("store", "check", "--format", "plain").stdout.splitlines()[1].split("\t")
    assert (row[1], row[3]) == ("问题", "text")
    assert TABLES.keys() == SQLModel.metadata.tables.keys()


@pytest.mark.on_a_file
def test_a_file_that_is_no_store_is_refused(store: Path, fugong: Run) -> None:
    store.write_text("旧内容" * 100, encoding="utf-8")
    assert fugong("store", "check").exit_code == 5


def test_looking_writes_nothing(store: Path, fugong: Run) -> None:
    before = fingerprint(lay(store))
    fugong("store", "check")
    assert fingerprint(store) == before
