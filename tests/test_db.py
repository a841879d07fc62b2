"""The store: made in one piece, refused when it is not ours, locked while it is written, whole after a crash."""

import os
import resource
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
import sqlalchemy.exc
from sqlalchemy import Connection
from sqlmodel import select
from tests.conftest import command
from tests.county import engine_of, fingerprint

from fugong import db, files
from fugong.domain import problems, roster
from fugong.errors import Refusal
from fugong.errors.files import CannotWrite
from fugong.errors.names import NameTaken
from fugong.errors.store import StoreBusy, StoreExists, StoreForeign, StoreMissing, StoreNewer, StoreUnusable
from fugong.models import Setting, Team
from fugong.store import postgresql, sqlite_failures, sqlite_lock

NOBODY = 65534


def said(refused: pytest.ExceptionInfo[Refusal]) -> tuple[str, str]:
    return refused.value.sentence(chinese=True), refused.value.sentence(chinese=False)


def listing(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def read(store: Path) -> None:
    with db.reading(str(store)) as reader:
        assert reader.first("SELECT count(*) FROM event") is not None


def write(store: Path) -> None:
    with command(store) as writer:
        roster.add_team(writer, "9", name="第九组", county="某县")


def create(store: Path) -> None:
    with db.creating(str(store)):
        pass


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Whoever is at the keyboard lets everybody read and write new files."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def ordinary_folder(empty_store: Path) -> Iterator[Path]:
    """A folder with a store, while the test is an ordinary user: root could read and write everything."""
    root = os.geteuid() == 0
    folder = Path(tempfile.mkdtemp())
    (folder / "store.db").write_bytes(empty_store.read_bytes())
    if root:
        for path in (folder, folder / "store.db"):
            os.chown(path, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, 0)
    yield folder
    if root:
        os.setresuid(0, 0, 0)
    folder.chmod(0o700)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


@contextmanager
def small_files() -> Iterator[None]:
    """Files may grow no longer than 20 kB.

    Only inside the block: the test runner's own output may be a file, too.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for a lock takes no half minute."""
    monkeypatch.setattr(sqlite_lock, "BUSY_SECONDS", 0.05)


# Where it is


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("a.db", "a.db"),
        ("/a/b c.db", "/a/b c.db"),
        ("sqlite:///a.db", "a.db"),
        ("sqlite:////a/b.db", "/a/b.db"),
    ],
)
def test_a_store_is_named_by_path_or_url(location: str, path: str) -> None:
    assert db.path_of(location) == Path(path)


def test_an_engine_that_is_not_spoken_is_refused_without_telling_the_password() -> None:
    with pytest.raises(StoreUnusable) as refused:
        db.path_of("mysql://clerk:secret@host/fugong?password=secret")
    assert (refused.value.code, refused.value.exit_code) == ("store_unusable", 5)
    assert said(refused) == (
        "台账 mysql://… 用不了：还不支持 mysql。",
        "The store mysql://… cannot be used: mysql is not supported yet.",
    )


@pytest.mark.parametrize("name", ["store.db", "a?mode=ro.db", "b#c%20d.db", "台账 甲.db", "'quoted\".db"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    store = tmp_path / name
    create(store)
    write(store)
    read(store)
    assert listing(tmp_path) == [name]


def test_a_path_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    create(Path("store.db"))
    read(tmp_path / "store.db")


def test_whether_a_store_is_there_is_seen_without_opening_it(tmp_path: Path) -> None:
    (tmp_path / "dangling.db").symlink_to(tmp_path / "nowhere.db")
    create(tmp_path / "store.db")
    places = ("store.db", "missing.db", "dangling.db", "store.db/x", "x" * 300)
    assert [db.exists(str(tmp_path / place)) for place in places] == [True, False, False, False, False]


# Making one


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
            assert {**reader.settings, "replica": ""} == {**db.SETTINGS, "schema": str(db.SCHEMA), "replica": ""}
            replicas.add(reader.settings["replica"])
    assert len(replicas) == 2


def test_what_is_written_while_it_is_made_is_in_it(tmp_path: Path) -> None:
    with db.creating(str(tmp_path / "store.db")) as session:
        session.add(Team(code="1", sort="1", name="第一组", county="某县"))
    with db.reading(str(tmp_path / "store.db")) as reader:
        assert reader.first("SELECT code FROM team") == ("1",)


@pytest.mark.usefixtures("open_umask")
def test_a_new_store_and_its_folders_are_the_users_alone(tmp_path: Path) -> None:
    store = tmp_path / "a" / "b" / "store.db"
    create(store)
    assert (mode(store), mode(store.parent), mode(store.parent.parent)) == (0o600, 0o700, 0o700)
    with db.writing(str(store)) as session:
        session.add(Team(code="1", sort="1", name="第一组", county="某县"))
        session.flush()
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
            session.add(Team(code="1", sort="1", name="第一组", county="某县"))
            session.flush()
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


# Moving a finished file to its place


def test_the_bytes_of_a_file_are_on_the_disk_before_its_name_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, fsync, named = tmp_path / "target", os.fsync, list[bool]()

    def watched(handle: int) -> None:
        named.append(target.exists())
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    with files.beside(target) as draft:
        draft.write_text("新")
        files.settle(draft, target)
    assert (named, target.read_text(), listing(tmp_path)) == ([False, True], "新", ["target"])


@pytest.mark.parametrize("links", [True, False])
def test_a_name_is_given_only_if_it_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool) -> None:
    """Also on a disk without hard links, as a USB stick."""
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    for text in ("先", "后"):
        with files.beside(tmp_path / text) as draft:
            draft.write_text(text)
            if text == "先":
                files.settle(draft, tmp_path / "target")
            else:
                with pytest.raises(FileExistsError):
                    files.settle(draft, tmp_path / "target")
    assert ((tmp_path / "target").read_text(), listing(tmp_path)) == ("先", ["target"])
    assert mode(tmp_path / "target") == 0o600


def no_links(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_a_file_is_replaced_where_that_was_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("旧")
    with files.beside(target) as draft:
        draft.write_text("新")
        files.settle(draft, target, replace=True)
    assert (target.read_text(), listing(tmp_path)) == ("新", ["target"])


def test_windows_needs_no_syncing_of_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = tmp_path / "missing"
    monkeypatch.setattr(os, "name", "nt")
    files._sync_folder(missing)
    monkeypatch.undo()
    with pytest.raises(FileNotFoundError):
        files._sync_folder(missing)


# Refusing what is not a store


def other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE setting (name TEXT, value TEXT)")
        connection.commit()


def newer_store(path: Path) -> None:
    create(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=7")


FOREIGN: dict[str, Callable[[Path], object]] = {
    "empty": Path.touch,
    "text": lambda path: path.write_text("某县复工问题台账\n"),
    "zeros": lambda path: path.write_bytes(bytes(8192)),
    "beginning": lambda path: path.write_bytes(b"SQLite format 3\x00"),
    "noise": lambda path: path.write_bytes(bytes(range(256)) * 64),
    "other database": other_database,
    "pipe": os.mkfifo,
}


def seen(path: Path) -> tuple[Any, ...]:
    content = path.read_bytes() if path.is_file() else None
    return content, path.stat().st_mtime_ns, listing(path.parent)


@pytest.mark.parametrize("use", [read, write])
@pytest.mark.parametrize("what", FOREIGN)
def test_a_file_that_is_no_store_is_refused_and_left_alone(
    tmp_path: Path, what: str, use: Callable[[Path], None]
) -> None:
    path = tmp_path / "file.db"
    FOREIGN[what](path)
    before = seen(path)
    with pytest.raises(StoreForeign) as refused:
        use(path)
    assert (refused.value.code, refused.value.exit_code) == ("store_foreign", 5)
    assert said(refused) == (
        f"{path} 不是 fugong 的台账，没有改动它。请检查 --store 或 FUGONG_STORE。",
        f"{path} is not a fugong store and was left alone. Check --store or FUGONG_STORE.",
    )
    assert seen(path) == before


@pytest.mark.parametrize("use", [read, write])
def test_a_store_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path, use: Callable[[Path], None]) -> None:
    path = tmp_path / "store.db"
    newer_store(path)
    before = seen(path)
    with pytest.raises(StoreNewer) as refused:
        use(path)
    assert (refused.value.code, refused.value.exit_code) == ("store_newer", 5)
    assert said(refused) == (
        f"{path} 是更新版本的 fugong 写的（结构第 7 版，本程序只认到第 {db.SCHEMA} 版）。请升级程序。",
        f"{path} was written by a newer fugong (schema 7; this program knows {db.SCHEMA}). Upgrade the program.",
    )
    assert seen(path) == before


@pytest.mark.parametrize("use", [read, write])
def test_a_folder_is_no_store(tmp_path: Path, use: Callable[[Path], None]) -> None:
    with pytest.raises(StoreUnusable) as refused:
        use(tmp_path)
    assert (refused.value.code, refused.value.exit_code) == ("store_unusable", 5)
    assert said(refused) == (
        f"台账 {tmp_path} 用不了：这是一个文件夹。",
        f"The store {tmp_path} cannot be used: it is a folder.",
    )


@pytest.mark.parametrize("use", [read, write])
@pytest.mark.parametrize("name", ["missing.db", "dangling.db", "no/such/folder.db", "file/store.db"])
def test_a_missing_store_is_not_made_but_the_refusal_says_how(
    tmp_path: Path, name: str, use: Callable[[Path], None]
) -> None:
    (tmp_path / "dangling.db").symlink_to(tmp_path / "nowhere.db")
    (tmp_path / "file").touch()
    path = tmp_path / name
    with pytest.raises(StoreMissing) as refused:
        use(path)
    assert (refused.value.code, refused.value.exit_code) == ("store_missing", 5)
    assert said(refused) == (
        f"{path} 还没有台账。装入数据就会新建：fugong load 数据文件；或建空的：fugong store init（--store 照样写上）",
        f"There is no store at {path}. Make one: fugong load FILE.yaml, or fugong store init (with the same --store)",
    )
    assert listing(tmp_path) == ["dangling.db", "file"]


@pytest.mark.on_a_file
def test_a_link_to_a_store_is_followed(empty_store: Path, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(empty_store)
    write(tmp_path / "link.db")
    with db.reading(str(empty_store)) as reader:
        assert reader.first("SELECT code FROM team") == ("9",)


# Files that cannot be used as they should


@pytest.mark.on_a_file
def test_a_read_only_store_can_be_read_and_not_written(ordinary_folder: Path) -> None:
    store = ordinary_folder / "store.db"
    store.chmod(0o400)
    before = seen(store)
    read(store)
    with pytest.raises(StoreUnusable) as refused:
        write(store)
    assert said(refused) == (
        f"台账 {store} 用不了：文件是只读的。",
        f"The store {store} cannot be used: the file is read-only.",
    )
    assert seen(store) == before


@pytest.mark.on_a_file
def test_a_store_in_a_read_only_folder_can_be_read_and_not_written(ordinary_folder: Path) -> None:
    """Its journal has no place."""
    store = ordinary_folder / "store.db"
    ordinary_folder.chmod(0o500)
    before = seen(store)
    read(store)
    with pytest.raises(StoreUnusable) as refused:
        write(store)
    assert said(refused) == (
        f"台账 {store} 用不了：所在的文件夹不能写。",
        f"The store {store} cannot be used: its folder cannot be written.",
    )
    assert seen(store) == before


@pytest.mark.on_a_file
@pytest.mark.parametrize("use", [read, write])
def test_a_store_that_may_not_be_read_is_said(ordinary_folder: Path, use: Callable[[Path], None]) -> None:
    store = ordinary_folder / "store.db"
    store.chmod(0)
    with pytest.raises(StoreUnusable) as refused:
        use(store)
    assert said(refused) == (
        f"台账 {store} 用不了：打不开文件。",
        f"The store {store} cannot be used: the file cannot be opened.",
    )


@pytest.mark.on_a_file
@pytest.mark.parametrize("use", [read, write])
def test_a_store_in_a_folder_that_may_not_be_entered_is_said(
    ordinary_folder: Path, use: Callable[[Path], None]
) -> None:
    store = ordinary_folder / "store.db"
    ordinary_folder.chmod(0)
    with pytest.raises(StoreUnusable) as refused:
        use(store)
    assert said(refused)[0] == f"台账 {store} 用不了：没有权限。"


@pytest.mark.on_a_file
@pytest.mark.parametrize("use", [read, write])
def test_a_damaged_store_is_said_to_be_damaged(empty_store: Path, use: Callable[[Path], None]) -> None:
    content = empty_store.read_bytes()
    empty_store.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(StoreUnusable) as refused:
        use(empty_store)
    assert said(refused) == (
        f"台账 {empty_store} 用不了：文件已损坏，请用备份恢复。",
        f"The store {empty_store} cannot be used: the file is damaged; restore a backup.",
    )


@pytest.mark.on_a_file
@pytest.mark.parametrize("use", [read, write])
def test_a_store_that_was_cut_short_is_said_to_be_damaged(empty_store: Path, use: Callable[[Path], None]) -> None:
    empty_store.write_bytes(empty_store.read_bytes()[:10_000])
    with pytest.raises(StoreUnusable) as refused:
        use(empty_store)
    assert said(refused)[0] == f"台账 {empty_store} 用不了：文件已损坏，请用备份恢复。"


@pytest.mark.on_a_file
def test_a_full_disk_is_said_and_nothing_was_written(empty_store: Path) -> None:
    before = empty_store.read_bytes()

    def fill() -> None:
        with db.writing(str(empty_store)) as session:
            session.connection().exec_driver_sql("PRAGMA max_page_count=1")  # as small as it is now
            session.add_all(Setting(name=str(number), value="甲" * 4000) for number in range(50))

    with pytest.raises(StoreUnusable) as refused:
        fill()
    assert (refused.value.code, refused.value.exit_code) == ("store_unusable", 5)
    assert said(refused) == (
        f"台账 {empty_store} 用不了：磁盘已满，这次什么也没有写入。",
        f"The store {empty_store} cannot be used: the disk is full; nothing was written.",
    )
    assert empty_store.read_bytes() == before


@pytest.mark.parametrize(
    "statement", ["UPDATE setting SET value = ''", "DELETE FROM event", "CREATE TABLE other (x TEXT)"]
)
def test_a_reader_cannot_write(empty_store: Path, statement: str) -> None:
    before = fingerprint(empty_store)
    with db.reading(str(empty_store)) as reader, pytest.raises(StoreUnusable) as refused:
        reader.first(statement)
    why = "只能读，不能写" if postgresql.speaks(str(empty_store)) else "文件是只读的"
    assert said(refused)[0] == f"台账 {db.place(str(empty_store))} 用不了：{why}。"
    assert fingerprint(empty_store) == before


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
    with db.writing(str(empty_store)) as session, pytest.raises(sqlalchemy.exc.OperationalError):
        session.connection().exec_driver_sql("SELEC")


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


# Reading


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


# Writing


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
        connection = session.connection()
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted


@pytest.mark.on_a_file
def test_a_session_takes_the_write_lock_before_it_reads(empty_store: Path) -> None:
    with db.writing(str(empty_store)) as session:
        session.exec(select(Team)).all()
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


# The second line: constraints of the tables

UID = "0170cf5c-0000-7000-8000-00000000000"


def insert(connection: Connection, table: str, row: dict[str, Any]) -> None:
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(sqlalchemy.text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"), row)


TEAM = {
    "id": 1, "uid": UID + "1", "code": "1", "sort": "00000001", "name": "第一组", "county": "某县", "units": "[]",
    "units_complete": False, "next_number": 2, "next_activity": 1, "inferred": False,
}  # fmt: skip
FIRM = {
    "id": 1, "uid": UID + "2", "name": "甲厂", "key": "甲厂", "core": "甲厂", "sites": "[]", "stage": "unknown",
    "inferred": False,
}  # fmt: skip
ASSIGNMENT = {"enterprise_id": 1, "team_id": 1}
PROBLEM = {
    "uid": UID + "3", "team_id": 1, "number": 1, "text": "口罩不足", "found_on": "2020-03-12", "approximate": False,
    "due_estimated": False, "late_extended": False, "status": "open", "status_on": "2020-03-12", "major": False,
    "inferred": False,
    "recorded_at": "2020-03-12T04:00:00.000000Z",
}  # fmt: skip
CLOSED = {"status": "closed", "closed_on": "2020-03-12", "how": "已调配"}
PRACTICE = {"id": 1, "uid": UID + "4", "name": "模式", "inferred": False}
ALIAS = {"owner_id": 1, "name": "油漆厂", "key": "油漆厂", "core": "油漆厂"}
EVENT = {
    "hash": "ab", "batch_id": 1, "kind": "problem", "subject": UID + "3", "act": "log", "on_date": "2020-03-12",
    "approximate": False, "changes": "{}", "parents": "[]",
}  # fmt: skip
BATCH = {
    "id": 1,
    "uid": UID + "5",
    "verb": "log",
    "actor": "甲",
    "recorded_at": "2020-03-12T04:00:00.000000Z",
    "replica": "r",
}


@pytest.fixture
def tables(empty_store: Path) -> Iterator[Connection]:
    """The tables with a row in each, without the program in between."""
    with engine_of(empty_store).connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        rows: dict[str, dict[str, Any]] = {
            "team": TEAM, "enterprise": FIRM, "assignment": ASSIGNMENT, "problem": PROBLEM, "practice": PRACTICE,
            "enterprise_alias": ALIAS, "batch": BATCH, "event": EVENT,
        }  # fmt: skip
        for table, row in rows.items():
            insert(connection, table, row)
        yield connection


@pytest.mark.on_a_file
def test_every_table_is_strict(tables: Connection) -> None:
    listed = tables.exec_driver_sql(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    )
    assert {strict for _, strict in listed} == {1}
    with pytest.raises(sqlalchemy.exc.IntegrityError, match=r"cannot store BLOB value in TEXT column problem\.text"):
        insert(tables, "problem", {**PROBLEM, **NEXT, "text": b"\xff"})


STATES = {
    "CHECK": ("23514", "42804"),  # a truth is no number there
    "NOT NULL": ("23502",),
    "UNIQUE": ("23505",),
    "FOREIGN KEY": ("23503",),
    "cannot": ("22P02", "42804"),
}
"""What a server calls each kind of refusal."""
NEXT = {"uid": UID + "9", "number": 2}
"""What a second problem must have of its own."""


@pytest.mark.parametrize(
    ("table", "row", "why"),
    [
        ("problem", {**PROBLEM, **NEXT, "number": "二"}, "cannot store TEXT value in INTEGER column problem.number"),
        ("problem", {**PROBLEM, **NEXT, "major": "maybe"}, "cannot store TEXT value in INTEGER column problem.major"),
        ("problem", {**PROBLEM, **NEXT, "major": 2}, "CHECK constraint failed.*major"),
        ("problem", {**PROBLEM, **NEXT, "status": "done"}, "CHECK constraint failed.*status"),
        ("problem", {**PROBLEM, **NEXT, "status": "待办"}, "CHECK constraint failed.*status"),
        ("problem", {**PROBLEM, **NEXT, "source": "rumour"}, "CHECK constraint failed.*source"),
        ("problem", {**PROBLEM, **NEXT, "text": ""}, "CHECK constraint failed.*text"),
        ("problem", {**PROBLEM, **NEXT, "text": "甲" * 4001}, "CHECK constraint failed.*text"),
        ("problem", {**PROBLEM, **NEXT, "text": None}, "NOT NULL constraint failed: problem.text"),
        ("problem", {**PROBLEM, **NEXT, "person": "甲" * 101}, "CHECK constraint failed.*person"),
        ("problem", {**PROBLEM, **NEXT, "key": "k" * 201}, "CHECK constraint failed.*key"),
        ("problem", {**PROBLEM, **NEXT, "number": 1}, "UNIQUE constraint failed: problem.team_id, problem.number"),
        ("problem", {**PROBLEM, **NEXT, "uid": UID + "3"}, "UNIQUE constraint failed: problem.uid"),
        ("problem", {**PROBLEM, **NEXT, "team_id": 9}, "FOREIGN KEY constraint failed"),
        ("problem", {**PROBLEM, **NEXT, "enterprise_id": 9}, "FOREIGN KEY constraint failed"),
        ("problem", {**PROBLEM, **NEXT, "status": "closed"}, "CHECK constraint failed.*(closed_on|how)"),
        ("problem", {**PROBLEM, **NEXT, **CLOSED, "how": None}, "CHECK constraint failed.*how"),
        ("problem", {**PROBLEM, **NEXT, **CLOSED, "closed_on": None}, "CHECK constraint failed.*closed_on"),
        ("problem", {**PROBLEM, **NEXT, **CLOSED, "status": "void"}, "CHECK constraint failed.*(closed_on|how)"),
        ("assignment", ASSIGNMENT, "UNIQUE constraint failed: assignment.enterprise_id"),
        ("team", {**TEAM, "id": 2, "uid": UID + "9"}, "UNIQUE constraint failed: team"),
        ("enterprise", {**FIRM, "id": 2, "uid": UID + "9"}, "UNIQUE constraint failed: enterprise"),
        ("enterprise", {**FIRM, "id": 2, "stage": "busy"}, "CHECK constraint failed.*stage"),
        ("enterprise_alias", {**ALIAS, "name": "漆厂"}, "UNIQUE constraint failed: enterprise_alias.key"),
        ("adoption", {"practice_id": 1}, "CHECK constraint failed"),
        ("adoption", {"practice_id": 1, "team_id": 1, "enterprise_id": 1}, "CHECK constraint failed"),
        ("event", {**EVENT, "hash": "cd", "batch_id": 9}, "FOREIGN KEY constraint failed"),
        ("event", EVENT, "UNIQUE constraint failed: event.hash"),
        ("event", {**EVENT, "hash": "cd", "act": "erase"}, "CHECK constraint failed.*act"),
        ("batch", {**BATCH, "id": 2, "uid": UID + "9", "actor": ""}, "CHECK constraint failed.*actor"),
    ],
)
def test_the_tables_refuse_what_no_program_should_write(
    tables: Connection, table: str, row: dict[str, Any], why: str
) -> None:
    if tables.dialect.name == "sqlite":
        with pytest.raises(sqlalchemy.exc.IntegrityError, match=why):
            insert(tables, table, row)
    else:
        with pytest.raises(sqlalchemy.exc.DBAPIError) as refused:
            insert(tables, table, row)
        assert (
            getattr(refused.value.orig, "sqlstate", "")
            in STATES[why.partition(" constraint")[0].partition(" store")[0]]
        )


@pytest.mark.parametrize("row", [NEXT, {**NEXT, **CLOSED}, {**NEXT, "text": "甲" * 4000}, {**NEXT, "status": "void"}])
def test_the_tables_take_what_the_program_writes(tables: Connection, row: dict[str, Any]) -> None:
    insert(tables, "problem", {**PROBLEM, **row})


def test_an_assignment_that_has_ended_leaves_room_for_the_next(tables: Connection) -> None:
    tables.exec_driver_sql("UPDATE assignment SET to_on = '2020-03-12'")
    insert(tables, "assignment", {**ASSIGNMENT, "from_on": "2020-03-12"})


# Several programs at once, and crashes

HALF_WRITTEN = """
import sys
from fugong import db

with db.writing(sys.argv[1]) as session:
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA cache_size=1")  # so that changes reach the file before the commit
    connection.exec_driver_sql("UPDATE setting SET value = 'half'")
    for number in range(200):
        row = (str(number), "x" * 2000, "")
        connection.exec_driver_sql("INSERT INTO setting (name, value, seal) VALUES (?, ?, ?)", row)
    print("half", flush=True)
    sys.stdin.read()
"""


@pytest.mark.on_a_file
def test_a_program_killed_while_it_writes_leaves_the_store_as_it_was(empty_store: Path) -> None:
    before = empty_store.read_bytes()
    argv = [sys.executable, "-c", HALF_WRITTEN, str(empty_store)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout
        assert program.stdout.readline() == b"half\n"
        program.kill()
    assert listing(empty_store.parent) == ["store.db", "store.db-journal"]
    assert empty_store.read_bytes() != before
    with db.reading(str(empty_store)) as reader:
        assert reader.settings.keys() == {*db.SETTINGS, "replica", "schema"}
        assert reader.zone == "Asia/Shanghai"
    assert empty_store.read_bytes() == before
    assert listing(empty_store.parent) == ["store.db"]


TOGETHER = """
import os, sys, traceback
from fugong import db, ledger, roster
from fugong.errors import Refusal
from fugong.models import Team
from tests.conftest import command
from tests.county import engine_of, fingerprint

def say(word):
    os.write(1, f"{word}\\n".encode())  # at one go, so that no other process writes in between

def together(count, work):
    '''Processes that set off at the same moment.'''
    started, gun = os.pipe()
    for _ in range(count):
        if os.fork() == 0:
            os.close(gun)
            os.read(started, 1)
            try:
                work(sys.argv[1])
            except BaseException:
                traceback.print_exc()
            os._exit(0)
    os.close(gun)
    for _ in range(count):
        os.wait()
"""


def said_together(script: str, store: Path) -> list[str]:
    """What several programs at once had to say, none of it on stderr."""
    root = Path(__file__).parents[1]
    argv = [sys.executable, "-c", TOGETHER + script, str(store)]
    done = subprocess.run(argv, cwd=root, capture_output=True, text=True, check=True, timeout=300)
    assert done.stderr == ""
    return done.stdout.split()


MAKE = """
def make(store):
    try:
        with db.creating(store) as session:
            session.add(Team(code="1", sort="1", name="甲", county="乙"))
    except Refusal as refusal:
        say(refusal.code)
    else:
        say("made")

together(8, make)
"""


def test_of_eight_programs_that_make_a_store_at_once_one_does(tmp_path: Path) -> None:
    store = tmp_path / "new" / "store.db"
    assert Counter(said_together(MAKE, store)) == {"made": 1, "store_exists": 7}
    assert listing(store.parent) == ["store.db"]
    with db.reading(str(store)) as reader:
        assert list(reader.rows("SELECT code FROM team")) == [("1",)]


LOG = """
def log(store):
    for _ in range(20):
        with command(store) as writer:
            problem = ledger.log_problem(writer, "x", team=roster.find_team(writer.session, "1"))
        say(problem.number)

together(8, log)
"""


def test_of_eight_programs_that_log_at_once_nothing_is_lost_or_numbered_twice(empty_store: Path) -> None:
    with command(empty_store) as writer:
        roster.add_team(writer, "1", name="第一组", county="某县")
    numbers = sorted(int(number) for number in said_together(LOG, empty_store))
    assert numbers == list(range(1, 161))
    with db.reading(str(empty_store)) as reader:
        assert [number for (number,) in reader.rows("SELECT number FROM problem ORDER BY number")] == numbers
        assert reader.first("SELECT count(*) FROM event WHERE act = 'log'") == (160,)
        assert reader.first("SELECT next_number FROM team") == (161,)


CLOSE = """
def close(store):
    with command(store) as writer:
        closed = ledger.close_problem(writer, roster.find_problem(writer.session, "1-1"), "x")
    say(closed)

together(8, close)
"""


def test_of_eight_programs_that_close_a_problem_at_once_one_does(empty_store: Path) -> None:
    with command(empty_store) as writer:
        problems.log_problem(writer, "口罩不足", team=roster.add_team(writer, "1", name="第一组", county="某县"))
    assert Counter(said_together(CLOSE, empty_store)) == {"True": 1, "False": 7}
    with db.reading(str(empty_store)) as reader:
        assert reader.first("SELECT count(*) FROM event WHERE act = 'close'") == (1,)


@pytest.mark.on_a_file
def test_the_queries_of_a_snapshot_see_one_store_whoever_writes_meanwhile(empty_store: Path) -> None:
    with db.reading(str(empty_store)) as reader, closing(sqlite3.connect(empty_store, timeout=0)) as other:
        with reader.snapshot():
            before = reader.first("SELECT value FROM setting WHERE name = 'yellow_days'")
            with pytest.raises(sqlite3.OperationalError, match="locked"), other:
                other.execute("UPDATE setting SET value = '9' WHERE name = 'yellow_days'")
            assert reader.first("SELECT value FROM setting WHERE name = 'yellow_days'") == before == ("2",)
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
