"""Publications of one name that several stores made: both stand, each shown with its seal (name·seal)."""

import json
from collections import Counter, defaultdict
from typing import Any

from fugong.domain.merging.commands import Commands
from fugong.store.records import Figure, Publication, Record
from fugong.store.session import Session

SHOWN = 8
"""Digits of a seal that tell publications of one name apart."""


def mark(uid: str, seal: str | None) -> str:
    """What is put behind a name that several have."""
    return f"·{seal[:SHOWN]}{uid[-4:]}" if seal else f"·{uid[-SHOWN:]}"


def names(session: Session) -> dict[str, tuple[str, str]]:
    """By uid of a publication: its name as it is shown, and what stands behind the keys of its figures."""
    made = list(session.rows("SELECT uid, seal FROM publication"))
    told = {uid: (_told(session, uid), mark(uid, seal)) for uid, seal in made}
    often = Counter(name for name, _ in told.values())
    return {uid: (name + behind, behind) if often[name] > 1 else (name, "") for uid, (name, behind) in told.items()}


def _told(session: Session, uid: str) -> str:
    asked = "SELECT changes FROM event WHERE subject = :uid AND act = 'add' ORDER BY id DESC LIMIT 1"
    for (changes,) in session.rows(asked, uid=uid):
        return str(json.loads(changes)["name"][1])
    raise LookupError(uid)


class Behind:
    """Under which uids publications knew problems that copies each entered by itself.

    Since they met such a problem has the smallest of its uids; a publication knew it by the smallest of those that were
    known where it was made, and its digest is of that.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._commands = Commands(session)
        self._entered = list(session.rows(_ENTERED_TWICE))

    def called(self, publication: str) -> dict[str, str]:
        """By the uid that a problem has by now: the one that a publication knew it by, where it has several."""
        if not self._entered:
            return {}
        (made,) = next(self._session.rows(_MADE, uid=publication))
        known = defaultdict[str, list[str]](list)
        for subject, named, command in self._entered:
            if self._commands.knew(made, command):
                known[subject].append(named)
        return {subject: min(named) for subject, named in known.items()}


_MADE = "SELECT batch_id FROM event WHERE subject = :uid AND act = 'add' ORDER BY id LIMIT 1"
_ENTERED_TWICE = """
SELECT e.subject, coalesce(e.named, e.subject), e.batch_id FROM event e WHERE e.kind = 'problem' AND e.parents = '[]'
AND e.subject IN (SELECT n.subject FROM event n WHERE n.named IS NOT NULL AND n.kind = 'problem')
"""


def apart(session: Session) -> None:
    """Call every publication, and the figures of each, so that no two are called alike."""
    for uid, (name, behind) in names(session).items():
        key, seal, held = next(session.rows("SELECT id, seal, name FROM publication WHERE uid = :uid", uid=uid))
        if name == held:
            continue
        session.run("UPDATE publication SET name = :name WHERE id = :key", name=name, key=key)
        figures = list(session.rows("SELECT id, key FROM figure WHERE publication_id = :key", key=key))
        renamed = [(f"{called.removesuffix(mark(uid, seal))}{behind}", each) for each, called in figures]
        session.run_all("UPDATE figure SET key = ? WHERE id = ?", renamed)
    session.forget()


def before(session: Session, kind: type[Record], subject: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a new record, with a name that nobody has yet."""
    if kind is Publication:
        return {**values, "name": values["name"] + mark(subject, values.get("seal"))}
    if kind is Figure and values.get("publication"):
        uid = values["publication"]
        seal = next(session.rows("SELECT seal FROM publication WHERE uid = :uid", uid=uid))[0]
        return {**values, "key": values["key"] + mark(uid, seal)}
    return values


def shown(session: Session, record: Record, state: dict[str, Any]) -> dict[str, Any]:
    """What a record's events come to, as it is called."""
    if isinstance(record, Publication):
        return {**state, "name": names(session)[record.uid][0]}
    if isinstance(record, Figure) and record.publication and "key" in state:
        return {**state, "key": state["key"] + names(session)[record.publication.uid][1]}
    return state
