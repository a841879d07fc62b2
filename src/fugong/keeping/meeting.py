"""Proving what follows where histories met: the one order, conflicts, tags; and the seals of others' publications."""

from collections.abc import Iterator

from fugong.domain import history
from fugong.domain.merging import renewing
from fugong.keeping.findings import Finding
from fugong.store.records import Conflict
from fugong.store.session import Session
from fugong.vocab import Damage, Kind, Remedy

_PLACED = "SELECT DISTINCT subject, kind FROM event WHERE place IS NOT NULL ORDER BY subject"
_MET = """
SELECT team_id, series, number FROM {table} GROUP BY team_id, series, number HAVING count(*) > 1 OR max(tag) <> ''
"""


def met(session: Session) -> Iterator[Finding]:
    """Of each record that several stores wrote: its order, and what is in conflict."""
    placed = dict(session.rows(_PLACED))
    held: dict[str, dict[str, str]] = {}
    for row in session.all(Conflict):
        held.setdefault(row.subject, {})[row.attribute] = row.sides
    for subject, kind in {**placed, **dict(session.rows("SELECT subject, kind FROM conflict"))}.items():
        told, found = renewing.folded(session, Kind(kind), subject)
        shown = sorted(told.events, key=lambda event: event.place or event.id)
        if [event.hash for event in shown] != [event.hash for event in told.events]:
            yield Finding(Damage.ORDER, "event", subject, "place", Remedy.COMPARE)
        wanted = {name: history.canonical([list(side) for side in sides]) for name, sides in found.conflicts.items()}
        if wanted != held.get(subject, {}):
            yield Finding(Damage.DERIVED, "conflict", subject, ", ".join(sorted(wanted)) or "-", Remedy.COMPARE)
    for table in ("problem", "activity"):
        for number in list(session.rows(_MET.format(table=table))):
            tags = dict(renewing.tags(session, table, *number))
            for uid, tag in tags.items():
                (shown_as,) = next(session.rows(f"SELECT tag FROM {table} WHERE uid = :uid", uid=uid))
                if tag != shown_as:
                    yield Finding(Damage.DERIVED, table, uid, "tag", Remedy.COMPARE)
