"""Whether two descriptions may tell of one matter: the same words, one with more said, or most pairs shared."""

from fugong.values import texts

_MARKS = str.maketrans("", "", " ，。、；：！？,.;:!?()（）“”\"'-—·")
_SHORTEST = 4
"""Characters below which a text within another says nothing: 口罩 is in many."""
_LIKE = 0.65
"""The share of pairs of characters that two texts have in common, twice over."""


def plain(text: str) -> str:
    """A description as it is compared: without marks and blanks."""
    return texts.key(text).translate(_MARKS)


def alike(one: str, other: str) -> bool:
    """Whether two plain descriptions may tell of the same."""
    short, long = sorted((one, other), key=len)
    if short == long:
        return bool(short)
    if len(short) >= _SHORTEST and short in long:
        return True
    if len(short) < _SHORTEST or len(short) / len(long) < _LIKE / (2 - _LIKE):
        return False
    pairs, others = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (short, long))
    return 2 * len(pairs & others) >= _LIKE * (len(pairs) + len(others))
