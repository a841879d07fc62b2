"""Slips of the keyboard in options and numbers: each is refused with what is wrong and a line that is right."""

from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome

pytestmark = [pytest.mark.usefixtures("county"), pytest.mark.on_a_file]


@pytest.mark.parametrize(
    ("argv", "line"),
    [
        (("chase", "1-1", "--by"), "fugong chase 1-1 --by 电话"),
        (("reconcile", "--found"), "fugong reconcile --found 73"),
        (("list", "-t"), "fugong list -t 1"),
        (("list", "--team", "--status", "all"), "fugong list --team 1 --status all"),
        (("summary", "--fail-on"), "fugong summary --fail-on red"),
        (("progress", "--format"), "fugong progress --format table"),
        (("log", "甲厂", "缺 水", "--due"), "fugong log 甲厂 '缺 水' --due 7wd"),
        (("void", "1-1", "--why"), "fugong void 1-1 --why 重复"),
        (("team", "add", "12", "十二", "--headcount"), "fugong team add 12 十二 --headcount 人数"),
        (("team", "list", "--store"), "fugong team list --store 我县.db"),
        (("--store",), "fugong --store 我县.db"),
    ],
)
def test_an_option_without_its_value_is_refused_with_a_line_that_has_one(
    county: Path, fugong: Run, argv: tuple[str, ...], line: str
) -> None:
    before = fingerprint(county)
    status, out, said = outcome(fugong(*argv))
    assert (status, out) == (2, "")
    name = next(word for word in reversed(argv) if word.startswith("-") and word != "--status") if len(argv) > 1 else ""
    assert f"错误：选项 {name or '--store'} 后面缺少值。例如：{line}\n" in said
    assert fingerprint(county) == before


def test_an_option_without_its_value_in_english(fugong: Run) -> None:
    said = fugong("chase", "1-1", "--by", FUGONG_LANG="en")
    assert (said.exit_code, said.stdout) == (2, "")
    assert "Error: The option --by needs a value. For example: fugong chase 1-1 --by telephone\n" in said.stderr


@pytest.mark.parametrize(
    ("argv", "meant"),
    [
        (("list", "-team", "1"), "-team 应是 --team：fugong list --team 1"),
        (("list", "-teem", "1"), "-teem 应是 --team：fugong list --team 1"),
        (("list", "-status=all"), "-status=all 应是 --status=all：fugong list --status=all"),
        (("progress", "-by", "team"), "-by 应是 --by：fugong progress --by team"),
        (("list", "-json"), "-json 应是 --json：fugong list --json"),
        (("close", "1-1", "好", "-on", "昨天"), "-on 应是 --on：fugong close 1-1 好 --on 昨天"),
    ],
)
def test_one_dash_for_two_is_refused_with_the_line(
    county: Path, fugong: Run, argv: tuple[str, ...], meant: str
) -> None:
    before = fingerprint(county)
    status, out, said = outcome(fugong(*argv))
    assert (status, out, f"错误：{meant}\n" in said) == (2, "", True)
    assert fingerprint(county) == before


@pytest.mark.parametrize(
    ("argv", "status"),
    [
        (("list", "-fjson", "-n1"), 0),
        (("list", "-t1"), 0),
        (("list", "-tteam"), 1),  # a team of that name
        (("void", "1-1", "--why=-team"), 0),
        (("note", "1-1", "--", "-team"), 0),
    ],
)
def test_a_letter_with_its_value_is_no_slip(fugong: Run, argv: tuple[str, ...], status: int) -> None:
    assert fugong(*argv).exit_code == status


@pytest.mark.parametrize(
    ("argv", "word"),
    [
        (("close", "1..3", "好"), "1..3"),
        (("close", "1..3", "--how", "好"), "1..3"),
        (("show", "1..3"), "1..3"),
        (("close", "3", "好"), "3"),
        (("close", "1.3", "好"), "1.3"),
        (("note", "1_1", "好"), "1_1"),
        (("close", "1-3..1-1", "--how", "好"), "1-3..1-1"),
        (("show", "1-1..2-3"), "1-1..2-3"),
        (("show", "1-1..1-900"), "1-1..1-900"),
        (("assign", "1-1", "1..3", "工信局"), "1..3"),
    ],
)
def test_a_slip_in_a_number_is_called_by_its_name(county: Path, fugong: Run, argv: tuple[str, ...], word: str) -> None:
    before = fingerprint(county)
    status, out, said = outcome(fugong(*argv))
    assert (status, out) == (2, "")
    assert f"错误：「{word}」不是编号。编号写作 组号-序号，如 3-2；几个写成 1-4,2-4" in said
    assert "--how" not in said
    assert f"“{word}” is no id. An id is a team's code and a number" in fugong(*argv, FUGONG_LANG="en").stderr
    assert fingerprint(county) == before


def test_a_text_may_begin_with_numbers(fugong: Run) -> None:
    assert fugong("note", "1-1", "3至5", "人到岗").exit_code == 0
    assert '--how "12 人到岗"' in fugong("close", "1-1", "12", "人到岗").stderr
