"""The section of problems."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from fugong.attributes import of
from fugong.domain import history, problems, roster
from fugong.domain.event_rows import Entered
from fugong.queries import deadlines
from fugong.seed import rows
from fugong.seed.sections.section import Refers, Section, Values, as_stated
from fugong.store.records import Problem, Record
from fugong.vocab import Act, Kind, ListName, Status, Words


class Problems(Section[rows.ProblemRow]):
    """The problems; their notes and closings are acts, not attributes."""

    kind = Kind.PROBLEM
    one_name = True
    together = (("due_on", "due_rule", "due_from", "due_estimated"), ("found_on", "approximate"))

    def __init__(self) -> None:
        self._any: bool | None = None
        """Whether any problem had a key before this file."""
        self._known: Mapping[str, Problem] = {}
        self._alike: dict[tuple[object, ...], Entered] = {}
        """What rows came to whose problem was new, by all that they say but what is read of each."""

    def key(self, row: rows.ProblemRow) -> str:
        return row.key

    def look_up(self, load: Refers, among: Sequence[rows.ProblemRow]) -> None:
        if self._any is None:
            self._any = roster.any_problem_has_key(load.session)
        self._known = roster.problems_by_key(load.session, [row.key for row in among]) if self._any else {}

    def find(self, load: Refers, row: rows.ProblemRow) -> Problem | None:
        del load
        return self._known.get(row.key)

    def values(self, load: Refers, row: rows.ProblemRow) -> Values:
        found_on = row.found_on or load.as_of
        due = load.due(row.due, found_on) if row.due else deadlines.NO_DUE
        return as_stated(row, *_STATED) | {
            "team": load.team(row.team, "team"),
            "enterprise": load.enterprise(row.enterprise, "enterprise") if row.enterprise else None,
            "category": load.term(ListName.CATEGORY, row.category, "category") if row.category else None,
            "department": load.department(row.department, "department") if row.department else None,
            "assist": [load.department(name, "assist", at) for at, name in enumerate(row.assist)],
            "found_on": found_on,
            "approximate": row.found_on is None,
            **due._asdict(),
        }

    def create(self, load: Refers, row: rows.ProblemRow, values: Values) -> Record:
        _stand_at_dates(load, values)
        shape = (row.enterprise is None, *_shared(row))
        if before := self._alike.get(shape):
            own = {name: values[name] for name in ("text", "enterprise", "team")}
            return problems.log_like(load.writer, before, **own, key=row.key)
        due = deadlines.Due(*(values.pop(name) for name in deadlines.Due._fields))
        problem = problems.log_problem(load.writer, key=row.key, on=values.pop("found_on"), due=due, **values)
        self.acts(load, problem, row, None)
        if entered := load.writer.entered(problem):
            if len(self._alike) == REMEMBERED:
                self._alike.clear()
            self._alike[shape] = entered
        return problem

    def update(self, load: Refers, record: Problem, values: Values) -> None:
        if "team" in values:
            zh = f"{record.ident} 的编号已经用了，不能换帮扶组；要换就作废它，另写一个标识"
            en = f"{record.ident} is a number in use, so its team stays; void it and write a row with another key"
            load.fault(Words(zh, en), "team")
            return
        _stand_at_dates(load, values)
        problems.edit_problem(load.writer, record, values)

    def acts(self, load: Refers, record: Problem, row: rows.ProblemRow, base: rows.ProblemRow | None) -> int:
        fresh = _fresh(row.notes, base.notes if base else _typed(load, record)) if row.notes else []
        was = base.closed if base else None
        closed = None if row.closed == was else row.closed
        if record.status is Status.VOID:
            if fresh or closed:
                load.kept("status", Status.VOID.value, (Status.CLOSED if closed else Status.DOING).value)
            return 0
        for at, note in fresh:
            load.stands_at("notes", at)
            day = note.on or self._undated(load, record)
            problems.note_problem(load.writer, record, note.text, on=day, approximate=note.on is None)
        return len(fresh) + (self._close(load, record, closed, was) if closed else 0)

    def _close(self, load: Refers, record: Problem, closed: rows.ClosingRow, was: rows.ClosingRow | None) -> bool:
        """Close what is in hand, or correct how it was closed. What people reopened is never closed again."""
        load.stands_at("closed")
        if record.live and was is None:
            day = closed.on or self._undated(load, record)
            return problems.close_problem(load.writer, record, closed.how, on=day, approximate=closed.on is None)
        if was and record.how == was.how:
            return problems.correct_closing(load.writer, record, closed.how, on=closed.on)
        if record.how != closed.how:
            load.kept("how", record.how, closed.how)
        return False

    def _undated(self, load: Refers, record: Problem) -> date:
        """The day of an act that the file does not date: its cut-off, or the last act if that is later."""
        return max(load.as_of, record.status_on)


REMEMBERED = 512
"""So many rows are remembered; then they are forgotten together."""
_OWN = ("key", "team", "enterprise", "text")
"""What is read of every row, though all else that it says was said before."""
_shared = attrgetter(*(name for name in rows.ProblemRow.model_fields if name not in _OWN))
_LOOKED_UP = ("key", "team", "enterprise", "category", "department", "assist", "found_on")
_STATED = [each.name for each in of(Kind.PROBLEM) if each.name in rows.ProblemRow.model_fields.keys() - _LOOKED_UP]
"""The attributes that the record has as a row states them."""


def _typed(load: Refers, record: Problem) -> list[rows.NoteRow]:
    """The notes that people typed before a file first spoke of the problem."""
    if load.writer.holds(record.uid):  # only the file knows it
        return []
    told = history.effective(history.of(load.session, record.uid))
    noted = [event for event in told if event.act is Act.NOTE]
    return [rows.NoteRow(text=str(event.text), on=None if event.approximate else event.on_date) for event in noted]


def _fresh(notes: Sequence[rows.NoteRow], known: Sequence[rows.NoteRow]) -> list[tuple[int, rows.NoteRow]]:
    """The notes that were not in the file before. One whose day alone was changed is no new note."""
    exact = Counter(known)
    left = [(at, note) for at, note in enumerate(notes) if not _taken(exact, note)]
    texts = Counter(note.text for note in exact.elements())
    return [(at, note) for at, note in left if not _taken(texts, note.text)]


def _taken(counter: Counter[Any], item: Any) -> bool:
    """Take one such item out of a bag, if there is one."""
    found = counter[item] > 0
    counter[item] -= found
    return found


def _stand_at_dates(load: Refers, values: Mapping[str, Any]) -> None:
    """Say which date would be refused: the deadline where it is too early, otherwise the found date."""
    due, found_on = values.get("due_on"), values.get("found_on")
    load.stands_at("due" if due and (found_on is None or due < found_on) else "found_on")
