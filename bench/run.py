"""The program's speed as ratios to something run beside it: ``python -m bench.run [--runs N] [--json FILE]``.

Run it in an environment where the package is installed, not editable, with its yardstick:
``pip install ".[bench]"``. It makes its own store of 73 problems with synthetic names.
"""

import argparse
import compileall
import json
import os
import platform
import sqlite3
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.compare import Command, Ratio, compare

SCRIPTS = Path(sysconfig.get_path("scripts"))
TEAMS, PROBLEMS = 10, 73
PACKAGES = ("fugong", "typer", "rich", "sqlmodel", "sqlalchemy", "pydantic", "sqlite-utils")


def main() -> None:
    """Measure every row and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=25, help="counted pairs a row")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    arguments = parser.parse_args()
    compileall.compile_dir(sysconfig.get_path("purelib"), quiet=2)  # as pip leaves it, whatever the shell forbids
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "bench.db"
        os.environ.update(FUGONG_ACTOR="bench", FUGONG_TODAY="2020-03-20")
        make_store(store)
        ratios = list(measure(store, arguments.runs))
    print(table(ratios))
    if arguments.json:
        figures = {"machine": machine(), "rows": [asdict(ratio) | {"met": ratio.met} for ratio in ratios]}
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    sys.exit(not all(ratio.met for ratio in ratios))


def make_store(path: Path) -> None:
    """A store of ten teams and 73 problems, four fifths of them closed."""
    from fugong import config, db, ledger, roster
    from fugong.history import Writer

    with db.creating(str(path)) as session:
        writer = Writer.opened(session, verb="bench", actor="bench", moment=config.now("Asia/Shanghai"))
        firms = []
        for number in range(1, TEAMS + 1):
            team = roster.add_team(writer, str(number), name=f"试验第{number}组", county="试验县")
            firms += [roster.add_enterprise(writer, f"试验{number}厂{letter}", team=team) for letter in "甲乙丙"]
        for number in range(PROBLEMS):
            firm = firms[number % len(firms)]
            problem = ledger.log_problem(
                writer, f"试验问题{number}：缺少试验材料", enterprise=firm, on=date(2020, 3, 12)
            )
            if number % 5:
                ledger.close_problem(writer, problem, "已调配试验材料")


def measure(store: Path, runs: int) -> Iterator[Ratio]:
    """The rows, in the order of the design's table of targets."""
    rows = Command([str(SCRIPTS / "sqlite-utils"), "rows", str(store), "problem"])
    fugong = [str(SCRIPTS / "fugong"), "--store", str(store)]
    yield compare(
        "--help / sqlite-utils --help",
        0.95,
        Command([str(SCRIPTS / "fugong"), "--help"]),
        Command([str(SCRIPTS / "sqlite-utils"), "--help"]),
        runs,
    )
    for verb, on_terminal, in_pipe in (("progress", 0.7, 0.6), ("list", 0.9, 0.6)):
        argv = [*fugong, verb, *(["--status", "all"] if verb == "list" else [])]
        yield compare(f"{verb}, table on a terminal / rows", on_terminal, Command(argv, terminal=True), rows, runs)
        yield compare(f"{verb}, plain in a pipe / rows", in_pipe, Command(argv), rows, runs)
    imports = Command([sys.executable, "-c", "import typer, sqlmodel"])
    log = Command([*fugong, "log", "试验1厂甲", "试验新问题"])
    yield compare("log / importing typer and sqlmodel", 1.1, log, imports, runs)
    close = Command([*fugong, "close", "1-1", "--how", "已解决"])
    reopen = Command([*fugong, "reopen", "1-1", "--why", "再测一次"])
    yield compare("close / importing typer and sqlmodel", 1.1, close, imports, runs, before=reopen)


def table(ratios: list[Ratio]) -> str:
    """The figures as a Markdown table, with the machine that they were taken on."""
    lines = ["| measured | target | median | p10–p90 | s | yardstick s | met |", "|---|--:|--:|--:|--:|--:|---|"]
    lines += [
        f"| {each.name} | ≤ {each.target} | {each.median:.2f} | {each.low:.2f}–{each.high:.2f} "
        f"| {each.seconds:.3f} | {each.yardstick_seconds:.3f} | {'yes' if each.met else 'NO'} |"
        for each in ratios
    ]
    return "\n".join([*lines, "", machine()])


def machine() -> str:
    """What the figures were taken on."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{platform.machine()}, {os.cpu_count()} processors, {platform.system()}; {python}; {versions}"


if __name__ == "__main__":
    main()
