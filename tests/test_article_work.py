"""The field work of the article, entered by command, is what the seed says: the same lists, the same progress."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run

from fugong.seed.load import load_files

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "data" / "seed.yaml"
SCRIPT = ROOT / "tests" / "data" / "article_work.sh"

LISTS = ["activity", "inspection", "support", "outreach", "milestone", "practice", "figure"]


def commands() -> list[list[str]]:
    """The command lines of the script, without the program's name."""
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("fugong ")]


def roster_only(folder: Path) -> Path:
    """The seed without anything that happened: the campaign, the lists, departments, teams, firms and members."""
    path = folder / "roster.yaml"
    path.write_text(SEED.read_text(encoding="utf-8").partition("\nproblems:\n")[0] + "\n", encoding="utf-8")
    return path


@pytest.fixture
def both(tmp_path: Path, fugong: Run) -> tuple[str, str]:
    """A store that the seed was loaded into, and one that the script was run on."""
    loaded, typed = str(tmp_path / "loaded.db"), str(tmp_path / "typed.db")
    load_files(loaded, [SEED], actor="录入员")
    load_files(typed, [roster_only(tmp_path)], actor="录入员")
    for argv in commands():
        done = fugong("--store", typed, *argv)
        assert (done.exit_code, done.stderr) == (0, ""), argv
    return loaded, typed


def listed(fugong: Run, store: str, noun: str) -> list[dict[str, Any]]:
    """A listing without what differs between any two stores."""
    items = json.loads(fugong("--store", store, noun, "list", "--format", "json").stdout)["items"]
    return [{name: value for name, value in item.items() if name != "uid"} for item in items]


def test_the_script_enters_every_row_once() -> None:
    entered = [tuple(argv[:2]) for argv in commands() if argv[1] == "add"]
    counts = {noun: entered.count((noun, "add")) for noun in LISTS if noun != "activity"}
    assert counts == {"outreach": 7, "inspection": 10, "support": 13, "milestone": 7, "practice": 3, "figure": 16}


def test_lists_and_progress_are_the_same_byte_for_byte(both: tuple[str, str], fugong: Run) -> None:
    loaded, typed = both
    for noun in LISTS:
        assert listed(fugong, typed, noun) == listed(fugong, loaded, noun), noun
        for fmt in ("plain", "table", "md"):
            printed = [fugong("--store", store, noun, "list", "--format", fmt).stdout for store in both]
            assert printed[0] == printed[1], noun
    for by in ("kind", "milestone"):
        for fmt in ("plain", "table", "json"):
            printed = [fugong("--store", store, "progress", "--by", by, "--format", fmt).stdout for store in both]
            assert printed[0] == printed[1], by
    assert len(listed(fugong, typed, "activity")) == 30


def test_loading_the_seed_over_what_was_typed_changes_no_work(both: tuple[str, str], fugong: Run) -> None:
    """The keys of the script are those of the seed, so that rows meet and are not entered twice."""
    _, typed = both
    before = {noun: listed(fugong, typed, noun) for noun in LISTS}
    loaded = fugong("--store", typed, "load", str(SEED))
    assert loaded.exit_code == 0
    for section, count in {"工作记录": 30, "达标事项": 7, "做法": 3, "公布口径": 16}.items():
        assert f"{section}：新增 0，更新 0，不变 {count}\n" in loaded.stderr
    assert {noun: listed(fugong, typed, noun) for noun in LISTS} == before
