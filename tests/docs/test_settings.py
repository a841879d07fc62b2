"""docs/settings.md and ``fugong help settings`` name every environment variable that the program reads."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fugong import config
from fugong.commands.frame.settings_page import SETTINGS, VARIABLES
from fugong.store.settings import DEFAULTS

ROOT = Path(__file__).parents[2]
BELOW = {"NO_COLOR", "COLUMNS", "TMPDIR", "PGPASSFILE"} | {f"XDG_{each}_HOME" for each in ("DATA", "CONFIG", "STATE")}
"""What is read by that which the program stands on: Typer, Rich, platformdirs, Python, PostgreSQL's library."""


def looked_up(node: ast.AST) -> ast.expr | None:
    """What is asked of the environment: ``environ.get(…)``, ``environ[…]``, ``… in environ``; ``env`` is its copy."""

    def is_environment(told: ast.expr) -> bool:
        return ast.unparse(told) in ("os.environ", "environ", "env")

    match node:
        case ast.Call(func=ast.Attribute(value=whole, attr="get" | "pop" | "setdefault"), args=[name, *_]):
            return name if is_environment(whole) else None
        case ast.Call(func=ast.Attribute(attr="getenv"), args=[name, *_]):
            return name
        case ast.Subscript(value=whole, slice=name, ctx=ast.Load()):
            return name if is_environment(whole) else None
        case ast.Compare(left=name, ops=[ast.In() | ast.NotIn()], comparators=[whole]):
            return name if is_environment(whole) else None
    return None


def constants(tree: ast.Module) -> dict[str, object]:
    """The names that a file gives to constants."""
    given: dict[str, object] = {}
    for each in tree.body:
        if isinstance(each, ast.Assign):
            for target in each.targets:
                pairs = (
                    zip(target.elts, each.value.elts, strict=True)
                    if isinstance(target, ast.Tuple) and isinstance(each.value, ast.Tuple)
                    else [(target, each.value)]
                )
                given |= {ast.unparse(name): value.value for name, value in pairs if isinstance(value, ast.Constant)}
    return given


def read_in(source: str) -> Iterator[str]:
    """The variables that a file reads; those with _ in front are between the program and a shell."""
    if not any(word in source for word in ("environ", "getenv", "env.get")):
        return
    tree = ast.parse(source)
    known = constants(tree)
    for node in ast.walk(tree):
        if (name := looked_up(node)) is not None:
            said = name.value if isinstance(name, ast.Constant) else known[ast.unparse(name)]
            if not str(said).startswith("_"):
                yield str(said)


def test_every_variable_that_the_code_reads_is_on_the_page_and_no_other() -> None:
    read = {name for path in (ROOT / "src").rglob("*.py") for name in read_in(path.read_text(encoding="utf-8"))}
    assert read | BELOW == set(VARIABLES)
    assert not read & BELOW


def test_every_setting_of_a_store_is_on_the_page_with_its_default() -> None:
    assert list(SETTINGS) == list(DEFAULTS)
    for name, default in DEFAULTS.items():
        assert (default or "default none") in SETTINGS[name].en


@pytest.mark.parametrize(
    "source",
    ["os.environ.get('NEW')", "NEW = 'NEW'\nos.environ[NEW]", "A, B = 'a', 'NEW'\nenv.get(B)", "'NEW' in os.environ"],
)
def test_however_a_variable_is_read_it_is_found(source: str) -> None:
    assert list(read_in(source)) == ["NEW"]


@pytest.mark.skipif(sys.platform != "linux", reason="they are folders of Linux")
def test_the_folders_are_where_the_page_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for kind, place in (("CONFIG", config.settings_file), ("STATE", config.crash_folder)):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
        assert place().is_relative_to(tmp_path / kind)
