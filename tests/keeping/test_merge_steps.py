"""A merge of any size is done in steps that grow with what comes, and looks things up for some hundreds at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import lay
from tests.keeping.copies import Copies

from fugong.store import sqlite

EVERY = 50
"""After how many of its instructions the engine is asked to count."""


@contextmanager
def counting() -> Iterator[dict[str, int]]:
    """How many instructions the engine carries out, and how often it is asked for something, while the block runs."""
    told, connect = {"instructions": 0, "asked": 0}, sqlite.connect

    def count(what: str, more: int) -> int:
        told[what] += more
        return 0

    def counted(*args: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*args, **options)
        connection.set_progress_handler(lambda: count("instructions", EVERY), EVERY)
        connection.set_trace_callback(lambda sql: count("asked", sql.lstrip().startswith("SELECT")))
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "connect", counted)
        yield told


def merged(folder: Path, count: int) -> dict[str, int]:
    """What it takes to merge a file of so many closed problems that a copy loaded."""
    folder.mkdir()
    copies = Copies(lay(folder / "home.db"), folder)
    copies.clone("b")
    seed = folder / "more.yaml"
    rows = [
        f"  - {{key: k{at}, team: '1', enterprise: 甲厂, text: 缺第{at}样, closed: {{how: 有了, on: 2020-03-12}}}}\n"
        for at in range(count)
    ]
    seed.write_text(f"as_of: 2020-03-12\nproblems:\n{''.join(rows)}", encoding="utf-8")
    copies("b", "load", str(seed))
    bundle = copies.bundle("b")
    with counting() as told:
        copies("home", "merge", bundle)
    assert copies.rows("home", "SELECT count(*) FROM problem WHERE key LIKE 'k%'") == [(count,)]
    assert copies.whole("home") == []
    return told


@pytest.mark.on_a_file
def test_the_steps_of_a_merge_grow_with_what_comes(tmp_path: Path, fugong: Run, engine: str) -> None:
    del fugong, engine
    few, more, most = (merged(tmp_path / str(count), count) for count in (40, 120, 280))
    first, then = (two["instructions"] - one["instructions"] for one, two in ((few, more), (more, most)))
    assert 1.8 < then / first < 2.2, (few, more, most)  # twice as many more: their squares would be five
    assert most["asked"] - few["asked"] < (280 - 40) / 10, (few, more, most)
