"""Whether one store's history is contained in another's: what tells an older copy from another branch.

Only the uids of commands are read: a copy of a million problems that came in by one load is told by one uid. Every
command of the copy is compared and not just its last, for two branches may share a later command that both took from a
third copy. Where the two stores have the same commands under the same keys, as an older copy has, the engines join the
uids of many into one text, which costs a thirtieth of looking each up.
"""

from collections.abc import Sequence
from typing import NamedTuple

from fugong import db

WINDOW = 10_000
"""How many commands are compared at a time."""
CHUNK = 500
_JOINED = (
    "SELECT count(*), group_concat(uid) "
    "FROM (SELECT uid FROM batch WHERE id > :first AND id <= :first + :window ORDER BY id)"
)
_THERE = f"SELECT count(*) FROM batch WHERE uid IN ({', '.join(f':u{place}' for place in range(CHUNK))})"


class Compared(NamedTuple):
    """What the histories of a copy and of a store have in common, counted in commands."""

    shared: int
    lacking: int
    """Commands of the copy that the store does not have."""
    since: int
    """Commands of the store that the copy does not have."""
    kin: bool
    """Whether they are of one ledger: they share a command, or the copy is of this very store before its first."""

    @property
    def contained(self) -> bool:
        """Whether the store has everything that the copy has."""
        return self.kin and not self.lacking

    @property
    def commands(self) -> int:
        """How much history the copy holds."""
        return self.shared + self.lacking


def compared(copy: db.Reader, store: db.Reader) -> Compared:
    """Compare a copy, which is a file, with a store."""
    (there,) = store.first("SELECT count(*) FROM batch") or (0,)
    (last,) = copy.first("SELECT coalesce(max(id), 0) FROM batch") or (0,)
    shared = commands = 0
    for first in range(0, last, WINDOW):
        count, uids = told = copy.first(_JOINED, first=first, window=WINDOW) or (0, None)
        same = store.dialect == "sqlite" and store.first(_JOINED, first=first, window=WINDOW) == told
        commands += count
        shared += count if same else _shared(store, (uids or "").split(","))
    kin = shared > 0 or (commands == 0 and copy.settings["replica"] == store.settings["replica"])
    return Compared(shared, commands - shared, there - shared, kin)


def _shared(store: db.Reader, uids: Sequence[str]) -> int:
    """How many of these commands a store has."""
    found = 0
    for start in range(0, len(uids), CHUNK):
        asked = dict.fromkeys((f"u{place}" for place in range(CHUNK)), "")
        asked |= {f"u{place}": uid for place, uid in enumerate(uids[start : start + CHUNK])}
        found += (store.first(_THERE, **asked) or (0,))[0]
    return found
