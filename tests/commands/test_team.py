"""team: entered, corrected and retired."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint


def shown(fugong: Run, code: str) -> dict[str, Any]:
    printed = fugong("team", "show", code, "--format", "json")
    assert (printed.exit_code, printed.stderr) == (0, "")
    (item,) = json.loads(printed.stdout)["items"]
    found: dict[str, Any] = item
    return found


def done(fugong: Run, *argv: str) -> str:
    """Do something, and prove the store whole after it."""
    printed = fugong(*argv)
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert fugong("store", "check").exit_code == 0
    return printed.stdout


def codes(fugong: Run, *argv: str) -> list[str]:
    items = json.loads(fugong("team", "list", *argv, "--format", "json").stdout)["items"]
    return [item["team"] for item in items]


NEW = (
    "team", "add", "XF3", "第三组", "--branch", "临时党支部", "--unit", "工信局", "--unit", "甲镇", "--units-complete",
    "--headcount", "6", "--expected", "5", "--note", "新设",
)  # fmt: skip


@pytest.mark.usefixtures("county")
def test_a_team_is_entered_with_all_that_is_known_of_it(fugong: Run) -> None:
    assert done(fugong, *NEW) == "第三组\n"
    made = shown(fugong, "XF3")
    assert [made[each] for each in ("name", "branch", "units", "units_complete", "county", "remark")] == [
        "第三组", "临时党支部", ["工信局", "甲镇"], True, "某县", "新设",
    ]  # fmt: skip
    assert (made["expected_headcount"], made["enterprises_expected"]) == (6, 5)
    assert fugong("log", "-", "缺消毒液", "--team", "XF3").stdout == "XF3-1  第三组  缺消毒液\n"


@pytest.mark.words
@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["add", "03", "第三组"], "「03」已经是帮扶组「3」的名称"),
        (["add", "３", "另一组"], "「3」已经是帮扶组「3」的名称"),
        (["add", "4", "第一组"], "「第一组」已经是帮扶组「1」的名称"),
        (["add", "甲", "第四组"], "「甲」不能作组号"),
        (["add", "123456789", "第四组"], "不能作组号"),
        (["add", "4", ""], "不能为空"),
        (["edit", "3", "--name", "第一组"], "「第一组」已经是"),
        (["edit", "3"], "没有写要改什么"),
        (["retire", "1"], "还有 2 个问题没有办完"),
        (["retire", "10"], "还有"),
    ],
)
def test_a_refused_team_leaves_the_store_alone(county: Path, fugong: Run, argv: list[str], said: str) -> None:
    fugong("team", "add", "3", "第三组")
    fugong("enterprise", "assign", "戊厂", "--team", "10")
    before = fingerprint(county)
    refused = fugong("team", *argv)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert said in refused.stderr
    assert fingerprint(county) == before


@pytest.mark.usefixtures("county")
def test_a_team_is_corrected_and_the_correction_undone(fugong: Run) -> None:
    done(fugong, *NEW)
    done(fugong, "team", "edit", "第三组", "--name", "第三帮扶组", "--branch", "", "--unit", "乙镇", "--expected", "4")
    made = shown(fugong, "XF3")
    assert (made["name"], made["branch"], made["units"], made["enterprises_expected"]) == (
        "第三帮扶组", None, ["乙镇"], 4,
    )  # fmt: skip
    assert fugong("team", "edit", "XF3", "--expected", "4").stderr == "没有变化。\n"
    assert fugong("undo").exit_code == 0
    made = shown(fugong, "XF3")
    assert (made["name"], made["branch"], made["units"]) == ("第三组", "临时党支部", ["工信局", "甲镇"])


@pytest.mark.usefixtures("county")
def test_a_retired_team_is_listed_on_request_and_takes_nothing_new(fugong: Run) -> None:
    done(fugong, *NEW)
    assert done(fugong, "team", "retire", "XF3", "--why", "撤并", "--on", "2020-03-12") == "第三组\n"
    assert fugong("team", "retire", "XF3").stderr == "已经停用，没有改动。\n"
    assert ("XF3" in codes(fugong), "XF3" in codes(fugong, "--all")) == (False, True)
    for argv in (
        ["log", "-", "缺口罩", "--team", "XF3"],
        ["outreach", "add", "标语", "张贴", "--team", "XF3"],
        ["enterprise", "assign", "戊厂", "--team", "XF3"],
        ["member", "add", "组员丁", "--team", "XF3"],
    ):
        refused = fugong(*argv)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert "帮扶组「第三组」已在 2020-03-12 停用" in refused.stderr
    assert fugong("log", "-", "停用前发现", "--team", "XF3", "--on", "2020-03-11").exit_code == 0
    done(fugong, "team", "restore", "XF3")
    assert fugong("team", "restore", "XF3").stderr == "没有停用过，没有改动。\n"
    assert "XF3" in codes(fugong)


@pytest.mark.usefixtures("county")
def test_problems_are_credited_to_who_logged_them_or_to_who_has_the_firm_now(fugong: Run) -> None:
    def found(*argv: str) -> dict[str, int]:
        items = json.loads(fugong("progress", "--format", "json", *argv).stdout)["items"]
        return {item["team"]: item["found"] for item in items}

    before = found()
    done(fugong, "enterprise", "assign", "甲厂", "--team", "10", "--from", "2020-03-12")
    moved = len(json.loads(fugong("list", "-e", "甲厂", "--status", "all", "-f", "json").stdout)["items"])
    assert moved > 0
    assert found() == found("--credit", "logged") == before
    now = found("--credit", "current")
    assert (now["1"], now["10"]) == (before["1"] - moved, before["10"] + moved)
    assert sum(now.values()) == sum(before.values())
    earlier = found("--credit", "current", "--as-of", "2020-03-11")
    assert earlier == found("--as-of", "2020-03-11")
    for other in (["--by", "county"], ["--rates"]):
        refused = fugong("progress", *other, "--credit", "current")
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert refused.stderr.startswith("错误：--credit 只用于按帮扶组数问题")


@pytest.mark.usefixtures("county")
def test_the_rate_of_resumption_states_its_denominator(fugong: Run) -> None:
    def rate(*argv: str) -> dict[str, Any]:
        made: dict[str, Any] = json.loads(fugong("progress", "--format", "json", *argv).stdout)["resumption"]
        return made

    before = rate()
    assert before["rate"] == round(before["resumed"] / before["of"], 4)
    done(fugong, "enterprise", "stage", "戊厂", "excluded", "--why", "永久停产")
    excluded = rate()
    assert (excluded["of"], excluded["excluded"]) == (before["of"] - 1, before["excluded"] + 1)
    done(fugong, "enterprise", "retire", "戊厂")
    assert rate() == excluded | {"excluded": before["excluded"]}
    assert rate("--as-of", "2020-03-12") == before
    table = fugong("progress", "--format", "table").stdout
    assert f"复工率 {before['resumed']}/{before['of'] - 1}（" in table
