"""Copies go out, come back, and one ledger is right: each rule of merging with a scene of its own."""

import gzip
import json
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay
from tests.keeping.copies import Copies, same, settled

from fugong.keeping import bundles


@pytest.fixture
def copies(store: Path, tmp_path: Path, fugong: Run) -> Copies:
    """A home and two copies of it."""
    del fugong
    lay(store)
    made = Copies(store, tmp_path)
    made.clone("b")
    made.clone("c")
    return made


def reviewed(copies: Copies) -> None:
    """Closings are reviewed, in every store."""
    for name in copies.places:
        copies(name, "store", "set", "review", "on")


def test_what_was_entered_elsewhere_is_taken_back_there(copies: Copies) -> None:
    """One clerk at two machines: each takes back what was typed at it, however late the other came."""
    copies("home", "note", "1-1", "家里记的", actor="甲")
    copies("b", "note", "1-3", "外面记的", actor="甲", day="2020-03-15")
    copies.merge("home", "b")
    assert copies("home", "undo", actor="甲", day="2020-03-16").stdout.startswith("1-1 ")
    refused = copies("home", "undo", actor="甲", day="2020-03-16", ok=False)
    assert (refused.exit_code, "没有" in refused.output) == (1, True)
    copies.merge("b", "home")
    assert copies("b", "redo", actor="甲", day="2020-03-16", ok=False).exit_code == 1
    assert copies("b", "undo", actor="甲", day="2020-03-16").stdout.startswith("1-3 ")
    same(copies)


@pytest.mark.on_a_file
@pytest.mark.parametrize("how", ["restore", "import", "restored twice", "merged into an empty store"])
def test_what_came_by_a_merge_is_taken_back_where_it_was_entered_after_a_restore_too(copies: Copies, how: str) -> None:
    """Neither what the same clerk entered in a copy, nor what others entered, comes within the reach of an undo."""
    copies("home", "note", "1-1", "家里记的", actor="甲")
    copies("b", "note", "1-3", "外面记的", actor="甲", day="2020-03-15")
    copies.merge("home", "b")
    copies("home", "note", "1-2", "别人记的", actor="乙", day="2020-03-15")
    backup, dump = str(copies.folder / "kept.db"), str(copies.folder / "all.jsonl")
    copies("home", "store", "backup", backup)
    copies("home", "store", "export", dump)
    copies.places["again"] = str(copies.folder / "again.db")
    if how == "import":
        copies("again", "store", "import", dump)
    elif how == "merged into an empty store":
        (replica,) = copies.rows("home", "SELECT value FROM fact WHERE name = 'replica'")[0]
        copies("again", "store", "init")
        copies("again", "merge", backup, "--accept", replica)
    else:
        copies("again", "store", "restore", backup, actor="管理员")
        copies("again", "note", "2-1", "恢复以后记的", actor="甲", day="2020-03-15")
        if how == "restored twice":
            copies("again", "store", "restore", backup, "--force", actor="管理员")
        else:
            assert copies("again", "undo", actor="甲", day="2020-03-16").stdout.startswith("2-1 ")
    if how != "merged into an empty store":
        assert copies("again", "undo", actor="甲", day="2020-03-16").stdout.startswith("1-1 ")
    refused = copies("again", "undo", actor="甲", day="2020-03-16", ok=False)
    assert (refused.exit_code, "没有" in refused.output) == (1, True)
    assert copies.whole("again") == []


@pytest.mark.on_a_file
def test_a_copy_that_was_restored_takes_back_what_was_entered_in_it_and_not_at_home(copies: Copies) -> None:
    copies("home", "note", "1-1", "家里记的", actor="甲")
    copies("b", "merge", copies.bundle("home", "--all"))
    copies("b", "note", "1-3", "外面记的", actor="甲", day="2020-03-15")
    backup = str(copies.folder / "kept.db")
    copies("b", "store", "backup", backup)
    copies("b", "store", "restore", backup, "--force")
    assert copies("b", "undo", actor="甲", day="2020-03-16").stdout.startswith("1-3 ")
    assert copies("b", "undo", actor="甲", day="2020-03-16", ok=False).exit_code == 1


# What comes together by itself


def test_what_each_side_entered_is_in_one_ledger(copies: Copies) -> None:
    copies("b", "log", "甲厂", "缺扳手")
    copies("c", "log", "甲厂", "缺暖气")
    copies("c", "close", "1-1", "到货")
    copies("home", "note", "1-2", "已联系")
    result = copies.merge("home", "b", "c")
    assert copies.conflicts("home") == []
    assert "要退回：" in result.stderr
    assert {ident for (ident,) in copies.rows("home", "SELECT id FROM v_problem")} >= {"1-B1", "1-C1"}
    assert copies.problem("home", "1-1")["status"] == "closed"
    same(copies)


def test_a_merge_may_be_repeated_and_brings_nothing_new(copies: Copies) -> None:
    copies("b", "log", "甲厂", "缺扳手")
    copies.merge("home", "b")
    before = copies.ledger("home")
    again = copies.merge("home", "b")
    assert "没有新的内容" in again.stdout or again.exit_code == 0
    assert copies.ledger("home") == before


def test_a_closing_stands_beside_notes_and_chasing_that_did_not_know_it(copies: Copies) -> None:
    copies("b", "close", "1-1", "到货")
    copies("c", "note", "1-1", "已联系")
    same(copies)
    assert copies.conflicts("home") == []
    assert copies.problem("home", "1-1")["status"] == "closed"


def test_counters_count_the_acts_of_all(copies: Copies) -> None:
    copies("home", "assign", "1-1", "工信局")
    copies.merge("b", "home")
    copies.merge("c", "home")
    before = copies.problem("home", "1-1")["chased"] or 0
    copies("b", "chase", "1-1")
    copies("c", "chase", "1-1", day="2020-03-15")
    same(copies)
    assert copies.problem("home", "1-1")["chased"] == before + 2


def test_a_set_has_what_any_side_added(copies: Copies) -> None:
    copies("b", "enterprise", "edit", "甲厂", "--alias", "甲字号")
    copies("c", "enterprise", "edit", "甲厂", "--alias", "老甲厂")
    same(copies)
    names = {name for (name,) in copies.rows("home", "SELECT name FROM enterprise_alias")}
    assert {"甲字号", "老甲厂"} <= names
    assert copies.conflicts("home") == []


def test_both_closed_it_is_closed_on_the_earlier_day_with_both_measures(copies: Copies) -> None:
    copies("b", "close", "1-1", "到货", "--on", "2020-03-13")
    copies("c", "close", "1-1", "改用别的", "--on", "2020-03-14")
    same(copies)
    told = copies.problem("home", "1-1")
    assert (told["status"], told["closed_on"]) == ("closed", "2020-03-13")
    assert set(str(told["how"]).split("；")) == {"到货", "改用别的"}
    assert copies.conflicts("home") == []


def test_one_file_loaded_on_both_sides_is_one_set_of_records(copies: Copies, tmp_path: Path) -> None:
    more = tmp_path / "more.yaml"
    text = (Path(__file__).parents[1] / "data" / "county.yaml").read_text(encoding="utf-8")
    more.write_text(
        text.replace("  - {name: 卫健局}\n", "  - {name: 卫健局}\n  - {name: 新来的局}\n"), encoding="utf-8"
    )
    for name in ("b", "c"):
        copies(name, "load", str(more))
    same(copies)
    assert copies.rows("home", "SELECT count(*) FROM department WHERE name = '新来的局'") == [(1,)]
    assert copies.conflicts("home") == []


def test_two_files_with_other_words_of_one_row_leave_the_words_of_the_later_load_everywhere(copies: Copies) -> None:
    words = {"c": "电压不稳", "b": "常跳闸"}
    for day, (name, text) in zip(("2020-03-14", "2020-03-15"), words.items(), strict=True):
        place = copies.folder / f"{name}.yaml"
        place.write_text(
            f"as_of: 2020-03-12\nproblems:\n  - {{key: more, team: '2', text: {text}}}\n", encoding="utf-8"
        )
        copies(name, "load", str(place), day=day)
    copies.merge("b", "c")
    same(copies)
    assert copies.conflicts("home") == ["text"]
    for name in copies.places:
        ((said,),) = copies.rows(name, "SELECT content FROM loaded WHERE key = 'more'")
        assert json.loads(str(said))["text"] == "常跳闸"


def test_one_row_loaded_on_both_sides_and_closed_on_one_is_closed(copies: Copies) -> None:
    place = copies.folder / "more.yaml"
    place.write_text("as_of: 2020-03-12\nproblems:\n  - {key: more, team: '2', text: 电压不稳}\n", encoding="utf-8")
    for name in ("b", "c"):
        copies(name, "load", str(place))
    copies("b", "close", "2-B1", "换了变压器")
    same(copies)
    assert copies.conflicts("home") == []
    assert copies.rows("home", "SELECT status FROM problem WHERE key = 'more'") == [("closed",)]


# What nobody can know


def test_both_edited_one_attribute(copies: Copies) -> None:
    copies("b", "edit", "1-1", "--text", "缺口罩一百只")
    copies("c", "edit", "1-1", "--text", "缺口罩二百只")
    result = copies.merge("home", "b", "c")
    assert result.exit_code == 6
    assert copies.conflicts("home") == ["text"]
    same(copies)


def test_both_edited_it_alike_and_nothing_is_in_conflict(copies: Copies) -> None:
    for name in ("b", "c"):
        copies(name, "edit", "1-1", "--text", "缺口罩一百只")
    same(copies)
    assert copies.conflicts("home") == []


def test_closed_here_voided_there_is_in_hand_and_in_conflict(copies: Copies) -> None:
    copies("b", "close", "1-1", "到货")
    copies("c", "void", "1-1", "--why", "登记错了")
    copies.merge("home", "b", "c")
    assert copies.problem("home", "1-1")["status"] == "doing"
    settled(copies, "status")


def test_applied_for_on_both_sides_it_waits_for_somebody_else(copies: Copies) -> None:
    reviewed(copies)
    copies("b", "close", "1-1", "到货", "--on", "2020-03-14")
    copies("c", "close", "1-1", "买了", "--on", "2020-03-13")
    same(copies)
    assert copies.conflicts("home") == []
    waiting = copies.problem("home", "1-1")
    assert (waiting["status"], str(waiting["applied_on"])) == ("pending", "2020-03-13")
    assert sorted(waiting["how"].split("；")) == ["买了", "到货"]
    for applicant in ("b", "c"):
        refused = copies("home", "approve", "1-1", actor=applicant, ok=False)
        assert (refused.exit_code, "要由另一个人审核" in refused.stderr) == (1, True)
    copies("home", "approve", "1-1")
    same(copies)
    assert copies.problem("b", "1-1")["status"] == "closed"


def test_approved_here_and_sent_back_there_is_in_hand_and_in_conflict(copies: Copies) -> None:
    reviewed(copies)
    copies("home", "close", "1-1,2-1", "到货")
    copies.merge("b", "home")
    copies.merge("c", "home")
    copies("b", "approve", "1-1,2-1")
    copies("c", "reject", "1-1", "没有照片")
    copies("c", "note", "2-1", "又问了一次")
    same(copies)
    assert copies.conflicts("home") == ["status"]
    assert copies.problem("home", "1-1")["status"] == "doing"
    assert copies.problem("home", "2-1")["status"] == "closed"
    copies("home", "conflict", "settle", "1-1", "--take", "closed")
    same(copies)
    assert copies.problem("c", "1-1")["status"] == "closed"


def test_closed_before_reopened_here_and_closed_anew_there(copies: Copies) -> None:
    copies("home", "close", "1-1", "到货")
    copies.merge("b", "home")
    copies.merge("c", "home")
    copies("b", "reopen", "1-1", "--why", "不够")
    copies("c", "edit", "1-1", "--text", "另一种说法")
    same(copies)
    assert copies.conflicts("home") == []
    assert copies.problem("home", "1-1")["status"] == "doing"


def test_reopened_by_two_counts_once(copies: Copies) -> None:
    copies("home", "close", "1-1", "到货")
    copies.merge("b", "home")
    copies.merge("c", "home")
    for name in ("b", "c"):
        copies(name, "reopen", "1-1", "--why", "不够")
    same(copies)
    assert copies.problem("home", "1-1")["reopened"] == 1
    assert copies.conflicts("home") == []


def test_undone_here_continued_there_stands_in_hand_in_conflict(copies: Copies) -> None:
    copies("b", "log", "甲厂", "缺扳手")
    copies.merge("home", "b")
    copies.merge("c", "home")
    copies("b", "undo")
    copies("c", "note", "1-B1", "已联系")
    copies.merge("home", "b", "c")
    assert copies.problem("home", "1-B1")["status"] == "doing"
    settled(copies, "undone")


def test_undone_and_not_continued_is_void_everywhere(copies: Copies) -> None:
    copies("b", "log", "甲厂", "缺扳手")
    copies.merge("home", "b")
    copies("b", "undo")
    same(copies)
    assert copies.conflicts("home") == []
    assert copies.problem("home", "1-B1")["status"] == "void"


def test_what_could_not_follow_a_closing_leaves_it_in_conflict(copies: Copies) -> None:
    copies("b", "close", "1-1", "到货", "--on", "2020-03-13")
    copies("c", "assign", "1-1", "卫健局", "--on", "2020-03-14")
    copies.merge("home", "b", "c")
    assert copies.problem("home", "1-1")["status"] == "closed"
    settled(copies, "follow")


def test_a_firm_reassigned_twice_on_one_day_is_in_conflict_and_on_two_days_is_not(copies: Copies) -> None:
    copies("b", "enterprise", "assign", "甲厂", "--team", "2", "--from", "2020-03-13")
    copies("c", "enterprise", "assign", "甲厂", "--team", "10", "--from", "2020-03-13")
    settled(copies, "assignments")


def test_a_firm_reassigned_on_two_days_is_the_laters(copies: Copies) -> None:
    copies("b", "enterprise", "assign", "甲厂", "--team", "2", "--from", "2020-03-13")
    copies("c", "enterprise", "assign", "甲厂", "--team", "10", "--from", "2020-03-14")
    same(copies)
    assert copies.conflicts("home") == []
    assert copies.rows("home", "SELECT team FROM v_enterprise WHERE name = '某县甲厂有限公司'") == [("10",)]


def test_two_stages_on_one_day(copies: Copies) -> None:
    copies("b", "enterprise", "stage", "乙建材", "full", "--on", "2020-03-14")
    copies("c", "enterprise", "stage", "乙建材", "stopped", "--on", "2020-03-14", ok=False)
    copies("c", "enterprise", "stage", "乙建材", "stopped", "--on", "2020-03-14", "--why", "停电", ok=False)
    settled(copies, "stages")


def test_two_teams_with_one_code_are_one_team_whose_name_is_in_conflict(copies: Copies) -> None:
    copies("b", "team", "add", "7", "第七组")
    copies("c", "team", "add", "7", "七组")
    settled(copies, "name")
    assert copies.rows("home", "SELECT count(*) FROM team WHERE code = '7'") == [(1,)]


def test_two_firms_with_one_name_are_one_firm(copies: Copies) -> None:
    copies("b", "enterprise", "add", "某县新厂", "--team", "1")
    copies("c", "enterprise", "add", "某县新厂", "--team", "1")
    same(copies)
    assert copies.rows("home", "SELECT count(*) FROM enterprise WHERE name = '某县新厂'") == [(1,)]
    assert copies.conflicts("home") == []


def test_a_new_firm_given_to_two_teams_is_one_firm_whose_team_is_in_conflict(copies: Copies) -> None:
    copies("b", "enterprise", "add", "某县新厂", "--team", "1")
    copies("c", "enterprise", "add", "某县新厂", "--team", "2")
    settled(copies, "assignments")


def test_parts_of_a_deadline_are_one_attribute(copies: Copies) -> None:
    copies("b", "edit", "1-1", "--due", "2020-04-20")
    copies("c", "edit", "1-1", "--due", "7wd")
    settled(copies, "due_on")


def test_a_milestone_reached_on_two_days(copies: Copies) -> None:
    copies("b", "milestone", "add", "乙建材", "复工批复", "--on", "2020-03-12")
    copies("c", "milestone", "add", "乙建材", "复工批复", "--pending")
    settled(copies, "on_date")


def test_two_firms_renamed_to_one_name_both_stand_with_letters_until_one_is_renamed(copies: Copies) -> None:
    copies("b", "enterprise", "edit", "甲厂", "--name", "某县新名有限公司")
    copies("c", "enterprise", "edit", "乙建材", "--name", "某县新名有限公司")
    copies("b", "enterprise", "edit", "戊厂", "--alias", "老厂")
    copies("c", "enterprise", "edit", "丙丁水泥", "--alias", "老厂")
    same(copies)
    asked = "SELECT name FROM enterprise WHERE name LIKE '某县新名有限公司·%' ORDER BY name"
    shown = [str(name) for (name,) in copies.rows("home", asked)]
    assert len(shown) == 2
    assert copies.conflicts("home") == ["twin"] * 4
    assert all(name in copies("home", "conflict", "list").stdout for name in shown)
    assert copies("home", "log", "某县新名有限公司", "谁家的", ok=False).exit_code == 1
    refused = copies("home", "conflict", "settle", shown[0], "--take", "x", ok=False)
    assert (refused.exit_code, "改名" in refused.stderr) == (1, True)
    copies("home", "enterprise", "edit", shown[0], "--name", "另一名称")
    (alias,) = copies.rows("home", "SELECT a.name FROM enterprise_alias a JOIN enterprise e ON e.id = a.owner_id "
                           "WHERE e.name = '戊厂'")[0]  # fmt: skip
    copies("home", "enterprise", "edit", "戊厂", "--no-alias", str(alias))
    same(copies)
    assert copies.conflicts("home") == []
    assert copies.rows("b", "SELECT count(*) FROM enterprise WHERE name = '某县新名有限公司'") == [(1,)]


def test_two_entries_of_a_list_with_one_name_both_stand(copies: Copies) -> None:
    copies("b", "term", "add", "category", "停电", "--code", "power")
    copies("c", "term", "add", "category", "停电", "--code", "outage")
    same(copies)
    assert copies.conflicts("home") == ["twin", "twin"]


def test_list_entries_with_one_code_and_other_names(copies: Copies) -> None:
    copies("b", "term", "add", "category", "停电", "--code", "power")
    copies("c", "term", "add", "category", "用电", "--code", "power")
    settled(copies, "en", "zh")


def test_one_calendar_day_said_twice(copies: Copies) -> None:
    copies("b", "calendar", "set", "2020-04-04", "work", "--source", "县里通知")
    copies("c", "calendar", "set", "2020-04-04", "off", "--source", "县里通知")
    settled(copies, "work")


# Settling


def test_a_settlement_holds_everywhere(copies: Copies) -> None:
    copies("b", "edit", "1-1", "--text", "缺口罩一百只")
    copies("c", "edit", "1-1", "--text", "缺口罩二百只")
    copies.merge("home", "b", "c")
    shown = json.loads(copies("home", "conflict", "show", "1-1", "--json").stdout)["items"]
    take = next(each["take"] for each in shown if each["says"] == "缺口罩一百只")
    copies("home", "conflict", "settle", "1-1", "--take", take)
    same(copies)
    assert copies.conflicts("home") == []
    assert copies.problem("c", "1-1")["text"] == "缺口罩一百只"


def test_an_act_on_the_attribute_settles_it_and_a_note_does_not(copies: Copies) -> None:
    copies("b", "close", "1-1", "到货")
    copies("c", "void", "1-1", "--why", "登记错了")
    copies.merge("home", "b", "c")
    copies("home", "note", "1-1", "再问问")
    assert copies.conflicts("home") == ["status"]
    copies("home", "close", "1-1", "确实到货")
    assert copies.conflicts("home") == []
    same(copies)
    assert copies.problem("b", "1-1")["status"] == "closed"


def test_settled_as_closed_by_its_word(copies: Copies) -> None:
    copies("b", "close", "1-1", "到货")
    copies("c", "void", "1-1", "--why", "登记错了")
    copies.merge("home", "b", "c")
    copies("home", "conflict", "settle", "1-1", "--take", "已销号")
    same(copies)
    assert copies.conflicts("b") == []
    assert copies.problem("b", "1-1")["how"] == "到货"


def test_racing_settlements_open_it_again(copies: Copies) -> None:
    copies("b", "edit", "1-1", "--text", "缺口罩一百只")
    copies("c", "edit", "1-1", "--text", "缺口罩二百只")
    copies.exchange()
    for name in ("b", "c"):
        copies(name, "edit", "1-1", "--text", f"{name} 说了算")
    settled(copies, "text")


def test_what_is_in_conflict_is_listed_shown_counted_and_not_undone(copies: Copies) -> None:
    copies("b", "edit", "1-1", "--text", "缺口罩一百只")
    copies("c", "edit", "1-1", "--text", "缺口罩二百只")
    copies.merge("home", "b")
    copies("home", "note", "1-1", "已联系", actor="丁")
    copies.merge("home", "c")
    listed = json.loads(copies("home", "list", "--status", "all", "--conflict", "--json").stdout)["items"]
    assert [each["id"] for each in listed] == ["1-1"]
    sides = json.loads(copies("home", "show", "1-1", "--json").stdout)["items"][0]["conflicts"]
    assert {each["says"] for each in sides} == {"缺口罩一百只", "缺口罩二百只"}
    assert "1 个问题各副本说法不一" in copies("home", "progress", "--format", "md").stdout
    assert "1 个问题各副本说法不一" in copies("home", "summary", "--format", "text").stdout
    assert "说法不一" not in copies("home", "summary", "--format", "text", "--as-of", "2020-03-13").stdout
    refused = copies("home", "undo", ok=False, actor="丁")
    assert refused.exit_code == 1
    assert "裁定" in refused.stderr


@pytest.mark.parametrize(("language", "says"), [("zh", "放假"), ("en", "a day off")])
def test_a_side_says_in_words_what_it_is(
    copies: Copies, monkeypatch: pytest.MonkeyPatch, language: str, says: str
) -> None:
    copies("b", "calendar", "set", "2020-04-04", "work", "--source", "通知")
    copies("c", "calendar", "set", "2020-04-04", "off", "--source", "通知")
    copies("b", "edit", "1-1", "--due", "7wd")
    copies("c", "edit", "1-1", "--due", "30d")
    copies.merge("home", "b", "c")
    monkeypatch.setenv("FUGONG_LANG", language)
    told = copies("home", "conflict", "list", "--format", "csv").stdout
    assert says in told
    assert {"zh": "2020-04-13（30 天）", "en": "2020-04-13 (30 days)"}[language] in told
    refused = copies("home", "conflict", "settle", "1-1", "--take", "QQ", "--about", "nowhere", ok=False)
    assert (refused.exit_code, {"zh": "（时限，", "en": "(deadline: "}[language] in refused.stderr) == (1, True)


# Numbers that met


@pytest.mark.on_a_file
def test_numbers_that_met_have_letters_and_the_bare_one_lists_all(copies: Copies) -> None:
    copies.copied_by_hand("d", of="b")
    copies("b", "log", "甲厂", "缺扳手")
    copies("d", "log", "甲厂", "缺暖气")
    copies.merge("home", "b", "d")
    idents = sorted(str(i) for (i,) in copies.rows("home", "SELECT id FROM v_problem WHERE series = 'B'"))
    assert len(idents) == 2
    assert all(ident.startswith("1-B1") and len(ident) > 4 for ident in idents)
    refused = copies("home", "close", "1-B1", "到货", ok=False)
    assert refused.exit_code == 1
    assert all(ident in refused.stderr for ident in idents)
    assert copies("home", "close", idents[0], "到货").exit_code == 0
    assert copies.whole("home") == []


@pytest.mark.on_a_file
def test_a_store_that_sees_its_replica_go_on_elsewhere_takes_a_series_of_its_own(copies: Copies) -> None:
    copies.copied_by_hand("d", of="b")
    copies("b", "log", "甲厂", "缺扳手")
    copies("d", "log", "甲厂", "缺暖气")
    result = copies.merge("b", "d")
    assert "手工复制" in result.stderr
    number = copies("b", "log", "甲厂", "缺水").stdout.split()[0]
    assert not number.startswith("1-B1")
    assert copies.whole("b") == []
    same(copies, "home", "b", "c")


# Bundles and refusals


def test_a_bundle_holds_what_the_other_lacks_and_is_small(copies: Copies, tmp_path: Path) -> None:
    for number in range(20):
        copies("b", "log", "甲厂", f"第 {number} 件事，等人来看一看")
    place = Path(copies.bundle("b"))
    verbs = [line[1][1] for line in bundles.unpacked(place) if isinstance(line, list) and line[0] == "batch"]
    assert verbs == ["log"] * 20
    assert place.stat().st_size < 50 * 1024
    assert copies("home", "merge", str(place)).exit_code == 0
    assert copies.whole("home") == []


def holed(copies: Copies, name: str, *missing: int) -> str:
    """A bundle of a copy, without some of the commands in it, by their places."""
    lines = list(bundles.unpacked(Path(copies.bundle(name))))
    begins = [at for at, line in enumerate(lines) if isinstance(line, list) and line[0] == "batch"]
    ends = [*begins[1:], len(lines)]
    gone = {at for place in missing for at in range(begins[place], ends[place])}
    place = copies.folder / "holed.bundle"
    place.write_bytes(b"".join(bundles.packed(line for at, line in enumerate(lines) if at not in gone)))
    return str(place)


def test_a_bundle_with_gaps_is_refused_and_says_which_commands_of_whom_are_missing(copies: Copies) -> None:
    for number in range(4):
        copies("b", "log", "甲厂", f"缺扳手 {number}")
    copies("c", "log", "甲厂", "缺暖气")
    copies.merge("b", "c")
    before, kept = copies.ledger("home"), sorted(copies.folder.rglob("merge-*"))
    uids = dict(copies.rows("home", "SELECT name, uid FROM copy"))
    refused = copies("home", "merge", holed(copies, "b", 0, 1, 3, 5), ok=False)
    assert refused.exit_code == 1
    assert f"缺：b（副本 {uids['b']}）的第 1–2、4 次操作、c（副本 {uids['c']}）的第 1 次操作" in refused.stderr
    assert "store bundle 文件 --all" in refused.stderr
    assert copies.ledger("home") == before
    assert sorted(copies.folder.rglob("merge-*")) == kept


def test_what_one_bundle_lacks_another_has_and_only_what_both_lack_is_missing(copies: Copies) -> None:
    for number in range(3):
        copies("b", "log", "甲厂", f"缺扳手 {number}")
    late, early = Path(holed(copies, "b", 0, 1)).rename(copies.folder / "late"), holed(copies, "b", 1, 2)
    refused = copies("home", "merge", str(late), early, ok=False)
    assert (refused.exit_code, "的第 2 次操作" in refused.stderr) == (1, True)
    assert copies("home", "merge", str(late), early, holed(copies, "b", 2)).exit_code == 0


@pytest.mark.parametrize(
    ("old", "new"), [("缺扳手", "缺板手"), ('"verb', '"verv'), ("b.db", "b.db")], ids=["text", "key", "nothing"]
)
def test_what_was_altered_is_refused_and_nothing_is_written(copies: Copies, tmp_path: Path, old: str, new: str) -> None:
    copies("b", "log", "甲厂", "缺扳手")
    lines = list(bundles.unpacked(Path(copies.bundle("b"))))
    told = [json.loads(json.dumps(line, ensure_ascii=False).replace(old, new)) for line in lines]
    bad = tmp_path / "bad.bundle"
    bad.write_bytes(b"".join(bundles.packed(told)))
    before = copies.ledger("home")
    refused = copies("home", "merge", str(bad), ok=False)
    assert (refused.exit_code == 0) is (told == lines)
    assert (copies.ledger("home") == before) is (told != lines)


def test_another_ledger_is_refused_until_it_is_accepted(copies: Copies, tmp_path: Path) -> None:
    copies.places["x"] = str(tmp_path / "x.db")
    copies("x", "init", "--county", "别县", "--teams", "1")
    before = copies.ledger("home")
    refused = copies("home", "merge", copies.places["x"], ok=False)
    assert refused.exit_code == 1
    assert "--accept" in refused.stderr
    assert copies.ledger("home") == before


@pytest.mark.parametrize("content", [b"", b"not a bundle", b"\x1f\x8b\x08garbage", gzip.compress(b"{}\n", mtime=0)])
def test_what_is_no_bundle_is_refused(copies: Copies, tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "x.bundle"
    place.write_bytes(content)
    assert copies("home", "merge", str(place), ok=False).exit_code in (1, 5)


def test_a_bomb_is_refused_without_being_unpacked(copies: Copies, tmp_path: Path) -> None:
    place = tmp_path / "bomb.bundle"
    place.write_bytes(gzip.compress(b'{"format": "' + b"0" * (64 << 20)))
    assert copies("home", "merge", str(place), ok=False).exit_code == 1


def test_a_bundle_of_another_schema_is_refused(copies: Copies, tmp_path: Path) -> None:
    head, *rest = bundles.unpacked(Path(copies.bundle("b")))
    place = tmp_path / "newer.bundle"
    place.write_bytes(b"".join(bundles.packed([{**head, "schema": 99}, *rest])))
    refused = copies("home", "merge", str(place), ok=False)
    assert refused.exit_code == 1
    assert "99" in refused.stderr


def test_a_trial_writes_nothing(copies: Copies) -> None:
    copies("b", "log", "甲厂", "缺扳手")
    before = copies.ledger("home")
    shown = copies.merge("home", "b", options=("--dry-run",))
    assert "b" in shown.stdout
    assert copies.ledger("home") == before


@pytest.mark.on_a_file
def test_the_line_that_restores_the_store_is_true(copies: Copies) -> None:
    before = copies.rows("home", "SELECT id, text, status FROM v_problem ORDER BY id")
    copies("b", "log", "甲厂", "缺扳手")
    said = copies.merge("home", "b").stderr
    kept = said.split("fugong store restore ")[1].split(" --force")[0]
    assert copies("home", "store", "restore", kept, "--force").exit_code == 0
    assert copies.rows("home", "SELECT id, text, status FROM v_problem ORDER BY id") == before


@pytest.mark.on_a_file
def test_the_lines_to_type_are_for_the_store_that_was_named(copies: Copies) -> None:
    """Whoever keeps one store and looks after another types them without thinking."""
    for name, text in (("home", "缺口罩一百只"), ("b", "缺口罩二百只")):
        copies(name, "edit", "1-1", "--text", text)
    bundle = copies.bundle("b", "--all")
    place = str(Path(copies.places["c"]).rename(copies.folder / "another one.db"))
    said = copies("home", "--store", place, "merge", bundle, copies.bundle("home", "--all")).stderr
    assert f'fugong --store "{place}" store restore "' in said
    assert f'fugong --store "{place}" conflict list' in said
    assert "fugong conflict list" in copies("home", "merge", bundle).stderr


def test_the_same_matter_logged_twice_is_named_and_never_joined(copies: Copies) -> None:
    copies("b", "log", "甲厂", "宿舍缺消毒液二十桶")
    copies("c", "log", "甲厂", "宿舍缺消毒液20桶")
    told = json.loads(copies.merge("home", "b", "c", options=("--json",)).stdout)
    assert told["duplicates"] == [["1-B1", "1-C1"]]
    assert copies.problem("home", "1-C1")["status"] == "open"


def test_a_publication_that_another_store_made_comes_with_its_rows(copies: Copies) -> None:
    copies("b", "publish", "--name", "三组周报")
    same(copies)
    assert copies.rows("home", "SELECT count(*) FROM published_row")[0][0] > 0


def test_two_publications_of_one_name_both_stand_each_with_its_seal(copies: Copies) -> None:
    copies("b", "log", "甲厂", "缺扳手")
    for name in ("b", "c"):
        copies(name, "publish", "--name", "周报")
    said = copies.merge("home", "b", "c")
    assert (said.exit_code, "「周报」公布过 2 次，以后写全名：周报·" in said.stderr) == (6, True)
    same(copies)
    names = {
        str(name) for (name,) in copies.rows("home", "SELECT name FROM publication") if str(name).startswith("周报")
    }
    assert len(names) == 2
    assert all(name.startswith("周报·") for name in names)
    assert copies("home", "publish", "--name", "周报", ok=False).exit_code == 1
    assert all(copies("home", "reconcile", name, ok=False).exit_code in (0, 6) for name in names)


def test_a_store_is_not_merged_into_itself(copies: Copies) -> None:
    assert copies("home", "merge", copies.places["home"], ok=False).exit_code == 1


def test_a_copy_itself_can_be_merged_and_not_only_its_bundle(copies: Copies) -> None:
    copies("b", "log", "甲厂", "缺扳手")
    assert copies("home", "merge", copies.places["b"]).exit_code == 0
    assert copies.rows("home", "SELECT text FROM v_problem WHERE id = '1-B1'") == [("缺扳手",)]
    assert copies.whole("home") == []


def test_what_comes_first_is_the_same_wherever_it_was_heard_of_first(copies: Copies) -> None:
    for name, day in (("b", "2020-03-15"), ("c", "2020-03-14")):
        copies(name, "escalate", "1-1", "--to", "city", "--why", f"{name} 要协调", day=day)
        copies(name, "note", "2-1", f"{name} 记的", "--on", "2020-03-14", day=day)
        copies(name, "publish", "--name", name, "--as-of", "2020-03-13", day=day)
    copies.exchange()
    for argv in (("summary",), ("export", "ledger", "--format", "csv"), ("progress", "--json"), ("show", "2-1")):
        assert len({copies(name, *argv, day="2020-03-16").stdout for name in copies.places}) == 1


def test_what_was_given_anew_here_and_entered_there_is_one_whoever_hears_of_both_at_once(copies: Copies) -> None:
    copies("b", "term", "add", "category", "停电", "--code", "power")
    copies("b", "undo")
    copies("b", "term", "add", "category", "停电", "--code", "power")
    copies("c", "term", "add", "category", "停电", "--code", "power")
    same(copies)
    assert copies.conflicts("home") == []
    assert copies.rows("home", "SELECT count(*) FROM term WHERE code = 'power'") == [(1,)]


def test_what_goes_is_not_in_the_way_of_what_was_given_anew(copies: Copies) -> None:
    copies("b", "term", "add", "category", "停电", "--code", "power")
    copies("c", "merge", copies.bundle("b", "--all"))
    copies("b", "undo")
    copies("b", "term", "add", "category", "停电", "--code", "power")
    same(copies)
    assert copies.rows("c", "SELECT count(*) FROM term WHERE code = 'power'") == [(1,)]


@pytest.mark.on_a_file
def test_what_a_restored_home_writes_is_taken_by_those_who_have_copies(copies: Copies, tmp_path: Path) -> None:
    """It goes on with the numbers without letters, which an event tells of as of nothing."""
    copies("home", "store", "backup", str(tmp_path / "kept.db"))
    copies("b", "log", "甲厂", "一件事")
    copies.merge("home", "b")
    copies("home", "store", "restore", str(tmp_path / "kept.db"), "--force")
    copies.merge("home", "b")
    copies("home", "log", "甲厂", "退回以后记的")
    copies("b", "merge", copies.bundle("home"))
    same(copies)


@pytest.mark.on_a_file
def test_a_number_that_two_have_is_refused_as_it_was_typed(copies: Copies) -> None:
    copies.copied_by_hand("stick", of="b")
    copies("b", "log", "甲厂", "一件事")
    copies("stick", "log", "甲厂", "另一件事")
    copies.merge("home", "b", "stick")
    refused = copies("home", "show", "1-B1", ok=False)
    assert refused.exit_code == 1
    assert "编号 1-B1 不止一条" in refused.stderr
