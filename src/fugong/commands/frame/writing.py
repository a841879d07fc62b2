"""What writing commands share: one transaction, and a line per record, or JSON, once it is committed."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import typer

from fugong import config
from fugong.errors.names import UnknownProblem
from fugong.lang import T

if TYPE_CHECKING:
    from datetime import date

    from fugong.domain.writer import Writer
    from fugong.queries.deadlines import Due
    from fugong.store.records import Problem, Record


@contextmanager
def writing(store: str, verb: str) -> Iterator["Writer"]:
    """The writer of one command; everything is committed when the block ends, or nothing is."""
    from fugong import db
    from fugong.domain import roster
    from fugong.domain.writer import Writer

    with db.writing(store) as session:
        zone = roster.zone(session)
        writer = Writer.opened(session, verb=verb, actor=config.actor(), moment=config.now(zone))
        _named.set([])
        _items.set(None)
        yield writer
        reckon(writer)
    if writer.clock_behind:
        newest = datetime.fromisoformat(writer.clock_behind).astimezone(config.zone_of(zone))
        say(
            T(
                f"注意：这台机器的时钟比台账里最新的录入（{newest:%Y-%m-%d %H:%M}）还早，请核对时钟。",
                f"Note: this clock is behind the newest entry in the store ({newest:%Y-%m-%d %H:%M}); check it.",
            )
        )


_named: ContextVar[list["Record"]] = ContextVar("named")
"""The records that the command names, changed or not."""
_items: ContextVar[list[dict[str, Any]] | None] = ContextVar("items", default=None)
"""What the command did, as items of JSON, once ``reckon`` was called."""


def reckon(writer: "Writer") -> None:
    """Keep what was done so far for ``tell`` to print as JSON."""
    if config.as_json.get() and _items.get() is None:
        from fugong.commands.frame import account

        _items.set(account.items(writer.session, _named.get()))


def rehearse(writer: "Writer") -> None:
    """Take back what was done, once it is known what that was: nothing is written."""
    reckon(writer)
    writer.session.rollback()


def say_trial() -> None:
    """Say that nothing was written, since no more than that was asked for."""
    say(T("只是试看，没有写入。", "This was a trial: nothing was written."))


def problems_of(writer: "Writer", ids: Iterable[str]) -> list["Problem"]:
    """The problems with these numbers, each once.

    Raises:
        UnknownProblem: Some do not exist; all of these are named.
    """
    from fugong.domain import roster

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


def line(record: "Record") -> str:
    """A record in one line, its id first: what every writing command prints for it."""
    from fugong.output.cells import visible

    return visible(touch(record).label)


def touch(record: "Record") -> "Record":
    """Name a record as one that the command is about, whether it is changed or not."""
    _named.get().append(record)
    return record


def each(
    ctx: typer.Context,
    verb: str,
    ids: Sequence[str],
    act: Callable[["Writer", "Problem"], bool],
    same: "str | Callable[[Problem], str]",
    about: Collection[str] = (),
) -> None:
    """Do one act to several problems, all or nothing, and say so once it is committed.

    Args:
        ctx: The command's context.
        verb: The command, as history names it.
        ids: The problems' numbers.
        act: Does it to one, and tells whether anything changed.
        same: What is said where nothing did.
        about: What of a problem is said as it was understood.
    """
    with writing(ctx.obj.store, verb) as writer:
        found = [(problem, problem.due_on) for problem in problems_of(writer, ids)]
        done = [(act(writer, problem), problem, before) for problem, before in found]
        said = [
            ("" if changed else same(problem) if callable(same) else same, problem.ident, line(problem))
            for changed, problem, _ in done
        ]
        meant = [
            (problem.ident, _meant(writer, problem, about, before)) for changed, problem, before in done if changed
        ]
    for unchanged, ident, _ in said:
        if unchanged:
            say(f"{ident} {unchanged}{T('。', '.')}")
    tell("\n".join(text for _, _, text in said))
    say_understood(meant)


def _meant(writer: "Writer", problem: "Problem", about: Collection[str], before: "date | None") -> str:
    if not about:
        return ""
    from fugong.commands.frame.understood import understood

    return understood(writer, problem, about, before if before != problem.due_on else None)


def say_understood(meant: Sequence[tuple[str, str]]) -> None:
    """Say what was understood of problems: under the one that there is, or each with its number."""
    for ident, text in meant:
        if text:
            say(f"     {text}" if len(meant) == 1 else f"{ident}  {text}")


def usual_team(ctx: typer.Context, typed: str | None) -> str | None:
    """The team that was typed, else the one that the user's settings name for this store, which is then said."""
    if typed is not None:
        return typed
    from fugong.commands.frame import preferences

    usual = config.default_team(preferences.place_of(ctx.obj.store))
    if usual:
        say(T(f"没写 --team，按设置用默认的组：{usual}", f"No --team was given; by your settings: {usual}"))
    return usual


def day_of(writer: "Writer", text: str | None) -> "date | None":
    """A business date as typed; none was, none is."""
    from fugong.values import dates

    if text is None:
        return None
    return dates.read_date(text, writer.today, dates.Side.PAST, month_first=config.chinese())


def due_from(writer: "Writer", text: str, start: "date") -> "Due":
    """A deadline as typed, counted from a day; where the clock is behind it, 明天 and 周五 count from it, too."""
    from fugong.queries import deadlines

    rows = writer.session.rows
    return deadlines.read(rows, text, start, max(start, writer.today), month_first=config.chinese())


def say(text: str) -> None:
    """A word to the person at the keyboard, on stderr, unless ``--quiet``; nothing hangs on its being read."""
    if not config.quiet.get():
        complain(text)


def complain(text: str) -> None:
    """What went wrong, on stderr."""
    from fugong.output.cells import visible

    try:
        typer.echo(visible(text), err=True)
    except OSError:
        silence(STDERR)


def say_entered_before(key: str) -> None:
    """Say that a record with this key is there already."""
    from fugong.lang import T

    say(T(f"标识 {key} 已登记过，没有重复登记。", f"The key {key} was entered before; nothing was added."))


def say_no_longer_short(meant: Mapping[str, str]) -> None:
    """Say which short names now belong to another record, and so no longer find the one that they used to find."""
    for name, owner in meant.items():
        say(
            T(
                f"注意：「{name}」以前指「{owner}」，今后不再单指它；要写它，请写得更全一些。",
                f"Note: “{name}” has meant “{owner}”, and no longer does by itself; give more of that name then.",
            )
        )


Place = Literal["store", "file"]
"""Things that a command makes which are no records of the ledger."""
Made = Literal[
    "init", "import", "restore", "upgrade", "clone", "archive", "bundle", "backup", "export", "template", "write"
]  # fmt: skip
"""What a command does to such a thing, in JSON."""


def tell_places(kind: Place, places: Iterable[object], *, done: Made | None) -> None:
    """Files or stores that were made, a line each: tell them as ``tell`` does.

    Args:
        kind: What they are in JSON: ``store``, ``file``.
        places: Where they are.
        done: What was done to them, in JSON; None for nothing.
    """
    said = [str(place) for place in places]
    if config.as_json.get():
        from fugong.commands.frame import account

        _items.set([account.item(kind, name=place, done=[done] if done else []) for place in said])
    tell("\n".join(said))


def tell_setting(name: str, value: str) -> None:
    """A setting that was made, told as ``tell`` does."""
    if config.as_json.get():
        from fugong.commands.frame import account

        _items.set([account.item("setting", ident=name, name=value, done=["set"])])
    tell(f"{name}\t{value}")


def tell(text: str, *, changed: bool = True) -> None:
    """What was done, on stdout, once it is committed; on stderr where stdout takes nothing, for done it is.

    Where a correction changed nothing, that is said as well. Where JSON was asked for, it is what ``reckon`` kept.
    """
    from fugong.output.cells import visible

    if config.as_json.get():
        from fugong.commands.frame import account

        text = account.document(_items.get() or [])
    else:
        text = visible(text)
    try:
        typer.echo(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        from fugong.files import reason
        from fugong.lang import name_of

        silence()
        complain(text)
        why = name_of(reason(error))
        complain(T(f"以上已办妥，但写不了标准输出：{why}。", f"Done, but standard output cannot be written: {why}."))
    if not changed:
        say(T("没有变化。", "It is as it was."))


@contextmanager
def committed() -> Iterator[None]:
    """Show more of what was done, once it is committed: that it cannot be shown is no refusal, for done it is."""
    import sys

    from fugong.errors import Refusal
    from fugong.files import reason

    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except Refusal as refusal:
        why = refusal.sentence(chinese=config.chinese())
    except OSError as error:
        why = reason(error).zh if config.chinese() else reason(error).en
    else:
        return
    silence()
    complain(T(f"已写入台账，但结果没能显示：{why}", f"The store was written, but the result cannot be shown: {why}"))


STDOUT, STDERR = 1, 2


def silence(stream: int = STDOUT) -> None:
    """Let nothing more go to a stream: nobody takes it, and what is left over would fail again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
