"""What is late (逾期): the one rule, for values and for SQL. A deadline is met until the end of its day."""

from datetime import date
from typing import TypeVar

from fugong.vocab import IN_HAND

Day = TypeVar("Day", date, str)

DONE_ON = "coalesce(applied_on, closed_on)"
"""SQL for the day on which a closed problem was solved: where its closing was reviewed, the day of the application."""


def late(due: Day | None, day: Day | None) -> bool:
    """Whether a day is past a deadline, both as dates or both as ISO text; no day is past one that is not set."""
    return due is not None and day is not None and due < day


def sql_late(day: str, due: str = "due_on") -> str:
    """The same as a condition of SQL, over columns or values in SQL; neither true nor false without a deadline."""
    return f"{due} < {day}"


def sql_overdue(day: str) -> str:
    """A problem is overdue on a day, as a condition of SQL: it is in hand, and the day is past its deadline.

    One that waits for its review is overdue only if it was when its closing was applied for.
    """
    return f"({IN_HAND} AND {sql_late(day)} AND (applied_on IS NULL OR {sql_late('applied_on')}))"
