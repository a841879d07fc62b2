"""What a run must remember of every row that it reads, in the same memory for a thousand rows and for a million."""

import sqlite3
import tempfile
import weakref
from collections.abc import Sequence
from typing import Any

from fugong.errors.files import CannotWrite
from fugong.store import sqlite_failures


class Memo:
    """Texts by key, any number for each key.

    They stand in a temporary database: SQLite holds some two megabytes of it in memory and puts the rest into a file,
    which nobody else sees and which ends with the process.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        weakref.finalize(self, self._database.close)
        self._database.execute("PRAGMA journal_mode = OFF")  # nothing here is ever taken back
        self._database.execute("CREATE TABLE spilt (key, said TEXT NOT NULL)")
        self._database.execute("CREATE INDEX said_of ON spilt (key)")
        self._database.execute("BEGIN")

    def add(self, key: int | str, said: str = "") -> None:
        """Remember a text.

        Args:
            key: A text, or an integer as ``hash`` makes them.
            said: The text.

        Raises:
            CannotWrite: There is no room for it.
        """
        self._run("INSERT INTO spilt VALUES (?, ?)", (key, said))

    def of(self, key: int | str) -> list[str]:
        """What was remembered by a key, the first first."""
        return [said for (said,) in self._run("SELECT said FROM spilt WHERE key = ? ORDER BY rowid", (key,))]

    def _run(self, sql: str, values: Sequence[Any]) -> Sequence[tuple[str]]:
        try:
            return self._database.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            for prefix in ("SQLITE_FULL", "SQLITE_IOERR"):
                if error.sqlite_errorname.startswith(prefix):
                    raise CannotWrite(path=tempfile.gettempdir(), reason=sqlite_failures.UNUSABLE[prefix]) from error
            raise
