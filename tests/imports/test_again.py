"""What was taken back comes in again, with its number; what somebody voided is said to be void."""

import json
from pathlib import Path
from typing import Any

from tests.conftest import Run
from tests.imports.sheets import books, comma, counted

HEADER = ["企业名称", "问题描述", "提出日期", "责任单位", "状态", "办结日期", "整改措施"]
ROWS = [
    HEADER,
    ["甲厂", "一", "2020-03-05", "工信局", "", "", ""],
    ["甲厂", "二", "2020-03-05", "", "已解决", "2020-03-09", "已排班"],
]


def new(fugong: Run, *options: str) -> list[dict[str, Any]]:
    items = json.loads(fugong("list", "--status", "all", "-f", "json", *options).stdout)["items"]
    return [each for each in items if each["text"] in ("一", "二", "三")]


def test_an_import_that_was_undone_comes_in_again_with_its_numbers(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = comma(tmp_path / "a.csv", ROWS)
    assert fugong("import", str(path)).exit_code == 0
    first = new(fugong)
    assert fugong("undo").exit_code == 0
    assert [each["status"] for each in new(fugong)] == ["void", "void"]
    corrected = comma(tmp_path / "b.csv", [HEADER, ["甲厂", "一", "2020-03-05", "卫健局", "", "", ""], ROWS[2]])
    assert counted(fugong("import", str(corrected))) == "新增 2，更新 0，不变 0，拒绝 0"
    again = new(fugong)
    assert [(each["id"], each["uid"], each["status"]) for each in again] == [
        (each["id"], each["uid"], each["status"]) for each in first
    ]
    assert (again[0]["department"], again[1]["how"]) == ("卫健局", "已排班")
    assert counted(fugong("import", str(corrected))) == "新增 0，更新 0，不变 2，拒绝 0"
    assert fugong("store", "check").exit_code == 0, fugong("store", "check").stdout
    assert fugong("undo").exit_code == 0
    assert [each["status"] for each in new(fugong)] == ["void", "void"]
    assert fugong("store", "check").exit_code == 0
    assert counted(fugong("import", str(path))) == "新增 2，更新 0，不变 0，拒绝 0"


def test_a_problem_that_was_undone_is_logged_again_by_its_key(county: Path, fugong: Run) -> None:
    fugong("log", "甲厂", "一", "--key", "k1", "--person", "组员甲")
    fugong("undo")
    result = fugong("log", "甲厂", "二", "--key", "k1")
    assert (result.exit_code, result.stderr) == (0, "")
    (found,) = new(fugong)
    assert (found["id"], found["text"], found["status"], found["person"]) == ("1-4", "二", "open", None)
    assert "已登记过" in fugong("log", "甲厂", "二", "--key", "k1").stderr
    assert fugong("store", "check").exit_code == 0


def test_as_of_an_earlier_day_what_was_logged_again_counts_from_its_own_day(county: Path, fugong: Run) -> None:
    fugong("log", "甲厂", "一", "--key", "k1", "--on", "2020-03-10")
    fugong("undo")
    fugong("log", "甲厂", "一", "--key", "k1", "--on", "2020-03-11")
    seen = {day: [each["status"] for each in new(fugong, "--as-of", day)] for day in ("2020-03-10", "2020-03-11")}
    assert seen == {"2020-03-10": [], "2020-03-11": ["open"]}


def test_what_somebody_voided_is_said_and_comes_back_when_asked_for(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = comma(tmp_path / "a.csv", ROWS)
    fugong("import", str(path))
    fugong("void", "1-4", "--why", "重复")
    result = fugong("import", str(path))
    assert counted(result) == "新增 0，更新 0，不变 2，拒绝 0"
    assert "1-4\t不变\t2\t某县甲厂有限公司\t一\t\t\t已作废，未导入；--revive 恢复" in result.stdout
    assert fugong("import", str(path), "--revive").exit_code == 0
    assert [each["status"] for each in new(fugong)] == ["doing", "closed"]


def test_an_import_that_made_firms_departments_and_categories_is_taken_back_and_done_again_whole(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    rows = [
        ["帮扶组", "企业", "问题", "发现日期", "责任单位", "协办单位", "问题类别"],
        ["1", "庚公司", "一", "2020-03-05", "庚局", "辛局、卫健局", "庚类"],
    ]
    path = comma(tmp_path / "made.csv", rows)

    def told() -> list[str]:
        nouns = (("list", "--status", "all"), ("enterprise", "list"), ("department", "list"), ("term", "list"))
        return [fugong(*noun, "-f", "csv").stdout for noun in nouns]

    assert fugong("import", str(path), "--create", "enterprises,departments,categories").exit_code == 0
    whole = told()
    undone = fugong("undo")
    assert undone.exit_code == 0, undone.stderr
    assert not [each for each in told()[1:] if "庚" in each]
    assert fugong("store", "check").exit_code == 0
    assert fugong("redo").exit_code == 0
    assert told() == whole
    assert fugong("store", "check").exit_code == 0


def test_a_workbook_that_made_a_team_with_problems_is_taken_back_whole_and_comes_in_again(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    sheets = {
        "帮扶组": ([["组号", "名称", "组长"], ["21", "第二十一组", "张三"], ["22", "第二十二组", "李四"]], ()),
        "企业名单": ([["企业名称", "帮扶组"], ["庚公司", "21"]], ()),
        "问题台账": ([["帮扶组", "企业名称", "问题", "提出日期"], ["21", "庚公司", "缺煤", "2020-03-05"]], ()),
    }
    path = books(tmp_path / "county.xlsx", sheets)

    def told() -> list[str]:
        nouns = (("progress",), ("list", "--status", "all", "--team", "21"), ("team", "list"), ("enterprise", "list"))
        return [fugong(*noun, "-f", "csv").stdout for noun in nouns]

    before = fugong("progress", "-f", "csv").stdout
    assert fugong("import", str(path), "--all-sheets").exit_code == 0
    whole = told()
    assert fugong("undo").exit_code == 0
    assert fugong("progress", "-f", "csv").stdout == before
    assert fugong("redo").exit_code == 0
    assert told() == whole
    assert fugong("undo").exit_code == 0
    again = fugong("import", str(path), "--all-sheets", "-f", "json")
    assert [each["id"] for each in json.loads(again.stdout)["items"]] == ["21", "22", None, "21-1"]
    assert told()[0] == whole[0]
    assert fugong("store", "check").exit_code == 0
    assert fugong("undo").exit_code == 0
    assert (fugong("team", "add", "21", "新组").exit_code, fugong("progress", "-f", "csv").stdout != before) == (
        0,
        True,
    )
    assert fugong("store", "check").exit_code == 0
