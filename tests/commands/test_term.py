"""term: the lists that are data, entry by entry."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run


def entries(fugong: Run, which: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(fugong("term", "list", which, "--format", "json").stdout)["items"]
    return found


@pytest.fixture
def begun(store: Path, fugong: Run) -> Path:
    fugong("init", "--county", "云岭县", "--teams", "1")
    return store


@pytest.mark.usefixtures("begun")
def test_an_entry_is_used_at_once_by_its_name(fugong: Run) -> None:
    assert fugong("term", "add", "问题类别", "水电气", "--group", "五帮").stdout == "水电气\n"
    assert fugong("log", "-", "停电", "--team", "1", "-c", "水电气").exit_code == 0
    last = entries(fugong, "category")[-1]
    assert (last["code"], last["zh"], last["en"], last["group"]) == ("category-12", "水电气", "水电气", "help")
    assert fugong("store", "check").exit_code == 0


@pytest.mark.usefixtures("begun")
def test_a_deadline_has_a_rule(fugong: Run) -> None:
    assert (
        fugong("term", "add", "deadline", "加急", "--rule", "2wd", "--code", "urgent", "--en", "Urgent").exit_code == 0
    )
    assert fugong("log", "-", "停电", "--team", "1", "--due", "加急").exit_code == 0
    assert json.loads(fugong("show", "1-1", "--format", "json").stdout)["items"][0]["due_rule"] == "2wd"


@pytest.mark.usefixtures("begun")
def test_an_entry_is_corrected_and_taken_back(fugong: Run) -> None:
    assert fugong("term", "edit", "category", "环境卫生", "--name", "厂区卫生").stdout == "厂区卫生\n"
    assert fugong("term", "edit", "category", "hygiene", "--name", "厂区卫生").stdout.startswith("厂区卫生\n")
    assert "厂区卫生" in [each["zh"] for each in entries(fugong, "category")]
    assert fugong("undo").exit_code == 0
    assert "环境卫生" in [each["zh"] for each in entries(fugong, "category")]
    assert fugong("store", "check").exit_code == 0


@pytest.mark.words
@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize(
    "argv",
    [
        ["add", "category", "环境卫生"],
        ["add", "category", "hygiene"],
        ["add", "category", "新", "--code", "Ä"],
        ["add", "category", ""],
        ["add", "category", "新", "--rule", "2wd"],
        ["add", "deadline", "加急"],
        ["add", "deadline", "加急", "--rule", "soon"],
        ["add", "milestone", "新", "--group", "check"],
        ["edit", "category", "没有的", "--name", "新"],
        ["edit", "category", "环境卫生"],
        ["edit", "category", "环境卫生", "--name", "防控物资"],
    ],
)
def test_what_does_not_fit_is_refused(fugong: Run, argv: list[str]) -> None:
    before = fugong("term", "list", "--format", "json").stdout
    assert fugong("term", *argv).exit_code == 1
    assert fugong("term", "list", "--format", "json").stdout == before


@pytest.mark.usefixtures("begun")
def test_a_list_that_is_none_is_a_usage_error(fugong: Run) -> None:
    assert fugong("term", "add", "类别们", "新").exit_code == 2


@pytest.mark.usefixtures("begun")
def test_a_retired_entry_is_taken_by_nothing_new_and_kept_by_what_has_it(fugong: Run) -> None:
    fugong("log", "-", "停电", "--team", "1", "-c", "环境卫生")
    assert fugong("term", "retire", "问题类别", "环境卫生", "--why", "并入别的").stdout == "环境卫生\n"
    refused = fugong("log", "-", "停水", "--team", "1", "-c", "环境卫生")
    assert (refused.exit_code, "fugong term restore category" in refused.stderr) == (1, True)
    assert fugong("edit", "1-1", "--text", "停电两天").exit_code == 0
    assert len(fugong("list", "-c", "环境卫生").stdout.splitlines()) == 2
    assert "环境卫生" not in [each["zh"] for each in entries(fugong, "category")]
    assert "环境卫生" in fugong("term", "list", "category", "--all").stdout
    assert fugong("store", "check").exit_code == 0


@pytest.mark.usefixtures("begun")
def test_a_retired_entry_is_put_back_in_service(fugong: Run) -> None:
    fugong("term", "retire", "时限", "一般")
    assert fugong("log", "-", "停水", "--team", "1", "--due", "一般").exit_code == 1
    assert "没有改动" in fugong("term", "retire", "时限", "一般").stderr
    fugong("term", "restore", "时限", "一般")
    assert fugong("log", "-", "停水", "--team", "1", "--due", "一般").exit_code == 0


@pytest.mark.usefixtures("begun")
def test_the_past_has_the_entry_that_is_retired_since(fugong: Run) -> None:
    fugong("enterprise", "add", "云岭县甲厂", "--team", "1")
    fugong("term", "retire", "问题类别", "环境卫生")
    said = fugong("inspection", "add", "甲厂", "--pass-rest").stdout
    shown = json.loads(fugong("inspection", "list", "--format", "json").stdout)["items"][0]
    assert said
    assert "环境卫生" not in str(shown)
