"""The status of a problem that several stores wrote: closed or applied for where all agree, in hand where not."""

from collections.abc import Sequence
from typing import Any

from fugong.domain import history
from fugong.domain.merging.order import Lineage
from fugong.vocab import Act, Status

TOGETHER = ("status", "applied_on", "closed_on", "how", "duplicate_of")
"""The attributes that change with the status, and are merged with it as one."""
FOLLOWS = frozenset({Act.ASSIGN, Act.EXTEND, Act.BOUNCE})
"""Acts that would have been refused after a closing, so that they contradict one that they did not know of."""
_BEGINS = frozenset({Act.NOTE, Act.ASSIGN, Act.BOUNCE, Act.CHASE, Act.EXTEND, Act.REOPEN})
_IN_HAND = {Status.OPEN.value, Status.DOING.value}

Side = tuple[str, Any]


def decided(lineage: Lineage, places: Sequence[int]) -> tuple[dict[str, Any], dict[str, list[Side]]]:
    """The status with what changes with it, and what is in conflict."""
    writers = [place for place in places if not _only_begins(lineage, place)]
    values: dict[int, dict[str, Any]] = {}
    for place in writers:
        known = lineage.above[place]
        before = [each for each in values if known >> each & 1]
        value = dict(_seen(lineage, before, values, known)[0]) if before else dict.fromkeys(TOGETHER)
        changes = lineage.events[place].changes
        value |= {name: changes[name][1] for name in TOGETHER if name in changes}
        values[place] = _live(value)
    value, conflicts = _seen(lineage, writers, values, (1 << len(lineage.events)) - 1)
    return (_in_hand(lineage) if value["status"] in _IN_HAND else value), conflicts


_DOING = {**dict.fromkeys(TOGETHER), "status": Status.DOING.value}


def _seen(
    lineage: Lineage, writers: Sequence[int], values: dict[int, dict[str, Any]], known: int
) -> tuple[dict[str, Any], dict[str, list[Side]]]:
    """The status, and what is in conflict, for who knew only these acts: an act changes what its writer saw."""
    heads = _yielding(lineage, lineage.heads(writers), values)
    standing = lineage.standing_to(known)
    taken = [head for head in heads if _took_back_logging(lineage, head)]
    went_on = [
        place
        for place in standing
        if lineage.events[place].act is not Act.LOG and any(lineage.apart(head, place) for head in taken)
    ]
    if went_on:
        return _DOING, {"undone": _sides(lineage, taken, values) + _acts(lineage, went_on)}
    if {values[head]["status"] for head in heads} == {Status.CLOSED.value}:
        closed = _all("closed_on", [values[head] for head in heads])
        late = [place for place in standing if _could_not_follow(lineage, place, heads, closed["closed_on"])]
        return closed, {"follow": _sides(lineage, heads, values) + _acts(lineage, late)} if late else {}
    if {values[head]["status"] for head in heads} == {Status.PENDING.value}:
        return _all("applied_on", [values[head] for head in heads]), {}
    if len({history.canonical(values[head]) for head in heads}) > 1:
        return _DOING, {"status": _sides(lineage, heads, values)}
    return values[heads[-1]], {}


def _yielding(lineage: Lineage, heads: list[int], values: dict[int, dict[str, Any]]) -> list[int]:
    """The last words on a status, where one store entered the record once more and others closed or applied for it."""
    said = [head for head in heads if lineage.events[head].act is not Act.LOG or values[head]["status"] not in _IN_HAND]
    ended = {values[head]["status"] for head in said}
    return said if said and ended <= {Status.CLOSED.value, Status.PENDING.value} else heads


def _sides(lineage: Lineage, places: Sequence[int], values: dict[int, dict[str, Any]]) -> list[Side]:
    return sorted((lineage.events[place].hash, values[place]) for place in places)


def _acts(lineage: Lineage, places: Sequence[int]) -> list[Side]:
    return sorted((lineage.events[place].hash, lineage.events[place].act.value) for place in places)


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


def _all(day: str, values: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What several sides closed, or applied for: as the earliest did, with all measures."""
    how = dict.fromkeys(value["how"] for value in values)
    return {**min(values, key=lambda value: str(value[day])), "how": "；".join(how)}


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
