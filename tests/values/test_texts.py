"""What may enter the store as text, and how names are compared."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fugong.errors.entries import BlankText, ControlCharacter, ListMark, TextTooLong
from fugong.values import texts
from fugong.vocab import Words

WHAT = Words("问题描述", "problem text")
PLACES = ("临汾", "襄汾", "尧都")
LONG = 1_000_000

C0, DEL, C1 = map(chr, range(0x20)), "\x7f", map(chr, range(0x80, 0xA0))
LINE_SEPARATORS = "\u2028\u2029"
DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SURROGATES = "\ud800\udbff\udc00\udc7f\udd00\udfff"
NO_CHARACTERS = ["\ufdd0", "\ufdef", *(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))]
REFUSED = [*C0, DEL, *C1, *LINE_SEPARATORS, *DIRECTIONS, *SURROGATES, *NO_CHARACTERS]
typed_text = st.text(max_size=20)
plain_text = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20).filter(
    lambda text: not re.search(f"[{re.escape(''.join(REFUSED))}\ufdd0-\ufdef]", text)
)
words = st.text("甲乙丙丁戊", min_size=2, max_size=6)


def clean(text: str, *, limit: int = LONG, lines: bool = False) -> str:
    return texts.clean(text, what=WHAT, limit=limit, lines=lines)


@given(plain_text)
def test_text_is_kept_as_typed_but_for_the_white_space_around_it(text: str) -> None:
    assert clean(f"甲{text}乙", lines=True) == f"甲{text}乙"
    assert clean(f" \t\u3000\n甲{text}乙\r\n ", lines=True) == f"甲{text}乙"


@given(plain_text)
def test_a_single_line_is_kept_but_for_what_leaves_no_mark(text: str) -> None:
    assert clean(f"甲{text}乙") == re.sub(texts.INVISIBLE, "", f"甲{text}乙")


@pytest.mark.parametrize("text", ["（甲）㎡℃，①", "甲  乙", "👷\u200d♀️", "𠮷", "e\u0301", "-3", "=1+1", "[red]"])
def test_text_is_neither_normalised_nor_guarded(text: str) -> None:
    assert clean(text, lines=True) == text


@pytest.mark.parametrize("text", ["", " ", "\u3000\t\n", "\u200b", "\ufeff \u200d"])
def test_a_text_in_which_nothing_is_to_be_seen_is_blank(text: str) -> None:
    with pytest.raises(BlankText) as refusal:
        clean(text, lines=True)
    assert (refusal.value.code, refusal.value.params) == ("blank_text", {"what": WHAT})
    assert refusal.value.sentence(chinese=True) == "问题描述不能为空。"
    assert refusal.value.sentence(chinese=False) == "The problem text must not be empty."


@given(st.integers(1, 50))
def test_a_text_may_be_as_long_as_the_limit_and_no_longer(limit: int) -> None:
    assert clean("厂" * limit + " ", limit=limit) == "厂" * limit
    with pytest.raises(TextTooLong) as refusal:
        clean("厂" * (limit + 1), limit=limit)
    assert refusal.value.params == {"what": WHAT, "length": limit + 1, "limit": limit}


@pytest.mark.parametrize("character", REFUSED, ids=lambda character: f"U+{ord(character):04X}")
def test_a_control_character_is_refused_with_its_position(character: str) -> None:
    with pytest.raises(ControlCharacter) as refusal:
        clean(f"  甲乙{character}丙{character}")
    assert refusal.value.code == "control_character"
    assert refusal.value.params == {"what": WHAT, "position": 5, "character": f"U+{ord(character):04X}"}


def test_the_refusal_of_a_control_character_shows_its_code_and_not_itself() -> None:
    with pytest.raises(ControlCharacter) as refusal:
        clean("甲\x1b[31m乙")
    assert refusal.value.sentence(chinese=True) == ("问题描述的第 2 个字符是控制字符 U+001B，不能保存。请删去后重试。")
    assert refusal.value.sentence(chinese=False) == (
        "Character 2 of the problem text is the control character U+001B. Remove it and try again."
    )


def test_newlines_and_tabs_are_part_of_a_text_of_several_lines() -> None:
    assert clean("\n甲\t乙\n\n丙\n", lines=True) == "甲\t乙\n\n丙"


@pytest.mark.parametrize(
    "character", sorted({*REFUSED} - {"\n", "\t"}), ids=lambda character: f"U+{ord(character):04X}"
)
def test_other_control_characters_are_refused_in_several_lines_too(character: str) -> None:
    with pytest.raises(ControlCharacter):
        clean(f"甲\n{character}乙", lines=True)


@given(typed_text, st.booleans())
def test_what_is_taken_is_taken_again_unchanged(text: str, lines: bool) -> None:
    try:
        taken = clean(text, lines=lines)
    except (BlankText, ControlCharacter):
        return
    assert clean(taken, lines=lines) == taken
    assert taken in (text if lines else re.sub(texts.INVISIBLE, "", text))


def test_a_name_is_a_text_without_the_mark_between_names() -> None:
    assert texts.clean_name(" 甲厂 ", what=WHAT, limit=2) == "甲厂"
    with pytest.raises(ListMark) as refusal:
        texts.clean_name(" 甲厂、乙厂", what=WHAT, limit=20)
    assert (refusal.value.code, refusal.value.params) == ("list_mark", {"name": "甲厂、乙厂"})


@pytest.mark.parametrize(
    ("name", "refused"), [(" ", BlankText), ("甲乙丙厂", TextTooLong), ("甲\t厂", ControlCharacter)]
)
def test_a_name_is_refused_like_any_text(name: str, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        texts.clean_name(name, what=WHAT, limit=3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲（集团）", "甲(集团)"),
        ("ＡＢＣ厂", "abc厂"),
        ("甲 乙\u3000丙\n", "甲乙丙"),
        ("\ufeff甲\u200b厂", "甲厂"),
        ("Straße", "STRASSE"),
    ],
)
def test_width_case_and_white_space_do_not_tell_names_apart(one: str, other: str) -> None:
    assert texts.key(one) == texts.key(other)


@pytest.mark.parametrize(("one", "other"), [("甲厂", "乙厂"), ("甲厂", "甲厂1"), ("鸿鑫", "恒鑫"), ("甲-厂", "甲厂")])
def test_any_other_difference_does(one: str, other: str) -> None:
    assert texts.key(one) != texts.key(other)


@given(typed_text)
def test_a_key_is_its_own_key(text: str) -> None:
    assert texts.key(texts.key(text)) == texts.key(text)


@given(typed_text)
def test_a_key_has_neither_white_space_nor_unnormalised_characters(text: str) -> None:
    key = texts.key(text)
    assert not any(character.isspace() for character in key)
    assert unicodedata.is_normalized("NFKC", key)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("临汾万鑫达焦化有限责任公司", "万鑫达焦化"),
        ("山西建滔万鑫达化工有限责任公司", "建滔万鑫达化工"),
        ("襄汾县新金山特钢有限公司", "新金山特钢"),
        ("宏源二公司", "宏源二"),
        ("鸿鑫选矿厂", "鸿鑫选矿厂"),
        ("襄汾县水泥有限责任公司", "水泥"),
        ("热力公司", "热力"),
        ("山西恒泰制动器股份有限公司", "恒泰制动器"),
        ("大地华基公司", "大地华基"),
        ("星原集团", "星原"),
        ("临汾市政工程公司", "市政工程"),
        ("临汾市市政工程公司", "市政工程"),
        ("万鑫达焦化", "万鑫达焦化"),
    ],
)
def test_the_core_of_a_name_is_what_people_call_the_firm(name: str, core: str) -> None:
    assert texts.core(name, PLACES) == core


FORMS = (
    *("有限责任公司", "股份有限公司", "集团有限公司", "集团股份有限公司", "集团有限责任公司", "有限公司", "集团公司"),
    *("集团总公司", "总公司", "公司", "集团", "（集团）有限公司", "(集团)股份有限公司", "（集团）", "控股集团有限公司"),
    *("控股有限公司", "股份公司", "控股集团", ""),
)
FRONTS = (
    *("山西", "山西省", "内蒙古自治区", "广西壮族自治区", "宁夏回族自治区", "新疆维吾尔自治区", "西藏自治区"),
    *(
        "黑龙江省",
        "北京市",
        "香港特别行政区",
        "临汾",
        "临汾市",
        "襄汾县",
        "尧都区",
        "山西省临汾市襄汾县",
        "山西襄汾",
        "",
    ),
)


@pytest.mark.parametrize("form", FORMS)
@given(word=words, front=st.sampled_from(FRONTS))
def test_places_in_front_and_the_form_at_the_end_are_dropped(form: str, word: str, front: str) -> None:
    assert texts.core(front + word + form, PLACES) == word


@pytest.mark.parametrize(
    ("name", "core"),
    [
        pytest.param("甲有限公司", "甲有限公司", id="one character is no core, so the form stays"),
        pytest.param("公司", "公司", id="nothing but a form"),
        pytest.param("山西公司", "山西", id="nothing but a place and a form"),
        pytest.param("山西省临汾市公司", "临汾市", id="the last place is left"),
        pytest.param("襄汾县", "襄汾县", id="nothing but a place"),
        pytest.param("襄汾甲公司", "襄汾甲", id="the place stays where one character would be left"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_core_has_two_characters_or_the_step_is_left_out(name: str, core: str) -> None:
    assert texts.core(name, PLACES) == core


def test_a_place_that_nobody_gave_is_part_of_the_name() -> None:
    assert texts.core("临汾甲乙公司") == "临汾甲乙"
    assert texts.core("临汾甲乙公司", ["", " 临汾 "]) == "甲乙"


def test_a_place_may_be_given_with_its_rank() -> None:
    assert [texts.core(f"{place}甲乙公司", ["襄汾县", "沙市"]) for place in ("襄汾", "襄汾县", "沙市", "沙")] == [
        *("甲乙", "甲乙", "甲乙", "沙甲乙"),
    ]


def test_the_longest_place_goes_first() -> None:
    assert texts.core("襄汾古城甲乙厂", ["襄汾", "襄汾古城"]) == "甲乙厂"


def test_white_space_in_a_name_hides_neither_place_nor_form() -> None:
    assert texts.core(" 临汾 甲乙 有限 公司 ", PLACES) == "甲乙"


names = st.text("甲乙临汾襄县山西省市公司集团有限责任股份总()（）", max_size=16) | typed_text


@given(names)
def test_a_core_is_part_of_its_name_and_its_own_core(name: str) -> None:
    core = texts.core(name, PLACES)
    assert core in "".join(name.split())
    assert len(core) >= min(2, len("".join(name.split())))


@given(words, st.data())
def test_characters_left_out_make_a_subsequence(word: str, data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(range(len(word))), unique=True, min_size=1).map(sorted))
    assert texts.subsequence("".join(word[place] for place in kept), word)


@pytest.mark.parametrize(
    ("short", "long", "hint"),
    [
        ("光大公司", "光大焦化气源有限公司", True),
        ("万鑫达", "临汾万鑫达焦化", True),
        ("鑫万", "万鑫达", False),
        ("甲甲", "甲乙", False),
        ("甲乙丙", "甲乙", False),
        ("", "甲乙", False),
    ],
)
def test_a_subsequence_keeps_the_order_of_the_characters(short: str, long: str, hint: bool) -> None:
    assert texts.subsequence(short, long) is hint
