"""Copies of a ledger: each is a replica with a series of numbers of its own, and what a key defines is one record."""

import json
import re
from pathlib import Path

import pytest
from tests.conftest import Run, command
from tests.county import lay

from fugong import db
from fugong.domain import copies, keyed
from fugong.keeping import check
from fugong.store.identity import computed, letters


def settings(store: Path | str) -> dict[str, str]:
    with db.reading(str(store)) as reader:
        return dict(reader.settings)


def whole(store: Path | str) -> bool:
    with db.examining(str(store)) as session:
        return list(check.findings(session)) == []


def test_a_copy_is_a_replica_with_a_series_of_its_own_and_the_giver_knows_it(
    store: Path, fugong: Run, tmp_path: Path
) -> None:
    lay(store)
    copy = tmp_path / "copy.db"
    assert fugong("store", "clone", str(copy), "--for", "三组").exit_code == 0
    home, there = settings(store), settings(copy)
    assert (home["series"], there["series"]) == ("", "B")
    assert home["replica"] != there["replica"]
    ((known,),) = [json.loads(fugong("store", "info", "--json").stdout)["copies"]]
    assert (known["name"], known["series"], known["replica"], known["heard"]) == ("三组", "B", there["replica"], None)
    assert whole(store)
    assert whole(copy)


def test_numbers_of_a_copy_bear_its_series_and_are_found_by_it(store: Path, fugong: Run, tmp_path: Path) -> None:
    lay(store)
    copy = str(tmp_path / "copy.db")
    fugong("store", "clone", copy)
    there = ["--store", copy]
    assert fugong(*there, "log", "甲厂", "缺扳手").stdout.startswith("1-B1 ")
    assert fugong(*there, "support", "add", "甲厂", "物资", "送工具").stdout.startswith("1-wB1 ")
    assert fugong(*there, "close", "1-b1", "到货").exit_code == 0
    assert "1-B1" in fugong(*there, "list", "--status", "closed").stdout
    assert fugong(*there, "show", "1-B1").exit_code == 0
    assert fugong(*there, "show", "1-B2").exit_code == 1
    assert fugong(*there, "log", "甲厂", "缺电").stdout.startswith("1-B2 ")
    assert whole(copy)


def test_a_copy_of_a_copy_has_a_series_under_the_givers(store: Path, fugong: Run, tmp_path: Path) -> None:
    lay(store)
    for name, at in (("b", None), ("c", None), ("bb", "b")):
        fugong(*(["--store", str(tmp_path / at)] if at else []), "store", "clone", str(tmp_path / name))
    assert [settings(tmp_path / name)["series"] for name in ("b", "c", "bb")] == ["B", "C", "BB"]


def test_the_series_of_very_many_copies_differ_and_none_begins_another(empty_store: Path) -> None:
    with command(empty_store) as writer:
        series = [copies.hand_out(writer, None).series for _ in range(45)]
    assert series[:2] == ["B", "C"]
    assert len(set(series)) == 45
    assert not [(one, other) for one in series for other in series if one != other and other.startswith(one)]


def test_a_copy_is_not_put_over_a_file_and_nothing_is_told(store: Path, fugong: Run, tmp_path: Path) -> None:
    lay(store)
    (tmp_path / "taken.db").write_text("mine", encoding="utf-8")
    refused = fugong("store", "clone", str(tmp_path / "taken.db"))
    assert refused.exit_code == 1
    assert (tmp_path / "taken.db").read_text(encoding="utf-8") == "mine"
    assert json.loads(fugong("store", "info", "--json").stdout)["copies"] == []


def test_handing_out_a_copy_is_not_taken_back(store: Path, fugong: Run, tmp_path: Path) -> None:
    lay(store)
    fugong("store", "clone", str(tmp_path / "copy.db"))
    assert fugong("undo").exit_code == 1


@pytest.mark.on_a_file
def test_a_restored_store_goes_on_with_its_numbers_where_none_was_lost(
    store: Path, fugong: Run, tmp_path: Path
) -> None:
    lay(store)
    before = settings(store)
    fugong("store", "backup", str(tmp_path / "b.db"))
    fugong("note", "1-1", "已联系")
    fugong("store", "restore", str(tmp_path / "b.db"), "--force")
    assert settings(store)["replica"] != before["replica"]
    assert settings(store)["series"] == ""
    assert fugong("log", "甲厂", "缺扳手").exit_code == 0
    assert whole(store)


@pytest.mark.on_a_file
def test_a_restored_store_gives_no_number_that_was_given_since_its_backup(
    store: Path, fugong: Run, tmp_path: Path
) -> None:
    lay(store)
    fugong("store", "backup", str(tmp_path / "b.db"))
    lost = fugong("log", "甲厂", "缺扳手").stdout.split()[0]
    fugong("store", "restore", str(tmp_path / "b.db"), "--force")
    series = settings(store)["series"]
    assert re.fullmatch("[A-Z]{2}", series)
    again = fugong("log", "甲厂", "缺电").stdout.split()[0]
    assert again == f"1-{series}1" != lost
    assert whole(store)


def test_an_imported_store_is_a_replica_of_its_own(store: Path, fugong: Run, tmp_path: Path) -> None:
    lay(store)
    fugong("store", "export", str(tmp_path / "all.jsonl"))
    other = str(tmp_path / "other.db")
    assert fugong("--store", other, "store", "import", str(tmp_path / "all.jsonl")).exit_code == 0
    assert settings(other)["replica"] != settings(store)["replica"]
    assert settings(other)["series"] != ""
    assert whole(other)


def uids(store: Path | str, kind: str) -> dict[str, str]:
    name = {"team": "code", "term": "list || code", "problem": "key"}.get(kind, "name")
    with db.reading(str(store)) as reader:
        return dict(reader.rows(f"SELECT {name}, uid FROM {kind} WHERE {name} IS NOT NULL"))


@pytest.mark.on_a_file
@pytest.mark.parametrize("kind", ["campaign", "team", "enterprise", "department", "member", "term", "problem"])
def test_one_file_loaded_on_two_machines_defines_the_same_records(tmp_path: Path, kind: str) -> None:
    one, other = lay(tmp_path / "one.db"), lay(tmp_path / "other.db")
    assert uids(one, kind) == uids(other, kind) != {}


def test_a_name_that_was_let_go_of_and_given_anew_is_another_record(store: Path, fugong: Run) -> None:
    lay(store)
    fugong("enterprise", "add", "某县新厂", "--team", "1")
    first = uids(store, "enterprise")["某县新厂"]
    fugong("undo")
    fugong("enterprise", "add", "某县新厂", "--team", "1")
    assert uids(store, "enterprise")["某县新厂"] != first
    assert whole(store)


def test_before_the_county_is_known_only_lists_have_computed_uids(fugong: Run, tmp_path: Path) -> None:
    for name in ("one", "other"):
        fugong("--store", str(tmp_path / name), "store", "init")
        fugong("--store", str(tmp_path / name), "department", "add", "工信局")
    assert uids(tmp_path / "one", "term") == uids(tmp_path / "other", "term") != {}
    assert uids(tmp_path / "one", "department") != uids(tmp_path / "other", "department")


def test_a_computed_uid_is_that_of_its_parts_alone() -> None:
    assert computed("某县", "team", "00000003") == computed("某县", "team", "00000003")
    assert computed("某县", "team", "00000003")[14] == "5"
    assert computed("某县", "team", "00000003") != computed("某县", "team", "00000004")


def test_a_tag_has_sayable_letters_and_a_longer_one_begins_with_the_shorter() -> None:
    assert letters("00ff" * 16, 4).startswith(letters("00ff" * 16, 2))
    assert re.fullmatch("[AC-HJKMNP-VXY]{8}", letters("0123456789abcdef" * 4, 8))


def test_every_kind_that_has_a_key_is_identified_by_it() -> None:
    assert {kind.__name__ for kind in keyed._KEYS} >= {"Team", "Enterprise", "Department", "Campaign", "Member"}
