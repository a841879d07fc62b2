"""Of schema 3: settings are records, told by events; what a store is itself stands in a table of its own."""

import sqlalchemy as sa
from sqlalchemy import Connection

from fugong import config
from fugong.store.identity import computed
from fugong.store.migrations.events import Teller

_SET = {"timezone": "Asia/Shanghai", "yellow_days": "2"}
"""What could be set before, with what it was where nobody did."""
_NAMES = (*_SET, "review", "office", "notice_word")
_TABLES = """
CREATE TABLE fact (
    seal {text} NOT NULL,
    name {text} NOT NULL PRIMARY KEY,
    value {text} NOT NULL
){strict};
INSERT INTO fact (seal, name, value) SELECT seal, name, value FROM setting WHERE name IN ('replica', 'schema');
DROP TABLE setting;
CREATE TABLE setting (
    id {key},
    uid {text} NOT NULL UNIQUE,
    name {text} NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
    value {text} CHECK (length(value) BETWEEN 1 AND 200)
){strict}
"""
_SQLITE = {"text": "TEXT", "key": "INTEGER NOT NULL PRIMARY KEY", "strict": " STRICT"}
_SERVER = {"text": 'TEXT COLLATE "C"', "key": "SERIAL NOT NULL PRIMARY KEY", "strict": ""}


def upgrade(connection: Connection) -> str:
    """Make the tables, and tell what was set: as of ever, for what was read before was read as it was set last.

    Returns:
        The store's time zone.
    """
    held: dict[str, str] = {name: value for name, value in connection.execute(_HELD)}  # noqa: C416  (dict() of rows has no types)
    changed = {name: held[name] for name, usual in _SET.items() if held[name] != usual}
    if changed:
        first = connection.execute(_FIRST).scalar()
        on = str(first) if first else config.local_day(config.now(held["timezone"]), held["timezone"]).isoformat()
        teller = Teller(connection)
        for name, value in changed.items():
            teller.tell("setting", computed("", "setting", name), {"value": [None, value]}, on=on)
    for statement in _TABLES.format(**(_SQLITE if connection.dialect.name == "sqlite" else _SERVER)).split(";"):
        connection.exec_driver_sql(statement)
    for name in _NAMES:
        connection.execute(_KEPT, {"uid": computed("", "setting", name), "name": name, "value": changed.get(name)})
    return held["timezone"]


_HELD = sa.text("SELECT name, value FROM setting")
_FIRST = sa.text("SELECT min(on_date) FROM event")
_KEPT = sa.text("INSERT INTO setting (uid, name, value) VALUES (:uid, :name, :value)")
