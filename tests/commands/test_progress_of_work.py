"""progress --by kind and --by milestone: what was done how often, and who has reached what."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import outcome, tabbed

from fugong.seed.load import load_files

BY_KIND = tabbed("""\
角色|方式|次数|数量
宣传|标语|1|标语 21条
宣传|（方式不详）|1|
监督|检查|1|
服务|物资|1|口罩 400-500只
合计||4|

物品|数量|单位|次数
标语|21|条|1
口罩|400-500|只|1
""")
BY_MILESTONE = tabbed("""\
企业|组号|复工批复|党支部
戊厂|||
某县甲厂有限公司|1|2020-03-04|
某县乙建材有限公司|1||
某县丙丁铸造有限公司|2||未完成
某县丙丁水泥有限公司|2||
合计||1|0
""")
SUPPLY = ("support", "add", "甲厂", "物资", "送物资")


def document(fugong: Run, by: str) -> dict[str, Any]:
    """The progress as scripts see it."""
    printed = fugong("progress", "--by", by, "--format", "json")
    assert (printed.exit_code, printed.stderr) == (0, "")
    made: dict[str, Any] = json.loads(printed.stdout)
    return made


def totals(fugong: Run) -> list[tuple[str | None, str | None, str]]:
    """The overall totals: item, unit, quantity."""
    listed = document(fugong, "kind")["total"]["totals"]
    return [(each["item"], each["unit"], each["quantity"]) for each in listed]


@pytest.mark.usefixtures("county")
def test_a_row_for_each_kind_of_each_role_and_the_totals_of_each_item(fugong: Run) -> None:
    assert outcome(fugong("progress", "--by", "kind")) == (0, BY_KIND, "")
    titles = fugong("progress", "--by", "kind", "--format", "table").stdout.splitlines()
    assert (titles[0], "各种物品合计" in titles, "截至 2020-03-13" in titles) == ("进展（按方式）", True, True)


@pytest.mark.usefixtures("county")
def test_unlike_items_and_units_are_never_added(fugong: Run) -> None:
    for item, quantity, unit in (
        ("口罩", "1000", "只"), ("口罩", "500", "只"), ("口罩", "5", "箱"), ("手套", "10", "只"), ("手套", "10", ""),
    ):  # fmt: skip
        fugong(*SUPPLY, "--item", item, "--quantity", quantity, "--unit", unit)
    assert totals(fugong) == [
        ("标语", "条", "21"), ("口罩", "只", "1900-2000"), ("口罩", "箱", "5"), ("手套", "只", "10"),
        ("手套", None, "10"),
    ]  # fmt: skip


@pytest.mark.usefixtures("county")
def test_the_same_quantity_given_twice_counts_twice(fugong: Run) -> None:
    for _ in range(2):
        fugong(*SUPPLY, "--item", "口罩", "--quantity", "400-500", "--unit", "只")
    assert totals(fugong)[-1] == ("口罩", "只", "1200-1500")


@pytest.mark.usefixtures("county")
def test_a_unit_in_letters_stands_apart_from_its_number_and_one_in_characters_does_not(fugong: Run) -> None:
    fugong(*SUPPLY, "--item", "masks", "--quantity", "300", "--unit", "pieces")
    said = fugong("progress", "--by", "kind", "--format", "plain").stdout
    assert "masks 300 pieces" in said
    assert "口罩 400-500只" in said


@pytest.mark.usefixtures("county")
def test_an_item_given_in_two_roles_has_one_total_and_is_in_the_row_of_each(fugong: Run) -> None:
    fugong("outreach", "add", "甲厂", "标语", "张贴", "--item", "口罩", "--quantity", "5.5", "--unit", "只")
    assert totals(fugong)[-1] == ("口罩", "只", "405.5-505.5")
    by_kind = {(row["role"], row["kind"]): row["totals"] for row in document(fugong, "kind")["items"]}
    assert by_kind["publicity", "slogans"][1] == {
        "item": "口罩", "unit": "只", "quantity": "5.5", "low": 5.5, "high": 5.5, "activities": 1,
    }  # fmt: skip
    assert by_kind["service", "supplies"] == [
        {"item": "口罩", "unit": "只", "quantity": "400-500", "low": 400, "high": 500, "activities": 1},
    ]


@pytest.mark.usefixtures("county")
def test_the_contract_of_kinds(fugong: Run) -> None:
    made = document(fugong, "kind")
    assert (list(made), made["schema"], made["as_of"]) == (["schema", "as_of", "items", "total"], 1, "2020-03-13")
    assert [list(item) for item in made["items"]] == [["role", "kind", "activities", "totals"]] * 4
    assert [(item["role"], item["kind"], item["activities"]) for item in made["items"]] == [
        ("publicity", "slogans", 1), ("publicity", None, 1), ("supervision", "check", 1), ("service", "supplies", 1),
    ]  # fmt: skip
    assert (list(made["total"]), made["total"]["activities"]) == (["activities", "totals"], 4)


@pytest.mark.usefixtures("county")
def test_a_row_for_each_enterprise_and_a_column_for_each_milestone(fugong: Run) -> None:
    assert outcome(fugong("progress", "--by", "milestone")) == (0, BY_MILESTONE, "")
    fugong("milestone", "edit", "丙丁铸造", "党支部", "--reached", "--approx")
    assert "某县丙丁铸造有限公司\t2\t\t约 2020-03-12\n" in fugong("progress", "--by", "milestone").stdout
    english = fugong("progress", "--by", "milestone", FUGONG_LANG="en").stdout
    assert "某县丙丁铸造有限公司\t2\t\tabout 2020-03-12\n" in english


@pytest.mark.usefixtures("county")
def test_the_contract_of_the_matrix(fugong: Run) -> None:
    made = document(fugong, "milestone")
    assert (list(made), made["as_of"]) == (["schema", "as_of", "items", "total"], "2020-03-13")
    assert made["items"][3] == {
        "enterprise": "某县丙丁铸造有限公司",
        "team": "2",
        "milestones": {
            "approval": None,
            "branch": {"on_date": "2020-03-12", "approximate": True, "pending": True},
        },
    }
    assert made["total"] == {
        "enterprises": 5,
        "milestones": {"approval": {"reached": 1, "pending": 0}, "branch": {"reached": 0, "pending": 1}},
    }


@pytest.mark.parametrize("by", ["kind", "milestone"])
@pytest.mark.usefixtures("empty_store")
def test_progress_of_nothing_is_a_heading_and_a_total_of_nothing(fugong: Run, by: str) -> None:
    made = document(fugong, by)
    assert made["items"] == []
    assert fugong("progress", "--by", by).stdout.splitlines()[-1].startswith("合计")


def test_the_masks_of_the_article_are_1500(store: Path, fugong: Run) -> None:
    load_files(str(store), [Path(__file__).parents[2] / "data" / "seed.yaml"], actor="录入员")
    assert ("口罩", "只", "1500") in totals(fugong)
    assert ("水泥", "吨/天", "400-500") in totals(fugong)
