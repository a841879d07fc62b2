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
    assert "提出日期：约 2020-03-13 → 约 2020-03-09" in result.stdout
    now = found(fugong, "一")
    assert (now["status"], now["closed_on"], now["found_on"], now["approximate"]) == (
        "closed", "2020-03-09", "2020-03-09", True,
    )  # fmt: skip
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


WIDE = ["企业名称", "问题描述", "发现日期", "状态", "办结日期", "进展情况", "责任单位", "整改时限"]
STATED = "2020-03-05"


@pytest.mark.parametrize(
    ("monday", "friday"),
    [
        ([STATED, "办理中", "", "已联系", "", ""], [STATED, "已解决", "2020-03-09", "已联系", "", ""]),
        ([STATED, "办理中", "", "", "工信局", ""], [STATED, "已解决", "2020-03-09", "", "工信局", ""]),
        ([STATED, "已解决", "", "已联系", "", ""], [STATED, "已解决", "2020-03-09", "已联系", "", ""]),
        (["", "已解决", "", "已联系", "工信局", ""], ["", "已解决", "2020-03-09", "已联系", "工信局", ""]),
        ([STATED, "办理中", "", "已联系", "", "2020-03-10"], [STATED, "已解决", "2020-03-09", "", "", "2020-03-10"]),
    ],
)
def test_a_stated_closing_is_not_refused_for_a_day_that_was_made_up(
    county: Path, tmp_path: Path, fugong: Run, monday: list[str], friday: list[str]
) -> None:
    assert fugong("import", str(comma(tmp_path / "a.csv", [WIDE, ["甲厂", "一", *monday]]))).exit_code == 0
    before = found(fugong, "一")
    later = comma(tmp_path / "b.csv", [WIDE, ["甲厂", "一", *friday]])
    result = fugong("import", str(later), FUGONG_TODAY="2020-03-16")
    assert (result.exit_code, counted(result)) == (0, "新增 0，更新 1，不变 0，拒绝 0"), result.stderr
    now = found(fugong, "一")
    assert (now["status"], now["closed_on"], now["late"]) == ("closed", "2020-03-09", False)
    assert counted(fugong("import", str(later), FUGONG_TODAY="2020-03-17")) == "新增 0，更新 0，不变 1，拒绝 0"
    assert fugong("store", "check").exit_code == 0
    assert fugong("undo", FUGONG_TODAY="2020-03-17").exit_code == 0
    assert found(fugong, "一") == before
    assert fugong("store", "check").exit_code == 0


def test_a_closing_typed_later_is_not_refused_for_a_day_that_an_import_made_up(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    rows = [WIDE, ["甲厂", "一", "", "办理中", "", "已联系", "工信局", ""]]
    assert fugong("import", str(comma(tmp_path / "a.csv", rows))).exit_code == 0
    assert fugong("close", "1-4", "--how", "好", "--on", "2020-03-09", FUGONG_TODAY="2020-03-16").exit_code == 0
    now = found(fugong, "一")
    assert (now["closed_on"], now["found_on"], now["approximate"]) == ("2020-03-09", "2020-03-09", True)
    assert fugong("note", "1-3", "问过", "--on", "2020-03-08").exit_code == 1  # its day was stated


def test_a_day_that_somebody_stated_still_orders_what_comes_after(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [WIDE, ["甲厂", "一", STATED, "", "", "", "", ""]]
    assert fugong("import", str(comma(tmp_path / "a.csv", rows))).exit_code == 0
    fugong("note", "1-4", "已联系", "--on", "2020-03-11")
    rows = [WIDE, ["甲厂", "一", STATED, "已解决", "2020-03-09", "", "", ""]]
    result = fugong("import", str(comma(tmp_path / "b.csv", rows)))
    assert (result.exit_code, "1-4 在 2020-03-11 已记录" in result.stderr) == (1, True)


def test_a_deadline_before_a_made_up_found_day_and_the_true_day_of_finding_are_taken(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    for number, (day, due) in enumerate([("", ""), ("", "2020-03-10"), ("2020-03-04", "2020-03-10")]):
        rows = [WIDE, ["甲厂", "一", day, "办理中", "", "已联系", "", due]]
        result = fugong("import", str(comma(tmp_path / f"{number}.csv", rows)), FUGONG_TODAY=f"2020-03-1{number + 3}")
        assert result.exit_code == 0, result.stderr
        assert counted(result) == ("新增 0，更新 1，不变 0，拒绝 0" if number else "新增 1，更新 0，不变 0，拒绝 0")
    now = found(fugong, "一")
    assert (now["found_on"], now["approximate"], now["due_on"]) == ("2020-03-04", False, "2020-03-10")


def test_equal_problems_of_which_one_has_no_day_stay_the_two_that_they_are(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    rows = [WIDE, *(["甲厂", "一", day, "", "", "", "", ""] for day in ("", STATED))]
    path = comma(tmp_path / "a.csv", rows)
    assert counted(fugong("import", str(path))) == "新增 2，更新 0，不变 0，拒绝 0"
    assert counted(fugong("import", str(path), FUGONG_TODAY="2020-03-16")) == "新增 0，更新 0，不变 2，拒绝 0"


def test_a_closing_without_a_day_is_not_late_for_a_note_whose_day_was_made_up(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    for number, status in enumerate(["办理中", "已解决"]):
        rows = [WIDE, ["甲厂", "一", STATED, status, "", "已联系", "", "2020-03-10"]]
        assert fugong("import", str(comma(tmp_path / f"{number}.csv", rows))).exit_code == 0
    now = found(fugong, "一")
    assert (now["closed_on"], now["late"]) == ("2020-03-10", False)


def test_a_day_that_is_about_refuses_no_stated_one_in_its_row(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [WIDE, ["甲厂", "一", "约2020-03-05", "已解决", "2020-03-04", "", "", ""]]
    path = comma(tmp_path / "a.csv", rows)
    assert fugong("import", str(path)).exit_code == 0
    now = found(fugong, "一")
    assert (now["found_on"], now["closed_on"], now["approximate"]) == ("2020-03-04", "2020-03-04", True)
    assert counted(fugong("import", str(path))) == "新增 0，更新 0，不变 1，拒绝 0"
