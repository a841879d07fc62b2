"""Which commands whoever entered a command knew: all that lead to it, in its own chain and in those that it saw."""

import json
from functools import cached_property
from typing import NamedTuple

from fugong.store.session import Session


class _Node(NamedTuple):
    id: int
    replica: str
    number: int | None
    builds_upon: tuple[str, ...]


class Commands:
    """The commands of a store, by who knew of whom. It reads them when it is first asked."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[int, int], bool] = {}
        """What was asked before: a file that is loaded enters thousands of records with one command."""

    @cached_property
    def _named(self) -> dict[str, _Node]:
        """By digest; those of before the chains by their uid."""
        return {
            digest or uid: _Node(
                key, replica, number, tuple(each for each in (previous, *json.loads(saw or "[]")) if each)
            )
            for key, uid, replica, number, previous, saw, digest in self._session.rows(_ALL)
        }

    @cached_property
    def _names(self) -> dict[int, str]:
        return {node.id: name for name, node in self._named.items()}

    @cached_property
    def _forked(self) -> set[str]:
        """The replicas that went on in two places: of theirs, a higher number need not know a lower one."""
        seen, twice = set[tuple[str, int | None]](), set[str]()
        for node in self._named.values():
            place = (node.replica, node.number)
            if place in seen:
                twice.add(node.replica)
            seen.add(place)
        return twice

    def knew(self, one: int, other: int) -> bool:
        """Whether who entered a command knew another, or it is that one; each by its key in the store."""
        if one == other:
            return True
        if (one, other) not in self._known:
            self._known[one, other] = self._knew(one, other)
        return self._known[one, other]

    def _knew(self, one: int, other: int) -> bool:
        mine, theirs = self._node(one), self._node(other)
        if mine.replica == theirs.replica and mine.replica not in self._forked and mine.number and theirs.number:
            return mine.number > theirs.number
        wanted, waiting, seen = self._names[other], [*mine.builds_upon], set[str]()
        while waiting:
            name = waiting.pop()
            if name == wanted:
                return True
            if name not in seen and name in self._named:
                seen.add(name)
                waiting += self._named[name].builds_upon
        return False

    def apart(self, one: int, other: int) -> bool:
        """Whether neither was entered by somebody who knew the other."""
        return not self.knew(one, other) and not self.knew(other, one)

    def _node(self, key: int) -> _Node:
        return self._named[self._names[key]]


_ALL = "SELECT id, uid, replica, number, previous, saw, digest FROM batch ORDER BY id"
