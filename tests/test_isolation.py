"""No test can reach the user's own store, settings or crash folder."""

import os
from pathlib import Path

import pytest

from fugong import config, db
from fugong.store import postgresql_places


def test_reaching_for_the_users_own_store_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="reached for the user's own store"):
        config.store_location()


def test_a_command_without_a_store_of_its_own_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="reached for the user's own store"), db.creating(config.store_location()):
        pass


def test_a_test_that_asks_for_a_store_gets_one_in_its_own_folder(store: Path, tmp_path: Path) -> None:
    assert config.store_location() == str(store)
    assert postgresql_places.speaks(str(store)) or store.parent == tmp_path
    assert not db.exists(str(store))


def test_an_empty_store_is_ready_to_be_read_and_written(empty_store: Path) -> None:
    with db.reading(config.store_location()) as reader:
        assert reader.first("SELECT count(*) FROM event") == (0,)
    with db.writing(str(empty_store)) as session:
        assert list(session.rows("SELECT count(*) FROM event")) == [(0,)]


def test_the_machines_settings_do_not_reach_a_test(tmp_path: Path) -> None:
    known = {name: value for name, value in os.environ.items() if name.startswith("FUGONG_")}
    assert known == {"FUGONG_TODAY": "2020-03-13", "FUGONG_ACTOR": "tester"}
    assert tmp_path / "home" in config.crash_folder().parents
