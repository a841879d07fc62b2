"""Rows that are written beside XlsxWriter are, byte for byte, those that it would have written."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from fugong.output.sheet import _literal
from fugong.output.sheet_rows import RowStream

ROWS: Sequence[Sequence[str | int]] = [
    ["甲厂", 3, "", 'a<b>&"c"\''],
    [" 前后 ", -1, "一\n二", "\t"],
    ["_x0041_", 0, "<r>", "<r><t>x</t></r>"],
    ["甲厂", 2**40, "多" * 41, "\x01\ufffe"],
    ["甲厂", 1, "𠮷" * 16383, "末"],
]


def sheet(path: Path, *, streamed: bool) -> str:
    """The XML of a sheet with a heading, these rows, the second of them tall, and one below."""
    book = Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    page, looks = book.add_worksheet(), [book.add_format({"bold": True}), book.add_format({"num_format": "@"})]
    page.set_default_row(18)
    page.write_string(0, 0, "标题", looks[0])
    stream = RowStream(page, 4, _literal)
    for number, row in enumerate(ROWS, 1):
        height = 30.0 if number == 2 else None
        cells = [(value, looks[at % 2]) for at, value in enumerate(row)]
        if streamed:
            assert stream.write(number, cells, height) is None
            continue
        for at, (value, look) in enumerate(cells):
            if value == "":
                page.write_blank(number, at, None, look)
            elif isinstance(value, str):
                page.write_string(number, at, _literal(value), look)
            else:
                page.write_number(number, at, value, look)
        if height:
            page.set_row(number, height)
    page.write_number(len(ROWS) + 1, 1, 5, looks[0])
    book.close()
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def test_the_sheet_is_the_one_that_xlsxwriter_writes(tmp_path: Path) -> None:
    assert sheet(tmp_path / "a.xlsx", streamed=True) == sheet(tmp_path / "b.xlsx", streamed=False)


@pytest.mark.parametrize(("text", "failed"), [("多" * 32767, None), ("多" * 32768, 1), ("𠮷" * 16384, 1)])
def test_a_text_that_excel_does_not_take_is_told_by_its_place(tmp_path: Path, text: str, failed: int | None) -> None:
    with Workbook(str(tmp_path / "a.xlsx"), {"constant_memory": True}) as book:
        look = book.add_format()
        stream = RowStream(book.add_worksheet(), 2, _literal)
        assert stream.write(0, [("", look), (text, look)], None) == failed
        assert stream.write(1_048_576, [("", look), ("", look)], None) == -1
