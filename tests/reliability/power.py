"""Power cuts, replayed: what a program wrote, in every order in which a disk may keep or lose it.

``strace`` records the writes, syncs and changes of the folder that a run makes. A cut after any of them leaves
on the disk all that was synced, and of the rest what chance will have: whole writes, writes torn at a sector,
names of files in the order in which they changed. A name lasts once its folder is synced, or its new file is.
"""

import random
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
ROOT = Path(__file__).parents[2]

WORK = """
import os, sys
from tests.conftest import command
from fugong.domain import problems as ledger, roster
from fugong.store import sqlite
sqlite.PRAGMAS = tuple(sys.argv[3].split()) if len(sys.argv) > 3 else sqlite.PRAGMAS
for number in range(1, int(sys.argv[2]) + 1):
    with command(sys.argv[1]) as writer:
        ledger.log_problem(writer, "口罩不足", team=roster.find_team(writer.session, "1"))
    os.write(1, b"told %d" % number)
"""


class Step(NamedTuple):
    """One call of the program: what it did to which file."""

    kind: str
    name: str = ""
    offset: int = 0
    data: bytes = b""


def record(store: Path, commits: int, *pragmas: str) -> list[Step]:
    """The steps of a program that logs problems, each told once committed."""
    trace = store.with_name("trace.txt")
    calls = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename,link"
    argv = ["strace", "-f", "-y", "-xx", "-s", "1000000", "-e", f"trace={calls}", "-o", str(trace)]
    work = [sys.executable, "-c", WORK, str(store), str(commits), *([" ".join(pragmas)] if pragmas else [])]
    subprocess.run([*argv, *work], cwd=ROOT, check=True, capture_output=True)
    lines = trace.read_text(encoding="ascii").splitlines()
    trace.unlink()
    return [step for line in lines for step in _steps(line, str(store.parent))]


_CALL = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+=\s+(\d+)")
_QUOTED = re.compile(r'"((?:\\x[0-9a-f]{2})*)"|<((?:\\x[0-9a-f]{2})+)>')


def _steps(line: str, folder: str) -> list[Step]:
    """The step that a line of the trace tells, if it concerns the folder or tells a commit."""
    call = _CALL.match(line)
    if not call:
        return []
    what, said = call[1], call[2]
    texts = [bytes.fromhex((quoted or angled).replace("\\x", "")) for quoted, angled in _QUOTED.findall(said)]
    if what == "write":
        return [Step("told", offset=int(texts[-1].split()[1]))] if texts[-1].startswith(b"told ") else []
    paths = [text.decode(errors="replace") for text in texts]
    path = next((each for each in paths if each.startswith(folder)), None)
    if path is None:
        return []
    if path == folder:
        return [Step("folder")] if what in ("fsync", "fdatasync") else []
    return _change(what, said, Path(path).name, texts)


def _change(what: str, said: str, name: str, texts: list[bytes]) -> list[Step]:
    if what == "openat":
        return [Step("make", name)] if "O_CREAT" in said else []
    if what == "pwrite64":
        return [Step("write", name, int(said.rsplit(", ", 1)[1]), texts[-1])]
    if what == "ftruncate":
        return [Step("cut", name, int(said.rsplit(", ", 1)[1]))]
    if what in ("fsync", "fdatasync"):
        return [Step("sync", name)]
    if what == "unlink":
        return [Step("remove", name)]
    raise AssertionError(what)


@dataclass
class Disk:
    """What lasts, and what is still on its way."""

    lasting: dict[int, bytearray]
    names: dict[str, int]
    """Names that last, and the file each leads to."""
    live: dict[str, int]
    """Names as the program sees them."""
    pending: dict[int, list[Step]] = field(default_factory=dict)
    changes: list[tuple[str, str, int]] = field(default_factory=list)
    told: int = 0

    def run(self, step: Step) -> None:
        """Let one step happen."""
        if step.kind == "told":
            self.told = step.offset
        elif step.kind == "folder":
            self._last(len(self.changes))
        elif step.kind == "make" and step.name not in self.live:
            made = len(self.lasting)
            self.lasting[made], self.live[step.name] = bytearray(), made
            self.changes.append(("make", step.name, made))
        elif step.kind == "remove" and step.name in self.live:
            self.changes.append(("remove", step.name, self.live.pop(step.name)))
        elif step.kind in ("write", "cut"):
            self.pending.setdefault(self.live[step.name], []).append(step)
        elif step.kind == "sync":
            self._sync(self.live[step.name])

    def _sync(self, file: int) -> None:
        for step in self.pending.pop(file, []):
            _apply(self.lasting[file], step)
        for change in [each for each in self.changes if each[0] == "make" and each[2] == file]:
            self.changes.remove(change)
            self.names[change[1]] = file

    def _last(self, count: int) -> None:
        for kind, name, file in self.changes[:count]:
            if kind == "make":
                self.names[name] = file
            elif self.names.get(name) == file:
                del self.names[name]
        del self.changes[:count]

    def cut(self, keep: Callable[[Step], Step | None], names: int) -> dict[str, bytes]:
        """The files after a power cut."""
        self._last(names)
        for file, steps in self.pending.items():
            for step in filter(None, map(keep, steps)):
                _apply(self.lasting[file], step)
        return {name: bytes(self.lasting[file]) for name, file in self.names.items()}


def _apply(data: bytearray, step: Step) -> None:
    end = step.offset + len(step.data)
    data.extend(bytes(max(0, end - len(data))))
    if step.kind == "cut":
        del data[step.offset :]
    else:
        data[step.offset : end] = step.data


def after_a_cut(name: str, image: bytes, steps: list[Step], chance: random.Random) -> tuple[dict[str, bytes], int]:
    """The files after a cut at a moment of chance, and how many commits had been told by then."""
    disk = Disk({0: bytearray(image)}, {name: 0}, {name: 0})
    for step in steps[: chance.randint(1, len(steps))]:
        disk.run(step)
    mood = chance.choice(("nothing", "everything", "chance", "chance", "chance"))
    keep = {"nothing": lambda _: None, "everything": lambda step: step, "chance": lambda step: _torn(step, chance)}[
        mood
    ]
    count = {"nothing": 0, "everything": len(disk.changes)}.get(mood, chance.randint(0, len(disk.changes)))
    return disk.cut(keep, count), disk.told


def _torn(step: Step, chance: random.Random) -> Step | None:
    """A write that was kept, lost, or torn at a sector."""
    if chance.random() < 0.5:
        return None
    if step.kind == "write" and len(step.data) > SECTOR and chance.random() < 0.3:
        return step._replace(data=step.data[: chance.randrange(1, len(step.data) // SECTOR + 1) * SECTOR])
    return step
