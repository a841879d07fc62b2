"""Every figure is the same number wherever it is stated: table, summary, JSON, CSV, XLSX and the page."""

import csv
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.conftest import Run, command
from tests.county import lay

from fugong.domain import problems, roster
from fugong.queries.deadlines import Due
from fugong.seed.load import load_files

SEED = Path(__file__).parent.parent / "data" / "seed.yaml"
FIRST = date(2020, 2, 12)


def a_month(store: Path) -> None:
    """Thirty days of two teams' work: something is found every day, and most of it is solved a week later."""
    for day in range(30):
        today = FIRST + timedelta(days=day)
        with command(store, "log", moment=f"{today}T04:00:00+00:00") as writer:
            team = roster.find_team(writer.session, "1" if day % 3 else "2")
            due = Due(today + timedelta(days=5 + day % 7))
            problems.log_problem(writer, f"第 {day} 天的问题", team=team, due=due, key=f"day{day}", major=day % 9 == 0)
            if day >= 7 and day % 4 and day % 11 != 6:
                problem = roster.find_problem_by_key(writer.session, f"day{day - 7}")
                problems.close_problem(writer, problem, "已解决")
            if day % 11 == 10:
                problems.void_problem(writer, roster.find_problem_by_key(writer.session, f"day{day}"), "误登")


@pytest.fixture(params=["seed", "month"])
def lived(request: pytest.FixtureRequest, store: Path) -> Path:
    """The published seed, and a county with a month behind it."""
    if request.param == "seed":
        load_files(str(store), [SEED], actor="录入员")
    else:
        a_month(lay(store))
    return store


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("cut", [[], ["--as-of", "2020-03-09"], ["--as-of", "2020-03-12-12:30"]])
def test_every_figure_is_the_same_wherever_it_is_stated(tmp_path: Path, fugong: Run, cut: list[str]) -> None:
    stated = document(fugong, "progress", *cut)
    total, rows = stated["total"], stated["items"]
    figures = {key: total[key] for key in ("found", "solved", "in_hand", "overdue", "pending", "rate")}
    assert figures["found"] == figures["solved"] + figures["in_hand"]

    said = document(fugong, "summary", *cut)
    assert said["total"] == figures
    text = fugong("summary", *cut).stdout
    overall = re.search(
        r"累计发现问题 (\d+) 个.*已解决 (\d+) 个.*正在解决 (\d+) 个.*解决率 (\S+?)；已复工企业 (\d+) 家", text
    )
    assert overall
    shown = "—" if figures["rate"] is None else f"{figures['rate']:.1%}"
    assert overall.groups() == (
        *(str(figures[key]) for key in ("found", "solved", "in_hand")),
        shown,
        str(said["resumed"]),
    )
    assert len(said["lights"]["red"]) == figures["overdue"]

    keys = ("team", "found", "solved", "in_hand", "overdue")
    counts = [["" if row[key] is None else row[key] for key in keys] for row in rows]
    assert table(fugong("progress", *cut, "-f", "csv").stdout) == [list(map(str, row)) for row in counts]
    assert sheet(fugong, tmp_path, *cut) == counts

    everything = document(fugong, "list", "--status", "all", *cut)["items"]
    standing = [row["status"] for row in everything if row["status"] != "void"]
    assert (len(standing), standing.count("closed")) == (figures["found"], figures["solved"])
    assert len(document(fugong, "export", "ledger", *cut)["items"]) == figures["found"]

    page = tmp_path / "report.html"
    assert fugong("report", *cut, "-o", str(page)).exit_code == 0
    headline = dict(re.findall(r"<dt>([^<]+)</dt>\s*<dd[^>]*>([^<]+)", page.read_text(encoding="utf-8")))
    for name, key in (("发现", "found"), ("解决", "solved"), ("正在解决", "in_hand"), ("逾期", "overdue")):
        assert headline[name] == str(figures[key])


@pytest.mark.usefixtures("lived")
def test_what_is_published_is_what_progress_states(fugong: Run) -> None:
    assert fugong("publish", "--name", "周报").exit_code == 0
    stated = document(fugong, "progress")
    published = document(fugong, "figure", "list", "--published")["items"]
    assert all(row["key"].startswith("周报/") for row in published)
    assert not any(row["key"].startswith("周报/") for row in document(fugong, "figure", "list")["items"])
    by_key = {row["key"]: row["value"] for row in published}
    for scope, row in [("county", stated["total"]), *((row["team"], row) for row in stated["items"] if row["team"])]:
        for measure in ("found", "solved", "in_hand"):
            assert by_key[f"周报/{scope}/{measure}"] == row[measure]


def document(fugong: Run, *argv: str) -> Any:
    printed = fugong(*argv, "--format", "json")
    assert (printed.exit_code, printed.stderr) == (0, "")
    return json.loads(printed.stdout)


def table(text: str) -> list[list[str]]:
    """The counts of each team in CSV."""
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    places = [head.index(name) for name in ("组号", "发现", "解决", "正在解决", "逾期")]
    return [[row[place] for place in places] for row in rows]


def sheet(fugong: Run, folder: Path, *cut: str) -> list[list[Any]]:
    """The counts of each team in a spreadsheet."""
    path = folder / "progress.xlsx"
    assert fugong("progress", *cut, "-o", str(path)).exit_code == 0
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    start = next(at for at, row in enumerate(rows) if row[0] == "组号")
    places = [rows[start].index(name) for name in ("组号", "发现", "解决", "正在解决", "逾期")]
    teams = [row for row in rows[start + 1 :] if row[places[1]] != "" and row[0] != "合计"]
    return [[row[places[0]], *(int(str(row[place]).removesuffix(".0")) for place in places[1:])] for row in teams]
