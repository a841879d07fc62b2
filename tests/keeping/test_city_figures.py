"""A city's figures are its counties' own: every report, line by line and in its totals, and every filter."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.commands.test_report import figures
from tests.keeping.copies import Copies
from tests.keeping.test_city import COUNTIES, entered

DAY = "2020-03-16"
ACTS = {
    "襄汾县": (
        ("assign", "1-3", "-d", "工信局", "--due", "2020-03-14"),
        ("close", "2-1", "石料已到", "--on", "2020-03-15"),
        ("verify", "9-1", "--fail", "没有发到"),
        ("escalate", "1-2", "--to", "city", "--why", "手续"),
        ("log", "鸿鑫选矿厂", "缺配件", "--on", "2020-03-12", "--due", "2020-03-13", "-c", "生产要素"),
        ("outreach", "add", "鸿鑫选矿厂", "标语", "标语10条"),
        ("nil", "--team", "6"),
    ),
    "云岭县": (
        ("close", "1-1", "口罩到货", "--on", "2020-03-15"),
        ("verify", "1-1", "--ok"),
        ("log", "甲厂", "缺电", "--due", "2020-03-17", "-d", "卫健局"),
        ("bounce", "1-4", "不归我们管"),
    ),
    "青石县": (
        ("reopen", "2-2", "又坏了"),
        ("extend", "1-1", "--to", "2020-03-20", "--why", "等货", "--late"),
        ("void", "2-1", "记错了"),
        ("log", "乙建材", "缺人手", "--major"),
    ),
}  # fmt: skip
"""What each county goes on to do, so that no figure of a report is nothing everywhere."""


pytestmark = pytest.mark.on_a_file


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """A city over three counties, which nothing below writes to."""
    folder = tmp_path_factory.mktemp("city")
    made = entered(folder / "city.db", folder, *COUNTIES)
    for name, acts in ACTS.items():
        for argv in acts:
            made(name, *argv, day=DAY)
        made("home", "merge", made.bundle(name, day=DAY), day=DAY)
    return made


def told(city: Copies, name: str, *argv: str) -> Any:
    return json.loads(city(name, *argv, "--json", day=DAY).stdout)


def numbers(said: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """Every number in a report, with the way to it."""
    if isinstance(said, dict):
        for key, value in said.items():
            yield from numbers(value, f"{path}/{key}")
    elif isinstance(said, (int, float)) and not path.endswith(("/rate", "/schema", "/days_taken")):
        yield path, said


def called(name: str | None, county: str) -> str | None:
    """What a city calls a county's own."""
    return name if name is None or name.startswith(county[:-1]) else f"{county}{name}"


REPORTS = (["progress"], ["progress", "--rates"], ["progress", "--credit", "current"], ["weekly"])
GROUPS = ("enterprise", "department", "category", "township", "county", "kind", "milestone")
FILTERS = (
    ["--light", "red"], ["--status", "void"], ["--since", "2020-03-15"], ["--due-by", "2020-03-16", "--sort", "due"],
    ["--status", "closed", "--closed-since", "2020-03-15"], ["--text", "口罩"], ["--major"], ["--level", "city"],
)  # fmt: skip


def test_every_line_of_a_report_by_team_is_the_county_s_own(city: Copies) -> None:
    for argv in REPORTS:
        here = {item["team"]: item for item in told(city, "home", *argv)["items"]}
        for name, prefix in COUNTIES.items():
            for item in told(city, name, *argv)["items"]:
                if item["team"] is None:  # the firms of nobody, in the city one line of all counties
                    continue
                both = (dict(each) for each in (item, here.pop(f"{prefix}{item['team']}")))
                own, shown = ({k: v for k, v in each.items() if k not in ("team", "name")} for each in both)
                assert shown == own, (argv, name)
        assert {*here} <= {"1", None}, argv  # the city's own, in which nothing is


def test_every_total_is_the_sum_of_the_counties(city: Copies) -> None:
    for argv in (*REPORTS, *(["progress", "--by", each] for each in GROUPS)):
        totals = {prefix: dict(numbers(told(city, name, *argv)["total"])) for name, prefix in COUNTIES.items()}
        here = dict(numbers(told(city, "home", *argv)["total"]))
        for key, value in here.items():
            expected = sum(each.get(key, each.get(key.replace(prefix, ""), 0)) for prefix, each in totals.items())
            assert value == pytest.approx(expected), (argv, key)
        assert any(here.values()), argv


def test_firms_departments_townships_and_counties_are_told_apart(city: Copies) -> None:
    def lines(name: str, by: str) -> dict[str | None, Any]:
        items = told(city, name, "progress", "--by", by)["items"]
        return {item[by]: {k: v for k, v in item.items() if k not in (by, "team", "township")} for item in items}

    for by in ("enterprise", "department", "township"):
        here = lines("home", by)
        for name in COUNTIES:
            for own, item in lines(name, by).items():
                if own is None:
                    continue
                shown = called(own, name)
                assert here.get(shown, here.get(own)) == item, (by, name, own)
    here = lines("home", "county")
    for name in COUNTIES:
        total = told(city, name, "progress", "--by", "county")["total"]
        assert here[name] == {key: total[key] for key in here[name]}


def test_a_filter_lists_the_same_problems(city: Copies) -> None:
    for argv in FILTERS:
        every = []
        for name, prefix in COUNTIES.items():
            own = [f"{prefix}{item['id']}" for item in told(city, name, "list", *argv)["items"]]
            assert [item["id"] for item in told(city, "home", "list", "--county", name, *argv)["items"]] == own, argv
            every += own
        assert {item["id"] for item in told(city, "home", "list", *argv)["items"]} == set(every)
        assert len(every) == len(set(every))


def test_the_page_and_the_summary_have_the_sums(city: Copies) -> None:
    pages: dict[str, dict[str, int]] = {}
    for name in ("home", *COUNTIES):
        place = city.folder / f"{COUNTIES.get(name, 'C')}.html"
        city(name, "report", "-o", str(place), day=DAY)
        pages[name] = figures(place.read_text(encoding="utf-8"))
    for key, value in pages.pop("home").items():
        assert value == sum(each[key] for each in pages.values()), key
    facts = {name: dict(numbers(told(city, name, "summary"))) for name in ("home", *COUNTIES)}
    for way, number in facts.pop("home").items():
        assert number == sum(each.get(way, 0) for each in facts.values()), way
