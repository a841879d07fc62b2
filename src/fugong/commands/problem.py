"""What people do with problems all day: log, edit, assign, note, close, reopen, void."""

import re
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fugong.commands.frame import completing, options
from fugong.commands.frame.app import App
from fugong.commands.frame.asking import may_ask
from fugong.commands.frame.doubts import doubt
from fugong.commands.frame.writing import (
    day_of,
    due_from,
    each,
    line,
    say,
    say_entered_before,
    say_understood,
    tell,
    usual_team,
    writing,
)
from fugong.errors.entries import TextMissing
from fugong.lang import T
from fugong.vocab import ListName, Source, SourceChange, Status

if TYPE_CHECKING:
    from fugong.domain.writer import Writer
    from fugong.queries.deadlines import Stated
    from fugong.store.records import Problem

app = App()

NO_ENTERPRISE = "-"
"""What is typed instead of an enterprise where the problem is the team's own."""


@app.command(help=T("登记一个问题。", "Log a problem."), last="text")
def log(
    ctx: typer.Context,
    enterprise: Annotated[
        str,
        typer.Argument(
            metavar=T("企业", "ENTERPRISE"),
            autocompletion=completing.enterprises,
            help=T(
                "企业的全称、简称或其中一段；没有具体企业写 - 并加 --team。",
                "Name, alias or part of the name; - together with --team if there is no firm.",
            ),
        ),
    ],
    text: Annotated[str, typer.Argument(metavar=T("描述", "TEXT"), help=T("问题描述。", "What the problem is."))],
    team: options.Team = None,
    category: options.Category = None,
    source: options.SourceOption = None,
    department: options.Lead = None,
    assist: options.Assist = None,
    person: options.Person = None,
    due: options.DueOption = None,
    major: Annotated[
        bool, typer.Option("--major", help=T("需要县里协调的重大问题。", "Needs the county's coordination."))
    ] = False,
    on: options.On = None,
    approx: options.Approx = False,
    solved: Annotated[
        bool, typer.Option("--solved", help=T("已当场解决，登记并销号。", "Solved on the spot: log it and close it."))
    ] = False,
    how: Annotated[
        str | None,
        typer.Option(
            "--how",
            metavar=T("措施", "TEXT"),
            help=T("怎样解决的，和 --solved 一起用。", "How it was solved; goes with --solved."),
        ),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(
            "--key",
            metavar=T("标识", "KEY"),
            help=T(
                "防重复的标识：同一标识只登记一次。",
                "The same key is logged only once, however often the command runs.",
            ),
        ),
    ] = None,
    inferred: options.Inferred = False,
    note: options.Note = None,
) -> None:
    from fugong.commands.frame.understood import left_out, understood
    from fugong.domain import nil as nils
    from fugong.domain import problems, roster
    from fugong.domain.likely import Likely, doubts
    from fugong.errors.rules import HowNeeded, HowWithoutSolved
    from fugong.imports.lines import moving

    if enterprise == NO_ENTERPRISE:
        team = usual_team(ctx, team)
    if solved and not (how and how.strip()):
        raise HowNeeded
    if how and not solved:
        raise HowWithoutSolved
    with writing(ctx.obj.store, "log") as writer:
        session = writer.session
        known = problems.with_key(writer, key) if key else None
        again = known if known and problems.undone(writer, known) else None
        known = None if again else known
        problem = known or problems.log_problem(
            writer,
            text,
            enterprise=None if enterprise == NO_ENTERPRISE else roster.find_enterprise(session, enterprise),
            team=roster.find_team(session, team) if team else None,
            category=roster.find_term(session, ListName.CATEGORY, category) if category else None,
            source=source,
            department=roster.find_department(session, department) if department else None,
            assist=[roster.find_department(session, name) for name in assist or ()],
            person=person,
            on=day_of(writer, on),
            approximate=approx,
            due=due_from(writer, due, day_of(writer, on) or writer.today) if due else None,
            major=major,
            key=key,
            again=again,
            inferred=inferred,
            remark=note,
        )
        if solved and how and not known:
            from fugong.domain import review

            review.strike_off(writer, problem, how, on=day_of(writer, on), approximate=approx)
        said = line(problem)
        given = {"department": department, "category": category, "due": due}
        about = [name for name, value in given.items() if value] if not known else []
        nil = not known and nils.nil_on(writer, problem.team, problem.found_on)
        asked, firm = may_ask(), problem.enterprise
        move = None if asked else partial(moving, ctx.obj.store)
        for words in [] if known or solved else doubts(Likely(writer), problem, firm, problem.team, move):
            doubt(ctx, words)
        read = sys.stderr.isatty()  # a script knows what it said
        meant = understood(writer, problem, ("team", *about)) if about or (read and not known) else ""
        lacking = left_out(problem) if read and not known else ""
    tell(said)
    if nil:
        day = problem.found_on
        say(T(f"注意：这一组 {day} 已经零报告。", f"Note: this team said that it has nothing to report of {day}."))
    say_understood([(problem.ident, meant)])
    if lacking:
        say(f"     {lacking}")
    if known and key:
        say_entered_before(key)


@app.command(help=T("修改问题的内容；空的值表示清除。", "Correct a problem; an empty value clears."))
def edit(
    ctx: typer.Context,
    ids: options.Ids,
    text: Annotated[
        str | None, typer.Option("--text", metavar=T("描述", "TEXT"), help=T("新的描述。", "The new text."))
    ] = None,
    category: options.Category = None,
    enterprise: Annotated[
        str | None,
        typer.Option(
            "--enterprise",
            "-e",
            metavar=T("企业", "NAME"),
            autocompletion=completing.enterprises,
            help=T("所属企业；- 表示没有具体企业。", "The enterprise; - for none."),
        ),
    ] = None,
    team: Annotated[
        str | None,
        typer.Option(
            "--team",
            "-t",
            metavar=T("组号", "CODE"),
            autocompletion=completing.team_codes,
            help=T("改到哪个帮扶组，编号随之改变。", "The team to move it to; it gets a number there."),
        ),
    ] = None,
    source: options.SourceEdited = None,
    department: options.Lead = None,
    assist: options.Assist = None,
    person: options.Person = None,
    due: options.DueOption = None,
    due_from_: Annotated[
        str | None,
        typer.Option(
            "--due-from",
            metavar=T("日期", "DATE"),
            help=T("--due 的天数从哪一天算起；默认今天。", "The day that the days of --due count from; default today."),
        ),
    ] = None,
    major: Annotated[
        bool | None,
        typer.Option("--major/--no-major", help=T("是否需要县里协调。", "Whether it needs the county's coordination.")),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar=T("日期", "DATE"), help=T("更正发现日期。", "Correct the day it was found.")),
    ] = None,
    approx: options.ApproxOrNot = None,
    inferred: options.InferredOrNot = None,
    note: options.Note = None,
) -> None:
    from fugong.domain import problems, roster
    from fugong.domain.escalation import must_not_be_escalated
    from fugong.errors.rules import NothingToEdit

    given = {"text": text, "category": category, "enterprise": enterprise, "source": source, "department": department,
             "assist": assist, "person": person, "due": due, "due_from": due_from_, "major": major,
             "on": on, "approx": approx, "inferred": inferred, "note": note}  # fmt: skip
    others = not all(value is None or value == [] for value in given.values())
    if not others and team is None:
        raise NothingToEdit(id=ids[0])
    moved: list[tuple[str, Problem]] = []

    def act(writer: "Writer", problem: "Problem") -> bool:
        if major is False:
            must_not_be_escalated(problem)
        before = problem.ident
        went = team is not None and problems.move_problem(writer, problem, roster.find_team(writer.session, team))
        moved.extend([(before, problem)] if went else [])
        wanted, stated = _wanted(writer, given), _stated(writer, problem, due, due_from_)
        return (others and problems.edit_problem(writer, problem, wanted, stated)) or went

    about = [name for name in ("department", "category") if given[name]]
    about += ["due"] if given["due"] or given["due_from"] or given["on"] else []
    each(ctx, "edit", ids, act, T("没有变化", "is as it was"), about)
    for number, problem in moved:
        say(
            T(f"{number} 改号 {problem.ident}；{number} 仍能找到它。", f"{number} is {problem.ident}; either finds it.")
        )


@app.command(
    help=T("交办给责任单位，问题转为办理中。", "Hand problems to a department; they are then in progress."),
    last="department",
)
def assign(
    ctx: typer.Context,
    ids: options.Ids,
    department: Annotated[
        str,
        typer.Option(
            "--department",
            "-d",
            metavar=T("单位", "DEPARTMENT"),
            autocompletion=completing.departments,
            help=T("责任单位（主办）。", "The department that must act."),
        ),
    ],
    assist: options.Assist = None,
    due: options.DueOption = None,
    on: options.On = None,
    approx: options.Approx = False,
) -> None:
    from fugong.domain import problems, roster

    def act(writer: "Writer", problem: "Problem") -> bool:
        lead = roster.find_department(writer.session, department)
        helpers = [roster.find_department(writer.session, name) for name in assist] if assist else None
        stated = partial(due_from, writer, due) if due else None
        day = day_of(writer, on)
        return problems.assign_problem(writer, problem, lead, assist=helpers, due=stated, on=day, approximate=approx)

    about = ("department", "due") if due else ("department",)
    each(ctx, "assign", ids, act, T("已经交办给这个单位", "was assigned to it already"), about)


def _no_id(text: str) -> str:
    """Refuse an id in the place of the text, which was forgotten."""
    if re.fullmatch(r"[A-Za-z]*\d+-\d+", text.strip()):
        raise TextMissing(id=text.strip())
    return text


@app.command(
    help=T("记一条办理情况；最后一个参数是内容。", "Add what was done; the last argument is the text."), last="text"
)
def note(
    ctx: typer.Context,
    ids: options.Ids,
    text: Annotated[
        str,
        typer.Argument(
            metavar=T("内容", "TEXT"),
            help=T("做了什么、有什么进展。", "What was done or learnt."),
            callback=_no_id,
            is_eager=True,  # it takes the last word, so the ids would be said to be missing
        ),
    ],
    on: options.On = None,
    approx: options.Approx = False,
) -> None:
    from fugong.domain import problems

    def act(writer: "Writer", problem: "Problem") -> bool:
        problems.note_problem(writer, problem, text, on=day_of(writer, on), approximate=approx)
        return True

    each(ctx, "note", ids, act, "")


@app.command(
    help=T(
        "销号：问题已解决，写明措施。开了审核销号的台账是申请销号。",
        "Close problems with the measure that solved them; where closings are reviewed, apply for it.",
    ),
    last="how",
)
def close(
    ctx: typer.Context,
    ids: options.Ids,
    how: Annotated[str, typer.Option("--how", metavar=T("措施", "TEXT"), help=T("怎样解决的。", "How it was solved."))],
    on: options.On = None,
    approx: options.Approx = False,
) -> None:
    from fugong.domain import review

    def act(writer: "Writer", problem: "Problem") -> bool:
        return review.strike_off(writer, problem, how, on=day_of(writer, on), approximate=approx)

    def same(problem: "Problem") -> str:
        if problem.status is Status.PENDING:
            return T("已经申请销号，等审核，没有改动", "awaits its review already; nothing was changed")
        return T("已经销号，没有改动", "is closed already; nothing was changed")

    each(ctx, "close", ids, act, same, ("review",))


@app.command(help=T("重开已销号或作废的问题。", "Reopen closed or void problems."), last="why")
def reopen(
    ctx: typer.Context,
    ids: options.Ids,
    why: options.Why,
    on: options.On = None,
    approx: options.Approx = False,
) -> None:
    from fugong.domain import problems

    def act(writer: "Writer", problem: "Problem") -> bool:
        return problems.reopen_problem(writer, problem, why, on=day_of(writer, on), approximate=approx)

    each(ctx, "reopen", ids, act, T("正在办理，没有改动", "is in hand already; nothing was changed"))


@app.command(
    help=T("作废登记有误的问题，不再计入任何总数。", "Void problems logged by mistake; they count nowhere."), last="why"
)
def void(
    ctx: typer.Context,
    ids: options.Ids,
    why: options.Why,
    duplicate_of: Annotated[
        str | None,
        typer.Option(
            "--duplicate-of",
            metavar="ID",
            autocompletion=completing.problem_ids,
            help=T("与哪一个问题重复。", "The problem that this one repeats."),
        ),
    ] = None,
    on: options.On = None,
    approx: options.Approx = False,
) -> None:
    from fugong.domain import problems, roster

    def act(writer: "Writer", problem: "Problem") -> bool:
        original = roster.find_problem(writer.session, duplicate_of) if duplicate_of else None
        day = day_of(writer, on)
        return problems.void_problem(writer, problem, why, duplicate_of=original, on=day, approximate=approx)

    each(ctx, "void", ids, act, T("已经作废，没有改动", "is void already; nothing was changed"))


def _wanted(writer: "Writer", given: dict[str, Any]) -> dict[str, Any]:
    """The attributes that ``edit`` was told to set, but for the deadline; an empty text clears one."""
    from fugong.domain import roster

    session = writer.session
    lookup: dict[str, Callable[[Any], tuple[str, Any]]] = {
        "source": lambda value: ("source", None if value is SourceChange.NONE else Source(value)),
        "approx": lambda value: ("approximate", value),
        "note": lambda value: ("remark", value),
        "on": lambda value: ("found_on", day_of(writer, value)),
        "category": lambda value: ("category", roster.find_term(session, ListName.CATEGORY, value) if value else None),
        "department": lambda value: ("department", roster.find_department(session, value) if value else None),
        "assist": lambda value: ("assist", [roster.find_department(session, name) for name in value if name]),
        "enterprise": lambda value: (
            "enterprise",
            None if value in ("", NO_ENTERPRISE) else roster.find_enterprise(session, value),
        ),
    }
    said = {name: value for name, value in given.items() if not name.startswith("due") and value not in (None, [])}
    return dict(lookup[name](value) if name in lookup else (name, value) for name, value in said.items())


def _stated(writer: "Writer", problem: "Problem", due: str | None, since: str | None) -> "Stated | None":
    """The deadline that ``edit`` was told to set, counted from the day of the correction or another; '' is none."""
    from fugong.queries.deadlines import NO_DUE

    text, start = problem.due_rule if due is None and since else due, day_of(writer, since)
    if text is None:
        return None
    return lambda day: due_from(writer, text, start or day) if text else NO_DUE
