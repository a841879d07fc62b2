"""Reviewed closing (审核销号): who solved a problem applies, somebody else approves or sends it back."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome

OFFICE = {"FUGONG_ACTOR": "办公室"}
"""Somebody else than whoever types in the other commands of a test."""


@pytest.fixture(autouse=True)
def _reviewed(county: Path, fugong: Run) -> None:
    assert outcome(fugong("store", "set", "review", "on")) == (0, "review\ton\n", "")


def item(fugong: Run, ident: str, *argv: str) -> Any:
    listed = json.loads(fugong("list", "--status", "all", "--json", *argv).stdout)["items"]
    return next(each for each in listed if each["id"] == ident)


def total(fugong: Run, *argv: str) -> Any:
    return json.loads(fugong("progress", "--json", *argv).stdout)["total"]


def test_closing_is_applying_for_it_and_the_problem_stays_in_hand(fugong: Run) -> None:
    before = total(fugong)
    status, said, understood = outcome(fugong("close", "1-1", "口罩到货"))
    assert (status, said) == (0, "1-1  某县甲厂有限公司  口罩不足三天\n")
    assert understood == "     已申请销号，待审核：由另一个人 fugong approve 1-1\n"
    assert item(fugong, "1-1")["status"] == "pending"
    after = total(fugong)
    assert (after["in_hand"], after["solved"], after["pending"]) == (before["in_hand"], before["solved"], 1)
    assert "正在解决的里面待审核 1 个" in fugong("progress", "--format", "table").stdout
    assert "其中待审核 1 个" in fugong("summary").stdout
    assert [row.split("\t")[0] for row in fugong("list", "--status", "pending").stdout.splitlines()[1:]] == ["1-1"]


def test_applying_again_changes_nothing(county: Path, fugong: Run) -> None:
    fugong("close", "1-1", "口罩到货")
    before = fingerprint(county)
    assert "1-1 已经申请销号，等审核，没有改动。" in outcome(fugong("close", "1-1", "又一次"))[2]
    assert fingerprint(county) == before


def test_a_problem_solved_on_the_spot_is_applied_for(fugong: Run) -> None:
    assert fugong("log", "甲厂", "缺扳手", "--solved", "--how", "买了").exit_code == 0
    (waits,) = json.loads(fugong("list", "--status", "pending", "--json").stdout)["items"]
    assert (waits["text"], waits["how"]) == ("缺扳手", "买了")


def test_nobody_reviews_his_own_application(county: Path, fugong: Run) -> None:
    fugong("close", "1-1", "口罩到货")
    before = fingerprint(county)
    for argv in (["approve", "1-1"], ["reject", "1-1", "没有照片"]):
        status, said, why = outcome(fugong(*argv))
        assert (status, said) == (1, "")
        assert "1-1 是tester申请销号的，要由另一个人审核" in why
    assert fingerprint(county) == before


def test_whoever_corrects_the_day_of_an_application_did_not_apply(fugong: Run) -> None:
    fugong("close", "1-1", "口罩到货")
    assert fugong("redate", "1-1", "2020-03-12", **OFFICE).exit_code == 0
    status, _, why = outcome(fugong("approve", "1-1"))
    assert (status, "1-1 是tester申请销号的" in why) == (1, True)
    assert fugong("approve", "1-1", **OFFICE).exit_code == 0
    assert str(item(fugong, "1-1")["applied_on"]) == "2020-03-12"


def test_an_approval_is_not_corrected_to_a_day_before_its_application(fugong: Run) -> None:
    fugong("close", "1-1", "口罩到货")
    fugong("approve", "1-1", **OFFICE)
    status, _, why = outcome(fugong("redate", "1-1", "2020-03-12", "--act", "approve", **OFFICE))
    assert (status, "1-1 在 2020-03-13 已申请销号，不能再记 2020-03-12 的审核通过" in why) == (1, True)


def test_it_counts_as_solved_from_its_approval_and_took_until_its_application(fugong: Run) -> None:
    fugong("close", "1-1", "口罩到货", "--on", "2020-03-12")  # due on the 13th
    assert outcome(fugong("approve", "1-1", **OFFICE, FUGONG_TODAY="2020-03-20"))[0] == 0
    now = {"FUGONG_TODAY": "2020-03-20"}
    listed = json.loads(fugong("list", "--status", "closed", "--json", **now).stdout)["items"]
    closed = next(each for each in listed if each["id"] == "1-1")
    assert (closed["applied_on"], closed["closed_on"], closed["late"]) == ("2020-03-12", "2020-03-20", False)
    solved = [
        json.loads(fugong("progress", "--json", "--as-of", day, **now).stdout)["total"]["solved"]
        for day in ("2020-03-19", "2020-03-20")
    ]
    assert solved[1] == solved[0] + 1
    rates = json.loads(fugong("progress", "--rates", "--json", **now).stdout)["total"]
    assert rates["on_time"]["count"] == rates["on_time"]["of"]
    by = json.loads(fugong("progress", "--by", "department", "--json", **now).stdout)["items"]
    (bureau,) = [each for each in by if each["department"] == "工信局"]
    assert bureau["days_taken"] == pytest.approx(2.5)  # not 6.5, as it would be to the approval
    row = json.loads(fugong("export", "ledger", "--status", "closed", "--json", **now).stdout)["items"][0]
    assert (row["done_on"], row["closed_on"]) == ("2020-03-12", "2020-03-20")


def test_waiting_for_its_review_makes_nothing_late_and_nobody_is_chased(fugong: Run) -> None:
    fugong("close", "1-1", "口罩到货", "--on", "2020-03-12")
    later = {"FUGONG_TODAY": "2020-03-20"}
    waiting = json.loads(fugong("list", "--status", "pending", "--json", **later).stdout)["items"][0]
    assert (waiting["light"], waiting["days_over"]) == ("green", None)
    assert "1-1" not in fugong("chase", **later).stdout
    overdue = json.loads(fugong("progress", "--json", **later).stdout)["total"]["overdue"]
    red = json.loads(fugong("list", "--light", "red", "--json", **later).stdout)["items"]
    assert overdue == len(red)
    acts = [["chase", "1-1", "电话"], ["assign", "1-1", "卫健局"], ["verify", "1-1", "--ok"], ["reopen", "1-1", "没好"]]
    for argv in (*acts, ["extend", "1-1", "--to", "5wd", "--why", "x"]):
        status, _, why = outcome(fugong(*argv, **later))
        assert (status, "1-1 已申请销号，待审核" in why) == (1, True)


def test_what_is_sent_back_is_in_progress_with_the_reason_in_its_history(fugong: Run) -> None:
    fugong("close", "1-1", "口罩到货", "--on", "2020-03-11")
    assert fugong("reject", "1-1", "没有照片", **OFFICE).exit_code == 0
    sent = item(fugong, "1-1")
    assert (sent["status"], sent["how"], sent["applied_on"], sent["reopened"]) == ("doing", None, None, 0)
    shown = fugong("show", "1-1").stdout
    assert "申请销号" in shown
    assert "口罩到货" in shown
    assert "审核不通过" in shown
    assert "没有照片" in shown
    assert item(fugong, "1-1", "--as-of", "2020-03-11")["status"] == "pending"


def test_several_at_once_are_all_reviewed_or_none(county: Path, fugong: Run) -> None:
    fugong("close", "1-1,2-1", "已办好")
    before = fingerprint(county)
    status, _, why = outcome(fugong("approve", "1-1,2-1,1-3", **OFFICE))
    assert (status, "1-3 待办，没有申请销号" in why or "1-3 办理中，没有申请销号" in why) == (1, True)
    assert fingerprint(county) == before
    assert fugong("approve", "1-1,2-1", **OFFICE).exit_code == 0
    assert total(fugong)["pending"] == 0


def test_reviewing_does_not_end_while_applications_wait(county: Path, fugong: Run) -> None:
    fugong("close", "1-1,2-1", "已办好")
    status, _, why = outcome(fugong("store", "set", "review", "off"))
    assert (status, "还有待审核的，不能关闭审核销号：1-1、2-1" in why) == (1, True)
    fugong("approve", "1-1,2-1", **OFFICE)
    assert fugong("store", "set", "review", "off").exit_code == 0
    assert fugong("close", "1-3", "有了").exit_code == 0
    assert item(fugong, "1-3")["status"] == "closed"


def test_an_application_and_its_review_are_taken_back_one_by_one(county: Path, fugong: Run) -> None:
    before = item(fugong, "1-1")
    fugong("close", "1-1", "口罩到货")
    fugong("approve", "1-1", **OFFICE)
    assert fugong("undo", **OFFICE).exit_code == 0
    assert item(fugong, "1-1")["status"] == "pending"
    assert fugong("undo").exit_code == 0
    assert item(fugong, "1-1") == before
    assert fugong("store", "check").exit_code == 0


def test_a_ledger_with_applications_comes_back_as_it_went_and_so_does_a_whole_store(
    county: Path, tmp_path: Path, fugong: Run
) -> None:
    fugong("close", "1-1,2-1", "已办好", "--on", "2020-03-12")
    fugong("approve", "2-1", **OFFICE)
    assert fugong("export", "ledger", "-o", str(tmp_path / "ledger.xlsx"), "--status", "all").exit_code == 0
    before = fingerprint(county)
    status, _, said = outcome(fugong("import", str(tmp_path / "ledger.xlsx")))
    assert (status, "不变" in said, "更新 0" in said or "更新" not in said) == (0, True, True), said
    assert fingerprint(county) == before
    assert fugong("store", "export", str(tmp_path / "all.jsonl")).exit_code == 0
    other = str(tmp_path / "other.db")
    assert fugong("--store", other, "store", "import", str(tmp_path / "all.jsonl")).exit_code == 0
    assert fugong("--store", other, "list", "--status", "all").stdout == fugong("list", "--status", "all").stdout
    assert fugong("--store", other, "store", "check").exit_code == 0


@pytest.mark.parametrize("approved", [False, True])
def test_closed_rows_of_an_import_are_applications_unless_they_were_approved(
    county: Path, tmp_path: Path, fugong: Run, approved: bool
) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "企业,问题描述,提出日期,是否销号,销号日期,解决措施\n"
        "甲厂,缺暖气,2020-03-10,是,2020-03-12,买了\n甲厂,缺扳手,2020-03-10,,,\n",
        encoding="utf-8",
    )
    status, lines, said = outcome(fugong("import", str(sheet), *(["--approved"] if approved else [])))
    assert (status, lines.count("表里已销号，记作申请销号，待审核")) == (0, 0 if approved else 1)
    assert ("表里已销号的有 1 个记作申请销号，待审核" in said, "--approved" in said) == (not approved, not approved)
    row = item(fugong, "1-4")
    wanted = ("closed", None, "2020-03-12") if approved else ("pending", "2020-03-12", None)
    assert (row["status"], row["applied_on"], row["closed_on"]) == wanted
    assert total(fugong)["pending"] == (0 if approved else 1)
    again = outcome(fugong("import", str(sheet)))
    assert "申请" not in again[1] + again[2]
    assert fugong("import", str(sheet), "--approved").exit_code == 0
    assert item(fugong, "1-4")["status"] == "closed"
    assert (again[0], "不变 2" in again[2] or "不变 2" in again[1]) == (0, True), again


def test_a_row_that_awaits_its_review_is_in_progress_where_nothing_is_reviewed(tmp_path: Path, fugong: Run) -> None:
    assert fugong("store", "set", "review", "off").exit_code == 0
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("企业,问题描述,提出日期,状态\n甲厂,缺暖气,2020-03-10,待审核\n", encoding="utf-8")
    status, lines, _ = outcome(fugong("import", str(sheet)))
    assert (status, "表里待审核，这里不审核销号，记作办理中" in lines) == (0, True)
    assert item(fugong, "1-4")["status"] == "doing"


def test_an_unknown_switch_is_refused(fugong: Run) -> None:
    status, _, why = outcome(fugong("store", "set", "review", "是"))
    assert (status, "应是 on 或 off" in why) == (1, True)
