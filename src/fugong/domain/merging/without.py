"""What a record that several stores wrote comes to without one act: what the others said stands."""

from typing import Any

from fugong.domain.merging import folding, renewing, undone
from fugong.domain.merging.order import Lineage
from fugong.store.records import Record
from fugong.store.session import Session
from fugong.vocab import Act


def values_without(session: Session, record: Record, hash_: str) -> dict[str, Any]:
    """The attributes that one of its acts set, each as the other acts have it.

    What the act says that it was before is what its writer knew of: whoever closed a problem that somebody else closed
    elsewhere takes back a closing of two.

    Args:
        session: The transaction.
        record: The record.
        hash_: The event of the act.
    """
    told = undone.lineage(session, record.uid)
    said = next(event for event in told.events if event.hash == hash_)
    others = Lineage(event._replace(act=Act.NOTE, changes={}) if event is said else event for event in told.events)
    values = folding.folded(record.record_kind, others).values
    return {name: renewing.filled(type(record), name, values[name]) for name in said.changes if name in values}
