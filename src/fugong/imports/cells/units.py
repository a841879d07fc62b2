"""Several units in one cell, who leads and who assists: 工信局牵头，卫健局配合; 牵头：工信局；配合：卫健局."""

import re
from functools import lru_cache

from fugong.imports.cells.joined import UNIT, without_phone
from fugong.imports.cells.values import REMEMBERED, several
from fugong.imports.files.sheets import Cell
from fugong.vocab import Words

_LEADS, _ASSISTS = "(?:牵头|主办|主责|负责)", "(?:配合|协办|协助|会办|协同|参与)"
_BEFORE = re.compile(
    rf"[（(【\[]?(?:(?P<leads>{_LEADS})|(?P<assists>{_ASSISTS}))(?:责任)?(?:单位|部门)?[)）】\]:：]+\s*(?P<name>.+)"
)
_BEHIND = re.compile(rf"由?(?P<name>.+?)\s*[（(【\[]?(?:(?P<leads>{_LEADS})|(?P<assists>{_ASSISTS}))[)）】\]]?")
_NOBODY = frozenset({"无", "暂无", "待定", "未定", "-", "—", "/"})


@lru_cache(REMEMBERED, typed=True)
def units(cell: Cell, what: Words) -> tuple[str, ...]:
    """The units that a cell names, each once, whoever leads first; a telephone number is left out.

    Raises:
        As ``values.text``.
    """
    leading, others, assisting = list[str](), list[str](), False
    for part in several(cell, what):
        name = without_phone(part)
        if before := _BEFORE.fullmatch(name):
            assisting, name = bool(before["assists"]), before["name"].strip()
            (others if assisting else leading).append(name)
        elif behind := _BEHIND.fullmatch(name):
            (leading if behind["leads"] else others).append(behind["name"])
        else:
            others.append(name)
    return tuple(name for name in dict.fromkeys([*leading, *others]) if name not in _NOBODY)


_JOINTS = re.compile(r"\s+|以及|[及和与]")
_OF_ALL = re.compile(r"各|全县|有关|相关|其[他它]|.*等(?:相关|有关|部门|单位|\d|几|多)|.*等$")
_COLON = re.compile("[:：]")
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")


def parts(name: str) -> list[str]:
    """The names that one may join: 工信局和卫健局, 工信局 卫健局."""
    found = [part for part in _JOINTS.split(name) if part]
    return found if len(found) > 1 else []


def is_person(name: str) -> bool:
    """Whether a name looks like a person's, and like no unit's."""
    return bool(_PERSON.fullmatch(name)) and not UNIT.search(name)


def no_new_name(name: str) -> Words | None:
    """Why a name is not one that a department is entered under; None: it may be."""
    if _OF_ALL.match(name):
        return Words("没有写明是哪个单位；请写单位名称", "it does not say which unit; write its name")
    joined = parts(name)
    if (
        any(map(UNIT.search, joined)) and all(UNIT.search(each) or is_person(each) for each in joined)
    ) or _COLON.search(name):
        return Words("一格里写了几样；几个单位用顿号分开", "several things in one; part units by commas")
    return None
