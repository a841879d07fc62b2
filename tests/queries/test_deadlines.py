"""Deadlines of the store: presets, working days with the store's corrections, estimates, and lights."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Run, command
from tests.county import lay, nothing
from tests.drawing import drawn

from fugong import db
from fugong.domain import problems as ledger
from fugong.domain import roster
from fugong.errors.entries import BadDeadline
from fugong.queries import deadlines
from fugong.queries.as_of import AsOf
from fugong.queries.deadlines import Due
from fugong.queries.lights import lights
from fugong.reports.filters import Condition
from fugong.reports.problems import problems
from fugong.vocab import Light, ListName, Status

FRIDAY = date(2020, 3, 13)


@pytest.fixture
def county(empty_store: Path) -> Path:
    """A team with a firm, and a deadline preset."""
    with command(empty_store) as writer:
        team = roster.add_team(writer, "1", name="第一组", county="试验县")
        roster.add_enterprise(writer, "试验甲厂", team=team)
        roster.add_term(writer, ListName.DEADLINE, "ordinary", zh="一般", en="ordinary", rule="7d")
    return empty_store


def read(store: Path, text: str, on: date = FRIDAY) -> Due:
    with db.reading(str(store)) as reader:
        return deadlines.read(reader.rows, text, on, on)


@pytest.mark.words
@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2020-03-20", Due(date(2020, 3, 20))),
        ("+3d", Due(date(2020, 3, 16), "3d", FRIDAY)),
        ("1m", Due(date(2020, 4, 13), "1m", FRIDAY)),
        ("7wd", Due(date(2020, 3, 24), "7wd", FRIDAY)),
        ("一般", Due(date(2020, 3, 20), "7d", FRIDAY)),
        ("ordinary", Due(date(2020, 3, 20), "7d", FRIDAY)),
        ("长期坚持", Due(None, "open")),
        ("open", Due(None, "open")),
        ("七天", Due(date(2020, 3, 20), "7d", FRIDAY)),
        ("下周五", Due(date(2020, 3, 20))),
        ("3月底前", Due(date(2020, 3, 31))),
        ("立行立改", Due(None, "at_once")),
        ("at once", Due(None, "at_once")),
        ("待定", Due()),
        ("当天", Due(FRIDAY)),
    ],
)
def test_a_deadline_is_a_date_a_rule_a_preset_or_open_ended(county: Path, text: str, due: Due) -> None:
    assert read(county, text) == due


@pytest.mark.parametrize(
    ("on", "days", "due"),
    [("2020-04-29", 5, "2020-05-09"), ("2020-01-17", 5, "2020-01-23"), ("2020-09-25", 7, "2020-10-12")],
)
def test_make_up_days_are_worked(county: Path, on: str, days: int, due: str) -> None:
    assert read(county, f"{days}wd", date.fromisoformat(on)).due_on == date.fromisoformat(due)


def test_a_year_that_nobody_announced_gives_an_estimate(county: Path) -> None:
    far = read(county, "5wd", date(2035, 1, 1))
    assert far == Due(date(2035, 1, 8), "5wd", date(2035, 1, 1), due_estimated=True)


@pytest.mark.parametrize("text", ["", "soon", "七", "0wd"])
def test_anything_else_is_refused(county: Path, text: str) -> None:
    with pytest.raises(BadDeadline):
        read(county, text)


def test_a_correction_moves_deadlines_only_on_confirmation(county: Path, fugong: Run) -> None:
    assert fugong("log", "甲厂", "缺口罩", "--due", "7wd").stdout == "1-1  试验甲厂  缺口罩\n"
    unchanged = fugong("calendar", "recheck")
    assert (unchanged.exit_code, unchanged.stderr) == (0, "没有时限需要变动。\n")

    corrected = fugong("calendar", "set", "2020-03-16", "off", "--source", "试验通知")
    assert (corrected.exit_code, corrected.stdout) == (0, "2020-03-16  休息  试验通知\n")
    assert "有 1 个时限会因此变动，还没有改" in corrected.stderr

    asked = fugong("calendar", "recheck")
    assert asked.stdout.splitlines()[1].split("\t") == ["1-1", "7wd", "2020-03-13", "2020-03-24", "2020-03-25"]
    assert (asked.exit_code, asked.stderr) == (0, "没有改动。要改：fugong calendar recheck --yes\n")
    assert due_of(county) == "2020-03-24"

    moved = fugong("calendar", "recheck", "--yes")
    assert (moved.exit_code, moved.stderr) == (0, "已改动 1 个时限。\n")
    assert due_of(county) == "2020-03-25"
    assert "时限：2020-03-24 → 2020-03-25" in fugong("show", "1-1").stdout

    back = fugong("calendar", "set", "2020-03-16", "work", "--source", "试验更正")
    assert back.exit_code == 0
    with db.reading(str(county)) as reader:
        assert list(reader.rows("SELECT day, work, source FROM calendar_day")) == [("2020-03-16", 1, "试验更正")]


def due_of(store: Path) -> str:
    with db.reading(str(store)) as reader:
        row = reader.first("SELECT due_on FROM v_problem WHERE id = '1-1'")
    return str(row[0]) if row else ""


def test_a_closed_problem_keeps_its_deadline_when_the_calendar_changes(county: Path, fugong: Run) -> None:
    fugong("log", "甲厂", "缺口罩", "--due", "7wd")
    fugong("close", "1-1", "--how", "已调配")
    fugong("calendar", "set", "2020-03-16", "off", "--source", "试验通知")
    assert fugong("calendar", "recheck", "--yes").stderr == "没有时限需要变动。\n"


def test_a_deadline_counted_from_the_found_date_moves_with_it(county: Path, fugong: Run) -> None:
    fugong("log", "甲厂", "缺口罩", "--due", "7wd", "--on", "2020-03-02")
    assert due_of(county) == "2020-03-11"
    assert fugong("edit", "1-1", "--on", "2020-03-09").exit_code == 0
    assert due_of(county) == "2020-03-18"


def test_a_month_shows_rests_make_up_days_and_corrections(county: Path, fugong: Run) -> None:
    fugong("calendar", "set", "2020-04-07", "off", "--source", "试验通知")
    lines = fugong("calendar", "show", "2020-04").stdout.splitlines()
    by_day = {line.split("\t")[0]: line.split("\t")[1:] for line in lines[1:]}
    assert len(by_day) == 30
    assert by_day["2020-04-04"] == ["周六", "休息", "", ""]
    assert by_day["2020-04-06"] == ["周一", "休息", "放假", ""]
    assert by_day["2020-04-07"] == ["周二", "休息", "放假", "试验通知"]
    assert by_day["2020-04-26"] == ["周日", "上班", "调休上班", ""]
    assert by_day["2020-04-27"] == ["周一", "上班", "", ""]


def test_a_month_that_nobody_announced_is_marked(county: Path, fugong: Run) -> None:
    assert "2035-03-01\t周四\t上班\t推算" in fugong("calendar", "show", "2035-03").stdout


@pytest.mark.parametrize("month", ["2020", "2020-13", "0000-01", "三月"])
def test_what_is_no_month_is_refused(county: Path, fugong: Run, month: str) -> None:
    refused = fugong("calendar", "show", month)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == f"错误：「{month}」不是月份。写作 2020-04。\n"


# Lights


@pytest.mark.parametrize(
    ("due", "light"),
    [
        ("2020-03-12", Light.RED),
        ("2020-03-13", Light.YELLOW),
        ("2020-03-16", Light.YELLOW),
        ("2020-03-17", Light.YELLOW),
        ("2020-03-18", Light.GREEN),
        (None, Light.GREY),
    ],
)
def test_on_a_friday_yellow_reaches_to_tuesday(county: Path, due: str | None, light: Light) -> None:
    with db.reading(str(county)) as reader:
        shone = lights(reader, FRIDAY)
    assert shone.of(Status.DOING, due) is light
    assert shone.of(Status.CLOSED, due) is Light.GREEN
    assert shone.of(Status.VOID, due) is None


def test_the_days_of_yellow_are_a_setting(county: Path, fugong: Run) -> None:
    fugong("log", "甲厂", "缺口罩", "--due", "2020-03-18")
    assert fugong("list", "--light", "yellow", "-f", "json").stdout.count('"id"') == 0
    fugong("store", "set", "yellow_days", "3")
    assert fugong("list", "--light", "yellow", "-f", "json").stdout.count('"id"') == 1


@pytest.mark.parametrize(("now", "light"), [("2020-03-20T23:59", "yellow"), ("2020-03-21T00:00", "red")])
@pytest.mark.parametrize("machine", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_a_deadline_ends_at_midnight_in_the_store_s_time_zone(
    county: Path, fugong: Run, now: str, light: str, machine: str
) -> None:
    fugong("log", "甲厂", "缺口罩", "--due", "2020-03-20")
    shown = fugong("list", "-f", "json", FUGONG_TODAY=now, TZ=machine)
    assert f'"light": "{light}"' in shown.stdout


def test_a_problem_closed_late_says_so_for_ever(county: Path, fugong: Run) -> None:
    fugong("log", "甲厂", "缺口罩", "--due", "2020-03-12", "--on", "2020-03-10")
    assert "逾期天数\t1" in fugong("show", "1-1").stdout
    fugong("close", "1-1", "--how", "已调配")
    assert "逾期办结\t是" in fugong("show", "1-1", FUGONG_TODAY="2020-06-01").stdout


DAYS = st.integers(-10, 10).map(lambda days: FRIDAY + timedelta(days=days))


@drawn(25)
@given(st.lists(st.tuples(st.sampled_from(["open", "closed", "void"]), st.none() | DAYS), max_size=8), DAYS)
def test_the_filter_finds_what_the_light_says(store: Path, made: list[tuple[str, date | None]], as_of: date) -> None:
    fill(lay(store, nothing), made)
    with db.reading(str(store)) as reader:
        shone = lights(reader, as_of)
        everything = shown(list(problems(reader, Condition("1 = 1", {}), shone, AsOf(as_of)).rows))
        found = {
            light: shown(list(problems(reader, Condition(shone.condition(light), {}), shone, AsOf(as_of)).rows))
            for light in Light
        }
    assert found == {light: [row for row in everything if row[1] is light] for light in Light}


def shown(rows: list[tuple[object, ...]]) -> list[tuple[object, object]]:
    """Number and light of each row."""
    return [(row[0], row[8]) for row in rows]


def fill(store: Path, made: list[tuple[str, date | None]]) -> None:
    with command(store) as writer:
        team = roster.add_team(writer, "1", name="第一组", county="试验县")
        for number, (status, due) in enumerate(made):
            start = min(due, FRIDAY) if due else FRIDAY
            problem = ledger.log_problem(writer, f"问题{number}", team=team, on=start, due=Due(due) if due else None)
            if status == "closed":
                ledger.close_problem(writer, problem, "已解决")
            if status == "void":
                ledger.void_problem(writer, problem, "记错")
