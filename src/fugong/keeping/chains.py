"""Whether commands join: each of a replica to the one before it, with just the events that it was told with.

What was cut out whole, with its events and effects and every key closed up, leaves a chain that does not join; so do
events of one command that changed places, another target of an undoing, another entry time.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from fugong.errors.store import SealUnknown
from fugong.keeping.findings import Finding
from fugong.queries import olden, seals
from fugong.store import chain
from fugong.store.session import Session
from fugong.vocab.keeping import Damage, Remedy

TOGETHER = 500
"""Commands that are read at once, each with its events."""


def since(session: Session, seal: str) -> int:
    """How many commands arrived since the store had a seal.

    That it had it is known from the digests as they stand; that each is the digest of what is there, ``joined`` proves.

    Raises:
        SealUnknown: It never had.
    """
    wanted = seal.strip().lower()
    after = 0 if wanted == chain.Heads().seal else None
    for held in seals.known(session.rows):
        if after is not None:
            after += 1
        elif held == wanted:
            after = 0
    if after is None:
        raise SealUnknown(seal=seal)
    return after


def joined(session: Session) -> Iterator[Finding]:
    """Every command that does not join, and every publication whose seal was not that of what came before."""
    begun = list(session.rows(f"{_COMMANDS} WHERE b.verb = :begin AND b.number = 1", begin=chain.BEGIN))
    first = {row[0]: chain.Digest(_command(row)) for row in begun}
    within = {row[0]: {uid for _, uid, _ in olden.before(session.rows, row[7])} for row in begun}
    heads, arrived, others = chain.Heads(), None, _others(session)
    publications = {key: (seal, lines) for key, seal, lines in session.rows(_PUBLISHED)}
    for row, hashes in _commands(session):
        key, uid, digest, moment = row[0], row[1], row[9], row[11]
        late = moment if row[5] in others else chain.after(arrived, row[4])
        if moment != late or (arrived is not None and moment <= arrived):
            yield Finding(Damage.ORDER, "batch", uid, "arrived_at", Remedy.COMPARE)
        arrived = moment
        if digest is None and (stood := [each for each, uids in within.items() if uid in uids]):
            for each in stood:
                first[each].add([chain.older(uid, row[10])]).add(hashes)
            continue
        if digest is None or not _joins(session, row, heads):
            yield Finding(Damage.CHAIN, "batch", uid, "previous", Remedy.COMPARE)
        if digest is None:
            continue
        told = first.get(key) or chain.Digest(_command(row)).add(hashes)
        if str(told) != digest:
            yield Finding(Damage.CHAIN, "batch", uid, "digest", Remedy.COMPARE)
        if key in publications and publications[key] != _known_to(session, row, heads):
            yield Finding(Damage.SEAL, "publication", uid, "seal", Remedy.COMPARE)
        heads.add(row[5], row[7], digest)


def _others(session: Session) -> set[str]:
    """The replicas whose commands came by a merge: they arrived when they did."""
    own = "SELECT value FROM fact WHERE name = 'replica'"
    return {replica for (replica,) in session.rows(f"SELECT DISTINCT replica FROM batch WHERE replica <> ({own})")}


def _known_to(session: Session, row: Sequence[Any], heads: chain.Heads) -> tuple[str, str]:
    """The seal of all that a command knew, and the heads that it is of: here, or where it was entered."""
    if not seals.several(session.rows):
        return heads.seal, heads.lines
    found = seals.known_to(session.rows, [row[7], *json.loads(row[8] or "[]")])
    return found.seal, found.lines


def _joins(session: Session, row: Sequence[Any], heads: chain.Heads) -> bool:
    """Whether what comes before a command is there, and what else it knew."""
    key, replica, number, previous, saw = row[0], row[5], row[6], row[7], row[8]
    for digest in json.loads(saw or "[]"):
        if digest not in heads and not next(session.rows(_THERE, digest=digest, key=key), None):
            return False
    if previous is None or _command(row).begins:
        return bool(number == 1)
    return next(session.rows(_BEFORE, digest=previous, key=key, replica=replica, number=number - 1), None) is not None


def _commands(session: Session) -> Iterator[tuple[Sequence[Any], list[str]]]:
    """Every command in the order of arrival, with the hashes of its events."""
    last = 0
    while some := list(session.rows(f"{_COMMANDS} WHERE b.id > :last ORDER BY b.id LIMIT {TOGETHER}", last=last)):
        first, last = some[0][0], some[-1][0]
        hashes: dict[int, list[str]] = {}
        for key, hash_ in session.rows(_HASHES, first=first, last=last):
            hashes.setdefault(key, []).append(hash_)
        yield from ((row, hashes.get(row[0], [])) for row in some)


def _command(row: Sequence[Any]) -> chain.Command:
    _, uid, verb, actor, recorded_at, replica, number, previous, saw, _, undoes, *_ = row
    return chain.Command(uid, verb, actor, recorded_at, replica, number, previous, json.loads(saw or "[]"), undoes)


_COMMANDS = """
SELECT b.id, b.uid, b.verb, b.actor, b.recorded_at, b.replica, b.number, b.previous, b.saw, b.digest, u.uid,
       b.arrived_at, b.county
FROM batch b LEFT JOIN batch u ON u.id = b.undoes_id
"""
_HASHES = "SELECT batch_id, hash FROM event WHERE batch_id BETWEEN :first AND :last ORDER BY batch_id, id"
_THERE = "SELECT 1 FROM batch WHERE digest = :digest AND id < :key"
_BEFORE = """
SELECT 1 FROM batch WHERE id < :key AND replica = :replica AND number = :number AND digest = :digest
ORDER BY id DESC LIMIT 1
"""
"""In most stores the first one that is looked at: they are looked through from the newest."""
_PUBLISHED = """
SELECT e.batch_id, p.seal, p.heads FROM publication p JOIN event e ON e.subject = p.uid AND e.act = 'add'
WHERE p.seal IS NOT NULL
"""
