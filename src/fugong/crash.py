"""A bug: its details go to a private file, a line goes to the person, and the exit code is 3.

The file is made to be sent to whoever mends the bug, so what was typed is masked in it: names, numbers, passwords.
"""

import json
import os
import platform
import re
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from fugong import __version__, config
from fugong.lang import T, name_of
from fugong.vocab import ExitCode, Words

_WORD = re.compile(r"-{0,2}[a-z][a-z_-]*")
"""The words of a command line that need no masking: commands, options and codes."""
_MASK = "…"
_ROW = re.compile(r"^DETAIL:.*", re.MULTILINE)
"""What a database server adds to an error message: the row, or its key."""
_SENDING = Words(
    "请把这个文件（不是台账）发给单位里管这个程序的人，由他转给开发者；打的字已遮去，但仍可能带出台账里的一句话，"
    "先打开看一眼，不要发到群里和网上。",
    "Please send this file, and not the ledger, to whoever looks after the program in your office, who passes it on to "
    "its developers. What you typed is masked in it; a phrase of the ledger may still be quoted, so look at it first, "
    "and post it nowhere.",
)
"""What to send, and to whom it may be sent: SECURITY.md says the same."""
BUG = "bug"
"""The code of a bug where JSON was asked for."""
_SHORTEST = 5
"""Characters of a typed ASCII word that is masked wherever it stands; a shorter one would mask half the details."""


def report(error: BaseException, argv: Sequence[str], *, as_json: bool = False) -> int:
    """Write what is needed to mend the bug, say where, as one document where JSON was asked for; give the exit code."""
    sending = name_of(_SENDING)
    try:
        where = str(_written(error, argv))
    except (OSError, RuntimeError):  # no room, or no home folder
        where, sending = _unsaid("".join(traceback.format_exception_only(error)).strip(), argv), ""
    line = T(
        f"程序出错了，不是您的操作问题。详情：{where}", f"This is a bug in fugong, not your mistake. Details: {where}"
    )
    line += sending and f"\n{sending}"
    if as_json:
        line = json.dumps({"schema": 1, "error": {"code": BUG, "message": line}}, ensure_ascii=False)
    print(line, file=sys.stderr)  # noqa: T201  (the last resort must not rest on anything that may have failed)
    return ExitCode.BUG


def _written(error: BaseException, argv: Sequence[str]) -> Path:
    """The details in a file of their own, for the user alone: a message may quote the ledger all the same."""
    folder = config.crash_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.log"
    details = [
        f"fugong {__version__}, Python {platform.python_version()}, {platform.platform()}",
        f"argv: {[_said(word) for word in argv]!r}",
        _unsaid("".join(traceback.format_exception(error)), argv),
    ]
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write("\n".join(details))
    return path


def _said(word: str) -> str:
    """A word of the command line, masked unless it is a command, an option or a code."""
    name, equals, _ = word.partition("=")
    if _WORD.fullmatch(word):
        return word
    return f"{name}={_MASK}" if equals and _WORD.fullmatch(name) else _MASK


def _unsaid(text: str, argv: Sequence[str]) -> str:
    """A text in which rows of the store and typed words that may be confidential are masked."""
    text = _ROW.sub(f"DETAIL: {_MASK}", text)
    typed = {part for word in argv if not _WORD.fullmatch(word) for part in (word, *re.split(r"[\s=:@/.?&]+", word))}
    for part in sorted(typed, key=len, reverse=True):
        if len(part) >= _SHORTEST or (part and not part.isascii()):
            text = text.replace(part, _MASK)
    return text
