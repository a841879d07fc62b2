"""A synthetic store on a PostgreSQL of its own: the rows of one that is in a file, and gone when it was measured.

The server is that of the tests (``tests/postgres.py``): a wheel's, the distribution's, or as TEST_POSTGRESQL_BIN says.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlmodel import SQLModel
from tests.postgres import Server

from fugong import db, postgresql

DATABASE = "province"


@contextmanager
def served(store: Path) -> Iterator[Server]:
    """A server with the same store in its one database."""
    server = Server()
    try:
        server.sql(f"CREATE DATABASE {DATABASE}")
        with db.creating(server.url(DATABASE)):
            pass
        _copy(store, f"postgresql://postgres@/{DATABASE}?host={server.folder}")
        with db.writing(server.url(DATABASE)) as session:
            postgresql.renumber(session, SQLModel.metadata.sorted_tables)
        server.sql("VACUUM ANALYZE", DATABASE)  # as a server does by itself a minute later
        yield server
    finally:
        server.stop()


def _copy(store: Path, url: str) -> None:
    """Copy every table, whose rows the file has in order already."""
    tables = SQLModel.metadata.sorted_tables
    with closing(sqlite3.connect(store)) as source, psycopg.connect(url) as target:
        target.execute("SET session_replication_role = replica")
        target.execute(f"TRUNCATE {', '.join(table.name for table in tables)} CASCADE".encode())
        for table in tables:
            columns = ", ".join(f'"{column.name}"' for column in table.columns)
            flags = [place for place, each in enumerate(table.columns) if isinstance(each.type, sa.Boolean)]
            with target.cursor().copy(f"COPY {table.name} ({columns}) FROM STDIN".encode()) as copy:
                for row in source.execute(f"SELECT {columns} FROM {table.name}"):
                    copy.write_row(_with_truth(row, flags))


def _with_truth(row: tuple[Any, ...], flags: list[int]) -> list[Any]:
    """A row with its 0 and 1 as what they mean."""
    values = list(row)
    for place in flags:
        values[place] = None if values[place] is None else bool(values[place])
    return values
