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


def add_list(app: App, module: str, function: str, help_text: str, *, by_team: bool = True, name: str = "list") -> None:
    """Give a noun its ``list``.

    Args:
        app: The noun.
        module: The module of ``fugong.reports`` that has the report; loaded when the command runs.
        function: The report: a function of the reader and, where ``by_team``, of team names.
        help_text: What is listed.
        by_team: Whether ``--team`` narrows the list.
        name: The command's name, where it is not ``list``.
    """

    def report(reader: Any, *arguments: Any) -> "Report":
        from importlib import import_module

        made: Callable[..., Report] = getattr(import_module(f"fugong.reports.{module}"), function)
        return made(reader, *arguments)

    def list_all(ctx: typer.Context, writing: options.Writing) -> None:
        with reading(ctx.obj.store) as (reader, cut):
            emit(report(reader), **writing._asdict(), at=(reader, cut))

    def list_by_team(ctx: typer.Context, *, team: options.Teams = None, writing: options.Writing) -> None:
        from fugong import names

        with reading(ctx.obj.store) as (reader, cut):
            teams = tuple(names.team(reader.rows, given).id for given in team or ())
            emit(report(reader, teams), **writing._asdict(), at=(reader, cut))

    app.command(name, help=help_text)(spread(list_by_team if by_team else list_all))
