"""team: the assistance teams (帮扶组), entered, corrected, shown and retired."""

from typing import Annotated, Any

import typer

from fugong.commands.frame import completing, options
from fugong.commands.frame.app import App
from fugong.commands.frame.nouns import add_list, add_retiring
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import line, tell, writing
from fugong.errors.rules import NothingToCorrect
from fugong.lang import T

app = App(help=T("帮扶组。", "Assistance teams."))
add_list(app, "roster", "teams", T("列出帮扶组。", "List teams."), retiring=True)

Name = Annotated[
    str,
    typer.Argument(
        metavar=T("组号", "CODE"), help=T("组号或名称。", "Code or name."), autocompletion=completing.team_codes
    ),
]
County = Annotated[
    str | None,
    typer.Option("--county", metavar=T("县", "COUNTY"), help=T("所属县；默认是本台账的县。", "Default: the store's.")),
]
Branch = Annotated[
    str | None, typer.Option("--branch", metavar=T("支部", "NAME"), help=T("临时党支部。", "Its party branch."))
]
Units = Annotated[
    list[str] | None,
    typer.Option("--unit", metavar=T("单位", "NAME"), help=T("成员单位，可写几次。", "A member unit; repeatable.")),
]
UnitsComplete = Annotated[
    bool | None,
    typer.Option(
        "--units-complete/--units-incomplete",
        help=T("成员单位是否写全了。", "Whether all member units are named."),
    ),
]
Headcount = Annotated[
    int | None,
    typer.Option("--headcount", min=0, metavar=T("人数", "N"), help=T("应有人数。", "How many people it should have.")),
]
Expected = Annotated[
    int | None,
    typer.Option(
        "--expected",
        min=0,
        metavar=T("家数", "N"),
        help=T("应包联几家企业。", "How many firms it should assist."),
    ),
]


@app.command(help=T("新增一个帮扶组。", "Enter a team."))
def add(
    ctx: typer.Context,
    code: Annotated[
        str,
        typer.Argument(metavar=T("组号", "CODE"), help=T("数字，前面可以有字母。", "A number, perhaps after letters.")),
    ],
    name: Annotated[str, typer.Argument(metavar=T("名称", "NAME"), help=T("如 第三帮扶组。", "What to print."))],
    county: County = None,
    branch: Branch = None,
    unit: Units = None,
    units_complete: UnitsComplete = None,
    headcount: Headcount = None,
    expected: Expected = None,
    inferred: options.Inferred = False,
    note: options.Note = None,
) -> None:
    from fugong.domain import roster
    from fugong.domain.roster import campaign

    with writing(ctx.obj.store, "team add") as writer:
        team = roster.add_team(
            writer,
            code,
            name=name,
            county=county or campaign.county(writer.session),
            branch=branch,
            units=unit or [],
            units_complete=bool(units_complete),
            expected_headcount=headcount,
            expected_enterprises=expected,
            inferred=inferred,
            remark=note,
        )
        said = line(team)
    tell(said)


@app.command(
    help=T("修改帮扶组；组号不能改，空的值表示清除。", "Correct a team; its code stays, an empty value clears.")
)
def edit(
    ctx: typer.Context,
    name: Name,
    new: options.NewName = None,
    county: County = None,
    branch: Branch = None,
    unit: Units = None,
    units_complete: UnitsComplete = None,
    headcount: Headcount = None,
    expected: Expected = None,
    inferred: options.InferredOrNot = None,
    note: options.Note = None,
) -> None:
    from fugong.domain import roster

    given: dict[str, Any] = {
        "name": new, "county": county, "branch": branch, "units_complete": units_complete,
        "units": None if not unit else [each for each in unit if each],
        "expected_headcount": headcount, "expected_enterprises": expected, "inferred": inferred, "remark": note,
    }  # fmt: skip
    about = {each: value for each, value in given.items() if value is not None}
    if not about:
        raise NothingToCorrect(noun="team")
    with writing(ctx.obj.store, "team edit") as writer:
        team = roster.find_team(writer.session, name)
        changed = roster.correct_team(writer, team, **about)
        said = line(team)
    tell(said, changed=changed)


@app.command(help=T("看一个帮扶组：组员、企业、变更。", "Show a team: its members, enterprises and history."))
@spread
def show(ctx: typer.Context, name: Name, *, cut_off: options.CutOff, delivery: options.Delivery) -> None:
    from fugong.reports.roster import team as report

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        emit(report(reader, name), delivery, at=(reader, cut))


def _find(session: Any, name: str) -> Any:
    from fugong.domain import roster

    return roster.find_team(session, name)


add_retiring(
    app, "team", Name, _find,
    retire_help=T("停用一个帮扶组；它的记录都留着。", "Retire a team; its records stay."),
    restore_help=T("恢复一个停用的帮扶组。", "Put a retired team back in service."),
)  # fmt: skip
