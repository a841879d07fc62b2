"""Command lines that people are told to type: they run as they are pasted."""

import os
import re
from collections.abc import Sequence

from fugong import config


def running(location: str, *words: str) -> str:
    """The command line of another command about the same store; it runs as it is pasted."""
    return " ".join(map(quoted, ("fugong", *of_store(location), *words)))


def moving(location: str, ident: str, code: str) -> str:
    """The command line that moves a problem to another team."""
    return running(location, "edit", ident, "--team", code)


def of_store(location: str) -> Sequence[str]:
    """How to name the store, if a command would take another one by itself."""
    given = os.environ.get("FUGONG_STORE")
    usual = given or str(config.default_store())
    return () if location == usual else ("--store", location)


def quoted(word: str) -> str:
    """A word of a command line as a shell takes it; Chinese needs no quotes."""
    if re.fullmatch(r"[\w@%+=:,./\\-]+", word) and (os.name == "nt" or "\\" not in word):
        return word
    if os.name == "nt":
        return f'"{word}"'
    from shlex import quote

    return quote(word)
