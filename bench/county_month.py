"""A county's month as it is counted without the program: who found what, when it was due, when it was closed.

The rehearsal (``bench/rehearsal.py``) does every act through the program and tells this model of it; what reports say
is then compared with what is counted here, by a dozen lines that know nothing of stores, events and SQL. Nobody and
nothing in it is real.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

TEAMS = range(1, 11)
DEPARTMENTS = tuple(f"试验{name}局" for name in "甲乙丙丁戊己庚辛")
FIRMS_OF_A_TEAM = 6
SATURDAY = 5
FIRST = date(2020, 3, 2)
LAST = date(2020, 3, 31)


@dataclass
class Problem:
    """A problem, as an independent hand would note it on paper."""

    id: str
    team: int
    text: str
    department: str
    due: date
    found: date
    turns: list[tuple[date, bool]] = field(default_factory=list)
    """The days on which it was closed (true) or opened again."""
    dues: list[tuple[date, date]] = field(default_factory=list)
    """The days on which its deadline was put off, and until when."""
    moves: list[tuple[date, str]] = field(default_factory=list)
    """The days on which another department took it."""

    def solved(self, day: date) -> bool:
        """Whether it was solved at the end of a day."""
        return next((closed for on, closed in reversed(self.turns) if on <= day), False)

    def overdue(self, day: date) -> bool:
        """Whether it was in hand at the end of a day, and late."""
        return not self.solved(day) and self.due_on(day) < day

    def due_on(self, day: date) -> date:
        """Until when it was to be solved, as was said at the end of a day."""
        return next((until for on, until in reversed(self.dues) if on <= day), self.due)

    def with_department(self, day: date) -> str:
        """Who had it at the end of a day."""
        return next((name for on, name in reversed(self.moves) if on <= day), self.department)


Count = dict[str, int]
"""The figures of a team, a department or the county."""


class Month:
    """All problems, and what a report has to say of them."""

    def __init__(self) -> None:
        self.problems: dict[str, Problem] = {}
        self.last = Counter[int]()

    def found(self, team: int, text: str, department: str, due: date, on: date) -> Problem:
        """A new problem, with the next number of its team."""
        self.last[team] += 1
        problem = Problem(f"{team}-{self.last[team]}", team, text, department, due, on)
        self.problems[problem.id] = problem
        return problem

    def in_hand(self, day: date, team: int | None = None) -> list[Problem]:
        """What was not solved at the end of a day."""
        return [each for each in self.problems.values() if team in (None, each.team) and not each.solved(day)]

    def by_team(self, day: date) -> dict[str, Count]:
        """The figures of every team at the end of a day."""
        known = [each for each in self.problems.values() if each.found <= day]
        return {str(team): counted((each for each in known if each.team == team), day) for team in TEAMS}

    def by_department(self, day: date) -> dict[str, Count]:
        """The figures of every department that has had a problem."""
        known = [each for each in self.problems.values() if each.found <= day]
        names = {each.with_department(day) for each in known}
        return {
            name: counted((each for each in known if each.with_department(day) == name), day) for name in sorted(names)
        }

    def total(self, day: date) -> Count:
        """The figures of the county."""
        return counted((each for each in self.problems.values() if each.found <= day), day)

    def new_in(self, first: date, last: date, team: int) -> int:
        """How many a team found between two days."""
        return sum(each.team == team and first <= each.found <= last for each in self.problems.values())


def counted(problems: Iterable[Problem], day: date) -> Count:
    """The figures of some problems at the end of a day."""
    these = list(problems)
    solved = sum(each.solved(day) for each in these)
    late = sum(each.overdue(day) for each in these)
    return {"found": len(these), "solved": solved, "in_hand": len(these) - solved, "overdue": late}


def working_days(count: int) -> list[date]:
    """The days of the month from Monday to Friday, as many as are wanted."""
    days = (FIRST + timedelta(step) for step in range((LAST - FIRST).days + 1))
    return [day for day in days if day.weekday() < SATURDAY][:count]


def firm(team: int, number: int) -> str:
    """A firm's name."""
    return f"试验县{team}组第{number}厂"


def rows(month: Month, day: date, count: int, chance: Random, resting: int) -> Iterator[Problem]:
    """What teams found on a day, all but one of them; in the order of the file that they hand in."""
    working = [team for team in TEAMS if team != resting]
    for number in range(count):
        team = working[number % len(working)]
        text = f"{day:%m%d}第{number + 1}条：缺少试验材料{chance.randrange(1000)}"
        yield month.found(team, text, chance.choice(DEPARTMENTS), day + timedelta(chance.randrange(2, 20)), day)
