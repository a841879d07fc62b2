"""Twenty processes that log fifty problems each, all at once: ``python -m bench.crowd STORE [--plain]``.

It fails unless every one of them is in the store with a number of its own. ``--plain`` is the yardstick: as many
transactions of one INSERT on a file with the same pragmas, by the standard library alone.
"""

import argparse
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from fugong import db
from fugong.domain import problems, roster
from fugong.domain.writer import Writer
from fugong.store import sqlite_lock

PROCESSES, EACH = 20, 50
MOMENT = datetime(2020, 3, 20, 4, tzinfo=UTC)
PRAGMAS = ("journal_mode=DELETE", "synchronous=EXTRA")


def main() -> None:
    """Write, all at once, and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--plain", action="store_true")
    arguments = parser.parse_args()
    write, count = (insert, inserted) if arguments.plain else (log, logged)
    before = count(arguments.store)
    processes = [get_context("fork").Process(target=write, args=(arguments.store, each)) for each in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    stored = count(arguments.store) - before
    failed = sum(process.exitcode != 0 for process in processes)
    if failed or stored != PROCESSES * EACH:
        sys.exit(f"{stored} of {PROCESSES * EACH} are in the store; {failed} processes failed")


def log(store: Path, process: int) -> None:
    """Log problems, each in a transaction of its own as a command does."""
    for number in range(EACH):
        with db.writing(str(store)) as session:
            writer = Writer.opened(session, verb="log", actor=f"录入员{process}", moment=MOMENT)
            problems.log_problem(writer, f"试验问题{number}", team=roster.find_team(session, "1"))


def logged(store: Path) -> int:
    """How many problems have a number of their own."""
    with db.reading(str(store)) as reader:
        ((count,),) = reader.rows("SELECT count(*) FROM (SELECT DISTINCT team_id, number FROM problem) n")
    return int(count)


def insert(store: Path, _: int) -> None:
    """As many transactions, without a program."""
    with _plain(store) as connection:
        for number in range(EACH):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO t VALUES (?)", (f"试验问题{number}",))
            connection.execute("COMMIT")


def inserted(store: Path) -> int:
    """How many rows there are; the table is made the first time."""
    with _plain(store) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS t (text TEXT NOT NULL)")
        ((count,),) = connection.execute("SELECT count(*) FROM t")
    return int(count)


def _plain(store: Path) -> closing[sqlite3.Connection]:
    connection = sqlite3.connect(store, timeout=sqlite_lock.BUSY_SECONDS, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return closing(connection)


if __name__ == "__main__":
    main()
