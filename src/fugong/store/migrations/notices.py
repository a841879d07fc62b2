"""Of schema 3: papers that left the office are records."""

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
    """Make the table."""
    words = _SQLITE if connection.dialect.name == "sqlite" else _SERVER
    connection.exec_driver_sql(_TABLE.format(**words, papers=_PAPERS))
