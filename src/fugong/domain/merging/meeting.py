"""Records that copies entered each by itself and that are one: the same team, firm, day, entry of a list.

What a file or a name defines has a uid that follows from it, so that it is one record wherever it was entered. Older
records have a uid by chance. They are matched by the key of their first event, never by a present name, and only where
neither side knew of the other's; the smaller uid stands, and the other is kept as a name of it (history.md §5).
"""

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

from fugong.domain.derived import sort_key
from fugong.domain.merging.commands import Commands
from fugong.queries import same
from fugong.store.records import Loaded
from fugong.store.session import Session
from fugong.values import texts
from fugong.vocab import Kind

Values = Mapping[str, Any]

Key = Callable[[Values], tuple[Any, ...] | None]
_KEYS: Mapping[Kind, Key] = {
    Kind.CAMPAIGN: lambda _: (),
    Kind.CALENDAR_DAY: lambda said: (said["day"],),
    Kind.DEPARTMENT: lambda said: (texts.key(said["name"]),),
    Kind.ENTERPRISE: lambda said: (texts.key(said["name"]),),
    Kind.PRACTICE: lambda said: (texts.key(said["name"]),),
    Kind.TEAM: lambda said: (sort_key(said["code"]),),
    Kind.TERM: lambda said: (said["list"], said["code"]),
    Kind.MEMBER: lambda said: (said["team"], texts.key(said["name"])),
    Kind.MILESTONE: lambda said: (said["enterprise"], said["term"]),
    Kind.NIL_REPORT: lambda said: (said["team"], said["on_date"]),
    Kind.PROFILE: lambda said: (texts.key(said["name"]),),
    Kind.PROBLEM: lambda said: (said["key"],) if said.get("key") else None,
    Kind.ACTIVITY: lambda said: (said["key"],) if said.get("key") else None,
    Kind.FIGURE: lambda said: None if said.get("publication") else (said["key"],),
}
"""By kind, those that others refer to first: what makes a record the one that it is, from what was first said of it.

Of a problem, of work and of a figure that is its key, if it has one.
"""

_BEGUN = """
FROM event e JOIN batch b ON b.id = e.batch_id AND b.county IS NULL WHERE e.parents = '[]'
"""
_ENTERED = f"SELECT e.subject, e.changes, e.batch_id {_BEGUN} AND e.kind = :kind ORDER BY e.id"
_KINDS_THAT_CAME = f"SELECT DISTINCT e.kind {_BEGUN} AND b.id > :last"
_CAME = f"SELECT DISTINCT e.subject {_BEGUN} AND b.id > :last AND e.kind = :kind"


def meet(session: Session, last: int) -> None:
    """Let what two copies entered be one record.

    Args:
        session: The store.
        last: The key of the last command that was here before.
    """
    commands, joined = Commands(session), dict[str, str]()
    came = {Kind(kind) for (kind,) in session.rows(_KINDS_THAT_CAME, last=last)}
    for kind, key in _KEYS.items():
        known = _known_by(session, kind, key) if kind in came else {}
        come = {str(uid) for (uid,) in session.rows(_CAME, last=last, kind=kind.value)} if known else set()
        for gone, kept in _pairs(commands, known, come):
            _join(session, kind.value, gone, kept)
            joined[gone] = kept
    for row in session.among(Loaded, "subject", joined):
        while row.subject in joined:
            row.subject = joined[row.subject]
        session.save(row)


Known = Mapping[tuple[Any, ...], list[tuple[str, int]]]
"""By what makes a record the one that it is: each time that one was entered, and the command."""


def _known_by(session: Session, kind: Kind, key: Key) -> Known:
    """All records of a kind that were entered as another was: whether one was taken back may come to be known later.

    Most were entered once, and nothing is kept of them but a number.
    """
    hashes = array("q", (hash(told) for told, *_ in _entered(session, kind, key)))
    often = {one for one, other in pairwise(sorted(hashes)) if one == other}
    found = defaultdict[tuple[Any, ...], list[tuple[str, int]]](list)
    for told, uid, command in _entered(session, kind, key) if often else ():
        if hash(told) in often:
            found[told].append((uid, command))
    return found


def _entered(session: Session, kind: Kind, key: Key) -> Iterator[tuple[tuple[Any, ...], str, int]]:
    """What makes each record of a kind the one that it is, its uid, and the command that entered it."""
    names = same.names(session.rows)
    for uid, changes, command in session.rows(_ENTERED, kind=kind.value):
        if (told := key(_told(changes, names))) is not None:
            yield told, str(uid), command


def _pairs(commands: Commands, known: Known, wanted: set[str]) -> Iterator[tuple[str, str]]:
    """Of records that are one: the uid that goes, and the one that is kept."""
    for entered in known.values():
        left = entered
        while pair := _pair(commands, left, wanted):
            kept, gone = sorted(pair)
            left = [(kept if uid == gone else uid, command) for uid, command in left]
            wanted.add(kept)
            yield gone, kept


def _pair(commands: Commands, entered: Sequence[tuple[str, int]], come: Collection[str]) -> tuple[str, str] | None:
    """Two records of which one came, each entered by somebody who did not know the other."""
    for (one, mine), (other, theirs) in combinations(entered, 2):
        if one != other and (one in come or other in come) and commands.apart(mine, theirs):
            return one, other
    return None


def _told(changes: str, names: dict[str, str]) -> dict[str, Any]:
    return {name: new for name, (_, new) in json.loads(same.renamed(changes, names)).items()}


def _join(session: Session, table: str, gone: str, kept: str) -> None:
    """Let one record have the histories of both."""
    session.run(
        "UPDATE event SET named = CASE WHEN named = :kept THEN NULL ELSE coalesce(named, subject) END, subject = :kept "
        "WHERE subject = :gone",
        gone=gone, kept=kept,
    )  # fmt: skip
    session.run(f"UPDATE {table} SET uid = :kept WHERE uid = :gone", gone=gone, kept=kept)
    session.run("UPDATE conflict SET subject = :kept WHERE subject = :gone", gone=gone, kept=kept)
    session.forget()
