"""Many programs at one store at the same moment: ``python -m tests.reliability.storm ACT PROCESSES TIMES STORE``.

Prints a line for every act that was committed.
"""

import os
import sys
import traceback
from pathlib import Path
from typing import cast

from tests.conftest import command

from fugong.domain import problems, roster
from fugong.keeping import backup


def log(store: Path, _: int) -> str:
    """Log a problem: its number."""
    with command(store) as writer:
        problem = problems.log_problem(writer, "口罩不足", team=roster.find_team(writer.session, "1"))
    return problem.ident


def turn(store: Path, number: int) -> str:
    """Close 1-1 or reopen it, in turn: whether this changed anything."""
    with command(store) as writer:
        problem = roster.find_problem(writer.session, "1-1")
        if number % 2:
            return f"close {problems.close_problem(writer, problem, '好')}"
        return f"reopen {problems.reopen_problem(writer, problem, '又有')}"


def copy(store: Path, number: int) -> str:
    """Back up, in the first process; log, in all others."""
    if os.environ["STORM"] != "0":
        return log(store, number)
    return f"copy {backup.make(str(store), backup.named(str(store), store.parent / 'backups')).name}"


def main(act: str, processes: int, times: int, store: Path) -> None:
    """Let all processes begin at the same moment."""
    work = {"log": log, "turn": turn, "copy": copy}[act]
    waiting, gun = os.pipe()
    for process in range(processes):
        if os.fork() == 0:
            os.close(gun)
            os.environ["STORM"] = str(process)
            os.read(waiting, 1)
            try:
                for number in range(times):
                    os.write(1, f"{work(store, number + process)}\n".encode())
            except BaseException:  # noqa: BLE001  (a child must not come back from here)
                traceback.print_exc()
            os._exit(0)
    os.close(gun)
    for _ in range(processes):
        os.wait()


def _place(told: str) -> Path:
    """A file; or the URL of a database, which a path would spoil."""
    return cast("Path", told) if "://" in told else Path(told)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), _place(sys.argv[4]))
