"""What a command that is ended half-way leaves behind: nothing that holds rows of the ledger."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay

from fugong import files
from fugong.keeping import backup

pytestmark = [
    pytest.mark.on_a_file,
    pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them"),
]

HELD = """
import os, signal, sys, time
for each in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):  # who runs the tests may have them ignored
    signal.signal(each, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
def hold(handle):
    print("held", flush=True)
    for _ in range(600):  # in short steps: a signal that comes just before one does not wake it, but the next begins
        time.sleep(0.1)
os.fsync = hold
from fugong.__main__ import main
main()
"""
"""The program, which waits where a file is finished and about to get its name."""

COMMANDS = {
    "export.csv": ["export", "ledger", "-o", "out/export.csv"],
    "export.xlsx": ["export", "ledger", "-o", "out/export.xlsx"],
    "report.html": ["report", "-o", "out/report.html"],
    "list.json": ["list", "-o", "out/list.json"],
    "backup": ["store", "backup", "out/copy.db"],
    "store export": ["store", "export", "out/store.jsonl"],
    "store import": ["--store", "out/new.db", "store", "import", "store.jsonl"],
    "load": ["--store", "out/loaded.db", "load", "county.yaml"],
    "restore": ["--store", "out/restored.db", "store", "restore", "copy.db"],
    "restore over one": ["store", "restore", "copy.db", "--force"],
    "attach": ["attach", "1-1", "photo.jpg"],
    "archive": ["store", "archive", "out/archive"],
    "bundle": ["store", "bundle", "out/three.bundle", "--all"],
    "clone": ["store", "clone", "out/clone.db"],
    "notice": ["notice", "1-1", "--kind", "交办单", "-o", "out/notice.docx"],
}


@pytest.fixture
def place(store: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a store, a backup, an export and a seed."""
    monkeypatch.chdir(store.parent)
    for name in ("out", "scratch", "store.evidence"):
        Path(name).mkdir()
    Path("photo.jpg").write_bytes(b"\xff\xd8")
    backup.make(str(lay(store)), Path("copy.db"))
    assert fugong("store", "export", "store.jsonl").exit_code == 0
    Path("county.yaml").write_bytes((Path(__file__).parent.parent / "data" / "county.yaml").read_bytes())
    return store.parent


def begun(*argv: str) -> subprocess.Popen[str]:
    """A command that has come to the end of its file."""
    env = {**os.environ, "TMPDIR": str(Path("scratch").absolute()), "FUGONG_LANG": "zh"}
    process = subprocess.Popen(
        [sys.executable, "-c", HELD, *argv], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert "held\n" in iter(process.stdout.readline, "")
    return process


def listing(place: Path) -> list[str]:
    return sorted(str(path.relative_to(place)) for path in place.rglob("*") if path.parts[-2:-1] != ("home",))


SCRATCH = """
import time
from fugong import files
with files.scratch() as folder:
    (folder / "sheet").write_text("行")
    print(1, flush=True)
    time.sleep(60)
"""


ENDED = [(name, "SIGTERM") for name in COMMANDS]
ENDED += [(name, other) for name in ("export.xlsx", "restore over one") for other in ("SIGHUP", "SIGINT")]


@pytest.mark.parametrize(("name", "ending"), ENDED)
def test_a_signal_leaves_nothing_behind(place: Path, name: str, ending: str) -> None:
    number = signal.Signals[ending]
    before = listing(place)
    process = begun(*COMMANDS[name])
    assert any(path.name.endswith(".new") for path in place.rglob("*")), "it would hold rows if nothing removed it"
    process.send_signal(number)
    _, stderr = process.communicate(timeout=30)
    assert (process.returncode, stderr.splitlines()[-1]) == (128 + number, "已中断，没有写入未完成的内容。")
    assert [path for path in listing(place) if not path.endswith(".old")] == before


def test_what_a_kill_left_the_next_run_removes(place: Path, fugong: Run) -> None:
    process = begun(*COMMANDS["export.xlsx"])
    process.kill()
    process.communicate()
    assert len(list(Path("out").iterdir())) == 1
    assert fugong("list", "-o", "out/other.csv").exit_code == 0
    assert listing(place / "out") == ["other.csv"]


def test_what_a_kill_left_of_a_workbook_the_next_workbook_removes(
    place: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(place / "scratch"))
    env = {**os.environ, "TMPDIR": str(place / "scratch")}
    left = subprocess.Popen([sys.executable, "-c", SCRATCH], env=env, stdout=subprocess.PIPE)
    assert left.stdout
    left.stdout.readline()
    assert fugong("list", "-o", "out/while.xlsx").exit_code == 0
    assert len(list((place / "scratch").iterdir())) == 1, "its program lives"
    left.kill()
    left.communicate()
    assert fugong("list", "-o", "out/after.xlsx").exit_code == 0
    assert list((place / "scratch").iterdir()) == []


def test_the_file_of_a_program_that_lives_is_left_alone(place: Path, fugong: Run) -> None:
    process = begun(*COMMANDS["export.csv"])
    assert fugong("export", "ledger", "-o", "out/other.csv").exit_code == 0
    (draft,) = (path for path in Path("out").iterdir() if path.name.endswith(".new"))
    assert (draft / "export.csv").stat().st_size > 0
    process.kill()
    process.communicate()


def test_hidden_folders_of_others_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".others.new").mkdir()
    (tmp_path / ".others.new" / "notes").write_text("别的")
    (tmp_path / ".file.abcdefgh.new").write_text("别的")
    (tmp_path / ".link.abcdefgh.new").symlink_to(tmp_path / ".others.new")
    with files.beside(tmp_path / "target") as draft:
        files.settle(draft, tmp_path / "target")
    names = [".file.abcdefgh.new", ".link.abcdefgh.new", ".others.new", "target"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert (tmp_path / ".others.new" / "notes").exists()


def test_a_pipe_in_the_place_of_a_lock_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / ".x.abcdefgh.new").mkdir()
    os.mkfifo(tmp_path / ".x.abcdefgh.new" / files.LOCK)
    begin = time.monotonic()
    with files.beside(tmp_path / "target"):
        pass
    assert time.monotonic() - begin < 30


def test_a_signal_that_is_ignored_stays_ignored(place: Path) -> None:
    script = HELD.replace("600", "5").replace("import os", "import signal, os", 1)
    script = script.replace("os.fsync = hold", "os.fsync = hold; signal.signal(signal.SIGHUP, signal.SIG_IGN)")
    process = subprocess.Popen(
        [sys.executable, "-c", script, *COMMANDS["export.csv"]], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    process.stdout.readline()
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert (place / "out" / "export.csv").exists()
