"""What pyproject.toml says of other libraries is what the program needs of them."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import fugong

SOURCES = Path(fugong.__file__).parent
PROJECT = tomllib.loads((SOURCES.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OWNERS = packages_distributions()
EXTRAS = ("bench", "dev", "release")
"""What a user never needs."""
TWINS = {"pydantic-core": "pydantic"}
"""What another library brings in exactly one version."""
INTERNALS = {"xlsxwriter": ("row_info", "row_sizes", "row_data_fh")}
"""Names without an underscore that no page of a library tells of, all the same used here."""


def requirements() -> dict[str, Requirement]:
    """What the program and its extras ask for, by name."""
    extras = [each for extra, said in PROJECT["optional-dependencies"].items() if extra not in EXTRAS for each in said]
    asked = map(Requirement, [*PROJECT["dependencies"], *extras])
    return {canonicalize_name(each.name): each for each in asked if each.name != "fugong"}


def imports() -> Iterator[tuple[str, Path]]:
    """Every module of a library that is imported anywhere, and where."""
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((alias.name, path) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield from ((f"{node.module}.{alias.name}", path) for alias in node.names)


def distribution(module: str) -> str:
    """The name under which a module is to be had; empty for Python's own and ours."""
    top = module.partition(".")[0]
    if top == "fugong" or top in sys.stdlib_module_names:
        return ""
    name = canonicalize_name(OWNERS[top][0])
    return TWINS.get(name, name)


def narrow(requirement: Requirement) -> bool:
    """Whether a requirement ends with a minor version that is known: ``<0.29``, and not ``<4``."""
    return any(each.operator == "<" and each.version.count(".") == 1 for each in requirement.specifier)


def test_whatever_is_imported_is_asked_for_by_name() -> None:
    asked = requirements()
    assert {name for module, _ in imports() if (name := distribution(module))} - set(asked) == set()


def test_every_library_has_a_lowest_version() -> None:
    without = [name for name, each in requirements().items() if not any(it.operator == ">=" for it in each.specifier)]
    assert without == []


def test_internals_of_a_library_are_used_under_a_narrow_bound_alone() -> None:
    asked = requirements()
    private = {
        name
        for module, _ in imports()
        if (name := distribution(module)) and any(part.startswith("_") for part in module.split("."))
    }
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    private |= {name for name, words in INTERNALS.items() if any(f".{word}" in sources for word in words)}
    assert {name for name in private if not narrow(asked[name])} == set()
    assert private >= {"typer", "xlsxwriter"}
