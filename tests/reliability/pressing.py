"""Programs that log as fast as they can until their input ends: ``python -m tests.reliability.pressing N URL``.

Prints the number of every problem whose commit was acknowledged, and ``?`` where a commit's end is not known; ``+``
or ``-`` for each whose answer was lost and who was found to be there, or not.
"""

import os
import select
import sys
import traceback
from collections.abc import Callable
from typing import Any

from tests.conftest import command

from fugong.domain import problems, roster
from fugong.errors import Refusal
from fugong.errors.store import StoreUncertain
from fugong.store import postgresql

TRY_AGAIN = 4
MARKS = frozenset("?+-")


def log(url: str) -> str:
    """Log a problem: its number, a question mark if it may be logged, nothing if it is not."""
    try:
        with command(url) as writer:
            problem = problems.log_problem(writer, "口罩不足", team=roster.find_team(writer.session, "1"))
    except StoreUncertain:
        return "?\n"
    except Refusal as refusal:
        if refusal.exit_code != TRY_AGAIN:
            raise
        return ""
    return f"{problem.ident}\n"


def telling(ask: Callable[[str, str], bool]) -> Any:
    """Who asks how a commit ended, and prints the answer, too."""

    def told(location: str, batch: str) -> bool:
        found = ask(location, batch)
        os.write(1, b"+\n" if found else b"-\n")
        return found

    return told


def main(processes: int, url: str) -> None:
    """Let them all log until the input ends."""
    postgresql._arrived = telling(postgresql._arrived)
    for _ in range(processes):
        if os.fork() == 0:
            try:
                while not select.select([0], [], [], 0)[0]:
                    os.write(1, log(url).encode())
            except BaseException:  # noqa: BLE001  (a child must not come back from here)
                traceback.print_exc()
            os._exit(0)
    for _ in range(processes):
        os.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
