"""What schema 3 needs for reviewed closings (a status, a day) and for evidence."""

import sqlalchemy as sa
from sqlalchemy import Connection

from fugong.store.migrations import altering

_STATUSES = ("open", "doing", "pending", "closed", "void")
_APPLIED = "status = 'closed' OR (status = 'pending') = (applied_on IS NOT NULL)"


def upgrade(connection: Connection) -> None:
    """Let a problem wait for its review."""
    altering.recode(connection, "published_row", "status", _STATUSES)
    altering.recode(connection, "problem", "status", _STATUSES)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("ALTER TABLE problem ADD COLUMN applied_on TEXT")
        _on_a_file(connection)
    else:
        connection.exec_driver_sql("ALTER TABLE problem ADD COLUMN applied_on DATE")
        _on_a_server(connection)


_HOW = ("(status = 'closed') = (how IS NOT NULL)", "(status = 'closed' OR status = 'pending') = (how IS NOT NULL)")


_EVIDENCE = "evidence TEXT NOT NULL"


def _on_a_file(connection: Connection) -> None:
    old, new = (f"CHECK ({each})" for each in _HOW)
    statement = altering.statement(connection, "problem")
    if old not in statement:
        raise LookupError("problem says nothing of how")
    statement = statement.replace(old, f"{new}, CHECK ({_APPLIED})").replace(
        "PRIMARY KEY", f"{_EVIDENCE}, PRIMARY KEY", 1
    )
    altering.rebuild(connection, "problem", statement, evidence="'[]'")


def _on_a_server(connection: Connection) -> None:
    (name,) = connection.execute(_SAYS_HOW).scalars()
    connection.exec_driver_sql(f'ALTER TABLE problem DROP CONSTRAINT "{name}"')
    for check in (_HOW[1], _APPLIED):
        connection.exec_driver_sql(f"ALTER TABLE problem ADD CHECK ({check})")
    connection.exec_driver_sql("""ALTER TABLE problem ADD COLUMN evidence TEXT COLLATE "C" NOT NULL DEFAULT '[]'""")
    connection.exec_driver_sql("ALTER TABLE problem ALTER COLUMN evidence DROP DEFAULT")


_SAYS_HOW = sa.text(
    "SELECT conname FROM pg_constraint WHERE conrelid = CAST('problem' AS regclass) AND contype = 'c' "
    "AND pg_get_constraintdef(oid) LIKE '%(how IS NOT NULL)%'"
)
