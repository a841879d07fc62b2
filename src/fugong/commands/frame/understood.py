"""What a writing command understood: who must act, the category, the deadline with its rule, a light not green."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from fugong.lang import T, listing, name_of
from fugong.vocab import LIVE, Status

if TYPE_CHECKING:
    from fugong.domain.writer import Writer
    from fugong.store.records import Problem


def understood(writer: "Writer", problem: "Problem", about: Collection[str], before: "date | None" = None) -> str:
    """One line about a problem as it is now; empty where there is nothing to say.

    Args:
        writer: The command's writer, before it commits.
        problem: The problem.
        about: What was said of it: ``team``, ``department``, ``category``, ``due``, ``review``.
        before: Its deadline until now, where that is to be said.
    """
    parts = []
    if "team" in about:
        parts.append(problem.team.name)
    if "department" in about and problem.department:
        parts.append(T(f"交{problem.department.name}", f"to {problem.department.name}"))
    if "category" in about and problem.category:
        parts.append(name_of(problem.category))
    if "due" in about and (said := deadline(writer, problem)):
        parts.append(T(f"时限 {_was(before)}{said}", f"due {_was(before)}{said}"))
    if "review" in about and problem.status is Status.PENDING:
        by = f"fugong approve {problem.ident}"
        parts.append(T(f"已申请销号，待审核：由另一个人 {by}", f"put up for closing; somebody else reviews it: {by}"))
    return T("；", "; ").join(parts)


def left_out(problem: "Problem") -> str:
    """What a new problem lacks (department, category, deadline), how to add it, and how to undo the log."""
    lacking = (
        (problem.department, T("责任单位", "department"), T("-d 单位", "-d DEPARTMENT")),
        (problem.category, T("类别", "category"), T("-c 类别", "-c CATEGORY")),
        (problem.due_on or problem.due_rule, T("时限", "deadline"), T("--due 时限", "--due DATE")),
    )
    missing = [(name, option) for value, name, option in lacking if not value]
    undo = T("打错了：fugong undo", "If it is wrong: fugong undo")
    if not missing or problem.status not in LIVE:
        return undo
    named = listing(name for name, _ in missing)
    edit = " ".join([f"fugong edit {problem.ident}", *(option for _, option in missing)])
    return T(f"没写：{named}（补上：{edit}）。{undo}", f"Not given: {named} (add it: {edit}). {undo}")


def deadline(writer: "Writer", problem: "Problem") -> str:
    """A problem's deadline in words; empty where it has none."""
    from fugong.queries.deadlines import due_of
    from fugong.queries.due_words import in_words
    from fugong.queries.lights import lights_on

    light = lights_on(writer.session.rows, writer.today).of_problem(problem) if problem.due_on else None
    said = in_words(due_of(problem), writer.today, light)
    return name_of(said) if said else ""


def weekday(day: date) -> str:
    """A day with its weekday, in the language of the run."""
    from fugong.queries.due_words import weekday as said

    return name_of(said(day))


def _was(before: "date | None") -> str:
    return f"{weekday(before)} → " if before else ""
