"""The program's speed as ratios to something run beside it: ``python -m bench.run [STORES] [--runs N]…``.

Run it in an environment where the package is installed, not editable, with its yardstick:
``pip install ".[bench]"``. Without STORES it makes a store of 73 problems, and measures how commands start and write.
With STORES, a folder, it makes large ones there the first time, which takes half an hour and 5 GB, and measures them
too. ``--quick`` has every row, but with small stores and few pairs: whether the rows can be measured, in minutes.
"""

import argparse
import compileall
import json
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path

from bench import bulk, rows, writes
from bench.compare import ENVIRONMENT, By, Ratio, Row, compare
from bench.facts import SMALL, TODAY, WHOLE

QUICK = 1
"""Counted pairs a row where a first look is wanted."""
PACKAGES = ("fugong", "typer", "rich", "sqlmodel", "sqlalchemy", "pydantic", "sqlite-utils")


def main() -> None:
    """Measure every row and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stores", type=Path, nargs="?", help="the folder where large stores are kept")
    parser.add_argument("--runs", type=int, default=25, help="counted pairs a row")
    parser.add_argument("--quick", action="store_true", help="every row once, on small stores: a few minutes")
    parser.add_argument("--shared", action="store_true", help="others use the machine: processor time decides")
    parser.add_argument("--only", action="append", help="only rows with this in their name, or one of these")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    parser.add_argument("--before", type=Path, help="such a file of an earlier run, whose medians stand beside")
    arguments = parser.parse_args()
    compileall.compile_dir(sysconfig.get_path("purelib"), quiet=2)  # as pip leaves it, whatever the shell forbids
    ENVIRONMENT.update(FUGONG_ACTOR="bench", FUGONG_TODAY=str(TODAY))
    before = _medians(arguments.before) if arguments.before else {}

    def wanted(name: str) -> bool:
        return any(word in name for word in arguments.only or [""])

    ratios = []
    if arguments.stores:
        arguments.stores.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=arguments.stores) as folder:
        for row in _rows(arguments.stores, Path(folder), quick=arguments.quick, wanted=wanted):
            if wanted(row.name):
                told = replace(row, by=By.CPU) if arguments.shared and row.by is By.TIME and not row.waits else row
                ratios.append(compare(told, QUICK if arguments.quick else arguments.runs))
                print(_line(ratios[-1], before), file=sys.stderr)
    print(table(ratios, before))
    if arguments.json:
        figures = {"machine": machine(), "rows": [asdict(ratio) | {"met": ratio.met} for ratio in ratios]}
        arguments.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.exit(not all(ratio.met for ratio in ratios))


def _rows(stores: Path | None, folder: Path, *, quick: bool, wanted: Callable[[str], bool]) -> Iterator[Row]:
    small = folder / "county.db"
    # in a process of their own: what this one holds would be counted as memory of those that it starts
    subprocess.run([sys.executable, "-m", "bench.stores", "--county", str(small)], check=True)
    yield from rows.starting(small)
    yield from writes.everyday(small)
    yield from rows.crowded(small)
    scale = SMALL if quick else WHOLE
    if quick:
        stores = folder / "stores"
    if stores is None:
        return
    making = [sys.executable, "-m", "bench.stores", str(stores), *(["--quick"] if quick else [])]
    subprocess.run(making, check=True, stdout=sys.stderr)
    yield from rows.growing(stores, folder, scale)
    yield from bulk.reading_in(stores, folder, scale)
    yield from bulk.keeping(stores, folder, scale)
    yield from bulk.holding(stores, folder, scale)
    yield from rows.on_a_server(stores, folder, scale, wanted)


def _medians(figures: Path) -> dict[str, float]:
    """The medians of an earlier run by the names of its rows."""
    return {row["name"]: row["median"] for row in json.loads(figures.read_text(encoding="utf-8"))["rows"]}


def table(ratios: list[Ratio], before: Mapping[str, float]) -> str:
    """The figures as a Markdown table, with the machine that they were taken on."""
    lines = [
        "| measured | of | target | median | p10–p90 | before | CPU | time | pairs | s | yardstick s | MiB | met |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|",
        *(_line(each, before) for each in ratios),
    ]
    return "\n".join([*lines, "", machine()])


def _line(each: Ratio, before: Mapping[str, float]) -> str:
    most = f" ≤ {each.mib_target:.0f}" if each.mib_target else ""
    wanted = "–" if each.target is None else f"≤ {each.target}"
    then = f"{before[each.name]:.2f}" if each.name in before else "–"
    cells = (
        each.name, each.by, wanted, f"{each.median:.2f}", f"{each.low:.2f}–{each.high:.2f}", then, f"{each.cpu:.2f}",
        f"{each.time:.2f}", str(each.runs), f"{each.seconds:.3f}", f"{each.yardstick_seconds:.3f}",
        f"{each.mib:.0f}{most}", "yes" if each.met else "NO",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def machine() -> str:
    """What the figures were taken on."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    shell = "" if shutil.which("sqlite3") else "; no sqlite3 shell"
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}{shell}"
    return f"{platform.machine()}, {os.cpu_count()} processors, {platform.system()}; {python}; {versions}"


if __name__ == "__main__":
    main()
