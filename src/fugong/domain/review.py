"""Reviewed closing (审核销号): who solved a problem applies, and somebody else approves or sends it back.

It is a setting of the store, off unless somebody turns it on. Actors are claims: it keeps honest people from
overlooking something, and nobody from lying (docs/security.md).
"""

from datetime import date

from fugong.domain import history
from fugong.domain.problems import HOW, WHY, close_problem, move, unverified
from fugong.domain.writer import Writer
from fugong.errors.rules import ApplicationsPending, IsVoid, NotPending, OwnApplication
from fugong.store.records import Batch, Problem
from fugong.store.session import Session
from fugong.values import texts
from fugong.values.texts import TEXT
from fugong.vocab import PENDING, Act, Status

SETTING, ON, OFF = "review", "on", "off"


def reviewed(session: Session) -> bool:
    """Whether closings are reviewed in this store."""
    return history.settings(session)[SETTING] == ON


def strike_off(
    writer: Writer, problem: Problem, how: str, *, on: date | None = None, approximate: bool = False
) -> bool:
    """Close a problem, or apply for it where closings are reviewed.

    Returns:
        False if it was closed or applied for already; then nothing is written.
    """
    act = apply_for_closing if reviewed(writer.session) else close_problem
    return act(writer, problem, how, on=on, approximate=approximate)


def apply_for_closing(
    writer: Writer, problem: Problem, how: str, *, on: date | None = None, approximate: bool = False
) -> bool:
    """Put a problem up for closing (申请销号) with the measure that solved it; it stays in hand until approved.

    Returns:
        False if it was closed or applied for already; then nothing is written.

    Raises:
        IsVoid: It is void.
        DateGoesBack: The day is before the last act that set its status.
    """
    if problem.status is Status.VOID:
        raise IsVoid(id=problem.ident, act=Act.APPLY)
    measure = texts.clean(how, what=HOW, limit=TEXT, lines=True)
    day = writer.past(on, after=problem.status_on)
    if problem.status is Status.CLOSED:
        return False
    values = {"applied_on": day, "how": measure}
    return move(writer, problem, Act.APPLY, Status.PENDING, day, values, approximate=approximate)


def approve(writer: Writer, problem: Problem, *, on: date | None = None, approximate: bool = False) -> bool:
    """Close a problem whose closing was applied for (审核通过): it counts as solved from this day.

    How long it took is counted to the day of the application.

    Returns:
        False if it is closed already; then nothing is written.

    Raises:
        NotPending: Nobody applied.
        OwnApplication: This actor did.
        DateGoesBack: The day is before the application.
    """
    if problem.status is Status.CLOSED:
        return False
    _must_be_anothers(writer, problem)
    day = writer.past(on, after=problem.status_on)
    values = unverified() | {"closed_on": day}
    return move(writer, problem, Act.APPROVE, Status.CLOSED, day, values, approximate=approximate)


def reject(writer: Writer, problem: Problem, why: str, *, on: date | None = None, approximate: bool = False) -> bool:
    """Send a problem back whose closing was applied for (审核不通过): it is in progress again.

    Raises:
        NotPending: Nobody applied.
        OwnApplication: This actor did, who takes it back with ``undo``.
        DateGoesBack: The day is before the application.
    """
    reason = texts.clean(why, what=WHY, limit=TEXT, lines=True)
    _must_be_anothers(writer, problem)
    day = writer.past(on, after=problem.status_on)
    values = {"applied_on": None, "how": None}
    return move(writer, problem, Act.REJECT, Status.DOING, day, values, text=reason, approximate=approximate)


def may_end(session: Session) -> None:
    """Refuse to turn reviewing off while applications wait for it.

    Raises:
        ApplicationsPending: Some do; all of these are named.
    """
    waiting = session.rows(f"SELECT id FROM v_problem WHERE {PENDING} ORDER BY team_sort, series, number, tag")
    if ids := [str(ident) for (ident,) in waiting]:
        raise ApplicationsPending(ids=ids)


def _must_be_anothers(writer: Writer, problem: Problem) -> None:
    if problem.status is not Status.PENDING:
        raise NotPending(id=problem.ident, status=problem.status)
    if writer.actor in _applicants(writer.session, problem):
        raise OwnApplication(id=problem.ident, actor=writer.actor)


_REVIEWED = (Act.APPROVE, Act.REJECT, Act.CLOSE, Act.VOID, Act.REOPEN)
"""What ends an application."""


def _applicants(session: Session, problem: Problem) -> set[str]:
    """Who applied for the closing of a problem of which it waits; several where copies met, each of which had one.

    Whoever corrected the day of an application did not apply: an act whose day is corrected is taken back and done
    again by one command.
    """
    told = history.of(session, problem.uid)
    taken_back = history.cancelled(told)
    before = {event.batch_id: taken_back[event.hash] for event in told if event.hash in taken_back}
    found = set[str]()
    for event in reversed(history.effective(told)):
        if event.act in _REVIEWED:
            break
        if event.act is Act.APPLY:
            first = event
            while (other := before.get(first.batch_id)) is not None and other.act is Act.APPLY:
                first = other
            found.add(session.get(Batch, first.batch_id).actor)
    return found
