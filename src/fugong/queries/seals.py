"""Where the chains of commands stand, and the seal of all that the store holds."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from fugong.queries import Rows
from fugong.store import chain


class Link(NamedTuple):
    """What the next command of a replica joins to."""

    replica: str
    number: int
    previous: str | None
    saw: list[str]
    arrived_at: str | None
    """When the last command arrived, whoever's it was."""


def link(rows: Rows, replica: str, county: str | None = None) -> Link:
    """Where the next command of a replica goes on; one for a county knows nothing but that county's history."""
    own = last = next(iter(rows(f"{_LAST} ORDER BY id DESC LIMIT 1")), _NONE)
    if last[1] != replica:
        own = next(iter(rows(f"{_LAST} WHERE replica = :replica ORDER BY id DESC LIMIT 1", replica=replica)), _NONE)
    key, _, number, digest, _ = own
    arrived = last[-1]
    return Link(replica, number + 1, digest, sorted(_others(rows, key, replica, county)), arrived)


def _others(rows: Rows, key: int, replica: str, county: str | None) -> set[str]:
    """The last commands of other chains that came after a command of this one."""
    others: set[str] = set()
    asked = {"key": key, "replica": replica}
    came = rows(_CAME, **asked) if county is None else rows(_THERE, **asked, county=county)
    for previous, saw, digest in came:
        others -= {previous, *json.loads(saw or "[]")}
        others.add(digest)
    return others


def heads(rows: Rows, county: str | None = None) -> chain.Heads:
    """The last command of every chain that the store knows, or of those of a county."""
    found = chain.Heads()
    for replica, _, digest in lasts(rows, county):
        found.add(replica, None, digest)
    return found


def lasts(rows: Rows, county: str | None = None) -> list[tuple[str, int, str]]:
    """Of those commands: replica, number and digest, in the order of the digests."""
    told = rows(_HEADS) if county is None else rows(f"{_HEADS} AND b.county = :county", county=county)
    return sorted(told, key=lambda last: str(last[2]))


def several(rows: Rows) -> bool:
    """Whether there are commands of several replicas."""
    ((least, most),) = rows("SELECT min(replica), max(replica) FROM batch WHERE digest IS NOT NULL")
    return bool(least != most)


def known_to(rows: Rows, digests: Iterable[str | None]) -> chain.Heads:
    """The last commands of all chains that whoever wrote commands after these knew, with all that came before."""
    return chain.Heads.of(commands_known(rows, digests))


def commands_known(rows: Rows, digests: Iterable[str | None]) -> dict[str, tuple[str, str | None]]:
    """By digest: replica and previous of these commands, and of all that those who wrote them knew."""
    every = {digest: (replica, previous, saw) for replica, previous, saw, digest in rows(_SAW)}
    found: dict[str, tuple[str, str | None]] = {}
    waiting = list(digests)
    while waiting:
        digest = waiting.pop()
        if digest is None or digest in found or digest not in every:
            continue
        replica, previous, saw = every[digest]
        found[digest] = (replica, previous)
        waiting += [previous, *json.loads(saw or "[]")]
    return found


def known(rows: Rows) -> Iterator[str]:
    """Every seal that the store ever had, the newest last: one after each command that arrived."""
    found = chain.Heads()
    for replica, previous, digest in rows(_CHAINED):
        found.add(replica, previous, digest)
        yield found.seal


_NONE: tuple[Any, ...] = (0, None, 0, None, None)
_LAST = "SELECT id, replica, number, digest, arrived_at FROM batch"
_CAME = """
SELECT previous, saw, digest FROM batch
WHERE id > :key AND replica <> :replica AND digest IS NOT NULL ORDER BY id
"""
_THERE = """
SELECT previous, saw, digest FROM batch
WHERE id > :key AND replica <> :replica AND digest IS NOT NULL AND county = :county ORDER BY id
"""
_CHAINED = "SELECT replica, previous, digest FROM batch WHERE digest IS NOT NULL ORDER BY id"
_SAW = "SELECT replica, previous, saw, digest FROM batch WHERE digest IS NOT NULL"
_HEADS = """
SELECT b.replica, b.number, b.digest FROM batch b WHERE b.digest IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM batch n WHERE n.previous = b.digest AND n.replica = b.replica)
"""
