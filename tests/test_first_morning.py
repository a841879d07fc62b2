"""The first morning, as the README has it: from nothing to a table of progress by commands alone."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TREE = ("pyproject.toml", "README.md", "LICENSE", "src", "data", "share")


def morning() -> str:
    """The lines of the README, one a command."""
    (lines,) = re.findall(
        r"## 第一个早上\n.*?```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    return str(lines)


def spent(program: str, tmp_path: Path) -> str:
    """What was said while a new user typed these lines in a folder of their own, in a machine of their own."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "fugong").write_text(f'#!/bin/sh\nexec {program} -m fugong "$@"\n', encoding="utf-8")
    (programs / "fugong").chmod(0o755)
    desk = tmp_path / "desk"
    desk.mkdir()
    env = {"PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(tmp_path / "home"), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["sh", "-ex"], input=morning(), cwd=desk, env=env, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert (desk / "试用.db").exists()
    return done.stdout


def table(said: str) -> list[list[str]]:
    """The rows of the table of progress in it."""
    return [line.split("\t") for line in said.splitlines() if line.count("\t") > 8]


def must_have_come_to_a_table(said: str) -> None:
    """Hold what was said to what was typed: two problems found, one of them closed, one firm resumed."""
    heads, *rows = table(said)
    total = dict(zip(heads, next(row for row in rows if row[0] == "合计"), strict=True))
    assert [total[head] for head in ("发现", "解决", "正在解决", "已复工")] == ["2", "1", "1", "1"]
    assert [row[1] for row in rows[:3]] == ["第一帮扶组", "第二帮扶组", "第三帮扶组"]


def test_from_nothing_to_a_table_by_commands_alone(tmp_path: Path) -> None:
    must_have_come_to_a_table(spent(sys.executable, tmp_path))


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A Python that has nothing of this tree but the wheel that it makes."""
    if not find_spec("hatchling"):
        pytest.skip("hatchling is not installed here")
    tree = tmp_path / "tree"
    for name in TREE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            tree.mkdir(exist_ok=True)
            shutil.copy(source, tree / name)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"], cwd=tree, check=True, capture_output=True
    )
    (wheel,) = (tree / "dist").glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "环境")], check=True)
    (packages,) = (tmp_path / "环境" / "lib").glob("python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    others = [each for each in sys.path if each.endswith("site-packages") and not list(Path(each).glob("_fugong*.pth"))]
    (packages / "others.pth").write_text("\n".join(others), encoding="utf-8")
    return tmp_path / "环境" / "bin" / "python"


def test_from_a_wheel_alone_it_is_the_same(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [str(installed), "-c", "import fugong; print(fugong.__file__)"],
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    assert "环境" in where
    must_have_come_to_a_table(spent(str(installed), tmp_path))
