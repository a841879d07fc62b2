"""Whatever is entered later: what was read as of a day, as it was known at a moment, is read again byte for byte."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import Run
from tests.county import lay
from tests.walk import PORTABLE, REPORTS, commands

BEGIN = datetime.fromisoformat("2020-03-13T09:00")
"""When the first act is entered; each later one comes some hours after the one before it."""

CUT = {path for path, command in commands() if any("--as-of" in option.opts for option in command.params)}
"""What can be read as of a day; the other lists (find, today) say what the ledger holds now."""

ASKED = [
    *(argv for argv in REPORTS if {tuple(argv[:1]), tuple(argv[:2])} & CUT and not {"--sample", "--as-of"} & set(argv)),
    ["notice", "list"],
    ["reconcile", "--all"],
    ["progress", "--credit", "current"],
    ["inspection", "list"],
    ["calendar", "show", "2020-03"],
]
"""Every report, listing and export that takes a cut-off."""

FORMATS = ("plain", "table", "csv", "json", "md")

UNTOLD = ("import", "load", "store", "report", "redact")
"""What is done with files, has its own tests; settings are told by no event yet; what is redacted shall be gone."""

DONE = [argv for argv in PORTABLE if argv[0] not in UNTOLD]
REVIEWED = [
    ["store", "set", "review", "on"],
    ["close", "2-1,1-3", "已解决"],
    ["approve", "1-3"],
    ["reject", "2-1", "没有照片"],
]
RAISED = [
    ["escalate", "2-1", "--to", "市", "要跨县协调"],
    ["campaign", "edit", "--event", "3月6日=召开动员会"],
    ["term", "edit", "问题类别", "finance", "--name", "资金"],
    ["term", "retire", "问题类别", "hygiene", "--why", "并入别的类别"],
    ["enterprise", "join", "乙建材", "--into", "甲厂"],
]
DONE += [*REVIEWED, *RAISED]
"""One of everything that can be entered."""

acts = st.lists(st.one_of(st.sampled_from(range(len(DONE))), st.just(-1)), min_size=3, max_size=14)


@contextmanager
def a_county() -> Iterator[Path]:
    """A store of its own that holds the county."""
    folder = Path(tempfile.mkdtemp())
    try:
        yield lay(folder / "store.db")
    finally:
        shutil.rmtree(folder)


def enter(fugong: Run, store: Path, drawn: list[int], since: int) -> int:
    """Enter what was drawn, as far as the ledger takes it; -1 takes back the last. How much was entered so far."""
    for number in drawn:
        argv = ["undo"] if number < 0 else DONE[number]
        who = "审核员" if argv[0] in ("approve", "reject") else "tester"
        result = fugong("--store", str(store), *argv, FUGONG_TODAY=at(since), FUGONG_ACTOR=who)
        assert result.exit_code in (0, 1, 6), (argv, result.output)
        since += 1
    return since


def at(place: int) -> str:
    return (BEGIN + timedelta(hours=5 * place)).isoformat(timespec="minutes")


def read(fugong: Run, store: Path, cut: list[str], fmt: str, now: str) -> dict[str, tuple[int, str, str]]:
    """What every report says at a cut-off."""
    said = {}
    for argv in ASKED:
        result = fugong("--store", str(store), *argv, *cut, "--format", fmt, FUGONG_TODAY=now)
        assert result.exit_code in (0, 6), (argv, cut, result.output)
        said[" ".join(argv)] = (result.exit_code, result.stdout, result.stderr)
    return said


def stays(fugong: Run, before: list[int], after: list[int], back: int, fmt: str) -> None:
    """Enter some, read all as of a day, enter more, and read the same again."""
    with a_county() as store:
        done = enter(fugong, store, before, 0)
        now = datetime.fromisoformat(at(done))
        cut = ["--as-of", (now - timedelta(days=back)).date().isoformat(), "--known-at", f"{now:%Y-%m-%d %H:%M}"]
        first = read(fugong, store, cut, fmt, at(done))
        later = enter(fugong, store, after, done + 1)
        again = read(fugong, store, cut, fmt, at(later))
        for argv, said in first.items():
            assert again[argv] == said, argv


drawn = given(before=acts, after=acts, back=st.integers(0, 5), fmt=st.sampled_from(FORMATS))
quietly = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(deadline=None, max_examples=10, suppress_health_check=quietly)
@drawn
def test_what_was_read_is_read_again_whatever_is_entered_later(
    fugong: Run, before: list[int], after: list[int], back: int, fmt: str
) -> None:
    stays(fugong, before, after, back, fmt)


@pytest.mark.soak
@settings(deadline=None, max_examples=2000, suppress_health_check=quietly)
@drawn
def test_what_was_read_is_read_again_two_thousand_times(
    fugong: Run, before: list[int], after: list[int], back: int, fmt: str
) -> None:
    stays(fugong, before, after, back, fmt)


@pytest.mark.parametrize("fmt", ["plain", "json"])
def test_after_one_of_everything_all_that_was_read_is_read_again(fugong: Run, fmt: str) -> None:
    """Every verb once, before and after, some of it taken back."""
    everything = list(range(len(DONE)))
    stays(fugong, [4, 8, 12, 13, 20, -1], [*everything, -1, -1, -1], 1, fmt)
