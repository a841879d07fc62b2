"""Asking whoever sits at a terminal for what was not typed; a script is never asked."""

import os
import sys

from fugong.lang import T


def may_ask() -> bool:
    """Whether somebody is there to answer: both ends are a terminal, and ``FUGONG_NO_INPUT`` does not forbid it."""
    if os.environ.get("FUGONG_NO_INPUT", "").strip() not in ("", "0"):
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
