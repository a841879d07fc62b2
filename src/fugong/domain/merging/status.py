"""The status of a problem that several stores wrote: closed only where all agree, in hand where any does not."""

from collections.abc import Sequence
from typing import Any

from fugong.domain import history
from fugong.domain.merging.order import Lineage
from fugong.vocab import Act, Status

TOGETHER = ("status", "applied_on", "closed_on", "how", "duplicate_of")
"""What changes with a status is one attribute with it."""
FOLLOWS = frozenset({Act.ASSIGN, Act.EXTEND, Act.BOUNCE})
"""What could not have come after a closing that it did not know of. Notes and chasing could."""
_BEGINS = frozenset({Act.NOTE, Act.ASSIGN, Act.BOUNCE, Act.CHASE, Act.EXTEND, Act.REOPEN})
_IN_HAND = {Status.OPEN.value, Status.DOING.value}

Side = tuple[str, Any]


def decided(lineage: Lineage, places: Sequence[int]) -> tuple[dict[str, Any], dict[str, list[Side]]]:
    """The status with what changes with it, and what is in conflict."""
    from fugong.domain.merging.folding import values_at

    writers = [place for place in places if not _only_begins(lineage, place)]
    values = {place: _live(value) for place, value in values_at(lineage, TOGETHER, writers).items()}
    heads = lineage.heads(writers)
    conflicts: dict[str, list[Side]] = {}

    def differ(name: str, among: Sequence[int]) -> None:
        conflicts[name] = sorted((lineage.events[place].hash, values.get(place)) for place in among)

    taken = [head for head in heads if _took_back_logging(lineage, head)]
    went_on = [
        place
        for place in lineage.standing
        if lineage.events[place].act is not Act.LOG and any(lineage.apart(head, place) for head in taken)
    ]
    if taken and went_on:
        conflicts["undone"] = sorted(
            [*((lineage.events[head].hash, values[head]) for head in taken),
             *((lineage.events[place].hash, lineage.events[place].act.value) for place in went_on)]
        )  # fmt: skip
        return _in_hand(lineage), conflicts
    said = {history.canonical(values[head]) for head in heads}
    states = {values[head]["status"] for head in heads}
    if states == {Status.CLOSED.value}:
        closed = _all_closed([values[head] for head in heads])
        late = [place for place in lineage.standing if _could_not_follow(lineage, place, heads, closed["closed_on"])]
        if late:
            conflicts["follow"] = sorted(
                [*((lineage.events[head].hash, values[head]) for head in heads),
                 *((lineage.events[place].hash, lineage.events[place].act.value) for place in late)]
            )  # fmt: skip
        return closed, conflicts
    if len(said) > 1:
        differ("status", heads)
        return _in_hand(lineage), conflicts
    value = values[heads[-1]]
    return (_in_hand(lineage) if value["status"] in _IN_HAND else value), conflicts


def _only_begins(lineage: Lineage, place: int) -> bool:
    """Whether an act sets no more than that somebody is at it, which follows from acts and yields to a closing."""
    event = lineage.events[place]
    said = {name: pair for name, pair in event.changes.items() if name in TOGETHER}
    return said.keys() == {"status"} and set(said["status"]) == _IN_HAND and event.act not in (Act.REOPEN, Act.SETTLE)


def _live(value: dict[str, Any]) -> dict[str, Any]:
    """A value in which open and in progress are one."""
    return {**value, "status": Status.DOING.value} if value["status"] in _IN_HAND else value


def _took_back_logging(lineage: Lineage, place: int) -> bool:
    target = lineage.gone.get(place)
    return target is not None and lineage.events[target].act is Act.LOG


def _in_hand(lineage: Lineage) -> dict[str, Any]:
    events = lineage.events
    begun = any(
        events[place].act in _BEGINS or events[place].changes.get("status", (None, None))[1] == Status.DOING.value
        for place in lineage.standing
    )
    state = Status.DOING if begun else Status.OPEN
    return {**dict.fromkeys(TOGETHER), "status": state.value}


def _all_closed(values: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The earliest day, and all measures."""
    how = dict.fromkeys(value["how"] for value in values)
    return {**values[0], "closed_on": min(value["closed_on"] for value in values), "how": "；".join(how)}


def _could_not_follow(lineage: Lineage, place: int, heads: Sequence[int], closed_on: str) -> bool:
    event = lineage.events[place]
    return event.act in FOLLOWS and event.on > closed_on and any(lineage.apart(head, place) for head in heads)


def reopened_twice(lineage: Lineage, reopenings: Sequence[int]) -> int:
    """How many reopenings opened no closing that none before them had opened."""
    closings = [
        place
        for place in lineage.standing
        if lineage.events[place].changes.get("status", (None, None))[1] == Status.CLOSED.value
    ]
    opened, twice = set[int](), 0
    for place in reopenings:
        known = {each for each in closings if lineage.knows(place, each)}
        twice += bool(known) and known <= opened
        opened |= known
    return twice
