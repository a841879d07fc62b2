"""find looks through all texts of the ledger; today says who entered what."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint


def found(fugong: Run, *words: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(fugong("find", *words, "--json").stdout)["items"]
    return items


def where(fugong: Run, *words: str) -> list[tuple[str, str]]:
    return [(each["id"], each["attribute"]) for each in found(fugong, *words)]


@pytest.mark.usefixtures("county")
def test_what_was_noted_what_solved_it_and_who_answers_are_found(fugong: Run) -> None:
    fugong("note", "1-1", "联系了某运输公司", FUGONG_ACTOR="测试员甲")
    fugong("close", "1-3", "改用某运输公司的车", FUGONG_ACTOR="测试员乙")
    fugong("edit", "2-1", "--person", "测试员丙")
    fugong("enterprise", "edit", "甲厂", "--contact", "测试员丁", "--alias", "某运输点")
    fugong("support", "add", "甲厂", "物资", "送去某运输公司的配件")
    assert where(fugong, "某运输") == [
        ("1-3", "how"),
        ("某县甲厂有限公司", "aliases"),
        ("1-w3", "text"),
        ("1-1", "event"),
    ]
    assert where(fugong, "员丙") == [("2-1", "person"), ("组员丙", "name")]
    assert where(fugong, "员丁") == [("某县甲厂有限公司", "contact")]
    by = {each["id"]: each["actor"] for each in found(fugong, "某运输")}
    assert (by["1-1"], by["1-3"]) == ("测试员甲", "测试员乙")


@pytest.mark.usefixtures("county")
def test_several_words_must_stand_in_one_text(fugong: Run) -> None:
    fugong("note", "1-1", "先修路 再运煤")
    fugong("note", "1-3", "先修路")
    assert where(fugong, "修路", "运煤") == [("1-1", "event")]
    assert where(fugong, "运煤", "修路", "没有") == []


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("word", ["%", "_", "!", "'", '"', "\\", "["])
def test_a_word_means_itself_whatever_signs_it_has(fugong: Run, word: str) -> None:
    before = where(fugong, word)
    fugong("note", "1-1", f"甲{word}乙")
    assert where(fugong, word) == [*before, ("1-1", "event")]


@pytest.mark.usefixtures("county")
def test_a_note_that_was_taken_back_is_not_found(fugong: Run) -> None:
    fugong("note", "1-1", "写错地方的话")
    fugong("undo")
    assert where(fugong, "写错地方") == []


@pytest.mark.usefixtures("county")
def test_as_of_a_day_the_texts_are_those_of_that_day(fugong: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fugong("edit", "1-1", "--text", "旧锁坏了")
    fugong("note", "1-3", "钥匙在厂里")
    monkeypatch.setenv("FUGONG_TODAY", "2020-03-20")
    fugong("edit", "1-1", "--text", "钥匙丢了")
    fugong("note", "2-1", "钥匙找到了")
    assert where(fugong, "钥匙") == [("1-1", "text"), ("1-3", "event"), ("2-1", "event")]
    assert where(fugong, "钥匙", "--as-of", "2020-03-13") == [("1-3", "event")]
    assert where(fugong, "锁", "--as-of", "2020-03-13") == [("1-1", "text")]
    assert "截至 2020-03-13" in fugong("find", "锁", "--as-of", "2020-03-13", "--format", "md").stdout


@pytest.mark.usefixtures("county")
def test_a_long_text_is_shown_around_the_word(fugong: Run) -> None:
    fugong("note", "1-1", "前" * 100 + "钥匙" + "后" * 100)
    line = fugong("find", "钥匙").stdout.splitlines()[1].split("\t")[2]
    assert (line[0], line[-1], "钥匙" in line, len(line) < 100) == ("…", "…", True, True)
    assert found(fugong, "钥匙")[0]["text"] == "前" * 100 + "钥匙" + "后" * 100


@pytest.mark.usefixtures("county")
def test_no_word_is_refused_and_nothing_found_is_no_refusal(fugong: Run) -> None:
    assert fugong("find", " ").exit_code == 1
    assert (fugong("find", "没有这个词").exit_code, found(fugong, "没有这个词")) == (0, [])
    assert len(found(fugong, "甲", "--limit", "1")) == 1


def entries(fugong: Run, *argv: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(fugong("today", *argv, "--json").stdout)["items"]
    return items


def test_today_says_who_entered_what_by_the_time_of_entry(county: Path, fugong: Run) -> None:
    fugong("log", "甲厂", "缺扳手", "--on", "3月12日", FUGONG_ACTOR="测试员甲")
    fugong("note", "1-1", "好", FUGONG_ACTOR="测试员乙")
    fugong("nil", "-t", "10", FUGONG_ACTOR="测试员乙")
    before = fingerprint(county)
    told = [(each["actor"], each["act"], each["id"], each["on"]) for each in entries(fugong)][-3:]
    assert told == [
        ("测试员甲", "log", "1-4", "2020-03-12"),
        ("测试员乙", "note", "1-1", "2020-03-13"),
        ("测试员乙", "add", "第十组", "2020-03-13"),
    ]
    assert entries(fugong, "--on", "昨天") == []
    assert fingerprint(county) == before


@pytest.mark.usefixtures("county")
def test_today_is_the_day_in_the_stores_time_zone(fugong: Run) -> None:
    fugong("note", "1-1", "早", FUGONG_TODAY="2020-03-20T00:30")
    fugong("note", "1-1", "晚", FUGONG_TODAY="2020-03-20T23:30")
    assert [each["on"] for each in entries(fugong, "--on", "2020-03-20")] == ["2020-03-20"] * 2
    assert entries(fugong, "--on", "2020-03-19") == []


@pytest.mark.usefixtures("county")
def test_today_counts_by_person_and_by_team_without_what_was_taken_back(fugong: Run) -> None:
    day = {"FUGONG_TODAY": "2020-03-20"}

    def counted(by: str) -> list[dict[str, Any]]:
        return entries(fugong, "--by", by, "--on", "2020-03-20")

    fugong("log", "甲厂", "缺扳手", FUGONG_ACTOR="测试员甲", **day)
    fugong("close", "2-1", "好了", FUGONG_ACTOR="测试员乙", **day)
    fugong("log", "甲厂", "打错", FUGONG_ACTOR="测试员甲", **day)
    fugong("undo", FUGONG_ACTOR="测试员甲", **day)
    by = [(each["actor"], each["log"], each["close"], each["acts"]) for each in counted("actor")]
    assert sorted(by) == [("测试员乙", 0, 1, 1), ("测试员甲", 1, 0, 1)]
    by_team = [(each["team"], each["log"], each["close"]) for each in counted("帮扶组")]
    assert sorted(by_team) == [("1", 1, 0), ("2", 0, 1)]


@pytest.mark.usefixtures("county")
def test_a_command_that_did_much_is_one_line(fugong: Run) -> None:
    everything = entries(fugong)
    (loaded,) = [each for each in everything if each["verb"] == "load"]
    assert (loaded["acts"] > 20, loaded["id"]) == (True, None)
    said = f"装入数据文件，写入 {loaded['acts']} 项记录"
    assert said in fugong("today").stdout
    assert f"loaded a file: {loaded['acts']} acts" in fugong("today", FUGONG_LANG="en").stdout


@pytest.mark.usefixtures("county")
def test_today_says_of_a_calendar_day_whether_it_is_off_or_at_work(fugong: Run) -> None:
    day = {"FUGONG_TODAY": "2020-03-20"}
    fugong("calendar", "set", "2020-03-28", "off", "--source", "县里通知", **day)
    fugong("calendar", "set", "2020-03-28", "work", "--source", "市里通知", **day)
    told = [line.split("\t")[4] for line in fugong("today", **day).stdout.splitlines()[1:]]
    assert told == ["2020-03-28 休息（县里通知）", "上班（市里通知）"]
    english = fugong("today", FUGONG_LANG="en", **day).stdout
    assert ("2020-03-28 off (县里通知)" in english, "at work (市里通知)" in english) == (True, True)


@pytest.mark.usefixtures("county")
def test_today_says_in_words_what_is_no_problem(fugong: Run) -> None:
    day = {"FUGONG_TODAY": "2020-03-20"}
    fugong("nil", "10", **day)
    fugong("publish", **day)
    fugong("term", "add", "问题类别", "物流", **day)
    fugong("close", "2-1", "好了", **day)
    fugong("undo", **day)
    told = [line.split("\t")[2:5] for line in fugong("today", **day).stdout.splitlines()[1:]]
    assert told == [
        ["第十组", "零报告", ""],
        ["2020-03-20", "公布", "发现问题 5，解决问题 2，正在解决 3，复工企业 2"],
        ["物流", "新增", "列表项"],
        ["2-1", "销号", "（已撤销）好了"],
        ["2-1", "撤销", "2020-03-20 的销号：好了"],
    ]
    english = fugong("today", FUGONG_LANG="en", **day).stdout
    assert "nothing to report" in english
    assert "published\tproblems found 5, problems solved 2, problems in hand 3, enterprises resumed 2" in english
    (published,) = [each for each in entries(fugong, "--on", "2020-03-20") if each["verb"] == "publish"]
    assert (published["kind"], published["act"], published["acts"] > 4) == ("publication", "add", True)
    fugong("undo", **day)
    fugong("undo", **day)
    assert fugong("today", **day).stdout.splitlines()[-1].split("\t")[2:5] == ["公布", "撤销", "2020-03-20 的公布"]
