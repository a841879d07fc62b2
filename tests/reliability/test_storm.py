"""Many programs at once: no error, nothing lost, no number twice, and every backup taken meanwhile is good."""

import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from tests.county import lay
from tests.reliability.conftest import Figures

from fugong import db
from fugong.keeping import backup, check

ROOT = Path(__file__).parents[2]


def storm(act: str, processes: int, times: int, store: Path) -> list[str]:
    argv = [sys.executable, "-m", "tests.reliability.storm", act, str(processes), str(times), str(store)]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


def sound(store: Path) -> None:
    with db.examining(str(store)) as session:
        assert list(check.findings(session)) == []


def idents(store: Path) -> set[str]:
    with db.reading(str(store)) as reader:
        return {ident for (ident,) in reader.rows("SELECT id FROM v_problem")}


def log_at_once(store: Path, processes: int, times: int) -> dict[str, int]:
    """Let programs log; what they told."""
    before = idents(lay(store))
    told = storm("log", processes, times, store)
    assert len(told) == len(set(told)) == processes * times
    assert idents(store) == before | set(told)
    sound(store)
    return {"logs": processes * times, "there": len(idents(store) - before), "told twice": len(told) - len(set(told))}


def test_programs_that_log_at_once_lose_nothing(store: Path) -> None:
    log_at_once(store, 10, 5)


@pytest.mark.soak
def test_fifty_programs_that_log_twenty_times_lose_nothing(store: Path, engine: str, figures: Figures) -> None:
    figures(f"50 × 20 logs, {engine}", **log_at_once(store, 50, 20))


def turn_at_once(store: Path, processes: int, times: int) -> int:
    """Close and reopen one problem; how many of the acts changed it."""
    said = Counter(storm("turn", processes, times, lay(store)))
    with db.reading(str(store)) as reader:
        sql = (
            "SELECT act FROM v_event WHERE act IN ('close', 'reopen') AND subject = "
            "(SELECT uid FROM v_problem WHERE id = '1-1') ORDER BY event_id"
        )
        acts = [act for (act,) in reader.rows(sql)]
    assert all(one != other for one, other in pairwise(acts))
    assert Counter(acts) == {"close": said["close True"], "reopen": said["reopen True"]}
    sound(store)
    return len(acts)


def test_a_problem_closed_and_reopened_by_many_alternates(store: Path) -> None:
    assert turn_at_once(store, 4, 10) > 1


@pytest.mark.soak
def test_eight_programs_that_close_and_reopen_sixty_times_alternate(store: Path, engine: str, figures: Figures) -> None:
    figures(f"8 × 60 close/reopen, {engine}", acts=480, changed_it_in_turn=turn_at_once(store, 8, 60))


def copies_meanwhile(store: Path, times: int) -> int:
    """Back up while others log; how many backups hold fewer problems than the store in the end."""
    said = storm("copy", 3, times, lay(store))
    copies = sorted((store.parent / "backups").glob("*.db"))
    assert len(copies) == len([line for line in said if line.startswith("copy ")]) == times
    held = []
    for copy in copies:
        backup.verify(copy)
        sound(copy)
        held.append(len(idents(copy)))
    assert held == sorted(held)
    return sum(each < len(idents(store)) for each in held)


@pytest.mark.on_a_file
def test_backups_taken_during_writes_are_good(store: Path) -> None:
    assert copies_meanwhile(store, 6) > 0


@pytest.mark.on_a_file
@pytest.mark.soak
def test_sixty_backups_taken_during_writes_are_good(store: Path, figures: Figures) -> None:
    figures("backups during writes", good=60, taken_before_the_last_write=copies_meanwhile(store, 60))
