"""The words of a command line as a Chinese keyboard gives them: dashes, quotes and digits of full width.

What can only mean one thing is understood; the rest is left as it was typed, to be refused with the line to type.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

_DASHES = "‐‑‒–—―−－﹣"
_TO_HYPHEN = str.maketrans(dict.fromkeys(_DASHES, "-"))
_ID = r"(?P<team>[A-Za-z]{0,6}\d{1,6})-(?P<series>[A-Za-z]{0,12})(?P<number>\d{1,9})[A-Za-z0-9]{0,8}"
_NEARLY_ID = r"(?=.*\d)[#A-Za-z0-9_./:-]{1,8}"
"""A short word of digits and dashes: taken for a mistyped id, not for a text."""
_BETWEEN = r"\.{2,}|~|至|到"
LONGEST_RANGE = 200


def understood(args: Sequence[str], options: Collection[str]) -> list[str]:
    """The words before ``--`` with their quotes put together and their dashes made plain.

    Args:
        args: The words as the shell parted them.
        options: The names of the options that there are: only these are read into a word that begins with a dash.
    """
    ours = list(takewhile(lambda word: word != "--", args))
    return [_option(word, options) for word in _quoted(ours)] + list(args[len(ours) :])


def _quoted(args: Sequence[str]) -> Iterator[str]:
    """The words; those within “ and ” are one, as they are within the quotes that a shell knows."""
    rest = iter(args)
    for word in rest:
        head, mark, text = word.partition("“")
        if not mark or (head and not head.endswith("=")):
            yield word
            continue
        pieces = [text]
        while "”" not in pieces[-1] and (more := next(rest, None)) is not None:
            pieces.append(more)
        whole = " ".join(pieces)
        if whole.endswith("”") and not {"“", "”"} & set(whole[:-1]):
            yield head + whole[:-1]
        else:
            yield word
            yield from pieces[1:]


def _option(word: str, options: Collection[str]) -> str:
    """An option that was typed with dashes of full width: —category, －c."""
    if not word or word[0] not in _DASHES:
        return word
    name, equals, value = word.lstrip(_DASHES + "-").partition("=")
    name = unicodedata.normalize("NFKC", name)
    plain = f"-{name}" if len(name) == 1 else f"--{name}"
    return plain + equals + value if plain in options else word


def is_id(word: str) -> bool:
    """Whether a word is nothing but the numbers of problems or activities."""
    return all(re.fullmatch(_ID, part) for part in _parts(word))


def may_be_id(word: str) -> bool:
    """Whether a word is the number of something, or looks like a slip in one."""
    return is_id(word) or bool(re.fullmatch(_NEARLY_ID, _plain(word), re.ASCII))


def is_no_range(word: str) -> bool:
    """Whether a word is several numbers from one to another, as 1..3 or 1-9..1-3, that are none."""
    parts = re.split(r"[,、;\s]+", _plain(word))
    return any(re.fullmatch(rf"#?[\w-]*\d(?:{_BETWEEN})[\w-]*\d", part, re.ASCII) for part in parts) and not is_id(word)


def ids(words: Sequence[str]) -> list[str]:
    """Numbers one by one: of 1-4,2-4 both, of 1-1..1-5 all five. What is no number is left as it was typed."""
    return [each for word in words for each in (_parts(word) if is_id(word) else [word])]


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).translate(_TO_HYPHEN).strip()


def _parts(word: str) -> list[str]:
    parts = [part.strip().removeprefix("#") for part in re.split(r"[,、;\s]+", _plain(word)) if part.strip()]
    return [each for part in parts for each in _range(part)] or [word]


def _range(part: str) -> list[str]:
    """The numbers from one to another of one team; 1-1..5 is short for 1-1..1-5."""
    ends = re.split(_BETWEEN, part)
    if len(ends) != 2:  # noqa: PLR2004  (from, to)
        return [part]
    first = re.fullmatch(_ID, ends[0])
    last = re.fullmatch(_ID, ends[1] if "-" in ends[1] else f"{ends[0].rpartition('-')[0]}-{ends[1]}")
    if not (first and last) or (first["team"], first["series"]) != (last["team"], last["series"]):
        return [part]
    numbers = range(int(first["number"]), int(last["number"]) + 1)
    if not 0 < len(numbers) <= LONGEST_RANGE:
        return [part]
    return [f"{first['team']}-{first['series']}{number}" for number in numbers]
