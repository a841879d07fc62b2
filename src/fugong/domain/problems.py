"""Writes on problems: log, edit, assign, note, close, reopen, void. Dates are passed in; no clock is read.

What else happens to a problem on its way is in ``follow_up``.

Every function takes the ``Writer`` of its command and leaves events; those that set a status win or lose
against other writers as a whole (compare and set), and say whether anything changed.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fugong.attributes.problems import VISIT
from fugong.domain import days, derived, history, roster
from fugong.domain.event_rows import Entered
from fugong.domain.history import Entry
from fugong.domain.stated import fit
from fugong.domain.writer import Writer
from fugong.errors.entries import DateGoesBack, DueBeforeFound, FoundAfterAct
from fugong.errors.rules import DuplicateElsewhere, InReview, IsVoid, NotLive, SelfDuplicate, TeamNeeded
from fugong.queries import deadlines
from fugong.queries.deadlines import NO_DUE, Due, Stated
from fugong.store.identity import new_uid
from fugong.store.records import Department, Enterprise, Problem, Team
from fugong.values import texts
from fugong.values.texts import TEXT
from fugong.vocab import BEGINS_LIVE, NEEDS_LIVE, Act, Kind, Status, Words

PROBLEM_TEXT = Words("问题描述", "problem text")
HOW = Words("解决措施", "measure")
WHY = Words("原因", "reason")
NOTE = Words("记录内容", "note")


def log_problem(
    writer: Writer,
    text: str,
    *,
    enterprise: Enterprise | None = None,
    team: Team | None = None,
    department: Department | None = None,
    assist: Sequence[Department] = (),
    on: date | None = None,
    approximate: bool = False,
    due: Due | None = None,
    uid: str | None = None,
    again: Problem | None = None,
    **about: Any,
) -> Problem:
    """Enter a problem (登记) under its team, which is the enterprise's unless one is given.

    Args:
        writer: The command.
        text: What the problem is.
        enterprise: Whose it is, if a firm's.
        team: Whose it is, if not that of the team that looks after the firm.
        department: Who must act.
        assist: Who assists.
        on: The day on which it was found, today unless given.
        approximate: That day is not exactly known.
        due: The deadline.
        uid: Its identity, if it has one already.
        again: A problem that an undone command had entered: it comes back, of the same team with its number.
        about: What else is stated of it, by the names of its attributes.

    Raises:
        TeamNeeded: Neither an enterprise with a team nor a team was given.
        Retired: The team, the enterprise or a department was retired by then.
        FutureDate, DueBeforeFound: A date is out of order.
    """
    credited = team or (enterprise.team() if enterprise else None)
    if credited is None:
        raise TeamNeeded
    found_on = writer.past(on)
    for each in (credited, enterprise, department, *assist, about.get("category")):
        roster.in_service(each, found_on)
    _check_due(due.due_on if due else None, found_on)
    values = (
        _UNSTATED
        | fit(Kind.PROBLEM, about)
        | {
            "enterprise": enterprise,
            "text": texts.clean(text, what=PROBLEM_TEXT, limit=TEXT, lines=True),
            "department": department,
            "assist": _assisting(department, assist),
            "found_on": found_on,
            "approximate": approximate,
            **(due or NO_DUE)._asdict(),
            "first_due_on": due.due_on if due else None,
            "status_on": found_on,
        }
    )
    if again:
        moved = again.team is not credited
        if moved:
            values |= {"team": credited, "series": writer.series, "number": writer.take_number(credited)}
        writer.change(again, values | {"status": Status.OPEN}, Act.LOG, on=found_on, approximate=approximate)
        if moved:
            count_numbers(writer)
        return again
    problem = Problem(
        **values,
        team=credited,
        series=writer.series,
        number=writer.take_number(credited),
        recorded_at=writer.recorded_at,
        uid=uid or new_uid(),
    )
    writer.add(problem, Act.LOG, on=found_on, approximate=approximate, named=uid is not None)
    return problem


def log_like(
    writer: Writer, before: Entered, text: str, *, enterprise: Enterprise | None, team: Team, key: str | None = None
) -> Problem:
    """Enter a problem that differs from one that this command entered in its text, firm, team and key alone.

    All that was done there is done. What rules ask of the days, the other records and the words of that one they have
    asked.

    Raises:
        Retired: The team or the enterprise was retired by then.
        BlankText, TextTooLong, ControlCharacter: The text, or the key, is not fit to be stored.
    """
    for each in (team, enterprise):
        roster.in_service(each, before.history[0].on_date)
    said = texts.clean(text, what=PROBLEM_TEXT, limit=TEXT, lines=True)
    its = key and fit(Kind.PROBLEM, {"key": key})["key"]
    return writer.add_like(before, team, enterprise=enterprise, text=said, key=its)


_UNSTATED = {"category": None, "source": None, "person": None, "major": False, "inferred": False, "remark": None}
"""The values of a new problem's attributes where nothing else is stated."""


def undone(writer: Writer, problem: Problem) -> bool:
    """Whether the command that entered a problem was taken back, so that it is void though nobody voided it."""
    if problem.status is not Status.VOID:
        return False
    return all(event.act is not Act.LOG for event in history.effective(history.of(writer.session, problem.uid)))


def with_key(writer: Writer, key: str) -> Problem | None:
    """The problem that was entered with this key; a blank key is none."""
    wanted = fit(Kind.PROBLEM, {"key": key})["key"]
    return writer.session.find(Problem, key=wanted) if wanted else None


def edit_problem(writer: Writer, problem: Problem, values: Mapping[str, Any], due: Stated | None = None) -> bool:
    """Correct a problem (修改).

    Args:
        writer: The command.
        problem: Which problem.
        values: Its attributes, and what they should be.
        due: The deadline that it should have, where that may count from the day of the correction.

    Returns:
        Whether anything differed.

    Raises:
        FutureDate, DueBeforeFound, FoundAfterAct: A date is out of order.
    """
    said = dict(values)
    if "text" in said:
        said["text"] = texts.clean(said["text"], what=PROBLEM_TEXT, limit=TEXT, lines=True)
    wanted = fit(Kind.PROBLEM, said)
    day = None
    if due:
        day = writer.dated(problem, None, *wanted, "due_on")
        wanted |= due(day)._asdict()
    if "found_on" in wanted:
        found_on = wanted["found_on"]
        wanted = _moved_back(writer, problem, found_on) | _counted_anew(writer, problem, found_on) | wanted
    if wanted.get("category") is not problem.category:
        roster.in_service(wanted.get("category"), writer.today)
    if {"assist", "department"} & wanted.keys():
        lead = wanted.get("department", problem.department)
        wanted["assist"] = _assisting(lead, wanted.get("assist", problem.assist))
    if "due_on" in wanted:
        wanted |= _first_due(problem, wanted["due_on"])
    if (due_on := wanted.get("due_on")) and "found_on" not in wanted and due_on < problem.found_on:
        from fugong.domain.made_up import found_earlier

        found_earlier(writer, problem, due_on, edit_problem)
    _check_due(wanted.get("due_on", problem.due_on), wanted.get("found_on", problem.found_on))
    return writer.change(problem, wanted, Act.EDIT, on=day)


def move_problem(writer: Writer, problem: Problem, team: Team) -> bool:
    """Credit a problem to another team (改组): it gets that team's next number, and its old one still finds it.

    Returns:
        False if it is that team's already; then nothing is written.

    Raises:
        Retired: The team was retired.
    """
    if problem.team is team:
        return False
    roster.in_service(team, writer.today)
    numbered = {"team": team, "series": writer.series, "number": writer.take_number(team)}
    changed = writer.change(problem, numbered, Act.EDIT)
    count_numbers(writer)
    return changed


def count_numbers(writer: Writer) -> None:
    """Count the numbers that teams gave and that none of their problems bears any more."""
    derived.count_gaps(writer.session, writer.series)


def assign_problem(
    writer: Writer,
    problem: Problem,
    department: Department,
    *,
    assist: Sequence[Department] | None = None,
    due: Stated | None = None,
    on: date | None = None,
    approximate: bool = False,
) -> bool:
    """Hand a problem to the department that must act (交办), which puts it in progress.

    Returns:
        Whether anything differed.

    Raises:
        NotLive: It is closed or void.
        Retired: A department was retired by then.
        DateGoesBack: The day is before it was found, or before its department or deadline was last set.
    """
    must_be_live(problem, Act.ASSIGN)
    day = writer.dated(problem, on, "department", "assist", "due_on", "status")
    for each in (department, *(assist or ())):
        roster.in_service(each, day)
    in_order(writer, problem, day, Act.ASSIGN, "department", "assist", "due_on")
    values: dict[str, Any] = {
        "department": department,
        "assist": _assisting(department, problem.assist if assist is None else assist),
    }
    if due:
        wanted = due(day)
        _check_due(wanted.due_on, problem.found_on)
        values |= {"first_due_on": problem.first_due_on or wanted.due_on, **wanted._asdict()}
    begun = _begun(writer, problem, day, Act.ASSIGN)
    return writer.change(problem, values | begun, Act.ASSIGN, on=day, approximate=approximate)


def move_deadline(writer: Writer, key: int, due: Due) -> None:
    """Put a deadline where the calendar as it is now has it; the problem is otherwise untouched."""
    problem = writer.session.get(Problem, key)
    writer.change(problem, _first_due(problem, due.due_on) | due._asdict(), Act.EDIT)


def note_problem(
    writer: Writer, problem: Problem, text: str, *, on: date | None = None, approximate: bool = False
) -> None:
    """Add what was done or learnt (记录), which puts a problem in progress.

    Raises:
        IsVoid: It is void.
        DateGoesBack: The day is before it was found.
    """
    if problem.status is Status.VOID:
        raise IsVoid(id=problem.ident, act=Act.NOTE)
    day = writer.past(on, after=problem.status_on if on or problem.status is Status.OPEN else problem.found_on)
    if day < problem.found_on and not gives_way(writer, problem, day):
        raise DateGoesBack(id=problem.ident, last=problem.found_on, act=Act.LOG, wanted=Act.NOTE, date=day)
    said = texts.clean(text, what=NOTE, limit=TEXT, lines=True)
    values = _begun(writer, problem, day, Act.NOTE)
    writer.change(problem, values, Act.NOTE, on=day, text=said, approximate=approximate)


def close_problem(
    writer: Writer, problem: Problem, how: str, *, on: date | None = None, approximate: bool = False
) -> bool:
    """Close a problem and strike it off (办结、销号) with the measure that solved it.

    Returns:
        False if it was closed already; then nothing is written.

    Raises:
        IsVoid: It is void.
        DateGoesBack: The day is before the last act that set its status.
    """
    if problem.status is Status.VOID:
        raise IsVoid(id=problem.ident, act=Act.CLOSE)
    measure = texts.clean(how, what=HOW, limit=TEXT, lines=True)
    day = writer.past(on, after=problem.status_on)
    values = unverified() | {"closed_on": day, "how": measure}
    return move(writer, problem, Act.CLOSE, Status.CLOSED, day, values, approximate=approximate)


def correct_closing(writer: Writer, problem: Problem, how: str, *, on: date | None = None) -> bool:
    """Correct how a closed problem was solved, and on which day if one is given. It stays closed.

    Returns:
        Whether anything differed.

    Raises:
        FutureDate, DateGoesBack: The day has not come, or is before the act that set the status before.
    """
    measure = texts.clean(how, what=HOW, limit=TEXT, lines=True)
    if on is None:
        return writer.change(problem, {"how": measure}, Act.EDIT)
    day = writer.past(on, after=problem.status_on)
    before = _status_events(writer, problem)[-2]
    moved = day < before.on_date and gives_way(writer, problem, day, correcting=Act.CLOSE)
    if day < before.on_date and not moved:
        raise DateGoesBack(id=problem.ident, last=before.on_date, act=before.act, wanted=Act.CLOSE, date=day)
    return writer.change(problem, {"how": measure, "closed_on": day, "status_on": day}, Act.EDIT) or moved


def reopen_problem(
    writer: Writer, problem: Problem, why: str, *, on: date | None = None, approximate: bool = False
) -> bool:
    """Put a closed or void problem back in progress (重开).

    Returns:
        False if it is in hand already; then nothing is written.

    Raises:
        InReview: Its closing was applied for; the review puts it back.
    """
    reason = texts.clean(why, what=WHY, limit=TEXT, lines=True)
    if problem.status is Status.PENDING:
        raise InReview(id=problem.ident, act=Act.REOPEN)
    if problem.live:
        return False
    values = unverified() | opened_again(problem) | {"duplicate_of": None}
    day = writer.past(on, after=problem.status_on)
    return move(writer, problem, Act.REOPEN, Status.DOING, day, values, text=reason, approximate=approximate)


def void_problem(
    writer: Writer,
    problem: Problem,
    why: str,
    *,
    duplicate_of: Problem | None = None,
    on: date | None = None,
    approximate: bool = False,
) -> bool:
    """Take a problem out of every count, for example as a duplicate (作废).

    Returns:
        False if it is void already; then nothing is written.

    Raises:
        SelfDuplicate: It would be its own duplicate.
        DuplicateElsewhere: The two are of different firms.
        IsVoid: The original is void: then neither would count.
    """
    reason = texts.clean(why, what=WHY, limit=TEXT, lines=True)
    if duplicate_of is problem:
        raise SelfDuplicate(id=problem.ident)
    firms = (problem.enterprise, duplicate_of.enterprise) if duplicate_of else (None, None)
    if duplicate_of and firms[0] and firms[1] and firms[0] is not firms[1]:
        raise DuplicateElsewhere(id=problem.ident, enterprise=firms[0].name, of=duplicate_of.ident, other=firms[1].name)
    if duplicate_of and duplicate_of.status is Status.VOID:
        raise IsVoid(id=duplicate_of.ident, act=Words("作为重复的原件", "the original of a duplicate"))
    values = unverified() | {"applied_on": None, "closed_on": None, "how": None, "duplicate_of": duplicate_of}
    day = writer.past(on, after=problem.status_on)
    return move(writer, problem, Act.VOID, Status.VOID, day, values, text=reason, approximate=approximate)


# Shared with follow_up


def unverified() -> dict[str, Any]:
    """What is said of a closing that nobody has called about yet."""
    return dict.fromkeys(VISIT)


def opened_again(problem: Problem) -> dict[str, Any]:
    """What changes when a problem is in hand again; only one that was closed counts as reopened."""
    again = {"reopened": (problem.reopened or 0) + 1} if problem.status is Status.CLOSED else {}
    return {"applied_on": None, "closed_on": None, "how": None, **again}


def must_be_live(problem: Problem, act: Act) -> None:
    """Refuse an act that only a problem in hand can undergo.

    Raises:
        NotLive: It is closed or void.
        InReview: Its closing was applied for.
    """
    if problem.status is Status.PENDING:
        raise InReview(id=problem.ident, act=act)
    if not problem.live:
        raise NotLive(id=problem.ident, status=problem.status, act=act)


def in_order(writer: Writer, problem: Problem, day: date, act: Act, *attributes: str) -> None:
    """Refuse an act on a day on which it could not have been done: what held when would be unclear.

    An act that needs a problem in hand does not come before it was found or reopened, nor before what it sets was
    last set; a closing or voiding does not come before such an act.

    Raises:
        DateGoesBack: It would.
    """
    if day >= writer.today and (writer.holds(problem.uid) or not days.comes(writer.session, problem, day)):
        return
    before = BEGINS_LIVE if act in NEEDS_LIVE else NEEDS_LIVE
    events = history.effective(writer.events(problem))
    found = [event for event in events if event.act in before or any(map(event.sets, attributes))]
    last = max(found, key=lambda event: event.on_date, default=None)
    if last and day < last.on_date and not gives_way(writer, problem, day):
        raise DateGoesBack(id=problem.ident, last=last.on_date, act=last.act, wanted=act, date=day)


def move(
    writer: Writer,
    problem: Problem,
    act: Act,
    wanted: Status,
    day: date,
    values: Mapping[str, Any],
    *,
    text: str | None = None,
    approximate: bool = False,
) -> bool:
    """Set a status by compare and set, so that of two writers who want the same, one wins."""
    if not _claimed(writer, problem, wanted):
        return False
    _forward(writer, problem, day, act)
    if wanted in (Status.PENDING, Status.CLOSED, Status.VOID):
        in_order(writer, problem, day, act)
    return writer.change(
        problem, {**values, "status": wanted, "status_on": day}, act, on=day, text=text, approximate=approximate
    )


def _claimed(writer: Writer, problem: Problem, wanted: Status) -> bool:
    """Whether the problem had another status; it is then ours to change, and as it is under the lock."""
    if writer.holds(problem.uid):  # a new problem: no other writer can have it
        return problem.status is not wanted
    claim = "UPDATE problem SET status_on = status_on WHERE id = :problem AND status <> :wanted"
    if writer.session.run(claim, problem=problem.id, wanted=wanted.value) == 0:
        return False
    writer.session.refresh(problem)
    return True


def _begun(writer: Writer, problem: Problem, day: date, act: Act) -> dict[str, Any]:
    """What the first assign or note does to a problem: it is in progress from that day."""
    if problem.status is not Status.OPEN:
        return {}
    _forward(writer, problem, day, act)
    return {"status": Status.DOING, "status_on": day}


def _forward(writer: Writer, problem: Problem, day: date, act: Act) -> None:
    """Refuse a status date before the last one: as-of counts rest on their order."""
    if day < problem.status_on and not gives_way(writer, problem, day):
        set_by = [event.act for event in _status_events(writer, problem)] or [Act.UNDO]  # its logging was undone
        raise DateGoesBack(id=problem.ident, last=problem.status_on, act=set_by[-1], wanted=act, date=day)


def gives_way(writer: Writer, problem: Problem, day: date, *, correcting: Act | None = None) -> bool:
    """Whether what lies after a day that is stated did so by days that an import had made up; it has moved then."""
    from fugong.domain.made_up import give_way

    return give_way(writer, problem, day, edit_problem, correcting=correcting)


def _first_due(problem: Problem, due_on: date | None) -> dict[str, Any]:
    """What a corrected deadline means for the first one: it is the first itself, unless it was extended since."""
    return {} if problem.extended else {"first_due_on": due_on}


def _status_events(writer: Writer, problem: Problem) -> list[Entry]:
    """What set the status of a problem, oldest first; its logging is the first."""
    return [event for event in history.effective(writer.events(problem)) if event.sets("status")]


def _moved_back(writer: Writer, problem: Problem, found_on: date) -> dict[str, Any]:
    """What a corrected found date changes; it may not lie after the first act that set a status."""
    writer.past(found_on, after=problem.found_on)
    later = [event for event in _status_events(writer, problem) if event.act is not Act.LOG]
    if not later:
        return {"found_on": found_on, "approximate": False, "status_on": found_on}
    first = later[0]
    if found_on > first.on_date:
        raise FoundAfterAct(id=problem.ident, first=first.on_date, act=first.act, date=found_on)
    return {"found_on": found_on, "approximate": False}


def _counted_anew(writer: Writer, problem: Problem, found_on: date) -> dict[str, Any]:
    """The deadline that a corrected found date means: one that its rule counts from that date moves with it."""
    if problem.due_rule is None or problem.due_from != problem.found_on:
        return {}
    due = deadlines.read(writer.session.rows, problem.due_rule, found_on, writer.today)
    return due._asdict()


def _check_due(due_on: date | None, found_on: date) -> None:
    if due_on and due_on < found_on:
        raise DueBeforeFound(due=due_on, found=found_on)


def _assisting(lead: Department | None, assist: Sequence[Department]) -> list[Department]:
    """The assisting departments: each once, and never the lead."""
    return list({each.uid: each for each in assist if each is not lead}.values())
