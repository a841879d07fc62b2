"""How many problems in hand were reported to which level (上报), of each group."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from fugong.queries.counts import Asked, Tally
from fugong.vocab import IN_HAND, LEVEL, Level, Words


def asked(column: str) -> Asked:
    """What the levels of each value of a column of the problem table are counted from, in one tally with the counts."""
    return (column, LEVEL), f"{IN_HAND} AND (escalated IS NOT NULL OR major)"


def levels_of(tallied: Tally) -> dict[Any, dict[Level, int]]:
    """The counts per level that a tally comes to; what it has besides is left alone."""
    counts: dict[Any, dict[Level, int]] = defaultdict(dict)
    for value, level, count in tallied:
        if level in _LEVELS:
            counts[value][Level(level)] = count
    return counts


_LEVELS = frozenset(Level)


def escalated(levels: Mapping[Level, int]) -> Iterator[Words]:
    """How many problems were reported to which level, the highest last; nothing where none was."""
    some = [(level, count) for level, count in levels.items() if count]
    if some:
        zh = "、".join(f"{level.zh} {count}" for level, count in some)
        en = ", ".join(f"{level.en} {count}" for level, count in some)
        yield Words(f"已上报 {sum(levels.values())} 个：{zh}", f"Reported upward: {sum(levels.values())} ({en})")
