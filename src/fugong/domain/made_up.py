"""Days that an import made up give way to days that somebody states.

A row of a ledger that has no day is entered with that of its filing, marked 约. That day orders nothing: an act on an
earlier day is not refused for it. What stands on made-up days moves to that earlier day, as ``redate`` moves it, so
that the days of a history still follow each other and every figure of the past can be told.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from fugong.domain import again, history
from fugong.domain.history import Entry
from fugong.domain.writer import Writer
from fugong.store.records import Event, Problem
from fugong.vocab import BEGINS_LIVE, NEEDS_LIVE, Act

_TURNS = BEGINS_LIVE | NEEDS_LIVE
Edit = Callable[[Writer, Problem, Mapping[str, Any]], bool]
"""Correcting what a problem says (``problems.edit_problem``)."""


def give_way(writer: Writer, problem: Problem, day: date, edit: Edit, *, correcting: Act | None = None) -> bool:
    """Move what lies after a day, and turned the problem, to that day, where all of it was made up.

    Args:
        writer: The command.
        problem: Which problem.
        day: A day that is stated.
        edit: Corrects a problem.
        correcting: The last act of this kind moves whoever stated its day: it is what the day is stated of.

    Returns:
        Whether nothing lies after that day any more; else nothing was written.
    """
    if writer.holds(problem.uid):
        return False
    standing = history.effective(history.of(writer.session, problem.uid))
    late = [each for each in standing if each.act is not Act.LOG and each.on_date > day and _turned(each)]
    corrected = next((each for each in reversed(standing) if each.act is correcting), None)
    if not all(each is corrected or _made_up(writer, each) for each in late) or _built_on(late, standing):
        return False
    if problem.found_on > day and not _found_made_up(writer, problem, standing):
        return False
    logged = _logged(standing)
    if logged is not None and logged.on_date > day and not _made_up(writer, logged):
        return False
    others: list[Entry] = list(standing)
    for event in reversed(late):
        others.remove(event)
        again.take_back(writer, problem, event, others)
    found_earlier(writer, problem, day, edit)
    for event in late:
        done = again.do_again(writer, problem, event, others, day, approximate=event is not corrected)
        others.append(done)
    return True


def found_earlier(writer: Writer, problem: Problem, day: date, edit: Edit) -> bool:
    """Move the made-up day on which a problem was found to an earlier one that is stated; whether it is not later."""
    if problem.found_on <= day:
        return True
    standing = history.effective(history.of(writer.session, problem.uid))
    if writer.holds(problem.uid) or not _found_made_up(writer, problem, standing):
        return False
    return edit(writer, problem, {"found_on": day, "approximate": True})


def _turned(event: Event) -> bool:
    """Whether other acts may have to come after this one."""
    return event.sets("status") or event.act in _TURNS


def _built_on(late: list[Event], standing: list[Event]) -> bool:
    """Whether another act changed later what one of these had changed."""
    for event in late:
        after = [each for each in standing[standing.index(event) + 1 :] if each not in late]
        if any(each.sets(name) for each in after for name in history.changes(event)):
            return True
    return False


def _found_made_up(writer: Writer, problem: Problem, standing: list[Event]) -> bool:
    logged = _logged(standing)
    return problem.approximate and logged is not None and _made_up(writer, logged)


def _logged(standing: list[Event]) -> Event | None:
    return next((each for each in standing if each.act is Act.LOG), None)


def _made_up(writer: Writer, event: Event) -> bool:
    """Whether an import gave an act its day."""
    if not event.approximate:
        return False
    found = writer.session.rows("SELECT 1 FROM batch WHERE id = :id AND verb = 'import'", id=event.batch_id)
    return next(found, None) is not None
