"""Waiting for the store's write lock: who has waited longer asks more often, so that nobody waits in vain.

SQLite does not queue. Its own waiting asks ever less often the longer it lasts, so that among fifty programs one
that has just come, or has just written, nearly always wins against one that has waited for half a minute.
"""

import os
import sqlite3
import time

BUSY_SECONDS = 30
"""How long a program waits for its turn to write, on any engine."""
FIRST_PAUSE = 0.04
SHORTEST_PAUSE = 0.002


def take(connection: sqlite3.Connection, seconds: float) -> None:
    """Begin a transaction that holds the write lock.

    Args:
        connection: Outside of any transaction.
        seconds: How long to wait: now, and again for readers when the transaction is committed.

    Raises:
        sqlite3.OperationalError: Somebody else held the lock all the time.
    """
    begun = time.monotonic()
    connection.execute("PRAGMA busy_timeout=0")
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            waited = time.monotonic() - begun
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or waited > seconds:
                raise
            time.sleep(pause(waited) * (0.5 + os.urandom(1)[0] / 255))  # so that no two keep step
        else:
            connection.execute(f"PRAGMA busy_timeout={int(seconds * 1000)}")
            return


def pause(waited: float) -> float:
    """Seconds until the next attempt, after so many seconds of waiting: half of the first after one, and so on."""
    return max(SHORTEST_PAUSE, FIRST_PAUSE / (1 + waited))
