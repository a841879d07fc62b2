"""A synthetic store on a PostgreSQL of its own: the rows of one that is in a file, and gone when it was measured.

The server is that of the tests (``tests/postgres.py``): a wheel's, the distribution's, or as TEST_POSTGRESQL_BIN says.
``python -m bench.server STORE`` says where it is and ends with its standard input: a process of its own, for what
filling a store takes would be counted as memory of the commands that are measured.
"""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlmodel import SQLModel
from tests.postgres import Server, binaries

from fugong import db
from fugong.store import postgresql

DATABASE = "province"


def main() -> None:
    """Serve a store: its URL, then the shell that belongs to the server with what connects it."""
    server = Server()
    try:
        server.sql(f"CREATE DATABASE {DATABASE}")
        with db.creating(server.url(DATABASE)):
            pass
        _copy(Path(sys.argv[1]), f"postgresql://postgres@/{DATABASE}?host={server.folder}")
        with db.writing(server.url(DATABASE)) as session:
            postgresql.renumber(session, SQLModel.metadata.sorted_tables)
        server.sql("VACUUM ANALYZE", DATABASE)  # as a server does by itself a minute later
        print(server.url(DATABASE))
        print(binaries() / "psql", f"--host={server.folder}", "--username=postgres", f"--dbname={DATABASE}", flush=True)
        sys.stdin.read()
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


if __name__ == "__main__":
    main()
