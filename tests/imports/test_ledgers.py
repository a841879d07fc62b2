"""Ugly ledgers, as offices keep them: each imports right, and every fault is named with its place."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome
from tests.imports.sheets import book, books, comma, counted

Rows = list[dict[str, Any]]

HEADER = ["序号", "企业名称", "存在问题", "发现时间", "责任单位", "整改措施", "整改时限", "是否销号", "办结日期"]


def ledger(fugong: Run, *filters: str) -> Rows:
    """What the ledger holds besides what the county began with."""
    listed = fugong("list", "--status", "all", "--format", "json", *filters).stdout
    found: Rows = json.loads(listed)["items"]
    return [each for each in found if each["id"] not in ("1-1", "1-2", "1-3", "2-1", "2-2")]


def some(rows: Rows, *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(each[key] for key in keys) for each in rows]


def filed(*rows: list[Any], header: list[str] | None = None) -> list[list[Any]]:
    """A ledger with what usually stands above its header."""
    above: list[list[Any]] = [["附件1"], ["某县问题台账"], ["填报单位：第一帮扶组　填报日期：2020年3月12日"]]
    return [*above, header or HEADER, *rows]


def test_a_ledger_under_titles_becomes_problems_with_all_that_was_done(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    rows = filed(
        ["1", "甲厂", "夜班无人值守", "3月5日", "工信局", "已排班", "立行立改", "√", "3.6"],
        ["2", "甲厂", "原煤短缺", "43902", "工信局、卫健局", "", "7个工作日", "否", ""],
    )
    result = fugong("import", str(comma(tmp_path / "a.csv", rows, "gbk")))
    assert result.exit_code == 0
    assert result.stderr == "表头在第 4 行，编码 GB18030\n新增 2，更新 0，不变 0，拒绝 0\n读到 2 行：问题 2\n"
    keys = ("id", "status", "found_on", "department", "assist", "due_on", "due_rule", "how", "closed_on")
    assert some(ledger(fugong), *keys) == [
        ("1-4", "closed", "2020-03-05", "工信局", [], None, "at_once", "已排班", "2020-03-06"),
        ("1-5", "open", "2020-03-12", "工信局", ["卫健局"], "2020-03-23", "7wd", None, None),
    ]


def test_merged_cells_speak_for_the_rows_they_cover(county: Path, tmp_path: Path, fugong: Run) -> None:
    header = ["帮扶组", "企业\n名称", "问题 描述", "提出\n日期"]
    rows: list[list[Any]] = [
        ["问题台账"],
        header,
        ["第二组", "丙丁铸造", "一", date(2020, 3, 9)],
        ["", "", "二", date(2020, 3, 10)],
        ["", "丙丁水泥", "三", date(2020, 3, 11)],
        ["1组", "甲厂", "四", date(2020, 3, 11)],
    ]
    path = book(tmp_path / "a.xlsx", rows, "A1:D1", "A3:A5", "B3:B4")
    result = fugong("import", str(path))
    assert result.exit_code == 0
    assert some(ledger(fugong), "id", "enterprise", "text", "found_on") == [
        ("1-4", "某县甲厂有限公司", "四", "2020-03-11"),
        ("2-3", "某县丙丁铸造有限公司", "一", "2020-03-09"),
        ("2-4", "某县丙丁铸造有限公司", "二", "2020-03-10"),
        ("2-5", "某县丙丁水泥有限公司", "三", "2020-03-11"),
    ]


def test_a_header_may_take_two_lines(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows: list[list[Any]] = [
        ["问题台账"],
        ["序号", "企业名称", "问题描述", "整改情况", "", ""],
        ["", "", "", "整改措施", "完成时限", "责任人"],
        [1, "甲厂", "夜班", "排班", date(2020, 3, 20), "组员甲"],
    ]
    path = book(tmp_path / "a.xlsx", rows, "A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:F2")
    assert fugong("import", str(path)).exit_code == 0
    assert some(ledger(fugong), "text", "due_on", "person", "status") == [("夜班", "2020-03-20", "组员甲", "doing")]


def test_three_ways_to_write_a_date_in_one_column(county: Path, tmp_path: Path, fugong: Run) -> None:
    days = [date(2020, 3, 5), "3月6日", 43897, "2020.3.8", "２０２０年３月９日"]
    rows = filed(*([at, "甲厂", f"问题{at}", day] for at, day in enumerate(days)))
    assert fugong("import", str(book(tmp_path / "a.xlsx", rows))).exit_code == 0
    assert [each["found_on"] for each in ledger(fugong)] == [
        "2020-03-05", "2020-03-06", "2020-03-07", "2020-03-08", "2020-03-09",
    ]  # fmt: skip


def test_totals_signatures_and_remarks_under_a_ledger_are_no_records(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = filed(
        [1, "甲厂", "一", "3月5日"],
        ["小计", "", "1"],
        HEADER,
        [],
        [2, "甲厂", "二", "3月5日"],
        [3, "", ""],
        ["合计", "", "2"],
        ["备注：以上为截至目前的问题"],
        ["填报人：某人", "", "审核人：某人"],
    )
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)))
    assert (result.exit_code, [each["text"] for each in ledger(fugong)]) == (0, ["一", "二"])


def test_a_row_that_stands_there_twice_is_logged_once(county: Path, tmp_path: Path, fugong: Run) -> None:
    row = ["1", "甲厂", "夜班无人值守", "3月5日", "工信局", "已排班", "", "是", "3月6日"]
    result = fugong("import", str(comma(tmp_path / "a.csv", filed(row, ["2", *row[1:]]))))
    assert counted(result) == "新增 1，更新 0，不变 1，拒绝 0"
    assert len(ledger(fugong)) == 1


def test_two_rows_about_one_problem_that_differ_are_refused(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = filed(["1", "甲厂", "夜班", "3月5日", "工信局"], ["2", "甲厂", "夜班", "3月5日", "卫健局"])
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)))
    assert result.exit_code == 1
    assert "第 6 行，存在问题「夜班」：和第 5 行是同一个问题，内容却不同" in result.stderr


def test_of_several_sheets_the_one_ledger_is_taken_else_one_must_be_named(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    notes = [["填写说明"], ["一行写一条"]]
    march: Any = filed([1, "甲厂", "一", "3月5日"])
    path = books(tmp_path / "a.xlsx", {"说明": (notes, ()), "三月": (march, ())})
    result = fugong("import", str(path))
    assert (result.exit_code, result.stderr.splitlines()[0]) == (0, "工作表「三月」，表头在第 4 行")
    both: dict[str, Any] = {
        "三月": (filed([1, "甲厂", "二", "3月5日"]), ()),
        "四月": (filed([1, "甲厂", "三", "3月5日"]), ()),
    }
    path = books(tmp_path / "b.xlsx", both)
    result = fugong("import", str(path))
    said = "错误：有几个工作表都像台账：三月、四月。用 --sheet 写明导入哪一个，例如："
    one, whole = f"fugong import {path} --sheet 三月", f"fugong import {path} --all-sheets"
    assert outcome(result) == (1, "", f"{said}{one}\n一起导入：{whole}\n")
    assert fugong("import", str(path), "--sheet", "四月").exit_code == 0
    assert fugong("import", str(path), "--sheet", "1").exit_code == 0
    assert [each["text"] for each in ledger(fugong)] == ["一", "三", "二"]
    assert "没有工作表「五月」。现有的：三月、四月。" in fugong("import", str(path), "--sheet", "五月").stderr


def test_every_fault_is_named_with_row_column_value_and_reason_and_nothing_is_written(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    rows = filed(
        ["1", "甲厂", "好", "3月5日"],
        ["2", "庚公司", "", "13月1日", "庚局", "", "疫情结束后", "也许"],
        ["3", "丙丁", "水", "2020-04-01"],
        ["4", "甲厂", "乙", "3月5日", "", "好", "", "是", "3月1日"],
        ["5", "戊厂", "响\a铃", "3月5日"],
        ["6", "甲厂", "早", "3月5日", "", "", "3月1日"],
    )
    before = fingerprint(county)
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)))
    assert (result.exit_code, result.stdout) == (1, "")
    assert fingerprint(county) == before
    lines = result.stderr.splitlines()
    assert lines[0].endswith("有 11 处错误，什么也没有写入：")
    assert [line.partition("：")[0] for line in lines[1:12]] == [
        "第 6 行，发现时间「13月1日」",
        "第 6 行，是否销号「也许」",
        "第 6 行，整改时限「疫情结束后」",
        "第 6 行，存在问题",
        "第 6 行，企业名称「庚公司」",
        "第 6 行，责任单位「庚局」",
        "第 7 行，发现时间「2020-04-01」",
        "第 7 行，企业名称「丙丁」",
        "第 8 行，办结日期「3月1日」",
        "第 9 行，存在问题「响␇铃」",
        "第 10 行，整改时限「3月1日」",
    ]
    assert "没有的企业 1 个：庚公司" in lines[12]
    assert lines[12].endswith("--create enterprises")
    assert lines[13].endswith("--create departments")


def test_unknown_names_are_made_when_asked_for(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = filed(["1", "庚公司", "无电", "3月5日", "庚局"], ["2", "庚公司", "无水", "3月5日", "庚局"])
    path = comma(tmp_path / "a.csv", rows)
    assert fugong("import", str(path)).exit_code == 1
    assert fugong("import", str(path), "--create", "enterprises,departments").exit_code == 0
    assert some(ledger(fugong), "team", "enterprise", "department") == [("1", "庚公司", "庚局")] * 2
    firms = json.loads(fugong("enterprise", "list", "--format", "json").stdout)["items"]
    assert [(each["name"], each["team"]) for each in firms if each["name"] == "庚公司"] == [("庚公司", "1")]
    assert "--create 不能新建「teams」" in fugong("import", str(path), "--create", "teams").stderr


def test_keep_going_takes_the_good_rows_and_a_mended_file_brings_the_rest(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    rows = filed(["1", "甲厂", "一", "3月5日"], ["2", "庚公司", "=二", "3月5日"], ["3", "甲厂", "三", "13月5日"])
    path = comma(tmp_path / "a.csv", rows)
    result = fugong("import", str(path), "--keep-going")
    assert result.exit_code == 6
    assert [each["text"] for each in ledger(fugong)] == ["一"]
    bad = tmp_path / "a.bad.csv"
    assert bad.stat().st_mode & 0o777 == 0o600
    assert fugong("import", str(path), "--keep-going").stderr.endswith("加 --force。\n")
    text = bad.read_text(encoding="utf-8-sig").replace("庚公司,", "甲厂,").replace("13月5日", "3月5日")
    bad.write_text(text, encoding="utf-8-sig")
    result = fugong("import", str(bad))
    assert (result.exit_code, counted(result)) == (0, "新增 2，更新 0，不变 0，拒绝 0")
    assert some(ledger(fugong), "text", "found_on") == [
        ("一", "2020-03-05"), ("=二", "2020-03-05"), ("三", "2020-03-05"),
    ]  # fmt: skip


def test_a_row_refused_halfway_leaves_nothing_behind(county: Path, tmp_path: Path, fugong: Run) -> None:
    header = ["企业", "问题", "发现日期", "回访情况"]
    rows = [header, ["甲厂", "乙", "2020-03-05", "好" * 3999], ["甲厂", "丙", "2020-03-05", ""]]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)), "--keep-going")
    assert (result.exit_code, "最多 4000 个" in result.stdout) == (6, True)
    assert some(ledger(fugong), "id", "text") == [("1-4", "丙")]
    assert fugong("store", "info").exit_code == 0


def test_the_file_of_bad_rows_begins_with_what_the_file_began_with(county: Path, tmp_path: Path, fugong: Run) -> None:
    header, bad = ["企业", "问题", "发现日期"], tmp_path / "a.bad.csv"
    good, refused = ["甲厂", "乙", "2020-03-05"], ["庚公司", "丙", "2020-03-05"]
    fugong("import", str(comma(tmp_path / "a.csv", [header, good, refused])), "--keep-going")
    assert bad.read_bytes().startswith("\ufeff企业,问题,发现日期,错误\r\n庚公司,丙,2020-03-05,".encode())
    fugong("import", str(comma(tmp_path / "a.csv", filed(["1", "庚公司", "丙", "3月5日"]))), "--keep-going", "--force")
    assert bad.read_text(encoding="utf-8-sig").startswith("填报单位：")


def test_columns_can_be_mapped_and_unknown_ones_kept(county: Path, tmp_path: Path, fugong: Run) -> None:
    header = ["单位简称", "问题描述", "发现日期", "联系方式", "备注"]
    path = comma(tmp_path / "a.csv", [header, ["甲厂", "夜班", "2020-03-05", "分机八", "急"]])
    result = fugong("import", str(path), "--map", "单位简称=enterprise", "--keep-unknown")
    assert "不认得的列，记入备注：联系方式" in result.stderr
    assert some(ledger(fugong), "enterprise", "remark") == [("某县甲厂有限公司", "急；联系方式：分机八")]
    assert "没有导入：联系方式" in fugong("import", str(path), "--map", "单位简称=企业名称").stderr
    refused = fugong("import", str(path), "--map", "单位简称=没有")
    assert (refused.exit_code, "字段有：唯一标识、帮扶组" in refused.stderr) == (1, True)


def test_without_a_header_nothing_is_guessed(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = comma(tmp_path / "a.csv", [["甲厂", "夜班", "2020-03-05"]])
    result = fugong("import", str(path))
    assert (result.exit_code, "里找不到表头" in result.stderr) == (1, True)


def test_a_year_is_never_guessed(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = comma(tmp_path / "a.csv", [["企业", "问题", "发现日期"], ["甲厂", "夜班", "3月5日"]])
    assert "没有写年份" in fugong("import", str(path)).stderr
    assert fugong("import", str(path), "--year", "2019").exit_code == 0
    assert [each["found_on"] for each in ledger(fugong)] == ["2019-03-05"]


def test_a_closed_row_without_measure_or_date_is_taken_and_marked(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = filed(["1", "甲厂", "夜班", "3月5日", "", "", "", "是", ""])
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)), "--format", "json")
    (line,) = json.loads(result.stdout)["items"]
    assert line["detail"] == "没有写办结日期，按 2020-03-12（约）；措施未载明"
    assert some(ledger(fugong), "status", "how", "closed_on") == [("closed", "措施未载明", "2020-03-12")]
    (problem,) = json.loads(fugong("show", "1-4", "--format", "json").stdout)["items"]
    assert [event["approximate"] for event in problem["events"] if event["kind"] == "close"] == [True]


def test_progress_and_the_check_afterwards_become_notes(county: Path, tmp_path: Path, fugong: Run) -> None:
    header = ["企业名称", "问题描述", "发现日期", "进展情况", "状态", "整改措施", "办结日期", "回访情况", "满意度"]
    rows = [
        header,
        ["甲厂", "一", "2020-03-05", "已联系供货方", "", "", "", "", ""],
        ["甲厂", "二", "2020-03-05", "已解决", "", "已到货", "2020-03-06", "属实", "满意"],
        ["甲厂", "三", "2020-03-05", "正在解决", "", "", "", "", ""],
    ]
    path = comma(tmp_path / "a.csv", rows)
    assert fugong("import", str(path)).exit_code == 0
    assert some(ledger(fugong), "text", "status", "how") == [
        ("一", "doing", None), ("二", "closed", "已到货"), ("三", "doing", None),
    ]  # fmt: skip
    assert "验收/回访情况：属实；满意度：满意" in fugong("show", "1-5").stdout
    assert counted(fugong("import", str(path))) == "新增 0，更新 0，不变 3，拒绝 0"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_found_by_rule_and_told(county: Path, tmp_path: Path, fugong: Run, encoding: str) -> None:
    path = comma(tmp_path / "a.csv", [["企业", "问题", "发现日期"], ["甲厂", "夜班", "2020-03-05"]], encoding)
    result = fugong("import", str(path))
    assert result.exit_code == 0
    assert result.stderr.startswith(f"表头在第 1 行，编码 {encoding.removesuffix('-sig').upper()}\n")


def test_the_encoding_can_be_forced(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [["企业", "問題描述", "发现日期"], ["甲厂", "夜班", "2020-03-05"]]
    path = comma(tmp_path / "a.csv", rows, "utf-16-le")
    assert fugong("import", str(path)).exit_code == 1
    result = fugong("import", str(path), "--encoding", "utf-16-le", "--map", "問題描述=text")
    assert result.exit_code == 0
    assert "没有「甲」这种编码" in fugong("import", str(path), "--encoding", "甲").stderr
    assert "没有「rot13」这种编码" in fugong("import", str(path), "--encoding", "rot13").stderr


def test_a_tab_separated_file_is_read_too(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("企业\t问题\t发现日期\n甲厂\t夜班，无人\t2020-03-05\n", encoding="utf-8")
    assert fugong("import", str(path)).exit_code == 0
    assert [each["text"] for each in ledger(fugong)] == ["夜班，无人"]
