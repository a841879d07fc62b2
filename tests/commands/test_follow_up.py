"""bounce, chase, extend, verify and undo, as their users type them."""

import json
import os
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.commands.test_problem import CREW, LOAN, MASKS, card, last_event
from tests.conftest import Run
from tests.county import fingerprint, outcome, tabbed

from fugong.domain.problems import WHY
from fugong.errors import Refusal
from fugong.errors.entries import BadDeadline, BlankText, DateGoesBack, FutureDate
from fugong.errors.rules import (
    BuiltUpon,
    DeadlinePassed,
    FailedVisitContent,
    IdsOrSample,
    NoDeadline,
    NotAssigned,
    NotClosed,
    NothingToUndo,
    NotLater,
    NotLive,
    VerdictNeeded,
)
from fugong.vocab import Act, Status, Words

pytestmark = pytest.mark.usefixtures("county")


def assert_refused(fugong: Run, store: Path, argv: list[str], refusal: Refusal) -> None:
    before = fingerprint(store)
    assert outcome(fugong(*argv)) == (1, "", f"错误：{refusal.sentence(chinese=True)}\n")
    assert fingerprint(store) == before


def figures(fugong: Run, *argv: str) -> Any:
    printed = fugong("progress", *argv, "--format", "json")
    assert (printed.exit_code, printed.stderr) == (0, "")
    return json.loads(printed.stdout)


# Chasing

LIST = """\
催办清单（截至 2020-03-13）

（未交办）：红灯 1 件，黄灯 0 件
1-3 某县乙建材有限公司：流动资金紧张（时限 2020-03-11，逾期 2 天，已催办 0 次，建议提醒）

工信局：红灯 0 件，黄灯 1 件
1-1 某县甲厂有限公司：口罩不足三天（时限 2020-03-13，已催办 0 次，建议提醒）
"""


def test_the_list_to_chase_is_by_department_the_worst_first_and_writes_nothing(county: Path, fugong: Run) -> None:
    before = fingerprint(county)
    assert outcome(fugong("chase")) == (0, LIST, "")
    assert fingerprint(county) == before


def test_the_list_to_chase_takes_the_formats_and_filters_of_others(fugong: Run) -> None:
    assert fugong("chase", "--team", "2").stdout == "截至 2020-03-13，没有要催办的问题。\n"
    rows = json.loads(fugong("chase", "--department", "工信局", "--format", "json").stdout)["items"]
    assert rows == [
        {
            "department": "工信局",
            "id": "1-1",
            "enterprise": "某县甲厂有限公司",
            "text": "口罩不足三天",
            "light": "yellow",
            "due_on": "2020-03-13",
            "due_estimated": False,
            "days_over": 0,
            "chased": 0,
            "next": "remind",
            "chased_on": None,
        }
    ]
    english = fugong("chase", FUGONG_LANG="en").stdout
    assert english.splitlines()[3] == (
        "1-3 某县乙建材有限公司: 流动资金紧张 (due 2020-03-11, days over: 2, times chased: 0; next: reminder)"
    )


@pytest.mark.parametrize("argv", [("chase", "1-1"), ("verify", "1-2", "--ok")])
@pytest.mark.parametrize("more", [("-o", "a.csv"), ("--format", "csv"), ("--wide",)])
def test_options_of_a_list_are_refused_where_there_is_none(
    county: Path, fugong: Run, argv: tuple[str, ...], more: tuple[str, ...]
) -> None:
    before = fingerprint(county)
    status, out, said = outcome(fugong(*argv, *more))
    assert (status, out, "写了编号就是" in said) == (2, "", True)
    assert fingerprint(county) == before


def test_each_chase_is_numbered_and_each_day_suggests_the_next_rung(fugong: Run) -> None:
    for times, day, rung in ((1, "13", "催办"), (2, "13", "催办"), (3, "14", "督办"), (4, "15", "督办")):
        said = f"1-3 已催办 {times} 次；下一步建议：{rung}。\n"
        if rung == "督办":
            said += '1-3 下一步就是督办，可以上报了：fugong escalate 1-3 --to county --why "原因"\n'
        on = f"2020-03-{day}"
        assert outcome(fugong("chase", "1-3", "--by", "电话", FUGONG_TODAY=on)) == (0, LOAN, said)
        before = None if times == 1 else times - 1
        assert last_event(fugong, "1-3") == {
            "kind": "chase",
            "on": on,
            "actor": "tester",
            "changes": {"chased": [before, times]},
            "text": "电话",
        }
    assert card(fugong, "1-3")["chased"] == 4
    assert "已催办 4 次，建议督办" in fugong("chase", FUGONG_TODAY="2020-03-16").stdout


def test_the_list_to_chase_knows_what_was_chased_today(fugong: Run) -> None:
    """What was chased stayed on the list as if nothing had been done, and a second call that day led to 督办."""
    for _ in range(2):
        fugong("chase", "1-3", "--by", "电话")
    lines = fugong("chase").stdout.splitlines()
    assert lines[2] == "（未交办）：红灯 1 件，黄灯 0 件，今天已催 1 件"
    assert lines[3].endswith("（时限 2020-03-11，逾期 2 天，已催办 2 次，今天已催，下次建议催办）")
    (row,) = (row for row in json.loads(fugong("chase", "-f", "json").stdout)["items"] if row["id"] == "1-3")
    assert (row["chased"], row["next"], row["chased_on"]) == (2, "urge", "2020-03-13")
    tomorrow = fugong("chase", FUGONG_TODAY="2020-03-14").stdout.splitlines()
    assert tomorrow[3].endswith("已催办 2 次，建议催办）")
    fugong("undo")
    fugong("undo")
    assert "已催办 0 次，建议提醒" in fugong("chase").stdout


@pytest.mark.parametrize(
    ("argv", "refusal"),
    [
        (["1-2"], NotLive(id="1-2", status=Status.CLOSED, act=Act.CHASE)),
        (["1-3", "--on", "2020-03-08"], DateGoesBack(
            id="1-3", last="2020-03-09", act=Act.LOG, wanted=Act.CHASE, date="2020-03-08")),
        (["1-3", "--on", "明天"], FutureDate(date="2020-03-14", today="2020-03-13")),
    ],
)  # fmt: skip
def test_what_cannot_be_chased_is_refused(county: Path, fugong: Run, argv: list[str], refusal: Refusal) -> None:
    assert_refused(fugong, county, ["chase", *argv, "--by", "电话"], refusal)


# Extending


def test_an_extension_keeps_the_first_deadline_and_counts(fugong: Run) -> None:
    assert outcome(fugong("extend", "1-1", "--to", "5wd", "--why", "等批文")) == (
        0,
        MASKS,
        "     时限 2020-03-13 周五 → 2020-03-20 周五（5 个工作日）\n",
    )
    fugong("extend", "1-1", "--to", "2020-03-31", "--why", "仍未批")
    shown = card(fugong, "1-1")
    assert [shown[key] for key in ("due_on", "due_rule", "first_due_on", "extended", "late_extended")] == [
        "2020-03-31", None, "2020-03-13", 2, False,
    ]  # fmt: skip
    first = shown["events"][-2]
    assert (first["kind"], first["text"], first["changes"]["due_on"]) == (
        "extend",
        "等批文",
        ["2020-03-13", "2020-03-20"],
    )


def test_after_the_deadline_an_extension_must_be_meant_and_is_recorded_so(county: Path, fugong: Run) -> None:
    argv = ["extend", "1-3", "--to", "2020-03-20", "--why", "等贷款"]
    assert_refused(fugong, county, argv, DeadlinePassed(id="1-3", due="2020-03-11"))
    assert outcome(fugong(*argv, "--late")) == (0, LOAN, "     时限 2020-03-11 周三 → 2020-03-20 周五\n")
    shown = card(fugong, "1-3")
    assert (shown["first_due_on"], shown["late_extended"]) == ("2020-03-11", True)


@pytest.mark.parametrize(
    ("argv", "refusal"),
    [
        (["1-1", "--to", "2020-03-13"], NotLater(id="1-1", due="2020-03-13")),
        (["1-1", "--to", "长期"], NotLater(id="1-1", due="2020-03-13")),
        (["1-1", "--to", ""], BadDeadline(value="")),
        (["2-1", "--to", "5wd"], NoDeadline(id="2-1")),
        (["1-2", "--to", "5wd"], NotLive(id="1-2", status=Status.CLOSED, act=Act.EXTEND)),
    ],
)
def test_what_is_no_extension_is_refused(county: Path, fugong: Run, argv: list[str], refusal: Refusal) -> None:
    assert_refused(fugong, county, ["extend", *argv, "--why", "等批文"], refusal)


def test_on_time_is_told_by_the_deadline_in_force_and_by_the_first(fugong: Run) -> None:
    fugong("extend", "1-3", "--to", "2020-03-20", "--why", "等贷款", "--late")
    fugong("close", "1-3", "--how", "已放款")
    fugong("close", "1-1", "--how", "已调配")
    total = figures(fugong, "--rates")["total"]
    assert total["on_time"] == {"count": 2, "of": 2, "rate": 1.0}
    assert total["on_time_first"] == {"count": 1, "of": 2, "rate": 0.5}


# Bouncing


def test_a_bounce_leaves_the_problem_with_nobody_or_with_another(fugong: Run) -> None:
    assert outcome(fugong("bounce", "1-1", "--why", "不归我管", "--to", "卫健局")) == (0, MASKS, "")
    shown = card(fugong, "1-1")
    assert (shown["department"], shown["assist"], shown["bounced"]) == ("卫健局", ["应急局"], 1)
    fugong("bounce", "1-1", "--why", "也不归我管")
    shown = card(fugong, "1-1")
    assert (shown["department"], shown["bounced"]) == (None, 2)
    rows = {row["department"]: row["bounced"] for row in figures(fugong, "--by", "department")["items"]}
    assert (rows["工信局"], rows["卫健局"]) == (1, 1)


@pytest.mark.parametrize(
    ("argv", "refusal"),
    [
        (["1-3", "--why", "不归我管"], NotAssigned(id="1-3")),
        (["1-2", "--why", "不归我管"], NotLive(id="1-2", status=Status.CLOSED, act=Act.BOUNCE)),
        (["1-1", "--why", " "], BlankText(what=WHY)),
    ],
)
def test_what_cannot_be_bounced_is_refused(county: Path, fugong: Run, argv: list[str], refusal: Refusal) -> None:
    assert_refused(fugong, county, ["bounce", *argv], refusal)


# Return visits


def test_a_return_visit_confirms_a_closing_and_asks_whether_they_are_satisfied(fugong: Run) -> None:
    assert outcome(fugong("verify", "1-2", "--ok", "--satisfaction", "satisfied")) == (0, CREW, "")
    shown = card(fugong, "1-2")
    assert [shown[key] for key in ("status", "verified", "verified_on", "satisfaction", "reopened")] == [
        "closed", "ok", "2020-03-13", "satisfied", 0,
    ]  # fmt: skip
    again = "1-2 已记过这次回访，没有改动。\n"
    assert outcome(fugong("verify", "1-2", "--ok", "--satisfaction", "satisfied")) == (0, CREW, again)


def test_a_failed_return_visit_reopens_and_a_new_closing_has_had_none(fugong: Run) -> None:
    fugong("verify", "1-2", "--fail", "仍有人未登记", "--satisfaction", "dissatisfied")
    shown = card(fugong, "1-2")
    assert [shown[key] for key in ("status", "closed_on", "how", "verified", "reopened")] == [
        "doing", None, None, "fail", 1,
    ]  # fmt: skip
    assert shown["events"][-1]["text"] == "仍有人未登记"
    fugong("close", "1-2", "--how", "全部登记")
    shown = card(fugong, "1-2")
    assert [shown[key] for key in ("verified", "verified_on", "satisfaction", "reopened")] == [None, None, None, 1]


@pytest.mark.words
@pytest.mark.parametrize(
    ("argv", "refusal"),
    [
        (["1-1", "--ok"], NotClosed(id="1-1", status=Status.DOING)),
        (["1-2"], VerdictNeeded()),
        (["1-2", "--ok", "--fail", "没有"], VerdictNeeded()),
        (["1-2", "--fail", "没有", "--satisfaction", "fairly"], FailedVisitContent(id="1-2")),
        (["1-2", "--ok", "--on", "2020-03-11"], DateGoesBack(
            id="1-2", last="2020-03-12", act=Act.CLOSE, wanted=Act.VERIFY, date="2020-03-11")),
        ([], IdsOrSample()),
        (["1-2", "--sample", "1"], IdsOrSample()),
    ],
)  # fmt: skip
def test_what_is_no_return_visit_is_refused(county: Path, fugong: Run, argv: list[str], refusal: Refusal) -> None:
    assert_refused(fugong, county, ["verify", *argv], refusal)


def test_a_sample_is_of_unvisited_closings_and_the_same_for_the_same_seed(county: Path, fugong: Run) -> None:
    def picked(*argv: str) -> list[str]:
        printed = fugong("verify", "--format", "json", *argv)
        assert (printed.exit_code, printed.stderr) == (0, "")
        return [row["id"] for row in json.loads(printed.stdout)["items"]]

    for number in range(4, 24):
        fugong("log", "甲厂", f"问题 {number}", "--solved", "--how", "已解决")
    fugong("verify", "1-4", "1-5", "--ok")
    before = fingerprint(county)
    everything = picked("--sample", "99")
    assert len(everything) == 20
    assert not {"1-4", "1-5"} & set(everything)
    assert picked("--sample", "5", "--seed", "一") == picked("--sample", "5", "--seed", "一")
    assert len({tuple(picked("--sample", "5", "--seed", seed)) for seed in "一二三四五"}) > 1
    assert set(picked("--sample", "5", "--seed", "一")) <= set(picked("--sample", "6", "--seed", "一"))
    assert fingerprint(county) == before


# Rates


def test_every_rate_has_its_denominator_and_nothing_of_nothing_is_none(fugong: Run) -> None:
    assert fugong("progress", "--rates", "--by", "county").stdout == tabbed("""\
县|解决率|按时率|按最初时限|回访率|满意率|重开率
某县|40.0%（2/5）|—|—|0.0%（0/2）|—|0.0%（0/2）
合计|40.0%（2/5）|—|—|0.0%（0/2）|—|0.0%（0/2）
""")
    fugong("verify", "1-2", "--ok", "--satisfaction", "fairly")
    fugong("verify", "2-2", "--fail", "又断货", "--satisfaction", "dissatisfied")
    total = figures(fugong, "--rates")["total"]
    assert total["closed"] == {"count": 1, "of": 5, "rate": 0.2}
    assert total["verified"] == {"count": 1, "of": 1, "rate": 1.0}
    assert total["satisfied"] == {"count": 1, "of": 2, "rate": 0.5}
    assert total["reopened"] == {"count": 1, "of": 2, "rate": 0.5}


@pytest.mark.parametrize("by", ["team", "enterprise", "department", "category", "township", "county"])
def test_rates_of_all_rows_add_up_to_the_total(fugong: Run, by: str) -> None:
    made = figures(fugong, "--rates", "--by", by)
    for rate in ("closed", "on_time", "verified", "satisfied", "reopened"):
        for part in ("count", "of"):
            assert sum(row[rate][part] for row in made["items"]) == made["total"][rate][part]


# Lights at midnight


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_lights_turn_at_midnight_of_the_stores_zone_whatever_the_machines(
    fugong: Run, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        lights = {
            now: json.loads(fugong("show", "1-1", "--format", "json", FUGONG_TODAY=now).stdout)["items"][0]["light"]
            for now in ("2020-03-13T15:59:59Z", "2020-03-13T16:00:00Z", "2020-03-10T23:59", "2020-03-11T00:00")
        }
    finally:
        os.environ.pop("TZ")
        time.tzset()
    assert list(lights.values()) == ["yellow", "red", "green", "yellow"]


# Undoing


def test_undo_takes_back_the_last_command_whole(fugong: Run) -> None:
    before = [card(fugong, ident) for ident in ("1-1", "1-3")]
    fugong("close", "1-1", "1-3", "--how", "已解决")
    undone = "  撤销销号  2020-03-13\n"
    said = f"{LOAN.rstrip()}{undone}{MASKS.rstrip()}{undone}"
    assert outcome(fugong("undo")) == (0, said, "已撤销 fugong close。\n")
    after = [card(fugong, ident) for ident in ("1-1", "1-3")]
    for old, new in zip(before, after, strict=True):
        old["events"] += new["events"][-2:]
    assert after == before
    assert [event["kind"] for event in after[0]["events"]] == ["log", "note", "close", "undo"]


def test_a_rehearsal_of_undo_says_what_it_would_do_and_writes_nothing(county: Path, fugong: Run) -> None:
    fugong("chase", "1-3", "--by", "电话")
    before = fingerprint(county)
    rehearsed = outcome(fugong("undo", "--dry-run"))
    assert rehearsed == (0, LOAN.rstrip() + "  撤销催办  2020-03-13\n", "会撤销 fugong chase；没有改动。\n")
    assert fingerprint(county) == before


def test_undo_after_undo_goes_on_to_the_command_before(fugong: Run) -> None:
    fugong("log", "甲厂", "新问题")
    fugong("note", "1-4", "已联系")
    fugong("undo")
    fugong("undo")
    shown = card(fugong, "1-4")
    assert (shown["status"], [event["kind"] for event in shown["events"]]) == ("void", ["log", "note", "undo", "undo"])
    assert figures(fugong)["total"]["found"] == 5


def test_what_was_undone_is_not_reopened_before_its_day(county: Path, fugong: Run) -> None:
    fugong("log", "甲厂", "新问题")
    fugong("undo")
    early = DateGoesBack(id="1-4", last=date(2020, 3, 13), act=Act.UNDO, wanted=Act.REOPEN, date=date(2020, 3, 12))
    assert_refused(fugong, county, ["reopen", "1-4", "--why", "确有其事", "--on", "2020-03-12"], early)
    assert fugong("reopen", "1-4", "--why", "确有其事").exit_code == 0


def test_a_load_is_not_undone_and_who_wrote_nothing_has_nothing_to_undo(county: Path, fugong: Run) -> None:
    before = fingerprint(county)
    nothing = NothingToUndo(actor="别人").sentence(chinese=True)
    assert outcome(fugong("undo", FUGONG_ACTOR="别人")) == (1, "", f"错误：{nothing}\n")
    status, said, why = outcome(fugong("undo", FUGONG_ACTOR="录入员"))
    assert (status, said) == (1, "")
    assert why == (
        "错误：最近一次操作是 fugong load（2020-03-13 12:00），不能撤销：数据文件再装入时又会带回来。"
        "请改正数据文件后重新装入。\n"
    )
    assert fingerprint(county) == before


def test_what_somebody_built_on_is_not_undone_and_is_named(county: Path, fugong: Run) -> None:
    fugong("assign", "1-3", "--department", "工信局")
    fugong("note", "1-3", "已联系银行", FUGONG_ACTOR="乙员")
    built = Words(" 乙员 于 2020-03-13 记录了「1-3  某县乙建材有限公司  流动资金紧张」", "")
    cure = Words("fugong assign 1-3 单位（再交办）", "")
    assert_refused(fugong, county, ["undo"], BuiltUpon(verb="assign", at="2020-03-13 12:00", built=built, cure=cure))
    fugong("undo", FUGONG_ACTOR="乙员")
    assert fugong("undo").exit_code == 0
    assert card(fugong, "1-3")["department"] is None


def test_a_problem_that_another_repeats_is_not_undone(county: Path, fugong: Run) -> None:
    fugong("log", "乙建材", "新问题")
    fugong("void", "1-3", "--why", "重复", "--duplicate-of", "1-4", FUGONG_ACTOR="乙员")
    built = Words("问题「1-3  某县乙建材有限公司  流动资金紧张」用到了「1-4  某县乙建材有限公司  新问题」", "")
    cure = Words("fugong void 1-4 --why 原因（作废），或 fugong edit（更正）", "")
    assert_refused(fugong, county, ["undo"], BuiltUpon(verb="log", at="2020-03-13 12:00", built=built, cure=cure))
    assert fugong("void", "1-4", "--why", "原因").exit_code == 0


def test_a_correction_of_the_calendar_is_undone(fugong: Run) -> None:
    def kinds() -> list[str]:
        days = json.loads(fugong("calendar", "show", "2020-03", "--format", "json").stdout)["items"]
        return [day["kind"] for day in days]

    before = kinds()
    fugong("calendar", "set", "2020-03-16", "off", "--source", "县里通知")
    fugong("calendar", "set", "2020-03-16", "work", "--source", "更正")
    for said in ("2020-03-16  撤销修改  2020-03-13\n", "2020-03-16  撤销新增  2020-03-13\n"):
        assert outcome(fugong("undo")) == (0, said, "已撤销 fugong calendar set。\n")
    assert kinds() == before


def test_an_undone_act_is_as_if_it_had_not_been_as_of_any_day(fugong: Run) -> None:
    before = figures(fugong, "--as-of", "2020-03-12")
    fugong("close", "1-1", "--how", "已解决", "--on", "2020-03-12")
    assert figures(fugong, "--as-of", "2020-03-12")["total"]["solved"] == before["total"]["solved"] + 1
    fugong("undo")
    assert figures(fugong, "--as-of", "2020-03-12") == before
