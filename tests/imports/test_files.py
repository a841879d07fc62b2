"""Files as other programs write them: OpenDocument, web pages named .xls, semicolons, odd quotes; and what is none."""

import csv
import io
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Run
from tests.county import lay
from tests.drawing import drawn
from tests.imports.sheets import book
from tests.imports.test_account import texts

from fugong import db
from fugong.imports.files.delimited import _odd

HEADER = ["企业名称", "问题描述", "发现日期"]
_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)


def cell(text: str = "", given: str = "") -> str:
    return (
        f"<table:table-cell {given}><text:p>{text}</text:p></table:table-cell>"
        if text
        else f"<table:table-cell {given}/>"
    )


def row(*cells: str, given: str = "") -> str:
    return f"<table:table-row {given}>{''.join(cells)}</table:table-row>"


HEAD = row(*map(cell, HEADER))
GOOD = row(cell("甲厂"), cell("一"), cell("2020-03-05"))


def ods(path: Path, rows: str, prologue: str = "") -> Path:
    """A spreadsheet in the OpenDocument format with these rows in its one table."""
    content = (
        f'<?xml version="1.0"?>{prologue}<office:document-content {_NAMES}><office:body><office:spreadsheet>'
        f'<table:table table:name="台账">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


def page(path: Path, body: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(f"<html><head><meta charset=x></head><body>{body}</body></html>".encode(encoding))
    return path


def table(*rows: list[str], given: str = "") -> str:
    lines = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in each) + "</tr>" for each in rows)
    return f"<table {given}>{lines}</table>"


def found(fugong: Run) -> list[tuple[str, str]]:
    items = json.loads(fugong("list", "--status", "all", "--format", "json").stdout)["items"]
    known = ("1-1", "1-2", "1-3", "2-1", "2-2")
    return [(each["enterprise"], each["text"]) for each in items if each["id"] not in known]


def test_an_opendocument_spreadsheet_is_read_with_merged_cells_and_hidden_rows(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    covered = "<table:covered-table-cell/>"
    noted = (
        "<table:table-cell><office:annotation><text:p>批注</text:p></office:annotation>"
        '<text:p>二<text:s text:c="2"/>上</text:p><text:p>下</text:p></table:table-cell>'
    )
    rows = (
        HEAD
        + row(
            cell("甲厂", 'table:number-rows-spanned="2" table:number-columns-spanned="1"'),
            cell("一"),
            cell("3月5日", 'office:value-type="date" office:date-value="2020-03-05"'),
        )
        + row(covered, noted, cell("2020-03-06"), given='table:visibility="filter"')
        + row(cell(given='table:number-columns-repeated="1024"'), given='table:number-rows-repeated="1048000"')
    )
    result = fugong("import", str(ods(tmp_path / "a.ods", rows)))
    assert result.exit_code == 0, result.stderr
    assert found(fugong) == [("某县甲厂有限公司", "一"), ("某县甲厂有限公司", "二  上\n下")]
    assert "隐藏的行也导入了：第 3 行" in result.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_web_page_named_xls_is_read_as_its_tables(county: Path, tmp_path: Path, fugong: Run, encoding: str) -> None:
    body = (
        "<script>document.write('<table><tr><td>坏</td></tr></table>')</script><style>td {}</style>"
        + table(["导航", "<a href='http://example.invalid/a.css'>首页</a>"])
        + "<table><tr><td colspan=3>某县台账</td></tr><tr><th>企业名称<th>问题描述<th>发现日期</tr>"
        "<tr><td rowspan='2'>甲厂</td><td>一<br>下&amp;甲</td><td>2020-03-05</td></tr>"
        "<tr style='display: none'><td>二</td><td>2020-03-05</td></tr></table>"
    )
    path = page(tmp_path / "a.xls", body, encoding)
    result = fugong("import", str(path))
    assert result.exit_code == 0, result.stderr
    assert found(fugong) == [("某县甲厂有限公司", "一\n下&甲"), ("某县甲厂有限公司", "二")]
    assert result.stderr.startswith("它其实是网页，读了里面的表格\n")
    assert "隐藏的行也导入了：第 4 行" in result.stderr


def test_a_table_within_a_cell_is_a_table_of_its_own(county: Path, tmp_path: Path, fugong: Run) -> None:
    inner = table(HEADER, ["甲厂", "一", "2020-03-05"])
    assert fugong("import", str(page(tmp_path / "a.xls", table([inner, "右"])))).exit_code == 0
    assert texts(fugong) == ["一"]


def test_texts_with_tabs_are_often_named_xls(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes("企业名称\t问题描述\t发现日期\r\n甲厂\t一\t2020-03-05\r\n".encode("gb18030"))
    result = fugong("import", str(path))
    assert (result.exit_code, texts(fugong)) == (0, ["一"])
    assert "它其实是用制表符分开的文字" in result.stderr


@pytest.mark.parametrize(
    "lines",
    [
        "企业名称;问题描述;发现日期\n甲厂;一，二;2020-03-05\n",
        "sep=;\n企业名称;问题描述;发现日期\n甲厂;一，二;2020-03-05\n",
        "企业名称\t问题描述\t发现日期\n甲厂\t一，二\t2020-03-05\n",
        '企业名称;问题描述;发现日期\n甲厂;"一，二";2020-03-05\n',
    ],
)
def test_the_mark_between_cells_is_found(county: Path, tmp_path: Path, fugong: Run, lines: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(lines, encoding="utf-8")
    assert fugong("import", str(path)).exit_code == 0
    assert texts(fugong) == ["一，二"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ('甲厂,"3"管道漏水,2020-03-05\n甲厂,二,2020-03-05\n', ['"3"管道漏水', "二"]),
        ('甲厂,"3""管道漏水",2020-03-05\n', ['3"管道漏水']),
        ('甲厂,3"管道漏水,2020-03-05\n甲厂,"4"管,2020-03-05\n', ['3"管道漏水', '"4"管']),
        ('甲厂,"一\n二",2020-03-05\n', ["一\n二"]),
        ('甲厂,"一"二"三",2020-03-05\n甲厂,四,2020-03-05', ['"一"二"三"', "四"]),
    ],
)
def test_quotes_that_quote_nothing_are_kept(
    county: Path, tmp_path: Path, fugong: Run, lines: str, expected: list[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",".join(HEADER) + "\n" + lines, encoding="utf-8")
    assert fugong("import", str(path)).exit_code == 0
    assert texts(fugong) == expected


@pytest.mark.parametrize(
    "lines",
    [
        '甲厂,一,2020-03-05\n甲厂,"3管道漏水,2020-03-05\n甲厂,三,2020-03-05\n',
        '甲厂,一,2020-03-05\n甲厂,"3管道漏水,2020-03-05\n甲厂,4管道",2020-03-05\n',
        '甲厂,一,2020-03-05\n甲厂,"3管道漏水,2020-03-05\n甲厂,三,2020-03-05\n甲厂,4管道",2020-03-05\n',
    ],
)
def test_a_quote_that_stays_open_is_refused_with_its_row(county: Path, tmp_path: Path, fugong: Run, lines: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",".join(HEADER) + "\n" + lines, encoding="utf-8")
    result = fugong("import", str(path))
    assert (result.exit_code, "第 3 行有一个引号没有配对" in result.stderr) == (1, True), result.stderr
    assert texts(fugong) == []


@given(st.lists(st.lists(st.text('",;\n\t ab甲', max_size=6), min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_as_csv_is_read_as_it_was(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(rows)
    rest, read = text.getvalue(), []
    while rest:
        record = _odd(rest, ",")
        assert record
        read.append(record[0])
        rest = rest[record[1] :]
    assert read == rows


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_small_old_workbook_of_libreoffice_is_read(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = book(tmp_path / "a.xlsx", [HEADER, ["甲厂", "一", "2020-03-05"]])
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "xls", "--outdir", str(tmp_path), str(path)]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    assert fugong("import", str(tmp_path / "a.xls")).exit_code == 0
    assert texts(fugong) == ["一"]


def test_a_workbook_with_the_suffix_of_the_other_sort_is_read_and_said(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    path = book(tmp_path / "a.xlsx", [HEADER, ["甲厂", "一", "2020-03-05"]]).rename(tmp_path / "a.xls")
    result = fugong("import", str(path))
    assert (result.exit_code, "它其实是 .xlsx 工作簿" in result.stderr) == (0, True), result.stderr
    assert texts(fugong) == ["一"]


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("word/document.xml", "它其实是 Word 文档"),
        ("ppt/presentation.xml", "它其实是演示文稿"),
        ("a.txt", "里面没有 Excel 工作簿"),
    ],
)
def test_another_document_is_told_what_it_is(county: Path, tmp_path: Path, fugong: Run, part: str, reason: str) -> None:
    with ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(part, "<a/>")
    result = fugong("import", str(tmp_path / "a.xlsx"))
    assert (result.exit_code, reason in result.stderr) == (1, True), result.stderr


def test_a_pipe_is_named_and_not_waited_for(county: Path, tmp_path: Path, fugong: Run) -> None:
    pipe = tmp_path / "ledger.csv"
    os.mkfifo(pipe)
    for command in ("import", "run"):
        result = fugong(command, str(pipe))
        assert (result.exit_code, result.stderr) == (1, f"错误：读不了 {pipe}：它不是普通文件。\n")


def inflated(path: Path) -> Path:
    """A spreadsheet with more content than is unpacked."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        with archive.open("content.xml", "w") as part:
            for _ in range(201):
                part.write(b" " * (1 << 20))
    return path


WIDE = "".join(cell(str(at)) for at in range(300))
DEEP = "<text:span>" * 5000 + "</text:span>" * 5000
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>"
BOMBS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "rows": (
        lambda path: ods(path, HEAD + row(cell("甲厂"), given='table:number-rows-repeated="1048576"')),
        "展开后太大|超过",
    ),
    "cells": (lambda path: ods(path, HEAD + row(cell("甲", 'table:number-columns-repeated="999999"'))), "超过 200 列"),
    "far": (lambda path: ods(path, HEAD + row(given='table:number-rows-repeated="999999"') + GOOD), "超过 200000 行"),
    "wide": (lambda path: ods(path, HEAD + row(WIDE)), "超过 200 列"),
    "deep": (
        lambda path: ods(path, HEAD + row(f"<table:table-cell><text:p>{DEEP}</text:p></table:table-cell>")),
        "文件已损坏",
    ),
    "entities": (lambda path: ods(path, HEAD + GOOD, LAUGHS), "文件已损坏"),
    "text": (lambda path: ods(path, HEAD + row(cell("甲" * (18 << 20)))), "展开后太大"),
    "inflated": (inflated, "展开后太大"),
    "page: large": (lambda path: page(path.with_suffix(".xls"), "甲" * (8 << 20)), "文件超过 20 MB"),
    "page: deep": (lambda path: page(path.with_suffix(".xls"), "<table><tr><td>" * 100_000), "展开后太大"),
    "page: spans": (
        lambda path: page(path.with_suffix(".xls"), "<table>" + "<tr><td rowspan=65000 colspan=190>1" * 50),
        "展开后太大",
    ),
    "page: open": (lambda path: page(path.with_suffix(".xls"), "<table><tr><td>" + "<!--" * (4 << 20)), "没有表格"),
    "page: tags": (lambda path: page(path.with_suffix(".xls"), "<table><tr><td>" + "<a b='" * (2 << 20)), "文件已损坏"),
    "page: tables": (lambda path: page(path.with_suffix(".xls"), "<table></table>" * 1_000_000), "展开后太大"),
}
MEMORY = 260 << 20
"""What the whole program may use while it refuses."""


@pytest.mark.words
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_of_another_format_is_refused_soon_and_within_bounded_memory(
    county: Path, tmp_path: Path, name: str
) -> None:
    make, reason = BOMBS[name]
    path = make(tmp_path / "a.ods")
    process = subprocess.Popen(
        [sys.executable, "-m", "fugong", "import", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY)),
    )
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (1, b""), err.decode()
    assert any(each in err.decode() for each in reason.split("|")), err.decode()


DAMAGE = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=5)


@given(DAMAGE)
@drawn(60)
def test_a_damaged_opendocument_or_page_is_taken_or_refused_but_never_a_crash(
    store: Path, tmp_path: Path, fugong: Run, damage: list[tuple[int, int]]
) -> None:
    if not db.exists(str(store)):
        lay(store)
    good: list[Any] = [
        ods(tmp_path / "a.ods", HEAD + GOOD),
        page(tmp_path / "a.xls", table(HEADER, ["甲厂", "一", ""])),
    ]
    for path in good:
        whole = bytearray(path.read_bytes())
        for place, value in damage:
            whole[place % len(whole)] = value
        path.write_bytes(whole)
        assert fugong("import", str(path), "--dry-run").exit_code in (0, 1, 6)
