"""docs/windows.md lists every module that asks the operating system for something."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "fugong"
PAGE = (ROOT / "docs" / "windows.md").read_text(encoding="utf-8")
SYSTEM = {
    "errno", "fcntl", "getpass", "locale", "msvcrt", "os", "platform", "pty", "resource", "shlex", "shutil", "signal",
    "socket", "stat", "subprocess", "tempfile", "termios",
}  # fmt: skip
"""Modules of Python whose answers differ from system to system."""


def asks(path: Path) -> bool:
    """Whether a module imports one of those, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import) and SYSTEM & {alias.name.partition(".")[0] for alias in node.names}:
            return True
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in SYSTEM:
            return True
    return False


def test_every_module_that_asks_the_system_is_listed_and_no_other() -> None:
    listed = set(re.findall(r"^\| `(\S+\.py)` \|", PAGE, re.MULTILINE))
    asking = {path.relative_to(SOURCES).as_posix() for path in SOURCES.rglob("*.py") if asks(path)}
    assert (asking - listed, listed - asking) == (set(), set())
