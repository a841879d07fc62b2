"""A row that was understood → the ledger: logged, or brought into line, and then what it says was done (``acts``)."""

from datetime import date
from typing import Any, NamedTuple

from fugong.domain import history, problems
from fugong.domain.history import portable
from fugong.domain.writer import Writer
from fugong.imports import telling
from fugong.imports.acts import Acts
from fugong.imports.cells.columns import Field
from fugong.imports.match import Match
from fugong.imports.remarks import kept
from fugong.imports.resolve import Filing, Wanted
from fugong.queries.deadlines import NO_DUE, Due, due_of
from fugong.store.records import Problem
from fugong.values import texts
from fugong.vocab import UNDER_WAY, Kind, Status, Words
from fugong.vocab.importing import Outcome


class Taken(NamedTuple):
    """The outcome of a row."""

    outcome: Outcome
    problem: Problem
    remarks: list[Words]
    """What changed, and what was assumed."""


def create(writer: Writer, wanted: Wanted, filing: Filing, again: Problem | None = None) -> Taken:
    """Log a row that is new, or whose problem an undone command had entered, and do what it says was done."""
    row = wanted.row
    problem = problems.log_problem(
        writer,
        row.text or "",
        enterprise=wanted.enterprise,
        team=wanted.team,
        department=wanted.department,
        assist=wanted.assist,
        on=wanted.found_on,
        approximate=wanted.approximate,
        due=wanted.due,
        uid=row.uid,
        again=again,
        category=wanted.category,
        remark=kept(row.remark, row.extra),
        **dict(row.about),
    )
    remarks = [] if row.found_on else [telling.assumed(telling.FOUND, wanted.found_on)]
    remarks += [telling.NO_PHONE] if row.phone else []
    acts = Acts(writer, problem, wanted, filing, remarks, fresh=True)
    acts.to(acts.meant(row.status))
    acts.aftermath()
    remarks += telling.doubts(row.contradicts, row.closed_on if problem.status in UNDER_WAY else None)
    return Taken(Outcome.NEW, problem, remarks)


def update(writer: Writer, match: Match, wanted: Wanted, filing: Filing, said: telling.Understood) -> Taken:
    """Bring what differs of a problem that is there into line with the row."""
    problem, remarks = match.problem, list[Words]()
    changed = _differing(match, wanted)
    if "due_on" in changed and match.by_uid and _left_behind(writer, problem, changed["due_on"]):
        changed = {name: value for name, value in changed.items() if name not in Due._fields}
        remarks.append(telling.MOVED)
    remarks += [
        telling.change(Kind.PROBLEM, name, getattr(problem, name), value)
        for name, value in changed.items()
        if name not in Due._fields
    ]
    due, found_on = due_of(problem), problem.found_on
    edited = bool(changed) and problems.edit_problem(writer, problem, changed)
    if problem.due_on != due.due_on or problem.due_rule != due.due_rule:  # also where it counts from the found date
        remarks.append(said.moved(due, problem))
    acts = Acts(writer, problem, wanted, filing, remarks, fresh=False)
    back = Status.DOING if wanted.row.live and not problem.live else None
    acts.match(match.by_uid, wanted.row.status or back)
    if not match.by_uid:
        acts.aftermath()
        remarks += telling.doubts(wanted.row.contradicts)
    if problem.found_on != found_on and "found_on" not in changed:
        remarks.append(telling.earlier(found_on, problem.found_on))
    return Taken(Outcome.CHANGED if edited or acts.done else Outcome.SAME, problem, remarks)


def _differing(match: Match, wanted: Wanted) -> dict[str, Any]:
    """The attributes that the row wants otherwise. A blank cell clears only in an export of ours."""
    row, problem, given = wanted.row, match.problem, wanted.row.given
    says: list[tuple[Field, str, Any]] = [
        (Field.TEXT, "text", row.text),
        (Field.ENTERPRISE, "enterprise", wanted.enterprise),
        (Field.CATEGORY, "category", wanted.category),
        (Field.DEPARTMENT, "department", wanted.department),
        *((Field(name), name, value) for name, value in row.about),
        (Field.FOUND_ON, "found_on", row.found_on and (wanted.found_on if row.approximate else row.found_on)),
    ]
    changed = {
        name: value
        for field, name, value in says
        if field in given and (value or (match.by_uid and field is not Field.FOUND_ON))
        if portable(value) != portable(getattr(problem, name))
    }
    if not match.by_uid and "text" in changed and texts.key(changed["text"]) == texts.key(problem.text):
        del changed["text"]  # it was recognised by this text; blanks are no change
    said = row.remark or (None if match.by_uid and Field.REMARK in given else problem.remark)
    if (remark := kept(said, row.extra)) != problem.remark:
        changed["remark"] = remark
    if Field.ASSIST in given or len(row.department) > 1:
        lead = changed.get("department", problem.department)
        assist = [each for each in wanted.assist if each is not lead]
        if (assist or match.by_uid) and portable(assist) != portable(problem.assist):
            changed["assist"] = assist
    return changed | _deadline(match, wanted)


def _deadline(match: Match, wanted: Wanted) -> dict[str, Any]:
    """The deadline's attributes if the row wants it on another day."""
    problem = match.problem
    if wanted.due is None:
        clears = match.by_uid and Field.DUE_ON in wanted.row.given and problem.due_on
        return NO_DUE._asdict() if clears else {}
    same = wanted.due.due_on == problem.due_on and (wanted.due.due_on or wanted.due.due_rule == problem.due_rule)
    return {} if same else wanted.due._asdict()


def _left_behind(writer: Writer, problem: Problem, due_on: date | None) -> bool:
    """Whether a file still says the deadline from before the found date was corrected, with which it moved."""
    told = map(history.changes, history.effective(history.of(writer.session, problem.uid)))
    last = [changes for changes in told if "due_on" in changes][-1:]
    return bool(due_on) and any("found_on" in each and each["due_on"][0] == portable(due_on) for each in last)
