"""Values of one office's own: mapped, made where that is asked for name by name, kept under a name for next time."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint
from tests.imports.sheets import comma, counted

HEADER = ["单位", "情况", "提出日期", "状态", "类别", "责任单位"]
ROWS = [
    ["甲厂", "一", "2020-03-05", "已回复", "水电气", "庚局"],
    ["甲厂", "二", "2020-03-05", "已回复", "防控物资", "辛局"],
    ["甲厂", "三", "2020-03-05", "", "消防", ""],
]
MAPPED = ["--map", "单位=企业", "--map", "情况=问题描述"]
VALUES = [
    "--map-value",
    "状态:已回复=办理中",
    "--map-value",
    "类别:水电气=防控物资",
    "--map-value",
    "类别:消防=环境卫生",
]
OFFERED = re.compile(r"fugong (import .*)$", re.MULTILINE)


def problems(fugong: Run) -> dict[str, dict[str, Any]]:
    items = json.loads(fugong("list", "--status", "all", "-f", "json").stdout)["items"]
    return {each["text"]: each for each in items}


def terms(fugong: Run) -> set[str]:
    return {each["zh"] for each in json.loads(fugong("term", "list", "category", "-f", "json").stdout)["items"]}


@pytest.fixture
def path(county: Path, tmp_path: Path) -> Path:
    return comma(tmp_path / "某单位 台账.csv", [HEADER, *ROWS])


def test_values_of_an_office_stand_for_those_of_the_ledger(path: Path, fugong: Run) -> None:
    result = fugong(
        "import", str(path), *MAPPED, *VALUES, "--map-value", "责任单位：辛局=卫健局", "--create", "单位:庚局"
    )
    assert (result.exit_code, counted(result)) == (0, "新增 3，更新 0，不变 0，拒绝 0"), result.stderr
    found = problems(fugong)
    assert [found[text]["status"] for text in "一二三"] == ["doing", "doing", "open"]
    assert [found[text]["department"] for text in "一二三"] == ["庚局", "卫健局", None]
    assert found["一"]["category"] == found["二"]["category"] != found["三"]["category"]


def test_what_is_offered_for_an_offices_own_values_runs_as_printed(county: Path, path: Path, fugong: Run) -> None:
    result = fugong("import", str(path), *MAPPED)
    offered = [shlex.split(each) for each in OFFERED.findall(result.stderr)]
    assert "看不懂的状态 1 种：已回复" in result.stderr
    assert "没有的问题类别 2 个：水电气、消防" in result.stderr
    before = fingerprint(county)
    for argv in offered:
        again = fugong(*argv)
        assert again.exit_code in (0, 1), again.stderr
        assert len(OFFERED.findall(again.stderr)) < len(offered)
    assert fingerprint(county) == before
    everything = [
        "import",
        str(path),
        *MAPPED,
        "--create",
        "departments,categories",
        "--map-value",
        "状态:已回复=办理中",
    ]
    assert fugong(*everything).exit_code == 0
    assert {"水电气", "消防"} <= terms(fugong)


def test_only_the_names_that_were_chosen_are_made(path: Path, fugong: Run) -> None:
    chosen = ["--create", "categories:水电气", "--create", "departments:庚局、辛局"]
    result = fugong("import", str(path), *MAPPED, *VALUES[:2], *chosen, "--keep-going")
    assert (result.exit_code, counted(result)) == (6, "新增 2，更新 0，不变 0，拒绝 1"), result.stderr
    assert "水电气" in terms(fugong)
    assert "消防" not in terms(fugong)
    line, _ = OFFERED.findall(result.stderr)  # the other says which of ours it is
    argv = shlex.split(line)
    assert "departments:庚局、辛局" in argv
    assert fugong(*argv).exit_code == 0


@pytest.mark.words
@pytest.mark.parametrize(
    ("option", "given"),
    [
        ("--map-value", "状态=办理中"), ("--map-value", "没有的列:一=二"), ("--map-value", ":一=二"),
        ("--map-value", "状态:=办理中"), ("--create", "teams"), ("--create", "departments:"),
    ],
)  # fmt: skip
def test_what_is_no_mapping_is_refused_with_its_form(
    county: Path, path: Path, fugong: Run, option: str, given: str
) -> None:
    before = fingerprint(county)
    result = fugong("import", str(path), option, given)
    assert (result.exit_code, option in result.stderr) == (1, True)
    assert fingerprint(county) == before


def test_a_profile_keeps_what_was_mapped_and_its_name_is_enough(path: Path, tmp_path: Path, fugong: Run) -> None:
    create = ["--create", "departments"]
    result = fugong("import", str(path), *MAPPED, *VALUES, *create, "--profile", "某单位")
    assert result.exit_code == 0, result.stderr
    assert "列名和值的对照已记为方案「某单位」；下次：--profile 某单位" in result.stderr
    rows = [[*ROWS[0]], ["乙建材", "四", "2020-03-06", "已回复", "消防", ""]]
    later = comma(tmp_path / "b.csv", [HEADER, *rows])
    result = fugong("import", str(later), "--profile", "某单位")
    assert (result.exit_code, counted(result)) == (0, "新增 1，更新 0，不变 1，拒绝 0"), result.stderr
    assert problems(fugong)["四"]["status"] == "doing"
    assert fugong("store", "check").exit_code == 0


def test_a_file_whose_columns_fit_a_profile_is_told_of_it(path: Path, tmp_path: Path, fugong: Run) -> None:
    argv = [*MAPPED, *VALUES, "--create", "departments", "--profile", "某单位"]
    assert fugong("import", str(path), *argv).exit_code == 0
    later = comma(tmp_path / "b 本.csv", [HEADER, ["乙建材", "四", "2020-03-06", "已回复", "消防", ""]])
    result = fugong("import", str(later))
    assert (result.exit_code, "列名和方案「某单位」相符" in result.stderr) == (1, True), result.stderr
    (line,) = OFFERED.findall(result.stderr)
    assert fugong(*shlex.split(line)).exit_code == 0
    assert "四" in problems(fugong)
    other = comma(tmp_path / "c.csv", [["企业", "问题描述", "提出日期"], ["甲厂", "五", "2020-03-05"]])
    assert "方案" not in fugong("import", str(other)).stderr


def test_an_unknown_profile_is_refused_and_a_rehearsal_keeps_none(county: Path, path: Path, fugong: Run) -> None:
    before = fingerprint(county)
    result = fugong("import", str(path), "--profile", "没有的")
    assert (result.exit_code, "没有导入方案「没有的」" in result.stderr) == (1, True)
    rehearsed = fugong("import", str(path), *MAPPED, "--profile", "某单位", "--dry-run")
    assert rehearsed.exit_code == 6
    assert fingerprint(county) == before


def test_a_profile_follows_its_command_when_that_is_taken_back(path: Path, fugong: Run) -> None:
    argv = ["import", str(path), *MAPPED, *VALUES, "--create", "departments", "--profile", "某单位"]
    assert fugong(*argv).exit_code == 0
    undone = fugong("undo")
    assert undone.exit_code == 0, undone.stderr
    assert "没有导入方案" in fugong("import", str(path), "--profile", "某单位").stderr
    assert fugong("store", "check").exit_code == 0
    assert fugong(*argv).exit_code == 0
    assert fugong("import", str(path), "--profile", "某单位").exit_code == 0
    assert fugong("store", "check").exit_code == 0


def test_profiles_are_listed_and_deleted_and_a_deletion_is_taken_back(path: Path, fugong: Run) -> None:
    given = [*MAPPED, *VALUES, "--create", "departments", "--profile", "某单位"]
    assert fugong("import", str(path), *given).exit_code == 0
    listed = fugong("profile", "list", "-f", "json")
    (found,) = json.loads(listed.stdout)["items"]
    assert (found["name"], found["kind"], len(found["map"])) == ("某单位", "problems", 2)
    assert found["values"] == ["状态:已回复=办理中", "问题类别:水电气=防控物资", "问题类别:消防=环境卫生"]
    assert "某单位" in fugong("profile", "list").stdout
    assert fugong("profile", "delete", "某单位").stdout == "某单位\n"
    assert json.loads(fugong("profile", "list", "-f", "json").stdout)["items"] == []
    gone = fugong("import", str(path), "--profile", "某单位")
    assert (gone.exit_code, "没有导入方案「某单位」" in gone.stderr) == (1, True)
    assert fugong("profile", "delete", "某单位").exit_code == 1
    assert fugong("undo").exit_code == 0
    assert "某单位" in fugong("profile", "list").stdout
    assert fugong("store", "check").exit_code == 0
