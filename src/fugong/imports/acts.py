"""What is done about one problem, as its row tells: note, assign, close, apply for it, correct, reopen, void."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from fugong.domain import history, problems, review
from fugong.domain.writer import Writer
from fugong.imports import telling
from fugong.imports.cells.columns import Field, said
from fugong.imports.resolve import Filing, Wanted
from fugong.store.records import Problem
from fugong.values import texts
from fugong.vocab import Kind, Status, Words
from fugong.vocab.importing import Imported as Ledger

REOPENED = "按导入的台账重开"
VOIDED = "导入的台账里已作废"
_DOING = "办理中"


class Acts:
    """What was done about one problem, as its row tells."""

    def __init__(
        self, writer: Writer, problem: Problem, wanted: Wanted, filing: Filing, remarks: list[Words], *, fresh: bool
    ) -> None:
        self.done = False
        self._writer = writer
        self._problem = problem
        self._row = wanted.row
        self._filing = filing
        self._remarks = remarks
        self._told: list[str] | None = [] if fresh else None

    def to(self, status: Status | None) -> None:
        """Take the problem to a status that is ahead of where it stands, with what the row tells on the way."""
        row = self._row
        if status is Status.CLOSED:
            self._close(problems.close_problem, row.closed_on)
        elif status is Status.PENDING:
            if row.status is Status.CLOSED:
                self._remarks.append(telling.APPLIED)
            self._close(review.apply_for_closing, row.applied_on)
        elif status is Status.VOID:
            why, day = row.remark or VOIDED, self._today()
            self._did(problems.void_problem(self._writer, self._problem, why, on=day, approximate=True))
        else:
            if row.status is Status.PENDING and self._problem.status is Status.OPEN:
                self._remarks.append(telling.UNREVIEWED)
            self._note(row.how)
            self._note(row.progress)
            if status is Status.DOING and self._problem.status is Status.OPEN:
                self._begin()

    def match(self, by_uid: bool, status: Status | None) -> None:
        """Bring a problem that is there to where the row has it, as ``_STEPS`` has it; None says nothing of it."""
        stands = self._problem.status
        status = status if stands is Status.CLOSED else self.meant(status)
        step = (by_uid and _TAKEN_BACK.get((stands, status))) or _STEPS[stands].get(status)
        if step:
            step(self, status)

    def meant(self, status: Status | None) -> Status | None:
        """The status that a row's means here: where closings are reviewed, a closed row applies for it."""
        if status is Status.CLOSED and self._filing.reviewed and not self._filing.approved:
            return Status.PENDING
        return Status.DOING if status is Status.PENDING and not self._filing.reviewed else status

    def advance(self, status: Status | None) -> None:
        """Take it on to the status that the row has."""
        self._change("status", self._problem.status, status)
        self.to(status)

    def correct(self, _status: Status | None) -> None:
        """Correct how and when a closed problem was solved."""
        problem, row = self._problem, self._row
        how = row.how or problem.how or telling.NO_MEASURE
        on = row.closed_on if row.closed_on and row.closed_on != problem.closed_on else None
        if how != problem.how:
            self._change("how", problem.how, how)
        if on:
            self._change("closed_on", problem.closed_on, on)
        if on or how != problem.how:
            self._did(problems.correct_closing(self._writer, problem, how, on=on))
        if row.progress and texts.key(row.progress) != texts.key(how):
            self._note(row.progress)

    def stay_closed(self, _status: Status | None) -> None:
        """Leave it closed, and say so."""
        self._remarks.append(telling.STAYS_CLOSED)

    def wait(self, _status: Status | None) -> None:
        """Leave a problem whose closing waits for its review as it is, but note what is new."""
        self._note(self._row.progress)

    def stay_pending(self, _status: Status | None) -> None:
        """As ``wait``, and say so in a remark."""
        self._remarks.append(telling.STAYS_PENDING)
        self.wait(None)

    def stay_in_hand(self, status: Status | None) -> None:
        """Leave it in progress, and say so."""
        self._remarks.append(telling.STAYS_DOING)
        self.to(status)

    def reopen(self, _status: Status | None) -> None:
        """Put a closed problem back in progress."""
        self._change("status", self._problem.status, Status.DOING)
        self._did(problems.reopen_problem(self._writer, self._problem, REOPENED, on=self._today(), approximate=True))

    def revive(self, status: Status | None) -> None:
        """Put a void problem back in progress, then take it to the status of the row."""
        self._did(problems.reopen_problem(self._writer, self._problem, REOPENED, on=self._today(), approximate=True))
        self.match(True, status)

    def aftermath(self) -> None:
        """Keep what the row tells of the check afterwards."""
        text = "；".join(f"{said(Ledger.PROBLEMS, field).zh}：{value}" for field, value in self._row.visit)
        if text and self._problem.status is not Status.VOID:
            self._note(text)

    def _close(self, act: "_Closing", stated: date | None) -> None:
        row, day = self._row, self._closing_day(stated)
        about = day != stated or row.closed_about
        if stated is None:
            self._remarks.append(telling.assumed(telling.CLOSED, day))
        how = row.how or row.progress or dict(row.visit).get(Field.VERIFIED)
        if how is None:
            self._remarks.append(telling.NO_HOW)
        if row.progress and texts.key(row.progress) != texts.key(how or ""):
            self._note(row.progress, on=day, about=about)
        self._did(act(self._writer, self._problem, how or telling.NO_MEASURE, on=day, approximate=about))

    def _begin(self) -> None:
        """Put the problem in progress where no act in the row does: by assigning its department, if it has one."""
        problem, day = self._problem, self._today()
        if problem.department:
            self._did(problems.assign_problem(self._writer, problem, problem.department, on=day, approximate=True))
        else:
            self._note(_DOING)

    def _note(self, text: str | None, on: date | None = None, *, about: bool = True) -> None:
        """Note what the history does not tell yet; ``about``: the row does not state the day."""
        new = text and _news(text, self._known())
        if new:
            problems.note_problem(self._writer, self._problem, new, on=on or self._today(), approximate=about)
            self._known().append(new)
            self._remarks.append(Words(f"记录：{new}", f"note: {new}"))
            self.done = True

    def _known(self) -> list[str]:
        """What the history of the problem tells already."""
        if self._told is None:
            events = history.of(self._writer.session, self._problem.uid)
            self._told = [event.text for event in events if event.text] + [self._problem.how or ""]
        return self._told

    def _today(self) -> date:
        """The day of what has no date: the 填报日期, but not before what was done already."""
        return max(self._filing.day or self._writer.today, self._problem.status_on)

    def _closing_day(self, stated: date | None) -> date:
        """The day that is stated, else that of the filing; a day that is made up makes nothing late."""
        problem = self._problem
        if stated:
            return stated
        day = self._today()
        if problem.due_on and problem.due_on < problem.status_on:
            problems.gives_way(self._writer, problem, problem.due_on)
        return max(min(day, problem.due_on), problem.status_on) if problem.due_on else day

    def _did(self, changed: bool) -> None:
        self.done = self.done or changed

    def _change(self, name: str, old: Any, new: Any) -> None:
        self._remarks.append(telling.change(Kind.PROBLEM, name, old, new))


class _Closing(Protocol):
    """Closes a problem, or applies for it."""

    def __call__(self, writer: Writer, problem: Problem, how: str, *, on: date, approximate: bool) -> bool: ...


_Step = Callable[[Acts, Status | None], None]
_STEPS: dict[Status, dict[Status | None, _Step]] = {
    Status.OPEN: {
        None: Acts.to,
        Status.OPEN: Acts.to,
        Status.DOING: Acts.advance,
        Status.PENDING: Acts.advance,
        Status.CLOSED: Acts.advance,
        Status.VOID: Acts.advance,
    },
    Status.DOING: {
        None: Acts.to,
        Status.OPEN: Acts.to,
        Status.DOING: Acts.to,
        Status.PENDING: Acts.advance,
        Status.CLOSED: Acts.advance,
        Status.VOID: Acts.advance,
    },
    Status.PENDING: {
        None: Acts.wait,
        Status.OPEN: Acts.stay_pending,
        Status.DOING: Acts.stay_pending,
        Status.PENDING: Acts.wait,
        Status.CLOSED: Acts.advance,
        Status.VOID: Acts.advance,
    },
    Status.CLOSED: {
        None: Acts.correct,
        Status.OPEN: Acts.stay_closed,
        Status.DOING: Acts.stay_closed,
        Status.PENDING: Acts.stay_closed,
        Status.CLOSED: Acts.correct,
        Status.VOID: Acts.advance,
    },
    Status.VOID: {},
}
"""By the status in which a problem stands and the one that its row has: what is done. A void problem stays so."""
_TAKEN_BACK: dict[tuple[Status, Status | None], _Step] = {
    (Status.DOING, Status.OPEN): Acts.stay_in_hand,
    (Status.CLOSED, Status.OPEN): Acts.reopen,
    (Status.CLOSED, Status.DOING): Acts.reopen,
    (Status.VOID, Status.OPEN): Acts.revive,
    (Status.VOID, Status.DOING): Acts.revive,
    (Status.VOID, Status.PENDING): Acts.revive,
    (Status.VOID, Status.CLOSED): Acts.revive,
}
"""What an export of ours does instead: it alone takes a problem back."""

_PIECES = re.compile(r"[\n；;]+")
_DATED = re.compile(r"^[\s\d年月日号:：./（）()-]*")


def _news(text: str, told: list[str]) -> str | None:
    """What of a progress text is not in the history; notes that were joined, dates before them, are known."""
    known = {texts.key(each) for each in told}
    if texts.key(text) in known:
        return None
    if not known:
        return text
    pieces = [piece.strip() for piece in _PIECES.split(text) if piece.strip()]
    known |= {texts.key(piece) for each in told for piece in _PIECES.split(each)}
    new = [each for each in pieces if not {texts.key(each), texts.key(_DATED.sub("", each))} & known]
    return "；".join(new) or None
