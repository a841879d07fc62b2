"""A row is recognised: importing twice adds nothing, and an edited export comes back as exactly those edits."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Run
from tests.county import fingerprint, lay
from tests.drawing import drawn
from tests.imports.sheets import LAYOUT, book, comma, counted, exported, guarded

Rows = list[dict[str, Any]]


def listed(fugong: Run) -> Rows:
    """Every problem of the ledger."""
    found: Rows = json.loads(fugong("list", "--status", "all", "--format", "json").stdout)["items"]
    return found


def events(fugong: Run) -> int:
    """How many events the store holds."""
    counts = json.loads(fugong("store", "info", "--format", "json").stdout)
    found = [each["value"] for each in counts["items"] if each["name"] == "events"] if "items" in counts else []
    return int(found[0] if found else counts["events"])


def write(path: Path, rows: list[list[str]]) -> Path:
    return (
        comma(path, guarded(rows))
        if path.suffix == ".csv"
        else book(path, rows, f"A1:{'ABCDEFGHIJKLMNOPQRSTUVW'[len(LAYOUT) - 1]}1")
    )


@pytest.fixture
def busy(county: Path, fugong: Run) -> Path:
    """The county, with what else a ledger may hold: texts like formulas, several lines, a void problem."""
    assert fugong("log", "甲厂", "=HYPERLINK(1)", "--person", "+组员").exit_code == 0
    assert fugong("log", "甲厂", "'-先\n后", "--due", "7wd").exit_code == 0
    assert fugong("void", "1-5", "--why", "重复").exit_code == 0
    return county


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_export_of_ours_comes_back_without_a_change(busy: Path, tmp_path: Path, fugong: Run, suffix: str) -> None:
    before = fingerprint(busy)
    result = fugong("import", str(write(tmp_path / f"a{suffix}", exported(listed(fugong)))))
    assert (result.exit_code, result.stdout) == (0, "")
    assert counted(result) == "新增 0，更新 0，不变 7，拒绝 0"
    assert fingerprint(busy) == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_listing_as_csv_comes_back_without_a_change(busy: Path, tmp_path: Path, fugong: Run, language: str) -> None:
    path = tmp_path / "a.csv"
    assert fugong("list", "--status", "all", "--header", language, "-o", str(path)).exit_code == 0
    before = fingerprint(busy)
    assert counted(fugong("import", str(path))) == "新增 0，更新 0，不变 7，拒绝 0"
    assert fingerprint(busy) == before


EDITS = {
    "问题描述": ("口罩不足两天", "text", "口罩不足两天"),
    "企业名称": ("乙建材", "enterprise", "某县乙建材有限公司"),
    "问题来源": ("企业反映", "source", "enterprise"),
    "问题类别": ("环境卫生", "category", "hygiene"),
    "提出日期": ("2020-03-09", "found_on", "2020-03-09"),
    "责任单位": ("应急局", "department", "应急局"),
    "责任人": ("组员乙", "person", "组员乙"),
    "整改时限": ("2020-03-20", "due_on", "2020-03-20"),
    "备注": ("", "remark", None),
}
"""Cells of the first problem: what they are changed to, and what the ledger then says."""


@pytest.mark.on_a_file
@given(st.sets(st.sampled_from(sorted(EDITS)), min_size=1), st.sampled_from([".csv", ".xlsx"]))
@drawn(12)
def test_edited_cells_come_back_as_exactly_those_changes(
    store: Path, tmp_path: Path, fugong: Run, edits: set[str], suffix: str
) -> None:
    lay(store)
    before = listed(fugong)
    rows = exported(before)
    for name in edits:
        rows[3][LAYOUT.index(name)] = EDITS[name][0]
    result = fugong("import", str(write(tmp_path / f"a{suffix}", rows)))
    assert counted(result) == "新增 0，更新 1，不变 4，拒绝 0"
    after = listed(fugong)
    changed = {key for key in after[0] if after[0][key] != before[0][key]}
    expected = {EDITS[name][1] for name in edits}
    if "提出日期" in edits:  # the deadline is counted from it
        expected.add("due_on")
    assert changed - {"light", "due_rule", "first_due_on", "days_over", "approximate", "assist"} == expected
    assert [after[0][EDITS[name][1]] for name in edits] == [EDITS[name][2] for name in edits]
    assert after[1:] == before[1:]


@pytest.mark.on_a_file
def test_an_import_is_one_batch_of_events(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = exported(listed(fugong))
    rows[3][LAYOUT.index("责任人")] = "组员丙"
    rows[5][LAYOUT.index("责任人")] = "组员丙"
    assert fugong("import", str(write(tmp_path / "a.csv", rows))).exit_code == 0
    import sqlite3

    with closing(sqlite3.connect(county)) as connection, connection:
        batches = connection.execute(
            "SELECT b.verb, count(*) FROM event e JOIN batch b ON b.id = e.batch_id GROUP BY b.id, b.verb ORDER BY b.id"
        ).fetchall()
    connection.close()
    assert batches[-1] == ("import", 2)


def test_the_status_follows_an_edited_export_both_ways(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = exported(listed(fugong))
    first, second = rows[3], rows[4]
    first[LAYOUT.index("是否销号")], first[LAYOUT.index("整改(解决)措施")] = "是", "已调配"
    first[LAYOUT.index("办结日期")] = "2020-03-12"
    second[LAYOUT.index("是否销号")], second[LAYOUT.index("进展情况")] = "否", "办理中"
    path = write(tmp_path / "a.csv", rows)
    assert "是否销号「否」：台账里后来改成了「已销号」" in fugong("import", str(path)).stderr
    result = fugong("import", str(path), "--take", "file")
    assert counted(result) == "新增 0，更新 2，不变 3，拒绝 0"
    after = listed(fugong)
    assert [(each["status"], each["closed_on"], each["how"]) for each in after[:2]] == [
        ("closed", "2020-03-12", "已调配"),
        ("doing", None, None),
    ]


def test_how_and_when_a_problem_was_closed_can_be_corrected(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = exported(listed(fugong))
    last = rows[7]
    last[LAYOUT.index("整改(解决)措施")], last[LAYOUT.index("销号日期")] = "已分两批到货", "2020-03-12"
    assert fugong("import", str(write(tmp_path / "a.csv", rows))).exit_code == 0
    after = listed(fugong)[4]
    assert (after["how"], after["closed_on"], after["status"]) == ("已分两批到货", "2020-03-12", "closed")


def test_a_row_copied_with_its_identity_is_refused(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = exported(listed(fugong))
    copy = [*rows[3]]
    copy[LAYOUT.index("问题描述")] = "新问题"
    result = fugong("import", str(write(tmp_path / "a.csv", [*rows, copy])))
    assert result.exit_code == 1
    assert "和第 4 行的标识相同；新问题请清空这一格" in result.stderr


def test_a_problem_does_not_move_to_another_team(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = exported(listed(fugong))
    rows[3][LAYOUT.index("帮扶组")] = "2"
    before = fingerprint(county)
    result = fugong("import", str(write(tmp_path / "a.csv", rows)))
    assert (result.exit_code, "导入不改帮扶组；要改组请用：fugong edit 1-1 --team 2" in result.stderr) == (1, True)
    assert fingerprint(county) == before


def test_the_number_of_another_office_is_no_identity(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = comma(tmp_path / "a.csv", [["编号", "企业", "问题", "发现日期"], ["1-1", "甲厂", "另一件事", "2020-03-05"]])
    assert counted(fugong("import", str(path))) == "新增 1，更新 0，不变 0，拒绝 0"
    assert [each["id"] for each in listed(fugong)] == ["1-1", "1-2", "1-3", "1-4", "2-1", "2-2"]


def test_a_foreign_ledger_is_recognised_by_team_enterprise_date_and_text(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    header = ["企业", "问题", "发现日期", "责任单位", "是否销号", "办结日期", "整改措施"]
    first = comma(tmp_path / "a.csv", [header, ["甲厂", "夜班 无人", "2020-03-05", "工信局", "否", "", ""]])
    later = comma(
        tmp_path / "b.csv", [header, ["某县甲厂有限公司", "夜班无人", "2020-03-05", "", "是", "2020-03-11", "已排班"]]
    )
    assert counted(fugong("import", str(first))) == "新增 1，更新 0，不变 0，拒绝 0"
    before = fingerprint(county)
    assert counted(fugong("import", str(first))) == "新增 0，更新 0，不变 1，拒绝 0"
    assert fingerprint(county) == before
    assert counted(fugong("import", str(later))) == "新增 0，更新 1，不变 0，拒绝 0"
    found = listed(fugong)[3]
    assert (found["status"], found["department"], found["how"], found["text"]) == (
        "closed", "工信局", "已排班", "夜班 无人",
    )  # fmt: skip
    assert fugong("import", str(first)).stdout == ""
    assert listed(fugong)[3]["status"] == "closed"


@pytest.mark.on_a_file
def test_a_new_store_takes_an_export_with_its_identities(busy: Path, tmp_path: Path, fugong: Run) -> None:
    before = listed(fugong)
    path = write(tmp_path / "a.xlsx", exported(before))
    other = tmp_path / "other.db"
    lay(other)
    assert counted(fugong("--store", str(other), "import", str(path))) == "新增 2，更新 0，不变 5，拒绝 0"
    after = json.loads(fugong("--store", str(other), "list", "--status", "all", "--format", "json").stdout)["items"]
    assert {each["uid"] for each in after} == {each["uid"] for each in before}
    assert [each["text"] for each in after] == [each["text"] for each in before]


def test_a_rehearsal_tells_every_row_and_writes_nothing(county: Path, tmp_path: Path, fugong: Run) -> None:
    rows = exported(listed(fugong))
    rows[3][LAYOUT.index("责任单位")] = "应急局"
    rows.append(["", "", "1", "甲厂", "", "", "", "新的", "2020-03-05"])
    rows.append(["", "", "1", "庚公司", "", "", "", "坏的", "2020-03-05"])
    before = fingerprint(county)
    result = fugong("import", str(write(tmp_path / "a.csv", rows)), "--dry-run", "--format", "json")
    assert (result.exit_code, fingerprint(county)) == (6, before)
    items = json.loads(result.stdout)["items"]
    assert [(each["row"], each["outcome"], each["id"]) for each in items] == [
        (4, "changed", "1-1"), (5, "same", "1-2"), (6, "same", "1-3"), (7, "same", "2-1"), (8, "same", "2-2"),
        (9, "new", "1-4"), (10, "refused", None),
    ]  # fmt: skip
    assert items[0]["detail"] == "责任单位：工信局 → 应急局；协办单位：卫健局、应急局 → 卫健局"
    assert items[6]["column"] == "企业名称"
    assert counted(result) == "新增 1，更新 1，不变 4，拒绝 1（没有写入）"


def test_a_row_may_be_told_in_several_steps_of_progress(county: Path, tmp_path: Path, fugong: Run) -> None:
    header = ["企业", "问题", "发现日期", "进展情况"]
    for said in ("已联系", "03-05 已联系；已发货", "已联系；已发货；已到货"):
        path = comma(tmp_path / "a.csv", [header, ["甲厂", "夜班", "2020-03-05", said]])
        assert fugong("import", str(path)).exit_code == 0
    (problem,) = json.loads(fugong("show", "1-4", "--format", "json").stdout)["items"]
    assert [event["text"] for event in problem["events"] if event["kind"] == "note"] == ["已联系", "已发货", "已到货"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_deadline_counted_from_the_found_date_moves_with_it_also_where_a_file_corrects_that(
    county: Path, tmp_path: Path, fugong: Run, suffix: str
) -> None:
    """The rule is the domain's, whoever corrects the day: trials §1.17."""
    fugong("log", "甲厂", "缺扳手", "--on", "2020-03-10", "--due", "7wd")
    rows = exported(listed(fugong))
    (own,) = (row for row in rows[3:] if "缺扳手" in row)
    assert own[LAYOUT.index("整改时限")] == "2020-03-19"
    own[LAYOUT.index("提出日期")] = "2020-03-05"
    path = write(tmp_path / f"a{suffix}", rows)
    assert (
        "时限：2020-03-19 周四 → 2020-03-16 周一（从 2020-03-05 起 7 个工作日）" in fugong("import", str(path)).stdout
    )
    assert due(fugong) == ("2020-03-05", "2020-03-16", "2020-03-16", "7wd")
    before = fingerprint(county)
    again = fugong("import", str(path))
    assert "新增 0，更新 0，不变 6，拒绝 0" in again.stderr.splitlines()
    assert fingerprint(county) == before
    fugong("edit", "1-4", "--on", "2020-03-10")
    assert due(fugong) == ("2020-03-10", "2020-03-19", "2020-03-19", "7wd")


def due(fugong: Run) -> tuple[str, ...]:
    """When the problem was found, and its deadlines."""
    (item,) = (each for each in listed(fugong) if each["text"] == "缺扳手")
    return item["found_on"], item["due_on"], item["first_due_on"], item["due_rule"]
