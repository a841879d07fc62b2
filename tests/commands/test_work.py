"""support, outreach and activity: work is entered under a team, numbered, corrected, listed and shown."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome

from fugong.errors import Refusal
from fugong.errors.entries import BadQuantity, BlankText, FutureDate
from fugong.errors.names import BadActivityId, OtherRole, UnknownActivity, UnknownTerm
from fugong.errors.rules import NothingToCorrect, TeamNeeded
from fugong.vocab import KINDS, ListName, Role, Words

FIRM = "某县甲厂有限公司"
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


def ids(fugong: Run, *argv: str) -> list[str]:
    """The numbers in a listing."""
    return [item["id"] for item in items(fugong, *argv)]


# Entering


@pytest.mark.usefixtures("county")
def test_service_is_entered_with_all_that_is_known_of_it(fugong: Run) -> None:
    entered = fugong(
        "support", "add", "甲厂", "物资", "调配口罩", "--item", "口罩", "--quantity", "1,000", "--unit", "只",
        "--from", "工信局", "--problem", "1-1", "--by", "组员甲、组员乙", "--place", "东厂",
        "--guest", "专家甲", "--on", "3月10日", "--approx", "--inferred", "--note", "数量为约数", "--key", "masks-2",
    )  # fmt: skip
    assert outcome(entered) == (0, f"1-w3  {FIRM}  调配口罩\n", "")
    (item,) = items(fugong, "support", "show", "1-w3")
    assert len(item.pop("uid")) == 36
    events = item.pop("events")
    assert item.pop("results") == []
    assert item == {
        "id": "1-w3", "team": "1", "role": "service", "kind": "supplies", "enterprises": [FIRM], "text": "调配口罩",
        "item": "口罩", "quantity": "1000", "unit": "只", "on_date": "2020-03-10", "approximate": True,
        "problem": "1-1", "department": "工信局", "done_by": ["组员甲", "组员乙"], "guests": ["专家甲"],
        "place": "东厂", "key": "masks-2", "inferred": True, "remark": "数量为约数",
    }  # fmt: skip
    assert [(event["kind"], event["on"], event["approximate"]) for event in events] == [("add", "2020-03-10", True)]


@pytest.mark.usefixtures("county")
def test_the_last_two_arguments_of_outreach_are_the_kind_and_the_text(fugong: Run) -> None:
    assert outcome(fugong("outreach", "add", "甲厂", "乙建材", "标语", "更换标语")) == (
        0, f"1-w3  {FIRM}、某县乙建材有限公司  更换标语\n", "",
    )  # fmt: skip
    assert outcome(fugong("outreach", "add", "--team", "10", "slogans", "张贴")) == (0, "10-w2  第十组  张贴\n", "")
    assert outcome(fugong("outreach", "add", "标语", "张贴", "-t", "10")) == (0, "10-w3  第十组  张贴\n", "")


@pytest.mark.usefixtures("county")
def test_a_kind_that_is_not_known_is_a_dash_and_an_enterprise_as_well(fugong: Run) -> None:
    assert outcome(fugong("support", "add", "-", "-", "入企帮扶", "--team", "2")) == (0, "2-w2  第二组  入企帮扶\n", "")
    assert (items(fugong, "support", "list")[-1]["kind"], items(fugong, "support", "list")[-1]["enterprises"]) == (
        None, [],
    )  # fmt: skip


@pytest.mark.usefixtures("county")
def test_an_enterprise_named_twice_is_one(fugong: Run) -> None:
    fugong("outreach", "add", "甲厂", "油漆厂", "标语", "张贴")
    assert items(fugong, "activity", "show", "1-w3")[0]["enterprises"] == [FIRM]


def test_the_same_key_is_entered_once(county: Path, fugong: Run) -> None:
    assert fugong("support", "add", "甲厂", "物资", "送口罩", "--key", "k1").stdout == f"1-w3  {FIRM}  送口罩\n"
    before = fingerprint(county)
    assert outcome(fugong("support", "add", "甲厂", "物资", "又送", "--key", "k1")) == (
        0, f"1-w3  {FIRM}  送口罩\n", "标识 k1 已登记过，没有重复登记。\n",
    )  # fmt: skip
    assert fingerprint(county) == before


@pytest.mark.words
@pytest.mark.parametrize(
    ("argv", "refusal"),
    [
        (["support", "add", "-", "物资", "送"], TeamNeeded()),
        (["outreach", "add", "甲厂", "丙丁水泥", "标语", "换"], TeamNeeded()),
        (["outreach", "add", "戊厂", "标语", "换"], TeamNeeded()),
        (["support", "add", "甲厂", "标语", "送"],
         UnknownTerm(list=ListName.SERVICE, name="标语", candidates=[Words("supplies（物资）", "")])),
        (["support", "add", "甲厂", "物资", "送", "-q", "若干"], BadQuantity(value="若干")),
        (["support", "add", "甲厂", "物资", " "], BlankText(what=Words("描述", "text"))),
        (["support", "add", "甲厂", "物资", "送", "--on", "2020-03-14"], TOMORROW),
        (["support", "edit", "2-w1"], NothingToCorrect(noun="support")),
        (["support", "edit", "2-w1", "1-w1", "--note", "新"],
         OtherRole(id="1-w1", role=Role.PUBLICITY, noun="outreach")),
        (["support", "edit", "2-w1", "--text", ""], BlankText(what=Words("描述", "text"))),
        (["support", "edit", "2-w1", "--on", "2020-03-14"], TOMORROW),
        (["outreach", "show", "2-w1"], OtherRole(id="2-w1", role=Role.SERVICE, noun="support")),
        (["activity", "show", "2-w9"], UnknownActivity(id="2-w9")),
        (["activity", "show", "2-1"], BadActivityId(id="2-1")),
        (["activity", "list", "--kind", "无"],
         UnknownTerm(list="工作方式", name="无", candidates=["slogans（标语）", "check（检查）", "supplies（物资）"])),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    county: Path, fugong: Run, argv: list[str], refusal: Refusal
) -> None:
    before = fingerprint(county)
    assert outcome(fugong(*argv)) == said(refusal)
    assert fingerprint(county) == before


# Correcting


@pytest.mark.usefixtures("county")
def test_an_empty_value_clears_and_the_history_says_what_changed(fugong: Run) -> None:
    assert fugong("support", "edit", "2-w1", "--item", "", "--kind", "", "--from", "", "--problem", "").exit_code == 0
    assert fugong("support", "edit", "2-w1", "--enterprise", "-", "--note", "", "--quantity", "").exit_code == 0
    (item,) = items(fugong, "support", "show", "2-w1")
    cleared = ("item", "kind", "department", "problem", "remark", "quantity")
    assert [item[name] for name in cleared] == [None] * len(cleared)
    assert item["enterprises"] == []
    assert item["events"][1]["changes"] == {
        "department": ["卫健局", None], "item": ["口罩", None], "kind": ["supplies", None], "problem": ["1-1", None],
    }  # fmt: skip


@pytest.mark.usefixtures("county")
def test_a_corrected_day_is_exact_unless_it_is_said_to_be_approximate(fugong: Run) -> None:
    def day() -> tuple[str, bool]:
        (item,) = items(fugong, "activity", "show", "2-w1")
        return item["on_date"], item["approximate"]

    assert day() == ("2020-03-12", True)
    fugong("support", "edit", "2-w1", "--on", "2020-03-11")
    assert day() == ("2020-03-11", False)
    fugong("support", "edit", "2-w1", "--approx")
    assert day() == ("2020-03-11", True)
    fugong("support", "edit", "2-w1", "--no-approx")
    assert day() == ("2020-03-11", False)


@pytest.mark.usefixtures("county")
def test_work_of_another_team_gets_a_number_of_that_team(fugong: Run) -> None:
    assert fugong("support", "edit", "2-w1", "--team", "1").stdout.startswith("1-w3  ")
    assert ids(fugong, "activity", "list") == ["1-w1", "1-w2", "1-w3", "10-w1"]
    assert fugong("support", "add", "-", "-", "新", "--team", "2").stdout.startswith("2-w2  ")


def test_what_is_as_it_was_is_said_and_not_written(county: Path, fugong: Run) -> None:
    before = fingerprint(county)
    printed = fugong("support", "edit", "2-w1", "--quantity", "400～500")
    assert (printed.exit_code, printed.stderr) == (0, "2-w1 没有变化。\n")
    assert fingerprint(county) == before


# Reading


@pytest.mark.usefixtures("county")
def test_a_noun_lists_its_own_role_and_activity_all_three(fugong: Run) -> None:
    assert ids(fugong, "support", "list") == ["2-w1"]
    assert ids(fugong, "outreach", "list") == ["1-w1", "10-w1"]
    assert ids(fugong, "activity", "list") == ["1-w1", "1-w2", "2-w1", "10-w1"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--team", "1"], ["1-w1", "1-w2"]),
        (["--team", "1", "--team", "10"], ["1-w1", "1-w2", "10-w1"]),
        (["--enterprise", "甲厂"], ["1-w1", "1-w2"]),
        (["-e", "乙建材", "-e", "丙丁水泥"], ["1-w1", "2-w1"]),
        (["--kind", "物资", "--kind", "check"], ["1-w2", "2-w1"]),
        (["--since", "2020-03-11"], ["1-w2", "2-w1", "10-w1"]),
        (["--until", "3月11日"], ["1-w1", "10-w1"]),
        (["--text", "口罩", "--text", "手册"], ["2-w1", "10-w1"]),
        (["--team", "1", "--text", "检查"], ["1-w2"]),
    ],
)
@pytest.mark.usefixtures("county")
def test_filters_narrow_the_work(fugong: Run, filters: list[str], found: list[str]) -> None:
    assert ids(fugong, "activity", "list", *filters) == found


@pytest.mark.parametrize("option", ["--since", "--until"])
@pytest.mark.usefixtures("county")
def test_an_empty_date_is_none_to_narrow_the_work_by(fugong: Run, option: str) -> None:
    refused = fugong("activity", "list", option, "")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "「」不是日期" in refused.stderr


@pytest.mark.usefixtures("county")
def test_several_pieces_of_work_are_shown_one_after_the_other(fugong: Run) -> None:
    assert ids(fugong, "activity", "show", "10-W1", "1-w1", "10-w1") == ["10-w1", "1-w1"]


def test_every_role_has_a_list_of_kinds() -> None:
    assert {role: list_name.value for role, list_name in KINDS.items()} == {role: role.value for role in Role}
