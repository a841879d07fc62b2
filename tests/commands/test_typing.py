"""Dates and deadlines as clerks type them at the command line (tests/values has every form)."""

import json
from typing import Any

import pytest
from tests.conftest import Run

pytestmark = pytest.mark.usefixtures("county")


def card(fugong: Run, ident: str) -> dict[str, Any]:
    (item,) = json.loads(fugong("show", ident, "--format", "json").stdout)["items"]
    return dict(item)


def test_a_corrected_deadline_counts_from_today_and_elsewhere_on_request(fugong: Run) -> None:
    assert card(fugong, "1-1")["found_on"] == "2020-03-10"
    assert fugong("edit", "1-1", "--due", "5wd").exit_code == 0
    assert card(fugong, "1-1")["due_on"] == "2020-03-20"
    assert fugong("edit", "1-1", "--due", "5wd", "--due-from", "3月9日").exit_code == 0
    assert card(fugong, "1-1")["due_on"] == "2020-03-16"
    assert fugong("edit", "1-1", "--due-from", "昨天").exit_code == 0
    assert card(fugong, "1-1")["due_on"] == "2020-03-19"


def test_a_logged_deadline_counts_from_the_found_date(fugong: Run) -> None:
    assert fugong("log", "乙建材", "缺电", "--on", "上周五", "--due", "一周内").exit_code == 0
    logged = card(fugong, "1-4")
    assert (logged["found_on"], logged["due_on"], logged["due_rule"]) == ("2020-03-06", "2020-03-13", "7d")


@pytest.mark.parametrize(
    ("typed", "due", "rule"),
    [("七个工作日", "2020-03-24", "7wd"), ("下周五", "2020-03-20", None), ("立行立改", None, "at_once")],
)
def test_every_door_takes_the_words_for_a_deadline(fugong: Run, typed: str, due: str | None, rule: str | None) -> None:
    assert fugong("assign", "1-3", "--department", "工信局", "--due", typed).exit_code == 0
    assert (card(fugong, "1-3")["due_on"], card(fugong, "1-3")["due_rule"]) == (due, rule)


@pytest.mark.parametrize(("typed", "day"), [("周一", "2020-03-09"), ("昨天", "2020-03-12"), ("12日", "2020-03-12")])
def test_the_day_of_an_act_is_the_last_of_its_name(fugong: Run, typed: str, day: str) -> None:
    assert fugong("note", "1-3", "问过银行", "--on", typed).exit_code == 0
    assert card(fugong, "1-3")["events"][-1]["on"] == day


def test_a_listing_begins_a_week_ago(fugong: Run) -> None:
    asked = fugong("list", "--status", "all", "--since", "7d")
    assert asked.stdout == fugong("list", "--status", "all", "--since", "2020-03-06").stdout
    assert fugong("list", "--status", "all", "--since", "-7d").stdout == asked.stdout
    assert fugong("list", "--status", "all", "--since=一周").stdout == asked.stdout
    due = fugong("list", "--due-by", "7d").stdout
    assert due == fugong("list", "--due-by", "2020-03-20").stdout


def test_three_twelve_is_two_days_in_english_and_one_in_chinese(fugong: Run) -> None:
    refused = fugong("note", "1-3", "asked", "--on", "3/12", FUGONG_LANG="en", FUGONG_TODAY="2026-11-30")
    assert refused.exit_code == 1
    assert refused.stderr == "Error: “3/12” can be 2026-03-12 or 2026-12-03. Write the one that you mean.\n"
    assert fugong("progress", "--as-of", "3/12", FUGONG_LANG="en", FUGONG_TODAY="2026-11-30").exit_code == 1
    assert fugong("note", "1-3", "问过银行", "--on", "3/12").exit_code == 0
    assert card(fugong, "1-3")["events"][-1]["on"] == "2020-03-12"
    assert fugong("note", "1-3", "asked", "--on", "12 Mar 2020", FUGONG_LANG="en").exit_code == 0


@pytest.mark.words
@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("log", "乙建材", "缺电", "-d", "工信", "-c", "finance", "--due", "七个工作日"),
         "     第一组；交工信局；资金周转；时限 2020-03-24 周二（7 个工作日）\n"),
        (("log", "乙建材", "缺电", "--due", "今天"), "     第一组；时限 2020-03-13 周五，今天 ● 黄\n"),
        (("log", "乙建材", "缺电", "--on", "上周五", "--due", "3天"),
         "     第一组；时限 2020-03-09 周一（从 2020-03-06 起 3 天） ● 红\n"),
        (("log", "乙建材", "缺电", "--due", "立行立改"), "     第一组；时限 立行立改\n"),
        (("log", "乙建材", "缺电"), ""),
        (("edit", "1-3", "--due", "5wd"), "     时限 2020-03-11 周三 → 2020-03-20 周五（5 个工作日）\n"),
        (("assign", "1-3", "工信局", "--due", "3月底前"),
         "     交工信局；时限 2020-03-11 周三 → 2020-03-31 周二\n"),
    ],
)  # fmt: skip
def test_what_was_understood_is_said_under_the_line_that_scripts_read(
    fugong: Run, argv: tuple[str, ...], said: str
) -> None:
    done = fugong(*argv)
    ident = "1-4" if argv[0] == "log" else argv[1]
    assert (done.exit_code, done.stdout.split("  ")[0], done.stderr) == (0, ident, said)


def test_what_was_understood_is_said_in_english(fugong: Run) -> None:
    said = fugong("assign", "1-3", "工信局", "--due", "1 day", FUGONG_LANG="en")
    assert said.stderr == "     to 工信局; due Wed 2020-03-11 → Sat 2020-03-14 (1 day) ● yellow\n"
