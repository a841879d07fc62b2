"""What the tests of seed files share: texts that are loaded into the test's own store."""

import functools
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.county import lay

from fugong import db, postgresql
from fugong.seed.load import Result, load_files

Load = Callable[..., Result]
Rows = Callable[[str], list[tuple[object, ...]]]


@functools.cache
def empty() -> bytes:
    """The bytes of a store without any record."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.db"
        with db.creating(str(store)):
            pass
        return store.read_bytes()


@pytest.fixture
def bare(store: Path) -> Path:
    """A store without any record, of which a copy is quicker than making one."""
    if postgresql.speaks(str(store)):
        with db.creating(str(store)):
            pass
    else:
        store.write_bytes(empty())
    return store


@pytest.fixture
def county(store: Path) -> Path:
    """A store that holds the synthetic county."""
    return lay(store)


@pytest.fixture
def load(store: Path, tmp_path: Path) -> Load:
    """Load texts as seed files, all in one command: ``load("as_of: …", "as_of: …")``."""

    def run(*texts: str | bytes) -> Result:
        paths = [tmp_path / f"{number}.yaml" for number, _ in enumerate(texts, start=1)]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_files(str(store), paths, actor="装载员")

    return run


@pytest.fixture
def rows(store: Path) -> Rows:
    """The rows of a query on the store."""

    def run(sql: str) -> list[tuple[object, ...]]:
        with db.reading(str(store)) as reader:
            return list(reader.rows(sql))

    return run
