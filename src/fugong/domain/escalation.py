"""Reporting upward what a county's departments cannot solve (上报), and taking that back. Dates are passed in."""

from datetime import date

from fugong.domain.problems import WHY, in_order, must_be_live
from fugong.domain.writer import Writer
from fugong.errors.rules import StillEscalated
from fugong.store.records import Problem
from fugong.values import texts
from fugong.values.texts import TEXT
from fugong.vocab import Act, Level

PATIENCE = 2
"""After so many refusals by departments, or days on which they were chased, a problem should be reported upward."""


def escalate_problem(
    writer: Writer, problem: Problem, level: Level, why: str, *, on: date | None = None, approximate: bool = False
) -> bool:
    """Report a problem to a level above (上报); it stays in hand.

    Returns:
        False if it was reported to this very level already; then nothing is written.

    Raises:
        NotLive: It is closed or void.
        DateGoesBack: The day is before it was found, or before it was last reported.
    """
    must_be_live(problem, Act.ESCALATE)
    reason = texts.clean(why, what=WHY, limit=TEXT, lines=True)
    if problem.escalated is level:
        return False
    day = writer.dated(problem, on, "escalated", "status")
    in_order(writer, problem, day, Act.ESCALATE, "escalated")
    values = {"escalated": level, "escalated_on": day}
    return writer.change(problem, values, Act.ESCALATE, on=day, text=reason, approximate=approximate)


def withdraw_problem(
    writer: Writer, problem: Problem, why: str, *, on: date | None = None, approximate: bool = False
) -> bool:
    """Take back that a problem needs a level above (撤回上报), for example since it can be solved here after all.

    Returns:
        False if it was at no level; then nothing is written.

    Raises:
        NotLive: It is closed or void.
        DateGoesBack: The day is before it was reported.
    """
    must_be_live(problem, Act.WITHDRAW)
    reason = texts.clean(why, what=WHY, limit=TEXT, lines=True)
    if problem.level is None:
        return False
    day = writer.dated(problem, on, "escalated", "major", "status")
    in_order(writer, problem, day, Act.WITHDRAW, "escalated", "major")
    values = {"escalated": None, "escalated_on": None, "major": False}
    return writer.change(problem, values, Act.WITHDRAW, on=day, text=reason, approximate=approximate)


def must_not_be_escalated(problem: Problem) -> None:
    """Refuse to call a problem less than major that was reported upward.

    Raises:
        StillEscalated: It was.
    """
    if problem.escalated:
        raise StillEscalated(id=problem.ident, level=problem.escalated)


def is_due(problem: Problem, tries: int) -> bool:
    """Whether it is time to report a problem, after so many refusals or days of chasing."""
    return tries >= PATIENCE and problem.level is None
