"""A new store is made in one piece, for its user alone, and over nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.db.conftest import create, listing, mode, read, said, small_files, write

from fugong import db
from fugong.errors.files import CannotWrite
from fugong.errors.names import NameTaken
from fugong.errors.store import StoreBusy, StoreExists, StoreUnusable
from fugong.store.records import Team
from fugong.store.settings import DEFAULTS


@pytest.mark.on_a_file
def test_a_new_store_is_a_sound_file_of_our_own(empty_store: Path) -> None:
    with closing(sqlite3.connect(empty_store)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x46474F4E,)
        assert connection.execute("PRAGMA user_version").fetchone() == (db.SCHEMA,)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert empty_store.read_bytes()[68:72] == b"FGON"


def test_a_new_store_knows_its_settings_and_has_an_identity_of_its_own(tmp_path: Path) -> None:
    replicas = set()
    for name in ("one.db", "two.db"):
        create(tmp_path / name)
        with db.reading(str(tmp_path / name)) as reader:
            assert {**reader.settings, "replica": ""} == {
                **DEFAULTS,
                "schema": str(db.SCHEMA),
                "replica": "",
                "series": "",
            }
            replicas.add(reader.settings["replica"])
    assert len(replicas) == 2


def test_what_is_written_while_it_is_made_is_in_it(tmp_path: Path) -> None:
    with db.creating(str(tmp_path / "store.db")) as session:
        session.save(Team(code="1", sort="1", name="第一组", county="某县"))
    with db.reading(str(tmp_path / "store.db")) as reader:
        assert reader.first("SELECT code FROM team") == ("1",)


@pytest.mark.usefixtures("open_umask")
def test_a_new_store_and_its_folders_are_the_users_alone(tmp_path: Path) -> None:
    store = tmp_path / "a" / "b" / "store.db"
    create(store)
    assert (mode(store), mode(store.parent), mode(store.parent.parent)) == (0o600, 0o700, 0o700)
    with db.writing(str(store)) as session:
        session.save(Team(code="1", sort="1", name="第一组", county="某县"))
        journal = store.parent / "store.db-journal"
        assert mode(journal) == 0o600
    assert listing(store.parent) == ["store.db"]


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir(mode=0o755)
    create(tmp_path / "shared" / "store.db")
    assert mode(tmp_path / "shared") == 0o755


def test_a_store_is_at_its_place_only_when_it_is_complete(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    with db.creating(str(store)):
        assert not store.exists()
        assert all(mode(entry) == 0o600 for entry in tmp_path.iterdir() if entry.is_file())
    assert listing(tmp_path) == ["store.db"]


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, SystemExit, NameTaken, StoreBusy])
def test_nothing_is_left_of_a_store_whose_making_failed(tmp_path: Path, failure: type[BaseException]) -> None:
    def fail() -> None:
        with db.creating(str(tmp_path / "store.db")) as session:
            session.save(Team(code="1", sort="1", name="第一组", county="某县"))
            raise failure

    with pytest.raises(failure):
        fail()
    assert listing(tmp_path) == []


def in_the_way(folder: Path) -> dict[str, Path]:
    """Whatever may stand where a store should be made."""
    made = {name: folder / name for name in ("store", "text", "empty", "folder", "link", "dangling")}
    create(made["store"])
    made["text"].write_text("甲")
    made["empty"].touch()
    made["folder"].mkdir()
    made["link"].symlink_to(made["text"])
    made["dangling"].symlink_to(folder / "nowhere")
    return made


@pytest.mark.parametrize("what", ["store", "text", "empty", "folder", "link", "dangling"])
def test_what_is_there_already_is_never_touched(tmp_path: Path, what: str) -> None:
    path = in_the_way(tmp_path)[what]
    before = listing(tmp_path), path.read_bytes() if path.is_file() else None, path.lstat().st_mtime_ns
    with pytest.raises(StoreExists) as refused:
        create(path)
    assert (refused.value.code, refused.value.exit_code) == ("store_exists", 1)
    assert said(refused) == (f"{path} 已经存在，没有改动它。", f"{path} exists already and was left alone.")
    assert before == (listing(tmp_path), path.read_bytes() if path.is_file() else None, path.lstat().st_mtime_ns)


def test_what_appeared_while_a_store_was_made_is_never_touched(tmp_path: Path) -> None:
    store = tmp_path / "store.db"

    def race() -> None:
        with db.creating(str(store)):
            store.write_text("别人的")

    with pytest.raises(StoreExists):
        race()
    assert (listing(tmp_path), store.read_text()) == (["store.db"], "别人的")


def test_a_file_where_a_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = tmp_path / "file" / "store.db"
    with pytest.raises(CannotWrite) as refused:
        create(store)
    assert (refused.value.code, refused.value.exit_code) == ("cannot_write", 1)
    assert said(refused) == (f"写不了 {store}：没有这个文件夹。", f"Cannot write {store}: no such folder.")


def test_a_name_that_is_too_long_is_said(tmp_path: Path) -> None:
    store = tmp_path / ("x" * 300)
    with pytest.raises(CannotWrite) as making:
        create(store)
    assert said(making) == (f"写不了 {store}：文件名太长。", f"Cannot write {store}: the name is too long.")
    for use in (read, write):
        with pytest.raises(StoreUnusable) as refused:
            use(store)
        assert said(refused) == (
            f"台账 {store} 用不了：文件名太长。",
            f"The store {store} cannot be used: the name is too long.",
        )


@pytest.mark.on_a_file
def test_a_folder_that_takes_no_files_is_said(ordinary_folder: Path) -> None:
    ordinary_folder.chmod(0o500)
    store = ordinary_folder / "new.db"
    with pytest.raises(CannotWrite) as refused:
        create(store)
    assert said(refused) == (f"写不了 {store}：没有权限。", f"Cannot write {store}: permission denied.")
    assert listing(ordinary_folder) == ["store.db"]


def test_a_disk_that_fails_while_a_store_is_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable) as refused, small_files():
        create(tmp_path / "store.db")
    assert said(refused)[0] == f"台账 {tmp_path / 'store.db'} 用不了：读写磁盘出错，这次什么也没有写入。"
    assert listing(tmp_path) == []
