"""A command declares and maps the tables that it needs; the modules that have them stand by themselves."""

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import SQLModel
from tests.county import lay

from fugong import models
from fugong.store import tables

MODULES = sorted(found.name for found in pkgutil.iter_modules(tables.__path__))

ALONE = """
import importlib, sys
from sqlalchemy.orm import configure_mappers
from sqlmodel import SQLModel
importlib.import_module(sys.argv[1])
configure_mappers()
print(*(key.column.table.name for table in SQLModel.metadata.tables.values() for key in table.foreign_keys))
"""

DECLARED = """
import sys
from fugong import cli
try:
    cli.main()
finally:
    from sqlmodel import SQLModel
    print(*sorted(SQLModel.metadata.tables), file=sys.stderr)
"""

TO_LOG = [
    "assignment", "batch", "bounce", "department", "department_alias", "enterprise", "enterprise_alias", "event",
    "problem", "problem_assist", "stage_change", "team", "term",
]  # fmt: skip


def _python(script: str, *argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", script, *argv], capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_of_tables_brings_all_that_its_tables_refer_to(module: str) -> None:
    alone = _python(ALONE, f"fugong.store.tables.{module}")
    assert (alone.returncode, alone.stderr) == (0, "")


def test_models_gathers_every_table() -> None:
    for module in MODULES:
        importlib.import_module(f"fugong.store.tables.{module}")
    gathered = {getattr(getattr(models, name), "__tablename__", None) for name in models.__all__}
    assert set(SQLModel.metadata.tables) <= gathered


@pytest.mark.parametrize("argv", [("log", "甲厂", "缺少口罩"), ("close", "1-1", "--how", "已解决")])
def test_to_log_or_close_declares_the_tables_that_a_problem_is_about(store: Path, argv: tuple[str, ...]) -> None:
    lay(store)
    done = _python(DECLARED, *argv)
    assert (done.returncode, done.stderr.splitlines()[-1].split()) == (0, TO_LOG), done.stderr
