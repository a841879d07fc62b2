"""The command line: assembles the commands, takes the global options, turns a refusal into an exit code."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TextIO

import typer

from fugong import __version__, config
from fugong.commands import calendar, field_work, problem, report, roster, seed, store
from fugong.commands.app import App, Group, Parts, Run, explain
from fugong.errors import Refusal
from fugong.lang import T

INTERRUPTED, NO_READER = 130, 141
"""128 + the signal's number, as shells have it: SIGINT, SIGPIPE."""


PARTS = Parts(
    verbs=(seed.app, problem.app, report.app),
    nouns={**roster.nouns, **field_work.nouns, "calendar": calendar.app, "store": store.app},
)


class Root(Group):
    """The whole program; its ``main`` is where every failure gets its sentence and its exit code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = PARTS  # type: ignore[assignment]  # nothing is ever added to them

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **options: Any) -> Any:  # type: ignore[override]
        """Run a command line and exit."""
        given = list(sys.argv[1:] if args is None else args)
        options["standalone_mode"] = False
        sys.exit(_status(lambda: super(Root, self).main(given, prog_name or "fugong", **options), given))


def _status(run: Callable[[], Any], argv: Sequence[str]) -> int:
    """Run, say what went wrong if anything did, and give the exit code (docs/exit-codes.md)."""
    try:
        result = run()
        sys.stdout.flush()
    except Refusal as refusal:
        _refuse(refusal, argv)
        return refusal.exit_code
    except typer.TyperException as error:
        return _usage(error)
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # Typer ends with 1 when the reader has gone
            return _silenced()
        raise
    except Exception as error:  # noqa: BLE001  (the one place where a bug becomes exit code 3)
        from fugong import crash

        return crash.report(error, argv)
    if result == INTERRUPTED:  # how Typer hands on a KeyboardInterrupt
        _say(T("已中断，没有写入未完成的内容。", "Interrupted; nothing unfinished was written."))
    return result if isinstance(result, int) else 0


def _silenced() -> int:
    """Nobody reads standard output any more: leave nothing to be flushed at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return NO_READER


def _refuse(refusal: Refusal, argv: Sequence[str]) -> None:
    """Say a refusal: one sentence, or one JSON document where JSON was asked for."""
    from fugong.output.cells import visible

    sentence = visible(refusal.sentence(chinese=config.chinese()))
    if _wants_json(argv):
        import json

        error = {"code": refusal.code, "message": sentence}
        _say(json.dumps({"schema": 1, "error": error}, ensure_ascii=False))
    else:
        _say(T("错误：", "Error: ") + sentence)


def _wants_json(argv: Sequence[str]) -> bool:
    """Whether the command line asks for JSON; read from the words, for it may never have been parsed."""
    pairs = zip(argv, [*argv[1:], ""], strict=True)
    return any(
        word in ("--format=json", "-fjson") or (word in ("--format", "-f") and value == "json") for word, value in pairs
    )


def _usage(error: typer.TyperException) -> int:
    """Say a usage error: how the command is used, and what was wrong."""
    ctx = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        _say(ctx.get_help() if ctx else "")
        return 2
    if ctx is not None:
        _say(ctx.get_usage())
    _say(T("错误：", "Error: ") + explain(error))
    if ctx is not None:
        _say(T(f"用 {ctx.command_path} --help 查看帮助。", f"For help: {ctx.command_path} --help"))
    return getattr(error, "exit_code", 2)


def _say(text: str) -> None:
    typer.echo(text, err=True)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"fugong {__version__}")
        raise typer.Exit


app = App(cls=Root, help=T("复工帮扶台账：问题登记、销号、进展。", "The ledger of an enterprise-assistance campaign."))


@app.callback()
def global_options(
    ctx: typer.Context,
    store_: Annotated[
        str | None,
        typer.Option(
            "--store",
            metavar=T("路径", "PATH"),
            help=T(
                "台账文件；默认看环境变量 FUGONG_STORE，再就是个人数据文件夹。",
                "The store; default: the variable FUGONG_STORE, else your data folder.",
            ),
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=T("显示版本。", "Show the version.")),
    ] = False,
) -> None:
    del version  # its callback has done it
    ctx.obj = Run(config.store_location(store_))


def main() -> None:
    """Run the program on the command line of this process."""
    os.umask(0o077)  # what this program writes is its user's alone
    for stream in (sys.stdout, sys.stderr):
        _forgive(stream)
    app()


def _forgive(stream: TextIO) -> None:
    """Let no character stop the program after a commit: what a stream cannot show is escaped."""
    plain_c = (
        stream.encoding.lower() in ("ascii", "ansi_x3.4-1968", "us-ascii") and "PYTHONIOENCODING" not in os.environ
    )
    stream.reconfigure(errors="backslashreplace", **({"encoding": "utf-8"} if plain_c else {}))  # type: ignore[attr-defined]
