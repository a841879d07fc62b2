"""Any sequence of commands leaves the store as a dict of lines would be, and its history whole."""

import copy
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from tests.conftest import command
from tests.county import fingerprint, lay, nothing
from tests.domain.test_history import sha256, told
from tests.drawing import many

from fugong import db
from fugong.domain import follow_up, history, review, roster, undo
from fugong.domain import problems as ledger
from fugong.domain.writer import Writer
from fugong.errors import Refusal
from fugong.errors.entries import DateGoesBack, DueBeforeFound, FoundAfterAct, FutureDate
from fugong.errors.rules import (
    BuiltUpon,
    CannotRedo,
    DeadlinePassed,
    InReview,
    IsVoid,
    NoDeadline,
    NotAssigned,
    NotClosed,
    NothingToRedo,
    NothingToUndo,
    NotLater,
    NotLive,
    NotPending,
    OwnApplication,
    SelfDuplicate,
)
from fugong.queries.deadlines import Due
from fugong.store.records import Problem, Team
from fugong.vocab import Status

TODAY = date(2020, 3, 13)

Outcome = bool | None | type[Refusal]
"""What an act gives, or the refusal that it raises."""

days = st.integers(-9, 1).map(lambda offset: TODAY + timedelta(days=offset))
"""Business dates: mostly back-dated, some of tomorrow."""
dues = st.none() | st.integers(-9, 9).map(lambda offset: TODAY + timedelta(days=offset))
words = st.sampled_from(["口罩不足", "车辆", "资金\n周转"])
teams = st.sampled_from(["1", "2"])
departments = st.sampled_from(["甲局", "乙局"])
actors = st.sampled_from(["甲员", "乙员"])


@dataclass(slots=True)
class Line:
    """What the model knows of a problem."""

    text: str
    found_on: date
    due_on: date | None
    status: Status
    status_on: date
    """The day of the last act that set the status."""
    begun_on: date | None = None
    """The day of the first act after logging that set the status."""
    live_on: date | None = None
    """The last day of an act that only a problem in hand undergoes."""
    lead_on: date | None = None
    """The day that the department or the deadline was last set."""
    again_on: date | None = None
    """The day that it was last put back in hand, or visited."""
    department: str | None = None
    how: str | None = None
    applied_on: date | None = None
    applicant: str = ""
    duplicate_of: str | None = None
    first_due_on: date | None = None
    extended: int = 0
    chased: int = 0
    bounced: int = 0
    reopened: int = 0
    verified: str | None = None
    logged_on: date | None = None
    """The day of its logging, which a corrected found date leaves as it is."""

    @property
    def live(self) -> bool:
        return self.status in {Status.OPEN, Status.DOING, Status.PENDING}

    def move(self, status: Status, day: date, *, how: str | None = None, duplicate_of: str | None = None) -> None:
        self.status, self.status_on, self.how, self.duplicate_of = status, day, how, duplicate_of
        self.begun_on = self.begun_on or day
        if status is not Status.PENDING:
            self.verified = None
        self.applied_on = day if status is Status.PENDING else self.applied_on if status is Status.CLOSED else None

    def act(self, day: date, *, lead: bool = False) -> None:
        """An act that needs a problem in hand."""
        self.live_on = max(day, self.live_on or day)
        if lead:
            self.lead_on = max(day, self.lead_on or day)

    def reopen(self, day: date) -> None:
        self.reopened += self.status is Status.CLOSED
        self.move(Status.DOING, day)
        self.again_on = day

    def unable(self) -> tuple[tuple[bool, Outcome], ...]:
        """Why an act that needs a problem in hand is refused."""
        return (self.status is Status.PENDING, InReview), (not self.live, NotLive)

    def too_early(self, day: date, *, lead: bool = False) -> bool:
        """Whether such an act would come before the problem was in hand, or before what it sets was last set."""
        bounds = [self.logged_on, self.again_on, self.lead_on if lead else None]
        return day != TODAY and any(bound and day < bound for bound in bounds)

    def ended_too_early(self, day: date) -> bool:
        return day < self.status_on or (day != TODAY and self.live_on is not None and day < self.live_on)

    def begin(self, day: date) -> None:
        if self.status is Status.OPEN:
            self.move(Status.DOING, day)


@dataclass(slots=True, eq=False)
class Entry:
    """What the model knows of a command that wrote."""

    actor: str
    before: dict[str, Line | None]
    """Every line that it touched, as it was; None if it was not there."""
    undone: bool = False
    root: "Entry | None" = None
    """What it did again, if it did."""

    @property
    def act(self) -> "Entry":
        return self.root or self


@dataclass(slots=True, eq=False)
class Taken:
    """What the model knows of an undoing that stands."""

    entry: Entry
    after: dict[str, Line]
    """Every line that it touched, as it was before it was taken back."""
    standing: dict[str, list[Entry]]
    """The acts on each that stood when it was."""


def first_of(*checks: tuple[bool, Outcome]) -> Outcome:
    """The outcome of the first condition that holds."""
    return next(outcome for holds, outcome in checks if holds)


def people(store: str) -> None:
    """Make a store with two teams and two departments."""
    nothing(store)
    with command(cast("Path", store), "load") as writer:
        for code in ("1", "2"):
            roster.add_team(writer, code, name=f"第{code}组", county="某县")
        for name in ("甲局", "乙局"):
            roster.add_department(writer, name)


class Ledger(RuleBasedStateMachine):
    """Commands on a real store, and the same on a dict of lines."""

    problems: Bundle[str] = Bundle("problems")

    def __init__(self, store: Path) -> None:
        super().__init__()
        self.store = lay(store, people)
        self.lines: dict[str, Line] = {}
        self.numbers: Counter[str] = Counter()
        self.actor = "甲员"
        self.entries: list[Entry] = []
        self.taken: list[Taken] = []

    def run(self, verb: str, expected: Outcome, act: Callable[[Writer], Outcome]) -> bool:
        """Run one command; whether it changed anything. One that is refused leaves the store as it was."""
        before = fingerprint(self.store)
        outcome: Outcome
        try:
            with command(self.store, verb, actor=self.actor) as writer:
                outcome = act(writer)
        except Refusal as refusal:
            outcome = type(refusal)
        assert outcome == expected, (outcome, expected)
        assert expected in {True, None} or fingerprint(self.store) == before
        return expected in {True, None}

    def touch(self, *idents: str) -> None:
        """Remember how lines are before the model changes them as a command has."""
        self.entries.append(Entry(self.actor, {each: copy.copy(self.lines.get(each)) for each in idents}))

    @rule(actor=actors)
    def sit_down(self, actor: str) -> None:
        """Somebody else is at the keyboard."""
        self.actor = actor

    @initialize(target=problems)
    def begin(self) -> Any:
        return self.log("1", "口罩不足", TODAY, None)

    @rule(target=problems, team=teams, text=words, day=days, due=dues)
    def log(self, team: str, text: str, day: date, due: date | None) -> Any:
        expected = first_of((day > TODAY, FutureDate), (due is not None and due < day, DueBeforeFound), (True, True))
        ident = f"{team}-{self.numbers[team] + 1}"

        def act(writer: Writer) -> Outcome:
            problem = ledger.log_problem(
                writer, text, team=roster.find_team(writer.session, team), on=day, due=Due(due) if due else None
            )
            return problem.ident == ident

        if not self.run("log", expected, act):
            return multiple()
        self.numbers[team] += 1
        self.touch(ident)
        self.lines[ident] = Line(text, day, due, Status.OPEN, day, first_due_on=due, logged_on=day)
        return ident

    @rule(target=problems, team=teams, day=days, how=words)
    def log_solved(self, team: str, day: date, how: str) -> Any:
        """Two events of one command."""
        ident = f"{team}-{self.numbers[team] + 1}"

        def act(writer: Writer) -> Outcome:
            problem = ledger.log_problem(writer, "口罩", team=roster.find_team(writer.session, team), on=day)
            return ledger.close_problem(writer, problem, how, on=day)

        if not self.run("log", first_of((day > TODAY, FutureDate), (True, True)), act):
            return multiple()
        self.numbers[team] += 1
        self.touch(ident)
        self.lines[ident] = Line("口罩", day, None, Status.OPEN, day, logged_on=day)
        self.lines[ident].move(Status.CLOSED, day, how=how)
        return ident

    @rule(ident=problems, text=words, due=dues)
    def edit(self, ident: str, text: str, due: date | None) -> None:
        line = self.lines[ident]
        expected = first_of(
            (due is not None and due < line.found_on, DueBeforeFound),
            (True, (line.text, line.due_on) != (text, due)),
        )
        if self.change("edit", ident, expected, text=text, due_on=due):
            self.touch(ident)
            if line.due_on != due:
                line.first_due_on = line.first_due_on if line.extended else due
                line.lead_on = TODAY
            line.text, line.due_on = text, due

    @rule(ident=problems, day=days)
    def edit_found(self, ident: str, day: date) -> None:
        line = self.lines[ident]
        expected = first_of(
            (day > TODAY, FutureDate),
            (line.begun_on is not None and day > line.begun_on, FoundAfterAct),
            (line.due_on is not None and line.due_on < day, DueBeforeFound),
            (True, day != line.found_on),
        )
        if self.change("edit", ident, expected, found_on=day):
            self.touch(ident)
            line.found_on = day
            line.status_on = line.status_on if line.begun_on else day

    def change(self, verb: str, ident: str, expected: Outcome, **values: Any) -> bool:
        return self.run(
            verb,
            expected,
            lambda writer: ledger.edit_problem(writer, roster.find_problem(writer.session, ident), values),
        )

    @rule(ident=problems, department=departments, day=days)
    def assign(self, ident: str, department: str, day: date) -> None:
        line = self.lines[ident]
        expected = first_of(
            *line.unable(),
            (day > TODAY, FutureDate),
            (line.too_early(day, lead=True) or (line.status is Status.OPEN and day < line.status_on), DateGoesBack),
            (True, line.status is Status.OPEN or line.department != department),
        )

        def act(writer: Writer) -> Outcome:
            lead = roster.find_department(writer.session, department)
            return ledger.assign_problem(writer, roster.find_problem(writer.session, ident), lead, on=day)

        if self.run("assign", expected, act):
            self.touch(ident)
            line.department = department
            line.act(day, lead=True)
            line.begin(day)

    @rule(ident=problems, text=words, day=days)
    def note(self, ident: str, text: str, day: date) -> None:
        line = self.lines[ident]
        expected = first_of(
            (line.status is Status.VOID, IsVoid),
            (day > TODAY, FutureDate),
            (day < line.found_on or (line.status is Status.OPEN and day < line.status_on), DateGoesBack),
            (True, None),
        )

        def act(writer: Writer) -> None:
            ledger.note_problem(writer, roster.find_problem(writer.session, ident), text, on=day)

        if self.run("note", expected, act):
            self.touch(ident)
            line.begin(day)

    @rule(ident=problems, day=days, by=words)
    def chase(self, ident: str, day: date, by: str) -> None:
        line = self.lines[ident]
        expected = first_of(
            *line.unable(),
            (day > TODAY, FutureDate),
            (line.too_early(day), DateGoesBack),
            (True, True),
        )

        def act(writer: Writer) -> Outcome:
            follow_up.chase_problem(writer, roster.find_problem(writer.session, ident), by.split(maxsplit=1)[0], on=day)
            return True

        if self.run("chase", expected, act):
            self.touch(ident)
            line.chased += 1
            line.act(day)

    @rule(ident=problems, due=st.integers(-5, 9).map(lambda offset: TODAY + timedelta(days=offset)), late=st.booleans())
    def extend(self, ident: str, due: date, *, late: bool) -> None:
        line = self.lines[ident]
        expected = first_of(
            *line.unable(),
            (line.due_on is None, NoDeadline),
            (line.due_on is not None and due <= line.due_on, NotLater),
            (line.due_on is not None and line.due_on < TODAY and not late, DeadlinePassed),
            (True, True),
        )

        def act(writer: Writer) -> Outcome:
            problem = roster.find_problem(writer.session, ident)
            follow_up.extend_problem(writer, problem, lambda _: Due(due), "等批文", late=late)
            return True

        if self.run("extend", expected, act):
            self.touch(ident)
            line.due_on = due
            line.extended += 1
            line.act(TODAY, lead=True)

    @rule(ident=problems, to=st.none() | departments, day=days)
    def bounce(self, ident: str, to: str | None, day: date) -> None:
        line = self.lines[ident]
        expected = first_of(
            *line.unable(),
            (line.department is None, NotAssigned),
            (day > TODAY, FutureDate),
            (line.too_early(day, lead=True), DateGoesBack),
            (True, True),
        )

        def act(writer: Writer) -> Outcome:
            taker = roster.find_department(writer.session, to) if to else None
            follow_up.bounce_problem(writer, roster.find_problem(writer.session, ident), "不归我管", to=taker, on=day)
            return True

        if self.run("bounce", expected, act):
            self.touch(ident)
            line.department = to
            line.bounced += 1
            line.act(day, lead=True)

    @rule(ident=problems, fail=st.none() | words, day=days)
    def verify(self, ident: str, fail: str | None, day: date) -> None:
        line = self.lines[ident]
        visited = line.again_on if line.verified else None
        expected = first_of(
            (line.status is Status.VOID, IsVoid),
            (line.status is Status.PENDING, InReview),
            (line.status is not Status.CLOSED, NotClosed),
            (day > TODAY, FutureDate),
            (day < max(line.status_on, visited or line.status_on), DateGoesBack),
            (fail is None and visited == day, False),
            (True, True),
        )

        def act(writer: Writer) -> Outcome:
            return follow_up.verify_problem(writer, roster.find_problem(writer.session, ident), fail=fail, on=day)

        if self.run("verify", expected, act):
            self.touch(ident)
            if fail is not None:
                line.reopen(day)
            line.again_on = day
            line.verified = "ok" if fail is None else "fail"

    @rule(dry=st.booleans())
    def undo(self, *, dry: bool) -> None:
        """The last command of whoever is at the keyboard, whole, unless somebody built on it."""
        mine = [entry for entry in self.entries if entry.actor == self.actor and not entry.undone]
        if not mine:
            assert not self.run("undo", NothingToUndo, lambda writer: bool(undo.undo(writer)))
            return
        entry = mine[-1]
        later = self.entries[self.entries.index(entry) + 1 :]
        built = any(not each.undone and each.before.keys() & entry.before.keys() for each in later)
        added = [ident for ident, line in entry.before.items() if line is None]
        named = any(line.duplicate_of in added for line in self.lines.values())

        def act(writer: Writer) -> Outcome:
            undo.undo(writer)
            if dry:
                writer.session.rollback()
            return not dry

        if self.run("undo", BuiltUpon if built or named else not dry, act):
            entry.undone = True
            after = {ident: copy.copy(self.lines[ident]) for ident in entry.before}
            self.taken.append(Taken(entry, after, {ident: self.standing(ident) for ident in entry.before}))
            for ident, line in entry.before.items():
                if line is not None:
                    self.lines[ident] = line
                else:
                    gone = self.lines[ident]
                    first = gone.first_due_on
                    void = Line(gone.text, gone.found_on, gone.due_on, Status.VOID, gone.found_on, first_due_on=first)
                    self.lines[ident] = void

    def standing(self, ident: str) -> list[Entry]:
        """The acts on a line that nobody took back."""
        return [entry.act for entry in self.entries if ident in entry.before and not entry.undone]

    @rule()
    def redo(self) -> None:
        """What whoever is at the keyboard took back last, whole, unless it was written on since."""
        mine = [taken for taken in self.taken if taken.entry.actor == self.actor]
        if not mine:
            assert not self.run("redo", NothingToRedo, lambda writer: bool(undo.redo(writer)))
            return
        last = mine[-1]
        since = any(self.standing(ident) != then for ident, then in last.standing.items())
        if self.run("redo", CannotRedo if since else True, lambda writer: bool(undo.redo(writer))):
            before = {ident: copy.copy(line) for ident, line in last.entry.before.items()}
            self.entries.append(Entry(self.actor, before, root=last.entry.act))
            self.taken.remove(last)
            self.lines |= {ident: copy.copy(line) for ident, line in last.after.items()}

    @rule(ident=problems, how=words, day=days)
    def close(self, ident: str, how: str, day: date) -> None:
        line = self.lines[ident]

        def act(writer: Writer) -> Outcome:
            return ledger.close_problem(writer, roster.find_problem(writer.session, ident), how, on=day)

        if self.run("close", self.closing(line, day), act):
            self.touch(ident)
            line.move(Status.CLOSED, day, how=how)

    @rule(ident=problems, how=words, day=days)
    def apply(self, ident: str, how: str, day: date) -> None:
        """What ``close`` does where closings are reviewed."""
        line = self.lines[ident]
        expected = first_of(
            (line.status is Status.VOID, IsVoid),
            (day > TODAY, FutureDate),
            (line.status in {Status.CLOSED, Status.PENDING}, False),
            (line.ended_too_early(day), DateGoesBack),
            (True, True),
        )

        def act(writer: Writer) -> Outcome:
            return review.apply_for_closing(writer, roster.find_problem(writer.session, ident), how, on=day)

        if self.run("close", expected, act):
            self.touch(ident)
            line.move(Status.PENDING, day, how=how)
            line.applicant = self.actor

    def reviewing(self, line: Line, day: date) -> Outcome:
        return first_of(
            (line.status is not Status.PENDING, NotPending),
            (line.applicant == self.actor, OwnApplication),
            (day > TODAY, FutureDate),
            (day < line.status_on, DateGoesBack),
            (True, True),
        )

    @rule(ident=problems, day=days)
    def approve(self, ident: str, day: date) -> None:
        line = self.lines[ident]
        expected = False if line.status is Status.CLOSED else self.reviewing(line, day)

        def act(writer: Writer) -> Outcome:
            return review.approve(writer, roster.find_problem(writer.session, ident), on=day)

        if self.run("approve", expected, act):
            self.touch(ident)
            line.move(Status.CLOSED, day, how=line.how)

    @rule(ident=problems, why=words, day=days)
    def reject(self, ident: str, why: str, day: date) -> None:
        line = self.lines[ident]

        def act(writer: Writer) -> Outcome:
            return review.reject(writer, roster.find_problem(writer.session, ident), why, on=day)

        if self.run("reject", self.reviewing(line, day), act):
            self.touch(ident)
            verified = line.verified  # nothing was closed that could be visited about
            line.move(Status.DOING, day)
            line.verified, line.again_on = verified, day

    @rule(how=words, day=days)
    def close_all(self, how: str, day: date) -> None:
        """Several problems in one command: all of them, or none."""
        live = [ident for ident, line in self.lines.items() if line.live]
        outcomes = [self.closing(self.lines[ident], day) for ident in live]
        refusal = next((outcome for outcome in outcomes if outcome is not True), None)

        def act(writer: Writer) -> Outcome:
            for ident in live:
                ledger.close_problem(writer, roster.find_problem(writer.session, ident), how, on=day)
            return bool(live)

        if self.run("close", refusal or bool(live), act):
            self.touch(*live)
            for ident in live:
                self.lines[ident].move(Status.CLOSED, day, how=how)

    def closing(self, line: Line, day: date) -> Outcome:
        return first_of(
            (line.status is Status.VOID, IsVoid),
            (day > TODAY, FutureDate),
            (line.status is Status.CLOSED, False),
            (line.ended_too_early(day), DateGoesBack),
            (True, True),
        )

    @rule(ident=problems, why=words, day=days)
    def reopen(self, ident: str, why: str, day: date) -> None:
        line = self.lines[ident]
        expected = first_of(
            (line.status is Status.PENDING, InReview),
            (line.live, False),
            (day > TODAY, FutureDate),
            (day < line.status_on, DateGoesBack),
            (True, True),
        )

        def act(writer: Writer) -> Outcome:
            return ledger.reopen_problem(writer, roster.find_problem(writer.session, ident), why, on=day)

        if self.run("reopen", expected, act):
            self.touch(ident)
            line.reopen(day)

    @rule(ident=problems, original=st.none() | problems, why=words, day=days)
    def void(self, ident: str, original: str | None, why: str, day: date) -> None:
        line = self.lines[ident]
        expected = first_of(
            (original == ident, SelfDuplicate),
            (original is not None and self.lines[original].status is Status.VOID, IsVoid),
            (day > TODAY, FutureDate),
            (line.status is Status.VOID, False),
            (line.ended_too_early(day), DateGoesBack),
            (True, True),
        )

        def act(writer: Writer) -> Outcome:
            other = roster.find_problem(writer.session, original) if original else None
            return ledger.void_problem(
                writer, roster.find_problem(writer.session, ident), why, duplicate_of=other, on=day
            )

        if self.run("void", expected, act):
            self.touch(ident)
            line.move(Status.VOID, day, duplicate_of=original)

    @invariant()
    def the_store_holds_what_the_model_holds(self) -> None:
        sql = (
            "SELECT t.code || '-' || p.number, p.text, p.found_on, p.due_on, p.status, p.status_on, p.closed_on, p.how,"
            " p.applied_on, d.name, o.code || '-' || q.number, p.first_due_on, coalesce(p.extended, 0),"
            " coalesce(p.chased, 0), coalesce(p.reopened, 0), p.verified,"
            " (SELECT count(*) FROM bounce b WHERE b.problem_id = p.id)"
            " FROM problem p JOIN team t ON t.id = p.team_id"
            " LEFT JOIN department d ON d.id = p.department_id"
            " LEFT JOIN problem q ON q.id = p.duplicate_of_id LEFT JOIN team o ON o.id = q.team_id"
        )
        with db.reading(str(self.store)) as reader:
            held = sorted(reader.rows(sql), key=str)
        known = [
            (
                ident, line.text, str(line.found_on), str(line.due_on) if line.due_on else None, line.status.value,
                str(line.status_on), str(line.status_on) if line.status is Status.CLOSED else None, line.how,
                str(line.applied_on) if line.applied_on else None, line.department, line.duplicate_of,
                str(line.first_due_on) if line.first_due_on else None, line.extended,
                line.chased, line.reopened, line.verified, line.bounced,
            )
            for ident, line in self.lines.items()
        ]  # fmt: skip
        assert held == sorted(known, key=str)

    @invariant()
    def found_is_solved_and_in_hand_and_numbers_are_unique(self) -> None:
        sql = (
            "SELECT count(CASE WHEN status <> 'void' THEN 1 END), count(CASE WHEN status = 'closed' THEN 1 END),"
            " count(CASE WHEN status IN ('open', 'doing', 'pending') THEN 1 END),"
            " count(*) - count(DISTINCT team_id || '-' || number) FROM problem"
        )
        with db.reading(str(self.store)) as reader:
            found, solved, in_hand, twice = reader.first(sql) or ()
        assert found == solved + in_hand
        assert twice == 0

    @invariant()
    def every_record_is_the_fold_of_its_events_and_its_status_never_goes_back(self) -> None:
        with db.writing(str(self.store)) as session:
            for record in [*session.all(Team), *session.all(Problem)]:
                events = history.of(session, record.uid)
                assert history.fold(json.loads(event.changes) for event in events) == history.state(record)
                dates = [event.on_date for event in history.effective(events) if event.sets("status")][1:]
                assert dates == sorted(dates)
                assert not dates or history.state(record)["found_on"] <= str(dates[0])

    @invariant()
    def every_event_is_its_hash_and_names_the_one_before_it(self) -> None:
        last: dict[str, list[str]] = {}
        for event in told(self.store):
            hash_ = event.pop("hash")
            assert sha256(event) == hash_
            assert event["parents"] == last.get(event["subject"], [])
            last[event["subject"]] = [hash_]


def test_any_sequence_of_commands_leaves_the_store_as_a_dict_of_lines_would_be(store: Path, engine: str) -> None:
    run_state_machine_as_test(
        cast("type[Ledger]", lambda: Ledger(store)),
        settings=settings(
            max_examples=many(20 if engine == "sqlite" else 6),  # a command costs a server several times as much
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
