"""Logging: under which team, what is kept, and what is refused."""

import pytest
from tests.domain.problems.conftest import TODAY, TOMORROW, YESTERDAY, County, changes, said

from fugong.domain import history, roster
from fugong.errors import Refusal
from fugong.errors.entries import (
    BlankText,
    ControlCharacter,
    DueBeforeFound,
    FutureDate,
    TextTooLong,
)
from fugong.errors.rules import TeamNeeded
from fugong.queries.deadlines import Due
from fugong.vocab import Act, Source, Status


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


@pytest.mark.words
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
