"""An upgrade that is killed leaves the old store or the new one; of many programs at once one upgrades."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.reliability.conftest import Figures
from tests.reliability.sharing import shared_out
from tests.reliability.upgrades import MIDST
from tests.stores import VERSIONS

from fugong import db
from fugong.keeping import check

ROOT = Path(__file__).parents[2]


def run(*argv: str) -> Any:
    line = [sys.executable, "-m", "tests.reliability.upgrades", *argv]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)


def test_an_upgrade_that_is_killed_leaves_the_old_store_or_the_new_one(tmp_path: Path) -> None:
    seen = kills(tmp_path, range(10))
    assert (seen["bad"], seen["kills"]) == ([], 10)


@pytest.mark.soak
def test_three_hundred_killed_upgrades_leave_the_old_store_or_the_new_one(tmp_path: Path, figures: Figures) -> None:
    shares = shared_out(partial(kills, tmp_path), range(300))
    bad = [each for share in shares for each in share.pop("bad")]
    seen = sum(map(Counter, shares), Counter[str]())
    figures("kills during an upgrade", **seen, between_or_lost=len(bad))
    assert bad == []
    assert seen["kills"] == 300
    assert min(seen[what] for what in ("left the old store", "left the new one", MIDST)) >= 15


def kills(folder: Path, numbers: Sequence[int]) -> dict[str, Any]:
    """Kill as often as there are numbers, of which the first gives the chances."""
    place = folder / str(numbers[0])
    place.mkdir()
    seen: dict[str, Any] = run("kill", str(place), str(len(numbers)), str(numbers[0] + 1))
    return seen


def upgraded_once(folder: Path, programs: int) -> None:
    """Let programs find an older store at once."""
    said = run("race", str(folder), str(programs))
    assert [each["status"] for each in said] == [0] * programs
    (first,) = [each["stderr"] for each in said if each["stderr"]]
    (copy,) = (folder / "backups").glob("*.db")
    assert str(copy) in first
    with db.reading(str(folder / "store.db")) as reader:
        logged = {text for (text,) in reader.rows("SELECT text FROM problem WHERE text LIKE '第%个'")}
    assert logged == {each["argv"][-1] for each in said if each["argv"][0] == "log"}
    with db.examining(str(folder / "store.db")) as session:
        assert list(check.findings(session)) == []


def test_of_programs_that_find_an_older_store_at_once_one_upgrades_and_all_go_on(tmp_path: Path) -> None:
    upgraded_once(tmp_path, 4)


@pytest.mark.soak
def test_of_twenty_programs_that_find_an_older_store_at_once_one_upgrades(tmp_path: Path, figures: Figures) -> None:
    for number in range(5):
        folder = tmp_path / str(number)
        folder.mkdir()
        upgraded_once(folder, 20)
    figures("20 programs that find an older store at once", times=5, upgraded_it=5, went_on=95)


def test_upgrades_are_tested_from_the_first_schema() -> None:
    assert VERSIONS[0] == 1
