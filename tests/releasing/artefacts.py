"""Where the artefacts are that a test is about, and surroundings without a network."""

import os
import shutil
import subprocess
import tarfile
from functools import cache
from pathlib import Path

import pytest

FOLDER = os.environ.get("FUGONG_ARTEFACTS", "")
"""The folder that scripts/release wrote into; read here, for no test sees this machine's settings."""

needed = [
    pytest.mark.artefact,
    pytest.mark.skipif(not FOLDER, reason="FUGONG_ARTEFACTS names no folder that scripts/release wrote into"),
]


def found(pattern: str) -> Path:
    """The artefact whose name is like this."""
    (path,) = (each for each in Path(FOLDER).glob(pattern) if "-kit-" in pattern or "-kit-" not in each.name)
    return path


def unpacked(path: Path, folder: Path) -> Path:
    """An archive unpacked in a folder whose name has Chinese and blanks; the one folder that it has."""
    place = folder / "离线 安装"
    place.mkdir(parents=True)
    if path.suffix == ".zip":
        shutil.unpack_archive(path, place)
    else:
        with tarfile.open(path) as archive:
            archive.extractall(place, filter="data")
    (top,) = place.iterdir()
    return top


@cache
def offline() -> list[str]:
    """What a command begins with that is to have no network; the test is skipped where that cannot be had."""
    command = ["unshare", "--map-root-user", "--net"]
    try:
        subprocess.run([*command, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no surroundings without a network can be made here (unshare)")
    return command


def bare(home: Path) -> dict[str, str]:
    """An environment that knows nothing of this one."""
    home.mkdir(parents=True, exist_ok=True)
    return {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
