"""A Typer whose commands speak the language of the run: help, usage and every usage error."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from fugong.commands.frame.help import PIECES, page
from fugong.errors import Refusal
from fugong.lang import T
from fugong.values.texts import must_be_decoded
from fugong.vocab import Format

F = TypeVar("F", bound=Callable[..., Any])

FOUND_SOMETHING = 6
"""The exit code of a command that ran fine and found what it was to look for."""


class Run:
    """What the command line says for every command: ``ctx.obj``, filled in while it is parsed.

    It outlives the parsing, so that a failure is told in the form that was asked for.
    """

    store: str | None = None
    """Where the store is; None until the global options are parsed."""
    fmt: Format | None = None
    """What ``--format`` says, once ``parsed``."""
    parsed: bool = False
    """Whether the whole command line is known."""


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
    """A command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse its arguments and options, and keep what is said for all commands.

        Raises:
            WrongEncoding: A word has bytes of another encoding; a path may have them, and names the same file.
        """
        words = list(args)
        try:
            rest: list[str] = super().parse_args(ctx, args)
        except typer.TyperException:
            _must_be_decoded(words)
            raise
        if not all(map(str.isascii, words)):
            _must_be_decoded(ctx.params.get(each.name) for each in self.params if each.type.name != "path")
        if isinstance(ctx.obj, Run):
            ctx.obj.parsed, ctx.obj.fmt = True, Format(ctx.params["fmt"]) if ctx.params.get("fmt") else None
        return rest

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


def _must_be_decoded(values: Iterable[Any]) -> None:
    for value in values:
        for word in value if isinstance(value, list | tuple) else (value,):
            if isinstance(word, str):
                must_be_decoded(word)


class Group(_Speaking, TyperGroup):  # type: ignore[misc]  # the same
    """A group of commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse what stands before the command."""
        words = list(args)
        try:
            rest: list[str] = super().parse_args(ctx, args)
        except typer.TyperException:
            _must_be_decoded(words)
            raise
        return rest

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first word names."""
        _must_be_decoded(args[:1])
        return super().resolve_command(ctx, args)
