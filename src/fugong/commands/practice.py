"""practice: methods worth copying (做法), and who took them up."""

from typing import TYPE_CHECKING, Annotated

import typer

from fugong.commands.frame import completing, options
from fugong.commands.frame.app import App
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import day, emit, reading
from fugong.commands.frame.writing import day_of, tell, writing
from fugong.errors.rules import AdopterNeeded, NothingToCorrect
from fugong.lang import T

if TYPE_CHECKING:
    from fugong.store.records import Enterprise, Practice, Team

app = App(help=T("做法：值得推广的经验。", "Practices: methods worth copying."))

Name = Annotated[
    str,
    typer.Argument(metavar=T("做法", "NAME"), help=T("做法的名称或其中一段。", "Name of the practice, or part of it.")),
]
Origin = Annotated[
    str | None, typer.Option("--origin", metavar=T("来源", "TEXT"), help=T("出自哪里。", "Where it comes from."))
]
Summary = Annotated[
    str | None, typer.Option("--summary", metavar=T("内容", "TEXT"), help=T("做法的内容。", "What it consists of."))
]
Promoted = Annotated[
    str | None,
    typer.Option("--promoted", metavar=T("日期", "DATE"), help=T("发文推广的日期。", "The day it was promoted.")),
]


@app.command(help=T("登记一种做法。", "Enter a practice."))
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=T("做法", "NAME"), help=T("做法的名称。", "Name of the practice."))],
    origin: Origin = None,
    summary: Summary = None,
    promoted: Promoted = None,
    inferred: options.Inferred = False,
    note: options.Note = None,
) -> None:
    from fugong.domain.activities import practices

    with writing(ctx.obj.store, "practice add") as writer:
        practice = practices.add_practice(
            writer,
            name,
            origin=origin,
            summary=summary,
            promoted_on=day_of(writer, promoted or None),
            inferred=inferred,
            remark=note,
        )
        said = _line(practice)
    tell(said)


@app.command(help=T("登记哪些企业、哪些组采用了一种做法。", "Say which enterprises or teams took a practice up."))
def adopt(
    ctx: typer.Context,
    name: Name,
    enterprises: Annotated[
        list[str],
        typer.Argument(
            default_factory=list,
            metavar=T("[企业]…", "[ENTERPRISE]…"),
            help=T("采用的企业，可写几家。", "The enterprises, several at once."),
        ),
    ],
    team: Annotated[
        list[str] | None,
        typer.Option(
            "--team",
            "-t",
            metavar=T("组号", "CODE"),
            autocompletion=completing.team_codes,
            help=T("采用的帮扶组；可写几次。", "A team; repeatable."),
        ),
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help=T("登记错了，去掉。", "It was a mistake; take them out."))
    ] = False,
) -> None:
    from fugong.domain import roster
    from fugong.domain.activities import practices

    if not (enterprises or team):
        raise AdopterNeeded
    with writing(ctx.obj.store, "practice adopt") as writer:
        practice = practices.find_practice(writer.session, name)
        adopters: list[Team | Enterprise] = [
            *(roster.find_team(writer.session, code) for code in team or ()),
            *(roster.find_enterprise(writer.session, firm) for firm in enterprises),
        ]
        changed = practices.adopt_practice(writer, practice, adopters, remove=remove)
        said = _line(practice)
    tell(said, changed=changed)


@app.command(help=T("修改做法；空的值表示清除。", "Correct a practice; an empty value clears."))
def edit(
    ctx: typer.Context,
    name: Name,
    new_name: Annotated[
        str | None, typer.Option("--name", metavar=T("做法", "NAME"), help=T("新的名称。", "The new name."))
    ] = None,
    origin: Origin = None,
    summary: Summary = None,
    promoted: Promoted = None,
    inferred: options.InferredOrNot = None,
    note: options.Note = None,
) -> None:
    from fugong.domain.activities import practices

    given = {"name": new_name, "origin": origin, "summary": summary, "promoted_on": promoted, "inferred": inferred,
             "remark": note}  # fmt: skip
    values = {attribute: value for attribute, value in given.items() if value is not None}
    if not values:
        raise NothingToCorrect(noun="practice")
    with writing(ctx.obj.store, "practice edit") as writer:
        practice = practices.find_practice(writer.session, name)
        dated = {} if promoted is None else {"promoted_on": day_of(writer, promoted or None)}
        changed = practices.edit_practice(writer, practice, values | dated)
        said = _line(practice)
    tell(said, changed=changed)


@app.command("list", help=T("列出做法。", "List practices."))
@spread
def list_(
    ctx: typer.Context,
    *,
    team: Annotated[
        list[str] | None,
        typer.Option(
            "--team",
            "-t",
            metavar=T("组号", "CODE"),
            autocompletion=completing.team_codes,
            help=T("只看这个帮扶组采用的；可写几次。", "Only what this team took up; repeatable."),
        ),
    ] = None,
    enterprise: Annotated[
        list[str] | None,
        typer.Option(
            "--enterprise",
            "-e",
            metavar=T("企业", "NAME"),
            autocompletion=completing.enterprises,
            help=T("只看这家企业采用的；可写几次。", "Only what this enterprise took up; repeatable."),
        ),
    ] = None,
    since: options.FromDay = None,
    until: options.ToDay = None,
    cut_off: options.CutOff,
    delivery: options.Delivery,
) -> None:
    from fugong.reports.field_work import practices as report

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        found = report(reader, enterprise or (), team=team or (), since=day(since, cut.day), until=day(until, cut.day))
        emit(found, delivery, at=(reader, cut))


@app.command(help=T("看一种做法：内容、谁采用了、变更。", "Show a practice: what it is, who took it up, its history."))
@spread
def show(ctx: typer.Context, name: Name, *, cut_off: options.CutOff, delivery: options.Delivery) -> None:
    from fugong.reports.field_work import practice as report

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        emit(report(reader, name), delivery, at=(reader, cut))


def _line(practice: "Practice") -> str:
    """A practice in one line: its name, and who took it up."""
    from fugong.lang import listing
    from fugong.output.cells import visible

    adopters = [adoption.team or adoption.enterprise for adoption in practice.adoptions]
    return visible("  ".join([practice.name, listing(each.name for each in adopters if each)]).rstrip())
