"""Where the clock is behind: what nobody dated comes after what set the same thing before it, whatever the record.

Trials §1.13.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import behind, lay
from tests.queries.lives import DONE, a_county, act

NEWER, BEHIND, LATER = "2020-03-25T09:00", "2020-03-22T09:00", "2020-03-28T09:00"


def entered(fugong: Run, moment: str, *argv: str) -> None:
    actor = {"FUGONG_ACTOR": "审核员"} if argv[0] in ("approve", "reject") else {}
    done = fugong(*argv, FUGONG_TODAY=moment, **actor)
    assert done.exit_code == 0, (argv, done.output)


def days(store: Path, last: int) -> list[str]:
    """The business days of the last events, in the order of their entry."""
    return [str(day) for (day,) in behind(store, "SELECT on_date FROM event ORDER BY id")][-last:]


def due(fugong: Run, day: str) -> Any:
    listed = fugong("list", "--text", "久等", "--as-of", day, "--format", "json", FUGONG_TODAY=LATER)
    return json.loads(listed.stdout)["items"][0]["due_on"]


def test_a_deadline_that_is_edited_by_a_clock_behind_holds_from_the_day_of_the_one_before_it(
    store: Path, fugong: Run
) -> None:
    lay(store)
    entered(fugong, "2020-03-20T09:00", "log", "甲厂", "久等", "--due", "2020-03-30")
    entered(fugong, NEWER, "edit", "1-4", "--due", "2020-03-28")
    entered(fugong, BEHIND, "edit", "1-4", "--due", "2020-03-23")
    assert days(store, 2) == ["2020-03-25", "2020-03-25"]
    assert [due(fugong, f"2020-03-{day}") for day in (22, 24, 25)] == ["2020-03-30", "2020-03-30", "2020-03-23"]


@pytest.mark.parametrize(
    ("newer", "later"),
    [
        (("edit", "1-3", "--due", "2020-03-30"), ("edit", "1-3", "--due", "长期")),
        (("edit", "1-3", "--due", "2020-03-30"), ("extend", "1-3", "--to", "2020-04-08", "--why", "等批文")),
        (("assign", "1-3", "--department", "工信局"), ("assign", "1-3", "--department", "卫健局")),
        (("assign", "1-3", "--department", "工信局"), ("bounce", "1-3", "--why", "不归我管")),
        (("edit", "1-3", "--department", "应急局"), ("assign", "1-3", "--department", "卫健局")),
        (("assign", "1-3", "--department", "工信局"), ("close", "1-3", "--how", "好了")),
        (("close", "1-3", "--how", "好了"), ("reopen", "1-3", "--why", "又有")),
        (("close", "1-3", "--how", "好了"), ("void", "1-3", "--why", "误登")),
        (("close", "1-3", "--how", "好了"), ("verify", "1-3", "--ok")),
        (("close", "1-3", "--how", "好了"), ("verify", "1-3", "--fail", "没有")),
        (("escalate", "1-3", "--to", "市", "要协调"), ("escalate", "1-3", "--to", "省", "要协调")),
        (("enterprise", "stage", "甲厂", "full"), ("enterprise", "stage", "甲厂", "stopped", "--why", "检修")),
        (("enterprise", "assign", "甲厂", "--team", "2"), ("enterprise", "assign", "甲厂", "--team", "10")),
        (("enterprise", "assign", "甲厂", "--team", "2"), ("enterprise", "assign", "甲厂", "--team", "-")),
        (("assign", "1-3", "工信局"), ("close", "1-3", "--how", "好", "--on", "2020-03-25")),
        (("enterprise", "edit", "甲厂", "--township", "乙镇"), ("enterprise", "edit", "甲厂", "--township", "丙镇")),
        (("department", "retire", "应急局"), ("department", "restore", "应急局")),
        (("team", "edit", "1", "--expected", "7"), ("team", "edit", "1", "--expected", "8")),
        (("outreach", "edit", "1-w1", "--note", "一"), ("outreach", "edit", "1-w1", "--note", "二")),
        (("store", "set", "yellow_days", "5"), ("store", "set", "yellow_days", "6")),
        (
            ("term", "edit", "category", "finance", "--name", "资金"),
            ("term", "edit", "category", "finance", "--name", "钱"),
        ),
    ],
    ids=" ".join,
)
def test_what_sets_the_same_thing_is_dated_like_it(
    store: Path, fugong: Run, newer: tuple[str, ...], later: tuple[str, ...]
) -> None:
    lay(store)
    entered(fugong, NEWER, *newer)
    entered(fugong, BEHIND, *later)
    assert days(store, 2) == ["2020-03-25", "2020-03-25"]
    assert fugong("store", "check", FUGONG_TODAY=LATER).exit_code == 0


def test_what_sets_another_thing_or_was_taken_back_leaves_the_day_as_it_is(store: Path, fugong: Run) -> None:
    lay(store)
    entered(fugong, NEWER, "edit", "1-3", "--due", "2020-03-30")
    entered(fugong, BEHIND, "edit", "1-3", "--person", "组员甲")
    entered(fugong, BEHIND, "chase", "1-3")
    entered(fugong, NEWER, "edit", "1-3", "--note", "一")
    entered(fugong, NEWER, "undo")
    entered(fugong, BEHIND, "edit", "1-3", "--note", "二")
    assert days(store, 6) == [
        "2020-03-25", "2020-03-22", "2020-03-22", "2020-03-25", "2020-03-25", "2020-03-22",
    ]  # fmt: skip


def test_what_needs_a_problem_in_hand_comes_no_earlier_than_it_was_in_hand_again(store: Path, fugong: Run) -> None:
    lay(store)
    entered(fugong, NEWER, "close", "1-1", "--how", "好了")
    entered(fugong, NEWER, "reopen", "1-1", "--why", "又有")
    for argv in (
        ("chase", "1-1"), ("extend", "1-1", "--to", "2020-04-08", "--why", "等批文", "--late"),
        ("assign", "1-1", "卫健局"),
        ("bounce", "1-1", "不归我管"), ("escalate", "1-1", "--to", "市", "要协调"),
    ):  # fmt: skip
        entered(fugong, BEHIND, *argv)
        assert days(store, 1) == ["2020-03-25"], argv
    stated = fugong("chase", "1-1", "--on", "2020-03-22", FUGONG_TODAY=BEHIND)
    assert (stated.exit_code, "2020-03-25 已重开" in stated.stderr) == (1, True)


def test_a_failed_check_is_noted_of_a_problem_that_a_newer_clock_found(store: Path, fugong: Run) -> None:
    lay(store)
    failed = ("inspection", "add", "甲厂", "--fail", "环境卫生=垃圾未清")
    entered(fugong, NEWER, *failed)
    entered(fugong, BEHIND, *failed)
    noted = behind(store, "SELECT on_date FROM event WHERE act = 'note' ORDER BY id DESC LIMIT 1")
    assert str(noted[0][0]) == "2020-03-25"


def test_an_extension_is_late_by_its_own_day_and_not_by_the_clock(store: Path, fugong: Run) -> None:
    lay(store)
    entered(fugong, "2020-03-20T09:00", "log", "甲厂", "久等", "--due", "2020-03-30")
    entered(fugong, NEWER, "edit", "1-4", "--due", "2020-03-24")
    extend = ("extend", "1-4", "--to", "2020-04-08", "--why", "等批文")
    refused = fugong(*extend, FUGONG_TODAY=BEHIND)
    assert (refused.exit_code, "--late" in refused.stderr) == (1, True)
    entered(fugong, BEHIND, *extend, "--late")
    (row,) = json.loads(fugong("show", "1-4", "--format", "json", FUGONG_TODAY=LATER).stdout)["items"]
    assert (row["late_extended"], days(store, 1)) == (True, ["2020-03-25"])


@pytest.mark.parametrize(
    ("newer", "later", "due_on"),
    [
        (("edit", "1-3", "--due", "2020-03-30"), ("edit", "1-3", "--due", "5d"), "2020-03-30"),
        (("edit", "1-3", "--due", "2020-03-30"), ("edit", "1-3", "--due", "3wd"), "2020-03-30"),
        (("edit", "1-3", "--due", "2020-03-30"), ("edit", "1-3", "--due", "当天"), "2020-03-25"),
        (("edit", "1-3", "--due", "2020-03-30"), ("edit", "1-3", "--due", "明天"), "2020-03-26"),
        (("edit", "1-3", "--due", "2020-03-30"), ("edit", "1-3", "--due", "5d", "--due-from", "3月23日"), "2020-03-28"),
        (("edit", "1-3", "--person", "甲"), ("edit", "1-3", "--person", "乙", "--due", "5d"), "2020-03-30"),
        (("edit", "1-3", "--person", "甲"), ("edit", "1-3", "--due", "5d"), "2020-03-27"),
        (("edit", "1-3", "--due", "2020-03-30"), ("extend", "1-3", "--to", "2周", "--why", "等批文"), "2020-04-08"),
        (("edit", "1-3", "--due", "2020-03-26"), ("extend", "1-3", "--to", "下周五", "--why", "等批文"), "2020-04-03"),
        (("assign", "1-3", "工信局"), ("assign", "1-3", "卫健局", "--due", "7wd"), "2020-04-03"),
        (("chase", "1-3"), ("assign", "1-3", "卫健局", "--due", "1m"), "2020-04-22"),
    ],
    ids=" ".join,
)
def test_a_deadline_counts_from_the_day_of_the_act_that_sets_it(
    store: Path, fugong: Run, newer: tuple[str, ...], later: tuple[str, ...], due_on: str
) -> None:
    """So the three that a store keeps, the act's day, the day counted from and the deadline, tell one story."""
    lay(store)
    entered(fugong, NEWER, *newer)
    entered(fugong, BEHIND, *later)
    (told,) = behind(store, "SELECT due_on, due_from, due_rule FROM problem WHERE team_id = 1 AND number = 3")
    assert str(told[0]) == due_on
    if told[2] and "--due-from" not in later:
        assert [str(told[1])] == days(store, 1)


def test_a_deadline_of_several_problems_counts_from_the_act_on_each(store: Path, fugong: Run) -> None:
    lay(store)
    entered(fugong, NEWER, "edit", "1-3", "--due", "2020-03-30")
    entered(fugong, BEHIND, "edit", "1-1,1-3", "--due", "5d")
    told = behind(store, "SELECT due_on FROM problem WHERE number IN (1, 3) AND team_id = 1 ORDER BY number")
    assert [str(day) for (day,) in told] == ["2020-03-27", "2020-03-30"]


def test_a_day_on_which_something_was_entered_is_none_to_come(store: Path, fugong: Run, tmp_path: Path) -> None:
    """What the store knows is not refused as the future, neither to be written nor to be read; what it does not is."""
    lay(store)
    ledger = str(tmp_path / "ledger.csv")
    entered(fugong, NEWER, "close", "1-3", "--how", "好了")
    entered(fugong, NEWER, "log", "甲厂", "久等")
    entered(fugong, NEWER, "export", "ledger", "-o", ledger)
    for argv in (
        ("import", ledger), ("log", "甲厂", "又一件", "--on", "2020-03-25"),
        ("note", "1-1", "来过", "--on", "2020-03-25"),
        ("publish", "--as-of", "2020-03-25"), ("list", "--as-of", "2020-03-25"), ("weekly", "--to", "2020-03-25"),
        ("progress", "--known-at", "2020-03-25"), ("summary", "--known-at", "2020-03-25 09:00"),
        ("outreach", "add", "甲厂", "标语", "换标语", "--on", "2020-03-25"), ("nil", "-t", "2", "--on", "2020-03-25"),
    ):  # fmt: skip
        entered(fugong, BEHIND, *argv)
        later = tuple(word.replace("2020-03-25", "2020-03-26") for word in argv)
        if later != argv:
            refused = fugong(*later, FUGONG_TODAY=BEHIND)
            assert (refused.exit_code, "2020-03-26" in refused.stderr) == (1, True), later
    assert fugong("store", "check", FUGONG_TODAY=LATER).exit_code == 0


def test_a_file_without_days_is_taken_by_a_clock_that_is_behind(store: Path, fugong: Run, tmp_path: Path) -> None:
    lay(store)
    ledger = tmp_path / "ledger.csv"
    entered(fugong, NEWER, "log", "甲厂", "久等")
    entered(fugong, NEWER, "note", "1-4", "去看过")
    entered(fugong, NEWER, "log", "甲厂", "又等")
    ledger.write_text("企业,问题描述,整改情况,是否销号\n甲厂,久等,已经好了,是\n甲厂,又等,正在办,否\n", encoding="utf-8")
    entered(fugong, BEHIND, "import", str(ledger))
    assert days(store, 2) == ["2020-03-25", "2020-03-25"]
    assert fugong("store", "check", FUGONG_TODAY=LATER).exit_code == 0


@pytest.mark.one_engine
def test_no_verb_is_refused_for_a_day_that_the_store_knows(fugong: Run) -> None:
    """Everything once by one clock, then once more by one that is a day behind, and by one that is ten."""
    with a_county() as store:
        for clock in (NEWER, "2020-03-24T09:00", "2020-03-15T09:00"):
            for number in range(len(DONE)):
                said = act(fugong, store, number, clock)
                assert clock is NEWER or "还没有到" not in said.stderr, (DONE[number], clock, said.stderr)
        assert fugong("--store", str(store), "store", "check", FUGONG_TODAY=LATER).exit_code == 0
