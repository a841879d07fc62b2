"""Of schema 3: papers that left the office are records, and a store knows whose office it is."""

import hashlib
import json

import sqlalchemy as sa
from sqlalchemy import Connection

_PAPERS = " OR ".join(f"paper = '{paper}'" for paper in ("assign", "urge", "supervise", "rectify", "receipt"))
_TABLE = """
CREATE TABLE notice (
    id {key},
    uid {text} NOT NULL UNIQUE,
    paper {code} NOT NULL CHECK ({papers}),
    year INTEGER NOT NULL,
    number INTEGER,
    problem_id INTEGER NOT NULL REFERENCES problem (id),
    sent_to {text} NOT NULL CHECK (length(sent_to) BETWEEN 1 AND 200),
    on_date {day} NOT NULL,
    digest {text} NOT NULL CHECK (length(digest) BETWEEN 1 AND 64),
    UNIQUE (paper, year, number)
){strict}
"""
_SQLITE = {"text": "TEXT", "code": "TEXT", "day": "TEXT", "key": "INTEGER NOT NULL PRIMARY KEY", "strict": " STRICT"}
_SERVER = {
    "text": 'TEXT COLLATE "C"',
    "code": 'VARCHAR(20) COLLATE "C"',
    "day": "DATE",
    "key": "SERIAL NOT NULL PRIMARY KEY",
    "strict": "",
}


def upgrade(connection: Connection) -> None:
    """Make the table, and the settings that say whose office it is."""
    words = _SQLITE if connection.dialect.name == "sqlite" else _SERVER
    connection.exec_driver_sql(_TABLE.format(**words, papers=_PAPERS))
    for name in ("office", "notice_word"):
        said = json.dumps({"name": name, "value": ""}, ensure_ascii=False, sort_keys=True)
        connection.execute(_SETTING, {"name": name, "seal": hashlib.sha256(said.encode()).hexdigest()})


_SETTING = sa.text("INSERT INTO setting (name, value, seal) VALUES (:name, '', :seal)")
