"""A store of schema 2 that was copied by hand, each copy used since: the copies merge, and every number is explained.

``one`` and ``other`` are copies of the stored store of schema 2, in which the program of that time entered: here a
closing, a new firm with two problems, a milestone, a working day, a stage, a nil report, a department, a note that was
taken back; there a new firm of the same name with another team, problems under the same numbers, the same milestone on
another day, the same day free, another stage, the same nil report and department, an edit and a logging that were taken
back.
"""

import gzip
import json
from pathlib import Path

import pytest
from tests.docs.verify_events import Store
from tests.keeping.copies import Copies
from tests.stores import FOLDER

from fugong.keeping import bundles

pytestmark = pytest.mark.on_a_file
DAY = "2020-03-22"


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    made = Copies(lay("one", tmp_path), tmp_path)
    made.places["other"] = str(lay("other", tmp_path))
    return made


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
    assert copies.whole("home") == []
    for table in ("enterprise", "department"):
        shown = copies.rows("home", f"SELECT count(*) FROM {table} WHERE name IN ('某县新厂有限公司', '新来的局')")
        assert shown == [(1,)]
    firm = copies.rows("home", "SELECT text FROM v_problem WHERE enterprise = '某县新厂有限公司' ORDER BY text")
    assert firm == [("缺原料",), ("缺招工",)]
    assert copies.rows("home", "SELECT status FROM v_problem WHERE text = '记错了'") == [("void",)]
    assert list(Store(copies.places["home"]).faults()) == []


def test_the_file_itself_its_upgraded_self_and_a_second_time_come_to_the_same(copies: Copies) -> None:
    copies("home", "merge", copies.places["other"], day=DAY)
    before = copies.ledger("home")
    copies("home", "merge", copies.places["other"], day=DAY)
    assert copies.ledger("home") == before
    copies("other", "note", "1-4", "还在办", day=DAY)
    copies("home", "merge", copies.places["other"], day=DAY)
    copies.exchange()
    assert copies.ledger("other") == copies.ledger("home")
    for name in copies.places:
        assert copies.whole(name) == []
        assert list(Store(copies.places[name]).faults()) == []


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


def test_another_ledger_of_before_the_chains_is_refused(copies: Copies, tmp_path: Path) -> None:
    stranger = Path(copies.places["other"])
    copies.places["mine"] = str(tmp_path / "mine.db")
    copies("mine", "init", "--county", "别县", "--teams", "1")
    refused = copies("mine", "merge", str(stranger), ok=False, day=DAY)
    assert refused.exit_code == 1
    assert "--accept" in refused.stderr
