"""escalate: what is reported upward, withdrawn, counted by level and still in hand."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome

from fugong.errors import Refusal
from fugong.errors.entries import BlankText, DateGoesBack, FutureDate
from fugong.errors.rules import LevelOrWithdraw, NotLive, StillEscalated
from fugong.vocab import Act, Level, Status, Words

pytestmark = pytest.mark.usefixtures("county")

NEXT = {"FUGONG_TODAY": "2020-03-16"}


def document(fugong: Run, *argv: str, **env: str) -> Any:
    return json.loads(fugong(*argv, "--format", "json", **env).stdout)


def ids(fugong: Run, *argv: str, **env: str) -> list[str]:
    return [row["id"] for row in document(fugong, "list", *argv, **env)["items"]]


def test_what_is_reported_upward_is_in_hand_and_listed_by_its_level(fugong: Run) -> None:
    assert ids(fugong, "--level", "county") == ["1-1"]  # it is major
    before = document(fugong, "progress")["total"]
    assert outcome(fugong("escalate", "1-3", "--to", "city", "--why", "贷款要市里协调"))[0] == 0
    assert fugong("上报", "2-1", "--to", "省", "跨省调运").exit_code == 0
    assert (ids(fugong, "--level", "city"), ids(fugong, "--level", "省")) == (["1-3"], ["2-1"])
    assert ids(fugong, "--level", "county", "--level", "city") == ["1-1", "1-3"]
    after = document(fugong, "progress")["total"]
    assert {key: after[key] for key in ("found", "solved", "in_hand")} == {
        key: before[key] for key in ("found", "solved", "in_hand")
    }
    assert fugong("store", "check").exit_code == 0


def test_progress_counts_each_level_by_team_department_and_all_together(fugong: Run) -> None:
    fugong("escalate", "1-1", "2-1", "--to", "city", "--why", "要市里协调")
    fugong("escalate", "1-3", "--to", "county", "--why", "要县里协调")
    made = document(fugong, "progress")
    assert made["escalated"] == {"county": 1, "city": 2, "province": 0}
    by_team = {row["team"]: (row["escalated_county"], row["escalated_city"]) for row in made["items"]}
    assert (by_team["1"], by_team["2"], by_team["10"]) == ((1, 1), (0, 1), (0, 0))
    assert (made["total"]["escalated_county"], made["total"]["escalated_city"]) == (1, 2)
    assert "已上报 3 个：县 1、市 2" in fugong("progress", "--format", "table").stdout
    by_department = document(fugong, "progress", "--by", "department")["items"]
    assert {row["department"]: row["escalated_city"] for row in by_department}["工信局"] == 1
    by_township = document(fugong, "progress", "--by", "township")["items"]
    assert sum(row["escalated_city"] for row in by_township) == 2
    assert document(fugong, "progress", "--as-of", "2020-03-12")["escalated"] == {"county": 1, "city": 0, "province": 0}


def test_what_is_closed_or_withdrawn_waits_for_nobody(fugong: Run) -> None:
    fugong("escalate", "1-3", "2-1", "--to", "city", "--why", "要市里协调")
    fugong("close", "2-1", "--how", "已消毒")
    assert outcome(fugong("escalate", "1-3", "--withdraw", "--why", "县里办了")) == (
        0,
        "1-3  某县乙建材有限公司  流动资金紧张\n",
        "",
    )
    assert document(fugong, "progress")["escalated"] == {"county": 1, "city": 0, "province": 0}
    assert ids(fugong, "--level", "city", "--status", "all") == ["2-1"]


def test_major_is_the_first_level_and_a_higher_one_keeps_it(fugong: Run) -> None:
    fugong("escalate", "1-1", "--to", "city", "--why", "要市里协调")
    card = document(fugong, "show", "1-1")["items"][0]
    assert (card["major"], card["escalated"], card["escalated_on"]) == (True, "city", "2020-03-13")
    fugong("undo")
    card = document(fugong, "show", "1-1")["items"][0]
    assert (card["major"], card["escalated"], card["escalated_on"]) == (True, "county", None)
    fugong("escalate", "1-1", "--withdraw", "--why", "不必")
    card = document(fugong, "show", "1-1")["items"][0]
    assert (card["major"], card["escalated"]) == (False, None)
    assert ids(fugong, "--level", "county", "--as-of", "2020-03-12") == ["1-1"]
    fugong("edit", "1-1", "--major")
    assert ids(fugong, "--level", "county") == ["1-1"]


def test_a_cut_off_shows_the_level_of_its_day(fugong: Run) -> None:
    fugong("escalate", "1-3", "--to", "county", "--why", "要县里协调")
    fugong("escalate", "1-3", "--to", "city", "--why", "要市里协调", "--on", "2020-03-15", **NEXT)
    fugong("escalate", "1-3", "--withdraw", "--why", "市里说县里办", **NEXT)
    levels = {
        day: document(fugong, "show", "1-3", "--as-of", day, **NEXT)["items"][0]["escalated"]
        for day in ("2020-03-12", "2020-03-13", "2020-03-15", "2020-03-16")
    }
    assert list(levels.values()) == [None, "county", "city", None]


def test_reporting_tells_its_reason_and_its_day(fugong: Run) -> None:
    fugong("escalate", "1-3", "--to", "city", "--why", "要市里协调", "--on", "昨天")
    event = document(fugong, "show", "1-3")["items"][0]["events"][-1]
    assert (event["kind"], event["on"], event["text"]) == ("escalate", "2020-03-12", "要市里协调")
    assert "2020-03-12\t上报\t报市；要市里协调\t" in fugong("show", "1-3").stdout
    fugong("escalate", "1-3", "--withdraw", "--why", "不必")
    assert "撤回上报\t不必\t" in fugong("show", "1-3").stdout


def test_the_same_level_twice_is_once(county: Path, fugong: Run) -> None:
    fugong("escalate", "1-3", "--to", "city", "--why", "要市里协调")
    before = fingerprint(county)
    status, _, said = outcome(fugong("escalate", "1-3", "--to", "city", "--why", "再说一遍"))
    assert (status, said) == (0, "1-3 已经上报到这一级。\n")
    assert outcome(fugong("escalate", "2-1", "--withdraw", "--why", "没有"))[2] == "2-1 没有上报过。\n"
    assert fingerprint(county) == before


REFUSED: list[tuple[list[str], Refusal]] = [
    (["1-3", "--why", "原因"], LevelOrWithdraw()),
    (["1-3", "--to", "city", "--withdraw", "--why", "原因"], LevelOrWithdraw()),
    (["1-3", "--to", "city", "--why", " "], BlankText(what=Words("原因", "reason"))),
    (["1-2", "--to", "city", "--why", "原因"], NotLive(id="1-2", status=Status.CLOSED, act=Act.ESCALATE)),
    (["1-2", "--withdraw", "--why", "原因"], NotLive(id="1-2", status=Status.CLOSED, act=Act.WITHDRAW)),
    (
        ["1-3", "2-1", "--to", "city", "--why", "原因", "--on", "明天"],
        FutureDate(date="2020-03-14", today="2020-03-13"),
    ),
    (
        ["1-3", "--to", "city", "--why", "原因", "--on", "2020-03-08"],
        DateGoesBack(id="1-3", last="2020-03-09", act=Act.LOG, wanted=Act.ESCALATE, date="2020-03-08"),
    ),
]


@pytest.mark.words
@pytest.mark.parametrize(("argv", "refusal"), REFUSED)
def test_what_cannot_be_reported_is_refused_and_nothing_is_written(
    county: Path, fugong: Run, argv: list[str], refusal: Refusal
) -> None:
    before = fingerprint(county)
    assert outcome(fugong("escalate", *argv)) == (1, "", f"错误：{refusal.sentence(chinese=True)}\n")
    assert fingerprint(county) == before


def test_what_was_reported_is_withdrawn_and_not_called_less_than_major(county: Path, fugong: Run) -> None:
    fugong("escalate", "1-1", "--to", "city", "--why", "要市里协调")
    before = fingerprint(county)
    refusal = StillEscalated(id="1-1", level=Level.CITY)
    assert outcome(fugong("edit", "1-1", "--no-major")) == (1, "", f"错误：{refusal.sentence(chinese=True)}\n")
    assert fingerprint(county) == before


def test_after_the_second_refusal_reporting_is_suggested(fugong: Run) -> None:
    hint = '2-1 已退回 2 次，可以上报了：fugong escalate 2-1 --to county --why "原因"\n'
    assert fugong("bounce", "2-1", "--why", "不归我管", "--to", "工信局").stderr == ""
    assert fugong("bounce", "2-1", "--why", "也不归我管", "--to", "应急局").stderr == hint
    fugong("escalate", "2-1", "--to", "county", "--why", "谁都不管")
    assert fugong("bounce", "2-1", "--why", "还是不归我管").stderr == ""


def test_after_chasing_on_two_days_reporting_is_suggested(fugong: Run) -> None:
    fugong("chase", "2-1")
    assert "可以上报" not in fugong("chase", "2-1").stderr
    said = fugong("chase", "2-1", **NEXT).stderr
    assert said.endswith('2-1 下一步就是督办，可以上报了：fugong escalate 2-1 --to county --why "原因"\n')


def test_the_page_lists_what_waits_above_with_what_is_wanted(fugong: Run, tmp_path: Path) -> None:
    fugong("escalate", "1-3", "--to", "city", "--why", "贷款要市里协调")
    fugong("report", "-o", str(tmp_path / "page.html"))
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.index("需上级协调") < page.index("贷款要市里协调") < page.index("口罩不足三天")


def test_a_spreadsheet_of_progress_has_the_levels(fugong: Run) -> None:
    fugong("escalate", "1-3", "--to", "city", "--why", "要市里协调")
    text = fugong("progress", "--format", "csv").stdout.removeprefix("\ufeff")
    (first, *_) = csv.DictReader(io.StringIO(text))
    assert (first["上报县"], first["上报市"], first["上报省"]) == ("1", "1", "0")
