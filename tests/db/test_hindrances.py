"""Files that cannot be used as they should: read-only, forbidden, damaged, on a full disk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.db.conftest import read, said, seen, write

from fugong import db
from fugong.errors.store import StoreUnusable
from fugong.store.records import Fact


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
            session.run("PRAGMA max_page_count=1")  # as small as it is now
            for number in range(50):
                session.save(Fact(name=str(number), value="甲" * 4000))

    with pytest.raises(StoreUnusable) as refused:
        fill()
    assert (refused.value.code, refused.value.exit_code) == ("store_unusable", 5)
    assert said(refused) == (
        f"台账 {empty_store} 用不了：磁盘已满，这次什么也没有写入。",
        f"The store {empty_store} cannot be used: the disk is full; nothing was written.",
    )
    assert empty_store.read_bytes() == before
