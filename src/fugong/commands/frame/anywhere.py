"""Options that may stand anywhere on a command line: --json, --quiet, --no-color, --no-input, --store.

What has no formats of its own answers in JSON as well, on ``--format json``.
"""

from functools import cache
from typing import Any

from typer.core import TyperOption

from fugong import config
from fugong.commands.frame.gathering import Unclear
from fugong.commands.frame.run import Run
from fugong.lang import T
from fugong.vocab import Format


def options(command: Any, ctx: Any) -> list[TyperOption]:
    """The options of this module that a command takes besides its own."""
    quiet, colour, mute, store, as_json, json_only = _made()
    everywhere = [quiet, colour, mute] if ctx.parent is None else [quiet, colour, mute, store]
    if hasattr(command, "commands"):
        return [*everywhere, as_json]
    has_formats = any(param.name == "fmt" for param in command.params)
    return [*everywhere, as_json] if has_formats else [*everywhere, as_json, json_only]


def named(command: Any, ctx: Any) -> tuple[str, str]:
    """The end of a help page: the names of these options, and the command to read on, which stays on one line."""
    names = " ".join(name for each in options(command, ctx) for name in each.opts)
    return T(f"到处可用：{names}。", f"Anywhere: {names};"), T(
        "说明见 fugong help settings", "see fugong help settings"
    )


@cache
def _made() -> tuple[TyperOption, ...]:
    return (
        _flag("--quiet", _be_quiet),
        _flag("--no-color", _be_plain),
        _flag("--no-input", _ask_nothing, is_eager=True),
        TyperOption(param_decls=["anywhere_store", "--store"], callback=_place, expose_value=False, hidden=True),
        _flag("--json", _as_json),
        TyperOption(param_decls=["anywhere_format", "--format"], callback=_only_json, expose_value=False, hidden=True),
    )


def _flag(name: str, act: Any, *, is_eager: bool = False) -> TyperOption:
    return TyperOption(
        param_decls=[name],
        is_flag=True,
        default=False,
        callback=act,
        expose_value=False,
        hidden=True,
        is_eager=is_eager,
    )


def _be_quiet(_ctx: Any, _param: Any, given: bool) -> None:
    if given:
        config.quiet.set(True)


def _be_plain(_ctx: Any, _param: Any, given: bool) -> None:
    if given:
        config.colourless.set(True)


def _ask_nothing(_ctx: Any, _param: Any, given: bool) -> None:
    if given:
        config.mute.set(True)


def _place(ctx: Any, _param: Any, given: str | None) -> None:
    if given is not None and isinstance(ctx.obj, Run):
        ctx.obj.store = config.store_location(given)


def _as_json(ctx: Any, _param: Any, given: bool) -> None:
    if given and isinstance(ctx.obj, Run):
        ctx.obj.json = True


def _only_json(ctx: Any, param: Any, given: str | None) -> None:
    if given is None:
        return
    if given.strip().casefold() != Format.JSON:
        said = T("这条命令只有 --format json 一种格式。", "This command has one format: --format json.")
        raise Unclear(said, ctx=ctx)
    _as_json(ctx, param, True)
