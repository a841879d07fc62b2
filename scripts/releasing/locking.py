"""Which files a system needs: resolved for it and not for this machine, downloaded, and pinned by their digests."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name, parse_wheel_filename

from releasing.sums import digest


@dataclass(frozen=True)
class Platform:
    """A kind of machine that a release is for."""

    name: str
    """What it is called in the names of files."""
    resolved: str
    """What ``uv pip compile --python-platform`` calls it."""
    tags: Sequence[str]
    """What wheels for it may be called, the newest first."""

    @property
    def windows(self) -> bool:
        """Whether it has install.cmd and not install.sh."""
        return self.name.startswith("win")


def _linux(machine: str) -> Platform:
    tags = [f"manylinux_2_{minor}_{machine}" for minor in range(28, 16, -1)]
    return Platform(f"manylinux_{machine}", f"{machine}-manylinux_2_28", [*tags, f"manylinux2014_{machine}"])


PLATFORMS = (
    Platform("win_amd64", "x86_64-pc-windows-msvc", ["win_amd64"]),
    Platform("macos_arm64", "aarch64-apple-darwin", ["macosx_14_0_arm64"]),
    _linux("x86_64"),
    _linux("aarch64"),
)


def wheels(tree: Path, platform: Platform, python: str, folder: Path) -> list[Path]:
    """The wheels that the program needs on a machine, all extras of its users included, but for its own.

    ``pip download`` asks markers of the machine that it runs on, and would leave colorama out for Windows: what is
    needed is resolved by uv, and pip fetches exactly that.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Path(scratch) / "wanted.txt"
        wanted.write_text("\n".join(_resolved(tree, platform, python)), encoding="utf-8")
        tags = [word for tag in platform.tags for word in ("--platform", tag)]
        before = set(folder.iterdir())
        _run(
            *("pip", "download", "-q", "--no-deps", "--only-binary=:all:", "--require-hashes", "--implementation=cp"),
            *("--python-version", python, *tags, "-r", str(wanted), "-d", scratch),
        )
        fetched = sorted(path for path in Path(scratch).iterdir() if path.suffix == ".whl")
        for path in fetched:
            if folder / path.name not in before:
                (folder / path.name).write_bytes(path.read_bytes())
    return [folder / path.name for path in fetched]


def _resolved(tree: Path, platform: Platform, python: str) -> Iterator[str]:
    """The versions, and what may be taken for them: of known ones where constraints.txt knows them."""
    command = ("uv", "pip", "compile", "-q", "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url")
    where = ("--python-platform", platform.resolved, "--python-version", python)
    extras = (word for extra in EXTRAS for word in ("--extra", extra))
    said = _run(*command, *where, *extras, "-c", "constraints.txt", "pyproject.toml", cwd=tree)
    yield from said.splitlines()


EXTRAS = ("postgresql",)
"""The extras that a kit brings along, so that nobody needs an index later."""


def pip(folder: Path) -> Path:
    """The wheel of pip itself, which installs on machines that have Python without it."""
    _run("pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", str(folder), f"pip=={_version('pip')}")
    return next(folder.glob("pip-*.whl"))


def _version(name: str) -> str:
    from importlib.metadata import version

    return version(name)


def pinned(chosen: Sequence[Path]) -> str:
    """Requirements that allow these files and no others."""
    lines = []
    for path in chosen:
        name, version, _, _ = parse_wheel_filename(path.name)
        lines.append(f"{canonicalize_name(name)}=={version} --hash=sha256:{digest(path.read_bytes())}\n")
    return "".join(sorted(lines))


def pythons(classifiers: Sequence[str]) -> list[str]:
    """The versions of Python that the project says it runs on."""
    found = (re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", each) for each in classifiers)
    return [each[1] for each in found if each]


def _run(module: str, *words: str, cwd: Path | None = None) -> str:
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join((module, *words))}\n{done.stdout}{done.stderr}")
    return done.stdout
