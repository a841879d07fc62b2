"""A Typer whose commands speak the language of the run: help, usage and every usage error.

Typer's own help renderer is English, cuts long Chinese off, and costs more start-up than all of fugong;
the one here is a page of plain text, as wide as the terminal, in which nothing is lost.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple, TypeVar

import typer
import typer.main
from typer.core import TyperArgument, TyperCommand, TyperGroup

from fugong.errors import Refusal
from fugong.folding import cells, fold
from fugong.lang import T, listing, name_of
from fugong.vocab import Coded

F = TypeVar("F", bound=Callable[..., Any])

WIDEST, NARROWEST = 100, 40
_INDENT, _GAP, _WIDEST_NAME = 2, 2, 34


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


class Parts(Mapping[str, Any]):
    """The commands of the program, each imported and built when it is asked for.

    Reading the signatures of all commands at every start takes as long as a report; a command line needs one.
    """

    def __init__(self, verbs: Mapping[str, Iterable[str]], nouns: Mapping[str, Iterable[str]]) -> None:
        """Names by the module of ``fugong.commands`` that has them.

        Args:
            verbs: What stands at the top level; a module has them in its ``app``.
            nouns: What has verbs of its own; a module of several has them in ``nouns``, else it is its ``app``.
        """
        self._verbs = {name: module for module, names in verbs.items() for name in names}
        self._nouns = {name: module for module, names in nouns.items() for name in names}
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._built:
            self._built[name] = self._made(name)
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter((*self._verbs, *self._nouns))

    def __len__(self) -> int:
        return len(self._verbs) + len(self._nouns)

    def helps(self) -> list[tuple[str, str]]:
        """Every command's name and help, without building it."""
        verbs = [(name, str(self._verb(name).help)) for name in self._verbs]
        return verbs + [(name, str(self._noun(name).info.help)) for name in self._nouns]

    def _made(self, name: str) -> Any:
        if name not in self._nouns:
            return typer.main.get_command_from_info(
                self._verb(name), pretty_exceptions_short=True, rich_markup_mode=None
            )
        group = typer.main.get_group(self._noun(name))
        group.name = name
        return group

    def _verb(self, name: str) -> Any:
        return _registered(_module(self._verbs[name]).app)[name]

    def _noun(self, name: str) -> App:
        module = _module(self._nouns[name])
        nouns: Mapping[str, App] = getattr(module, "nouns", {})
        return nouns.get(name) or module.app


def _module(name: str) -> Any:
    return import_module(f"fugong.commands.{name}")


def _registered(app: typer.Typer) -> dict[str, Any]:
    """What Typer knows of each command, by its name."""
    return {
        info.name or typer.main.get_command_name(info.callback.__name__ if info.callback else ""): info
        for info in app.registered_commands
    }


class _Speaking:
    """The parts of a command's help that Typer says in English only."""

    def format_help(self: Any, ctx: typer.Context, formatter: Any) -> None:
        """Write the whole help page."""
        formatter.write("\n".join(_page(self, ctx)) + "\n")

    def get_usage(self: Any, ctx: typer.Context) -> str:
        """The usage line."""
        pieces = (_PIECES.get(piece, piece) for piece in self.collect_usage_pieces(ctx))
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
        from fugong.commands import upgrading

        upgrading.upgrade(ctx.obj.store)
        return super().invoke(ctx)


class Group(_Speaking, TyperGroup):  # type: ignore[misc]  # the same
    """A group of commands."""


def _members(param: Any) -> list[Coded]:
    """The codes that a parameter takes, with their names; Typer keeps the bare values only."""
    values = list(getattr(param.type, "choices", ()))
    kinds = Coded.__subclasses__() if values else ()
    return next((list(kind) for kind in kinds if [each.value for each in kind] == values), [])


def _take_names(param: Any) -> None:
    """Let a parameter of codes take their Chinese and English names as well; completion keeps to the codes."""
    members = _members(param)
    if not members:
        return
    codes = {name.casefold(): each.value for each in members for name in (each.zh, each.en, each.value)}
    convert = param.type.convert

    def named(value: Any, *where: Any) -> Any:
        return convert(codes.get(str(value).strip().casefold(), value), *where)

    param.type.convert = named


_PIECES: dict[str, tuple[str, str]] = {
    "[OPTIONS]": ("[选项]", "[OPTIONS]"),
    "COMMAND [ARGS]...": ("命令 [参数]…", "COMMAND [ARGS]…"),
}
_COMPLETION = {
    "install_completion": ("为当前的命令行安装补全。", "Install completion for the current shell."),
    "show_completion": ("显示补全脚本。", "Show the completion script."),
}
_TYPES = {"TEXT": ("文字", "TEXT"), "INTEGER": ("整数", "N"), "PATH": ("路径", "PATH")}


# The help page


def _page(command: Any, ctx: typer.Context) -> Iterator[str]:
    """The lines of a help page."""
    width = max(min(shutil.get_terminal_size().columns, WIDEST), NARROWEST)
    yield from _folded(command.get_usage(ctx), width)
    if command.help:
        yield ""
        yield from _folded(command.help, width, indent=_INDENT)
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if isinstance(param, TyperArgument)]
    options = [param for param in params if not isinstance(param, TyperArgument)]
    children = getattr(command, "commands", {})
    commands = (
        children.helps() if isinstance(children, Parts) else [(name, each.help) for name, each in children.items()]
    )
    yield from _section(T("参数", "Arguments"), [_argument(each, ctx) for each in arguments], width)
    yield from _section(T("命令", "Commands"), commands, width)
    yield from _section(T("选项", "Options"), [_option(each, ctx) for each in options], width)


def _argument(param: Any, ctx: typer.Context) -> tuple[str, str]:
    return param.make_metavar(ctx), param.help or ""


def _option(param: Any, ctx: typer.Context) -> tuple[str, str]:
    """An option's names and help, with its choices, default and whether it must be given."""
    names = ", ".join(sorted(param.opts, key=len)) + "".join(f"/{name}" for name in param.secondary_opts)
    takes = "" if param.is_flag else f" {_metavar(param, ctx)}"
    said = T(*_COMPLETION[param.name]) if param.name in _COMPLETION else param.help or ""
    extra = _choices(param)
    if param.required:
        extra = T("必填", "required")
    elif param.default not in (None, False) and not callable(param.default) and not param.is_flag:
        extra = f"{extra}{T('；默认 ', '; default ')}{getattr(param.default, 'value', param.default)}".lstrip("；; ")
    return names + takes, f"{said} {T('［', '[')}{extra}{T('］', ']')}" if extra else said


def _metavar(param: Any, ctx: typer.Context) -> str:
    if _choices(param):
        return T("代码", "CODE")
    name = param.make_metavar(ctx)
    return T(*_TYPES[name]) if name in _TYPES else str(name)


def _choices(param: Any) -> str:
    """The values that an option takes, if they are counted."""
    return ", ".join(str(getattr(choice, "value", choice)) for choice in getattr(param.type, "choices", ()))


def _section(title: str, rows: list[tuple[str, str]], width: int) -> Iterator[str]:
    """A titled list of names and what they mean, the meanings in one column."""
    if not rows:
        return
    yield f"\n{title}{T('：', ':')}"
    column = min(max(cells(name) for name, _ in rows), _WIDEST_NAME, width // 2) + _INDENT + _GAP
    for name, meaning in rows:
        lines = list(_folded(meaning, width, indent=column)) or [""]
        head = " " * _INDENT + name
        if cells(head) + _GAP <= column:
            yield (head + " " * (column - cells(head)) + lines[0].lstrip()).rstrip()
            yield from lines[1:]
        else:
            yield head
            yield from lines


def _folded(text: str, width: int, indent: int = 0) -> Iterator[str]:
    """A text in indented lines of at most ``width`` columns."""
    if text:
        yield from (" " * indent + line for line in fold(text.replace("\n", " "), width - indent, cells))


# Usage errors


def explain(error: typer.TyperException) -> str:
    """A usage error in one sentence that says what to type.

    The kinds are told apart by their class names: Typer keeps the classes themselves private.
    """
    kind = type(error).__name__
    return _EXPLAIN.get(kind, _other)(error)


def _missing(error: Any) -> str:
    name = _hint(error)
    if getattr(error.param, "param_type_name", "") == "option":
        return T(f"缺少选项 {name}。", f"The option {name} is missing.")
    return T(f"缺少参数 {name}。", f"The argument {name} is missing.")


def _no_option(error: Any) -> str:
    near = listing(sorted(error.possibilities or ()))
    said = T(f"没有选项 {error.option_name}。", f"There is no option {error.option_name}.")
    if near:
        return said + T(f"是不是 {near}？", f" Did you mean {near}?")
    return said + _dashed(error.ctx)


def _dashed(ctx: Any) -> str:
    """How a text that begins with a dash is typed, where the command takes texts."""
    names = [str(param.make_metavar(ctx)) for param in ctx.command.params if isinstance(param, TyperArgument)]
    if not names:
        return ""
    example = " ".join([ctx.command_path, *names[:-1], "--", names[-1]])
    return T(
        f"以 - 开头的文字，前面要先写 --，选项写在 -- 之前：{example}",
        f" A text that begins with - needs -- before it, and options before the --: {example}",
    )


def _option_usage(error: Any) -> str:
    if "does not take" in error.message:
        return T(f"选项 {error.option_name} 后面不带值。", f"The option {error.option_name} takes no value.")
    return T(f"选项 {error.option_name} 后面缺少值。", f"The option {error.option_name} needs a value.")


def _bad(error: Any) -> str:
    """A value of the wrong type, or none of the choices."""
    name = _hint(error)
    choices = error.param is not None and (listing(map(_both, _members(error.param))) or _choices(error.param))
    if choices:
        return T(f"{name} 只能是：{choices}。", f"{name} must be one of: {choices}.")
    if "not a valid int" in error.message:
        return T(f"{name} 应是整数。", f"{name} must be a whole number.")
    if "in the range" in error.message:
        low = error.param.type.min
        return T(f"{name} 不能小于 {low}。", f"{name} must be {low} or more.")
    return T(f"{name} 的值不对。", f"The value of {name} is wrong.")


def _both(choice: Coded) -> str:
    """A code with its name, either of which may be typed."""
    code, name = choice.value, name_of(choice)
    return code if name.casefold() in ("", code) else T(f"{code}（{name}）", f"{code} ({name})")


def _other(error: Any) -> str:
    """Errors that have no class of their own; what was typed stands in parentheses or quotes."""
    if str(error.message).startswith("Missing command"):
        return T("缺少命令。", "A command is missing.")
    for pattern, zh, en in (
        (r"Got unexpected extra argument.*? \((?P<typed>.*)\)", "多余的参数：{}。", "Too many arguments: {}."),
        (r"No such command (['\"])(?P<typed>.*?)\1\.", "没有命令 {}。", "There is no command {}."),
    ):
        found = re.match(pattern, str(error.message), re.DOTALL)
        if found:
            near = listing(error.message[found.end() :].split("'")[1::2])
            return T(zh, en).format(found["typed"]) + (T(f"是不是 {near}？", f" Did you mean {near}?") if near else "")
    return T("命令写法不对。", "The command line is wrong.")


def _hint(error: Any) -> str:
    """The parameter that an error is about, as people see it."""
    if error.param_hint:
        return str(error.param_hint)
    if error.param is None:
        return ""
    opts = [name for name in error.param.opts if name.startswith("-")]
    return opts[0] if opts else str(error.param.make_metavar(error.ctx))


_EXPLAIN = {
    "MissingParameter": _missing,
    "NoSuchOption": _no_option,
    "BadOptionUsage": _option_usage,
    "BadParameter": _bad,
}
