"""campaign: stated and corrected by command, and what rests on it follows."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run


def shown(fugong: Run) -> dict[str, Any]:
    (item,) = json.loads(fugong("campaign", "show", "--format", "json").stdout)["items"]
    found: dict[str, Any] = item
    return found


@pytest.fixture
def begun(store: Path, fugong: Run) -> Path:
    fugong("store", "init")
    return store


@pytest.mark.usefixtures("begun")
def test_what_was_entered_before_the_campaign_follows_it(fugong: Run) -> None:
    fugong("team", "add", "1", "第一帮扶组")
    fugong("enterprise", "add", "云岭县白鹤酿酒有限责任公司", "--team", "1", "--alias", "云岭县白鹤酒厂")
    fugong("department", "add", "云岭县工信局")
    assert fugong("log", "白鹤酿酒", "缺口罩").exit_code == 0  # a part of one name only
    told = fugong("campaign", "edit", "--county", "云岭县", "--name", "帮扶", "--place", "云岭县")
    assert (told.exit_code, told.stdout) == (0, "帮扶\n")
    assert json.loads(fugong("team", "show", "1", "--format", "json").stdout)["items"][0]["county"] == "云岭县"
    assert fugong("log", "云岭县白鹤酿酒", "缺体温计").exit_code == 0
    assert fugong("store", "check").exit_code == 0


@pytest.mark.usefixtures("begun")
def test_a_seed_that_names_places_leaves_the_store_whole(fugong: Run, tmp_path: Path) -> None:
    fugong("team", "add", "1", "第一帮扶组")
    fugong("enterprise", "add", "云岭县白鹤酿酒有限责任公司", "--team", "1")
    seed = tmp_path / "seed.yaml"
    seed.write_text(
        "as_of: 2020-03-12\ncampaign:\n  name: 帮扶\n  county: 云岭县\n  places: [云岭]\n", encoding="utf-8"
    )
    assert fugong("load", str(seed)).exit_code == 0
    assert fugong("store", "check").exit_code == 0
    assert fugong("log", "云岭白鹤酿酒", "缺口罩").exit_code == 0
    assert json.loads(fugong("team", "show", "1", "--format", "json").stdout)["items"][0]["county"] == "云岭县"


@pytest.mark.usefixtures("county")
def test_a_place_that_goes_is_part_of_the_name_again(fugong: Run) -> None:
    before = shown(fugong)["places"]
    assert fugong("campaign", "edit", *(word for place in before for word in ("--no-place", place))).exit_code == 0
    assert shown(fugong)["places"] == []
    assert fugong("store", "check").exit_code == 0
    assert fugong("undo").exit_code == 0
    assert shown(fugong)["places"] == before
    assert fugong("store", "check").exit_code == 0


@pytest.mark.usefixtures("county")
def test_dated_acts_are_added_in_their_order(fugong: Run) -> None:
    before = shown(fugong)["timeline"]
    assert fugong("campaign", "edit", "--event", "2月1日=动员会").exit_code == 0
    assert fugong("campaign", "edit", "--event", "动员会").exit_code == 1
    assert shown(fugong)["timeline"] == [{"on": "2020-02-01", "text": "动员会"}, *before]


@pytest.mark.usefixtures("begun")
def test_a_campaign_needs_county_and_name(fugong: Run) -> None:
    assert "fugong campaign edit --county" in fugong("campaign", "show", "--format", "table").output
    assert fugong("campaign", "edit", "--county", "云岭县").exit_code == 1
    assert fugong("campaign", "edit").exit_code == 1


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("option", ["--county", "--name", "--place"])
def test_an_empty_name_is_refused(fugong: Run, option: str) -> None:
    assert fugong("campaign", "edit", option, " ").exit_code == 1
