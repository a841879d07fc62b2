"""Programs killed while they upgrade, and many that find the same older store at once.

``python -m tests.reliability.upgrades kill FOLDER COUNT SEED`` lays an older store again and again and kills a
program that upgrades it at a moment of chance. The store must then be the old one or the new one, in all its parts;
the next program must make it the new one, and nothing that was told may be missing. Prints its figures as JSON.

``python -m tests.reliability.upgrades race FOLDER PROGRAMS`` lets programs log into one older store at the same
moment. Prints what each said as JSON.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.stores import VERSIONS, lay_older
from typer.testing import CliRunner

from fugong import db
from fugong.cli import app
from fugong.keeping import backup, catalog, check, schema
from fugong.keeping.upgrade import upgrade

MIDST = "in the midst of a transaction"
SHARE = 1.1
"""Kills fall anywhere within this share of the time that an upgrade takes undisturbed."""


def told(store: Path) -> list[tuple[Any, ...]]:
    """Every event, with its hash."""
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute("SELECT hash, subject, changes, parents FROM event ORDER BY id").fetchall()


def shape(store: Path) -> tuple[int, catalog.Parts]:
    """The version that a store states, and the parts that it has."""
    import sqlalchemy as sa

    with sa.create_engine(f"sqlite:///{store}").connect() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        return version, schema.described(connection)


def duration(folder: Path) -> float:
    """How long an upgrade takes here and now."""
    begun = time.monotonic()
    upgrade(str(lay_older(folder / "timed.db", VERSIONS[0])))
    return time.monotonic() - begun


def killed(store: Path, wait: float) -> tuple[bool, bool]:
    """Upgrade and kill: whether it was told as done, and whether a transaction was under way."""
    ear, mouth = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ear)
        try:
            os.write(mouth, b"ready\n")
            upgrade(str(store))
            os.write(mouth, b"done\n")
            time.sleep(60)
        finally:
            os._exit(3)
    os.close(mouth)
    with os.fdopen(ear) as lines:
        assert lines.readline() == "ready\n"
        time.sleep(wait)
        os.kill(pid, signal.SIGKILL)
        assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL
        done = lines.read() == "done\n"
    journal = store.with_name(store.name + "-journal")
    return done, journal.exists() and journal.stat().st_size > 512


def wrong(store: Path, before: list[tuple[Any, ...]], shapes: list[tuple[int, catalog.Parts]]) -> list[str]:
    """What is neither old nor new, what is lost, and what the next program does not put right."""
    bad = [] if shape(store) in shapes else [f"between: {shape(store)[0]}"]
    for copy in (store.parent / "backups").glob("*.db"):
        backup.verify(copy)
        bad += [] if shape(copy) == shapes[0] else ["another backup"]
    upgrade(str(store))
    bad += [] if shape(store) == shapes[1] else ["not upgraded"]
    bad += [] if told(store)[: len(before)] == before else ["lost"]
    with db.examining(str(store)) as session:
        return bad + [str(finding) for finding in check.findings(session)]


def kill(folder: Path, count: int, seed: int) -> dict[str, Any]:
    """Kill, look, and count."""
    chance = random.Random(seed)
    figures: Counter[str] = Counter()
    bad: list[str] = []
    longest = SHARE * duration(folder)
    for number in range(count):
        place = folder / str(number)
        place.mkdir()
        store = lay_older(place / "store.db", chance.choice(VERSIONS[: db.SCHEMA - 1]))
        before, shapes = told(store), [shape(store), (db.SCHEMA, schema.fresh())]
        done, midst = killed(store, chance.random() * longest)
        new = shape(store)[0] == db.SCHEMA
        figures.update({"kills": 1, "left the old store": not new, "left the new one": new, MIDST: midst})
        bad += ["told, not done"] if done and not new else []
        bad += wrong(store, before, shapes)
        shutil.rmtree(place)
    return {**figures, "bad": bad}


def race(folder: Path, programs: int) -> list[dict[str, Any]]:
    """What each of many programs said that began at the same moment."""
    os.environ["FUGONG_STORE"] = str(lay_older(folder / "store.db", VERSIONS[0]))
    waiting, gun = os.pipe()
    ear, mouth = os.pipe()
    for number in range(programs):
        if os.fork() == 0:
            os.close(gun)
            os.read(waiting, 1)
            argv = ["log", "甲厂", f"第{number}个"] if number % 2 else ["list", "--status", "all", "--format", "plain"]
            result = CliRunner().invoke(app, argv, prog_name="fugong")
            said = {"argv": argv, "status": result.exit_code, "stdout": result.stdout[:200], "stderr": result.stderr}
            os.write(mouth, (json.dumps(said) + "\n").encode())
            os._exit(0)
    os.close(mouth)
    os.close(gun)
    with os.fdopen(ear) as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    work, where, number = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    said = kill(where, number, int(sys.argv[4])) if work == "kill" else race(where, number)
    sys.stdout.write(json.dumps(said, ensure_ascii=False))
