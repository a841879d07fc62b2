"""What the program makes up of a date refuses nothing and makes nothing late; what was in stays in."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.imports.sheets import comma, counted

HEADER = ["企业名称", "问题描述", "状态", "办结日期", "整改时限"]


def found(fugong: Run, text: str) -> dict[str, Any]:
    items = json.loads(fugong("list", "--status", "all", "-f", "json").stdout)["items"]
    (one,) = [each for each in items if each["text"] == text]
    return dict(one)


def test_the_file_of_monday_comes_in_unchanged_on_tuesday(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [
        HEADER,
        ["甲厂", "一", "已解决", "2020-03-05", ""],
        ["甲厂", "二", "", "", "7个工作日"],
        ["甲厂", "三", "办理中", "", "2020-03-10"],
        ["甲厂", "四", "已解决", "", "2020-03-10"],
    ]
    path = comma(tmp_path / "a.csv", rows)
    assert fugong("import", str(path)).exit_code == 0
    assert found(fugong, "一")["found_on"] == "2020-03-05"
    assert found(fugong, "三")["found_on"] == "2020-03-10"
    assert all(found(fugong, text)["approximate"] for text in "一二三四")
    for day in ("2020-03-14", "2020-03-25"):
        result = fugong("import", str(path), FUGONG_TODAY=day)
        assert (result.exit_code, counted(result)) == (0, "新增 0，更新 0，不变 4，拒绝 0"), result.stdout


def test_a_closing_day_that_is_made_up_is_never_late(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [[*HEADER, "提出日期"], ["甲厂", "一", "已解决", "", "2020-03-10", "2020-03-05"]]
    assert fugong("import", str(comma(tmp_path / "a.csv", rows))).exit_code == 0
    closed = found(fugong, "一")
    assert (closed["closed_on"], closed["late"]) == ("2020-03-10", False)


def test_what_was_found_on_a_made_up_day_may_turn_out_to_be_closed_before(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    assert fugong("import", str(comma(tmp_path / "a.csv", [HEADER, ["甲厂", "一", "办理中", "", ""]]))).exit_code == 0
    later = comma(tmp_path / "b.csv", [HEADER, ["甲厂", "一", "已解决", "2020-03-09", ""]])
    result = fugong("import", str(later), FUGONG_TODAY="2020-03-16")
    assert result.exit_code == 0, result.stderr
    assert "办结日期 2020-03-09 早于台账里记的 2020-03-13（约），按 2020-03-13" in result.stdout
    assert found(fugong, "一")["status"] == "closed"
    assert counted(fugong("import", str(later), FUGONG_TODAY="2020-03-17")) == "新增 0，更新 0，不变 1，拒绝 0"


@pytest.mark.parametrize("said", ["#REF!", "#N/A", "2月30日"])
def test_an_unreadable_date_is_one_fault_at_its_cell(county: Path, tmp_path: Path, fugong: Run, said: str) -> None:
    rows = [[*HEADER, "提出日期"], ["甲厂", "一", "已解决", "2020-03-05", "2020-03-06", said]]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)), "--year", "2020")
    faults = [line for line in result.stderr.splitlines() if "第 2 行" in line]
    assert (result.exit_code, len(faults)) == (1, 1)
    assert faults[0].startswith(f"第 2 行，提出日期「{said}」")


def test_equal_rows_of_one_file_are_both_named(county: Path, tmp_path: Path, fugong: Run) -> None:
    row = ["甲厂", "一", "", "", "7个工作日"]
    result = fugong("import", str(comma(tmp_path / "a.csv", [HEADER, row, row])), "-f", "json")
    lines = json.loads(result.stdout)["items"]
    assert [(each["row"], each["id"], each["outcome"]) for each in lines] == [(2, "1-4", "new"), (3, "1-4", "same")]
    assert lines[1]["detail"] == "和第 2 行相同"


def test_unknown_columns_are_kept_for_problems_that_are_there_too(county: Path, tmp_path: Path, fugong: Run) -> None:
    header = ["企业名称", "问题描述", "提出日期", "联系方式"]
    fugong("import", str(comma(tmp_path / "a.csv", [header, ["甲厂", "一", "2020-03-05", ""]])))
    fugong("edit", "1-4", "--note", "急")
    path = comma(tmp_path / "b.csv", [header, ["甲厂", "一", "2020-03-05", "分机八"]])
    assert "更新 1" in fugong("import", str(path), "--keep-unknown").stderr
    assert found(fugong, "一")["remark"] == "急；联系方式：分机八"
    assert counted(fugong("import", str(path), "--keep-unknown")) == "新增 0，更新 0，不变 1，拒绝 0"


def test_unknown_columns_are_kept_for_firms_that_are_there_too(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = comma(tmp_path / "a.csv", [["企业名称", "乡镇", "开户行"], ["甲厂", "", "某行"]])
    assert fugong("import", str(path), "--kind", "enterprises", "--keep-unknown").exit_code == 0
    assert counted(fugong("import", str(path), "--kind", "enterprises", "--keep-unknown")).startswith("新增 0，更新 0")
    items = json.loads(fugong("enterprise", "list", "-f", "json").stdout)["items"]
    assert [each["remark"] for each in items if each["name"] == "某县甲厂有限公司"] == ["开户行：某行"]
