"""Texts that would act on a terminal, a spreadsheet or a document do nothing in any format, anywhere."""

import os
import pty
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.output.conftest import FakeTerminal
from tests.output.samples import HOSTILE

from fugong import output
from fugong.output.cells import visible
from fugong.results.report import Cell, Column, Report, Term
from fugong.values.texts import CONTROLS_IN_LINES
from fugong.vocab import Format, Words

COLOUR = re.compile(r"\x1b\[[0-9;]*m")

ROOT = Path(__file__).parents[2]
"""Where ``tests`` can be imported from."""

TEXTUAL = [fmt for fmt in Format if fmt is not Format.XLSX]
"""The formats that are text; a spreadsheet is tested in test_xlsx.py."""

HARMLESS = {"markup", "bad markup", "link markup", "brackets", "emoji code", "formula", "html", "newline and tab"}


def hostile_everywhere(text: str) -> Report:
    """The text in every place that data can reach."""
    words = Words(text, text)
    return Report(
        words,
        [
            Column("text", Words("问题", "Problem")),
            Column("term", words, Cell.TERM),
            Column("list", Words("单位", "Units"), Cell.LIST),
            Column("on", Words("日期", "Date"), Cell.DATE),
        ],
        [(text, Term(text, text, text), (text, text), text)],
        total=(text, None, (), None),
        facts={"as_of": text, text: [text]},
        notes=[words],
        footer=Report(words, [Column("text", words)], [(text,)]),
    )


def acting(text: str) -> list[str]:
    """The characters of a text that would act."""
    return [unicodedata.name(found, repr(found)) for found in re.findall(CONTROLS_IN_LINES, text)]


def written(report: Report, fmt: Format, stream: FakeTerminal) -> str:
    output.write(report, fmt=fmt)
    return stream.getvalue()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("fmt", TEXTUAL)
def test_nothing_acts_in_a_pipe(capfd: pytest.CaptureFixture[str], fmt: Format, text: str) -> None:
    output.write(hostile_everywhere(text), fmt=fmt)
    out, err = capfd.readouterr()
    assert acting(out.replace("\r\n", "\n")) == []
    assert err == ""


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("fmt", TEXTUAL)
@pytest.mark.parametrize("width", [20, 40, 200])
def test_nothing_acts_on_a_terminal(
    terminal: Callable[[int], FakeTerminal], fmt: Format, text: str, width: int
) -> None:
    out = written(hostile_everywhere(text), fmt, terminal(width))
    assert acting(COLOUR.sub("", out).replace("\r\n", "\n")) == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("width", [20, 40, 200])
def test_a_table_shows_the_text_character_for_character(
    terminal: Callable[[int], FakeTerminal], text: str, width: int
) -> None:
    report = Report(Words("标题", "Title"), [Column("text", Words("问题", "Problem"))], [(text,)])
    _, _, _, *lines = COLOUR.sub("", written(report, Format.TABLE, terminal(width))).split("\n")
    assert "".join("".join(lines).split()) == "".join(visible(text).split())


def test_every_other_payload_really_acts() -> None:
    assert {name for name, text in HOSTILE.items() if not acting(text)} == HARMLESS


def test_a_real_terminal_shows_the_whole_ledger_harmlessly() -> None:
    """Through a pseudo-terminal 40 columns wide, in a process of its own."""
    script = (
        "from fugong import output\n"
        "from tests.output.samples import HOSTILE, texts\n"
        "output.write(texts(*HOSTILE.values()))\n"
    )
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": "40", "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen([sys.executable, "-c", script], stdout=theirs, stderr=theirs, env=environment, cwd=ROOT)
    os.close(theirs)
    screen = b"".join(iter(lambda: _read(ours), b"")).decode()
    os.close(ours)
    assert process.wait() == 0
    assert acting(COLOUR.sub("", screen).replace("\r\n", "\n")) == []
    assert "".join(visible("".join(HOSTILE.values())).split()) in "".join(COLOUR.sub("", screen).split())


def _read(terminal: int) -> bytes:
    """What the other side has written; nothing once it has gone, which Linux reports as an error."""
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""
