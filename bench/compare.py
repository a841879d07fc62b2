"""Whole commands timed in turn, A B A B …, and compared pair by pair: the machine's speed drifts, ratios hold."""

import os
import pty
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

# A development shell may forbid byte code; users' shells do not.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
}


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, run on a terminal or in a pipe."""

    argv: Sequence[str]
    terminal: bool = False

    def seconds(self) -> float:
        """How long one run takes, from the start of the process to its end and the last byte read.

        Raises:
            RuntimeError: It failed; a failed run is no measurement.
        """
        begin = time.perf_counter()
        status, output = self._on_terminal() if self.terminal else self._in_pipe()
        took = time.perf_counter() - begin
        if status:
            message = f"{' '.join(self.argv)} ended with {status}: {output[-500:]!r}"
            raise RuntimeError(message)
        return took

    def _in_pipe(self) -> tuple[int, bytes]:
        done = subprocess.run(self.argv, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.returncode, done.stdout

    def _on_terminal(self) -> tuple[int, bytes]:
        outer, inner = pty.openpty()
        environment = {**ENVIRONMENT, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
        process = subprocess.Popen(self.argv, env=environment, stdin=inner, stdout=inner, stderr=inner)
        os.close(inner)
        output = bytearray()
        while True:
            try:
                piece = os.read(outer, 65536)
            except OSError:  # how Linux tells that the other end is closed
                break
            if not piece:
                break
            output += piece
        os.close(outer)
        return process.wait(), bytes(output)


@dataclass(frozen=True, slots=True)
class Ratio:
    """How a command compares to its yardstick."""

    name: str
    target: float
    median: float
    low: float
    high: float
    seconds: float
    yardstick_seconds: float

    @property
    def met(self) -> bool:
        """Whether the median ratio is within the target."""
        return self.median <= self.target


def compare(
    name: str, target: float, command: Command, yardstick: Command, runs: int, *, before: Command | None = None
) -> Ratio:
    """Time two commands in turn, after one run of each that is not counted.

    Args:
        name: What is measured.
        target: The ratio it should not pass.
        command: The program's own.
        yardstick: What it is compared to.
        runs: Counted pairs.
        before: Run before each run of ``command``, uncounted, so that it has the same to do every time.
    """

    def pair() -> tuple[float, float]:
        if before:
            before.seconds()
        return command.seconds(), yardstick.seconds()

    pair()
    pairs = [pair() for _ in range(runs)]
    ratios = sorted(ours / theirs for ours, theirs in pairs)
    low, high = ratios[len(ratios) // 10], ratios[-1 - len(ratios) // 10]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Ratio(name, target, statistics.median(ratios), low, high, ours, theirs)
