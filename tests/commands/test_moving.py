"""A problem that is moved to another team: it has a number there, and the old one finds it for ever."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint, lay, outcome


@pytest.fixture
def county(store: Path) -> Path:
    return lay(store)


def listed(fugong: Run, *options: str) -> dict[str, Any]:
    items = json.loads(fugong("list", "--status", "all", "-f", "json", *options).stdout)["items"]
    return {each["id"]: each for each in items}


def totals(fugong: Run, *options: str) -> dict[str, tuple[int, int]]:
    found = json.loads(fugong("progress", "-f", "json", *options).stdout)
    rows = {each["team"]: (each["found"], each["in_hand"]) for each in found["items"]}
    return rows | {"all": (found["total"]["found"], found["total"]["in_hand"])}


def test_it_gets_the_next_number_there_and_the_old_one_still_finds_it(county: Path, fugong: Run) -> None:
    before, counted = listed(fugong), totals(fugong)
    status, said, why = outcome(fugong("edit", "1-3", "--team", "2"))
    assert (status, said.split()[0], why) == (0, "2-3", "1-3 改号 2-3；1-3 仍能找到它。\n")
    after = listed(fugong)
    assert after.keys() == before.keys() - {"1-3"} | {"2-3"}
    assert after["2-3"]["uid"] == before["1-3"]["uid"]
    assert fugong("show", "1-3").stdout == fugong("show", "2-3").stdout
    assert fugong("note", "1-3", "用旧号记一笔").stdout.startswith("2-3")
    assert totals(fugong) == counted | {
        "1": (counted["1"][0] - 1, counted["1"][1] - 1), "2": (counted["2"][0] + 1, counted["2"][1] + 1),
    }  # fmt: skip
    assert json.loads(fugong("summary", "--as-of", "today", "-f", "json").stdout or "{}") is not None
    assert fugong("store", "check").exit_code == 0
    assert fugong("log", "乙建材", "新的一条").stdout.startswith("1-4")  # no number is given twice
    assert fugong("show", "1-99").exit_code == 1


def test_a_cut_off_shows_the_number_that_was_known_then(
    county: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, counted = listed(fugong), totals(fugong, "--as-of", "2020-03-13")
    monkeypatch.setenv("FUGONG_TODAY", "2020-03-16")
    assert fugong("edit", "1-3", "--team", "2").exit_code == 0
    assert listed(fugong, "--as-of", "2020-03-13").keys() == before.keys()
    assert totals(fugong, "--as-of", "2020-03-13") == counted
    assert "2-3" in listed(fugong, "--as-of", "2020-03-16")


def test_moving_is_taken_back_and_done_again_and_moved_on(county: Path, fugong: Run) -> None:
    before = listed(fugong)
    assert fugong("edit", "1-3", "--team", "2", "--person", "张三").exit_code == 0
    moved = listed(fugong)
    assert fugong("undo").exit_code == 0
    assert listed(fugong) == before
    assert fugong("store", "check").exit_code == 0
    assert fugong("redo").exit_code == 0
    assert listed(fugong) == moved
    assert fugong("store", "check").exit_code == 0
    assert fugong("edit", "1-3", "--team", "第十组").stdout.startswith("10-1")
    assert fugong("edit", "10-1", "--team", "1").stdout.startswith("1-4")
    assert fugong("edit", "1-3", "--team", "2").stdout.startswith("2-4")
    for each in ("1-3", "2-3", "10-1", "1-4", "2-4"):
        assert [found["id"] for found in json.loads(fugong("show", each, "-f", "json").stdout)["items"]] == ["2-4"]
    assert fugong("store", "check").exit_code == 0


def test_a_problem_of_that_team_already_stays_as_it_is(county: Path, fugong: Run) -> None:
    before = fingerprint(county)
    status, _, why = outcome(fugong("edit", "1-3", "--team", "1"))
    assert (status, "1-3 没有变化" in why) == (0, True)
    assert fingerprint(county) == before
    assert fugong("edit", "1-3", "--team", "9").exit_code == 1
    assert fingerprint(county) == before
