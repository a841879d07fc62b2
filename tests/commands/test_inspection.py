"""inspection: results of checks, the problems that they open, and who has not been looked at."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome

from fugong import db
from fugong.domain import history
from fugong.domain.activities.activities import find_activity
from fugong.errors import Refusal
from fugong.errors.entries import BadDeadline, BadFinding, DateGoesBack
from fugong.errors.names import UnknownTerm
from fugong.errors.rules import CheckTwice, EnterpriseNeeded, NothingInspected, NothingToCorrect
from fugong.vocab import Act, CategoryGroup

FIRM = "某县甲厂有限公司"


def said(refusal: Refusal) -> tuple[int, str, str]:
    """The outcome of a refusal."""
    return refusal.exit_code, "", f"错误：{refusal.sentence(chinese=True)}\n"


def items(fugong: Run, *argv: str) -> list[dict[str, Any]]:
    """A listing as scripts see it."""
    printed = fugong(*argv, "--format", "json")
    assert (printed.exit_code, printed.stderr) == (0, "")
    listed: list[dict[str, Any]] = json.loads(printed.stdout)["items"]
    return listed


def results(fugong: Run, id_: str) -> list[tuple[Any, ...]]:
    """What an inspection found."""
    (item,) = items(fugong, "inspection", "show", id_)
    return [tuple(result.values()) for result in item["results"]]


# Entering


@pytest.mark.usefixtures("county")
def test_each_failed_check_opens_a_problem_linked_to_the_inspection(fugong: Run) -> None:
    entered = fugong(
        "inspection", "add", "甲厂", "--fail", "环境卫生=垃圾未清", "--pass-rest", "--by", "组员甲", "--on", "3月11日",
    )  # fmt: skip
    assert outcome(entered) == (0, f"1-w3  {FIRM}  五查\n1-4  {FIRM}  垃圾未清\n", "")
    assert results(fugong, "1-w3") == [("supplies", True, None, None), ("hygiene", False, "垃圾未清", "1-4")]
    (problem,) = items(fugong, "show", "1-4")
    about = ("team", "enterprise", "text", "category", "source", "status", "found_on", "approximate")
    assert [problem[name] for name in about] == [
        "1", FIRM, "垃圾未清", "hygiene", "inspection", "open", "2020-03-11", False,
    ]  # fmt: skip


def test_the_inspection_and_its_problems_are_one_batch(county: Path, fugong: Run) -> None:
    fugong("inspection", "add", "甲厂", "--fail", "hygiene=垃圾未清")
    (inspection,), (problem,) = items(fugong, "inspection", "show", "1-w3"), items(fugong, "show", "1-4")
    (moment,) = {event["recorded_at"] for event in (*inspection["events"], *problem["events"])}
    assert moment.startswith("2020-03-13T04:00")
    before = fingerprint(county)
    refused = fugong("inspection", "add", "乙建材", "--fail", "hygiene=乱", "--fail", "supplies=少", "--quantity", "多")
    assert refused.exit_code == 1
    assert fingerprint(county) == before


@pytest.mark.usefixtures("county")
def test_a_check_whose_problem_is_in_hand_adds_a_note_instead_of_a_twin(fugong: Run) -> None:
    entered = fugong("inspection", "add", "甲厂", "--fail", "防控物资=口罩只够一天")
    assert outcome(entered) == (
        0,
        f"1-w3  {FIRM}  五查\n1-1  {FIRM}  口罩不足三天\n",
        "1-1 还在办理，没有另外登记，只加了一条记录。\n",
    )
    assert results(fugong, "1-w3") == [("supplies", False, "口罩只够一天", "1-1")]
    assert [event["text"] for event in items(fugong, "show", "1-1")[0]["events"]][-1] == "口罩只够一天"
    assert len(items(fugong, "list", "--status", "all")) == 5


@pytest.mark.usefixtures("county")
def test_a_check_whose_problem_is_closed_opens_another(fugong: Run) -> None:
    fugong("close", "1-1", "--how", "已调配")
    assert fugong("inspection", "add", "甲厂", "--fail", "supplies=又缺口罩").stdout.splitlines()[1] == (
        f"1-4  {FIRM}  又缺口罩"
    )


@pytest.mark.usefixtures("county")
def test_the_problem_of_another_firm_or_another_check_is_not_its_twin(fugong: Run) -> None:
    fugong("inspection", "add", "乙建材", "--fail", "supplies=缺口罩")
    fugong("inspection", "add", "甲厂", "--fail", "hygiene=垃圾未清")
    assert [item["id"] for item in items(fugong, "list", "--team", "1")] == ["1-1", "1-3", "1-4", "1-5"]


@pytest.mark.usefixtures("county")
def test_checks_that_nobody_made_have_no_result(fugong: Run) -> None:
    fugong("inspection", "add", "甲厂", "--pass", "环境卫生")
    assert results(fugong, "1-w3") == [("hygiene", True, None, None)]
    fugong("inspection", "add", "甲厂", "--pass", "环境卫生", "--pass-rest")
    assert results(fugong, "1-w4") == [("supplies", True, None, None), ("hygiene", True, None, None)]


@pytest.mark.usefixtures("county")
def test_an_inspection_is_a_check_unless_said_otherwise_and_other_supervision_has_a_text(fugong: Run) -> None:
    fugong("inspection", "add", "甲厂", "--pass-rest")
    fugong("inspection", "add", "甲厂", "--pass-rest", "--kind", "-", "夜间五查")
    fugong("inspection", "add", "-", "核查台账", "--team", "2")
    listed = items(fugong, "inspection", "list", "--since", "2020-03-13")
    assert [(item["id"], item["kind"], item["text"], item["enterprises"]) for item in listed] == [
        ("1-w3", "check", "五查", [FIRM]),
        ("1-w4", None, "夜间五查", [FIRM]),
        ("2-w2", None, "核查台账", []),
    ]


@pytest.mark.usefixtures("county")
def test_an_approximate_inspection_opens_problems_of_an_approximate_day(fugong: Run) -> None:
    fugong("inspection", "add", "甲厂", "--fail", "hygiene=垃圾未清", "--on", "2020-03-12", "--approx")
    (problem,) = items(fugong, "show", "1-4")
    assert (problem["found_on"], problem["approximate"], problem["events"][0]["approximate"]) == (
        "2020-03-12", True, True,
    )  # fmt: skip


@pytest.mark.usefixtures("county")
def test_an_inspection_with_a_key_is_entered_once_with_its_problems(fugong: Run) -> None:
    first, second = (fugong("inspection", "add", "甲厂", "--fail", "hygiene=乱", "--key", "k") for _ in range(2))
    assert first.stdout.splitlines()[0] == second.stdout.strip() == f"1-w3  {FIRM}  五查"
    assert [event["kind"] for event in items(fugong, "show", "1-4")[0]["events"]] == ["log"]


@pytest.mark.words
@pytest.mark.parametrize(
    ("argv", "refusal"),
    [
        (["add", "甲厂"], NothingInspected()),
        (["add", "-", "-t", "2", "--pass-rest"], EnterpriseNeeded()),
        (["add", "甲厂", "--fail", "环境卫生"], BadFinding(value="环境卫生")),
        (["add", "甲厂", "--fail", "=乱"], BadFinding(value="=乱")),
        (["add", "甲厂", "--fail", "环境卫生= "], BadFinding(value="环境卫生= ")),
        (["add", "甲厂", "--fail", "hygiene=乱", "--pass", "环境卫生"], CheckTwice(check="环境卫生")),
        (["add", "甲厂", "--fail", "hygiene=乱", "--fail", "环境卫生=脏"], CheckTwice(check="环境卫生")),
        (["add", "甲厂", "--pass", "资金周转"],
         UnknownTerm(list=CategoryGroup.CHECK, name="资金周转",
                     candidates=["supplies（防控物资）", "hygiene（环境卫生）"])),
        (["add", "丙丁铸造", "--fail", "hygiene=乱", "--on", "2020-03-01"],
         DateGoesBack(id="2-1", last="2020-03-12", act=Act.LOG, wanted=Act.NOTE, date="2020-03-01")),
        (["edit", "1-w2"], NothingToCorrect(noun="inspection")),
        (["edit", "1-w2", "--enterprise", "-", "--pass", "hygiene"], EnterpriseNeeded()),
        (["due", "--every", "常常"], BadDeadline(value="常常")),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    county: Path, fugong: Run, argv: list[str], refusal: Refusal
) -> None:
    before = fingerprint(county)
    assert outcome(fugong("inspection", *argv)) == said(refusal)
    assert fingerprint(county) == before


# Correcting


@pytest.mark.usefixtures("county")
def test_a_corrected_result_leaves_its_problem_and_the_other_results_alone(fugong: Run) -> None:
    fugong("inspection", "add", "甲厂", "--fail", "hygiene=垃圾未清", "--pass-rest")
    assert outcome(fugong("inspection", "edit", "1-w3", "--fail", "hygiene=垃圾成堆")) == (
        0, f"1-w3  {FIRM}  五查\n", "",
    )  # fmt: skip
    assert results(fugong, "1-w3") == [("supplies", True, None, None), ("hygiene", False, "垃圾成堆", "1-4")]
    fugong("inspection", "edit", "1-w3", "--pass", "hygiene", "--note", "看错了")
    assert results(fugong, "1-w3") == [("supplies", True, None, None), ("hygiene", True, None, None)]
    assert items(fugong, "show", "1-4")[0]["status"] == "open"
    assert fugong("inspection", "edit", "1-w3", "--pass", "hygiene").stderr == "1-w3 没有变化。\n"


@pytest.mark.usefixtures("county")
def test_a_result_corrected_to_failed_opens_its_problem(fugong: Run) -> None:
    assert outcome(fugong("inspection", "edit", "1-w2", "--fail", "hygiene=垃圾未清")) == (
        0, f"1-w2  {FIRM}  全面检查\n1-4  {FIRM}  垃圾未清\n", "",
    )  # fmt: skip
    assert items(fugong, "show", "1-4")[0]["found_on"] == "2020-03-12"
    (item,) = items(fugong, "inspection", "show", "1-w2")
    assert item["events"][-1]["changes"] == {"results": [[], [["hygiene", False, "垃圾未清", "1-4"]]]}


def test_an_inspection_is_the_fold_of_its_events(county: Path, fugong: Run) -> None:
    fugong("inspection", "add", "甲厂", "--fail", "hygiene=垃圾未清", "--fail", "supplies=口罩不足", "--by", "组员甲")
    fugong("inspection", "edit", "1-w3", "--pass", "supplies", "--kind", "", "--on", "2020-03-12", "--team", "2")
    with db.writing(str(county)) as session:
        inspection = find_activity(session, "2-w2")
        changes = [json.loads(event.changes) for event in history.of(session, inspection.uid)]
        assert len(changes) == 2
        assert history.fold(changes) == history.state(inspection)


# Reading


@pytest.mark.usefixtures("county")
def test_the_list_names_the_checks_that_failed_and_that_passed(fugong: Run) -> None:
    fugong("inspection", "add", "甲厂", "--fail", "hygiene=垃圾未清", "--pass-rest")
    listed = items(fugong, "inspection", "list")
    assert [(item["id"], item["failed"], item["passed"]) for item in listed] == [
        ("1-w2", [], []), ("1-w3", ["hygiene"], ["supplies"]),
    ]  # fmt: skip
    assert fugong("inspection", "list", "--since", "今天").stdout.splitlines() == [
        "编号\t角色\t方式\t企业\t内容\t不合格\t合格\t物品\t数量\t单位\t日期\t问题",
        f"1-w3\t监督\t检查\t{FIRM}\t五查\t环境卫生\t防控物资\t\t\t\t2020-03-13\t",
    ]


@pytest.mark.usefixtures("county")
def test_the_contract_of_inspections(fugong: Run) -> None:
    (listed,), (card,) = items(fugong, "inspection", "list"), items(fugong, "inspection", "show", "1-w2")
    activity = [
        "id", "team", "role", "kind", "enterprises", "text", "item", "quantity", "unit", "on_date", "approximate",
        "problem", "department", "done_by", "guests", "place", "key", "uid", "inferred", "remark",
    ]  # fmt: skip
    assert list(listed) == [*activity[:6], "failed", "passed", *activity[6:]]
    assert list(card) == [*activity, "results", "events"]
    fugong("inspection", "edit", "1-w2", "--pass", "hygiene")
    (result,) = items(fugong, "inspection", "show", "1-w2")[0]["results"]
    assert list(result) == ["check", "passed", "text", "problem"]


@pytest.mark.usefixtures("county")
def test_enterprises_never_looked_at_are_due_first_then_the_longest_ago(fugong: Run) -> None:
    fugong("inspection", "add", "乙建材", "--pass-rest", "--on", "2020-03-02")
    fugong("inspection", "add", "丙丁铸造", "--pass-rest", "--on", "2020-02-28", "--approx")
    due = items(fugong, "inspection", "due", "--every", "7wd")
    assert [tuple(item.values()) for item in due] == [
        ("戊厂", None, "stopped", None, False, None, None),
        ("某县丙丁水泥有限公司", "2", "unknown", None, False, None, None),
        ("某县丙丁铸造有限公司", "2", "full", "2020-02-28", True, "2020-03-10", 3),
        ("某县乙建材有限公司", "1", "preparing", "2020-03-02", False, "2020-03-11", 2),
    ]
    assert [item["enterprise"] for item in items(fugong, "inspection", "due", "--every", "7wd", "--team", "1")] == [
        "某县乙建材有限公司"
    ]


@pytest.mark.usefixtures("county")
def test_an_enterprise_is_not_due_until_the_day_after_the_last_on_which_it_could_be_looked_at(fugong: Run) -> None:
    def due() -> list[str]:
        return [item["enterprise"] for item in items(fugong, "inspection", "due", "--every", "1wd", "-e", "甲厂")]

    assert due() == []
    fugong("inspection", "edit", "1-w2", "--on", "2020-03-11")
    assert due() == [FIRM]


@pytest.mark.usefixtures("county")
def test_the_document_of_due_says_of_which_day_and_how_often(fugong: Run) -> None:
    document = json.loads(fugong("inspection", "due", "--every", "1m", "--format", "json").stdout)
    assert (list(document), document["as_of"], document["every"]) == (
        ["schema", "as_of", "items", "every"], "2020-03-13", "1m",
    )  # fmt: skip
    assert list(document["items"][0]) == [
        "enterprise", "team", "stage", "last_on", "approximate", "due_on", "days_over",
    ]  # fmt: skip


@pytest.mark.usefixtures("county")
def test_an_enterprise_that_does_not_count_is_never_due(fugong: Run, tmp_path: Path) -> None:
    seed = tmp_path / "seed.yaml"
    seed.write_text("as_of: 2020-03-13\nenterprises: [{name: 己厂, stage: excluded, remark: 永久停产}]\n", "utf-8")
    assert fugong("load", str(seed)).exit_code == 0
    assert "己厂" not in fugong("inspection", "due").stdout
