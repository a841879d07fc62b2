"""How SQLite finds things: what people do all day costs the same in a ledger of any size."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests import county
from tests.conftest import Run

from fugong.store import sqlite
from fugong.store.tables import planner

pytestmark = pytest.mark.on_a_file

Plans = Callable[..., list[str]]

WHOLE = re.compile(r"SCAN (problem|p|o|x|event|e)\b(?! USING (COVERING )?INDEX ix_(problem_(live|void)|event_placed))")
"""Reading all problems, or all events, one by one; what is in hand, what is void, and what several stores wrote about
without knowing of each other, is little at any time."""


@pytest.fixture
def plans(store: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch) -> Plans:
    """The plan of every statement that a command line runs on a store with little in it."""
    county.lay(store)
    statements: list[str] = []
    connect = sqlite.connect

    def traced(*where: Any) -> sqlite3.Connection:
        connection = connect(*where)
        connection.set_trace_callback(statements.append)
        return connection

    def run(*argv: str) -> list[str]:
        statements.clear()
        monkeypatch.setattr(sqlite, "connect", traced)
        assert fugong(*argv).exit_code == 0
        monkeypatch.setattr(sqlite, "connect", connect)
        begin = ("SELECT", "UPDATE", "WITH") if {"--as-of", "--to"} & {*argv} else ("SELECT", "UPDATE")
        looked = [each for each in statements if each.lstrip().startswith(begin)]
        with closing(sqlite3.connect(store)) as connection, connection:
            return [step for each in looked for step in planned(connection, each)]

    return run


def planned(connection: sqlite3.Connection, statement: str) -> list[str]:
    return [str(detail) for *_, detail in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]


ALL_DAY = [
    ["list", "--limit", "50"],
    ["list", "--limit", "50", "--status", "all"],
    ["list", "--limit", "50", "--status", "closed"],
    ["list", "--limit", "50", "--status", "void"],
    ["list", "--limit", "50", "--status", "open"],
    ["list", "--light", "red"],
    ["list", "--light", "red", "--light", "yellow", "--limit", "50", "--format", "table"],
    ["list", "--limit", "50", "--format", "table"],
    ["list", "--team", "1"],
    ["list", "--enterprise", "甲厂"],
    ["list", "--enterprise", "甲厂", "--status", "all"],
    ["list", "--department", "卫健局"],
    ["list", "--category", "hygiene"],
    ["list", "--text", "口罩"],
    ["show", "1-1"],
    ["chase"],
    ["summary"],
    ["log", "甲厂", "试验问题"],
    ["note", "1-1", "试验记录"],
    ["assign", "1-1", "--department", "卫健局"],
    ["close", "1-1", "--how", "试验措施"],
]


@pytest.mark.parametrize("argv", ALL_DAY, ids=" ".join)
def test_what_people_do_all_day_never_reads_the_whole_ledger(plans: Plans, argv: list[str]) -> None:
    steps = plans(*argv)
    assert steps
    assert [step for step in steps if WHOLE.match(step)] == []


@pytest.mark.parametrize(
    "argv", [["list", "--limit", "50"], ["list", "--limit", "50", "--status", "all"]], ids=" ".join
)
def test_a_page_is_read_in_the_order_in_which_it_is_shown(plans: Plans, argv: list[str]) -> None:
    assert [step for step in plans(*argv) if "ORDER BY" in step] == []


@pytest.mark.parametrize("status", ["live", "closed", "all"])
def test_a_page_of_a_day_that_is_gone_is_read_along_the_index_too(plans: Plans, fugong: Run, status: str) -> None:
    """What differs is little and sorted by itself; the rest was all read and sorted with it, for fifty lines."""
    assert fugong("note", "1-1", "去看过", FUGONG_TODAY="2020-03-14").exit_code == 0
    steps = plans("list", "--limit", "50", "--status", status, "--as-of", "2020-03-12")
    read = [step for step in steps if re.match(r"(SCAN|SEARCH) p USING", step)]
    assert any(re.search(r"INDEX (sqlite_autoindex_problem_1|ix_problem_live) \(team_id=\?", step) for step in read)


def test_of_a_day_that_is_gone_no_line_is_made_before_it_is_chosen(plans: Plans, fugong: Run) -> None:
    """What did not differ and what did were put together, and all of it joined."""
    assert fugong("note", "1-1", "去看过", FUGONG_TODAY="2020-03-14").exit_code == 0
    steps = plans("weekly", "--to", "2020-03-12")
    assert "MATERIALIZE then_problem" in steps
    assert "MATERIALIZE p" not in steps


def test_a_summary_reads_the_events_of_its_day_once_for_each_kind_that_reports(plans: Plans) -> None:
    """By problems, by work and by stages of firms; they lie apart in a large file, and so do the records themselves."""
    assert sum("ix_event_on_date" in step for step in plans("summary")) == 3


def test_an_export_is_read_in_the_order_in_which_it_is_written(plans: Plans) -> None:
    """Sorting a million lines would take their room on the disk, and a minute before the first is written."""
    steps = plans("export", "ledger", "--format", "csv")
    assert any(step.startswith("SEARCH p USING INDEX sqlite_autoindex_problem_1") for step in steps)
    assert sum("ORDER BY" in step for step in steps) <= 1, "the last note of each problem is sorted out of a few"


@pytest.mark.parametrize("by", ["team", "category", "enterprise", "department"])
def test_progress_counts_in_indexes_alone(plans: Plans, by: str) -> None:
    steps = plans("progress", "--by", by)
    read = [step for step in steps if re.match(r"(SCAN|SEARCH) (p|problem)\b", step)]
    assert read
    assert [step for step in read if "INDEX ix_problem_" not in step] == []


def test_the_days_that_departments_take_are_read_in_an_index_alone(plans: Plans) -> None:
    steps = plans("progress", "--by", "department")
    assert [
        step for step in steps if "COVERING INDEX ix_problem_department_done (ANY(department_id) AND status=?)" in step
    ]


def test_the_planner_is_told_of_indexes_that_are_there(store: Path, empty_store: Path) -> None:
    with closing(sqlite3.connect(empty_store)) as connection, connection:
        there = set(connection.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'index'"))
        told = connection.execute("SELECT tbl, idx, stat FROM sqlite_stat1").fetchall()
    assert {(table, index) for table, index, _ in told} <= there
    assert len(told) == sum(map(len, planner.TYPICAL.values()))


def test_the_planner_is_told_the_shape_of_every_index_of_problems_and_events(empty_store: Path) -> None:
    with closing(sqlite3.connect(empty_store)) as connection, connection:
        for table in ("problem", "event"):
            there = {name for _, name, *_ in connection.execute(f"PRAGMA index_list({table})")}
            assert there == planner.TYPICAL[table].keys()
            for name in there:
                columns = connection.execute(f"PRAGMA index_info({name})").fetchall()
                assert len(planner.TYPICAL[table][name].split()) == len(columns) + 1
