"""The course of a command line: begun with what holds for every command, run, and ended with a sentence and a code."""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import typer

from fugong import config, files
from fugong.commands.frame.run import Run
from fugong.commands.frame.usage import explain
from fugong.commands.frame.writing import complain, say, silence
from fugong.errors import Refusal
from fugong.errors.files import StdoutUnwritable
from fugong.errors.store import StoreAgain
from fugong.files import Ended
from fugong.lang import T
from fugong.vocab import SIGNALLED, ExitCode, Words

NO_READER = SIGNALLED + 13
"""The exit code where the reader of a pipe has gone: 128 and SIGPIPE, also on Windows, which has no such signal."""


def begin(said: Run, command: str | None, store: str | None) -> None:
    """Find out which store is meant, and say of the settings what cannot be used.

    Args:
        said: What the command line says to every command.
        command: The command or noun that it names.
        store: What ``--store`` says.

    Raises:
        StoreUnnamed, StoreUnplaced, PasswordShown: No store can be meant.
    """
    if store or command != "nightly":  # which names its own, and may have no home folder
        said.store = config.store_location(store)
        files.reads(Path(said.store.removeprefix("sqlite:///")))
    if (fault := config.saved()[1] if sys.stdout.isatty() else "") and not said.wants_json:
        say(
            T(
                f"设置文件 {config.settings_file()} 看不懂，没有用它：{fault}",
                f"The settings file {config.settings_file()} cannot be read and was left aside: {fault}",
            )
        )
    if (asked := config.unknown_language()) and not said.wants_json:
        say(
            T(
                f"没有语言 FUGONG_LANG={asked}，仍用中文；可以写 zh（中文）、en（英文）。",
                f"There is no language FUGONG_LANG={asked}; zh is Chinese, en English.",
            )
        )


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


def ended(run: Callable[[], Any], said: Run) -> int:
    """Run a command line, say what went wrong if anything did, and give the exit code (docs/exit-codes.md).

    Args:
        run: What parses it and runs its command.
        said: What it says to every command.
    """
    config.forget()
    files.forget()
    try:
        result = _again(run)
        sys.stdout.flush()
    except Refusal as refusal:
        if isinstance(refusal, StdoutUnwritable):
            silence()
        _refuse(refusal, as_json=said.wants_json, words=said.words)
        return refusal.exit_code
    except typer.TyperException as error:
        return _usage(error, as_json=said.wants_json)
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # Typer ends with 1 when the reader has gone
            silence()
            return NO_READER
        raise
    except OSError as error:
        if error.filename is not None:  # it names a file, so it should have been a refusal
            return _crash(error, said)
        return _unwritable(error, as_json=said.wants_json)
    except Exception as error:  # noqa: BLE001  (the one place where a bug becomes exit code 3)
        return _crash(error, said)
    if isinstance(result, int) and result > SIGNALLED:
        say(T("已中断，没有写入未完成的内容。", "Interrupted; nothing unfinished was written."))
    return result if isinstance(result, int) else ExitCode.DONE


def _crash(error: Exception, said: Run) -> int:
    """Report a bug; if the store is damaged, that is the cause, and the refusal says what to do about it."""
    from fugong import crash

    location = _damaged(said)
    if location:
        from fugong.errors.store import StoreUnusable
        from fugong.store.sqlite_failures import UNUSABLE

        refusal = StoreUnusable(path=location, reason=UNUSABLE["SQLITE_CORRUPT"])
        _refuse(refusal, as_json=said.wants_json)
        return refusal.exit_code
    return crash.report(error, said.words, as_json=said.wants_json)


def _damaged(said: Run) -> str:
    """The store that a command line is about, if the check finds anything wrong with it."""
    try:
        from fugong import db
        from fugong.keeping import check

        location = said.store or config.store_location(said.typed("--store"))
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


def _refuse(refusal: Refusal, *, as_json: bool, words: Sequence[str] = ()) -> None:
    """Say a refusal: one sentence, or one JSON document where JSON was asked for.

    At a terminal a name that several answer to is followed by the line to type, from the ``words`` that were typed.
    """
    from fugong.output.cells import visible

    sentence = visible(refusal.sentence(chinese=config.chinese()))
    if as_json:
        _refuse_in_json(refusal.code, sentence)
    else:
        complain(T("错误：", "Error: ") + sentence)
        if refusal.code == "ambiguous_name" and refusal.params["name"] in words and sys.stderr.isatty():
            complain(T("写全一点：", "In full: ") + visible(_in_full(refusal, words)))


def _in_full(refusal: Refusal, words: Sequence[str]) -> str:
    """The same line with the first of the candidates in the place of what could be several."""
    from fugong.imports.lines import quoted

    whole, *_ = refusal.params["candidates"]
    return " ".join(["fugong", *(quoted(str(whole) if word == refusal.params["name"] else word) for word in words)])


def _refuse_in_json(code: str, sentence: str) -> None:
    import json

    complain(json.dumps({"schema": 1, "error": {"code": code, "message": sentence}}, ensure_ascii=False))


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
