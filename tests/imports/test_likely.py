"""What may be wrong with a new row, and is said: a likely twin, a firm of another team's, another spelling."""

import json
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import outcome
from tests.imports.sheets import comma, counted

from fugong.values.likeness import alike, plain

HEADER = ["帮扶组", "企业", "问题描述", "提出日期"]


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("宿舍缺隔离间", "宿舍缺隔离间，需3间", True), ("宿舍缺隔离间", "宿舍缺隔离间。", True),
        ("门岗无人值守", "门岗夜间无人值守", True), ("流动资金紧张需贷款200万元", "流动资金紧张，需贷款300万元", True),
        ("口罩", "口罩不足三天", False), ("缺水", "缺电", False), ("电费减免未落实", "废钢采购受阻", False),
        ("巡检记录不全", "围墙倒塌8米", False), ("口罩不足", "口罩还是不足", True),
        ("口罩仍然紧缺", "口罩十分紧缺", True),
        ("缺少第7个配件，无法开机", "缺少第17个配件，无法开机", False), ("资金困难第1笔", "资金困难第2笔", False),
        ("3号高炉检修缺人", "5号高炉检修缺人", False), ("3号高炉检修缺人", "3号高炉检修仍缺人", True),
    ],
)  # fmt: skip
def test_descriptions_are_alike_where_one_says_more_or_most_is_shared(one: str, other: str, like: bool) -> None:
    assert alike(plain(one), plain(other)) is like


def test_a_lengthened_description_is_said_with_the_number_of_the_other_and_nothing_is_joined(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    assert fugong("log", "甲厂", "宿舍缺隔离间", "--on", "2020-03-05").exit_code == 0
    path = comma(tmp_path / "a.csv", [HEADER, ["", "甲厂", "宿舍缺隔离间，需3间", "2020-03-05"]])
    for options in (["--dry-run"], []):
        result = fugong("import", str(path), *options)
        assert "和在办的 1-4「宿舍缺隔离间」相近，没有合并" in result.stdout
        assert counted(result).startswith("新增 1")
    assert fugong("close", "1-4", "--how", "好").exit_code == 0
    other = comma(tmp_path / "b.csv", [HEADER, ["", "甲厂", "宿舍缺隔离间 4间", "2020-03-06"]])
    said = fugong("import", str(other)).stdout
    assert "1-4" not in said  # it is closed
    assert "和在办的 1-5" in said


def test_a_likely_twin_and_a_firm_of_another_teams_are_said_when_a_problem_is_logged(county: Path, fugong: Run) -> None:
    assert outcome(fugong("log", "甲厂", "缺叉车司机"))[2] == ""
    assert "和在办的 1-4「缺叉车司机」相近，没有合并" in fugong("log", "甲厂", "缺叉车司机两名").stderr
    result = fugong("log", "甲厂", "消防通道被堵", "-t", "2")
    assert (result.exit_code, "某县甲厂有限公司由第一组包联，这个问题记在第二组" in result.stderr) == (0, True)


def test_a_row_of_another_teams_firm_is_said(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = comma(tmp_path / "a.csv", [HEADER, ["第二组", "甲厂", "消防通道被堵", "2020-03-05"]])
    assert "由第一组包联，这个问题记在第二组" in fugong("import", str(path)).stdout


def test_another_firms_problem_is_no_original(county: Path, fugong: Run) -> None:
    items = json.loads(fugong("list", "--status", "all", "-f", "json").stdout)["items"]
    firms = {each["id"]: each["enterprise"] for each in items if each["enterprise"]}
    one, other = next((a, b) for a in firms for b in firms if firms[a] != firms[b])
    status, said, why = outcome(fugong("void", one, "--why", "重复", "--duplicate-of", other))
    assert (status, said) == (1, "")
    assert "不能算重复" in why


@pytest.mark.parametrize(("one", "other"), [("第二组", "2"), ("第２组", "第二组"), ("2组", "二组")])
def test_rows_that_differ_in_spelling_only_are_one(
    county: Path, tmp_path: Path, fugong: Run, one: str, other: str
) -> None:
    rows = [HEADER, [one, "丙丁铸造", "缺电", "2020-03-05"], [other, " 丙丁铸造", "缺电 ", "2020年3月5日"]]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)))
    assert (result.exit_code, counted(result)) == (0, "新增 1，更新 0，不变 1，拒绝 0"), result.stderr
    assert "和第 2 行相同" in result.stdout
