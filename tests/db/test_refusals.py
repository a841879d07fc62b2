"""What is not a store of ours, or of a newer program, is refused in words and left alone."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.db.conftest import create, listing, read, said, seen, write

from fugong import db
from fugong.errors.store import StoreForeign, StoreMissing, StoreNewer, StoreUnusable


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
        f"{path} 还没有台账。新建一个：fugong init；或装入数据文件：fugong load 数据文件（--store 照样写上）",
        f"There is no store at {path}. Make one: fugong init, or fugong load FILE.yaml (with the same --store)",
    )
    assert listing(tmp_path) == ["dangling.db", "file"]


@pytest.mark.on_a_file
def test_a_link_to_a_store_is_followed(empty_store: Path, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(empty_store)
    write(tmp_path / "link.db")
    with db.reading(str(empty_store)) as reader:
        assert reader.first("SELECT code FROM team") == ("9",)
