"""Files that mean harm, or are not what their name says: refused in words, in bounded memory, and nothing written."""

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Run
from tests.county import fingerprint, lay
from tests.drawing import drawn
from tests.imports.sheets import book, comma

from fugong import db

HEADER = ["企业", "问题", "发现日期"]
ROW = ["甲厂", "夜班", "2020-03-05"]
_SHEET = "xl/worksheets/sheet1.xml"


def rewritten(path: Path, change: Callable[[str, bytes], bytes], more: Iterable[tuple[str, bytes]] = ()) -> Path:
    """A good workbook with parts changed."""
    with ZipFile(book(path, [HEADER, ROW])) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in (*((name, change(name, data)) for name, data in parts), *more):
            archive.writestr(name, data)
    return path


def with_rows(path: Path, rows: bytes) -> Path:
    """A workbook with these rows in its sheet besides."""
    return rewritten(
        path, lambda name, data: data.replace(b"</sheetData>", rows + b"</sheetData>") if name == _SHEET else data
    )


def empty_formatted(path: Path) -> Path:
    rows = b"".join(
        b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/></row>' % (at, at) for at in range(3, 1048577)
    )
    return with_rows(path, rows)


def far_cell(path: Path) -> Path:
    return with_rows(path, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def wide(path: Path) -> Path:
    return with_rows(path, b'<row r="3"><c r="XFD3"><v>1</v></c></row>')


def unnumbered(path: Path) -> Path:
    return with_rows(path, b"<row>" + b"<c><v>1</v></c>" * 5000 + b"</row>")


def inflated(path: Path) -> Path:
    return rewritten(path, lambda _, data: data, [("xl/more.xml", b"<si><t>" + b"0" * (90 << 20))])


def endless_row(path: Path) -> Path:
    return with_rows(path, b'<row r="3"><c r="A3" t="inlineStr"><is><t>' + b"0" * (20 << 20) + b"</t></is></c></row>")


def many_parts(path: Path) -> Path:
    return rewritten(path, lambda _, data: data, [(f"xl/{at}.bin", b"") for at in range(3000)])


def lying(path: Path) -> Path:
    """A part that is longer than the file says."""
    rewritten(path, lambda _, data: data)
    data = bytearray(path.read_bytes())
    with ZipFile(path) as archive:
        size = archive.getinfo(_SHEET).file_size.to_bytes(4, "little")
    place = data.rindex(size)
    data[place : place + 4] = (10).to_bytes(4, "little")
    path.write_bytes(data)
    return path


def damaged_part(path: Path) -> Path:
    """A part that is not the one its checksum was taken of."""
    rewritten(path, lambda _, data: data)
    data = bytearray(path.read_bytes())
    with ZipFile(path) as archive:
        place = data.rindex(archive.getinfo(_SHEET).CRC.to_bytes(4, "little"))
    data[place] ^= 1
    path.write_bytes(data)
    return path


def many_texts(path: Path) -> Path:
    """A part that claims to have more texts than there is room for anywhere."""
    return rewritten(path, lambda _, data: data.replace(b'uniqueCount="', b'uniqueCount="9999999999'))


def of_another_kind(path: Path) -> Path:
    return rewritten(path, lambda _, data: data, [("xl/workbook.bin", b"")])


def billion_laughs(path: Path) -> Path:
    entities = b"<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    return rewritten(
        path, lambda name, data: data.replace(b"<sst", entities + b"<sst") if "sharedStrings" in name else data
    )


BOMBS: dict[Callable[[Path], Path], str] = {
    empty_formatted: "工作表超过 200000 行",
    far_cell: "工作表超过 200000 行",
    wide: "工作表超过 200 列",
    unnumbered: "工作表超过 200 列",
    inflated: "展开后太大",
    endless_row: "展开后太大",
    many_parts: "文件已损坏",
    lying: "文件已损坏",
    damaged_part: "文件已损坏",
    many_texts: "文件已损坏",
    of_another_kind: "里面没有 Excel 工作簿",
}
MEMORY = 220 << 20
"""What the whole program may use while it refuses: most of it is the program itself."""


@pytest.mark.one_engine
@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: str(bomb.__name__))
def test_a_bomb_is_refused_within_bounded_memory(county: Path, tmp_path: Path, bomb: Callable[[Path], Path]) -> None:
    path = bomb(tmp_path / "a.xlsx")
    before = fingerprint(county)
    process = subprocess.Popen(
        [sys.executable, "-m", "fugong", "import", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY)),
    )
    out, err = process.communicate()
    assert (process.returncode, out) == (1, b"")
    assert BOMBS[bomb] in err.decode()
    assert fingerprint(county) == before


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.words
@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (FAR.replace(b'"', b"'"), "工作表超过 200000 行"),
        (FAR.replace(b"=", b" = "), "工作表超过 200000 行"),
        (FAR.replace(b" ", b' a=" r=" '), "工作表超过 200000 行"),
        ('<é:row r="9"><é:c r="A9999999"><é:v>1</é:v></é:c></é:row>'.encode(), "工作表超过 200000 行"),
        (b'<row r="3"><c r="C1048576"><v>1</v></c></row>', "工作表超过 200000 行"),
        (b'<row r="199999"/>' + b"<row><c><v>1</v></c></row>" * 9, "工作表超过 200000 行"),
        (b'<row r="3"><c r="xfd3"><v>1</v></c></row>', "工作表超过 200 列"),
        (b'<row r="3"><c r="XFD3"><v>1</v></c><c r="A3"><v>1</v></c></row>', "工作表超过 200 列"),
        (b'<c r="XFD3"><v>1</v></c>', "工作表超过 200 列"),
        (b'<row r="3"><c r="GP3"><v>1</v></c>' + b"<c><v>1</v></c>" * 9 + b"</row>", "工作表超过 200 列"),
        (b'<row r="199999"><c r="GP199999"><v>1</v></c></row>', "展开后太大"),
    ],
)
def test_a_cell_far_away_is_seen_however_it_is_written(
    county: Path, tmp_path: Path, fugong: Run, rows: bytes, reason: str
) -> None:
    result = fugong("import", str(with_rows(tmp_path / "a.xlsx", rows)))
    assert (result.exit_code, reason in result.stderr) == (1, True), result.stderr


@pytest.mark.parametrize("name", ["worksheets/sheet1.bin", "chartsheets/sheet1.xml", "w/sheet1.xml", "sharedStrings2"])
def test_a_sheet_is_seen_whatever_its_part_is_called(county: Path, tmp_path: Path, fugong: Run, name: str) -> None:
    path = with_rows(tmp_path / "a.xlsx", FAR)
    with ZipFile(path) as archive:
        parts = [(part, archive.read(part)) for part in archive.namelist()]
    with ZipFile(path, "w") as archive:
        for part, data in parts:
            renamed = data.replace(b"worksheets/sheet1.xml", name.encode())
            archive.writestr(f"xl/{name}" if part == _SHEET else part, renamed)
    result = fugong("import", str(path))
    assert (result.exit_code, "工作表超过 200000 行" in result.stderr) == (1, True), result.stderr


def test_rows_and_cells_that_do_not_say_where_they_are_stand_one_after_the_other(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    cells = b"".join(
        b'<c t="inlineStr"><is><t>%s</t></is></c>' % text.encode() for text in ("甲厂", "另一", "2020-03-05")
    )
    assert fugong("import", str(with_rows(tmp_path / "a.xlsx", b"<row>%s</row>" % cells))).exit_code == 0
    assert "另一" in fugong("list", "--status", "all").stdout


def test_entities_are_not_expanded(county: Path, tmp_path: Path, fugong: Run) -> None:
    assert fugong("import", str(billion_laughs(tmp_path / "a.xlsx"))).exit_code in (0, 1)


FORGED = [
    ("a.xls", "<html><p>企业</p><a href='a.htm'>问题</a></html>".encode(), "它其实是网页，里面没有表格"),
    ("a.xls", b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "它其实是 XML 表格"),
    ("a.xlsx", "企业,问题,发现日期\n".encode(), "它其实是文字，不是 Excel 工作簿"),
    ("a.xlsx", b"PK\x03\x04" + b"\0" * 100, "文件已损坏"),
    ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "文件已损坏"),
    ("a.csv", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "它其实是 Excel 工作簿"),
    ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0", "它其实是图片"),
    ("a.csv", b"\0\1\2", "它不是文字"),
    ("a.xlsx", b"%PDF-1.7\n", "它其实是 PDF"),
    ("a.csv", b"7z\xbc\xaf\x27\x1c", "它其实是压缩包；请先解压"),
    ("a.xls", b"MIME-Version: 1.0\r\n", "它其实是单个文件网页"),
    ("a.xls", b"{\\rtf1 }", "它其实是 Word 文档"),
    ("a.csv", b"", "文件是空的"),
    ("a.csv", b"\xff\x00" * 10 + b"\x81", "它不是文字"),
    ("a.csv", b"\x81\x20\xff\xff", "不是 UTF-8，也不是 GB18030"),
    ("a.csv", b'a,b,"' + b"0" * (2 << 20), "它不是 CSV"),
    ("a.csv", "企业,问题\n".encode() + b"," * (5 << 20), "有一行太长，或超过 200 列"),
    ("a.csv", "企业,问题\n".encode() + b"," * 20_000, "有一行太长，或超过 200 列"),
    ("a.csv", "企业,问题\n".encode() + b"," * 300 + b"x", "有一行太长，或超过 200 列"),
]


@pytest.mark.one_engine
@pytest.mark.parametrize(("name", "content", "reason"), FORGED)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    county: Path, tmp_path: Path, fugong: Run, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    result = fugong("import", str(path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert reason in result.stderr


def test_blank_columns_to_the_right_of_a_ledger_do_no_harm(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [[*line, *[""] * 1000] for line in (HEADER, ROW)]
    assert fugong("import", str(comma(tmp_path / "a.csv", rows))).exit_code == 0


def test_no_text_of_a_ledger_has_a_character_that_ends_it(county: Path, tmp_path: Path, fugong: Run) -> None:
    before = fingerprint(county)
    (tmp_path / "a.csv").write_bytes("企业,问题,发现日期\n甲厂,夜\0班,2020-03-05\n".encode())
    assert fugong("import", str(tmp_path / "a.csv")).exit_code == 1
    assert fingerprint(county) == before


def test_a_workbook_named_csv_and_a_zip_named_xlsx_are_refused(county: Path, tmp_path: Path, fugong: Run) -> None:
    good = book(tmp_path / "a.xlsx", [HEADER, ROW])
    renamed = good.rename(tmp_path / "a.csv")
    assert "请把后缀改成 .xlsx" in fugong("import", str(renamed)).stderr
    with ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("a.txt", "甲")
    assert "里面没有 Excel 工作簿" in fugong("import", str(tmp_path / "b.xlsx")).stderr


def test_formulas_and_links_are_values_and_stay_text(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [HEADER, ["甲厂", '=HYPERLINK("http://x")', "2020-03-05"], ["甲厂", "=cmd|' /C calc'!A0", "2020-03-05"]]
    assert fugong("import", str(book(tmp_path / "a.xlsx", rows))).exit_code == 0
    listed = json.loads(fugong("list", "--status", "all", "--format", "json").stdout)["items"]
    assert [each["text"] for each in listed if each["id"] in ("1-4", "1-5")] == [rows[1][1], rows[2][1]]


def test_a_formula_gives_its_result_and_one_without_is_told(county: Path, tmp_path: Path, fugong: Run) -> None:
    row = (
        b'<row r="3"><c r="A3" t="inlineStr"><is><t>\xe7\x94\xb2\xe5\x8e\x82</t></is></c>'
        b'<c r="B3" t="str"><f>1&amp;2</f><v>12</v></c><c r="C3"><f>TODAY()</f></c></row>'
    )
    result = fugong("import", str(with_rows(tmp_path / "a.xlsx", row)))
    assert result.exit_code == 0
    assert "单元格 C3 的公式没有算出结果，按空白读" in result.stderr
    listed = json.loads(fugong("list", "--status", "all", "--format", "json").stdout)["items"]
    assert [each["text"] for each in listed if each["id"] == "1-5"] == ["12"]


def test_macros_are_never_run_and_the_values_read(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = rewritten(tmp_path / "a.xlsx", lambda _, data: data, [("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")])
    assert fugong("import", str(path.rename(tmp_path / "a.xlsm"))).exit_code == 0


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_numbers_that_lost_digits_are_refused_with_their_place(
    county: Path, tmp_path: Path, fugong: Run, suffix: str
) -> None:
    number = "1.40101E+17" if suffix == ".csv" else 140101199001011234
    rows: list[list[Any]] = [[*HEADER, "责任人", "备注"], [*ROW, 13800000000, number]]
    path = comma(tmp_path / "a.csv", rows) if suffix == ".csv" else book(tmp_path / "a.xlsx", rows)
    result = fugong("import", str(path))
    assert result.exit_code == 1
    assert "第 2 行，备注「1.40101" in result.stderr
    assert "数字太长，末几位已经丢失" in result.stderr
    assert "责任人" not in result.stderr


def test_a_csv_with_too_many_faults_lists_a_thousand(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [HEADER, *(["甲厂", f"问题{at}", "坏"] for at in range(1200))]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)))
    assert (result.exit_code, result.stderr.splitlines()[-2]) == (1, "……还有 200 处")


def test_an_interrupted_import_writes_nothing(
    county: Path, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fugong.imports.problems import Problems

    take, taken = Problems.take, list[int]()

    def interrupted(self: Problems, *given: Any) -> object:
        taken.append(1)
        if len(taken) == 3:
            raise KeyboardInterrupt
        return take(self, *given)

    monkeypatch.setattr(Problems, "take", interrupted)
    before = fingerprint(county)
    rows = [HEADER, *(["甲厂", f"问题{at}", "2020-03-05"] for at in range(5))]
    result = fugong("import", str(comma(tmp_path / "a.csv", rows)))
    assert (result.exit_code, result.stdout) == (130, "")
    assert fingerprint(county) == before


@pytest.mark.one_engine
@given(st.data())
@drawn(40)
def test_a_damaged_workbook_is_taken_or_refused_but_never_a_crash(
    store: Path, tmp_path: Path, fugong: Run, data: st.DataObject
) -> None:
    if not db.exists(str(store)):
        lay(store)
    whole = bytearray(book(tmp_path / "a.xlsx", [HEADER, ROW]).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "a.xlsx").write_bytes(whole[: data.draw(st.sampled_from([len(whole), len(whole) // 2]))])
    assert fugong("import", str(tmp_path / "a.xlsx"), "--dry-run").exit_code in (0, 1, 6)


@pytest.mark.one_engine
@given(st.binary(max_size=300))
@drawn(40)
def test_any_bytes_after_a_header_are_taken_or_refused_but_never_a_crash(
    store: Path, tmp_path: Path, fugong: Run, tail: bytes
) -> None:
    if not db.exists(str(store)):
        lay(store)
    path = tmp_path / "a.csv"
    path.write_bytes("企业,问题,发现日期,整改时限,状态\r\n".encode() + tail)
    assert fugong("import", str(path), "--dry-run").exit_code in (0, 1, 6)
