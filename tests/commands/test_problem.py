"""The verbs of the problem: what each prints, what it writes, and what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome

from fugong import db
from fugong.domain.problems import HOW, PROBLEM_TEXT, WHY
from fugong.errors import Refusal
from fugong.errors.entries import BadDate, BadDeadline, BlankText, DateGoesBack, DueBeforeFound, FutureDate, TextMissing
from fugong.errors.names import AmbiguousName, BadId, NearName, UnknownName, UnknownProblem, UnknownTeam, UnknownTerm
from fugong.errors.rules import (
    DuplicateElsewhere,
    HowNeeded,
    HowWithoutSolved,
    IsVoid,
    NothingToEdit,
    NotLive,
    SelfDuplicate,
    TeamNeeded,
)
from fugong.vocab import Act, Kind, ListName, Status, Words

pytestmark = pytest.mark.usefixtures("county")

MASKS = "1-1  某县甲厂有限公司  口罩不足三天\n"
CREW = "1-2  第一组  返岗人员管控难\n"
LOAN = "1-3  某县乙建材有限公司  流动资金紧张\n"
YARD = "2-1  某县丙丁铸造有限公司  厂区未消毒\n"

NO_TEAM = UnknownTeam(name="9", candidates=["1", "2", "10"])
NO_CATEGORY = UnknownTerm(
    list=ListName.CATEGORY,
    name="其他",
    candidates=["supplies（防控物资）", "hygiene（环境卫生）", "finance（资金周转）"],
)
NO_DEPARTMENT = UnknownName(name="庚局", kind=Kind.DEPARTMENT, verb="department")
TWO_FIRMS = AmbiguousName(name="丙丁", candidates=["某县丙丁铸造有限公司", "某县丙丁水泥有限公司"])


def card(fugong: Run, ident: str) -> dict[str, Any]:
    """A problem with its history, as scripts see it."""
    shown = fugong("show", ident, "--format", "json")
    assert (shown.exit_code, shown.stderr) == (0, "")
    (item,) = json.loads(shown.stdout)["items"]
    made: dict[str, Any] = item
    return made


def last_event(fugong: Run, ident: str) -> dict[str, Any]:
    """What the last act on a problem left behind, but for what differs from run to run."""
    event: dict[str, Any] = card(fugong, ident)["events"][-1]
    return {key: event[key] for key in ("kind", "on", "actor", "changes", "text")}


def ids(fugong: Run, *filters: str) -> list[str]:
    """The numbers that ``list`` gives."""
    listed = fugong("list", *filters, "--format", "json")
    assert (listed.exit_code, listed.stderr) == (0, "")
    return [item["id"] for item in json.loads(listed.stdout)["items"]]


def assert_refused(fugong: Run, store: Path, argv: list[str], refusal: Refusal) -> None:
    """The command refuses with exactly this, and the store is as it was before."""
    before = fingerprint(store)
    assert outcome(fugong(*argv)) == (1, "", f"错误：{refusal.sentence(chinese=True)}\n")
    assert fingerprint(store) == before


# log


def test_log_prints_the_new_number_the_firm_and_the_text(fugong: Run) -> None:
    assert outcome(fugong("log", "甲厂", "消毒液不足")) == (0, "1-4  某县甲厂有限公司  消毒液不足\n", "")


def test_log_takes_what_is_to_be_said_of_the_entry_itself(fugong: Run) -> None:
    fugong("log", "甲厂", "消毒液不足", "--inferred", "--note", "企业没有具名")
    logged = card(fugong, "1-4")
    assert (logged["inferred"], logged["remark"]) == (True, "企业没有具名")
    assert [event["kind"] for event in logged["events"]] == ["log"]


def test_log_takes_the_firms_own_team_and_today_and_leaves_the_rest_unknown(fugong: Run) -> None:
    fugong("log", "油漆厂", "消毒液不足")
    logged = card(fugong, "1-4")
    (event,) = logged.pop("events")
    assert logged.pop("activities") == []
    del logged["uid"], logged["light"]
    assert logged == {
        "id": "1-4",
        "team": "1",
        "enterprise": "某县甲厂有限公司",
        "text": "消毒液不足",
        "category": None,
        "source": None,
        "status": "open",
        "department": None,
        "assist": [],
        "person": None,
        "found_on": "2020-03-13",
        "approximate": False,
        "due_on": None,
        "due_rule": None,
        "due_estimated": False,
        "first_due_on": None,
        "extended": 0,
        "late_extended": False,
        "days_over": None,
        "late": False,
        "chased": 0,
        "bounced": 0,
        "applied_on": None,
        "closed_on": None,
        "how": None,
        "verified": None,
        "verified_on": None,
        "satisfaction": None,
        "reopened": 0,
        "major": False,
        "escalated": None,
        "escalated_on": None,
        "inferred": False,
        "recorded_at": "2020-03-13T04:00:00.000000Z",
        "remark": None,
        "evidence": [],
        "duplicate_of": None,
    }
    assert (event["kind"], event["on"], event["actor"]) == ("log", "2020-03-13", "tester")


@pytest.mark.words
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["--team", "2"], {"id": "2-3", "team": "2"}),
        (["-t", "第十组"], {"id": "10-1", "team": "10"}),
        (["--category", "hygiene"], {"category": "hygiene"}),
        (["-c", "环境卫生"], {"category": "hygiene"}),
        (["-c", "working capital"], {"category": "finance"}),
        (["--source", "assigned"], {"source": "assigned"}),
        (["--department", "工业和信息化局"], {"department": "工信局"}),
        (["-d", "卫健"], {"department": "卫健局"}),
        (["--assist", "应急局", "--assist", "卫健局"], {"assist": ["卫健局", "应急局"]}),
        (["-d", "卫健局", "--assist", "卫健局", "--assist", "应急局"], {"assist": ["应急局"], "department": "卫健局"}),
        (["--person", "组员乙"], {"person": "组员乙"}),
        (["--due", "2020-03-20"], {"due_on": "2020-03-20", "due_rule": None}),
        (["--due", "+3d"], {"due_on": "2020-03-16", "due_rule": "3d"}),
        (["--due", "1m", "--on", "3月1日"], {"due_on": "2020-04-01", "due_rule": "1m", "found_on": "2020-03-01"}),
        (["--due", "7wd"], {"due_on": "2020-03-24", "due_rule": "7wd", "light": "green"}),
        (["--due", "急件"], {"due_on": "2020-03-16", "due_rule": "3d", "light": "yellow"}),
        (["--due", "长期"], {"due_on": None, "due_rule": "open", "light": "grey"}),
        (["--major"], {"major": True}),
        (["--on", "昨天"], {"found_on": "2020-03-12", "approximate": False}),
        (["--solved", "--how", "已当场调配"], {"status": "closed", "how": "已当场调配", "closed_on": "2020-03-13"}),
        (["--solved", "--how", "当场", "--on", "3月9日"], {"found_on": "2020-03-09", "closed_on": "2020-03-09"}),
    ],
)
def test_every_option_of_log_is_kept(fugong: Run, given: list[str], kept: dict[str, Any]) -> None:
    ident = kept.get("id", "1-4")
    assert outcome(fugong("log", "甲厂", "新问题", *given, "--quiet")) == (
        0,
        f"{ident}  某县甲厂有限公司  新问题\n",
        "",
    )
    logged = card(fugong, ident)
    assert {key: logged[key] for key in kept} == kept


def test_a_problem_solved_on_the_spot_has_both_acts_in_its_history(fugong: Run) -> None:
    fugong("log", "甲厂", "新问题", "--solved", "--how", "当场")
    assert [event["kind"] for event in card(fugong, "1-4")["events"]] == ["log", "close"]


def test_a_problem_without_a_firm_belongs_to_a_team(fugong: Run) -> None:
    assert outcome(fugong("log", "-", "缺少防疫人员", "--team", "10")) == (0, "10-1  第十组  缺少防疫人员\n", "")
    assert (card(fugong, "10-1")["team"], card(fugong, "10-1")["enterprise"]) == ("10", None)


def test_a_text_on_several_lines_is_printed_on_one(fugong: Run) -> None:
    assert outcome(fugong("log", "甲厂", "第一行\n第二行")) == (0, "1-4  某县甲厂有限公司  第一行 第二行\n", "")
    assert card(fugong, "1-4")["text"] == "第一行\n第二行"


def test_a_text_that_begins_with_a_dash_comes_after_two(fugong: Run) -> None:
    assert outcome(fugong("log", "甲厂", "--", "- 缺口罩")) == (0, "1-4  某县甲厂有限公司  - 缺口罩\n", "")


@pytest.mark.words
@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (["-", "无组"], TeamNeeded()),
        (["戊厂", "未包联"], TeamNeeded()),
        (["丙丁", "哪一家"], TWO_FIRMS),
        (["庚公司", "没有这家"], UnknownName(name="庚公司", kind=Kind.ENTERPRISE, verb="enterprise")),
        (["甲", "只有一个字"], NearName(name="甲", kind=Kind.ENTERPRISE, candidates=["某县甲厂有限公司"])),
        (["甲厂", ""], BlankText(what=PROBLEM_TEXT)),
        (["甲厂", "新", "--team", "9"], NO_TEAM),
        (["甲厂", "新", "--category", "其他"], NO_CATEGORY),
        (["甲厂", "新", "--department", "庚局"], NO_DEPARTMENT),
        (["甲厂", "新", "--assist", "庚局"], NO_DEPARTMENT),
        (["甲厂", "新", "--on", "2月30日"], BadDate(value="2月30日")),
        (["甲厂", "新", "--on", ""], BadDate(value="")),
        (["甲厂", "新", "--on", "明天"], FutureDate(date="2020-03-14", today="2020-03-13")),
        (["甲厂", "新", "--due", "赶紧"], BadDeadline(value="赶紧")),
        (["甲厂", "新", "--due", "3月1日"], DueBeforeFound(due="2020-03-01", found="2020-03-13")),
        (["甲厂", "新", "--solved"], HowNeeded()),
        (["甲厂", "新", "--solved", "--how", "  "], HowNeeded()),
        (["甲厂", "新", "--how", "好"], HowWithoutSolved()),
    ],
)
def test_log_refuses_and_says_why(county: Path, fugong: Run, given: list[str], refusal: Refusal) -> None:
    assert_refused(fugong, county, ["log", *given], refusal)


def test_the_same_key_is_logged_once(county: Path, fugong: Run) -> None:
    line = "1-4  某县甲厂有限公司  新问题\n"
    assert outcome(fugong("log", "甲厂", "新问题", "--key", "夜班-1")) == (0, line, "")
    before = fingerprint(county)
    again = outcome(fugong("log", "甲厂", "换个说法", "--key", "夜班-1", "--solved", "--how", "当场"))
    assert again == (0, line, "标识 夜班-1 已登记过，没有重复登记。\n")
    assert fingerprint(county) == before


# edit


@pytest.mark.words
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["--text", "口罩不足一周"], {"text": "口罩不足一周"}),
        (["--category", "环境卫生"], {"category": "hygiene"}),
        (["--enterprise", "乙建材"], {"enterprise": "某县乙建材有限公司", "team": "1"}),
        (["-e", "-"], {"enterprise": None}),
        (["--source", "enterprise"], {"source": "enterprise"}),
        (["--department", "应急局"], {"department": "应急局", "assist": ["卫健局"]}),
        (["--assist", "应急局"], {"assist": ["应急局"]}),
        (["--person", "组员乙"], {"person": "组员乙"}),
        (["--due", "2020-03-31"], {"due_on": "2020-03-31", "due_rule": None}),
        (["--due", "1m"], {"due_on": "2020-04-13", "due_rule": "1m"}),
        (["--no-major"], {"major": False, "escalated": None}),
        (["--on", "3月9日"], {"found_on": "2020-03-09", "approximate": False, "due_on": "2020-03-12"}),
        (["--on", "3月9日", "--due", "2d"], {"found_on": "2020-03-09", "due_on": "2020-03-15", "due_rule": "2d"}),
        (["--category", ""], {"category": None}),
        (["--enterprise", ""], {"enterprise": None}),
        (["--department", ""], {"department": None, "assist": ["卫健局", "应急局"]}),
        (["--assist", ""], {"assist": []}),
        (["--person", ""], {"person": None}),
        (["--source", ""], {"source": None}),
        (["--source", "企业反映"], {"source": "enterprise"}),
        (["--due", ""], {"due_on": None, "due_rule": None}),
        (["--note", "只有口头反映"], {"remark": "只有口头反映"}),
        (["--note", ""], {"remark": None}),
        (["--no-inferred"], {"inferred": False}),
    ],
)
def test_edit_sets_what_is_given_and_an_empty_value_clears(fugong: Run, given: list[str], kept: dict[str, Any]) -> None:
    before = card(fugong, "1-1")
    status, stdout, stderr = outcome(fugong("edit", "1-1", *given, "--quiet"))
    assert (status, stderr) == (0, "")
    after = card(fugong, "1-1")
    assert stdout == f"1-1  {after['enterprise'] or '第一组'}  {after['text']}\n"
    events = after.pop("events")
    for derived in ("events", "light", "days_over"):
        before.pop(derived)
        after.pop(derived, None)
    first = {"first_due_on": kept["due_on"]} if "due_on" in kept else {}
    assert after == before | kept | first
    assert [event["kind"] for event in events] == ["log", "note", "edit"]


def test_edit_several_problems_at_once(fugong: Run) -> None:
    assert outcome(fugong("edit", "1-1", "2-1", "--person", "组员乙")) == (0, MASKS + YARD, "")
    assert [card(fugong, ident)["person"] for ident in ("1-1", "2-1")] == ["组员乙", "组员乙"]


def test_edit_to_what_it_is_already_writes_no_event(fugong: Run) -> None:
    assert outcome(fugong("edit", "1-1", "--person", "组员甲")) == (0, MASKS, "1-1 没有变化。\n")
    assert len(card(fugong, "1-1")["events"]) == 2


@pytest.mark.words
@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (["1-1"], NothingToEdit(id="1-1")),
        (["1-1", "--text", ""], BlankText(what=PROBLEM_TEXT)),
        (["1-1", "--on", ""], BadDate(value="")),
        (["1-1", "--due", "2020-03-09"], DueBeforeFound(due="2020-03-09", found="2020-03-10")),
        (["1-1", "8-8", "--text", "新"], UnknownProblem(ids="8-8")),
        (["1-1", "--enterprise", "丙丁"], TWO_FIRMS),
        (["1-1", "--category", "其他"], NO_CATEGORY),
    ],
)
def test_edit_refuses_and_says_why(county: Path, fugong: Run, given: list[str], refusal: Refusal) -> None:
    assert_refused(fugong, county, ["edit", *given], refusal)


def test_a_found_date_after_what_was_done_is_refused(county: Path, fugong: Run) -> None:
    before = fingerprint(county)
    status, stdout, stderr = outcome(fugong("edit", "1-1", "--on", "2020-03-12"))
    assert (status, stdout) == (1, "")
    assert stderr.startswith("错误：1-1 在 2020-03-11 已记录")
    assert fingerprint(county) == before


# assign


def test_assign_names_who_must_act_and_puts_the_problem_in_progress(fugong: Run) -> None:
    assert outcome(fugong("assign", "1-3", "--department", "应急局")) == (0, LOAN, "     交应急局\n")
    assert last_event(fugong, "1-3") == {
        "kind": "assign",
        "on": "2020-03-13",
        "actor": "tester",
        "changes": {"department": [None, "应急局"], "status": ["open", "doing"]},
        "text": None,
    }


def test_assign_several_with_helpers_a_deadline_and_a_day(fugong: Run) -> None:
    given = ("-d", "工信局", "--assist", "应急局", "--due", "+3d", "--on", "昨天")
    meant = "交工信局；时限 {}2020-03-15 周日（从 2020-03-12 起 3 天） ● 黄\n"
    said = f"1-3  {meant.format('2020-03-11 周三 → ')}2-1  {meant.format('')}"
    assert outcome(fugong("assign", "1-3", "2-1", *given)) == (0, LOAN + YARD, said)
    for ident in ("1-3", "2-1"):
        after = card(fugong, ident)
        assert (after["department"], after["assist"], after["due_on"]) == ("工信局", ["应急局"], "2020-03-15")
        assert (after["status"], after["events"][-1]["on"]) == ("doing", "2020-03-12")


def test_assign_to_the_same_department_again_writes_no_event(fugong: Run) -> None:
    assert outcome(fugong("assign", "1-1", "-d", "工信局")) == (0, MASKS, "1-1 已经交办给这个单位。\n")
    assert len(card(fugong, "1-1")["events"]) == 2


def test_a_closed_problem_is_not_assigned(county: Path, fugong: Run) -> None:
    closed = NotLive(id="1-2", status=Status.CLOSED, act=Words("交办", "assigned"))
    assert_refused(fugong, county, ["assign", "1-3", "1-2", "-d", "工信局"], closed)


# note


def test_note_puts_an_open_problem_in_progress(fugong: Run) -> None:
    assert outcome(fugong("note", "1-3", "已联系银行")) == (0, LOAN, "")
    assert last_event(fugong, "1-3") == {
        "kind": "note",
        "on": "2020-03-13",
        "actor": "tester",
        "changes": {"status": ["open", "doing"]},
        "text": "已联系银行",
    }


def test_the_last_argument_of_note_is_the_text_of_all(fugong: Run) -> None:
    assert outcome(fugong("note", "1-1", "2-1", "已联系", "--on", "3月12日")) == (0, MASKS + YARD, "")
    for ident in ("1-1", "2-1"):
        event = last_event(fugong, ident)
        assert (event["text"], event["on"]) == ("已联系", "2020-03-12")


def test_a_closed_problem_can_still_be_noted(fugong: Run) -> None:
    assert outcome(fugong("note", "1-2", "回访正常")) == (0, CREW, "")
    assert (card(fugong, "1-2")["status"], last_event(fugong, "1-2")["changes"]) == ("closed", {})


def test_a_note_that_begins_with_a_dash_is_taken_for_an_option_and_says_so(county: Path, fugong: Run) -> None:
    before = fingerprint(county)
    said = (
        "用法：fugong note [选项] ID… 内容\n"
        "错误：没有选项 -已。以 - 开头的文字，前面要先写 --，选项写在 -- 之前：fugong note ID… -- 内容\n"
        "用 fugong note --help 查看帮助。\n"
    )
    assert outcome(fugong("note", "1-3", "-已联系")) == (2, "", said)
    assert fingerprint(county) == before


def test_a_note_that_begins_with_a_dash_comes_after_two(fugong: Run) -> None:
    assert outcome(fugong("note", "1-3", "--", "-已联系")) == (0, LOAN, "")
    assert last_event(fugong, "1-3")["text"] == "-已联系"


# close


def test_close_strikes_problems_off_with_the_measure(fugong: Run) -> None:
    assert outcome(fugong("close", "1-1", "2-1", "--how", "已解决")) == (0, MASKS + YARD, "")
    assert last_event(fugong, "2-1") == {
        "kind": "close",
        "on": "2020-03-13",
        "actor": "tester",
        "changes": {"closed_on": [None, "2020-03-13"], "how": [None, "已解决"], "status": ["open", "closed"]},
        "text": None,
    }


def test_close_on_an_earlier_day(fugong: Run) -> None:
    assert outcome(fugong("close", "1-1", "--how", "已解决", "--on", "昨天")) == (0, MASKS, "")
    assert card(fugong, "1-1")["closed_on"] == "2020-03-12"


def test_a_problem_named_twice_is_closed_once(fugong: Run) -> None:
    assert outcome(fugong("close", "1-1", "１-１", "--how", "已解决")) == (0, MASKS, "")
    assert len(card(fugong, "1-1")["events"]) == 3


def test_one_unknown_number_and_nothing_is_closed(county: Path, fugong: Run) -> None:
    unknown = UnknownProblem(ids=["8-8", "9-9"])
    assert_refused(fugong, county, ["close", "1-1", "8-8", "1-3", "9-9", "--how", "已解决"], unknown)


def test_one_date_out_of_order_and_nothing_is_closed(county: Path, fugong: Run) -> None:
    back = DateGoesBack(id="1-1", last="2020-03-11", act=Act.NOTE, wanted=Act.CLOSE, date="2020-03-10")
    assert_refused(fugong, county, ["close", "1-3", "1-1", "--how", "已解决", "--on", "3月10日"], back)


def test_closing_a_closed_problem_says_so_and_writes_nothing(county: Path, fugong: Run) -> None:
    before = fingerprint(county)
    assert outcome(fugong("close", "1-2", "--how", "再说一次")) == (0, CREW, "1-2 已经销号，没有改动。\n")
    assert fingerprint(county) == before


def test_of_several_only_the_closed_one_is_remarked_on(fugong: Run) -> None:
    closed = outcome(fugong("close", "1-1", "1-2", "--how", "已解决"))
    assert closed == (0, MASKS + CREW, "1-2 已经销号，没有改动。\n")
    assert (card(fugong, "1-1")["how"], card(fugong, "1-2")["how"]) == ("已解决", "已逐一登记")


@pytest.mark.parametrize("how", ["", "  ", "\u200b"])
def test_close_needs_a_measure(county: Path, fugong: Run, how: str) -> None:
    assert_refused(fugong, county, ["close", "1-1", "--how", how], BlankText(what=HOW))


# reopen and void


def test_reopen_puts_a_closed_problem_in_progress_and_forgets_the_measure(fugong: Run) -> None:
    assert outcome(fugong("reopen", "1-2", "--why", "又有发生")) == (0, CREW, "")
    after = card(fugong, "1-2")
    assert (after["status"], after["closed_on"], after["how"]) == ("doing", None, None)
    assert (after["events"][-1]["kind"], after["events"][-1]["text"]) == ("reopen", "又有发生")


def test_reopening_a_problem_in_hand_says_so_and_writes_nothing(county: Path, fugong: Run) -> None:
    before = fingerprint(county)
    assert outcome(fugong("reopen", "1-1", "--why", "又有")) == (0, MASKS, "1-1 正在办理，没有改动。\n")
    assert fingerprint(county) == before


def test_void_takes_a_duplicate_out_and_names_what_it_repeats(fugong: Run) -> None:
    fugong("log", "乙建材", "贷款没有到位")
    voided = "1-4  某县乙建材有限公司  贷款没有到位\n"
    assert outcome(fugong("void", "1-4", "--why", "重复登记", "--duplicate-of", "1-3")) == (0, voided, "")
    after = card(fugong, "1-4")
    assert (after["status"], after["duplicate_of"]) == ("void", "1-3")
    assert last_event(fugong, "1-4") == {
        "kind": "void",
        "on": "2020-03-13",
        "actor": "tester",
        "changes": {"duplicate_of": [None, "1-3"], "status": ["open", "void"]},
        "text": "重复登记",
    }


def test_a_void_problem_counts_nowhere_and_can_come_back(fugong: Run) -> None:
    fugong("log", "乙建材", "贷款没有到位")
    fugong("void", "1-3", "--why", "误登", "--duplicate-of", "1-4")
    assert (ids(fugong), ids(fugong, "--status", "void")) == (["1-1", "1-4", "2-1"], ["1-3"])
    assert outcome(fugong("reopen", "1-3", "--why", "没有误登")) == (0, LOAN, "")
    assert (card(fugong, "1-3")["status"], card(fugong, "1-3")["duplicate_of"]) == ("doing", None)


def test_voiding_a_void_problem_says_so_and_writes_nothing(county: Path, fugong: Run) -> None:
    fugong("void", "1-3", "--why", "误登")
    before = fingerprint(county)
    assert outcome(fugong("void", "1-3", "--why", "误登")) == (0, LOAN, "1-3 已经作废，没有改动。\n")
    assert fingerprint(county) == before


@pytest.mark.words
@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (["void", "1-1", "--why", "重复", "--duplicate-of", "1-1"], SelfDuplicate(id="1-1")),
        (
            ["void", "1-3", "--why", "重复", "--duplicate-of", "1-1"],
            DuplicateElsewhere(id="1-3", enterprise="某县乙建材有限公司", of="1-1", other="某县甲厂有限公司"),
        ),
        (["void", "1-1", "--why", "重复", "--duplicate-of", "9-9"], UnknownProblem(ids="9-9")),
        (["void", "1-1", "--why", ""], BlankText(what=WHY)),
        (["reopen", "1-2", "--why", ""], BlankText(what=WHY)),
        (["close", "2-9", "--how", "好"], UnknownProblem(ids="2-9")),
        (["close", "第一个", "--how", "好"], BadId(id="第一个")),
        (["show", "1-1", "9-9"], UnknownProblem(ids="9-9")),
        (["show", "3"], BadId(id="3")),
    ],
)
def test_acts_refuse_and_say_why(county: Path, fugong: Run, given: list[str], refusal: Refusal) -> None:
    assert_refused(fugong, county, given, refusal)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (["close", "1-3", "--how", "好"], IsVoid(id="1-3", act=Words("销号", "closed"))),
        (["note", "1-3", "有进展"], IsVoid(id="1-3", act=Words("记录", "noted"))),
        (["assign", "1-3", "-d", "工信局"], NotLive(id="1-3", status=Status.VOID, act=Words("交办", "assigned"))),
    ],
)
def test_a_void_problem_must_be_reopened_first(county: Path, fugong: Run, given: list[str], refusal: Refusal) -> None:
    fugong("void", "1-3", "--why", "误登")
    assert_refused(fugong, county, given, refusal)


# list


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ([], ["1-1", "1-3", "2-1"]),
        (["--status", "live"], ["1-1", "1-3", "2-1"]),
        (["--status", "open"], ["1-3", "2-1"]),
        (["-s", "doing"], ["1-1"]),
        (["--status", "closed"], ["1-2", "2-2"]),
        (["--status", "void"], []),
        (["--status", "all"], ["1-1", "1-2", "1-3", "2-1", "2-2"]),
        (["--status", "closed", "--status", "doing"], ["1-1", "1-2", "2-2"]),
        (["--team", "1"], ["1-1", "1-3"]),
        (["-t", "第二组"], ["2-1"]),
        (["--team", "1", "--team", "2"], ["1-1", "1-3", "2-1"]),
        (["--team", "10"], []),
        (["--enterprise", "油漆厂"], ["1-1"]),
        (["-e", "甲厂", "-e", "丙丁铸造"], ["1-1", "2-1"]),
        (["--department", "工信局", "--status", "all"], ["1-1", "2-2"]),
        (["-d", "卫健局"], ["1-1", "2-1"]),
        (["-d", "应急局"], ["1-1"]),
        (["--category", "supplies"], ["1-1"]),
        (["-c", "supplies", "-c", "资金周转"], ["1-1", "1-3"]),
        (["--since", "2020-03-10"], ["1-1", "2-1"]),
        (["--until", "3月10日"], ["1-1", "1-3"]),
        (["--since", "2020-03-10", "--until", "2020-03-10"], ["1-1"]),
        (["--due-by", "昨天"], ["1-3"]),
        (["--due-by", "2020-03-13"], ["1-1", "1-3"]),
        (["--light", "red"], ["1-3"]),
        (["-l", "yellow", "-l", "grey"], ["1-1", "2-1"]),
        (["--light", "green"], []),
        (["--light", "green", "--status", "all"], ["1-2", "2-2"]),
        (["--text", "口罩"], ["1-1"]),
        (["--text", "口罩", "--text", "资金"], ["1-1", "1-3"]),
        (["--text", "%"], []),
        (["--team", "1", "--category", "hygiene"], []),
        (["--team", "1", "--due-by", "昨天"], ["1-3"]),
        (["--limit", "2"], ["1-1", "1-3"]),
    ],
)
def test_repeating_a_filter_means_or_and_different_ones_mean_and(
    fugong: Run, filters: list[str], found: list[str]
) -> None:
    assert ids(fugong, *filters) == found


def test_lights_go_by_the_day(fugong: Run) -> None:
    def lights(today: str) -> list[str]:
        listed = fugong("list", "--status", "all", "--format", "json", FUGONG_TODAY=today)
        return [item["light"] for item in json.loads(listed.stdout)["items"]]

    assert lights("2020-03-09") == ["green", "green", "yellow", "grey", "green"]
    assert lights("2020-03-12") == ["yellow", "green", "red", "grey", "green"]
    assert lights("2020-03-16") == ["red", "green", "red", "grey", "green"]


def test_teams_are_listed_in_the_order_of_their_numbers(fugong: Run) -> None:
    fugong("log", "-", "新问题", "--team", "10")
    assert ids(fugong) == ["1-1", "1-3", "2-1", "10-1"]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (["list", "--status", "closed", "--status", "live"], ["list", "--status", "已销号", "--status", "In Hand"]),
        (["list", "--light", "red"], ["list", "--light", "红"]),
        (["progress", "--by", "department"], ["progress", "--by", "责任单位"]),
        (["list", "--format", "json"], ["list", "--format", "JSON"]),
    ],
)
def test_a_code_may_be_written_as_its_name_in_either_language(fugong: Run, code: list[str], names: list[str]) -> None:
    assert outcome(fugong(*names)) == outcome(fugong(*code))


def test_the_source_of_a_problem_may_be_written_as_its_name(fugong: Run) -> None:
    fugong("log", "甲厂", "缺电", "--source", "企业反映")
    item = json.loads(fugong("list", "--text", "缺电", "--format", "json").stdout)["items"][0]
    assert item["source"] == "enterprise"


def test_what_is_neither_code_nor_name_is_answered_with_both(fugong: Run) -> None:
    refused = fugong("list", "--light", "蓝")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--light 只能是：red（红）、yellow（黄）、green（绿）、grey（灰）。" in refused.stderr
    assert "must be one of: red, yellow, green, grey." in fugong("list", "--light", "蓝", FUGONG_LANG="en").stderr


def test_an_empty_list_is_a_success(fugong: Run) -> None:
    head = "编号\t企业\t问题描述\t类别\t状态\t亮灯\t责任单位\t发现日期\t时限\n"
    assert outcome(fugong("list", "--status", "void")) == (0, head, "")


def test_a_limit_says_what_it_leaves_out(fugong: Run) -> None:
    cut = fugong("list", "--limit", "2", "--format", "table")
    assert (cut.exit_code, cut.stderr) == (0, "")
    assert cut.stdout.endswith("共 3 条，只列出前 2 条；用 --limit 3 列出全部。\n")


def test_a_limit_that_leaves_nothing_out_says_nothing(fugong: Run) -> None:
    whole = fugong("list", "--limit", "3", "--format", "table")
    assert (whole.exit_code, whole.stderr) == (0, "")
    assert whole.stdout == fugong("list", "--format", "table").stdout


@pytest.mark.words
@pytest.mark.parametrize(
    ("filters", "refusal"),
    [
        (["--team", "9"], NO_TEAM),
        (["--team", ""], UnknownTeam(name="", candidates=["1", "2", "10"])),
        (["-e", "丙丁"], TWO_FIRMS),
        (["-d", "庚局"], NO_DEPARTMENT),
        (["-c", "其他"], NO_CATEGORY),
        (["--since", "哪天"], BadDate(value="哪天")),
        (["--until", ""], BadDate(value="")),
        (["--due-by", "快了"], BadDate(value="快了")),
    ],
)
def test_a_filter_that_means_nothing_is_refused(
    county: Path, fugong: Run, filters: list[str], refusal: Refusal
) -> None:
    assert_refused(fugong, county, ["list", *filters], refusal)


# show


def test_show_has_the_keys_of_the_contract(fugong: Run) -> None:
    shown = card(fugong, "1-1")
    listed = json.loads(fugong("list", "--format", "json").stdout)["items"][0]
    events, activities = shown.pop("events"), shown.pop("activities")
    assert shown == listed
    assert [work["id"] for work in activities] == ["2-w1"]
    assert list(shown) == [
        "id", "uid", "team", "enterprise", "text", "category", "source", "status", "light", "department", "assist",
        "person", "found_on", "approximate", "due_on", "due_rule", "due_estimated", "first_due_on", "extended",
        "late_extended", "days_over", "late", "chased", "bounced", "applied_on", "closed_on", "how", "verified",
        "verified_on", "satisfaction", "reopened", "major", "escalated", "escalated_on", "inferred", "evidence",
        "recorded_at", "remark", "duplicate_of",
    ]  # fmt: skip
    for event in events:
        assert set(event) == {
            "kind", "on", "approximate", "recorded_at", "actor", "changes", "text", "hash",
        }  # fmt: skip
        assert len(event["hash"]) == 64


def test_show_has_the_problem_and_everything_done_about_it(fugong: Run) -> None:
    shown = card(fugong, "1-1")
    log, note = shown.pop("events")
    del shown["uid"], shown["light"], shown["activities"]
    assert shown == {
        "id": "1-1",
        "team": "1",
        "enterprise": "某县甲厂有限公司",
        "text": "口罩不足三天",
        "category": "supplies",
        "source": "inspection",
        "status": "doing",
        "department": "工信局",
        "assist": ["卫健局", "应急局"],
        "person": "组员甲",
        "found_on": "2020-03-10",
        "approximate": False,
        "due_on": "2020-03-13",
        "due_rule": "3d",
        "due_estimated": False,
        "first_due_on": "2020-03-13",
        "extended": 0,
        "late_extended": False,
        "days_over": None,
        "late": False,
        "chased": 0,
        "bounced": 0,
        "applied_on": None,
        "closed_on": None,
        "how": None,
        "verified": None,
        "verified_on": None,
        "satisfaction": None,
        "reopened": 0,
        "major": True,
        "escalated": "county",
        "escalated_on": None,
        "inferred": True,
        "recorded_at": "2020-03-13T04:00:00.000000Z",
        "remark": "类别为推断",
        "evidence": [],
        "duplicate_of": None,
    }
    assert (log["kind"], log["on"], log["actor"], log["text"]) == ("log", "2020-03-10", "录入员", None)
    assert log["changes"]["text"] == [None, "口罩不足三天"]
    assert log["changes"]["category"] == [None, "supplies"]
    assert log["changes"]["assist"] == [None, ["卫健局", "应急局"]]
    assert (note["kind"], note["on"], note["text"]) == ("note", "2020-03-11", "已联系供货方")
    assert note["changes"] == {"status": ["open", "doing"]}
    assert note["recorded_at"] == "2020-03-13T04:00:00.000000Z"


def test_show_tells_changes_in_words(fugong: Run) -> None:
    fugong("edit", "1-1", "--category", "finance", "--no-major", "--assist", "")
    fugong("log", "甲厂", "口罩只够三天")
    fugong("void", "1-1", "--why", "重复", "--duplicate-of", "1-4")
    shown = fugong("show", "1-1")
    assert (shown.exit_code, shown.stderr) == (0, "")
    head, work, history = shown.stdout.split("\n\n")
    assert "2-w1\t服务" in work
    assert "重复于\t1-4" in head.splitlines()
    edited = "去掉协办单位（卫健局、应急局）；类别：防控物资 → 资金周转；重大：否"
    voided = "与 1-4 重复；重复"
    assert history.splitlines()[-2:] == [
        f"2020-03-13\t修改\t{edited}\ttester\t2020-03-13 12:00:00",
        f"2020-03-13\t作废\t{voided}\ttester\t2020-03-13 12:00:00",
    ]


def test_show_names_the_inspection_that_found_the_problem(fugong: Run) -> None:
    fugong("inspection", "add", "甲厂", "--fail", "环境卫生=厂区未消毒", "--pass-rest")
    found = card(fugong, "1-4")
    assert found["text"] == "厂区未消毒"
    assert [(work["id"], work["role"]) for work in found["activities"]] == [("1-w3", "supervision")]


def test_show_several_problems_each_once(fugong: Run) -> None:
    shown = fugong("show", "2-1", "1-1", "2-1", "--format", "json")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert [item["id"] for item in json.loads(shown.stdout)["items"]] == ["2-1", "1-1"]


def test_looking_changes_nothing(county: Path, fugong: Run) -> None:
    before = fingerprint(county)
    for argv in (["list"], ["show", "1-1"], ["progress"]):
        assert fugong(*argv).exit_code == 0
    assert fingerprint(county) == before


def test_one_command_is_one_batch_in_the_history(county: Path, fugong: Run) -> None:
    fugong("close", "1-1", "1-3", "--how", "已解决")
    with db.reading(str(county)) as reader:
        batches = list(
            reader.rows("SELECT DISTINCT batch, verb, actor FROM v_event WHERE act = 'close' AND verb = 'close'")
        )
    assert [batch[1:] for batch in batches] == [("close", "tester")]


def test_a_note_without_its_text_is_refused(county: Path, fugong: Run) -> None:
    assert_refused(fugong, county, ["note", "1-1", "1-3"], TextMissing(id="1-3"))
    assert_refused(fugong, county, ["note", "1-3"], TextMissing(id="1-3"))
