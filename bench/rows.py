"""What is measured: the rows of the table, each a command beside its yardstick."""

import importlib.util
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path

from bench.compare import ENVIRONMENT, By, Command, Row, after
from bench.facts import TODAY, Scale
from bench.stores import path_of

SCRIPTS = Path(sysconfig.get_path("scripts"))
HERE = Path(__file__).parent
RARE = "炭黑"
"""A word of two characters that no text has, so that all are read and none is shown."""


def fugong(store: Path | str, *argv: str, terminal: bool = False) -> Command:
    """A command of the program on a store."""
    return Command([str(SCRIPTS / "fugong"), "--store", str(store), *argv], terminal)


def sqlite_utils(*argv: str) -> Command:
    """A command of the yardstick that is a program of the same kind."""
    return Command([str(SCRIPTS / "sqlite-utils"), *argv])


def starting(store: Path) -> Iterator[Row]:
    """How commands start, on a county's store of 73 problems."""
    yield Row(
        "--help / sqlite-utils --help", 0.55, Command([str(SCRIPTS / "fugong"), "--help"]), sqlite_utils("--help")
    )
    rows = sqlite_utils("rows", str(store), "problem")
    for argv, on_terminal, in_pipe in ((["progress"], 0.65, 0.5), (["list", "--status", "all"], 0.68, 0.52)):
        table, plain = fugong(store, *argv, terminal=True), fugong(store, *argv)
        yield Row(f"{argv[0]}, table on a terminal / rows", on_terminal, table, rows)
        yield Row(f"{argv[0]}, plain in a pipe / rows", in_pipe, plain, rows)
    for argv in (["show", "1-2"], ["summary"], ["today"], ["find", "材料"]):
        yield Row(f"{argv[0]} / rows", 0.55, fugong(store, *argv), rows)
    if shutil.which("task"):
        yield Row("list, plain / taskwarrior --version", 12, fugong(store, "list"), Command(["task", "--version"]))


def crowded(store: Path) -> Iterator[Row]:
    """Many who write at once; who loses one, or gives a number twice, ends the whole run."""
    ours = [str(shutil.copy(store, store.with_name("crowd.db")))]
    theirs = [str(store.with_name("plain.db")), "--plain"]
    crowd, plain = (Command([sys.executable, "-m", "bench.crowd", *argv]) for argv in (ours, theirs))
    yield Row("20 processes × 50 logs, nothing lost / as many plain INSERTs", None, crowd, plain, runs=3, waits=True)


def _acts(store: Path, firm: str, ident: str) -> tuple[Command, Command, Command]:
    """Log a problem, close one, and open it again."""
    log = fugong(store, "log", firm, "试验新问题")
    return log, fugong(store, "close", ident, "--how", "已解决"), fugong(store, "reopen", ident, "--why", "再测一次")


def growing(stores: Path, folder: Path, scale: Scale) -> Iterator[Row]:
    """What people do all day, where there is much and where there is little; then what reads it all."""
    few, large = (Path(shutil.copy(path_of(stores, size), folder)) for size in (scale.few, scale.large))
    times = f"{scale.large:,} / {scale.few:,}"
    every_day = {
        "list --limit 50": ["list", "--limit", "50"],
        "list --limit 50 --status all": ["list", "--limit", "50", "--status", "all"],
        "list --light red --limit 50": ["list", "--light", "red", "--limit", "50"],
        "show": ["show", "7-3"],
        "chase": ["chase"],
        "summary": ["summary"],
        "today": ["today"],
    }
    for name, argv in every_day.items():
        yield Row(f"{name}, {times}", 1.1, fugong(large, *argv), fugong(few, *argv))
    acts = [_acts(store, "试验00006厂", "7-3") for store in (large, few)]
    (log, close, reopen), (small_log, small_close, small_reopen) = acts
    yield Row(f"log, {times}", 1.1, log, small_log)
    yield Row(f"close, {times}", 1.1, close, small_close, before=after(reopen, small_reopen))
    imports = Command([sys.executable, "-c", "import typer, sqlmodel"])
    yield Row(f"close at {scale.large:,} / importing typer and sqlmodel", 0.3, close, imports, before=reopen)
    page, small_page = (fugong(store, "report", "-o", str(folder / "all.html"), "--force") for store in (large, few))
    yield Row(f"report, {times}", 2.5, page, small_page, runs=5)
    yield from _whole(large, folder, scale.large)
    yield from _yesterday(large, scale.large)


def _yesterday(store: Path, size: int) -> Iterator[Row]:
    """What was so yesterday beside what is so now, when two ordinary days have passed in a store."""
    passed = Command([sys.executable, "-m", "bench.stores", "--days-on", str(store)])
    today, yesterday = (str(TODAY + timedelta(days)) for days in (2, 1))
    done = store.with_name("passed")
    once = Command(["sh", "-c", f'test -e "{done}" || {{ "$@" && touch "{done}"; }}', "-", *passed.argv])
    asked = {"progress": ["progress"], "progress --by department": ["progress", "--by", "department"],
             "list": ["list"], "list --limit 50": ["list", "--limit", "50"], "summary": ["summary"]}  # fmt: skip
    for name, argv in asked.items():
        now, then = (
            Command(["env", f"FUGONG_TODAY={today}", *fugong(store, *argv, *cut).argv])
            for cut in ([], ["--as-of", yesterday])
        )
        yield Row(f"{name} of {size:,} as of yesterday / now", 1.3, then, now, before=once, runs=9)


def _whole(store: Path, folder: Path, size: int) -> Iterator[Row]:
    """Commands that read every problem, beside programs that run the same SQL."""
    if shutil.which("sqlite3"):
        own = _own_statements(store, folder, "progress")
        for name, target, sql in (("one statement", 0.6, HERE / "progress.sql"), ("its own statements", None, own)):
            shell = Command(["sqlite3", "-readonly", "-tabs", str(store)], stdin=sql)
            yield Row(f"progress of {size:,} / sqlite3, {name}", target, fugong(store, "progress"), shell)
        like = folder / "like.sql"
        like.write_text(f"SELECT id FROM problem WHERE text LIKE '%{RARE}%' OR how LIKE '%{RARE}%';", encoding="utf-8")
        own = _own_statements(store, folder, "find", RARE)
        for name, target, sql in (("LIKE of the same word", 1.3, like), ("its own statements", None, own)):
            shell = Command(["sqlite3", "-readonly", str(store)], stdin=sql)
            yield Row(f"find in {size:,} / sqlite3, {name}", target, fugong(store, "find", RARE), shell, runs=9)
    _, _, query = (HERE / "ledger.sql").read_text(encoding="utf-8").partition("\n")  # a comment looks like an option
    export = fugong(store, "export", "ledger", "--format", "csv")
    theirs = sqlite_utils("query", str(store), query, "--csv")
    yield Row(f"CSV of {size:,} / sqlite-utils", 0.8, export, theirs, 32, runs=3)


def _own_statements(store: Path, folder: Path, *argv: str) -> Path:
    """A file with the SQL that a command runs."""
    told = [sys.executable, "-m", "bench.statements", str(store), *argv]
    own = folder / f"{argv[0]}.sql"
    own.write_bytes(subprocess.run(told, env=ENVIRONMENT, stdout=subprocess.PIPE, check=True).stdout)
    return own


def on_a_server(stores: Path, folder: Path, scale: Scale, wanted: Callable[[str], bool]) -> Iterator[Row]:
    """The largest store on PostgreSQL, beside the server's own shell running the same SQL over the same socket."""
    told = [f"{command} of {scale.large:,} on PostgreSQL" for command in ("progress", "list")]
    memory = f"memory of the CSV of {scale.large:,} on PostgreSQL / of one team's"
    rows = [*(f"{name}{of}" for name in told for of in (_OF_PSQL, _OF_IMPORTS)), memory]
    if not importlib.util.find_spec("psycopg") or not any(map(wanted, rows)):
        return  # a server takes minutes to fill
    store = path_of(stores, scale.large)
    imports = Command([sys.executable, "-c", "import gc; gc.disable(); import typer, psycopg; gc.freeze()"])
    with _served(store) as (url, psql):
        for name, command, target in zip(told, ("progress", "list"), (2.5, 4), strict=True):
            own = _own_statements(store, folder, command)
            shell = Command([*psql, "--no-psqlrc", "--no-align", "--tuples-only", f"--file={own}"])
            yield Row(f"{name}{_OF_PSQL}", target, fugong(url, command), shell, waits=True)
            yield Row(f"{name}{_OF_IMPORTS}", None, imports, shell, waits=True)
        ledger = ["export", "ledger", "-o", str(folder / "all.csv"), "--force"]
        long, short = fugong(url, *ledger), fugong(url, *ledger, "--team", "7")
        yield Row(memory, 1.1, long, short, runs=1, by=By.MEMORY)


_OF_PSQL, _OF_IMPORTS = " / psql, its own statements", ": importing typer and psycopg / the same psql"


@contextmanager
def _served(store: Path) -> Iterator[tuple[str, list[str]]]:
    """A store on a server: its URL, and the command line of a shell there."""
    serve = [sys.executable, "-m", "bench.server", str(store)]
    with subprocess.Popen(serve, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        url, psql = islice(server.stdout or (), 2)
        yield url.strip(), psql.split()
