"""What writing commands share: one transaction, and a line per problem once it is committed."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from fugong import config
from fugong.errors import UnknownProblem

if TYPE_CHECKING:
    from fugong.history import Writer
    from fugong.models import Problem


@contextmanager
def writing(store: str, verb: str) -> Iterator["Writer"]:
    """The writer of one command; everything is committed when the block ends, or nothing is."""
    from fugong import db, roster
    from fugong.history import Writer

    with db.writing(store) as session:
        yield Writer.opened(session, verb=verb, actor=config.actor(), moment=config.now(roster.zone(session)))


def problems(writer: "Writer", ids: Iterable[str]) -> list["Problem"]:
    """The problems with these numbers, each once.

    Raises:
        UnknownProblem: Some do not exist; all of these are named.
    """
    from fugong import roster

    found, unknown = {}, []
    for given in ids:
        try:
            problem = roster.find_problem(writer.session, given)
            found[problem.ident] = problem
        except UnknownProblem:
            unknown.append(given)
    if unknown:
        raise UnknownProblem(ids=unknown)
    return list(found.values())


def line(problem: "Problem") -> str:
    """A problem in one line, its id first: what every writing command prints for it."""
    from fugong.output.cells import visible

    whose = problem.enterprise.name if problem.enterprise else problem.team.name
    return visible(f"{problem.ident}  {whose}  {' '.join(problem.text.split())}")


def say(text: str) -> None:
    """A word to the person at the keyboard, on stderr; nothing hangs on its being read."""
    try:
        typer.echo(text, err=True)
    except OSError:
        silence(STDERR)


def tell(text: str) -> None:
    """What was done, on stdout, once it is committed; on stderr where stdout takes nothing, for done it is."""
    try:
        typer.echo(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        from fugong.files import reason
        from fugong.lang import T, name_of

        silence()
        say(text)
        why = name_of(reason(error))
        say(T(f"以上已办妥，但写不了标准输出：{why}。", f"Done, but standard output cannot be written: {why}."))


STDOUT, STDERR = 1, 2


def silence(stream: int = STDOUT) -> None:
    """Let nothing more go to a stream: nobody takes it, and what is left over would fail again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
