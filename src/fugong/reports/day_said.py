"""What a day brought, in sentences: ten problems by name at most of each kind, then how many more."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from fugong.reports.day import Day, Late, Named
from fugong.vocab import Act, Words

MOST = 10
NUMBERED = 20
"""So many of the others are given by their numbers."""
LONG = 40
"""The most characters of a problem's text in such a sentence."""


def day_lines(day: Day) -> Iterator[Words]:
    """The day's problems; the first line says how many."""
    yield day_head(day)
    yield from day_items(day)


def day_head(day: Day) -> Words:
    """How many problems were new and closed."""
    if day.new or day.closed:
        return Words(
            f"当日新增 {len(day.new)} 个，销号 {len(day.closed)} 个：",
            f"New that day {len(day.new)}, closed {len(day.closed)}:",
        )
    return Words("当日没有新增和销号。", "Nothing was new or closed that day.")


def day_items(day: Day) -> Iterator[Words]:
    """The problems by name."""
    yield from _each(Words("新增", "new"), day.new, _new)
    yield from _each(Words("销号", "closed"), day.closed, _closed)
    yield from _each(Words("重开", "reopened"), day.reopened, _plain)
    yield from _each(Words("作废", "void"), day.voided, _plain)
    yield from _each(Words("补录", "entered late"), day.late, _late, day.late_acts)


def _each(head: Words, items: Sequence[Any], said: Callable[[Any], Words], count: int = 0) -> Iterator[Words]:
    """Some by name, the rest by their numbers; there are more than the ``items`` where ``count`` says so."""
    for each in map(said, items[:MOST]):
        yield Words(f"  {head.zh} {each.zh}", f"  {head.en}: {each.en}")
    if len(items) > MOST:
        yield more_of(
            Words(f"{head.zh} ", f"{head.en}: "), [each.id for each in items[MOST:]], max(count, len(items)) - MOST
        )


def more_of(head: Words, ids: Sequence[str], count: int = 0) -> Words:
    """How many there are besides, and the first of their numbers; ``count`` where not all of them are given."""
    count = count or len(ids)
    some = ids[:NUMBERED]
    zh, en, rest = "、".join(some), ", ".join(some), count > len(some)
    return Words(
        f"  {head.zh}另有 {count} 个：{zh}{' 等' if rest else ''}",
        f"  {head.en}{count} more: {en}{', …' if rest else ''}",
    )


def _plain(each: Named) -> Words:
    text = cut(each.text)
    return Words(f"{each.id} {each.firm}：{text}", f"{each.id} {each.firm}: {text}")


def _new(each: Named) -> Words:
    zh, en = _plain(each)
    due = each.due_on or ""
    to = "，".join(part for part in (each.department or "未交办", due) if part)
    return Words(
        f"{zh}（{to}）", f"{en} ({', '.join(part for part in (each.department or 'not assigned', due) if part)})"
    )


def _closed(each: Named) -> Words:
    zh, en = _plain(each)
    how = cut(each.how or "")
    late = Words(f"（逾期 {each.days_late} 天）", f" ({each.days_late}d late)") if each.days_late else Words("", "")
    return Words(f"{zh}——{how}{late.zh}" if how else zh + late.zh, f"{en} - {how}{late.en}" if how else en + late.en)


def _late(each: Late) -> Words:
    act = Words("发现", "found") if each.act is Act.LOG else Words("销号", "closed")
    return Words(
        f"{each.id} {each.firm}：{each.on} {act.zh}，当日录入", f"{each.id} {each.firm}: {act.en} on {each.on}"
    )


def cut(text: str) -> str:
    """A text as one line, cut to so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= LONG else f"{line[: LONG - 1]}…"
