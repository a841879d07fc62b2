"""Commands in a chain: what the digest of each is taken of, and the seal of all that a store holds.

Every command of a replica is told from the one before it, so that none can leave, change or come between unseen; the
seal is a line that stands for all of them (docs/adr/0019-schema-3.md). Nothing here knows a store.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Self

BEGIN = "begin"
"""The first command of a store that is older than chains: it stands for all that was there, and has no event."""
SEAL = 32
"""Hexadecimal digits of a seal: 128 bits, so that nobody can make another ledger with the same seal."""

canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""The one JSON text of a content: sorted keys, no blanks, real characters."""


class Command(NamedTuple):
    """What the digest of a command is taken of, besides its events."""

    uid: str
    verb: str
    actor: str
    recorded_at: str
    replica: str
    number: int
    """Running in its replica: a label, no identity."""
    previous: str | None
    """The digest of the command before it in its replica."""
    saw: Sequence[str]
    """The last commands of other chains that it knew, and the one before it did not; sorted."""
    undoes: str | None
    """The uid of the command that it takes back."""

    @property
    def begins(self) -> bool:
        """Whether it stands for what is older than chains; ``previous`` is the uid of the last of that."""
        return self.verb == BEGIN and self.number == 1


class Digest:
    """The digest of one command, taken as its events come."""

    def __init__(self, command: Command) -> None:
        self._taken = hashlib.sha256(canonical(command._asdict()).encode())

    def add(self, lines: Iterable[str]) -> Self:
        """Go on with the hashes of events, in the order in which they were entered."""
        for line in lines:
            self._taken.update(b"\n" + line.encode())
        return self

    def __str__(self) -> str:
        return self._taken.hexdigest()


def older(uid: str, undoes: str | None) -> str:
    """How a command of before the chain stands in that of ``BEGIN``, before the hashes of its events."""
    return canonical([uid, undoes])


class Heads:
    """The last command of every chain, as commands become known. A fork has two."""

    def __init__(self) -> None:
        self._replicas: dict[str, str] = {}

    @classmethod
    def of(cls, commands: Mapping[str, tuple[str, str | None]]) -> Self:
        """The heads of all these commands: by digest the replica and the one before."""
        made = cls()
        named = {(replica, previous) for replica, previous in commands.values()}
        made._replicas = {
            digest: replica for digest, (replica, _) in commands.items() if (replica, digest) not in named
        }
        return made

    def __contains__(self, digest: str | None) -> bool:
        return digest in self._replicas

    def add(self, replica: str, previous: str | None, digest: str) -> None:
        """One more command."""
        if previous and self._replicas.get(previous) == replica:
            del self._replicas[previous]
        self._replicas[digest] = replica

    @property
    def digests(self) -> list[str]:
        """All of them, sorted."""
        return sorted(self._replicas)

    @property
    def lines(self) -> str:
        """A line for each: its replica and its digest."""
        return "".join(sorted(f"{replica} {digest}\n" for digest, replica in self._replicas.items()))

    @property
    def seal(self) -> str:
        """What stands for all of them, and for all that came before."""
        return seal(self.lines)


def seal(lines: str) -> str:
    """The seal of the heads that these lines tell."""
    return hashlib.sha256(lines.encode()).hexdigest()[:SEAL]


def after(last: str | None, now: str) -> str:
    """The moment at which a command arrived: now, but always later than the arrival before it."""
    if last is None or now > last:
        return now
    from datetime import datetime, timedelta

    moment = datetime.fromisoformat(last) + timedelta(microseconds=1)
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z"
