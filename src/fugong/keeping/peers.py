"""What each other store was known to have when it was last heard of: what a bundle for it need not bring."""

import json
from collections.abc import Iterable

from fugong.queries import seals
from fugong.store.chain import canonical
from fugong.store.records import Peer
from fugong.store.session import Session


def hear(session: Session, replica: str, heads: Iterable[str] | None = None) -> None:
    """Remember that another store has these last commands, and all that came before; unless given, all that is here."""
    known = seals.heads(session.rows).digests if heads is None else list(heads)
    peer = session.find(Peer, replica=replica) or Peer(replica=replica, heads="[]")
    peer.heads = canonical(sorted(known))
    session.save(peer)


def forget(session: Session) -> None:
    """Know of nobody what it has: the store is a copy, and heard of nobody yet."""
    session.run("DELETE FROM peer")
    session.forget()


def heard(session: Session) -> dict[str, list[str]]:
    """By replica: the last commands that it had."""
    return {peer.replica: json.loads(peer.heads) for peer in session.all(Peer, "1 = 1 ORDER BY t.replica")}
