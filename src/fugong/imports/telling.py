"""What is told of a row besides what became of it: what changed, what was assumed, what was left as it is."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from fugong.attributes import named
from fugong.domain.writer import Writer
from fugong.imports.cells.columns import Field
from fugong.imports.cells.values import REMEMBERED
from fugong.lang import T, listing, name_of
from fugong.queries.deadlines import Due, due_of
from fugong.queries.due_words import in_words
from fugong.queries.lights import Lights, lights_on
from fugong.store.records import Problem
from fugong.values.personal import masked
from fugong.vocab import Kind, Light, Words, answer

NO_MEASURE = "措施未载明"
"""The measure that is stored for a closed row without one; Chinese, as the texts of a ledger are."""
FOUND, CLOSED = Words("提出日期", "found date"), Words("办结日期", "closing date")
NO_HOW = Words(NO_MEASURE, "no measure is stated")
MOVED = Words("时限已随发现日期移动，没有移回", "the deadline moved with the found date and was not moved back")
NO_PHONE = Words("责任人后面的电话没有导入", "the telephone number beside the person was not taken")
STAYS_CLOSED = Words("台账里已销号，没有重开", "closed in the ledger; not reopened")
STAYS_PENDING = Words("台账里待审核，没有销号也没有退回", "awaits its review in the ledger; left so")
APPLIED = Words("表里已销号，记作申请销号，待审核", "closed in the file; entered as an application, to be reviewed")
UNREVIEWED = Words(
    "表里待审核，这里不审核销号，记作办理中",
    "awaits its review in the file; here nothing is reviewed, so it is in progress",
)
STAYS_DOING = Words("台账里已在办理，保持不变", "in progress in the ledger; left so")


def change(kind: Kind, name: str, old: Any, new: Any) -> Words:
    """What an attribute was and is now, as people read it; a telephone number is masked."""
    field = named(kind, name).words
    if name == Field.PHONE:
        old, new = masked(old), masked(new)
    return Words(
        f"{field.zh}：{_shown(old, lambda each: each.zh)} → {_shown(new, lambda each: each.zh)}",
        f"{field.en}: {_shown(old, lambda each: each.en)} → {_shown(new, lambda each: each.en)}",
    )


def shown(name: str, value: Any) -> Words:
    """A value of an attribute as people read it; a telephone number is masked."""
    value = masked(value) if name == Field.PHONE else value
    return Words(_shown(value, lambda each: each.zh), _shown(value, lambda each: each.en))


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


class Understood:
    """What rows were understood to say, as the commands say it that write one problem."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._shone: Lights | None = None
        self._said: dict[tuple[object, ...], Words] = {}
        """By what is said: many rows of a file say the same."""
        self.told = lru_cache(REMEMBERED)(told)
        """As the function: many rows have the same remarks."""

    def new(self, problem: Problem) -> list[Words]:
        """Who must act, the category and the deadline of a problem that a row entered, as far as it says them."""
        due, light = self._due(problem)
        department, category = problem.department, problem.category
        key = (department and department.name, category and category.code, due, light)
        if key not in self._said:
            said = [
                department and Words(f"交{department.name}", f"to {department.name}"),
                category and Words(category.zh, category.en or category.zh),
                self._deadline(due, light),
            ]
            told = [each for each in said if each]
            self._said[key] = Words("；".join(each.zh for each in told), "; ".join(each.en for each in told))
        return [self._said[key]] if self._said[key].zh else []

    def moved(self, before: Due, problem: Problem) -> Words:
        """The deadline that a row changed, before and after."""
        name = named(Kind.PROBLEM, "due_on").words
        was = in_words(before._replace(due_from=None, due_estimated=False), self._writer.today)
        now = in_words(*self._now(problem))
        none = Words("—", "—")
        return Words(
            f"{name.zh}：{(was or none).zh} → {(now or none).zh}", f"{name.en}: {(was or none).en} → {(now or none).en}"
        )

    def _now(self, problem: Problem) -> tuple[Due, date, Light | None]:
        due, light = self._due(problem)
        return due, self._writer.today, light

    def _due(self, problem: Problem) -> tuple[Due, Light | None]:
        self._shone = self._shone or lights_on(self._writer.session.rows, self._writer.today)
        return due_of(problem), self._shone.of_problem(problem) if problem.due_on else None

    def _deadline(self, due: Due, light: Light | None) -> Words | None:
        said = in_words(due, self._writer.today, light)
        return said and Words(f"时限 {said.zh}", f"due {said.en}")


def applied(count: int) -> Words:
    """What is told of closed rows at the end, where closings are reviewed."""
    return Words(
        f"表里已销号的有 {count} 个记作申请销号，待审核：fugong list --status pending。"
        "表是审核过的，加 --approved 再导一次。",
        f"Closed rows that were entered as applications, to be reviewed: {count} (fugong list --status pending). If "
        "what the file has as closed was reviewed already, import it once more with --approved.",
    )


def assumed(what: Words, day: date) -> Words:
    """The remark that a row does not say a day, and which one was taken in its place."""
    return Words(f"没有写{what.zh}，按 {day}（约）", f"no {what.en}; taken as about {day}")


def told(remarks: Sequence[Words]) -> str:
    """Remarks in the language of this run."""
    return T("；", "; ").join(map(name_of, remarks)) if remarks else ""


def doubts(closed: str | None, closed_on: date | None = None) -> list[Words]:
    """Remarks where two columns of the row contradict each other.

    Args:
        closed: What the progress says, if only that says that it is closed.
        closed_on: A closing date that was not taken, as the status is not closed.
    """
    found = list[Words]()
    if closed is not None:
        found.append(
            Words(
                f"进展写着「{closed}」，状态却没有销号；按状态记",
                f"progress says “{closed}”, the status does not; taken by the status",
            )
        )
    if closed_on is not None:
        found.append(
            Words(
                f"写了办结日期 {closed_on}，状态却没有销号；按状态记，这一天没有记",
                f"it has a closing date, {closed_on}, the status is not closed; taken by the status, without that day",
            )
        )
    return found


def earlier(was: date, now: date) -> Words:
    """What is told where a found date that was made up gave way to an earlier day of the row."""
    return Words(f"提出日期：约 {was} → 约 {now}", f"found: about {was} → about {now}")
