"""What the examples of the help pages are tried on."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from tests.conftest import Run

from fugong.seed.beginning import SAMPLES
from fugong.vocab import Language

DATA = Path(__file__).parents[3] / "data"
REVIEWED = (("store", "set", "review", "on"), ("close", "2-1,9-2", "已解决"))
BEFORE: dict[str, list[tuple[str, ...]]] = {
    "undo": [("note", "1-1", "问过")],
    "redo": [("note", "1-1", "问过"), ("undo",)],
    "extend": [("edit", "2-1,9-2", "--due", "7wd")],
    "approve": [*REVIEWED],
    "reject": [*REVIEWED],
    "conflict show": [("merge", "copy.db")],
    "conflict settle": [("merge", "copy.db")],
    "profile delete": [
        ("import", "ledger.xlsx", "--map-value", "状态:已回复=办理中", "--profile", name)
        for name in ("某单位", "某部门")
    ],
}
"""What there must be to take back, to do again, to extend, to review, to settle."""
BEFORE_ENGLISH = BEFORE | {
    "profile delete": [
        ("import", "ledger.xlsx", "--map-value", "status:answered=doing", "--profile", name)
        for name in ("District", "Ministry")
    ],
    "void": [("log", "Elm", "Steel still not here")],
    "extend": [],
    "team retire": [("close", "3-2", "held"), ("enterprise", "assign", "Gorse", "Hazel", "--team", "2")],
    "approve": [("store", "set", "review", "on"), ("close", "1-2,2-2", "settled")],
    "reject": [("store", "set", "review", "on"), ("close", "1-2,2-2", "settled")],
}
"""The same for the English examples."""
TAKEN = {Language.ZH: ("调配口罩", "消毒液"), Language.EN: ("gate book", "half a day")}
"""What copies say of two problems, apart from what the other says."""
FILES = {
    "county.yaml": "我县.yaml", "ledger.xlsx": "台账.xlsx", "ledger.jsonl": "台账.jsonl", "backup.db": "备份.db",
    "today.txt": "今天.txt", "copy.db": "副本.db", "southmoor.bundle": "邻县.bundle",
}  # fmt: skip
"""Files that examples name, and what they are called in the Chinese ones."""


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Language], Path]:
    """For each language, a folder to be filled with its ledger and the files that examples name."""
    return cache(lambda language: tmp_path_factory.mktemp(language.value))


@pytest.fixture
def language() -> Language:
    """Whose examples are tried; a test may have both as parameters."""
    return Language.ZH


@pytest.fixture
def desk(
    seeded: Callable[[Language], Path],
    language: Language,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fugong: Run,
) -> Path:
    """A folder to work in, with a copy of all that; each is made once."""
    folder = seeded(language)
    if not (folder / "ledger.db").exists():
        monkeypatch.chdir(folder)
        monkeypatch.setenv("FUGONG_STORE", "ledger.db")
        _fill(language, fugong)
    place = tmp_path / "desk"
    shutil.copytree(folder, place)
    monkeypatch.chdir(place)
    monkeypatch.setenv("FUGONG_STORE", "ledger.db")
    return place


def _fill(language: Language, fugong: Run) -> None:
    """The ledger of a language in this folder, and the files that its examples name."""
    first, second = TAKEN[language]
    shutil.copy(DATA / SAMPLES[language], "county.yaml")
    for argv in (
        ["init", "--sample", language.value],
        ["export", "ledger", "-o", "ledger.xlsx"],
        ["store", "export", "ledger.jsonl"],
        ["store", "backup", "backup.db"],
        ["store", "clone", "copy.db"],
        ["--store", "south.db", "init", "--county", "Southmoor", "--campaign", "Back to work", "--teams", "2"],
        ["--store", "south.db", "store", "bundle", "southmoor.bundle", "--all"],
        *(
            ["--store", place, "edit", ident, "--text", f"{text}{place}"]
            for place in ("ledger.db", "copy.db")
            for ident, text in (("3-1", "缺口罩"), ("3-2", "缺消毒液"))
        ),
        ["edit", "3-1", "--text", first],
        ["edit", "3-2", "--text", second],
    ):
        assert fugong(*argv).exit_code == 0
    Path("today.txt").write_text("# 今天\nnote 1-1 问过了\n", encoding="utf-8")
    if language is Language.ZH:
        for english, chinese in FILES.items():
            shutil.copy(english, chinese)
