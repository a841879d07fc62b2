"""A Typer whose commands speak the language of the run: help, usage and every usage error."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from fugong.commands.frame.help import PIECES, page
from fugong.commands.frame.usage import members
from fugong.errors import Refusal
from fugong.lang import T

F = TypeVar("F", bound=Callable[..., Any])


class Run(NamedTuple):
    """What the global options say, for every command: ``ctx.obj``."""

    store: str


class App(typer.Typer):
    """A Typer that makes commands and groups of the two classes below."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("cls", Group)
        super().__init__(rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True, **options)

    def command(self, name: str | None = None, **options: Any) -> Callable[[F], F]:
        """Make a command of a function."""
        options.setdefault("cls", Command)
        made: Callable[[F], F] = super().command(name, **options)
        return made


class _Speaking:
    """The parts of a command's help that Typer says in English only."""

    def format_help(self: Any, ctx: typer.Context, formatter: Any) -> None:
        """Write the whole help page."""
        formatter.write("\n".join(page(self, ctx)) + "\n")

    def get_usage(self: Any, ctx: typer.Context) -> str:
        """The usage line."""
        pieces = (PIECES.get(piece, piece) for piece in self.collect_usage_pieces(ctx))
        said = [T(*piece) if isinstance(piece, tuple) else piece.strip("{}") for piece in pieces]
        return T("用法：", "Usage: ") + " ".join([ctx.command_path, *said])

    def get_help_option(self: Any, ctx: typer.Context) -> Any:
        """``--help``, described in the language of the run."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = T("显示帮助。", "Show this help.")
        return option


class Command(_Speaking, TyperCommand):  # type: ignore[misc]  # the types in the signatures are private to Typer
    """A command, which takes the names of a code in its place: ``--status 已销号`` for ``--status closed``."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for param in self.params:
            _take_names(param)

    def invoke(self, ctx: Any) -> Any:
        """Run it; on a store that an older program made, once more when that is upgraded.

        A store tells its version before anything is read from it or written, so nothing was done the first time.
        """
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            if refusal.code != "store_older":
                raise
        from fugong.commands.frame import upgrading

        upgrading.upgrade(ctx.obj.store)
        return super().invoke(ctx)


class Group(_Speaking, TyperGroup):  # type: ignore[misc]  # the same
    """A group of commands."""


def _take_names(param: Any) -> None:
    """Let a parameter of codes take their Chinese and English names as well; completion keeps to the codes."""
    coded = members(param)
    if not coded:
        return
    codes = {name.casefold(): each.value for each in coded for name in (each.zh, each.en, each.value)}
    convert = param.type.convert

    def named(value: Any, *where: Any) -> Any:
        return convert(codes.get(str(value).strip().casefold(), value), *where)

    param.type.convert = named
