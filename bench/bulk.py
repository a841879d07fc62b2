"""What reads or writes a whole ledger at once: rows of the table."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import files
from bench.compare import By, Command, Row, after
from bench.facts import Scale
from bench.rows import SCRIPTS, fugong, sqlite_utils
from bench.stores import path_of

FIRMS = 5_000


def reading_in(stores: Path, folder: Path, scale: Scale) -> Iterator[Row]:
    """A ledger and a seed, each into a new store."""
    many = scale.many
    table = files.table(folder / "ledger.csv", many)
    insert = anew(folder / "other.db", sqlite_utils("insert", str(folder / "other.db"), "t", str(table), "--csv"))
    taken = _import(stores, folder, many)
    yield Row(f"CSV import of {many:,} / sqlite-utils insert --csv", 1.5, taken, insert, 110, runs=3)
    stored, again = folder / f"imported-{many}.db", folder / "again.db"
    once = Command(["sh", "-c", f'test -e "{stored}" || exec "$@"', "-", *taken.argv])
    rows = Command([sys.executable, "-m", "bench.replay", str(stored), str(again)])
    alone = anew(again, rows, path_of(stores, 0))
    yield Row("the rows of that import, stored again alone / the same", None, alone, insert, before=once, runs=3)
    yield Row(
        f"import --dry-run of {many:,} / the import", 0.7, _import(stores, folder, many, "--dry-run"), taken, runs=3
    )
    count = min(FIRMS, many)
    all_, some = (_import(stores, folder, count, firms=firms) for firms in (count, files.FIRMS))
    yield Row(f"import of {count:,} rows of as many firms / of {files.FIRMS}", 1.4, all_, some, runs=5)
    yield Row(f"YAML load of {many:,} / sqlite-utils insert --csv", 2.2, _load(folder, many), insert, 95, runs=3)
    back = folder / f"imported-{scale.few}.db"
    undone = fugong(back, "undo")
    done = _import(stores, folder, scale.few)
    yield Row(f"undo of an import of {scale.few:,} / the import", 1, undone, _import(stores, folder, scale.few, to="b"),
              before=done, runs=5)  # fmt: skip
    yield from _peers(folder, scale)


def _peers(folder: Path, scale: Scale) -> Iterator[Row]:
    """The same file read in by others, where they are installed; for the record."""
    table, many = folder / "ledger.csv", scale.many
    theirs = anew(folder / "peer.db", sqlite_utils("insert", str(folder / "peer.db"), "t", str(table), "--csv"))
    csvsql = SCRIPTS / "csvsql"
    if csvsql.exists():
        ours = Command([str(csvsql), "--db", f"sqlite:///{folder / 'csvsql.db'}", "--insert", str(table)])
        yield Row(f"csvsql --insert of {many:,} / sqlite-utils", None, anew(folder / "csvsql.db", ours), theirs, runs=1)
    duckdb = SCRIPTS / "duckdb"
    if duckdb.exists() or shutil.which("duckdb"):
        tool = str(duckdb if duckdb.exists() else "duckdb")
        sql = f"CREATE TABLE t AS SELECT * FROM read_csv('{table}')"
        ours = anew(folder / "duck.db", Command([tool, str(folder / "duck.db"), sql]))
        yield Row(f"duckdb, CSV of {many:,} / sqlite-utils", None, ours, theirs, runs=3)


def keeping(stores: Path, folder: Path, scale: Scale) -> Iterator[Row]:
    """What looks after a ledger, and what hands out all of it."""
    many, store = scale.many, path_of(stores, scale.many)
    table = files.table(folder / "ledger.csv", many)
    insert = anew(folder / "other.db", sqlite_utils("insert", str(folder / "other.db"), "t", str(table), "--csv"))
    book, plain = (
        fugong(store, "export", "ledger", "-o", str(folder / f"all.{kind}"), "--force") for kind in ("xlsx", "csv")
    )
    yield Row(f"XLSX of {many:,} / CSV", 5, book, plain, runs=3, by=By.CPU)
    check = fugong(store, "store", "check")
    yield Row(f"store check of {many:,} / sqlite-utils insert --csv", 2.5, check, insert, runs=3, by=By.CPU)
    if shutil.which("sqlite3"):
        kept = folder / "kept.db"
        backup = anew(kept, fugong(store, "store", "backup", str(kept)))
        theirs = anew(folder / "plain.db", Command(["sqlite3", str(store), f".backup {folder / 'plain.db'}"]))
        yield Row(f"store backup of {many:,}, verified / sqlite3 .backup", 3, backup, theirs, runs=5)
    yield from _merging(folder, many)


def _merging(folder: Path, events: int) -> Iterator[Row]:
    """What a copy has entered, merged into the ledger, beside the copy put into a new store."""
    home, copy, bundle, export = (folder / name for name in ("home.db", "copy.db", "all.bundle", "copy.jsonl"))
    merged, again = folder / "merged.db", folder / "again.db"
    begun, seed = files.seed(folder / "begun.yaml", 1), files.seed(folder / "half.yaml", events // 2)
    made = after(
        fugong(home, "load", str(begun)),
        fugong(home, "store", "clone", str(copy)),
        fugong(copy, "load", str(seed)),
        fugong(copy, "store", "bundle", str(bundle), "--all"),
        fugong(copy, "store", "export", str(export)),
    )
    once = Command(["sh", "-c", f'test -e "{export}" || exec "$@"', "-", *made.argv])
    merging = fugong(merged, "merge", str(bundle))  # which ends with 6 where it names what may be the same
    ours = anew(merged, Command(["sh", "-c", '"$@" || test $? -eq 6', "-", *merging.argv]), home)
    theirs = anew(again, fugong(again, "store", "import", str(export)))
    yield Row(f"merge of {events:,} events / store import of them", 1.5, ours, theirs, before=once, runs=3)


def holding(stores: Path, folder: Path, scale: Scale) -> Iterator[Row]:
    """The memory of what reads or writes every problem, at many times as many."""
    counts = (scale.many, scale.few)
    pairs = {
        "import": [_import(stores, folder, count) for count in counts],
        "load": [_load(folder, count) for count in counts],
    }
    reading = {
        "export ledger, CSV": ["export", "ledger", "-o", str(folder / "all.csv"), "--force"],
        "export ledger, XLSX": ["export", "ledger", "-o", str(folder / "all.xlsx"), "--force"],
        "report": ["report", "-o", str(folder / "all.html"), "--force"],
        "store check": ["store", "check"],
    }
    for name, argv in reading.items():
        pairs[name] = [fugong(path_of(stores, count), *argv) for count in counts]
    for name, (long, short) in pairs.items():
        yield Row(f"memory of {name}, {counts[0]:,} / {counts[1]:,}", 1.1, long, short, runs=1, by=By.MEMORY)


def _import(
    stores: Path, folder: Path, count: int, *more: str, firms: int = files.FIRMS, to: str = "imported"
) -> Command:
    """An import of so many problems into the province without any."""
    store, table = folder / f"{to}-{count}.db", folder / f"{count}-{firms}.csv"
    if not table.exists():
        files.table(table, count, firms)
    return anew(store, fugong(store, "import", str(table), *more), path_of(stores, 0))


def _load(folder: Path, count: int) -> Command:
    """A load of so many problems into a new store."""
    store, seed = folder / f"loaded-{count}.db", files.seed(folder / f"{count}.yaml", count)
    return anew(store, fugong(store, "load", str(seed)))


def anew(store: Path, command: Command, like: Path | None = None) -> Command:
    """A command on a store that is a copy of another each time, or not there."""
    ready = f'cp "{like}" "{store}"' if like else f'rm -f "{store}"*'
    return Command(["sh", "-c", f'{ready} && exec "$@"', "-", *command.argv])
