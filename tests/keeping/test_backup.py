"""Backup and restore: verified, private, never over anything, and the store as it was comes back."""

import hashlib
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import Run, command
from tests.county import lay

from fugong import db, files
from fugong.domain import roster
from fugong.domain.writer import Writer
from fugong.errors.store import BackupBad, BackupExists, StoreBusy, StoreInPlace, StoreUnusable
from fugong.keeping import backup, check
from fugong.keeping.restore import restore
from fugong.store import sqlite_lock

pytestmark = pytest.mark.on_a_file

EPOCH = datetime(2020, 3, 13, tzinfo=UTC)


def rows(store: Path) -> list[str]:
    with closing(sqlite3.connect(store)) as connection:
        return list(connection.iterdump())


def said(store: Path) -> list[str]:
    """Every row but those by which a restored store is a replica of its own."""
    own = ("'replica'", "'series'", "'store restore'", "'copy'", 'INTO "copy"', 'INTO "team"')
    return [row for row in rows(store) if not any(mark in row for mark in own)]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def add_team(store: Path, code: str) -> None:
    with command(store) as writer:
        roster.add_team(writer, code, name=f"第{code}组", county="某县")


def damage(path: Path) -> None:
    image = path.read_bytes()
    path.write_bytes(image[:8192] + b"\xff" * 8192 + image[16384:])


def test_a_backup_holds_every_row_and_proves_whole(store: Path, tmp_path: Path) -> None:
    copy = backup.make(str(lay(store)), tmp_path / "copy.db")
    assert rows(copy) == rows(store)
    with db.examining(str(copy)) as session:
        assert list(check.findings(session)) == []


def test_a_backup_has_its_checksum_beside_it(store: Path, tmp_path: Path) -> None:
    copy = backup.make(str(lay(store)), tmp_path / "copy.db")
    stated = (tmp_path / "copy.db.sha256").read_text(encoding="utf-8")
    assert stated == f"{hashlib.sha256(copy.read_bytes()).hexdigest()}  copy.db\n"


def test_a_backup_is_its_users_alone_whatever_the_umask(store: Path) -> None:
    lay(store)
    before = os.umask(0)
    try:
        folder = backup.default_folder(str(store))
        copy = backup.make(str(store), backup.named(str(store), folder))
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, copy, copy.with_name(copy.name + ".sha256"))]
    assert modes == [0o700, 0o600, 0o600]


def test_a_backup_goes_over_nothing_and_through_no_link(store: Path, tmp_path: Path) -> None:
    lay(store)
    (tmp_path / "link.db").symlink_to(tmp_path / "elsewhere.db")
    (tmp_path / "taken.db").write_text("旧内容", encoding="utf-8")
    for name in ("link.db", "taken.db", "store.db"):
        with pytest.raises(BackupExists):
            backup.make(str(store), tmp_path / name)
    assert not (tmp_path / "elsewhere.db").exists()
    assert (tmp_path / "taken.db").read_text(encoding="utf-8") == "旧内容"


def test_a_damaged_store_makes_no_backup(store: Path, tmp_path: Path) -> None:
    damage(lay(store))
    folder = tmp_path / "copies"
    with pytest.raises(StoreUnusable):
        backup.make(str(store), folder / "copy.db")
    assert names(folder) == []


def test_the_names_of_backups_sort_by_time(store: Path, tmp_path: Path) -> None:
    moments = [EPOCH + timedelta(microseconds=step) for step in (0, 1, 999_999, 1_000_000)]
    made = [backup.named(str(store), tmp_path, moment).name for moment in moments]
    assert made == sorted(made)
    assert made[0] == "store-20200313T000000000000Z.db"


def test_no_older_backup_is_removed_for_one_whose_content_is_damaged(store: Path, fugong: Run) -> None:
    kept = [backup.make(str(lay(store)), backup.named(str(store), store.parent / "backups")) for _ in range(2)]
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("UPDATE problem SET text = '口罩不足四天' WHERE id = 1")
    result = fugong("store", "backup", "--keep", "1")
    assert (result.exit_code, "内容有损坏，旧备份一份也没有删" in result.stderr) == (5, True)
    assert all(path.exists() for path in kept)


def test_the_command_names_backups_and_keeps_as_many_as_asked(store: Path, fugong: Run) -> None:
    lay(store)
    results = [fugong("store", "backup", "--keep", "2") for _ in range(3)]
    assert [result.exit_code for result in results] == [0, 0, 0]
    kept = [Path(result.stdout.strip()).name for result in results[1:]]
    assert [name for name in names(store.parent / "backups") if name.endswith(".db")] == kept


def test_a_restored_store_is_the_one_that_was_backed_up(store: Path, tmp_path: Path) -> None:
    copy = backup.make(str(lay(store)), tmp_path / "copy.db")
    wanted = said(store)
    add_team(store, "9")
    now = rows(store)
    kept = restore(str(store), copy, force=True).kept
    assert said(store) == wanted
    assert kept is not None
    assert rows(kept) == now
    assert stat.S_IMODE(store.stat().st_mode) == 0o600


def test_a_store_is_not_replaced_unasked(store: Path, tmp_path: Path) -> None:
    copy = backup.make(str(lay(store)), tmp_path / "copy.db")
    before = store.read_bytes()
    with pytest.raises(StoreInPlace) as refused:
        restore(str(store), copy, force=False)
    assert "--force" in refused.value.sentence(chinese=True)
    assert store.read_bytes() == before


def test_a_backup_makes_a_new_store_where_there_is_none(store: Path, tmp_path: Path) -> None:
    copy = backup.make(str(lay(store)), tmp_path / "copy.db")
    there = tmp_path / "new" / "store.db"
    assert restore(str(there), copy, force=False).kept is None
    assert said(there) == said(store)


@pytest.mark.parametrize("cut", [1, 5000])
def test_a_damaged_backup_is_refused_and_the_store_stays(store: Path, tmp_path: Path, cut: int) -> None:
    copy = backup.make(str(lay(store)), tmp_path / "copy.db")
    copy.write_bytes(copy.read_bytes()[:-cut])
    before = names(tmp_path)
    with pytest.raises(BackupBad):
        restore(str(store), copy, force=True)
    assert names(tmp_path) == before


def test_a_damaged_backup_without_a_checksum_is_refused_as_well(store: Path, tmp_path: Path) -> None:
    copy = backup.make(str(lay(store)), tmp_path / "copy.db")
    copy.with_name("copy.db.sha256").unlink()
    damage(copy)
    with pytest.raises(BackupBad):
        restore(str(store), copy, force=True)


def test_no_other_file_is_restored(store: Path, tmp_path: Path) -> None:
    (tmp_path / "other.db").write_text("旧内容" * 100, encoding="utf-8")
    with pytest.raises(BackupBad, match="它不是 fugong 的台账"):
        restore(str(store), tmp_path / "other.db", force=False)
    assert not store.exists()


def test_a_damaged_store_is_replaced_and_kept_and_its_journal_is_not_played_back(store: Path, tmp_path: Path) -> None:
    copy = backup.make(str(lay(store)), tmp_path / "copy.db")
    wanted = said(store)
    store.write_bytes(b"\xff" * 5000)
    store.with_name("store.db-journal").write_bytes(b"\xff" * 5000)
    kept = restore(str(store), copy, force=True).kept
    assert kept is not None
    assert kept.read_bytes() == b"\xff" * 5000
    assert said(store) == wanted


def test_a_store_is_not_replaced_while_somebody_writes(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup.make(str(lay(store)), tmp_path / "copy.db")
    monkeypatch.setattr(sqlite_lock, "BUSY_SECONDS", 0.05)
    with command(store) as writer:
        roster.add_team(writer, "9", name="第九组", county="某县")
        with pytest.raises(StoreBusy):
            restore(str(store), copy, force=True)


def test_a_writer_who_waited_while_the_store_was_replaced_writes_nothing(store: Path, tmp_path: Path) -> None:
    copy = backup.make(str(lay(store)), tmp_path / "copy.db")
    wanted = said(store)
    with pytest.raises(StoreBusy), command(store) as writer:
        _waits_for(writer, lambda: restore(str(store), copy, force=True))
    assert said(store) == wanted


def _waits_for(writer: Writer, act: Callable[[], object]) -> None:
    """Let a writer's connection be opened before an act, and its transaction begin after it."""
    writer.session.run("ROLLBACK")
    act()
    writer.session.run("BEGIN IMMEDIATE")
    roster.add_team(writer, "9", name="第九组", county="某县")


def test_a_backup_has_its_seal_beside_it_and_another_does_not_fit(
    store: Path, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lay(store)
    made = Path(fugong("store", "backup", "copy.db").stdout.strip())
    sealed = made.with_name("copy.db.seal").read_text().strip()
    assert fugong("store", "check", "--since", sealed).exit_code == 0
    fugong("note", "1-1", "已联系")
    after = Path(fugong("store", "backup", "later.db").stdout.strip())
    after.with_name("later.db.seal").write_text(sealed)
    refused = fugong("store", "check", "--backup", "later.db")
    assert (refused.exit_code, "封签不符" in refused.stderr) == (5, True)


def test_keeping_is_not_passed_over_where_the_file_is_named(store: Path, fugong: Run) -> None:
    lay(store)
    refused = fugong("store", "backup", "copy.db", "--keep", "3")
    assert (refused.exit_code, "--keep" in refused.stderr, Path("copy.db").exists()) == (2, True, False)


def test_what_ends_the_program_before_a_backup_has_its_name_leaves_neither_checksum_nor_seal(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(store)
    settle = files.settle

    def ended(draft: Path, target: Path, *, replace: bool = False) -> None:
        if target.suffix == ".db":
            raise files.Ended(15)
        settle(draft, target, replace=replace)

    monkeypatch.setattr(files, "settle", ended)
    with pytest.raises(files.Ended):
        backup.make(str(store), tmp_path / "b" / "copy.db")
    assert list((tmp_path / "b").iterdir()) == []


@pytest.mark.on_a_file
@pytest.mark.parametrize("saw", ["x", "5", "[[]]"])
def test_a_backup_whose_commands_join_to_nothing_that_can_be_read_is_refused(
    store: Path, tmp_path: Path, saw: str
) -> None:
    copy = backup.make(str(lay(store)), tmp_path / "b.db")
    (copy.with_name(f"{copy.name}.sha256")).unlink()
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE batch SET saw = ?", (saw,))
    with pytest.raises(BackupBad):
        restore(str(tmp_path / "new.db"), copy, force=False)
    assert not (tmp_path / "new.db").exists()
