"""The whole article, typed into a store that knows only the campaign and the lists, is what the seed says."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run

from fugong.seed.load import load_files
from fugong.vocab.reporting import By

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "data" / "seed.yaml"
SCRIPT = ROOT / "tests" / "data" / "article.sh"

NOUNS = [
    "team", "member", "enterprise", "department",
    "activity", "inspection", "support", "outreach", "milestone", "practice", "figure",
]  # fmt: skip
LISTS = [*([noun, "list"] for noun in NOUNS), ["list", "--status", "all"]]
SECTIONS = {
    "责任单位": 23,
    "帮扶组": 10,
    "企业": 25,
    "组员": 4,
    "问题": 11,
    "工作记录": 30,
    "达标事项": 7,
    "做法": 3,
    "公布口径": 16,
}


def commands() -> list[list[str]]:
    """The command lines of the script, without the program's name."""
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("fugong ")]


def campaign_only(folder: Path) -> Path:
    """The seed without anybody and anything that happened: the campaign and the lists."""
    path = folder / "campaign.yaml"
    path.write_text(SEED.read_text(encoding="utf-8").partition("\ndepartments:\n")[0] + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def stores(engine: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Places of a store that the seed was loaded into, and of one that the script is to be run on."""
    folder = tmp_path_factory.mktemp("article")
    if engine == "sqlite":
        loaded, typed = str(folder / "loaded.db"), str(folder / "typed.db")
    else:
        from tests.postgres import server

        loaded, typed = (server().url(server().database()) for _ in range(2))
    load_files(loaded, [SEED], actor="录入员")
    load_files(typed, [campaign_only(folder)], actor="录入员")
    return loaded, typed


@pytest.fixture
def both(stores: tuple[str, str], fugong: Run) -> tuple[str, str]:
    """The two stores, the script having been run once on the second."""
    _, typed = stores
    if not listed(fugong, typed, ["team", "list"]):
        for argv in commands():
            done = fugong("--quiet", "--store", typed, *argv)
            assert (done.exit_code, done.stderr) == (0, ""), argv
    return stores


def listed(fugong: Run, store: str, argv: list[str]) -> list[dict[str, Any]]:
    """A listing without what differs between any two stores."""
    items = json.loads(fugong("--store", store, *argv, "--format", "json").stdout)["items"]
    return [{name: value for name, value in item.items() if name not in ("uid", "recorded_at")} for item in items]


@pytest.mark.parametrize("fmt", ["plain", "table", "md", "json", "csv"])
@pytest.mark.parametrize("by", list(By))
def test_progress_is_the_same_byte_for_byte(both: tuple[str, str], fugong: Run, by: By, fmt: str) -> None:
    printed = [fugong("--store", store, "progress", "--by", by.value, "--format", fmt) for store in both]
    assert [each.exit_code for each in printed] == [0, 0]
    assert printed[0].stdout == printed[1].stdout


def test_figures_and_what_is_reconciled_are_the_same_byte_for_byte(both: tuple[str, str], fugong: Run) -> None:
    for argv, status in ((["figure", "list"], 0), (["reconcile"], 6)):
        for fmt in ("plain", "table", "md"):
            printed = [fugong("--store", store, *argv, "--format", fmt) for store in both]
            assert [each.exit_code for each in printed] == [status, status]
            assert printed[0].stdout == printed[1].stdout


@pytest.mark.parametrize("argv", LISTS, ids=" ".join)
def test_every_list_says_the_same(both: tuple[str, str], fugong: Run, argv: list[str]) -> None:
    loaded, typed = both
    rows = listed(fugong, typed, argv)
    assert rows
    assert rows == listed(fugong, loaded, argv)


def test_every_problem_has_the_same_notes(both: tuple[str, str], fugong: Run) -> None:
    told = []
    for store in both:
        shown = fugong("--store", store, "show", "1-1", "3-1", "9-1", "--format", "json")
        told.append([
            [(event["kind"], event["on"], event["approximate"], event["text"]) for event in item["events"]]
            for item in json.loads(shown.stdout)["items"]
        ])  # fmt: skip
    assert told[0] == told[1]


def test_loading_the_seed_over_what_was_typed_changes_nothing(both: tuple[str, str], fugong: Run) -> None:
    """The names and keys of the script are those of the seed, so that rows meet and are not entered twice."""
    _, typed = both
    before = {" ".join(argv): listed(fugong, typed, argv) for argv in LISTS}
    loaded = fugong("--store", typed, "load", str(SEED))
    assert loaded.exit_code == 0
    for section, count in SECTIONS.items():
        assert f"{section}：新增 0，更新 0，不变 {count}\n" in loaded.stderr
    assert {" ".join(argv): listed(fugong, typed, argv) for argv in LISTS} == before
