"""What may enter the store as text, and how names are compared.

Text is stored as it was typed. Only what would corrupt a terminal, a table or a file is refused, at the
door and with its position; and a single line, which names somebody or something, loses what cannot be seen in it.
"""

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from functools import cache, lru_cache

from fugong.errors.entries import BlankText, ControlCharacter, ListMark, TextTooLong, WrongEncoding
from fugong.vocab import Words

NAME, LINE, TEXT = 100, 200, 4000
"""The longest name, short text and text, in characters."""

JOINED = "（已并入"
"""What the name of a record has that went over into another: nobody means it by a part of it."""

_SHORT = 200
"""The comparison keys of texts up to so many characters are cached."""

_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
"""Code points that never stand for a character, which XML and so a workbook cannot hold."""
_MORE_CONTROLS = f"\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff{_NO_CHARACTERS}"
"""DEL, C1, marks that turn the direction of writing, line and paragraph separators, lone surrogates."""
# Left as text, as all forms here: re compiles and keeps one when it is first tried, and most runs try none.
_CONTROLS = f"[\x00-\x1f{_MORE_CONTROLS}]"
CONTROLS_IN_LINES = f"[\x00-\x08\x0b-\x1f{_MORE_CONTROLS}]"
"""The same but for the tab and the newline, which several lines of text may hold."""

_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Blanks that Unicode calls letters."""
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
INVISIBLE = (
    f"[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0"
    f"\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff{_SELECTORS}]"
)
"""What leaves no mark: characters without width, fillers, tags, selectors of a variant.

They come along when a name is copied from a web page, and can make two names look alike or hide a text in another.
They are Unicode's Default_Ignorable_Code_Point but for what ``_CONTROLS`` has, and the blank of Braille.
"""
UNSEEN = CONTROLS_IN_LINES[:-1] + INVISIBLE[1:]
"""Both, as people are shown them."""


@cache
def _suspicious() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds ``UNSEEN`` and a little more, eight times as fast: a class of the basic plane, and one plain range.

    A class that reaches beyond the basic plane is tried range by range at every character.
    """
    basic = re.sub("[\U00010000-\U0010ffff]-?", "", UNSEEN)
    return re.compile(basic), re.compile("[\U0001bca0-\U0010ffff]")


def all_seen(text: str) -> bool:
    """Whether a text surely has nothing of ``UNSEEN``; if not, it is to be looked at more closely."""
    if text.isascii() and text.isprintable():
        return True
    basic, beyond = _suspicious()
    return not (basic.search(text) or beyond.search(text))


_PROVINCES = (
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽",
    "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西",
    "甘肃", "青海", "台湾", "内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门",
)  # fmt: skip
_RANKS = "省|市|县|区|(?:壮族|回族|维吾尔)?自治区|自治[州县]|特别行政区"
_NO_RANKS = "省级|市政|市场|市容|市民|县城|县域|区域"
"""Words that begin like a rank: 临汾市政工程公司 is the 市政工程公司 of 临汾, not the 政工程公司 of 临汾市."""
_FORM = r"(?:控股)?(?:集团|[(（]集团[)）])?(?:股份|控股)?(?:有限(?:责任)?|总)?公司$|(?:控股)?集团$|[(（]集团[)）]$"
"""How the name of a company ends. 厂 is no legal form and stays."""
_SHORTEST_CORE = 2


def clean(text: str, *, what: Words, limit: int, lines: bool = False) -> str:
    """A text without white space around it, fit to be stored; otherwise as it was typed.

    Args:
        text: As typed.
        what: What the text is, for the refusal.
        limit: The most characters it may have.
        lines: Whether it may have newlines and tabs, and what cannot be seen; a name or another line cannot.

    Raises:
        BlankText: There is nothing to be seen in it.
        TextTooLong: It has more characters.
        ControlCharacter: It has one; the position counts from 1 in what was typed.
        WrongEncoding: It has bytes that are not of the session's encoding.
    """
    stripped = text.strip()
    if not (stripped and stripped.isprintable()):  # the usual case, and much faster than the search below
        _must_be_seen(text, stripped, what, CONTROLS_IN_LINES if lines else _CONTROLS)
    if not lines and not all_seen(stripped):
        stripped = re.sub(INVISIBLE, "", stripped).strip()
    if not _anything(stripped):
        raise BlankText(what=what)
    if len(stripped) > limit:
        raise TextTooLong(what=what, length=len(stripped), limit=limit)
    return stripped


def _anything(text: str) -> bool:
    """Whether there is anything to be seen in a text without white space around it."""
    return bool(text) and ((text[0].isalnum() and text[0] not in _FILLERS) or bool(_seen(text)))


def _must_be_seen(text: str, stripped: str, what: Words, controls: str) -> None:
    start = len(text) - len(text.lstrip())
    found = re.compile(controls).search(text, start, start + len(stripped))
    if found:
        must_be_decoded(text)
        raise ControlCharacter(what=what, position=found.start() + 1, character=f"U+{ord(found[0]):04X}")


_UNDECODED = "[\udc80-\udcff]"
"""What Python makes of a byte of the command line or the environment that is not of the session's encoding."""


def must_be_decoded(text: str) -> None:
    """Refuse a text that has bytes of another encoding; what they are in GBK is said, for that is what they are here.

    Raises:
        WrongEncoding: It has.
    """
    if text.isascii() or not re.search(_UNDECODED, text):
        return
    import os
    import sys

    word, typed = text, Words("别的编码", "another encoding")
    with suppress(UnicodeError):
        word, typed = os.fsencode(text).decode("gb18030"), Words(" GBK ", "GBK")
    raise WrongEncoding(word=word, typed=typed, session=sys.getfilesystemencoding().upper())


def clean_name(name: str, *, what: Words, limit: int) -> str:
    """A name fit to be stored; 、 separates names and is no part of one.

    Raises:
        ListMark: It looks like several names.
        BlankText, TextTooLong, ControlCharacter: As for ``clean``.
    """
    stripped = clean(name, what=what, limit=limit)
    if "、" in stripped:
        raise ListMark(name=stripped)
    return stripped


def key(text: str) -> str:
    """What names are compared by: width, case and white space do not count."""
    return _remembered_key(text) if len(text) <= _SHORT else _key(text)


def _key(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    seen = _seen(folded)
    return seen if unicodedata.is_normalized("NFKC", seen) else unicodedata.normalize("NFKC", seen)


_remembered_key = lru_cache(maxsize=1024)(_key)


def _seen(text: str) -> str:
    """What is to be seen of a text: it without white space and without what leaves no mark."""
    joined = "".join(text.split())
    return joined if all_seen(joined) else re.sub(INVISIBLE, "", joined)


def core(name: str, places: Iterable[str] = ()) -> str:
    """The core of a company's name: 山西甲乙化工有限责任公司 → 甲乙化工.

    The places in front and the company form at the end are dropped, as long as two characters are left.

    Args:
        name: A full name.
        places: Names that may stand in front, beside those of the provinces: 临汾, 襄汾. In the name their
            rank (市, 县 …) may follow them.
    """
    rest = "".join(name.split())
    front = _places(tuple(places))
    while (found := front.match(rest)) and len(_bare(rest[found.end() :])) >= _SHORTEST_CORE:
        rest = rest[found.end() :]
    bare = _bare(rest)
    return bare if len(bare) >= _SHORTEST_CORE else rest


def subsequence(short: str, long: str) -> bool:
    """Whether the characters of one text stand in the other in this order: a hint, never an answer."""
    rest = iter(long)
    return bool(short) and all(character in rest for character in short)


def _bare(name: str) -> str:
    """The name without its company form."""
    return re.sub(_FORM, "", name)


@lru_cache(maxsize=8)
def _places(more: tuple[str, ...]) -> re.Pattern[str]:
    """Matches one place and its rank at the start of a name, the longest place first."""
    short = {re.sub(f"(?<=..)(?:{_RANKS})$", "", place.strip()) for place in more} - {""}
    names = sorted(short.union(_PROVINCES), key=lambda place: (-len(place), place))
    return re.compile(f"(?:{'|'.join(map(re.escape, names))})(?:(?!{_NO_RANKS})(?:{_RANKS}))?")


def in_use(text: str, place: int) -> bool:
    """Whether what leaves no mark belongs to the character before it: a variant of a hanzi, an emoji in its colours.

    Args:
        text: A text.
        place: Where in it a character of ``INVISIBLE`` stands.
    """
    before = text[place - 1 : place]
    if re.match(f"[{_SELECTORS}]", text[place]):
        pictured = unicodedata.category(before or " ")[0] == "S"
        keycap = text[place + 1 : place + 2] == "\u20e3"
        return pictured or keycap or bool(re.match("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]", before))
    joined = text[place] == "\u200d" and re.match("[\ufe0f\U0001f3fb-\U0001f3ff]|\\W", before)
    return bool(joined) and unicodedata.category(text[place + 1 : place + 2] or " ") == "So"
