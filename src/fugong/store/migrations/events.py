"""What an upgrade tells where a record tracks what it did not before: a record is the fold of its events, ever.

The content of an event and its hash are the same in every schema, so they are written out here and do not follow the
program of the day. ``store check`` of an upgraded store proves that the two agree.
"""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from fugong import config
from fugong.store.identity import computed, new_uid

ACTOR, VERB = "fugong", "upgrade"


class Teller:
    """The events of one upgrade: one batch, stored with the first of them.

    It follows from the last command before it, so that a store that is upgraded, and copies of it that are upgraded
    only to be read, tell the same.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._said: dict[str, str] = {}
        self._batch = 0

    def tell(self, kind: str, subject: str, changes: dict[str, Any], *, on: str, approximate: bool = False) -> None:
        """Append an event to the history of a record.

        Args:
            kind: The record's kind, as events have it.
            subject: Its uid.
            changes: By attribute, the old value and the new one in portable form.
            on: The business date, ISO: that of the event from which the new value follows, so that an upgrade is
                no change of its day.
            approximate: The date is not exactly known.
        """
        if not self._batch:
            self._begin()
        told = {
            "kind": kind,
            "subject": subject,
            "act": "edit",
            "on": on,
            "approximate": approximate,
            "changes": changes,
            "text": None,
            "parents": self._heads(subject),
        }
        row = {**told, "changes": canonical(changes), "parents": canonical(told["parents"])}
        digest = hashlib.sha256(canonical({**told, **self._said}).encode()).hexdigest()
        self._connection.execute(_EVENT, {**row, "hash": digest, "batch_id": self._batch})

    def _begin(self) -> None:
        settings: dict[str, str] = {name: value for name, value in self._connection.execute(_SETTINGS)}  # noqa: C416  (dict() of rows has no types)
        last = self._connection.execute(_LAST).first()
        self._said = {
            "batch": computed(VERB, last.uid) if last else new_uid(),
            "verb": VERB,
            "actor": ACTOR,
            "recorded_at": last.recorded_at if last else config.entry_time(config.now(settings["timezone"])),
            "replica": settings["replica"],
        }
        self._connection.execute(_BATCH, self._said)
        self._batch = int(self._connection.execute(_KEY, self._said).scalar_one())

    def _heads(self, subject: str) -> list[str]:
        """The events of a record that no other names as its parent."""
        events = self._connection.execute(_HISTORY, {"subject": subject}).all()
        named = {parent for _, parents in events for parent in json.loads(parents)}
        return sorted(digest for digest, _ in events if digest not in named)


def canonical(content: Any) -> str:
    """The one JSON text of a content."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_LAST = sa.text("SELECT uid, recorded_at FROM batch ORDER BY id DESC LIMIT 1")
_SETTINGS = sa.text("SELECT name, value FROM setting")
_HISTORY = sa.text("SELECT hash, parents FROM event WHERE subject = :subject")
_KEY = sa.text("SELECT id FROM batch WHERE uid = :batch")
_BATCH = sa.text(
    "INSERT INTO batch (uid, verb, actor, recorded_at, replica) VALUES (:batch, :verb, :actor, :recorded_at, :replica)"
)
_EVENT = sa.text(
    "INSERT INTO event (hash, batch_id, kind, subject, act, on_date, approximate, changes, text, parents) "
    "VALUES (:hash, :batch_id, :kind, :subject, :act, :on, :approximate, :changes, :text, :parents)"
)
