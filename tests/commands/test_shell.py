"""shell and run: many command lines after one start, each as if it had been alone."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome
from typer.testing import CliRunner

from fugong.commands.frame import talking
from fugong.commands.frame.several import Session, words_of
from fugong.errors import Refusal

LINES = """\
# 今天的
log 甲厂 缺扳手 --due 7wd
fugong note 1-4 “问过 了”

close 1-4 '买到了'
"""


@pytest.mark.usefixtures("county")
def test_a_file_of_commands_does_what_they_would_one_by_one(tmp_path: Path, fugong: Run) -> None:
    file = tmp_path / "今天.txt"
    file.write_text(LINES, encoding="utf-8")
    status, said, _ = outcome(fugong("run", str(file)))
    assert (status, [line.split("  ")[0] for line in said.splitlines()]) == (0, ["1-4"] * 3)
    shown = fugong("show", "1-4").stdout
    assert ("问过 了" in shown, "买到了" in shown) == (True, True)
    assert fugong("store", "check").exit_code == 0


@pytest.mark.usefixtures("county")
def test_it_stops_at_the_first_that_fails_and_says_its_line_and_ends_as_it_did(tmp_path: Path, fugong: Run) -> None:
    file = tmp_path / "今天.txt"
    file.write_text("note 1-1 一\nclose 9-9 二\nnote 1-1 第三句\n", encoding="utf-8")
    status, _, said = outcome(fugong("run", str(file)))
    assert (status, "第 2 行没有做成：close 9-9 二" in said) == (1, True)
    assert "第三句" not in fugong("show", "1-1").stdout
    status, _, said = outcome(fugong("run", str(file), "--keep-going"))
    assert (status, "共 1 行没有做成" in said) == (6, True)
    assert "第三句" in fugong("show", "1-1").stdout


@pytest.mark.usefixtures("county")
def test_a_usage_error_of_a_line_ends_with_2_and_an_open_quote_with_1(tmp_path: Path, fugong: Run) -> None:
    file = tmp_path / "今天.txt"
    for line, status in (("lost 1-1", 2), ('note 1-1 "一', 1), ("shell", 1), (f"run {file}", 1), ("", 0)):
        file.write_text(line, encoding="utf-8")
        assert fugong("run", str(file)).exit_code == status, line
    assert fugong("run", str(tmp_path / "没有.txt")).exit_code == 1


@pytest.mark.usefixtures("county")
def test_a_pipe_is_a_file_of_commands(fugong: Run) -> None:
    from fugong.cli import app

    for argv in (["run", "-"], ["shell"]):
        done = CliRunner().invoke(app, argv, input="note 1-1 一\n", prog_name="fugong")
        assert (done.exit_code, done.stdout.split("  ")[0]) == (0, "1-1")
    assert fugong("show", "1-1").stdout.count("\t一\t") == 2


@pytest.mark.usefixtures("county")
def test_a_file_of_an_office_is_read_whatever_its_encoding(tmp_path: Path, fugong: Run) -> None:
    file = tmp_path / "今天.txt"
    file.write_bytes("note 1-1 口罩到货\r\n".encode("gb18030"))
    assert fugong("run", str(file)).exit_code == 0
    assert "口罩到货" in fugong("show", "1-1").stdout


@pytest.mark.usefixtures("county")
def test_the_store_that_was_named_is_every_lines(tmp_path: Path, fugong: Run) -> None:
    other = str(tmp_path / "other.db")
    fugong("--store", other, "init", "--county", "云岭县", "--teams", "1")
    file = tmp_path / "今天.txt"
    file.write_text("log - 缺扳手 -t 1\n", encoding="utf-8")
    assert fugong("--store", other, "run", str(file)).stdout.startswith("1-1")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("note 1-1 $(ls) `id` *", ["note", "1-1", "$(ls)", "`id`", "*"]),
        ("log 甲厂\u3000缺扳手", ["log", "甲厂", "缺扳手"]),
        (r"report -o C:\报告\周.html", ["report", "-o", r"C:\报告\周.html"]),
        ("fugong list", ["list"]),
        ("＃ 说明", []),
    ],
)
def test_a_line_is_parted_and_nothing_in_it_expanded(line: str, words: list[str]) -> None:
    assert words_of(line) == words


def test_an_open_quote_is_refused() -> None:
    with pytest.raises(Refusal):
        words_of('note 1-1 "x')


@pytest.fixture
def session(county: Path) -> Session:
    """The program over the county."""
    import typer.main

    from fugong.cli import app

    return Session(typer.main.get_command(app), str(county))


def test_verbs_in_both_languages_names_and_ids_with_their_text_are_offered(session: Session) -> None:
    verbs = dict(talking.offered(session, [], ""))
    assert (verbs["log"] != "", "shell" in verbs, "quit" in verbs) == (True, False, True)
    assert [word for word, _ in talking.offered(session, [], "销")] == ["销号"]
    assert [word for word, _ in talking.offered(session, ["log"], "某县甲")] == ["某县甲厂有限公司"]
    assert dict(talking.offered(session, ["close"], "1-"))["1-1"] != ""
    assert ("--how", True) in [(word, True) for word, _ in talking.offered(session, ["close", "1-1"], "--h")]
    assert talking.offered(session, ["没有这条"], "") == []


def test_completion_in_the_shell_changes_no_store(session: Session, county: Path) -> None:
    before = fingerprint(county)
    for words in (["log"], ["close"], ["list", "-d"], ["store"]):
        talking.offered(session, words, "")
    assert fingerprint(county) == before


@pytest.mark.on_a_file
def test_somebody_at_a_terminal_types_and_leaves_and_the_history_is_theirs_alone(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "fugong", "--store", str(county), "shell"]
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "dumb"}, close_fds=True
    ) as process:
        os.close(theirs)
        os.write(ours, "note 1-1 问过了\nclose 9-9 x\nquit\n".encode())
        said = b""
        try:
            while piece := os.read(ours, 65536):
                said += piece
                if b"\x1b[6n" in piece:  # where the cursor is
                    os.write(ours, b"\x1b[1;1R")
        except OSError:
            pass
        assert process.wait() == 0
    os.close(ours)
    assert ("1-1  某县甲厂有限公司" in said.decode(), "9-9" in said.decode().split("1-1  某县")[1]) == (True, True)
    history = tmp_path / "state" / "fugong" / "history"
    assert (history.stat().st_mode & 0o777, "note 1-1 问过了" in history.read_text(encoding="utf-8")) == (0o600, True)


@pytest.mark.on_a_file
def test_nothing_but_the_shell_loads_what_it_needs(county: Path) -> None:
    look = "import sys; from fugong.__main__ import main\ntry: main()\nexcept SystemExit: "
    look += "print('prompt_toolkit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look, "list"], capture_output=True, check=False, encoding="utf-8")
    assert (done.stdout.splitlines()[-1], county.exists()) == ("False", True)
