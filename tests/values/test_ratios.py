"""No rounded figure says that all is done, or that nothing is, unless it is so: trials §1.12."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Run, command

from fugong.domain import problems, roster
from fugong.values.ratios import mean, percent, rate, whole_percent


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_rate_is_all_only_if_it_is_all_and_nothing_only_if_it_is_nothing(part: int, whole: int) -> None:
    part = min(part, whole)
    value = rate(part, whole)
    assert value is not None
    assert (value == 1) is (percent(value) == "100.0%") is (part == whole)
    assert (value == 0) is (percent(value) == "0.0%") is (part == 0)
    assert (whole_percent(part, whole) == "100%", whole_percent(part, whole) == "0%") == (part == whole, part == 0)
    assert abs(value - part / whole) <= 0.0001


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(2999, 3000, "99.9%"), (29999, 30000, "99.9%"), (1, 3000, "0.1%"), (2, 3, "66.7%"), (59, 73, "80.8%")],
)
def test_rates_as_people_read_them(part: int, whole: int, said: str) -> None:
    assert percent(rate(part, whole)) == said


def test_a_rate_of_nothing_is_none() -> None:
    assert rate(0, 0) is None
    assert percent(None) == "—"


def test_an_average_is_nothing_only_if_everything_is() -> None:
    assert (mean(1, 30), mean(0, 30), mean(7, 2), mean(-1, 2)) == (0.1, 0.0, 3.5, -0.5)


def test_nearly_everything_solved_is_not_everything_in_any_report(
    empty_store: Path, tmp_path: Path, fugong: Run
) -> None:
    """Of 2,999 of 3,000, every report said 100.0 %."""
    with command(empty_store, "log") as writer:
        team = roster.add_team(writer, "1", name="第一组", county="某县")
        for number in range(2001):
            problem = problems.log_problem(writer, f"第 {number} 个", team=team)
            if number:
                problems.close_problem(writer, problem, "好")
    assert json.loads(fugong("progress", "--format", "json").stdout)["total"]["rate"] == 0.9995
    page = tmp_path / "page.html"
    fugong("report", "-o", str(page))
    said = [
        fugong("summary").stdout,
        page.read_text(encoding="utf-8"),
        *(fugong("progress", "--format", fmt).stdout for fmt in ("plain", "table", "md", "csv")),
        *(fugong("progress", "--rates", "--format", fmt).stdout for fmt in ("plain", "table", "md", "csv")),
    ]
    for text in said:
        assert "100.0%" not in text
        assert "99.9%" in text
