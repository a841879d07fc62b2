"""What a writing command understood: who must act, the category, the deadline with its rule, a light not green."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from fugong.lang import T, listing, name_of
from fugong.vocab import LIVE, Light, Status

if TYPE_CHECKING:
    from fugong.domain.writer import Writer
    from fugong.store.records import Problem

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


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
    """What was not said of a new problem, how to add it, and how to take the whole back."""
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
    """A deadline in words: its day with the weekday, the rule that made it, and its light."""
    from fugong.queries import deadlines

    if problem.due_on is None:
        return name_of(deadlines.WORDS[problem.due_rule]) if problem.due_rule in deadlines.WORDS else ""
    return weekday(problem.due_on) + _rule(problem, writer.today) + _light(writer, problem)


def weekday(day: date) -> str:
    """A day with its weekday: 2020-03-31 周二, Tue 2020-03-31."""
    return T(f"{day} {WEEKDAYS[day.weekday()]}", f"{day:%a} {day}")


def _was(before: "date | None") -> str:
    return f"{weekday(before)} → " if before else ""


def _rule(problem: "Problem", today: date) -> str:
    """The rule that made a deadline, and from when it counts if not from today."""
    if not problem.due_rule or not problem.due_from:
        return T("，推算", ", estimated") if problem.due_estimated else ""
    from fugong.values.spans import Rule

    rule = name_of(Rule.parse(problem.due_rule).words)
    counted = problem.due_from
    start, since = ("", "") if counted == today else (f"从 {counted} 起 ", f" from {counted}")
    guess = T("，推算", ", estimated") if problem.due_estimated else ""
    return T(f"（{start}{rule}{guess}）", f" ({rule}{since}{guess})")


def _light(writer: "Writer", problem: "Problem") -> str:
    """The light of a deadline, unless it is green."""
    from fugong.queries.lights import light_of

    light = light_of(writer.session.rows, problem.due_on, live=problem.status in LIVE, today=writer.today)
    if light in (Light.GREEN, Light.GREY):
        return ""
    near = T("，今天", ", today") if problem.due_on == writer.today else ""
    return f"{near} ● {name_of(light)}"
