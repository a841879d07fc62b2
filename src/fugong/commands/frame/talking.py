"""The line that is typed in ``fugong shell``: completed from the store, remembered, and run."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from fugong import config
from fugong.commands.frame.several import Session
from fugong.commands.frame.writing import say
from fugong.lang import T
from fugong.vocab import ExitCode

QUIT = ("quit", "exit", "退出", "q", "bye")
PROMPT = "fugong> "


def talk(session: Session) -> int:
    """Ask for lines and run each, until somebody leaves."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return session.all(enumerate(map(str.strip, sys.stdin), 1), keep_going=False)
    say(
        T(
            "Tab 补全，上箭头是以前打过的，help 看帮助，quit 退出。",
            "Tab completes, Up recalls, help explains, quit ends.",
        )
    )
    for line in _typed(session):
        if line.strip().casefold() in QUIT:
            break
        with suppress(KeyboardInterrupt):  # a command was interrupted, not the talk
            session.line(line)
    return ExitCode.DONE


def _typed(session: Session) -> Iterator[str]:
    """What is typed, line by line; Ctrl-C begins a line anew, Ctrl-D ends."""
    from prompt_toolkit import PromptSession

    asking: Any = PromptSession(
        history=_history(), completer=_completer(session), complete_while_typing=False, enable_history_search=True
    )
    while True:
        try:
            yield asking.prompt(PROMPT)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def _history() -> Any:
    """What was typed before, in a file of the user's own; where there can be none, only of this time."""
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    try:
        path = history_file()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
    except (OSError, RuntimeError):
        return InMemoryHistory()
    return FileHistory(str(path))


def history_file() -> Path:
    """The file that keeps what was typed.

    Raises:
        RuntimeError: The user has no home.
    """
    import platformdirs

    return config.at_home(platformdirs.user_state_path(config.APP, appauthor=False)) / "history"


def _completer(session: Session) -> Any:
    from prompt_toolkit.completion import Completer, Completion

    class FromStore(Completer):
        """Offers what the shells' completion offers, and names with blanks in quotes."""

        def get_completions(self, document: Any, complete_event: Any) -> Iterable[Any]:
            del complete_event
            words, begun = _parted(document.text_before_cursor)
            for word, hint in offered(session, words, begun):
                yield Completion(word, start_position=-len(begun), display_meta=hint)

    return FromStore()


def _parted(text: str) -> tuple[list[str], str]:
    """The finished words of a line that is being typed, and the last, unfinished one."""
    from fugong.commands.frame.several import words_of
    from fugong.errors import Refusal

    head, blank, begun = text.rpartition(" ")
    try:
        return words_of(head), begun
    except Refusal:  # within quotes
        return [], begun if blank else text


def offered(session: Session, words: list[str], begun: str) -> list[tuple[str, str]]:
    """What may stand in the place of the word that was begun, each with a hint."""
    from typer._click.shell_completion import _resolve_context as context_of
    from typer._click.shell_completion import _resolve_incomplete as meant_by

    from fugong.commands.frame import aliases

    try:
        ctx = context_of(session.root, {}, "fugong", [*session.store, *words])
        if words and ctx.parent is None:  # an unknown command: nothing to offer
            return []
        meant, word = meant_by(ctx, [*session.store, *words], begun)
        items = [(item.value, item.help or "") for item in meant.shell_complete(ctx, word)]
    except Exception:  # noqa: BLE001  (a broken completion must never disturb the line)
        return []
    if words:
        return items
    return [(name, hint or aliases.of(name, root=True)) for name, hint in items if name not in ("shell", "run")] + [
        (name, "") for name in QUIT[:1] if name.startswith(begun)
    ]
