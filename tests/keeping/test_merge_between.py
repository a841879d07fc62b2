"""What copies did to records that belong together: duplicates of what went elsewhere, problems of a firm that went."""

import json
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay
from tests.keeping.copies import Copies, same


@pytest.fixture
def copies(store: Path, tmp_path: Path, fugong: Run) -> Copies:
    """A home with two problems of one firm, and two copies of it."""
    del fugong
    lay(store)
    made = Copies(store, tmp_path)
    made("home", "log", "甲厂", "缺扳手")
    made("home", "log", "甲厂", "没有扳手")
    made.clone("b")
    made.clone("c")
    return made


def status(copies: Copies, *idents: str) -> list[str]:
    return [str(copies.problem("home", ident)["status"]) for ident in idents]


def take(copies: Copies, ident: str, says: str) -> str:
    """The letters of the side that begins like this."""
    shown = json.loads(copies("home", "conflict", "show", ident, "--json").stdout)["items"]
    return next(str(each["take"]) for each in shown if each["says"].startswith(says))


def test_a_duplicate_whose_original_was_voided_elsewhere_is_in_hand_and_in_conflict(copies: Copies) -> None:
    copies("b", "void", "1-5", "--why", "重复", "--duplicate-of", "1-4")
    copies("c", "void", "1-4", "--why", "登记错了")
    said = copies.merge("home", "b", "c")
    assert "1-5 作为重复作废了，原件却在另一处也作废了" in said.stderr
    assert (status(copies, "1-4", "1-5"), copies.conflicts("home")) == (["void", "doing"], ["duplicate"])
    same(copies)
    copies("home", "conflict", "settle", "1-5", "--take", "作废")
    same(copies)
    assert (status(copies, "1-4", "1-5"), copies.conflicts("b")) == (["void", "void"], [])
    assert copies.problem("b", "1-5")["duplicate_of"] == "1-4"


def test_the_original_taken_for_gone_leaves_the_duplicate_in_hand(copies: Copies) -> None:
    copies("b", "void", "1-5", "--why", "重复", "--duplicate-of", "1-4")
    copies("c", "void", "1-4", "--why", "登记错了", actor="丙")
    copies.merge("home", "b", "c")
    copies("home", "conflict", "settle", "1-5", "--take", "办理中")
    same(copies)
    assert (status(copies, "1-4", "1-5"), copies.conflicts("b")) == (["void", "doing"], [])


def test_with_its_original_back_a_duplicate_is_void_again(copies: Copies) -> None:
    copies("b", "void", "1-5", "--why", "重复", "--duplicate-of", "1-4")
    copies("c", "void", "1-4", "--why", "登记错了")
    copies.merge("home", "b", "c")
    copies("home", "reopen", "1-4", "--why", "没有错")
    same(copies)
    assert (status(copies, "1-4", "1-5"), copies.conflicts("home")) == (["doing", "void"], [])


def test_each_voided_as_the_duplicate_of_the_other_both_are_in_hand_until_one_is_settled(copies: Copies) -> None:
    copies("b", "void", "1-5", "--why", "重复", "--duplicate-of", "1-4")
    copies("c", "void", "1-4", "--why", "重复", "--duplicate-of", "1-5")
    same(copies)
    assert (status(copies, "1-4", "1-5"), copies.conflicts("home")) == (["doing", "doing"], ["duplicate"] * 2)
    copies("home", "conflict", "settle", "1-5", "--take", "作废")
    assert (status(copies, "1-4", "1-5"), copies.conflicts("home")) == (["doing", "void"], ["duplicate"])
    copies("home", "conflict", "settle", "1-4", "--take", "办理中")
    same(copies)
    assert (status(copies, "1-4", "1-5"), copies.conflicts("c")) == (["doing", "void"], [])


def test_a_duplicate_of_what_was_entered_after_it_keeps_its_place(copies: Copies) -> None:
    copies("b", "log", "甲厂", "缺钳子")
    copies("b", "log", "甲厂", "缺钳子一把")
    copies("b", "void", "1-B1", "--why", "重复", "--duplicate-of", "1-B2")
    same(copies)
    assert (copies.problem("home", "1-B1")["duplicate_of"], copies.conflicts("home")) == ("1-B2", [])


def test_who_voided_the_original_and_knew_of_its_duplicate_decided(copies: Copies) -> None:
    copies("b", "void", "1-5", "--why", "重复", "--duplicate-of", "1-4")
    copies.merge("c", "b")
    copies("c", "void", "1-4", "--why", "登记错了")
    same(copies)
    assert (status(copies, "1-4", "1-5"), copies.conflicts("home")) == (["void", "void"], [])


def test_a_problem_of_a_firm_that_was_retired_elsewhere_is_named(copies: Copies) -> None:
    copies("b", "enterprise", "retire", "丙铸造", "--why", "关停", "--on", "2020-03-12", ok=False)
    copies("b", "enterprise", "retire", "戊厂", "--why", "关停", "--on", "2020-03-12")
    copies("c", "log", "戊厂", "缺水", "--team", "2", "--on", "2020-03-13")
    said = copies.merge("home", "b", "c")
    assert "2-C1 登记时不知道，企业已在另一处停用" in said.stderr
    assert (status(copies, "2-C1"), copies.conflicts("home")) == (["open"], ["retired"])
    same(copies)
    refused = copies("home", "conflict", "settle", "2-C1", "--take", take(copies, "2-C1", "企业停用"), ok=False)
    assert (refused.exit_code, "enterprise restore 戊厂" in refused.stderr) == (1, True)
    copies("home", "conflict", "settle", "2-C1", "--take", take(copies, "2-C1", "登记"))
    same(copies)
    assert copies.conflicts("b") == []


@pytest.mark.parametrize("argv", [("enterprise", "restore", "戊厂"), ("void", "2-C1", "--why", "登记错了")])
def test_what_is_done_about_it_ends_the_conflict(copies: Copies, argv: tuple[str, ...]) -> None:
    copies("b", "enterprise", "retire", "戊厂", "--why", "关停")
    copies("c", "log", "戊厂", "缺水", "--team", "2")
    copies.merge("home", "b", "c")
    assert copies.conflicts("home") == ["retired"]
    copies("home", *argv)
    same(copies)
    assert copies.conflicts("home") == []


def moved(copies: Copies, ident: str, *names: str) -> None:
    """The number that a problem had before it was moved finds it in all of these."""
    for name in names:
        assert copies(name, "show", "1-3").stdout == copies(name, "show", ident).stdout
        assert copies(name, "show", "1-99", ok=False).exit_code == 1
        assert copies(name, "note", "1-3", "用旧号记一笔").stdout.startswith(ident)


def test_the_number_that_a_problem_had_finds_it_wherever_the_moving_came(copies: Copies) -> None:
    ident = copies("b", "edit", "1-3", "--team", "2").stdout.split()[0]
    same(copies)
    moved(copies, ident, *copies.places)


@pytest.mark.on_a_file
@pytest.mark.parametrize("how", ["met by hand", "restored", "imported", "cloned"])
def test_the_number_that_a_problem_had_finds_it_where_numbers_are_counted_anew(copies: Copies, how: str) -> None:
    copies("home", "edit", "1-3", "--team", "2")
    kept = str(copies.folder / "kept")
    if how == "met by hand":
        copies.copied_by_hand("d", of="home")
        copies("d", "log", "甲厂", "另一份里的")
        copies("home", "log", "甲厂", "这一份里的")
        copies("home", "merge", copies.places["d"])
    elif how == "restored":
        copies("home", "store", "backup", kept)
        copies("home", "store", "restore", kept, "--force")
    elif how == "imported":
        copies("home", "store", "export", kept)
        copies.places["d"] = str(copies.folder / "d.db")
        copies("d", "store", "import", kept)
    else:
        copies.clone("d")
    moved(copies, "2-3", "home", *({"d"} & copies.places.keys()))


def test_who_takes_back_a_closing_leaves_that_of_another(copies: Copies) -> None:
    copies("b", "close", "1-4", "给了一把", day="2020-03-15")
    copies("c", "close", "1-4", "借到一把", day="2020-03-16")
    copies.merge("c", "b")
    assert copies.problem("c", "1-4")["how"] == "给了一把；借到一把"
    assert copies("c", "undo", day="2020-03-17").exit_code == 0
    same(copies)
    stands = copies.problem("home", "1-4")
    assert (stands["status"], stands["how"], stands["closed_on"]) == ("closed", "给了一把", "2020-03-15")
    assert copies.conflicts("home") == []
    copies("c", "redo", day="2020-03-18")
    same(copies)
    assert copies.problem("home", "1-4")["how"] == "给了一把；借到一把"


def test_who_takes_back_an_alias_leaves_that_of_another(copies: Copies) -> None:
    copies("b", "enterprise", "edit", "甲厂", "--alias", "甲一", day="2020-03-15")
    copies("c", "enterprise", "edit", "甲厂", "--alias", "甲二", day="2020-03-16")
    copies.merge("c", "b")
    copies("c", "undo", day="2020-03-17")
    same(copies)
    assert [name for (name,) in copies.rows("home", "SELECT name FROM enterprise_alias WHERE name LIKE '甲_'")] == [
        "甲一"
    ]


def test_a_record_that_was_gone_and_back_before_it_came_is_where_it_was_first(copies: Copies) -> None:
    copies("b", "figure", "add", "found", "6", "--key", "f")
    copies("b", "undo")
    copies("b", "figure", "add", "solved", "3", "--key", "g", actor="丙")
    copies("b", "redo")
    copies.merge("home", "b")
    assert copies.whole("home") == []
    same(copies)


def test_what_two_entered_is_one_record_whoever_heard_first_that_one_took_it_back(copies: Copies) -> None:
    """Whether they are one must not hang on when the taking back came."""
    copies("b", "enterprise", "add", "新厂", "--team", "1")
    copies("c", "enterprise", "add", "新厂", "--team", "2")
    copies.merge("home", "b")
    copies("b", "undo", day="2020-03-15")
    copies.merge("home", "c")
    same(copies)


def test_a_day_is_told_though_copies_differ_on_whether_a_problem_was_found_by_then(copies: Copies) -> None:
    copies("b", "log", "甲厂", "一件事", "--key", "夜班", day="2020-03-15")
    copies("c", "log", "甲厂", "一件事", "--key", "夜班", day="2020-03-16")
    copies.merge("home", "b", "c")
    same(copies)
    for day in (14, 15, 16):
        argv = ("summary", "--as-of", f"2020-03-{day}", "--json")
        told = [json.loads(copies(name, *argv, day="2020-03-20").stdout) for name in copies.places]
        assert told[0]["total"]["found"] == len(copies.rows("home", "SELECT 1 FROM problem")) - (day < 16)
        assert told == [told[0]] * len(told)


def test_what_came_late_is_listed_in_one_order_in_all_copies(copies: Copies) -> None:
    copies("b", "log", "甲厂", "早就有的一", "--on", "2020-03-10", day="2020-03-15T09:00")
    copies("c", "log", "乙建材", "早就有的二", "--on", "2020-03-10", day="2020-03-15T08:00")
    copies.merge("home", "b", "c")
    copies.merge("b", "c")
    copies.merge("c", "b")
    said = [copies(name, "summary", "--as-of", "2020-03-15", day="2020-03-20").stdout for name in ("home", "b", "c")]
    assert said[0].count("补录") == 2
    assert said[0] == said[1] == said[2]


def test_a_note_that_is_done_again_contradicts_no_closing(copies: Copies) -> None:
    """It set that somebody is at it the first time; the second time somebody was, and it says nothing of that."""
    copies("b", "note", "1-4", "已联系", day="2020-03-15T10:00")
    copies("c", "assign", "1-4", "应急局", day="2020-03-15T11:00")
    copies("b", "undo", day="2020-03-15T12:00")
    copies.merge("b", "c")
    copies("home", "close", "1-4", "给了一把", day="2020-03-16")
    copies("b", "redo", day="2020-03-16")
    same(copies)
    assert "status" not in copies.conflicts("home")
