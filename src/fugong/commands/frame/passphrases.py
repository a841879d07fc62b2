"""The passphrase of an encrypted file: from a variable or a file in scripts, else asked for; never on a line."""

import os
from pathlib import Path

import typer

from fugong.commands.frame.asking import may_ask
from fugong.errors.files import CannotRead, PassphraseNeeded, PassphrasesDiffer
from fugong.lang import T

VARIABLE, IN_FILE = "FUGONG_PASSPHRASE", "FUGONG_PASSPHRASE_FILE"


def passphrase(*, new: bool = False) -> str:
    """The passphrase, typed twice where it is a new one.

    Raises:
        PassphraseNeeded: Nobody is there to be asked, or it is blank.
        PassphrasesDiffer: It was typed in two ways.
        CannotRead: The file of it cannot be read.
    """
    if (given := os.environ.get(VARIABLE)) or (given := _in_file()):
        return given
    if not may_ask():
        raise PassphraseNeeded
    typed = _typed(T("口令", "Passphrase"))
    if not typed.strip():
        raise PassphraseNeeded
    if new and _typed(T("再输一遍", "Again")) != typed:
        raise PassphrasesDiffer
    return typed


def _typed(question: str) -> str:
    """What is typed, unseen.

    Raises:
        KeyboardInterrupt: It was interrupted, or the input ended.
    """
    try:
        return str(typer.prompt(question, hide_input=True, default="", show_default=False, err=True))
    except typer.Abort:
        raise KeyboardInterrupt from None


def _in_file() -> str | None:
    """The first line of the file that is named."""
    named = os.environ.get(IN_FILE, "").strip()
    if not named:
        return None
    from fugong import files

    try:
        files.must_be_ordinary(Path(named))
        lines = Path(named).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = files.unread(error) if isinstance(error, OSError) else T("不是 UTF-8", "it is not UTF-8")
        raise CannotRead(path=named, reason=reason) from None
    return lines[0] if lines and lines[0].strip() else None
