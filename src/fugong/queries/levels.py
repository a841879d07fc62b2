"""How many problems in hand were reported to which level (上报), of each group."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from fugong.vocab import IN_HAND, LEVEL, Level, Words

if TYPE_CHECKING:
    from fugong.queries.names import Rows


def levels_of(rows: "Rows", column: str) -> dict[Any, dict[Level, int]]:
    """The counts per level of each value of a column of the problem table, which is called ``p``.

    Args:
        rows: Runs SQL on the store as it stood at the cut-off (``queries.past``).
        column: The column, or an expression.
    """
    counts: dict[Any, dict[Level, int]] = defaultdict(dict)
    sql = (
        f"SELECT {column} AS one, {LEVEL} AS level, count(*) FROM problem p "
        f"WHERE {IN_HAND} AND (escalated IS NOT NULL OR major) GROUP BY 1, 2"
    )
    for value, level, count in rows(sql):
        counts[value][Level(level)] = count
    return counts


def levels_of_all(rows: "Rows") -> dict[Level, int]:
    """The counts per level of all problems in hand; every level is there."""
    counts = levels_of(rows, "1")[1]
    return {level: counts.get(level, 0) for level in Level}


def escalated(levels: Mapping[Level, int]) -> Iterator[Words]:
    """How many problems were reported to which level, the highest last; nothing where none was."""
    some = [(level, count) for level, count in levels.items() if count]
    if some:
        zh = "、".join(f"{level.zh} {count}" for level, count in some)
        en = ", ".join(f"{level.en} {count}" for level, count in some)
        yield Words(f"已上报 {sum(levels.values())} 个：{zh}", f"Reported upward: {sum(levels.values())} ({en})")
