"""Play the day of docs/copies.md, and write what each command prints: ``python docs/making/copies.py``.

The page is the script: in its blocks, ``$`` begins a command line, ``# 3月12日`` a day, and what stands below a command
is what it prints. The uids, and with them the letters of tags, are drawn alike every time. The one thing that is put in
by hand is the moment in a backup's name, which is the machine's. A test plays it and compares.
"""

import hashlib
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "copies.md"
LEDGER = ROOT / "docs" / "making" / "copies.yaml"
HOME, KEEPER = "全县.db", "管账员"
_BLOCK = re.compile(r"(?<=^```\n)\$ .*?(?=^```$)|(?<=^```\n)# .*?(?=^```$)", re.DOTALL | re.MULTILINE)
_DAY = re.compile(r"# 3月(\d+)日")
_MADE = re.compile(r"\d{8}T\d{12}Z")
_CHINA = timezone(timedelta(hours=8))
_MOMENT = "20200313T090000000000Z"


def play(page: str, folder: Path) -> str:
    """The page with what its commands print, played in a folder."""
    with chdir(folder), _drawn_alike():
        day = _Day(folder)
        return _BLOCK.sub(lambda block: day.block(block.group()), page)


class _Day:
    def __init__(self, folder: Path) -> None:
        self.now = datetime(2020, 3, 11, 9, tzinfo=_CHINA)
        self.folder = folder
        (folder / "收件").mkdir()
        self.run(["load", str(LEDGER)])

    def block(self, text: str) -> str:
        """One block of the page, anew."""
        told: list[str] = []
        for line in text.splitlines():
            if found := _DAY.fullmatch(line):
                self.now = datetime(2020, 3, int(found[1]), 9, tzinfo=_CHINA)
                told += [*_apart(told), line]
            elif line.startswith("$ "):
                told += [*_apart(told), line, *self.line(line[2:])]
        return "\n".join(told) + "\n"

    def line(self, line: str) -> list[str]:
        """What a command line prints."""
        program, *words = shlex.split(line)
        argv = [name for word in words for name in self._named(word)]
        if program == "cp":
            shutil.copy(*argv)
            return []
        assert program == "fugong", line
        return self.run(argv).rstrip("\n").splitlines()

    def _named(self, word: str) -> list[str]:
        if "*" not in word:
            return [word]
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob(word))

    def run(self, argv: list[str]) -> str:
        """What the program prints, for whoever has the store that is named."""
        from typer.testing import CliRunner

        from fugong.cli import app

        self.now += timedelta(minutes=10)
        store = argv[argv.index("--store") + 1] if "--store" in argv else HOME
        actor = KEEPER if store == HOME else Path(store).stem
        env = {"FUGONG_STORE": HOME, "FUGONG_ACTOR": actor, "FUGONG_TODAY": self.now.isoformat(), "FUGONG_LANG": "zh"}
        done = CliRunner().invoke(app, argv, env=env, prog_name="fugong", catch_exceptions=False)
        assert done.exit_code in (0, 6), (argv, done.output)
        return _MADE.sub(_MOMENT, done.output)


def _apart(told: list[str]) -> list[str]:
    """A blank line behind what a command printed."""
    return [""] if told and not told[-1].startswith(("# ", "$ ")) else []


@contextmanager
def _drawn_alike() -> Iterator[None]:
    """Let uids be the same every time."""
    from fugong.store import identity

    drawn, ticks = count(), count(1_583_900_000_000_000_000, 1_000_000)

    def eight() -> bytes:
        return hashlib.sha256(str(next(drawn)).encode()).digest()[:8]

    with (
        patch.object(identity, "_chance", SimpleNamespace(eight=eight)),
        patch.object(identity, "time", SimpleNamespace(time_ns=lambda: next(ticks))),
    ):
        yield


def main() -> None:
    """Write the page anew."""
    sys.path.insert(0, str(ROOT / "src"))
    for name in [name for name in os.environ if name.startswith("FUGONG_")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(play(PAGE.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
