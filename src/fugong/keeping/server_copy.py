"""What an upgrade of a store on a server keeps: the tables as they were, and who may read the views.

A program knows the tables of its own schema only, so it cannot write an older store to a file through them; and a
dump is for the server's tools. What it can do is to copy every table, whatever it holds, into another schema of the
database, in the transaction that then changes them. That is good against a step that is wrong, which is what an
upgrade adds to the dangers of a day; against the loss of the server only its own backup is.
"""

from datetime import UTC, datetime

from sqlalchemy import Connection, text

from fugong.errors.store import StoreUnusable
from fugong.vocab import Words

_TABLES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name
"""
_GRANTS = """
SELECT privilege_type, table_name, grantee FROM information_schema.role_table_grants
WHERE table_schema = current_schema() AND table_name LIKE 'v!_%' ESCAPE '!' AND grantee <> grantor
"""


def keep(connection: Connection, version: int) -> str:
    """Copy all tables into a new schema, and compare every row.

    Returns:
        The schema's name.

    Raises:
        StoreUnusable: The copy differs from the tables.
    """
    name = f"schema_{version}_{datetime.now(UTC):%Y%m%dt%H%M%S%fz}"
    connection.execute(text(f"CREATE SCHEMA {name}"))
    for (table,) in connection.execute(text(_TABLES)).all():
        copy = f'{name}."{table}"'
        connection.execute(text(f'CREATE TABLE {copy} AS TABLE "{table}"'))
        for one, other in ((copy, f'"{table}"'), (f'"{table}"', copy)):
            if connection.execute(text(f"TABLE {one} EXCEPT ALL TABLE {other} LIMIT 1")).first():
                raise StoreUnusable(path=name, reason=Words("备份与原表不符", "the copy differs from the tables"))
    return name


def granted(connection: Connection) -> list[str]:
    """The statements that let those read the views who may read them now: a view that is made anew forgets it."""
    if connection.dialect.name == "sqlite":
        return []
    quote = connection.dialect.identifier_preparer.quote
    return [
        f"GRANT {right} ON {view} TO {'PUBLIC' if whom == 'PUBLIC' else quote(whom)}"
        for right, view, whom in connection.execute(text(_GRANTS))
    ]
