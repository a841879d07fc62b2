"""A week of a county, and every paper that leaves its office: their numbers are the ledger's."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from python_calamine import CalamineWorkbook
from tests.conftest import Run
from tests.county import lay

DAYS = ("2020-03-16", "2020-03-17", "2020-03-18", "2020-03-19", "2020-03-20")


@pytest.fixture
def week(store: Path, fugong: Run) -> dict[str, str]:
    """Five days' work, entered as clerks do; the environment of the last."""
    lay(store)
    lines = [
        "log 甲厂 缺消毒液 -d 卫健局 --due 3wd",
        "log 丙丁铸造 用电增容没有答复 -d 工信局 --due 5wd",
        "assign 1-3 工信局",
        "close 1-4 --how 已送到",
        "log 乙建材 缺工人 --due 2020-03-19 -d 工信局",
        "chase 1-1 --by 电话",
        "escalate 1-3 --to city --why 贷款要市里协调",
        "close 2-1 --how 已消毒",
        "verify 2-1 --ok --satisfaction dissatisfied",
        "chase 1-1 --by 书面",
    ]
    for place, line in enumerate(lines):
        made = fugong(*line.split(), FUGONG_TODAY=DAYS[place * len(DAYS) // len(lines)])
        assert made.exit_code == 0, made.stderr
    return {"FUGONG_TODAY": DAYS[-1]}


def test_every_paper_of_a_week_has_the_numbers_of_the_ledger(fugong: Run, tmp_path: Path, week: dict[str, str]) -> None:
    def document(*argv: str) -> Any:
        return json.loads(fugong(*argv, "--json", **week).stdout)

    progress = document("progress")
    total, levels = progress["total"], progress["escalated"]
    figures = {key: total[key] for key in ("found", "solved", "in_hand", "overdue")}
    weekly, summary = document("weekly", "--from", DAYS[0]), document("summary")
    assert {key: summary["total"][key] for key in figures} == figures
    assert (weekly["total"]["in_hand"]["now"], weekly["total"]["overdue"]["now"]) == (
        figures["in_hand"],
        figures["overdue"],
    )
    before = document("progress", "--as-of", weekly["before_to"])["total"]
    assert weekly["total"]["new"]["now"] == total["found"] - before["found"]
    assert weekly["total"]["closed"]["now"] == total["solved"] - before["solved"]
    by_level = [row["level"] for row in summary["waiting"] if row["level"]]
    assert {level: by_level.count(level) for level in levels} == levels
    assert all(len(document("list", "--level", level)["items"]) == count for level, count in levels.items())

    ledger, workbook = tmp_path / "l.xlsx", tmp_path / "w.xlsx"
    fugong("export", "ledger", "-o", str(ledger), **week)
    fugong("weekly", "--from", DAYS[0], "-o", str(workbook), **week)
    printed = CalamineWorkbook.from_path(str(ledger)).get_sheet_by_name("打印").to_python()
    said = next(str(row[0]) for row in printed if str(row[0]).startswith("截至"))
    assert list(map(int, re.findall(r"(\d+) 个", said))) == [
        *figures.values(),
        *(count for count in levels.values() if count),
    ]
    rows = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_index(0).to_python()
    (summed,) = [row for row in rows if row[0] == "合计"]
    now = [weekly["total"][key]["now"] for key in ("new", "closed", "in_hand", "overdue")]
    assert [summed[place] for place in (1, 4, 7, 10)] == now

    lists = tmp_path / "lists.xlsx"
    fugong("export", "lists", "-o", str(lists), **week)
    book = CalamineWorkbook.from_path(str(lists))
    for name in book.sheet_names:
        assert book.get_sheet_by_name(name).to_python()[-1][0] == f"合计 {figures['found']} 条"
    flat = document("export", "ledger")["items"]
    assert {level: [row["escalated"] for row in flat].count(level) for level in levels} == levels
    lights = document("list")["items"]
    for light in ("red", "yellow"):
        assert {row["id"] for row in summary["lights"][light]} == {row["id"] for row in lights if row["light"] == light}

    text = fugong("weekly", "--from", DAYS[0], "--format", "text", **week).stdout
    assert f"新增问题 {now[0]} 个" in text
    short = fugong("summary", "--short", **week).stdout
    assert f"累计发现问题 {figures['found']} 个" in short
    notice = tmp_path / "n.docx"
    assert fugong("notice", "1-1", "--kind", "督办单", "-o", str(notice), **week).exit_code == 0
    card = document("show", "1-1")["items"][0]
    cells = [cell.text for table in Document(str(notice)).tables for row in table.rows for cell in row.cells]
    assert card["text"] in cells
    assert any(f"已逾期{card['days_over']}天" in cell for cell in cells)
