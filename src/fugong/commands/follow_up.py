"""The verbs that follow a problem on its way: bounce, chase, extend, approve, reject, verify."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fugong.commands.frame import completing, filters, options
from fugong.commands.frame.app import App
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import day_of, due_from, each, line, problems_of, say, tell, writing
from fugong.errors.rules import IdsOrSample, VerdictNeeded
from fugong.lang import T, name_of
from fugong.vocab import Rung, Satisfaction

if TYPE_CHECKING:
    from fugong.domain.writer import Writer
    from fugong.store.records import Problem

app = App()

MaybeIds = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID…",
        help=T("问题编号，如 3-2、1-4,2-4、1-1..1-5。", "Problem ids such as 3-2; 1-4,2-4; 1-1..1-5."),
        autocompletion=completing.problem_ids,
        callback=options.one_by_one,
    ),
]


@app.command(
    help=T("责任单位退回：写明原因，可改交别的单位。", "A department refuses problems: why, and who has them now."),
    last="why",
)
def bounce(
    ctx: typer.Context,
    ids: options.Ids,
    why: options.Why,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar=T("单位", "DEPARTMENT"),
            autocompletion=completing.departments,
            help=T("改交给哪个单位。", "The department that has them now."),
        ),
    ] = None,
    on: options.On = None,
    approx: options.Approx = False,
) -> None:
    from fugong.domain import escalation, follow_up, roster

    due = []

    def act(writer: "Writer", problem: "Problem") -> bool:
        taker = roster.find_department(writer.session, to) if to else None
        follow_up.bounce_problem(writer, problem, why, to=taker, on=day_of(writer, on), approximate=approx)
        if escalation.is_due(problem, times := len(problem.bounces)):
            due.append((problem.ident, T(f"已退回 {times} 次", f"bounced: {times}")))
        return True

    each(ctx, "bounce", ids, act, "")
    _say_due(due)


@app.command(
    help=T(
        "催办：不写编号就列出今天该催的，什么也不改。",
        "Chase departments; without ids, list what to chase today and change nothing.",
    ),
    last="by",
)
@spread
def chase(
    ctx: typer.Context,
    ids: MaybeIds = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar=T("方式", "TEXT"), help=T("怎样催的，如 电话。", "How, as telephone."))
    ] = None,
    on: options.On = None,
    approx: options.Approx = False,
    team: filters.Teams = None,
    department: filters.Departments = None,
    *,
    cut_off: options.CutOff,
    delivery: options.Delivery,
) -> None:
    if ids:
        delivery.must_be_default(ctx, T("催办", "chases"))
        _chase(ctx, ids, by, on, approx)
        return
    from fugong.reports.chasing import chasing as report

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        listed = report(reader, cut, team=team or (), department=department or ())
        emit(listed, delivery.or_text(), at=(reader, cut))


def _say_due(problems: list[tuple[str, str]]) -> None:
    """Say of problems that it is time to report them, each with why."""
    for ident, why in problems:
        say(
            T(
                f'{ident} {why}，可以上报了：fugong escalate {ident} --to county --why "原因"',
                f'{ident} {why}; time to report it: fugong escalate {ident} --to county --why "reason"',
            )
        )


def _chase(ctx: typer.Context, ids: list[str], by: str | None, on: str | None, approx: bool) -> None:
    from fugong.domain import escalation, follow_up

    with writing(ctx.obj.store, "chase") as writer:
        found = problems_of(writer, ids)
        rungs = [
            follow_up.chase_problem(writer, problem, by, on=day_of(writer, on), approximate=approx) for problem in found
        ]
        due = [
            (problem.ident, T(f"下一步就是{name_of(rung)}", f"next is a {name_of(rung)}"))
            for problem, rung in zip(found, rungs, strict=True)
            if escalation.is_due(problem, [*Rung].index(rung))
        ]
        said = [(line(problem), problem.ident, problem.chased) for problem in found]
    tell("\n".join(text for text, _, _ in said))
    for (_, ident, times), rung in zip(said, rungs, strict=True):
        next_ = name_of(rung)
        say(T(f"{ident} 已催办 {times} 次；下一步建议：{next_}。", f"{ident}: times chased: {times}; next: {next_}."))
    _say_due(due)


@app.command(help=T("延期：时限改到更晚，最初的时限保留。", "Put deadlines off; the first one stays on record."))
def extend(
    ctx: typer.Context,
    ids: options.Ids,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar=T("时限", "DATE"),
            help=T("新的时限：日期，或从今天算起的 5wd、3d、1m。", "The new deadline: a date, or 5wd, 3d, 1m."),
        ),
    ],
    why: options.Why,
    late: Annotated[
        bool, typer.Option("--late", help=T("时限已过也延，会记下来。", "Even after the deadline, which is recorded."))
    ] = False,
) -> None:
    from fugong.domain import follow_up

    def act(writer: "Writer", problem: "Problem") -> bool:
        follow_up.extend_problem(writer, problem, partial(due_from, writer, to), why, late=late)
        return True

    each(ctx, "extend", ids, act, "", about=("due",))


@app.command(help=T("审核通过申请的销号。", "Approve closings that somebody else applied for."))
def approve(ctx: typer.Context, ids: options.Ids, on: options.On = None, approx: options.Approx = False) -> None:
    from fugong.domain import review

    def act(writer: "Writer", problem: "Problem") -> bool:
        return review.approve(writer, problem, on=day_of(writer, on), approximate=approx)

    each(ctx, "approve", ids, act, T("已经销号，没有改动", "is closed already; nothing was changed"))


@app.command(
    help=T("退回申请的销号：写明原因，问题继续办理。", "Send applications for closing back, and say why."), last="why"
)
def reject(
    ctx: typer.Context, ids: options.Ids, why: options.Why, on: options.On = None, approx: options.Approx = False
) -> None:
    from fugong.domain import review

    def act(writer: "Writer", problem: "Problem") -> bool:
        return review.reject(writer, problem, why, on=day_of(writer, on), approximate=approx)

    each(ctx, "reject", ids, act, "")


@app.command(
    help=T("给问题附上文件：照片、函件。只记名称、大小和校验和。", "Attach files to a problem: photographs, letters.")
)
def attach(
    ctx: typer.Context,
    ident: Annotated[
        str,
        typer.Argument(
            metavar="ID", help=T("问题编号，如 3-2。", "The problem's id."), autocompletion=completing.problem_ids
        ),
    ],
    files: Annotated[
        list[Path], typer.Argument(metavar=T("文件…", "FILE…"), help=T("要附上的文件。", "The files to attach."))
    ],
    note: Annotated[
        str | None, typer.Option("--note", metavar=T("说明", "TEXT"), help=T("说明什么。", "What they show."))
    ] = None,
    on: options.On = None,
    approx: options.Approx = False,
) -> None:
    from fugong.domain import follow_up
    from fugong.keeping import evidence

    def act(writer: "Writer", problem: "Problem") -> bool:
        found = [evidence.keep(ctx.obj.store, file) for file in files]
        day = day_of(writer, on)
        return follow_up.attach_evidence(writer, problem, found, note, on=day, approximate=approx)

    each(ctx, "attach", [ident], act, T("这些文件已经附过，没有改动", "has these files already; nothing was changed"))


@app.command(
    help=T("回访已销号的问题；没解决的重开。", "Record return visits to closed problems; a failed one is reopened.")
)
@spread
def verify(
    ctx: typer.Context,
    ids: MaybeIds = None,
    ok: Annotated[bool, typer.Option("--ok", help=T("确已解决。", "It really is solved."))] = False,
    fail: Annotated[
        str | None,
        typer.Option(
            "--fail", metavar=T("情况", "TEXT"), help=T("没有解决的情况；问题会重开。", "What is not solved; reopens.")
        ),
    ] = None,
    satisfaction: Annotated[
        Satisfaction | None,
        typer.Option(
            "--satisfaction", help=T("企业是否满意。", "What the enterprise said."), click_type=Codes(Satisfaction)
        ),
    ] = None,
    on: options.On = None,
    approx: options.Approx = False,
    sample: Annotated[
        int | None,
        typer.Option(
            "--sample",
            min=1,
            metavar=T("条数", "N"),
            help=T("抽取这么多条未回访的销号问题，什么也不改。", "Pick closings to visit about; changes nothing."),
        ),
    ] = None,
    seed: Annotated[
        str | None,
        typer.Option(
            "--seed",
            metavar=T("种子", "S"),
            help=T("同一种子抽到同样的；默认今天的日期。", "Same seed, same pick; default today."),
        ),
    ] = None,
    *,
    delivery: options.Delivery,
) -> None:
    if bool(ids) == bool(sample):
        raise IdsOrSample
    if sample:
        from fugong.reports.visits import visits as report

        with reading(ctx.obj.store) as (reader, cut):
            emit(report(reader, sample, seed or cut.text), delivery, at=(reader, cut))
        return
    delivery.must_be_default(ctx, T("回访", "records a visit"))
    if ok == (fail is not None):
        raise VerdictNeeded
    from fugong.domain import follow_up

    def act(writer: "Writer", problem: "Problem") -> bool:
        day = day_of(writer, on)
        return follow_up.verify_problem(
            writer, problem, fail=fail, satisfaction=satisfaction, on=day, approximate=approx
        )

    each(ctx, "verify", ids or [], act, T("已记过这次回访，没有改动", "has this visit on record already"))
