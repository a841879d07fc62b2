"""nil, publish, reconcile and summary: what goes upward, and whether it is true."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome

from fugong.errors import Refusal
from fugong.errors.entries import FutureDate
from fugong.errors.names import PublishedBefore, UnknownPublication, UnknownTeam
from fugong.errors.rules import NameOrClaims, ShortIsMarkdown
from fugong.output import short
from fugong.results.short import Short, ShortPart
from fugong.vocab import Words

pytestmark = pytest.mark.usefixtures("county")

NEXT = {"FUGONG_TODAY": "2020-03-14"}


def document(fugong: Run, *argv: str, **env: str) -> Any:
    return found(fugong, 0, *argv, **env)


def found(fugong: Run, status: int, *argv: str, **env: str) -> Any:
    """The document of a command that ends so."""
    printed = fugong(*argv, "--format", "json", **env)
    assert (printed.exit_code, printed.stderr) == (status, "")
    return json.loads(printed.stdout)


def assert_refused(fugong: Run, store: Path, argv: list[str], refusal: Refusal) -> None:
    before = fingerprint(store)
    assert outcome(fugong(*argv)) == (1, "", f"错误：{refusal.sentence(chinese=True)}\n")
    assert fingerprint(store) == before


# Summary

SUMMARY = """\
【复工帮扶演练·每日综述】截至 2020-03-13
一、总体情况：累计发现问题 6 个（当日 +1），已解决 3 个（当日 +1），正在解决 3 个（当日 +0），\
解决率 50.0%；已复工企业 2 家，共 5 家。
二、当日新增 1 个，销号 1 个：
  新增 1-4 甲厂：缺消毒液（未交办）
  销号 2-1 丙丁铸造：厂区未消毒——已消毒
  第一组：发现 +1，解决 +0；正在解决 3 个。
  第二组：发现 +0，解决 +1；正在解决 0 个。
三、亮灯：红 1 个，黄 1 个。
  红 1-3 乙建材：流动资金紧张（未交办，逾 2 天）
  黄 1-1 甲厂（工信局，今天到期）
四、需上级协调 1 个：县级 1 个。
  报县 1-1 甲厂：口罩不足三天（重大）
  未上报 1-4 甲厂：缺消毒液（退回 1 次）
五、当日未报告：没有。零报告：第十组。
"""


@pytest.fixture
def evening(county: Path, fugong: Run) -> None:
    """A day's work, in the store of the county."""
    del county
    fugong("log", "甲厂", "缺消毒液", "--department", "应急局")
    fugong("bounce", "1-4", "--why", "不归我管")
    fugong("close", "2-1", "--how", "已消毒")
    fugong("nil", "--team", "10")


@pytest.mark.usefixtures("evening")
def test_the_summary_says_what_the_day_changed_and_what_waits(county: Path, fugong: Run) -> None:
    before = fingerprint(county)
    assert outcome(fugong("summary")) == (0, SUMMARY, "")
    assert outcome(fugong("summary")) == (0, SUMMARY, "")
    assert fingerprint(county) == before


@pytest.mark.usefixtures("evening")
def test_the_summary_of_a_day_stays_the_same_whatever_comes_later(fugong: Run) -> None:
    later = {"FUGONG_TODAY": "2020-03-16"}
    fugong("close", "1-1", "1-3", "--how", "已解决", **later)
    fugong("log", "乙建材", "又缺煤", "--major", **later)
    fugong("extend", "1-4", "--to", "5wd", "--why", "等批文", **later)
    assert outcome(fugong("summary", "--as-of", "2020-03-13", **later)) == (0, SUMMARY, "")


@pytest.mark.usefixtures("evening")
def test_the_summary_in_english_has_no_chinese_of_its_own(fugong: Run) -> None:
    said = fugong("summary", FUGONG_LANG="en").stdout.splitlines()
    assert said[1] == (
        "1. Overall: 6 problems found (+1 that day), 3 solved (+1), 3 in hand (+0), rate 50.0%; "
        "enterprises resumed: 2 of 5."
    )
    assert said[-1] == "5. No report that day: none missing. Nothing to report: 第十组."


@pytest.mark.usefixtures("evening")
def test_every_format_of_the_summary_tells_the_same_figures(fugong: Run) -> None:
    made = document(fugong, "summary")
    assert made["total"] == {"found": 6, "solved": 3, "in_hand": 3, "pending": 0, "overdue": 1, "rate": 0.5}
    assert made["change"] == {"found": 1, "solved": 1, "in_hand": 0}
    assert [row["id"] for row in made["lights"]["red"]] == ["1-3"]
    assert (made["silent"], made["nil"]) == ([], ["10"])
    total = document(fugong, "progress")["total"]
    assert {key: total[key] for key in made["total"]} == made["total"]
    rows = list(csv.reader(io.StringIO(fugong("summary", "-f", "csv").stdout.removeprefix("\ufeff"))))
    assert rows[1:] == [["1", "第一组", "1", "0", "4", "1", "3"], ["2", "第二组", "0", "1", "2", "2", "0"]]
    for fmt in ("table", "md"):
        shown = fugong("summary", "--format", fmt).stdout
        assert all(word in shown for word in ("每日综述", "第一组", "需上级协调", "缺消毒液", "当日未报告：没有"))


def test_the_days_problems_are_named_ten_at_most_and_what_came_late(fugong: Run) -> None:
    for number in range(12):
        fugong("log", "甲厂", f"第 {number} 个", "--on", "昨天" if number == 11 else "今天")
    fugong("reopen", "1-2", "--why", "又有")
    fugong("close", "1-3", "--how", "已放款", "--on", "2020-03-12")
    fugong("void", "2-1", "--why", "误登")
    lines = fugong("summary").stdout.splitlines()
    assert "二、当日新增 11 个，销号 0 个：" in lines
    assert [line for line in lines if line.startswith("  新增")][-2:] == [
        "  新增 1-13 甲厂：第 9 个（未交办）",
        "  新增 另有 1 个：1-14",
    ]
    assert "  重开 1-2 第一组：返岗人员管控难" in lines
    assert "  作废 2-1 丙丁铸造：厂区未消毒" in lines
    assert "  补录 1-15 甲厂：2020-03-12 发现，当日录入" in lines
    assert "  补录 1-3 乙建材：2020-03-12 销号，当日录入" in lines
    made = document(fugong, "summary")
    assert made["change"]["found"] == len(made["new"]) - len(made["voided"])
    assert made["change"]["solved"] == len(made["closed"]) - len(made["reopened"])
    assert made["entered_late"][0] == {"id": "1-15", "act": "log", "on": "2020-03-12"}


def test_what_came_late_is_counted_however_much_it_is_and_listed_to_a_bound(
    fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fugong.reports.day.LISTED", 12)
    for number in range(14):
        fugong("log", "甲厂", f"旧的第 {number} 个", "--on", "2020-03-10")
    late = [line for line in fugong("summary").stdout.splitlines() if line.startswith("  补录")]
    assert late[9:] == [
        "  补录 1-13 甲厂：2020-03-10 发现，当日录入",
        "  补录 另有 4 个：1-14、1-15 等",
    ]
    made = document(fugong, "summary")
    assert [each["id"] for each in made["entered_late"]] == [f"1-{number}" for number in range(4, 16)]
    assert made["entered_late_acts"] == 14


def test_what_was_reported_upward_stands_by_level_with_what_is_wanted(fugong: Run) -> None:
    fugong("escalate", "1-3", "--to", "city", "--why", "贷款要市里协调")
    lines = fugong("summary").stdout.splitlines()
    at = lines.index("四、需上级协调 2 个：市级 1 个、县级 1 个。")
    assert lines[at + 1 : at + 3] == [
        "  报市 1-3 乙建材：流动资金紧张（贷款要市里协调、2020-03-13 上报）",
        "  报县 1-1 甲厂：口罩不足三天（重大）",
    ]


@pytest.mark.parametrize("many", [1, 40])
def test_the_short_summary_fits_what_a_robot_takes_whatever_the_day_brought(fugong: Run, many: int) -> None:
    for number in range(many):
        fugong("log", "甲厂", f"{number} " + "*很长的描述*" * 100, "-d", "卫健局", "--due", "2020-03-13")
        fugong("escalate", f"1-{number + 4}", "--to", "city", "--why", "_原因_" * 100)
    said = fugong("summary", "--short").stdout
    assert len(said.encode()) <= 4096
    head, total, *_ = said.splitlines()
    assert head == "**【复工帮扶演练·每日综述】截至 2020-03-13**"
    assert f"累计发现问题 {5 + many} 个" in total
    assert f"当日新增 {many} 个，销号 0 个：" in said
    assert "*很" not in said.replace("\\*", "")
    assert "当日未报告" in said


def test_a_message_is_short_whatever_its_sentences_are_long() -> None:
    def words(text: str) -> Words:
        return Words(text, text)

    long = Short(words("题" * 900), [ShortPart(words("_句_" * 2000), [words("*项*" * 900)] * 50)] * 9)
    assert 0 < len("\n".join([*(line.zh for line in short.lines(long)), ""]).encode()) <= short.MOST_BYTES


def test_the_short_summary_has_one_format(county: Path, fugong: Run, tmp_path: Path) -> None:
    assert_refused(fugong, county, ["summary", "--short", "--format", "csv"], ShortIsMarkdown())
    fugong("summary", "--short", "-o", str(tmp_path / "s.md"))
    assert (tmp_path / "s.md").read_text(encoding="utf-8") == fugong("summary", "--short").stdout


def test_what_is_dated_about_that_day_is_no_change_of_it(fugong: Run) -> None:
    fugong("log", "甲厂", "缺消毒液", "--approx")
    made = document(fugong, "summary")
    assert (made["total"]["found"], made["change"]["found"]) == (6, 0)


def test_what_was_taken_back_is_no_change_of_the_day(fugong: Run) -> None:
    fugong("log", "甲厂", "缺消毒液")
    fugong("undo")
    assert document(fugong, "summary")["change"] == {"found": 0, "solved": 0, "in_hand": 0}


def test_a_red_light_can_fail_the_summary(fugong: Run) -> None:
    assert fugong("summary", "--fail-on", "red").exit_code == 6
    fugong("close", "1-3", "--how", "已放款")
    assert fugong("summary", "--fail-on", "red").exit_code == 0
    assert fugong("summary", "--fail-on", "green").exit_code == 2


def test_who_did_nothing_and_said_nothing_is_named(fugong: Run) -> None:
    assert "五、当日未报告：第一组、第二组、第十组。\n" in fugong("summary", **NEXT).stdout
    fugong("support", "add", "甲厂", "物资", "送口罩", **NEXT)
    fugong("note", "2-1", "已联系", **NEXT)
    assert "五、当日未报告：第十组。\n" in fugong("summary", **NEXT).stdout
    fugong("nil", "--team", "2", **NEXT)
    assert "五、当日未报告：第十组。零报告，当天却有登记：第二组。\n" in fugong("summary", **NEXT).stdout
    assert document(fugong, "summary", **NEXT)["nil_and_reported"] == ["2"]


REPORTS: list[tuple[list[str], bool]] = [
    (["log", "甲厂", "新问题"], True),
    (["note", "1-3", "有进展", "--on", "2020-03-13"], True),
    (["close", "1-3", "--how", "好", "--on", "2020-03-13"], True),
    (["enterprise", "stage", "乙建材", "resumed"], True),
    (["support", "add", "甲厂", "物资", "送口罩", "--on", "2020-03-13"], True),
    (["outreach", "add", "甲厂", "标语", "换标语"], True),
    (["inspection", "add", "甲厂", "--fail", "环境卫生=垃圾未清"], True),
    (["nil", "--team", "1"], True),
    (["chase", "1-3", "--by", "电话"], False),
    (["extend", "1-1", "--to", "5wd", "--why", "等批文", "--late"], False),
    (["bounce", "1-1", "--why", "不归我管"], False),
    (["verify", "1-2", "--ok"], False),
    (["publish"], False),
    (["edit", "1-3", "--person", "某人"], False),
]
"""What a team, or anybody for it, enters on the 14th; and whether the team has then reported on that day."""


@pytest.mark.parametrize(("argv", "reports"), REPORTS)
def test_who_has_reported(fugong: Run, argv: list[str], reports: bool) -> None:
    """A keeper's chase took a team off the list; three acts dated the day before left one on it: trials §1.8."""
    assert "1" in document(fugong, "summary", **NEXT)["silent"]
    assert fugong(*argv, **NEXT).exit_code == 0
    assert ("1" not in document(fugong, "summary", **NEXT)["silent"]) is reports
    assert fugong("undo", **NEXT).exit_code == 0
    assert "1" in document(fugong, "summary", **NEXT)["silent"]


def test_what_is_entered_later_for_a_day_is_a_report_of_it_but_not_of_a_moment_before(fugong: Run) -> None:
    later = {"FUGONG_TODAY": "2020-03-16"}
    fugong("note", "1-3", "有进展", FUGONG_TODAY="2020-03-14T18:00")
    fugong("note", "2-1", "有进展", "--on", "2020-03-14", **later)
    assert document(fugong, "summary", "--as-of", "2020-03-14", **later)["silent"] == ["10"]
    assert document(fugong, "summary", "--as-of", "2020-03-14-17:00", **later)["silent"] == ["1", "10"]
    known = ("--as-of", "2020-03-14", "--known-at", "2020-03-14")
    assert document(fugong, "summary", *known, **later)["silent"] == ["2", "10"]


def test_a_problem_overdue_again_after_an_extension_waits_for_the_county(fugong: Run) -> None:
    fugong("extend", "1-3", "--to", "2020-03-14", "--why", "等贷款", "--late")
    assert [row["id"] for row in document(fugong, "summary")["waiting"]] == ["1-1"]
    again = document(fugong, "summary", FUGONG_TODAY="2020-03-15")["waiting"]
    assert [(row["id"], row["overdue_twice"]) for row in again] == [("1-1", False), ("1-3", True)]


# Nil reports


def test_a_team_reports_nothing_once_a_day(fugong: Run) -> None:
    assert outcome(fugong("nil", "--team", "10")) == (0, "第十组  2020-03-13\n", "")
    again = "这一天已经零报告过，没有重复记。\n"
    assert outcome(fugong("nil", "--team", "10")) == (0, "第十组  2020-03-13\n", again)
    assert outcome(fugong("nil", "--team", "10", "--on", "昨天")) == (0, "第十组  2020-03-12\n", "")


@pytest.mark.parametrize(
    ("argv", "refusal"),
    [
        (["--team", "9"], UnknownTeam(name="9", candidates=["1", "2", "10"])),
        (["--team", "10", "--on", "明天"], FutureDate(date="2020-03-14", today="2020-03-13")),
    ],
)
def test_what_is_no_nil_report_is_refused(county: Path, fugong: Run, argv: list[str], refusal: Refusal) -> None:
    assert_refused(fugong, county, ["nil", *argv], refusal)


# Publish

PUBLISHED = "2020-03-13  发现问题 5，解决问题 2，正在解决 3，复工企业 2\n"


def test_a_cut_off_is_published_once(county: Path, fugong: Run) -> None:
    sealed = f"  封签 {document(fugong, 'store', 'info')['seal']}\n"
    said = PUBLISHED.replace("\n", sealed)
    assert outcome(fugong("publish")) == (0, said, "")
    before = fingerprint(county)
    assert outcome(fugong("publish")) == (0, said, "已经公布过，没有重复公布。\n")
    assert fingerprint(county) == before


def test_a_name_stands_for_one_cut_off(county: Path, fugong: Run) -> None:
    assert fugong("publish", "--name", "周报", "--as-of", "2020-03-12-17:00").exit_code == 0
    refusal = PublishedBefore(name="周报", held="2020-03-12 17:00")
    assert_refused(fugong, county, ["publish", "--name", "周报"], refusal)


def test_what_was_published_is_no_statement_of_somebody_else(fugong: Run) -> None:
    before = document(fugong, "progress")["published"]
    fugong("publish")
    assert document(fugong, "progress")["published"] == before


def test_the_zone_stays_while_something_published_as_of_a_time_of_day_stands(county: Path, fugong: Run) -> None:
    assert fugong("publish", "--as-of", "2020-03-12").exit_code == 0
    assert fugong("store", "set", "timezone", "Asia/Urumqi").exit_code == 0, "a day is a day anywhere"
    assert fugong("store", "set", "timezone", "Asia/Shanghai").exit_code == 0
    assert fugong("publish", "--as-of", "2020-03-12-17:00").exit_code == 0
    before = fingerprint(county)
    refused = fugong("store", "set", "timezone", "America/New_York")
    assert (refused.exit_code, refused.stdout, "2020-03-12 17:00" in refused.stderr) == (1, "", True)
    assert fingerprint(county) == before
    assert fugong("store", "set", "timezone", "Asia/Shanghai").exit_code == 0
    assert fugong("undo").exit_code == 0
    assert fugong("store", "set", "timezone", "America/New_York").exit_code == 0


def test_a_publication_is_undone(fugong: Run) -> None:
    before = fugong("figure", "list").stdout
    fugong("publish")
    undone = fugong("undo")
    assert (undone.exit_code, undone.stdout) == (0, "2020-03-13  撤销公布的 16 个数  2020-03-13\n")
    assert fugong("figure", "list").stdout == before
    assert fugong("reconcile", "2020-03-13").exit_code == 1


# Reconcile


def test_what_is_published_is_true_until_something_is_entered_late(fugong: Run) -> None:
    fugong("publish")
    made = document(fugong, "reconcile", "2020-03-13")
    assert (made["differences"], made["changed"], len(made["items"])) == (0, [], 16)
    fugong("log", "乙建材", "补登的", "--on", "2020-03-13", **NEXT)
    fugong("log", "乙建材", "新的", **NEXT)
    fugong("close", "1-1", "--how", "已调配", **NEXT)
    fugong("void", "2-1", "--why", "误登", "--on", "2020-03-13", **NEXT)
    fugong("reopen", "1-2", "--why", "又有", **NEXT)
    made = found(fugong, 6, "reconcile", "2020-03-13", **NEXT)
    changed = [(row["id"], row["since"], row["entered_late"]) for row in made["changed"]]
    assert changed == [
        ("1-1", "closed", False),
        ("1-2", "reopened", False),
        ("1-4", "entered_late", True),
        ("1-5", "opened", False),
        ("2-1", "voided", True),
    ]
    differing = {
        (row["measure"], row["scope"]): row["problems"] for row in made["items"] if row["finding"] == "differs"
    }
    assert differing == {
        ("found", "1"): ["1-4"],
        ("in_hand", "1"): ["1-4"],
        ("found", "2"): ["2-1"],
        ("in_hand", "2"): ["2-1"],
    }


def test_everything_that_was_stated_is_compared(fugong: Run) -> None:
    fugong("figure", "add", "people", "9", "--source", "甲报")
    fugong("figure", "add", "people", "11", "--source", "乙报")
    fugong("figure", "add", "teams", "3", "--source", "甲报")
    items = found(fugong, 6, "reconcile")["items"]
    said = {(row["finding"], row["measure"], row["stated"], row["ledger"], row["remark"]) for row in items}
    assert {
        ("agrees", "found", 5, None, "2 + 3 = 5"),
        ("differs", "found", 7, 5, "2 个未逐项列出"),
        ("agrees", "teams", 3, 3, ""),
        ("uncounted", "people", 9, None, "台账里没有逐项记这个数"),
        ("differs", "people", 11, None, "公布了不同的数：9、11"),
    } <= said


def test_people_see_what_differs_and_how_much_agrees(fugong: Run) -> None:
    fugong("figure", "add", "teams", "3", "--source", "甲报")
    fugong("publish")
    findings = [row["finding"] for row in found(fugong, 6, "reconcile")["items"]]
    differing, agreeing = findings.count("differs"), findings.count("agrees")
    shown = fugong("reconcile", "--format", "table").stdout.splitlines()
    first = [line.split()[0] for line in shown[3:-3]]
    assert (first.count("不一致"), first.count("台账不逐项记"), len(first)) == (differing, 1, differing + 1)
    assert shown[-2] == f"不一致 {differing} 处；一致的 {agreeing} 处没有列出，要看请加 --all。"
    assert shown[-1] == "一致的公布：2020-03-13。"
    whole = fugong("reconcile", "--all", "--format", "table").stdout.splitlines()
    assert [line.split()[0] for line in whole[3:-3]].count("一致") == agreeing
    assert whole[-2] == f"不一致 {differing} 处，一致 {agreeing} 处。"


def test_a_publication_that_is_true_has_no_lines(fugong: Run) -> None:
    fugong("publish")
    assert fugong("reconcile", "2020-03-13", "--format", "table").stdout.startswith(
        "核对公布「2020-03-13」\n没有不一致。\n截至 2020-03-13\n不一致 0 处；一致的 16 处没有列出，要看请加 --all。\n"
    )
    assert fugong("reconcile", "2020-03-13", "--all", "--format", "plain").stdout.count("\n一致\t") == 16


def test_every_publication_is_compared_with_what_others_stated(fugong: Run) -> None:
    """Differences of a publication were listed until the next one was made, and not afterwards."""
    fugong("publish", "--name", "上周", "--as-of", "2020-03-12")
    fugong("log", "甲厂", "昨天的", "--on", "2020-03-12", **NEXT)
    fugong("publish", "--name", "本周", **NEXT)
    made = found(fugong, 6, "reconcile", **NEXT)
    assert made["publications"] == {"上周": False, "本周": True}
    assert {row["remark"] for row in made["items"] if row["source"] == "上周" and row["finding"] == "differs"} == {
        "此后补录：1-4"
    }
    shown = fugong("reconcile", "--format", "table", **NEXT).stdout
    assert "一致的公布：本周。\n不一致的公布：上周。" in shown


def test_claims_must_add_up(fugong: Run) -> None:
    made = found(fugong, 6, "reconcile", "--found", "73", "--solved", "60", "--in-hand", "14")
    assert made["items"][0]["remark"] == "60 + 14 不等于 73"
    agreed = document(fugong, "reconcile", "--found", "5", "--solved", "2", "--in-hand", "3", "--resumed", "2")
    assert [row["finding"] for row in agreed["items"]] == ["agrees"] * 5
    assert fugong("reconcile", "--solved", "3").exit_code == 6


@pytest.mark.parametrize(
    ("argv", "refusal"),
    [
        (["周报"], UnknownPublication(name="周报", candidates="（还没有）")),
        (["周报", "--found", "1"], NameOrClaims()),
    ],
)
def test_what_cannot_be_reconciled_is_refused(county: Path, fugong: Run, argv: list[str], refusal: Refusal) -> None:
    assert_refused(fugong, county, ["reconcile", *argv], refusal)
