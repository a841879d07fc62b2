"""Everyday writes, each beside a program that looks at the same 73 problems: rows of the table."""

import shutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from bench.compare import Command, Row

SCRIPTS = Path(sysconfig.get_path("scripts"))
TARGET, OF_IMPORTS = 0.75, 0.3
FIRM, DONE, MISTAKEN, IN_HAND = "试验1厂甲", "1-2", "1-3", "1-1"

VERBS = {
    "log": (["log", FIRM, "试验新问题"], None),
    "note": (["note", IN_HAND, "试验记录"], None),
    "close": (["close", DONE, "--how", "已解决"], ["reopen", DONE, "--why", "再测"]),
    "reopen": (["reopen", DONE, "--why", "没有解决"], ["close", DONE, "--how", "已解决"]),
    "void": (["void", MISTAKEN, "--why", "误登"], ["reopen", MISTAKEN, "--why", "再测"]),
    "verify": (["verify", DONE, "--fail", "没有解决"], ["close", DONE, "--how", "已解决"]),
    "assign": (["assign", IN_HAND, "-d", "试验001局"], ["assign", IN_HAND, "-d", "试验000局"]),
    "bounce": (["bounce", IN_HAND, "--why", "不归我管"], ["assign", IN_HAND, "-d", "试验000局"]),
    "edit": (["edit", IN_HAND, "--text", "试验问题改"], ["edit", IN_HAND, "--text", "试验问题"]),
    "extend": (["extend", IN_HAND, "--to", "40d", "--why", "等设备"], ["edit", IN_HAND, "--due", "20d"]),
    "chase": (["chase", IN_HAND, "--by", "电话"], None),
    "undo": (["undo"], ["log", FIRM, "试验新问题"]),
    "nil": (["nil", "--team", "1"], ["undo"]),
    "enterprise stage": (["enterprise", "stage", FIRM, "full"], ["enterprise", "stage", FIRM, "preparing"]),
    "support add": (["support", "add", FIRM, "kind0", "试验服务"], None),
    "outreach add": (["outreach", "add", FIRM, "kind0", "试验宣传"], None),
    "inspection add": (["inspection", "add", FIRM, "--pass-rest"], None),
    "milestone add": (["milestone", "add", FIRM, "kind0"], ["undo"]),
}
"""By what people call it: a command line, and one that is run before it so that it has something to do each time."""
_ALONE = ("nil", "milestone add")
"""What is entered once only: the same person's ``undo`` comes before, and has nothing to take back the first time."""


def everyday(store: Path) -> Iterator[Row]:
    """Each verb beside ``sqlite-utils rows``; two of them beside importing what this program writes with no more."""
    rows = Command([str(SCRIPTS / "sqlite-utils"), "rows", str(store), "problem"])
    imports = Command([sys.executable, "-c", "import typer, sqlmodel"])
    for name, (argv, before) in VERBS.items():
        actor = name if name in _ALONE else "bench"
        write = _fugong(store, argv, actor)
        ready = _fugong(store, before, actor, forgiving=name in _ALONE) if before else None
        yield Row(f"{name} / rows", TARGET, write, rows, before=ready)
        if name in ("log", "close"):
            yield Row(f"{name} / importing typer and sqlmodel", OF_IMPORTS, write, imports, before=ready)
    yield from _peers(store)


def _peers(store: Path) -> Iterator[Row]:
    """One row entered by others, where they are installed; for the record."""
    log = _fugong(store, VERBS["log"][0], "bench")
    one = store.with_name("one.json")
    one.write_text('{"text": "试验新问题", "status": "open"}', encoding="utf-8")
    insert = [str(SCRIPTS / "sqlite-utils"), "insert", str(store.with_name("one.db")), "problem", "-"]
    yield Row("log / sqlite-utils insert of one row", None, log, Command(insert, stdin=one))
    if shutil.which("task"):
        home = store.with_name("task")
        task = ["task", "rc.confirmation=off", f"rc.data.location={home}", "add", "试验新问题"]
        yield Row("log / taskwarrior add", None, log, Command(["sh", "-c", 'yes | "$@"', "-", *task]))
    if shutil.which("hledger"):
        journal = store.with_name("one.journal")
        journal.write_text("2020-03-12 甲厂\n  a  1\n  b\n", encoding="utf-8")
        yield Row("log / hledger balance", None, log, Command(["hledger", "-f", str(journal), "balance"]))


def _fugong(store: Path, argv: list[str], actor: str, *, forgiving: bool = False) -> Command:
    """A command of one person's; one that may have nothing to do."""
    told = ["env", f"FUGONG_ACTOR={actor}", str(SCRIPTS / "fugong"), "--store", str(store), *argv]
    return Command(["sh", "-c", '"$@" || true', "-", *told] if forgiving else told)
