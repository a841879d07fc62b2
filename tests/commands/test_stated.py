"""milestone, practice and figure: entered, corrected, listed and shown."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome

from fugong.errors import Refusal
from fugong.errors.entries import FutureDate
from fugong.errors.names import AmbiguousName, NameTaken, NoMilestone, UnknownFigure, UnknownName, UnknownTerm
from fugong.errors.rules import AdopterNeeded, MilestoneNeeded, NothingToCorrect
from fugong.vocab import Kind, ListName

FIRM = "某县乙建材有限公司"
MILESTONES = ["approval（复工批复）", "branch（党支部）"]
TOMORROW = FutureDate(date="2020-03-14", today="2020-03-13")


def said(refusal: Refusal) -> tuple[int, str, str]:
    """The outcome of a refusal."""
    return refusal.exit_code, "", f"错误：{refusal.sentence(chinese=True)}\n"


def items(fugong: Run, *argv: str) -> list[dict[str, Any]]:
    """A listing as scripts see it."""
    printed = fugong(*argv, "--format", "json")
    assert (printed.exit_code, printed.stderr) == (0, "")
    listed: list[dict[str, Any]] = json.loads(printed.stdout)["items"]
    return listed


def milestone(fugong: Run) -> tuple[bool, str, bool, str | None]:
    """How far the trade union branch of the firm is."""
    (item,) = items(fugong, "milestone", "show", "乙建材", "党支部")
    return item["pending"], item["on_date"], item["approximate"], item["remark"]


# Milestones


@pytest.mark.usefixtures("county")
def test_a_milestone_is_pending_until_it_is_entered_as_reached(fugong: Run) -> None:
    add = ("milestone", "add", "乙建材", "党支部")
    assert outcome(fugong(*add, "--pending", "--note", "正在筹建")) == (0, f"{FIRM}  党支部  未完成\n", "")
    assert milestone(fugong) == (True, "2020-03-13", False, "正在筹建")
    assert outcome(fugong(*add, "--on", "昨天", "--approx")) == (0, f"{FIRM}  党支部  约 2020-03-12\n", "")
    assert milestone(fugong) == (False, "2020-03-12", True, "正在筹建")
    events = items(fugong, "milestone", "show", "乙建材", "branch")[0]["events"]
    assert [(event["kind"], event["on"], event["approximate"]) for event in events] == [
        ("add", "2020-03-13", False), ("edit", "2020-03-12", True),
    ]  # fmt: skip


def test_a_milestone_that_was_reached_is_left_as_it_is(county: Path, fugong: Run) -> None:
    fugong("milestone", "add", "乙建材", "党支部", "--on", "3月10日")
    before = fingerprint(county)
    again = "已经登记过（2020-03-10），没有改动。要更正：fugong milestone edit\n"
    for more in ([], ["--pending"], ["--on", "3月11日"]):
        assert outcome(fugong("milestone", "add", "乙建材", "党支部", *more)) == (
            0, f"{FIRM}  党支部  2020-03-10\n", again,
        )  # fmt: skip
    assert fingerprint(county) == before


@pytest.mark.usefixtures("county")
def test_a_milestone_is_corrected(fugong: Run) -> None:
    fugong("milestone", "add", "乙建材", "党支部", "--approx", "--note", "有误", "--inferred")
    edit = ("milestone", "edit", "乙建材", "党支部")
    assert outcome(fugong(*edit, "--on", "3月10日", "--note", "")) == (0, f"{FIRM}  党支部  2020-03-10\n", "")
    assert milestone(fugong) == (False, "2020-03-10", False, None)
    fugong(*edit, "--pending", "--no-inferred")
    assert milestone(fugong) == (True, "2020-03-10", False, None)
    assert fugong(*edit, "--pending").stderr == "没有变化。\n"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--milestone", "approval"], ["某县甲厂有限公司"]),
        (["-m", "复工批复", "-m", "党支部"], ["某县甲厂有限公司", "某县丙丁铸造有限公司"]),
        (["--enterprise", "丙丁铸造"], ["某县丙丁铸造有限公司"]),
        (["--team", "1"], ["某县甲厂有限公司"]),
        (["--since", "3月5日"], ["某县丙丁铸造有限公司"]),
        (["--until", "3月5日"], ["某县甲厂有限公司"]),
    ],
)
@pytest.mark.usefixtures("county")
def test_filters_narrow_the_milestones(fugong: Run, filters: list[str], found: list[str]) -> None:
    assert [item["enterprise"] for item in items(fugong, "milestone", "list", *filters)] == found


# Practices


@pytest.mark.usefixtures("county")
def test_a_practice_is_entered_and_taken_up_by_teams_and_enterprises(fugong: Run) -> None:
    entered = fugong("practice", "add", "夜班巡查", "--origin", "甲厂", "--summary", "每晚两次", "--promoted", "3月5日")
    assert outcome(entered) == (0, "夜班巡查\n", "")
    assert outcome(fugong("practice", "adopt", "夜班", "甲厂", "-t", "2", "乙建材")) == (
        0, f"夜班巡查  第二组、某县甲厂有限公司、{FIRM}\n", "",
    )  # fmt: skip
    assert outcome(fugong("practice", "adopt", "夜班", "油漆厂")) == (
        0, f"夜班巡查  第二组、某县甲厂有限公司、{FIRM}\n", "没有变化。\n",
    )  # fmt: skip
    assert outcome(fugong("practice", "adopt", "夜班", "甲厂", "--team", "2", "--remove")) == (
        0, f"夜班巡查  {FIRM}\n", "",
    )  # fmt: skip
    (item,) = items(fugong, "practice", "show", "夜班巡查")
    about = ("origin", "summary", "promoted_on", "adopted_by", "inferred", "remark")
    assert [item[name] for name in about] == ["甲厂", "每晚两次", "2020-03-05", [FIRM], False, None]
    assert [event["kind"] for event in item["events"]] == ["add", "edit", "edit"]


@pytest.mark.usefixtures("county")
def test_a_practice_is_corrected_and_renamed(fugong: Run) -> None:
    assert fugong("practice", "edit", "另一", "--name", "新做法", "--origin", "甲厂", "--inferred").stdout == "新做法\n"
    fugong("practice", "edit", "新做法", "--origin", "", "--promoted", "昨天", "--note", "备注")
    (item,) = items(fugong, "practice", "show", "新做法")
    assert (item["origin"], item["promoted_on"], item["inferred"], item["remark"]) == (None, "2020-03-12", True, "备注")
    assert fugong("practice", "edit", "新做法", "--note", "备注").stderr == "没有变化。\n"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--team", "1"], ["演练做法"]),
        (["--team", "2"], []),
        (["--enterprise", "丙丁水泥"], ["演练做法"]),
        (["--since", "3月6日"], ["演练做法"]),
        (["--until", "3月5日"], []),
    ],
)
@pytest.mark.usefixtures("county")
def test_filters_narrow_the_practices(fugong: Run, filters: list[str], found: list[str]) -> None:
    assert [item["name"] for item in items(fugong, "practice", "list", *filters)] == found


# Figures


@pytest.mark.usefixtures("county")
def test_a_figure_without_a_key_gets_one_that_says_what_it_is(fugong: Run) -> None:
    first = fugong(
        "figure", "add", "发现问题", "7", "--team", "2", "--unit", "个", "--as-of", "3月11日", "--source", "通报"
    )
    assert outcome(first) == (0, "team2-found-2020-03-11  第二组  发现问题  7个  2020-03-11\n", "")
    assert fugong("figure", "add", "found", "8", "-t", "2", "--as-of", "3月11日").stdout.startswith(
        "team2-found-2020-03-11-2  "
    )
    assert outcome(fugong("figure", "add", "milestone", "2", "-m", "复工批复")) == (
        0, "county-milestone-approval-2020-03-13  全县  复工批复  2  2020-03-13\n", "",
    )  # fmt: skip


@pytest.mark.usefixtures("county")
def test_a_figure_is_entered_once_for_its_key_and_corrected_by_it(fugong: Run) -> None:
    fugong("figure", "add", "people", "64", "--key", "p64", "--unit", "名", "--note", "两处", "--inferred")
    assert outcome(fugong("figure", "add", "people", "68", "--key", "p64")) == (
        0, "p64  全县  人员  64名  2020-03-13\n", "标识 p64 已登记过，没有重复登记。\n",
    )  # fmt: skip
    edit = ("figure", "edit", "p64")
    assert fugong(*edit, "--measure", "党员", "--value", "0", "--team", "1", "--unit", "").stdout == (
        "p64  第一组  党员  0  2020-03-13\n"
    )
    fugong(*edit, "--team", "-", "--as-of", "昨天", "--source", "通报", "--note", "", "--no-inferred")
    (item,) = items(fugong, "figure", "show", "p64")
    assert len(item.pop("uid")) == 36
    assert [event["kind"] for event in item.pop("events")] == ["add", "edit", "edit"]
    assert item == {
        "key": "p64", "measure": "party_members", "milestone": None, "team": None, "value": 0, "unit": None,
        "as_of": "2020-03-12", "source": "通报", "inferred": False, "remark": None,
    }  # fmt: skip
    assert fugong(*edit, "--value", "0").stderr == "没有变化。\n"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--team", "1"], ["people"]),
        (["--measure", "found", "--measure", "人员"], ["found", "people"]),
        (["--until", "3月11日"], ["solved"]),
        (["--since", "3月12日", "--measure", "solved"], []),
    ],
)
@pytest.mark.usefixtures("county")
def test_filters_narrow_the_figures(fugong: Run, filters: list[str], found: list[str]) -> None:
    assert [item["key"] for item in items(fugong, "figure", "list", *filters)] == found


# Refusals


@pytest.mark.words
@pytest.mark.parametrize(
    ("argv", "refusal"),
    [
        (["milestone", "add", "乙建材", "厂史馆"],
         UnknownTerm(list=ListName.MILESTONE, name="厂史馆", candidates=MILESTONES)),
        (["milestone", "add", "乙建材", "党支部", "--on", "2020-03-14"], TOMORROW),
        (["milestone", "edit", "乙建材", "党支部"], NothingToCorrect(noun="milestone")),
        (["milestone", "edit", "乙建材", "党支部", "--pending"], NoMilestone(enterprise=FIRM, milestone="党支部")),
        (["milestone", "show", "乙建材", "党支部"], NoMilestone(enterprise=FIRM, milestone="党支部")),
        (["practice", "add", "演练 做法"], NameTaken(kind=Kind.PRACTICE, name="演练 做法", owner="演练做法")),
        (["practice", "edit", "另一做法", "--name", "演练做法"],
         NameTaken(kind=Kind.PRACTICE, name="演练做法", owner="演练做法")),
        (["practice", "add", "新", "--promoted", "2020-03-14"], TOMORROW),
        (["practice", "show", "做法"], AmbiguousName(name="做法", candidates=["演练做法", "另一做法"])),
        (["practice", "show", "无此"], UnknownName(kind=Kind.PRACTICE, verb="practice", name="无此")),
        (["practice", "adopt", "演练"], AdopterNeeded()),
        (["practice", "edit", "演练"], NothingToCorrect(noun="practice")),
        (["figure", "add", "milestone", "3"], MilestoneNeeded()),
        (["figure", "edit", "approval", "--milestone", ""], MilestoneNeeded()),
        (["figure", "edit", "found", "--measure", "milestone"], MilestoneNeeded()),
        (["figure", "edit", "found"], NothingToCorrect(noun="figure")),
        (["figure", "edit", "无", "--value", "1"], UnknownFigure(key="无")),
        (["figure", "show", "无"], UnknownFigure(key="无")),
        (["figure", "add", "found", "3", "--as-of", "2020-03-14"], TOMORROW),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    county: Path, fugong: Run, argv: list[str], refusal: Refusal
) -> None:
    before = fingerprint(county)
    assert outcome(fugong(*argv)) == said(refusal)
    assert fingerprint(county) == before


@pytest.mark.usefixtures("county")
def test_a_measure_is_a_code_or_a_name_in_either_language(fugong: Run) -> None:
    for name in ("in_hand", "正在解决", "Problems in hand"):
        assert [item["key"] for item in items(fugong, "figure", "list", "--measure", name)] == ["unsolved"]
    refused = fugong("figure", "list", "--measure", "坏")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("错误：指标里没有「坏」。可以用：found（发现问题）、solved（解决问题）、")


@pytest.mark.usefixtures("county")
def test_where_a_figure_was_stated_is_no_source_of_problems_even_in_its_words(fugong: Run) -> None:
    for source in ("assigned", "inspection"):
        assert fugong("figure", "edit", "found", "--source", source).exit_code == 0
    told = fugong("figure", "show", "found", "--format", "table").stdout
    assert "来源：assigned → inspection" in told
    assert "上级交办" not in told


@pytest.mark.usefixtures("county")
def test_what_a_practice_is_named_is_told_in_its_own_words(fugong: Run) -> None:
    fugong("practice", "edit", "另一做法", "--origin", "open", "--summary", "status")
    told = fugong("practice", "show", "另一做法", "--format", "table").stdout
    assert "来源：open" in told
    assert "内容：status" in told
