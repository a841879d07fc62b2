"""States, sources and marks as people write them: 已解决, 正在解决, 是, √, 100%."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from fugong.imports.cells.values import REMEMBERED, Unreadable, shown
from fugong.imports.files.sheets import Cell
from fugong.values import texts
from fugong.vocab import NO, YES, Coded, Role, Source, Stage, Status, Words

_YES = (*YES, "√", "✓", "✔", "☑", "对", "y", "1", "true", "有", "●", "v", "■", "已")
_NO = (*NO, "×", "✗", "✘", "x", "n", "0", "false", "无", "未", "○", "□", "☐", "不是", "—", "-")
_STATES: dict[Status, tuple[str, ...]] = {
    Status.CLOSED: (
        "已解决", "解决", "已销号", "销号", "已办结", "办结", "已完成", "完成", "已整改", "整改完成",
        "已完成整改", "完成整改", "已整改到位", "整改到位", "已整改完成", "已验收", "已闭环", "闭环",
        "已落实", "solved", "done",
    ),
    Status.DOING: (
        "正在解决", "办理中", "整改中", "正在整改", "进行中", "推进中", "正在办理", "正在推进", "协调中", "解决中",
        "处理中", "跟踪中", "持续推进", "已交办", "交办", "部分解决", "in hand", "doing",
    ),
    Status.OPEN: (
        "待办", "未启动", "未解决", "未整改", "未办理", "待解决", "待办理", "未办结", "未完成", "未销号", "新增",
        "登记", "已登记", "未完成整改",
    ),
    Status.VOID: ("作废", "已作废"),
}  # fmt: skip


def _spelt(said: Mapping[Any, tuple[str, ...]]) -> dict[str, Coded]:
    """Every way to say a code: its own two names, itself, and the words of the field."""
    return {texts.key(word): code for code, words in said.items() for word in (*words, code.value, code.zh, code.en)}


_STATUS = _spelt(_STATES)
_SOURCES = _spelt({
    Source.INSPECTION: ("入企发现", "检查发现", "检查", "自查", "五查", "走访发现", "走访", "入企", "日常检查", "排查"),
    Source.ENTERPRISE: ("企业反映", "企业诉求", "企业提出", "企业上报", "企业申报", "企业", "反映"),
    Source.ASSIGNED: ("上级交办", "交办", "上级", "领导交办", "督办", "转办", "县里交办"),
})  # fmt: skip
_STAGES = _spelt({
    Stage.STOPPED: ("未复工", "停产", NO.zh),
    Stage.PREPARING: ("复产筹备", "筹备复工", "准备复工", "正在筹备"),
    Stage.RESUMED: ("复工", "已复工复产", "复工复产", YES.zh, "部分复工"),
    Stage.FULL: ("全面复工", "满负荷", "达产"),
    Stage.UNKNOWN: (),
    Stage.EXCLUDED: ("永久停产", "检修"),
})  # fmt: skip
_ROLES = _spelt(
    {
        Role.PUBLICITY: ("宣传员", "政策宣传"),
        Role.SUPERVISION: ("监督员", "监督检查"),
        Role.SERVICE: ("服务员", "帮扶服务"),
    }
)


@lru_cache(REMEMBERED, typed=True)
def yes(cell: Cell) -> bool | None:
    """是 or 否, in any of the ways of marking it; None where there is nothing.

    Raises:
        Unreadable: It is neither.
    """
    said = texts.key(shown(cell))
    if not said:
        return None
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise Unreadable(_NEITHER)


@lru_cache(REMEMBERED, typed=True)
def struck(cell: Cell) -> bool | None:
    """是否销号: 是 or 否, or a state in words.

    Raises:
        Unreadable: It is neither.
    """
    state = _STATUS.get(texts.key(shown(cell)))
    return state is Status.CLOSED if state else yes(cell)


@lru_cache(REMEMBERED, typed=True)
def status(cell: Cell) -> Status | None:
    """A state in words, 是否解决 by 是 and 否, or a share: 100%.

    Raises:
        Unreadable: It is none.
    """
    if isinstance(cell, float) and 0 <= cell <= 1:
        return Status.CLOSED if cell == 1 else Status.DOING if cell else Status.OPEN
    said = texts.key(shown(cell))
    if not said:
        return None
    found = _STATUS.get(said)
    if found:
        return Status(found)
    if share := re.fullmatch(r"(\d{1,3})(?:\.\d+)?%", said):
        return Status.CLOSED if share[1] == "100" else Status.DOING
    try:
        return Status.CLOSED if yes(cell) else Status.OPEN
    except Unreadable:
        raise Unreadable(_NO_STATE) from None


def progress(text: str | None) -> tuple[Status | None, str | None]:
    """What a cell of progress says: a state, a note, or a state and a note as 「办理中：已联系银行」."""
    stated = state_in(text)
    if stated or text is None:
        return stated, None
    found = re.fullmatch(r"([^:：]{1,15})[:：]\s*(.+)", text, re.DOTALL)
    stated = state_in(found[1]) if found else None
    return (stated, found[2]) if found and stated else (None, text)


def state_in(said: str | None) -> Status | None:
    """The state that a progress column states in one word; None where it tells something."""
    found = _STATUS.get(texts.key(said or "").rstrip("。"))
    return Status(found) if found else None


@lru_cache(REMEMBERED, typed=True)
def source(cell: Cell) -> Source | None:
    """How a problem came up."""
    found = _coded(cell, _SOURCES, Source)
    return Source(found) if found else None


def stage(cell: Cell) -> Stage | None:
    """How far an enterprise has resumed."""
    found = _coded(cell, _STAGES, Stage)
    return Stage(found) if found else None


def role(cell: Cell) -> Role | None:
    """Which of the three roles."""
    found = _coded(cell, _ROLES, Role)
    return Role(found) if found else None


def _coded(cell: Cell, spelt: dict[str, Coded], kind: Iterable[Coded]) -> Coded | None:
    said = texts.key(shown(cell))
    if not said:
        return None
    if said in spelt:
        return spelt[said]
    known = list(kind)
    zh, en = "、".join(each.zh for each in known), ", ".join(each.value for each in known)
    raise Unreadable(Words(f"看不懂；可以写：{zh}", f"not understood; write one of: {en}"))


_NEITHER = Words("不是「是」或「否」", "neither yes nor no")
_NO_STATE = Words("看不懂的状态；可以写：待办、办理中、已销号", "no state; write open, doing or closed")
