"""docs/views.md: what its questions find is what the program finds, on both engines."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import behind, lay

PAGE = (Path(__file__).parents[2] / "docs" / "views.md").read_text(encoding="utf-8")
QUESTIONS = dict(re.findall(r"^([^\n]+):\n\n```sql\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE))


@pytest.fixture
def ledger(store: Path) -> Path:
    """The synthetic county."""
    return lay(store)


def items(fugong: Run, *argv: str) -> list[dict[str, Any]]:
    return list(json.loads(fugong(*argv, "--json").stdout)["items"])


def answer(fugong: Run, ledger: Path, words: str) -> list[tuple[Any, ...]]:
    """The rows of the question with these words, with the values that ``store info`` gives."""
    (sql,) = [sql for asked, sql in QUESTIONS.items() if words in asked]
    info = json.loads(fugong("store", "info", "--json").stdout)
    return behind(ledger, sql, **{name: info[name] for name in re.findall(r":(\w+)", sql)})


def test_red_problems_per_department(fugong: Run, ledger: Path) -> None:
    red = Counter(each["department"] for each in items(fugong, "list", "--light", "red"))
    assert red
    assert dict(answer(fugong, ledger, "Red problems")) == red


def test_yellow_problems(fugong: Run, ledger: Path) -> None:
    fugong("edit", "2-1", "--due", "2020-03-16")
    yellow = [each["id"] for each in items(fugong, "list", "--light", "yellow")]
    assert yellow
    assert sorted(row[0] for row in answer(fugong, ledger, "yellow")) == sorted(yellow)


def test_found_and_solved_per_team(fugong: Run, ledger: Path) -> None:
    told = {each["team"]: (each["found"], each["solved"]) for each in items(fugong, "progress") if each["found"]}
    assert {team: (found, solved) for team, _, found, solved in answer(fugong, ledger, "Found")} == told
