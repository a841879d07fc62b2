"""What the tests of seed files share: texts that are loaded into the test's own store."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.county import lay, nothing

from fugong import db
from fugong.seed.load import load_files
from fugong.seed.result import Result

Load = Callable[..., Result]
Rows = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
def bare(store: Path) -> Path:
    """A store without any record."""
    return lay(store, nothing)


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
