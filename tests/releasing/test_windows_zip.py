"""The zip for Windows under wine: the fourteen commands, and a store that goes to Linux and back.

What a wine needs besides itself (zlib1.dll, bcryptprimitives.dll) is taken from the folder that FUGONG_WINE_DLLS names.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.releasing import fourteen
from tests.releasing.artefacts import FOLDER, needed, unpacked

WINE = shutil.which("wine64") or shutil.which("wine", path=f"{os.environ.get('PATH', '')}:/usr/lib/wine")
WINE = WINE or shutil.which("wine64", path="/usr/lib/wine")
DLLS = os.environ.get("FUGONG_WINE_DLLS", "")
ZIPS = sorted(Path(FOLDER).glob("*-windows-amd64.zip")) if FOLDER else []

pytestmark = [
    *needed,
    pytest.mark.skipif(not ZIPS, reason="no zip for Windows was made: scripts/release was given no embedded Python"),
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpacked(ZIPS[0], tmp_path_factory.mktemp("zip"))


def test_the_zip_has_what_its_command_names(place: Path) -> None:
    assert (place / "fugong.cmd").read_bytes() == b'@"%~dp0python\\python.exe" -X utf8 -m fugong %*\r\n'
    (paths,) = (place / "python").glob("python3*._pth")
    assert paths.read_text().split("\n")[-2].strip() == "..\\site"
    assert (place / "python" / "python.exe").exists()
    for name in ("fugong/__main__.py", "colorama/__init__.py", "psycopg/__init__.py", "tzdata/zones"):
        assert (place / "site" / name).exists()
    assert (place / "说明.txt").read_text(encoding="utf-8").startswith("fugong 复工")


@pytest.fixture(scope="module")
def surroundings(place: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What wine needs; its server ends with the tests."""
    if WINE is None:
        pytest.skip("wine is not installed here: the zip was looked at and not run")
    for dll in Path(DLLS).glob("*.dll") if DLLS else ():
        shutil.copy(dll, place / "python")
    prefix = tmp_path_factory.mktemp("wine")
    env = {"PATH": os.environ["PATH"], "HOME": str(prefix), "WINEPREFIX": str(prefix / "prefix"), "WINEDEBUG": "-all"}
    yield env | {"DISPLAY": "", "WINEDLLOVERRIDES": "mscoree,mshtml=", "LANG": "C.UTF-8"}
    server = shutil.which("wineserver") or shutil.which("wineserver64", path="/usr/lib/wine")
    if server:
        subprocess.run([server, "-k"], env=env, check=False)


def command(place: Path) -> list[str]:
    """What fugong.cmd runs."""
    assert WINE is not None
    return [WINE, str(place / "python" / "python.exe"), "-X", "utf8", "-m", "fugong"]


@pytest.fixture(scope="module")
def worked(place: Path, surroundings: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Chinese and blanks in its name, in which the fourteen commands were done on Windows."""
    folder = tmp_path_factory.mktemp("work") / "台账 文件夹"
    folder.mkdir()
    fourteen.do(fourteen.installed(command(place), folder, surroundings), folder)
    return folder


def test_a_store_of_windows_is_whole_on_linux_and_the_other_way_round(
    worked: Path, place: Path, surroundings: dict[str, str], fugong: Run
) -> None:
    store = str(worked / "台账 一.db")
    assert fugong("--store", store, "store", "check").exit_code == 0
    logged = fugong("--store", store, "log", fourteen.FIRM, "在别处登记的问题")
    assert logged.exit_code == 0
    there = fourteen.installed(command(place), worked, surroundings)
    there("store", "check")
    assert "在别处登记的问题" in there("list", "--format", "csv")


def test_a_pipe_and_a_file_get_utf_8_on_windows(worked: Path, place: Path, surroundings: dict[str, str]) -> None:
    there = fourteen.installed(command(place), worked, surroundings)
    assert "第一帮扶组" in there("progress", "--format", "plain")
    there("list", "--status", "all", "-o", "清单 一.csv")
    assert "口罩" in (worked / "清单 一.csv").read_text(encoding="utf-8-sig")
    english = fourteen.installed(command(place), worked, {**surroundings, "FUGONG_LANG": "en"})
    assert "Usage: fugong" in english("--help")
