"""A day that has passed is the same day in every copy that knows all, whatever came to it first."""

import json
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay
from tests.keeping.copies import Copies, same
from tests.pages import trend_of

CUT = ("--as-of", "2020-03-15")


@pytest.fixture
def copies(store: Path, tmp_path: Path, fugong: Run) -> Copies:
    """A home and two copies, which heard of each other the other way round, and went on."""
    del fugong
    lay(store)
    made = Copies(store, tmp_path)
    made.clone("b")
    made.clone("c")
    made("b", "edit", "1-1", "--text", "乙说的", day="2020-03-14")
    made("c", "edit", "1-1", "--text", "丙说的", day="2020-03-15")
    made("b", "enterprise", "stage", "甲厂", "full", day="2020-03-15")
    made("c", "enterprise", "stage", "甲厂", "preparing", day="2020-03-15")
    made("b", "close", "1-3", "乙办的", day="2020-03-15")
    made("c", "void", "1-3", "--why", "丙作废", day="2020-03-15")
    made.merge("home", "b")
    made.merge("home", "c")
    made.merge("b", "c")
    made.merge("c", "b")
    made("home", "edit", "1-1", "--text", "后来说的", day="2020-03-17")
    made("home", "conflict", "settle", "甲厂", "--take", "全面复工", day="2020-03-17", ok=False)
    made("home", "close", "1-3", "后来办的", day="2020-03-17")
    same(made)
    return made


@pytest.mark.parametrize(
    "argv",
    [("list", "--status", "all", "--json"), ("progress", "--json"), ("summary",), ("show", "1-1"), ("show", "1-3"),
     ("enterprise", "list", "--json")],
    ids=" ".join,
)  # fmt: skip
def test_a_day_of_the_past_is_the_same_wherever_all_is_known(copies: Copies, argv: tuple[str, ...]) -> None:
    then = [copies(name, *argv, *CUT, day="2020-03-18").stdout for name in copies.places]
    assert then[0] != copies("home", *argv, day="2020-03-18").stdout
    assert then == then[:1] * 3


def test_what_was_typed_last_stands_on_a_day_of_the_past_too(copies: Copies) -> None:
    for name in copies.places:
        assert "丙说的" in copies(name, "list", "--status", "all", *CUT, day="2020-03-18").stdout


def test_what_two_copies_closed_on_one_day_is_closed_once(store: Path, tmp_path: Path, fugong: Run) -> None:
    del fugong
    lay(store)
    made = Copies(store, tmp_path)
    made.clone("b")
    for name in ("home", "b"):
        made(name, "close", "1-1", f"{name} 办的", day="2020-03-15")
    made.merge("home", "b")
    said = json.loads(made("home", "summary", "--json", day="2020-03-15").stdout)
    assert (said["change"], said["closed"]) == ({"found": 0, "solved": 1, "in_hand": -1}, ["1-1"])
    assert [(each["team"], each["solved"]) for each in said["teams"]] == [("1", 1)]
    made.changed("home", "2020-03-15", day="2020-03-15")
    made.changed("home", "2020-03-15", "--as-of", "2020-03-15", day="2020-03-16")


@pytest.mark.parametrize("day", ["2020-03-14", "2020-03-15", "2020-03-16", "2020-03-17", "2020-03-18"])
def test_a_day_changed_what_two_days_are_apart(copies: Copies, day: str) -> None:
    """Whatever copies did not agree on, and whether somebody has said since who was right."""
    for name in copies.places:
        copies.changed(name, day, "--as-of", day, day="2020-03-18")


def test_what_one_copy_closed_and_another_voided_changes_a_day_as_the_totals_say(
    store: Path, tmp_path: Path, fugong: Run
) -> None:
    """As long as nobody has settled it, it is in hand; on the page as well."""
    del fugong
    lay(store)
    made = Copies(store, tmp_path)
    made.clone("b")
    made("home", "close", "1-1", "办好了", day="2020-03-15")
    made("b", "void", "1-1", "--why", "误登", day="2020-03-16")
    made.merge("home", "b")
    made("home", "note", "1-1", "等裁定", day="2020-03-18")
    for day in ("2020-03-15", "2020-03-16", "2020-03-17", "2020-03-18"):
        made.changed("home", day, "--as-of", day, day="2020-03-18")
    page = tmp_path / "page.html"
    made("home", "report", "-o", str(page), day="2020-03-18")
    rows = trend_of(page.read_text(encoding="utf-8"))
    assert len(rows) > 4
    for day, *counts in rows:
        total = json.loads(made("home", "progress", "--as-of", day, "--json", day="2020-03-18").stdout)["total"]
        assert counts == [str(total[key]) for key in ("found", "solved", "in_hand")], day


def test_what_is_dated_about_a_day_counts_on_none_after_a_merge_either(
    store: Path, tmp_path: Path, fugong: Run
) -> None:
    """1-2 was found about the 12th, and closed on it."""
    del fugong
    lay(store)
    made = Copies(store, tmp_path)
    cut = ("summary", "--as-of", "2020-03-12", "--json")
    before = json.loads(made("home", *cut, day="2020-03-15").stdout)
    made.clone("b")
    for name in ("home", "b"):
        made(name, "edit", "1-2", "--person", name, day="2020-03-15")
    made.merge("home", "b")
    assert json.loads(made("home", *cut, day="2020-03-15").stdout) == before
    assert (before["change"], before["closed"]) == ({"found": 0, "solved": 1, "in_hand": -1}, ["1-2"])
