"""Whether two descriptions may tell of one matter: the same words, one with more said, or most pairs shared.

Words that only stress it count for nothing (口罩还是不足), and what is numbered is another matter
where the number is: the 7th is not the 17th.
"""

import re

from fugong.values import texts

_MARKS = str.maketrans("", "", " ，。、；：！？,.;:!?()（）“”\"'-—·")
_SHORTEST = 4
"""A shorter text that stands within another is no sign that they are alike: 口罩 is in many."""
_LIKE = 0.65
"""The least share of character pairs in common (Dice's coefficient) for two texts to be alike."""


_STRESS = "还是|仍然?|依然|依旧|目前|现在|当前|一直|十分|非常|比较|较为|特别|严重|急需|亟需|已经|都|还|又|很|较|的|了"
_ORDINAL = r"第[\d一二三四五六七八九十百]+|\d+(?=[号#])"


def plain(text: str) -> str:
    """A description as it is compared: without marks, blanks and words that only stress it."""
    said = texts.key(text).translate(_MARKS)
    return re.sub(_STRESS, "", said) or said


def alike(one: str, other: str) -> bool:
    """Whether two plain descriptions may tell of the same."""
    short, long = sorted((one, other), key=len)
    if short == long:
        return bool(short)
    ordinals, more = (set(re.findall(_ORDINAL, text)) for text in (short, long))
    if len(short) >= _SHORTEST and short in long:
        return ordinals <= more
    if ordinals != more:
        return False
    if len(short) < _SHORTEST or len(short) / len(long) < _LIKE / (2 - _LIKE):
        return False
    pairs, others = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (short, long))
    return 2 * len(pairs & others) >= _LIKE * (len(pairs) + len(others))
