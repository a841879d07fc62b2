"""A small synthetic county: a store that holds tests/data/county.yaml, made once and copied for every test."""

import functools
import hashlib
import tempfile
from pathlib import Path

from typer.testing import Result

from fugong import db
from fugong.keeping import transfer
from fugong.seed.load import load_files

SEED = Path(__file__).parent / "data" / "county.yaml"


@functools.cache
def _image() -> bytes:
    """The bytes of the store. Its clock is the fixed one of conftest.py."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.db"
        load_files(str(store), [SEED], actor="录入员")
        return store.read_bytes()


@functools.cache
def template() -> str:
    """A database that holds the same store."""
    from tests.postgres import server

    name = server().database()
    load_files(server().url(name), [SEED], actor="录入员")
    return name


def lay(store: Path) -> Path:
    """Put a store that holds the county at a path, or in place of a database without one (see ``conftest.store``)."""
    if _in_a_database(store):
        if not db.exists(str(store)):
            from tests.postgres import server

            server().replace(str(store), template())
        return store
    store.write_bytes(_image())
    store.chmod(0o600)
    return store


def _in_a_database(store: object) -> bool:
    return isinstance(store, str)


def fingerprint(store: Path) -> str:
    """What differs when anything in the store was written."""
    if _in_a_database(store):
        return hashlib.sha256(b"".join(transfer.export(str(store)))).hexdigest()
    return hashlib.sha256(store.read_bytes()).hexdigest()


def outcome(result: Result) -> tuple[int, str, str]:
    """Status, standard output and standard error of a command: what a test asserts together."""
    return result.exit_code, result.stdout, result.stderr


def tabbed(text: str) -> str:
    """A plain listing, written in a test with | for its tabs so that empty cells are seen."""
    return text.replace("|", "\t")
