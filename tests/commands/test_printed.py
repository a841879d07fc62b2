"""The sheet for printers: folded to A4 in letters that can be read, and passed over when the file comes back."""

import itertools
import json
import re
import subprocess
import zipfile
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.conftest import Run
from tests.county import fingerprint, lay
from tests.test_same_figures import a_month
from xlsxwriter import Workbook

from fugong.output import paper
from fugong.output.paper import looks
from fugong.results.paper import Band, Block, Field, Figures, Group, Line, Number, Paper, Part


def sheets(file: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(str(file))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.fixture
def lived(store: Path, fugong: Run) -> Path:
    a_month(lay(store))
    fugong("escalate", "1-3", "--to", "city", "--why", "贷款要市里协调")
    return store


def test_the_ledger_has_a_sheet_to_print_and_the_one_that_comes_back(lived: Path, fugong: Run, tmp_path: Path) -> None:
    file = tmp_path / "l.xlsx"
    assert fugong("store", "set", "office", "县委组织部").exit_code == 0
    assert fugong("export", "ledger", "--annex", "1", "-o", str(file)).exit_code == 0
    made = sheets(file)
    assert list(made) == ["打印", "问题台账"]
    said = [[cell for cell in row if cell not in ("", None)] for row in made["打印"]]
    assert said[0:2] == [["附件 1"], ["某县复工帮扶演练问题台账"]]
    assert said[3] == ["填报单位：县委组织部", "填报人：", "审核人：", "填报日期：2020年3月13日"]
    total = fugong("progress", "--json").stdout
    found, solved, overdue = (int(re.findall(rf'"{key}": (\d+)', total)[-1]) for key in ("found", "solved", "overdue"))
    head = f"截至 2020年3月13日　{found} 个，已销号 {solved} 个，正在解决 {found - solved} 个，其中逾期 {overdue} 个"
    assert said[2][0].startswith(head)
    assert said[2][0].endswith("，报市 1 个")
    numbers = [row[0] for row in said if row and str(row[0]).isdigit()]
    assert numbers == [str(number) for number in range(1, found + 1)]
    bands = [row[0] for row in said[4:] if len(row) == 1 and "个，已销号" in str(row[0])]
    assert [band.partition("　")[0] for band in bands] == ["第一组", "第二组"]


def test_it_comes_back_without_a_change_and_the_sheet_to_print_is_passed_over(
    lived: Path, fugong: Run, tmp_path: Path
) -> None:
    file = tmp_path / "l.xlsx"
    fugong("export", "ledger", "-o", str(file))
    before = fingerprint(lived)
    back = fugong("import", str(file))
    assert back.exit_code == 0
    assert "「打印」那一页供打印，没有读" in back.stderr
    assert "新增 0，更新 0，" in back.stderr
    assert fingerprint(lived) == before


@pytest.mark.usefixtures("county")
def test_who_is_responsible_stands_on_it_only_where_that_is_asked_for(fugong: Run, tmp_path: Path) -> None:
    for argv, there in (([], False), (["--with-personal"], True)):
        file = tmp_path / f"{there}.xlsx"
        fugong("export", "ledger", *argv, "-o", str(file))
        assert any("组员甲" in str(cell) for row in sheets(file)["打印"] for cell in row) is there


@pytest.mark.usefixtures("county")
def test_columns_without_any_value_are_not_printed_and_are_named(fugong: Run, tmp_path: Path) -> None:
    file = tmp_path / "l.xlsx"
    fugong("export", "ledger", "-o", str(file))
    printed = sheets(file)["打印"]
    assert "没有内容的列未印：回访满意度。" in printed[-1][0]
    assert not any("回访" in str(cell) for row in printed[:-1] for cell in row)


def test_what_nobody_prints_is_not_laid_out(
    county: Path, fugong: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fugong.reports import printed

    del county
    monkeypatch.setattr(printed, "MOST", 3)
    file = tmp_path / "l.xlsx"
    assert "没有做打印页" in fugong("export", "ledger", "-o", str(file)).stderr
    assert list(sheets(file)) == ["问题台账"]


@pytest.mark.usefixtures("lived")
def test_no_letter_of_the_printed_page_is_under_eight_points(fugong: Run, tmp_path: Path) -> None:
    if not (which("soffice") and which("pdftohtml")):
        pytest.skip("LibreOffice is not installed here, so nothing lays the sheet out on paper")
    file = tmp_path / "l.xlsx"
    fugong("export", "ledger", "-o", str(file))
    office = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        ["soffice", office, "--headless", "--convert-to", "pdf", str(file)],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    subprocess.run(["pdftohtml", "-xml", "-i", "-l", "1", "l.pdf", "l"], cwd=tmp_path, check=True, capture_output=True)
    told = (tmp_path / "l.xml").read_text(encoding="utf-8")
    (height,) = {int(found) for found in re.findall(r'<page [^>]*height="(\d+)"', told)}
    sizes = {int(found) * 595 / height for found in re.findall(r'<fontspec [^>]*size="(\d+)"', told)}
    assert sizes
    assert min(sizes) >= 8


def test_a_cell_is_as_deep_as_its_lines_on_paper() -> None:
    assert looks.lines("一二三四", 15, 9.5) == 1
    assert looks.lines("一二三四五六七八九十", 15, 9.5) == 3
    assert looks.lines("一\n二", 15, 9.5) == 2


def of_paper(teams: int, rows: int, text: str = "口罩不足三天") -> Paper:
    """A sheet of so many teams with so many rows each."""
    fields = [Field("编号", 20), Field("问题描述", 0)]
    bands = [Band(f"第{team}组", [[Part(str(row)), Part(text)] for row in range(rows)]) for team in range(teams)]
    return Paper("打印", "台账", "截至", ["填报单位：", "填报日期："], fields, bands, "注")


def laid_out(made: Paper | Figures, path: Path) -> tuple[list[tuple[str, float]], list[int]]:
    """The first text and the height of each row, in points, and after which rows pages end."""
    book = Workbook(str(path), {"constant_memory": True})
    paper.write(book.add_worksheet(), book, made, None)
    book.close()
    said = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    heights = [float(found) for found in re.findall(r'<row r="\d+"[^>]* ht="([\d.]+)"', sheet)]
    return (
        [(str(row[0]), height) for row, height in zip(said, heights, strict=True)],
        [int(found) for found in re.findall(r'<brk id="(\d+)"', sheet)],
    )


@pytest.mark.parametrize("rows", range(1, 26))
def test_no_heading_of_rows_stands_last_on_a_page_and_every_page_holds_its_rows(rows: int, tmp_path: Path) -> None:
    page = 185 / 25.4 * 72
    laid, ends = laid_out(of_paper(4, rows), tmp_path / "a.xlsx")
    assert ends or sum(height for _, height in laid) <= page
    for first, last in itertools.pairwise([0, *ends, len(laid)]):
        assert sum(height for _, height in laid[first:last]) + (28 if first else 0) <= page
        assert not laid[last - 1][0].startswith("第")


def test_what_no_row_is_tall_enough_for_ends_by_saying_so(tmp_path: Path) -> None:
    laid_out(of_paper(1, 1, "很长的描述" * 2000), tmp_path / "a.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
    (text,) = [str(row[1]) for row in rows if "很长" in str(row[1])]
    assert text.endswith("…（下略，见另一页）")
    assert looks.lines(text, 256, 9.5) == looks.most_lines(9.5)


def test_figures_that_are_a_little_more_than_a_page_are_made_smaller_and_others_begin_another(tmp_path: Path) -> None:
    for count, whole in ((20, True), (29, True), (60, False)):
        lines = [Line(f"第{at}组", [Number(at), Number("-", aside=True)]) for at in range(count)]
        group = Group("新增", [Field("本周", 20), Field("上周", 20)])
        made = Figures("对比", "题", "截至", ["甲", "乙"], Field("组", 40), [group], [Block("", lines)], ["注"])
        _, ends = laid_out(made, tmp_path / "a.xlsx")
        with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
            on_one = b"fitToHeight" not in parts.read("xl/worksheets/sheet1.xml")
        assert (on_one, bool(ends)) == (whole, not whole)


def test_what_waits_for_review_stands_on_the_ledger_as_what_it_is(lived: Path, fugong: Run, tmp_path: Path) -> None:
    del lived
    assert fugong("store", "set", "review", "on").exit_code == 0
    assert fugong("close", "1-3", "--how", "已放贷", FUGONG_ACTOR="测试员甲").exit_code == 0
    assert fugong("export", "ledger", "-o", str(tmp_path / "l.xlsx")).exit_code == 0
    total = json.loads(fugong("progress", "--json").stdout)["total"]
    made = sheets(tmp_path / "l.xlsx")
    said = next(str(row[0]) for row in made["打印"] if str(row[0]).startswith("截至"))
    assert list(map(int, re.findall(r"(\d+) 个", said)))[:4] == [
        total[key] for key in ("found", "solved", "in_hand", "overdue")
    ]
    assert any("待审核" in str(cell) for row in made["打印"] for cell in row)
    assert sum(row[1] != "" for row in made["问题台账"][3:]) == total["found"]


@pytest.mark.usefixtures("county")
def test_each_team_has_its_three_lists(fugong: Run, tmp_path: Path) -> None:
    file = tmp_path / "l.xlsx"
    assert fugong("export", "lists", "--by", "team", "--annex", "3", "-o", str(file)).exit_code == 0
    made = sheets(file)
    names = ("问题清单", "任务清单", "责任清单")
    assert list(made) == [f"{team} {name}" for team in ("第一组", "第二组") for name in names]
    assert {rows[0][0] for rows in made.values()} == {"附件 3"}
    assert not any("第二组" in str(cell) for row in made["第一组 问题清单"] for cell in row)
    teams = {row["team"]: row["found"] for row in json.loads(fugong("progress", "--json").stdout)["items"]}
    assert [made[f"{team} 任务清单"][-1][0] for team in ("第一组", "第二组")] == [
        f"合计 {teams[code]} 条" for code in ("1", "2")
    ]


def test_each_team_has_a_sheet_of_its_own_that_no_import_reads(lived: Path, fugong: Run, tmp_path: Path) -> None:
    file = tmp_path / "l.xlsx"
    fugong("export", "ledger", "--by", "team", "-o", str(file))
    made = sheets(file)
    assert list(made) == ["打印 第一组", "打印 第二组", "问题台账"]
    assert not any("第二组" in str(cell) for row in made["打印 第一组"] for cell in row)
    teams = {row["team"]: row["found"] for row in json.loads(fugong("progress", "--json").stdout)["items"]}
    for team, name in (("1", "打印 第一组"), ("2", "打印 第二组")):
        numbered = [row for row in made[name] if str(row[0]).isdigit()]
        assert [row[0] for row in numbered] == [str(number + 1) for number in range(teams[team])]
    before = fingerprint(lived)
    assert "新增 0，更新 0，" in fugong("import", str(file)).stderr
    assert fingerprint(lived) == before
