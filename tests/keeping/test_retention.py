"""Which backups stay: counted by their history, whatever the clock said; and one backup proved."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.conftest import Run, command
from tests.county import county, lay, nothing
from tests.stores import lay_older

from fugong.domain import roster
from fugong.keeping import backup
from fugong.keeping.restore import restore
from fugong.keeping.retention import Keep, plan, prune

pytestmark = pytest.mark.on_a_file


def folder(store: Path) -> Path:
    return store.parent / "backups"


def write(store: Path, code: str = "9") -> None:
    with command(store) as writer:
        roster.add_team(writer, code, name=f"第{code}组", county="某县")


def back_up(store: Path, moment: str) -> Path:
    made = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return backup.make(str(store), backup.named(str(store), folder(store), made))


def backups(store: Path) -> list[str]:
    return sorted(path.name for path in folder(store).glob("*.db"))


def apart(store: Path) -> dict[str, str]:
    """What does not count, and why."""
    return {path.name: why.zh for path, why in plan(str(store), folder(store), Keep(1)).apart}


def test_what_was_just_made_stays_though_the_clock_was_ahead(store: Path, fugong: Run) -> None:
    lay(store)
    ahead = [back_up(store, f"2099-01-0{day}T17:30:00") for day in (1, 2, 3)]
    for wanted in ([*ahead[2:], 1], [1, 2]):
        write(store, str(len(backups(store)) + 9))
        result = fugong("store", "backup", "--keep", "2")
        made = Path(result.stdout.strip())
        assert (result.exit_code, made.exists()) == (0, True)
        assert made.name not in result.stderr
        assert len(backups(store)) == len(wanted)
    assert not any(path.exists() for path in ahead), "older history, whatever its name says"


def test_of_the_same_history_what_was_just_made_is_the_newest(store: Path, fugong: Run) -> None:
    lay(store)
    ahead = back_up(store, "2099-01-01T17:30:00")
    made = Path(fugong("store", "backup", "--keep", "1").stdout.strip())
    assert (made.exists(), ahead.exists()) == (True, False)


def test_the_newest_is_what_holds_most_history(store: Path) -> None:
    lay(store)
    first = back_up(store, "2020-03-20T17:30:00")
    write(store, "8")
    second = back_up(store, "2020-03-10T17:30:00")
    write(store, "9")
    made = back_up(store, "2020-03-15T17:30:00")
    assert prune(str(store), folder(store), Keep(2), made).going == [first]
    assert backups(store) == [second.name, made.name]


def test_another_branch_is_named_and_stays(store: Path, fugong: Run) -> None:
    lay(store)
    before = back_up(store, "2020-03-01T17:30:00")
    write(store, "8")
    further = back_up(store, "2020-03-02T17:30:00")
    restore(str(store), before, force=True)
    assert apart(store) == {further.name: "它是另一支：有现在的台账没有的 1 次操作"}, "to restore is a command, too"
    write(store, "9")
    result = fugong("store", "backup", "--keep", "1")
    assert backups(store) == [further.name, Path(result.stdout.strip()).name]
    assert f"没有计入也没有动 {further}：它是另一支：有现在的台账没有的 1 次操作。" in result.stderr


def test_files_that_are_no_backups_of_this_ledger_are_named_and_stay(store: Path, tmp_path: Path) -> None:
    made = back_up(lay(store), "2020-03-01T17:30:00")
    for day, fill in enumerate((nothing, county), start=1):
        other = str(tmp_path / f"other{day}" / "store.db")
        fill(other)
        backup.make(other, folder(store) / f"store-2019010{day}T000000000000Z.db")
    (folder(store) / "store-20190103T000000000000Z.db").write_text("别的", encoding="utf-8")
    (folder(store) / "store-20190104T000000000000Z.db").symlink_to(made)
    (folder(store) / "store-20190105T000000000000Z.db").mkdir()
    (folder(store) / "store-99999999T000000000000Z.db").write_text("别的", encoding="utf-8")
    (folder(store) / "store-mine.db").write_text("别的", encoding="utf-8")
    there = backups(store)
    assert list(apart(store).values()) == [
        "它是另一本台账的", "它是另一本台账的", "它不是 fugong 的台账", "它不是普通文件", "它不是普通文件",
    ]  # fmt: skip
    assert prune(str(store), folder(store), Keep(1), made).going == []
    assert backups(store) == there


def test_a_backup_of_this_store_before_its_first_command_counts(store: Path) -> None:
    lay(store, nothing)
    first = back_up(store, "2020-03-01T17:30:00")
    write(store)
    made = back_up(store, "2020-03-02T17:30:00")
    assert prune(str(store), folder(store), Keep(1), made).going == [first]


NIGHTS = [
    "2019-12-31T10:00:00", "2020-01-15T10:00:00", "2020-02-24T10:00:00", "2020-03-02T10:00:00", "2020-03-08T10:00:00",
    "2020-03-08T15:59:59", "2020-03-08T16:00:01", "2020-03-10T10:00:00",
]  # fmt: skip
"""In UTC; the last but one is 03-09 in Shanghai, a Monday."""


@pytest.mark.parametrize(
    ("keep", "staying"),
    [
        (Keep(2), [6, 7]),
        (Keep(daily=1), [7]),
        (Keep(daily=3), [5, 6, 7]),
        (Keep(weekly=2), [5, 7]),
        (Keep(weekly=3), [2, 5, 7]),  # 03-02 is of the same week as 03-08
        (Keep(monthly=2), [2, 7]),
        (Keep(1, monthly=3), [1, 2, 7]),
        (Keep(newest=2, daily=3, weekly=3, monthly=4), [0, 1, 2, 5, 6, 7]),
        (Keep(daily=100), [0, 1, 2, 3, 5, 6, 7]),
        (Keep(newest=100), [0, 1, 2, 3, 4, 5, 6, 7]),
        (Keep(), [0, 1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_days_weeks_and_months_are_those_of_the_stores_zone(store: Path, keep: Keep, staying: list[int]) -> None:
    lay(store)
    made = [back_up(store, night) for night in NIGHTS]
    going = plan(str(store), folder(store), keep, made[-1]).going
    assert [place for place, path in enumerate(made) if path not in going] == staying


def test_while_a_rule_has_not_found_enough_the_oldest_stays(store: Path) -> None:
    lay(store)
    made = [back_up(store, f"2020-03-10T0{hour}:00:00") for hour in range(4)]
    assert plan(str(store), folder(store), Keep(daily=1), made[-1]).going == [made[2], made[1], made[0]]
    assert plan(str(store), folder(store), Keep(daily=2), made[-1]).going == [made[2], made[1]]


def test_a_dry_run_lists_what_would_go_and_does_nothing(store: Path, fugong: Run) -> None:
    made = [back_up(lay(store), f"2020-03-1{day}T10:00:00") for day in range(3)]
    before = sorted(folder(store).iterdir())
    result = fugong("store", "backup", "--keep", "2", "--dry-run")
    assert (result.exit_code, result.stdout.splitlines()) == (0, [str(made[1]), str(made[0])])
    assert sorted(folder(store).iterdir()) == before


def test_a_dry_run_before_the_first_backup_lists_nothing(store: Path, fugong: Run) -> None:
    lay(store)
    result = fugong("store", "backup", "--keep", "2", "--dry-run")
    assert (result.exit_code, result.stdout) == (0, "\n")
    assert not folder(store).exists()


def test_a_backup_is_proved_and_its_history_compared(store: Path, fugong: Run) -> None:
    made = back_up(lay(store), "2020-03-01T17:30:00")
    write(store)
    result = fugong("store", "check", "--backup", str(made))
    assert result.exit_code == 0
    assert result.stderr == "它的 1 次操作现在的台账都有；台账此后又有 1 次。\n备份完好，可以恢复。\n"
    restored = fugong("--store", str(store.parent / "none.db"), "store", "check", "--backup", str(made))
    assert (restored.exit_code, "没有可以对照的台账" in restored.stderr) == (0, True)


def test_a_backup_of_another_branch_is_whole_and_found(store: Path, fugong: Run) -> None:
    before = back_up(lay(store), "2020-03-01T17:30:00")
    write(store, "8")
    further = back_up(store, "2020-03-02T17:30:00")
    restore(str(store), before, force=True)
    write(store, "9")
    result = fugong("store", "check", "--backup", str(further), FUGONG_LANG="en")
    assert result.exit_code == 6
    assert result.stderr.startswith("It has 1 command(s) that the store does not have, which has 2 that it does not.")


def test_a_backup_of_an_older_program_is_proved_as_it_would_be_restored(store: Path, fugong: Run) -> None:
    older = lay_older(store.parent / "older.db")
    image = older.read_bytes()
    lay(store)
    result = fugong("store", "check", "--backup", str(older))
    assert (result.exit_code, result.stderr) == (6, "它是另一本台账的备份。\n备份完好，可以恢复。\n")
    assert older.read_bytes() == image
    assert sorted(path.name for path in store.parent.iterdir()) == ["older.db", "store.db"]


def test_a_backup_that_is_damaged_or_missing_is_refused(store: Path, fugong: Run) -> None:
    made = back_up(lay(store), "2020-03-01T17:30:00")
    made.write_bytes(made.read_bytes()[:-5000])
    assert fugong("store", "check", "--backup", str(made)).exit_code == 5
    missing = fugong("store", "check", "--backup", str(made) + "x")
    assert (missing.exit_code, "没有这个文件" in missing.stderr) == (1, True)
