"""What stands in a cell of firms beside a name: a remark in brackets, a star, several firms, a branch."""

import re
from collections.abc import Iterator

from fugong.vocab import Words

_REMARK = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]\s*$")
_ORDINAL = re.compile(r"^[(（]?\d{1,2}[.．、)）]\s*")
_OF_ALL = re.compile(
    r"(?:各|全县|所有|部分|多家|辖区|包联|帮扶|规上)+(?:包联|帮扶|规上|工业|重点)*(?:企业|公司|单位|项目)"
)
_STARS = "*＊★☆#※△▲"
_SEVERAL = re.compile(r"等\s*[\d一二两三四五六七八九十]*\s*(?:家|个|户)?(?:企业|公司|单位)?\s*$")
_LISTED = re.compile(r"[、，,；;/\n]")
_STATE = re.compile(
    r"[(（\[【〔][^)）\]】〕]*(?:复工|停产|停工|复产|关停|检修|注销|在建|试产|已|未|拟|新增)[^(（\[【〔]*[)）\]】〕]"
)
_FIRM, _BRANCH = re.compile("公司|集团|厂"), re.compile("(?:分公司|分厂|办事处|经营部|门市部|项目部)$")


def bare(name: str) -> str | None:
    """A name without what somebody put behind it, as （襄汾） or a star; None where nothing is behind it."""
    plain = _ORDINAL.sub("", name.strip().strip(_STARS).strip())
    plain = _REMARK.sub("", plain).strip() or plain
    return plain if plain != name.strip() else None


def no_new_name(name: str) -> Words | None:
    """Why a name is not one that a firm is entered under, though nobody has it yet; None: it may be."""
    if _SEVERAL.search(name):
        return Words("像是几家企业合写；请一家写一行", "looks like several firms in one; write a row for each")
    if _OF_ALL.fullmatch(name):
        return Words("没有写明是哪家企业；请写企业名称", "it does not say which firm; write its name")
    if _LISTED.search(name):
        return Words("一格里写了几家企业；请一家写一行", "several firms in a cell; write a row for each")
    if _STATE.search(name) or name.strip(_STARS) != name or _ORDINAL.match(name):
        return Words(
            "名称后面带着别的话；请只写企业名称", "something else stands behind the name; write the name alone"
        )
    return None


def firms_of_branch(name: str) -> Iterator[str]:
    """The firms that a name may call a branch of, the longest first; it is none of them, unless somebody says so."""
    plain = name.strip()
    if _BRANCH.search(plain):
        ends = [found.end() for found in _FIRM.finditer(plain) if found.end() < len(plain)]
        yield from (plain[:end] for end in reversed(ends))
