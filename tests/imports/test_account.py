"""Every row of a ledger is accounted for: taken, or named with what it is instead."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Run
from tests.imports.sheets import book, books, comma

from fugong.imports.cells import header
from fugong.imports.cells.account import Account
from fugong.imports.cells.body import records
from fugong.imports.files.sheets import Cell, Sheet
from fugong.vocab.importing import Imported

HEADER = ["序号", "帮扶组", "企业名称", "问题描述", "发现日期"]


def texts(fugong: Run) -> list[str]:
    """The texts of the problems that the county did not begin with."""
    items = json.loads(fugong("list", "--status", "all", "--format", "json").stdout)["items"]
    return [each["text"] for each in items if each["id"] not in ("1-1", "1-2", "1-3", "2-1", "2-2")]


def test_rows_below_a_sum_or_a_remark_are_read_on_and_what_was_passed_over_is_named(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    rows = [
        HEADER,
        ["1", "1", "甲厂", "一", "2020-03-05"],
        ["小计", "", "", "1条", ""],
        [],
        ["2", "1", "甲厂", "二", "2020-03-05"],
        ["第一帮扶组小计", "", "", "2", ""],
        ["", "一组合计", "", "2 条", ""],
        ["备注：以上为第一组"],
        ["2．数据截至3月5日"],
        HEADER,
        ["3", "2", "丙丁铸造", "三", "2020-03-05"],
        ["4", "2", "丙丁铸造", "暂无诉求", ""],
        ["5", "", "", "", ""],
        ["", "合计", "", "共3条", ""],
        ["填报人：某人", "", "审核人：某人", "", "2020-03-06"],
        [],
    ]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)))
    assert (result.exit_code, texts(fugong)) == (0, ["一", "二", "三"])
    assert result.stderr.splitlines()[2:] == [
        "没有导入，小计：第 3 行「小计」、第 6 行「第一帮扶组小计」",
        "没有导入，合计：第 7 行「一组合计」、第 14 行「合计」",
        "没有导入，备注：第 8 行「备注：以上为第一组」、第 9 行「2．数据截至3月5日」",
        "没有导入，落款：第 15 行「填报人：某人」",
        "没有导入，写明没有问题：第 12 行「丙丁铸造」",
        "没有导入，重复的表头：第 10 行",
        "没有导入，只有序号：第 13 行",
        "读到 14 行：问题 3，小计 2，合计 2，备注 2，落款 1，写明没有问题 1，重复的表头 1，只有序号 1，空行 1",
    ]


def test_a_problem_that_only_looks_like_a_sum_or_like_none_is_one(county: Path, tmp_path: Path, fugong: Run) -> None:
    said = [
        "应付账款合计差错", "总计划未报", "库存共计3处破损", "说明书缺失", "无水可用", "没有口罩", "小计量器具未检",
        "没有生产", "停产，没有经营",
    ]  # fmt: skip
    rows = [["问题描述", "企业名称", "发现日期"], *([text, "甲厂", "2020-03-05"] for text in said)]
    assert fugong("import", str(comma(tmp_path / "a.csv", rows))).exit_code == 0
    assert texts(fugong) == said


def test_a_firm_without_a_problem_gets_none(county: Path, tmp_path: Path, fugong: Run) -> None:
    said = [
        "无", "暂无", "暂无诉求", "无问题", "没有问题。", "目前无困难和问题", "零报告", "未发现问题",
        "企业反映暂无需要解决的问题", "该企业运行正常，没有诉求", "无需协调", "暂未反映困难问题", "没有什么问题",
        "生产经营正常，暂无需要协调解决的事项", "本周无新增问题", "企业表示目前无困难",
    ]  # fmt: skip
    rows = [["企业名称", "问题描述", "发现日期"], *(["甲厂", text, "2020-03-05"] for text in said)]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)))
    assert (result.exit_code, texts(fugong)) == (0, [])
    assert result.stderr.splitlines()[-1] == f"读到 {len(said)} 行：问题 0，写明没有问题 {len(said)}"


def test_cells_without_a_heading_are_named_and_kept_when_asked_for(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [["企业名称", "", "问题描述", "发现日期"], ["甲厂", "急", "一", "2020-03-05", "", "分机八"]]
    path = comma(tmp_path / "a.csv", rows)
    result = fugong("import", str(path), "--dry-run")
    assert "B 列没有列名，里面写了字，没有导入：第 2 行" in result.stderr
    assert "F 列没有列名，里面写了字，没有导入：第 2 行" in result.stderr
    assert fugong("import", str(path), "--keep-unknown").exit_code == 0
    items = json.loads(fugong("list", "--status", "all", "--format", "json").stdout)["items"]
    assert [each["remark"] for each in items if each["text"] == "一"] == ["B：急；F：分机八"]


def test_a_number_that_lost_digits_is_not_kept_in_a_remark_either(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows: list[list[Any]] = [
        ["企业名称", "问题描述", "发现日期", "证号"],
        ["甲厂", "一", "2020-03-05", 999999199001011234],
    ]
    result = fugong("import", str(book(tmp_path / "a.xlsx", rows)), "--keep-unknown")
    assert result.exit_code == 1
    assert "第 2 行，证号「9.99999" in result.stderr
    assert "末几位已经丢失" in result.stderr


def test_hidden_rows_are_said_and_left_out_when_asked_for(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = tmp_path / "a.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet("台账")
    for at, row in enumerate([HEADER[2:], *(["甲厂", f"问题{at}", "2020-03-05"] for at in range(4))]):
        sheet.write_row(at, 0, row)
    for at in (2, 3):
        sheet.set_row(at, None, None, {"hidden": True})
    workbook.close()
    result = fugong("import", str(path), "--dry-run")
    assert "隐藏的行也导入了：第 3–4 行；不要它们请加 --skip-hidden" in result.stderr
    result = fugong("import", str(path), "--skip-hidden")
    assert texts(fugong) == ["问题0", "问题3"]
    assert result.stderr.splitlines()[-2:] == ["没有导入，隐藏行：第 3–4 行", "读到 4 行：问题 2，隐藏行 2"]


def test_all_sheets_come_in_together_and_their_names_are_used(county: Path, tmp_path: Path, fugong: Run) -> None:
    sheets: dict[str, Any] = {
        "说明": ([["填写说明"]], ()),
        "第一组": ([["问题描述", "发现日期", "状态"], ["一", "2020-03-05", ""], ["小计", "", ""]], ()),
        "二组（3月6日）": ([["企业名称", "问题描述", "状态"], ["丙丁铸造", "二", ""], ["", "三", ""]], ()),
    }
    path = books(tmp_path / "a.xlsx", sheets)
    result = fugong("import", str(path), "--all-sheets", "--year", "2020")
    assert (result.exit_code, texts(fugong)) == (0, ["一", "二", "三"])
    assert result.stderr.splitlines() == [
        "工作表叫「第一组」，没有另写，帮扶组按「第一组」",
        "工作表「第一组」，表头在第 1 行",
        "工作表叫「二组（3月6日）」，没有另写，帮扶组按「二组」",
        "工作表叫「二组（3月6日）」，没有另写，填报日期按 2020-03-06",
        "工作表「二组（3月6日）」，表头在第 1 行",
        "没有读的工作表（里面没有表头）：说明",
        "新增 3，更新 0，不变 0，拒绝 0",
        "工作表「第一组」，没有导入，小计：第 3 行「小计」",
        "工作表「第一组」，读到 2 行：问题 1，小计 1",
        "工作表「二组（3月6日）」，读到 2 行：问题 2",
    ]


def test_a_row_that_goes_to_its_firms_team_and_not_to_the_sheets_is_said(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    path = books(
        tmp_path / "a.xlsx", {"第一组": ([["企业名称", "问题描述", "发现日期"], ["丙丁铸造", "一", "2020-03-05"]], ())}
    )
    result = fugong("import", str(path))
    assert result.exit_code == 0
    assert "某县丙丁铸造有限公司由第二组包联，记在第二组，不记在「第一组」" in result.stdout


def test_faults_of_several_sheets_name_their_sheet_and_the_bad_rows_get_a_file_each(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    head = ["企业名称", "问题描述", "发现日期"]
    sheets: dict[str, Any] = {
        "甲": ([head, ["甲厂", "一", "2020-03-05"], ["庚公司", "二", "2020-03-05"]], ()),
        "乙": ([head, ["甲厂", "三", "13月1日"]], ()),
    }
    path = books(tmp_path / "a.xlsx", sheets)
    result = fugong("import", str(path), "--all-sheets")
    assert result.exit_code == 1
    assert "甲，第 3 行，企业名称「庚公司」" in result.stderr
    assert "乙，第 2 行，发现日期「13月1日」" in result.stderr
    result = fugong("import", str(path), "--all-sheets", "--keep-going")
    assert (result.exit_code, texts(fugong)) == (6, ["一"])
    assert sorted(each.name for each in tmp_path.glob("*.bad*")) == ["a.bad.乙.csv", "a.bad.甲.csv"]


def test_a_refusal_accounts_for_the_rows_as_well(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [["企业名称", "问题描述", "发现日期"], ["甲厂", "一", "坏"], ["甲厂", "二", "2020-03-05"], ["合计", "2", ""]]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-2:] == ["没有导入，合计：第 4 行「合计」", "读到 3 行：问题 1，拒绝 1，合计 1"]


def test_the_account_is_told_in_english_too(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [["Enterprise", "Text", "Found"], ["甲厂", "one", "2020-03-05"], [], ["合计", "1", ""]]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)), FUGONG_LANG="en")
    assert result.exit_code == 0, result.stderr
    assert result.stderr.splitlines()[-2:] == [
        "not imported, totals: row 4 “合计”", "rows read: 3: problems 1, totals 1, blank rows 1",
    ]  # fmt: skip


CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "",
            " ",
            "小计",
            "合计",
            "备注：甲",
            "填报人：乙",
            "无",
            "一、甲类",
            "8条",
            "甲厂",
            "夜班无人",
            "第1页 共2页",
            "某县问题台账",
            "以下空白",
            "2020年3月5日",
            *HEADER,
        ]
    ),
    st.floats(0, 9),
    st.text(max_size=3),
)


@given(st.lists(st.lists(CELLS, max_size=7), max_size=12), st.sets(st.integers(2, 13)), st.booleans())
def test_rows_in_are_rows_told(drawn: list[list[Cell]], hidden: set[int], skip: bool) -> None:
    rows: list[tuple[int, list[Cell]]] = [(1, list(HEADER)), *enumerate(drawn, 2)]
    table = header.find(Sheet("", iter(rows), hidden=hidden), [Imported.PROBLEMS], {})
    assert table
    account = Account()
    taken = [record.number for record in records(table, account, skip_hidden=skip)]
    last = max(
        (number for number, row in rows if any(str("" if cell is None else cell).strip() for cell in row)), default=1
    )
    assert account.rows == max(last, table.row) - table.row  # a header may take two lines
    assert account.taken == len(taken)
    assert taken == sorted(set(taken))
    assert account.total(Imported.PROBLEMS, 0).zh.startswith(f"读到 {account.rows} 行：问题 {len(taken)}")


@pytest.mark.on_a_file
def test_a_second_table_with_other_columns_is_no_data_of_the_first(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [
        ["企业名称", "责任单位", "问题描述"],
        ["甲厂", "工信局", "缺煤"],
        ["企业名称", "问题描述", "责任单位"],
        ["甲厂", "缺电", "工信局"],
    ]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)), "--keep-going")
    assert (result.exit_code, texts(fugong)) == (1, [])
    assert "第 3 行又是一个表头，列和上面的不一样" in result.stderr


@pytest.mark.on_a_file
def test_what_a_sheet_carries_because_it_is_printed_is_no_firm_and_no_problem(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    first = ["1", "1", "甲厂", "一", "2020-03-05"]
    paper = [
        ["", "", "第1页 共2页"], ["第 2 页，共 3 页"], ["", "", "— 2 —"], ["", "", "", "Page 1 of 3"],
        ["", "", "某县问题台账"], ["", "", "某县企业问题台账（续）"], ["附件3", "", "问题整改清单"],
        ["填表人：某", "", "审核：某", "联系电话：123", "2020-3-5"], ["", "", "", "审核人：某"], ["", "", "（盖章）"],
        ["", "主要负责人签字："], ["", "", "", "打印日期：2020-3-5"], ["", "", "2020年3月5日"],
        ["", "数据截至3月5日"], ["", "", "以下空白"], ["", "", "Total", "3"], ["", "", "Prepared by: A"],
    ]  # fmt: skip
    rows = [["某县问题台账"], ["填报单位：某县"], HEADER, first, *paper, ["2", "1", "甲厂", "二", "2020-03-05"]]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)))
    assert (result.exit_code, texts(fugong)) == (0, ["一", "二"]), result.stderr
    assert result.stderr.splitlines()[-1] == "读到 19 行：问题 2，合计 1，备注 2，落款 7，标题 3，页码 4"


@pytest.mark.on_a_file
def test_a_problem_or_a_firm_that_is_called_like_a_title_is_not_lost(county: Path, tmp_path: Path, fugong: Run) -> None:
    said = ["未建返岗人员台账", "无隐患清单", "完", "填表人：未落实", "附件3 问题清单未报"]
    rows = [["企业名称", "问题描述", "发现日期"], *(["甲厂", text, "2020-03-05"] for text in said)]
    assert fugong("import", str(comma(tmp_path / "a.csv", rows))).exit_code == 0
    assert texts(fugong) == said
    alone = [["填报单位：第一组"], ["企业名称", "问题描述", "发现日期"], ["", "未建返岗人员台账"], ["庚仪表厂", "", ""]]
    result = fugong("import", str(comma(tmp_path / "b.csv", alone)))
    assert (result.exit_code, "第 4 行，问题描述：没有写问题" in result.stderr) == (1, True)
    assert "--create" not in result.stderr  # a row without a problem makes no firm
    assert result.stderr.splitlines()[-1] == "读到 2 行：问题 1，拒绝 1"


@pytest.mark.on_a_file
@pytest.mark.parametrize("cell", ["1月5日", "5-Jan", date(2020, 1, 5), "Jan-55", date(1955, 1, 1)])
def test_a_number_that_excel_made_a_date_of_is_said_and_its_row_is_taken(
    county: Path, tmp_path: Path, fugong: Run, cell: Any
) -> None:
    rows = [["编号", "企业名称", "问题描述", "发现日期"], [cell, "甲厂", "一", "2020-03-05"]]
    path = comma(tmp_path / "a.csv", rows) if isinstance(cell, str) else book(tmp_path / "a.xlsx", rows)
    result = fugong("import", str(path))
    was = "1-55" if "55" in str(cell) else "1-5"
    assert (result.exit_code, texts(fugong)) == (0, ["一"])
    assert "像是 Excel 把编号改成了日期：第 2 行" in result.stderr
    assert f"」（{was}）；导入不看编号，行照常读" in result.stderr


@pytest.mark.on_a_file
def test_a_header_of_three_lines_whose_second_names_columns_too_is_read_by_its_third(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    rows: list[list[Any]] = [
        ["序号", "基本情况", "", "", "办理情况", "", ""],
        ["", "企业", "问题", "", "责任", "时限", ""],
        ["", "企业名称", "问题描述", "提出日期", "责任单位", "整改时限", "办结日期"],
        [1, "甲厂", "一", date(2020, 3, 5), "工信局", date(2020, 3, 20), ""],
    ]
    merges = ("A1:A3", "B1:D1", "E1:G1", "C2:D2", "F2:G2")
    result = fugong("import", str(book(tmp_path / "a.xlsx", rows, *merges)))
    assert (result.exit_code, texts(fugong)) == (0, ["一"]), result.stderr
    assert result.stderr.splitlines()[0] == "工作表「台账」，表头在第 3 行"
    assert result.stderr.splitlines()[-1] == "读到 1 行：问题 1"
    assert "没有列名" not in result.stderr
