"""enterprise: whom the teams assist (企业), entered, corrected, assigned, and how far they have resumed."""

from typing import Annotated, Any

import typer

from fugong.commands.frame import completing, options
from fugong.commands.frame.app import App
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.nouns import add_list, add_retiring
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import day_of, line, say, say_no_longer_short, tell, usual_team, writing
from fugong.errors.rules import NothingToCorrect
from fugong.lang import T
from fugong.vocab import Kind, Stage

app = App(help=T("企业。", "Enterprises."))
add_list(app, "roster", "enterprises", T("列出企业。", "List enterprises."), retiring=True, personal=True)

NOBODY = "-"
"""What is typed instead of a team where none looks after the enterprise."""

Name = Annotated[
    str,
    typer.Argument(
        metavar=T("企业", "NAME"),
        autocompletion=completing.enterprises,
        help=T("全称、简称或其中一段。", "Name, alias or part of the name."),
    ),
]
Township = Annotated[
    str | None, typer.Option("--township", metavar=T("乡镇", "NAME"), help=T("所在乡镇。", "Its township."))
]
AboveScale = Annotated[
    bool | None,
    typer.Option("--above-scale/--below-scale", help=T("是否规上企业。", "Whether it is above the statistical size.")),
]
Capacity = Annotated[
    str | None, typer.Option("--capacity", metavar=T("产能", "TEXT"), help=T("产能，照原文。", "Capacity, as stated."))
]
Workforce = Annotated[
    str | None,
    typer.Option("--workforce", metavar=T("职工", "TEXT"), help=T("职工，照原文。", "Staff, as stated.")),
]
Contact = Annotated[
    str | None,
    typer.Option("--contact", metavar=T("姓名", "NAME"), help=T("企业的联系人。", "Who answers for the firm.")),
]
Sites = Annotated[
    list[str] | None,
    typer.Option("--site", metavar=T("厂区", "NAME"), help=T("厂区，可写几次。", "A site; repeatable.")),
]


@app.command(help=T("新增一家企业。", "Enter an enterprise."))
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=T("企业", "NAME"), help=T("全称。", "The full name."))],
    team: options.Team = None,
    alias: options.Aliases = None,
    township: Township = None,
    above_scale: AboveScale = None,
    capacity: Capacity = None,
    workforce: Workforce = None,
    contact: Contact = None,
    phone: options.Phone = None,
    site: Sites = None,
    inferred: options.Inferred = False,
    note: options.Note = None,
) -> None:
    from fugong.domain import roster

    team = usual_team(ctx, team)
    with writing(ctx.obj.store, "enterprise add") as writer:
        short = roster.short_for(writer.session, Kind.ENTERPRISE, [name, *(alias or ())])
        enterprise = roster.add_enterprise(
            writer,
            name,
            aliases=alias or (),
            team=roster.find_team(writer.session, team) if team and team != NOBODY else None,
            township=township,
            above_scale=above_scale,
            capacity=capacity,
            workforce=workforce,
            contact=contact,
            phone=phone,
            sites=site or [],
            inferred=inferred,
            remark=note,
        )
        said = line(enterprise)
    tell(said)
    say_no_longer_short(short)


@app.command(
    help=T("修改企业；改名后旧名留作简称，空的值表示清除。", "Correct an enterprise; an old name stays an alias.")
)
def edit(
    ctx: typer.Context,
    name: Name,
    new: options.NewName = None,
    alias: options.Aliases = None,
    no_alias: options.NoAliases = None,
    township: Township = None,
    above_scale: AboveScale = None,
    capacity: Capacity = None,
    workforce: Workforce = None,
    contact: Contact = None,
    phone: options.Phone = None,
    site: Sites = None,
    inferred: options.InferredOrNot = None,
    note: options.Note = None,
) -> None:
    from fugong.domain import roster

    given: dict[str, Any] = {
        "township": township, "above_scale": above_scale, "capacity": capacity, "workforce": workforce,
        "contact": contact, "phone": phone,
        "sites": None if not site else [each for each in site if each], "inferred": inferred, "remark": note,
    }  # fmt: skip
    about = {each: value for each, value in given.items() if value is not None}
    if not about and new is None and not alias and not no_alias:
        raise NothingToCorrect(noun="enterprise")
    with writing(ctx.obj.store, "enterprise edit") as writer:
        enterprise = roster.find_enterprise(writer.session, name)
        called = [*([new] if new else []), *(alias or ())]
        short = roster.short_for(writer.session, Kind.ENTERPRISE, called, mine=enterprise)
        changed = roster.correct_enterprise(
            writer, enterprise, name=new, more=alias or (), fewer=no_alias or (), **about
        )
        said = line(enterprise)
    tell(said, changed=changed)
    say_no_longer_short(short)


@app.command(
    help=T(
        "把企业交给一个帮扶组包联；问题仍记在登记它的组名下。",
        "Let a team look after enterprises; problems stay with the team that logged them.",
    )
)
def assign(
    ctx: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(
            metavar=T("企业…", "NAME…"),
            autocompletion=completing.enterprises,
            help=T("企业，可写几家。", "Enterprises; several at once."),
        ),
    ],
    team: Annotated[
        str,
        typer.Option(
            "--team",
            "-t",
            metavar=T("组号", "CODE"),
            autocompletion=completing.team_codes,
            help=T("哪个帮扶组；- 表示没有。", "The team; - for none."),
        ),
    ],
    start: Annotated[
        str | None,
        typer.Option("--from", metavar=T("日期", "DATE"), help=T("从哪天起；默认今天。", "Since when; default today.")),
    ] = None,
) -> None:
    from fugong.domain import roster

    with writing(ctx.obj.store, "enterprise assign") as writer:
        wanted = None if team == NOBODY else roster.find_team(writer.session, team)
        stated = day_of(writer, start)
        firms = {each.uid: each for each in (roster.find_enterprise(writer.session, name) for name in names)}
        done = [
            (roster.reassign(writer, each, wanted, stated or roster.not_before(each, writer.today)), line(each))
            for each in firms.values()
        ]
    for changed, said in done:
        if not changed:
            say(T(f"{said}：本来就由它包联。", f"{said}: it is looked after so already."))
    tell("\n".join(said for _, said in done))


@app.command(help=T("记企业到了哪个复工阶段；「不计」要写原因。", "Record how far an enterprise has resumed."))
def stage(
    ctx: typer.Context,
    name: Name,
    reached: Annotated[
        Stage, typer.Argument(metavar=T("阶段", "STAGE"), help=T("复工阶段。", "The stage."), click_type=Codes(Stage))
    ],
    on: options.On = None,
    approx: options.Approx = False,
    why: Annotated[
        str | None,
        typer.Option(
            "--why", metavar=T("原因", "TEXT"), help=T("停工或不计的原因。", "Why it stopped, or is excluded.")
        ),
    ] = None,
    redate: Annotated[
        bool,
        typer.Option(
            "--redate",
            help=T("已经是这个阶段：更正从哪天起。", "It is at this stage already: correct the day it began."),
        ),
    ] = False,
) -> None:
    from fugong.domain import roster

    with writing(ctx.obj.store, "enterprise stage") as writer:
        enterprise = roster.find_enterprise(writer.session, name)
        day = day_of(writer, on) or roster.stage_not_before(enterprise, writer.today)
        act = roster.reach if redate and enterprise.stage is reached else roster.advance
        changed = act(writer, enterprise, reached, day, approximate=approx, why=why)
        said = line(enterprise)
    tell(said)
    if not changed:
        say(
            T(
                "已经是这个阶段，没有改动；要更正日期，加 --on 日期 --redate。",
                "It is at this stage already; nothing was changed. To correct the day, add --on DATE --redate.",
            )
        )


@app.command(
    help=T(
        "看一家企业：复工阶段、问题、工作记录、达标事项、变更。",
        "Show an enterprise: stages, problems, activities, milestones, history.",
    )
)
@spread
def show(
    ctx: typer.Context,
    name: Name,
    with_personal: options.WithPersonal = False,
    *,
    cut_off: options.CutOff,
    delivery: options.Delivery,
) -> None:
    from fugong.queries.lights import lights
    from fugong.reports.roster import enterprise as report

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        found = report(reader, name, lights(reader, cut.day), personal=with_personal)
        emit(found, delivery, at=(reader, cut))


def _find(session: Any, name: str) -> Any:
    from fugong.domain import roster

    return roster.find_enterprise(session, name)


add_retiring(
    app, "enterprise", Name, _find,
    retire_help=T("停用一家企业（不再包联）；记录都留着。", "Retire an enterprise; its records stay."),
    restore_help=T("恢复一家停用的企业。", "Put a retired enterprise back in service."),
)  # fmt: skip


@app.command(
    help=T(
        "同一家企业记成了两家：把一家的问题、工作、简称都并到另一家，并完停用；可以 undo。",
        "Two records are one firm: problems, work and names of the one go over to the other; undo takes it back.",
    )
)
def join(
    ctx: typer.Context,
    name: Name,
    into: Annotated[
        str,
        typer.Option(
            "--into",
            metavar=T("企业", "NAME"),
            autocompletion=completing.enterprises,
            help=T("并到哪一家。", "The one that it goes over to."),
        ),
    ],
) -> None:
    from fugong.domain import roster
    from fugong.domain.roster.joining import join as run

    with writing(ctx.obj.store, "enterprise join") as writer:
        gone = roster.find_enterprise(writer.session, name)
        kept = roster.find_enterprise(writer.session, into)
        before = gone.name
        done = run(writer, gone, kept)
        said = line(kept)
    tell(said)
    problems, activities = len(done.problems), len(done.activities)
    say(
        T(
            f"{before} 已并入：问题 {problems} 个，工作 {activities} 条；它的名称都能找到 {kept.name}。",
            f"{before} went over: {problems} problems, {activities} activities; its names now mean {kept.name}.",
        )
    )
    for milestone in done.stayed:
        say(T(f"{milestone.term.zh}两家都有，照原来的。", f"Both have {milestone.term.en}; it stays as it is."))
