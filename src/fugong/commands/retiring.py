"""``retire`` and ``restore`` of a noun that others refer to, which is never removed."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from fugong.commands import options
from fugong.commands.app import App
from fugong.commands.transaction import day_of, line, say, tell, writing
from fugong.lang import T

WhyOrNot = Annotated[
    str | None, typer.Option("--why", metavar=T("原因", "TEXT"), help=T("为什么停用。", "Why it is retired."))
]


def add_retiring(
    app: App, noun: str, name: Any, find: Callable[[Any, str], Any], *, retire_help: str, restore_help: str
) -> None:
    """Give a noun its ``retire`` and ``restore``.

    Args:
        app: The noun.
        noun: Its name, as it stands before the verb.
        name: The annotated argument that names a record.
        find: The record that a name means, in a session.
        retire_help: What retiring does to it.
        restore_help: What restoring does.
    """

    def retire(
        ctx: typer.Context, name: name, on: options.On = None, approx: options.Approx = False, why: WhyOrNot = None
    ) -> None:
        from fugong import roster

        with writing(ctx.obj.store, f"{noun} retire") as writer:
            record = find(writer.session, name)
            changed = roster.retire(writer, record, on=day_of(writer, on), approximate=approx, why=why)
            said = line(record)
        tell(said)
        if not changed:
            say(T("已经停用，没有改动。", "It is retired already; nothing was changed."))

    def restore(ctx: typer.Context, name: name) -> None:
        from fugong import roster

        with writing(ctx.obj.store, f"{noun} restore") as writer:
            record = find(writer.session, name)
            changed = roster.restore(writer, record)
            said = line(record)
        tell(said)
        if not changed:
            say(T("没有停用过，没有改动。", "It is not retired; nothing was changed."))

    app.command("retire", help=retire_help)(retire)
    app.command("restore", help=restore_help)(restore)
