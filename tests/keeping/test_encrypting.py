"""Backups and bundles under a passphrase, in the age format that other programs read and write."""

import os
import pty
import shutil
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import Mock

import pytest
import typer
from tests.conftest import Run
from tests.county import fingerprint, lay, outcome

from fugong.keeping import backup

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
def made(store: Path, tmp_path: Path, secret: Path, fugong: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the county under the passphrase, with what is beside it: made once, for that takes seconds."""
    lay(store)
    kept = tmp_path_factory.getbasetemp() / "encrypted"
    target = kept / "台账.db.age"
    if not target.exists():
        assert outcome(fugong("store", "backup", str(target), "--encrypt"))[:2] == (0, f"{target}\n")
    return Path(shutil.copytree(kept, tmp_path / "b")) / target.name


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


def test_who_will_not_type_a_passphrase_interrupts_and_nothing_is_made(
    store: Path, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(store)
    monkeypatch.setattr("fugong.commands.frame.passphrases.may_ask", lambda: True)
    monkeypatch.setattr("typer.prompt", Mock(side_effect=typer.Abort))
    done = fugong("store", "bundle", str(tmp_path / "new.age"), "--encrypt")
    assert (done.exit_code, done.stdout, (tmp_path / "new.age").exists()) == (130, "", False)


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
    assert fugong("store", "restore", str(made), "--force").exit_code == 5, "its checksum tells"
    made.with_name(f"{made.name}.sha256").unlink()
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


def test_backups_under_a_passphrase_are_counted_and_removed_by_the_seal_beside_them(
    store: Path, tmp_path: Path, secret: Path, fugong: Run
) -> None:
    lay(store)
    folder = tmp_path / "backups"
    first = Path(fugong("store", "backup", "--encrypt").stdout.strip())
    old = backup.make(str(store), backup.named(str(store), folder))
    fugong("log", "甲厂", "后来的")
    for day, seal in (("20190101", None), ("20190102", "0" * 32)):
        other = folder / f"store-{day}T000000000000Z.db.age"
        shutil.copy(first, other)
        if seal:
            other.with_name(f"{other.name}.seal").write_text(seal)
    spoilt = folder / "store-20190103T000000000000Z.db.age"
    spoilt.write_bytes(first.read_bytes()[:-1])
    shutil.copy(f"{first}.sha256", f"{spoilt}.sha256")
    status, said, why = outcome(fugong("store", "backup", "--encrypt", "--keep", "1"))
    made = Path(said.strip())
    assert (status, [each.exists() for each in (made, first, old)]) == (0, [True, False, False]), why
    assert sorted(each.name for each in folder.glob(f"{first.name}*")) == []
    assert why.count("没有计入也没有动") == 3
    for reason in ("旁边没有封签", "封签是现在的台账没有过的", f"{spoilt}：它读不了"):
        assert reason in why
    dry = fugong("store", "backup", "--keep", "1", "--dry-run")
    assert (dry.exit_code, dry.stdout) == (0, f"{made}\n")


def test_a_backup_under_a_passphrase_is_proved(made: Path, secret: Path, fugong: Run) -> None:
    fugong("log", "甲厂", "后来的")
    status, said, why = outcome(fugong("store", "check", "--backup", str(made)))
    assert (status, why.splitlines()[-2:]) == (
        0, ["它的 1 次操作现在的台账都有；台账此后又有 1 次。", "备份完好，可以恢复。"],
    )  # fmt: skip
    beside = made.with_name(f"{made.name}.seal")
    beside.write_text("0" * 32)
    status, said, why = outcome(fugong("store", "check", "--backup", str(made)))
    assert (status, said, f"{made} 不能用：与封签不符" in why) == (5, "", True)
    beside.unlink()
    secret.write_text("另一个\n", encoding="utf-8")
    assert outcome(fugong("store", "check", "--backup", str(made)))[0] == 1


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
