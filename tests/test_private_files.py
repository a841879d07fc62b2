"""Every file that a command makes is its user's alone, and goes over nothing and through no link."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import SEED, lay

pytestmark = pytest.mark.on_a_file

ROOT = Path(__file__).parent.parent

MAKING = {
    "deep/er/new.db": ["--store", "deep/er/new.db", "store", "init"],
    "seed.db": ["--store", "seed.db", "load", str(SEED)],
    "copy.db": ["store", "backup", "copy.db"],
    "back.db": ["--store", "back.db", "store", "restore", "sound.db"],
    "all.jsonl": ["store", "export", "all.jsonl"],
    "moved.db": ["--store", "moved.db", "store", "import", "sound.jsonl"],
    "ledger.csv": ["export", "ledger", "-o", "ledger.csv"],
    "ledger.xlsx": ["export", "ledger", "-o", "ledger.xlsx"],
    "list.json": ["list", "-o", "list.json"],
    "list.md": ["list", "-o", "list.md"],
    "summary.txt": ["summary", "-o", "summary.txt"],
    "page.html": ["report", "-o", "page.html"],
    "empty.xlsx": ["import", "--template", "empty.xlsx"],
    "faults.bad.csv": ["import", "faults.csv", "--keep-going"],
}
"""Commands that make a file, by its name."""
FORCED = ("all.jsonl", "ledger.csv", "ledger.xlsx", "list.json", "page.html", "back.db", "empty.xlsx")
FAULTY = "企业,问题,发现日期\n甲厂,夜班,2020-03-05\n没有的,夜班,2020-03-05\n"

AS_IN_A_SHELL = """
import json, os, sys
from fugong import cli
for argv in json.loads(sys.argv.pop()):
    os.umask(0)
    sys.argv[1:] = argv
    try:
        cli.main()
    except SystemExit as ended:
        if ended.code not in (None, 0, 6):
            raise
"""


@pytest.fixture
def folder(store: Path, monkeypatch: pytest.MonkeyPatch, fugong: Run) -> Path:
    """Where this process works: a store, and what the commands read."""
    monkeypatch.chdir(store.parent)
    lay(store)
    lay(Path("sound.db"))
    fugong("store", "export", "sound.jsonl")
    Path("faults.csv").write_text(FAULTY, encoding="utf-8")
    return store.parent


def made(folder: Path, before: set[Path]) -> dict[str, int]:
    """The permissions of others on what is new in a folder."""
    return {
        str(path.relative_to(folder)): path.stat().st_mode & 0o077
        for path in folder.rglob("*")
        if path not in before and "home" not in path.parts
    }


def test_files_and_folders_are_their_users_alone_though_the_umask_forbids_nothing(folder: Path) -> None:
    before = set(folder.rglob("*"))
    lines = [*MAKING.values(), ["log", "甲厂", "新问题"], ["store", "backup", "--folder", "nights", "--keep", "1"]]
    done = subprocess.run(
        [sys.executable, "-c", AS_IN_A_SHELL, json.dumps(lines)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    modes = made(folder, before)
    assert {*MAKING, "deep", "deep/er", "copy.db.sha256", "nights"} <= set(modes)
    assert {name for name, others in modes.items() if others} == set()


@pytest.mark.parametrize("name", MAKING)
@pytest.mark.parametrize("what", ["file", "link", "dangling link"])
def test_what_is_there_is_neither_followed_nor_overwritten(folder: Path, fugong: Run, name: str, what: str) -> None:
    place, victim = Path(name), Path("victim").absolute()
    place.parent.mkdir(parents=True, exist_ok=True)
    if what == "file":
        place.write_text("贵重", encoding="utf-8")
    else:
        place.symlink_to(victim)
    if what == "link":
        victim.write_text("贵重", encoding="utf-8")
    result = fugong(*MAKING[name])
    assert (result.exit_code, result.stdout) in {(1, ""), (5, "")}
    assert place.is_symlink() == (what != "file")
    assert os.path.lexists(victim) == (what == "link")
    if what != "dangling link":
        assert place.read_text(encoding="utf-8") == "贵重"


@pytest.mark.parametrize("name", FORCED)
def test_what_is_replaced_on_demand_is_the_link_and_not_what_it_leads_to(folder: Path, fugong: Run, name: str) -> None:
    Path("victim").write_text("贵重", encoding="utf-8")
    Path(name).symlink_to("victim")
    assert fugong(*MAKING[name], "--force").exit_code == 0
    assert not Path(name).is_symlink()
    assert Path("victim").read_text(encoding="utf-8") == "贵重"


def test_a_checksum_goes_through_no_link(folder: Path, fugong: Run) -> None:
    Path("victim").write_text("贵重", encoding="utf-8")
    Path("copy.db.sha256").symlink_to("victim")
    assert fugong(*MAKING["copy.db"]).exit_code == 0
    assert Path("victim").read_text(encoding="utf-8") == "贵重"


def test_a_journal_goes_through_no_link(folder: Path, store: Path, fugong: Run) -> None:
    Path("victim").write_text("贵重", encoding="utf-8")
    store.with_name("store.db-journal").symlink_to("victim")
    assert fugong("log", "甲厂", "新问题").exit_code == 5
    assert Path("victim").read_text(encoding="utf-8") == "贵重"
