"""Where a store is: named by path or URL, and seen to be there without being opened."""

from pathlib import Path

import pytest
from tests.db.conftest import create, listing, read, said, write

from fugong import db
from fugong.errors.store import StoreUnusable


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
