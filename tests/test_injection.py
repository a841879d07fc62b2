"""Texts that would act on a terminal, a spreadsheet, a page, a query or a shell are inert through every command.

The commands are those of tests/walk.py, so that a new one is met here without being named.
"""

import csv
import io
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel
from tests.conftest import Run
from tests.county import behind, lay
from tests.output.test_page import Document
from tests.walk import ACTS, EXPORTS, REFUSALS, REPORTS, prepare

from fugong.keeping import transfer
from fugong.store.column_types import Json
from fugong.values.evidence import DIGEST, Piece
from fugong.values.texts import CONTROLS_IN_LINES

ACTING = "\x1b]8;;//x\x07甲\x1b[2J\x9b31m\u202e反\x85\u2028\r"
"""An OSC 8 link, clear screen, C1, a turned direction, and what ends a line or goes back to its start."""
INERT = "=cmd|' /C x'!A0 [red]甲[/] [/x] :smile: <script>x</script> $(id) `id` '; DROP TABLE problem; -- %_ \\"
"""What the store takes: a formula, Rich markup, HTML, a shell's commands, SQL and its wildcards."""
LEADS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "＝1", "'=1", " =1")
"""Texts that a spreadsheet would calculate."""
FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")


def controls(text: str) -> list[str]:
    """The characters of an output that would act."""
    return re.findall(CONTROLS_IN_LINES, text.replace("\r\n", "\n"))


@pytest.fixture
def folder(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the walk needs, and the store; this process works there."""
    prepare(tmp_path)
    lay(store)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spoilt(argv: list[str], text: str) -> Iterator[list[str]]:
    """A command line with each of its words replaced by a text in turn; options and commands stay."""
    for place, word in enumerate(argv):
        if place and not re.fullmatch(r"--?[a-z-]+", word):
            yield [*argv[:place], text, *argv[place + 1 :]]


# Typed


@pytest.mark.one_engine
def test_what_is_typed_never_acts_and_what_would_act_is_never_stored(folder: Path, store: Path, fugong: Run) -> None:
    for argv in (*ACTS, *REPORTS):
        for hostile in spoilt(argv, ACTING):
            result = fugong(*hostile)
            assert result.exit_code in {0, 1, 2, 5}, hostile
            assert controls(result.stdout + result.stderr) == [], hostile
        fugong(*argv)
    assert "反".encode() not in b"".join(transfer.export(str(store)))


def test_what_is_typed_and_taken_is_a_text_and_nothing_else(folder: Path, fugong: Run) -> None:
    taken = 0
    for argv in ACTS:
        for hostile in spoilt(argv, INERT):
            result = fugong(*hostile)
            assert result.exit_code in {0, 1, 2, 5}, (hostile, result.stderr)
            taken += result.exit_code == 0
        fugong(*argv)
    assert taken > 20
    assert fugong("store", "check").exit_code == 0
    assert "[red]甲[/] [/x] :smile:" in fugong("list", "--status", "all", "--format", "table").stdout


@pytest.mark.parametrize("mark", ["%", "_", "!", "\\", "'", '"', "*", "?", "[", "%_%"])
@pytest.mark.parametrize(
    "argv",
    [["list", "--status", "all"], ["activity", "list"], ["support", "list"], ["export", "ledger"]],
)
@pytest.mark.usefixtures("folder")
def test_a_mark_that_means_anything_to_sql_means_itself(fugong: Run, argv: list[str], mark: str) -> None:
    fugong("log", "甲厂", f"记号{mark}在此", "--key", "marked")
    fugong("support", "add", "甲厂", "物资", f"记号{mark}在此")
    everything = json.loads(fugong(*argv, "--format", "json").stdout)
    found = json.loads(fugong(*argv, "--text", mark, "--format", "json").stdout)
    assert [each["text"] for each in found["items"]] == [f"记号{mark}在此"]
    assert len(everything["items"]) > 1


# Planted by another program


CODES = {"复工批复": "approval", "标语": "slogans"}
"""Names in the walk's command lines that planting replaces, and the codes that stay."""
WHOLE = ["member", "show"]
"""What is found by the whole name alone, which planting changes."""
LISTINGS = [
    [CODES.get(word, word) for word in argv] for argv in REPORTS if "--format" not in argv and argv[:2] != WHOLE
]
SPARED = {
    "uid", "key", "core", "code", "sort", "hash", "subject", "parents", "changes", "seal", "recorded_at", "replica",
    "digest", "verb", "section", "content", "due_rule", "rule", "at", "duties", "timeline", "quantity", "series", "tag",
    "saw",
}  # fmt: skip
"""Columns of the program's own making: a text there is damage, which ``store check`` is for."""


OWN = ("setting", "fact")
"""Tables in which the program knows every value that there can be; another is damage, too."""


def plant(store: Path, text: str) -> int:
    """Put a text in front of every text that people read, as a foreign program may; how many columns it was."""
    lines = [(table, column) for table, column in texts() if not isinstance(column.type, Json)]
    lists = [(table, column) for table, column in texts() if isinstance(column.type, Json)]
    for table, column in lines:
        sql = f'UPDATE "{table}" SET "{column.name}" = substr(:text || "{column.name}", 1, 100)'
        behind(store, sql, text=text[:60])
    for table, column in lists:
        told = Piece("0" * DIGEST, 1, text).told if column.name == "evidence" else text
        behind(store, f'UPDATE "{table}" SET "{column.name}" = :text', text=json.dumps([told], ensure_ascii=False))
    return len(lines) + len(lists)


def texts() -> Iterator[tuple[str, Any]]:
    """Every column that holds what people write, with its table."""
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, (sa.Text, Json)) and column.name not in SPARED and table.name not in OWN:
                yield table.name, column


@pytest.fixture
def planted(folder: Path, store: Path) -> Path:
    """The store, which holds nothing but texts that act."""
    assert plant(store, ACTING) > 25
    return store


@pytest.mark.parametrize("fmt", ["table", "plain", "csv", "json", "md"])
@pytest.mark.usefixtures("planted")
def test_what_was_planted_does_nothing_in_any_listing(fugong: Run, fmt: str) -> None:
    for argv in LISTINGS:
        result = fugong(*argv, "--format", fmt)
        assert (result.exit_code, result.stderr) == (0, ""), argv
        assert controls(result.stdout) == [], argv


@pytest.mark.one_engine
@pytest.mark.usefixtures("planted")
def test_what_was_planted_does_nothing_in_what_acts_say(fugong: Run) -> None:
    for argv in (*ACTS, *REFUSALS):
        result = fugong(*argv)
        assert result.exit_code in {0, 1, 5, 6}, argv
        assert controls(result.stdout + result.stderr) == [], argv


@pytest.mark.on_a_file
@pytest.mark.usefixtures("folder")
def test_nul_ends_no_text(store: Path, fugong: Run) -> None:
    """A server takes none."""
    behind(store, "UPDATE problem SET text = :text || text", text="甲\x00乙")
    listed = fugong("list", "--status", "all")
    assert "甲␀乙口罩不足三天" in listed.stdout


# Spreadsheets


@pytest.mark.one_engine
@pytest.mark.parametrize("lead", LEADS)
def test_no_cell_of_any_csv_begins_like_a_formula(folder: Path, store: Path, fugong: Run, lead: str) -> None:
    plant(store, lead)
    for argv in LISTINGS:
        printed = fugong(*argv, "--format", "csv").stdout.removeprefix("\ufeff")
        for cell in (cell for row in csv.reader(io.StringIO(printed, newline="")) for cell in row):
            ours = re.fullmatch(r"-?\d+(\.\d+)?%?|\t\d+-\d+", cell)  # a figure, or a problem's number behind a tab
            assert not FORMULA.match(cell) or ours, (argv, cell)


@pytest.mark.one_engine
def test_no_cell_of_any_workbook_is_a_formula_or_a_link(folder: Path, store: Path, fugong: Run) -> None:
    plant(store, '=HYPERLINK("http://x") ')
    for argv in LISTINGS:
        assert fugong(*argv, "-o", "book.xlsx", "--force").exit_code == 0, argv
        with ZipFile("book.xlsx") as book:
            sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
            links = [name for name in book.namelist() if name.startswith(("xl/externalLinks", "xl/worksheets/_rels"))]
        assert links == [], argv
        assert not any("<f>" in sheet or "<f " in sheet or "hyperlink" in sheet for sheet in sheets), argv


@pytest.mark.one_engine
@pytest.mark.parametrize("what", EXPORTS)
def test_no_text_of_an_export_is_too_long_for_it(folder: Path, fugong: Run, what: str) -> None:
    fugong("log", "甲厂", "长" * 4000)
    for fmt in ("table", "plain", "csv", "json", "md"):
        assert fugong("export", what, "--format", fmt).exit_code == 0
    assert fugong("export", what, "-o", "book.xlsx").exit_code == 0


# The page


@pytest.mark.one_engine
@pytest.mark.parametrize("text", [INERT, "</title></style><img src=x onerror=y>", '" onload="x', ACTING])
def test_the_report_page_has_the_same_elements_whatever_is_planted(
    folder: Path, store: Path, fugong: Run, text: str
) -> None:
    def shape(name: str) -> list[tuple[str, list[str]]]:
        assert fugong("report", "-o", name).exit_code == 0
        source = Path(name).read_text(encoding="utf-8")
        assert controls(source) == []
        document = Document(source)
        assert (document.open, document.broken) == ([], [])
        assert controls(text) or name == "plain.html" or text[:60] in "".join(document.text)
        return [(tag, sorted(attributes)) for tag, attributes in document.elements]

    plain_file = json.dumps([Piece("0" * DIGEST, 1, "a.jpg").told])
    behind(store, "UPDATE problem SET evidence = :told", told=plain_file)
    plain = shape("plain.html")
    plant(store, text)
    assert shape("planted.html") == plain


# The shell


WORDS = re.compile(r"[A-Za-z0-9_-]+")


@pytest.mark.one_engine
@pytest.mark.parametrize("text", ["$(touch x)`touch x`;* 甲\ntouch x", ACTING])
def test_completion_offers_nothing_that_a_shell_would_act_on(folder: Path, store: Path, fugong: Run, text: str) -> None:
    plant(store, text)
    asked = {tuple(argv[:end]) for argv in (*REPORTS, *ACTS) for end in range(1, len(argv) + 1)}
    for words in sorted(asked):
        line, last = shlex.join(["fugong", *words]) + " ", str(len(words) + 1)
        answer = fugong(_FUGONG_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=last)
        assert (answer.exit_code, answer.stderr) == (0, "")
        assert all(WORDS.fullmatch(word) for word in answer.stdout.split("\n") if word), (words, answer.stdout)
