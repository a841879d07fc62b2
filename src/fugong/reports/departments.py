"""How the departments do: lights of what they have in hand, how long they took, how often they bounced."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from fugong.db import Reader
from fugong.queries.as_of import AsOf
from fugong.queries.counts import grouped
from fugong.queries.dialects import DIALECTS
from fugong.queries.lights import lights
from fugong.results.report import Cell, Column
from fugong.values import ratios
from fugong.values.lateness import DONE_ON
from fugong.vocab import IN_HAND, Light, Status, Words

COLUMNS = (
    *(Column(light.value, Words(f"{light.zh}灯", light.en.capitalize()), Cell.COUNT) for light in Light),
    Column("bounced", Words("退回", "Bounced"), Cell.COUNT),
    Column("days_taken", Words("平均用时（天）", "Days taken")),
)


class Doing(NamedTuple):
    """How one department does, in the order of ``COLUMNS``."""

    red: int = 0
    """Problems in hand, by light; red is overdue."""
    yellow: int = 0
    green: int = 0
    grey: int = 0
    bounced: int = 0
    """How often it refused a problem (退回)."""
    days_taken: float | None = None
    """Calendar days from finding to solving, on average over what it closed; None if it closed nothing."""


def departments(reader: Reader, cut: AsOf, solved: Mapping[Any, int]) -> dict[Any, Doing]:
    """How each department does as of a cut-off, by its key; None is the problems that no department has.

    Args:
        reader: The store as it stood at the cut-off.
        cut: The cut-off.
        solved: How many each has closed.
    """
    lit = _lit(reader, cut)
    bounced = dict(reader.rows("SELECT department_id, count(*) FROM bounce x GROUP BY department_id"))
    taken = _taken(reader, cut, solved)
    doing: dict[Any, Doing] = defaultdict(Doing)
    for key in {*lit, *bounced, *taken}:
        shining = {light.value: lit[key].get(light, 0) for light in Light}
        doing[key] = Doing(**shining, bounced=bounced.get(key, 0), days_taken=taken.get(key))
    return doing


def _lit(reader: Reader, cut: AsOf) -> dict[Any, dict[Light | None, int]]:
    """How many problems in hand have which light. A deadline is a day, so there are few to look at."""
    shone = lights(reader, cut.day)
    counts: dict[Any, dict[Light | None, int]] = defaultdict(lambda: defaultdict(int))
    by = "department_id, due_on, applied_on"
    for key, due_on, applied_on, count in grouped(reader.rows, by, IN_HAND, cut):
        counts[key][shone.of(Status.PENDING if applied_on else Status.DOING, due_on, applied_on)] += count
    return counts


def _taken(reader: Reader, cut: AsOf, solved: Mapping[Any, int]) -> dict[Any, float]:
    """How many days the closed problems took, on average."""
    days = DIALECTS[reader.dialect].days.format(DONE_ON, "found_on")
    taken = dict(grouped(reader.rows, "department_id", "status = 'closed'", cut, total=f"sum({days})"))
    return {key: ratios.mean(int(taken.get(key, 0)), count) for key, count in solved.items() if count}
