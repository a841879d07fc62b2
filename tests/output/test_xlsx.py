"""A spreadsheet reads back equal, every text a text, and is laid out for a sheet of A4."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from python_calamine import CalamineWorkbook
from tests.output.samples import HOSTILE, one, problems, progress, texts

from fugong import output
from fugong.errors.files import CellTooLong, SheetFull
from fugong.output import paper
from fugong.output.cells import visible
from fugong.output.xlsx import sheet_name
from fugong.results.report import Cell, Column, Cover, Report
from fugong.vocab import Format, Language, Light, Words

ROOT = Path(__file__).parents[2]
"""Where ``tests`` can be imported from."""
COVER = Cover("某县临时党委", "2020-03-13")
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
MARKS = ("_x0041_", "_x005F_x0041_", "<r>&</r>", "<r><t>甲</t></r>", "<r>\n</r> ", " 甲 ", "甲\ufffe厂\uffff", "𠮷😀")
"""What means something to Excel or to the library that writes for it."""


def saved(report: Report, path: Path, **options: Any) -> Path:
    output.write(report, fmt=Format.XLSX, out=path, cover=COVER, **options)
    return path


def read(path: Path) -> dict[str, list[list[Any]]]:
    """Every sheet, as another program reads it."""
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def sheet_xml(path: Path, number: int = 1) -> ET.Element:
    with zipfile.ZipFile(path) as parts:
        return ET.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314  (we wrote it)


def cells(path: Path) -> Iterator[tuple[str, str, str]]:
    """The place, type and text of every cell that is not blank."""
    for cell in sheet_xml(path).iterfind(".//m:c", NS):
        said = "".join(each.text or "" for each in cell.iter() if each.tag.endswith(("}t", "}v")))
        if said:
            yield cell.get("r", ""), cell.get("t", "n"), _unescaped(said)


def _unescaped(text: str) -> str:
    """What Excel makes of its _xHHHH_ escapes."""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def attributes(path: Path, place: str) -> dict[str, str]:
    found = sheet_xml(path).find(f".//m:{place}", NS)
    assert found is not None
    return dict(found.attrib)


def widths(path: Path) -> list[tuple[float, bool]]:
    """The width of each column, and whether it is hidden."""
    made = []
    for col in sheet_xml(path).iterfind(".//m:col", NS):
        columns = int(col.get("max", "")) - int(col.get("min", "")) + 1
        made += [(float(col.get("width", "")), col.get("hidden") == "1")] * columns
    return made


def test_a_sheet_is_laid_out_as_such_ledgers_are(tmp_path: Path) -> None:
    assert read(saved(problems(), tmp_path / "a.xlsx")) == {
        "问题台账": [
            ["问题台账", *[""] * 10],
            ["填报单位：某县临时党委", "", "", "填报日期：2020-03-13", *[""] * 7],
            [
                *("编号", "企业", "问题", "状态", "亮灯", "发现日期"),
                *("类别", "协办单位", "日期为约数", "录入时间", "名次"),
            ],
            [
                *("3-1", "甲厂有限责任公司", "原材料紧张，需协调", "办理中", "红", "约 2020-03-12"),
                *("原料", "乙局、丙局", "是", "2020-03-12 12:00:00", 1.0),
            ],
            [*("3-2", "", "口罩不足", "待办", "灰", "2020-03-11"), *("", "", "否", "2020-03-12 00:00:01", "")],
            ["合计 2 条", *[""] * 10],
        ]
    }


def test_sums_stand_in_the_total_notes_below_and_footers_on_their_own_sheets(tmp_path: Path) -> None:
    assert read(saved(progress(), tmp_path / "a.xlsx")) == {
        "进展": [
            ["进展", "", ""],
            ["填报单位：某县临时党委", "", "填报日期：2020-03-13"],
            ["组", "发现", "解决率"],
            ["1", 4.0, "0.0%"],
            ["2", 0.0, "—"],
            ["3", 73.0, "80.8%"],
            ["合计", 77.0, "76.6%"],
            ["截至 2020-03-12。", "", ""],
        ],
        "公布口径": [
            ["公布口径", ""],
            ["填报单位：某县临时党委", "填报日期：2020-03-13"],
            ["指标", "公布数"],
            ["发现问题", 73.0],
            ["合计 1 条", ""],
        ],
    }


def test_headings_can_be_in_the_other_language(tmp_path: Path) -> None:
    rows = read(saved(problems(), tmp_path / "a.xlsx", header=Language.EN))["Problems"]
    assert (rows[0][0], rows[1][0], rows[2][0], rows[-1][0]) == (
        "Problems", "Submitted by: 某县临时党委", "No.", "Total: 2 rows",
    )  # fmt: skip


def test_a_single_column_has_who_and_when_in_one_line(tmp_path: Path) -> None:
    rows = read(saved(texts("甲"), tmp_path / "a.xlsx"))["标题"]
    assert rows == [["标题"], ["填报单位：某县临时党委  填报日期：2020-03-13"], ["问题"], ["甲"], ["合计 1 条"]]


def test_without_a_cover_the_headings_follow_the_title(tmp_path: Path) -> None:
    output.write(texts(), out=tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx")["标题"] == [["标题"], ["问题"], ["合计 0 条"]]


def test_an_upright_report_is_headings_and_values(tmp_path: Path) -> None:
    card = one(Column("text", Words("问题", "Problem")), "甲", upright=True, footer=texts("乙"))
    made = read(saved(card, tmp_path / "a.xlsx"))
    assert (made["标题"][2:], made["标题 2"][2:]) == (
        [["项目", "内容"], ["问题", "甲"]],
        [["问题"], ["乙"], ["合计 1 条"]],
    )


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), *MARKS, "=1+1", "+1", "-1", "@a", "{=A1}", "http://a.example", "007"]
)
def test_every_text_is_a_text_and_reads_back_character_for_character(tmp_path: Path, text: str) -> None:
    words = Words(text, text)
    report = Report(words, [Column("text", words), Column("list", words, Cell.LIST)], [(text, (text,))], notes=[words])
    path = saved(report, tmp_path / "a.xlsx")
    said = {place: (kind, shown) for place, kind, shown in cells(path)}
    assert said["A4"] == said["B4"] == ("inlineStr", visible(text))
    assert {kind for kind, _ in said.values()} == {"inlineStr"}
    assert not {each.tag for each in sheet_xml(path).iter()} & {f"{{{NS['m']}}}{tag}" for tag in ("f", "hyperlink")}
    assert len(read(path)) == 1


def test_only_counts_are_numbers(tmp_path: Path) -> None:
    kinds = {place: kind for place, kind, _ in cells(saved(progress(), tmp_path / "a.xlsx"))}
    assert {place for place, kind in kinds.items() if kind == "n"} == {"B4", "B5", "B6", "B7"}


def test_a_sheet_is_ready_for_the_printer(tmp_path: Path) -> None:
    path = saved(problems(), tmp_path / "a.xlsx")
    assert attributes(path, "pane") == {
        "ySplit": "3", "topLeftCell": "A4", "activePane": "bottomLeft", "state": "frozen",
    }  # fmt: skip
    assert attributes(path, "pageSetup") == {"paperSize": "9", "orientation": "landscape", "fitToHeight": "0"}
    assert attributes(path, "pageSetUpPr") == {"fitToPage": "1"}
    assert [each.get("ref") for each in sheet_xml(path).iterfind(".//m:mergeCell", NS)] == [
        "A1:F1", "A2:C2", "D2:F2", "A6:F6",
    ]  # fmt: skip
    with zipfile.ZipFile(path) as parts:
        assert "'问题台账'!$3:$3" in re.sub(
            r"问题台账(?=!)", "'问题台账'", parts.read("xl/workbook.xml").decode()
        ).replace("''", "'")


def test_columns_are_as_wide_as_their_texts_and_what_is_not_for_paper_is_hidden(tmp_path: Path) -> None:
    made = widths(saved(problems(), tmp_path / "a.xlsx"))
    assert [hidden for _, hidden in made] == [False] * 6 + [True] * 5
    fitting = [
        len("3-1") + 1,
        len("甲厂有限责任公司") * 2,
        len("原材料紧张，需协调") * 2,
        6,
        4,
        len("约 2020-03-12") + 1,
    ]
    assert [int(width - 2) for width, _ in made[:6]] == fitting


def test_long_texts_fold_and_leave_room_for_the_other_columns(tmp_path: Path) -> None:
    columns = [Column(f"c{number}", Words("问题", "Problem")) for number in range(21)]
    columns.append(Column("on", Words("发现日期", "Found"), Cell.DATE))
    path = saved(
        Report(Words("台账", "Ledger"), columns, [(*["很长的描述" * 40] * 21, "2020-03-12")]), tmp_path / "a.xlsx"
    )
    made = [width for width, _ in widths(path)]
    assert 10 < made[0] < 14
    assert made[-1] > len("2020-03-12")
    with zipfile.ZipFile(path) as parts:
        assert b'wrapText="1"' in parts.read("xl/styles.xml")


def heights(path: Path) -> dict[str, str | None]:
    """The height of every row that has one of its own, in points."""
    rows = sheet_xml(path).iterfind(".//m:row", NS)
    return {row.get("r", ""): row.get("ht") for row in rows if row.get("customHeight")}


def test_a_row_is_as_tall_as_its_folded_texts(tmp_path: Path) -> None:
    path = saved(texts("一行", "一\n二\n三", "很" * 49, "短"), tmp_path / "a.xlsx")
    tall = {row: height for row, height in heights(path).items() if height != "18"}
    assert tall == {"1": "32.25", "2": "20.25", "5": "44.25", "6": "44.25"}


def test_no_row_is_taller_than_excel_allows(tmp_path: Path) -> None:
    assert heights(saved(texts("\n" * 100), tmp_path / "a.xlsx"))["4"] == "408.75"


def test_widths_come_from_the_first_rows_and_later_texts_fold(tmp_path: Path) -> None:
    path = saved(texts(*["四个字的"] * 200, "很" * 40), tmp_path / "a.xlsx")
    assert [int(width) for width, _ in widths(path)] == [10]
    assert heights(path)["204"] == "135"


def test_the_uid_is_the_last_column(tmp_path: Path) -> None:
    columns = [
        Column("uid", Words("标识", "Uid"), brief=False),
        Column("a", Words("甲", "A")),
        Column("b", Words("乙", "B"), brief=False),
    ]
    path = saved(Report(Words("台账", "Ledger"), columns, [("u", "a", "b")]), tmp_path / "a.xlsx")
    assert read(path)["台账"][2:4] == [["甲", "乙", "标识"], ["a", "b", "u"]]
    assert [hidden for _, hidden in widths(path)] == [False, True, True]


def test_lights_are_coloured_and_worded(tmp_path: Path) -> None:
    path = saved(one(Column("light", Words("亮灯", "Light"), Cell.CODE), *Light), tmp_path / "a.xlsx")
    styles = [cell.get("s") for cell in sheet_xml(path).iterfind(".//m:c", NS)][3:7]
    assert [row[0] for row in read(path)["标题"][3:7]] == ["红", "黄", "绿", "灰"]
    with zipfile.ZipFile(path) as parts:
        made = ET.fromstring(parts.read("xl/styles.xml"))  # noqa: S314  (we wrote it)
    looks = made.findall(".//m:cellXfs/m:xf", NS)
    fills = [made.findall(".//m:fills/m:fill", NS)[int(looks[int(style or 0)].get("fillId", ""))] for style in styles]
    colours = [fill.find(".//m:fgColor", NS) for fill in fills]
    assert [None if colour is None else colour.get("rgb") for colour in colours] == [
        "FFFBE3E1", "FFFFF3CC", None, None,
    ]  # fmt: skip


def test_a_text_that_no_cell_holds_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(CellTooLong) as refusal:
        saved(texts("短", "字" * 32_768), tmp_path / "a.xlsx")
    assert refusal.value.params == {"row": 5, "column": "问题", "length": 32_768}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["字" * 32_767, "𠮷" * 16_383, "&" * 32_767])
def test_a_text_as_long_as_a_cell_is_whole(tmp_path: Path, text: str) -> None:
    assert read(saved(texts(text), tmp_path / "a.xlsx"))["标题"][3] == [text]


def test_more_rows_than_a_sheet_has_are_refused(tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    from fugong.output.sheet import Formats, Sheet

    book = Workbook(str(tmp_path / "a.xlsx"), {"constant_memory": True})
    sheet = Sheet(book.add_worksheet(), texts("甲"), Formats(book), None)
    sheet._set_widths([])
    sheet._row = 1_048_576
    with pytest.raises(SheetFull):
        sheet._write_rows([("甲",)])
    book.close()


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("问题台账", set(), "问题台账"),
        ("a[b]:c*d?e/f\\g", set(), "a b  c d e f g"),
        ("'甲'", set(), "甲"),
        ("", set(), "表"),
        ("///", set(), "表"),
        ("History", set(), "History 2"),
        ("甲", {"甲"}, "甲 2"),
        ("A", {"a", "a 2"}, "A 3"),
        ("很" * 40, set(), "很" * 31),
        ("很" * 40, {"很" * 31}, "很" * 29 + " 2"),
        ("𠮷" * 40, set(), "𠮷" * 15),
        ("甲\n乙\ufffe丙", set(), "甲 乙丙"),
    ],
)
def test_the_name_of_a_sheet_is_one_that_excel_takes(title: str, taken: set[str], name: str) -> None:
    assert sheet_name(title, taken) == name


def test_the_same_report_makes_the_same_bytes(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Also from a process that has made none before."""
    saved(progress(), tmp_path / "a.xlsx")
    output.write(progress(), fmt=Format.XLSX, cover=COVER)
    assert capfdbinary.readouterr().out == (tmp_path / "a.xlsx").read_bytes()
    assert paper.DEFAULT_FONT == {"font_name": "Arial", "font_size": 10}  # what the library adds stays in its book
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        assert b"2020-03-13T00:00:00Z" in parts.read("docProps/core.xml")
        assert {part.date_time[:3] for part in parts.infolist()} == {(1980, 1, 31)}


def test_nothing_is_left_in_the_folder_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    saved(problems(), tmp_path / "a.xlsx")
    with pytest.raises(CellTooLong):
        saved(texts("字" * 40_000), tmp_path / "b.xlsx")
    assert list(scratch.iterdir()) == []


def peak(count: int, path: Path) -> int:
    """The most memory that Python held while so many rows were written, in a process of its own."""
    script = (
        "import sys, tracemalloc\n"
        "from pathlib import Path\n"
        "from fugong import output\n"
        "from tests.output.samples import PROBLEMS, problems\n"
        "output.write(problems(), out=Path(sys.argv[2] + '.first.xlsx'))\n"
        "tracemalloc.start()\n"
        "folded = (*PROBLEMS[0][:2], '甲\\n乙', *PROBLEMS[0][3:])\n"
        "rows = ((folded, PROBLEMS[1])[number % 2] for number in range(int(sys.argv[1])))\n"
        "output.write(problems(rows), out=Path(sys.argv[2]))\n"
        "print(tracemalloc.get_traced_memory()[1])\n"
    )
    argv = [sys.executable, "-c", script, str(count), str(path)]
    return int(subprocess.run(argv, capture_output=True, check=True, text=True, cwd=ROOT).stdout)


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    short, long = (peak(count, tmp_path / f"{count}.xlsx") for count in (1000, 4000))
    assert long < short * 1.1 + 200_000


LIBREOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice is not installed (soffice or libreoffice on PATH)")
def test_libreoffice_reads_what_was_written(tmp_path: Path) -> None:
    harmless = ["=1+1", "007", "3-12", "甲\n乙", "_x0041_", "<r>&</r>", "'甲", "+86"]
    saved(texts(*harmless), tmp_path / "a.xlsx")
    output.write(texts(*harmless), out=tmp_path / "b.csv")
    converted(tmp_path, "a.xlsx", "xlsx:Calc MS Excel 2007 XML")
    converted(tmp_path, "a.xlsx", "pdf")
    converted(tmp_path, "b.csv", "xlsx:Calc MS Excel 2007 XML", "--infilter=CSV:44,34,76,1")
    assert [row[0] for row in read(tmp_path / "out" / "a.xlsx")["标题"][3:-1]] == harmless
    assert (tmp_path / "out" / "a.pdf").read_bytes().startswith(b"%PDF")
    calculated = read(tmp_path / "out" / "b.xlsx")["b"]
    assert [row[0] for row in calculated[:2]] == ["问题", "'=1+1"]


def converted(folder: Path, source: str, kind: str, *options: str) -> None:
    """Let LibreOffice open a file and save it in ``out``; what its dialog asks of CSV is an option."""
    argv = [str(LIBREOFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless", *options, "--convert-to"]
    made = [*argv, kind, "--outdir", str(folder / "out"), str(folder / source)]
    subprocess.run(made, check=True, capture_output=True, env={**os.environ, "HOME": str(folder)}, timeout=300)
