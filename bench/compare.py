"""Whole commands timed in turn, A B A B …, and compared pair by pair: the machine's speed drifts, ratios hold."""

import os
import pty
import shlex
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import NamedTuple

# A development shell may forbid byte code; users' shells do not.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
}


class By(Enum):
    """What a row compares."""

    TIME = "time"
    CPU = "CPU"
    MEMORY = "memory"


class Run(NamedTuple):
    """What one run of a command took."""

    seconds: float
    """From the start of the process to its end and the last byte read."""
    cpu: float
    """Seconds of a processor; what else the machine does changes this least."""
    mib: float
    """The most memory that it held; not less than what this program itself holds."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, run on a terminal or in a pipe."""

    argv: Sequence[str]
    terminal: bool = False
    stdin: Path | None = None

    def run(self) -> Run:
        """Run it once.

        Raises:
            RuntimeError: It failed; a failed run is no measurement.
        """
        begin = time.perf_counter()
        process, reading = self._on_terminal() if self.terminal else self._in_pipe()
        last = _drained(reading)
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            message = f"{' '.join(self.argv)[:500]} ended with {process.returncode}: {last!r}"
            raise RuntimeError(message)
        return Run(took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)

    def _in_pipe(self) -> tuple[subprocess.Popen[bytes], int]:
        reading, writing = os.pipe()
        with Path(self.stdin or os.devnull).open("rb") as given:
            process = subprocess.Popen(self.argv, env=ENVIRONMENT, stdin=given, stdout=writing, stderr=writing)
        os.close(writing)
        return process, reading

    def _on_terminal(self) -> tuple[subprocess.Popen[bytes], int]:
        outer, inner = pty.openpty()
        environment = {**ENVIRONMENT, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
        process = subprocess.Popen(self.argv, env=environment, stdin=inner, stdout=inner, stderr=inner)
        os.close(inner)
        return process, outer


def after(*commands: Command) -> Command:
    """Some commands, one after the other."""
    return Command(["sh", "-c", " && ".join(shlex.join(each.argv) for each in commands)])


def _drained(reading: int) -> bytes:
    """Read all that a command says, and keep the end of it."""
    last = b""
    while True:
        try:
            piece = os.read(reading, 1 << 16)
        except OSError:  # how Linux tells that the other end of a terminal is closed
            break
        if not piece:
            break
        last = (last + piece)[-500:]
    os.close(reading)
    return last


@dataclass(frozen=True, slots=True)
class Row:
    """What is measured, and what it is compared to."""

    name: str
    target: float | None
    """The ratio that it should not pass; None: for the record."""
    command: Command
    yardstick: Command
    mib: float | None = None
    """The memory that the command should not pass."""
    before: Command | None = None
    """Run before each run of the command, uncounted, so that it has the same to do every time."""
    runs: int | None = None
    """At most so many counted pairs, for what takes long."""
    by: By = By.TIME
    waits: bool = False
    """Most of it is waiting for a server, whose work is nobody's processor time here: only time tells."""

    def ratio(self, ours: Run, theirs: Run) -> float:
        """How a run compares to one of the yardstick."""
        match self.by:
            case By.TIME:
                return ours.seconds / theirs.seconds
            case By.CPU:
                return ours.cpu / theirs.cpu
            case By.MEMORY:
                return ours.mib / theirs.mib


@dataclass(frozen=True, slots=True)
class Ratio:
    """How a command compares to its yardstick."""

    name: str
    target: float | None
    median: float
    low: float
    high: float
    cpu: float
    """The median ratio of the processor's time, whatever decides."""
    time: float
    """That of the time on the clock."""
    seconds: float
    yardstick_seconds: float
    mib: float
    mib_target: float | None
    runs: int
    by: str
    """What the median is of: time, CPU or memory."""

    @property
    def met(self) -> bool:
        """Whether the median ratio, and the memory, are within the targets."""
        quick = self.target is None or self.median <= self.target
        return quick and (self.mib_target is None or self.mib <= self.mib_target)


def compare(row: Row, runs: int) -> Ratio:
    """Time two commands in turn, after one run of each that is not counted."""

    def pair() -> tuple[Run, Run]:
        if row.before:
            row.before.run()
        return row.command.run(), row.yardstick.run()

    counted = min(runs, row.runs or runs)
    pair()
    pairs = [pair() for _ in range(counted)]
    ratios = sorted(row.ratio(ours, theirs) for ours, theirs in pairs)
    low, high = ratios[len(ratios) // 10], ratios[-1 - len(ratios) // 10]
    seconds, theirs = (statistics.median(each.seconds for each in column) for column in zip(*pairs, strict=True))
    cpu = statistics.median(ours.cpu / theirs.cpu for ours, theirs in pairs)
    clock = statistics.median(ours.seconds / theirs.seconds for ours, theirs in pairs)
    mib = statistics.median(each.mib for each, _ in pairs)
    return Ratio(
        row.name,
        row.target,
        statistics.median(ratios),
        low,
        high,
        cpu,
        clock,
        seconds,
        theirs,
        mib,
        row.mib,
        counted,
        row.by.value,
    )
