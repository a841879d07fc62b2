"""Schema 2: the roster can retire, members have telephones, stages of resumption are a dated history."""

import json
from typing import Any

from sqlalchemy import Connection

from fugong.store.migrations import altering
from fugong.store.migrations.events import Teller, canonical

_COLUMNS = (
    *(
        f"ALTER TABLE {table} ADD COLUMN {column}"
        for table in ("department", "team", "enterprise", "member")
        for column in ("retired_on TEXT", "retired_why TEXT CHECK (length(retired_why) BETWEEN 1 AND 4000)")
    ),
    "ALTER TABLE member ADD COLUMN phone TEXT CHECK (length(phone) BETWEEN 1 AND 100)",
    "ALTER TABLE member ADD COLUMN party TEXT CHECK (party IN ('member', 'probationary', 'activist', 'none'))",
)
_STAGE_CHANGE = """
CREATE TABLE stage_change (
    id INTEGER NOT NULL PRIMARY KEY,
    enterprise_id INTEGER NOT NULL REFERENCES enterprise (id),
    stage TEXT NOT NULL CHECK (stage IN ('unknown', 'stopped', 'preparing', 'resumed', 'full', 'excluded')),
    on_date TEXT,
    approximate INTEGER NOT NULL CHECK (approximate IN (0, 1)),
    why TEXT CHECK (length(why) BETWEEN 1 AND 4000)
) STRICT
"""
_INSERT = "INSERT INTO stage_change (enterprise_id, stage, on_date, approximate, why) VALUES (?, ?, ?, ?, ?)"
_TOLD = "SELECT changes, on_date, approximate FROM event WHERE subject = ? ORDER BY id"


def upgrade(connection: Connection) -> None:
    """Upgrade a store of schema 1 to schema 2."""
    for statement in (*_COLUMNS, _STAGE_CHANGE):
        connection.exec_driver_sql(statement)
    altering.spell_out(connection)
    _stages(connection, Teller(connection))


def _stages(connection: Connection, teller: Teller) -> None:
    """Make the history of every enterprise from what its events say."""
    enterprises = connection.exec_driver_sql("SELECT id, uid, remark FROM enterprise ORDER BY id").all()
    for enterprise, uid, remark in enterprises:
        reached, on, approximate = _reached(connection, uid)
        rows = [[since or "", stage, False, remark if stage == "excluded" else None] for stage, since in reached]
        for since, stage, _, why in rows:
            connection.exec_driver_sql(_INSERT, (enterprise, stage, since or None, 0, why))
        if rows:
            changes = {"stages": [[], sorted(rows, key=canonical)]}
            teller.tell("enterprise", uid, changes, on=on, approximate=approximate)


def _reached(connection: Connection, uid: str) -> tuple[list[tuple[str, str | None]], str, bool]:
    """The stages that an enterprise reached and since when; and the date of the event that told the last."""
    reached: list[tuple[str, str | None]] = []
    stage, since, told, about = "unknown", None, "", False
    for text, on, approximate in connection.exec_driver_sql(_TOLD, (uid,)):
        changes: dict[str, list[Any]] = json.loads(text)
        if not {"stage", "stage_on"} & changes.keys():
            continue
        stage, since = (changes.get(name, [None, now])[1] for name, now in (("stage", stage), ("stage_on", since)))
        if reached and "stage" not in changes:  # corrected since when
            reached.pop()
        if reached or stage != "unknown":
            reached.append((stage, since))
            told, about = on, bool(approximate)
    return reached, told, about
