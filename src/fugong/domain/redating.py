"""Correcting the day of an act (改日期): it is taken back and done again on the right day, by one command.

So it counts from the right day on, as if it had been entered with it, and what was known before stays to be read.
"""

from datetime import date
from typing import NamedTuple

from fugong.domain import again, history, problems
from fugong.domain.history import Entry
from fugong.domain.writer import Writer
from fugong.errors.entries import DateGoesBack
from fugong.errors.rules import BuiltOnDay, NoSuchAct
from fugong.store.records import Event, Problem
from fugong.vocab import BEGINS_LIVE, NEEDS_LIVE, Act
from fugong.vocab.keeping import Redated

_NEVER_BEFORE = {
    Act.ASSIGN: ("department", "assist", "due_on"),
    Act.BOUNCE: ("department", "assist", "bounces"),
    Act.ESCALATE: ("escalated",),
    Act.WITHDRAW: ("escalated", "major"),
}
"""By act: the attributes that it sets, none of which may have been set on a later day (``problems.in_order``)."""


_ENDS = (Act.APPLY, Act.APPROVE, Act.CLOSE, Act.VOID)
"""Acts after which a problem is no longer in hand: they may not move before one that needs it in hand."""
_AFTER = dict.fromkeys(BEGINS_LIVE, NEEDS_LIVE) | dict.fromkeys(_ENDS, frozenset({Act.VERIFY}))
"""By act: the acts that need it, so that its day cannot be moved behind theirs."""


class Moved(NamedTuple):
    """An act whose day was corrected."""

    act: Act
    was: date
    on: date


def redate(
    writer: Writer, problem: Problem, on: date, act: Redated | None = None, *, approximate: bool = False
) -> Moved | None:
    """Correct the day of the last act on a problem, or of the last of one kind.

    Returns:
        What was corrected; None if it has that day already.

    Raises:
        NoSuchAct: Nothing of the kind stands.
        BuiltOnDay: A later act rests on it.
        FutureDate, DateGoesBack, FoundAfterAct: The day does not fit.
    """
    day = writer.past(on)
    wanted = {Act(act.value)} if act else {Act(each.value) for each in Redated} - {Act.LOG}
    standing = history.effective(history.of(writer.session, problem.uid))
    event = next((each for each in reversed(standing) if each.act in wanted), None)
    if event is None:
        raise NoSuchAct(id=problem.ident, act=act or Act.LOG)
    if event.act is Act.LOG:
        was = problem.found_on
        values = {"found_on": day, "approximate": approximate}
        return Moved(event.act, was, day) if problems.edit_problem(writer, problem, values) else None
    if (event.on_date, event.approximate) == (day, approximate):
        return None
    _must_be_last(problem, event, standing, day)
    _again(writer, problem, event, standing, day, approximate=approximate)
    return Moved(event.act, event.on_date, day)


def _must_be_last(problem: Problem, event: Event, standing: list[Event], day: date) -> None:
    """Refuse where a later act set what this one set, or would come before it."""
    said = history.changes(event)
    for later in standing[standing.index(event) + 1 :]:
        if (later.act in _AFTER.get(event.act, ()) and later.on_date < day) or any(later.sets(name) for name in said):
            raise BuiltOnDay(id=problem.ident, act=event.act, later=later.act, on=later.on_date)


def _again(
    writer: Writer, problem: Problem, event: Event, standing: list[Event], day: date, *, approximate: bool
) -> None:
    others: list[Entry] = [each for each in standing if each is not event]
    again.take_back(writer, problem, event, others)
    _must_fit(writer, problem, event, others, day)
    again.do_again(writer, problem, event, others, day, approximate=approximate)


def _must_fit(writer: Writer, problem: Problem, event: Event, others: list[Entry], day: date) -> None:
    """Refuse a day on which the act could not have been entered with it."""
    turned = next((each.act for each in reversed(others) if each.sets("status")), Act.LOG)
    act, sets_status = event.act, event.sets("status")
    first = problem.status_on if sets_status or act is Act.VERIFY else problem.found_on
    if day < first:
        raise DateGoesBack(id=problem.ident, last=first, act=turned, wanted=act, date=day)
    if act in NEEDS_LIVE or act in _ENDS:
        problems.in_order(writer, problem, day, act, *_NEVER_BEFORE.get(act, ()))
