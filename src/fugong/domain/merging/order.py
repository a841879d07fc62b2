"""The order of one record's events, the same in every store: parents first, then entry time, then hash.

Who knew of whom follows from the parents alone: of two acts of which neither knew, neither is later.
"""

import heapq
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from fugong.domain.history import REDACTED
from fugong.queries import same
from fugong.vocab import Act

_NO_WORD = (Act.UNDO, Act.REDACT)
"""Acts that say nothing of their record."""


class Said(NamedTuple):
    """An event as merging reads it."""

    id: int
    hash: str
    act: Act
    on: str
    changes: dict[str, list[Any]]
    parents: Sequence[str]
    undoes: str | None
    recorded_at: str
    replica: str
    actor: str
    text: str | None
    place: int | None
    redacted: Sequence[tuple[str, str]] = ()
    """Of a redaction: the events that it took words out of, each with the digest of the rest."""


def said(row: Sequence[Any], names: dict[str, str] | None = None) -> Said:
    """An event from its row, as ``ROWS`` asks for it, with records under the uids that they have by now."""
    key, hash_, act, on, changes, parents, undoes, at, replica, actor, text, place = row
    told = same.renamed(changes, names) if names else changes
    found = json.loads(told)
    redacted = found.pop(REDACTED, (None, ()))[1]
    upon = json.loads(parents)
    return Said(key, hash_, Act(act), on, found, upon, undoes, at, replica, actor, text, place, redacted)


_SAID = """
e.id, e.hash, e.act, e.on_date, e.changes, e.parents, e.undoes, b.recorded_at, b.replica, b.actor, e.text, e.place
FROM event e JOIN batch b ON b.id = e.batch_id
"""
ROWS = f"SELECT {_SAID} WHERE e.subject = :subject ORDER BY e.id"
MANY_ROWS = f"SELECT e.subject, {_SAID} WHERE e.subject IN ({{}}) ORDER BY e.id"
"""The events of several records, with the record of each."""


class Lineage:
    """The history of one record."""

    def __init__(self, events: Iterable[Said]) -> None:
        known = {event.hash: event for event in events}
        self.events = [*known.values()]
        self.linear = _one_after_the_other(self.events)
        """Whether each knew all before it: one store wrote after the other."""
        if not self.linear:  # or they came in another order
            self.events = _sorted(known)
            self.linear = _one_after_the_other(self.events)

    @cached_property
    def at(self) -> dict[str, int]:
        """The place of each event."""
        return {event.hash: place for place, event in enumerate(self.events)}

    @cached_property
    def above(self) -> list[int]:
        """Of each, a mask of the places of all that it knew."""
        masks: list[int] = []
        for event in self.events:
            mask = 0
            for parent in event.parents:
                if (place := self.at.get(parent)) is not None:
                    mask |= masks[place] | 1 << place
            masks.append(mask)
        return masks

    def knows(self, one: int, other: int) -> bool:
        """Whether an event was written by one who knew another."""
        return bool(self.above[one] >> other & 1)

    def apart(self, one: int, other: int) -> bool:
        """Whether neither knew of the other."""
        return one != other and not self.knows(one, other) and not self.knows(other, one)

    def heads(self, places: Sequence[int]) -> list[int]:
        """Those that none of the others knew of."""
        known = 0
        for place in places:
            known |= self.above[place]
        return [place for place in places if not known >> place & 1]

    @cached_property
    def gone(self) -> dict[int, int]:
        """By the place of each undoing: that of the event which it took back."""
        found: dict[int, int] = {}
        for place, event in enumerate(self.events):
            if event.act is not Act.UNDO:
                continue
            if event.undoes is not None:
                target = self.at.get(event.undoes)
            else:  # what was entered before events said so took back the last that stood
                taken = {found[each] for each in found if self.knows(place, each)}
                stood = (
                    each
                    for each in range(place - 1, -1, -1)
                    if self.knows(place, each) and self.events[each].act not in _NO_WORD and each not in taken
                )
                target = next(stood, None)
            if target is not None:
                found[place] = target
        return found

    @cached_property
    def standing(self) -> list[int]:
        """The places of the acts that nobody took back."""
        taken = set(self.gone.values())
        return [place for place, event in enumerate(self.events) if event.act not in _NO_WORD and place not in taken]

    def standing_to(self, known: int) -> list[int]:
        """The places of the acts that stand to one who knows what is in a mask."""
        taken = {target for place, target in self.gone.items() if known >> place & 1}
        return [
            place
            for place, event in enumerate(self.events)
            if known >> place & 1 and event.act not in _NO_WORD and place not in taken
        ]


def _one_after_the_other(events: Sequence[Said]) -> bool:
    return all(list(event.parents) == [before.hash] for before, event in pairwise(events))


def _sorted(known: dict[str, Said]) -> list[Said]:
    waiting = {hash_: {each for each in event.parents if each in known} for hash_, event in known.items()}
    children: dict[str, list[str]] = defaultdict(list)
    for hash_, parents in waiting.items():
        for parent in parents:
            children[parent].append(hash_)
    ready = [(known[hash_].recorded_at, hash_) for hash_, parents in waiting.items() if not parents]
    heapq.heapify(ready)
    found = []
    while ready:
        _, hash_ = heapq.heappop(ready)
        found.append(known[hash_])
        for child in children[hash_]:
            waiting[child].discard(hash_)
            if not waiting[child]:
                heapq.heappush(ready, (known[child].recorded_at, child))
    return found
