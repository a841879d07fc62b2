"""A setting is told like any act: taken back, read as of a day, merged, and missed where it is gone."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import behind, fingerprint, lay, outcome
from tests.keeping.copies import Copies
from tests.stores import lay_older

from fugong import db
from fugong.keeping import check
from fugong.keeping.upgrade import upgrade


def on(day: str) -> dict[str, str]:
    return {"FUGONG_TODAY": f"2020-{day}"}


def setting(fugong: Run, name: str, *, day: str = "04-30") -> str:
    told: str = json.loads(fugong("store", "info", "--json", **on(day)).stdout)["settings"][name]
    return told


def lights(fugong: Run, *argv: str, day: str = "04-30") -> dict[str, Any]:
    listed = json.loads(fugong("list", "--json", *argv, **on(day)).stdout)["items"]
    return {each["id"]: each["light"] for each in listed}


def whole(store: Path | str) -> bool:
    with db.examining(str(store)) as session:
        return not list(check.findings(session))


def test_who_set_it_and_when_is_told_and_it_is_taken_back_and_done_again(store: Path, fugong: Run) -> None:
    lay(store)
    assert outcome(fugong("store", "set", "yellow_days", "4", **on("03-13")))[:2] == (0, "yellow_days\t4\n")
    assert "yellow_days\t修改\t设的值：4" in fugong("today", "--on", "2020-03-13", **on("03-14")).stdout
    assert fugong("undo").stdout.startswith("yellow_days  撤销修改")
    assert setting(fugong, "yellow_days") == "2"
    assert whole(store)
    assert fugong("redo").exit_code == 0
    assert setting(fugong, "yellow_days") == "4"
    assert whole(store)


def test_what_is_set_to_what_it_is_leaves_no_trace(store: Path, fugong: Run) -> None:
    lay(store)
    assert fugong("store", "set", "office", "某办").exit_code == 0
    before = fingerprint(store)
    assert outcome(fugong("store", "set", "office", "某办"))[:2] == (0, "office\t某办\n")
    assert fingerprint(store) == before
    assert fugong("store", "set", "office", "").exit_code == 0
    assert setting(fugong, "office") == ""
    assert whole(store)


def test_a_past_day_has_the_lights_that_it_had(store: Path, fugong: Run) -> None:
    lay(store)
    fugong("log", "甲厂", "缺扳手", "--due", "2020-03-24", **on("03-16"))
    before = fugong("list", "--as-of", "2020-03-16", **on("03-17")).stdout
    assert fugong("store", "set", "yellow_days", "9", **on("03-17")).exit_code == 0
    assert lights(fugong, day="03-17")["1-4"] == "yellow"
    assert lights(fugong, "--as-of", "2020-03-16")["1-4"] == "green"
    assert fugong("list", "--as-of", "2020-03-16", **on("03-18")).stdout == before
    assert lights(fugong, "--as-of", "2020-03-17")["1-4"] == "yellow"
    assert lights(fugong, "--as-of", "2020-03-17", "--known-at", "2020-03-16")["1-4"] == "green"


def test_a_time_of_day_is_one_of_the_zone_of_its_day(store: Path, fugong: Run) -> None:
    lay(store)
    fugong("log", "甲厂", "缺扳手", FUGONG_TODAY="2020-03-12T18:00")
    asked = ["list", "--as-of", "2020-03-12-17:00"]
    before = fugong(*asked, **on("03-13")).stdout
    assert fugong("store", "set", "timezone", "UTC", **on("03-14")).exit_code == 0
    assert fugong(*asked, **on("03-14")).stdout == before
    assert "1-4" not in before


def test_what_was_known_by_a_clock_is_by_the_clock_of_that_day(store: Path, fugong: Run) -> None:
    lay(store)
    fugong("log", "甲厂", "早的", FUGONG_TODAY="2020-03-14T09:00+08:00")
    asked = ["list", "--as-of", "2020-03-14", "--known-at", "2020-03-14 10:00"]
    before = fugong(*asked, FUGONG_TODAY="2020-03-14T10:00+08:00").stdout
    fugong("log", "甲厂", "晚的", FUGONG_TODAY="2020-03-14T11:00+08:00")
    assert fugong("store", "set", "timezone", "UTC", FUGONG_TODAY="2020-03-14T12:00+08:00").exit_code == 0
    assert fugong(*asked, FUGONG_TODAY="2020-03-15T12:00+08:00").stdout == before
    assert ("早的" in before, "晚的" in before) == (True, False)


def test_a_zone_in_which_it_is_yesterday_still_counts_after_the_one_before_it(store: Path, fugong: Run) -> None:
    lay(store)
    for moment, zone in (("12:00", "Pacific/Kiritimati"), ("13:00", "UTC"), ("14:00", "Asia/Shanghai")):
        done = fugong("store", "set", "timezone", zone, FUGONG_TODAY=f"2020-03-13T{moment}+00:00")
        assert done.exit_code == 0, done.stderr
    days = behind(store, "SELECT on_date FROM event WHERE kind = 'setting' ORDER BY id")
    assert [str(day) for (day,) in days] == ["2020-03-13", "2020-03-14", "2020-03-14"]
    assert setting(fugong, "timezone") == "Asia/Shanghai"


def test_taking_back_does_what_setting_may_do_and_no_more(store: Path, fugong: Run) -> None:
    lay(store)
    fugong("store", "set", "review", "on")
    fugong("close", "1-1", "口罩到货", FUGONG_ACTOR="别人")
    status, _, why = outcome(fugong("undo"))
    assert (status, "1-1" in why) == (1, True)
    assert setting(fugong, "review") == "on"
    assert fugong("approve", "1-1").exit_code == 0
    assert fugong("undo").exit_code == 0  # the approval
    assert fugong("reject", "1-1", "没有照片").exit_code == 0
    assert fugong("store", "set", "review", "off").exit_code == 0
    assert fugong("undo").exit_code == 0
    assert setting(fugong, "review") == "on"
    assert whole(store)


@pytest.mark.on_a_file
@pytest.mark.parametrize("since", [1, 2])
def test_what_an_older_store_had_set_is_told_as_of_its_first_day(store: Path, fugong: Run, since: int) -> None:
    with closing(sqlite3.connect(lay_older(store, since))) as older:
        before = older.execute("SELECT hash FROM event ORDER BY id").fetchall()
        older.execute("UPDATE setting SET value = '9' WHERE name = 'yellow_days'")
        older.commit()
    assert upgrade(str(store))
    assert setting(fugong, "yellow_days") == "9"
    told = behind(store, "SELECT kind, changes, on_date FROM event ORDER BY id")[len(before) :]
    ((first,),) = behind(store, "SELECT min(on_date) FROM event")
    assert ("setting", '{"value":[null,"9"]}', first) in told
    assert behind(store, "SELECT hash FROM event ORDER BY id")[: len(before)] == before
    assert whole(store)


# Copies


@pytest.fixture
def copies(store: Path, tmp_path: Path, fugong: Run) -> Copies:
    del fugong
    lay(store)
    made = Copies(store, tmp_path)
    made.clone("b")
    return made


def alike(copies: Copies) -> None:
    copies.exchange()
    assert copies.ledger("home") == copies.ledger("b")
    assert {name: copies.whole(name) for name in copies.places} == {name: [] for name in copies.places}


def held(copies: Copies, name: str, of: str) -> Any:
    return json.loads(copies(of, "store", "info", "--json").stdout)["settings"][name]


def test_what_one_side_set_holds_on_both(copies: Copies) -> None:
    copies("b", "store", "set", "yellow_days", "4")
    copies("home", "store", "set", "review", "on")
    alike(copies)
    for name in copies.places:
        assert (held(copies, "yellow_days", name), held(copies, "review", name)) == ("4", "on")
    copies("b", "undo")
    alike(copies)
    assert {held(copies, "yellow_days", name) for name in copies.places} == {"2"}


def test_what_both_set_to_one_value_is_no_conflict(copies: Copies) -> None:
    for name in copies.places:
        copies(name, "store", "set", "office", "某办")
    alike(copies)
    assert copies.conflicts("home") == []


@pytest.mark.parametrize(
    "settle", [("conflict", "settle", "yellow_days", "--take", "7"), ("store", "set", "yellow_days", "5"), None]
)
def test_what_both_set_otherwise_is_a_conflict_until_somebody_says(
    copies: Copies, settle: tuple[str, ...] | None
) -> None:
    copies("home", "store", "set", "yellow_days", "3")
    copies("b", "store", "set", "yellow_days", "7")
    said = copies.merge("home", "b")
    assert (said.exit_code, "冲突：设置 yellow_days 设的值说法不一" in said.stderr) == (6, True)
    alike(copies)
    stands = held(copies, "yellow_days", "home")
    assert (copies.conflicts("b"), stands in ("3", "7")) == (["value"], True)
    copies("home", *(settle or ("store", "set", "yellow_days", stands)), day="2020-03-15")
    alike(copies)
    assert copies.conflicts("b") == []
    assert held(copies, "yellow_days", "b") == (settle[-1] if settle else stands)


def test_a_countys_settings_are_not_its_citys(store: Path, tmp_path: Path, fugong: Run) -> None:
    lay(store)
    fugong("store", "set", "yellow_days", "9")
    bundle, city = str(tmp_path / "county.bundle"), str(tmp_path / "city.db")
    assert fugong("store", "bundle", bundle, "--all").exit_code == 0
    assert fugong("--store", city, "init", "--bare").exit_code == 0
    fugong("--store", city, "store", "set", "yellow_days", "3")
    merged = fugong("--store", city, "merge", bundle, "--county", "某县", "--prefix", "MX")
    assert merged.exit_code == 0, merged.stderr
    assert json.loads(fugong("--store", city, "store", "info", "--json").stdout)["settings"]["yellow_days"] == "3"
    assert whole(city)
