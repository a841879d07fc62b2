"""data/seed.yaml itself, read without any of fugong: what it states is counted, and nothing dangles."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

SEED = Path(__file__).resolve().parents[2] / "data" / "seed.yaml"

TEAMS = [str(number) for number in range(1, 11)]
NAMED = [6, 2, 3, 0, 4, 4, 1, 1, 2, 2]
EXPECTED = ["6", None, "4", "4", "5", "4", None, "5", None, None]
FOUND = [4, 1, 2, 0, 0, 0, 0, 1, 3, 0]
CLOSED = [0, 0, 2, 0, 0, 0, 0, 0, 1, 0]
ROLES = ("publicity", "supervision", "service")
WORK = [(0, 1, 0), (0, 0, 1), (0, 2, 3), (1, 1, 0), (3, 3, 4), (1, 0, 3), (0, 0, 1), (0, 1, 0), (1, 1, 1), (1, 1, 0)]
FIGURES = [
    ("found", None, 73), ("solved", None, 59), ("in_hand", None, 14), ("resumed", None, 32),
    ("teams", None, 10), ("branches", None, 10), ("people", None, 64), ("people", None, 68),
    ("people", "1", 8), ("party_members", "1", 7), ("activists", "1", 1),
    ("found", "3", 2), ("solved", "3", 2), ("enterprises", "3", 4), ("sites", "3", 5),
    ("milestone", "8", 5),
]  # fmt: skip

Row = dict[str, Any]


@pytest.fixture(scope="module")
def seed() -> dict[str, Any]:
    text = SEED.read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  (makes nothing but text)
    return read


def per_team(rows: list[Row]) -> list[int]:
    """How many rows each of the ten teams has."""
    count = Counter(row["team"] for row in rows)
    assert set(count) <= set(TEAMS)
    return [count[code] for code in TEAMS]


def names(rows: list[Row]) -> set[str]:
    return {row["name"] for row in rows}


def codes(seed: dict[str, Any], list_name: str) -> set[str]:
    return {entry["code"] for entry in seed["lists"][list_name]}


def once(values: list[str]) -> bool:
    return len(values) == len(set(values))


def stated_rows(seed: dict[str, Any]) -> Iterator[Row]:
    """The rows of every section that is a list."""
    for section in seed.values():
        if isinstance(section, list):
            yield from section


# What is counted


def test_the_cut_off_is_the_latest_date_of_the_report(seed: dict[str, Any]) -> None:
    assert seed["as_of"] == "2020-03-12"
    assert [act["on"] for act in seed["campaign"]["timeline"]] == ["2020-02-28", "2020-03-06"]


def test_there_are_ten_teams_with_the_stated_numbers_of_enterprises(seed: dict[str, Any]) -> None:
    assert [team["code"] for team in seed["teams"]] == TEAMS
    assert [team.get("expected_enterprises") for team in seed["teams"]] == EXPECTED
    assert [team.get("expected_headcount") for team in seed["teams"]] == ["8", *[None] * 9]


def test_twenty_five_enterprises_are_named(seed: dict[str, Any]) -> None:
    assert len(seed["enterprises"]) == 25
    assert per_team(seed["enterprises"]) == NAMED


def test_three_enterprises_have_resumed_and_one_prepares(seed: dict[str, Any]) -> None:
    stages = {row["name"]: row["stage"] for row in seed["enterprises"] if "stage" in row}
    assert stages == {
        "鸿鑫选矿厂": "resumed",
        "亨欣选矿厂": "resumed",
        "襄汾县水泥有限责任公司": "resumed",
        "恒鑫矿业公司": "preparing",
    }


def test_four_members_are_named(seed: dict[str, Any]) -> None:
    assert Counter(member["team"] for member in seed["members"]) == {"1": 3, "3": 1}
    leaders = [member["team"] for member in seed["members"] if "leader" in member["duties"]]
    assert leaders == ["1", "3"]


def test_eleven_problems_were_found_and_three_closed(seed: dict[str, Any]) -> None:
    assert per_team(seed["problems"]) == FOUND
    assert per_team([row for row in seed["problems"] if "closed" in row]) == CLOSED


def test_every_problem_in_hand_has_a_note_and_so_is_in_progress(seed: dict[str, Any]) -> None:
    in_hand = [row for row in seed["problems"] if "closed" not in row]
    assert len(in_hand) == 8
    assert all(row["notes"] for row in in_hand)


def test_problems_stand_in_the_order_of_their_numbers(seed: dict[str, Any]) -> None:
    assert [row["key"] for row in seed["problems"]] == [
        "wanxinda-crew", "wanxinda-vehicles", "tiehuan-capital", "team1-personnel",
        "dadihuaji-quarry",
        "team3-finding-1", "team3-finding-2",
        "hongyuan2-control",
        "reli-masks", "xingsheng-part-load", "xingsheng-funds",
    ]  # fmt: skip


def test_thirty_activities_are_spread_over_the_three_roles(seed: dict[str, Any]) -> None:
    count = Counter((row["team"], row["role"]) for row in seed["activities"])
    assert [tuple(count[code, role] for role in ROLES) for code in TEAMS] == WORK
    assert Counter(row["role"] for row in seed["activities"]) == {"publicity": 7, "supervision": 10, "service": 13}


def test_fifteen_hundred_masks_are_stated_and_those_of_team_nine_solved_its_problem(seed: dict[str, Any]) -> None:
    masks = [row for row in seed["activities"] if row.get("item") == "口罩"]
    told = [(row["team"], row["quantity"], row["unit"], row["kind"], row.get("problem")) for row in masks]
    assert told == [("3", "1000", "只", "supplies", None), ("9", "500", "只", "supplies", "reli-masks")]


def test_the_published_figures_are_those_of_the_report(seed: dict[str, Any]) -> None:
    stated = [(row["measure"], row.get("team"), int(row["value"])) for row in seed["figures"]]
    assert stated == FIGURES
    rooms = seed["figures"][-1]
    assert (rooms["milestone"], rooms["as_of"]) == ("three-rooms", "2020-03-12")


def test_the_figures_agree_among_themselves(seed: dict[str, Any]) -> None:
    county = {row["measure"]: int(row["value"]) for row in seed["figures"] if "team" not in row}
    assert county["found"] == county["solved"] + county["in_hand"]


# What must hold together


def test_names_and_aliases_belong_to_one_record_each(seed: dict[str, Any]) -> None:
    for section in ("enterprises", "departments"):
        assert once([name for row in seed[section] for name in (row["name"], *row.get("aliases", ()))])


def test_codes_and_names_are_unique_within_a_list(seed: dict[str, Any]) -> None:
    for entries in seed["lists"].values():
        for attribute in ("code", "zh", "en"):
            assert once([entry[attribute].casefold() for entry in entries])


def test_categories_are_the_five_checks_the_five_helps_and_party_building(seed: dict[str, Any]) -> None:
    groups = Counter(entry["group"] for entry in seed["lists"]["categories"])
    assert groups == {"check": 5, "help": 5, "party": 1}


def test_keys_are_unique_in_the_whole_file(seed: dict[str, Any]) -> None:
    assert once([row["key"] for section in ("problems", "activities", "figures") for row in seed[section]])


def test_every_enterprise_referred_to_is_in_the_file_by_its_full_name(seed: dict[str, Any]) -> None:
    referred = [row["enterprise"] for row in stated_rows(seed) if "enterprise" in row]
    referred += [name for row in seed["activities"] for name in row.get("enterprises", ())]
    referred += [name for row in seed["practices"] for name in row.get("adopted_by", {}).get("enterprises", ())]
    assert set(referred) <= names(seed["enterprises"])


def test_work_is_told_of_a_team_s_own_enterprises_only(seed: dict[str, Any]) -> None:
    team = {row["name"]: row["team"] for row in seed["enterprises"]}
    for row in seed["problems"]:
        assert team.get(row.get("enterprise"), row["team"]) == row["team"]
    for row in seed["activities"]:
        assert {team[name] for name in row.get("enterprises", ())} <= {row["team"]}


def test_every_department_referred_to_is_in_the_file(seed: dict[str, Any]) -> None:
    referred = [row["department"] for row in stated_rows(seed) if "department" in row]
    referred += [name for row in seed["problems"] for name in row.get("assist", ())]
    assert set(referred) <= names(seed["departments"])


def test_every_code_referred_to_is_in_its_list(seed: dict[str, Any]) -> None:
    assert {row["category"] for row in seed["problems"] if "category" in row} <= codes(seed, "categories")
    assert {row["name"] for row in seed["milestones"]} <= codes(seed, "milestones")
    for row in seed["activities"]:
        assert row.get("kind") is None or row["kind"] in codes(seed, row["role"])


def test_what_is_inferred_says_why(seed: dict[str, Any]) -> None:
    inferred = [row for row in stated_rows(seed) if row.get("inferred")]
    assert inferred
    assert all(row["inferred"] == "true" and row["remark"] for row in inferred)
