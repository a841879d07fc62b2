"""Proving what follows where histories met: the one order, conflicts, tags; and whom the store must know of."""

from collections.abc import Iterator, Sequence

from fugong.domain import history
from fugong.domain.merging import between, numbering, renewing, twins
from fugong.keeping import peers
from fugong.keeping.findings import Finding
from fugong.store.records import RECORDS, Conflict, Event
from fugong.store.session import Session
from fugong.vocab import Kind
from fugong.vocab.keeping import Damage, Remedy

_PLACED = "SELECT DISTINCT subject, kind FROM event WHERE place IS NOT NULL ORDER BY subject"
_MET = """
SELECT team_id, series, number FROM {table} GROUP BY team_id, series, number HAVING count(*) > 1 OR max(tag) <> ''
"""

_HANDED_OUT = """
SELECT e.subject FROM event e JOIN batch b ON b.id = e.batch_id JOIN fact s ON s.name = 'replica'
WHERE e.kind = 'copy' AND e.act = 'add' AND b.verb = 'clone' AND b.replica = s.value
AND NOT EXISTS (SELECT 1 FROM peer p WHERE p.replica = e.subject) ORDER BY e.subject
"""


_OF_COUNTIES = "SELECT digest, county FROM batch WHERE county IS NOT NULL"
_BEGUN_ELSEWHERE = """
SELECT DISTINCT county FROM batch WHERE county IS NOT NULL AND number = 1 AND saw = '[]' AND verb <> 'begin'
ORDER BY county
"""
"""Counties that came from a store with a chain of its own, for its first command knew of none; one of an older schema
has nothing that could be remembered."""


def in_place(events: Sequence[Event]) -> bool:
    """Whether events of a record, in their order, have a place just where the order of arrival is not enough.

    Where neither of two events knew the other, both have one, and so has all before them; whoever wrote later in this
    store knew all of it, and what they wrote comes last as it came.
    """
    heads, apart, last = set[str](), False, True
    for place, event in enumerate(events, 1):
        parents, known = set(history.parents(event)), event.place is not None
        if event.place not in (None, place) or (known and not last) or (parents != heads and not known):
            return False
        heads, apart, last = heads - parents | {event.hash}, apart or parents != heads, known
    return apart or not last


def handed_out(session: Session) -> Iterator[Finding]:
    """What each copy had that this very store handed out is kept, and what each county had that came in."""
    for (replica,) in session.rows(_HANDED_OUT):
        yield Finding(Damage.GAP, "peer", replica, "-")
    heard = {head for heads in peers.heard(session).values() for head in heads}
    known = {prefix for digest, prefix in session.rows(_OF_COUNTIES) if digest in heard}
    for (prefix,) in session.rows(_BEGUN_ELSEWHERE):
        if prefix not in known:
            yield Finding(Damage.GAP, "peer", prefix, "-")


def whose(session: Session) -> Iterator[Finding]:
    """Every command belongs to a county that the store knows, all of a replica to one; or to none."""
    for sql, damage, table, name in (
        (_NO_COUNTY, Damage.GAP, "county", "-"), (_TWO_COUNTIES, Damage.DERIVED, "batch", "county"),
    ):  # fmt: skip
        for (what,) in session.rows(sql):
            yield Finding(damage, table, what, name, Remedy.COMPARE)


_NO_COUNTY = """
SELECT DISTINCT county FROM batch WHERE county IS NOT NULL AND county NOT IN (SELECT prefix FROM county) ORDER BY 1
"""
_TWO_COUNTIES = """
SELECT replica FROM batch GROUP BY replica HAVING count(DISTINCT coalesce(county, '')) > 1 ORDER BY replica
"""


def met(session: Session) -> Iterator[Finding]:
    """Of each record that several stores wrote: its order, and what is in conflict."""
    placed = dict(session.rows(_PLACED))
    held: dict[str, dict[str, tuple[str, str]]] = {}
    for row in session.all(Conflict):
        held.setdefault(row.subject, {})[row.attribute] = (row.kind.value, row.sides)
        placed.setdefault(row.subject, row.kind.value)
    twin = {uid: side for kind in RECORDS for uid, side in twins.found(session, kind).items()}
    others = between.found(session)
    placed |= dict.fromkeys(others, Kind.PROBLEM.value)
    for subject, kind in placed.items():
        told, found = renewing.folded(session, Kind(kind), subject)
        shown = sorted(told.events, key=lambda event: event.place or event.id)
        if [event.hash for event in shown] != [event.hash for event in told.events]:
            yield Finding(Damage.ORDER, "event", subject, "place", Remedy.COMPARE)
        wanted = {
            name: (kind, history.canonical([list(side) for side in sides])) for name, sides in found.conflicts.items()
        }
        for name, sides in others.get(subject, {}).items():
            wanted[name] = (kind, history.canonical([list(side) for side in sides]))
        if subject in twin:
            wanted[twins.ATTRIBUTE] = (kind, history.canonical([twin[subject]]))
        if wanted != held.get(subject, {}):
            yield Finding(Damage.DERIVED, "conflict", subject, ", ".join(sorted(wanted)) or "-", Remedy.COMPARE)
    yield from _tagged(session)


def _tagged(session: Session) -> Iterator[Finding]:
    """Numbers that met are shown with the letters that tell them apart, and no others are."""
    for table in numbering.TABLES:
        claimed = numbering.claims(session, table)
        for number in sorted({*claimed, *session.rows(_MET.format(table=table))}):
            for uid, tag in numbering.tags(session, table, number, claimed):
                (shown_as,) = next(session.rows(f"SELECT tag FROM {table} WHERE uid = :uid", uid=uid))
                if tag != shown_as:
                    yield Finding(Damage.DERIVED, table, uid, "tag", Remedy.COMPARE)
