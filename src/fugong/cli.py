"""The command line: assembles the commands, takes the global options, turns a refusal into an exit code."""

import os
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from fugong import config, files
from fugong.commands.frame.app import App, Group
from fugong.commands.frame.lazy import Parts
from fugong.commands.frame.run import Run
from fugong.commands.frame.usage import explain
from fugong.commands.frame.writing import complain, say, silence
from fugong.errors import Refusal
from fugong.errors.files import StdoutUnwritable
from fugong.errors.store import StoreAgain
from fugong.files import Ended
from fugong.lang import T
from fugong.vocab import SIGNALLED, ExitCode, Format, Words

NO_READER = SIGNALLED + 13
"""The exit code where the reader of a pipe has gone: 128 and SIGPIPE, also on Windows, which has no such signal."""


VERBS = {
    "init": ("init",),
    "load": ("load",),
    "problem": ("log", "edit", "assign", "note", "close", "reopen", "void"),
    "problem_lists": ("list", "show"),
    "looking": ("find", "today"),
    "follow_up": ("bounce", "chase", "extend", "approve", "reject", "attach", "verify"),
    "escalation": ("escalate",),
    "weekly": ("weekly",),
    "redate": ("redate",),
    "redact": ("redact",),
    "undo": ("undo", "redo"),
    "shell": ("shell", "run"),
    "help_": ("help",),
    "report": ("progress", "report"),
    "publishing": ("summary", "nil", "publish", "reconcile"),
    "import_": ("import",),
    "merge": ("merge",),
    "nightly": ("nightly",),
}
NOUNS = {
    "notice": ("notice",),
    "export": ("export",),
    "campaign": ("campaign",),
    "term": ("term",),
    "team": ("team",),
    "member": ("member",),
    "enterprise": ("enterprise",),
    "department": ("department",),
    "field_work": ("inspection", "support", "outreach", "activity", "milestone", "practice", "figure"),
    "calendar": ("calendar",),
    "store": ("store",),
    "conflict": ("conflict",),
    "profile": ("profile",),
    "settings": ("settings",),
}
"""Every command, by the module of ``commands`` that has it; only the one that is asked for is imported."""


COMPLETING = "_FUGONG_COMPLETE"
"""The environment variable by which a shell asks for completion."""
COMPLETION = ("--show-completion", "--install-completion")


class Root(Group):
    """The whole program; its ``main`` is where every failure gets its sentence and its exit code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = Parts(VERBS, NOUNS)  # type: ignore[assignment]  # nothing is ever added to them

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **options: Any) -> Any:  # type: ignore[override]  # fewer are told apart
        """Run a command line and exit."""
        given = list(sys.argv[1:] if args is None else args)
        if COMPLETING in os.environ or any(word in COMPLETION for word in given):
            from fugong.commands.frame import shells

            shells.prepare()
        said = Run(given)
        config.forget()
        files.forget()
        options |= {"standalone_mode": False, "obj": said}
        run = super().main
        sys.exit(_status(lambda: _again(lambda: run(given, prog_name or "fugong", **options)), said, given))


PAUSES = (0.1, 0.5, 2)
"""Seconds between the attempts at a command that a server took back."""


def _again(run: Callable[[], Any]) -> Any:
    """Run a command, and once more where a server took its whole transaction back: nothing was printed yet.

    A signal's end comes back as its exit code, as Typer hands on a KeyboardInterrupt.
    """
    try:
        for pause in PAUSES:
            try:
                return run()
            except StoreAgain:
                time.sleep(pause)
        return run()
    except Ended as ended:
        return SIGNALLED + ended.number


def _status(run: Callable[[], Any], said: Run, argv: Sequence[str]) -> int:
    """Run, say what went wrong if anything did, and give the exit code (docs/exit-codes.md)."""
    try:
        result = run()
        sys.stdout.flush()
    except Refusal as refusal:
        if isinstance(refusal, StdoutUnwritable):
            silence()
        _refuse(refusal, as_json=_wants_json(said, argv))
        return refusal.exit_code
    except typer.TyperException as error:
        return _usage(error, as_json=_wants_json(said, argv))
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # Typer ends with 1 when the reader has gone
            silence()
            return NO_READER
        raise
    except OSError as error:
        if error.filename is not None:  # it names a file, so it should have been a refusal
            return _crash(error, said, argv)
        return _unwritable(error, as_json=_wants_json(said, argv))
    except Exception as error:  # noqa: BLE001  (the one place where a bug becomes exit code 3)
        return _crash(error, said, argv)
    if isinstance(result, int) and result > SIGNALLED:
        say(T("已中断，没有写入未完成的内容。", "Interrupted; nothing unfinished was written."))
    return result if isinstance(result, int) else ExitCode.DONE


def _crash(error: Exception, said: Run, argv: Sequence[str]) -> int:
    """Report a bug; if the store is damaged, that is the cause, and the refusal says what to do about it."""
    from fugong import crash

    location = _damaged(said, argv)
    if location:
        from fugong.errors.store import StoreUnusable
        from fugong.store.sqlite_failures import UNUSABLE

        refusal = StoreUnusable(path=location, reason=UNUSABLE["SQLITE_CORRUPT"])
        _refuse(refusal, as_json=_wants_json(said, argv))
        return refusal.exit_code
    return crash.report(error, argv, as_json=_wants_json(said, argv))


def _damaged(said: Run, argv: Sequence[str]) -> str:
    """The store that a command line is about, if the check finds anything wrong with it."""
    try:
        from fugong import db
        from fugong.keeping import check

        location = said.store or config.store_location(_typed(argv, "--store"))
        with db.examining(location) as session:
            return location if next(check.findings(session), None) else ""
    except Exception:  # noqa: BLE001  (after a bug, nothing can be relied on)
        return ""


def _unwritable(error: OSError, *, as_json: bool) -> int:
    """Standard output cannot be written, as on a full disk."""
    from fugong.files import reason

    silence()
    refusal = StdoutUnwritable(path=Words("标准输出", "standard output"), reason=reason(error))
    _refuse(refusal, as_json=as_json)
    return refusal.exit_code


def _refuse(refusal: Refusal, *, as_json: bool) -> None:
    """Say a refusal: one sentence, or one JSON document where JSON was asked for."""
    from fugong.output.cells import visible

    sentence = visible(refusal.sentence(chinese=config.chinese()))
    if as_json:
        _refuse_in_json(refusal.code, sentence)
    else:
        complain(T("错误：", "Error: ") + sentence)


def _refuse_in_json(code: str, sentence: str) -> None:
    import json

    complain(json.dumps({"schema": 1, "error": {"code": code, "message": sentence}}, ensure_ascii=False))


def _wants_json(said: Run, argv: Sequence[str]) -> bool:
    """Whether the command line asks for JSON."""
    if said.parsed:
        return said.fmt is Format.JSON
    return (
        said.json
        or "--json" in takewhile(lambda word: word != "--", argv)
        or any((_typed(argv, name) or "").lower() == "json" for name in ("--format", "-f"))
    )


def _typed(argv: Sequence[str], name: str) -> str | None:
    """What an option is given on a command line that could not be parsed, as far as can be told from its words."""
    words = list(takewhile(lambda word: word != "--", argv))
    joined = f"{name}=" if name.startswith("--") else name
    for word, value in pairwise([*words, ""]):
        if word.lower() == name:
            return value
        if word.lower().startswith(joined):
            return word[len(joined) :]
    return None


def _usage(error: typer.TyperException, *, as_json: bool) -> int:
    """Say a usage error: how the command is used, and what was wrong."""
    from fugong.output.cells import visible

    ctx = getattr(error, "ctx", None)
    if as_json:
        _refuse_in_json("usage", visible(explain(error)))
        return ExitCode.USAGE
    if type(error).__name__ == "NoArgsIsHelpError":
        complain(_shown(ctx) if ctx else "")
        return ExitCode.USAGE
    if ctx is not None:
        complain(ctx.get_usage())
    complain(T("错误：", "Error: ") + visible(explain(error)))
    if ctx is not None:
        complain(T(f"用 {ctx.command_path} --help 查看帮助。", f"For help: {ctx.command_path} --help"))
    return getattr(error, "exit_code", ExitCode.USAGE)


def _shown(ctx: Any) -> str:
    """What a group shows of itself: the whole program one screen, any other its help."""
    if ctx.parent is not None:
        return str(ctx.get_help())
    from fugong.commands.frame.bare import screen

    return "\n".join(screen(ctx.obj.store))


def _version(ctx: typer.Context, wanted: bool) -> None:
    if wanted:
        from fugong.commands.frame import versions

        said = versions.facts(_typed(ctx.obj.words, "--store"))
        if _wants_json(ctx.obj, ctx.obj.words):
            import json

            typer.echo(json.dumps(said, ensure_ascii=False))
        else:
            typer.echo("\n".join(versions.lines(said)))
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
        typer.Option(
            "--version",
            "-V",
            callback=_version,
            is_eager=True,
            help=T("程序、Python、SQLite、台账的版本。", "The versions of program, Python, SQLite, store."),
        ),
    ] = False,
) -> None:
    del version  # its callback has done it
    if store_ or ctx.invoked_subcommand != "nightly":  # which names its own, and may have no home folder
        ctx.obj.store = config.store_location(store_)
        files.reads(Path(ctx.obj.store.removeprefix("sqlite:///")))
    if (fault := config.saved()[1] if sys.stdout.isatty() else "") and not _wants_json(ctx.obj, sys.argv):
        say(
            T(
                f"设置文件 {config.settings_file()} 看不懂，没有用它：{fault}",
                f"The settings file {config.settings_file()} cannot be read and was left aside: {fault}",
            )
        )
    if (asked := config.unknown_language()) and not _wants_json(ctx.obj, sys.argv):
        say(
            T(
                f"没有语言 FUGONG_LANG={asked}，仍用中文；可以写 zh（中文）、en（英文）。",
                f"There is no language FUGONG_LANG={asked}; zh is Chinese, en English.",
            )
        )


def main() -> None:
    """Run the program on the command line of this process."""
    os.umask(0o077)  # what this program writes is its user's alone
    for name in ("stdout", "stderr"):
        _forgive(_stream(name))
    app()


def _stream(name: str) -> TextIO:
    """A standard stream. One that the caller closed is opened on the null device, so that no file gets its number."""
    if getattr(sys, name) is None:
        setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115  (it stays open)
    stream: TextIO = getattr(sys, name)
    return stream


def _forgive(stream: TextIO, system: str = os.name) -> None:
    """Let no character stop the program after a commit: what a stream cannot show is escaped.

    A pipe and a file get UTF-8 on Windows too, whatever its code page is; a console there takes any character.
    """
    plain_c = stream.encoding.lower() in ("ascii", "ansi_x3.4-1968", "us-ascii")
    utf8 = (plain_c or (system == "nt" and not stream.isatty())) and "PYTHONIOENCODING" not in os.environ
    stream.reconfigure(errors="backslashreplace", **({"encoding": "utf-8"} if utf8 else {}))  # type: ignore[attr-defined]  # a text stream has it
