"""Long tables on a terminal go through a pager, as those of git do: ``PAGER``, else less; ``PAGER=`` for none.

All is written aside before the pager is started: whoever reads on the next morning must not keep the store's
writers waiting, as a query that stands half-read does.
"""

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from tempfile import TemporaryFile
from typing import IO

from fugong import config

LONG = 500
"""Lines that somebody may still scroll back."""


def paged(pieces: Iterable[str]) -> Iterator[str]:
    """What is to be printed after all: everything, unless it is long and a pager showed it."""
    pager, rest = _pager(), iter(pieces)
    held, lines = list[str](), 0
    for piece in rest if pager else ():
        held.append(piece)
        lines += piece.count("\n")
        if lines > LONG:
            break
    if lines <= LONG:
        yield from chain(held, rest)
        return
    with TemporaryFile("w+", encoding="utf-8") as aside:
        aside.writelines(chain(held, rest))
        aside.seek(0)
        if not _showed(pager, aside):
            yield from aside


def _pager(system: str = os.name) -> list[str]:
    """The command line of the pager; empty if there is none. In one of Windows, a backslash parts folders."""
    said = _choice()
    try:
        words = shlex.split(said.replace("\\", "/") if system == "nt" else said)
    except ValueError:  # an unclosed quote
        return []
    return words if words and shutil.which(words[0]) else []


def _choice() -> str:
    """The user's settings, else ``PAGER``, which other programs follow as well, else less."""
    own = config.on_terminal("pager")
    return os.environ.get("PAGER", "less") if own is None else own.removesuffix("off")


def _showed(pager: list[str], aside: IO[str]) -> bool:
    """Show a text, and wait until it was read; whether that worked."""
    own = os.environ.get("LESS")  # whatever somebody has there, colours are to be colours and not ESC[1m
    surroundings = {"LESSCHARSET": "utf-8", **os.environ, "LESS": "-FRX" if own is None else f"-R {own}"}
    try:
        process = subprocess.Popen(pager, stdin=aside, env=surroundings)  # noqa: S603  (the user's own choice)
    except OSError:
        return False
    while process.returncode is None:
        with suppress(KeyboardInterrupt):  # Ctrl-C is for the pager, which goes on
            process.wait()
    return True
