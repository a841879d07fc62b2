"""A store of schema 2 that was copied by hand, each copy used since: the copies merge, and every number is explained.

``one`` and ``other`` are copies of the stored store of schema 2, in which the program of that time entered: here a
closing, a new firm with two problems, a milestone, a working day, a stage, a nil report, a department, a note that was
taken back; there a new firm of the same name with another team, problems under the same numbers, the same milestone on
another day, the same day free, another stage, the same nil report and department, an edit and a logging that were taken
back. ``keyed-one`` and ``keyed-other`` each loaded a file with one more problem, logged one under a key, and entered
work and a figure under one; the other had given the number of the second to something else before.

The home store is a file, or that file's export taken into a server.
"""

import gzip
import json
from pathlib import Path

import pytest
from tests.docs.verify_events import Store
from tests.keeping.copies import Copies
from tests.stores import FOLDER

from fugong.keeping import bundles

DAY = "2020-03-22"


@pytest.fixture
def copies(store: Path, tmp_path: Path) -> Copies:
    return home("", store, tmp_path)


def home(which: str, store: Path, folder: Path) -> Copies:
    """Two copies, of which one is the home store."""
    file, place = lay(f"{which}one", folder), str(store)
    made = Copies(file, folder)
    if "://" in place:
        export = str(folder / "one.jsonl")
        made("home", "store", "export", export, day=DAY)
        made.places["home"] = place
        made("home", "store", "import", export, day=DAY)
    made.places["other"] = str(lay(f"{which}other", folder))
    return made


def proved(copies: Copies) -> None:
    """Every store is whole, and so says a program that shares nothing with this one, where it can read it."""
    for name, place in copies.places.items():
        assert copies.whole(name) == []
        if "://" not in place:
            assert list(Store(place).faults()) == []


def lay(name: str, folder: Path) -> Path:
    place = folder / f"{name}.db"
    place.write_bytes(gzip.decompress((FOLDER / "copied" / f"{name}.db.gz").read_bytes()))
    place.chmod(0o600)
    return place


def test_both_are_one_ledger_and_every_number_is_explained(copies: Copies) -> None:
    told = json.loads(copies("home", "merge", copies.places["other"], "--json", day=DAY).stdout)
    assert {(each["number"], each["text"]) for each in told["numbers"]} == {
        ("1-9", "宿舍缺消毒液"), ("1-9", "返岗车辆不足"), ("1-10", "缺招工"), ("1-10", "食堂没有隔板"),
    }  # fmt: skip
    assert {(each["id"], each["about"]) for each in told["conflicts"]} == {
        ("2020-04-04", "work"), ("某县新厂有限公司", "assignments"), ("某县新厂有限公司 复工批复", "on_date"),
    }  # fmt: skip
    # what both had under one name, and what is the other's alone
    assert [each["name"] for each in told["items"]] == [None, Path(copies.places["other"]).name]
    assert copies.whole("home") == []
    for table in ("enterprise", "department"):
        shown = copies.rows("home", f"SELECT count(*) FROM {table} WHERE name IN ('某县新厂有限公司', '新来的局')")
        assert shown == [(1,)]
    firm = copies.rows("home", "SELECT text FROM v_problem WHERE enterprise = '某县新厂有限公司' ORDER BY text")
    assert firm == [("缺原料",), ("缺招工",)]
    assert copies.rows("home", "SELECT status FROM v_problem WHERE text = '记错了'") == [("void",)]
    del copies.places["other"]
    proved(copies)


def test_the_file_itself_its_upgraded_self_and_a_second_time_come_to_the_same(copies: Copies) -> None:
    copies("home", "merge", copies.places["other"], day=DAY)
    before = copies.ledger("home")
    copies("home", "merge", copies.places["other"], day=DAY)
    assert copies.ledger("home") == before
    copies("other", "note", "1-4", "还在办", day=DAY)
    copies("home", "merge", copies.places["other"], day=DAY)
    copies.exchange()
    assert copies.ledger("other") == copies.ledger("home")
    proved(copies)


def test_a_conflict_between_them_is_settled_for_both_and_what_they_had_is_not_sent_again(copies: Copies) -> None:
    copies("other", "note", "1-4", "还在办", day=DAY)
    copies("home", "merge", copies.places["other"], day=DAY)
    copies.exchange()
    for firm in ("新厂", "某县新厂有限公司 复工批复", "2020-04-04"):
        ident = "某县新厂有限公司" if firm == "新厂" else firm
        shown = json.loads(copies("home", "conflict", "show", ident, "--json", day=DAY).stdout)["items"]
        copies("home", "conflict", "settle", ident, "--take", shown[0]["take"], day=DAY)
    bundle = Path(copies.bundle("home"))
    sent = [line[1] for line in bundles.unpacked(bundle) if isinstance(line, list) and line[0] == "batch"]
    assert {line[1] for line in sent} <= {"conflict settle", "fork"}
    copies("other", "merge", str(bundle), day=DAY)
    assert copies.conflicts("other") == copies.conflicts("home") == []
    assert copies.ledger("other") == copies.ledger("home")
    assert copies.whole("other") == []


def test_the_past_and_undoing_know_the_firm_by_both_of_its_uids(copies: Copies) -> None:
    copies("home", "merge", copies.places["other"], day=DAY)
    then = json.loads(copies("home", "list", "--status", "all", "--as-of", "2020-03-21", "--json", day=DAY).stdout)
    firms = {each["text"]: each["enterprise"] for each in then["items"]}
    assert firms["缺招工"] == firms["缺原料"] == "某县新厂有限公司"


def test_what_both_keyed_is_one_record_and_a_number_that_two_got_lists_both(store: Path, tmp_path: Path) -> None:
    copies = home("keyed-", store, tmp_path)
    told = json.loads(copies("home", "merge", copies.places["other"], "--json", day=DAY).stdout)
    for table in ("problem", "activity", "figure"):
        keys = [str(key) for (key,) in copies.rows("home", f"SELECT key FROM {table} WHERE key IS NOT NULL")]
        assert sorted(set(keys)) == sorted(keys)
    shown = {str(text): str(ident) for ident, text in copies.rows("home", "SELECT id, text FROM v_problem")}
    assert {(each["number"], each["id"]) for each in told["numbers"]} == {
        ("1-4", shown["缺扳手"]), ("1-4", shown["另一件事"]), ("1-5", shown["只有这边"]), ("1-5", shown["缺扳手"]),
    }  # fmt: skip
    refused = copies("home", "show", "1-5", ok=False, day=DAY)
    assert refused.exit_code == 1
    assert f"{shown['只有这边']}、{shown['缺扳手']}" in refused.stderr
    assert (shown["电压不稳，常跳闸"], copies.problem("home", shown["缺扳手"])["status"]) == ("2-3", "closed")
    assert copies.conflicts("home").count("status") == 0
    copies.exchange()
    assert copies.ledger("other") == copies.ledger("home")
    proved(copies)


def test_another_ledger_of_before_the_chains_is_refused(copies: Copies, tmp_path: Path) -> None:
    stranger = Path(copies.places["other"])
    copies.places["mine"] = str(tmp_path / "mine.db")
    copies("mine", "init", "--county", "别县", "--teams", "1")
    refused = copies("mine", "merge", str(stranger), ok=False, day=DAY)
    assert refused.exit_code == 1
    assert "--accept" in refused.stderr
