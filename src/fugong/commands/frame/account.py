"""What a write did, as JSON: the records that it touched, and what was done to each."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from fugong.output import is_narrow, json_
from fugong.queries.touched import touched
from fugong.results.report import Report
from fugong.store.records import RECORDS
from fugong.vocab import Words

if TYPE_CHECKING:
    from fugong.store.records import Record
    from fugong.store.session import Session

KINDS = {kind.record_kind.value: kind for kind in RECORDS}


def items(session: "Session", told: Iterable["Record"]) -> list[dict[str, Any]]:
    """The records that a command is about, those that it names first, with its acts on each.

    Args:
        session: The transaction, in which all is written that will be.
        told: The records that the command names, changed or not.
    """
    known = {(record.record_kind.value, record.uid): record for record in told}
    done: dict[tuple[str, str], list[str]] = {name: [] for name in known}
    for kind, uid, act in touched(session.rows, session.batch):
        done.setdefault((kind, uid), []).append(act)
    return [
        item(kind, uid=uid, done=acts, **_called(known.get((kind, uid)) or session.find(KINDS[kind], uid=uid)))
        for (kind, uid), acts in done.items()
    ]


def item(
    kind: str, *, done: Iterable[str], ident: str | None = None, name: str | None = None, uid: str | None = None
) -> dict[str, Any]:
    """One record or file as JSON, with what was done to it (empty if nothing); every item has the same keys."""
    return {"kind": kind, "id": ident, "name": name, "uid": uid, "done": list(done)}


def _called(record: "Record | None") -> dict[str, str | None]:
    """A record's number, or its name if it has none; a record whose adding was undone has neither."""
    ident = getattr(record, "ident", None)
    return {"ident": ident, "name": None if record is None or ident else record.label}


def document(made: list[dict[str, Any]]) -> str:
    """The JSON document."""
    report = Report(Words("", ""), (), (), document={"items": made})
    return "".join(json_.pieces(report, ascii_only=is_narrow())).rstrip("\n")
