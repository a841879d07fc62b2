"""Copies of a ledger: each a replica with a series of numbers of its own (docs/adr/0019-schema-3.md)."""

import hashlib
from datetime import datetime

from fugong.domain import history
from fugong.domain.writer import Writer
from fugong.store.identity import letters, new_uid
from fugong.store.records import Copy, County, Fact
from fugong.store.session import Session
from fugong.values import texts
from fugong.values.texts import NAME
from fugong.vocab import Grown, Words

WHOM = Words("给谁用", "whom it is for")
_LETTERS = "BCDEFGHJKMNPQRSTUVXY"
"""Sayable, and not taken for figures; Z goes before those of the second twenty."""


def hand_out(writer: Writer, name: str | None) -> Copy:
    """Tell of a copy that somebody gets: the replica that it will be, and its series.

    Raises:
        BlankText, TextTooLong, ControlCharacter: The name is not fit to be stored.
    """
    called = texts.clean(name, what=WHOM, limit=NAME) if name is not None else None
    own = writer.series
    given = {copy.series for copy in writer.session.all(Copy)}
    place = 0
    while (series := own + "Z" * (place // len(_LETTERS)) + _LETTERS[place % len(_LETTERS)]) in given:
        place += 1
    copy = Copy(uid=new_uid(), name=called, series=series, grown=Grown.CLONE)
    writer.add(copy, named=True)
    return copy


def become(session: Session, copy: Copy) -> None:
    """Let a store be the copy that it was made to be: its commands begin a chain, and its numbers begin at 1."""
    _set(session, replica=copy.uid, series=copy.series)


def begin_anew(session: Session, grown: Grown, *, actor: str, moment: datetime, keep_series: bool = False) -> Copy:
    """Let a store go on as a replica of its own, and tell that it does.

    Args:
        session: The store.
        grown: How it came about.
        actor: Who made it so.
        moment: The present instant.
        keep_series: No other store can have given the numbers that it will give next.
    """
    replica, series = new_uid(), history.settings(session)["series"]
    if not keep_series:
        series += letters(hashlib.sha256(replica.encode()).hexdigest(), 2)
    copy = Copy(uid=replica, series=series, grown=grown)
    _set(session, replica=replica, series=series, counting=not keep_series)
    Writer.opened(session, verb=grown.value, actor=actor, moment=moment).add(copy, named=True)
    return copy


def entered_here(session: Session) -> str:
    """A condition on commands ``t``: what was entered in this store, whichever replica it was then.

    Of a restored or imported store no event tells which it was before. It is the one that gave numbers of the series
    with which this one goes on, or of that behind which it put letters of its own; and before the chain began there was
    none but it. A store that became another when it met its twin had by then what came in before that merge.
    """
    replica, until = history.settings(session)["replica"], ""
    told = {copy.uid: copy for copy in session.all(Copy)}
    found = []
    while replica:
        found.append(f"(t.replica = '{replica}'{until})")
        first = next(session.rows(_FIRST_OF, replica=replica), None)
        began, entered = first or (0, "")
        until += f" AND t.id < {began}" if first else ""
        copy = told.pop(replica, None)
        if copy is None:
            found.append(f"(t.digest IS NULL{until or ' AND 1 = 0'})")
            break
        until += f" AND t.arrived_at < '{entered}'" if copy.grown is Grown.FORK else ""
        replica = "" if copy.grown is Grown.CLONE else _before(session, copy, told, began)
    return " OR ".join(found)


def _before(session: Session, copy: Copy, others: dict[str, Copy], began: int) -> str:
    """Which replica a store was before it was another; nothing where that one never entered anything."""
    kept = not copy.series or any(other.series == copy.series for other in others.values())
    series = copy.series if kept else copy.series[:-2]
    last = next(session.rows(_LAST_OF, began=began, own=copy.uid, series=series), None)
    return str(last[0]) if last else ""


_FIRST_OF = "SELECT id, recorded_at FROM batch WHERE replica = :replica ORDER BY id LIMIT 1"
_LAST_OF = """
SELECT b.replica FROM batch b LEFT JOIN copy c ON c.uid = b.replica
WHERE b.id < :began AND b.replica <> :own AND b.county IS NULL AND b.digest IS NOT NULL
AND coalesce(c.series, '') = :series ORDER BY b.id DESC LIMIT 1
"""


def _set(session: Session, *, replica: str, series: str, counting: bool = True) -> None:
    for name, value in (("replica", replica), ("series", series)):
        kept = session.get(Fact, name)
        kept.value = value
        session.save(kept)
    for county in session.all(County, "1 = 1 ORDER BY t.prefix"):  # no two write in one chain
        county.replica = new_uid()
        session.save(county)
    if counting:
        session.run("UPDATE team SET next_number = 1, next_activity = 1, skipped = NULL")
        session.forget()
