"""Programs killed while they log, close, load and import: ``python -m tests.reliability.kills FOLDER COUNT SEED``.

Each child tells through a pipe what it begins, and what is committed, only after it is. It is killed at a moment of
chance within one of its first acts, whose length is that of the last one of its kind, however busy the machine is.
After every kill the store is proved whole and must hold all that was told. Figures are printed as JSON.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TextIO

from tests.conftest import command
from tests.county import lay

from fugong import db
from fugong.domain import problems, roster
from fugong.imports import plan, run
from fugong.keeping import check
from fugong.seed.load import load_files

ROWS = 20
"""Problems of one load or import; all of them come in, or none."""
MIDST = "in the midst of a transaction"
FRESH = 10
"""Kills on one store before the next, so that checking stays quick."""
SECTOR = 512
"""Bytes of a journal that has a header, and nothing yet to roll back."""
MOST_ACTS = 3
"""Acts that a child may end before the one in which it is killed."""
SHARE = 1.1
"""Kills fall anywhere within this share of the time that the act took when it was last done undisturbed."""
UNKNOWN = 0.05
"""Seconds that an act may take which was never seen to end."""


def child(store: Path, told: int, seed: int) -> None:
    """Write until killed, and tell each commit."""
    chance = random.Random(seed)
    count = 0
    while True:
        count += 1
        act = chance.choice((log, log, close, load, bring))
        os.write(told, f"doing {act.__name__}\n".encode())
        line = act(store, f"{seed}-{count}")
        if line:
            os.write(told, f"{line}\n".encode())


def log(store: Path, tag: str) -> str:
    """Log a problem."""
    with command(store) as writer:
        problems.log_problem(writer, "口罩不足", team=roster.find_team(writer.session, "1"), key=tag)
    return f"log {tag}"


def close(store: Path, tag: str) -> str:
    """Close the oldest open one."""
    with db.reading(str(store)) as reader:
        found = reader.first("SELECT id FROM v_problem WHERE status = 'open' ORDER BY problem_id LIMIT 1")
    if not found:
        return ""
    with command(store) as writer:
        problems.close_problem(writer, roster.find_problem(writer.session, found[0]), tag)
    return f"close {found[0]}"


def load(store: Path, tag: str) -> str:
    """Load a file of some problems."""
    path = store.with_name(f"{tag}.yaml")
    entries = "".join(f'  - {{key: "{tag}/{n}", team: "1", text: 新问题, found_on: 2020-03-12}}\n' for n in range(ROWS))
    path.write_text(f"as_of: 2020-03-12\nproblems:\n{entries}", encoding="utf-8")
    load_files(str(store), [path], actor="录入员")
    return f"load {tag}"


def bring(store: Path, tag: str) -> str:
    """Import a ledger of some problems."""
    path = store.with_name(f"{tag}.csv")
    rows = "".join(f"甲厂,{tag}/{n},2020-03-05\n" for n in range(ROWS))
    path.write_text(f"企业,问题,发现日期\n{rows}", encoding="utf-8")
    run.import_file(str(store), path, plan.Plan(), actor="录入员")
    return f"import {tag}"


def killed(store: Path, seed: int, chance: random.Random, pace: dict[str, float]) -> tuple[list[str], str]:
    """Start a child and kill it: what it told, and what it was in the midst of a transaction of, if it was."""
    before = journal(store)
    ear, mouth = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ear)
        try:
            child(store, mouth, seed)
        finally:
            os._exit(3)
    os.close(mouth)
    with os.fdopen(ear) as lines:
        said: list[str] = []
        time.sleep(await_act(lines, said, chance.randint(0, MOST_ACTS), pace) * SHARE * chance.random())
        os.kill(pid, signal.SIGKILL)
        assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGKILL
        said += [line.strip() for line in lines.read().splitlines(keepends=True) if line.endswith("\n")]
    midst = journal(store) not in (None, before)
    doing = [line.removeprefix("doing ") for line in said if line.startswith("doing ")]
    return [line for line in said if not line.startswith("doing ")], doing[-1] if midst else ""


def await_act(lines: TextIO, said: list[str], acts: int, pace: dict[str, float]) -> float:
    """Listen to a child until it has ended so many acts and begins one more: how long that one takes."""
    doing, begun = "", 0.0
    while True:
        said.append(lines.readline().strip())
        if not said[-1].startswith("doing "):
            continue
        if doing:
            pace[doing] = time.monotonic() - begun
        if acts == 0:
            return pace.get(said[-1], UNKNOWN)
        doing, begun, acts = said[-1], time.monotonic(), acts - 1


def journal(store: Path) -> tuple[int, int] | None:
    """Which journal with something in it lies beside the store; one that was never synced stays there, unused."""
    try:
        found = store.with_name(store.name + "-journal").stat()
    except FileNotFoundError:
        return None
    return (found.st_ino, found.st_mtime_ns) if found.st_size > SECTOR else None


def lost(store: Path, told: list[str]) -> list[str]:
    """What was told and is not there, what is there by half, and what the check finds."""
    with db.reading(str(store)) as reader:
        keys = dict(reader.rows("SELECT key, status FROM problem WHERE key IS NOT NULL"))
        texts = [text for (text,) in reader.rows("SELECT text FROM problem")]
        closed = {ident for (ident,) in reader.rows("SELECT id FROM v_problem WHERE status = 'closed'")}
    loads = Counter(key.partition("/")[0] for key in keys if "/" in key)
    imports = Counter(text.partition("/")[0] for text in texts if "/" in text)
    bad = [f"by half: {tag}" for tag, count in (*loads.items(), *imports.items()) if count != ROWS]
    for line in told:
        act, _, what = line.partition(" ")
        there = {"log": keys, "close": closed, "load": loads, "import": imports}[act]
        if what not in there:
            bad.append(f"lost: {line}")
    with db.examining(str(store)) as session:
        return bad + [str(finding) for finding in check.findings(session)]


def main(folder: Path, count: int, seed: int) -> None:
    """Kill, look, and print the figures."""
    chance = random.Random(seed)
    figures: Counter[str] = Counter()
    bad: list[str] = []
    store, told, pace = folder / "0.db", list[str](), dict[str, float]()
    for number in range(count):
        if number % FRESH == 0:
            store, told = folder / f"{number}.db", []
            lay(store)
        more, act = killed(store, seed * 100_000 + number, chance, pace)
        told += more
        figures.update({"kills": 1, "commits told": len(more), MIDST: bool(act)})
        figures.update([f"of {act}"] if act else [])
        bad += lost(store, told)
    sys.stdout.write(json.dumps({**figures, "bad": bad}, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
