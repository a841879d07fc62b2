"""What a later act may change of a day that is gone, what it may not, and what is said of it: trials §1.3–1.11."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import behind

from fugong.domain import history
from fugong.queries.standing import stands
from fugong.vocab import Act

pytestmark = pytest.mark.usefixtures("county")


def on(day: str) -> dict[str, str]:
    return {"FUGONG_TODAY": day if len(day) > 5 else f"2020-{day}"}


def document(fugong: Run, *argv: str, today: str = "04-30") -> Any:
    printed = fugong(*argv, "--format", "json", **on(today))
    assert printed.exit_code in (0, 6), printed.output
    return json.loads(printed.stdout)


def total(fugong: Run, *argv: str) -> tuple[int, int, int]:
    counts = document(fugong, "progress", *argv)["total"]
    return counts["found"], counts["solved"], counts["resumed"]


def moved(fugong: Run, day: str) -> dict[str, int]:
    change: dict[str, int] = document(fugong, "summary", "--as-of", f"2020-{day}")["change"]
    return change


def redated(fugong: Run, folder: Path) -> None:
    """A closing that was entered for the 30th, found to be of the 28th, and found wanting on the 29th."""
    fugong("log", "乙建材", "乙", **on("03-26"))
    fugong("close", "1-4", "--how", "好", **on("03-30"))
    ledger = folder / "ledger.csv"
    fugong("export", "ledger", "-o", str(ledger), **on("03-30"))
    ledger.write_text(ledger.read_text(encoding="utf-8").replace("2020-03-30", "2020-03-28"), encoding="utf-8")
    assert fugong("import", str(ledger), **on("03-31")).exit_code == 0
    assert fugong("verify", "1-4", "--fail", "没有好", "--on", "2020-03-29", **on("04-01")).exit_code == 0


def test_a_corrected_closing_counts_from_its_right_day_and_from_no_other(fugong: Run, tmp_path: Path) -> None:
    """As of the 26th and 27th it was solved, which nobody had ever said; the 30th said +1 with unchanged totals."""
    redated(fugong, tmp_path)
    solved = {day: total(fugong, "--as-of", f"2020-03-{day}")[1] for day in range(25, 32)}
    assert solved == {25: 2, 26: 2, 27: 2, 28: 3, 29: 2, 30: 2, 31: 2}
    assert [moved(fugong, f"03-{day}")["solved"] for day in (27, 28, 29, 30)] == [0, 1, -1, 0]


def test_known_at_shows_what_was_known_before_the_correction(fugong: Run, tmp_path: Path) -> None:
    redated(fugong, tmp_path)
    known = ["--known-at", "2020-03-30-18:00"]
    assert [total(fugong, "--as-of", f"2020-03-{day}", *known)[1] for day in (28, 29, 30)] == [2, 2, 3]
    assert document(fugong, "progress", *known)["as_of"] == "2020-03-30"
    assert document(fugong, "progress", *known)["known_at"] == "2020-03-30 12:00:00"


def test_a_corrected_finding_and_corrected_work_count_from_their_right_days(fugong: Run) -> None:
    fugong("log", "甲厂", "早就有的", **on("03-20"))
    fugong("edit", "1-4", "--on", "2020-03-15", **on("03-22"))
    fugong("outreach", "edit", "1-w1", "--on", "2020-03-18", **on("03-20"))
    assert [total(fugong, "--as-of", f"2020-03-{day}")[0] for day in (14, 15, 19)] == [5, 6, 6]
    assert total(fugong, "--as-of", "2020-03-16", "--known-at", "2020-03-21")[0] == 5
    publicity = [document(fugong, "progress", "--as-of", f"2020-03-{day}")["total"]["publicity"] for day in (17, 18)]
    assert publicity == [1, 2]


def test_a_milestone_that_was_under_way_stays_so_before_it_was_reached(fugong: Run) -> None:
    fugong("milestone", "add", "乙建材", "党支部", "--pending", "--on", "2020-03-14", **on("03-14"))
    fugong("milestone", "add", "乙建材", "党支部", "--on", "2020-03-18", **on("03-18"))
    fugong("milestone", "edit", "乙建材", "党支部", "--on", "2020-03-17", **on("03-20"))

    def said(day: str, *known: str) -> list[tuple[bool, str]]:
        argv = ("milestone", "list", "--enterprise", "乙建材", "--milestone", "党支部", "--as-of", f"2020-03-{day}")
        return [(each["pending"], each["on_date"]) for each in document(fugong, *argv, *known)["items"]]

    assert said("13") == []
    assert said("14") == said("16") == [(True, "2020-03-14")]
    assert said("17") == said("19") == [(False, "2020-03-17")]
    assert said("17", "--known-at", "2020-03-19") == [(True, "2020-03-14")]


def test_retiring_and_restoring_change_no_day_before_them(fugong: Run) -> None:
    """A restored firm was resumed as of the days on which it was out of service, and nothing explained it."""
    fugong("enterprise", "stage", "戊厂", "resumed", **on("03-13"))
    fugong("enterprise", "retire", "戊厂", **on("03-14"))
    fugong("publish", "--name", "周报", "--as-of", "2020-03-15", **on("03-15"))
    fugong("enterprise", "restore", "戊厂", **on("03-20"))
    assert [total(fugong, "--as-of", f"2020-03-{day}")[2] for day in (13, 14, 15, 20)] == [3, 2, 2, 3]
    assert document(fugong, "reconcile", "周报")["differences"] == 0


def test_what_teams_are_and_where_enterprises_lie_is_as_it_was(fugong: Run) -> None:
    fugong("team", "edit", "1", "--expected", "9", "--name", "第一帮扶组", **on("03-20"))
    fugong("enterprise", "edit", "乙建材", "--township", "甲镇", **on("03-20"))
    fugong("enterprise", "assign", "乙建材", "--team", "2", "--from", "2020-03-18", **on("03-20"))
    then = ["--as-of", "2020-03-17"]
    first = document(fugong, "progress", *then)["items"][0]
    assert (first["name"], first["enterprises_expected"], first["enterprises_named"]) == ("第一组", 4, 2)
    townships = {each["township"] for each in document(fugong, "progress", "--by", "township", *then)["items"]}
    assert "乙镇" in townships
    firms = {
        each["enterprise"]: each["team"] for each in document(fugong, "progress", "--by", "enterprise", *then)["items"]
    }
    assert firms["某县乙建材有限公司"] == "1"
    assert document(fugong, "progress")["items"][0]["enterprises_named"] == 1


def test_a_calendar_that_was_corrected_later_moves_no_light_of_before(fugong: Run) -> None:
    def yellow(*cut: str) -> list[str]:
        return [each["id"] for each in document(fugong, "list", "--light", "yellow", *cut)["items"]]

    fugong("log", "甲厂", "缺煤", "--due", "2020-03-17", **on("03-13"))
    before = yellow("--as-of", "2020-03-13")
    fugong("calendar", "set", "2020-03-16", "off", "--source", "县里通知", **on("03-20"))
    assert yellow("--as-of", "2020-03-13") == before


def test_what_was_taken_back_is_there_for_who_asks_what_was_known(fugong: Run) -> None:
    fugong("enterprise", "add", "某县壬厂", "--team", "10", **on("03-14"))
    fugong("enterprise", "stage", "某县壬厂", "resumed", **on("03-15"))
    fugong("support", "add", "某县壬厂", "物资", "送口罩", **on("03-15"))
    for _ in range(3):
        fugong("undo", **on("03-16"))
    assert total(fugong, "--as-of", "2020-03-15")[2] == 2
    assert total(fugong, "--as-of", "2020-03-15", "--known-at", "2020-03-15")[2] == 3
    by_firm = document(fugong, "progress", "--by", "enterprise", "--known-at", "2020-03-15")["items"]
    assert [each["service"] for each in by_firm if each["enterprise"] == "某县壬厂"] == [1]
    known = document(fugong, "enterprise", "list", "--known-at", "2020-03-15")["items"]
    assert "某县壬厂" in {each["name"] for each in known}


def test_a_moment_that_has_not_come_and_what_is_none_are_refused(fugong: Run) -> None:
    assert fugong("progress", "--known-at", "2020-05-01", **on("03-20")).exit_code == 1
    refused = fugong("progress", "--known-at", "哪天", **on("03-20"))
    assert (refused.exit_code, refused.stderr.partition("，")[0]) == (1, "错误：「哪天」既不是时间")


def test_a_report_with_a_cut_off_is_never_empty_where_one_without_is_not(fugong: Run) -> None:
    for by in ("team", "enterprise", "county", "category", "township"):
        assert document(fugong, "progress", "--by", by, "--as-of", "2020-01-01")["items"], by
    for noun in ("team", "member", "enterprise", "department"):
        assert document(fugong, noun, "list", "--as-of", "2020-01-01")["items"], noun


# What has come since it was told


def test_the_distance_to_what_was_published_is_told_by_its_causes(fugong: Run) -> None:
    """Published 29, next evening 31 with 当日 +0: two were entered late, and nothing said so."""
    fugong("publish", "--name", "周报", **on("03-13"))
    fugong("log", "甲厂", "昨天的", "--on", "2020-03-13", **on("03-14"))
    fugong("log", "甲厂", "今天的", **on("03-14"))
    fugong("close", "1-3", "--how", "好", **on("03-14"))
    fugong("reopen", "1-2", "--why", "又有", **on("03-14"))
    fugong("enterprise", "stage", "戊厂", "resumed", **on("03-14"))
    said = fugong("summary", **on("03-14")).stdout.splitlines()[2]
    assert said == (
        "  较上次公布（周报）：发现问题 +2（补录 +1：1-4；当日 +1）；解决问题 +0（重开 -1：1-2；当日 +1）；"
        "正在解决 +2（补录 +1：1-4；重开 +1：1-2；当日 +0）；复工企业 +1（当日 +1）。"
    )
    for report in ("summary", "progress"):
        for row in document(fugong, report, today="03-14")["since_published"]["measures"]:
            assert row["difference"] == sum(cause["sum"] for cause in row["causes"].values())
    assert said.strip() in fugong("progress", "--format", "table", **on("03-14")).stdout.replace("\n", "")


def test_of_a_day_that_was_published_it_is_told_what_was_learnt_since(fugong: Run) -> None:
    fugong("publish", "--name", "周报", **on("03-13"))
    fugong("log", "甲厂", "昨天的", "--on", "2020-03-13", **on("03-14"))
    fugong("undo", **on("03-15"))
    fugong("close", "1-3", "--how", "好", "--on", "2020-03-12", **on("03-15"))

    def learnt(*known: str) -> str:
        lines = fugong("summary", "--as-of", "2020-03-13", *known, **on("03-16")).stdout.splitlines()
        return lines[2].strip()

    assert learnt("--known-at", "2020-03-14") == (
        "公布（周报）以后得知：发现问题 +1（补录 +1：1-4）；正在解决 +1（补录 +1：1-4）。"
    )
    assert learnt() == "公布（周报）以后得知：解决问题 +1（补录 +1：1-3）；正在解决 -1（补录 -1：1-3）。"


def test_a_publication_that_was_taken_back_is_there_for_who_asks_what_was_known(fugong: Run) -> None:
    fugong("publish", "--name", "周报", **on("03-14"))
    argv = ("summary", "--as-of", "2020-03-13", "--known-at", "2020-03-14", "--format", "json")
    told = fugong(*argv, **on("03-16"))
    assert json.loads(told.stdout)["since_published"]["name"] == "周报"
    fugong("undo", **on("03-17"))
    assert fugong(*argv, **on("03-18")).stdout == told.stdout


def test_each_measure_is_explained_by_exactly_its_rows(fugong: Run) -> None:
    """发现 -2 and 解决 -2 both named 1-5, 1-10 and 1-11."""
    fugong("log", "甲厂", "甲", **on("03-13"))
    fugong("publish", "--name", "周报", **on("03-14"))
    fugong("log", "甲厂", "乙", "--on", "2020-03-13", **on("03-15"))
    fugong("log", "甲厂", "丙", "--on", "2020-03-13", **on("03-15"))
    fugong("close", "1-6", "--how", "好", "--on", "2020-03-14", **on("03-15"))
    fugong("close", "1-3", "--how", "好", "--on", "2020-03-14", **on("03-15"))
    fugong("enterprise", "stage", "戊厂", "resumed", "--on", "2020-03-14", **on("03-15"))
    rows = document(fugong, "reconcile", "周报", today="03-16")["items"]
    named = {row["measure"]: row["problems"] for row in rows if row["scope"] is None and row["finding"] == "differs"}
    assert named == {
        "found": ["1-5", "1-6"], "solved": ["1-3", "1-6"], "resumed": ["戊厂"],
    }  # fmt: skip
    fugong("reopen", "1-3", "--why", "又有", "--on", "2020-03-14", **on("03-15"))
    (in_hand,) = (
        row
        for row in document(fugong, "reconcile", "周报", today="03-16")["items"]
        if row["scope"] is None and row["measure"] == "in_hand"
    )
    assert (in_hand["difference"], in_hand["problems"]) == (-1, ["1-5"])


def why(fugong: Run, today: str, *argv: str) -> dict[str, Any]:
    """Why each measure of a day that was published is another one now."""
    measures = document(fugong, "summary", *argv, today=today)["since_published"]["measures"]
    return {
        row["measure"]: {cause: each["rows"] for cause, each in row["causes"].items()}
        for row in measures
        if row["causes"]
    }


def test_a_day_that_was_corrected_is_named_so_whatever_was_done_after_it(fugong: Run) -> None:
    """A closing found to be of a later day, and what came of it: taken back, done again, reopened days later."""
    fugong("close", "1-3", "--how", "好", **on("03-14"))
    fugong("publish", "--name", "周报", **on("03-15"))
    fugong("redate", "1-3", "--on", "2020-03-16", "--act", "销号", **on("03-18"))
    corrected = {"solved": {"corrected": ["1-3"]}, "in_hand": {"corrected": ["1-3"]}}
    assert why(fugong, "03-18", "--as-of", "2020-03-15") == corrected
    fugong("undo", **on("03-18"))
    assert why(fugong, "03-18", "--as-of", "2020-03-15") == {}
    fugong("redo", **on("03-18"))
    assert why(fugong, "03-18", "--as-of", "2020-03-15") == corrected
    fugong("reopen", "1-3", "--why", "又有", **on("03-19"))
    assert why(fugong, "03-19", "--as-of", "2020-03-15") == corrected
    rows = document(fugong, "reconcile", "周报", today="03-19")["items"]
    assert {row["measure"]: row["remark"] for row in rows if row["finding"] == "differs" and row["scope"] is None} == {
        "solved": "此后更正：1-3", "in_hand": "此后更正：1-3",
    }  # fmt: skip


def test_whatever_kind_of_record_made_a_difference_it_is_named(fugong: Run) -> None:
    """A restored firm, a milestone that was dated anew, two firms that are one, and each of these done again."""
    fugong("milestone", "add", "乙建材", "复工批复", "--on", "2020-03-13", **on("03-13"))
    fugong("enterprise", "stage", "乙建材", "resumed", **on("03-13"))
    fugong("figure", "add", "milestone", "2", "--milestone", "复工批复", "--key", "批", **on("03-14"))
    fugong("publish", "--name", "周报", **on("03-14"))

    def named(measure: str) -> list[list[str]]:
        rows = document(fugong, "reconcile", "--as-of", "2020-03-20", today="03-20")["items"]
        return [row["problems"] for row in rows if row["measure"] == measure and row["as_of"] == "2020-03-14"
                and row["scope"] is None and row["finding"] == "differs"]  # fmt: skip

    assert named("milestone") == named("resumed") == []
    for argv in (["milestone", "edit", "乙建材", "复工批复", "--on", "2020-03-16"], ["undo"], ["redo"]):
        assert fugong(*argv, **on("03-16")).exit_code == 0
        assert named("milestone") == ([] if argv == ["undo"] else [["某县乙建材有限公司"]]), argv
    for argv in (["enterprise", "join", "乙建材", "--into", "甲厂"], ["undo"], ["redo"]):
        assert fugong(*argv, **on("03-17")).exit_code == 0
        assert named("milestone") == [["某县乙建材有限公司"]], argv  # both firms were there on the day that was told of
        assert named("resumed") == [], argv
    assert why(fugong, "03-17") == {"resumed": {"that_day": ["某县乙建材有限公司"]}}


def test_published_figures_stand_beside_the_ledger_of_their_own_day_everywhere(fugong: Run) -> None:
    """``progress`` set a figure beside the ledger as of now, ``reconcile`` beside that of its day."""
    fugong("log", "甲厂", "后来的", **on("03-20"))
    progress = {row["measure"]: row["ledger"] for row in document(fugong, "progress")["published"]}
    reconciled = {
        row["measure"]: row["ledger"]
        for row in document(fugong, "reconcile")["items"]
        if row["scope"] is None and row["ledger"] is not None and row["source"] in ("演练通报", None)
    }
    assert progress == {measure: reconciled[measure] for measure in progress}
    assert progress["found"] == 5


# One rule


def test_which_events_stand_is_one_rule(county: Path, fugong: Run) -> None:
    """``history.effective`` in memory and ``standing.stands`` in SQL."""
    for argv in (
        ["log", "甲厂", "新"],
        ["note", "1-3", "一"],
        ["undo"],
        ["close", "1-3", "--how", "好"],
        ["undo"],
        ["undo"],
    ):
        assert fugong(*argv).exit_code == 0, argv
    rows = behind(county, "SELECT id, subject, act, hash, undoes FROM event ORDER BY id")
    by_subject: dict[str, list[Any]] = {}
    for key, subject, act, hash_, undoes in rows:
        by_subject.setdefault(subject, []).append(_Told(key, Act(act), hash_, undoes))
    standing = {each.key for told in by_subject.values() for each in history.effective(told)}
    assert standing == {key for (key,) in behind(county, f"SELECT e.id FROM event e WHERE {stands()}")}
    assert len(standing) < len(rows)


class _Told:
    def __init__(self, key: int, act: Any, hash_: str, undoes: str | None) -> None:
        self.key, self.act, self.hash, self.undoes = key, act, hash_, undoes


@pytest.mark.parametrize("argv", [["weekly"], ["today"], ["list"], ["progress"], ["summary"], ["activity", "list"]])
def test_under_a_seal_that_a_clock_that_is_behind_has_not_come_to_all_is_read(fugong: Run, argv: list[str]) -> None:
    fugong("log", "甲厂", "另一台机器的日期快两天", **on("03-15"))
    seal = document(fugong, "store", "info", today="03-13")["seal"]
    read = fugong(*argv, "--known-at", seal, **on("03-13"))
    assert (read.exit_code, read.stdout) == (0, fugong(*argv, "--known-at", seal, **on("03-15")).stdout)
