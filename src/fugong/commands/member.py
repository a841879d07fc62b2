"""member: the named members of teams (组员), entered, corrected, shown and retired."""

from typing import Annotated, Any

import typer

from fugong.commands.frame import completing, options
from fugong.commands.frame.app import App
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.nouns import add_list, add_retiring
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import line, tell, writing
from fugong.errors.rules import NothingToCorrect
from fugong.lang import T
from fugong.vocab import Duty, Party

app = App(help=T("组员。", "Members of teams."))
add_list(app, "roster", "members", T("列出具名的组员。", "List the named members."), retiring=True, personal=True)

Name = Annotated[
    str,
    typer.Argument(
        metavar=T("姓名", "NAME"),
        autocompletion=completing.members,
        help=T("姓名；几个组有同名的，写 组号/姓名。", "The name; CODE/NAME where several teams have it."),
    ),
]
Unit = Annotated[
    str | None, typer.Option("--unit", metavar=T("单位", "NAME"), help=T("所在单位。", "Where they come from."))
]
Post = Annotated[str | None, typer.Option("--post", metavar=T("职务", "TEXT"), help=T("职务。", "Their post there."))]
Duties = Annotated[
    list[Duty] | None,
    typer.Option("--duty", help=T("组内职责，可写几次。", "A duty in the team; repeatable."), click_type=Codes(Duty)),
]
LooksAfter = Annotated[
    str | None,
    typer.Option(
        "--enterprise",
        "-e",
        metavar=T("企业", "NAME"),
        autocompletion=completing.enterprises,
        help=T("包联的企业。", "The enterprise they look after."),
    ),
]
PartyOption = Annotated[
    Party | None,
    typer.Option(
        "--party",
        help=T("政治面貌；只按组计数，不逐人列出。", "Party status; counted for each team, never listed."),
        click_type=Codes(Party),
    ),
]


@app.command(help=T("新增一名组员。", "Enter a member."))
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=T("姓名", "NAME"), help=T("姓名。", "The name."))],
    team: Annotated[
        str,
        typer.Option(
            "--team",
            "-t",
            metavar=T("组号", "CODE"),
            autocompletion=completing.team_codes,
            help=T("在哪个帮扶组。", "The team they are in."),
        ),
    ],
    unit: Unit = None,
    post: Post = None,
    duty: Duties = None,
    enterprise: LooksAfter = None,
    phone: options.Phone = None,
    party: PartyOption = None,
    inferred: options.Inferred = False,
    note: options.Note = None,
) -> None:
    from fugong.domain import roster
    from fugong.domain.roster import members

    with writing(ctx.obj.store, "member add") as writer:
        session = writer.session
        member = members.add_member(
            writer,
            roster.find_team(session, team),
            name,
            unit=unit,
            post=post,
            duties=[each.value for each in duty or ()],
            enterprise=roster.find_enterprise(session, enterprise) if enterprise else None,
            phone=phone,
            party=party,
            inferred=inferred,
            remark=note,
        )
        said = line(member)
    tell(said)


@app.command(help=T("修改组员；空的值表示清除。", "Correct a member; an empty value clears."))
def edit(
    ctx: typer.Context,
    name: Name,
    new: options.NewName = None,
    team: options.Team = None,
    unit: Unit = None,
    post: Post = None,
    duty: Duties = None,
    enterprise: LooksAfter = None,
    phone: options.Phone = None,
    party: PartyOption = None,
    inferred: options.InferredOrNot = None,
    note: options.Note = None,
) -> None:
    from fugong.domain import roster
    from fugong.domain.roster import members

    given: dict[str, Any] = {
        "name": new, "unit": unit, "post": post, "duties": [each.value for each in duty] if duty else None,
        "phone": phone, "party": party, "inferred": inferred, "remark": note,
    }  # fmt: skip
    about = {each: value for each, value in given.items() if value is not None}
    if not about and team is None and enterprise is None:
        raise NothingToCorrect(noun="member")
    with writing(ctx.obj.store, "member edit") as writer:
        member = members.find_member(writer.session, name)
        if team is not None:
            about["team"] = roster.find_team(writer.session, team)
        if enterprise is not None:
            about["enterprise"] = roster.find_enterprise(writer.session, enterprise) if enterprise else None
        changed = members.correct_member(writer, member, **about)
        said = line(member)
    tell(said, changed=changed)


@app.command(help=T("看一名组员和变更；电话遮住中间。", "Show a member and their history; the telephone is masked."))
@spread
def show(
    ctx: typer.Context,
    name: Name,
    personal: options.WithPersonal = False,
    *,
    cut_off: options.CutOff,
    delivery: options.Delivery,
) -> None:
    from fugong.reports.roster import member as report

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        emit(report(reader, name, personal=personal), delivery, at=(reader, cut))


def _find(session: Any, name: str) -> Any:
    from fugong.domain.roster import members

    return members.find_member(session, name)


add_retiring(
    app, "member", Name, _find,
    retire_help=T("停用一名组员（调离）；记录都留着。", "Retire a member who has left; the records stay."),
    restore_help=T("恢复一名停用的组员。", "Put a retired member back in service."),
)  # fmt: skip
