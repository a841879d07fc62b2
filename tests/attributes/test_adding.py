"""docs/attributes.md is done to a copy of the tree: the attribute that it adds is there wherever people look."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.worked import ROOT, changed, changes, run

PAGE = ROOT / "docs" / "attributes.md"
MOST_FILES = 6

Fugong = Callable[..., str]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with what the page adds, and what is generated from that."""
    return changed(PAGE, tmp_path_factory.mktemp("tree"))


@pytest.fixture
def fugong(tree: Path, tmp_path: Path) -> Fugong:
    """The changed program on a store that holds the synthetic county."""

    def command(*argv: str, day: str = "2020-03-13") -> str:
        return run(tree, "-m", "fugong", "--store", str(tmp_path / "store.db"), *argv, day=day)

    command("load", str(ROOT / "tests" / "data" / "county.yaml"))
    return command


def one(fugong: Fugong, *argv: str) -> dict[str, Any]:
    """A problem as scripts see it."""
    (item,) = json.loads(fugong(*argv, "--format", "json"))["items"]
    return dict(item)


def test_the_page_changes_few_files() -> None:
    assert len({each.file for each in changes(PAGE)}) <= MOST_FILES


def test_an_attribute_has_one_home() -> None:
    """How the enterprise answered is named where it is declared, kept and typed, and nowhere else."""
    source = ROOT / "src" / "fugong"
    naming = [path for path in source.rglob("*.py") if re.search(r"\bsatisfaction\b", path.read_text("utf-8"))]
    assert source / "attributes" / "problems.py" in naming
    assert len(naming) <= MOST_FILES, [str(path.relative_to(source)) for path in naming]


def test_it_is_entered_corrected_cleared_and_told_of(fugong: Fugong) -> None:
    fugong("log", "甲厂", "缺扳手", "--place", "二号车间")
    assert one(fugong, "show", "1-4")["place"] == "二号车间"
    fugong("edit", "1-4", "--place", "食堂")
    assert "地点：二号车间 → 食堂" in fugong("show", "1-4", "--format", "table")
    fugong("undo")
    assert one(fugong, "show", "1-4")["place"] == "二号车间"
    fugong("edit", "1-4", "--place", "南门", day="2020-03-14")
    assert one(fugong, "list", "--as-of", "2020-03-13", "--text", "缺扳手")["place"] == "二号车间"
    fugong("edit", "1-4", "--place", "")
    assert one(fugong, "show", "1-4")["place"] is None
    fugong("store", "check")


def test_it_is_listed_exported_and_comes_back_from_a_file(fugong: Fugong, tmp_path: Path) -> None:
    fugong("log", "甲厂", "缺扳手", "--place", "二号车间")
    listed, ledger = (fugong(*argv, "--format", "csv") for argv in (("list",), ("export", "ledger")))
    assert ("地点" in listed.splitlines()[0], "二号车间" in listed) == (True, True)
    assert ("地点" in ledger.splitlines()[0], "二号车间" in ledger) == (True, True)
    path = tmp_path / "ledger.csv"
    path.write_text(ledger.replace("二号车间", "食堂"), encoding="utf-8")
    assert "地点：二号车间 → 食堂" in fugong("import", str(path))
    path.write_text("企业名称,问题描述,具体位置\n甲厂,门锁坏了,西门\n", encoding="utf-8")
    fugong("import", str(path))
    assert one(fugong, "show", "1-5")["place"] == "西门"


def test_it_is_loaded_from_a_seed_and_follows_the_file(fugong: Fugong, tmp_path: Path) -> None:
    path = tmp_path / "more.yaml"
    said = "as_of: 2020-03-13\nproblems:\n- {key: lock, team: 1, text: 门锁坏了, place: %s}\n"
    path.write_text(said % "西门", encoding="utf-8")
    fugong("load", str(path))
    assert one(fugong, "show", "1-4")["place"] == "西门"
    path.write_text(said % "东门", encoding="utf-8")
    fugong("load", str(path))
    assert one(fugong, "show", "1-4")["place"] == "东门"
