"""Worked examples: what a page tells to change is done to a copy of the tree, and the result is run."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PARTS = ("src", "docs/making", "docs/generate.py", "data", "tests", "pyproject.toml", "README.md", "README.en.md")
GENERATE = "from pathlib import Path; from making import {name}; Path({path!r}).write_text({name}.source(), 'utf-8')"
GENERATED = {"records": "src/fugong/store/records.py", "helps": "src/fugong/commands/frame/helps.py"}
"""What is made of the code and is part of the program, by the module of ``docs/making`` that makes it."""


class Change(NamedTuple):
    """Lines of a file, and what takes their place; a new file has none before."""

    file: str
    before: str
    after: str


def changes(page: Path) -> Iterator[Change]:
    """What a page changes: blocks of ``diff`` with the file in the first line, and new files in ``python``."""
    text = page.read_text(encoding="utf-8")
    for block in re.finditer(r"```diff\n--- (\S+)\n(.*?)```|```python\n# (\S+)\n(.*?)```", text, re.DOTALL):
        name, hunks, made, body = block.groups()
        if made:
            yield Change(made, "", body)
            continue
        for hunk in hunks.split("@@\n"):
            lines = hunk.splitlines(keepends=True)
            before, after = ("".join(line[1:] for line in lines if line[0] in marks) for marks in (" -", " +"))
            yield Change(name, before, after)


def changed(page: Path, copy: Path) -> Path:
    """A copy of the tree with what the page changes, and with what is generated from that."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / part)
    for name, before, after in changes(page):
        path = copy / name
        text = path.read_text(encoding="utf-8") if before else ""
        assert bool(before) == path.exists(), name
        assert text.count(before) >= 1, f"{name} does not say any more:\n{before}"
        path.write_text(text.replace(before, after) if before else after, encoding="utf-8")
    for name, made in GENERATED.items():
        run(copy, "-c", GENERATE.format(name=name, path=str(copy / made)))
    return copy


def run(tree: Path, *argv: str, day: str = "2020-03-13") -> str:
    """What Python prints that runs something of a copy."""
    environment = {**os.environ, "FUGONG_TODAY": day, "FUGONG_ACTOR": "tester", "PYTHONUTF8": "1"}
    environment["PYTHONPATH"] = os.pathsep.join(str(tree / part) for part in ("src", "docs", "."))
    argv = (sys.executable, *argv)
    done = subprocess.run(argv, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
