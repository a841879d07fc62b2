"""Whatever is entered later: what was read as of a day, as it was known at a moment, is read again byte for byte."""

import difflib
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import Run
from tests.drawing import many
from tests.queries.lives import BEHIND, COPIED, DONE, MET, REDO, UNDO, a_county, acts, at, enter
from tests.walk import REPORTS, commands

CUT = {path for path, command in commands() if any("--known-at" in option.opts for option in command.params)}
"""What can be read as it was known."""

ASKED = [
    *(argv for argv in REPORTS if {tuple(argv[:1]), tuple(argv[:2])} & CUT and not {"--sample", "--as-of"} & set(argv)),
    ["list"],
    *(["list", "--light", light] for light in ("red", "yellow", "green", "grey")),
    ["notice", "list"],
    ["reconcile", "--all"],
    ["progress", "--credit", "current"],
    ["inspection", "list"],
    ["calendar", "show", "2020-03"],
    ["figure", "list", "--published"],
    ["show", "2-1", "1-1"],
    ["campaign", "show"],
    ["term", "list", "--all"],
    ["profile", "list"],
    ["notice", "show", "1-1", "2-1"],
    *(["weekly", *argv] for argv in ([], ["--to", "2020-03-14"], ["--from", "2020-03-12", "--to", "2020-03-13"])),
    ["today", "--on", "2020-03-13"],
]
"""Every report, listing and export that takes a cut-off."""

FORMATS = ("plain", "table", "csv", "json", "md")
KNOWN = ("weekly", "today")
"""What has days of its own, and takes no other."""
OF_FILES = {("report",): "html", ("export", "ledger"): "xlsx", ("weekly",): "xlsx", ("progress",): "xlsx"}
"""What is read as a file."""

ASKED_ELSEWHERE = {("report",)}
"""What is read as a file."""


Asked = tuple[list[list[str]], dict[tuple[str, ...], str]]
"""What is read on the screen, and what is read as a file."""

ALL: Asked = (ASKED, OF_FILES)
SOME = 6
"""Of how many reports one is read of histories by the thousand, drawn: reading all takes longer than the history."""


def _drawn(shuffled: list[tuple[list[str], str]]) -> Asked:
    few = shuffled[: len(shuffled) // SOME]
    return [argv for argv, ending in few if not ending], {tuple(argv): ending for argv, ending in few if ending}


some = st.permutations(
    [*((argv, "") for argv in ASKED), *((list(words), ending) for words, ending in OF_FILES.items())]
).map(_drawn)


def read(
    fugong: Run, store: Path, cut: list[str], fmt: str, now: str, what: Asked = ALL
) -> dict[str, tuple[int, object, str]]:
    """What every report says at a cut-off."""
    said: dict[str, tuple[int, object, str]] = {}
    asked, of_files = what
    for argv in asked:
        where = cut[2:] if argv[0] in KNOWN else cut
        result = fugong("--store", str(store), *argv, *where, "--format", fmt, FUGONG_TODAY=now)
        assert result.exit_code in (0, 6), (argv, cut, result.output)
        said[" ".join(argv)] = (result.exit_code, result.stdout, result.stderr)
    for words, ending in of_files.items():
        file = store.with_name(f"read.{ending}")
        where = cut[2:] if words[0] in KNOWN else cut
        result = fugong("--store", str(store), *words, *where, "-o", str(file), "--force", FUGONG_TODAY=now)
        assert result.exit_code in (0, 6), (words, cut, result.output)
        said[f"{' '.join(words)}, a file"] = (result.exit_code, file.read_bytes(), result.stderr)
    return said


def moved(first: tuple[object, ...], again: tuple[object, ...]) -> list[str]:
    """The lines that differ, for whoever reads of the failure."""
    was, became = (str(each).split("\\n") for each in (first, again))
    return [line for line in difflib.ndiff(was, became) if line[0] in "+-"]


def stays(fugong: Run, before: list[int], after: list[int], back: int, fmt: str, what: Asked = ALL) -> None:
    """Enter some, read all as of a day, enter more, and read the same again."""
    with a_county() as store:
        done = enter(fugong, store, before, 0)
        now = datetime.fromisoformat(at(done))
        known = f"{now:%Y-%m-%d %H:%M}"
        if BEHIND in after:  # a clock that goes back spoils a moment that was still to come, and no seal
            known = fugong("--store", str(store), "store", "info", "--format", "json", FUGONG_TODAY=at(done)).stdout
            known = json.loads(known)["seal"]
        cut = ["--as-of", (now - timedelta(days=back)).date().isoformat(), "--known-at", known]
        first = read(fugong, store, cut, fmt, at(done), what)
        later = enter(fugong, store, after, done + 1)
        again = read(fugong, store, cut, fmt, at(later), what)
        told = [f"{argv}: {moved(said, again[argv])}" for argv, said in first.items() if again[argv] != said]
        assert not told, (cut, *told)


lives = {"before": acts, "after": acts, "back": st.integers(0, 5), "fmt": st.sampled_from(FORMATS)}
quietly = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


OF_NOW = {
    ("verify",): "it draws whom to visit next",
    ("import",): "it says what a file would do now",
    ("merge",): "it says what came",
    ("calendar", "recheck"): "it says which deadlines would move now",
    ("store", "info"): "it is about the file; a seal says what was known under it",
    ("store", "check"): "it proves the whole history, and takes --since",
    ("conflict", "list"): "it is what somebody has yet to settle",
    ("conflict", "show"): "it is what somebody has yet to settle",
    ("settings", "list"): "it is what this machine and this store are set to",
}
"""What shows something and takes no cut-off, and why (docs/reliability.md has the same)."""


def test_whatever_shows_something_takes_a_cut_off_or_says_why_not() -> None:
    shown = {path for path, command in commands() if any("--format" in option.opts for option in command.params)}
    assert shown - CUT == OF_NOW.keys()
    page = (Path(__file__).parents[2] / "docs" / "reliability.md").read_text(encoding="utf-8")
    assert [path for path in OF_NOW if f"`{' '.join(path)}`" not in page] == []


def test_everything_that_can_be_read_as_it_was_known_is_read() -> None:
    asked = {tuple(argv[:words]) for argv in ASKED for words in (1, 2)}
    assert CUT - asked == ASKED_ELSEWHERE
    assert OF_FILES.keys() - CUT == set()


@settings(deadline=None, max_examples=many(10), suppress_health_check=quietly)
@given(**lives)
def test_what_was_read_is_read_again_whatever_is_entered_later(
    fugong: Run, before: list[int], after: list[int], back: int, fmt: str
) -> None:
    stays(fugong, before, after, back, fmt)


@pytest.mark.soak
@settings(deadline=None, max_examples=2000, suppress_health_check=quietly)
@given(what=some, **lives)
def test_what_was_read_is_read_again_two_thousand_times(
    fugong: Run, before: list[int], after: list[int], back: int, fmt: str, what: Asked
) -> None:
    stays(fugong, before, after, back, fmt, what)


def test_after_one_of_everything_all_that_was_read_is_read_again(fugong: Run) -> None:
    """Every verb once, here and in the copy, some of it taken back, some by clocks that are behind."""
    everything = range(len(DONE))
    before = [4, 8, BEHIND, 12, 13, 20, UNDO, BEHIND, COPIED + 4, COPIED + 12, MET]
    after = [
        *everything[:30],
        BEHIND,
        *everything[30:],
        UNDO,
        UNDO,
        UNDO,
        REDO,
        *(COPIED + each for each in everything),
        MET,
    ]
    stays(fugong, before, after, 1, "json")
