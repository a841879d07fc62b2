"""What people read of a conflict, and what settling it makes of the record."""

import json
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay
from tests.keeping.copies import Copies


@pytest.fixture
def copies(store: Path, tmp_path: Path, fugong: Run) -> Copies:
    """A home and two copies of it."""
    del fugong
    lay(store)
    made = Copies(store, tmp_path)
    made.clone("b")
    made.clone("c")
    return made


def says(copies: Copies) -> set[str]:
    """What the sides say of all that is in conflict."""
    listed = json.loads(copies("home", "conflict", "list", "--json").stdout)["items"]
    return {each["says"] for each in listed}


def test_a_trial_says_what_would_be_and_writes_nothing(copies: Copies) -> None:
    copies("b", "edit", "1-1", "--text", "缺口罩一百只")
    copies("c", "edit", "1-1", "--text", "缺口罩二百只", day="2020-03-15")
    copies.merge("home", "b", "c")
    before, places = copies.ledger("home"), {*copies.folder.iterdir()}
    settling = copies("home", "conflict", "settle", "1-1", "--take", "缺口罩一百只", "--dry-run")
    cloning = copies("home", "store", "clone", str(copies.folder / "d.db"), "--dry-run")
    bundling = copies("home", "store", "bundle", str(copies.folder / "d.bundle"), "--all", "--dry-run")
    assert "描述：缺口罩二百只 → 缺口罩一百只" in settling.stderr
    assert "号段 D" in cloning.stderr
    assert "次操作" in bundling.stderr
    assert all("没有写入" in each.stderr for each in (settling, cloning, bundling))
    assert ({*copies.folder.iterdir()}, copies.ledger("home") == before) == (places, True)
    told = copies("home", "conflict", "settle", "1-1", "--take", "缺口罩一百只", "--dry-run", "--json").stdout
    assert [(each["id"], each["done"]) for each in json.loads(told)["items"]] == [("1-1", ["settle"])]
    assert copies.conflicts("home") == ["text"]


def test_a_trial_refuses_what_could_not_be_done(copies: Copies) -> None:
    there = copies.places["b"]
    for argv in (("clone", there), ("bundle", there)):
        assert copies("home", "store", *argv, "--dry-run", ok=False).exit_code == 1


def test_a_trial_of_a_merge_sends_nobody_to_a_conflict_that_is_not_there(copies: Copies) -> None:
    copies("b", "edit", "1-1", "--text", "缺口罩一百只")
    copies("c", "edit", "1-1", "--text", "缺口罩二百只")
    tried = copies.merge("home", "b", "c", options=("--dry-run",))
    assert ("缺口罩一百只" in tried.stderr, "conflict list" in tried.stderr) == (True, False)
    assert "conflict list" in copies.merge("home", "b", "c").stderr


def test_a_merge_sums_what_came_and_says_up_to_when_and_which_figures_moved(copies: Copies) -> None:
    copies("b", "log", "甲厂", "缺扳手")
    copies("c", "close", "1-1", "到货", day="2020-03-15")
    told = json.loads(copies.merge("home", "b", "c", options=("--json",)).stdout)
    assert [each["until"][:10] for each in told["items"]] == ["2020-03-14", "2020-03-15"]
    assert told["total"] == {"commands": 2, "new": 1, "closed": 1, "changed": 0}
    moved = {each["figure"]: each["now"] - each["before"] for each in told["figures"]}
    assert moved == {"found": 1, "solved": 1, "in_hand": 0}


@pytest.mark.parametrize("team", ["2", "10"])
def test_a_firm_that_is_given_to_one_of_two_teams_has_it_once(copies: Copies, team: str) -> None:
    for name, given in (("b", "2"), ("c", "10")):
        copies(name, "enterprise", "assign", "乙建材", "--team", given, "--from", "2020-03-14")
    copies.merge("home", "b", "c")
    copies("home", "conflict", "settle", "某县乙建材有限公司", "--take", f"{team} 组，2020-03-14 起")
    had = copies.rows(
        "home",
        "SELECT t.code FROM assignment a JOIN team t ON t.id = a.team_id "
        "JOIN enterprise e ON e.id = a.enterprise_id WHERE e.name = '某县乙建材有限公司' ORDER BY a.id",
    )
    assert [code for (code,) in had] == ["1", team]
    assert copies.whole("home") == []


def test_what_a_side_says_of_undoing_is_that_and_not_what_came_of_it(copies: Copies) -> None:
    copies("b", "log", "甲厂", "缺扳手")
    copies.merge("c", "b")
    copies("b", "undo")
    copies("c", "assign", "1-B1", "工信局")
    copies.merge("home", "b", "c")
    assert says(copies) == {"撤销了登记", "接着办：交办"}


def test_a_duplicate_is_said_by_its_number(copies: Copies) -> None:
    for ident in ("1-4", "1-5"):
        copies("home", "log", "甲厂", f"又缺口罩 {ident}")
    copies.merge("b", "home")
    copies.merge("c", "home")
    copies("b", "void", "1-5", "--why", "重复", "--duplicate-of", "1-4")
    copies("c", "void", "1-4", "--why", "不是问题")
    copies.merge("home", "b", "c")
    assert says(copies) == {"作废（与 1-4 重复）", "1-4 作废"}


def test_a_side_is_taken_by_what_it_says(copies: Copies) -> None:
    copies("b", "assign", "1-1", "卫健局")
    copies("c", "assign", "1-1", "应急局")
    copies.merge("home", "b", "c")
    settled = copies("home", "conflict", "settle", "1-1", "--take", "卫健局")
    assert "责任单位" in settled.stderr
    assert (copies.problem("home", "1-1")["department"], copies.conflicts("home")) == ("卫健局", [])


def test_a_side_that_took_something_away_says_that_there_is_none(copies: Copies) -> None:
    copies("b", "edit", "1-1", "--enterprise", "-")
    copies("c", "edit", "1-1", "--enterprise", "乙建材")
    copies.merge("home", "b", "c")
    assert says(copies) == {"无", "某县乙建材有限公司"}


def test_a_copy_that_is_for_nobody_is_called_by_its_series_and_only_home_is_home(copies: Copies) -> None:
    copies.places["d"] = str(copies.folder / "d.db")
    copies("home", "store", "clone", copies.places["d"])
    copies("d", "note", "1-1", "去看过")
    assert copies.merge("home", "d").stdout.splitlines()[1].startswith("D\tD\t")
    copies.merge("b", "home")
    told = copies("b", "store", "info").stdout.split("\n\n")[1].splitlines()
    assert [line.split("\t")[:2] for line in told[1:]] == [["原台账", ""], ["c", "C"], ["D", "D"]]
