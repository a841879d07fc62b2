"""settings: what a user likes is kept in their own file, and flips nothing that is not read on a terminal."""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome

from fugong import config

pytestmark = pytest.mark.on_a_file


@pytest.fixture(autouse=True)
def _county(county: Path) -> None:
    """A store that holds the county."""
    assert county.exists()


def on_a_terminal(*argv: str) -> str:
    """What a command line says to somebody at a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "fugong", *argv]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.DEVNULL):
        os.close(theirs)
        said = b""
        try:
            while piece := os.read(ours, 65536):
                said += piece
        except OSError:  # it has ended
            pass
    os.close(ours)
    return said.decode()


def test_language_and_format_are_those_of_the_settings_on_a_terminal_only(fugong: Run) -> None:
    before = fugong("list").stdout
    assert fugong("settings", "set", "language", "en").stdout == "language\ten\n"
    assert fugong("settings", "set", "format", "md").exit_code == 0
    assert fugong("list").stdout == before
    shown = on_a_terminal("list")
    assert ("| Id |" in shown, "企业" in shown.splitlines()[0]) == (True, False)


def test_a_list_on_a_terminal_says_the_weekday_who_must_act_before_how_far_and_words_for_no_day(fugong: Run) -> None:
    fugong("edit", "1-3", "--due", "立行立改")
    plain = fugong("list").stdout
    title, heads, _, *rows = re.sub(r"\x1b\[[0-9;]*m", "", on_a_terminal("list")).splitlines()
    assert title.rstrip() == "正在解决的问题  截至 2020-03-13 周五"
    assert heads.index("责任单位") < heads.index("状态") < heads.index("时限")
    (urgent,) = [row for row in rows if "1-3" in row]
    assert "立行立改" in urgent
    assert "立行立改" not in plain
    assert "时限规则：立行立改" in fugong("today").stdout
    assert on_a_terminal("list", "--status", "all").splitlines()[0].count("问题台账") == 1


def test_the_default_team_fills_in_where_none_is_typed_and_never_filters(fugong: Run) -> None:
    everything = fugong("list").stdout
    assert fugong("settings", "set", "team", "第二").stdout == "team\t2\n"
    assert fugong("list").stdout == everything
    status, said, told = outcome(fugong("log", "-", "缺扳手"))
    assert (status, said.startswith("2-"), "默认的组：2" in told) == (0, True, True)
    assert fugong("nil").exit_code == 0
    fugong("enterprise", "add", "某县新厂")
    assert json.loads(fugong("enterprise", "show", "新厂", "--json").stdout)["items"][0]["team"] == "2"
    fugong("enterprise", "add", "某县另厂", "--team", "-")
    assert json.loads(fugong("enterprise", "show", "另厂", "--json").stdout)["items"][0]["team"] is None
    assert fugong("log", "-", "缺钳子", "--team", "1").stdout.startswith("1-")


def test_a_default_team_is_of_one_store(fugong: Run, tmp_path: Path) -> None:
    fugong("settings", "set", "team", "2")
    fugong("--store", str(tmp_path / "other.db"), "init", "--county", "云岭县", "--teams", "3")
    assert fugong("--store", str(tmp_path / "other.db"), "log", "-", "缺扳手").exit_code == 1


def test_without_a_team_nil_says_which_option_is_missing(fugong: Run) -> None:
    status, _, said = outcome(fugong("nil"))
    assert (status, "缺少选项 --team" in said) == (2, True)


@pytest.mark.parametrize("argv", [("language", "fr"), ("format", "xlsx"), ("colour", "on"), ("team", "99")])
def test_what_cannot_be_set_is_refused_and_nothing_is_written(fugong: Run, argv: tuple[str, str]) -> None:
    assert fugong("settings", "set", *argv).exit_code == 1
    assert not config.settings_file().exists()


def test_settings_are_listed_with_their_file_and_taken_away(fugong: Run) -> None:
    fugong("settings", "set", "pager", 'less "x"')
    listed = json.loads(fugong("settings", "list", "--json").stdout)
    assert listed["file"] == str(config.settings_file())
    assert {each["name"]: each["value"] for each in listed["items"]}["pager"] == 'less "x"'
    assert config.settings_file().stat().st_mode & 0o077 == 0
    fugong("settings", "set", "pager", "")
    assert "less" not in config.settings_file().read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_is_named_and_left_as_it_is(fugong: Run) -> None:
    config.settings_file().parent.mkdir(parents=True)
    config.settings_file().write_text("language = ", encoding="utf-8")
    assert "settings.toml" in fugong("settings", "set", "language", "en").stderr
    assert config.settings_file().read_text(encoding="utf-8") == "language = "
    assert "设置文件" not in fugong("list").stderr
    assert "1-1" in on_a_terminal("list")


def test_every_variable_and_setting_stands_on_one_page(fugong: Run) -> None:
    page = fugong("help", "settings").stdout
    for name in (
        "FUGONG_STORE",
        "FUGONG_LANG",
        "NO_COLOR",
        "pager",
        "team",
        "yellow_days",
        "--json",
    ):
        assert name in page


def test_a_filter_is_saved_by_a_name_and_called_by_it_with_more_conditions(fugong: Run) -> None:
    wanted = fugong("list", "--status", "all", "--sort", "found").stdout
    saved = fugong("list", "--save", "全部", "--status", "all", "--sort", "found")
    assert (saved.stdout, "fugong list 全部" in saved.stderr) == (wanted, True)
    assert fugong("list", "全部").stdout == wanted
    assert (
        fugong("list", "全部", "-t", "2").stdout
        == fugong("list", "--status", "all", "--sort", "found", "-t", "2").stdout
    )
    assert fugong("list", "--forget", "全部").stdout == ""
    status, said, why = outcome(fugong("list", "全部"))
    assert (status, said, "没有存过筛选「全部」" in why) == (1, "", True)


def test_a_filter_without_conditions_is_not_saved(fugong: Run, county: Path) -> None:
    before = fingerprint(county)
    assert fugong("list", "--save", "空的").exit_code == 1
    assert fugong("list", "--save", "", "-t", "1").exit_code == 1
    assert fugong("list", "--forget", "没有").exit_code == 1
    assert (config.settings_file().exists(), fingerprint(county)) == (False, before)


def test_what_is_saved_keeps_the_words_so_that_days_stay_relative(fugong: Run) -> None:
    fugong("list", "--save", "本周", "--since", "周一", "--no-major", "--status", "live")
    words = json.loads(fugong("settings", "list", "--json").stdout)["items"][-1]
    assert words == {"name": "list 本周", "value": "--status live --since 周一 --no-major"}
