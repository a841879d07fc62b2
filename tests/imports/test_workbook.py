"""One workbook sets up a county: the empty one, filled in, makes the store that commands make."""

import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.conftest import Run
from tests.county import fingerprint
from tests.imports.sheets import books, comma, counted

from fugong.vocab.importing import Imported

FILLED: dict[str, list[list[Any]]] = {
    "专项行动": [
        ["云岭县助企行动", "云岭县", "云岭县临时党委", "云岭", "2020-02-28 业务培训会；2020-03-06 工作推进会", ""],
    ],
    "问题类别": [["用水用电", "water and power", "五帮", ""], ["厂房安全", "", "", "safety"]],
    "责任单位": [[1, "工业和信息化局", "工信局、经信局", ""], [2, "卫生健康局", "卫健局", ""]],
    "帮扶组": [
        [1, "第一帮扶组", "组长甲", "第一临时党支部", "工信局、税务局", 6, 2, ""],
        [2, "第二帮扶组", "", "", "", "", "", "后加的组"],
    ],
    "企业名单": [
        ["云岭甲机械有限公司", "甲机械", "第一帮扶组", "北镇", "是", "年产3万台", 120, "东厂、西厂", "厂长甲",
         "0357-1234567", "已复工", "2020-03-02", ""],
        ["云岭乙纸业有限公司", "", "2", "", "", "", "", "", "", "", "", "", ""],
    ],
    "组员": [
        [1, "1", "组长甲", "工信局", "副局长", "组长", "", "13800000000", "党员", ""],
        [2, "第一帮扶组", "组员乙", "", "", "安全员、组员", "甲机械", "", "", ""],
    ],
    "问题台账": [
        [1, "第一帮扶组", "甲机械", "企业反映", "用水用电", "缺水", "2020-03-03", "工信局", "卫健局", "张三", "",
         "7个工作日", "", "办理中", "", ""],
        [2, "2", "乙纸业", "入企检查", "厂房安全", "通道堵塞", "2020-03-04", "", "", "", "已清理", "", "", "已销号",
         "2020-03-05", "约谈过"],
    ],
}  # fmt: skip
COMMANDS = """
campaign edit --name 云岭县助企行动 --county 云岭县 --committee 云岭县临时党委 --place 云岭
campaign edit --event 2020-02-28=业务培训会 --event 2020-03-06=工作推进会
term add category 用水用电 --en water_and_power --group help
term add category 厂房安全 --code safety
department add 工业和信息化局 --alias 工信局 --alias 经信局
department add 卫生健康局 --alias 卫健局
team add 1 第一帮扶组 --branch 第一临时党支部 --unit 工信局 --unit 税务局 --headcount 6 --expected 2
team add 2 第二帮扶组 --note 后加的组
enterprise add 云岭甲机械有限公司 --alias 甲机械 --team 1 --township 北镇 --above-scale
member add 组长甲 --team 1 --unit 工信局 --post 副局长 --duty leader --phone 13800000000 --party member
member add 组员乙 --team 1 --duty safety --duty member --enterprise 甲机械
enterprise edit 甲机械 --capacity 年产3万台 --workforce 120 --site 东厂 --site 西厂
enterprise edit 甲机械 --contact 厂长甲 --phone 0357-1234567
enterprise stage 甲机械 resumed --on 2020-03-02
enterprise add 云岭乙纸业有限公司 --team 2
log 甲机械 缺水 --source enterprise --category 用水用电 --on 2020-03-03 --department 工信局 --assist 卫健局 \
 --person 张三 --due 7wd
assign 1-1 --department 工信局
log 乙纸业 通道堵塞 --source inspection --category safety --on 2020-03-04 --note 约谈过
close 2-1 已清理 --on 2020-03-05
"""


def filled(template: Path, path: Path, rows: dict[str, list[list[Any]]]) -> Path:
    """The empty workbook with rows typed into it."""
    workbook = CalamineWorkbook.from_path(str(template))
    sheets = {}
    for at, name in enumerate(workbook.sheet_names):
        empty = workbook.get_sheet_by_index(at).to_python(skip_empty_area=False)
        sheets[name] = ([*empty, *rows.get(name, [])], ["A1:C1"] if name in rows else [])
    return books(path, sheets)


def said(fugong: Run, *argv: str) -> Any:
    """What a listing says, but for what differs from store to store."""
    found = json.loads(fugong(*argv, "--format", "json").stdout)["items"]
    own = {"uid", "recorded_at", "hash", "events", "assignments", "key"}
    return [{name: value for name, value in each.items() if name not in own} for each in found]


LISTINGS = (
    ("campaign", "show"), ("term", "list"), ("department", "list"), ("team", "list"), ("enterprise", "list"),
    ("member", "list", "--with-personal"), ("list", "--status", "all"),
)  # fmt: skip


def begin(fugong: Run, store: Path) -> None:
    store.unlink(missing_ok=True)
    assert fugong("init").exit_code == 0


@pytest.mark.on_a_file
def test_a_filled_template_sets_up_what_commands_set_up(
    store: Path, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUGONG_TODAY", "2020-03-12")
    empty = tmp_path / "空表.xlsx"
    assert fugong("import", "--template", str(empty)).exit_code == 0  # there is no store yet
    assert not store.exists()
    begin(fugong, store)
    path = filled(empty, tmp_path / "云岭县.xlsx", FILLED)
    rehearsed = fugong("import", str(path), "--all-sheets", "--dry-run")
    assert rehearsed.exit_code == 0, rehearsed.stderr
    result = fugong("import", str(path), "--all-sheets")
    assert (result.exit_code, counted(result)) == (0, "新增 12，更新 1，不变 0，拒绝 0"), result.stderr
    by_file = [said(fugong, *listing) for listing in LISTINGS]
    assert counted(fugong("import", str(path), "--all-sheets")) == "新增 0，更新 0，不变 13，拒绝 0"
    assert fugong("store", "check").exit_code == 0

    begin(fugong, store)
    for line in COMMANDS.strip().splitlines():
        result = fugong(*(word.replace("water_and_power", "water and power") for word in line.split()))
        assert result.exit_code == 0, (line, result.stderr)
    assert [said(fugong, *listing) for listing in LISTINGS] == by_file


def test_one_fault_in_a_workbook_leaves_nothing_of_it(county: Path, tmp_path: Path, fugong: Run) -> None:
    empty = tmp_path / "a.xlsx"
    assert fugong("import", "--template", str(empty)).exit_code == 0
    rows = {"责任单位": [[1, "庚局", "", ""]], "问题台账": [[1, "9", "甲厂", "", "", "一", "2020-03-05"]]}
    before = fingerprint(county)
    result = fugong("import", str(filled(empty, tmp_path / "b.xlsx", rows)), "--all-sheets")
    assert (result.exit_code, "问题台账，第 4 行，帮扶组「9」" in result.stderr) == (1, True), result.stderr
    assert fingerprint(county) == before


def test_the_template_speaks_the_language_of_the_run_and_comes_back_in_it(
    county: Path, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUGONG_LANG", "en")
    empty = tmp_path / "empty.xlsx"
    assert fugong("import", "--template", str(empty)).exit_code == 0
    workbook = CalamineWorkbook.from_path(str(empty))
    assert workbook.sheet_names[:3] == ["Campaign", "Categories", "Departments"]
    shown = [row for name in workbook.sheet_names[:-1] for row in workbook.get_sheet_by_name(name).to_python()]
    assert not [cell for row in shown for cell in row if not str(cell).isascii()]
    rows = {
        "Departments": [[1, "Water Board", "", ""]],
        "Teams": [[7, "Team Seven", "Ann", "", "", 5, "", ""]],
        "Problems": [[1, "Team Seven", "", "", "", "No water", "2020-03-05", "Water Board", "", "", "", "3wd", "",
                      "in progress", "", ""]],
    }  # fmt: skip
    result = fugong("import", str(filled(empty, tmp_path / "b.xlsx", rows)), "--all-sheets")
    assert result.exit_code == 0, result.stderr
    (found,) = json.loads(fugong("list", "--team", "7", "--format", "json").stdout)["items"]
    assert (found["department"], found["due_on"], found["status"]) == ("Water Board", "2020-03-10", "doing")


@pytest.mark.words
@pytest.mark.parametrize("kind", [each.value for each in Imported])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_heading_of_the_template_is_read(
    county: Path, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch, kind: str, language: str
) -> None:
    monkeypatch.setenv("FUGONG_LANG", language)
    path = tmp_path / "a.xlsx"
    assert fugong("import", "--template", str(path), "--kind", kind).exit_code == 0
    result = fugong("import", str(path), "--kind", kind)
    assert result.exit_code == 0, result.stderr
    assert "不认得的列" not in result.stderr
    assert "unknown columns" not in result.stderr


def test_members_departments_and_categories_come_in_by_themselves(county: Path, tmp_path: Path, fugong: Run) -> None:
    people = comma(tmp_path / "a.csv", [
        ["序号", "工作组", "姓名", "所在单位", "职务", "组内职务", "手机号码", "政治面貌"],
        ["1", "第一组", "组员午", "某局", "科长", "卫生员", "139 0000 0000", "中共党员"],
        ["2", "第九组", "组员未", "", "", "", "", ""],
        ["3", "第二组", "组员申", "", "", "", "电话", ""],
    ])  # fmt: skip
    result = fugong("import", str(people), "--kind", "members", "--keep-going")
    assert (result.exit_code, counted(result)) == (6, "新增 1，更新 0，不变 0，拒绝 2"), result.stderr
    (found,) = [each for each in said(fugong, "member", "list", "--with-personal") if each["name"] == "组员午"]
    assert (found["team"], found["duties"], found["phone"]) == ("1", ["health"], "13900000000")
    units = comma(tmp_path / "b.csv", [["单位名称"], ["庚局"], ["辛局"]])
    assert counted(fugong("import", str(units), "--kind", "departments")) == "新增 2，更新 0，不变 0，拒绝 0"
    types = comma(tmp_path / "c.csv", [["序号", "问题类别", "英文名"], ["1", "用水用电", "water"]])
    assert counted(fugong("import", str(types), "--kind", "categories")) == "新增 1，更新 0，不变 0，拒绝 0"
    for path, kind in ((units, "departments"), (types, "categories")):
        before = fingerprint(county)
        assert "新增 0，更新 0" in fugong("import", str(path), "--kind", kind).stderr
        assert fingerprint(county) == before


def test_a_leader_in_a_list_of_teams_leads_it(county: Path, tmp_path: Path, fugong: Run) -> None:
    def led(name: str) -> Any:
        path = comma(tmp_path / "a.csv", [["组号", "名称", "组长"], ["1", "第一组", name]])
        result = fugong("import", str(path), "--kind", "teams")
        assert result.exit_code == 0, result.stderr
        return counted(result), {each["team"]: each["leader"] for each in said(fugong, "team", "list")}["1"]

    assert led("组长庚") == ("新增 0，更新 1，不变 0，拒绝 0", "组长庚")
    assert led("组长庚") == ("新增 0，更新 0，不变 1，拒绝 0", "组长庚")
    assert led("组长辛") == ("新增 0，更新 1，不变 0，拒绝 0", "组长辛")
    assert led("") == ("新增 0，更新 0，不变 1，拒绝 0", "组长辛")
    assert fugong("store", "check").exit_code == 0


def test_sheets_that_were_not_read_are_said_and_how_they_come_in(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = books(tmp_path / "a.xlsx", {
        "问题台账": ([["企业", "问题描述", "发现日期"], ["甲厂", "一", "2020-03-05"]], []),
        "企业名单": ([["企业名称", "乡镇"], ["庚公司", "甲镇"]], []),
    })  # fmt: skip
    result = fugong("import", str(path), "--dry-run")
    assert "没有读的工作表（里面没有表头）：企业名单；一起导入：fugong import" in result.stderr
    assert counted(fugong("import", str(path), "--all-sheets")) == "新增 2，更新 0，不变 0，拒绝 0"
