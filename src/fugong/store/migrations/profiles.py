"""Of schema 3: what an office calls things in its files is kept by a name; teams know numbers that moved away."""

from sqlalchemy import Connection

_TABLE = (
    "CREATE TABLE profile (id {id} NOT NULL, uid {text} NOT NULL, "
    "name {text} NOT NULL CHECK (length(name) BETWEEN 1 AND 200), "
    "says {text} NOT NULL CHECK (length(says) BETWEEN 1 AND 4000), "
    "PRIMARY KEY (id), UNIQUE (uid), UNIQUE (name)){end}"
)
_SQLITE = {"id": "INTEGER", "text": "TEXT", "end": " STRICT"}
_SERVER = {"id": "SERIAL", "text": 'TEXT COLLATE "C"', "end": ""}


def upgrade(connection: Connection) -> None:
    """Make the table and the column."""
    connection.exec_driver_sql("ALTER TABLE team ADD COLUMN skipped INTEGER")
    connection.exec_driver_sql(_TABLE.format(**(_SQLITE if connection.dialect.name == "sqlite" else _SERVER)))
