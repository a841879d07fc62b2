"""What ``show`` says of a record's history, as people speak: trials §1.16, §1.18."""

from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay


@pytest.fixture
def told(store: Path, fugong: Run) -> Run:
    """Run acts on a new problem, and give the history's acts and words."""
    lay(store)
    fugong("log", "甲厂", "工人未返岗", "-t", "1", "-d", "工信局")
    return fugong


def words(fugong: Run, ident: str = "1-4", **env: str) -> list[str]:
    """The history of a problem: act and words of every line."""
    lines = fugong("show", ident, **env).stdout.split("\n\n")[-1].splitlines()[1:]
    return ["：".join(line.split("\t")[1:3]) for line in lines]


def test_a_history_reads_as_people_speak(told: Run) -> None:
    for act in (
        ["note", "1-4", "已联系"],
        ["assign", "1-4", "-d", "卫健局", "--due", "2020-03-20"],
        ["chase", "1-4", "--by", "电话"],
        ["chase", "1-4"],
        ["bounce", "1-4", "--why", "不归我们"],
        ["extend", "1-4", "--to", "2020-03-30", "--why", "路断"],
        ["edit", "1-4", "--person", "甲某", "--major"],
        ["edit", "1-4", "--person", ""],
        ["close", "1-4", "--how", "返岗完毕"],
        ["verify", "1-4", "--fail", "仍缺人"],
        ["close", "1-4", "--how", "全到"],
        ["verify", "1-4", "--ok"],
        ["reopen", "1-4", "--why", "又走了"],
        ["void", "1-4", "--why", "登记错了", "--duplicate-of", "1-1"],
    ):
        assert told(*act).exit_code == 0, act
    assert words(told) == [
        "登记：工人未返岗",
        "记录：已联系",
        "交办：责任单位：工信局 → 卫健局；时限：2020-03-20",
        "催办：第 1 次；电话",
        "催办：第 2 次",
        "退回：卫健局；不归我们",
        "延期：路断；时限：2020-03-20 → 2020-03-30",
        "修改：重大：是；责任人：甲某",
        "修改：去掉责任人（甲某）",
        "销号：返岗完毕",
        "回访：未解决；仍缺人",
        "销号：全到",
        "回访：属实",
        "重开：又走了",
        "作废：与 1-1 重复；登记错了",
    ]
    assert "状态" not in "".join(words(told))
    english = words(told, FUGONG_LANG="en")
    assert "edited：person responsible removed (甲某)" in english
    assert english[-1] == "voided：a duplicate of 1-1; 登记错了"


def test_the_day_of_a_closing_is_said_once(told: Run) -> None:
    told("close", "1-4", "--how", "返岗完毕", "--on", "2020-03-13", FUGONG_TODAY="2020-03-16")
    assert words(told)[-1] == "销号：返岗完毕"
    assert told("show", "1-4").stdout.splitlines()[-1].startswith("2020-03-13\t销号\t返岗完毕\t")


def test_what_was_undone_is_marked_and_the_undoing_names_it(told: Run) -> None:
    told("note", "1-4", "又联系")
    told("undo")
    told("close", "1-4", "--how", "返岗完毕")
    told("undo")
    told("note", "1-4", "第三次联系")
    assert words(told)[1:] == [
        "记录：（已撤销）又联系",
        "撤销：2020-03-13 的记录：又联系",
        "销号：（已撤销）返岗完毕",
        "撤销：2020-03-13 的销号：返岗完毕",
        "记录：第三次联系",
    ]
    assert words(told, FUGONG_LANG="en")[1:3] == ["noted：(undone) 又联系", "undone：noted on 2020-03-13: 又联系"]


def test_an_undoing_of_several_acts_names_each_of_them(told: Run) -> None:
    told("log", "甲厂", "缺煤", "-t", "1", "--solved", "--how", "已到")
    told("undo")
    assert words(told, "1-5") == [
        "登记：（已撤销）缺煤",
        "销号：（已撤销）已到",
        "撤销：2020-03-13 的销号：已到",
        "撤销：2020-03-13 的登记：缺煤",
    ]


def test_what_others_built_on_is_refused_with_what_is_possible(told: Run) -> None:
    told("note", "1-4", "已联系", FUGONG_ACTOR="乙某")
    refused = told("undo")
    assert refused.exit_code == 1
    assert refused.stderr.rstrip().endswith("可以用 fugong void 1-4 --why 原因（作废），或 fugong edit（更正）。")
    assert told("void", "1-4", "--why", "登记错了").exit_code == 0
    told("enterprise", "add", "新厂", "--team", "1", FUGONG_ACTOR="丙某")
    told("log", "新厂", "缺煤", FUGONG_ACTOR="乙某")
    refused = told("undo", FUGONG_ACTOR="丙某", FUGONG_LANG="en")
    assert "What you can do: fugong enterprise retire or edit." in refused.stderr


def test_figures_are_what_others_stated_unless_our_own_are_asked_for(store: Path, fugong: Run) -> None:
    lay(store)
    before = fugong("figure", "list").stdout
    assert fugong("publish").exit_code == 0
    assert fugong("figure", "list").stdout == before
    ours = fugong("figure", "list", "--published", "--header", "zh").stdout
    assert ours.count("2020-03-13/") == len(ours.splitlines()) - 1 > 0
    every = fugong("export", "figures").stdout.splitlines()
    assert len(every) == len(before.splitlines()) + len(ours.splitlines()) - 1
    one = fugong("figure", "list", "--published", "--measure", "found", "-t", "1").stdout.splitlines()
    assert [line.split("\t")[0] for line in one[1:]] == ["2020-03-13/1/found"]
