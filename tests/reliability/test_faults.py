"""Disks that fail or are full: a clean refusal, nothing by half, and all is well again once the disk is."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.county import lay

from fugong import db
from fugong.keeping import check

ROOT = Path(__file__).parents[2]
STRACE = pytest.mark.skipif(not shutil.which("strace"), reason="faults are injected by strace, which is not here")

LOG = """
import os, resource, sys
from fugong.__main__ import main
if len(sys.argv) > 1 and sys.argv[1].isdigit():
    limit = int(sys.argv.pop(1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.argv[1:] = ["log", "甲厂", "新问题"]
main()
"""

SHORT = [("pwrite64", "ENOSPC", 1), ("pwrite64", "EIO", 9), ("fdatasync", "EIO", 1), ("unlink", "EIO", 1)]
LONG = [
    *(("pwrite64", error, number) for error in ("ENOSPC", "EIO") for number in range(1, 25)),
    *(("fdatasync", "EIO", number) for number in range(1, 15)),
    *(("unlink", error, number) for error in ("EIO", "EACCES") for number in range(1, 5)),
    *(("ftruncate", "EIO", number) for number in range(1, 4)),
    *(("fcntl", "ENOLCK", number) for number in range(1, 13)),
]
CLEAN = {0, 4, 5}


def log(store: Path, *before: str, words: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """``fugong log`` in a process of its own, behind ``before``."""
    argv = [*before, sys.executable, "-c", LOG, *words]
    environment = {**os.environ, "FUGONG_STORE": str(store), "FUGONG_LANG": "en"}
    return subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)


def count(store: Path) -> int:
    with closing(sqlite3.connect(store)) as connection:
        return int(connection.execute("SELECT count(*) FROM problem").fetchone()[0])


def sound(store: Path) -> None:
    with db.examining(str(store)) as session:
        assert list(check.findings(session)) == []


def withstood(store: Path, call: str, error: str, number: int, *, for_ever: bool) -> int:
    """Let the Nth call fail, once or from then on; the exit code."""
    lay(store)
    store.with_name("store.db-journal").unlink(missing_ok=True)
    before = count(store)
    when = f"{number}+" if for_ever else f"{number}"
    only = ["-P", str(store)] if call == "fcntl" else []
    inject = ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}"]
    done = log(store, "strace", "-f", "-qq", "-o", "/dev/null", *inject, *only)
    assert done.returncode in CLEAN, (call, error, when, done.stderr)
    assert "Traceback" not in done.stderr
    told = "新问题" in done.stdout
    assert told == (done.returncode == 0)
    assert count(store) == before + told, (call, error, when)
    sound(store)
    assert log(store).returncode == 0
    assert count(store) == before + told + 1
    return done.returncode


def all_faults(store: Path, faults: list[tuple[str, str, int]]) -> Counter[int]:
    return Counter(withstood(store, *fault, for_ever=lasting) for fault in faults for lasting in (False, True))


@STRACE
def test_a_failing_disk_is_refused_and_nothing_is_half_written(store: Path) -> None:
    ended = all_faults(store, SHORT)
    assert ended[5] > 0


@STRACE
@pytest.mark.soak
def test_every_call_that_fails_is_refused_and_nothing_is_half_written(store: Path) -> None:
    ended = all_faults(store, LONG)
    print(dict(ended))  # noqa: T201
    assert sum(ended.values()) >= 170
    assert ended[5] > 0


def limited(store: Path, limit: int) -> int:
    """Log while no file may grow past a size; the exit code."""
    lay(store)
    store.with_name("store.db-journal").unlink(missing_ok=True)
    before = count(store)
    done = log(store, words=(str(limit),))
    assert done.returncode in CLEAN
    assert "Traceback" not in done.stderr
    assert count(store) == before + (done.returncode == 0)
    sound(store)
    return done.returncode


def test_a_file_that_may_not_grow_is_refused(store: Path) -> None:
    assert [limited(store, size) for size in (0, 20_000, 10_000_000)] == [5, 5, 0]


@pytest.mark.soak
def test_files_of_many_sizes_that_may_not_grow_are_refused(store: Path) -> None:
    ended = Counter(limited(store, size * 6144) for size in range(42))
    print(dict(ended))  # noqa: T201
    assert ended[5] > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A place to mount a small disk on."""
    folder = tmp_path / "disk"
    folder.mkdir()
    yield folder
    subprocess.run(["umount", str(folder)], check=False, capture_output=True)


@pytest.mark.soak
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_refused_and_when_there_is_room_again_all_is_well(small_disk: Path) -> None:
    ended: Counter[int] = Counter()
    for spare in range(0, 100, 4):
        ended[filled(small_disk, 400 + spare)] += 1
    print(dict(ended))  # noqa: T201
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
