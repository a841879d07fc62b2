"""Taking one act back and doing it again on another day: what correcting a day comes to."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from fugong.domain import history
from fugong.domain.history import Entry, Held, portable
from fugong.domain.restoring import give_back
from fugong.domain.writer import Writer
from fugong.queries import deadlines
from fugong.store.records import Event, Problem
from fugong.vocab import Act

_ITS_DAY = ("applied_on", "closed_on", "verified_on", "escalated_on")
"""Attributes that hold the day of the act that set them, and so move with it."""


def take_back(writer: Writer, problem: Problem, event: Event, others: Sequence[Entry]) -> None:
    """Take an act back that nothing rests on; ``others`` are those that stand without it."""
    said = history.changes(event)
    before = give_back(writer.session, problem, {name: old for name, (old, _) in said.items()}, others)
    changes = {name: [was, portable(getattr(problem, name))] for name, was in before.items()}
    writer.tell(problem, Act.UNDO, changes, on=event.on_date, approximate=event.approximate, undoes=event.hash)


def do_again(
    writer: Writer, problem: Problem, event: Event, others: Sequence[Entry], day: date, *, approximate: bool
) -> Held:
    """Do an act again that was taken back, on another day, and a deadline that counts from that day with it."""
    said = history.changes(event)
    values = {name: _moved(name, new, event.on_date, day) for name, (_, new) in said.items()}
    if said.get("due_from", ["", ""])[1] == event.on_date.isoformat():
        rule = said["due_rule"][1] if "due_rule" in said else problem.due_rule
        if rule:
            due = deadlines.read(writer.session.rows, rule, day, writer.today)._asdict()
            values |= {name: portable(value) for name, value in due.items()}
    done = Held(event.act, day, said)
    again = give_back(writer.session, problem, values, [*others, done])
    writer.session.save(problem)
    told = {name: [was, portable(getattr(problem, name))] for name, was in again.items()}
    writer.tell(
        problem, event.act, {name: pair for name, pair in told.items() if pair[0] != pair[1]},
        on=day, text=event.text, approximate=approximate,
    )  # fmt: skip
    return done


def _moved(name: str, value: Any, was: date, day: date) -> Any:
    """What an act says, with its new day where it says its day."""
    if name in _ITS_DAY and value == was.isoformat():
        return day.isoformat()
    if name == "bounces":
        *kept, (department, _) = value
        return [*kept, [department, day.isoformat()]]
    return value
