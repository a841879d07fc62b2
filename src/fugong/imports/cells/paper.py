"""What a sheet carries because it is printed: page numbers, its title once more, 以下空白."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from fugong.imports.cells.account import Passed
from fugong.imports.cells.values import REMEMBERED
from fugong.values import texts
from fugong.values.traditional import simplified

MOST_CELLS = 4
"""Texts in such a row at most."""
_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十百]{1,4})"
_PAGE = re.compile(
    rf"(?:[第共]?{_NUMBER}页[,，、/;；]?)+|第{_NUMBER}页[,，、/;；]?共{_NUMBER}页|页[码次数]?[:：]{_NUMBER}(?:/{_NUMBER})?页?"
    r"|[-—–－~·]+\d{1,4}[-—–－~·]+|page\d{1,4}(?:(?:of|/)\d{1,4})?|\d{1,4}of\d{1,4}(?:pages?)?"
)
_BREAK = re.compile(
    r"[(（【\[]?(?:以下(?:空白|无正文|为空)|此页无正文|本页无正文|(?:续|转|接)(?:上|下|前|后)页|承(?:上|前)页|(?:本表)?完毕?|end)"
    r"[)）】\]]?|[-—–_=*＊.…·~]{2,}"
)
"""Where a printed page or the whole table ends."""
_OF_A_FIRM = "厂公司院局店社所站场矿部"
_TITLE = re.compile(
    r"(?:附[件表]\d{0,3}[:：]?)?.{0,50}?"
    r"(?:台账|清单|(?:汇总|一览|统计|登记|明细|销号|情况|调度|进度|进展|推进|整改|督办|问题|诉求|联系)表|附[件表]\d{0,3}[:：]?|续表)"
    r"(?:[(（〔\[【][^)）〕\]】]{0,24}[)）〕\]】]|续|\d{4}年.{0,12}|[一二三四五六七八九十]{1,2})*"
)


_DAY = re.compile(
    r"\d{4}[年./-]\d{1,2}[月./-](?:\d{1,2}日?)?|[二〇零○一三四五六七八九十]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{0,3}日?"
)
"""The day under a signature."""


@lru_cache(REMEMBERED)
def _of_paper(text: str) -> Passed | None:
    """What a text is that stands alone in its row, or with others of its kind."""
    plain = simplified(texts.key(text))
    if _PAGE.fullmatch(plain):
        return Passed.PAGE
    if _BREAK.fullmatch(plain):
        return Passed.REMARK
    if _DAY.fullmatch(plain):
        return Passed.SIGNED
    return Passed.TITLE if _TITLE.fullmatch(plain) and plain[-1] not in _OF_A_FIRM else None


def of_paper(said: Sequence[str], above: Collection[str], *, described: bool = False) -> Passed | None:
    """What a row is that says nothing else; None: it says something of its own.

    Args:
        said: All texts that stand in the row.
        above: What stands above the header, by its key.
        described: One stands where problems are described: a problem may be called 未建台账, or 完.
    """
    if described and not all(texts.key(each) in above or _PAGE.fullmatch(simplified(texts.key(each))) for each in said):
        return None
    found = [Passed.TITLE if texts.key(each) in above else _of_paper(each) for each in said]
    return None if None in found else max((each for each in found if each), key=_ORDER.index, default=None)


_ORDER = (Passed.PAGE, Passed.SIGNED, Passed.REMARK, Passed.TITLE)
"""What a row of several of these is called after."""
