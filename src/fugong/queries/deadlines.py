"""Deadlines as the store makes them: presets, statutory working days, and what a changed calendar would move."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from fugong.errors.names import UnknownTerm
from fugong.queries import Rows
from fugong.values import texts
from fugong.values.workdays import Calendar
from fugong.vocab import IN_HAND, ListName, Words

if TYPE_CHECKING:
    from fugong.store.records import Problem
    from fugong.values.spans import Rule

OPEN_ENDED = "open"
"""The rule of a deadline without an end (长期): no date, a grey light."""
AT_ONCE = "at_once"
"""The rule of what is to be put right on the spot (立行立改): no date, for nobody stated one, so nothing is late."""
WORDS = {OPEN_ENDED: Words("长期", "open-ended"), AT_ONCE: Words("立行立改", "at once")}
"""The words for deadlines that have a rule and no date."""
_WITHOUT_DATE = {
    OPEN_ENDED: (
        "长期", "持续", "长期坚持", "持续坚持", "持续整改", "长期整改", "常态化", "立足长期", "分阶段整改", "持续推进",
        "长期推进", "open-ended", "ongoing",
    ),
    AT_ONCE: (
        "立行立改", "立即整改", "立即", "即时", "当场整改", "即知即改", "即查即改", "马上整改", "at once",
        "immediately",
    ),
    None: (
        "待定", "未定", "暂定", "另行确定", "另行通知", "尽快", "尽早", "尽快完成", "尽快解决", "抓紧", "tbd",
        "as soon as possible",
    ),
}  # fmt: skip
_SAME_DAY = ("当日", "当天", "当日整改", "当天整改", "same day")


class Due(NamedTuple):
    """A deadline, due at the end of its day; the attributes are those of a problem."""

    due_on: date | None = None
    due_rule: str | None = None
    """The rule that it was counted by, as 7wd; None for a plain date."""
    due_from: date | None = None
    """The day that the rule counts from."""
    due_estimated: bool = False
    """It rests on a year whose working days nobody has announced (推算)."""


NO_DUE = Due()
Stated = Callable[[date], Due]
"""A deadline as it was stated, to be counted from the day of the act that sets it."""


def due_of(problem: "Problem") -> Due:
    """The deadline of a problem."""
    return Due(*(getattr(problem, name) for name in Due._fields))


class Moved(NamedTuple):
    """A deadline that the calendar as it is now puts on another day."""

    problem_id: int
    due: Due


def calendar(rows: Rows) -> Calendar:
    """The working days of the store: the State Council's, with the store's own corrections."""
    corrected = rows("SELECT day, work FROM calendar_day")
    return Calendar({date.fromisoformat(str(day)): bool(work) for day, work in corrected})


def read(rows: Rows, text: str, on: date, today: date, *, month_first: bool = True) -> Due:
    """A deadline as people type it: a date, a rule, the name of a preset, 长期, 立行立改 or 待定.

    Args:
        rows: Runs SQL on the store, for its presets and its calendar.
        text: As typed.
        on: The day that a rule counts from; it is not counted itself.
        today: For 周五 and 月底.
        month_first: As ``dates.Reading`` has it.

    Raises:
        BadDeadline: It is none of these.
        AmbiguousDate: It is one of two days.
    """
    said = texts.key(text)
    preset = _preset(rows, text)
    if preset is None:
        for rule, words in _WITHOUT_DATE.items():
            if said == rule or said in map(texts.key, words):
                return Due(due_rule=rule)
        if said in map(texts.key, _SAME_DAY):
            return Due(on)
    from fugong.values import spans

    days = calendar(rows)
    due_on, counted = spans.read_deadline(preset or text, on, today, days.add, month_first=month_first)
    return _counted(spans.Rule.parse(counted), on, days) if counted else Due(due_on)


def moved(rows: Rows) -> Iterator[Moved]:
    """The deadlines of problems in hand that were counted in working days and would now be counted otherwise.

    In a city's store those of its own: a county's days are counted by the county's calendar (docs/city.md).
    """
    from fugong.values.spans import Rule

    days = calendar(rows)
    stored = rows(
        "SELECT id, due_on, due_rule, due_from, due_estimated FROM problem "
        f"WHERE {IN_HAND} AND due_rule LIKE '%wd' AND NOT EXISTS ("
        "SELECT 1 FROM event e JOIN batch b ON b.id = e.batch_id "
        "WHERE e.subject = problem.uid AND b.county IS NOT NULL) ORDER BY team_id, series, number, tag"
    )
    for problem, due_on, rule, due_from, estimated in list(stored):
        due = _counted(Rule.parse(rule), date.fromisoformat(str(due_from)), days)
        if (str(due.due_on), due.due_estimated) != (str(due_on), bool(estimated)):
            yield Moved(problem, due)


def _counted(rule: "Rule", on: date, days: Calendar) -> Due:
    due_on, estimated = rule.due(on, days.add)
    return Due(due_on, str(rule), on, estimated)


def _preset(rows: Rows, text: str) -> str | None:
    """The rule of the preset with this code or name, if there is one."""
    from fugong.queries import names

    try:
        found = names.term(rows, ListName.DEADLINE, text)
    except UnknownTerm:
        return None
    return next(
        (str(rule) for (rule,) in rows("SELECT rule FROM term WHERE id = :id AND retired_on IS NULL", id=found.id)),
        None,
    )
