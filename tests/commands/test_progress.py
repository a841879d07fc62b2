"""``progress``: the contract of its JSON, the same totals whatever a row stands for, and every format."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import SEED, outcome, tabbed

from fugong.vocab import Level
from fugong.vocab.reporting import By

PUBLISHED = tabbed("""
公布口径|公布数|台账同日|相差|截至
发现问题|7|5|2|2020-03-12
解决问题|4|1|3|2020-03-11
正在解决|3|3|0|2020-03-12
复工企业|2|2|0|2020-03-12
""")

ROWS = {
    By.TEAM: """\
组号|帮扶组|组长|具名企业|应包联|已复工|发现|解决|正在解决|逾期|解决率|宣传|监督|服务
1|第一组|组员甲|2|4|1|3|1|2|1|33.3%|1|1|0
2|第二组||2||1|2|1|1|0|50.0%|0|0|1
10|第十组||0|5|0|0|0|0|0|—|1|0|0
|（未分组）||1||0|0|0|0|0|—|0|0|0
合计|||5|9|2|5|2|3|1|40.0%|2|1|1
""",
    By.ENTERPRISE: """\
企业|帮扶组|乡镇|复工阶段|发现|解决|正在解决|逾期|解决率|宣传|监督|服务
戊厂|||停工|0|0|0|0|—|0|0|0
某县甲厂有限公司|1|甲镇|已复工|1|0|1|0|0.0%|1|1|0
某县乙建材有限公司|1|乙镇|筹备|1|0|1|1|0.0%|1|0|0
某县丙丁铸造有限公司|2|甲镇|满产|1|0|1|0|0.0%|0|0|0
某县丙丁水泥有限公司|2||未知|1|1|0|0|100.0%|0|0|1
（未具名企业）||||1|1|0|0|100.0%|1|0|0
合计||||5|2|3|1|40.0%|2|1|1
""",
    By.DEPARTMENT: """\
责任单位|发现|解决|正在解决|逾期|解决率|红灯|黄灯|绿灯|灰灯|退回|平均用时（天）
工信局|2|1|1|0|50.0%|0|1|0|0|0|3.0
卫健局|1|0|1|0|0.0%|0|0|0|1|0|
（未交办）|2|1|1|1|50.0%|1|0|0|0|0|0.0
合计|5|2|3|1|40.0%|1|1|0|1|0|
""",
    By.CATEGORY: """\
类别|发现|解决|正在解决|逾期|解决率
防控物资|1|0|1|0|0.0%
环境卫生|1|0|1|0|0.0%
资金周转|1|0|1|1|0.0%
（未分类）|2|2|0|0|100.0%
合计|5|2|3|1|40.0%
""",
    By.TOWNSHIP: """\
乡镇|发现|解决|正在解决|逾期|解决率
乙镇|1|0|1|1|0.0%
甲镇|2|0|2|0|0.0%
（乡镇不详）|2|2|0|0|100.0%
合计|5|2|3|1|40.0%
""",
    By.COUNTY: """\
县|发现|解决|正在解决|逾期|解决率
某县|5|2|3|1|40.0%
邻县|0|0|0|0|—
合计|5|2|3|1|40.0%
""",
}

PLAIN = {by: tabbed(rows) for by, rows in ROWS.items()}

every_by = pytest.mark.parametrize("by", list(ROWS))


def document(fugong: Run, *argv: str) -> dict[str, Any]:
    """``progress`` as scripts see it."""
    printed = fugong("progress", *argv, "--format", "json")
    assert (printed.exit_code, printed.stderr) == (0, "")
    made: dict[str, Any] = json.loads(printed.stdout)
    return made


def cells_of(text: str) -> list[list[str]]:
    """The lines of a plain listing as cells."""
    return [line.split("\t") for line in text.splitlines()]


# Formats


@every_by
@pytest.mark.usefixtures("county")
def test_a_row_for_each_of_them_then_the_total_and_what_was_published(fugong: Run, by: By) -> None:
    assert outcome(fugong("progress", "--by", by.value)) == (0, PLAIN[by] + PUBLISHED, "")


@pytest.mark.words
@every_by
@pytest.mark.usefixtures("county")
def test_the_table_has_a_title_the_same_cells_and_the_day(fugong: Run, by: By) -> None:
    printed = fugong("progress", "--by", by.value, "--format", "table")
    assert (printed.exit_code, printed.stderr) == (0, "")
    title, *lines = printed.stdout.splitlines()
    assert title == f"进展（按{by.zh}）"
    assert "截至 2020-03-13" in lines
    drawn = [
        line.split()
        for line in lines
        if line and not set(line) <= {"─"} and not line.startswith(("截至 ", "复工率 ", "已上报 "))
    ]
    plain = (PLAIN[by] + PUBLISHED).replace("—", "-")  # consoles differ in how wide a dash is
    cells = [[cell for cell in row if cell] for row in cells_of(plain) if any(row)]
    assert [row for row in drawn if row != ["公布口径与台账"]] == cells


@pytest.mark.words
@every_by
@pytest.mark.usefixtures("county")
def test_markdown_has_the_same_cells(fugong: Run, by: By) -> None:
    printed = fugong("progress", "--by", by.value, "--format", "md")
    assert (printed.exit_code, printed.stderr) == (0, "")
    lines = printed.stdout.splitlines()
    assert (lines[0], "- 截至 2020-03-13" in lines, "### 公布口径与台账" in lines) == (
        f"## 进展（按{by.zh}）",
        True,
        True,
    )
    rows = [line.strip("| ").replace("*", "") for line in lines if line.startswith("|") and "---" not in line]
    plain = [" | ".join(cells).strip(" |") for cells in cells_of(PLAIN[by] + PUBLISHED) if any(cells)]
    assert [" | ".join(cell.strip() for cell in row.split("|")) for row in rows] == plain


@every_by
@pytest.mark.usefixtures("county")
def test_csv_has_the_rows_and_neither_total_nor_footer(fugong: Run, by: By) -> None:
    printed = fugong("progress", "--by", by.value, "--format", "csv")
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert printed.stdout.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(printed.stdout.removeprefix("\ufeff"), newline="")))
    shown = [place for place, head in enumerate(rows[0]) if not head.startswith(("上报", "待审核"))]
    assert len(rows[0]) - len(shown) == len(Level) + 1
    rows = [[row[place] for place in shown] for row in rows]
    expected = [["" if cell.startswith("（") else cell for cell in row] for row in cells_of(PLAIN[by])[:-1]]
    assert rows == expected


@pytest.mark.usefixtures("county")
def test_in_english(fugong: Run) -> None:
    printed = fugong("progress", FUGONG_LANG="en")
    assert (printed.exit_code, printed.stderr) == (0, "")
    table, published = printed.stdout.split("\n\n")
    assert cells_of(table)[0] == [
        "Code", "Team", "Leader", "Named", "Expected", "Resumed", "Found", "Solved", "In hand", "Overdue", "Rate",
        "Publicity", "Supervision", "Service",
    ]  # fmt: skip
    assert cells_of(table)[-1][0] == "Total"
    assert cells_of(published)[:2] == [
        ["Published", "Stated", "Ledger that day", "Difference", "As of"],
        ["problems found", "7", "5", "2", "2020-03-12"],
    ]


# The contract


@pytest.mark.usefixtures("county")
def test_the_contract_of_the_document(fugong: Run) -> None:
    by_team = document(fugong)
    assert list(by_team) == ["schema", "as_of", "items", "total", "resumption", "escalated", "published"]
    assert (by_team["schema"], by_team["as_of"]) == (1, "2020-03-13")


@pytest.mark.usefixtures("county")
def test_the_contract_of_a_teams_row(fugong: Run) -> None:
    first, second, tenth, rest = document(fugong)["items"]
    assert list(first.items()) == [
        ("team", "1"),
        ("name", "第一组"),
        ("leader", "组员甲"),
        ("enterprises_named", 2),
        ("enterprises_expected", 4),
        ("resumed", 1),
        ("found", 3),
        ("solved", 1),
        ("in_hand", 2),
        ("overdue", 1),
        ("rate", 0.3333),
        ("pending", 0),
        ("escalated_county", 1),
        ("escalated_city", 0),
        ("escalated_province", 0),
        ("publicity", 1),
        ("supervision", 1),
        ("service", 0),
    ]
    assert (second["leader"], second["enterprises_expected"]) == (None, None)
    assert (tenth["team"], tenth["found"]) == ("10", 0)
    assert (rest["team"], rest["name"], rest["enterprises_named"], rest["resumed"]) == (None, None, 1, 0)


@pytest.mark.usefixtures("county")
def test_nothing_of_nothing_is_no_rate(fugong: Run) -> None:
    assert document(fugong)["items"][-1]["rate"] is None
    assert cells_of(fugong("progress").stdout)[3][10] == "—"


@pytest.mark.usefixtures("county")
def test_the_contract_of_the_total(fugong: Run) -> None:
    assert list(document(fugong)["total"].items()) == [
        ("enterprises_named", 5),
        ("enterprises_expected", 9),
        ("resumed", 2),
        ("found", 5),
        ("solved", 2),
        ("in_hand", 3),
        ("overdue", 1),
        ("rate", 0.4),
        ("pending", 0),
        ("escalated_county", 1),
        ("escalated_city", 0),
        ("escalated_province", 0),
        ("publicity", 2),
        ("supervision", 1),
        ("service", 1),
    ]


@pytest.mark.usefixtures("county")
def test_the_contract_of_what_was_published(fugong: Run) -> None:
    found, solved, *rest = document(fugong)["published"]
    assert list(found.items()) == [
        ("measure", "found"),
        ("scope", "county"),
        ("value", 7),
        ("ledger", 5),
        ("difference", 2),
        ("as_of", "2020-03-12"),
        ("source", "演练通报"),
    ]
    assert (solved["measure"], solved["as_of"], solved["source"]) == ("solved", "2020-03-11", None)
    assert [row["measure"] for row in rest] == ["in_hand", "resumed"]


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        (By.ENTERPRISE, ["enterprise", "team", "township", "stage"]),
        (By.DEPARTMENT, ["department"]),
        (By.CATEGORY, ["category"]),
        (By.TOWNSHIP, ["township"]),
        (By.COUNTY, ["county"]),
    ],
)
@pytest.mark.usefixtures("county")
def test_the_contract_of_other_rows(fugong: Run, by: By, keys: list[str]) -> None:
    counts = ["found", "solved", "in_hand", "overdue", "rate", "pending", *(f"escalated_{level}" for level in Level)]
    roles = ["publicity", "supervision", "service"] if by is By.ENTERPRISE else []
    lights = ["red", "yellow", "green", "grey", "bounced"] if by is By.DEPARTMENT else []
    days = ["days_taken"] if lights else []
    made = document(fugong, "--by", by.value)
    assert {tuple(item) for item in made["items"]} == {(*keys, *counts, *roles, *lights, *days)}
    assert list(made["total"]) == counts + roles + lights


@pytest.mark.usefixtures("county")
def test_in_json_a_row_without_a_name_has_null_and_codes_are_codes(fugong: Run) -> None:
    firms = document(fugong, "--by", "enterprise")["items"]
    assert [item["stage"] for item in firms] == ["stopped", "resumed", "preparing", "full", "unknown", None]
    assert firms[-1]["enterprise"] is None
    categories = document(fugong, "--by", "category")["items"]
    assert [item["category"] for item in categories] == ["supplies", "hygiene", "finance", None]


# Rules


@every_by
@pytest.mark.usefixtures("county")
def test_the_totals_are_the_same_whatever_a_row_stands_for(fugong: Run, by: By) -> None:
    whole, other = document(fugong), document(fugong, "--by", by.value)
    shared = whole["total"].keys() & other["total"].keys()
    assert {"found", "solved", "in_hand", "overdue", "rate"} <= shared
    assert {key: other["total"][key] for key in shared} == {key: whole["total"][key] for key in shared}
    assert other["published"] == whole["published"]


@every_by
@pytest.mark.usefixtures("county")
def test_found_is_solved_and_in_hand_in_every_row(fugong: Run, by: By) -> None:
    made = document(fugong, "--by", by.value)
    for row in (*made["items"], made["total"]):
        assert row["found"] == row["solved"] + row["in_hand"]


@pytest.mark.usefixtures("county")
def test_a_problem_is_overdue_the_day_after_its_deadline(fugong: Run) -> None:
    def overdue(today: str) -> int:
        count: int = json.loads(fugong("progress", "-f", "json", FUGONG_TODAY=today).stdout)["total"]["overdue"]
        return count

    assert [overdue(day) for day in ("2020-03-11", "2020-03-12", "2020-03-13", "2020-03-14")] == [0, 1, 1, 2]


@pytest.mark.usefixtures("county")
def test_acts_move_problems_between_the_counts(fugong: Run) -> None:
    def total() -> dict[str, Any]:
        counts = document(fugong)["total"]
        return {key: counts[key] for key in ("found", "solved", "in_hand", "overdue", "rate")}

    fugong("log", "甲厂", "新问题")
    assert total() == {"found": 6, "solved": 2, "in_hand": 4, "overdue": 1, "rate": 0.3333}
    fugong("close", "1-3", "--how", "已解决")
    assert total() == {"found": 6, "solved": 3, "in_hand": 3, "overdue": 0, "rate": 0.5}
    fugong("void", "1-4", "--why", "误登")
    assert total() == {"found": 5, "solved": 3, "in_hand": 2, "overdue": 0, "rate": 0.6}
    fugong("reopen", "1-3", "--why", "没有解决")
    assert total() == {"found": 5, "solved": 2, "in_hand": 3, "overdue": 1, "rate": 0.4}


@every_by
@pytest.mark.usefixtures("empty_store")
def test_an_empty_store_has_a_total_of_nothing_and_no_footer(fugong: Run, by: By) -> None:
    made = document(fugong, "--by", by.value)
    assert (made["items"], made["published"]) == ([], [])
    assert {made["total"][key] for key in ("found", "solved", "in_hand", "overdue")} == {0}
    assert made["total"]["rate"] is None
    printed = fugong("progress", "--by", by.value)
    assert (printed.exit_code, printed.stderr) == (0, "")
    head, total = printed.stdout.splitlines()
    assert head.split("\t") == cells_of(PLAIN[by])[0]
    assert total.split("\t")[0] == "合计"


@pytest.mark.usefixtures("county")
def test_the_same_store_gives_the_same_bytes(fugong: Run) -> None:
    for fmt in ("table", "plain", "csv", "json", "md"):
        assert fugong("progress", "--format", fmt).stdout == fugong("progress", "--format", fmt).stdout


@pytest.mark.on_a_file
def test_load_ends_with_the_progress_of_the_teams(store: Path, fugong: Run) -> None:
    loaded = fugong("load", str(SEED))
    assert (loaded.exit_code, loaded.stdout) == (0, PLAIN[By.TEAM] + PUBLISHED)
    assert loaded.stderr.splitlines()[0] == "专项行动：新增 1，更新 0，不变 0"
    assert store.stat().st_mode & 0o777 == 0o600
