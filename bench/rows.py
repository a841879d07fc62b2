"""What is measured: the rows of the table, each a command beside its yardstick."""

import importlib.util
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from bench import files
from bench.compare import ENVIRONMENT, Command, Row
from bench.facts import IN_HAND, SIZES

SCRIPTS = Path(sysconfig.get_path("scripts"))
HERE = Path(__file__).parent
FEW, LARGE = SIZES[0], SIZES[-1]
BULK = 100_000
"""Rows of a file to read in."""


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
    if shutil.which("task"):
        yield Row("list, plain / taskwarrior --version", 12, fugong(store, "list"), Command(["task", "--version"]))


def crowded(store: Path) -> Iterator[Row]:
    """Many who write at once; who loses one, or gives a number twice, ends the whole run."""
    ours = [str(shutil.copy(store, store.with_name("crowd.db")))]
    theirs = [str(store.with_name("plain.db")), "--plain"]
    crowd, plain = (Command([sys.executable, "-m", "bench.crowd", *argv]) for argv in (ours, theirs))
    yield Row("20 processes × 50 logs, nothing lost / as many plain INSERTs", None, crowd, plain, runs=3)


def _acts(store: Path, firm: str, ident: str) -> tuple[Command, Command, Command]:
    """Log a problem, close one, and open it again."""
    log = fugong(store, "log", firm, "试验新问题")
    return log, fugong(store, "close", ident, "--how", "已解决"), fugong(store, "reopen", ident, "--why", "再测一次")


def growing(stores: Path, folder: Path) -> Iterator[Row]:
    """What people do all day, at a million problems and at ten thousand; then what reads them all."""
    few, large = (Path(shutil.copy(_store(stores, size), folder)) for size in (FEW, LARGE))
    every_day = {
        "list --limit 50": ["list", "--limit", "50"],
        "list --limit 50 --status all": ["list", "--limit", "50", "--status", "all"],
        "list --light red --limit 50": ["list", "--light", "red", "--limit", "50"],
        "show": ["show", "7-3"],
        "chase": ["chase"],
        "summary": ["summary"],
    }
    for name, argv in every_day.items():
        yield Row(f"{name}, 1,000,000 / 10,000", 1.1, fugong(large, *argv), fugong(few, *argv))
    acts = [_acts(store, "试验00006厂", "7-3") for store in (large, few)]
    (log, close, reopen), (small_log, _, _) = acts
    yield Row("log, 1,000,000 / 10,000", 1.1, log, small_log)
    imports = Command([sys.executable, "-c", "import typer, sqlmodel"])
    yield Row("close at 1,000,000 / importing typer and sqlmodel", 0.3, close, imports, before=reopen)
    yield from _whole(large, folder)


def _whole(store: Path, folder: Path) -> Iterator[Row]:
    """Commands that read a million problems, beside programs that run the same SQL."""
    if shutil.which("sqlite3"):
        own = _own_statements(store, folder, "progress")
        for name, target, sql in (("one statement", 1.4, HERE / "progress.sql"), ("its own statements", None, own)):
            shell = Command(["sqlite3", "-readonly", "-tabs", str(store)], stdin=sql)
            yield Row(f"progress, 3,000 teams, plain / sqlite3, {name}", target, fugong(store, "progress"), shell)
    _, _, query = (HERE / "ledger.sql").read_text(encoding="utf-8").partition("\n")  # a comment looks like an option
    export = fugong(store, "export", "ledger", "--format", "csv")
    yield Row(
        "CSV of 1,000,000 / sqlite-utils", 1.0, export, sqlite_utils("query", str(store), query, "--csv"), 32, runs=3
    )


def _own_statements(store: Path, folder: Path, command: str) -> Path:
    """A file with the SQL that a command runs."""
    told = [sys.executable, "-m", "bench.statements", str(store), command]
    own = folder / f"{command}.sql"
    own.write_bytes(subprocess.run(told, env=ENVIRONMENT, stdout=subprocess.PIPE, check=True).stdout)
    return own


def on_a_server(stores: Path, folder: Path) -> Iterator[Row]:
    """A million problems on PostgreSQL, beside the server's own shell running the same SQL over the same socket."""
    if not importlib.util.find_spec("psycopg"):
        return
    store = _store(stores, LARGE)
    imports = Command([sys.executable, "-c", "import gc; gc.disable(); import typer, psycopg; gc.freeze()"])
    with _served(store) as (url, psql):
        for command in ("progress", "list"):
            own = _own_statements(store, folder, command)
            shell = Command([*psql, "--no-psqlrc", "--no-align", "--tuples-only", f"--file={own}"])
            name = f"{command} of 1,000,000 on PostgreSQL"
            yield Row(f"{name} / psql, its own statements", 1.3, fugong(url, command), shell)
            yield Row(f"{name}: importing typer and psycopg / the same psql", None, imports, shell)
        ledger = ["export", "ledger", "-o", str(folder / "all.csv"), "--force"]
        long, short = fugong(url, *ledger), fugong(url, *ledger, "--team", "7")
        name = "memory of the CSV of 1,000,000 on PostgreSQL / of one team's"
        yield Row(name, 1.1, long, short, runs=1, of_memory=True)


@contextmanager
def _served(store: Path) -> Iterator[tuple[str, list[str]]]:
    """A store on a server: its URL, and the command line of a shell there."""
    serve = [sys.executable, "-m", "bench.server", str(store)]
    with subprocess.Popen(serve, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        url, psql = islice(server.stdout or (), 2)
        yield url.strip(), psql.split()


def reading_in(stores: Path, folder: Path) -> Iterator[Row]:
    """A ledger and a seed of 100,000 problems, each into a new store."""
    table = files.table(folder / "ledger.csv", BULK)
    insert = _anew(folder / "other.db", sqlite_utils("insert", str(folder / "other.db"), "t", str(table), "--csv"))
    taken = _import(stores, folder, BULK)
    yield Row("CSV import of 100,000 / sqlite-utils insert --csv", 0.8, taken, insert, runs=3)
    stored, again = folder / f"imported-{BULK}.db", folder / "again.db"
    once = Command(["sh", "-c", f'test -e "{stored}" || exec "$@"', "-", *taken.argv])
    rows = Command([sys.executable, "-m", "bench.replay", str(stored), str(again)])
    alone = _anew(again, rows, _store(stores, 0))
    yield Row("the rows of that import, stored again alone / the same", None, alone, insert, before=once, runs=3)
    yield Row("YAML load of 100,000 / sqlite-utils insert --csv", 1.2, _load(folder, BULK), insert, 64, runs=3)


def holding(stores: Path, folder: Path) -> Iterator[Row]:
    """The memory of what reads or writes every problem, at ten times as many."""
    pairs = {
        "import": [_import(stores, folder, count) for count in (BULK, FEW)],
        "load": [_load(folder, count) for count in (BULK, FEW)],
    }
    reading = {
        "export ledger, CSV": ["export", "ledger", "-o", str(folder / "all.csv"), "--force"],
        "export ledger, XLSX": ["export", "ledger", "-o", str(folder / "all.xlsx"), "--force"],
        "report": ["report", "-o", str(folder / "all.html"), "--force"],
        "store check": ["store", "check"],
    }
    for name, argv in reading.items():
        pairs[name] = [fugong(_store(stores, count), *argv) for count in (BULK, FEW)]
    for name, (long, short) in pairs.items():
        yield Row(f"memory of {name}, 100,000 / 10,000", 1.1, long, short, runs=1, of_memory=True)


def _import(stores: Path, folder: Path, count: int) -> Command:
    """An import of so many problems into the province without any."""
    store, table = folder / f"imported-{count}.db", files.table(folder / f"{count}.csv", count)
    return _anew(store, fugong(store, "import", str(table)), _store(stores, 0))


def _load(folder: Path, count: int) -> Command:
    """A load of so many problems into a new store."""
    store, seed = folder / f"loaded-{count}.db", files.seed(folder / f"{count}.yaml", count)
    return _anew(store, fugong(store, "load", str(seed)))


def _anew(store: Path, command: Command, like: Path | None = None) -> Command:
    """A command on a store that is a copy of another each time, or not there."""
    ready = f'cp "{like}" "{store}"' if like else f'rm -f "{store}"'
    return Command(["sh", "-c", f'{ready} && exec "$@"', "-", *command.argv])


def _store(stores: Path, problems: int) -> Path:
    (found,) = stores.glob(f"province-*-{problems}-{IN_HAND}.db")
    return found
