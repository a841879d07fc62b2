"""help: as --help, and one page about the settings."""

from typing import Annotated, Any

import typer

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
    if commands and commands[0] in SETTINGS:
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
