"""What nouns share: ``list``, and ``retire`` and ``restore`` of what others refer to and is never removed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fugong.commands.frame import filters, options
from fugong.commands.frame.app import App
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import day_of, line, say, tell, writing
from fugong.lang import T

if TYPE_CHECKING:
    from fugong.results.report import Report


def add_list(
    app: App,
    module: str,
    function: str,
    help_text: str,
    *,
    by_team: bool = True,
    retiring: bool = False,
    personal: bool = False,
    name: str = "list",
) -> None:
    """Give a noun its ``list``.

    Args:
        app: The noun.
        module: The module of ``fugong.reports`` that has the report; loaded when the command runs.
        function: The report: a function of the reader and, where ``by_team``, of team names.
        help_text: What is listed.
        by_team: Whether ``--team`` narrows the list.
        retiring: Whether its records can be retired, and are then listed only on request.
        personal: Whether its records have personal data, which is whole only on request.
        name: The command's name, where it is not ``list``.
    """

    def report(reader: Any, *arguments: Any, **asked: bool) -> "Report":
        from importlib import import_module

        made: Callable[..., Report] = getattr(import_module(f"fugong.reports.{module}"), function)
        return made(reader, *arguments, **asked)

    def list_(
        ctx: typer.Context,
        *,
        team: filters.Teams = None,
        everyone: options.Everyone = False,
        with_personal: options.WithPersonal = False,
        cut_off: options.CutOff,
        delivery: options.Delivery,
    ) -> None:
        from fugong.queries import names

        asked = {} if not retiring else {"everyone": everyone}
        asked |= {} if not personal else {"personal": with_personal}
        with reading(ctx.obj.store, cut_off) as (reader, cut):
            teams = [tuple(names.team(reader.now.rows, given).id for given in team or ())] if by_team else []
            emit(report(reader, *teams, **asked), delivery, at=(reader, cut))

    offered = {"team": by_team, "everyone": retiring, "with_personal": personal}
    left_out = [option for option, has in offered.items() if not has]
    app.command(name, help=help_text)(spread(list_, left_out))


def say_retired_already() -> None:
    """Say that there was nothing to retire."""
    say(T("已经停用，没有改动。", "It is retired already; nothing was changed."))


def say_in_service() -> None:
    """Say that there was nothing to restore."""
    say(T("没有停用过，没有改动。", "It is not retired; nothing was changed."))


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
        from fugong.domain import roster

        with writing(ctx.obj.store, f"{noun} retire") as writer:
            record = find(writer.session, name)
            changed = roster.retire(writer, record, on=day_of(writer, on), approximate=approx, why=why)
            said = line(record)
        tell(said)
        if not changed:
            say_retired_already()

    def restore(ctx: typer.Context, name: name) -> None:
        from fugong.domain import roster

        with writing(ctx.obj.store, f"{noun} restore") as writer:
            record = find(writer.session, name)
            changed = roster.restore(writer, record)
            said = line(record)
        tell(said)
        if not changed:
            say_in_service()

    app.command("retire", help=retire_help)(retire)
    app.command("restore", help=restore_help)(restore)
