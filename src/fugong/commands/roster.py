"""Who takes part: team, member, enterprise, department."""

from typing import Annotated

import typer

from fugong.commands import completing, department, options
from fugong.commands.app import App
from fugong.commands.emitting import emit
from fugong.commands.listing import add_list
from fugong.commands.reading import reading
from fugong.lang import T

team = App(help=T("帮扶组。", "Assistance teams."))
member = App(help=T("组员。", "Members of teams."))
enterprise = App(help=T("企业。", "Enterprises."))

add_list(team, "roster", "teams", T("列出帮扶组。", "List teams."))
add_list(member, "roster", "members", T("列出具名的组员。", "List the named members."))
add_list(enterprise, "roster", "enterprises", T("列出企业。", "List enterprises."))

nouns = {"team": team, "member": member, "enterprise": enterprise, "department": department.app}


@team.command("show", help=T("看一个帮扶组：组员、企业、变更。", "Show a team: its members, enterprises and history."))
def show_team(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar=T("组号", "CODE"), help=T("组号或名称。", "Code or name."), autocompletion=completing.team_codes
        ),
    ],
    fmt: options.FormatOption = None,
    output: options.Output = None,
    force: options.Force = False,
    header: options.Header = None,
) -> None:
    from fugong.reports.roster import team as report

    with reading(ctx.obj.store) as (reader, cut):
        emit(report(reader, name), fmt, output, force=force, header=header, at=(reader, cut))


@enterprise.command(
    "show",
    help=T(
        "看一家企业：问题、工作记录、达标事项、变更。", "Show an enterprise: problems, activities, milestones, history."
    ),
)
def show_enterprise(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(metavar=T("企业", "NAME"), help=T("全称、简称或其中一段。", "Name, alias or part of the name.")),
    ],
    fmt: options.FormatOption = None,
    output: options.Output = None,
    force: options.Force = False,
    header: options.Header = None,
) -> None:
    from fugong.reports.lights import lights
    from fugong.reports.roster import enterprise as report

    with reading(ctx.obj.store) as (reader, cut):
        found = report(reader, name, lights(reader, cut.day))
        emit(found, fmt, output, force=force, header=header, at=(reader, cut))
