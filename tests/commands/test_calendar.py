"""``calendar``: a month of working days, corrections by a notice, and the deadlines that these would move."""

import json
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome, tabbed

from fugong.errors import Refusal
from fugong.errors.entries import BadDate, BadMonth

MOVED = tabbed("编号|时限规则|起算|原时限|按现在的日历\n1-4|7wd|2020-03-13|2020-03-24|2020-03-25\n")
NOTHING = MOVED.splitlines(keepends=True)[0]


@pytest.fixture
def counted(county: Path, fugong: Run) -> Path:
    """The county with a problem due in seven working days, and then one of them taken away."""
    fugong("log", "甲厂", "新问题", "--due", "7wd")
    fugong("calendar", "set", "2020-03-16", "off", "--source", "县里通知")
    return county


def days(fugong: Run, month: str) -> dict[str, tuple[str, bool, str | None]]:
    """Each day of a month: work or off, whether that is an estimate, and by which notice."""
    shown = fugong("calendar", "show", month, "--format", "json")
    assert (shown.exit_code, shown.stderr) == (0, "")
    items = json.loads(shown.stdout)["items"]
    assert {tuple(item) for item in items} == {("day", "kind", "estimated", "source")}
    return {item["day"]: (item["kind"], item["estimated"], item["source"]) for item in items}


@pytest.mark.usefixtures("county")
def test_a_month_follows_the_state_council(fugong: Run) -> None:
    january = days(fugong, "2020-01")
    assert len(january) == 31
    assert january["2020-01-19"] == ("work", False, None)  # a Sunday, worked before the Spring Festival
    assert january["2020-01-24"] == ("off", False, None)


@pytest.mark.usefixtures("county")
def test_a_year_that_nobody_has_announced_is_an_estimate(fugong: Run) -> None:
    assert days(fugong, "2999-01")["2999-01-01"][1]


@pytest.mark.usefixtures("county")
def test_a_month_for_people(fugong: Run) -> None:
    shown = fugong("calendar", "show", "2020-01")
    assert (shown.exit_code, shown.stderr) == (0, "")
    lines = shown.stdout.splitlines()
    assert (len(lines), lines[0]) == (32, tabbed("日期|星期|上班或休息|说明|依据"))
    assert tabbed("2020-01-19|周日|上班|调休上班|") in lines
    assert tabbed("2020-01-27|周一|休息|放假|") in lines


@pytest.mark.usefixtures("county")
def test_a_day_is_corrected_by_a_notice(fugong: Run) -> None:
    line = "2020-03-14  上班  县里通知\n"
    assert outcome(fugong("calendar", "set", "3月14日", "work", "--source", "县里通知")) == (0, line, "")
    assert days(fugong, "2020-03")["2020-03-14"] == ("work", False, "县里通知")
    assert outcome(fugong("calendar", "set", "2020-03-14", "off", "--source", "撤回"))[0] == 0
    assert days(fugong, "2020-03")["2020-03-14"] == ("off", False, "撤回")


@pytest.mark.usefixtures("county")
def test_a_correction_says_how_many_deadlines_it_would_move_and_moves_none(fugong: Run) -> None:
    fugong("log", "甲厂", "新问题", "--due", "7wd")
    corrected = outcome(fugong("calendar", "set", "2020-03-16", "off", "--source", "县里通知"))
    remark = "有 1 个时限会因此变动，还没有改。查看和确认：fugong calendar recheck\n"
    assert corrected == (0, "2020-03-16  休息  县里通知\n", remark)
    assert "\t2020-03-24\n" in fugong("list").stdout


def test_recheck_without_consent_only_looks(counted: Path, fugong: Run) -> None:
    before = fingerprint(counted)
    declined = "没有改动。要改：fugong calendar recheck --yes\n"
    assert outcome(fugong("calendar", "recheck")) == (0, MOVED, declined)
    assert fingerprint(counted) == before


@pytest.mark.usefixtures("counted")
def test_recheck_moves_deadlines_and_leaves_an_event(fugong: Run) -> None:
    assert outcome(fugong("calendar", "recheck", "--yes")) == (0, MOVED, "已改动 1 个时限。\n")
    (item,) = json.loads(fugong("show", "1-4", "--format", "json").stdout)["items"]
    assert (item["due_on"], item["due_rule"]) == ("2020-03-25", "7wd")
    assert item["events"][-1]["changes"] == {
        "first_due_on": ["2020-03-24", "2020-03-25"],
        "due_on": ["2020-03-24", "2020-03-25"],
    }
    assert outcome(fugong("calendar", "recheck")) == (0, NOTHING, "没有时限需要变动。\n")


@pytest.mark.parametrize(
    ("argv", "refusal"),
    [
        (["show", "三月"], BadMonth(value="三月")),
        (["show", "2020-13"], BadMonth(value="2020-13")),
        (["set", "哪天", "off", "--source", "通知"], BadDate(value="哪天")),
    ],
)
def test_what_is_no_month_or_day_is_refused(county: Path, fugong: Run, argv: list[str], refusal: Refusal) -> None:
    before = fingerprint(county)
    sentence = f"错误：{refusal.sentence(chinese=True)}\n"
    assert outcome(fugong("calendar", *argv)) == (1, "", sentence)
    assert fingerprint(county) == before
