"""milestone: what enterprises have reached (达标事项), or have under way."""

from typing import TYPE_CHECKING, Annotated

import typer

from fugong.commands.frame import completing, filters, options
from fugong.commands.frame.app import App
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import day, emit, reading
from fugong.commands.frame.writing import day_of, say, tell, touch, writing
from fugong.errors.rules import NothingToCorrect
from fugong.lang import T, name_of
from fugong.vocab import ListName

if TYPE_CHECKING:
    from fugong.domain.writer import Writer
    from fugong.store.records import Enterprise, Milestone, Term

app = App(help=T("达标事项：企业做到了什么。", "Milestones: what enterprises have reached."))

Firm = Annotated[
    str,
    typer.Argument(
        metavar=T("企业", "ENTERPRISE"),
        autocompletion=completing.enterprises,
        help=T("全称、简称或其中一段。", "Name, alias or part of the name."),
    ),
]
Name = Annotated[
    str,
    typer.Argument(
        metavar=T("事项", "NAME"),
        autocompletion=completing.entries(ListName.MILESTONE),
        help=T("达标事项的代码或名称。", "Code or name of the milestone."),
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Option(
        "--milestone",
        "-m",
        metavar=T("事项", "NAME"),
        autocompletion=completing.entries(ListName.MILESTONE),
        help=T("只看这一项；可写几次。", "Only this milestone; repeatable."),
    ),
]


@app.command(
    help=T(
        "登记企业达标的一项；原来登记为未完成的，改为已完成。",
        "Enter what an enterprise has reached; what was pending is then reached.",
    )
)
def add(
    ctx: typer.Context,
    enterprise: Firm,
    name: Name,
    on: options.On = None,
    approx: options.Approx = False,
    pending: Annotated[
        bool, typer.Option("--pending", help=T("正在办，还没有完成。", "It is under way, not yet reached."))
    ] = False,
    inferred: options.Inferred = False,
    note: options.Note = None,
) -> None:
    from fugong.domain.activities import milestones

    with writing(ctx.obj.store, "milestone add") as writer:
        firm, term = _named(writer, enterprise, name)
        about = {"inferred": True} if inferred else {}
        entered, changed = milestones.add_milestone(
            writer, firm, term, pending=pending, on_date=day_of(writer, on), approximate=approx, remark=note, **about
        )
        said, known = _line(entered), entered.on_date
    tell(said)
    if not changed:
        say(
            T(
                f"已经登记过（{known}），没有改动。要更正：fugong milestone edit",
                f"It was entered before ({known}); nothing was changed. To correct it: fugong milestone edit",
            )
        )


@app.command(help=T("修改达标事项；空的备注表示清除。", "Correct a milestone; an empty note clears it."))
def edit(
    ctx: typer.Context,
    enterprise: Firm,
    name: Name,
    on: options.OnCorrected = None,
    approx: options.ApproxOrNot = None,
    pending: Annotated[
        bool | None,
        typer.Option("--pending/--reached", help=T("未完成，还是已完成。", "Whether it is under way or reached.")),
    ] = None,
    inferred: options.InferredOrNot = None,
    note: options.Note = None,
) -> None:
    from fugong.domain.activities import milestones

    given = {"on_date": on, "approximate": approx, "pending": pending, "inferred": inferred, "remark": note}
    values = {attribute: value for attribute, value in given.items() if value is not None}
    if not values:
        raise NothingToCorrect(noun="milestone")
    with writing(ctx.obj.store, "milestone edit") as writer:
        milestone = milestones.find_milestone(writer.session, *_named(writer, enterprise, name))
        dated = {"on_date": day_of(writer, on)} if on is not None else {}
        changed = milestones.edit_milestone(writer, milestone, values | dated)
        said = _line(milestone)
    tell(said, changed=changed)


@app.command("list", help=T("列出达标事项。", "List milestones."))
@spread
def list_(
    ctx: typer.Context,
    *,
    team: filters.Teams = None,
    enterprise: filters.Enterprises = None,
    milestone: Names = None,
    since: options.FromDay = None,
    until: options.ToDay = None,
    cut_off: options.CutOff,
    delivery: options.Delivery,
) -> None:
    from fugong.reports.field_work import milestones as report

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        found = report(
            reader,
            milestone or (),
            enterprise or (),
            team=team or (),
            since=day(since, cut.day),
            until=day(until, cut.day),
        )
        emit(found, delivery, at=(reader, cut))


@app.command(help=T("看企业的一项达标事项和变更。", "Show a milestone of an enterprise with its history."))
@spread
def show(
    ctx: typer.Context, enterprise: Firm, name: Name, *, cut_off: options.CutOff, delivery: options.Delivery
) -> None:
    from fugong.reports.field_work import milestone as report

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        emit(report(reader, enterprise, name), delivery, at=(reader, cut))


def _named(writer: "Writer", enterprise: str, name: str) -> tuple["Enterprise", "Term"]:
    from fugong.domain import roster

    firm = roster.find_enterprise(writer.session, enterprise)
    return firm, roster.find_term(writer.session, ListName.MILESTONE, name)


def _line(milestone: "Milestone") -> str:
    """A milestone in one line: whose it is, what, and how far."""
    from fugong.output.cells import visible

    touch(milestone)
    about = T("约 ", "about ") if milestone.approximate else ""
    state = T("未完成", "pending") if milestone.pending else f"{about}{milestone.on_date}"
    return visible(f"{milestone.enterprise.name}  {name_of(milestone.term)}  {state}")
