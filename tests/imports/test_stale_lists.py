"""A list of firms, teams, members or departments that comes back takes back nothing that was done since."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint
from tests.imports.sheets import comma, counted
from tests.imports.test_newer_work import change, export, problem, without

KIND = ("--kind", "enterprises")


def listed(fugong: Run, tmp_path: Path, noun: str = "enterprise") -> Path:
    path = tmp_path / f"{noun}.csv"
    assert fugong(noun, "list", "-f", "csv", "-o", str(path), "--force").exit_code == 0
    return path


def edited(path: Path, name: str, **cells: str) -> None:
    """Change cells of the row of that name."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    (row,) = [row for row in rows if name in row[:3]]
    for column, value in cells.items():
        row[rows[0].index(column)] = value
    comma(path, rows)


def firm(fugong: Run, name: str) -> dict[str, Any]:
    items = json.loads(fugong("enterprise", "list", "-f", "json").stdout)["items"]
    return dict(next(each for each in items if name in each["name"]))


@pytest.mark.on_a_file
@pytest.mark.parametrize("day", ["2020-03-12", "2020-03-13"])
def test_a_list_of_firms_takes_back_no_stage_that_was_set_since(
    county: Path, tmp_path: Path, fugong: Run, day: str
) -> None:
    path = listed(fugong, tmp_path)
    later = {"FUGONG_TODAY": day}
    assert fugong("enterprise", "stage", "戊厂", "resumed", FUGONG_ACTOR="某甲", **later).exit_code == 0
    edited(path, "某县甲厂有限公司", 产能="年产2万吨")
    before = fingerprint(county)
    result = fugong("import", str(path), *KIND, **later)
    assert (result.exit_code, fingerprint(county)) == (1, before), result.stdout
    said = f"第 2 行，复工阶段「停工」：台账里后来改成了「已复工」（某甲，{day}）"
    assert said in result.stderr
    assert result.stderr.count("第 2 行") == 1
    assert fugong("import", str(path), *KIND, "--take", "ledger", **later).exit_code == 0
    assert (firm(fugong, "戊厂")["stage"], firm(fugong, "甲厂")["capacity"]) == ("resumed", "年产2万吨")
    result = fugong("import", str(path), *KIND, "--take", "file", **later)
    assert result.exit_code == 0, result.stderr
    assert firm(fugong, "戊厂")["stage"] == "stopped"
    assert fugong("store", "check").exit_code == 0


@pytest.mark.on_a_file
@pytest.mark.parametrize(
    ("command", "heading"),
    [
        (["enterprise", "edit", "甲厂", "--capacity", "年产3万吨"], "产能「年产1万吨」"),
        (["enterprise", "edit", "甲厂", "--township", "乙镇"], "乡镇「甲镇」"),
        (["enterprise", "edit", "甲厂", "--below-scale"], "规上「是」"),
        (["enterprise", "edit", "甲厂", "--no-alias", "油漆厂"], "简称「油漆厂」"),
        (["enterprise", "assign", "甲厂", "--team", "2"], "组号「1」"),
    ],
)
def test_a_list_of_firms_takes_back_no_attribute_that_was_set_since(
    county: Path, tmp_path: Path, fugong: Run, command: list[str], heading: str
) -> None:
    path = listed(fugong, tmp_path)
    assert fugong(*command).exit_code == 0
    before = fingerprint(county)
    result = fugong("import", str(path), *KIND)
    assert (result.exit_code, fingerprint(county)) == (1, before), result.stdout
    assert heading in result.stderr
    assert fugong("import", str(path), *KIND, "--take", "ledger").exit_code == 0
    assert fingerprint(county) == before
    assert fugong("import", str(path), *KIND, "--take", "file").exit_code == 0
    assert fingerprint(county) != before


@pytest.mark.on_a_file
def test_a_list_comes_in_again_after_undo_and_one_of_a_later_day_is_newer(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    path = listed(fugong, tmp_path)
    edited(path, "某县甲厂有限公司", 产能="年产2万吨")
    assert counted(fugong("import", str(path), *KIND)) == "新增 0，更新 1，不变 4，拒绝 0"
    assert fugong("undo").exit_code == 0
    assert counted(fugong("import", str(path), *KIND)) == "新增 0，更新 1，不变 4，拒绝 0"
    assert counted(fugong("import", str(path), *KIND)) == "新增 0，更新 0，不变 5，拒绝 0"
    rows = [["填报日期：2020-03-15"], ["企业名称", "产能", "乡镇"], ["甲厂", "年产1万吨", "甲镇"]]
    filed = comma(tmp_path / "filed.csv", rows)
    assert fugong("import", str(filed), *KIND, FUGONG_TODAY="2020-03-12").exit_code == 1
    assert fugong("import", str(filed), *KIND, FUGONG_TODAY="2020-03-16").exit_code == 0
    assert firm(fugong, "甲厂")["capacity"] == "年产1万吨"


@pytest.mark.on_a_file
def test_a_list_with_unknown_columns_kept_comes_in_twice(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [["企业名称", "产能", "乡镇", "备注", "法人"], ["戊厂", "", "", "尚未包联", "某丙"]]
    path = comma(tmp_path / "a.csv", rows)
    for outcome in ("新增 0，更新 1，不变 0，拒绝 0", "新增 0，更新 0，不变 1，拒绝 0"):
        assert counted(fugong("import", str(path), *KIND, "--keep-unknown")) == outcome


@pytest.mark.on_a_file
@pytest.mark.parametrize(
    ("kind", "rows", "command"),
    [
        ("teams", [["组号", "名称", "党支部", "应有人数"], ["1", "第一组", "", "8"]],
         ["team", "edit", "1", "--headcount", "9"]),
        ("members", [["帮扶组", "姓名", "职务", "单位"], ["1", "组员甲", "主任", ""]],
         ["member", "edit", "组员甲", "--post", "科长"]),
        ("departments", [["单位名称", "简称", "备注"], ["应急局", "", "原话"]],
         ["department", "edit", "应急局", "--note", "新话"]),
    ],
    ids=["teams", "members", "departments"],
)  # fmt: skip
def test_other_lists_take_nothing_back_either(
    county: Path, tmp_path: Path, fugong: Run, kind: str, rows: list[list[str]], command: list[str]
) -> None:
    path = str(comma(tmp_path / "a.csv", rows))
    first = fugong("import", path, "--kind", kind)
    assert first.exit_code == 0, first.stderr
    assert fugong(*command).exit_code == 0
    before = fingerprint(county)
    result = fugong("import", path, "--kind", kind)
    assert (result.exit_code, "台账里后来改成了" in result.stderr) == (1, True), result.stderr
    assert fingerprint(county) == before
    assert fugong("import", path, "--kind", kind, "--take", "file").exit_code == 0


@pytest.mark.on_a_file
def test_an_export_without_versions_takes_back_no_act_of_several_since(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    path = export(fugong, tmp_path)
    without(path, "版本")
    for text in ("流动资金缺口一百万", "流动资金缺口两百万"):
        assert fugong("edit", "1-3", "--text", text).exit_code == 0
    result = fugong("import", str(path))
    assert (result.exit_code, "后来改成了「流动资金缺口两百万」" in result.stderr) == (1, True), result.stdout
    assert problem(fugong, "1-3")["text"] == "流动资金缺口两百万"


@pytest.mark.on_a_file
def test_an_edited_export_without_versions_comes_in_again_after_undo(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = export(fugong, tmp_path)
    without(path, "版本")
    change(path, "1-3", 问题描述="流动资金缺口两百万")
    for _ in range(2):
        result = fugong("import", str(path))
        assert (result.exit_code, problem(fugong, "1-3")["text"]) == (0, "流动资金缺口两百万"), result.stderr
        assert fugong("undo").exit_code == 0


@pytest.mark.on_a_file
def test_a_stage_before_the_last_is_a_fault_of_its_cell(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [["企业名称", "复工阶段", "阶段日期"], ["丙丁铸造", "已复工", "2020-03-01"]]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)), *KIND)
    assert (result.exit_code, "第 2 行，阶段日期「2020-03-01」" in result.stderr) == (1, True), result.stderr


@pytest.mark.on_a_file
@pytest.mark.parametrize("versions", [True, False])
def test_an_export_with_an_own_column_comes_in_twice(county: Path, tmp_path: Path, fugong: Run, versions: bool) -> None:
    path = export(fugong, tmp_path)
    change(path, "1-3", 备注="有人改过")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    comma(path, [[*row, "自己的列" if at == 0 else f"值{at}"] for at, row in enumerate(rows)])
    if not versions:
        without(path, "版本")
    for outcome in ("新增 0，更新 5，不变 0，拒绝 0", "新增 0，更新 0，不变 5，拒绝 0"):
        result = fugong("import", str(path), "--keep-unknown")
        assert (result.exit_code, outcome in result.stderr) == (0, True), result.stderr
    assert problem(fugong, "1-3")["remark"] == "有人改过；自己的列：值3"


@pytest.mark.on_a_file
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_list_in_which_a_firm_was_renamed_makes_no_second_one(
    county: Path, tmp_path: Path, fugong: Run, lang: str
) -> None:
    path = listed(fugong, tmp_path)
    edited(path, "某县乙建材有限公司", 企业="某县丑建材有限公司")
    before = fingerprint(county)
    result = fugong("import", str(path), *KIND, FUGONG_LANG=lang)
    assert (result.exit_code, fingerprint(county)) == (1, before), result.stdout
    command = "enterprise edit 某县乙建材有限公司 --name 某县丑建材有限公司"
    assert f"fugong {command}" in result.stderr
    assert fugong(*command.split()).exit_code == 0
    assert fugong("import", str(path), *KIND).exit_code == 0
