"""What SQLite's ALTER TABLE cannot do, done by making a table anew; a server's can.

Everything here runs inside the transaction of an upgrade, with references not enforced: dropping a table would
else delete, or be refused for, the rows that refer to it.
"""

import re
from collections.abc import Iterable

from sqlalchemy import Connection, text


def recode(connection: Connection, table: str, column: str, codes: Iterable[str]) -> None:
    """Change the codes that a column may hold to these.

    Raises:
        LookupError: The column has no list of codes.
    """
    if connection.dialect.name != "sqlite":
        (name,) = connection.execute(_LISTS, {"table": table, "column": column}).scalars()
        for change in (f'DROP CONSTRAINT "{name}"', f"ADD {_check(column, codes)}"):
            connection.exec_driver_sql(f"ALTER TABLE {table} {change}")
        return
    old = statement(connection, table)
    new, count = re.subn(rf"CHECK \({column} (IN \('[^)]*\)|= '[^)]*)\)", _check(column, codes), old)
    if count != 1:
        raise LookupError(f"{table}.{column} has no list of codes")
    rebuild(connection, table, new)


def spell_out(connection: Connection) -> None:
    """Say which codes a column may hold as a chain of OR, as ``fields.code`` does, wherever it is said with IN."""
    for table, old in connection.exec_driver_sql(_TABLES).all():
        new = re.sub(r"CHECK \((\w+) IN \(('[^)]*)\)\)", _spelt_out, old)
        if new != old:
            rebuild(connection, table, new)


def _spelt_out(listed: re.Match[str]) -> str:
    return _check(listed[1], re.findall(r"'(\w+)'", listed[2]))


def _check(column: str, codes: Iterable[str]) -> str:
    return "CHECK (" + " OR ".join(f"{column} = '{code}'" for code in codes) + ")"


def rebuild(connection: Connection, table: str, made: str, **filled: str) -> None:
    """Make a table anew, with its rows and indexes; an index of a column that goes is to be dropped before.

    Args:
        connection: The upgrade's transaction.
        table: Its name.
        made: The ``CREATE TABLE`` of the new one.
        filled: SQL expressions over the old row for columns that are new or get another content; the
            other columns that both have keep theirs.
    """
    before = _columns(connection, table)
    indexes = [sql for (sql,) in connection.exec_driver_sql(_INDEXES, (table,))]
    draft = f"{table}__new"
    connection.exec_driver_sql(re.sub(rf'CREATE TABLE "?{table}"?', f'CREATE TABLE "{draft}"', made, count=1))
    values = {name: f'"{name}"' for name in _columns(connection, draft) if name in before} | filled
    names = ", ".join(f'"{name}"' for name in values)
    connection.exec_driver_sql(f'INSERT INTO "{draft}" ({names}) SELECT {", ".join(values.values())} FROM "{table}"')
    connection.exec_driver_sql(f'DROP TABLE "{table}"')
    connection.exec_driver_sql(f'ALTER TABLE "{draft}" RENAME TO "{table}"')
    for index in indexes:
        connection.exec_driver_sql(index)


_LISTS = text("""
SELECT k.conname FROM pg_constraint k
JOIN pg_attribute a ON a.attrelid = k.conrelid AND k.conkey = ARRAY[a.attnum]
WHERE k.conrelid = CAST(:table AS regclass) AND a.attname = :column AND k.contype = 'c'
AND pg_get_constraintdef(k.oid) LIKE '%''%'
""")
_INDEXES = "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY rowid"

_TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid"


def statement(connection: Connection, table: str) -> str:
    """The ``CREATE TABLE`` that a table has."""
    found = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return str(found.scalar_one())


def _columns(connection: Connection, table: str) -> list[str]:
    return [row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")')]
