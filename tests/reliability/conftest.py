"""The long run ends with one table of what it saw: ``pytest -m soak -n 0 -s tests/reliability [--figures FILE]``."""

import json
import os
import platform
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

Figures = Callable[..., None]
_SEEN = pytest.StashKey[dict[str, tuple[Mapping[str, int], float]]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--figures", type=Path, metavar="FILE", help="where the figures of the long run are written, too")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_SEEN] = {}


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """Enter what a test saw: ``figures("power cuts", states=3000, lost=0)``."""
    begun, seen = time.monotonic(), request.config.stash[_SEEN]

    def enter(what: str, **counts: int) -> None:
        seen[what] = counts, time.monotonic() - begun

    return enter


def ends(codes: Mapping[int, int]) -> dict[str, int]:
    """How often programs ended with each exit code."""
    return {f"ended with {code}": codes[code] for code in sorted(codes)}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    seen = config.stash[_SEEN]
    if not seen:
        return
    terminalreporter.section("figures")
    terminalreporter.line(", ".join(_machine().values()))
    for line in ("| test | seen | minutes |", "|---|---|---|", *_rows(seen)):
        terminalreporter.line(line)
    if place := config.getoption("--figures"):
        told = {what: {**counts, "seconds": round(took)} for what, (counts, took) in seen.items()}
        place.write_text(json.dumps({**_machine(), "seen": told}, ensure_ascii=False, indent=1), encoding="utf-8")


def _rows(seen: Mapping[str, tuple[Mapping[str, int], float]]) -> Iterator[str]:
    for what, (counts, took) in seen.items():
        said = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items())
        yield f"| {what} | {said} | {took / 60:.1f} |"


def _machine() -> dict[str, str]:
    return {
        "system": platform.system(),
        "python": f"Python {platform.python_version()}",
        "sqlite": f"SQLite {sqlite3.sqlite_version}",
        "cores": f"{os.cpu_count()} cores",
    }
