"""help: as --help, and one page about the settings."""

from typing import Annotated, Any

import typer

from fugong import config
from fugong.commands.frame.app import App
from fugong.lang import T

app = App()

SETTINGS = ("settings", "设置")


@app.command("help", help=T("看帮助：fugong help 命令。", "Show help: fugong help COMMAND."))
def help_(
    ctx: typer.Context,
    commands: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=T("命令…", "COMMAND…"),
            help=T(
                "哪条命令；settings 是环境变量和设置。",
                "Which command; settings tells of environment variables and settings.",
            ),
        ),
    ] = None,
) -> None:
    of_settings = bool(commands and commands[0] in SETTINGS)
    if config.as_json.get():
        from fugong import output
        from fugong.commands.frame import help_told
        from fugong.vocab import Format

        asked = ctx if of_settings else _found(ctx.find_root(), commands or [])
        told = help_told.of_settings() if of_settings else help_told.of_command(asked.command, asked)
        output.write(told, fmt=Format.JSON)
        return
    if of_settings:
        from fugong.commands.frame.settings_page import page

        typer.echo("\n".join(page()))
        return
    typer.echo(_found(ctx.find_root(), commands or []).get_help())


def _found(ctx: Any, words: list[str]) -> Any:
    """The context of the command that the words name, one behind the other."""
    for word in words:
        if not hasattr(ctx.command, "commands"):
            break
        name, command, _ = ctx.command.resolve_command(ctx, [word])
        ctx = command.context_class(command, parent=ctx, info_name=name)
    return ctx
