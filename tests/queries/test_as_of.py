"""As of a day equals replaying, in business order, the commands dated up to that day."""

import functools
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Run, command
from tests.county import lay
from tests.drawing import drawn

from fugong import db
from fugong.db import Reader
from fugong.domain import follow_up, review, roster
from fugong.domain import problems as ledger
from fugong.domain.writer import Writer
from fugong.errors import Refusal
from fugong.errors.entries import BadDate, FutureDate
from fugong.queries import past
from fugong.queries.as_of import AsOf
from fugong.queries.deadlines import Due, Stated
from fugong.queries.lights import lights
from fugong.reports.filters import resolve
from fugong.reports.problems import problems
from fugong.reports.progress import progress
from fugong.reports.rates import rates
from fugong.store.records import Problem
from fugong.vocab import UNDER_WAY, Satisfaction, Stage, Status
from fugong.vocab.reporting import By

TODAY = date(2020, 3, 13)
FIRST = TODAY - timedelta(days=9)


class Command(NamedTuple):
    """A command that was carried out, with the day that it is dated."""

    day: date
    verb: str
    problem: int
    """Which problem, by the order of their logging."""
    extra: Any


VERBS = ("log", "assign", "note", "chase", "extend", "bounce", "close", "verify", "fail", "reopen", "void", "edit",
         "apply", "approve", "reject")  # fmt: skip
commands = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 3), st.integers(0, 9), st.integers(0, 9)), min_size=4, max_size=25
)


@functools.cache
def image() -> bytes:
    """A store with two teams and two departments, made once."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.db"
        with db.creating(str(store)):
            pass
        with command(store, "load") as writer:
            for code in ("1", "2"):
                roster.add_team(writer, code, name=f"第{code}组", county="某县")
            for name in ("甲局", "乙局"):
                roster.add_department(writer, name)
        return store.read_bytes()


@contextmanager
def county() -> Iterator[Path]:
    """A copy of that store."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.db"
        store.write_bytes(image())
        yield store


def carry_out(store: Path, each: Command) -> bool:
    """Carry out one command; whether it changed anything."""
    clock = {"moment": f"{each.day}T12:00:00+08:00"} if each.verb == "edit" else {}
    with command(
        store, each.verb, actor="审核员" if each.verb in ("approve", "reject") else "tester", **clock
    ) as writer:
        if each.verb == "log":
            team = roster.find_team(writer.session, str(each.extra % 2 + 1))
            due = Due(each.day + timedelta(days=each.extra)) if each.extra % 3 else None
            ledger.log_problem(writer, f"问题 {each.problem}", team=team, on=each.day, due=due, key=str(each.problem))
            return True
        problem = roster.find_problem_by_key(writer.session, str(each.problem))
        return ACTS[each.verb](writer, problem, each.day, each.extra) is not False


def lead(writer: Writer, extra: int) -> Any:
    return roster.find_department(writer.session, ("甲局", "乙局")[extra % 2])


def later(extra: int) -> Due:
    return Due(TODAY + timedelta(days=extra - 4))


def stated(extra: int) -> Stated:
    return lambda _: later(extra)


ACTS: dict[str, Callable[[Writer, Problem, date, int], Any]] = {
    "assign": lambda w, p, day, n: ledger.assign_problem(w, p, lead(w, n), due=stated(n) if n % 2 else None, on=day),
    "note": lambda w, p, day, n: ledger.note_problem(w, p, f"记录 {n}", on=day),
    "chase": lambda w, p, day, n: follow_up.chase_problem(w, p, f"电话 {n}", on=day),
    "extend": lambda w, p, _, n: follow_up.extend_problem(w, p, stated(n), "等批文", late=True),
    "bounce": lambda w, p, day, n: follow_up.bounce_problem(w, p, "不归我管", to=lead(w, n) if n % 3 else None, on=day),
    "close": lambda w, p, day, n: ledger.close_problem(w, p, f"措施 {n}", on=day),
    "verify": lambda w, p, day, n: follow_up.verify_problem(w, p, satisfaction=list(Satisfaction)[n % 3], on=day),
    "fail": lambda w, p, day, n: follow_up.verify_problem(w, p, fail=f"没有解决 {n}", on=day),
    "reopen": lambda w, p, day, n: ledger.reopen_problem(w, p, f"又有 {n}", on=day),
    "void": lambda w, p, day, n: ledger.void_problem(w, p, f"误登 {n}", on=day),
    "apply": lambda w, p, day, n: review.apply_for_closing(w, p, f"措施 {n}", on=day),
    "approve": lambda w, p, day, _: review.approve(w, p, on=day),
    "reject": lambda w, p, day, n: review.reject(w, p, f"没有照片 {n}", on=day),
    "edit": lambda w, p, _, n: ledger.edit_problem(w, p, {"person": f"责任人{n}", "major": n % 2 == 0}),
}


def dated(store: Path) -> date:
    """The day of the last act: nobody types that of an edit, and a clock may be behind."""
    with db.reading(str(store)) as reader:
        ((day,),) = reader.rows("SELECT on_date FROM event ORDER BY id DESC LIMIT 1")
        return date.fromisoformat(day)


def played(store: Path, drawn: list[tuple[str, int, int, int]]) -> list[Command]:
    """Carry out what was drawn, as far as the ledger takes it, and tell what was carried out."""
    done: list[Command] = []
    logged = 0
    for verb, which, offset, extra in [("log", 0, 3, 1), *drawn]:
        day = TODAY if verb == "extend" else FIRST + timedelta(days=offset)
        number = logged if verb == "log" else which % logged
        with suppress(Refusal):
            if carry_out(store, Command(day, verb, number, extra)):
                logged += verb == "log"
                done.append(Command(dated(store) if verb == "edit" else day, verb, number, extra))
    return done


def seen(reader: Reader, cut: AsOf) -> dict[str, Any]:
    """All that reports say at a cut-off, but for what a replay numbers and names anew.

    Whether a problem in hand has been begun is left out: a note that is entered late begins nothing.
    """
    cut = cut.settled(reader) if cut.asked else cut
    reader = past.at(reader, cut)
    shone = lights(reader, cut.day)
    report = problems(reader, resolve(reader), shone, cut)
    listed = (dict(zip((column.key for column in report.columns), row, strict=True)) for row in report.rows)
    anew: dict[str, Any] = {"id": "", "uid": "", "recorded_at": ""}
    rows = [row | anew | ({"status": Status.DOING} if row["status"] in UNDER_WAY else {}) for row in listed]
    counted = {by: sorted(progress(reader, by, cut).rows, key=repr) for by in By}
    of_problems = set(By) - {By.KIND, By.MILESTONE}
    rated = {by: sorted(rates(reader, by, cut).rows, key=repr) for by in of_problems}
    return {"rows": sorted(rows, key=repr), "counted": counted, "rated": rated}


@drawn(25)
@given(commands, st.integers(0, 9))
def test_as_of_a_day_equals_replaying_the_commands_dated_up_to_it(
    drawn: list[tuple[str, int, int, int]], offset: int
) -> None:
    day = FIRST + timedelta(days=offset)
    with county() as store, county() as replayed:
        done = played(store, drawn)
        for each in sorted((each for each in done if each.day <= day), key=lambda each: each.day):
            carry_out(replayed, each)
        with db.reading(str(store)) as reader:
            then = seen(reader, AsOf(day, asked=True))
        with db.reading(str(replayed)) as reader:
            assert then == seen(reader, AsOf(day))


@drawn(10)
@given(commands)
def test_as_of_today_is_now(drawn: list[tuple[str, int, int, int]]) -> None:
    with county() as store:
        played(store, drawn)
        with db.reading(str(store)) as reader:
            assert seen(reader, AsOf(TODAY, asked=True)) == seen(reader, AsOf(TODAY))


# A moment


def found(fugong: Run, *argv: str, **env: str) -> tuple[str, int, int]:
    """The cut-off, and how many problems were found and solved by it."""
    printed = fugong("progress", "--format", "json", *argv, **env)
    assert (printed.exit_code, printed.stderr) == (0, "")
    made = json.loads(printed.stdout)
    return made["as_of"], made["total"]["found"], made["total"]["solved"]


def test_of_what_is_dated_its_day_a_moment_counts_what_was_entered_by_then_or_on_a_later_day(
    empty_store: Path, fugong: Run
) -> None:
    for at, on in (
        ("2020-03-12T09:00:00+08:00", date(2020, 3, 12)),
        ("2020-03-12T18:00:00+08:00", date(2020, 3, 12)),
        ("2020-03-13T00:00:00+08:00", date(2020, 3, 12)),
    ):
        with command(empty_store, "log", moment=datetime.fromisoformat(at).isoformat()) as writer:
            team = roster.add_team(writer, at[11:13] + "1", name=at, county="某县")
            ledger.log_problem(writer, "口罩不足", team=team, on=on)
    assert found(fugong, "--as-of", "2020-03-12-17:00") == ("2020-03-12 17:00", 2, 0)
    assert found(fugong, "--as-of", "2020-03-12 18:00") == ("2020-03-12 18:00", 3, 0)
    assert found(fugong, "--as-of", "昨天-17:00") == ("2020-03-12 17:00", 2, 0)
    assert found(fugong, "--as-of", "2020-03-12") == ("2020-03-12", 3, 0)
    assert found(fugong, "--as-of", "2020-03-11") == ("2020-03-11", 0, 0)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("2020-03-14", FutureDate(date="2020-03-14", today=TODAY)),
        ("今天-17:00", FutureDate(date="2020-03-13 17:00", today="2020-03-13 12:00")),
        ("哪天", BadDate(value="哪天")),
        ("2020-03-12-25:00", BadDate(value="2020-03-12-25:00")),
        ("哪天-17:00", BadDate(value="哪天-17:00")),
    ],
)
def test_a_cut_off_that_has_not_come_or_is_none_is_refused(
    empty_store: Path, fugong: Run, typed: str, refusal: Refusal
) -> None:
    printed = fugong("list", "--as-of", typed)
    assert (printed.exit_code, printed.stdout) == (1, "")
    assert printed.stderr == f"错误：{refusal.sentence(chinese=True)}\n"


def test_a_cut_off_without_a_year_is_the_last_that_there_was(empty_store: Path, fugong: Run) -> None:
    for typed in ("11月12日", "8月1日", "9月1日-17:00"):
        printed = fugong("progress", "--as-of", typed, "--format", "json")
        assert (printed.exit_code, json.loads(printed.stdout)["as_of"][:4]) == (0, "2019")


def test_a_stage_counts_from_its_day_on(empty_store: Path, fugong: Run) -> None:
    with command(empty_store, "load") as writer:
        team = roster.add_team(writer, "1", name="第一组", county="某县")
        roster.add_enterprise(writer, "甲厂", team=team, stage=Stage.RESUMED, stage_on=date(2020, 3, 5))
        roster.add_enterprise(writer, "乙厂", team=team, stage=Stage.RESUMED)

    def resumed(*argv: str) -> int:
        made = json.loads(fugong("progress", "--format", "json", *argv).stdout)
        count: int = made["total"]["resumed"]
        return count

    assert (resumed(), resumed("--as-of", "2020-03-05"), resumed("--as-of", "2020-03-04")) == (2, 2, 1)


def test_what_a_cut_off_leaves_nothing_out_of_is_read_itself_and_no_column_is_folded_that_is_not_read() -> None:
    left_out = frozenset({("problem", False), ("team", True), ("assignment", False)})
    cut = AsOf(TODAY, asked=True, left_out=left_out)
    sql = past.Past(cut).over("SELECT p.text FROM problem p JOIN team t ON t.id = p.team_id")
    assert "JOIN team t" in sql
    assert "then_team" not in sql
    assert "'text'" in sql
    assert "'remark'" not in sql
    assert "from_on <=" in past.Past(cut).over("SELECT from_on FROM assignment")
    assert "'remark'" in past.Past(cut).over("SELECT * FROM problem")
    for narrow in ("SELECT text FROM v_problem", "SELECT count(*) FROM (SELECT *, id AS one FROM problem) p"):
        assert "'remark'" not in past.Past(cut).over(narrow)


def test_a_list_that_changed_since_does_not_hinder_looking_back(store: Path, fugong: Run) -> None:
    lay(store)
    assert fugong("edit", "1-1", "--category", "finance", FUGONG_TODAY="2020-03-14").exit_code == 0
    assert fugong("term", "edit", "category", "supplies", "--name", "防疫", FUGONG_TODAY="2020-03-14").exit_code == 0
    for argv in (("summary",), ("list",), ("progress", "--by", "category")):
        assert fugong(*argv, "--as-of", "2020-03-13", FUGONG_TODAY="2020-03-15").exit_code == 0
