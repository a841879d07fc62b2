"""What happens to a problem on its way: chase, extend, bounce, verify. Dates are passed in; no clock is read."""

from collections.abc import Sequence
from datetime import date

from fugong.domain import history
from fugong.domain.problems import NOTE, WHY, gives_way, in_order, move, must_be_live, opened_again
from fugong.domain.writer import Writer
from fugong.errors.entries import DateGoesBack
from fugong.errors.rules import (
    DeadlinePassed,
    FailedVisitContent,
    InReview,
    IsVoid,
    NoDeadline,
    NotAssigned,
    NotClosed,
    NotLater,
)
from fugong.queries.deadlines import Stated
from fugong.store.records import Bounce, Department, Problem
from fugong.values import lateness, texts
from fugong.values.evidence import Piece
from fugong.values.texts import NAME, TEXT
from fugong.vocab import CONTENT, Act, Rung, Satisfaction, Status, Verdict, Words

BY = Words("催办方式", "means")
FINDING = Words("回访情况", "finding")


def chase_problem(
    writer: Writer, problem: Problem, by: str | None, *, on: date | None = None, approximate: bool = False
) -> Rung:
    """Record that the department was chased (催办), by telephone for example. Nothing is sent.

    Returns:
        The rung to take next (提醒 → 催办 → 督办): it rises by the days on which the department was chased.

    Raises:
        NotLive: It is closed or void.
        DateGoesBack: The day is before it was found.
    """
    must_be_live(problem, Act.CHASE)
    day = writer.dated(problem, on, "chased", "status")
    in_order(writer, problem, day, Act.CHASE)
    means = None if by is None else texts.clean(by, what=BY, limit=NAME)
    before = {each.on_date for each in history.effective(writer.events(problem)) if each.act is Act.CHASE}
    times = (problem.chased or 0) + 1
    writer.change(problem, {"chased": times}, Act.CHASE, on=day, text=means, approximate=approximate)
    return Rung.after(len(before | {day}))  # two chases on one day count as one


def extend_problem(writer: Writer, problem: Problem, to: Stated, why: str, *, late: bool = False) -> None:
    """Put the deadline of a problem off (延期); the first deadline stays on record.

    It is dated today: an extension cannot be granted for a day that is gone. Where the clock is behind, its day is that
    of the last act that it follows; from that day it counts, and by that day it is late or not.

    Args:
        writer: The command.
        problem: Which problem.
        to: The new deadline.
        why: The reason.
        late: Allow it after the deadline has passed, which is recorded.

    Raises:
        NotLive: It is closed or void.
        NoDeadline: There is nothing to extend.
        NotLater: The new deadline is not after the one in force.
        DeadlinePassed: It has passed, and ``late`` was not given.
    """
    must_be_live(problem, Act.EXTEND)
    reason = texts.clean(why, what=WHY, limit=TEXT, lines=True)
    if problem.due_on is None:
        raise NoDeadline(id=problem.ident)
    day = writer.dated(problem, None, "due_on", "extended", "status")
    due = to(day)
    if due.due_on is None or due.due_on <= problem.due_on:
        raise NotLater(id=problem.ident, due=problem.due_on)
    passed = lateness.late(problem.due_on, day)
    if passed and not late:
        raise DeadlinePassed(id=problem.ident, due=problem.due_on)
    counted = {"extended": (problem.extended or 0) + 1, "late_extended": problem.late_extended or passed}
    writer.change(problem, due._asdict() | counted, Act.EXTEND, on=day, text=reason)


def bounce_problem(
    writer: Writer,
    problem: Problem,
    why: str,
    *,
    to: Department | None = None,
    on: date | None = None,
    approximate: bool = False,
) -> None:
    """Record that the lead department refuses a problem (退回), and who has it instead, if anybody.

    Raises:
        NotLive: It is closed or void.
        NotAssigned: No department has it.
        DateGoesBack: The day is before it was found or handed to that department.
    """
    must_be_live(problem, Act.BOUNCE)
    reason = texts.clean(why, what=WHY, limit=TEXT, lines=True)
    refusing = problem.department
    if refusing is None:
        raise NotAssigned(id=problem.ident)
    day = writer.dated(problem, on, "department", "assist", "status")
    in_order(writer, problem, day, Act.BOUNCE, "department", "assist", "bounces")
    bounces = [*problem.bounces, Bounce(department=refusing, on_date=day)]
    assist = [each for each in problem.assist if each is not to]
    values = {"department": to, "assist": assist, "bounces": bounces}
    writer.change(problem, values, Act.BOUNCE, on=day, text=reason, approximate=approximate)


def attach_evidence(
    writer: Writer,
    problem: Problem,
    found: Sequence[Piece],
    note: str | None = None,
    *,
    on: date | None = None,
    approximate: bool = False,
) -> bool:
    """Tell of files that prove something (附件); their bytes are kept already. It stands where it stood.

    Returns:
        False if the problem has all of them; then nothing is written.

    Raises:
        IsVoid: It is void.
        DateGoesBack: The day is before it was found.
    """
    if problem.status is Status.VOID:
        raise IsVoid(id=problem.ident, act=Act.ATTACH)
    day = writer.dated(problem, on, "evidence")
    if day < problem.found_on:
        raise DateGoesBack(id=problem.ident, last=problem.found_on, act=Act.LOG, wanted=Act.ATTACH, date=day)
    said = None if note is None else texts.clean(note, what=NOTE, limit=TEXT, lines=True)
    listed = list(dict.fromkeys([*problem.evidence, *(each.told for each in found)]))
    if listed == problem.evidence:
        return False
    return writer.change(problem, {"evidence": listed}, Act.ATTACH, on=day, text=said, approximate=approximate)


def verify_problem(
    writer: Writer,
    problem: Problem,
    *,
    fail: str | None = None,
    satisfaction: Satisfaction | None = None,
    on: date | None = None,
    approximate: bool = False,
) -> bool:
    """Record a return visit (回访) to the enterprise of a closed problem; a failure reopens it.

    Args:
        writer: The command.
        problem: Which problem.
        fail: What is not solved after all; None if the visit confirms the closing.
        satisfaction: What the enterprise said.
        on: The day of the visit.
        approximate: It is not exactly known.

    Returns:
        False if the same visit is on record already; then nothing is written.

    Raises:
        NotClosed, InReview, IsVoid: There is no closing to visit about.
        DateGoesBack: The day is before the closing, or before the last visit.
    """
    finding = None if fail is None else texts.clean(fail, what=FINDING, limit=TEXT, lines=True)
    if finding and satisfaction in CONTENT:
        raise FailedVisitContent(id=problem.ident)
    if problem.status is Status.VOID:
        raise IsVoid(id=problem.ident, act=Act.VERIFY)
    if problem.status is Status.PENDING:
        raise InReview(id=problem.ident, act=Act.VERIFY)
    if problem.status is not Status.CLOSED:
        raise NotClosed(id=problem.ident, status=problem.status)
    day = writer.past(on, after=max(problem.status_on, problem.verified_on or problem.status_on))
    _after_last_visit(writer, problem, day)
    found = {"verified_on": day, "satisfaction": satisfaction}
    if finding is None:
        return writer.change(problem, found | {"verified": Verdict.OK}, Act.VERIFY, on=day, approximate=approximate)
    values = found | {"verified": Verdict.FAIL} | opened_again(problem)
    return move(writer, problem, Act.VERIFY, Status.DOING, day, values, text=finding, approximate=approximate)


def _after_last_visit(writer: Writer, problem: Problem, day: date) -> None:
    if day < problem.status_on:
        gives_way(writer, problem, day)
    last, act = problem.status_on, Act.CLOSE
    if problem.verified_on and problem.verified_on > last:
        last, act = problem.verified_on, Act.VERIFY
    if day < last:
        raise DateGoesBack(id=problem.ident, last=last, act=act, wanted=Act.VERIFY, date=day)
