"""Problems of a seed that say what one before them said share what it came to; each is as if it stood alone."""

from pathlib import Path
from typing import Any

import pytest
from tests.conftest import command
from tests.seed.conftest import Load, Rows

from fugong import db
from fugong.domain import history
from fugong.errors.files import SeedFaults
from fugong.keeping import check
from fugong.store.records import Problem

HEAD = (
    "as_of: 2020-03-12\ncampaign: {name: 复工帮扶演练, county: 某县}\ndepartments: [{name: 工信局}]\n"
    'teams: [{code: "1", name: 第一组, county: 某县}, {code: "2", name: 第二组, county: 某县}]\n'
    'enterprises: [{name: 甲厂, team: "1"}, {name: 乙厂, team: "2"}]\nproblems:\n'
)
SHAPES = (
    "",
    "department: 工信局, due: 3d, found_on: 2020-03-05, closed: {how: 已解决, on: 2020-03-10}",
    "notes: [{text: 已联系}, {text: 已到货, on: 2020-03-12}], closed: {how: 已解决}",
)
ROWS = (("1", "甲厂"), ("2", "乙厂"), ("1", None), ("2", None), ("2", "乙厂"))


def entry(number: int, shape: str) -> str:
    team, firm = ROWS[number]
    said = [f'key: p{number}, team: "{team}", text: 缺料{number}', *([f"enterprise: {firm}"] if firm else [])]
    return f"  - {{{', '.join([*said, *([shape] if shape else [])])}}}\n"


def told(store: Path) -> list[Any]:
    """What every problem is, and what each of its events says."""
    with command(store) as writer:
        found = []
        for problem in writer.session.all(Problem):
            events = history.of(writer.session, problem.uid)
            state = history.state(problem)
            assert history.fold(map(history.changes, events)) == state
            acts = [
                (event.act, event.on_date, event.approximate, event.text, history.changes(event)) for event in events
            ]
            found.append((problem.uid, state, acts))
        return found


@pytest.mark.on_a_file
@pytest.mark.parametrize("shape", SHAPES, ids=["open", "closed", "noted"])
def test_a_row_like_another_is_entered_as_by_itself(store: Path, load: Load, shape: str) -> None:
    every = [entry(number, shape) for number in range(len(ROWS))]
    load(HEAD + "".join(every))
    together = told(store)
    assert len(together) == len(ROWS)
    with db.examining(str(store)) as session:
        assert list(check.findings(session)) == []
    store.unlink()
    load(HEAD + every[0])
    for each in every[1:]:
        load("as_of: 2020-03-12\nproblems:\n" + each)
    assert told(store) == together


def test_the_firm_of_a_row_like_another_is_refused_at_its_line(store: Path, load: Load, rows: Rows) -> None:
    load(HEAD + entry(0, ""))
    with db.writing(str(store)) as session:
        session.run("UPDATE enterprise SET retired_on = '2020-03-01' WHERE name = '乙厂'")
    with pytest.raises(SeedFaults) as refused:
        load("as_of: 2020-03-12\nproblems:\n" + "".join(entry(number, "") for number in (0, 1, 2, 4)))
    assert refused.value.params["count"] == 2
    assert [":4:" in str(refused.value.params["faults"]), ":6:" in str(refused.value.params["faults"])] == [True, True]
    assert rows("SELECT count(*) FROM problem") == [(1,)]
