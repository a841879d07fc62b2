"""The independent count of the rehearsal counts as one does on paper, and its page says that all agreed."""

import re
from datetime import date
from pathlib import Path

from bench.county_month import Month, counted, working_days

DAY = date(2020, 3, 2)
PAGE = Path(__file__).parents[2] / "docs" / "rehearsal.md"


def test_a_problem_counts_by_what_was_last_said_of_it() -> None:
    month = Month()
    problem = month.found(1, "甲", "试验甲局", date(2020, 3, 4), DAY)
    month.found(2, "乙", "试验乙局", date(2020, 3, 30), DAY)
    problem.turns += [(date(2020, 3, 5), True), (date(2020, 3, 6), False)]
    problem.moves.append((date(2020, 3, 6), "试验乙局"))
    problem.dues.append((date(2020, 3, 9), date(2020, 3, 20)))
    said = [counted(month.problems.values(), date(2020, 3, day)) for day in (4, 5, 6, 9)]
    assert [(each["solved"], each["in_hand"], each["overdue"]) for each in said] == [
        *((0, 2, 0), (1, 1, 0), (0, 2, 1), (0, 2, 0)),
    ]
    assert month.by_department(date(2020, 3, 5)).keys() == {"试验甲局", "试验乙局"}
    assert month.by_department(date(2020, 3, 6))["试验乙局"]["found"] == 2
    assert [each.id for each in month.problems.values()] == ["1-1", "2-1"]


def test_the_month_has_twenty_two_working_days() -> None:
    days = working_days(31)
    assert (len(days), days[0], days[-1]) == (22, DAY, date(2020, 3, 31))


def test_the_page_says_that_every_figure_was_as_counted_on_both_engines() -> None:
    rows = re.findall(
        r"^\| (文件 file|PostgreSQL) \| \d+ \| (\d+) \| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [name for name, _, _ in rows] == ["文件 file", "PostgreSQL"]
    assert all(int(compared) > 80 and wrong == "0" for _, compared, wrong in rows)
