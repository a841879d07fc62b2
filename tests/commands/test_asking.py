"""What is missing or doubtful is asked at a terminal, and nowhere else; an answer that is none writes nothing."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome

pytestmark = pytest.mark.on_a_file


class Talk:
    """What was said at a terminal, and how it ended."""

    def __init__(self, argv: tuple[str, ...], answers: str, **env: str) -> None:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "fugong", *argv]
        with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, **env}) as ran:
            os.close(theirs)
            os.write(ours, f"{answers}\x04\x04\x04".encode())
            said = b""
            try:
                while piece := os.read(ours, 65536):
                    said += piece
            except OSError:  # it has ended
                pass
            self.status = ran.wait()
        os.close(ours)
        self.said = said.decode().replace("\r\n", "\n")


@pytest.fixture(autouse=True)
def _county(county: Path) -> None:
    """A store that holds the county."""
    assert county.exists()


def test_a_missing_argument_is_asked_for_and_the_next_one_as_well(fugong: Run) -> None:
    talk = Talk(("log",), "甲厂\n缺扳手\n")
    assert (talk.status, "企业（" in talk.said, "描述（" in talk.said) == (0, True, True)
    assert "缺扳手" in fugong("show", "1-4").stdout


def test_a_missing_option_and_a_missing_text_are_asked_for(fugong: Run) -> None:
    assert Talk(("close", "1-1"), "买到了\n").status == 0
    assert Talk(("note", "1-3"), "问过 了\n").status == 0
    assert "买到了" in fugong("show", "1-1").stdout
    assert "问过 了" in fugong("show", "1-3").stdout


def test_a_team_that_is_needed_is_asked_for(fugong: Run) -> None:
    assert Talk(("nil",), "二组\n").status == 0
    assert Talk(("log", "-", "缺引导员"), "2\n").status == 0
    assert "缺引导员" in fugong("list", "--team", "2").stdout
    assert outcome(fugong("nil"))[0] == 2


def test_enter_alone_is_the_refusal_that_a_script_gets(county: Path, fugong: Run) -> None:
    before = fingerprint(county)
    talk = Talk(("close", "1-1"), "\n")
    assert (talk.status, "缺少选项 --how" in talk.said) == (2, True)
    assert fingerprint(county) == before
    status, _, said = outcome(fugong("close", "1-1"))
    assert (status, "缺少选项 --how" in said) == (2, True)


@pytest.mark.parametrize("how", [("--no-input",), ("--json",), ("FUGONG_NO_INPUT",)])
def test_nothing_is_asked_where_it_is_forbidden_or_a_program_reads(county: Path, how: tuple[str, ...]) -> None:
    before = fingerprint(county)
    env = {"FUGONG_NO_INPUT": "1"} if how == ("FUGONG_NO_INPUT",) else {}
    talk = Talk(("close", "1-1", *(() if env else how)), "买到了\n", **env)
    assert (talk.status, "（怎样解决的" in talk.said) == (2, False)
    talk = Talk(("log", "丙丁", "缺扳手", *(() if env else how)), "1\n", **env)
    assert talk.status == 1
    assert fingerprint(county) == before


def test_an_ambiguous_name_is_chosen_by_its_number(fugong: Run) -> None:
    talk = Talk(("log", "丙丁", "缺扳手"), "2\n")
    assert (talk.status, "  2  某县丙丁水泥有限公司  第二组  在办" in talk.said) == (0, True)
    assert "某县丙丁水泥有限公司" in fugong("show", "2-2").stdout
    assert "某县丙丁铸造有限公司" in Talk(("list", "-e", "丙丁", "--status", "all"), "1\n").said


@pytest.mark.parametrize("answer", ["\n", "3\n", "0\n", "x\n", "\x04"])
def test_any_other_answer_refuses_and_writes_nothing(county: Path, answer: str) -> None:
    before = fingerprint(county)
    assert Talk(("log", "丙丁", "缺扳手"), answer).status in (1, 130)
    assert fingerprint(county) == before


def test_another_teams_firm_is_confirmed_at_a_terminal_and_remarked_elsewhere(county: Path, fugong: Run) -> None:
    before = fingerprint(county)
    talk = Talk(("log", "甲厂", "缺扳手", "-t", "2"), "\n")
    assert (talk.status, "第一组包联" in talk.said, "没有写入" in talk.said) == (1, True, True)
    assert "要改组" not in talk.said  # there is nothing yet to be moved
    assert fingerprint(county) == before
    assert Talk(("log", "甲厂", "缺扳手", "-t", "2"), "y\n").status == 0
    status, said, remark = outcome(fugong("log", "甲厂", "缺钳子", "-t", "2"))
    assert (status, said.startswith("2-"), "某县甲厂有限公司由第一组包联" in remark) == (0, True, True)
    assert f"要改组：fugong edit {said.split()[0]} --team " in remark


def test_at_a_terminal_a_new_problem_says_what_was_not_given() -> None:
    said = Talk(("log", "甲厂", "缺扳手", "-d", "工信局"), "").said
    assert ("没写：类别、时限" in said, "fugong edit 1-4 -c 类别 --due 时限" in said, "fugong undo" in said) == (
        True,
    ) * 3


def test_a_likely_twin_is_confirmed_at_a_terminal(county: Path, fugong: Run) -> None:
    fugong("log", "甲厂", "宿舍不够，需要隔离房间十间")
    before = fingerprint(county)
    assert Talk(("log", "甲厂", "宿舍不够，需要隔离房间十间，急"), "\n").status == 1
    assert fingerprint(county) == before
    assert Talk(("log", "甲厂", "宿舍不够，需要隔离房间十间，急"), "y\n").status == 0
