"""An import of any size is taken back in steps that grow with its rows, not with their square: trials §1.15."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import lay
from tests.imports.sheets import comma

from fugong.store import sqlite

HEADER = ["企业", "问题", "发现日期", "责任单位", "进展情况"]
EVERY = 50
"""After how many of its instructions the engine is asked to count."""


@contextmanager
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """How many instructions the engine carries out, and how many statements it is given, while the block runs."""
    told, connect = {"instructions": 0, "statements": 0}, sqlite.connect

    def count(what: str, more: int) -> int:
        told[what] += more
        return 0

    def counted(*args: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*args, **options)
        connection.set_progress_handler(lambda: count("instructions", EVERY), EVERY)
        connection.set_trace_callback(lambda _: count("statements", 1))
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "connect", counted)
        yield told


def taken_back(fugong: Run, folder: Path, count: int, patch: pytest.MonkeyPatch) -> dict[str, int]:
    """What it takes to take back an import of so many problems, each with a note."""
    store = lay(folder / f"{count}.db")
    rows = [[("甲厂", "丙丁铸造")[at % 2], f"问题{at}", "2020-03-05", "工信局", "已联系"] for at in range(count)]
    sheet = str(comma(folder / f"{count}.csv", [HEADER, *rows]))
    assert fugong("--store", str(store), "import", sheet).exit_code == 0
    with counting(patch) as told:
        assert fugong("--store", str(store), "undo").exit_code == 0
    left = fugong("--store", str(store), "list", "--status", "all", "--text", "问题", "--format", "json").stdout
    assert left.count('"status": "void"') == count
    return told


@pytest.mark.on_a_file
def test_the_steps_of_taking_an_import_back_grow_with_its_rows(
    tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, more, most = (taken_back(fugong, tmp_path, count, monkeypatch) for count in (40, 120, 280))
    for what in ("instructions", "statements"):
        first, then = more[what] - few[what], most[what] - more[what]
        assert 1.9 < then / first < 2.1, (what, few, more, most)  # twice as many rows more: their squares would be five
