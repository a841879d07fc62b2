"""The zip for Windows that needs no installer: embedded Python, the unpacked wheels, and one command file."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from releasing import archives
from releasing.sums import digest

COMMAND = b'@"%~dp0python\\python.exe" -X utf8 -m fugong %*\r\n'
_PATHS = re.compile(r"python(\d)(\d+)\._pth")


def embedded(archive: Path, sha256: str) -> tuple[str, dict[str, bytes]]:
    """The version of Python in an embeddable package, and its files.

    Raises:
        SystemExit: It is another file than was meant, or no such package.
    """
    if digest(archive.read_bytes()) != sha256.lower():
        sys.exit(f"{archive} has another SHA-256 than was given: take it from where Python itself is published")
    files = archives.unzipped(archive)
    versions = [f"{found[1]}.{found[2]}" for found in map(_PATHS.fullmatch, files) if found]
    if len(versions) != 1 or "python.exe" not in files:
        sys.exit(f"{archive} is no embeddable package of Python for Windows")
    return versions[0], files


def files(python: dict[str, bytes], wheels: Sequence[Path], top: str) -> dict[str, bytes]:
    """The files of the zip.

    Args:
        python: Those of the embeddable package.
        wheels: What is to be imported, the program's own wheel among it.
        top: The folder that everything is in.
    """
    found = {
        f"python/{name}": _beside(content) if _PATHS.fullmatch(name) else content for name, content in python.items()
    }
    for wheel in wheels:
        found |= {f"site/{name}": content for name, content in archives.unzipped(wheel).items() if not _elsewhere(name)}
    found["fugong.cmd"] = COMMAND
    found["说明.txt"] = (
        (Path(__file__).parent / "windows.txt").read_text(encoding="utf-8").replace("\n", "\r\n").encode()
    )
    return {f"{top}/{name}": content for name, content in found.items()}


def _beside(paths: bytes) -> bytes:
    """Where this Python looks for modules: beside its own folder as well."""
    return paths.rstrip() + b"\r\n..\\site\r\n"


def _elsewhere(name: str) -> bool:
    """Whether a file of a wheel is for another place than modules: manuals, scripts."""
    return ".data/" in name
