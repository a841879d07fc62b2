"""Every row of the table in docs/exit-codes.md, as a script meets it: status, standard output, standard error."""

import inspect
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
from tests.county import fingerprint, lay
from tests.walk import commands

from fugong import db
from fugong.errors import catalogue
from fugong.vocab import ExitCode

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "docs" / "exit-codes.md"

Said = tuple[int, str, str]


def ran(store: Path, *argv: str, code: str = "", **options: Any) -> Said:
    """A process of its own: status, stdout, stderr; ``code`` is run first in it."""
    script = f"{code}\nimport sys\nfrom fugong.__main__ import main\nmain()\n"
    done = subprocess.run(
        [sys.executable, "-P", "-c", script, *argv],
        env={**os.environ, "FUGONG_STORE": str(store), "PYTHONPATH": str(ROOT / "src")},
        cwd=Path.cwd(),
        check=False,
        encoding="utf-8",
        **{"stdout": PIPE, "stderr": PIPE, **options},
    )
    return done.returncode, done.stdout or "", done.stderr or ""


def done(store: Path) -> Said:
    return ran(store, "close", "1-1", "--how", "好")


def nothing_to_do(store: Path) -> Said:
    return ran(store, "close", "1-2", "--how", "好")


def nothing_there(store: Path) -> Said:
    return ran(store, "list", "--team", "10")


def refused(store: Path) -> Said:
    return ran(store, "close", "9-9", "--how", "好")


def mistyped(store: Path) -> Said:
    return ran(store, "clsoe", "1-1")


def bug(store: Path) -> Said:
    return ran(store, "progress", code="import fugong.reports.progress as it; del it.progress")


def busy(store: Path) -> Said:
    with db.writing(str(store)):
        impatient = "from fugong.store import sqlite_lock; sqlite_lock.BUSY_SECONDS = 0.05"
        return ran(store, "log", "甲厂", "新", code=impatient)


def missing(store: Path) -> Said:
    return ran(store, "--store", "none.db", "list")


def damaged(store: Path) -> Said:
    broken = lay(Path("damaged.db").absolute())
    broken.write_bytes(broken.read_bytes()[:4096] + b"\xff" * 100_000)
    return ran(store, "--store", str(broken), "list")


def a_light(store: Path) -> Said:
    return ran(store, "summary", "--fail-on", "red", "-o", "summary.txt")


def a_difference(store: Path) -> Said:
    return ran(store, "reconcile", "--solved", "77")


def a_bad_row(store: Path) -> Said:
    Path("a.csv").write_text("企业,问题描述,发现日期\n查无此厂,缺口罩,2020-03-05\n", encoding="utf-8")
    return ran(store, "import", "a.csv", "--keep-going")


def a_bad_line(store: Path) -> Said:
    Path("today.txt").write_text("note 9-9 好\nlist\n", encoding="utf-8")
    return ran(store, "run", "today.txt", "--keep-going")


def a_conflict(store: Path) -> Said:
    copy = Path("copy.db").absolute()
    ran(store, "store", "clone", str(copy))
    ran(copy, "edit", "1-1", "--text", "缺口罩")
    ran(store, "edit", "1-1", "--text", "口罩不足")
    return ran(store, "merge", str(copy))


def something_wrong(store: Path) -> Said:
    wrong = lay(Path("wrong.db").absolute())
    with closing(sqlite3.connect(wrong)) as connection, connection:
        connection.execute("UPDATE problem SET remark = '改过'")
    return ran(wrong, "store", "check")


def an_alarm(store: Path) -> Said:
    return ran(store, "nightly", str(store), "out")


def other_bytes_beside(store: Path) -> Said:
    """A store to be restored, beside which attached bytes are not what was attached."""
    other_bytes("report", "-o", "page.html")(store)
    return ran(Path("anew.db"), "store", "restore", "apart.db")


def other_bytes(*command: str) -> Callable[[Path], Said]:
    """A command that meets evidence whose bytes are not what was attached."""

    def meet(store: Path) -> Said:
        apart = lay(Path("apart.db").absolute())
        ran(apart, "attach", "1-1", __file__)
        (kept,) = apart.with_name("apart.evidence").iterdir()
        kept.write_bytes(b"else")
        return ran(apart, *command)

    return meet


def interrupted(store: Path) -> Said:
    held = "import signal; signal.signal(2, signal.default_int_handler)\nimport fugong.db as it\n"
    return ran(store, "log", "甲厂", "新", code=f"{held}it.writing = lambda _: signal.raise_signal(2)")


def terminated(store: Path) -> Said:
    return ran(
        store, "log", "甲厂", "新", code="import os, fugong.db as it\nit.writing = lambda _: os.kill(os.getpid(), 15)"
    )


def unread(store: Path) -> Said:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return ran(store, "list", stdout=writing)
    finally:
        os.close(writing)


FINDING: dict[str, Callable[[Path], Said]] = {
    "summary": a_light,
    "reconcile": a_difference,
    "import": a_bad_row,
    "merge": a_conflict,
    "run": a_bad_line,
    "nightly": an_alarm,
    "report": other_bytes("report", "-o", "page.html"),
    "store check": something_wrong,
    "store archive": other_bytes("store", "archive", "archive"),
    "store backup": other_bytes("store", "backup", "--evidence"),
    "store bundle": other_bytes("store", "bundle", "b.bundle", "--all", "--evidence"),
    "store restore": other_bytes_beside,
}
"""What each command finds."""

ROWS: dict[str, list[tuple[Callable[[Path], Said], int, str, str]]] = {
    "0": [
        (done, 0, "1-1  某县甲厂有限公司  口罩不足三天\n", ""),
        (nothing_to_do, 0, "1-2  第一组  返岗人员管控难\n", "1-2 已经销号，没有改动。\n"),
        (nothing_there, 0, ".*", ".*"),
    ],
    "1": [(refused, 1, "", "错误：没有编号为 9-9 的问题。.*\n")],
    "2": [(mistyped, 2, "", "用法：fugong .*\n错误：.*clsoe.*\n用 fugong --help 查看帮助。\n")],
    "3": [(bug, 3, "", "程序出错了，不是您的操作问题。详情：.*crash-.*\\.log\n请把这个文件.*\n")],
    "4": [(busy, 4, "", "错误：台账正被别的程序占用，这次什么也没有写入。请稍后再试。\n")],
    "5": [
        (missing, 5, "", "错误：none.db 还没有台账。.*\n"),
        (damaged, 5, "", "错误：台账 .* 用不了：文件已损坏，请用备份恢复。\n"),
    ],
    "6": [(meet, 6, ".*", ".*") for meet in FINDING.values()],
    "128+N": [
        (interrupted, 128 + signal.SIGINT, "", "已中断，没有写入未完成的内容。\n"),
        (terminated, -signal.SIGTERM, "", ""),
        (unread, 128 + signal.SIGPIPE, "", ""),
    ],
}
"""What is met in every row of the table. Python calls the death by signal 15 -15; a shell calls it 143."""

WRITES = {done, an_alarm, a_conflict}


def test_every_row_of_the_table_is_met() -> None:
    rows = re.findall(r"^\| (\S+) \|", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == ["code", *ROWS]
    assert [*map(str, ExitCode), "128+N"] == [*ROWS]


def test_every_command_that_finds_something_says_so_and_is_met() -> None:
    declared = {" ".join(path): command for path, command in commands() if getattr(command, "finds", None)}
    ending = {
        " ".join(path)
        for path, command in commands()
        if "ExitCode.FOUND" in inspect.getsource(inspect.unwrap(command.callback))
    }
    assert set(declared) == ending == set(FINDING)


def test_no_code_of_a_refusal_is_a_bare_number() -> None:
    assert {type(refusal.exit_code) for refusal in catalogue()} == {ExitCode}


@pytest.mark.parametrize(
    ("meet", "status", "stdout", "stderr"),
    [case for cases in ROWS.values() for case in cases],
    ids=[case[0].__name__ for cases in ROWS.values() for case in cases],
)
def test_a_row_of_the_table_is_as_it_says(
    store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    meet: Callable[[Path], Said],
    status: int,
    stdout: str,
    stderr: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = fingerprint(lay(store))
    ended = meet(store)
    assert ended[0] == status, ended
    assert re.fullmatch(stdout, ended[1], re.DOTALL), ended
    assert re.fullmatch(stderr, ended[2], re.DOTALL), ended
    assert (fingerprint(store) == before) == (meet not in WRITES)
