"""``list`` of a noun: the same options and output for every kind of record."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import typer

from fugong.commands import options
from fugong.commands.app import App
from fugong.commands.bundles import spread
from fugong.commands.emitting import emit
from fugong.commands.reading import reading

if TYPE_CHECKING:
    from fugong.columns import Report


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
        team: options.Teams = None,
        everyone: options.Everyone = False,
        with_personal: options.WithPersonal = False,
        writing: options.Writing,
    ) -> None:
        from fugong import names

        asked = {} if not retiring else {"everyone": everyone}
        asked |= {} if not personal else {"personal": with_personal}
        with reading(ctx.obj.store) as (reader, cut):
            teams = [tuple(names.team(reader.rows, given).id for given in team or ())] if by_team else []
            emit(report(reader, *teams, **asked), writing, at=(reader, cut))

    offered = {"team": by_team, "everyone": retiring, "with_personal": personal}
    left_out = [option for option, has in offered.items() if not has]
    app.command(name, help=help_text)(spread(list_, left_out))
