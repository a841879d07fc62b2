"""docs/adding.md is done to a copy of the tree, and the tests that it writes are run there."""

from pathlib import Path

import pytest
from tests.worked import ROOT, changed, changes, run

PAGE = ROOT / "docs" / "adding.md"
TESTS = [change.file for change in changes(PAGE) if change.file.startswith("tests/")]
COMMANDS = ("persons", "hand-back")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with what the page adds."""
    return changed(PAGE, tmp_path_factory.mktemp("tree"))


def test_its_tests_pass_and_those_of_its_examples(tree: Path) -> None:
    assert len(TESTS) == len(COMMANDS)
    added = (*TESTS, "tests/commands/frame/test_examples.py", "-k", "persons or hand")
    said = run(tree, "-m", "pytest", "-n", "0", "-vv", "--engine", "sqlite", "-p", "no:cacheprovider", *added)
    assert [name for name in (*TESTS, *(f"[{each}-zh]" for each in COMMANDS)) if name not in said] == []


def test_the_program_lists_what_was_added_in_both_languages(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for language in ("zh", "en"):
        monkeypatch.setenv("FUGONG_LANG", language)
        said = run(tree, "-m", "fugong", "--help")
        assert [name for name in COMMANDS if name not in said] == []
        for name in COMMANDS:
            assert f"fugong {name}" in run(tree, "-m", "fugong", name, "--help")


def test_what_it_adds_keeps_the_house_rules(tree: Path) -> None:
    added = sorted({change.file for change in changes(PAGE)})
    run(tree, "-m", "ruff", "check", "--no-cache", *added)
    run(tree, "-m", "ruff", "format", "--check", "--no-cache", *added)
