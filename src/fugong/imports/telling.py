"""What is told of a row besides what became of it: what changed, what was assumed, what was left as it is."""

from collections.abc import Callable
from datetime import date
from typing import Any

from fugong.attributes import named
from fugong.imports.cells.columns import Field
from fugong.lang import T, listing, name_of
from fugong.values.personal import masked
from fugong.vocab import Kind, Words, answer

NO_MEASURE = "措施未载明"
"""The measure of a closed row that names none: text of the ledger, so in the ledger's language."""
FOUND, CLOSED = Words("提出日期", "found date"), Words("办结日期", "closing date")
NO_HOW = Words(NO_MEASURE, "no measure is stated")
MOVED = Words("时限已随发现日期移动，没有移回", "the deadline moved with the found date and was not moved back")
NO_PHONE = Words("责任人后面的电话没有导入", "the telephone number beside the person was not taken")
STAYS_CLOSED = Words("台账里已销号，没有重开", "closed in the ledger; not reopened")
STAYS_PENDING = Words("台账里待审核，没有销号也没有退回", "awaits its review in the ledger; left so")
STAYS_DOING = Words("台账里已在办理，保持不变", "in progress in the ledger; left so")


def change(kind: Kind, name: str, old: Any, new: Any) -> Words:
    """What an attribute was and is now, as people read it; a telephone number is masked."""
    field = named(kind, name).words
    if name == Field.PHONE:
        old, new = masked(old), masked(new)
    return Words(
        f"{field.zh}：{_shown(old, lambda each: each.zh)} → {_shown(new, lambda each: each.zh)}",
        f"{field.en}: {_shown(old, lambda each: each.en)} → {_shown(new, lambda each: each.en)}",
    )


def _shown(value: Any, spoken: Callable[[Any], str]) -> str:
    """A value as people read it in a change."""
    if value is None or value == []:
        return "—"
    if isinstance(value, bool):
        return spoken(answer(value))
    if isinstance(value, list):
        return listing(str(getattr(each, "name", each)) for each in value)
    if hasattr(value, "zh"):
        return spoken(value)
    return str(getattr(value, "name", value))


def assumed(what: Words, day: date) -> Words:
    return Words(f"没有写{what.zh}，按 {day}（约）", f"no {what.en}; taken as about {day}")


def told(remarks: list[Words]) -> str:
    """Remarks in the language of this run."""
    return T("；", "; ").join(map(name_of, remarks)) if remarks else ""


def doubts(closed: str | None) -> list[Words]:
    """What the row says of the same thing in two ways."""
    if closed is None:
        return []
    return [
        Words(
            f"进展写着「{closed}」，状态却没有销号；按状态记",
            f"progress says “{closed}”, the status does not; taken by the status",
        )
    ]


def clamped(stated: date, day: date) -> Words:
    return Words(
        f"办结日期 {stated} 早于台账里记的 {day}（约），按 {day}",
        f"closed on {stated}, before about {day}; taken as {day}",
    )
