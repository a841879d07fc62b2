"""A row that was understood → the ledger, through its own acts: log, edit, assign, note, close, reopen, void."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple, Protocol

from fugong.attributes import named
from fugong.domain import history, problems, review
from fugong.domain.history import portable
from fugong.domain.writer import Writer
from fugong.imports.cells.columns import Field, said
from fugong.imports.match import Match
from fugong.imports.resolve import Filing, Wanted
from fugong.lang import T, listing, name_of
from fugong.queries.deadlines import NO_DUE, Due
from fugong.store.records import Problem
from fugong.values import texts
from fugong.values.personal import masked
from fugong.vocab import Imported as Ledger
from fugong.vocab import Kind, Outcome, Status, Words, answer

NO_MEASURE = "措施未载明"
"""The measure of a closed row that names none: text of the ledger, so in the ledger's language."""
REOPENED = "按导入的台账重开"
VOIDED = "导入的台账里已作废"
_DOING = "办理中"


class Taken(NamedTuple):
    """What became of a row."""

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
    remarks = [] if row.found_on else [_assumed(_FOUND, wanted.found_on)]
    remarks += [_NO_PHONE] if row.phone else []
    acts = _Acts(writer, problem, wanted, filing, remarks, fresh=True)
    acts.to(acts.meant(row.status))
    acts.aftermath()
    remarks += _doubts(row.contradicts)
    return Taken(Outcome.NEW, problem, remarks)


def update(writer: Writer, match: Match, wanted: Wanted, filing: Filing) -> Taken:
    """Bring what differs of a problem that is there into line with the row."""
    problem, remarks = match.problem, list[Words]()
    changed = _differing(match, wanted)
    if "due_on" in changed and match.by_uid and _left_behind(writer, problem, changed["due_on"]):
        changed = {name: value for name, value in changed.items() if name not in Due._fields}
        remarks.append(_MOVED)
    remarks += [change(Kind.PROBLEM, name, getattr(problem, name), value) for name, value in changed.items()]
    due = problem.due_on
    edited = bool(changed) and problems.edit_problem(writer, problem, changed)
    if problem.due_on != due and "due_on" not in changed:  # it is counted from the found date
        remarks.append(change(Kind.PROBLEM, "due_on", due, problem.due_on))
    acts = _Acts(writer, problem, wanted, filing, remarks, fresh=False)
    back = Status.DOING if wanted.row.live and not problem.live else None
    acts.match(match.by_uid, wanted.row.status or back)
    if not match.by_uid:
        acts.aftermath()
        remarks += _doubts(wanted.row.contradicts)
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
        (Field.FOUND_ON, "found_on", row.found_on),
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


class _Acts:
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
            self._close(review.apply_for_closing, row.applied_on)
        elif status is Status.VOID:
            self._did(problems.void_problem(self._writer, self._problem, row.remark or VOIDED, on=self._today()))
        else:
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
        how = row.how or problem.how or NO_MEASURE
        on = row.closed_on if row.closed_on and row.closed_on != problem.closed_on else None
        if on and self._made_up(on, problem.closed_on or on):
            on = None
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
        self._remarks.append(_STAYS_CLOSED)

    def wait(self, _status: Status | None) -> None:
        """Leave what waits for its review to whoever reviews it; keep what is new."""
        self._note(self._row.progress)

    def stay_pending(self, _status: Status | None) -> None:
        """The same, and say so."""
        self._remarks.append(_STAYS_PENDING)
        self.wait(None)

    def stay_in_hand(self, status: Status | None) -> None:
        """Leave it in progress, and say so."""
        self._remarks.append(_STAYS_DOING)
        self.to(status)

    def reopen(self, _status: Status | None) -> None:
        """Put a closed problem back in progress."""
        self._change("status", self._problem.status, Status.DOING)
        self._did(problems.reopen_problem(self._writer, self._problem, REOPENED, on=self._today()))

    def revive(self, status: Status | None) -> None:
        """Bring back a void problem, which is in progress then, and go on from there."""
        self._did(problems.reopen_problem(self._writer, self._problem, REOPENED, on=self._today()))
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
            self._remarks.append(_assumed(_CLOSED, day))
        how = row.how or row.progress or dict(row.visit).get(Field.VERIFIED)
        if how is None:
            self._remarks.append(_NO_HOW)
        if row.progress and texts.key(row.progress) != texts.key(how or ""):
            self._note(row.progress, on=day)
        self._did(act(self._writer, self._problem, how or NO_MEASURE, on=day, approximate=about))

    def _begin(self) -> None:
        """Put it in progress although nothing is told: by its department if it has one."""
        problem, day = self._problem, self._today()
        if problem.department:
            self._did(problems.assign_problem(self._writer, problem, problem.department, on=day))
        else:
            self._note(_DOING)

    def _note(self, text: str | None, on: date | None = None) -> None:
        """Note what the history does not tell yet."""
        new = text and _news(text, self._known())
        if new:
            problems.note_problem(self._writer, self._problem, new, on=on or self._today())
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
        if stated is None:
            day = self._today()
            return max(min(day, problem.due_on), problem.status_on) if problem.due_on else day
        if self._made_up(stated, problem.status_on):
            self._remarks.append(_clamped(stated, problem.status_on))
            return problem.status_on
        return stated

    def _made_up(self, stated: date, day: date) -> bool:
        """Whether a day that is stated lies before one that the program made up when the problem came in."""
        return stated < day and self._problem.approximate and not self._row.found_on

    def _did(self, changed: bool) -> None:
        self.done = self.done or changed

    def _change(self, name: str, old: Any, new: Any) -> None:
        self._remarks.append(change(Kind.PROBLEM, name, old, new))


class _Closing(Protocol):
    """Closes a problem, or applies for it."""

    def __call__(self, writer: Writer, problem: Problem, how: str, *, on: date, approximate: bool) -> bool: ...


_Step = Callable[[_Acts, Status | None], None]
_STEPS: dict[Status, dict[Status | None, _Step]] = {
    Status.OPEN: {
        None: _Acts.to,
        Status.OPEN: _Acts.to,
        Status.DOING: _Acts.advance,
        Status.PENDING: _Acts.advance,
        Status.CLOSED: _Acts.advance,
        Status.VOID: _Acts.advance,
    },
    Status.DOING: {
        None: _Acts.to,
        Status.OPEN: _Acts.to,
        Status.DOING: _Acts.to,
        Status.PENDING: _Acts.advance,
        Status.CLOSED: _Acts.advance,
        Status.VOID: _Acts.advance,
    },
    Status.PENDING: {
        None: _Acts.wait,
        Status.OPEN: _Acts.stay_pending,
        Status.DOING: _Acts.stay_pending,
        Status.PENDING: _Acts.wait,
        Status.CLOSED: _Acts.advance,
        Status.VOID: _Acts.advance,
    },
    Status.CLOSED: {
        None: _Acts.correct,
        Status.OPEN: _Acts.stay_closed,
        Status.DOING: _Acts.stay_closed,
        Status.PENDING: _Acts.stay_closed,
        Status.CLOSED: _Acts.correct,
        Status.VOID: _Acts.advance,
    },
    Status.VOID: {},
}
"""By the status in which a problem stands and the one that its row has: what is done. A void problem stays so."""
_TAKEN_BACK: dict[tuple[Status, Status | None], _Step] = {
    (Status.DOING, Status.OPEN): _Acts.stay_in_hand,
    (Status.CLOSED, Status.OPEN): _Acts.reopen,
    (Status.CLOSED, Status.DOING): _Acts.reopen,
    (Status.VOID, Status.OPEN): _Acts.revive,
    (Status.VOID, Status.DOING): _Acts.revive,
    (Status.VOID, Status.PENDING): _Acts.revive,
    (Status.VOID, Status.CLOSED): _Acts.revive,
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


def change(kind: Kind, name: str, old: Any, new: Any) -> Words:
    """What an attribute was and is now, as people read it; a telephone number is masked."""
    field = named(kind, name).words
    if name == Field.PHONE:
        old, new = masked(old), masked(new)
    return Words(
        f"{field.zh}：{_shown(old, lambda each: each.zh)} → {_shown(new, lambda each: each.zh)}",
        f"{field.en}: {_shown(old, lambda each: each.en)} → {_shown(new, lambda each: each.en)}",
    )


def _shown(value: Any, spoken: Callable[[Any], str]) -> str:
    """A value as people read it in a change."""
    if value is None or value == []:
        return "—"
    if isinstance(value, bool):
        return spoken(answer(value))
    if isinstance(value, list):
        return listing(str(getattr(each, "name", each)) for each in value)
    if hasattr(value, "zh"):
        return spoken(value)
    return str(getattr(value, "name", value))


def _assumed(what: Words, day: date) -> Words:
    return Words(f"没有写{what.zh}，按 {day}（约）", f"no {what.en}; taken as about {day}")


def kept(remark: str | None, extra: Iterable[str]) -> str | None:
    """A remark with what unknown columns say, each once."""
    new = [each for each in extra if each not in (remark or "")]
    return "；".join(filter(None, [remark, *new])) or None


def told(remarks: list[Words]) -> str:
    """Remarks in the language of this run."""
    return T("；", "; ").join(map(name_of, remarks)) if remarks else ""


def _doubts(closed: str | None) -> list[Words]:
    """What the row says of the same thing in two ways."""
    if closed is None:
        return []
    return [
        Words(
            f"进展写着「{closed}」，状态却没有销号；按状态记",
            f"progress says “{closed}”, the status does not; taken by the status",
        )
    ]


def _clamped(stated: date, day: date) -> Words:
    return Words(
        f"办结日期 {stated} 早于台账里记的 {day}（约），按 {day}",
        f"closed on {stated}, before about {day}; taken as {day}",
    )


_FOUND, _CLOSED = Words("提出日期", "found date"), Words("办结日期", "closing date")
_NO_HOW = Words(NO_MEASURE, "no measure is stated")
_MOVED = Words("时限已随发现日期移动，没有移回", "the deadline moved with the found date and was not moved back")
_NO_PHONE = Words("责任人后面的电话没有导入", "the telephone number beside the person was not taken")
_STAYS_CLOSED = Words("台账里已销号，没有重开", "closed in the ledger; not reopened")
_STAYS_PENDING = Words("台账里待审核，没有销号也没有退回", "awaits its review in the ledger; left so")
_STAYS_DOING = Words("台账里已在办理，保持不变", "in progress in the ledger; left so")
