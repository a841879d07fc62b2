"""What the events of a record come to where several stores wrote it, attribute by attribute.

Where one store wrote after the other, a record is the fold of its events. Else each attribute, or group of them that
change together, is what the acts say that set it and that no other act setting it knew; where these differ, it is in
conflict. The last in the one order stands meanwhile.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from fugong import attributes
from fugong.attributes.problems import VISIT
from fugong.domain import history
from fugong.domain.merging import status
from fugong.domain.merging.order import Lineage
from fugong.results.report import Cell
from fugong.vocab import Act, Kind

Side = tuple[str, Any]
"""One side of a conflict: the hash of an event, and the value that it gives."""


class Folded(NamedTuple):
    """A record as its events have it, and what is in conflict."""

    values: dict[str, Any]
    """Every attribute that was ever told; none where the record is gone from its table."""
    conflicts: dict[str, list[Side]]

    @property
    def state(self) -> dict[str, Any]:
        """Without those that say nothing."""
        return {name: value for name, value in self.values.items() if not history.says_nothing(value)}


GROUPS: Mapping[Kind, Mapping[str, Sequence[str]]] = {
    Kind.PROBLEM: {
        "status": status.TOGETHER,
        "due_on": ("due_on", "due_rule", "due_from", "due_estimated", "first_due_on", "late_extended"),
        "found_on": ("found_on", "approximate"),
        "verified": VISIT,
        "escalated": ("escalated", "escalated_on"),
        "number": ("team", "series", "number"),
    },
    Kind.ACTIVITY: {
        "number": ("team", "series", "number"),
        "on_date": ("on_date", "approximate"),
        "quantity": ("quantity", "unit", "item"),
    },
    Kind.MILESTONE: {"on_date": ("pending", "on_date", "approximate")},
    Kind.FIGURE: {"value": ("value", "unit", "as_of")},
}
"""Attributes that only make sense together and are merged as one, under the name that a conflict of them has."""
_RETIRING = {"retired_on": ("retired_on", "retired_why")}
SEQUENCES = {"stages": 0, "assignments": 1, "bounces": 1}
"""Lists whose entries have days of their own, with the position of the day in an entry."""
REGISTERS = frozenset({"results"})
"""Lists that are merged as a whole, like a single value."""
STAYING = frozenset({Kind.PROBLEM, Kind.SETTING})
"""Kinds whose records are never gone from their table, whatever was taken back: void, or as nobody set them."""
NUMBERED = "number"
"""The attribute that is a record's number. One entered in several stores got one from each; the first is shown."""


def folded(kind: Kind, lineage: Lineage, *, named: bool = False) -> Folded:
    """What a record is.

    Args:
        kind: Its kind.
        lineage: Its history.
        named: Whether other records refer to it, so that it is not gone.
    """
    told = [event.changes for event in lineage.events]
    if lineage.linear:
        values = {name: new for change in told for name, (_, new) in change.items()}
        says = kind is Kind.SETTING or any(not history.says_nothing(value) for value in values.values())
        found = Folded(values if says else {}, {})
        if kind in STAYING or not (_went_on(lineage, values) or (named and not says)):
            return found
    return _Fold(kind, lineage, named=named).run()


def _went_on(lineage: Lineage, values: Mapping[str, Any]) -> bool:
    """Whether an adding was taken back, and somebody went on with the record, who met it since another names it."""
    adding = (Act.ADD, Act.LOG)
    undone = [place for place, target in lineage.gone.items() if lineage.events[target].act in adding]
    told = lineage.events[undone[-1]].changes if undone and undone[-1] < len(lineage.events) - 1 else {}
    return any(new is None and history.says_nothing(values[name]) for name, (_, new) in told.items())


class _Fold:
    """The fold of one record."""

    def __init__(self, kind: Kind, lineage: Lineage, *, named: bool) -> None:
        self.kind = kind
        self.lineage = lineage
        self.named = named
        self.conflicts: dict[str, list[Side]] = {}
        self.ignored: frozenset[int] = frozenset()

    def run(self) -> Folded:
        if self.kind not in STAYING and self._gone():
            return Folded({}, {})
        state: dict[str, Any] = {}
        names = dict.fromkeys(name for event in self.lineage.events for name in event.changes)
        groups = group_names(self.kind)
        for name in dict.fromkeys(groups.get(name, name) for name in names):
            together = members(self.kind, name)
            places = self._writers(together)
            if not places:
                continue
            state |= self._value(name, together, places)
        return Folded(state, self.conflicts)

    def _writers(self, names: Sequence[str]) -> list[int]:
        events = self.lineage.events
        return [
            place
            for place, event in enumerate(events)
            if place not in self.ignored
            and (any(name in event.changes for name in names) or (event.act is Act.ADD and self._flag(names)))
        ]

    def _flag(self, names: Sequence[str]) -> bool:
        """Whether an attribute is a truth value, false where the event that adds the record does not say it."""
        return any(
            isinstance(event.changes.get(name, (None,))[-1], bool) for event in self.lineage.events for name in names
        )

    def _value(self, name: str, together: Sequence[str], places: list[int]) -> dict[str, Any]:
        if (self.kind, name) == (Kind.PROBLEM, "status"):
            value, conflicts = status.decided(self.lineage, places)
            self.conflicts |= conflicts
            return value
        if name in counters(self.kind):
            return {name: self._counted(name)}
        heads = self.lineage.heads(places)
        if name in SEQUENCES and len(heads) > 1:
            return {name: self._sequence(name, places, heads)}
        if name in sets(self.kind) and len(heads) > 1:
            return {name: self._set(name, places, heads)}
        values = values_at(self.lineage, together, places)
        if len(together) == 1 and self._flag(together):
            values = {place: {name: bool(value[name])} for place, value in values.items()}
        if name == NUMBERED:
            later = [head for head in heads if self.lineage.events[head].parents]
            return values[later[-1] if later else places[0]]
        if len({history.canonical(values[head]) for head in heads}) > 1:
            self._differ(name, [(self.lineage.events[head].hash, _shown(values[head])) for head in heads])
        return values[heads[-1]]

    def _differ(self, name: str, sides: Iterable[Side]) -> None:
        self.conflicts[name] = sorted(sides)

    # Whether it is there

    def _gone(self) -> bool:
        """Whether its adding was taken back, and nobody went on with it meanwhile."""
        events = self.lineage.events
        roots = {place for place, event in enumerate(events) if event.act in (Act.ADD, Act.LOG)}
        removed = {place: target for place, target in self.lineage.gone.items() if target in roots}
        self.ignored = frozenset(removed)
        heads = self.lineage.heads(sorted({*roots, *removed, *self._said_again()}))
        if not all(head in removed for head in heads):
            return False
        went_on = [
            (head, other)
            for head in heads
            for other in self.lineage.standing
            if other not in roots and self.lineage.apart(head, other)
        ]
        if not went_on and not self.named:
            return True
        self._differ("undone", {(events[head].hash, None) for head in heads} | {
            (events[other].hash, events[other].act.value) for _, other in went_on
        })  # fmt: skip
        return False

    def _said_again(self) -> Iterator[int]:
        """The settlements by which a record stands though its adding was taken back: they say all of it, as it was."""
        groups, events = group_names(self.kind), self.lineage.events
        every = {groups.get(name, name) for event in events for name in event.changes}
        for place in self.lineage.standing:
            told = {groups.get(name, name) for name in events[place].changes}
            if events[place].act is Act.SETTLE and (len(told) > 1 or told == every):
                yield place

    # Counters, sets, histories

    def _counted(self, name: str) -> int | None:
        """The sum of what the acts that stand added."""
        events, standing = self.lineage.events, self.lineage.standing
        grown = {
            place: (events[place].changes[name][1] or 0) - (events[place].changes[name][0] or 0)
            for place in standing
            if name in events[place].changes
        }
        total = sum(grown.values())
        if name == "reopened":
            total -= status.reopened_twice(self.lineage, [place for place, more in grown.items() if more > 0])
        return total or None

    def _items(self, name: str, places: Sequence[int]) -> dict[str, list[tuple[int, bool]]]:
        """Of each item of a list, by its text and which of its like it is: who added it and who took it away."""
        words: dict[str, list[tuple[int, bool]]] = defaultdict(list)
        for place in places:
            old, new = (_each(value) for value in self.lineage.events[place].changes[name])
            for item in {**old, **new}:
                if (item in old) != (item in new):
                    words[item].append((place, item in new))
        return words

    def _present(self, name: str, places: Sequence[int]) -> dict[str, int]:
        """The items that any latest word added, each with the place of the first that did."""
        found: dict[str, int] = {}
        for item, words in self._items(name, places).items():
            added = dict(words)
            last = self.lineage.heads([place for place, _ in words])
            if any(added[place] for place in last):
                found[item] = next(place for place, there in words if there)
        return found

    def _set(self, name: str, places: Sequence[int], heads: Sequence[int]) -> list[Any]:
        import json

        items = [json.loads(item)[0] for item in self._present(name, places)]
        if name in plain_lists(self.kind):
            last = self.lineage.events[heads[-1]].changes[name][1] or []
            return [*(item for item in last if item in items), *history.unordered([i for i in items if i not in last])]
        return history.unordered(items)

    def _sequence(self, name: str, places: Sequence[int], heads: Sequence[int]) -> list[Any]:
        import json

        at = SEQUENCES[name]
        entries = [(json.loads(item)[0], place) for item, place in self._present(name, places).items()]
        if name == "assignments":
            entries = _joined(entries)
        entries.sort(key=lambda each: (each[0][at] or "", each[1]))
        days: dict[str, list[tuple[Any, int]]] = defaultdict(list)
        for entry, place in entries:
            days[entry[at] or ""].append((entry, place))
        for told in days.values():
            apart = [each for each in told if any(self.lineage.apart(each[1], other[1]) for other in told)]
            said = {history.canonical(_what(name, entry)) for entry, _ in apart}
            settled = any(all(self.lineage.knows(head, place) for _, place in apart) for head in heads)
            if name != "bounces" and len(said) > 1 and not settled:
                self._differ(name, [(self.lineage.events[place].hash, entry) for entry, place in apart])
        shown = [entry for entry, _ in entries]
        if name == "assignments":
            ends = [(self.lineage.events[head].changes[name][1] or [[None, None, None]])[-1][2] for head in heads]
            return ended(shown, max(ends) if all(ends) else None)
        return shown


def _each(value: Any) -> dict[str, None]:
    """The items of a list by their texts, equal ones told apart by which of their like they are."""
    seen: Counter[str] = Counter()
    found: dict[str, None] = {}
    for item in value or []:
        text = history.canonical(item)
        found[history.canonical([item, seen[text]])] = None
        seen[text] += 1
    return found


def _what(name: str, entry: list[Any]) -> Any:
    """What tells two entries of one day apart."""
    return entry[0] if name == "assignments" else entry[1]


def _joined(entries: list[tuple[Any, int]]) -> list[tuple[Any, int]]:
    """Each taking over of a firm once, whenever it ended."""
    first: dict[str, tuple[Any, int]] = {}
    for entry, place in sorted(entries, key=lambda each: each[1]):
        first.setdefault(history.canonical(entry[:2]), (entry, place))
    return list(first.values())


def ended(entries: Sequence[list[Any]], last: str | None) -> list[list[Any]]:
    """Who looked after a firm, each until the next one did; of several since nobody knows when, the last."""
    ends = [*(entry[1] for entry in entries[1:]), last]
    told = [[team, since, end] for (team, since, _), end in zip(entries, ends, strict=True)]
    return [entry for place, entry in enumerate(told, 1) if entry[2] is not None or place == len(told)]


def values_at(lineage: Lineage, names: Sequence[str], places: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What attributes that change together are after each act that set one of them."""
    mask, found = 0, dict[int, dict[str, Any]]()
    for place in places:
        before = lineage.above[place] & mask
        value = dict(found[before.bit_length() - 1]) if before else dict.fromkeys(names)
        value |= {name: new for name, (_, new) in lineage.events[place].changes.items() if name in names}
        found[place] = value
        mask |= 1 << place
    return found


def _shown(value: Mapping[str, Any]) -> Any:
    """What a side says, for people and for ``settle``: all of a group, or the one value."""
    return next(iter(value.values())) if len(value) == 1 else dict(value)


@cache
def group_names(kind: Kind) -> Mapping[str, str]:
    """By attribute: the name of its group."""
    return {each: name for name, together in _groups(kind).items() for each in together}


def members(kind: Kind, name: str) -> Sequence[str]:
    """The attributes of a group, or the attribute itself."""
    return _groups(kind).get(name, (name,))


def _groups(kind: Kind) -> Mapping[str, Sequence[str]]:
    return GROUPS.get(kind, _RETIRING)


@cache
def counters(kind: Kind) -> frozenset[str]:
    """The attributes that are counters."""
    return frozenset(each.name for each in attributes.of(kind) if each.grows)


@cache
def sets(kind: Kind) -> frozenset[str]:
    """The attributes that are sets: each item is in them or not."""
    lists = {each.name for each in attributes.of(kind) if each.cell in (Cell.LIST, Cell.CODES) and each.tracked}
    return frozenset(lists - SEQUENCES.keys() - REGISTERS)


@cache
def plain_lists(kind: Kind) -> frozenset[str]:
    """Lists that stay in the order in which they were typed."""
    return frozenset(each.name for each in attributes.of(kind) if each.within)
