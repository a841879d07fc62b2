"""What was known when: what a merge brings was not known before it, whatever its clock says; seals and publications."""

import json
from pathlib import Path

import pytest
from tests.county import lay
from tests.keeping.copies import Copies


@pytest.fixture
def copies(store: Path, tmp_path: Path) -> Copies:
    """A home that was told of a copy on the 14th."""
    made = Copies(lay(store), tmp_path)
    made.clone("b")
    return made


def found(copies: Copies, name: str, known_at: str, day: str = "2020-03-17") -> int:
    argv = ("progress", "--as-of", "2020-03-15", "--known-at", known_at, "--format", "json")
    return int(json.loads(copies(name, *argv, day=day).stdout)["total"]["found"])


def test_what_a_merge_brings_was_not_known_before_it(copies: Copies) -> None:
    copies("b", "log", "甲厂", "那边登记的", day="2020-03-15T09:00")
    copies("home", "log", "甲厂", "这边登记的", day="2020-03-15T10:00")
    before = found(copies, "home", "2020-03-15-10:30", day="2020-03-15T11:00")
    copies("home", "merge", copies.bundle("b", "--all", day="2020-03-16"), day="2020-03-16")
    assert found(copies, "home", "2020-03-15-10:30") == before == 6
    assert found(copies, "home", "2020-03-16") == 7


def test_a_publication_of_a_copy_is_of_what_the_copy_knew(copies: Copies) -> None:
    copies("home", "log", "甲厂", "那边不知道的", day="2020-03-15T09:00")
    copies("b", "log", "甲厂", "那边登记的", day="2020-03-15T10:00")
    copies("b", "publish", "--name", "那边的", day="2020-03-15T11:00")
    told = found(copies, "b", "那边的")
    copies("home", "merge", copies.bundle("b", "--all", day="2020-03-16"), day="2020-03-16")
    assert found(copies, "home", "那边的") == told == 6
    rows = json.loads(copies("home", "reconcile", "那边的", "--format", "json", day="2020-03-17").stdout)["items"]
    assert [(row["stated"], row["ledger"], row["problems"]) for row in rows if (row["measure"], row["scope"]) == (
        "found", None)] == [(6, 7, ["1-4"])]  # fmt: skip


def test_a_seal_says_what_was_known_when_it_was_printed(copies: Copies) -> None:
    copies("home", "log", "甲厂", "封签以前的", day="2020-03-15T09:00")
    seal = json.loads(copies("home", "store", "info", "--format", "json", day="2020-03-15T09:30").stdout)["seal"]
    copies("home", "log", "甲厂", "封签以后的", day="2020-03-15T10:00")
    assert found(copies, "home", seal.upper()) == 6
    copies("b", "merge", copies.bundle("home", "--all", day="2020-03-16"), day="2020-03-16")
    assert found(copies, "b", seal) == 6
    refused = copies("home", "progress", "--known-at", "f" * 32, ok=False)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "封签" in refused.stderr


def test_the_letters_that_came_with_a_merge_were_not_behind_a_number_before(copies: Copies, tmp_path: Path) -> None:
    copies.copied_by_hand("stick", of="b")
    for hour, name in (("09", "b"), ("10", "stick")):
        copies(name, "log", "甲厂", f"{name} 登记的", day=f"2020-03-15T{hour}:00")
        copies(name, "outreach", "add", "标语", f"{name} 的", "--team", "1", day=f"2020-03-15T{hour}:10")
    copies("home", "merge", str(tmp_path / "b.db"), day="2020-03-15T10:30")
    asked = (
        ["list"], ["show", "1-B1"], ["export", "ledger"], ["activity", "list"], ["activity", "show", "1-wB1"],
        ["find", "登记"], ["today"],
    )  # fmt: skip

    def read(day: str) -> list[str]:
        return [copies("home", *argv, "--known-at", "2020-03-15-11:00", day=day).output for argv in asked]

    before = read("2020-03-15T11:30")
    assert "\n1-B1\t" in before[0]
    copies("home", "merge", str(tmp_path / "stick.db"), day="2020-03-16")
    assert "\n1-B1\t" not in copies("home", "list", day="2020-03-16").stdout
    assert read("2020-03-17") == before
    assert copies("home", "show", "1-B1", ok=False, day="2020-03-17").exit_code == 1


def test_of_a_name_that_was_published_twice_whole_names_are_asked_for_and_both_are_reconciled(
    copies: Copies,
) -> None:
    copies("home", "log", "甲厂", "这边登记的", day="2020-03-15T09:00")
    copies("home", "publish", "--name", "日报", day="2020-03-15T10:00")
    for text in ("那边登记的", "那边又登记的"):
        copies("b", "log", "甲厂", text, day="2020-03-15T09:30")
    copies("b", "publish", "--name", "日报", day="2020-03-15T11:00")
    copies("home", "merge", copies.bundle("b", "--all", day="2020-03-16"), day="2020-03-16")
    names = [name for (name,) in copies.rows("home", "SELECT name FROM publication ORDER BY recorded_at")]
    refused = copies("home", "progress", "--known-at", "日报", day="2020-03-17", ok=False)
    assert (refused.exit_code, refused.stdout, all(name in refused.stderr for name in names)) == (1, "", True)
    assert [found(copies, "home", name) for name in names] == [6, 7]
    both = copies("home", "reconcile", "日报", "--format", "json", day="2020-03-17")
    rows = [row for row in json.loads(both.stdout)["items"] if (row["measure"], row["scope"]) == ("found", None)]
    assert (both.exit_code, {row["source"]: (row["stated"], row["ledger"]) for row in rows}) == (
        6, {names[0]: (6, 8), names[1]: (7, 8)},
    )  # fmt: skip


def test_before_the_first_command_nothing_was_known(copies: Copies) -> None:
    """A report of then is empty, and none is refused; what has not come is."""
    for argv in (
        ("progress",), ("list", "--status", "all"), ("summary",), ("export", "ledger"), ("team", "list"), ("weekly",),
        ("today",), ("chase",), ("reconcile",), ("figure", "list", "--published"), ("calendar", "show", "2020-03"),
    ):  # fmt: skip
        for known_at in ("2019-01-01", "2020-03-12 00:00"):
            shown = copies("home", *argv, "--known-at", known_at, "--format", "json")
            assert (shown.exit_code, json.loads(shown.stdout).get("total", {}).get("found", 0)) == (0, 0), argv
    assert copies("home", "progress", "--known-at", "2020-03-18", ok=False).exit_code == 1


def test_what_was_merged_late_was_known_late_though_it_was_entered_early(copies: Copies) -> None:
    """By a moment, by the end of a day and by a seal alike, and as of the day that it is dated, too."""
    copies("b", "log", "甲厂", "那边登记的", "--on", "2020-03-14", day="2020-03-15T09:00")
    seal = json.loads(copies("home", "store", "info", "--format", "json").stdout)["seal"]
    copies("home", "merge", copies.bundle("b", "--all", day="2020-03-20"), day="2020-03-20T08:00")
    cuts = ("2020-03-15", "2020-03-19", "2020-03-20 07:59", seal, "2020-03-20 08:00", "2020-03-20")
    assert [found(copies, "home", cut, day="2020-03-21") for cut in cuts] == [5, 5, 5, 5, 6, 6]
    assert found(copies, "b", "2020-03-15", day="2020-03-21") == 6
