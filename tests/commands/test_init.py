"""init: the first morning, from nothing to a store to work with, without any YAML."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import Run

from fugong import db

SHIPPED = 38
"""Entries of the default lists."""


def terms(fugong: Run) -> list[str]:
    return [item["code"] for item in json.loads(fugong("term", "list", "--format", "json").stdout)["items"]]


def test_a_store_begins_with_county_teams_and_lists(store: Path, fugong: Run) -> None:
    made = fugong("init", "--county", "云岭县", "--campaign", "复工帮扶", "--teams", "3")
    assert (made.exit_code, made.stdout) == (0, f"{db.place(str(store))}\n")
    assert "fugong enterprise add" in made.stderr
    assert [line.split("\t")[1] for line in fugong("team", "list").stdout.splitlines()[1:]] == [
        "第一帮扶组", "第二帮扶组", "第三帮扶组",
    ]  # fmt: skip
    assert len(terms(fugong)) == SHIPPED
    shown = json.loads(fugong("campaign", "show", "--format", "json").stdout)["items"][0]
    assert (shown["county"], shown["name"]) == ("云岭县", "复工帮扶")
    assert fugong("store", "check").exit_code == 0


def test_names_of_teams_come_first_and_the_rest_are_numbered(store: Path, fugong: Run) -> None:
    assert fugong("init", "--team", "城关组", "--teams", "2").exit_code == 0
    assert [line.split("\t")[1] for line in fugong("team", "list").stdout.splitlines()[1:]] == ["城关组", "第二帮扶组"]


def test_the_first_problem_is_logged_by_commands_alone(store: Path, fugong: Run) -> None:
    assert fugong("init", "--county", "云岭县", "--teams", "1").exit_code == 0
    assert fugong("enterprise", "add", "云岭县白鹤酿酒有限责任公司", "--team", "1").exit_code == 0
    assert fugong("campaign", "edit", "--place", "云岭").exit_code == 0
    logged = fugong("log", "白鹤酿酒", "口罩不足", "-c", "防控物资", "--due", "一般")
    assert logged.stdout.splitlines()[0] == "1-1  云岭县白鹤酿酒有限责任公司  口罩不足"
    assert fugong("inspection", "add", "白鹤酿酒", "--fail", "环境卫生=未消毒", "--pass-rest").exit_code == 0
    assert fugong("milestone", "add", "白鹤酿酒", "党支部").exit_code == 0
    assert fugong("store", "check").exit_code == 0


def test_a_sample_comes_with_the_program_and_without_a_value_it_is_the_one_in_the_language_of_the_run(
    store: Path, fugong: Run
) -> None:
    assert fugong("init", "--sample", FUGONG_LANG="en").exit_code == 0
    listed = json.loads(fugong("list", "--status", "all", "--format", "json").stdout)["items"]
    assert listed[0]["enterprise"] == "Northmoor Alder Foods Ltd"
    assert fugong("store", "check").exit_code == 0


def test_the_source_county_is_the_other_sample(store: Path, fugong: Run) -> None:
    assert json.loads(fugong("init", "--sample", "--json").stdout)["items"][0]["kind"] == "store"
    assert json.loads(fugong("progress", "--format", "json").stdout)["total"]["found"] == 11


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["--sample", "zh", "--county", "云岭县"], "sample_alone"),
        (["--sample", "--bare"], "sample_alone"),
        (["--county", " 云岭\x07县"], "control_character"),
        (["--team", "甲组", "--team", "甲组"], "name_taken"),
        (["--team", ""], "blank_text"),
    ],
)
def test_what_is_refused_leaves_nothing(store: Path, fugong: Run, argv: list[str], code: str) -> None:
    refused = fugong("init", *argv)
    assert refused.exit_code == 1, code
    assert refused.stdout == ""
    assert fugong("store", "init", "--bare").exit_code == 0  # nothing is there yet


def test_a_store_that_is_there_is_left_alone(county: Path, fugong: Run) -> None:
    assert fugong("init", "--county", "云岭县").exit_code == 1
    assert fugong("store", "check").exit_code == 0


def test_init_is_not_undone(store: Path, fugong: Run) -> None:
    fugong("init", "--county", "云岭县")
    assert fugong("undo").exit_code == 1
    assert len(terms(fugong)) == SHIPPED


def test_loading_the_seed_over_the_default_lists_changes_none_of_them(store: Path, fugong: Run) -> None:
    fugong("store", "init")
    before = fugong("term", "list", "--format", "json").stdout
    loaded = fugong("load", str(Path(__file__).parents[2] / "data" / "seed.yaml"))
    assert f"新增 0，更新 0，不变 {SHIPPED}" in loaded.stderr
    assert fugong("term", "list", "--format", "json").stdout == before


def test_a_bare_store_has_not_even_lists(store: Path, fugong: Run) -> None:
    assert fugong("store", "init", "--bare").exit_code == 0
    assert terms(fugong) == []


def answered(answers: str, *argv: str, **env: str) -> tuple[int, str]:
    """A run at a terminal, at which somebody types."""
    mine, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "fugong", *argv],
        stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, **env},
    ) as process:  # fmt: skip
        os.close(theirs)
        os.write(mine, answers.encode())
        said = b""
        while True:
            try:
                piece = os.read(mine, 4096)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            said += piece
    os.close(mine)
    return process.returncode, said.decode()


@pytest.mark.on_a_file
def test_at_a_terminal_it_asks(store: Path, fugong: Run) -> None:
    status, said = answered("云岭县\n\nx\n2\n城关组\n\n", "init")
    assert status == 0, said
    assert "哪个县" in said
    assert [line.split("\t")[1] for line in fugong("team", "list").stdout.splitlines()[1:]] == ["城关组", "第二帮扶组"]


@pytest.mark.on_a_file
def test_an_answer_that_is_no_name_is_asked_for_again(store: Path, fugong: Run) -> None:
    status, said = answered("云岭县、襄水县\n云岭县\n\n2\n甲组、乙组\n甲组\n甲 组\n乙组\n", "init")
    assert (status, said.count("含有顿号"), said.count("已经是")) == (0, 2, 1), said
    assert [line.split("\t")[1] for line in fugong("team", "list").stdout.splitlines()[1:]] == ["甲组", "乙组"]


@pytest.mark.on_a_file
def test_a_question_that_nobody_answers_writes_nothing(store: Path) -> None:
    status, _ = answered("云岭县\n\x04", "init")
    assert status == 130
    assert not store.exists()


@pytest.mark.on_a_file
def test_a_script_is_not_asked(store: Path) -> None:
    assert answered("", "init", FUGONG_NO_INPUT="1")[0] == 0
