"""weekly: two periods beside each other, in every format, and their figures those of progress."""

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint, lay, outcome
from tests.test_same_figures import a_month

from fugong.errors import Refusal
from fugong.errors.entries import FutureDate, MonthOrDays, NoSuchMonth, PeriodBackwards
from fugong.output import terminal

LATER = {"FUGONG_TODAY": "2020-03-20"}


@pytest.fixture
def lived(store: Path, fugong: Run) -> Path:
    """A county with a month behind it, and what makes two ends differ otherwise than by new and closed problems."""
    a_month(lay(store))
    fugong("verify", "1-5", "--ok", "--satisfaction", "dissatisfied")
    return store


def document(fugong: Run, *argv: str, **env: str) -> Any:
    printed = fugong(*argv, "--format", "json", **env)
    assert (printed.exit_code, printed.stderr) == (0, "")
    return json.loads(printed.stdout)


@pytest.mark.usefixtures("lived")
def test_the_figures_are_those_of_progress_at_both_ends_whatever_was_put_right(fugong: Run) -> None:
    """Found grows by the new, less the voided; solved by the closed, less the reopened; what stands is the same."""
    for argv in (
        ["reopen", "1-6", "--why", "又坏了", "--on", "2020-03-12"],
        ["void", "2-3", "--why", "误登", "--on", "2020-03-09"],
        ["redate", "1-6", "--on", "2020-03-11"],
        ["close", "1-3", "--how", "误销", "--on", "2020-03-11"],
        ["undo"],
        ["store", "set", "review", "on"],
        ["close", "1-3", "--how", "已放贷", "--on", "2020-03-10"],
        ["close", "1-6", "--how", "修好了", "--on", "2020-03-12"],
    ):
        done = fugong(*argv, FUGONG_ACTOR="测试员甲")
        assert done.exit_code == 0, (argv, done.stderr)
    assert fugong("approve", "1-3", "--on", "2020-03-12", FUGONG_ACTOR="测试员乙").exit_code == 0
    for argv in (
        ["--to", "2020-03-13"],
        ["--to", "2020-03-10"],
        ["--from", "2020-03-02", "--to", "3月6日"],
        ["--from", "2020-03-12", "--to", "2020-03-12"],
        ["--month", "3月"],
    ):
        agrees_with_progress(fugong, document(fugong, "weekly", *argv))


def agrees_with_progress(fugong: Run, made: Any) -> None:
    """Assert that a comparison of two periods is what progress says as of their ends."""
    ends = {
        "now": document(fugong, "progress", "--as-of", made["to"]),
        "before": document(fugong, "progress", "--as-of", made["before_to"]),
        "eve": document(fugong, "progress", "--as-of", str(date.fromisoformat(made["from"]) - timedelta(days=1))),
    }
    gone, back, again = (
        [ident.partition("-")[0] for ident in made[name]] for name in ("voided", "restored", "reopened")
    )
    stood = {when: {row["team"]: row for row in end["items"] if row["team"]} for when, end in ends.items()}
    for row in made["items"]:
        team = row["team"]
        now, before, eve = (stood[when][team] for when in ("now", "before", "eve"))
        assert now["found"] - eve["found"] == row["new"]["now"] - gone.count(team) + back.count(team)
        assert now["solved"] - eve["solved"] == row["closed"]["now"] - again.count(team)
        for when, end in (("now", now), ("before", before)):
            assert (row["in_hand"][when], row["overdue"][when]) == (end["in_hand"], end["overdue"])
    for figure in ("new", "closed", "in_hand", "overdue", "dissatisfied"):
        total = made["total"][figure]
        assert total["change"] == total["now"] - total["before"]
        for part in ("items", "departments", "categories"):
            assert sum(row[figure]["now"] for row in made[part]) == total["now"], (part, figure)
    for named in ("new", "closed", "overdue", "dissatisfied"):
        assert len(made[named]) == made["total"][named]["now"]


@pytest.mark.usefixtures("lived")
def test_the_period_before_is_what_it_was_when_it_was_the_period(fugong: Run) -> None:
    made = document(fugong, "weekly", "--to", "2020-03-13")
    then = document(fugong, "weekly", "--to", made["before_to"])
    assert (then["from"], then["to"]) == (made["before_from"], made["before_to"])
    for row, was in zip(made["items"], then["items"], strict=True):
        for figure in ("new", "closed", "in_hand", "overdue", "dissatisfied"):
            assert row[figure]["before"] == was[figure]["now"]
        assert row["on_time"]["before"] == was["on_time"]["now"]


@pytest.mark.usefixtures("lived")
def test_every_format_has_the_same_figures(fugong: Run, tmp_path: Path) -> None:
    made = document(fugong, "weekly")
    total = made["total"]
    rows = list(csv.DictReader(io.StringIO(fugong("weekly", "-f", "csv").stdout.removeprefix("\ufeff"))))
    teams = [row for row in rows if row["按"] == "帮扶组"]
    assert sum(int(row["新增"]) for row in teams) == total["new"]["now"]
    assert sum(int(row["上期办结"]) for row in teams) == total["closed"]["before"]
    assert {row["按"] for row in rows} == {"帮扶组", "责任单位", "类别"}
    drawn = f"{total['new']['now']} {total['new']['change']:+d}"
    for fmt in ("plain", "table", "md"):
        assert drawn in fugong("weekly", "-f", fmt).stdout
    text = fugong("weekly", "-f", "text").stdout
    assert text.count("\n") == 1
    assert f"新增问题 {total['new']['now']} 个（上周 {total['new']['before']} 个）" in text
    assert fugong("weekly", "-o", str(tmp_path / "w.xlsx")).exit_code == 0


def test_a_week_is_said_as_it_is_sent(fugong: Run, store: Path) -> None:
    lay(store)
    fugong("assign", "1-3", "工信局", **LATER)
    fugong("close", "1-1", "--how", "已调配", **LATER)
    fugong("close", "2-1", "--how", "已消毒", **LATER)
    fugong("verify", "2-1", "--ok", "--satisfaction", "dissatisfied", **LATER)
    assert fugong("weekly", "--format", "text", **LATER).stdout == (
        "【某县复工帮扶演练·周报】2020年3月14日至20日，新增问题 0 个（上周 5 个），办结 2 个（上周 2 个），到20日在办 "
        "1 个，其中逾期 1 个（上周 1 个）。有时限的办结 1 个中按时 0 个，按时率 0.0%。回访不满意 1 个（2-1）。"
        "办结最多：第二组 1 个、第一组 1 个。逾期：1-3 乙建材（工信局）。\n"
    )


@pytest.mark.usefixtures("lived")
def test_months_stand_beside_the_month_before_or_as_many_of_its_days(fugong: Run) -> None:
    days = ("from", "to", "before_from", "before_to")

    def asked(month: str) -> list[str]:
        made = document(fugong, "weekly", "--month", month)
        return [made[day] for day in days]

    assert asked("本月") == ["2020-03-01", "2020-03-13", "2020-02-01", "2020-02-13"]
    assert asked("上月") == asked("2月") == asked("2020-02") == ["2020-02-01", "2020-02-29", "2020-01-01", "2020-01-31"]
    assert "上月同期" in fugong("weekly", "--month", "2020-03", "-f", "text").stdout


@pytest.mark.usefixtures("lived")
def test_what_was_known_then_is_told_as_it_was(fugong: Run) -> None:
    before = document(fugong, "weekly", "--to", "2020-03-10")
    fugong("log", "甲厂", "补登的", "--on", "2020-03-09", **LATER)
    after = document(fugong, "weekly", "--to", "2020-03-10", **LATER)
    assert after["total"]["new"]["now"] == before["total"]["new"]["now"] + 1
    known = document(fugong, "weekly", "--to", "2020-03-10", "--known-at", "2020-03-13", **LATER)
    assert known["total"] == before["total"]


@pytest.mark.parametrize(
    ("argv", "refusal"),
    [
        (["--month", "13月"], NoSuchMonth(value="13月")),
        (["--month", "2020-04"], NoSuchMonth(value="2020-04")),
        (["--month", "3月", "--to", "昨天"], MonthOrDays()),
        (["--from", "2020-03-12", "--to", "2020-03-10"], PeriodBackwards(start="2020-03-12", end="2020-03-10")),
        (["--to", "2020-03-14"], FutureDate(date="2020-03-14", today="2020-03-13")),
    ],
)
def test_what_is_no_period_is_refused(county: Path, fugong: Run, argv: list[str], refusal: Refusal) -> None:
    before = fingerprint(county)
    assert outcome(fugong("weekly", *argv)) == (1, "", f"错误：{refusal.sentence(chinese=True)}\n")
    assert fingerprint(county) == before


def test_a_line_of_bars_shows_the_greatest_count_and_none_as_flat(monkeypatch: pytest.MonkeyPatch) -> None:
    assert terminal._spark((0, 1, 4, 8)) == "▁▂▅█"
    assert terminal._spark((0, 0)) == "▁▁"
    monkeypatch.setenv("FUGONG_ASCII", "1")
    assert terminal._spark((0, 3, 12)) == "03+"
