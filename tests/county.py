"""A small synthetic county: a store that holds tests/data/county.yaml, made once and copied for every test."""

import functools
import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine, text
from typer.testing import Result

from fugong import db
from fugong.keeping import transfer
from fugong.seed.load import load_files

SEED = Path(__file__).parent / "data" / "county.yaml"


Fill = Callable[[str], object]
"""Makes a store at a place. Its clock is the fixed one of conftest.py."""


def county(store: str) -> None:
    """Make a store that holds the county."""
    load_files(store, [SEED], actor="录入员")


def nothing(store: str) -> None:
    """Make a store without any record."""
    with db.creating(store):
        pass


@functools.cache
def _image(fill: Fill) -> bytes:
    """The bytes of such a store."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.db"
        fill(str(store))
        return store.read_bytes()


@functools.cache
def template(fill: Fill = county) -> str:
    """A database that holds the same."""
    from tests.postgres import server

    name = server().database()
    fill(server().url(name))
    return name


def lay(store: Path, fill: Fill = county) -> Path:
    """Put a copy of a store at a path, or in the place of a database (see ``conftest.store``)."""
    if _in_a_database(store):
        from tests.postgres import server

        server().replace(str(store), template(fill))
        return store
    store.write_bytes(_image(fill))
    store.chmod(0o600)
    return store


def engine_of(store: Path) -> Engine:
    """The store without the program in between."""
    return create_engine(str(store) if _in_a_database(store) else f"sqlite:///{store}", poolclass=NullPool)


def behind(store: Path, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """Run a statement behind the program's back, with ``:name`` for values; its rows."""
    with engine_of(store).begin() as connection:
        done = connection.execute(text(sql), values)
        return list(map(tuple, done)) if done.returns_rows else []


def _in_a_database(store: object) -> bool:
    return isinstance(store, str)


def fingerprint(store: Path | str) -> str:
    """What differs when anything in the store was written."""
    told = store.read_bytes() if isinstance(store, Path) else b"".join(transfer.export(store))
    return hashlib.sha256(told).hexdigest()


def outcome(result: Result) -> tuple[int, str, str]:
    """Status, standard output and standard error of a command: what a test asserts together."""
    return result.exit_code, result.stdout, result.stderr


def tabbed(text: str) -> str:
    """A plain listing, written in a test with | for its tabs so that empty cells are seen."""
    return text.replace("|", "\t")
