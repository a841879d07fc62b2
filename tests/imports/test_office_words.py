"""An office's own words: headings of two levels, states between solved and unsolved, names with something behind."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.imports.sheets import comma

from fugong.imports.cells import columns, firms, forms, header, marks, units, values
from fugong.imports.files.sheets import Cell, Merged, Sheet
from fugong.vocab import Status, Words
from fugong.vocab.importing import Imported


def fields(*lines: list[str], merged: tuple[Merged, ...] = ()) -> list[str | None]:
    """What the columns of a header mean."""
    rows: list[tuple[int, list[Cell]]] = [(at, list(line)) for at, line in enumerate(lines, 1)]
    table = header.find(Sheet("", iter(rows), merged), [Imported.PROBLEMS], {})
    assert table
    return list(table.fields)


@pytest.mark.parametrize(("lead", "assisting"), [("牵头", "配合"), ("主办", "协办"), ("牵头单位", "配合单位")])
@pytest.mark.parametrize("drawn", [True, False])
def test_the_second_line_says_who_leads_and_who_assists(lead: str, assisting: str, drawn: bool) -> None:
    found = fields(
        ["序号", "企业名称", "存在问题", "责任单位", "", "整改落实情况", ""],
        ["", "", "", lead, assisting, "进展情况", "是否销号"],
        merged=(Merged(1, 3, 1, 4), Merged(1, 0, 2, 0), Merged(1, 5, 1, 6)) if drawn else (),
    )
    assert found == ["computed", "enterprise", "text", "department", "assist", "progress", "closed"]


def test_a_column_under_a_group_that_nobody_knows_does_not_make_data_of_the_header() -> None:
    found = fields(
        ["企业名称", "存在问题", "发现时间", "联系人", ""],
        ["", "", "", "甲栏", "乙栏"],
        merged=(Merged(1, 0, 2, 0), Merged(1, 1, 2, 1), Merged(1, 2, 2, 2), Merged(1, 3, 1, 4)),
    )
    assert found == ["enterprise", "text", "found_on", None, None]


def test_a_header_may_take_three_lines() -> None:
    found = fields(
        ["序号", "企业名称", "问题及诉求情况", "", "办理情况", "", ""],
        ["", "", "问题", "类别", "责任单位", "", "进展"],
        ["", "", "", "", "牵头", "配合", ""],
        ["1", "甲厂", "缺口罩", "防控物资", "工信局", "卫健局", "已解决"],
        merged=(Merged(1, 2, 1, 3), Merged(1, 4, 1, 6), Merged(2, 4, 2, 5), Merged(1, 0, 3, 0), Merged(1, 1, 3, 1)),
    )
    assert found == ["computed", "enterprise", "text", "category", "department", "assist", "progress"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("存在的困难和问题", "text"), ("目前面临的主要困难", "text"), ("需要协调解决的问题及建议", "text"),
        ("企业反映的诉求内容", "text"), ("需要协调解决的部门", "department"), ("整改牵头单位", "department"),
        ("协助责任部门", "assist"), ("问题收集日期", "found_on"), ("问题反馈时间", "found_on"),
        ("计划办结日期", "due_on"), ("问题解决时限", "due_on"), ("实际办结时间", "done_on"),
        ("工作进展情况", "progress"), ("目前办理情况", "progress"), ("拟采取措施", "how"), ("问题办理状态", "status"),
        ("是否已落实", "status"), ("诉求类型", "category"), ("问题来源渠道", "source"), ("被反映企业", "enterprise"),
        ("走访企业名称", "enterprise"), ("单位负责人", "person"), ("负责帮扶组", "team"),
        ("包联领导", None), ("填报单位", None), ("资金需求(万元)", None), ("下一步措施", None), ("是否按期完成", None),
        ("需要上级协调的事项清单", None), ("成员单位", None), ("联系人", None),
    ],
)  # fmt: skip
def test_a_heading_that_no_list_has_is_read_by_the_words_that_make_it(heading: str, field: str | None) -> None:
    assert forms.by_form(Imported.PROBLEMS, [heading], [None]) == [field]


def test_a_column_of_its_own_name_comes_before_one_that_only_looks_like_it() -> None:
    assert fields(["企业名称", "需要协调解决的问题", "问题描述", "状态"]) == ["enterprise", None, "text", "status"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("组别", "team"), ("包联工作组", "team"), ("诉求内容", "text"), ("存在隐患", "text"), ("整改隐患内容", "text"),
        ("事项描述", "text"), ("企业问题诉求", "text"), ("发生时间", "found_on"), ("排查日期", "found_on"),
        ("填表时间", "found_on"), ("受理时间", "found_on"), ("交办时间", "found_on"), ("区交办时间", "found_on"),
        ("收集时间", "found_on"), ("诉求时间", "found_on"), ("整改时限", "due_on"), ("完成期限", "due_on"),
        ("办理时限", "due_on"), ("截止时间", "due_on"), ("对应的完成时间", "due_on"), ("区交办办结期限", "due_on"),
        ("责任部门", "department"), ("受理部门", "department"), ("牵头整改部门", "department"),
        ("建议责任单位", "department"), ("配合整改部门", "assist"), ("协办单位", "assist"), ("整改人", "person"),
        ("整改第一责任人", "person"), ("责任领导", "person"), ("解决措施", "how"), ("整改方案", "how"),
        ("已采取的整改措施", "how"), ("处置结果", "how"), ("处理情况", "progress"), ("整改进展", "progress"),
        ("整改完成情况", "progress"), ("目前进展", "progress"), ("整改情况", "progress"), ("是否销号", "closed"),
        ("整改完成时间", "done_on"), ("整改验收时间", "done_on"), ("闭环时间", "done_on"),
        ("复查通过时间", "done_on"), ("验收人", "verified"), ("验收人员", "verified"), ("核查单位", "verified"),
        ("是否已完成整改", "status"),
    ],
)  # fmt: skip
def test_headings_of_public_systems_are_known(heading: str, field: str) -> None:
    assert columns.meant(columns.known(Imported.PROBLEMS), heading) == field


IN_HAND = (
    "部分解决", "基本解决", "已报上级", "已上报上级协调解决", "正在协调", "无法解决", "待签收", "已退回", "延时解决",
    "整改延期", "长期推进", "不属于职权范围", "部分解决，剩余200万元待审批", "是，尚余尾款未付",
)  # fmt: skip


@pytest.mark.parametrize("said", IN_HAND)
def test_a_shade_of_solved_is_in_hand_and_its_words_are_kept(said: str) -> None:
    assert marks.status(said) == marks.State(Status.DOING, said)


@pytest.mark.parametrize(
    "said", ["是（3月12日）", "已解决(3月12日)", "3月12日已解决", "已办结，3月12日", "√（3月12日）"]
)
def test_a_closing_day_may_stand_beside_the_state(said: str) -> None:
    assert marks.status(said) == marks.State(Status.CLOSED, None, "3月12日")


def test_what_was_explained_is_closed_with_these_words_for_its_measure_and_can_be_counted(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    rows = [
        ["企业名称", "问题描述", "发现日期", "办理状态", "办结日期", "解决措施"],
        ["甲厂", "一", "2020-03-05", "已做好解释说明工作", "2020-03-06", ""],
        ["甲厂", "二", "2020-03-05", "已做好解释工作", "2020-03-06", ""],
        ["甲厂", "三", "2020-03-05", "已做好解释说明工作", "2020-03-06", "当面答复"],
        ["甲厂", "四", "2020-03-05", "已解决", "2020-03-06", "已调配"],
        ["甲厂", "五", "2020-03-05", "已答复", "2020-03-06", ""],
    ]
    assert fugong("import", str(comma(tmp_path / "a.csv", rows))).exit_code == 0
    found = json.loads(fugong("list", "--how", "解释说明", "-f", "json").stdout)["items"]
    assert [(each["how"], each["closed_on"]) for each in found] == [
        ("已做好解释说明工作", "2020-03-06"),
        ("解释说明：已做好解释工作", "2020-03-06"),
        ("已做好解释说明工作；当面答复", "2020-03-06"),
    ]
    assert len(json.loads(fugong("list", "--how", "已调配", "--how", "已答复", "-f", "json").stdout)["items"]) == 2


def test_words_of_a_state_are_kept_as_a_note_once(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [
        ["企业名称", "问题描述", "发现日期", "是否解决"],
        ["甲厂", "一", "2020-03-05", "部分解决，余款待批"],
        ["甲厂", "二", "2020-03-05", "是（2020年3月9日）"],
        ["甲厂", "三", "2020-03-05", "否，企业自行解决"],
    ]
    path = comma(tmp_path / "a.csv", rows)
    assert fugong("import", str(path)).exit_code == 0
    items: list[dict[str, Any]] = json.loads(fugong("list", "--status", "all", "-f", "json").stdout)["items"]
    found = {each["text"]: (each["status"], each["closed_on"]) for each in items}
    assert [found[text] for text in "一二三"] == [("doing", None), ("closed", "2020-03-09"), ("doing", None)]
    assert "部分解决，余款待批" in fugong("show", "1-4").stdout
    assert "否，企业自行解决" in fugong("show", "1-6").stdout
    assert "不变 3" in fugong("import", str(path)).stderr


@pytest.mark.parametrize("said", ["看情况", "待", "是不是", "已"])
def test_what_is_no_state_is_still_refused(said: str) -> None:
    if said == "已":  # a mark of 是
        assert marks.status(said) == marks.State(Status.CLOSED)
        return
    with pytest.raises(values.Unreadable):
        marks.status(said)


def test_numbered_names_in_a_cell_are_several() -> None:
    what = Words("责任单位", "department")
    said = ["1.工信局；2.交通局", "①工信局②交通局", "1、工信局 2、交通局", "（1）工信局\n（2）交通局", "工信局、交通局"]
    assert [values.several(each, what) for each in said] == [("工信局", "交通局")] * len(said)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("甲公司（云岭）", "甲公司"), ("甲公司(一厂区)", "甲公司"), ("甲公司（已复工）", "甲公司"),
        ("甲公司*", "甲公司"), ("★甲公司", "甲公司"), ("甲公司", None), ("甲（集团）有限公司", None),
    ],
)  # fmt: skip
def test_what_stands_behind_a_name_is_left_out(name: str, plain: str | None) -> None:
    assert firms.bare(name) == plain


def test_create_makes_no_firm_of_what_is_none(county: Path, tmp_path: Path, fugong: Run) -> None:
    names = [
        "庚公司等3家企业",
        "庚公司、辛公司",
        "庚公司（已复工）",
        "某县甲厂有限公司北分公司",
        "壬公司（一期）",
        "某县甲厂有限公司（东）",
    ]
    rows = [["企业名称", "问题描述", "发现日期"], *([name, f"问题{at}", "2020-03-05"] for at, name in enumerate(names))]
    path = comma(tmp_path / "a.csv", [["帮扶组", *rows[0]], *(["1", *row] for row in rows[1:])])
    result = fugong("import", str(path), "--create", "enterprises", "--keep-going")
    assert result.exit_code == 6
    firms_now = [each["name"] for each in json.loads(fugong("enterprise", "list", "-f", "json").stdout)["items"]]
    assert "壬公司（一期）" in firms_now
    assert not {name for name in firms_now if name.startswith("庚")} | {"某县甲厂有限公司（东）"}.intersection(
        firms_now
    )
    assert "企业「某县甲厂有限公司（东）」按「某县甲厂有限公司」读" in result.stderr
    assert "相近的有：某县甲厂有限公司" in result.stdout


def test_closing_words_in_the_progress_against_the_status_are_named(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [
        ["企业名称", "问题描述", "发现日期", "办理情况", "是否解决"],
        ["甲厂", "一", "2020-03-05", "已办结（3月12日）", "否"],
    ]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)), "--year", "2020")
    assert result.exit_code == 0
    assert "进展写着「已办结（3月12日）」，状态却没有销号；按状态记" in result.stdout
    (found,) = json.loads(fugong("list", "--text", "一", "-f", "json").stdout)["items"]
    assert found["status"] != "closed"


def test_a_closing_date_against_the_status_is_named(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [
        ["企业名称", "问题描述", "提出日期", "是否解决", "销号日期"],
        ["甲厂", "一", "2020-03-05", "否", "2020-03-06"],
    ]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)))
    assert (result.exit_code, "写了办结日期 2020-03-06，状态却没有销号" in result.stdout) == (0, True), result.stderr


def test_closing_words_in_the_progress_close_where_nothing_else_is_said(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    rows = [["企业名称", "问题描述", "发现日期", "办理情况"], ["甲厂", "一", "2020-03-05", "已办结（3月12日）"]]
    assert fugong("import", str(comma(tmp_path / "a.csv", rows)), "--year", "2020").exit_code == 0
    (found,) = json.loads(fugong("list", "--status", "closed", "--text", "一", "-f", "json").stdout)["items"]
    assert found["closed_on"] == "2020-03-12"


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("工信局牵头，卫健局配合", ("工信局", "卫健局")),
        ("卫健局、应急局配合，工信局牵头", ("工信局", "卫健局", "应急局")),
        ("牵头：工信局；配合：卫健局、应急局", ("工信局", "卫健局", "应急局")),
        ("（配合）卫健局，（牵头）工信局", ("工信局", "卫健局")),
        ("工信局（牵头）、卫健局", ("工信局", "卫健局")),
        ("工信局 13800000000", ("工信局",)),
        ("待定", ()),
        ("无", ()),
    ],
)
def test_who_leads_and_who_assists_may_stand_in_one_cell(cell: str, wanted: tuple[str, ...]) -> None:
    assert units.units(cell, Words("责任单位", "department")) == wanted


@pytest.mark.on_a_file
def test_names_are_found_as_offices_write_them_and_none_is_made_of_what_is_no_name(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    rows = [
        ["企业名称", "问题描述", "提出日期", "责任单位"],
        ["甲厂（停产）", "一", "2020-03-05", "县工信局"],
        ["同上", "二", "〃", "工信局和卫健局"],
        ["甲廠", "三", "2020-03-05", "工信局 卫健局"],
        ["1.甲厂", "四", "2020-03-05", ""],
        ["各包联企业", "五", "2020-03-05", "有关部门"],
        ["甲厂", "六", "2020-03-05", "工信局/某某某"],
        ["甲厂", "七", "2020-03-05", "工信局 某某某 13800000000"],
        ["甲厂", "八", "2020-03-05", "县委办"],
    ]
    path = comma(tmp_path / "a.csv", rows)
    result = fugong("import", str(path), "--keep-going", "--create", "enterprises", "-f", "json")
    items = json.loads(result.stdout)["items"]
    assert [each["row"] for each in items if each["outcome"] == "new"] == [2, 3, 4, 5]
    assert "企业「甲厂（停产）」按「某县甲厂有限公司」读" in result.stderr
    assert "责任单位「县工信局」按「工信局」读" in result.stderr
    assert "没有的责任单位 1 个：县委办。" in result.stderr
    assert "像是人名的 1 个：某某某" in result.stderr
    items = json.loads(fugong("list", "-f", "json").stdout)["items"]
    (second,) = [each for each in items if each["text"] == "二"]
    assert (second["enterprise"], second["found_on"], second["assist"]) == (
        "某县甲厂有限公司",
        "2020-03-05",
        ["卫健局"],
    )
    line = next(each for each in result.stderr.splitlines() if each.startswith("像是人名的"))
    shlex_line = line.rpartition("：")[2].split()
    again = fugong(*shlex_line[1:], "--dry-run", "-f", "json")
    (sixth,) = [each for each in json.loads(again.stdout)["items"] if each["row"] == 7]
    assert sixth["outcome"] == "new"
