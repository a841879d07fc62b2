"""Fixtures for all tests: a store of one's own, a fixed day, and no way to the real one."""

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest
from tests import drawing
from tests.county import lay, nothing
from typer import testing
from typer.testing import CliRunner, Result

from fugong import config, db
from fugong.domain.writer import Writer

DAY = "2020-03-13"
"""Today in every test: the Friday after the seed's cut-off."""


@pytest.fixture(autouse=True)
def _isolation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads the machine's settings, and none can reach the user's own store or crash folder."""
    for name in [name for name in os.environ if name.startswith("FUGONG_")]:
        monkeypatch.delenv(name)
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("FUGONG_TODAY", DAY)
    monkeypatch.setenv("FUGONG_ACTOR", "tester")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(config, "default_store", _unreachable)


def _unreachable() -> Path:
    message = "a test reached for the user's own store: give it one with FUGONG_STORE or --store"
    raise AssertionError(message)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=("sqlite", "postgresql", "both"), default="both", help="where stores are kept")
    parser.addoption("--thorough", action="store_true", help="all parameters on both engines, and all draws, as in CI")


def pytest_configure(config: pytest.Config) -> None:
    soaking = config.getoption("markexpr") == "soak"
    drawing.begin(thorough=config.getoption("--thorough"), anew=soaking)
    if soaking:  # its command lines are all of one language, and building their commands took a quarter of it
        build = testing._get_command  # type: ignore[attr-defined]  # what its runner calls
        testing._get_command = functools.cache(build)  # type: ignore[attr-defined]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep one set of a test's parameters on the second engine; CI (``--thorough``) does so where they are words alone.

    The statements of a test are the same for each set, and so is what an engine makes of them. Those marked
    ``each_on_both`` try something else of the engine with each, those marked ``words`` never do: what is refused before
    anything is asked of the store, how one answer is written, one more attribute of the same form, one more act that is
    stored as others are. Who names an engine or a test's id gets all of it.
    """
    if config.getoption("--engine") != "both" or any("::" in it for it in config.args):
        return
    marks = ("words",) if config.getoption("--thorough") else ()
    met, kept, left = set[str](), list[pytest.Item](), list[pytest.Item]()
    for item in items:
        name = item.nodeid.partition("[")[0] if _on_a_server(item, *marks) else ""
        (left if name in met else kept).append(item)
        met.update([name] if name else [])
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def _on_a_server(item: pytest.Item, *marks: str) -> bool:
    """Whether a test is on the second engine, has these marks, and its parameters differ in words alone."""
    return (
        isinstance(item, pytest.Function)
        and hasattr(item, "callspec")
        and item.callspec.params.get("engine") == "postgresql"
        and not item.get_closest_marker("each_on_both")
        and all(map(item.get_closest_marker, marks))
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that has a store on both engines.

    Not so those marked ``on_a_file``, which are about the file itself, nor those marked ``one_engine``: the longest
    walk through every command line, or draw files that are refused before a store is opened.
    """
    if "engine" not in metafunc.fixturenames:
        return
    portable = not any(metafunc.definition.get_closest_marker(name) for name in ("on_a_file", "one_engine"))
    chosen = metafunc.config.getoption("--engine") if portable else "sqlite"
    metafunc.parametrize("engine", ENGINES if chosen == "both" else [chosen], indirect=True)


def pytest_sessionfinish() -> None:
    if "tests.postgres" in sys.modules:
        sys.modules["tests.postgres"].stop()


ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """The engine that keeps this test's store."""
    return str(request.param)


@pytest.fixture
def store(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where this test's store is, on each engine in turn; nothing is there yet. Commands use it by themselves.

    On PostgreSQL it is the URL of an empty database, of which tests use what it shares with a path: its text.
    """
    if engine == "sqlite":
        path = tmp_path / "store.db"
        monkeypatch.setenv("FUGONG_STORE", str(path))
        yield path
        return
    from tests.postgres import server

    database = server().database()
    url = server().url(database)
    monkeypatch.setenv("FUGONG_STORE", url)
    yield cast("Path", url)
    server().drop(database)


@pytest.fixture
def empty_store(store: Path) -> Path:
    """A new store without any record."""
    return lay(store, nothing)


Run = Callable[..., Result]


@pytest.fixture
def fugong() -> Run:
    """Run a command line in this process: ``fugong("close", "1-1", "--how", "…")``."""
    from fugong.cli import app

    def run(*argv: str, **env: str) -> Result:
        return CliRunner().invoke(app, list(argv), env=env, prog_name="fugong", catch_exceptions=False)

    return run


@contextmanager
def command(
    store: Path | str, verb: str = "test", *, moment: str = "2020-03-13T04:00:00+00:00", actor: str = "tester"
) -> Iterator[Writer]:
    """One command's writer over a store, committed at the end of the block."""
    with db.writing(str(store)) as session:
        yield Writer.opened(session, verb=verb, actor=actor, moment=datetime.fromisoformat(moment))
