"""What is offered where a name has candidates, a firm no team, and a file more than one reading: it runs as printed."""

import json
import re
import shlex
from pathlib import Path

import pytest
import xlsxwriter
from tests.conftest import Run
from tests.imports.sheets import book, books, comma
from tests.imports.test_newer_work import change, export, moved_on

HEADER = ["帮扶组", "企业名称", "问题描述", "提出日期", "责任单位", "协办单位"]
LINE = re.compile(r"fugong (?:--store|import|team|enterprise|edit)\b.*$", re.MULTILINE)


def lines(text: str) -> list[list[str]]:
    """The command lines in what was said, as a shell takes them apart."""
    return [shlex.split(line)[1:] for line in LINE.findall(text)]


@pytest.mark.on_a_file
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (["第九组", "甲厂", "新事", "2020-03-05", "", ""], ["team add 9 第九组", "--map-value"]),
        (["一班", "甲厂", "新事", "2020-03-05", "", ""], ["--map-value"]),
        (["1", "丙丁", "新事", "2020-03-05", "", ""], ["--map-value"]),
        (["1", "甲厂", "新事", "2020-03-05", "局", "卫"], ["--create departments", "--map-value"]),
        (["", "戊厂", "新事", "2020-03-05", "", ""], ["enterprise assign 戊厂 --team 1"]),
    ],
    ids=["unknown team", "team in other words", "one of two firms", "a part of a unit's name", "no team"],
)
def test_every_line_offered_for_a_name_runs_and_brings_the_row_in(
    county: Path, tmp_path: Path, fugong: Run, row: list[str], wanted: list[str], lang: str
) -> None:
    argv = ["import", str(comma(tmp_path / "某县 台账.csv", [HEADER, row])), "--keep-unknown"]
    said = fugong(*argv, FUGONG_LANG=lang)
    offered = lines(said.stderr)
    assert said.exit_code == 1
    assert [part in " ".join(each) for each, part in zip(offered, wanted, strict=True)] == [True] * len(wanted)
    for each in offered:
        if each[0] == "import":
            assert "--keep-unknown" in each
            assert fugong(*each, "--dry-run", FUGONG_LANG=lang).exit_code == 0
    assert fugong(*offered[0], FUGONG_LANG=lang).exit_code == 0
    result = fugong(*argv, FUGONG_LANG=lang)
    if offered[0][0] != "import":
        assert result.exit_code == 0, result.stderr
    assert "新事" in fugong("list", "--status", "all", "-f", "json").stdout


@pytest.mark.on_a_file
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_of_several_sheets_and_a_hidden_one_are_offered_by_a_line_that_runs(
    county: Path, tmp_path: Path, fugong: Run, lang: str
) -> None:
    rows = [HEADER[1:4], ["甲厂", "一", "2020-03-05"]]
    path = str(books(tmp_path / "a b.xlsx", {"三 月": (rows, []), "四月": (rows, [])}))
    for argv in (["import", path], ["import", path, "--sheet", "五月"]):
        result = fugong(*argv, FUGONG_LANG=lang)
        first, *rest = lines(result.stderr)
        assert (result.exit_code, first) == (1, ["import", path, "--sheet", "三 月"])
        for each in (first, *rest):
            assert fugong(*each, "--dry-run", FUGONG_LANG=lang).exit_code == 0


@pytest.mark.on_a_file
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whose_word_goes_is_offered_with_what_was_asked_for(
    county: Path, tmp_path: Path, fugong: Run, lang: str
) -> None:
    path = export(fugong, tmp_path)
    moved_on(fugong)
    change(path, "1-3", 问题描述="缺钱")
    result = fugong("import", str(path), "--skip-hidden", FUGONG_LANG=lang)
    ours, theirs = lines(result.stderr)
    assert (ours[2:], theirs[2:]) == (["--take", "file", "--skip-hidden"], ["--take", "ledger", "--skip-hidden"])
    assert fugong(*theirs).exit_code == 0
    assert "缺钱" not in fugong("show", "1-3").stdout
    assert fugong(*ours).exit_code == 0
    assert "缺钱" in fugong("show", "1-3").stdout


@pytest.mark.on_a_file
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_problem_of_another_team_and_a_void_one_are_offered_by_a_line_that_runs(
    county: Path, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setenv("FUGONG_STORE", str(tmp_path / "other.db"))
    path = export(lambda *argv, **more: fugong("--store", str(county), *argv, **more), tmp_path)
    change(path, "1-3", 帮扶组="第二组")
    (move,) = lines(fugong("--store", str(county), "import", str(path), FUGONG_LANG=lang).stderr)
    assert move == ["--store", str(county), "edit", "1-3", "--team", "2"]
    assert fugong(*move).exit_code == 0
    rows = [HEADER, ["1", "甲厂", "新事", "2020-03-05", "", ""]]
    again = ["--store", str(county), "import", str(comma(tmp_path / "b.csv", rows))]
    assert fugong(*again).exit_code == 0
    items = json.loads(fugong("--store", str(county), "list", "-f", "json").stdout)["items"]
    (ident,) = [each["id"] for each in items if each["text"] == "新事"]
    assert fugong("--store", str(county), "void", ident, "--why", "记错了").exit_code == 0
    (back,) = lines(fugong(*again, FUGONG_LANG=lang).stderr)
    assert fugong(*back).exit_code == 0
    assert "新事" in fugong("--store", str(county), "list", "-f", "json").stdout


@pytest.mark.on_a_file
def test_another_encoding_is_offered_by_a_line_that_runs(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = [["企業名稱", "問題描述", "提出日期"], ["甲廠", "缺口罩", "2020-03-05"]]
    (line,) = lines(fugong("import", str(comma(tmp_path / "a b.csv", rows, "big5"))).stderr)
    assert fugong(*line, "--dry-run").exit_code == 0


@pytest.mark.on_a_file
def test_hidden_sheets_are_offered_by_a_line_that_runs(county: Path, tmp_path: Path, fugong: Run) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as workbook:
        for name, text in (("三月", "一"), ("藏 起", "二")):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, HEADER[1:4])
            sheet.write_row(1, 0, ["甲厂", text, "2020-03-05"])
        sheet.hide()
    (line,) = lines(fugong("import", str(tmp_path / "a.xlsx")).stderr)
    assert line[2:] == ["--sheet", "藏 起"]
    assert fugong(*line).exit_code == 0


@pytest.mark.on_a_file
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("verb", ["log", "import"])
def test_a_firm_of_another_team_is_offered_to_be_moved_in_the_store_that_was_asked_for(
    county: Path, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch, lang: str, verb: str
) -> None:
    monkeypatch.setenv("FUGONG_STORE", str(tmp_path / "other.db"))
    path = str(comma(tmp_path / "a.csv", [HEADER, ["2", "甲厂", "新事", "2020-03-05", "", ""]]))
    store = ("--store", str(county))
    if verb == "import":
        rehearsed = fugong(*store, "import", path, "--dry-run", "-f", "json", FUGONG_LANG=lang)
        assert "fugong edit" not in rehearsed.stdout  # nothing stays that could be moved
        said = json.loads(fugong(*store, "import", path, "-f", "json", FUGONG_LANG=lang).stdout)["items"][0]["detail"]
    else:
        said = fugong(*store, "log", "甲厂", "新事", "-t", "2", FUGONG_LANG=lang).stderr
    ((*_, team),) = (line,) = lines(said)
    assert (line[:2], team) == ([*store], "1")
    assert fugong(*line).exit_code == 0


@pytest.mark.on_a_file
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_no_table_is_told_what_to_do(county: Path, tmp_path: Path, fugong: Run, lang: str) -> None:
    whole = book(tmp_path / "whole.xlsx", [HEADER]).read_bytes()
    starts = {"a.xlsx": b"SQLite format 3\0 ", "b.xlsx": whole[:2000], "c.csv": b"", "d.xls": b"%PDF-1.4 "}
    for name, start in starts.items():
        (tmp_path / name).write_bytes(start)
        result = fugong("import", str(tmp_path / name), FUGONG_LANG=lang)
        _, does, what = result.stderr.partition("；" if lang == "zh" else "; ")
        assert (result.exit_code, bool(does), len(what) > 5) == (1, True, True), result.stderr
