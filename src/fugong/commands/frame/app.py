"""A Typer whose commands speak the language of the run: help, usage, usage errors, and their own names."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from fugong import config
from fugong.commands.frame import anywhere
from fugong.commands.frame.lazy import Parts
from fugong.commands.frame.run import Run
from fugong.errors import Refusal
from fugong.errors.entries import TextMissing
from fugong.lang import T
from fugong.values.texts import must_be_decoded
from fugong.vocab import ExitCode, Format, Words

F = TypeVar("F", bound=Callable[..., Any])


class App(typer.Typer):
    """A Typer that makes commands and groups of the two classes below."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("cls", Group)
        super().__init__(rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True, **options)

    def command(
        self,
        name: str | None = None,
        *,
        last: str = "",
        finds: Words | None = None,
        saves: bool = False,
        **options: Any,
    ) -> Callable[[F], F]:
        """Make a command of a function.

        Args:
            name: Its name; None: that of the function.
            last: The parameter that the words behind the numbers are for.
            finds: What it says by ending with ``ExitCode.FOUND``, where it may end so.
            saves: Its conditions may be saved by a name, and be called by it.
            options: What Typer takes.
        """
        said = {"last": last, "finds": finds, "saves": saves}
        options.setdefault("cls", type("Command", (Command,), said) if last or finds or saves else Command)
        made: Callable[[F], F] = super().command(name, **options)
        return made

    def include(self, other: typer.Typer) -> None:
        """Have the commands of another module next, each by its name."""
        self.registered_commands += other.registered_commands


class _Speaking:
    """What commands and groups share: help in the language of the run, and options that may stand anywhere."""

    def parse_args(self: Any, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words, those of a Chinese keyboard among them.

        Raises:
            WrongEncoding: One has bytes of another encoding, and is no path, which may name a file by them.
        """
        words = list(args)
        if not all(map(str.isascii, args)):
            from fugong.commands.frame.words import understood

            options = {name for param in self.get_params(ctx) for name in (*param.opts, *param.secondary_opts)}
            args = understood(args, options)
        try:
            self._look(ctx, args)
            rest: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]  # a mixin: Typer's class has it
        except typer.TyperException as error:
            _must_be_decoded(words)
            error.ctx = getattr(error, "ctx", None) or ctx  # type: ignore[attr-defined]  # some come without
            raise
        return rest

    def _look(self: Any, ctx: Any, args: list[str]) -> None:
        """Look for slips in the words of a command; those of a group belong to a command yet to be found."""
        if any(word.startswith("-") for word in args) and not hasattr(self, "commands"):
            from fugong.commands.frame import slips

            slips.look_for(ctx, args, self.get_params(ctx))

    def get_params(self: Any, ctx: Any) -> list[Any]:
        """Its own parameters, and the options that may stand anywhere."""
        return [*super().get_params(ctx), *anywhere.options(self, ctx)]  # type: ignore[misc]  # the same

    def format_help(self: Any, ctx: typer.Context, formatter: Any) -> None:
        """Write the whole help page."""
        from fugong.commands.frame.help import page

        formatter.write("\n".join(page(self, ctx)) + "\n")

    def get_usage(self: Any, ctx: typer.Context) -> str:
        """The usage line."""
        from fugong.commands.frame.help import PIECES

        pieces = (PIECES.get(piece, piece) for piece in self.collect_usage_pieces(ctx))
        said = [T(*piece) if isinstance(piece, tuple) else piece.strip("{}") for piece in pieces]
        return T("用法：", "Usage: ") + " ".join([ctx.command_path, *said])

    def get_help_option_names(self, _: Any) -> list[str]:
        """``--help``, and ``-h`` for short."""
        return ["-h", "--help"]

    def get_help_option(self: Any, ctx: typer.Context) -> Any:
        """``--help``, described in the language of the run."""
        option = super().get_help_option(ctx)  # type: ignore[misc]  # the same
        if option is not None:
            option.help = T("显示帮助。", "Show this help.")
        return option


class Command(_Speaking, TyperCommand):  # type: ignore[misc]  # the types in the signatures are private to Typer
    """A command."""

    last: str = ""
    """The parameter that takes the words after the ids: in ``close 1-1 口罩到货`` they are its ``how``."""
    finds: Words | None = None
    """What exit code 6 (``ExitCode.FOUND``) means of this command, if it can end with it."""

    saves: bool = False
    """Whether its filters can be saved under a name (``list --save``)."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse its arguments and options, and keep what is said for all commands."""
        words = list(args)
        rest = self._parsed(ctx, args)
        if self.saves:
            from fugong.commands.frame import saving

            if whole := saving.expanded(ctx, words):
                ctx.params.clear()
                rest = super().parse_args(ctx, whole)
        if not all(map(str.isascii, words)):
            _must_be_decoded(ctx.params.get(each.name) for each in self.params if not _names_a_file(each))
        if isinstance(ctx.obj, Run):
            if ctx.obj.json and "fmt" in ctx.params:
                ctx.params["fmt"] = Format.JSON.value
            asked = Format.JSON.value if ctx.obj.json else ctx.params.get("fmt")
            ctx.obj.parsed, ctx.obj.fmt = True, Format(asked) if asked else None
            config.as_json.set(ctx.obj.fmt is Format.JSON)
        return rest

    def _parsed(self, ctx: Any, args: list[str]) -> list[str]:
        """The words parsed; what is missing is asked for, where somebody is there to answer."""
        while True:
            try:
                rest: list[str] = super().parse_args(ctx, list(args))
            except (typer.TyperException, TextMissing) as error:
                from fugong.commands.frame.missing import asked_for

                more = asked_for(ctx, error, args)
                if more is None:
                    raise
                args = more
                ctx.params.clear()
            else:
                return rest

    def make_parser(self, ctx: Any) -> Any:
        """A parser that puts the words of a text together, which a shell parts where nobody quotes them."""
        parser = super().make_parser(ctx)
        if self.last:
            from fugong.commands.frame.gathering import gather

            parse = parser.parse_args

            def gathered(args: list[str]) -> Any:
                given, rest, order = parse(args)
                return given, gather(self, ctx, given, rest), order

            parser.parse_args = gathered  # type: ignore[method-assign]  # Typer offers no other place
        return parser

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The pieces of the usage line, with the words that need no option."""
        pieces: list[str] = super().collect_usage_pieces(ctx)
        taking = next((each for each in self.params if each.name == self.last), None)
        return [*pieces, f"[{taking.metavar}]"] if taking is not None and taking.param_type_name == "option" else pieces

    def invoke(self, ctx: Any) -> Any:
        """Run it; once more when a store that an older program made is upgraded, or a question is answered.

        A store tells its version before anything is read from it or written, and what stops a command takes back what
        it wrote, so nothing was done the time before.
        """
        from fugong.commands.frame.doubts import Doubt, settled

        while True:
            try:
                done = super().invoke(ctx)
            except Refusal as refusal:
                if refusal.code == "store_older":
                    from fugong.commands.frame import upgrading

                    upgrading.upgrade(ctx.obj.store)
                elif not settled(ctx, refusal):
                    raise
            except Doubt as doubt:
                if not settled(ctx, doubt):
                    return int(ExitCode.REFUSED)
            else:
                self._say_remarks(ctx)
                return done

    def _say_remarks(self, ctx: Any) -> None:
        """Say what is to be said of doubtful things that were done."""
        if isinstance(ctx.obj, Run) and ctx.obj.remarks:
            from fugong.commands.frame.writing import say

            for remark in ctx.obj.remarks:
                say(remark)
            ctx.obj.remarks.clear()


def _names_a_file(param: Any) -> bool:
    """Whether a parameter takes a path; a store is one as well, or a URL."""
    return bool(param.type.name == "path" or param.name == "store")


def _must_be_decoded(values: Iterable[Any]) -> None:
    for value in values:
        for word in value if isinstance(value, list | tuple) else (value,):
            if isinstance(word, str):
                must_be_decoded(word)


class Group(_Speaking, TyperGroup):  # type: ignore[misc]  # the same
    """A group of commands, each of which has a Chinese name as well."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first word names, by either name."""
        _must_be_decoded(args[:1])
        word, *rest = args[0].replace("\u3000", " ").split() if "\u3000" in args[0] else args[:1]
        if not word.isascii():
            from fugong.commands.frame import aliases

            name = aliases.meant(word, root=ctx.parent is None) or word
            word = name if name in self.commands else word
        return super().resolve_command(ctx, [word, *rest, *args[1:]])

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  (as Typer calls it)
        """The names of its commands; Typer's own would build every one of them to know these."""
        return list(self.commands)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Its commands, by their Chinese names where one is being typed, and its options."""
        from typer._click.shell_completion import CompletionItem

        from fugong.commands.frame import aliases

        if not isinstance(self.commands, Parts):
            offered: list[Any] = super().shell_complete(ctx, incomplete)
        else:  # none of them is built for its help
            named = [CompletionItem(name, help=said) for name, said in self.commands.helps()]
            options = super(TyperGroup, self).shell_complete(ctx, incomplete)
            offered = [*(item for item in named if item.value.startswith(incomplete)), *options]
        if incomplete.isascii():
            return offered
        root = ctx.parent is None
        words = [word for word in aliases.known(root=root) if word.startswith(incomplete)]
        return offered + [CompletionItem(word) for word in words if aliases.meant(word, root=root) in self.commands]
