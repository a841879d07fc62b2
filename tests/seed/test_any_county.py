"""Whatever county a file describes, the store says what the file says, and says it once."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.county import fingerprint, lay, nothing
from tests.drawing import drawn

from fugong import db
from fugong.seed.load import load_files
from fugong.seed.result import Result

AS_OF = date(2020, 3, 12)

Row = dict[str, Any]
County = dict[str, Any]

WORDS = st.text("甲乙丙丁戊己庚辛壬癸厂局矿煤口罩资金AZ９ x", min_size=1, max_size=8).map(str.strip).filter(bool)
DAYS = st.integers(0, 30).map(lambda back: (AS_OF - timedelta(days=back)).isoformat())
FLAGS = st.booleans()


def some(**attributes: st.SearchStrategy[Any]) -> st.SearchStrategy[Row]:
    """A row with any of these attributes."""
    return st.fixed_dictionaries({}, optional=attributes)


@st.composite
def filled(draw: st.DrawFn, rows: list[Row], attributes: st.SearchStrategy[Row]) -> list[Row]:
    """Rows that are identified already, with any attributes."""
    return [row | draw(attributes) for row in rows]


@st.composite
def skeletons(draw: st.DrawFn) -> County:
    """What identifies the rows of a county: names that differ, codes, keys."""
    teams = [{"code": str(number), "name": f"第{number}组"} for number in draw(st.permutations(range(1, 4)))]
    codes = st.sampled_from([team["code"] for team in teams])
    rank = st.integers(0, 4)
    return {
        "as_of": AS_OF.isoformat(),
        "campaign": {"name": "演练", "county": "某县"},
        "departments": [{"name": f"{draw(WORDS)}第{at}局"} for at in range(draw(rank))],
        "teams": teams,
        "enterprises": [{"name": f"{draw(WORDS)}第{at}厂"} for at in range(draw(rank))],
        "problems": [{"key": f"p{at}", "team": draw(codes)} for at in range(draw(rank))],
        "activities": [{"key": f"a{at}", "team": draw(codes)} for at in range(draw(rank))],
        "figures": [{"key": f"f{at}"} for at in range(draw(rank))],
    }


def one_of(rows: list[Row]) -> st.SearchStrategy[str | None]:
    """The name of one of the rows, or nothing where there are none."""
    return st.sampled_from([row["name"] for row in rows]) if rows else st.none()


def several_of(rows: list[Row]) -> st.SearchStrategy[list[str]]:
    """The names of up to two of the rows."""
    return st.lists(st.sampled_from([row["name"] for row in rows] or [""]), max_size=min(2, len(rows)), unique=True)


@st.composite
def attributes(draw: st.DrawFn, bones: County) -> County:
    """A county with these rows, and any attributes."""
    stated = {"inferred": FLAGS, "remark": WORDS}
    firms, bureaus = one_of(bones["enterprises"]), one_of(bones["departments"])
    role = st.sampled_from(["publicity", "supervision", "service"])
    sections = {
        "departments": some(aliases=st.lists(st.just("#"), max_size=2), **stated),
        "teams": some(branch=WORDS, units=st.lists(WORDS, max_size=2), expected_headcount=st.integers(0, 99), **stated),
        "enterprises": some(
            aliases=st.lists(st.just("#"), max_size=2), township=WORDS, above_scale=FLAGS, capacity=WORDS,
            sites=st.lists(WORDS, max_size=2), stage=st.sampled_from(["unknown", "stopped", "resumed"]), **stated,
        ),
        "problems": some(
            text=WORDS, enterprise=firms, department=bureaus, person=WORDS, found_on=DAYS, major=FLAGS,
            source=st.sampled_from(["inspection", "enterprise"]), **stated,
        ),
        "activities": some(
            role=role, text=WORDS, enterprises=several_of(bones["enterprises"]), item=WORDS, on=DAYS,
            quantity=st.sampled_from(["1000", "400-500", "1.5"]), guests=st.lists(WORDS, max_size=2), **stated,
        ),
        "figures": some(measure=st.sampled_from(["found", "solved"]), value=st.integers(0, 999_999_999), **stated),
    }  # fmt: skip
    county = bones | {name: draw(filled(bones[name], drawn)) for name, drawn in sections.items()}
    needed = {"problems": {"text": "问题"}, "activities": {"text": "工作", "role": "service"},
              "figures": {"measure": "found", "value": 0}}  # fmt: skip
    county |= {name: [default | row for row in county[name]] for name, default in needed.items()}
    for name in ("departments", "enterprises"):  # no alias is shared
        for row in county[name]:
            row |= {"aliases": [f"{row['name']}又名{at}" for at, _ in enumerate(row.get("aliases", ()))]}
    return county


counties = skeletons().flatmap(attributes)


def stored(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What the store says of every section, in the order of entry."""
    queries = {
        "departments": "name, aliases, inferred, remark FROM v_department ORDER BY department_id",
        "teams": "code, name, county, branch, units, expected_headcount, inferred, remark FROM v_team ORDER BY team_id",
        "enterprises": "name, aliases, township, above_scale, capacity, sites, stage, inferred, remark "
                       "FROM v_enterprise ORDER BY enterprise_id",
        "problems": "id, text, enterprise, department, person, found_on, approximate, major, source, inferred, remark "
                    "FROM v_problem ORDER BY problem_id",
        "activities": "team, role, text, (SELECT count(*) FROM activity_enterprise x WHERE x.activity_id = "
                      "v.activity_id), item, on_date, approximate, quantity, guests, inferred, remark "
                      "FROM v_activity v ORDER BY activity_id",
        "figures": "key, measure, value, as_of, inferred, remark FROM v_figure ORDER BY figure_id",
    }  # fmt: skip
    with db.reading(str(store)) as reader:
        return {name: list(reader.rows(f"SELECT {query}")) for name, query in queries.items()}


def told(county: County) -> dict[str, list[tuple[Any, ...]]]:
    """What the file says of every section, as the store should say it."""
    numbers = dict.fromkeys((team["code"] for team in county["teams"]), 0)

    def number(code: str) -> str:
        numbers[code] += 1
        return f"{code}-{numbers[code]}"

    def listed(values: list[str]) -> str:
        return "[" + ",".join(f'"{value}"' for value in values) + "]"

    def about(row: Row) -> tuple[bool, str | None]:
        return row.get("inferred", False), row.get("remark")

    def dated(row: Row, name: str) -> tuple[str | None, bool]:
        return row.get(name, county["as_of"]), name not in row

    return {
        "departments": [(row["name"], "、".join(row["aliases"]) or None, *about(row)) for row in county["departments"]],
        "teams": [
            (
                row["code"], row["name"], "某县", row.get("branch"), listed(row.get("units", [])),
                row.get("expected_headcount"), *about(row),
            )
            for row in county["teams"]
        ],
        "enterprises": [
            (
                row["name"], "、".join(row["aliases"]) or None, row.get("township"), row.get("above_scale"),
                row.get("capacity"), listed(row.get("sites", [])), row.get("stage", "unknown"), *about(row),
            )
            for row in county["enterprises"]
        ],
        "problems": [
            (
                number(row["team"]), row["text"], row.get("enterprise"), row.get("department"), row.get("person"),
                *dated(row, "found_on"), row.get("major", False), row.get("source"), *about(row),
            )
            for row in county["problems"]
        ],
        "activities": [
            (
                row["team"], row["role"], row["text"], len(row.get("enterprises", ())), row.get("item"),
                *dated(row, "on"), row.get("quantity"), listed(row.get("guests", [])), *about(row),
            )
            for row in county["activities"]
        ],
        "figures": [
            (row["key"], row["measure"], row["value"], county["as_of"], *about(row)) for row in county["figures"]
        ],
    }  # fmt: skip


def loaded(store: Path, folder: Path, county: County) -> Result:
    """Load a county as YAML that some other program wrote."""
    path = folder / "county.yaml"
    filled = {name: value for name, value in county.items() if value}
    path.write_text(yaml.safe_dump(filled, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return load_files(str(store), [path], actor="装载员")


@drawn(15)
@given(county=counties)
def test_the_store_says_what_the_file_says_and_twice_is_once(store: Path, tmp_path: Path, county: County) -> None:
    lay(store, nothing)
    first = loaded(store, tmp_path, county)
    assert stored(store) == told(county)
    assert sum(tally.new for tally in first.tallies.values()) == 1 + sum(map(len, told(county).values()))
    once = fingerprint(store)
    again = loaded(store, tmp_path, county)
    assert [tally for tally in again.tallies.values() if tally.new or tally.changed] == []
    assert (again.kept, fingerprint(store)) == ([], once)


@drawn(10)
@given(editions=skeletons().flatmap(lambda bones: st.lists(attributes(bones), min_size=2, max_size=3)))
def test_the_last_of_several_editions_of_a_file_is_what_counts_where_nobody_edited(
    store: Path, tmp_path: Path, editions: list[County]
) -> None:
    lay(store, nothing)
    for county in editions:
        assert loaded(store, tmp_path, county).kept == []
    assert stored(store) == told(editions[-1])
