"""Of schema 3: numbers have a series and may have a tag, copies are records, conflicts are kept."""

import re

from sqlalchemy import Connection

from fugong.store.migrations import altering

_KINDS = (
    "campaign", "term", "department", "team", "enterprise", "member", "problem", "activity", "milestone", "practice",
    "figure", "calendar_day", "nil_report", "publication", "copy", "profile", "notice", "setting",
)  # fmt: skip
_ACTS = (
    "add", "edit", "log", "assign", "note", "bounce", "chase", "extend", "close", "apply", "approve", "reject",
    "verify", "reopen", "void", "escalate", "withdraw", "attach", "undo",
    "settle", "redact",
)  # fmt: skip
_GROWN = ("clone", "store import", "store restore", "fork")
_NUMBERED = ("problem", "activity")
_OLD, _NEW = "UNIQUE (team_id, number)", "UNIQUE (team_id, series, number, tag)"

_TABLES = """
CREATE TABLE copy (
    id {key},
    uid {text} NOT NULL UNIQUE,
    name {text} CHECK (length(name) BETWEEN 1 AND 100),
    series {text} NOT NULL,
    grown {code} NOT NULL CHECK ({grown})
){strict};
CREATE TABLE peer (
    seal {text} NOT NULL,
    replica {text} NOT NULL PRIMARY KEY,
    heads {text} NOT NULL
){strict};
CREATE TABLE county (
    seal {text} NOT NULL,
    prefix {text} NOT NULL PRIMARY KEY CHECK (length(prefix) BETWEEN 1 AND 3),
    name {text} NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
    replica {text} NOT NULL CHECK (length(replica) BETWEEN 1 AND 36)
){strict};
CREATE TABLE conflict (
    id {key},
    kind {code} NOT NULL CHECK ({kinds}),
    subject {text} NOT NULL CHECK (length(subject) BETWEEN 1 AND 36),
    attribute {text} NOT NULL CHECK (length(attribute) BETWEEN 1 AND 100),
    sides {text} NOT NULL,
    UNIQUE (subject, attribute)
){strict}
"""
_SQLITE = {"text": "TEXT", "code": "TEXT", "key": "INTEGER NOT NULL PRIMARY KEY", "strict": " STRICT"}
_SERVER = {
    "text": 'TEXT COLLATE "C"',
    "code": 'VARCHAR(20) COLLATE "C"',
    "key": "SERIAL NOT NULL PRIMARY KEY",
    "strict": "",
}


def upgrade(connection: Connection) -> None:
    """Make the tables, and the columns of those that there are."""
    words = _SQLITE if connection.dialect.name == "sqlite" else _SERVER
    codes = {"grown": _one_of("grown", _GROWN), "kinds": _one_of("kind", _KINDS)}
    for statement in _TABLES.format(**words, **codes).split(";"):
        connection.exec_driver_sql(statement)
    altering.recode(connection, "event", "kind", _KINDS)
    altering.recode(connection, "event", "act", _ACTS)
    connection.exec_driver_sql("ALTER TABLE event ADD COLUMN place INTEGER")
    connection.exec_driver_sql(f"ALTER TABLE event ADD COLUMN named {words['text']}")
    if connection.dialect.name == "sqlite":
        _anew(connection)
        return
    connection.exec_driver_sql("ALTER TABLE batch DROP CONSTRAINT batch_undoes_id_key")
    for table in _NUMBERED:
        for column in ("series", "tag"):
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column} {words['text']} NOT NULL DEFAULT ''")
            connection.exec_driver_sql(f"ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT")
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {table}_team_id_number_key")
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD {_NEW}")


def _anew(connection: Connection) -> None:
    """The tables of a file whose constraints change."""
    statement = altering.statement(connection, "batch")
    altering.rebuild(connection, "batch", re.sub(r"\s*UNIQUE \(undoes_id\),", "", statement))
    for table in _NUMBERED:
        for index in ("ix_problem_in_hand", "ix_problem_void"):
            connection.exec_driver_sql(f"DROP INDEX IF EXISTS {index}")
        said = altering.statement(connection, table).replace(_OLD, _NEW)
        numbered = "series TEXT NOT NULL, number INTEGER NOT NULL, tag TEXT NOT NULL"
        said = said.replace("number INTEGER NOT NULL", numbered)
        altering.rebuild(connection, table, said, series="''", tag="''")


def _one_of(column: str, codes: tuple[str, ...]) -> str:
    return " OR ".join(f"{column} = '{code}'" for code in codes)
