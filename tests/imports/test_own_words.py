"""More of an office's own words: two things in a cell, one heading of two meanings, stages, nothing to say."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint
from tests.imports.sheets import book, comma, counted

from fugong.imports.cells import columns, joined, marks
from fugong.vocab import Stage, Status
from fugong.vocab.importing import Imported


def problems(fugong: Run) -> dict[str, dict[str, Any]]:
    items = json.loads(fugong("list", "--status", "all", "-f", "json").stdout)["items"]
    return {each["text"]: each for each in items}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("整改责任单位/责任人", "department+person"), ("责任单位（责任人）", "department+person"),
        ("责任单位及责任人", "department+person"), ("责任人及联系电话", "person"), ("责任人/电话", "person"),
        ("责任领导及责任人", "person"), ("工单标题及诉求内容", "text"), ("是否销号及销号时间", "closed"),
        ("工单标题", "title"), ("問題描述", "text"), ("責任單位", "department"), ("整改時限", "due_on"),
        ("是否銷號", "closed"), ("備註", "remark"), ("存在的問題", "text"), ("企業名稱", "enterprise"),
        ("整改资金", None), ("应急措施和预案", None), ("紧急程度", None), ("填表人", None),
        ("未整改到位问题原因及下一步计划", None),
    ],
)  # fmt: skip
def test_a_heading_may_name_two_things_and_be_written_in_traditional_characters(
    heading: str, field: str | None
) -> None:
    assert columns.meant(columns.known(Imported.PROBLEMS), heading) == field


@pytest.mark.parametrize(
    "cell", ["工信局/张三", "工信局 张三", "工信局（张三）", "工信局\n张三 13800000000", "张三（工信局）"]
)
def test_a_unit_and_a_person_in_a_cell_are_told_apart(cell: str) -> None:
    read = joined.parted({columns.UNIT_AND_PERSON: cell})
    assert read[columns.Field.DEPARTMENT] == "工信局"
    assert joined.without_phone(str(read[columns.Field.PERSON])) == "张三"


@pytest.mark.parametrize(
    "cell", ["张三13800000000", "张三（电话：0357-1234567）", "张三 138 0000 0000", "张三/3622222"]
)
def test_a_number_beside_a_name_is_left_out(cell: str) -> None:
    assert joined.without_phone(cell) == "张三"


def test_a_ledger_in_traditional_characters_with_two_things_in_a_cell_comes_in(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    rows = [
        ["序號", "企業名稱", "工單標題", "訴求內容", "發現時間", "責任單位/責任人", "是否解決"],
        ["1", "甲厂", "缺电", "电压不稳", "2020-03-05", "工信局/张三 13800000000", "正在協調"],
        ["2", "甲厂", "缺水", "缺水三天", "2020-03-06", "卫健局", "已解決"],
        ["合計", "2條", "", "", "", "", ""],
    ]
    path = comma(tmp_path / "a.csv", rows)
    result = fugong("import", str(path), "--create", "departments")
    assert (result.exit_code, counted(result)) == (0, "新增 2，更新 0，不变 0，拒绝 0"), result.stderr
    assert "责任人后面的电话没有导入" in result.stdout
    found = problems(fugong)
    assert (found["缺电：电压不稳"]["department"], found["缺电：电压不稳"]["person"]) == ("工信局", "张三")
    assert found["缺水三天"]["status"] == "closed"
    assert "13800000000" not in fugong("list", "--status", "all", "-f", "csv").stdout
    assert counted(fugong("import", str(path))) == "新增 0，更新 0，不变 2，拒绝 0"


def test_a_heading_of_two_lines_that_may_be_either_is_said_as_well(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [
        ["企业名称", "问题描述", "时间", "", "是否解决"], ["", "", "提出", "完成", ""],
        ["甲厂", "一", "2020-03-05", "2020-03-10", "否"],
    ]  # fmt: skip
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)))
    assert (result.exit_code, "「时间完成」按整改时限读" in result.stderr) == (0, True), result.stderr


DATED = ["企业", "问题描述", "提出日期", "完成时间"]


@pytest.mark.parametrize(
    ("header", "rows", "field", "why"),
    [
        ([*DATED, "整改时限"], [["甲厂", "一", "2020-03-05", "2020-03-09", "2020-03-20"]], "closed_on", "时限另有一列"),
        ([*DATED, "办结日期"], [["甲厂", "一", "2020-03-05", "2020-03-20", ""]], "due_on", "办结日期另有一列"),
        ([*DATED, "是否解决"], [["甲厂", "一", "2020-03-05", "2020-03-20", "否"]], "due_on", "没有办结的行也写了日期"),
        ([*DATED, "是否解决"],
         [["甲厂", "一", "2020-03-05", "2020-03-09", "是"], ["甲厂", "二", "2020-03-05", "", "否"]], "closed_on",
         "只有办结的行写了日期"),
        (DATED, [["甲厂", "一", "2020-03-05", "2020-03-20"]], "due_on", "每一行都写了日期"),
    ],
)  # fmt: skip
def test_a_heading_of_two_meanings_is_decided_by_the_other_columns_and_said(
    county: Path, tmp_path: Path, fugong: Run, header: list[str], rows: list[list[str]], field: str, why: str
) -> None:
    result = fugong("import", str(comma(tmp_path / "a b.csv", [header, *rows])))
    assert result.exit_code == 0, result.stderr
    (line,) = re.findall(rf"「完成时间」按\S+读（{why}）；不对就用：fugong (.*)", result.stderr)
    assert problems(fugong)["一"][field] == rows[0][3]
    other = fugong(*shlex.split(line))
    assert "「完成时间」" not in other.stderr


@pytest.mark.parametrize(
    ("said", "stage", "kept"),
    [
        ("部分复工", Stage.PREPARING, True), ("停产检修", Stage.EXCLUDED, True),
        ("拟3月25日复工", Stage.PREPARING, True), ("计划下月复产", Stage.PREPARING, True),
        ("因疫情停产", Stage.STOPPED, True), ("季节性停产", Stage.STOPPED, True),
        ("设备检修中", Stage.EXCLUDED, True), ("尚未复工", Stage.STOPPED, False), ("復工", Stage.RESUMED, False),
        ("已复工（3月5日）", Stage.RESUMED, False), ("3月5日复工", Stage.RESUMED, False),
        ("已复工，仅一条线", Stage.RESUMED, True), ("已复工（部分车间）", Stage.PREPARING, True),
        ("正常生产", Stage.RESUMED, False), ("满负荷生产", Stage.FULL, False),
    ],
)  # fmt: skip
def test_a_stage_in_an_offices_own_words(said: str, stage: Stage, kept: bool) -> None:
    found = marks.stage(said)
    assert found
    assert (found.stage, found.said) == (stage, said if kept else None)


def test_what_is_not_wholly_resumed_does_not_count_and_its_words_are_kept(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    def resumed() -> int:
        found: int = json.loads(fugong("progress", "-f", "json").stdout)["total"]["resumed"]
        return found

    before = resumed()
    words = ["部分复工", "停产检修", "拟3月25日复工", "已复工（3月9日）"]
    rows = [
        ["企业名称", "帮扶组", "复工情况"],
        *([f"{each}公司", "1", said] for each, said in zip("庚辛壬癸", words, strict=True)),
    ]
    path = comma(tmp_path / "a.csv", rows)
    result = fugong("import", str(path), "--kind", "enterprises", "--year", "2020")
    assert result.exit_code == 0, result.stderr
    assert resumed() == before + 1
    firms = {each["name"]: each for each in json.loads(fugong("enterprise", "list", "-f", "json").stdout)["items"]}
    assert [firms[f"{each}公司"]["stage"] for each in "庚辛壬癸"] == ["preparing", "excluded", "preparing", "resumed"]
    assert [firms[f"{each}公司"]["remark"] for each in "庚辛壬"] == [f"复工阶段：{said}" for said in words[:3]]
    assert firms["癸公司"]["stage_on"] == "2020-03-09"
    before_again = fingerprint(county)
    again = fugong("import", str(path), "--kind", "enterprises", "--year", "2020")
    assert counted(again) == "新增 0，更新 0，不变 4，拒绝 0"
    assert fingerprint(county) == before_again


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("已部分解决", Status.DOING), ("尚未完全解决", Status.DOING), ("积极推进", Status.DOING),
        ("审批中", Status.DOING),
        ("跟进中", Status.DOING), ("申请延期", Status.DOING), ("已完成80%", Status.DOING), ("正在辦理", Status.DOING),
        ("partially resolved", Status.DOING), ("尚未解决", Status.OPEN), ("没有解决", Status.OPEN),
        ("还未办理", Status.OPEN), ("已全部解决", Status.CLOSED), ("整改完毕", Status.CLOSED),
        ("已整改到位", Status.CLOSED), ("resolved", Status.CLOSED), ("已銷號", Status.CLOSED),
    ],
)  # fmt: skip
def test_a_state_in_more_words(said: str, status: Status) -> None:
    found = marks.status(said)
    assert found
    assert found.status is status


@pytest.mark.parametrize("said", ["口罩已送达，问题已解决。", "已于3月9日办结", "3月9日已办结", "已整改到位"])
def test_closing_words_at_the_end_of_the_progress_are_named_against_the_status(
    county: Path, tmp_path: Path, fugong: Run, said: str
) -> None:
    rows = [["企业", "问题描述", "提出日期", "办理情况", "是否销号"], ["甲厂", "一", "2020-03-05", said, "否"]]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)), "--year", "2020")
    assert (result.exit_code, "状态却没有销号" in result.stdout) == (0, True), result.stderr
    assert problems(fugong)["一"]["status"] == "doing"


@pytest.mark.parametrize("said", ["尚未解决", "问题未得到解决", "正在解决"])
def test_words_that_do_not_close_contradict_nothing(said: str) -> None:
    assert not marks.ends_closed(said)


def test_what_says_that_there_is_no_problem_is_none_and_is_accounted_for(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    nothing = [
        "无", "暂无诉求", "目前无困难问题。", "企业暂无需要协调解决的问题", "暂未发现问题", "生产经营正常，暂无困难",
        "一切正常", "/", "—", "不存在问题", "無", "无其他诉求", "None",
    ]  # fmt: skip
    rows = [["企业", "问题描述", "提出日期"], *(["甲厂", said, "2020-03-05"] for said in nothing)]
    rows += [["甲厂", "无仓库", "2020-03-05"], ["甲厂", "没有原料", "2020-03-05"]]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)))
    assert (result.exit_code, counted(result)) == (0, "新增 2，更新 0，不变 0，拒绝 0")
    assert f"读到 {len(nothing) + 2} 行：问题 2，写明没有问题 {len(nothing)}" in result.stderr


@pytest.mark.words
@pytest.mark.parametrize("target", ["整改措施", "整改(解决)措施", "how", "发现时间", "found_on", "责任单位/责任人"])
def test_map_takes_every_name_that_a_heading_has(county: Path, tmp_path: Path, fugong: Run, target: str) -> None:
    rows = [["企业", "问题描述", "我们的列", "类型"], ["甲厂", "一", "2020-03-05", ""]]
    assert fugong("import", str(book(tmp_path / "a.xlsx", rows)), "--map", f"我们的列={target}").exit_code in (0, 1)
    assert fugong("import", str(tmp_path / "a.xlsx"), "--map", "我们的列=编号").exit_code == 1


@pytest.mark.on_a_file
def test_differences_list_nothing_that_is_none_and_a_mapped_name_that_is_missing_is_said(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    header = ["企业", "问题描述", "提出日期", "整改时限"]
    assert (
        fugong("import", str(book(tmp_path / "a.xlsx", [header, ["甲厂", "一", "2020-03-05", "7wd"]]))).exit_code == 0
    )
    path = book(tmp_path / "b.xlsx", [header, ["甲厂", "一", "2020-03-05", "2020-03-31"]])
    result = fugong("import", str(path), "--map", "没有的列=备注", "-f", "json")
    (row,) = json.loads(result.stdout)["items"]
    assert row["detail"].startswith("时限：2020-03-16")
    assert "否 → 否" not in row["detail"]
    assert "--map 写的列名文件里没有：没有的列" in result.stderr
