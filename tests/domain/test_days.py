"""Where the clock is behind: what nobody dated comes after what set the same thing before it, whatever the record."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import behind, lay

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
