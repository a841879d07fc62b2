"""The table of commands in cli.py names every command that the modules of ``commands`` have, and no other."""

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
import typer.main
from making import helps
from tests.county import lay

from fugong import commands
from fugong.cli import NOUNS, VERBS
from fugong.commands.frame import helps as table

MODULES = {
    found.name: importlib.import_module(f"fugong.commands.{found.name}")
    for found in pkgutil.iter_modules(commands.__path__)
}


@pytest.mark.one_engine
def test_the_page_of_all_commands_says_what_each_says_of_itself() -> None:
    """To be made anew by ``python docs/generate.py``."""
    assert helps.source() == Path(table.__file__).read_text(encoding="utf-8")


@pytest.mark.one_engine
@pytest.mark.parametrize("look", ["app.commands.helps()", "app.shell_complete(app.make_context('fugong', ['x']), '')"])
def test_the_page_of_all_commands_and_completing_one_import_none_of_them(look: str) -> None:
    code = (
        "import sys, typer.main, fugong.cli; from fugong.commands.frame.run import Run; "
        f"app = typer.main.get_command(fugong.cli.app); {look.replace('])', '], obj=Run())')}; print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert {f"fugong.commands.{name}" for name in MODULES if name != "frame"} & set(loaded) == set()


@pytest.mark.parametrize("module", VERBS)
def test_every_verb_of_a_module_is_in_the_table(module: str) -> None:
    registered = MODULES[module].app.registered_commands
    names = {info.name or typer.main.get_command_name(info.callback.__name__) for info in registered}
    assert names == set(VERBS[module])


def test_every_module_that_has_commands_is_reached_from_the_table() -> None:
    reached = [MODULES[name].app for name in (*VERBS, *NOUNS)]
    having = {name: each.app for name, each in MODULES.items() if isinstance(getattr(each, "app", None), typer.Typer)}
    commands = [info for app in reached for info in app.registered_commands]  # those it includes as well
    assert {"backup", "bundle"} <= {info.callback.__name__ for info in commands}
    assert [name for name, app in having.items() if any(each not in commands for each in app.registered_commands)] == []


def test_a_command_line_imports_the_module_of_its_own_command_only() -> None:
    asked = "import sys, fugong.cli as cli; cli.Parts(cli.VERBS, cli.NOUNS)['progress']; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, encoding="utf-8", check=True).stdout
    assert "fugong.commands.report" in loaded.split()
    assert not {"fugong.commands.problem", "fugong.commands.import_", "fugong.commands.figure"} & set(loaded.split())


LOADED = """
import sys
from fugong import cli
try:
    cli.main()
finally:
    print(*sys.modules, file=sys.stderr)
"""
NEEDLESS = {
    "sqlmodel", "sqlalchemy", "pydantic", "rich", "csv", "calendar", "pkgutil", "hashlib", "decimal",
    "fugong.domain.history", "fugong.domain.writer", "fugong.store.tables", "fugong.store.postgresql",
    "fugong.commands.problem", "fugong.commands.frame.examples", "fugong.imports", "fugong.results.paper",
    "fugong.output.terminal", "fugong.vocab.importing", "fugong.vocab.keeping",
}  # fmt: skip
"""What nobody needs who only looks, in a pipe."""
MORE = {"list": {"json", "fugong.errors.rules"}, "progress": {"json", "fugong.errors.rules", "fugong.queries.names"}}
"""What these two do not need either."""


@pytest.mark.parametrize("verb", ["list", "progress", "show 1-1", "summary", "today", "find 口罩"])
@pytest.mark.on_a_file
def test_looking_imports_nothing_that_only_writing_or_drawing_needs(store: Path, verb: str) -> None:
    lay(store)
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *verb.split()], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout
    assert (NEEDLESS | MORE.get(verb, set())) & set(done.stderr.split()) == set()
