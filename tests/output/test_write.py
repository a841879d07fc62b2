"""``write`` picks the format and the place; every format goes to every place."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.output.conftest import FakeTerminal
from tests.output.samples import problems, progress, texts

from fugong import output
from fugong.errors.files import (
    CannotWrite,
    EncodingNeedsCsv,
    FormatOfAnotherSuffix,
    NeedsFile,
    OutputExists,
    UnknownSuffix,
)
from fugong.output import SUFFIXES
from fugong.vocab import Encoding, Format, Language

ROOT = Path(__file__).parents[2]
"""Where ``tests`` can be imported from."""

FIRST_LINES = {
    Format.TABLE: "问题台账\n",
    Format.PLAIN: "编号\t企业\t问题\t状态\t亮灯\t发现日期\n",
    Format.CSV: "\ufeff编号,企业,问题,类别,状态,亮灯,协办单位,发现日期,日期为约数,录入时间,名次\r\n",
    Format.JSON: "{\n",
    Format.MD: "## 问题台账\n",
    Format.TEXT: "编号\t企业\t问题\t状态\t亮灯\t发现日期\n",
}

TEXTUAL = [fmt for fmt in Format if fmt is not Format.XLSX]
"""The formats that are text; a spreadsheet is tested in test_xlsx.py."""


def first_line(path: Path) -> str:
    return path.read_bytes().decode().splitlines(keepends=True)[0]


@pytest.mark.parametrize("fmt", TEXTUAL)
def test_every_format_goes_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes], fmt: Format) -> None:
    output.write(problems(), fmt=fmt)
    out, err = capfdbinary.readouterr()
    assert out.decode().startswith(FIRST_LINES[fmt])
    assert err == b""


@pytest.mark.parametrize("fmt", TEXTUAL)
def test_every_format_goes_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str], fmt: Format) -> None:
    output.write(problems(), fmt=fmt, out=tmp_path / "台账.out")
    assert first_line(tmp_path / "台账.out") == FIRST_LINES[fmt]
    assert b"\x1b" not in (tmp_path / "台账.out").read_bytes()
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("fmt", Format)
def test_a_file_and_a_pipe_get_the_same_bytes_every_time(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], fmt: Format
) -> None:
    output.write(progress(), fmt=fmt, out=tmp_path / "one")
    output.write(progress(), fmt=fmt)
    assert capfdbinary.readouterr().out == (tmp_path / "one").read_bytes()


@pytest.mark.parametrize(
    ("name", "fmt"),
    [
        ("台账.csv", Format.CSV),
        ("台账.CSV", Format.CSV),
        ("a.b.json", Format.JSON),
        ("a.md", Format.MD),
        ("a.txt", Format.PLAIN),
        ("a.tsv", Format.PLAIN),
    ],
)
def test_the_suffix_tells_the_format(tmp_path: Path, name: str, fmt: Format) -> None:
    output.write(problems(), out=tmp_path / name)
    assert first_line(tmp_path / name) == FIRST_LINES[fmt]


@pytest.mark.parametrize("name", ["台账.xlsx", "台账.csv", "台账.md", "台账.tsv", "台账.json"])
@pytest.mark.parametrize("fmt", Format)
def test_no_file_is_in_another_format_than_its_name_says(tmp_path: Path, name: str, fmt: Format) -> None:
    path = tmp_path / name
    named = SUFFIXES[path.suffix]
    if fmt in (named, Format.JSON) or (fmt, named) == (Format.TEXT, Format.MD):
        output.write(problems(), fmt=fmt, out=path)
        kept = path.read_bytes()
        assert (
            kept.startswith(b"PK")
            if named is Format.XLSX
            else first_line(path) == FIRST_LINES[output.format_of(fmt, path)]
        )
        assert fmt is Format.TEXT or output.format_of(fmt, path) is named
        return
    with pytest.raises(FormatOfAnotherSuffix) as refusal:
        output.write(problems(), fmt=fmt, out=path)
    assert f"{path.suffix}，--format 却是 {fmt.value}" in refusal.value.sentence(chinese=True)
    assert f"{path.suffix}, but --format says {fmt.value}" in refusal.value.sentence(chinese=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["台账.pdf", "台账", ".csv"])
def test_a_suffix_that_tells_nothing_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownSuffix) as refusal:
        output.write(problems(), out=tmp_path / name)
    assert refusal.value.sentence(chinese=True) == (
        f"从「{tmp_path / name}」的后缀看不出格式。请用 .xlsx、.csv、.json、.md、.txt、.tsv 之一，或加 --format。"
    )
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_replaced_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    output.write(problems(), out=path)
    with pytest.raises(OutputExists):
        output.write(progress(), out=path)
    output.write(progress(), out=path, force=True)
    assert first_line(path) == "## 进展\n"


def test_a_terminal_gets_a_table_and_a_pipe_plain_lines(
    terminal: Callable[[int], FakeTerminal], capsys: pytest.CaptureFixture[str]
) -> None:
    output.write(problems())
    assert capsys.readouterr().out.startswith(FIRST_LINES[Format.PLAIN])
    screen = terminal(80)
    output.write(problems())
    assert screen.getvalue().startswith("\x1b[1m问题台账\x1b[0m\n")


def test_a_file_is_uncoloured_even_when_written_from_a_terminal(
    tmp_path: Path, terminal: Callable[[int], FakeTerminal]
) -> None:
    screen = terminal(20)
    output.write(problems(), fmt=Format.TABLE, out=tmp_path / "a")
    assert "甲厂有限责任公司  原材料紧张，需协调" in (tmp_path / "a").read_text()
    assert screen.getvalue() == ""


@pytest.mark.parametrize("fmt", [Format.PLAIN, Format.CSV, Format.MD])
def test_headings_can_be_in_the_other_language(capsys: pytest.CaptureFixture[str], fmt: Format) -> None:
    output.write(problems(), fmt=fmt, header=Language.EN)
    assert "Enterprise" in capsys.readouterr().out


def narrow_stdout(monkeypatch: pytest.MonkeyPatch, encoding: str) -> io.BytesIO:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding, errors="backslashreplace"))
    return raw


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1", "utf_8", "UTF-8"])
def test_json_is_valid_in_every_encoding(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    raw = narrow_stdout(monkeypatch, encoding)
    output.write(texts("甲厂 𠮷 ✓ é"), fmt=Format.JSON)
    assert json.loads(raw.getvalue())["items"] == [{"text": "甲厂 𠮷 ✓ é"}]


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_csv_is_utf8_in_every_encoding(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    raw = narrow_stdout(monkeypatch, encoding)
    output.write(texts("甲厂 𠮷"), fmt=Format.CSV)
    assert raw.getvalue() == "\ufeff问题\r\n甲厂 𠮷\r\n".encode()


@pytest.mark.parametrize("fmt", TEXTUAL)
def test_a_stream_of_text_only_takes_every_format(monkeypatch: pytest.MonkeyPatch, fmt: Format) -> None:
    stream = io.StringIO(newline="")
    monkeypatch.setattr(sys, "stdout", stream)
    output.write(problems(), fmt=fmt)
    assert stream.getvalue().startswith(FIRST_LINES[fmt])


@pytest.mark.parametrize("encoding", Encoding)
def test_csv_is_in_the_encoding_asked_for_and_has_a_mark_in_utf8_only(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], encoding: Encoding
) -> None:
    expected = ("\ufeff" if encoding is Encoding.UTF_8 else "") + "问题\r\n甲厂 𠮷 ✓\r\n"
    output.write(texts("甲厂 𠮷 ✓"), fmt=Format.CSV, encoding=encoding)
    output.write(texts("甲厂 𠮷 ✓"), out=tmp_path / "a.csv", encoding=encoding)
    assert capfdbinary.readouterr().out == (tmp_path / "a.csv").read_bytes() == expected.encode(encoding.value)


def test_what_no_encoding_holds_is_made_visible(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    output.write(texts("甲\ud800厂"), fmt=Format.CSV, encoding=Encoding.GB18030)
    assert capfdbinary.readouterr().out.decode("gb18030") == "问题\r\n甲<U+D800>厂\r\n"


@pytest.mark.parametrize("fmt", [fmt for fmt in (None, *Format) if fmt is not Format.CSV])
def test_an_encoding_goes_with_csv_only(fmt: Format | None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(EncodingNeedsCsv):
        output.write(problems(), fmt=fmt, encoding=Encoding.GB18030)
    assert capsys.readouterr() == ("", "")


def test_a_spreadsheet_is_not_shown_on_a_terminal(terminal: Callable[[int], FakeTerminal]) -> None:
    screen = terminal(80)
    with pytest.raises(NeedsFile):
        output.write(problems(), fmt=Format.XLSX)
    assert screen.getvalue() == ""


def test_formats_of_one_table_take_the_one_table(capsys: pytest.CaptureFixture[str]) -> None:
    report = problems()._replace(flat=texts("齐全"))
    for fmt in (Format.CSV, Format.JSON):
        output.write(report, fmt=fmt)
        assert "齐全" in capsys.readouterr().out
    output.write(report, fmt=Format.PLAIN)
    assert "齐全" not in capsys.readouterr().out


@pytest.mark.parametrize("fmt", Format)
def test_a_full_disk_behind_standard_output_is_said(monkeypatch: pytest.MonkeyPatch, fmt: Format) -> None:
    with Path("/dev/full").open("wb", buffering=0) as full:
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(full, encoding="utf-8", write_through=True))
        with pytest.raises(CannotWrite) as refusal:
            output.write(problems(), fmt=fmt)
    assert refusal.value.sentence(chinese=True) == "写不了 标准输出：磁盘满了。"
    assert refusal.value.sentence(chinese=False) == "Cannot write standard output: the disk is full."


@pytest.mark.parametrize("fmt", Format)
def test_a_reader_that_has_gone_is_the_callers_business(monkeypatch: pytest.MonkeyPatch, fmt: Format) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb", buffering=0) as pipe:
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(pipe, encoding="utf-8", write_through=True))
        with pytest.raises(BrokenPipeError):
            output.write(problems(), fmt=fmt)


def test_importing_output_brings_in_no_writer() -> None:
    script = (
        "import sys, fugong.output; print(sorted({'rich', 'csv', 'json', 'tempfile', 'zipfile'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout, found.stderr) == (0, "[]\n", "")


def test_plain_lines_bring_in_neither_rich_nor_the_encoders() -> None:
    script = (
        "import sys\n"
        "from fugong import output\n"
        "from tests.output.samples import problems\n"
        "output.write(problems())\n"
        "print(sorted({'rich', 'csv', 'json', 'tempfile'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (found.returncode, found.stdout.splitlines()[-1], found.stderr) == (0, "[]", "")
