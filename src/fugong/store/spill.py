"""What a run must remember of every row that it reads, in the same memory for a thousand rows and for a million."""

import sqlite3
import tempfile
import weakref
from collections.abc import Callable, Sequence

from fugong.errors.files import CannotWrite
from fugong.store import sqlite_failures

_TOGETHER = 256
"""Texts that are put into the database at once."""
_MARKS = 1 << 20


class Memo:
    """Texts by key, any number for each key.

    They stand in a temporary database: SQLite holds some two megabytes of it in memory and puts the rest into a file,
    which nobody else sees and which ends with the process.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        weakref.finalize(self, self._database.close)
        self._database.execute("PRAGMA journal_mode = OFF")  # no rollback is ever needed here
        self._database.execute("CREATE TABLE spilt (key, said TEXT NOT NULL)")
        self._database.execute("CREATE INDEX said_of ON spilt (key)")
        self._database.execute("BEGIN")
        self._waiting: dict[int | str, list[str]] = {}
        """Texts that are to be put there together."""
        self._many = 0
        """Of these texts."""
        self._there = bytearray(_MARKS)
        """A mark for every key that was put there, by its hash: most keys that are asked for are new, and have none."""

    def add(self, key: int | str, said: str = "") -> None:
        """Remember a text.

        Args:
            key: A text, or an integer as ``hash`` makes them.
            said: The text.

        Raises:
            CannotWrite: There is no room for it.
        """
        self._waiting.setdefault(key, []).append(said)
        self._many += 1
        if self._many == _TOGETHER:
            spilt = [(key, said) for key, texts in self._waiting.items() for said in texts]
            self._asking(lambda: self._database.executemany("INSERT INTO spilt VALUES (?, ?)", spilt))
            for each in self._waiting:
                self._there[hash(each) % _MARKS] = 1
            self._waiting.clear()
            self._many = 0

    def of(self, key: int | str) -> list[str]:
        """What was remembered by a key, the first first."""
        waiting = self._waiting.get(key, ())
        if not self._there[hash(key) % _MARKS]:
            return [*waiting]
        sql = "SELECT said FROM spilt WHERE key = ? ORDER BY rowid"
        return [*(said for (said,) in self._asking(lambda: self._database.execute(sql, (key,)))), *waiting]

    def _asking(self, run: Callable[[], sqlite3.Cursor]) -> Sequence[tuple[str]]:
        try:
            return run().fetchall()
        except sqlite3.Error as error:
            for prefix in ("SQLITE_FULL", "SQLITE_IOERR"):
                if error.sqlite_errorname.startswith(prefix):
                    raise CannotWrite(path=tempfile.gettempdir(), reason=sqlite_failures.UNUSABLE[prefix]) from error
            raise
