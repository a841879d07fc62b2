"""States, sources and marks as people write them: 已解决, 正在解决, 是, √, 100%."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from fugong.imports.cells.values import REMEMBERED, Unreadable, shown
from fugong.imports.files.sheets import Cell
from fugong.values import texts
from fugong.values.traditional import simplified
from fugong.vocab import NO, YES, Coded, Duty, Party, Role, Source, Stage, Status, Words

C = TypeVar("C", bound=Coded)
_YES = (*YES, "√", "✓", "✔", "☑", "对", "y", "1", "true", "有", "●", "v", "■", "已")
_NO = (*NO, "×", "✗", "✘", "x", "n", "0", "false", "无", "未", "○", "□", "☐", "不是", "—", "-")
_STATES: dict[Status, tuple[str, ...]] = {
    Status.CLOSED: (
        "已解决", "解决", "已销号", "销号", "已办结", "办结", "已完成", "完成", "已整改", "整改完成",
        "已完成整改", "完成整改", "已整改到位", "整改到位", "已整改完成", "已验收", "已闭环", "闭环",
        "已落实", "已处理", "办结归档", "已归档", "已清零", "已答复办结", "solved", "done", "resolved", "completed",
    ),
    Status.DOING: (
        "正在解决", "办理中", "整改中", "正在整改", "进行中", "推进中", "正在办理", "正在推进", "协调中", "解决中",
        "处理中", "跟踪中", "已交办", "交办", "已受理", "已派单", "已签收", "落实中", "in hand", "doing", "ongoing",
    ),
    Status.OPEN: (
        "待办", "未启动", "未解决", "未整改", "未办理", "待解决", "待办理", "未办结", "未完成", "未销号", "新增",
        "登记", "已登记", "未完成整改", "未落实", "未处理", "未受理", "not started", "unresolved", "unsolved", "new",
    ),
    Status.PENDING: ("待审核", "申请销号", "已申请销号", "待销号", "拟销号"),
    Status.VOID: ("作废", "已作废"),
}  # fmt: skip
_DONE = "(?:解决|整改|办结|完成|落实|销号|协调|推进|办理|处理|答复)"
_CLOSING = re.compile(
    rf"(?:均?已经?|均)?(?:全部|圆满|彻底|全面){_DONE}(?:到位|完毕|完成)?|(?:均?已经?|均)?{_DONE}(?:到位|完毕|完成)"
)
"""Longer phrases for solved."""
_UNBEGUN = re.compile(
    rf"(?:尚|还|仍|暂|暂时|至今|目前)?(?:未|没有?)(?:{_DONE}|启动|开始|开工|受理|反馈)(?:到位|完毕|完成)?"
)
"""Longer phrases for not begun."""
_SHADES = re.compile(
    rf"已?(?:基本|部分|大部分?|多数|初步|阶段性|正在|逐步)(?:已?经?){_DONE}(?:中|到位)?"
    rf"|(?:尚|还|仍)?未(?:完全|全部|彻底){_DONE}(?:到位)?|(?:积极|持续|正常|按期|有序|加快|协同)(?:推进|办理|协调|跟进|整改|解决)中?"
    r"|正在\S{1,8}|\S{1,8}[^一期其集]中|(?:进度)?滞后|超期|逾期(?:未\S{1,4})?|未到期|(?:按|有)序时进度"
    r"|pending|part(?:ial)?ly(?:solved|resolved|done)|escalated|onhold|postponed|deferred"
    r"|已?(?:上报|报)(?:上级|市|省|县|区)?\S{0,8}|(?:上级|市级|省级)协调(?:解决|中)?|(?:申请|已|拟|同意)?(?:延期|延时|暂缓|整改延期|延时解决|延期整改)\S{0,4}"
    r"|(?:无法|不能|暂时?无法|暂时?不能|难以)(?:解决|办理|整改|协调)|(?:长期|持续|分步|分阶段|分期)(?:推进|整改|解决|坚持|跟踪)"
    r"|进展(?:顺利|缓慢|较慢|正常)|已?(?:联系|对接|反馈|转交|上交|会商|研究)\S{0,6}|待\S{1,6}|已?退回|退单|不属于\S{1,10}|不予受理|已?转办|已?移交\S{0,8}|企业自行解决|自行解决|挂起|暂停|已?协调\S{0,6}|跟踪\S{0,4}"
)
"""Words between solved and unsolved: the problem is in hand, and the words are kept."""
_EXPLAINED = re.compile(
    r"已?(?:做好|作出|做出|做了|进行)?(?:向?企业)?(?:政策)?(?:解释(?:说明)?|说明解释|说明)(?:工作)?(?:到位|完毕|清楚)?"
)
EXPLAINED = "解释说明"
"""What the measure of a problem says that ended without a solution, by which such are found and counted."""
_ANSWERED = re.compile("已?(?:作出|做出)?答复(?:工作|到位|企业)?")
"""An end of which nobody says whether it was solved: closed, with these words for its measure."""


def _key(cell: Cell) -> str:
    """A cell in the form in which cells are compared."""
    return simplified(texts.key(shown(cell)))


def _spelt(said: Mapping[C, tuple[str, ...]]) -> dict[str, C]:
    """Every way to say a code: its own two names, itself, and the words of the field."""
    return {texts.key(word): code for code, words in said.items() for word in (*words, code.value, code.zh, code.en)}


_STATUS = _spelt(_STATES)
_SPELT: dict[Any, dict[str, Any]] = {
    Source: _spelt({
        Source.INSPECTION: (
            "入企发现", "检查发现", "检查", "自查", "五查", "走访发现", "走访", "入企", "日常检查", "排查",
        ),
        Source.ENTERPRISE: ("企业反映", "企业诉求", "企业提出", "企业上报", "企业申报", "企业", "反映"),
        Source.ASSIGNED: ("上级交办", "交办", "上级", "领导交办", "督办", "转办", "县里交办"),
    }),
    Stage: _spelt({
        Stage.STOPPED: (
            "未复工", "停产", "停工", "未开工", "未复产", "尚未复工", "暂未复工", "未复工复产", "停工停产",
            "停产停工", NO.zh,
        ),
        Stage.PREPARING: ("复产筹备", "筹备复工", "准备复工", "正在筹备", "筹备中"),
        Stage.RESUMED: (
            "复工", "已复工复产", "复工复产", "复产", "已复产", "已开工", "开工", "正常生产", "已恢复生产", YES.zh,
        ),
        Stage.FULL: ("全面复工", "满负荷", "达产", "全面复产", "满负荷生产", "全部复工"),
        Stage.UNKNOWN: (),
        Stage.EXCLUDED: ("永久停产", "检修"),
    }),
    Role: _spelt({
        Role.PUBLICITY: ("宣传员", "政策宣传"),
        Role.SUPERVISION: ("监督员", "监督检查"),
        Role.SERVICE: ("服务员", "帮扶服务"),
    }),
    Party: _spelt({
        Party.MEMBER: ("中共党员", "正式党员", YES.zh),
        Party.PROBATIONARY: ("中共预备党员",),
        Party.ACTIVIST: ("积极分子",),
        Party.NONE: ("群众", "无党派", "无党派人士", "团员", "共青团员", NO.zh),
    }),
}  # fmt: skip
"""The codes that people say in words of their own; others go by their names."""


@lru_cache(REMEMBERED, typed=True)
def yes(cell: Cell) -> bool | None:
    """是 or 否, in any of the ways of marking it; None where there is nothing.

    Raises:
        Unreadable: It is neither.
    """
    said = _key(cell)
    if not said:
        return None
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise Unreadable(_NEITHER)


class State(NamedTuple):
    """Where a problem stands, and what else the cell says."""

    status: Status | None
    said: str | None = None
    """Words that the status alone does not tell, to be kept."""
    on: str | None = None
    """The day that the cell names, as it is written."""
    explained: str | None = None
    """It ended with an explanation and no solution: the measure that says so."""


@lru_cache(REMEMBERED, typed=True)
def struck(cell: Cell) -> State | None:
    """是否销号: 是 or 否, or a state in words. 100% of something is not struck off.

    Raises:
        Unreadable: It is none of these.
    """
    return _state(_key(cell), shown(cell).strip(), _NEITHER)


@lru_cache(REMEMBERED, typed=True)
def status(cell: Cell) -> State | None:
    """A state in words, 是否解决 by 是 and 否, or a share: 100%.

    Raises:
        Unreadable: It is none.
    """
    if isinstance(cell, float) and 0 <= cell <= 1:
        return State(Status.CLOSED if cell == 1 else Status.DOING if cell else Status.OPEN)
    said = _key(cell)
    if share := re.fullmatch(r"(?:已?完成|进度|progress)?[:：]?(\d{1,3})(?:\.\d+)?%", said):
        return State(Status.CLOSED if share[1] == "100" else Status.DOING)
    return _state(said, shown(cell).strip(), _NO_STATE)


_DAY = r"(?:\d{4}[年./-])?\d{1,2}[月./-]\d{1,2}[日号]?"
_PARTS = re.compile(r"(?P<head>[^(),;:，；：。、（）]+)[(),;:，；：。、（）]+(?P<rest>.+)", re.DOTALL)
_DATED = re.compile(rf"(?:已?于)?(?P<day>{_DAY})(?P<head>\D+)")


def _state(said: str, words: str, otherwise: Words) -> State | None:
    """A state in one word, or one with a day or with words behind it: 是（3月12日）, 否，企业自行解决."""
    if not said:
        return None
    if plain := _one_word(said):
        return State(plain, words if plain is Status.DOING and said not in _STATUS else None)
    if _EXPLAINED.fullmatch(said):
        return State(Status.CLOSED, explained=words if EXPLAINED in words else f"{EXPLAINED}：{words}")
    if _ANSWERED.fullmatch(said):
        return State(Status.CLOSED, words)
    if len(both := {_one_word(part) for part in said.split("/")}) == 1 and None not in both:  # 是/已解决
        return State(both.pop())
    if (found := _DATED.fullmatch(said)) and (plain := _one_word(found["head"])):
        return State(plain, None, found["day"])
    found = _PARTS.fullmatch(said.rstrip("。.)）"))
    plain = _one_word(found["head"]) if found else None
    if not (found and plain):
        raise Unreadable(otherwise)
    if re.fullmatch(_DAY, found["rest"]):
        return State(plain, None, found["rest"])
    return State(Status.DOING if plain is Status.CLOSED and _RESERVED.search(found["rest"]) else plain, words)


_RESERVED = re.compile("未|待|尚|剩|余|部分|仍|正在|继续")
"""Words that take part of 已解决 back."""


def _one_word(said: str) -> Status | None:
    """The state that one word says; a shade of solved is in hand, and 否 has not begun."""
    if found := _STATUS.get(said):
        return Status(found)
    if said in _YES or _CLOSING.fullmatch(said):
        return Status.CLOSED
    if said in _NO or _UNBEGUN.fullmatch(said):
        return Status.OPEN
    return Status.DOING if _SHADES.fullmatch(said) else None


def progress(text: str | None) -> tuple[State | None, str | None]:
    """What a cell of progress says: a state, a note, or a state and a note as 「办理中：已联系银行」."""
    if text is None:
        return None, None
    said = simplified(texts.key(text)).rstrip("。")
    found = _STATUS.get(said)
    if found:
        return State(Status(found)), None
    dated = _CLOSED_ON.fullmatch(said)
    if dated and _STATUS.get(dated["head"]) is Status.CLOSED:
        return State(Status.CLOSED, None, dated["day"]), text
    parted = re.fullmatch(r"([^:：]{1,15})[:：]\s*(.+)", text, re.DOTALL)
    stated = _STATUS.get(texts.key(parted[1])) if parted else None
    return (State(Status(stated)), parted[2]) if parted and stated else (None, text)


def ends_closed(text: str) -> bool:
    """Whether what was done ends with words that close it: 口罩已送达，问题已解决."""
    return bool(_LAST_WORDS.search(simplified(texts.key(text)).rstrip("。.!")))


_LAST_WORDS = re.compile(
    r"(?<![未没])已(?:于\S{2,10}|经|全部|全面|彻底|圆满)?(?:解决|办结|销号|整改完成|整改到位|完成整改|整改完毕|办理完毕|办理完结)"
    rf"(?:[(,，]{_DAY}\)?)?$"
)
_CLOSED_ON = re.compile(rf"(?P<head>[^(（]+)[(（](?P<day>{_DAY})[)）]")


@lru_cache(REMEMBERED, typed=True)
def code(cell: Cell, kind: type[C]) -> C | None:
    """A code in words: by one of its own names, or as people of the field say it.

    Raises:
        Unreadable: It is none of them.
    """
    said = _key(cell)
    if not said:
        return None
    spelt: dict[str, C] = _SPELT.get(kind) or _spelt(dict.fromkeys(kind, ()))
    if said in spelt:
        return spelt[said]
    known = list(kind)
    zh, en = "、".join(each.zh for each in known), ", ".join(each.value for each in known)
    raise Unreadable(Words(f"看不懂；可以写：{zh}", f"not understood; write one of: {en}"))


class Reached(NamedTuple):
    """How far an enterprise has resumed, and what else the cell says."""

    stage: Stage
    said: str | None = None
    """Words that the stage alone does not tell, to be kept."""
    on: str | None = None
    """The day that the cell names, as it is written."""
    planned: bool = False
    """That day is when it means to resume."""


_PLANNED = re.compile(r"(?:拟|计划|预计|准备|申请|定于|将于|待)\S*(?:复工|复产|开工|生产)\S*")
_IN_PART = re.compile(
    r"(?:部分|局部|逐步|分批|陆续|基本|半负荷)\S*(?:复工|复产|开工|生产)?\S*|(?:一|二|三|\d+)(?:条线|个车间)\S*"
)
_OUT_OF_COUNT = re.compile(r"\S*(?:检修|永久停产|永久关停|长期停产|关停|注销|破产|吊销|搬迁|技改)\S*")
_STOPPED = re.compile(r"(?:目前|暂时?|尚|仍|一直|季节性|环保|因\S+)?(?:停产|停工|歇业|未复工|未复产|未开工|停业)\S*")
_SHADED_STAGES = (
    (Stage.PREPARING, _PLANNED),
    (Stage.EXCLUDED, _OUT_OF_COUNT),
    (Stage.PREPARING, _IN_PART),
    (Stage.STOPPED, _STOPPED),
)
"""Stages in an office's own words: none of them counts as resumed."""


@lru_cache(REMEMBERED, typed=True)
def stage(cell: Cell) -> Reached | None:
    """A stage of resumption: by its name, with a day beside it, or in words that are kept.

    Raises:
        Unreadable: It is none.
    """
    said, words = _key(cell), shown(cell).strip()
    if not said:
        return None
    spelt: dict[str, Stage] = _SPELT[Stage]
    if said in spelt:
        return Reached(spelt[said])
    for found in (_DATED.fullmatch(said), _HEADED.fullmatch(said.rstrip("。.)）"))):
        if found and found["head"] in spelt:
            return Reached(spelt[found["head"]], None, found["day"])
    day = re.search(_DAY, said)
    for meant, form in _SHADED_STAGES:
        if form.fullmatch(said):
            planned = form is _PLANNED
            return Reached(meant, words, day[0] if day and planned else None, planned)
    parted = _PARTS.fullmatch(said.rstrip("。.)）"))
    if parted and parted["head"] in spelt:
        half = spelt[parted["head"]] in (Stage.RESUMED, Stage.FULL) and _RESERVED.search(parted["rest"])
        return Reached(Stage.PREPARING if half else spelt[parted["head"]], words)
    return Reached(code(cell, Stage) or Stage.UNKNOWN)  # which refuses it with what may be written


_HEADED = re.compile(rf"(?P<head>[^(（,，]+)[(（,，](?P<day>{_DAY})(?:起|复工|复产)?")


@lru_cache(REMEMBERED, typed=True)
def duties(cell: Cell) -> list[str]:
    """What a member does in the team, one duty or several.

    Raises:
        Unreadable: One is none.
    """
    said = [each for each in re.split(r"[、，,；;/\s]+", shown(cell)) if each]
    return list(dict.fromkeys(found.value for each in said if (found := code(each, Duty))))


_NEITHER = Words("不是「是」或「否」", "neither yes nor no")
_NO_STATE = Words("看不懂的状态；可以写：待办、办理中、已销号", "no state; write open, doing or closed")
