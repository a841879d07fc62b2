"""The short run: the program starts, and what goes into it comes out again through every door.

``.ci/run`` takes it a second time with the versions of ``constraints.txt``, where the whole suite would say the same.
"""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import fingerprint

from fugong import __version__

SEED = Path(__file__).parent.parent / "data" / "seed.yaml"
FIRM = "临汾万鑫达焦化有限责任公司"


def test_the_program_starts_as_a_process() -> None:
    done = subprocess.run([sys.executable, "-m", "fugong", "--version"], capture_output=True, text=True, check=True)
    assert __version__ in done.stdout


@pytest.mark.on_a_file
def test_every_table_of_a_new_store_is_strict(empty_store: Path) -> None:
    """SQLAlchemy passes over what it does not know of: before 2.0.37, that a table is strict."""
    with closing(sqlite3.connect(empty_store)) as connection:
        loose = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
        assert [name for (name,) in connection.execute(loose) if not name.startswith("sqlite_")] == []


@pytest.fixture
def second(engine: str, tmp_path: Path) -> str:
    """A place for another store on the same engine."""
    if engine == "sqlite":
        return str(tmp_path / "second.db")
    from tests.postgres import server

    return server().url(server().database())


def test_what_goes_in_comes_out_through_every_door(store: Path, second: str, tmp_path: Path, fugong: Run) -> None:
    def said(*argv: str) -> str:
        result = fugong(*argv)
        assert result.exit_code == 0, result.output
        return result.stdout

    said("load", str(SEED))
    logged = said("log", FIRM, "口罩不足三天", "--department", "工信局", "--due", "7wd")
    assert logged.split() == ["1-5", FIRM, "口罩不足三天"]
    said("close", "1-5", "--how", "调配口罩500只")
    listed = said("list", "--status", "all", "--format", "json")
    assert "调配口罩500只" in listed
    progress = said("progress")
    assert "第一帮扶组" in progress

    before = fingerprint(store)
    for name in ("ledger.xlsx", "ledger.csv"):
        said("export", "ledger", "-o", str(tmp_path / name))
        assert "新增 0，更新 0，不变 12，拒绝 0" in fugong("import", str(tmp_path / name)).stderr
    said("report", "-o", str(tmp_path / "report.html"))
    assert fingerprint(store) == before

    said("store", "export", str(tmp_path / "store.jsonl"))
    said("--store", second, "store", "import", str(tmp_path / "store.jsonl"))
    said("--store", second, "store", "check")
    assert said("--store", second, "list", "--status", "all", "--format", "json") == listed
    assert said("--store", second, "progress") == progress
