"""Texts in lines, as people break them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.values.folding import balanced, cells, fold, longest_word


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Responsible department", 12, ["Responsible", "department"]),
        ("施工队没有返岗", 8, ["施工队没", "有返岗"]),
        ("in 县里 as soon as possible", 8, ["in 县里", "as soon", "as", "possible"]),
        ("一行\n\n另一行", 20, ["一行", "", "另一行"]),
        ("一厂  二厂", 6, ["一厂", "二厂"]),
        ("", 8, [""]),
    ],
)
def test_a_text_breaks_at_blanks_and_between_chinese_characters(text: str, width: int, lines: list[str]) -> None:
    assert fold(text, width, cells) == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("没有返岗，急待复工", 8, ["没有返", "岗，急待", "复工"]),
        ("问题（内容未载明）", 6, ["问题", "（内容", "未载", "明）"]),
        ("政法, 公安, 教育", 6, ["政法,", "公安,", "教育"]),
        ("他说：“好！”就走", 8, ["他说：", "“好！”", "就走"]),
    ],
)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(
    text: str, width: int, lines: list[str]
) -> None:
    assert fold(text, width, lambda each: cells(each) + sum(each.count(mark) for mark in "“”")) == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("a transportation", 8, ["a", "transpor", "tation"]),
        ("county-in-hand", 12, ["county-in-", "hand"]),
        ("https://example.org/some/page", 14, ["https://", "example.org/", "some/page"]),
        ("甲乙", 1, ["甲", "乙"]),
    ],
)
def test_a_word_that_no_line_holds_breaks_after_what_joins_its_parts_or_anywhere(
    text: str, width: int, lines: list[str]
) -> None:
    assert fold(text, width, cells) == lines


def test_lines_can_be_even() -> None:
    assert (fold("正在解决", 6, cells), balanced("正在解决", 6, cells)) == (["正在解", "决"], ["正在", "解决"])
    assert balanced("短", 1, cells) == ["短"]


def test_how_wide_a_line_must_be_for_every_word() -> None:
    assert [longest_word(text, cells) for text in ("", "原材料，as soon", "Responsible department")] == [0, 4, 11]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=80), st.integers(2, 30))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = fold(text, width, cells)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert max(map(cells, lines)) <= width
