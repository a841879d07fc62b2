"""Taking back is exact: whatever a command changed is again as it was before, in its order and as often."""

from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import behind, lay

FIRM = "戊厂"


def run(fugong: Run, *commands: tuple[str, ...]) -> None:
    for command in commands:
        result = fugong(*command)
        assert result.exit_code == 0, (command, result.stderr)


def whole(fugong: Run) -> bool:
    return bool(fugong("store", "check").exit_code == 0)


def test_undo_gives_a_firm_the_stage_that_it_had_of_several_of_one_day(store: Path, fugong: Run) -> None:
    lay(store)
    stages = [("enterprise", "stage", FIRM, stage) for stage in ("preparing", "full", "stopped")]
    run(fugong, *stages, ("undo",))
    assert behind(store, "SELECT stage FROM enterprise WHERE name LIKE '%戊厂%'") == [("full",)]
    now, then = (fugong("enterprise", "show", FIRM, *cut, "--format", "plain").stdout for cut in ((), ()))
    assert ("满产" in now, now) == (True, then)
    assert whole(fugong)
    run(fugong, ("undo",))
    assert behind(store, "SELECT stage FROM enterprise WHERE name LIKE '%戊厂%'") == [("preparing",)]
    assert whole(fugong)


def test_what_was_undone_moves_to_a_new_store_as_it_is(
    store: Path, fugong: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lay(store)
    stages = [("enterprise", "stage", FIRM, stage) for stage in ("preparing", "full", "stopped")]
    run(fugong, *stages, ("undo",), ("store", "export", "all.jsonl"))
    run(fugong, ("--store", "copy.db", "store", "import", "all.jsonl"))


def test_undo_takes_back_one_of_several_equal_bounces(store: Path, fugong: Run) -> None:
    lay(store)
    for department in ("卫健局", "工信局", "卫健局", "工信局"):
        run(fugong, ("assign", "2-1", "--department", department), ("bounce", "2-1", "--why", "不归我管"))
    before = behind(store, "SELECT department_id, on_date FROM bounce ORDER BY id")
    run(fugong, ("undo",))
    assert behind(store, "SELECT department_id, on_date FROM bounce ORDER BY id") == before[:-1]
    assert whole(fugong)


def test_undo_restores_equal_assignments_of_one_day(store: Path, fugong: Run) -> None:
    lay(store)
    teams = ("2", "1", "2", "1", "2")
    held = (
        "SELECT team_id, from_on, to_on FROM assignment a "
        "WHERE enterprise_id = (SELECT id FROM enterprise WHERE name LIKE '%甲厂%') ORDER BY a.id"
    )
    seen = []
    for team in teams:
        seen.append(behind(store, held))
        run(fugong, ("enterprise", "assign", "甲厂", "--team", team))
    for before in reversed(seen[1:]):
        run(fugong, ("undo",))
        assert behind(store, held) == before
        assert whole(fugong)


def test_two_stages_of_a_day_cannot_change_places_unseen(store: Path, fugong: Run) -> None:
    lay(store)
    run(fugong, *[("enterprise", "stage", FIRM, stage) for stage in ("stopped", "full")])
    behind(
        store,
        "UPDATE stage_change SET stage = CASE stage WHEN 'full' THEN 'stopped' ELSE 'full' END "
        "WHERE enterprise_id = (SELECT id FROM enterprise WHERE name LIKE '%戊厂%') AND on_date = '2020-03-13'",
    )
    behind(store, "UPDATE enterprise SET stage = 'stopped' WHERE name LIKE '%戊厂%'")
    assert not whole(fugong)


def test_what_others_refer_to_is_not_taken_back_whoever_came_first(store: Path, fugong: Run) -> None:
    lay(store)
    run(fugong, ("department", "add", "城管局"))
    assert fugong("log", "甲厂", "占道", "--department", "城管局", FUGONG_ACTOR="另一人").exit_code == 0
    refused = fugong("undo")
    assert (refused.exit_code, "占道" in refused.stderr) == (1, True)
