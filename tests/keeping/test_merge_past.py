"""A day that has passed is the same day in every copy that knows all, whatever came to it first."""

from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay
from tests.keeping.copies import Copies, same

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
