"""A record that was taken back here before another copy's acts come that name it is back, so that they can be."""

from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay
from tests.keeping.copies import Copies, same, settled


@pytest.fixture
def copies(store: Path, tmp_path: Path, fugong: Run) -> Copies:
    """A home with a problem more, and a copy of it."""
    del fugong
    lay(store)
    made = Copies(store, tmp_path)
    made("home", "log", "甲厂", "缺扳手")
    made.clone("b")
    return made


NAMED: dict[str, list[tuple[str, ...]]] = {
    "a team that figures name": [("team", "add", "7", "新组"), ("publish", "--name", "晨报")],
    "a team that a firm is under": [
        ("team", "add", "7", "新组"),
        ("enterprise", "assign", "甲厂", "--team", "7", "--from", "2020-03-14"),
    ],
    "a firm that a problem is of": [("enterprise", "add", "丁厂", "--team", "1"), ("log", "丁厂", "缺门卫")],
    "a department that has it": [("department", "add", "水利局"), ("assign", "1-4", "水利局")],
    "an entry of a list": [
        ("term", "add", "问题类别", "用水", "--code", "water"),
        ("edit", "1-4", "--category", "water"),
    ],
    "an entry of a list that nothing was found about": [
        ("term", "add", "问题类别", "用水", "--group", "check", "--code", "water"),
        ("inspection", "add", "甲厂", "--pass", "water"),
    ],
    "a team that adopted a practice": [
        ("team", "add", "7", "新组"),
        ("practice", "add", "好做法"),
        ("practice", "adopt", "好做法", "--team", "7"),
    ],
    "a firm that a problem was of": [
        ("enterprise", "add", "丁厂", "--team", "1"),
        ("log", "丁厂", "缺门卫"),
        ("edit", "1-B1", "--enterprise", "甲厂"),
    ],
    "a kind of work": [
        ("term", "add", "publicity", "广播", "--code", "radio"),
        ("outreach", "add", "甲厂", "radio", "播通知"),
    ],
    "a milestone": [
        ("term", "add", "milestone", "验收", "--code", "accepted"),
        ("milestone", "add", "甲厂", "accepted"),
    ],
    "a firm of a problem that is void": [
        ("enterprise", "add", "丁厂", "--team", "1"),
        ("log", "丁厂", "缺门卫"),
        ("void", "1-B1", "--why", "误登"),
    ],
    "a problem that another repeats": [
        ("log", "甲厂", "缺门卫"),
        ("void", "1-4", "--duplicate-of", "1-5", "--why", "重复"),
    ],
    "a problem that help was for": [
        ("log", "甲厂", "缺门卫"),
        ("support", "add", "甲厂", "物资", "送衣服", "--problem", "1-5"),
    ],
}


@pytest.mark.words
@pytest.mark.parametrize("whole", [False, True], ids=["what is new", "all"])
@pytest.mark.parametrize("scene", NAMED)
def test_what_was_taken_back_is_back_once_something_comes_that_names_it(
    copies: Copies, scene: str, whole: bool
) -> None:
    added, naming = NAMED[scene][0], NAMED[scene][1:]
    copies("home", *added)
    copies.merge("b", "home")
    copies("home", "undo")
    for act in naming:
        copies("b", *act, day="2020-03-15")
    copies("home", "merge", copies.bundle("b", *(("--all",) if whole else ())))
    assert copies.whole("home") == []
    same(copies)


def test_a_firm_and_its_team_are_back_with_a_problem_of_the_firm(copies: Copies) -> None:
    copies("home", "team", "add", "7", "新组")
    copies("home", "enterprise", "add", "丁厂", "--team", "7")
    copies.merge("b", "home")
    copies("home", "undo")
    copies("home", "undo")
    copies("b", "log", "丁厂", "缺门卫")
    copies("home", "merge", copies.bundle("b"))
    assert copies.whole("home") == []
    same(copies)
    assert copies.conflicts("home") == ["undone", "undone"]


AFTER: dict[str, tuple[str, ...]] = {
    "what named it names another": ("edit", "1-B1", "--enterprise", "甲厂"),
    "it is edited": ("enterprise", "edit", "丁厂", "--township", "丁镇"),
    "its name is changed": ("enterprise", "edit", "丁厂", "--name", "丁铸造"),
}


@pytest.mark.words
@pytest.mark.parametrize("scene", AFTER)
def test_what_is_back_stays_whatever_is_done_next_until_somebody_settles_it(copies: Copies, scene: str) -> None:
    copies("home", "enterprise", "add", "丁厂", "--team", "1")
    copies.merge("b", "home")
    copies("home", "undo")
    copies("b", "log", "丁厂", "缺门卫")
    copies("home", "merge", copies.bundle("b"))
    copies("home", *AFTER[scene])
    assert copies.whole("home") == []
    copies.clone("c")
    settled(copies, "undone")


def test_a_copy_that_lets_go_of_it_again_leaves_it_to_be_settled(copies: Copies) -> None:
    copies.clone("c")
    copies("home", "team", "add", "7", "新组")
    copies.merge("b", "home")
    copies("home", "undo")
    copies("b", "enterprise", "assign", "甲厂", "--team", "7", "--from", "2020-03-14")
    copies("home", "merge", copies.bundle("b"))
    copies("b", "undo")
    copies("home", "merge", copies.bundle("b"))
    copies("c", "merge", copies.bundle("home", "--all"))
    assert copies.ledger("home") == copies.ledger("c")
    settled(copies, "undone")


def test_a_firm_that_was_taken_back_here_and_edited_there_can_be_settled(copies: Copies) -> None:
    copies("home", "enterprise", "add", "丁厂", "--team", "1")
    copies.merge("b", "home")
    copies("home", "undo")
    copies("b", "enterprise", "edit", "丁厂", "--township", "丁镇")
    settled(copies, "undone")
