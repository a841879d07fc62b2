"""What the examples of the help pages are tried on."""

import shutil
from pathlib import Path

import pytest
from tests.conftest import Run

SEED = Path(__file__).parents[3] / "data" / "seed.yaml"
REVIEWED = (("store", "set", "review", "on"), ("close", "2-1,9-2", "已解决"))
BEFORE: dict[str, list[tuple[str, ...]]] = {
    "undo": [("note", "1-1", "问过")],
    "redo": [("note", "1-1", "问过"), ("undo",)],
    "extend": [("edit", "2-1,9-2", "--due", "7wd")],
    "approve": [*REVIEWED],
    "reject": [*REVIEWED],
    "conflict show": [("merge", "copy.db")],
    "conflict settle": [("merge", "copy.db")],
}
"""What there must be to take back, to do again, to extend, to review, to settle."""


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
            ["edit", "3-1", "--text", "调配口罩"],
            ["edit", "3-2", "--text", "消毒液"],
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
