"""The tables are the one definition of the store; what runs is compiled from them."""

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from making import records as compiling
from sqlmodel import SQLModel
from tests.conftest import Run
from tests.county import lay

from fugong import models
from fugong.store import records, tables

MODULES = sorted(found.name for found in pkgutil.iter_modules(tables.__path__))

ALONE = """
import importlib, os, sys, traceback
from sqlalchemy.orm import configure_mappers
from sqlmodel import SQLModel
for name in sys.argv[1:]:
    child = os.fork()
    if not child:
        try:
            importlib.import_module(f"fugong.store.tables.{name}")
            configure_mappers()
            [key.column.table.name for table in SQLModel.metadata.tables.values() for key in table.foreign_keys]
        except BaseException:
            traceback.print_exc()
        os._exit(0)
    os.waitpid(child, 0)
"""
"""Each module in a process of its own, in which the libraries are there already."""


def _python(script: str, *argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", script, *argv], capture_output=True, encoding="utf-8", check=False)


def test_a_module_of_tables_brings_all_that_its_tables_refer_to() -> None:
    alone = _python(ALONE, *MODULES)
    assert (alone.returncode, alone.stderr) == (0, "")


def test_models_gathers_every_table() -> None:
    for module in MODULES:
        importlib.import_module(f"fugong.store.tables.{module}")
    gathered = {getattr(getattr(models, name), "__tablename__", None) for name in models.__all__}
    assert set(SQLModel.metadata.tables) <= gathered


def test_the_records_are_those_that_the_tables_say() -> None:
    assert Path(records.__file__).read_text(encoding="utf-8") == compiling.source()


IMPORTED = """
import sys
from fugong import cli
try:
    cli.main()
finally:
    print(*sys.modules, file=sys.stderr)
"""
NEEDLESS = {
    "sqlalchemy", "sqlmodel", "pydantic", "rich",
    "fugong.store.postgresql",  # a store in a file
    "fugong.domain.merging.folding", "fugong.domain.publishing", "fugong.queries.past",  # as it was on another day
    "fugong.imports.plan", "fugong.imports.cells", "fugong.commands.frame.examples", "shlex",  # what is only told of
    "fugong.values.quantities", "decimal",  # how much of something, which none of these lines says
    "fugong.vocab.importing", "fugong.vocab.keeping", "fugong.vocab.reporting",
}  # fmt: skip
"""What no everyday write needs: each of these was a hundredth of it at least, or brought what was."""

EVERY_DAY = (
    ("log", "甲厂", "缺少口罩", "--due", "7wd"),
    ("note", "1-1", "已联系"),
    ("assign", "1-1", "-d", "工信局", "--due", "3d"),
    ("edit", "1-1", "--major"),
    ("close", "1-1", "--how", "已解决"),
    ("nil", "--team", "1"),
    ("enterprise", "stage", "甲厂", "full"),
    ("support", "add", "甲厂", "物资", "送口罩"),
    ("outreach", "add", "甲厂", "标语", "贴标语"),
    ("inspection", "add", "甲厂", "--pass-rest"),
    ("milestone", "add", "甲厂", "党支部"),
    ("reopen", "1-2", "--why", "没有解决"),
    ("verify", "1-2", "--ok"),
    ("void", "1-1", "--why", "误登"),
    ("chase", "1-3", "--by", "电话"),
    ("extend", "1-3", "--to", "30d", "--why", "等设备"),
    ("bounce", "1-3", "--why", "不归我管"),
    ("undo",),
)


@pytest.mark.on_a_file
@pytest.mark.parametrize("argv", EVERY_DAY, ids=" ".join)
def test_what_is_written_every_day_loads_no_more_than_it_needs(store: Path, argv: tuple[str, ...], fugong: Run) -> None:
    lay(store)
    fugong("assign", "1-3", "-d", "工信局", "--due", "1d")
    done = _python(IMPORTED, *argv)
    assert done.returncode == 0, done.stderr
    assert NEEDLESS & set(done.stderr.split()) == set()


@pytest.mark.on_a_file
@pytest.mark.parametrize("argv", [("store", "backup"), ("store", "bundle", "all.bundle", "--all")], ids=" ".join)
def test_what_is_copied_every_night_declares_no_tables(
    store: Path, tmp_path: Path, argv: tuple[str, ...], fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(store)
    monkeypatch.chdir(tmp_path)
    done = _python(IMPORTED, *argv)
    assert done.returncode == 0, done.stderr
    assert {"sqlalchemy", "sqlmodel", "pydantic"} & set(done.stderr.split()) == set()
