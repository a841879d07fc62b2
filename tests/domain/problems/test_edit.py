"""Correcting: what changed is told with the old value, and nothing is moved past what followed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from tests.domain.problems.conftest import TODAY, TOMORROW, YESTERDAY, County, changes, said

from fugong.domain import history
from fugong.domain import problems as ledger
from fugong.errors import Refusal
from fugong.errors.entries import (
    BlankText,
    ControlCharacter,
    DueBeforeFound,
    FoundAfterAct,
    FutureDate,
    TextTooLong,
)
from fugong.queries.deadlines import Due
from fugong.store.records import Problem
from fugong.vocab import Act, Source, Status


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


@pytest.mark.words
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
