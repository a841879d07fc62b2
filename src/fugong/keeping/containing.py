"""Whether one store's history is contained in another's: what tells an older copy from another branch.

Only the uids of commands are read, from their index: a copy of a million problems that came in by one load is told by
one uid. Every command of the copy is looked up and not just its last, for two branches may share a later command
that both took from a third copy.
"""

from itertools import islice
from typing import NamedTuple

from fugong import db

CHUNK = 500
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
    """Compare a copy with a store."""
    (there,) = store.first("SELECT count(*) FROM batch") or (0,)
    shared = commands = 0
    told = copy.stream("SELECT uid FROM batch ORDER BY uid")
    while uids := [uid for (uid,) in islice(told, CHUNK)]:
        commands += len(uids)
        padded = uids + uids[:1] * (CHUNK - len(uids))
        shared += (store.first(_THERE, **{f"u{place}": uid for place, uid in enumerate(padded)}) or (0,))[0]
    kin = shared > 0 or (commands == 0 and copy.settings["replica"] == store.settings["replica"])
    return Compared(shared, commands - shared, there - shared, kin)
