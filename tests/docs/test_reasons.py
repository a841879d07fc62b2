"""Exceptions say why they are made, and the versions that are known to work together are those of everything."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name
from packaging.version import Version
from tests.worked import ROOT

PRAGMA = re.compile(r"# (?:ruff: )?(?:noqa|type: ignore)\b\S*(?: [A-Z]+\d+,?)*(.*)")


def test_every_exception_from_a_check_says_why() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "src").rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (found := PRAGMA.search(line)) and not re.fullmatch(r"  (\(.{4,}\)|# .{4,})", found[1])
    ]
    assert silent == []


def test_constraints_pin_all_that_the_newcomers_command_installs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["dev"], *extras["postgresql"]]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {canonicalize_name(name): pin for name, _, pin in (line.partition("==") for line in lines) if pin}
    if any(Version(version(Requirement(each).name)) < Version(pinned[_name(each)]) for each in project["dependencies"]):
        pytest.skip("older versions than the newcomer's command installs are here, and need other packages")
    wanted: set[str] = set()
    while asked:
        requirement = Requirement(asked.pop())
        name = canonicalize_name(requirement.name)
        if name in wanted or name == "fugong" or not _here(requirement):
            continue
        wanted.add(name)
        try:
            asked += requires(name) or []
        except PackageNotFoundError:  # of another system
            wanted.discard(name)
    assert wanted - pinned.keys() == set()


def _name(requirement: str) -> NormalizedName:
    return canonicalize_name(Requirement(requirement).name)


def _here(requirement: Requirement) -> bool:
    """Whether a requirement is for this machine and no extra of its package."""
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})
