"""What every command is for, as a module of the program: its help names them all, and need not import them for it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

_HEAD = '''"""What every command is for, in Chinese and in English: what the page that names them all has to say.

Compiled from the commands by ``python docs/generate.py``; not to be edited. Importing all of them takes longer than
everything else that the page needs.
"""

# ruff: noqa: E501  (sentences, one in a line)
# fmt: off

HELPS = {'''
_SAID = (
    "import json; from fugong.cli import NOUNS, VERBS; from fugong.commands.frame.lazy import Parts; "
    "print(json.dumps({name: command.help for name, command in Parts(VERBS, NOUNS).items()}))"
)


def source() -> str:
    """The text of the module."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    zh, en = map(_said, ("zh", "en"))
    yield _HEAD
    for name in zh:
        yield f"    {_quoted(name)}: (\n        {_quoted(zh[name])},\n        {_quoted(en[name])},\n    ),"
    yield "}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _said(language: str) -> dict[str, str]:
    """The help of every command; it is fixed at import, hence a process of its own."""
    environment = {**os.environ, "FUGONG_LANG": language}
    told = subprocess.run([sys.executable, "-c", _SAID], env=environment, check=True, stdout=subprocess.PIPE).stdout
    return {str(name): str(said) for name, said in json.loads(told).items()}
