"""Every help page ends with two examples, and they do what they say on the ledger of data/seed.yaml."""

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run

from fugong.cli import NOUNS, VERBS
from fugong.commands.frame.examples import table
from fugong.commands.frame.lazy import Parts
from fugong.vocab import ExitCode

SEED = Path(__file__).parents[3] / "data" / "seed.yaml"
REVIEWED = (("store", "set", "review", "on"), ("close", "2-1,9-2", "已解决"))
BEFORE = {
    "undo": [("note", "1-1", "问过")],
    "redo": [("note", "1-1", "问过"), ("undo",)],
    "extend": [("edit", "2-1,9-2", "--due", "7wd")],
    "approve": [*REVIEWED],
    "reject": [*REVIEWED],
    "conflict show": [("merge", "copy.db")],
    "conflict settle": [("merge", "copy.db")],
}
"""What there must be to take back, to do again, to extend, to review, to settle."""


def pages(command: Any = None, name: str = "") -> Iterator[str]:
    """The names of all commands, groups among them."""
    yield name
    children = Parts(VERBS, NOUNS) if command is None else getattr(command, "commands", {})
    for each in children:
        yield from pages(children[each], f"{name} {each}".strip())


def test_every_page_has_two_and_none_is_of_a_command_that_is_gone() -> None:
    assert all(len(each) == 2 for each in table().values())
    assert set(table()) == set(pages())


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the ledger of the seed and the files that examples name; made once."""
    return tmp_path_factory.mktemp("seeded")


@pytest.fixture
def desk(seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fugong: Run) -> Path:
    """A folder to work in, with a copy of all that."""
    if not (seeded / "ledger.db").exists():
        monkeypatch.chdir(seeded)
        monkeypatch.setenv("FUGONG_STORE", "ledger.db")
        shutil.copy(SEED, "county.yaml")
        for argv in (
            ["load", "county.yaml"],
            ["export", "ledger", "-o", "ledger.xlsx"],
            ["store", "export", "ledger.jsonl"],
            ["store", "backup", "backup.db"],
            ["store", "clone", "copy.db"],
            *(
                ["--store", place, "edit", ident, "--text", f"{text}{place}"]
                for place in ("ledger.db", "copy.db")
                for ident, text in (("3-1", "缺口罩"), ("3-2", "缺消毒液"))
            ),
            ["edit", "3-1", "--text", "缺口罩五百只"],
            ["edit", "3-2", "--text", "缺消毒液"],
        ):
            assert fugong(*argv).exit_code == 0
        Path("today.txt").write_text("# 今天\nnote 1-1 问过了\n", encoding="utf-8")
        for english, chinese in (
            ("county.yaml", "我县.yaml"), ("ledger.xlsx", "台账.xlsx"), ("ledger.jsonl", "台账.jsonl"),
            ("backup.db", "备份.db"), ("today.txt", "今天.txt"), ("copy.db", "副本.db"),
        ):  # fmt: skip
            shutil.copy(english, chinese)
    place = tmp_path / "desk"
    shutil.copytree(seeded, place)
    monkeypatch.chdir(place)
    monkeypatch.setenv("FUGONG_STORE", "ledger.db")
    return place


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", table())
def test_a_page_ends_with_two_examples_that_work(
    desk: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    assert desk == Path.cwd()
    monkeypatch.setenv("FUGONG_LANG", language)
    shown = fugong(*name.split(), "--help").stdout.split("例子：\n" if language == "zh" else "Examples:\n")
    assert len(shown) == 2
    monkeypatch.setenv("FUGONG_ACTOR", "经办人")
    assert {fugong(*argv).exit_code for argv in BEFORE.get(name, [])} <= {ExitCode.DONE, ExitCode.FOUND}
    if name in ("approve", "reject"):
        monkeypatch.setenv("FUGONG_ACTOR", "审核人")
    for line in shown[1].splitlines()[:2]:
        program, *argv = shlex.split(line)
        done = fugong(*argv)
        assert (program, done.exit_code in (ExitCode.DONE, ExitCode.FOUND)) == ("fugong", True), (line, done.stderr)
