"""What leaves no mark: removed from names, kept in texts and shown there."""

import re
import unicodedata
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay

from fugong.errors.entries import BlankText, ControlCharacter
from fugong.output.cells import visible
from fugong.values import texts
from fugong.vocab import Words

NAME = Words("名称", "name")
KINDS = {
    "no width": "\u200b", "mark of bytes": "\ufeff", "tag": "\U000e0041", "filler": "\u3164", "half filler": "\uffa0",
    "jamo filler": "\u115f", "joiner": "\u200d", "word joiner": "\u2060", "soft hyphen": "\xad", "selector": "\ufe0f",
    "selector of hanzi": "\U000e0100", "grapheme joiner": "\u034f", "invisible times": "\u2062", "braille": "\u2800",
    "mongolian": "\u180e", "khmer": "\u17b4", "annotation": "\ufff9", "music": "\U0001d173",
}  # fmt: skip


@pytest.mark.parametrize("unseen", KINDS.values(), ids=KINDS)
def test_a_name_loses_it_and_a_text_keeps_it_and_shows_it(unseen: str) -> None:
    typed = f"{unseen}甲厂{unseen}{unseen}乙{unseen}"
    assert texts.clean_name(typed, what=NAME, limit=80) == "甲厂乙"
    assert texts.clean(typed, what=NAME, limit=80, lines=True) == typed
    assert texts.key(typed) == "甲厂乙"
    assert f"乙<U+{ord(unseen):04X}>" in visible(f"x{typed}") or texts.in_use(f"乙{unseen}", 1)
    with pytest.raises(BlankText):
        texts.clean(unseen * 3, what=NAME, limit=80, lines=True)


def test_the_class_is_that_of_unicode() -> None:
    """Everything that Unicode calls a format character, but for signs that are drawn, is refused or leaves no mark."""
    drawn = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}
    for code in range(0x110000):
        if unicodedata.category(chr(code)) != "Cf" or code in drawn:
            continue
        try:
            assert texts.clean(f"甲{chr(code)}乙", what=NAME, limit=9) == "甲乙", f"U+{code:04X}"
        except ControlCharacter:
            continue


@pytest.mark.parametrize("last", ["\ufffe", "\uffff", "\ufdd0", "\U0001ffff", "\U0010fffe"])
def test_what_is_no_character_is_refused(last: str) -> None:
    with pytest.raises(ControlCharacter):
        texts.clean(f"甲{last}", what=NAME, limit=9, lines=True)


@pytest.mark.parametrize("whole", ["⚠️ 停电", "👨‍👩‍👧", "👩🏽‍🔧 到厂", "葛\U000e0100城", "1️⃣ 先断电", "逢\ufe00"])
def test_what_belongs_to_the_character_before_it_is_not_taken_apart(whole: str) -> None:
    assert visible(whole) == whole


def test_bytes_hidden_behind_an_emoji_are_shown() -> None:
    hidden = "".join(chr(0xE0100 + byte) for byte in b"ok")
    assert visible(f"😀{hidden}") == f"😀{hidden[0]}<U+E016B>"


def test_it_shows_wherever_people_look_and_comes_back_whole_where_it_is_exported(
    store: Path, fugong: Run, tmp_path: Path
) -> None:
    lay(store)
    fugong("log", "-", "口罩\u200b不足\U000e0041", "-t", "1")
    said = "口罩<U+200B>不足<U+E0041>"
    page = tmp_path / "page.html"
    fugong("report", "-o", str(page))
    assert said.replace("<", "&lt;").replace(">", "&gt;") in page.read_text(encoding="utf-8")
    for argv in (["list"], ["list", "--format", "table"], ["list", "--format", "md"], ["show", "1-4"]):
        shown = fugong(*argv).stdout.replace("\\", "")
        assert said in shown, argv
        assert "\u200b" not in shown
    assert "口罩\u200b不足\U000e0041" in fugong("export", "ledger", "--format", "csv").stdout
    assert "口罩\u200b不足" in fugong("list", "--format", "csv").stdout


def test_a_firm_whose_name_was_copied_from_a_page_is_found_by_it(store: Path, fugong: Run) -> None:
    lay(store)
    assert fugong("enterprise", "add", "戊\u200b新\u3164厂").exit_code == 0
    assert fugong("enterprise", "show", "戊新厂").exit_code == 0
    assert fugong("enterprise", "show", "戊新\ufeff厂").exit_code == 0
    assert fugong("enterprise", "add", "戊新厂\U000e0041").exit_code == 1


def test_the_quick_look_misses_nothing() -> None:
    for code in range(0x110000):
        if re.match(texts.UNSEEN, chr(code)):
            assert not texts.all_seen(f"甲{chr(code)}"), f"U+{code:04X}"
    assert texts.all_seen("企业反映：返岗员工　未到位，\n请工信局\t协调（100%）。")
