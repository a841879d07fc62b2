"""Disks that fail or are full: a clean refusal, nothing by half, and all is well again once the disk is."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from tests.county import SEED, lay
from tests.reliability.conftest import Figures, ends
from tests.reliability.sharing import shared_out

from fugong import db
from fugong.keeping import check

pytestmark = pytest.mark.on_a_file

ROOT = Path(__file__).parents[2]
STRACE = pytest.mark.skipif(not shutil.which("strace"), reason="faults are injected by strace, which is not here")

RUN = """
import os, resource, sys
from fugong.__main__ import main
limit = int(sys.argv.pop(1))
if limit >= 0:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
main()
"""
LOG = ("log", "甲厂", "新问题")

SHORT = [("pwrite64", "ENOSPC", 1), ("pwrite64", "EIO", 9), ("fdatasync", "EIO", 1), ("unlink", "EIO", 1)]
LONG = [
    *(("pwrite64", error, number) for error in ("ENOSPC", "EIO") for number in range(1, 25)),
    *(("fdatasync", "EIO", number) for number in range(1, 15)),
    *(("unlink", error, number) for error in ("EIO", "EACCES") for number in range(1, 5)),
    *(("ftruncate", "EIO", number) for number in range(1, 4)),
    *(("fcntl", "ENOLCK", number) for number in range(1, 13)),
]
CLEAN = {0, 4, 5}
DOUBTFUL = "a power cut may take it away"
"""What is said when the last sync of all fails: the record is in the store, but perhaps not on the disk."""


def ran(store: Path, argv: tuple[str, ...], *before: str, limit: int = -1) -> subprocess.CompletedProcess[str]:
    """``fugong`` in a process of its own, behind ``before``; files may grow to ``limit`` bytes if it is given."""
    environment = {**os.environ, "FUGONG_STORE": str(store), "FUGONG_LANG": "en", "PYTHONPATH": str(ROOT / "src")}
    argv = (*before, sys.executable, "-P", "-c", RUN, str(limit), *argv)
    return subprocess.run(argv, cwd=store.parent, env=environment, capture_output=True, encoding="utf-8", check=False)


def log(store: Path, *before: str, limit: int = -1) -> subprocess.CompletedProcess[str]:
    return ran(store, LOG, *before, limit=limit)


def failing(call: str, error: str, when: str, *only: str) -> list[str]:
    """What stands before a command to let a call of the system fail."""
    inject = ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}"]
    return ["strace", "-f", "-qq", "-o", "/dev/null", *inject, *only]


def count(store: Path) -> int:
    with closing(sqlite3.connect(store)) as connection:
        return int(connection.execute("SELECT count(*) FROM problem").fetchone()[0])


def sound(store: Path) -> None:
    with db.examining(str(store)) as session:
        assert list(check.findings(session)) == []


def fresh(store: Path) -> int:
    """Lay the county anew, without what an earlier fault left beside it; how many problems it has."""
    lay(store)
    store.with_name("store.db-journal").unlink(missing_ok=True)
    return count(store)


def withstood(store: Path, call: str, error: str, number: int, *, for_ever: bool) -> str:
    """Let the Nth call fail, once or from then on; how it ended."""
    before = fresh(store)
    when = f"{number}+" if for_ever else f"{number}"
    only = ["-P", str(store)] if call == "fcntl" else []
    done = log(store, *failing(call, error, when, *only))
    assert done.returncode in CLEAN, (call, error, when, done.stderr)
    assert "Traceback" not in done.stderr
    told = "新问题" in done.stdout
    assert told == (done.returncode == 0)
    there = told or DOUBTFUL in done.stderr
    assert count(store) == before + there, (call, error, when, done.stderr)
    sound(store)
    assert log(store).returncode == 0
    assert count(store) == before + there + 1
    return "in the store and said to be in doubt" if there and not told else f"ended with {done.returncode}"


Fault = tuple[str, str, int]


def all_faults(folder: Path, faults: Sequence[Fault]) -> Counter[str]:
    """How a log ends when each of these calls fails, once and from then on."""
    store = own_place(folder) / "store.db"
    return Counter(withstood(store, *fault, for_ever=lasting) for fault in faults for lasting in (False, True))


def own_place(folder: Path) -> Path:
    """A folder for this process."""
    place = folder / str(os.getpid())
    place.mkdir()
    return place


@STRACE
def test_a_failing_disk_is_refused_and_nothing_is_half_written(tmp_path: Path) -> None:
    ended = all_faults(tmp_path, SHORT)
    assert ended["ended with 5"] > 0


@STRACE
@pytest.mark.soak
def test_every_call_that_fails_is_refused_and_nothing_is_half_written(tmp_path: Path, figures: Figures) -> None:
    ended = sum(shared_out(partial(all_faults, tmp_path), LONG), Counter[str]())
    figures("injected faults of a log", faults=ended.total(), **dict(sorted(ended.items())))
    assert ended.total() >= 170
    assert ended["ended with 5"] > 0


@STRACE
def test_what_is_in_the_store_when_the_last_sync_fails_is_not_said_to_be_unwritten(store: Path) -> None:
    """Which sync is the last depends on the SQLite that Python has."""
    ended = (withstood(store, "fdatasync", "EIO", number, for_ever=False) for number in range(4, 9))
    assert "in the store and said to be in doubt" in ended


NEW = {
    "all.db": ("store", "init"),
    "seed.db": ("load", str(SEED)),
    "copy.db": ("store", "backup", "copy.db"),
    "back.db": ("store", "restore", "store.db"),
    "all.jsonl": ("store", "export", "all.jsonl"),
    "ledger.xlsx": ("export", "ledger", "-o", "ledger.xlsx"),
    "page.html": ("report", "-o", "page.html"),
}
"""Commands that make a file, by its name."""
MAKING = ("fsync", "pwrite64", "write", "linkat,link", "openat")


def made(store: Path, name: str, call: str, error: str, number: int) -> int:
    """Let a call fail while a file is made: it is there whole or not at all, and nothing else is."""
    fresh(store)
    place = store.with_name(name) if name in ("all.db", "seed.db", "back.db") else store
    only = ["-P", str(store.parent)] if call in ("openat", "write") else []
    done = ran(place, NEW[name], *failing(call, error, f"{number}", *only))
    assert done.returncode in {0, 1, 5}, (name, call, number, done.stderr)
    assert "Traceback" not in done.stderr
    left = {path.name.removesuffix(".sha256") for path in store.parent.iterdir()} - {"store.db", "home"}
    assert left == ({name} if done.returncode == 0 else set()), (name, call, number, done.stderr)
    for path in (store.with_name(name), store.with_name(f"{name}.sha256")):
        path.unlink(missing_ok=True)
    sound(store)
    return done.returncode


@STRACE
@pytest.mark.parametrize("name", NEW)
def test_a_file_whose_making_fails_is_not_there(store: Path, name: str) -> None:
    assert made(store, name, "fsync", "EIO", 2) in {0, 1}
    assert made(store, name, "fsync", "EIO", 1) == 1


@STRACE
@pytest.mark.soak
def test_a_file_is_there_whole_or_not_at_all_whatever_fails(tmp_path: Path, figures: Figures) -> None:
    faults = [(call, error, number) for call in MAKING for error in ("EIO", "ENOSPC") for number in range(1, 5)]
    shares = shared_out(partial(all_made, tmp_path), [(name, *fault) for fault in faults for name in NEW])
    ended = sum(shares, Counter[int]())
    figures("injected faults of commands that make a file", faults=ended.total(), **ends(ended))
    assert ended[1] + ended[5] > 0


def all_made(folder: Path, faults: Sequence[tuple[str, str, str, int]]) -> Counter[int]:
    store = own_place(folder) / "store.db"
    return Counter(made(store, *fault) for fault in faults)


def limited(store: Path, limit: int) -> int:
    """Log while no file may grow past a size; the exit code."""
    before = fresh(store)
    done = log(store, limit=limit)
    assert done.returncode in CLEAN
    assert "Traceback" not in done.stderr
    assert count(store) == before + (done.returncode == 0)
    sound(store)
    return done.returncode


def test_a_file_that_may_not_grow_is_refused(store: Path) -> None:
    assert [limited(store, size) for size in (0, 20_000, 10_000_000)] == [5, 5, 0]


@pytest.mark.soak
def test_files_of_many_sizes_that_may_not_grow_are_refused(store: Path, figures: Figures) -> None:
    step = lay(store).stat().st_size // 36
    ended = Counter(limited(store, size * step) for size in range(42))
    figures("files that may not grow", sizes=ended.total(), **ends(ended))
    assert ended[5] > ended[0] > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A place to mount a small disk on."""
    folder = tmp_path / "disk"
    folder.mkdir()
    yield folder
    subprocess.run(["umount", str(folder)], check=False, capture_output=True)


@pytest.mark.soak
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_refused_and_when_there_is_room_again_all_is_well(small_disk: Path, figures: Figures) -> None:
    ended: Counter[int] = Counter()
    needed = lay(small_disk.parent / "store.db").stat().st_size >> 10
    for spare in range(0, 100, 4):
        ended[filled(small_disk, needed + spare)] += 1
    figures("full disks", disks=ended.total(), **ends(ended))
    assert ended[5] > 0


def filled(disk: Path, size: int) -> int:
    """Log on a disk of so many kB until nothing more goes in; the last exit code."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(disk)], check=True)
    try:
        store = lay(disk / "store.db")
        before, told, ended = count(store), 0, 0
        while not ended and told < 5:
            ended = log(store).returncode
            told += ended == 0
        assert ended in CLEAN
        assert count(store) == before + told
        subprocess.run(["mount", "-o", "remount,size=10m", str(disk)], check=True)
        sound(store)
        assert log(store).returncode == 0
        assert count(store) == before + told + 1
        return ended
    finally:
        subprocess.run(["umount", str(disk)], check=True)
