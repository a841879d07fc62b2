"""Backups and bundles under a passphrase, in the age format that other programs read and write."""

import os
import pty
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import fingerprint, lay, outcome

pytestmark = pytest.mark.on_a_file
pytest.importorskip("pyrage", reason="the extra fugong[encryption] is not installed")

SECRET = "钥匙 swordfish"  # noqa: S105  (of a test)
needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="no age on this machine: apt-get install age")


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(f"{SECRET}\n", encoding="utf-8")
    monkeypatch.setenv("FUGONG_PASSPHRASE_FILE", str(path))
    return path


@pytest.fixture
def made(store: Path, tmp_path: Path, secret: Path, fugong: Run) -> Path:
    lay(store)
    target = tmp_path / "b" / "台账.db.age"
    assert outcome(fugong("store", "backup", str(target), "--encrypt"))[:2] == (0, f"{target}\n")
    return target


def age(*argv: str, typed: str) -> int:
    """Run age as a person does, who types the passphrase on a terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvp("age", ["age", *argv])  # noqa: S606  (age asks its terminal)
    shown = b""
    for _ in range(typed.count("\n")):
        while not shown.rstrip().endswith(b":"):
            shown += os.read(terminal, 1000)
        time.sleep(0.2)
        line, _, typed = typed.partition("\n")
        os.write(terminal, f"{line}\n".encode())
        shown = os.read(terminal, 1000)
    while True:
        try:
            if not os.read(terminal, 1000):
                break
        except OSError:
            break
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_backup_under_a_passphrase_holds_nothing_in_the_clear_and_comes_back(
    made: Path, store: Path, tmp_path: Path, fugong: Run
) -> None:
    content = made.read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    assert b"SQLite" not in content
    assert "口罩".encode() not in content
    assert made.with_name(made.name + ".sha256").exists()
    other = str(tmp_path / "other.db")
    assert fugong("--store", other, "store", "restore", str(made)).exit_code == 0
    assert fugong("--store", other, "list").stdout == fugong("list").stdout


def test_a_wrong_passphrase_is_refused_and_nothing_is_written(
    made: Path, store: Path, secret: Path, fugong: Run
) -> None:
    secret.write_text("另一个\n", encoding="utf-8")
    before = fingerprint(store)
    status, said, why = outcome(fugong("store", "restore", str(made), "--force"))
    assert (status, said, "口令不对，或者文件已损坏" in why) == (1, "", True)
    assert fingerprint(store) == before
    secret.write_text(f"{SECRET}\n", encoding="utf-8")
    made.write_bytes(made.read_bytes()[:-1] + b"?")
    assert fugong("store", "restore", str(made), "--force").exit_code == 1
    assert fingerprint(store) == before


def test_without_a_passphrase_nothing_is_made(
    store: Path, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(store)
    status, said, why = outcome(fugong("store", "backup", str(tmp_path / "b.age"), "--encrypt"))
    assert (status, said, "FUGONG_PASSPHRASE_FILE" in why) == (1, "", True)
    assert not (tmp_path / "b.age").exists()


def test_a_bundle_under_a_passphrase_is_merged(store: Path, tmp_path: Path, secret: Path, fugong: Run) -> None:
    lay(store)
    copy = tmp_path / "copy.db"
    assert fugong("store", "clone", str(copy), "--for", "三组").exit_code == 0
    there = ("--store", str(copy))
    assert fugong(*there, "log", "甲厂", "副本里记的").exit_code == 0
    bundle = tmp_path / "b.bundle.age"
    assert fugong(*there, "store", "bundle", str(bundle), "--all", "--encrypt").exit_code == 0
    assert bundle.read_bytes().startswith(b"age-encryption.org/v1")
    assert fugong("merge", str(bundle)).exit_code in (0, 6)
    assert "副本里记的" in fugong("list").stdout


@needs_age
def test_age_reads_what_was_written(made: Path, tmp_path: Path, fugong: Run) -> None:
    plain = tmp_path / "plain.db"
    assert age("-d", "-o", str(plain), str(made), typed=f"{SECRET}\n") == 0
    assert plain.read_bytes().startswith(b"SQLite format 3")
    assert fugong("--store", str(plain), "store", "check").exit_code == 0


@needs_age
def test_what_age_wrote_is_read(store: Path, tmp_path: Path, secret: Path, fugong: Run) -> None:
    lay(store)
    plain, under = tmp_path / "plain.db", tmp_path / "theirs.age"
    assert fugong("store", "backup", str(plain)).exit_code == 0
    assert age("-p", "-o", str(under), str(plain), typed=f"{SECRET}\n{SECRET}\n") == 0
    other = str(tmp_path / "other.db")
    assert fugong("--store", other, "store", "restore", str(under)).exit_code == 0
    assert fugong("--store", other, "list").stdout == fugong("list").stdout


def test_its_absence_is_said_in_words(store: Path, tmp_path: Path, secret: Path) -> None:
    lay(store)
    hidden = "import sys; sys.modules['pyrage'] = None; from fugong.__main__ import main; sys.exit(main())"
    argv = ["--store", str(store), "store", "backup", str(tmp_path / "b.age"), "--encrypt"]
    done = subprocess.run(
        [sys.executable, "-c", hidden, *argv], capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert (done.returncode, "还没有装加密的部件" in done.stderr, "encryption" in done.stderr) == (1, True, True)
    assert not (tmp_path / "b.age").exists()
