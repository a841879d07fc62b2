"""Make everything: see scripts/release, which prepares the tools and starts this."""

import argparse
import sys
import tempfile
import tomllib
from pathlib import Path

from packaging.utils import parse_wheel_filename

from releasing import archives, kits, locking, notes, packages, sbom, sums, windows
from releasing.packages import Commit

NAME = "fugong"
ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Read the command line, make the artefacts, say what was made."""
    asked = _asked()
    out: Path = asked.out
    out.mkdir(parents=True, exist_ok=True)
    if list(out.iterdir()):
        sys.exit(f"{out} is not empty")
    commit = Commit.checked_out(ROOT)
    with tempfile.TemporaryDirectory() as scratch:
        for path in sorted(_made(commit, asked, out, Path(scratch))):
            print(path.name)
    listed = sums.write(out, list(out.iterdir()))
    print(listed.name)
    if asked.sign:
        print(sums.sign(listed, asked.sign).name)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/release", description="Make all artefacts of a release.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="an empty folder; default: dist")
    parser.add_argument("--embed", type=Path, help="Python's embeddable package for Windows, for the zip")
    parser.add_argument("--embed-sha256", help="its SHA-256, as Python's own page of downloads gives it")
    parser.add_argument("--sign", type=Path, help="a private key of OpenSSH to sign SHA256SUMS with; it is not kept")
    asked = parser.parse_args()
    if bool(asked.embed) != bool(asked.embed_sha256):
        parser.error("--embed and --embed-sha256 go together")
    return asked


def _made(commit: Commit, asked: argparse.Namespace, out: Path, scratch: Path) -> list[Path]:
    """Everything but the list of digests."""
    own, sdist = sorted(packages.build(commit, out, scratch), key=lambda path: path.suffix != ".whl")
    version = str(parse_wheel_filename(own.name)[1])
    tree = commit.lay(scratch)
    pip, made, brought = locking.pip(scratch), [own, sdist], {own.name: own}
    for platform in locking.PLATFORMS:
        chosen = {
            python: [own, *locking.wheels(tree, platform, python, scratch / platform.name)] for python in _pythons(tree)
        }
        top = f"{NAME}-{version}-kit-{platform.name}"
        made.append(out / f"{top}{'.zip' if platform.windows else '.tar.gz'}")
        archives.write(made[-1], kits.files(platform, chosen, pip, top), date=commit.date)
        brought |= {path.name: path for paths in (*chosen.values(), [pip]) for path in paths}
    python = None
    if asked.embed:
        version_of_python, files = windows.embedded(asked.embed, asked.embed_sha256)
        wheels = [own, *locking.wheels(tree, locking.PLATFORMS[0], version_of_python, scratch / "embedded")]
        top = f"{NAME}-{version}-windows-amd64"
        made.append(out / f"{top}.zip")
        archives.write(made[-1], windows.files(files, wheels, top), date=commit.date)
        brought |= {path.name: path for path in wheels}
        python = {"version": version_of_python, "sha256": asked.embed_sha256.lower()}
    told = sbom.document(brought.values(), name=NAME, date=commit.date, python=python)
    sbom.must_be_valid(told)
    news = notes.notes((tree / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    for name, text in ((f"{NAME}-{version}.cdx.json", told), (f"{NAME}-{version}-notes.md", news)):
        made.append(out / name)
        made[-1].write_text(text, encoding="utf-8", newline="\n")
    return made


def _pythons(tree: Path) -> list[str]:
    project = tomllib.loads((tree / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return locking.pythons(project["classifiers"])


if __name__ == "__main__":
    main()
