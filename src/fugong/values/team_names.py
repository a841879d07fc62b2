"""Teams as people name them: 3, 三, 第三, 三组, 第3帮扶组 are one."""

import re

from fugong.values import texts

_DIGITS = str.maketrans("一二两三四五六七八九", "1223456789")
_NUMERALS = "一二两三四五六七八九十"
_TEAM = rf"第?(?P<number>\d+|[{_NUMERALS}]+)(?:号)?(?:企业)?(?:帮扶)?(?:工作)?(?:组|队|支队)?"


def number(said: str) -> str | None:
    """The number in a team's name: 第三企业帮扶组 → 3. None where there is none."""
    found = re.fullmatch(_TEAM, texts.key(said).replace("帮扶工作组", "组").replace("帮扶工作队", "队"))
    if not found:
        return None
    given = found["number"]
    if given.isdigit():
        return str(int(given))
    tens, mark, ones = given.rpartition("十")
    value = (int(tens.translate(_DIGITS)) if tens else 1) * 10 if mark else 0
    ones = ones.translate(_DIGITS) if ones else "0"
    return str(value + int(ones)) if ones.isdigit() else None
