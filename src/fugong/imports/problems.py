"""Rows of problems: recognised, then logged or brought into line."""

from collections.abc import Callable, Iterator

from fugong.domain import problems
from fugong.domain.likely import Likely, doubts
from fugong.domain.writer import Writer
from fugong.imports import acts, apply, edits, resolve, telling
from fugong.imports.alike import Alike, Like
from fugong.imports.cells import rows
from fugong.imports.cells.columns import Field
from fugong.imports.cells.rows import Cells
from fugong.imports.cells.values import shown
from fugong.imports.match import Known, Match, is_uid
from fugong.imports.names import Names
from fugong.imports.outcomes import Line
from fugong.imports.plan import Plan
from fugong.imports.resolve import Filing, Wanted
from fugong.queries.deadlines import NO_DUE
from fugong.store.records import Problem
from fugong.store.spill import Memo
from fugong.values import texts
from fugong.vocab import Status, Words
from fugong.vocab.importing import Outcome


class Problems:
    """Takes the rows of a problem ledger."""

    def __init__(
        self, writer: Writer, names: Names, filing: Filing, plan: Plan, moving: Callable[[str, str], str]
    ) -> None:
        self._plan = plan
        self._moving = moving
        """The command that moves a problem to the team of a code."""
        self._writer = writer
        self._names = names
        self._filing = filing
        self._known = Known(writer)
        self._likely = Likely(writer)
        self._alike = Alike()
        self._said = telling.Understood(writer)
        self._seen = Memo()
        """By uid of the problem: the row that was about it, and a hash of what that row said."""
        self.applied = 0
        """How many closed rows became applications."""
        self.void = 0
        """How many rows are about what somebody voided."""

    def take(self, cells: Cells, extra: tuple[str, ...]) -> Line | None:
        """Write what a row says; None where it has a fault, which is noted."""
        wanted, before = self._read(cells, extra)
        if wanted is None:
            return None
        match, said = self._known.find(wanted), f"{cells.number} {_said(wanted)}"
        twin = self._twin(wanted, match) if match else None
        if match and not self._first(cells, wanted, match):
            return None
        void = match is not None and match.problem.status is Status.VOID
        if match and (line := self._void(cells, match, wanted, said)):
            return line
        if match:
            wanted = resolve.found_before(cells, wanted, match.problem.found_on, self._names, self._filing)
        if match and match.by_uid:
            changed = edits.edited(self._writer, cells, match.problem, wanted, self._plan.take)
            if changed is None:
                return None
            if _stays_void(match.problem, wanted, changed):
                return self._line(cells, apply.Taken(Outcome.SAME, match.problem, [_IS_VOID]), said, None)
            wanted = changed
        if match:
            taken = apply.update(self._writer, match, wanted, self._filing, self._said)
        else:
            taken = self._new(wanted, before)
        if void and taken.problem.status is not Status.VOID:
            taken = taken._replace(outcome=Outcome.CHANGED, remarks=[_REVIVED, *taken.remarks])
        taken.remarks.extend(_undated(cells, wanted))
        return self._line(cells, taken, said, twin)

    def _read(self, cells: Cells, extra: tuple[str, ...]) -> tuple[Wanted | None, Like | None]:
        """What a row wants, and the one that it is like; None where a cell has a fault."""
        before = self._alike.of(cells, extra)
        if before:
            if wanted := resolve.like(cells, before.wanted, self._names, self._filing):
                return wanted, before
            cells.faults.clear()  # they are noted once more
        row = rows.problem(cells, self._filing.years, extra)
        if row.uid and not is_uid(row.uid):
            cells.fault(Field.UID, _NO_UID)
        return resolve.problem(cells, row, self._names, self._filing), None

    def _void(self, cells: Cells, match: Match, wanted: Wanted, said: str) -> Line | None:
        """What becomes of a row whose problem is void: entered anew after an undo, else told of; None: as of others."""
        problem = match.problem
        if problem.status is not Status.VOID or wanted.row.status is Status.VOID:
            return None
        if problems.undone(self._writer, problem):
            return self._line(cells, apply.create(self._writer, wanted, self._filing, problem), said, None)
        if self._plan.revive:
            problems.reopen_problem(self._writer, problem, acts.REOPENED)
        elif not match.by_uid:
            return self._line(cells, apply.Taken(Outcome.SAME, problem, [_IS_VOID]), said, None)
        return None

    def _line(self, cells: Cells, taken: apply.Taken, said: str, twin: str | None) -> Line:
        """What became of a row; ``twin`` is the row that said the same before."""
        problem = taken.problem
        self._seen.add(problem.uid, said)
        self.applied += telling.APPLIED in taken.remarks
        self.void += _IS_VOID in taken.remarks
        if twin:
            taken.remarks.append(Words(f"和第 {twin} 行相同", f"the same as row {twin}"))
        firm = problem.enterprise.name if problem.enterprise else None
        about = (problem.ident, firm, problem.text)
        detail, named = self._said.told(tuple(taken.remarks)) or None, bool(twin) or _IS_VOID in taken.remarks
        return Line("", cells.number, taken.outcome, *about, detail=detail, named=named)

    def _new(self, wanted: Wanted, before: Like | None) -> apply.Taken:
        if before:
            problem = problems.log_like(
                self._writer, before.entered, wanted.row.text or "", enterprise=wanted.enterprise, team=wanted.team
            )
            taken = apply.Taken(Outcome.NEW, problem, [*before.remarks])
        else:
            taken = apply.create(self._writer, wanted, self._filing)
            taken.remarks[:0] = self._said.new(taken.problem)
            self._alike.keep(wanted, self._writer.entered(taken.problem), taken.remarks)
        taken.remarks.extend(self._of_another(wanted))
        self._known.add(wanted, taken.problem)
        if taken.problem.live:
            moving = None if self._plan.dry_run else self._moving
            taken.remarks.extend(doubts(self._likely, taken.problem, wanted.enterprise, wanted.team, moving))
        return taken

    def _of_another(self, wanted: Wanted) -> Iterator[Words]:
        """What is told where the firm's team is not the one that the file or its sheet names."""
        filed, its = self._filing.team, wanted.team
        if filed and wanted.enterprise and not wanted.row.team and self._names.team(filed) is not its:
            firm = wanted.enterprise.name
            yield Words(
                f"{firm}由{its.name}包联，记在{its.name}，不记在「{filed}」",
                f"{firm} is looked after by {its.name}; the problem is {its.name}'s, not {filed}'s",
            )

    def _twin(self, wanted: Wanted, match: Match) -> str | None:
        """The row that said the same, word for word."""
        row, before = (self._seen.of(match.problem.uid) or [" "])[0].split(" ")
        return row if before == str(_said(wanted)) else None

    def _first(self, cells: Cells, wanted: Wanted, match: Match) -> bool:
        """Whether a row may speak about this problem: the first does, and any that repeats it word for word."""
        problem: Problem = match.problem
        said = str(_said(wanted))
        row, before = (self._seen.of(problem.uid) or [f"{cells.number} {said}"])[0].split()
        if said != before:
            words = _COPIED if match.by_uid else _TWICE
            cells.fault(
                Field.UID if match.by_uid else Field.TEXT, Words(words.zh.format(row=row), words.en.format(row=row))
            )
            return False
        if match.by_uid and Field.TEAM in wanted.row.given and wanted.team is not problem.team:
            move = self._moving(problem.ident, wanted.team.code)
            cells.fault(Field.TEAM, Words(f"{_OTHER_TEAM.zh}{move}", f"{_OTHER_TEAM.en}{move}"))
            return False
        return True


def _undated(cells: Cells, wanted: Wanted) -> Iterator[Words]:
    """What is told of a deadline in words that are no date."""
    if wanted.due == NO_DUE:
        words = shown(cells.cells.get(Field.DUE_ON))
        yield Words(f"时限写着「{words}」，没有日期", f"its deadline is “{words}”, without a date")


def _stays_void(problem: Problem, wanted: Wanted, changed: Wanted) -> bool:
    """Whether a problem was voided since its row was exported, and the row does not bring it back."""
    exported_void = wanted.row.status is Status.VOID
    return problem.status is Status.VOID and not exported_void and changed.row.status is None


def _said(wanted: Wanted) -> int:
    """A hash of all that a row says, however it spells names; a deadline in words it says itself."""
    row = wanted.row
    named = (wanted.team, wanted.enterprise, wanted.category, wanted.department, *wanted.assist)
    return hash((
        row.uid, texts.key(row.text or ""), *(each and each.uid for each in named),
        row.found_on, row.how, row.progress, row.status, row.live, row.closed_on, row.remark, row.version, row.extra,
        row.about, row.visit, wanted.due if row.found_on else None,
    ))  # fmt: skip


_NO_UID = Words(
    "不是本程序导出的标识；新问题请留空", "no identity that this program exports; leave it blank for a new row"
)
_COPIED = Words(
    "和第 {row} 行的标识相同；新问题请清空这一格", "the same identity as row {row}; clear this cell for a new problem"
)
_TWICE = Words(
    "和第 {row} 行是同一个问题，内容却不同；请合成一行，是两个问题就把描述写得不一样",
    "the same problem as row {row}, but told differently; make one row of them, or tell two problems in other words",
)
_IS_VOID = Words("已作废，未导入；--revive 恢复", "void, and not taken; --revive brings it back")
_REVIVED = Words("从作废恢复", "brought back from void")
_OTHER_TEAM = Words("导入不改帮扶组；要改组请用：", "an import moves no problem to another team; do it with: ")
