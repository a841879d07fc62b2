"""enterprise: entered, corrected, assigned, staged, retired and shown."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint

from fugong import db


def document(fugong: Run, *argv: str) -> Any:
    printed = fugong(*argv, "--format", "json")
    assert (printed.exit_code, printed.stderr) == (0, "")
    return json.loads(printed.stdout)


def shown(fugong: Run, name: str) -> dict[str, Any]:
    (item,) = document(fugong, "enterprise", "show", name)["items"]
    found: dict[str, Any] = item
    return found


def done(fugong: Run, *argv: str) -> str:
    """Do something, and prove the store whole after it; what was said on stdout."""
    printed = fugong(*argv)
    assert printed.exit_code == 0
    assert printed.stderr.startswith("已撤销 fugong enterprise ") if argv == ("undo",) else printed.stderr == ""
    assert fugong("store", "check").exit_code == 0
    return printed.stdout


NEW = (
    "enterprise", "add", "某县己机械有限公司", "--team", "1", "--alias", "己机", "--township", "甲镇", "--above-scale",
    "--capacity", "年产2万台", "--workforce", "80人", "--site", "南厂", "--site", "北厂", "--inferred",
    "--note", "新设",
)  # fmt: skip


@pytest.mark.usefixtures("county")
def test_an_enterprise_is_entered_with_all_that_is_known_of_it(fugong: Run) -> None:
    assert done(fugong, *NEW) == "某县己机械有限公司\n"
    made = shown(fugong, "己机")
    assert [made[each] for each in ("name", "aliases", "team", "township", "above_scale", "capacity", "workforce")] == [
        "某县己机械有限公司", ["己机"], "1", "甲镇", True, "年产2万台", "80人",
    ]  # fmt: skip
    assert [made[each] for each in ("sites", "stage", "inferred", "remark")] == [
        ["南厂", "北厂"], "unknown", True, "新设",
    ]  # fmt: skip
    assert made["assignments"] == [{"team": "1", "from_on": None, "to_on": None}]


@pytest.mark.usefixtures("county")
def test_a_renamed_enterprise_still_answers_to_its_old_name(fugong: Run) -> None:
    done(fugong, *NEW)
    done(fugong, "enterprise", "edit", "己机", "--name", "某县庚机械有限公司", "--no-alias", "己机", "--site", "南厂")
    made = shown(fugong, "某县己机械有限公司")
    assert (made["name"], made["aliases"], made["sites"]) == ("某县庚机械有限公司", ["某县己机械有限公司"], ["南厂"])
    done(fugong, "undo")
    assert shown(fugong, "己机")["name"] == "某县己机械有限公司"


@pytest.mark.usefixtures("county")
def test_an_assignment_keeps_its_history_and_problems_stay_with_who_logged_them(fugong: Run) -> None:
    def found(*argv: str) -> list[int]:
        items = document(fugong, "progress", *argv)["items"]
        return [item["found"] for item in items if item["team"]]

    before = found()
    done(fugong, "enterprise", "assign", "甲厂", "乙建材", "--team", "10", "--from", "3月11日")
    assert shown(fugong, "甲厂")["assignments"] == [
        {"team": "1", "from_on": None, "to_on": "2020-03-11"},
        {"team": "10", "from_on": "2020-03-11", "to_on": None},
    ]
    assert found() == found("--credit", "logged") == before
    # of team 1's three, two are about firms that are with team 10 now; the third names no firm
    assert found("--credit", "current") == [before[0] - 2, before[1], before[2] + 2]
    assert found("--credit", "current", "--as-of", "2020-03-10") == found("--as-of", "2020-03-10")
    done(fugong, "undo")
    assert found("--credit", "current") == before


@pytest.mark.usefixtures("county")
def test_nobody_may_look_after_an_enterprise(fugong: Run) -> None:
    done(fugong, "enterprise", "assign", "甲厂", "--team", "-")
    assert shown(fugong, "甲厂")["team"] is None
    same = fugong("enterprise", "assign", "甲厂", "--team", "-")
    assert (same.exit_code, same.stdout, same.stderr) == (
        0, "某县甲厂有限公司\n", "某县甲厂有限公司：本来就由它包联。\n",
    )  # fmt: skip


@pytest.mark.usefixtures("county")
def test_stages_are_kept_with_their_days_and_reasons_and_can_be_taken_back(fugong: Run) -> None:
    done(fugong, "enterprise", "stage", "甲厂", "stopped", "--on", "3月8日", "--approx", "--why", "检修")
    done(fugong, "enterprise", "stage", "甲厂", "full", "--on", "3月9日")
    assert shown(fugong, "甲厂")["stages"] == [
        {"on": "2020-03-05", "stage": "resumed", "why": None, "approximate": False},
        {"on": "2020-03-08", "stage": "stopped", "why": "检修", "approximate": True},
        {"on": "2020-03-09", "stage": "full", "why": None, "approximate": False},
    ]
    done(fugong, "undo")
    made = shown(fugong, "甲厂")
    assert (made["stage"], made["stage_on"], len(made["stages"])) == ("stopped", "2020-03-08", 2)


@pytest.mark.parametrize(("language", "said"), [("zh", "已经是这个阶段"), ("en", "It is at this stage already")])
def test_the_same_stage_again_keeps_its_day(county: Path, fugong: Run, language: str, said: str) -> None:
    before = fingerprint(county)
    again = fugong("enterprise", "stage", "甲厂", "resumed", "--on", "3月10日", FUGONG_LANG=language)
    assert (again.exit_code, again.stdout, fingerprint(county)) == (0, "某县甲厂有限公司\n", before)
    assert said in again.stderr


@pytest.mark.usefixtures("county")
def test_the_rate_of_resumption_states_its_denominator(fugong: Run) -> None:
    def resumption(*argv: str) -> Any:
        return document(fugong, "progress", *argv)["resumption"]

    assert resumption() == {"resumed": 2, "of": 5, "excluded": 0, "rate": 0.4}
    done(fugong, "enterprise", "stage", "戊厂", "excluded", "--why", "永久停产")
    assert resumption() == {"resumed": 2, "of": 4, "excluded": 1, "rate": 0.5}
    assert "复工率 2/4（50.0%），不计 1 家" in fugong("progress", "--format", "md").stdout
    assert resumption("--as-of", "2020-03-12")["of"] == 5
    summary = document(fugong, "summary")
    assert (summary["resumed"], summary["enterprises"]) == (2, 4)


@pytest.mark.usefixtures("county")
def test_a_retired_enterprise_is_left_out_of_what_is_due_of_matrices_and_of_the_rate(fugong: Run) -> None:
    done(fugong, "enterprise", "retire", "戊厂", "--why", "注销")
    due = document(fugong, "inspection", "due", "--every", "1wd")["items"]
    matrix = document(fugong, "progress", "--by", "milestone")["items"]
    assert "戊厂" not in {item["enterprise"] for item in [*due, *matrix]}
    then = document(fugong, "progress", "--by", "milestone", "--as-of", "2020-03-12")["items"]
    assert "戊厂" in {item["enterprise"] for item in then}
    assert document(fugong, "progress")["resumption"]["of"] == 4
    made = shown(fugong, "戊厂")
    assert (made["retired_on"], made["retired_why"]) == ("2020-03-13", "注销")
    done(fugong, "enterprise", "restore", "戊厂")
    assert document(fugong, "progress")["resumption"]["of"] == 5


@pytest.mark.words
@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["add", "油漆厂"], "「油漆厂」已经是"),
        (["edit", "甲厂", "--name", "某县乙建材有限公司"], "已经是"),
        (["edit", "甲厂"], "没有写要改什么"),
        (["edit", "甲厂", "--no-alias", "丙"], "没有「丙」这个简称"),
        (["assign", "甲厂", "--team", "9"], "没有"),
        (["stage", "甲厂", "excluded"], "要写明原因"),
        (["stage", "甲厂", "full", "--on", "3月4日"], "不能早于这一天"),
        (["stage", "甲厂", "full", "--on", "2020-03-14"], "还没有到"),
        (["retire", "甲厂"], "没有办完"),
    ],
)
def test_a_refused_enterprise_leaves_the_store_alone(county: Path, fugong: Run, argv: list[str], said: str) -> None:
    before = fingerprint(county)
    refused = fugong("enterprise", *argv)
    assert (refused.exit_code, refused.stdout, fingerprint(county)) == (1, "", before)
    assert said in refused.stderr


# Names that were short for another


def noted(given: str, owner: str) -> str:
    return f"注意：「{given}」以前指「{owner}」，今后不再单指它；要写它，请写得更全一些。\n"


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    ("argv", "given", "owner"),
    [
        (["add", "乙建"], "乙建", "某县乙建材有限公司"),
        (["add", "某县铸造有限公司"], "铸造", "某县丙丁铸造有限公司"),
        (["add", "己厂", "--alias", "丙丁水泥"], "丙丁水泥", "某县丙丁水泥有限公司"),
        (["edit", "戊厂", "--name", "乙建材"], "乙建材", "某县乙建材有限公司"),
    ],
)
def test_who_takes_a_name_that_was_short_for_another_is_told(
    fugong: Run, argv: list[str], given: str, owner: str
) -> None:
    result = fugong("enterprise", *argv)
    assert (result.exit_code, result.stderr) == (0, noted(given, owner))


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    "argv",
    [
        ["add", "丙丁"],  # is short for two, so that nobody can have written it alone
        ["edit", "乙建材", "--name", "乙建"],
        ["edit", "乙建材", "--alias", "乙建"],
    ],
)
def test_a_name_that_meant_nobody_else_needs_no_word(fugong: Run, argv: list[str]) -> None:
    assert fugong("enterprise", *argv).stderr == ""


@pytest.mark.usefixtures("county")
def test_a_firms_contact_is_shown_and_the_telephone_masked_unless_it_is_asked_for(fugong: Run) -> None:
    assert fugong("enterprise", "edit", "甲厂", "--contact", "测试员甲", "--phone", "138 0000 1234").exit_code == 0
    for argv in (("enterprise", "list"), ("enterprise", "show", "甲厂"), ("enterprise", "list", "--format", "json")):
        shown = fugong(*argv).stdout
        assert ("测试员甲" in shown, "138****1234" in shown, "13800001234" in shown) == (True, True, False)
        assert "13800001234" in fugong(*argv, "--with-personal").stdout
    assert fugong("enterprise", "edit", "甲厂", "--phone", "打听").exit_code == 1
    assert fugong("enterprise", "edit", "甲厂", "--phone", "").exit_code == 0
    assert "138****1234" not in fugong("enterprise", "list").stdout
    assert fugong("store", "check").exit_code == 0


def test_no_view_has_a_firms_contact(county: Path, fugong: Run) -> None:
    fugong("enterprise", "edit", "甲厂", "--contact", "测试员甲", "--phone", "13800001234")
    with db.reading(str(county)) as reader:
        for view in ("v_enterprise", "v_event"):
            said = str(list(reader.rows(f"SELECT * FROM {view}")))
            assert "测试员甲" not in said
            assert "13800001234" not in said


@pytest.mark.usefixtures("county")
def test_a_firms_contact_comes_in_from_a_file_and_a_masked_number_says_nothing(fugong: Run, tmp_path: Path) -> None:
    file = tmp_path / "企业.csv"
    file.write_text("企业名称,联系人,联系电话\n某县甲厂有限公司,测试员甲,13800001234\n", encoding="utf-8")
    assert fugong("import", str(file), "--kind", "enterprises").exit_code == 0
    assert "13800001234" in fugong("enterprise", "list", "--with-personal").stdout
    out = tmp_path / "导出.csv"
    assert fugong("export", "enterprises", "-o", str(out)).exit_code == 0
    assert "138****1234" in out.read_text(encoding="utf-8-sig")
    before = fugong("enterprise", "list", "--with-personal").stdout
    assert fugong("import", str(out), "--kind", "enterprises").exit_code == 0
    assert fugong("enterprise", "list", "--with-personal").stdout == before


@pytest.mark.usefixtures("county")
def test_two_records_of_one_firm_become_one_with_problems_work_and_names(fugong: Run) -> None:
    before = fugong("enterprise", "show", "甲厂", "--json").stdout
    fugong("enterprise", "edit", "甲厂", "--contact", "测试员甲", "--phone", "13800001234")
    joined = fugong("enterprise", "join", "甲厂", "--into", "丙丁铸造")
    assert (joined.exit_code, "已并入：问题 1 个，工作 2 条" in joined.stderr) == (0, True)
    assert fugong("store", "check").exit_code == 0
    firm = shown(fugong, "油漆厂")
    assert firm["name"] == "某县丙丁铸造有限公司"
    assert {"1-1"} <= {each["id"] for each in firm["problems"]}
    assert {"1-w1", "1-w2"} <= {each["id"] for each in firm["activities"]}
    assert "某县甲厂有限公司" in firm["aliases"]
    assert firm["contact"] == "测试员甲"
    assert fugong("log", "甲厂", "缺扳手").stdout.startswith("2-")
    assert "已并入" in fugong("enterprise", "list", "--all").stdout
    assert "已并入" not in fugong("enterprise", "list").stdout
    fugong("undo")
    fugong("undo")
    fugong("undo")
    assert fugong("store", "check").exit_code == 0
    assert (
        json.loads(fugong("enterprise", "show", "甲厂", "--json").stdout)["items"][0]["problems"]
        == (json.loads(before)["items"][0]["problems"])
    )
    assert "1-1" not in {each["id"] for each in shown(fugong, "丙丁铸造")["problems"]}


@pytest.mark.usefixtures("county")
def test_a_part_of_the_name_of_a_firm_that_went_over_means_the_one_that_is_there(fugong: Run) -> None:
    fugong("enterprise", "add", "某县白鹤酿酒有限公司", "--team", "1")
    fugong("enterprise", "add", "某县白鹤酒业有限公司", "--team", "1")
    assert fugong("enterprise", "join", "酒业", "--into", "酿酒").exit_code == 0
    for part in ("酿酒", "酒业", "白鹤", "某县白鹤酒业有限公司"):
        assert "某县白鹤酿酒有限公司" in fugong("log", part, "缺水").stdout
    assert "已并入" not in fugong("log", "鹤酿", "缺水").stderr


@pytest.mark.usefixtures("county")
def test_the_past_still_has_two_firms_and_the_totals_stay(fugong: Run) -> None:
    total = fugong("progress", "--format", "json").stdout
    fugong("enterprise", "join", "甲厂", "--into", "丙丁铸造", FUGONG_TODAY="2020-03-20")
    now = json.loads(fugong("progress", "--format", "json").stdout)["total"]
    was = json.loads(total)["total"]
    assert (now["found"], now["solved"], now["in_hand"]) == (was["found"], was["solved"], was["in_hand"])
    assert "某县甲厂有限公司" in fugong("list", "--as-of", "2020-03-14", FUGONG_TODAY="2020-03-21").stdout


@pytest.mark.usefixtures("county")
def test_a_firm_is_not_joined_to_itself(fugong: Run) -> None:
    assert fugong("enterprise", "join", "甲厂", "--into", "油漆厂").exit_code == 1
