"""Numbers where something else is meant: read right, or one fault at the cell, in one sentence, and never a bug."""

import shutil
import subprocess
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.conftest import Run
from tests.imports.old import old_book
from tests.imports.sheets import book, comma
from tests.imports.test_account import texts

from fugong.imports.cells.values import shown
from fugong.imports.files.sheets import Cell

HEADER = ["企业名称", "问题描述", "发现日期"]
FORMATS = {"day": "yyyy-mm-dd", "time": "hh:mm", "span": "[h]:mm:ss", "plain": "General", "month": 'm"月"d"日"'}

CASES: list[tuple[float, str, str]] = [
    (43894, "day", "2020-03-04"),
    (43894, "plain", "2020-03-04"),
    (43894.75, "day", "2020-03-04"),
    (20200304, "plain", "2020-03-04"),
    (43835, "month", "2020-01-05"),
    (0, "day", "是 0（或负数），不是日期"),
    (0, "plain", "是 0（或负数），不是日期"),
    (-3, "plain", "不是日期"),
    (1, "day", "像是一个小的数字被 Excel 显示成了日期"),
    (60, "day", "像是一个小的数字被 Excel 显示成了日期"),
    (0.5, "time", "只有时间，没有日期"),
    (1.5, "span", "只有时间，没有日期"),
    (3.5, "plain", "看不出是几日"),
    (7, "plain", "不是日期"),
    (99999999, "plain", "不是日期"),
    (9.9999919900101e17, "plain", "不是日期"),
]
"""A number, how its cell is formatted, and the day it means, or what is said of it."""


def numbers(path: Path, number: float, form: str, **options: Any) -> Path:
    workbook = xlsxwriter.Workbook(str(path), options)
    sheet = workbook.add_worksheet("台账")
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, ["甲厂", "一"])
    sheet.write_number(1, 2, number, workbook.add_format({"num_format": FORMATS[form]}))
    workbook.close()
    return path


def outcome(fugong: Run, path: Path) -> str:
    """The day that was read, or the one fault of the one row."""
    result = fugong("import", str(path))
    if result.exit_code == 0:
        return fugong("list", "--text", "一", "--format", "csv", "--header", "en").stdout.split("2020-")[1][:5]
    assert result.exit_code == 1, result.stderr
    faults = [line for line in result.stderr.splitlines() if "第 2 行" in line]
    assert len(faults) == 1
    assert "发现日期" in faults[0]
    return faults[0]


@pytest.mark.words
@pytest.mark.parametrize(("number", "form", "expected"), CASES)
def test_a_number_in_the_place_of_a_date_is_read_or_refused_at_its_cell(
    county: Path, tmp_path: Path, fugong: Run, number: float, form: str, expected: str
) -> None:
    said = outcome(fugong, numbers(tmp_path / "a.xlsx", number, form))
    assert expected.removeprefix("2020-") in said


@pytest.mark.parametrize(("number", "form"), [(43894 - 1462, "plain"), (43894 - 1462, "day")])
def test_days_of_the_1904_system_are_counted_from_1904(
    county: Path, tmp_path: Path, fugong: Run, number: float, form: str
) -> None:
    assert outcome(fugong, numbers(tmp_path / "a.xlsx", number, form, date_1904=True)) == "03-04"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_the_same_numbers_in_the_formats_of_other_programs(
    county: Path, tmp_path: Path, fugong: Run, suffix: str
) -> None:
    """All in one workbook, for each start of LibreOffice takes seconds; a row is a case."""
    workbook = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"date_1904": suffix == "xls"})
    shift = 1462 if suffix == "xls" else 0
    sheet = workbook.add_worksheet("台账")
    sheet.write_row(0, 0, HEADER)
    for at, (number, form, _) in enumerate(CASES, 1):
        sheet.write_row(at, 0, ["甲厂", f"问题{at}"])
        moved = number - shift if number in (43894, 43894.75, 43835) else number
        sheet.write_number(at, 2, moved, workbook.add_format({"num_format": FORMATS[form]}))
    sheet.write_row(len(CASES) + 1, 0, ["甲厂", "错"])
    sheet.write_formula(len(CASES) + 1, 2, "=NA()", None, "#N/A")
    workbook.close()
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(tmp_path / "a.xlsx")], check=True, capture_output=True, timeout=120)
    result = fugong("import", str(tmp_path / f"a.{suffix}"))
    assert result.exit_code == 1, result.stderr
    said = {at: [line for line in result.stderr.splitlines() if f"第 {at + 1} 行" in line] for at in range(1, 18)}
    good = [at for at, (*_, expected) in enumerate(CASES, 1) if expected.startswith("2020")]
    assert [at for at, lines in said.items() if not lines] == good
    assert all(len(lines) == 1 and "发现日期" in lines[0] for at, lines in said.items() if at not in good)
    assert "「#N/A」：这一格的公式出错了" in said[17][0]
    assert fugong("import", str(tmp_path / f"a.{suffix}"), "--keep-going").exit_code == 6
    assert len(texts(fugong)) == len(good)


@pytest.mark.parametrize("number", [20200304, 43894])
def test_a_whole_number_of_an_old_workbook_is_a_date_too(
    county: Path, tmp_path: Path, fugong: Run, number: int
) -> None:
    path = old_book(tmp_path / "a.xls", [HEADER, ["甲厂", "一", number]])
    assert outcome(fugong, path) == "03-04"


@pytest.mark.words
@pytest.mark.parametrize("said", ["#REF!", "#N/A", "#VALUE!", "####", "Err:502"])
@pytest.mark.parametrize("column", HEADER)
def test_a_formula_that_failed_is_one_fault_at_its_cell(
    county: Path, tmp_path: Path, fugong: Run, said: str, column: str
) -> None:
    row = dict(zip(HEADER, ["甲厂", "一", "2020-03-04"], strict=True)) | {column: said}
    result = fugong("import", str(comma(tmp_path / "a.csv", [HEADER, list(row.values())])))
    assert result.exit_code == 1
    assert result.stderr.splitlines()[1:-1] == [
        f"第 2 行，{column}「{said}」：这一格的公式出错了；请在 Excel 里改好，或填写实际内容"
    ]


def test_a_formula_that_failed_in_a_workbook_is_seen(county: Path, tmp_path: Path, fugong: Run) -> None:
    workbook = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = workbook.add_worksheet("台账")
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, ["甲厂", "一"])
    sheet.write_formula(1, 2, "=VLOOKUP(1,A:A,1,0)", None, "#N/A")
    workbook.close()
    assert "「#N/A」：这一格的公式出错了" in outcome(fugong, tmp_path / "a.xlsx")


def test_times_and_spans_in_texts_are_kept_as_people_read_them() -> None:
    cells: list[Cell] = [time(8, 30), time(8, 30, 5), timedelta(hours=36), date(2020, 3, 4), True, 3.0, 0.5]
    assert list(map(shown, cells)) == ["08:30", "08:30:05", "36:00:00", "2020-03-04", "是", "3", "0.5"]


@pytest.mark.parametrize("said", [date(2020, 1, 1), "1月1日", "1-Jan", "Jan-01"])
def test_what_excel_made_of_the_number_of_a_problem_is_said(
    county: Path, tmp_path: Path, fugong: Run, said: date | str
) -> None:
    rows: list[list[Any]] = [["帮扶组", "角色", "日期", "内容", "问题编号"], ["1", "服务", "2020-03-05", "调配", said]]
    result = fugong("import", str(book(tmp_path / "a.xlsx", rows)), "--kind", "activities")
    assert result.exit_code == 1
    assert "像是 Excel 把编号 1-1 改成了日期" in result.stderr


@pytest.mark.parametrize("header", ["zh", "en"])
def test_numbers_of_problems_in_our_own_csv_are_read_back(
    county: Path, tmp_path: Path, fugong: Run, header: str
) -> None:
    path = tmp_path / "a.csv"
    assert fugong("activity", "list", "--header", header, "-o", str(path)).exit_code == 0
    assert ("\t1-1" in path.read_text(encoding="utf-8")) is (header == "zh")
    result = fugong("import", str(path), "--kind", "activities")
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
