"""Wheel and sdist, built twice in two places and compared."""

import os
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Commit:
    """What a release is made of."""

    root: Path
    """The folder of the checkout."""
    date: int
    """When it was committed, in seconds since 1970: the date of everything that is made."""

    @classmethod
    def checked_out(cls, root: Path) -> "Commit":
        """The commit that a checkout stands on.

        Raises:
            SystemExit: Files differ from it: nobody could make the same again.
        """
        if changed := _git(root, "status", "--porcelain", "--untracked-files=no"):
            sys.exit(f"commit first, a release is made from a commit:\n{changed}")
        return cls(root, int(_git(root, "log", "-1", "--format=%ct")))

    def lay(self, folder: Path) -> Path:
        """Its files in a new folder, without anything that lies about in the checkout."""
        packed = folder / "tree.tar"
        _git(self.root, "archive", "-o", str(packed), "HEAD")
        tree = folder / "tree"
        with tarfile.open(packed) as archive:
            archive.extractall(tree, filter="data")
        packed.unlink()
        return tree


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *words], check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()


def build(commit: Commit, out: Path, scratch: Path) -> list[Path]:
    """Build wheel and sdist; they are tried by the tools of those who publish packages.

    Raises:
        SystemExit: Two builds differ, or a tool objects.
    """
    once, again = (_built(commit, scratch / name) for name in ("once", "again"))
    for first, second in zip(once, again, strict=True):
        if (first.name, first.read_bytes()) != (second.name, second.read_bytes()):
            sys.exit(f"{first.name} is not the same when it is built again")
    made = [path.rename(out / path.name) for path in once]
    _run("twine", "check", "--strict", *map(str, made))
    _run("check_wheel_contents", *(str(path) for path in made if path.suffix == ".whl"))
    return made


def _built(commit: Commit, folder: Path) -> list[Path]:
    folder.mkdir()
    tree, dist = commit.lay(folder), folder / "dist"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(commit.date)}
    _run("build", "--no-isolation", "--outdir", str(dist), str(tree), env=environment)
    return sorted(dist.iterdir())


def _run(module: str, *words: str, env: dict[str, str] | None = None) -> None:
    """Run a tool of this environment; what it says is shown only if it fails."""
    done = subprocess.run([sys.executable, "-m", module, *words], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{module} objects:\n{done.stdout}{done.stderr}")
