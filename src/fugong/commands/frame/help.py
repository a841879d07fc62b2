"""A command's help: a page of plain text, as wide as the terminal, in which nothing is lost.

Typer's own renderer is English, cuts long Chinese off, and costs more start-up than all of fugong.
"""

import shutil
from collections.abc import Iterable, Iterator
from typing import Any

import typer
from typer.core import TyperArgument

from fugong.commands.frame import aliases, anywhere, examples
from fugong.commands.frame.lazy import Parts
from fugong.lang import T
from fugong.values.folding import cells, fold
from fugong.vocab import ExitCode

WIDEST, NARROWEST = 100, 40
_INDENT, _GAP, _WIDEST_NAME = 2, 2, 34
PIECES: dict[str, tuple[str, str]] = {
    "[OPTIONS]": ("[选项]", "[OPTIONS]"),
    "COMMAND [ARGS]...": ("命令 [参数]…", "COMMAND [ARGS]…"),
}
_COMPLETION = {
    "install_completion": ("为当前的命令行安装补全。", "Install completion for the current shell."),
    "show_completion": ("显示补全脚本。", "Show the completion script."),
}
_TYPES = {"TEXT": ("文字", "TEXT"), "INTEGER": ("整数", "N"), "PATH": ("路径", "PATH")}


def room() -> int:
    """How wide a page is."""
    return max(min(shutil.get_terminal_size().columns, WIDEST), NARROWEST)


def page(command: Any, ctx: typer.Context) -> Iterator[str]:
    """The lines of a help page."""
    width = room()
    yield from _folded(command.get_usage(ctx), width)
    if command.help:
        yield ""
        yield from _folded(command.help, width, indent=_INDENT)
    if ctx.parent is not None and (alias := aliases.of(str(ctx.info_name), root=ctx.parent.parent is None)):
        said = f"{ctx.parent.command_path} {alias}"
        yield from _folded(T(f"也可以写：{said}", f"In Chinese: {said}"), width, indent=_INDENT)
    if finds := getattr(command, "finds", None):
        said = T(f"以退出码 {ExitCode.FOUND} 结束：{finds.zh}", f"Ends with exit code {ExitCode.FOUND}: {finds.en}")
        yield from _folded(said, width, indent=_INDENT)
    arguments, commands, options = listed(command, ctx)
    yield from rows(T("参数", "Arguments"), arguments, width)
    yield from rows(T("命令", "Commands"), _with_aliases(commands, root=ctx.parent is None), width)
    yield from rows(T("选项", "Options"), options, width)
    lines = examples.of(ctx)
    if lines:
        yield f"\n{T('例子：', 'Examples:')}"
        yield from (" " * _INDENT + line for line in lines)
    yield ""
    names, pointer = anywhere.named(command, ctx)
    *lines, last = _folded(names, width)
    yield from lines
    both = f"{last}{T('', ' ')}{pointer}"
    yield from [both] if cells(both) <= width else [last, pointer]


Pairs = list[tuple[str, str]]
"""Names, each with what it means."""


def listed(command: Any, ctx: typer.Context) -> tuple[Pairs, Pairs, Pairs]:
    """The arguments, commands and options of a page."""
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [_argument(param, ctx) for param in params if isinstance(param, TyperArgument)]
    options = [_option(param, ctx) for param in params if not isinstance(param, TyperArgument)]
    children = getattr(command, "commands", {})
    commands = (
        children.helps()
        if isinstance(children, Parts)
        else [(name, each.help or "") for name, each in children.items()]
    )
    return arguments, list(commands), options


def _with_aliases(commands: Iterable[tuple[str, str]], *, root: bool) -> list[tuple[str, str]]:
    """The commands of a group; in Chinese each with its Chinese name."""
    return [(T(f"{name}  {aliases.of(name, root=root)}".rstrip(), name), said) for name, said in commands]


def _argument(param: Any, ctx: typer.Context) -> tuple[str, str]:
    return param.make_metavar(ctx), param.help or ""


def _option(param: Any, ctx: typer.Context) -> tuple[str, str]:
    """An option's names and help, with its choices, default and whether it must be given."""
    names = ", ".join(sorted(param.opts, key=len)) + "".join(f"/{name}" for name in param.secondary_opts)
    takes = "" if param.is_flag else f" {_metavar(param, ctx)}"
    said = T(*_COMPLETION[param.name]) if param.name in _COMPLETION else param.help or ""
    extra = choices(param)
    if param.required:
        extra = T("必填", "required")
    elif param.default not in (None, False) and not callable(param.default) and not param.is_flag:
        extra = f"{extra}{T('；默认 ', '; default ')}{getattr(param.default, 'value', param.default)}".lstrip("；; ")
    return names + takes, f"{said} {T('［', '[')}{extra}{T('］', ']')}" if extra else said


def _metavar(param: Any, ctx: typer.Context) -> str:
    if choices(param):
        return T("代码", "CODE")
    name = param.make_metavar(ctx)
    return T(*_TYPES[name]) if name in _TYPES else str(name)


def choices(param: Any) -> str:
    """The values that an option takes, if they are counted."""
    return ", ".join(str(getattr(choice, "value", choice)) for choice in getattr(param.type, "choices", ()))


def rows(title: str, pairs: list[tuple[str, str]], width: int) -> Iterator[str]:
    """A titled list of names and what they mean, the meanings in one column."""
    if not pairs:
        return
    yield f"\n{title}{T('：', ':')}"
    column = min(max(cells(name) for name, _ in pairs), _WIDEST_NAME, width // 2) + _INDENT + _GAP
    for name, meaning in pairs:
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
