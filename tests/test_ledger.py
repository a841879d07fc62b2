"""The rules of the ledger: log, edit, assign, note, close, reopen, void."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select
from tests.conftest import command

from fugong import db
from fugong.domain import history, roster
from fugong.domain import problems as ledger
from fugong.domain.history import Writer
from fugong.errors import Refusal
from fugong.errors.entries import (
    BlankText,
    ControlCharacter,
    DateGoesBack,
    DueBeforeFound,
    FoundAfterAct,
    FutureDate,
    TextTooLong,
)
from fugong.errors.rules import IsVoid, NotLive, SelfDuplicate, TeamNeeded
from fugong.models import Department, Enterprise, Event, Problem, Team, Term
from fugong.queries.deadlines import Due
from fugong.vocab import Act, ListName, Source, Status

TODAY = date(2020, 3, 13)
YESTERDAY = date(2020, 3, 12)
TOMORROW = date(2020, 3, 14)


@dataclass(frozen=True, slots=True)
class County:
    """Two teams, firms with and without a team, and departments, under one command's writer."""

    writer: Writer
    first: Team
    second: Team
    firm: Enterprise
    stray: Enterprise
    """Nobody's."""
    bureau: Department
    helper: Department
    other: Department
    supplies: Term
    finance: Term

    @property
    def session(self) -> Session:
        return self.writer.session

    def log(self, text: str = "口罩不足", **about: Any) -> Problem:
        return ledger.log_problem(self.writer, text, **{"team": self.first, **about})

    def events(self, problem: Problem) -> list[Event]:
        return history.of(self.session, problem.uid)

    def last(self, problem: Problem) -> Event:
        return self.events(problem)[-1]


@pytest.fixture
def county(empty_store: Path) -> Iterator[County]:
    with command(empty_store) as writer:
        yield made(writer)


def made(writer: Writer) -> County:
    first = roster.add_team(writer, "1", name="第一组", county="某县")
    second = roster.add_team(writer, "2", name="第二组", county="某县")
    return County(
        writer=writer,
        first=first,
        second=second,
        firm=roster.add_enterprise(writer, "甲厂有限公司", team=first),
        stray=roster.add_enterprise(writer, "乙化工有限公司"),
        bureau=roster.add_department(writer, "甲局"),
        helper=roster.add_department(writer, "乙局"),
        other=roster.add_department(writer, "丙局"),
        supplies=roster.add_term(writer, ListName.CATEGORY, "supplies", zh="物资", en="supplies"),
        finance=roster.add_term(writer, ListName.CATEGORY, "finance", zh="资金", en="finance"),
    )


def changes(event: Event) -> Any:
    return json.loads(event.changes)


def said(refused: pytest.ExceptionInfo[Refusal]) -> tuple[str, str]:
    return refused.value.sentence(chinese=True), refused.value.sentence(chinese=False)


# Log


def test_a_problem_is_logged_under_the_team_that_looks_after_the_enterprise(county: County) -> None:
    problem = county.log(team=None, enterprise=county.firm)
    assert (problem.ident, problem.team, problem.enterprise) == ("1-1", county.first, county.firm)
    assert (problem.status, problem.found_on, problem.status_on) == (Status.OPEN, TODAY, TODAY)
    assert problem.recorded_at == "2020-03-13T04:00:00.000000Z"


def test_a_problem_can_be_logged_for_another_team_than_the_enterprises(county: County) -> None:
    problem = county.log(team=county.second, enterprise=county.firm)
    assert (problem.ident, problem.enterprise) == ("2-1", county.firm)


def test_a_problem_can_be_a_teams_without_an_enterprise(county: County) -> None:
    problem = county.log(team=county.first)
    assert (problem.ident, problem.enterprise) == ("1-1", None)


def test_a_problem_without_enterprise_and_team_is_refused(county: County) -> None:
    with pytest.raises(TeamNeeded) as refused:
        county.log(team=None)
    assert said(refused) == (
        "不知道记在哪个帮扶组名下。请加 --team，如 --team 3。",
        "Which team does this belong to? Add --team, for example --team 3.",
    )


def test_a_problem_of_an_enterprise_that_no_team_looks_after_needs_a_team(county: County) -> None:
    with pytest.raises(TeamNeeded):
        county.log(team=None, enterprise=county.stray)
    assert county.log(team=county.second, enterprise=county.stray).ident == "2-1"


def test_a_problem_is_credited_to_the_team_that_looks_after_the_enterprise_now(county: County) -> None:
    before = county.log(team=None, enterprise=county.firm)
    roster.reassign(county.writer, county.firm, county.second, TODAY)
    after = county.log(team=None, enterprise=county.firm)
    assert (before.ident, after.ident) == ("1-1", "2-1")


def test_logging_keeps_all_that_was_told_and_leaves_one_event(county: County) -> None:
    problem = county.log(
        "  口罩不足\n三天  ",
        enterprise=county.firm,
        category=county.supplies,
        source=Source.ENTERPRISE,
        department=county.bureau,
        assist=[county.helper],
        person=" 责任人甲 ",
        on=YESTERDAY,
        approximate=True,
        due=Due(TODAY, "1d"),
        major=True,
        key=" k1 ",
        inferred=True,
        remark="推断",
    )
    (event,) = county.events(problem)
    assert (event.act, event.kind.value, event.on_date, event.approximate) == (Act.LOG, "problem", YESTERDAY, True)
    assert event.text is None
    told = {name: new for name, (old, new) in changes(event).items() if old is None}
    assert told == {
        "team": county.first.uid,
        "number": 1,
        "enterprise": county.firm.uid,
        "text": "口罩不足\n三天",
        "category": "supplies",
        "source": "enterprise",
        "department": county.bureau.uid,
        "assist": [county.helper.uid],
        "person": "责任人甲",
        "found_on": "2020-03-12",
        "approximate": True,
        "due_on": "2020-03-13",
        "due_rule": "1d",
        "first_due_on": "2020-03-13",
        "status": "open",
        "major": True,
        "key": "k1",
        "inferred": True,
        "remark": "推断",
    }
    assert told == history.state(problem)


def test_what_was_left_out_is_not_told(county: County) -> None:
    problem = county.log()
    assert changes(county.last(problem)).keys() == {"team", "number", "text", "found_on", "status"}
    assert (problem.category, problem.due_on, problem.assist, problem.major) == (None, None, [], False)


@pytest.mark.parametrize("blank", ["", "  ", "\u3000"])
def test_a_blank_person_or_key_is_none(county: County, blank: str) -> None:
    problem = county.log(person=blank, key=blank)
    assert (problem.person, problem.key) == (None, None)


@pytest.mark.parametrize(
    ("about", "refusal", "zh"),
    [
        ({"text": " \n"}, BlankText, "问题描述不能为空。"),
        ({"text": "甲" * 4001}, TextTooLong, "问题描述有 4001 个字，最多 4000 个。"),
        ({"text": "甲\x1b"}, ControlCharacter, "问题描述的第 2 个字符是控制字符 U+001B，不能保存。请删去后重试。"),
        ({"person": "甲" * 101}, TextTooLong, "责任人有 101 个字，最多 100 个。"),
        ({"person": "甲\n乙"}, ControlCharacter, "责任人的第 2 个字符是控制字符 U+000A，不能保存。请删去后重试。"),
        ({"key": "k" * 201}, TextTooLong, "标识有 201 个字，最多 200 个。"),
    ],
)
def test_a_text_that_cannot_be_stored_is_refused(
    county: County, about: dict[str, str], refusal: type[Refusal], zh: str
) -> None:
    with pytest.raises(refusal) as refused:
        county.log(**about)
    assert said(refused)[0] == zh


def test_the_longest_texts_are_stored(county: County) -> None:
    problem = county.log("甲" * 4000, person="乙" * 100, key="k" * 200)
    assert (len(problem.text), len(problem.person or ""), len(problem.key or "")) == (4000, 100, 200)


def test_a_problem_cannot_be_found_tomorrow(county: County) -> None:
    with pytest.raises(FutureDate) as refused:
        county.log(on=TOMORROW)
    assert said(refused) == (
        "2020-03-14 还没有到（今天是 2020-03-13）。请写今天或更早的日期。",
        "2020-03-14 has not come yet (today is 2020-03-13). Give today or an earlier day.",
    )


def test_a_problem_may_be_due_on_the_day_it_was_found_but_not_before(county: County) -> None:
    assert county.log(on=YESTERDAY, due=Due(YESTERDAY)).due_on == YESTERDAY
    with pytest.raises(DueBeforeFound) as refused:
        county.log(on=TODAY, due=Due(YESTERDAY))
    assert said(refused) == (
        "时限 2020-03-12 早于发现日期 2020-03-13。",
        "The deadline 2020-03-12 is before the day it was found, 2020-03-13.",
    )


def test_the_lead_never_assists_and_each_assists_once(county: County) -> None:
    everybody = [county.helper, county.bureau, county.other, county.helper]
    problem = county.log(department=county.bureau, assist=everybody)
    assert problem.assist == [county.helper, county.other]


def test_departments_can_assist_without_a_lead(county: County) -> None:
    assert county.log(assist=[county.helper]).assist == [county.helper]


# Numbers and keys


def test_numbers_run_within_each_team(county: County) -> None:
    teams = (county.first, county.second, county.first, county.first, county.second)
    assert [county.log(team=team).ident for team in teams] == ["1-1", "2-1", "1-2", "1-3", "2-2"]


def test_the_number_of_a_void_problem_is_never_used_again(county: County) -> None:
    county.log()
    ledger.void_problem(county.writer, county.log(), "登记有误")
    assert county.log().ident == "1-3"


def test_numbers_go_on_from_one_command_to_the_next(empty_store: Path) -> None:
    with command(empty_store) as writer:
        made(writer).log()
    for number in (2, 3):
        with command(empty_store) as writer:
            problem = ledger.log_problem(writer, "又一个", team=roster.find_team(writer.session, "1"))
            assert problem.number == number


def test_the_number_of_a_command_that_failed_is_given_to_the_next(empty_store: Path) -> None:
    """It was never seen by anybody: the whole command is as if it had not been."""
    with command(empty_store) as writer:
        made(writer)

    def log_two() -> None:
        with command(empty_store) as writer:
            team = roster.find_team(writer.session, "1")
            ledger.log_problem(writer, "一", team=team)
            ledger.log_problem(writer, "二", team=team, on=TOMORROW)

    with pytest.raises(FutureDate):
        log_two()
    with command(empty_store) as writer:
        assert ledger.log_problem(writer, "三", team=roster.find_team(writer.session, "1")).ident == "1-1"


def test_a_problem_is_found_again_by_its_key(county: County) -> None:
    problem = county.log(key="k1")
    county.log(key="k2")
    assert ledger.with_key(county.writer, "k1") is problem
    assert ledger.with_key(county.writer, " k1 ") is problem
    assert roster.find_problem_by_key(county.session, "k1") is problem


def test_an_unknown_key_finds_nothing(county: County) -> None:
    county.log(key="k1")
    assert ledger.with_key(county.writer, "K1") is None


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_key_finds_nothing_though_problems_without_one_exist(county: County, blank: str) -> None:
    county.log()
    assert ledger.with_key(county.writer, blank) is None


# Edit


def edit(county: County, problem: Problem, **values: Any) -> bool:
    return ledger.edit_problem(county.writer, problem, values)


Edit = tuple[str, Callable[[County], Any], Any, Any]

EDITS: list[Edit] = [
    ("text", lambda _: " 新的描述 ", "口罩不足", "新的描述"),
    ("person", lambda _: " 责任人乙 ", "责任人甲", "责任人乙"),
    ("person", lambda _: None, "责任人甲", None),
    ("person", lambda _: "  ", "责任人甲", None),
    ("category", lambda county: county.finance, "supplies", "finance"),
    ("category", lambda _: None, "supplies", None),
    ("source", lambda _: Source.ASSIGNED, "inspection", "assigned"),
    ("due_on", lambda _: TOMORROW, "2020-03-13", "2020-03-14"),
    ("due_on", lambda _: None, "2020-03-13", None),
    ("due_rule", lambda _: None, "1d", None),
    ("major", lambda _: True, False, True),
    ("found_on", lambda _: date(2020, 3, 1), "2020-03-12", "2020-03-01"),
    ("remark", lambda _: "补充", None, "补充"),
]


@pytest.mark.parametrize(("name", "value", "old", "new"), EDITS)
def test_an_edit_tells_the_old_and_the_new_value(
    county: County, name: str, value: Callable[[County], Any], old: Any, new: Any
) -> None:
    problem = county.log(
        category=county.supplies,
        source=Source.INSPECTION,
        person="责任人甲",
        on=YESTERDAY,
        due=Due(TODAY, "1d"),
    )
    assert edit(county, problem, **{name: value(county)})
    event = county.last(problem)
    first = {"first_due_on": [old, new]} if name == "due_on" else {}
    assert (event.act, event.on_date, changes(event) == {name: [old, new]} | first) == (Act.EDIT, TODAY, True)


def test_an_edit_of_the_enterprise_or_department_tells_who(county: County) -> None:
    problem = county.log(enterprise=county.firm, department=county.bureau)
    assert edit(county, problem, enterprise=county.stray, department=county.other)
    assert changes(county.last(problem)) == {
        "enterprise": [county.firm.uid, county.stray.uid],
        "department": [county.bureau.uid, county.other.uid],
    }
    assert edit(county, problem, enterprise=None, department=None)
    assert history.state(problem).keys() & {"enterprise", "department"} == set()


def test_an_edit_of_the_enterprise_leaves_the_number(county: County) -> None:
    problem = county.log(enterprise=county.firm)
    edit(county, problem, enterprise=county.stray)
    assert problem.ident == "1-1"


def test_an_edit_to_what_it_is_already_writes_nothing(county: County) -> None:
    problem = county.log(
        "一", person="甲", department=county.bureau, assist=[county.helper, county.other], on=YESTERDAY
    )
    assert not edit(county, problem)
    assert not edit(
        county,
        problem,
        text=" 一 ",
        person=" 甲 ",
        department=county.bureau,
        assist=[county.other, county.helper],
        found_on=YESTERDAY,
    )
    assert len(county.events(problem)) == 1


def test_an_edit_of_the_assisting_departments_replaces_them(county: County) -> None:
    problem = county.log(department=county.bureau, assist=[county.helper])
    assert edit(county, problem, assist=[county.other, county.bureau])
    assert changes(county.last(problem)) == {"assist": [[county.helper.uid], [county.other.uid]]}
    assert edit(county, problem, assist=[])
    assert problem.assist == []


def test_a_department_that_takes_the_lead_assists_no_more(county: County) -> None:
    problem = county.log(department=county.bureau, assist=[county.helper, county.other])
    assert edit(county, problem, department=county.helper)
    assert (problem.department, problem.assist) == (county.helper, [county.other])


def test_an_edit_of_something_else_leaves_the_assisting_departments(county: County) -> None:
    problem = county.log(department=county.bureau, assist=[county.helper])
    edit(county, problem, text="新")
    assert problem.assist == [county.helper]
    assert changes(county.last(problem)).keys() == {"text"}


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"text": " "}, BlankText),
        ({"text": "甲\x00"}, ControlCharacter),
        ({"person": "甲" * 101}, TextTooLong),
        ({"due_on": date(2020, 3, 11)}, DueBeforeFound),
        ({"found_on": TOMORROW}, FutureDate),
    ],
)
def test_an_edit_to_what_cannot_be_is_refused(county: County, values: dict[str, Any], refusal: type[Refusal]) -> None:
    problem = county.log(on=YESTERDAY)
    before = history.state(problem)
    with pytest.raises(refusal):
        edit(county, problem, **values)
    assert history.state(problem) == before
    assert len(county.events(problem)) == 1


@pytest.mark.parametrize("end", [Status.CLOSED, Status.VOID])
def test_what_is_closed_or_void_can_still_be_corrected(county: County, end: Status) -> None:
    problem = county.log()
    if end is Status.CLOSED:
        ledger.close_problem(county.writer, problem, "已调配")
    else:
        ledger.void_problem(county.writer, problem, "有误")
    assert edit(county, problem, text="更正")
    assert (problem.status, problem.text) == (end, "更正")


def test_the_found_date_of_an_open_problem_can_move_either_way(county: County) -> None:
    problem = county.log(on=YESTERDAY)
    for day in (date(2020, 3, 1), TODAY):
        assert edit(county, problem, found_on=day)
        assert (problem.found_on, problem.status_on) == (day, day)


def test_a_corrected_found_date_is_no_longer_approximate(county: County) -> None:
    problem = county.log(on=YESTERDAY, approximate=True)
    assert edit(county, problem, found_on=YESTERDAY)
    assert changes(county.last(problem)) == {"approximate": [True, False]}


def test_the_found_date_cannot_move_past_the_first_act_that_followed(county: County) -> None:
    problem = county.log(on=date(2020, 3, 1))
    ledger.note_problem(county.writer, problem, "已联系", on=date(2020, 3, 5))
    ledger.close_problem(county.writer, problem, "已调配", on=date(2020, 3, 9))
    assert edit(county, problem, found_on=date(2020, 3, 5))
    assert (problem.found_on, problem.status_on) == (date(2020, 3, 5), date(2020, 3, 9))
    with pytest.raises(FoundAfterAct) as refused:
        edit(county, problem, found_on=date(2020, 3, 6))
    assert said(refused) == (
        "1-1 在 2020-03-05 已记录，不可能到 2020-03-06 才发现。请写 2020-03-05 或更早的日期。",
        "1-1 was noted on 2020-03-05, so it was not found as late as 2020-03-06. Give 2020-03-05 or an earlier day.",
    )


def test_a_problem_found_earlier_than_thought_can_be_closed_on_that_earlier_day(county: County) -> None:
    problem = county.log(on=TODAY)
    edit(county, problem, found_on=date(2020, 3, 1))
    assert ledger.close_problem(county.writer, problem, "已调配", on=date(2020, 3, 2))


def test_the_found_date_cannot_move_past_the_deadline(county: County) -> None:
    problem = county.log(on=date(2020, 3, 1), due=Due(date(2020, 3, 5)))
    with pytest.raises(DueBeforeFound):
        edit(county, problem, found_on=date(2020, 3, 6))
    assert edit(county, problem, found_on=date(2020, 3, 6), due_on=date(2020, 3, 8))


# Assign


def test_the_first_assignment_puts_a_problem_in_progress(county: County) -> None:
    problem = county.log(on=date(2020, 3, 1))
    due = Due(date(2020, 3, 20), "7d")
    assert ledger.assign_problem(
        county.writer, problem, county.bureau, assist=[county.helper], due=due, on=date(2020, 3, 5)
    )
    assert (problem.status, problem.status_on) == (Status.DOING, date(2020, 3, 5))
    event = county.last(problem)
    assert (event.act, event.on_date) == (Act.ASSIGN, date(2020, 3, 5))
    assert changes(event) == {
        "department": [None, county.bureau.uid],
        "assist": [[], [county.helper.uid]],
        "due_on": [None, "2020-03-20"],
        "due_rule": [None, "7d"],
        "first_due_on": [None, "2020-03-20"],
        "status": ["open", "doing"],
    }


def test_a_later_assignment_leaves_status_deadline_and_assistance(county: County) -> None:
    problem = county.log(assist=[county.helper], due=Due(TOMORROW))
    ledger.assign_problem(county.writer, problem, county.bureau, on=TODAY)
    assert ledger.assign_problem(county.writer, problem, county.other)
    assert changes(county.last(problem)) == {"department": [county.bureau.uid, county.other.uid]}
    assert (problem.status, problem.due_on, problem.assist) == (Status.DOING, TOMORROW, [county.helper])


def test_assigning_to_who_has_it_already_writes_nothing(county: County) -> None:
    problem = county.log()
    assert ledger.assign_problem(county.writer, problem, county.bureau)
    assert not ledger.assign_problem(county.writer, problem, county.bureau)
    assert len(county.events(problem)) == 2


def test_an_open_problem_of_the_same_department_is_put_in_progress_all_the_same(county: County) -> None:
    problem = county.log(department=county.bureau)
    assert ledger.assign_problem(county.writer, problem, county.bureau)
    assert changes(county.last(problem)) == {"status": ["open", "doing"]}


def test_an_assignment_may_be_dated_before_the_last_status_if_it_sets_none(county: County) -> None:
    problem = county.log(on=date(2020, 3, 1))
    ledger.note_problem(county.writer, problem, "已联系", on=date(2020, 3, 9))
    assert ledger.assign_problem(county.writer, problem, county.bureau, on=date(2020, 3, 5))
    assert problem.status_on == date(2020, 3, 9)


def test_an_assigned_lead_assists_no_more(county: County) -> None:
    problem = county.log(assist=[county.bureau, county.helper])
    ledger.assign_problem(county.writer, problem, county.bureau)
    assert problem.assist == [county.helper]
    ledger.assign_problem(county.writer, problem, county.bureau, assist=[])
    assert problem.assist == []


@pytest.mark.parametrize(
    ("end", "zh", "en"),
    [
        (
            ledger.close_problem,
            '1-1 已销号，不能交办。需要的话先重开：fugong reopen 1-1 --why "原因"',
            '1-1 is closed, so it cannot be assigned. If need be, reopen it first: fugong reopen 1-1 --why "reason"',
        ),
        (
            ledger.void_problem,
            '1-1 作废，不能交办。需要的话先重开：fugong reopen 1-1 --why "原因"',
            '1-1 is void, so it cannot be assigned. If need be, reopen it first: fugong reopen 1-1 --why "reason"',
        ),
    ],
)
def test_what_is_not_in_hand_cannot_be_assigned(
    county: County, end: Callable[[Writer, Problem, str], bool], zh: str, en: str
) -> None:
    problem = county.log()
    end(county.writer, problem, "完")
    with pytest.raises(NotLive) as refused:
        ledger.assign_problem(county.writer, problem, county.bureau)
    assert said(refused) == (zh, en)


@pytest.mark.parametrize(
    ("about", "refusal"),
    [
        ({"on": TOMORROW}, FutureDate),
        ({"on": date(2020, 3, 11)}, DateGoesBack),
        ({"due": Due(date(2020, 3, 11))}, DueBeforeFound),
    ],
)
def test_an_assignment_out_of_order_is_refused(county: County, about: Any, refusal: type[Refusal]) -> None:
    problem = county.log(on=YESTERDAY)
    with pytest.raises(refusal):
        ledger.assign_problem(county.writer, problem, county.bureau, **about)
    assert (problem.status, problem.department, len(county.events(problem))) == (Status.OPEN, None, 1)


# Note


def test_the_first_note_puts_a_problem_in_progress(county: County) -> None:
    problem = county.log(on=date(2020, 3, 1))
    ledger.note_problem(county.writer, problem, " 已联系\n供应商 ", on=date(2020, 3, 5), approximate=True)
    event = county.last(problem)
    assert (event.act, event.text, event.on_date, event.approximate) == (
        Act.NOTE, "已联系\n供应商", date(2020, 3, 5), True,
    )  # fmt: skip
    assert changes(event) == {"status": ["open", "doing"]}
    assert (problem.status, problem.status_on) == (Status.DOING, date(2020, 3, 5))


def test_a_later_note_changes_nothing_else_and_every_note_is_kept(county: County) -> None:
    problem = county.log()
    for _ in range(3):
        ledger.note_problem(county.writer, problem, "已联系")
    assert [(event.text, changes(event)) for event in county.events(problem)[2:]] == [("已联系", {}), ("已联系", {})]


def test_a_later_note_may_be_dated_earlier(county: County) -> None:
    problem = county.log(on=date(2020, 3, 1))
    ledger.note_problem(county.writer, problem, "二", on=date(2020, 3, 9))
    ledger.note_problem(county.writer, problem, "一", on=date(2020, 3, 5))
    assert (county.last(problem).on_date, problem.status_on) == (date(2020, 3, 5), date(2020, 3, 9))


def test_a_closed_problem_can_be_noted_and_stays_closed(county: County) -> None:
    problem = county.log()
    ledger.close_problem(county.writer, problem, "已调配")
    ledger.note_problem(county.writer, problem, "回访")
    assert (problem.status, county.last(problem).text) == (Status.CLOSED, "回访")


def test_a_void_problem_cannot_be_noted(county: County) -> None:
    problem = county.log()
    ledger.void_problem(county.writer, problem, "有误")
    with pytest.raises(IsVoid) as refused:
        ledger.note_problem(county.writer, problem, "已联系")
    assert said(refused) == (
        '1-1 已作废，不能记录。作废有误的话：fugong reopen 1-1 --why "原因"',
        '1-1 is void, so it cannot be noted. If that was a mistake: fugong reopen 1-1 --why "reason"',
    )


@pytest.mark.parametrize(
    ("text", "on", "refusal"),
    [
        (" ", None, BlankText),
        ("甲" * 4001, None, TextTooLong),
        ("甲\x9b", None, ControlCharacter),
        ("已联系", TOMORROW, FutureDate),
        ("已联系", date(2020, 3, 11), DateGoesBack),
    ],
)
def test_a_note_that_cannot_be_is_refused(county: County, text: str, on: date | None, refusal: type[Refusal]) -> None:
    problem = county.log(on=YESTERDAY)
    with pytest.raises(refusal):
        ledger.note_problem(county.writer, problem, text, on=on)
    assert (problem.status, len(county.events(problem))) == (Status.OPEN, 1)


# Close


@pytest.mark.parametrize("begun", [False, True])
def test_a_problem_is_closed_with_the_measure_that_solved_it(county: County, *, begun: bool) -> None:
    problem = county.log(on=date(2020, 3, 1))
    if begun:
        ledger.note_problem(county.writer, problem, "已联系", on=date(2020, 3, 2))
    before = problem.status.value
    assert ledger.close_problem(county.writer, problem, " 已调配\n500只 ", on=YESTERDAY, approximate=True)
    assert (problem.status, problem.closed_on, problem.how) == (Status.CLOSED, YESTERDAY, "已调配\n500只")
    event = county.last(problem)
    assert (event.act, event.on_date, event.approximate, event.text) == (Act.CLOSE, YESTERDAY, True, None)
    assert changes(event) == {
        "status": [before, "closed"],
        "closed_on": [None, "2020-03-12"],
        "how": [None, "已调配\n500只"],
    }


def test_a_problem_can_be_closed_on_the_day_it_was_found(county: County) -> None:
    problem = county.log()
    assert ledger.close_problem(county.writer, problem, "当场解决")
    assert (problem.found_on, problem.closed_on) == (TODAY, TODAY)


def test_closing_a_closed_problem_changes_nothing_and_leaves_no_event(county: County) -> None:
    problem = county.log()
    ledger.close_problem(county.writer, problem, "已调配", on=TODAY)
    assert not ledger.close_problem(county.writer, problem, "另一措施", on=TODAY)
    assert (problem.how, len(county.events(problem))) == ("已调配", 2)


def test_a_void_problem_cannot_be_closed(county: County) -> None:
    problem = county.log()
    ledger.void_problem(county.writer, problem, "有误")
    with pytest.raises(IsVoid) as refused:
        ledger.close_problem(county.writer, problem, "已调配")
    assert said(refused) == (
        '1-1 已作废，不能销号。作废有误的话：fugong reopen 1-1 --why "原因"',
        '1-1 is void, so it cannot be closed. If that was a mistake: fugong reopen 1-1 --why "reason"',
    )


@pytest.mark.parametrize(
    ("how", "on", "refusal"),
    [
        ("", None, BlankText),
        ("甲" * 4001, None, TextTooLong),
        ("甲\u202e", None, ControlCharacter),
        ("已调配", TOMORROW, FutureDate),
        ("已调配", date(2020, 3, 11), DateGoesBack),
    ],
)
def test_a_close_that_cannot_be_is_refused(county: County, how: str, on: date | None, refusal: type[Refusal]) -> None:
    problem = county.log(on=YESTERDAY)
    with pytest.raises(refusal):
        ledger.close_problem(county.writer, problem, how, on=on)
    assert (problem.status, problem.how, len(county.events(problem))) == (Status.OPEN, None, 1)


def test_a_problem_that_somebody_else_closed_is_seen_as_closed(empty_store: Path) -> None:
    """The claim is made in the store, not in what this program read before."""
    with command(empty_store) as writer:
        made(writer).log()
    with command(empty_store) as writer:
        problem = roster.find_problem(writer.session, "1-1")
        writer.session.connection().exec_driver_sql(
            "UPDATE problem SET status = 'closed', closed_on = '2020-03-13', how = '先到'"
        )
        assert problem.status is Status.OPEN
        assert not ledger.close_problem(writer, problem, "后到")
    with db.reading(str(empty_store)) as reader:
        assert reader.first("SELECT how FROM problem") == ("先到",)
        assert reader.first("SELECT count(*) FROM event WHERE act = 'close'") == (0,)


# Reopen


def test_a_closed_problem_is_reopened_in_progress(county: County) -> None:
    problem = county.log(on=date(2020, 3, 1))
    ledger.close_problem(county.writer, problem, "已调配", on=date(2020, 3, 9))
    assert ledger.reopen_problem(county.writer, problem, " 又不够了 ", on=YESTERDAY)
    assert (problem.status, problem.closed_on, problem.how) == (Status.DOING, None, None)
    event = county.last(problem)
    assert (event.act, event.on_date, event.text) == (Act.REOPEN, YESTERDAY, "又不够了")
    assert changes(event) == {
        "status": ["closed", "doing"],
        "closed_on": ["2020-03-09", None],
        "how": ["已调配", None],
        "reopened": [None, 1],
    }


def test_a_void_problem_is_reopened_and_is_no_duplicate_any_more(county: County) -> None:
    original, problem = county.log("一"), county.log("一")
    ledger.void_problem(county.writer, problem, "重复", duplicate_of=original)
    assert ledger.reopen_problem(county.writer, problem, "不是重复")
    assert (problem.status, problem.duplicate_of) == (Status.DOING, None)
    assert changes(county.last(problem)) == {"status": ["void", "doing"], "duplicate_of": [original.uid, None]}


@pytest.mark.parametrize("begun", [False, True])
def test_reopening_what_is_in_hand_changes_nothing_and_leaves_no_event(county: County, *, begun: bool) -> None:
    problem = county.log()
    if begun:
        ledger.note_problem(county.writer, problem, "已联系")
    before = len(county.events(problem))
    assert not ledger.reopen_problem(county.writer, problem, "再看看")
    assert len(county.events(problem)) == before


@pytest.mark.parametrize(
    ("why", "on", "refusal"),
    [
        (" ", None, BlankText),
        ("又坏了", TOMORROW, FutureDate),
        ("又坏了", date(2020, 3, 11), DateGoesBack),
    ],
)
def test_a_reopening_that_cannot_be_is_refused(
    county: County, why: str, on: date | None, refusal: type[Refusal]
) -> None:
    problem = county.log(on=date(2020, 3, 1))
    ledger.close_problem(county.writer, problem, "已调配", on=YESTERDAY)
    with pytest.raises(refusal):
        ledger.reopen_problem(county.writer, problem, why, on=on)
    assert (problem.status, len(county.events(problem))) == (Status.CLOSED, 2)


def test_a_reason_is_needed_even_where_nothing_would_change(county: County) -> None:
    with pytest.raises(BlankText) as refused:
        ledger.reopen_problem(county.writer, county.log(), "")
    assert said(refused) == ("原因不能为空。", "The reason must not be empty.")


# Void


@pytest.mark.parametrize("closed", [False, True])
def test_a_void_problem_keeps_its_reason_and_nothing_of_its_closing(county: County, *, closed: bool) -> None:
    problem = county.log()
    if closed:
        ledger.close_problem(county.writer, problem, "已调配")
    assert ledger.void_problem(county.writer, problem, " 登记有误 ")
    assert (problem.status, problem.closed_on, problem.how) == (Status.VOID, None, None)
    event = county.last(problem)
    assert (event.act, event.on_date, event.text) == (Act.VOID, TODAY, "登记有误")
    assert changes(event)["status"] == ["closed" if closed else "open", "void"]


def test_a_duplicate_names_its_original(county: County) -> None:
    original, problem = county.log(), county.log()
    assert ledger.void_problem(county.writer, problem, "重复", duplicate_of=original)
    assert problem.duplicate_of is original
    assert changes(county.last(problem)) == {"status": ["open", "void"], "duplicate_of": [None, original.uid]}


def test_a_problem_is_no_duplicate_of_itself(county: County) -> None:
    problem = county.log()
    with pytest.raises(SelfDuplicate) as refused:
        ledger.void_problem(county.writer, problem, "重复", duplicate_of=problem)
    assert said(refused) == ("1-1 不能是它自己的重复。", "1-1 cannot be a duplicate of itself.")
    assert problem.status is Status.OPEN


def test_voiding_what_is_void_changes_nothing_and_leaves_no_event(county: County) -> None:
    original, problem = county.log(), county.log()
    ledger.void_problem(county.writer, problem, "有误")
    assert not ledger.void_problem(county.writer, problem, "重复", duplicate_of=original)
    assert (problem.duplicate_of, len(county.events(problem))) == (None, 2)


@pytest.mark.parametrize(
    ("why", "on", "refusal"),
    [
        ("", None, BlankText),
        ("有误", TOMORROW, FutureDate),
        ("有误", date(2020, 3, 11), DateGoesBack),
    ],
)
def test_a_voiding_that_cannot_be_is_refused(county: County, why: str, on: date | None, refusal: type[Refusal]) -> None:
    problem = county.log(on=YESTERDAY)
    with pytest.raises(refusal):
        ledger.void_problem(county.writer, problem, why, on=on)
    assert (problem.status, len(county.events(problem))) == (Status.OPEN, 1)


# Dates never go back


def test_a_refused_date_names_the_act_that_stands_in_its_way(county: County) -> None:
    problem = county.log(on=date(2020, 3, 2))
    steps: list[tuple[Callable[[], object], str, str]] = [
        (lambda: None, "登记", "logged"),
        (lambda: ledger.note_problem(county.writer, problem, "已联系", on=date(2020, 3, 3)), "记录", "noted"),
        (lambda: ledger.close_problem(county.writer, problem, "好", on=date(2020, 3, 4)), "销号", "closed"),
        (lambda: ledger.reopen_problem(county.writer, problem, "又坏", on=date(2020, 3, 5)), "重开", "reopened"),
    ]
    for step, zh, en in steps:
        step()
        last = problem.status_on
        with pytest.raises(DateGoesBack) as refused:
            ledger.void_problem(county.writer, problem, "有误", on=date(2020, 3, 1))
        assert said(refused) == (
            f"1-1 在 {last} 已{zh}，不能再记 2020-03-01 的作废。请写 {last} 或更晚的日期。",
            f"1-1 was {en} on {last}; voided on 2020-03-01 cannot come before that. Give {last} or a later day.",
        )


def test_acts_of_one_day_may_follow_each_other(county: County) -> None:
    problem = county.log()
    for _ in range(2):
        assert ledger.close_problem(county.writer, problem, "好")
        assert ledger.reopen_problem(county.writer, problem, "又坏")
    assert ledger.void_problem(county.writer, problem, "有误")
    assert [event.on_date for event in county.events(problem)] == [TODAY] * 6


# Found = solved + in hand


def test_found_is_solved_and_in_hand_together(county: County) -> None:
    problems = [county.log() for _ in range(5)]
    ledger.assign_problem(county.writer, problems[1], county.bureau)
    ledger.close_problem(county.writer, problems[2], "好")
    ledger.close_problem(county.writer, problems[3], "好")
    ledger.void_problem(county.writer, problems[4], "有误")
    everything = county.session.exec(select(Problem)).all()
    found = [problem for problem in everything if problem.status is not Status.VOID]
    solved = [problem for problem in everything if problem.status is Status.CLOSED]
    in_hand = [problem for problem in everything if problem.live]
    assert (len(found), len(solved), len(in_hand)) == (4, 2, 2)


def test_all_that_was_done_is_in_the_store_once_the_command_has_ended(empty_store: Path) -> None:
    with command(empty_store) as writer:
        county = made(writer)
        ledger.close_problem(writer, county.log(key="k1"), "好")
    with db.reading(str(empty_store)) as reader:
        assert reader.first("SELECT number, text, status, closed_on, how, key FROM problem") == (
            1, "口罩不足", "closed", "2020-03-13", "好", "k1",
        )  # fmt: skip
        assert list(reader.rows("SELECT act FROM event WHERE kind = 'problem' ORDER BY id")) == [("log",), ("close",)]


def test_the_original_of_a_duplicate_must_count(county: County) -> None:
    first, second = county.log(), county.log()
    ledger.void_problem(county.writer, first, "记错")
    with pytest.raises(IsVoid):
        ledger.void_problem(county.writer, second, "重复", duplicate_of=first)
    assert second.status is Status.OPEN
