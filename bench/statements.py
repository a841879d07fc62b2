"""The SQL that a command runs, for another program to run: ``python -m bench.statements STORE progress …``."""

import contextlib
import io
import sqlite3
import sys
from pathlib import Path

from fugong.cli import app
from fugong.store import sqlite

_connect = sqlite.connect


def main() -> None:
    """Run the command, and print the statements that read, one a line."""
    store, *argv = sys.argv[1:]
    read: list[str] = []

    def traced(path: Path, mode: str) -> sqlite3.Connection:
        connection = _connect(path, mode)
        connection.set_trace_callback(read.append)
        return connection

    sqlite.connect = traced
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        app(["--store", store, *argv])
    for statement in read:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            print(" ".join(statement.split()) + ";")


if __name__ == "__main__":
    main()
