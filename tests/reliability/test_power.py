"""A power cut at any moment loses nothing that was told as done; under weaker settings this very test fails."""

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from tests.county import lay
from tests.reliability.conftest import Figures
from tests.reliability.power import Step, after_a_cut, record
from tests.reliability.sharing import shared_out

pytestmark = [
    pytest.mark.on_a_file,
    pytest.mark.skipif(not shutil.which("strace"), reason="writes are recorded by strace, which is not here"),
]

SQLITE_DEFAULT = ("journal_mode=DELETE", "synchronous=FULL", "foreign_keys=ON")
NO_SYNC = ("journal_mode=DELETE", "synchronous=OFF", "foreign_keys=ON")


def cuts(store: Path, count: int, *pragmas: str, commits: int = 12) -> Counter[str]:
    """What became of the store in so many power cuts."""
    image = lay(store).read_bytes()
    before = logged(store)
    steps = record(store, commits, *pragmas)
    assert logged(store) == before + commits
    shares = shared_out(partial(after_cuts, store, image, steps, before), range(count))
    return sum(shares, Counter(states=count))


def after_cuts(store: Path, image: bytes, steps: list[Step], before: int, seeds: Sequence[int]) -> Counter[str]:
    """In how many of these cuts the store is damaged, or has lost what was told."""
    seen = Counter[str]()
    for seed in seeds:
        files, told = after_a_cut(store.name, image, steps, random.Random(seed))
        here = logged_after(files, store.parent / f"cut-{seeds[0]}")
        seen["damaged"] += here is None
        seen["lost"] += here is not None and here < before + told
    return seen


def logged(store: Path) -> int:
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        problems, events = connection.execute(
            "SELECT (SELECT count(*) FROM problem), (SELECT count(*) FROM event WHERE act = 'log')"
        ).fetchone()
        assert problems == events
        return int(problems)


def logged_after(files: dict[str, bytes], folder: Path) -> int | None:
    """How many problems a store holds after a cut; None if it is damaged."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    try:
        return logged(folder / "store.db")
    except (sqlite3.DatabaseError, AssertionError):
        return None


def test_a_power_cut_loses_nothing_that_was_told(store: Path) -> None:
    assert cuts(store, 150) == {"states": 150}


def test_the_same_cuts_lose_what_was_told_under_sqlites_own_default(store: Path) -> None:
    assert cuts(store, 150, *SQLITE_DEFAULT)["lost"] > 0


@pytest.mark.soak
def test_three_thousand_power_cuts_lose_nothing(store: Path, figures: Figures) -> None:
    seen = cuts(store, 3000, commits=25)
    figures("power cuts, our settings", states=3000, lost=seen["lost"], damaged=seen["damaged"])
    assert seen == {"states": 3000}


@pytest.mark.soak
@pytest.mark.parametrize(
    ("name", "pragmas"), [("SQLite's default (`FULL`)", SQLITE_DEFAULT), ("`synchronous=OFF`", NO_SYNC)]
)
def test_three_thousand_power_cuts_under_weaker_settings_do_harm(
    store: Path, figures: Figures, name: str, pragmas: tuple[str, ...]
) -> None:
    seen = cuts(store, 3000, *pragmas, commits=25)
    figures(f"power cuts, {name}", states=3000, lost=seen["lost"], damaged=seen["damaged"])
    assert seen["lost"] + seen["damaged"] > 0
