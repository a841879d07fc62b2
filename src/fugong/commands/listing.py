"""``list`` of a noun: the same options and output for every kind of record."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import typer

from fugong.commands import options
from fugong.commands.app import App
from fugong.commands.emitting import emit
from fugong.commands.reading import reading

if TYPE_CHECKING:
    from fugong.columns import Report


def add_list(app: App, module: str, function: str, help_text: str, *, by_team: bool = True) -> None:
    """Give a noun its ``list``.

    Args:
        app: The noun.
        module: The module of ``fugong.reports`` that has the report; loaded when the command runs.
        function: The report: a function of the reader and, where ``by_team``, of team names.
        help_text: What is listed.
        by_team: Whether ``--team`` narrows the list.
    """

    def report(reader: Any, *arguments: Any) -> "Report":
        from importlib import import_module

        made: Callable[..., Report] = getattr(import_module(f"fugong.reports.{module}"), function)
        return made(reader, *arguments)

    def list_all(
        ctx: typer.Context,
        fmt: options.FormatOption = None,
        output: options.Output = None,
        force: options.Force = False,
        header: options.Header = None,
    ) -> None:

        with reading(ctx.obj.store) as (reader, _):
            emit(report(reader), fmt, output, force=force, header=header)

    def list_by_team(
        ctx: typer.Context,
        team: options.Teams = None,
        fmt: options.FormatOption = None,
        output: options.Output = None,
        force: options.Force = False,
        header: options.Header = None,
    ) -> None:
        from fugong import names

        with reading(ctx.obj.store) as (reader, _):
            teams = tuple(names.team(reader.rows, given).id for given in team or ())
            emit(report(reader, teams), fmt, output, force=force, header=header)

    app.command("list", help=help_text)(list_by_team if by_team else list_all)
