"""What the tests of stores share: hands that use one, and folders and files that resist."""

import os
import resource
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import command

from fugong import db
from fugong.domain import roster
from fugong.errors import Refusal
from fugong.store import sqlite_lock

NOBODY = 65534


def said(refused: pytest.ExceptionInfo[Refusal]) -> tuple[str, str]:
    return refused.value.sentence(chinese=True), refused.value.sentence(chinese=False)


def listing(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def read(store: Path) -> None:
    with db.reading(str(store)) as reader:
        assert reader.first("SELECT count(*) FROM event") is not None


def write(store: Path) -> None:
    with command(store) as writer:
        roster.add_team(writer, "9", name="第九组", county="某县")


def create(store: Path) -> None:
    with db.creating(str(store)):
        pass


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Whoever is at the keyboard lets everybody read and write new files."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def ordinary_folder(empty_store: Path) -> Iterator[Path]:
    """A folder with a store, while the test is an ordinary user: root could read and write everything."""
    root = os.geteuid() == 0
    folder = Path(tempfile.mkdtemp())
    (folder / "store.db").write_bytes(empty_store.read_bytes())
    if root:
        for path in (folder, folder / "store.db"):
            os.chown(path, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, 0)
    yield folder
    if root:
        os.setresuid(0, 0, 0)
    folder.chmod(0o700)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


@contextmanager
def small_files() -> Iterator[None]:
    """Files may grow no longer than 20 kB.

    Only inside the block: the test runner's own output may be a file, too.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for a lock takes no half minute."""
    monkeypatch.setattr(sqlite_lock, "BUSY_SECONDS", 0.05)


def seen(path: Path) -> tuple[Any, ...]:
    content = path.read_bytes() if path.is_file() else None
    return content, path.stat().st_mtime_ns, listing(path.parent)
