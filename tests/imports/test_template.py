"""The empty ledger, and the lists of enterprises, teams and activities."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from tests.conftest import Run
from tests.county import fingerprint, outcome
from tests.imports.sheets import comma, counted

from fugong.vocab import Status
from fugong.vocab.importing import Imported


def test_a_template_has_the_usual_columns_lists_to_choose_from_and_notes(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    path = tmp_path / "empty.xlsx"
    assert outcome(fugong("import", "--template", str(path))) == (0, f"{path}\n", "")
    assert path.stat().st_mode & 0o777 == 0o600
    workbook = CalamineWorkbook.from_path(str(path))
    assert workbook.sheet_names == [
        "专项行动", "问题类别", "责任单位", "帮扶组", "企业名单", "组员", "问题台账", "填写说明", "列表",
    ]  # fmt: skip
    header = workbook.get_sheet_by_name("问题台账").to_python(skip_empty_area=False)[2]
    assert header[:6] == ["序号", "帮扶组", "企业名称", "问题来源", "问题类别", "问题描述"]
    lists = [
        [each for each in column if each]
        for column in zip(*workbook.get_sheet_by_name("列表").to_python(), strict=True)
    ]
    assert ["第一组", "第二组", "第十组"] in lists
    assert ["防控物资", "环境卫生", "资金周转"] in lists
    assert [each.zh for each in Status if each is not Status.VOID] in lists
    with ZipFile(path) as archive:
        checks = re.findall(r'<dataValidation [^>]*sqref="(\w+):', archive.read("xl/worksheets/sheet7.xml").decode())
    assert checks == ["B4", "C4", "D4", "E4", "H4", "N4"]


@pytest.mark.words
@pytest.mark.parametrize("kind", [each.value for each in Imported])
def test_an_empty_template_imports_as_nothing(county: Path, tmp_path: Path, fugong: Run, kind: str) -> None:
    path = tmp_path / "empty.xlsx"
    assert fugong("import", "--template", str(path), "--kind", kind).exit_code == 0
    before = fingerprint(county)
    result = fugong("import", str(path), "--kind", kind)
    assert (result.exit_code, counted(result)) == (0, "新增 0，更新 0，不变 0，拒绝 0")
    assert fingerprint(county) == before


def test_a_template_never_replaces_a_file_unasked(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = tmp_path / "empty.xlsx"
    path.write_text("旧")
    assert fugong("import", "--template", str(path)).exit_code == 1
    assert path.read_text() == "旧"
    assert fugong("import", "--template", str(path), "--force").exit_code == 0


def test_a_list_of_enterprises_adds_and_completes(county: Path, tmp_path: Path, fugong: Run) -> None:
    header = ["序号", "企业名称", "简称", "帮扶组", "乡镇", "是否规上", "职工人数", "复工情况", "复工时间", "备注"]
    rows = [
        header,
        ["1", "某县己机械有限公司", "己机", "第一组", "甲镇", "是", "80人", "已复工", "3月5日", ""],
        ["2", "甲厂", "漆厂", "第二组", "", "", "300", "满产", "2020-03-10", ""],
        ["3", "戊厂", "", "", "", "", "", "", "", ""],
    ]
    path = comma(tmp_path / "a.csv", rows)
    result = fugong("import", str(path), "--kind", "enterprises", "--year", "2020")
    assert (result.exit_code, counted(result)) == (0, "新增 1，更新 1，不变 1，拒绝 0")
    found = {each["name"]: each for each in json.loads(fugong("enterprise", "list", "-f", "json").stdout)["items"]}
    new, old = found["某县己机械有限公司"], found["某县甲厂有限公司"]
    assert [new[key] for key in ("team", "township", "above_scale", "workforce", "stage")] == [
        "1", "甲镇", True, "80人", "resumed",
    ]  # fmt: skip
    assert [old[key] for key in ("team", "township", "workforce", "stage")] == ["2", "甲镇", "300", "full"]
    assert "漆厂" in fugong("enterprise", "show", "漆厂").stdout
    before = fingerprint(county)
    again = fugong("import", str(path), "--kind", "enterprises", "--year", "2020")
    assert counted(again) == "新增 0，更新 0，不变 3，拒绝 0"
    assert fingerprint(county) == before


def test_faults_in_a_list_of_enterprises_are_named(county: Path, tmp_path: Path, fugong: Run) -> None:
    header = ["企业名称", "帮扶组", "复工情况", "备注", "简称"]
    rows = [header, ["", "1", "", "甲", ""], ["庚、辛", "9", "好", "", ""], ["己公司", "1", "", "", "油漆厂"]]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)), "--kind", "enterprises")
    assert result.exit_code == 1
    assert [line.partition("：")[0] for line in result.stderr.splitlines()[1:]] == [
        "第 2 行，企业名称", "第 3 行，复工情况「好」", "第 3 行，帮扶组「9」", "第 4 行",
        "没有的帮扶组「9」确是新的，先登记", "是已有帮扶组的别的写法的，写明是哪一个", "看不懂的复工阶段 1 种",
        "读到 3 行",
    ]  # fmt: skip


def test_a_list_of_teams_adds_and_completes(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows: list[list[Any]] = [
        ["组号", "名称", "党支部", "成员单位", "人数"],
        ["3", "第三组", "第三组临时党支部", "工信局、甲镇", "6人"],
        ["", "第二组", "", "卫健局", 5],
    ]
    path = comma(tmp_path / "a.csv", rows)
    result = fugong("import", str(path), "--kind", "teams")
    assert (result.exit_code, counted(result)) == (0, "新增 1，更新 1，不变 0，拒绝 0")
    found = {each["team"]: each for each in json.loads(fugong("team", "list", "-f", "json").stdout)["items"]}
    assert (found["3"]["name"], found["3"]["units"], found["3"]["expected_headcount"]) == (
        "第三组", ["工信局", "甲镇"], 6,
    )  # fmt: skip
    assert found["2"]["expected_headcount"] == 5
    assert counted(fugong("import", str(path), "--kind", "teams")) == "新增 0，更新 0，不变 2，拒绝 0"
    bad = comma(tmp_path / "b.csv", [["组号", "名称"], ["甲", "某组"]])
    assert "没有组号" in fugong("import", str(bad), "--kind", "teams").stderr


@pytest.mark.on_a_file
def test_a_list_of_activities_adds_and_is_recognised(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows: list[list[Any]] = [
        ["帮扶组", "角色", "方式", "日期", "企业名称", "内容", "物品", "数量", "问题编号", "提供单位"],
        ["一组", "服务员", "物资", "2020-03-10", "甲厂、乙建材", "调配口罩", "口罩", "500只", "1-1", "卫健局"],
        ["", "宣传", "", "2020-03-10", "丙丁铸造", "张贴标语", "标语", 21, "", ""],
    ]
    path = comma(tmp_path / "a.csv", rows)
    result = fugong("import", str(path), "--kind", "activities")
    assert (result.exit_code, counted(result)) == (0, "新增 2，更新 0，不变 0，拒绝 0")
    with closing(sqlite3.connect(county)) as connection, connection:
        found = connection.execute(
            "SELECT team, role, kind, enterprises, item, quantity, unit, department, problem FROM v_activity "
            "WHERE on_date = '2020-03-10' ORDER BY activity_id"
        ).fetchall()
    connection.close()
    assert found == [
        ("1", "service", "supplies", "某县甲厂有限公司、某县乙建材有限公司", "口罩", "500", "只", "卫健局", "1-1"),
        ("2", "publicity", None, "某县丙丁铸造有限公司", "标语", "21", None, None, None),
    ]
    before = fingerprint(county)
    assert counted(fugong("import", str(path), "--kind", "activities")) == "新增 0，更新 0，不变 2，拒绝 0"
    assert fingerprint(county) == before
    bad = comma(tmp_path / "b.csv", [["帮扶组", "角色", "内容"], ["", "跑腿", "一"], ["", "宣传", "二"]])
    result = fugong("import", str(bad), "--kind", "activities")
    assert [line.partition("：")[0] for line in result.stderr.splitlines()[1:]] == [
        "第 2 行，角色「跑腿」", "第 3 行，帮扶组", "读到 2 行",
    ]  # fmt: skip


def test_importing_needs_a_file(county: Path, fugong: Run) -> None:
    result = fugong("import")
    assert (result.exit_code, result.stderr.startswith("错误：没有写要导入的文件。")) == (1, True)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("noun", "kind"), [("enterprise", "enterprises"), ("team", "teams"), ("activity", "activities")]
)
def test_a_list_of_ours_comes_back_without_a_change(
    county: Path, tmp_path: Path, fugong: Run, noun: str, kind: str, language: str
) -> None:
    path = tmp_path / "a.csv"
    assert fugong(noun, "list", "--header", language, "-o", str(path)).exit_code == 0
    before = fingerprint(county)
    result = fugong("import", str(path), "--kind", kind)
    head, *rows = result.stderr.splitlines()
    assert (result.exit_code, head, len(rows)) == (0, "表头在第 1 行，编码 UTF-8", 2)
    assert rows[0].startswith("新增 0，更新 0，不变")
    assert fingerprint(county) == before


def test_a_new_stage_without_a_day_is_reached_on_the_day_of_the_import(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    path = comma(tmp_path / "a.csv", [["企业名称", "乡镇", "复工阶段"], ["某县甲厂有限公司", "甲镇", "满产"]])
    done = fugong("import", str(path), "--kind", "enterprises")
    assert (done.exit_code, counted(done)) == (0, "新增 0，更新 1，不变 0，拒绝 0")
    (firm,) = json.loads(fugong("enterprise", "show", "甲厂", "--format", "json").stdout)["items"]
    assert [(each["stage"], each["on"]) for each in firm["stages"]] == [
        ("resumed", "2020-03-05"), ("full", "2020-03-13"),
    ]  # fmt: skip


@pytest.mark.on_a_file
def test_a_template_needs_no_store_and_makes_none(store: Path, tmp_path: Path, fugong: Run) -> None:
    empty = tmp_path / "empty.xlsx"
    made = fugong("import", "--template", str(empty), FUGONG_LANG="en")
    assert (made.exit_code, empty.exists(), store.exists()) == (0, True, False)
