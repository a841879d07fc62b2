"""The command line: assembles the commands, and takes the global options."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any, TextIO

import typer

from fugong.commands.frame import course
from fugong.commands.frame.app import App, Group
from fugong.commands.frame.lazy import Parts
from fugong.commands.frame.run import Run
from fugong.lang import T

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
NOUNS = (
    "notice", "export", "campaign", "term", "team", "member", "enterprise", "department", "inspection", "support",
    "outreach", "activity", "milestone", "practice", "figure", "calendar", "store", "conflict", "profile", "settings",
)  # fmt: skip
"""Every command: verbs by the module of ``commands`` that has them, a noun has one of its name; only the one that is
asked for is imported."""


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
        options |= {"standalone_mode": False, "obj": said}
        run = super().main
        sys.exit(course.ended(lambda: run(given, prog_name or "fugong", **options), said))


def _version(ctx: typer.Context, wanted: bool) -> None:
    if wanted:
        from fugong.commands.frame import versions

        versions.tell(ctx.obj)
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
    course.begin(ctx.obj, ctx.invoked_subcommand, store_)


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
