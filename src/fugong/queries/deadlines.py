"""Deadlines as the store makes them: presets, statutory working days, and what a changed calendar would move."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from fugong.errors.names import UnknownTerm
from fugong.queries import names
from fugong.values import dates, texts
from fugong.values.dates import Rule
from fugong.values.workdays import Calendar
from fugong.vocab import ListName

OPEN_ENDED = "open"
"""The rule of a measure that goes on (长期坚持): no date, a grey light."""
_OPEN_WORDS = ("长期", "长期坚持", "持续", OPEN_ENDED)


class Due(NamedTuple):
    """A deadline, due at the end of its day; the attributes are those of a problem."""

    due_on: date | None = None
    due_rule: str | None = None
    """What made it, as 7wd; None for a plain date."""
    due_from: date | None = None
    """The day that the rule counts from."""
    due_estimated: bool = False
    """It rests on a year whose working days nobody has announced (推算)."""


NO_DUE = Due()


class Moved(NamedTuple):
    """A deadline that the calendar as it is now puts on another day."""

    problem_id: int
    due: Due


def calendar(rows: names.Rows) -> Calendar:
    """The working days of the store: the State Council's, with the store's own corrections."""
    corrected = rows("SELECT day, work FROM calendar_day")
    return Calendar({date.fromisoformat(str(day)): bool(work) for day, work in corrected})


def read(rows: names.Rows, text: str, on: date, today: date) -> Due:
    """A deadline as people type it: a date, a rule, the name of a preset, or 长期.

    Args:
        rows: Runs SQL on the store, for its presets and its calendar.
        text: As typed.
        on: The day that a rule counts from; it is not counted itself.
        today: For dates without a year.

    Raises:
        BadDeadline: It is none of these.
    """
    if texts.key(text) in _OPEN_WORDS:
        return Due(due_rule=OPEN_ENDED)
    days = calendar(rows)
    due_on, rule = dates.read_deadline(_preset(rows, text) or text, on, today, days.add)
    return _counted(Rule.parse(rule), on, days) if rule else Due(due_on)


def moved(rows: names.Rows) -> Iterator[Moved]:
    """The deadlines of problems in hand that were counted in working days and would now be counted otherwise."""
    days = calendar(rows)
    stored = rows(
        "SELECT id, due_on, due_rule, due_from, due_estimated FROM problem "
        "WHERE status IN ('open', 'doing') AND due_rule LIKE '%wd' ORDER BY team_id, number"
    )
    for problem, due_on, rule, due_from, estimated in list(stored):
        due = _counted(Rule.parse(rule), date.fromisoformat(str(due_from)), days)
        if (str(due.due_on), due.due_estimated) != (str(due_on), bool(estimated)):
            yield Moved(problem, due)


def _counted(rule: Rule, on: date, days: Calendar) -> Due:
    due_on, estimated = rule.due(on, days.add)
    return Due(due_on, str(rule), on, estimated)


def _preset(rows: names.Rows, text: str) -> str | None:
    """The rule of the preset with this code or name, if there is one."""
    try:
        found = names.term(rows, ListName.DEADLINE, text)
    except UnknownTerm:
        return None
    return next((str(rule) for (rule,) in rows("SELECT rule FROM term WHERE id = :id", id=found.id)), None)
