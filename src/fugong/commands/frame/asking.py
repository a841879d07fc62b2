"""Asking whoever sits at a terminal for what was not typed; a script is never asked."""

import os
import sys
from collections.abc import Sequence

from fugong import config
from fugong.lang import T


def may_ask() -> bool:
    """Whether somebody is there to answer: both ends are a terminal, and nothing forbids it.

    ``--no-input`` and ``FUGONG_NO_INPUT`` do, and so does JSON, which a program reads.
    """
    if config.mute.get() or config.as_json.get() or os.environ.get("FUGONG_NO_INPUT", "").strip() not in ("", "0"):
        return False
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def ask(question: str, default: str = "") -> str:
    """The answer to a question, which is put on stderr; Enter alone is the default.

    Raises:
        KeyboardInterrupt: It was interrupted, or the input ended.
    """
    shown = T(f"［{default}］", f" [{default}]") if default else ""
    sys.stderr.write(f"{question}{shown}{T('：', ': ')}")
    sys.stderr.flush()
    answer = sys.stdin.readline()
    if not answer:
        raise KeyboardInterrupt
    return answer.strip() or default


def choose(question: str, lines: Sequence[str]) -> int | None:
    """The place of one of several that somebody chooses by its number; None where Enter or anything else refuses."""
    from fugong.output.cells import visible

    for number, line in enumerate(lines, 1):
        sys.stderr.write(f"  {number}  {visible(line)}\n")
    answer = ask(question)
    number = int(answer) if answer.isdecimal() else 0
    return number - 1 if 0 < number <= len(lines) else None


def agreed(question: str) -> bool:
    """Whether somebody says yes; Enter is no."""
    return ask(question + T("（y/N）", " (y/N)")).casefold() in ("y", "yes", "是", "对", "好")
