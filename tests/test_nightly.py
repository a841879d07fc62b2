"""The nightly script as cron runs it: no HOME, no locale, nothing but a bare PATH."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.county import lay, template

SCRIPT = Path(__file__).parent.parent / "scripts" / "nightly.sh"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The program as an executable file."""
    path = tmp_path / "fugong"
    path.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m fugong "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


def nightly(program: Path, *argv: str, today: str = "2020-03-13", **env: str) -> subprocess.CompletedProcess[str]:
    bare = {"PATH": "/usr/bin:/bin", "LANG": "C", "FUGONG": str(program), "FUGONG_TODAY": today, "FUGONG_ACTOR": "夜班"}
    source = {"PYTHONPATH": str(SCRIPT.parent.parent / "src")}
    return subprocess.run(
        ["/bin/sh", str(SCRIPT), *argv],
        env={**bare, **source, **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_night_leaves_the_summary_the_ledger_and_the_page_and_twice_is_once(tmp_path: Path, program: Path) -> None:
    store, folder = lay(tmp_path / "store.db"), tmp_path / "out"
    first = nightly(program, str(store), str(folder))
    assert (first.returncode, first.stderr) == (6, "")
    assert first.stdout.startswith("【复工帮扶演练·每日综述】截至 2020-03-13\n")
    names = ["ledger-2020-03-13.csv", "ledger-2020-03-13.xlsx", "report-2020-03-13.html", "summary-2020-03-13.txt"]
    written = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(written) == names
    assert written["summary-2020-03-13.txt"].decode() == first.stdout
    again = nightly(program, str(store), str(folder), "2020-03-13", today="2020-03-16")
    assert (again.returncode, again.stdout, again.stderr) == (6, first.stdout, "")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == written
    assert len(list((tmp_path / "backups").glob("*.db"))) == 2


def test_a_night_of_a_store_on_a_server_leaves_the_same_files(tmp_path: Path, program: Path) -> None:
    from tests.postgres import server

    here, there = tmp_path / "here", tmp_path / "there"
    database = server().database(template())
    night = nightly(program, server().url(database), str(there))
    server().drop(database)
    assert (night.returncode, night.stderr) == (6, "")
    assert nightly(program, str(lay(tmp_path / "store.db")), str(here)).stdout == night.stdout
    assert sorted(path.name for path in there.iterdir()) == sorted(path.name for path in here.iterdir())
    assert without_uids(there / "ledger-2020-03-13.csv") == without_uids(here / "ledger-2020-03-13.csv")


def without_uids(ledger: Path) -> list[str]:
    """The lines of a ledger but for their last column, in which two stores differ."""
    return [line.rpartition(",")[0] for line in ledger.read_text(encoding="utf-8").splitlines()]


def test_red_lights_sound_the_alarm_with_the_summary(tmp_path: Path, program: Path) -> None:
    alarm = tmp_path / "alarm"
    alarm.write_text(f'#!/bin/sh\ncp "$1" {shlex.quote(str(tmp_path))}/alarmed\n', encoding="utf-8")
    alarm.chmod(0o755)
    store = lay(tmp_path / "store.db")
    night = nightly(program, str(store), str(tmp_path / "out"), FUGONG_ALARM=str(alarm))
    assert night.returncode == 6
    assert (tmp_path / "alarmed").read_text(encoding="utf-8") == night.stdout


def test_a_night_without_red_lights_is_well(tmp_path: Path, program: Path) -> None:
    store = lay(tmp_path / "store.db")
    night = nightly(program, str(store), str(tmp_path / "out"), "2020-03-11-17:00", today="2020-03-13")
    assert (night.returncode, night.stderr) == (0, "")
    assert (tmp_path / "out" / "summary-2020-03-11_17-00.txt").exists()


def test_a_night_without_a_store_says_so_and_writes_nothing(tmp_path: Path, program: Path) -> None:
    night = nightly(program, str(tmp_path / "none.db"), str(tmp_path / "out"))
    assert (night.returncode, night.stdout) == (5, "")
    assert night.stderr.startswith(f"错误：{tmp_path / 'none.db'} 还没有台账。"), night.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_without_a_store_or_folder_the_script_says_how_it_is_used(program: Path) -> None:
    night = nightly(program)
    assert (night.returncode, night.stdout) == (2, "")
    assert night.stderr == "usage: nightly.sh STORE FOLDER [CUT-OFF]\n"
