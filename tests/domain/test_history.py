"""Events: their canonical form and identity, the fold that gives a record, and the batch of one command."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import command
from tests.county import behind

from fugong import db
from fugong.config import entry_time
from fugong.domain import history, nil, notices, problems, publishing, roster
from fugong.domain.activities import activities, inspections, milestones, practices
from fugong.domain.activities.figures import add_figure, stated
from fugong.domain.derived import adoption
from fugong.domain.roster import campaign, members
from fugong.domain.writer import Writer
from fugong.errors.entries import BlankText, ControlCharacter, TextTooLong
from fugong.imports import profiles
from fugong.imports.plan import Plan
from fugong.keeping import check
from fugong.queries.as_of import AsOf
from fugong.store.records import RECORDS, Batch, Campaign, Department, Event, Figure, Problem, Record, Team
from fugong.store.session import TOGETHER, Session
from fugong.vocab import Act, Kind, ListName, Measure, Paper, Role, Stage

CONTENT: dict[str, Any] = {
    "kind": "problem",
    "subject": "0170cf5c-0000-7000-8000-000000000001",
    "act": "close",
    "on": "2020-03-12",
    "approximate": False,
    "changes": {"status": ["doing", "closed"], "how": [None, "已调配口罩"]},
    "text": None,
    "parents": ["ab"],
    "batch": "0170cf5c-0000-7000-8000-000000000002",
    "verb": "close",
    "actor": "甲同志",
    "recorded_at": "2020-03-12T04:00:00.000000Z",
    "replica": "0170cf5c-0000-7000-8000-000000000003",
}
"""An event, with what its batch says of it."""


def told(store: Path) -> list[dict[str, Any]]:
    """The contents of a store's events with their hashes, oldest first, read without the program's own code."""
    sql = (
        "SELECT e.kind, e.subject, e.act, CAST(e.on_date AS TEXT), e.approximate, e.changes, e.text, e.parents,"
        " b.uid, b.verb, b.actor, b.recorded_at, b.replica, e.undoes, e.hash"
        " FROM event e JOIN batch b ON b.id = e.batch_id ORDER BY e.id"
    )
    events = [dict(zip([*CONTENT, "undoes", "hash"], row, strict=True)) for row in behind(store, sql)]
    for event in events:
        event["approximate"] = bool(event["approximate"])
        event["changes"] = json.loads(event["changes"])
        event["parents"] = json.loads(event["parents"])
        if event["undoes"] is None:
            del event["undoes"]
    return events


def sha256(content: dict[str, Any]) -> str:
    """What identifies an event, from its definition."""
    said = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode("utf-8")).hexdigest()


def of_batch(store: Path) -> dict[str, int]:
    """How many events each command left, by its verb."""
    sql = "SELECT verb, (SELECT count(*) FROM event WHERE batch_id = b.id) FROM batch b"
    return {str(verb): int(count) for verb, count in behind(store, sql)}


def fill(store: Path) -> None:
    """A record of every kind, several of them changed."""
    with command(store, "load") as writer:
        campaign.add_campaign(writer, name="测试行动", county="某县", places=["某"], timeline=[])
        category = roster.add_term(writer, ListName.CATEGORY, "supplies", zh="物资", en="supplies")
        union = roster.add_term(writer, ListName.MILESTONE, "union", zh="工会", en="union")
        lead = roster.add_department(writer, "甲局", aliases=["甲办"], inferred=True)
        helper = roster.add_department(writer, "乙局")
        first = roster.add_team(writer, "1", name="第一组", county="某县", units=["甲局"], expected_headcount=0)
        roster.add_team(writer, "2", name="第二组", county="某县")
        firm = roster.add_enterprise(writer, "某县甲厂有限公司", aliases=["甲厂"], team=first, sites=["北厂", "南厂"])
        members.add_member(writer, first, "组员甲", duties=["leader"], enterprise=firm)
        problem = problems.log_problem(
            writer, "口罩不足", enterprise=firm, category=category, department=lead, assist=[helper]
        )
        activities.add_activity(
            writer, first, Role.SERVICE, "送口罩", on_date=date(2020, 3, 12), enterprises=[firm], problem=problem
        )
        inspections.add_inspection(writer, None, None, enterprises=[firm], passed=[category])
        milestones.add_milestone(writer, firm, union, on_date=date(2020, 3, 12), approximate=True)
        adoptions = [adoption(first), adoption(firm)]
        practices.add_practice(writer, "模式", adoptions=adoptions, promoted_on=date(2020, 3, 1))
        campaign.correct_day(writer, date(2020, 3, 14), work=False, source="某通知")
        add_figure(writer, measure=Measure.FOUND, value=0, as_of=date(2020, 3, 12))
    with command(store, "import") as writer:
        notices.issue(writer, roster.find_problem(writer.session, "1-1"), notices.Asked(Paper.ASSIGN))
        profiles.keep(writer, Plan(profile="日报", mapped={"问题内容": "text"}), ["问题内容"])
        profiles.keep(writer, Plan(profile="日报", mapped={"事项": "text"}), ["事项"])
    with command(store, "edit") as writer:
        known = writer.session.one(Campaign, "1 = 1")
        writer.change(known, {"timeline": [["2020-02-28", "培训"]], "committee": "县委"})
        firm = roster.find_enterprise(writer.session, "甲厂")
        writer.change(firm, {"stage": Stage.RESUMED, "stage_on": date(2020, 3, 1), "sites": []})
        roster.reassign(writer, firm, roster.find_team(writer.session, "2"), date(2020, 3, 10))
        campaign.correct_day(writer, date(2020, 3, 14), work=True, source="某通知")
        problems.close_problem(writer, roster.find_problem(writer.session, "1-1"), "已调配")
    with command(store, "publish") as writer:
        nil.report_nil(writer, roster.find_team(writer.session, "2"))
        publishing.publish(writer, AsOf(date(2020, 3, 12), asked=True, dialect=writer.session.dialect))


def test_canonical_form_is_sorted_without_blanks_and_in_real_characters() -> None:
    assert history.canonical({"b": [1, None, True], "a": {"键": '口罩 "500"\n'}}) == (
        '{"a":{"键":"口罩 \\"500\\"\\n"},"b":[1,null,true]}'
    )


def test_the_digest_of_an_event_is_pinned() -> None:
    """Stores are compared by these hashes for ever: the form must not change by accident."""
    assert history.digest(CONTENT) == "676f79cf8362d8db70f9cf20c4f638d54630ec768fc1c5e3b92c1de1542173ba"


def test_the_order_in_which_a_content_was_built_does_not_matter() -> None:
    assert history.digest(dict(reversed(CONTENT.items()))) == history.digest(CONTENT)


@pytest.mark.parametrize("name", CONTENT)
def test_the_digest_changes_with_any_part_of_the_content(name: str) -> None:
    assert history.digest({**CONTENT, name: "otherwise"}) != history.digest(CONTENT)
    without = {key: value for key, value in CONTENT.items() if key != name}
    assert history.digest(without) != history.digest(CONTENT)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text('甲乙ab"\\\n', max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("甲a", max_size=2), inner, max_size=3),
    max_leaves=8,
)


@given(json_values, json_values)
def test_two_contents_have_one_form_only_if_they_are_the_same(one: Any, other: Any) -> None:
    same_form = history.canonical(one) == history.canonical(other)
    assert same_form == (json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True))
    assert json.loads(history.canonical(one)) == one


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2020, 3, 12, 4, tzinfo=UTC), "2020-03-12T04:00:00.000000Z"),
        (datetime(2020, 3, 12, 12, tzinfo=timezone(timedelta(hours=8))), "2020-03-12T04:00:00.000000Z"),
        (datetime(2020, 3, 12, 4, 5, 6, 7, tzinfo=UTC), "2020-03-12T04:05:06.000007Z"),
    ],
)
def test_an_instant_is_utc_text_of_one_length(moment: datetime, text: str) -> None:
    assert entry_time(moment) == text


def test_values_are_portable() -> None:
    department = Department(uid="uid-a", name="甲局", key="甲局", core="甲局")
    assert history.portable(None) is None
    assert history.portable(Stage.RESUMED) == "resumed"
    assert history.portable(date(2020, 3, 12)) == "2020-03-12"
    assert history.portable(department) == "uid-a"
    assert history.portable(["南厂", "北厂"]) == ["南厂", "北厂"]
    assert history.portable([["2020-02-28", "培训"]]) == [["2020-02-28", "培训"]]


def test_a_set_of_records_is_the_same_value_in_any_order() -> None:
    one, other = (Department(uid=uid, name=uid, key=uid, core=uid) for uid in ("uid-a", "uid-b"))
    assert history.portable([other, one]) == history.portable([one, other]) == ["uid-a", "uid-b"]


def test_a_fold_keeps_the_last_value_of_each_attribute() -> None:
    assert history.fold([{"a": [None, 1], "b": [None, "x"]}, {}, {"a": [1, 2]}]) == {"a": 2, "b": "x"}


def test_a_fold_leaves_out_what_says_nothing_but_keeps_zero() -> None:
    changes: history.Changes = {"a": [None, 1], "b": [None, True], "c": [None, ["x"]], "d": [None, 0], "e": [None, ""]}
    cleared: history.Changes = {"a": [1, None], "b": [True, False], "c": [["x"], []]}
    assert history.fold([changes, cleared]) == {"d": 0}


def test_every_record_is_the_fold_of_its_events(empty_store: Path) -> None:
    fill(empty_store)
    with db.writing(str(empty_store)) as session:
        seen = set()
        for table in RECORDS:
            for record in session.all(table):
                seen.add(record.record_kind)
                assert folded(session, record) == history.state(record)
    assert seen == set(Kind) - {Kind.COPY}


def folded(session: Session, record: Record) -> dict[str, Any]:
    return history.fold(json.loads(event.changes) for event in history.of(session, record.uid))


def test_every_event_is_identified_by_its_content_and_names_the_one_before_it(empty_store: Path) -> None:
    fill(empty_store)
    last: dict[str, str] = {}
    for event in told(empty_store):
        hash_ = event.pop("hash")
        assert sha256(event) == hash_
        assert event["parents"] == ([last[event["subject"]]] if event["subject"] in last else [])
        last[event["subject"]] = hash_


def test_many_new_records_are_each_told_of_in_their_order(empty_store: Path) -> None:
    count = TOGETHER + 1
    with command(empty_store) as writer:
        figures = (stated(writer, Measure.FOUND, value, key=f"{value}") for value in range(count))
        writer.add_all(figures, on=date(2020, 3, 12))
    events = told(empty_store)
    assert [event["changes"]["value"] for event in events] == [[None, value] for value in range(count)]
    assert {event["on"] for event in events} == {"2020-03-12"}
    with db.examining(str(empty_store)) as session:
        assert [folded(session, each) == history.state(each) for each in session.all(Figure)] == [True] * count
        assert list(check.findings(session)) == []


def test_an_event_says_who_did_what_when_and_from_what_to_what(empty_store: Path) -> None:
    with command(empty_store, "team add", moment="2020-03-13T04:05:06+00:00") as writer:
        team = roster.add_team(writer, "1", name="第一组", county="某县")
    with command(empty_store, "team edit", moment="2020-03-13T17:00:00+00:00") as writer:
        known = roster.find_team(writer.session, "1")
        assert writer.change(known, {"name": "甲组"}, text="改名", approximate=True)
    added, edited = told(empty_store)
    assert (added["kind"], added["subject"], added["act"], added["on"]) == ("team", team.uid, "add", "2020-03-13")
    assert added["changes"] == {"code": [None, "1"], "name": [None, "第一组"], "county": [None, "某县"]}
    assert (added["verb"], added["actor"]) == ("team add", "tester")
    assert added["recorded_at"] == "2020-03-13T04:05:06.000000Z"
    assert (edited["act"], edited["on"], edited["text"], edited["approximate"]) == ("edit", "2020-03-14", "改名", True)
    assert edited["changes"] == {"name": ["第一组", "甲组"]}
    assert (edited["parents"], edited["replica"]) == ([added["hash"]], added["replica"])


def test_the_replica_of_a_batch_is_the_stores_own(empty_store: Path) -> None:
    fill(empty_store)
    with db.reading(str(empty_store)) as reader:
        assert {event["replica"] for event in told(empty_store)} == {reader.settings["replica"]}


def test_an_attribute_that_no_event_tracks_is_set_without_being_told(empty_store: Path) -> None:
    with command(empty_store) as writer:
        team = roster.add_team(writer, "1", name="第一组", county="某县")
        assert writer.change(team, {"next_number": 7, "remark": "补"})
    assert told(empty_store)[-1]["changes"] == {"remark": [None, "补"]}
    with db.writing(str(empty_store)) as session:
        assert session.one(Team, "1 = 1").next_number == 7


# Heads


def test_a_new_subject_has_no_heads() -> None:
    assert history.heads([]) == []


def test_a_line_of_events_has_its_last_as_head() -> None:
    assert history.heads([("a", "[]"), ("b", '["a"]'), ("c", '["b"]')]) == ["c"]


def test_two_events_with_the_same_parent_are_both_heads() -> None:
    assert history.heads([("c", '["a"]'), ("a", "[]"), ("b", '["a"]')]) == ["b", "c"]


def test_an_event_with_two_parents_joins_them_again() -> None:
    assert history.heads([("a", "[]"), ("b", '["a"]'), ("c", '["a"]'), ("d", '["b","c"]')]) == ["d"]


def test_the_next_event_after_a_fork_names_all_heads(empty_store: Path) -> None:
    """As after a merge of two stores that changed one record without knowing of each other."""
    with command(empty_store) as writer:
        team = roster.add_team(writer, "1", name="第一组", county="某县")
        first = writer.session.one(Event, "1 = 1")
        for hash_ in ("one", "two"):
            said = {name: getattr(first, name) for name in first.shape.columns if name != "id"}
            writer.session.save(Event(**{**said, "hash": hash_, "parents": f'["{first.hash}"]'}))
        writer.change(team, {"remark": "合"})
    assert told(empty_store)[-1]["parents"] == ["one", "two"]


# Batches


def test_a_command_leaves_one_batch_with_all_its_events(empty_store: Path) -> None:
    fill(empty_store)
    assert of_batch(empty_store) == {"load": 16, "import": 3, "edit": 5, "publish": 14}


def test_a_command_that_changes_nothing_leaves_no_batch(empty_store: Path) -> None:
    with command(empty_store, "add") as writer:
        roster.add_team(writer, "1", name="第一组", county="某县")
    with command(empty_store, "edit") as writer:
        team = roster.find_team(writer.session, "1")
        assert not writer.change(team, {"name": "第一组", "units": [], "inferred": False})
        assert not writer.change(team, {})
    assert of_batch(empty_store) == {"add": 1}


def test_a_change_of_nothing_with_a_text_is_an_event(empty_store: Path) -> None:
    with command(empty_store) as writer:
        team = roster.add_team(writer, "1", name="第一组", county="某县")
        assert writer.change(team, {"name": "第一组"}, Act.NOTE, text="已联系")
    assert (told(empty_store)[-1]["changes"], told(empty_store)[-1]["text"]) == ({}, "已联系")


def test_a_refused_command_leaves_no_batch(empty_store: Path) -> None:
    def act() -> None:
        with command(empty_store) as writer:
            team = roster.add_team(writer, "1", name="第一组", county="某县")
            problems.log_problem(writer, " ", team=team)

    with pytest.raises(BlankText):
        act()
    assert told(empty_store) == []
    assert of_batch(empty_store) == {}


def test_a_batch_says_who_wrote_it_and_when(empty_store: Path) -> None:
    fill(empty_store)
    with db.writing(str(empty_store)) as session:
        for batch in session.all(Batch):
            assert (batch.actor, batch.recorded_at) == ("tester", "2020-03-13T04:00:00.000000Z")


@pytest.mark.parametrize(
    ("actor", "refusal", "zh"),
    [
        ("甲" * 101, TextTooLong, "操作人有 101 个字，最多 100 个。"),
        ("甲\x1b", ControlCharacter, "操作人的第 2 个字符是控制字符 U+001B，不能保存。请删去后重试。"),
        ("", BlankText, "操作人不能为空。"),
    ],
)
def test_an_actor_that_cannot_be_stored_is_refused(
    empty_store: Path, actor: str, refusal: type[BlankText | TextTooLong | ControlCharacter], zh: str
) -> None:
    with db.writing(str(empty_store)) as session, pytest.raises(refusal) as refused:
        Writer.opened(session, verb="log", actor=actor, moment=datetime(2020, 3, 13, tzinfo=UTC))
    assert refused.value.sentence(chinese=True) == zh


def test_two_writers_of_one_moment_have_batches_of_their_own(empty_store: Path) -> None:
    for code in ("1", "2"):
        with command(empty_store) as writer:
            roster.add_team(writer, code, name=code, county="某县")
    one, other = told(empty_store)
    assert one["batch"] != other["batch"]


def test_the_history_of_a_record_is_oldest_first_and_its_own(empty_store: Path) -> None:
    fill(empty_store)
    with db.writing(str(empty_store)) as session:
        problem = session.one(Problem, "1 = 1")
        assert [event.act for event in history.of(session, problem.uid)] == [Act.LOG, Act.CLOSE]
        assert history.of(session, "nobody") == []
