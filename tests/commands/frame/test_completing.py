"""Completion in the shell: quick help that only reads, and keeps silent about whatever is amiss."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import Run, command
from tests.county import behind, fingerprint, lay, outcome

from fugong import db
from fugong.domain import roster

COMMANDS = ["load", "log", "edit", "assign", "note", "close", "reopen", "void", "list", "show", "progress", "store"]


@pytest.fixture
def county(store: Path) -> Path:
    """A store that holds the synthetic county."""
    return lay(store)


def offered(fugong: Run, *words: str) -> list[str]:
    """What is offered for the last of the words, as bash asks for it; nothing else is ever said."""
    line = " ".join(("fugong", *words))
    asked = fugong(_FUGONG_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words)))
    assert (asked.exit_code, asked.stderr) == (0, "")
    return [word for word in asked.stdout.splitlines() if word]


@pytest.mark.usefixtures("county")
def test_commands_are_offered(fugong: Run) -> None:
    assert set(COMMANDS) <= set(offered(fugong, ""))
    assert offered(fugong, "clo") == ["close"]
    assert {"init", "info", "check", "backup", "restore"} <= set(offered(fugong, "store", ""))


@pytest.mark.usefixtures("county")
def test_options_and_their_values_are_offered(fugong: Run) -> None:
    assert offered(fugong, "list", "--stat") == ["--status"]
    assert offered(fugong, "list", "--status", "c") == ["closed"]
    assert offered(fugong, "progress", "--by", "t") == ["team", "township"]


@pytest.mark.parametrize(
    "line", [["list", "--team"], ["log", "甲厂", "新", "--team"], ["team", "show"], ["list", "-t"]]
)
@pytest.mark.usefixtures("county")
def test_codes_of_teams_are_offered(fugong: Run, line: list[str]) -> None:
    assert offered(fugong, *line, "") == ["1", "2", "10"]
    assert offered(fugong, *line, "1") == ["1", "10"]
    assert offered(fugong, *line, "7") == []


@pytest.mark.parametrize("verb", ["edit", "assign", "note", "close", "reopen", "void", "show"])
@pytest.mark.usefixtures("county")
def test_numbers_of_problems_in_hand_are_offered(fugong: Run, verb: str) -> None:
    assert offered(fugong, verb, "") == ["1-1", "1-3", "2-1"]
    assert offered(fugong, verb, "1-1", "1-") == ["1-1", "1-3"]


@pytest.mark.usefixtures("county")
def test_activities_are_offered_by_their_numbers_the_latest_first(fugong: Run) -> None:
    assert offered(fugong, "activity", "show", "1-") == ["1-w2", "1-w1"]


@pytest.mark.usefixtures("county")
def test_the_store_named_on_the_line_is_the_one_asked(fugong: Run, tmp_path: Path) -> None:
    other = lay(tmp_path / "other.db")
    behind(other, "UPDATE team SET code = '7' WHERE code = '2'")
    assert offered(fugong, "--store", str(other), "close", "") == ["1-1", "1-3", "7-1"]
    assert offered(fugong, "--store", str(tmp_path / "none.db"), "close", "") == []


def test_completion_writes_nothing(county: Path, tmp_path: Path, fugong: Run) -> None:
    before = fingerprint(county)
    for line in (["close", ""], ["list", "--team", ""], ["team", "show", "1"]):
        offered(fugong, *line)
    assert fingerprint(county) == before
    assert [path.name for path in tmp_path.iterdir() if path != county] == []


def test_completion_never_makes_a_store(store: Path, tmp_path: Path, fugong: Run) -> None:
    assert offered(fugong, "close", "") == []
    assert offered(fugong, "list", "--team", "") == []
    assert not db.exists(str(store))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.on_a_file
@pytest.mark.parametrize("content", [b"", b"not a store", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_foreign_file_is_left_alone_without_a_word(store: Path, fugong: Run, content: bytes) -> None:
    store.write_bytes(content)
    assert offered(fugong, "close", "") == []
    assert store.read_bytes() == content


@pytest.mark.on_a_file
def test_a_damaged_store_is_met_without_a_word(county: Path, fugong: Run) -> None:
    image = county.read_bytes()
    county.write_bytes(image[:4096] + b"\xff" * (len(image) - 4096))
    assert offered(fugong, "close", "") == []


@pytest.mark.words
@pytest.mark.parametrize("code", ["$(ls)", "`id`", "1;ls", "\x1b[31m", "甲", "1 2", "a'b", "%"])
def test_what_a_shell_would_act_on_is_never_offered(county: Path, fugong: Run, code: str) -> None:
    behind(county, "UPDATE team SET code = :code WHERE code = '2'", code=code)
    assert offered(fugong, "list", "--team", "") == ["1", "10"]
    assert offered(fugong, "close", "") == ["1-1", "1-3"]


@pytest.mark.parametrize("typed", ["%", "_", "1%", "$(ls", "甲"])
@pytest.mark.usefixtures("county")
def test_what_was_typed_is_taken_literally(fugong: Run, typed: str) -> None:
    assert offered(fugong, "list", "--team", typed) == []


def test_no_more_is_offered_than_anybody_reads(county: Path, fugong: Run) -> None:
    with command(county) as writer:
        for number in range(201):
            roster.add_team(writer, f"T{number}", name=f"第{number}新组", county="某县")
    assert len(offered(fugong, "list", "--team", "T")) == 200


def test_bash_completes_with_the_script_that_the_program_gives(county: Path, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "fugong"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fugong "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    ask = (
        'eval "$(_FUGONG_COMPLETE=source_bash fugong)"; '
        'COMP_WORDS=(fugong close 1-); COMP_CWORD=2; _fugong_completion fugong; echo "${COMPREPLY[@]}"'
    )
    env = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    before = fingerprint(county)
    done = subprocess.run(["bash", "-c", ask], env=env, capture_output=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (0, "1-1 1-3\n", "")
    assert fingerprint(county) == before


@pytest.mark.usefixtures("county")
def test_completion_is_asked_for_by_its_variable_only(fugong: Run) -> None:
    assert outcome(fugong("list", COMP_WORDS="fugong close", COMP_CWORD="1"))[0] == 0


@pytest.mark.usefixtures("county")
def test_firms_departments_categories_and_members_are_offered_by_name(fugong: Run) -> None:
    assert "某县甲厂有限公司" in offered(fugong, "log", "")
    assert offered(fugong, "log", "油漆") == ["油漆厂"]
    assert offered(fugong, "assign", "1-1", "-d", "工") == ["工信局", "工业和信息化局"]
    assert "环境卫生" in offered(fugong, "log", "甲厂", "x", "-c", "")
    assert offered(fugong, "log", "甲厂", "x", "-c", "hyg") == ["hygiene"]
    assert offered(fugong, "member", "show", "组员") == ["组员甲", "组员乙", "组员丙"]
    assert offered(fugong, "list", "-e", "戊") == ["戊厂"]


@pytest.mark.usefixtures("county")
def test_a_name_with_blanks_is_offered_without_them_and_finds_its_owner(fugong: Run) -> None:
    fugong("enterprise", "add", "North Moor Bakery Ltd", "--team", "1")
    assert offered(fugong, "log", "North") == ["NorthMoorBakeryLtd"]
    assert fugong("log", "NorthMoorBakeryLtd", "no flour").exit_code == 0


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("name", ["$(ls)厂", "`id`厂", "甲;乙厂", "甲'乙厂", "甲(乙)厂"])
def test_a_name_that_a_shell_would_act_on_is_never_offered(county: Path, fugong: Run, name: str) -> None:
    behind(county, "UPDATE enterprise SET name = :name WHERE name = '戊厂'", name=name)
    assert not [word for word in offered(fugong, "log", "") if set(word) & set("$`;'()")]


@pytest.mark.usefixtures("county")
def test_what_was_retired_is_not_offered(fugong: Run) -> None:
    fugong("term", "retire", "category", "环境卫生")
    fugong("department", "retire", "应急局")
    assert "环境卫生" not in offered(fugong, "log", "甲厂", "x", "-c", "")
    assert "应急局" not in offered(fugong, "assign", "1-1", "-d", "")


@pytest.mark.on_a_file
def test_powershell_is_told_words_with_their_hints_and_where_a_file_is_meant(county: Path, fugong: Run) -> None:
    def answered(line: str, word: str) -> list[str]:
        asked = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_WORD_TO_COMPLETE": word}
        done = fugong(_FUGONG_COMPLETE="complete_powershell", **asked)
        assert (done.exit_code, done.stderr) == (0, "")
        return done.stdout.split("\n")

    before = fingerprint(county)
    assert answered("fugong log 油漆", "油漆") == ["油漆厂:::某县甲厂有限公司", ""]
    assert [each.partition(":::")[0] for each in answered("fugong close", "")] == ["1-1", "1-3", "2-1", ""]
    assert answered("fugong log 甲台", "甲台") == ["", ""]
    assert answered("fugong import 甲", "甲") == ["_files", ""]
    assert fingerprint(county) == before


SHELLS = {
    "bash": (
        'eval "$(_FUGONG_COMPLETE=source_bash fugong)"; complete -p fugong; '
        "COMP_WORDS=({words} {last}); COMP_CWORD={at}; _fugong_completion fugong; "
        'printf "%s\\n" "${{COMPREPLY[@]}}"'
    ),
    "zsh": (
        "autoload -U compinit; compinit -u -d $HOME/dump; compdef() {{ true }}; "
        "_arguments() {{ print -r -- $@ }}; _files() {{ ls }}; "
        'eval "$(_FUGONG_COMPLETE=source_zsh fugong)"; words=({words} "{last}"); CURRENT={place}; _fugong_completion'
    ),
    "fish": '_FUGONG_COMPLETE=source_fish fugong | source; complete -C "{words} {last}"',
}


@pytest.mark.on_a_file
@pytest.mark.parametrize("shell", SHELLS)
def test_files_are_offered_only_where_a_file_is_meant(county: Path, tmp_path: Path, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} here")
    program = tmp_path / "bin" / "fugong"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fugong "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "甲台账.csv").write_text("", encoding="utf-8")
    env = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}

    def said(*words: str) -> str:
        line = " ".join(words[:-1])
        ask = SHELLS[shell].format(words=line, last=words[-1], at=len(words) - 1, place=len(words))
        flags = ["-f"] if shell == "zsh" else []
        done = subprocess.run(
            [shell, *flags, "-c", ask], cwd=desk, env=env, capture_output=True, check=False, encoding="utf-8"
        )
        return done.stdout

    before = fingerprint(county)
    assert "某县甲厂有限公司" in said("fugong", "log", "某县甲")
    assert "台账" not in said("fugong", "log", "甲台")
    assert "台账" not in said("fugong", "close", "1-1", "--how", "甲")
    assert "甲台账.csv" in said("fugong", "import", "甲")
    assert fingerprint(county) == before
