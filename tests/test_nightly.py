"""The nightly script as cron runs it: no HOME, no locale, nothing but a bare PATH."""

import shlex
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay, template

from fugong.keeping import backup

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
    """The lines of a ledger but for uid and version, in which two stores differ."""
    return [line.rsplit(",", 2)[0] for line in ledger.read_text(encoding="utf-8").splitlines()]


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


def test_the_command_does_what_the_script_does(tmp_path: Path, program: Path, fugong: Run) -> None:
    store = lay(tmp_path / "store.db")
    script = nightly(program, str(store), str(tmp_path / "script"))
    result = fugong("nightly", str(store), str(tmp_path / "command"), FUGONG_ACTOR="夜班")
    assert (result.exit_code, result.stdout, result.stderr) == (6, script.stdout, "")
    one, other = ({path.name: path.read_bytes() for path in (tmp_path / each).iterdir()} for each in ALL)
    assert one == other


ALL = ("script", "command")


def alarm(tmp_path: Path, *, status: int = 0) -> Path:
    """A command that writes down its arguments and ends with a status; its name holds a blank."""
    path = tmp_path / "the alarm"
    said = "import sys, os, pathlib; pathlib.Path('%s').write_text('|'.join([*sys.argv[1:], %s])); sys.exit(%d)"
    heard = "os.environ['FUGONG_STORE'], os.environ['FUGONG_NO_INPUT']"
    code = said % (tmp_path / "heard", heard, status)
    path.write_text(f"#!{sys.executable}\n{code}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("arguments", ["", " --to 'a keeper' -v"])
def test_the_alarm_gets_its_arguments_and_the_summary(tmp_path: Path, fugong: Run, arguments: str) -> None:
    store, out = lay(tmp_path / "store.db"), tmp_path / "out"
    command = f"'{alarm(tmp_path)}'{arguments}" if arguments else str(alarm(tmp_path))
    result = fugong("nightly", str(store), str(out), "--alarm", command)
    assert (result.exit_code, result.stderr) == (6, "")
    wanted = ["--to", "a keeper", "-v"] if arguments else []
    heard = [*wanted, str(out / "summary-2020-03-13.txt"), str(store), "1"]
    assert (tmp_path / "heard").read_text() == "|".join(heard)


def test_an_alarm_that_fails_is_named_and_the_night_ends_as_it_does(tmp_path: Path, fugong: Run) -> None:
    store, out = lay(tmp_path / "store.db"), str(tmp_path / "out")
    failed = fugong("nightly", str(store), out, FUGONG_ALARM=str(alarm(tmp_path, status=3)))
    assert (failed.exit_code, failed.stderr) == (6, "告警命令以 3 结束，可能没有送到。\n")
    missing = fugong("nightly", str(store), out, "--alarm", "no-such-alarm -x")
    assert (missing.exit_code, "「no-such-alarm -x」运行不了：没有这个文件" in missing.stderr) == (6, True)
    open_ended = fugong("nightly", str(store), out, "--alarm", "echo 'x")
    assert (open_ended.exit_code, "引号没有成对" in open_ended.stderr) == (6, True)


def test_yellow_is_an_alarm_where_that_was_asked_for(tmp_path: Path, fugong: Run) -> None:
    store, out = lay(tmp_path / "store.db"), str(tmp_path / "out")
    assert fugong("--store", str(store), "close", "1-3", "--how", "办好").exit_code == 0
    assert fugong("nightly", str(store), out).exit_code == 0
    heard = tmp_path / "heard"
    assert fugong("nightly", str(store), out, "--alarm-on", "黄", "--alarm", str(alarm(tmp_path))).exit_code == 6
    assert heard.exists()
    assert fugong("--store", str(store), "summary", "--fail-on", "yellow").exit_code == 6
    assert fugong("--store", str(store), "summary", "--fail-on", "red").exit_code == 0


@pytest.mark.parametrize(
    ("moment", "cut"),
    [
        ("2020-03-13T09:00:00+00:00", "2020-03-13_17-00"),  # 17:00 in Shanghai
        ("2020-03-13T08:59:00+00:00", "2020-03-12_17-00"),
        ("2020-03-13T17:30:00+00:00", "2020-03-13_17-00"),  # 17:30 of a server that keeps UTC: tomorrow in Shanghai
        ("2020-03-13T17:30:00-08:00", "2020-03-13_17-00"),
    ],
)
def test_a_time_of_day_is_the_last_that_passed_where_the_store_is(
    tmp_path: Path, fugong: Run, moment: str, cut: str
) -> None:
    out = tmp_path / "out"
    fugong("nightly", str(lay(tmp_path / "store.db")), str(out), "17:00", FUGONG_TODAY=moment)
    assert (out / f"summary-{cut}.txt").exists(), sorted(path.name for path in out.iterdir())


def test_backups_are_kept_by_days_unless_it_is_said_how_many(tmp_path: Path, fugong: Run) -> None:
    store, out = lay(tmp_path / "store.db"), str(tmp_path / "out")
    folder = tmp_path / "backups"
    old = datetime(2020, 1, 1, 10, tzinfo=UTC)
    for day in range(32):
        backup.make(str(store), backup.named(str(store), folder, old + timedelta(days=day)))
    assert fugong("nightly", str(store), out).stderr == ""
    assert len(list(folder.glob("*.db"))) == 30
    fugong("nightly", str(store), out, "--keep", "2")
    assert len(list(folder.glob("*.db"))) == 2


def test_a_backup_that_does_not_count_is_named_every_night(tmp_path: Path, fugong: Run) -> None:
    store = lay(tmp_path / "store.db")
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "store-20190101T000000000000Z.db").write_text("别的", encoding="utf-8")
    result = fugong("nightly", str(store), str(tmp_path / "out"))
    assert (result.exit_code, "没有计入也没有动" in result.stderr) == (6, True)


def test_a_night_whose_folder_cannot_be_made_is_refused_before_anything_is_written(tmp_path: Path, fugong: Run) -> None:
    store = lay(tmp_path / "store.db")
    (tmp_path / "out").write_text("别的", encoding="utf-8")
    result = fugong("nightly", str(store), str(tmp_path / "out" / "x"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert not (tmp_path / "backups").exists()
