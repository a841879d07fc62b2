"""What an import stores by the batch is what single commands would have stored."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run, command
from tests.imports.sheets import comma, counted
from tests.memory import peak

from fugong import db
from fugong.domain import history, problems, roster
from fugong.domain.writer import Writer
from fugong.store.records import Batch, Problem, Team
from fugong.store.session import TOGETHER

MOMENT = "2020-03-13T04:00:00+00:00"
HEADER = ["企业", "问题", "发现日期", "责任单位", "进展情况", "是否销号", "办结日期", "整改措施"]


def rows(count: int) -> list[list[Any]]:
    """Problems of two teams in every state, one of them twice."""
    made = [
        [
            ("甲厂", "丙丁铸造")[at % 2], f"问题{at}", "2020-03-05", "工信局、卫健局", ("", "已联系")[at % 5 == 0],
            ("否", "是")[at % 3 == 0], ("", "2020-03-10")[at % 3 == 0], ("", "已解决好")[at % 3 == 0],
        ]
        for at in range(count)
    ]  # fmt: skip
    return [HEADER, *made, made[count // 2]]


def test_every_problem_is_the_fold_of_its_events_and_each_event_has_its_own_hash(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    count = TOGETHER + 20
    result = fugong("import", str(comma(tmp_path / "a.csv", rows(count))))
    assert counted(result) == f"新增 {count}，更新 0，不变 1，拒绝 0"
    with command(county) as writer:
        for problem in writer.session.all(Problem):
            events = history.of(writer.session, problem.uid)
            assert history.fold(json.loads(event.changes) for event in events) == history.state(problem)
            assert history.heads((event.hash, event.parents) for event in events) == [events[-1].hash]
            for event in events:
                batch = writer.session.get(Batch, event.batch_id)
                content = {
                    "kind": event.kind.value, "subject": event.subject, "act": event.act.value,
                    "on": event.on_date.isoformat(), "approximate": event.approximate,
                    "changes": json.loads(event.changes), "text": event.text, "parents": json.loads(event.parents),
                    "batch": batch.uid, "verb": batch.verb, "actor": batch.actor, "recorded_at": batch.recorded_at,
                    "replica": batch.replica,
                }  # fmt: skip
                assert history.digest(content) == event.hash


def test_a_problem_that_was_stored_among_many_takes_nothing_more(county: Path) -> None:
    with db.writing(str(county)) as session:
        moment = datetime.fromisoformat(MOMENT)
        writer = Writer.opened(session, verb="test", actor="tester", moment=moment, many=True)
        problem = problems.log_problem(writer, "夜班", team=roster.find_team(session, "1"))
        writer.settle()
        with pytest.raises(TypeError, match="ask for it anew"):
            problems.edit_problem(writer, problem, {"text": "白班"})
        with pytest.raises(AttributeError, match="id"):
            problems.close_problem(writer, problem, "已排班")


def test_numbers_go_on_where_the_import_stopped(county: Path, tmp_path: Path, fugong: Run) -> None:
    assert fugong("import", str(comma(tmp_path / "a.csv", rows(10)))).exit_code == 0
    assert fugong("log", "甲厂", "后来的").stdout.startswith("1-9 ")
    with command(county) as writer:
        assert {team.code: team.next_number for team in writer.session.all(Team)} == {"1": 10, "2": 8, "10": 1}


def test_an_import_of_many_is_taken_back_and_done_again_whole(county: Path, tmp_path: Path, fugong: Run) -> None:
    """More problems than are read together, some of a firm that the import made and that goes with it."""
    made = [
        ["新来的厂", f"缺料{at}", "2020-03-05", "工信局", "已联系", "是", "2020-03-10", "已解决好"] for at in range(3)
    ]
    header, *others = rows(TOGETHER)
    table = [["帮扶组", *header], *(["1", *row] for row in [*others, *made])]
    assert fugong("import", str(comma(tmp_path / "a.csv", table)), "--create", "enterprises").exit_code == 0
    before = problems_as_told(county)
    assert len(before) == 5 + TOGETHER + 3
    assert fugong("undo").stdout.count("撤销登记") == TOGETHER + 3
    gone = problems_as_told(county)
    assert [state["status"] for state in gone[5:]] == ["void"] * (TOGETHER + 3)
    assert [state.get("enterprise") for state in gone[-3:]] == [None] * 3
    assert fugong("find", "新来的厂").exit_code == 0
    assert fugong("redo").exit_code == 0
    assert problems_as_told(county) == before
    assert fugong("store", "check").exit_code == 0


@pytest.mark.parametrize("units", ["工信局", "工信局、卫健局"])
def test_a_rehearsal_tells_what_the_import_tells(county: Path, tmp_path: Path, fugong: Run, units: str) -> None:
    """Also of rows about problems that rows before them brought, hundreds of rows before."""
    header, *made = rows(2 * TOGETHER + 20)
    assert fugong("log", "甲厂", "早先的", "--on", "2020-03-05").exit_code == 0
    there = ["甲厂", "早先的", "2020-03-05", "工信局", "已到货一半", "否", "", ""]
    told = [[*row[:3], units, *row[4:]] for row in [*made, made[0], there, made[1], made[-1], made[0]]]
    path = comma(tmp_path / "a.csv", [header, *told])
    before = problems_as_told(county)
    rehearsed = fugong("import", str(path), "--dry-run", "--format", "json")
    assert problems_as_told(county) == before
    done = fugong("import", str(path), "--format", "json")
    assert rehearsed.stdout == done.stdout
    assert rehearsed.stderr == done.stderr.replace(counted(done), f"{counted(done)}（没有写入）")
    assert counted(done) == f"新增 {2 * TOGETHER + 20}，更新 1，不变 5，拒绝 0"


def test_a_rehearsal_refuses_what_the_import_refuses(county: Path, tmp_path: Path, fugong: Run) -> None:
    """The last row tells otherwise of the problem of the first, which was put aside by then."""
    _, *made = [[*row[:3], "工信局", *row[4:]] for row in rows(TOGETHER + 20)]
    other = [*made[0][:4], "另有说法", *made[0][5:]]
    path = comma(tmp_path / "a.csv", [HEADER, *made, other])
    rehearsed, done = fugong("import", str(path), "--dry-run"), fugong("import", str(path))
    assert done.exit_code == 1
    assert "第 2 行" in done.stderr
    assert "和第 2 行是同一个问题" in rehearsed.stdout
    assert counted(rehearsed).startswith(f"新增 {TOGETHER + 20}，更新 0，不变 1，拒绝 1")
    assert problems_as_told(county)[-1]["number"] <= 3


def problems_as_told(store: Path) -> list[dict[str, Any]]:
    """What every problem is, each the fold of its history, which has one end."""
    with command(store) as writer:
        found = []
        for problem in writer.session.all(Problem):
            events = history.of(writer.session, problem.uid)
            assert len(history.heads((event.hash, event.parents) for event in events)) == 1
            assert history.fold(json.loads(event.changes) for event in events) == history.state(problem)
            found.append(history.state(problem))
        return found


@pytest.mark.on_a_file
def test_an_import_and_single_commands_leave_the_same_rows(county: Path, tmp_path: Path, fugong: Run) -> None:
    assert fugong("log", "甲厂", "夜班", "--on", "2020-03-05", "-d", "工信局", "--assist", "卫健局").exit_code == 0
    assert fugong("close", "1-4", "--how", "已排班", "--on", "2020-03-10").exit_code == 0
    row = ["甲厂", "夜班二", "2020-03-05", "工信局、卫健局", "", "是", "2020-03-10", "已排班"]
    assert fugong("import", str(comma(tmp_path / "a.csv", [HEADER, row]))).exit_code == 0
    with closing(sqlite3.connect(county)) as connection, connection:
        one, other = connection.execute(
            "SELECT * FROM problem WHERE number > 3 AND team_id = 1 ORDER BY number"
        ).fetchall()
        columns = [each[1] for each in connection.execute("PRAGMA table_info(problem)")]
    connection.close()
    differing = {column for column, a, b in zip(columns, one, other, strict=True) if a != b}
    assert differing == {"id", "uid", "number", "text"}


@pytest.mark.on_a_file
def test_memory_does_not_grow_with_the_file(county: Path, tmp_path: Path) -> None:
    """Both files are longer than what is held of any; a row would need more than a hundred bytes to be remembered."""

    def held(count: int) -> int:
        store = tmp_path / f"{count}.db"
        shutil.copy(county, store)
        argv = ["--store", str(store), "import"]
        few, all_ = (str(comma(tmp_path / f"{each}.csv", rows(each))) for each in (10, count))
        return peak([*argv, few], [*argv, all_])

    short, long = 2500, 5000
    assert held(long) - held(short) < (long - short) * 50
