"""Taking back is exact: whatever a command changed is again as it was before, in its order and as often.

Trials §1.1, §1.2.
"""

from pathlib import Path

import pytest
from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel
from tests.conftest import Run
from tests.county import behind, lay

import fugong.models  # noqa: F401  (declares the tables)
from fugong.domain.restoring import ONCE
from fugong.store.records import RECORDS
from fugong.vocab import Kind

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


def test_what_was_undone_can_be_done_again_and_counts_from_its_day(store: Path, fugong: Run) -> None:
    lay(store)
    run(fugong, ("close", "1-1", "--how", "已解决", "--on", "2020-03-12"))
    before = [fugong(*argv).stdout for argv in SEEN]
    run(fugong, ("undo",), ("redo",))
    assert [fugong(*argv).stdout for argv in SEEN] == before
    assert fugong("show", "1-1").stdout.count("（重做）已解决") == 1
    run(fugong, ("undo",))
    assert fugong("list", "--status", "closed").stdout.count("1-1") == 0
    run(fugong, ("redo",))
    assert [fugong(*argv).stdout for argv in SEEN] == before
    assert whole(fugong)
    assert fugong("redo").stderr == "错误：tester在这个台账里没有撤销过可以重做的操作。\n"


SEEN = (("list", "--status", "all"), ("progress",), ("progress", "--as-of", "2020-03-12"), ("summary",))


EVERYTHING = (
    ("log", "甲厂", "缺煤", "--key", "k", "--solved", "--how", "已到"),
    ("team", "add", "7", "第七组"),
    ("member", "add", "某甲", "--team", "1"),
    ("enterprise", "add", "新厂", "--team", "1", "--alias", "新"),
    ("enterprise", "stage", "戊厂", "full"),
    ("enterprise", "assign", "甲厂", "--team", "2"),
    ("enterprise", "edit", "甲厂", "--name", "甲甲厂"),
    ("department", "add", "城管局", "--alias", "城管"),
    ("term", "add", "category", "物流"),
    ("campaign", "edit", "--event", "3月6日=动员"),
    ("calendar", "set", "2020-03-16", "off", "--source", "通知"),
    ("support", "add", "甲厂", "物资", "送口罩", "--quantity", "100"),
    ("milestone", "add", "甲厂", "党支部"),
    ("practice", "add", "夜间值守"),
    ("practice", "adopt", "演练", "甲厂"),
    ("figure", "add", "found", "9"),
    ("nil", "1"),
    ("inspection", "add", "甲厂", "--fail", "环境卫生=未消毒"),
    ("bounce", "2-1", "--why", "不归我管"),
    ("member", "retire", "组员甲"),
)


def test_everything_that_can_be_undone_can_be_done_again(store: Path, fugong: Run) -> None:
    lay(store)
    for argv in EVERYTHING:
        run(fugong, argv)
        lists = [fugong(*each, "list", "--format", "csv").stdout for each in LISTS]
        shown = [fugong(*each).stdout for each in SEEN]
        run(fugong, ("undo",), ("redo",), ("undo",), ("redo",))
        assert [fugong(*each, "list", "--format", "csv").stdout for each in LISTS] == lists, argv
        assert [fugong(*each).stdout for each in SEEN] == shown, argv
    assert fugong("store", "check").stdout.splitlines()[1:] == []
    for _ in EVERYTHING:
        run(fugong, ("undo",))
    assert whole(fugong)
    for _ in EVERYTHING:
        run(fugong, ("redo",))
    assert fugong("store", "check").stdout.splitlines()[1:] == []
    assert [fugong(*each, "list", "--format", "csv").stdout for each in LISTS] == lists


LISTS = [
    (noun,)
    for noun in ("team", "member", "enterprise", "department", "term", "activity", "milestone", "practice", "figure")
]


def test_what_was_written_on_since_is_not_done_again(store: Path, fugong: Run) -> None:
    lay(store)
    run(fugong, ("close", "1-1", "--how", "已解决"), ("undo",), ("chase", "1-1"))
    refused = fugong("redo")
    assert (refused.exit_code, "不能重做 fugong close" in refused.stderr, "催办" in refused.stderr) == (1, True, True)


def test_a_name_that_another_has_by_now_is_refused_in_words(store: Path, fugong: Run) -> None:
    lay(store)
    run(fugong, ("team", "add", "7", "第七组"), ("undo",))
    assert fugong("team", "add", "7", "另一组", FUGONG_ACTOR="乙某").exit_code == 0
    refused = fugong("redo")
    assert (refused.exit_code, "帮扶组「另一组」已占用它的名称" in refused.stderr) == (1, True)
    run(fugong, ("team", "edit", "1", "--name", "甲组"))
    assert fugong("team", "edit", "2", "--name", "第一组", FUGONG_ACTOR="乙某").exit_code == 0
    refused = fugong("undo")
    assert (refused.exit_code, "帮扶组「第一组」已占用它的名称" in refused.stderr) == (1, True)


def test_what_is_published_is_counted_anew_rather_than_done_again(store: Path, fugong: Run) -> None:
    lay(store)
    run(fugong, ("publish",), ("undo",))
    assert "fugong publish" in fugong("redo").stderr


def test_an_undoing_names_what_it_cancels_and_what_is_done_again_names_the_undoing(store: Path, fugong: Run) -> None:
    lay(store)
    run(fugong, ("note", "1-1", "已联系"), ("undo",), ("redo",))
    events = behind(store, "SELECT hash, act, undoes FROM event ORDER BY id DESC LIMIT 3")
    (again, third), (undone, second), (first, _) = [(hash_, undoes) for hash_, _, undoes in events]
    assert [act for _, act, _ in events] == ["note", "undo", "note"]
    assert (third, second) == (undone, first)
    assert again != first


def test_every_kind_of_record_has_its_unique_columns_asked_for_before_it_comes_back() -> None:
    for kind in RECORDS:
        table = SQLModel.metadata.tables[kind.shape.table]
        of_one = {(column.name,) for column in table.columns if column.unique and column.name != "uid"}
        of_several = {
            tuple(column.name for column in each.columns)
            for each in table.constraints
            if isinstance(each, UniqueConstraint)
        }
        asked = {tuple(each) for each in ONCE.get(kind, ())}
        named = kind.record_kind in (Kind.ENTERPRISE, Kind.DEPARTMENT)
        assert named or of_one | of_several - {("uid",)} == asked, kind
