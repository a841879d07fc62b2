"""The rows of an import alone, read from where it stored them and stored again: ``python -m bench.replay FROM TO``.

What is left of an import when there is nothing to read, to decide or to hash. TO is the store as it was before.
"""

import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from fugong.store import sqlite

TABLES = {"batch": 1, "problem": 500, "event": 1000}
"""The rows of each that are stored at a time, about as an import does."""


def main() -> None:
    """Store them, in one transaction."""
    source, target = map(Path, sys.argv[1:])
    with closing(sqlite.connect(source, "ro")) as there, closing(sqlite.connect(target, "rw")) as here:
        for pragma in sqlite.PRAGMAS:
            here.execute(f"PRAGMA {pragma}")
        here.execute("BEGIN IMMEDIATE")
        new = {table: _new(there, here, table) for table in TABLES}
        left = True
        while left:
            left = False
            for table, size in TABLES.items():
                rows = list(islice(new[table], size))
                if rows:
                    marks = ", ".join("?" * len(rows[0]))
                    here.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
                    left = True
        here.execute("COMMIT")


def _new(there: Connection, here: Connection, table: str) -> Iterator[tuple[Any, ...]]:
    """The rows that are there and not here."""
    ((last,),) = here.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
    return there.execute(f"SELECT * FROM {table} WHERE id > ? ORDER BY id", (last,))


if __name__ == "__main__":
    main()
