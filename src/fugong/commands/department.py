"""department: who must act (责任单位), entered, corrected and shown."""

from typing import Annotated, Any

import typer

from fugong.commands.frame import completing, options
from fugong.commands.frame.app import App
from fugong.commands.frame.nouns import add_list, add_retiring
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import line, say_no_longer_short, tell, writing
from fugong.errors.rules import NothingToCorrect
from fugong.lang import T
from fugong.vocab import Kind

app = App(help=T("责任单位。", "Departments."))
add_list(app, "roster", "departments", T("列出责任单位。", "List departments."), by_team=False, retiring=True)

Name = Annotated[
    str,
    typer.Argument(
        metavar=T("单位", "NAME"),
        autocompletion=completing.departments,
        help=T("全称、简称或其中一段。", "Name, alias or part of the name."),
    ),
]


@app.command(help=T("新增一个责任单位。", "Enter a department."))
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=T("单位", "NAME"), help=T("打印时用的名称。", "The name to print."))],
    alias: options.Aliases = None,
    inferred: options.Inferred = False,
    note: options.Note = None,
) -> None:
    from fugong.domain import roster

    with writing(ctx.obj.store, "department add") as writer:
        short = roster.short_for(writer.session, Kind.DEPARTMENT, [name, *(alias or ())])
        about = {"inferred": inferred, "remark": roster.remark(note)}
        said = line(roster.add_department(writer, name, aliases=alias or (), **about))
    tell(said)
    say_no_longer_short(short)


@app.command(
    help=T("修改责任单位；改名后旧名留作简称，空的备注表示清除。", "Correct a department; an old name stays an alias.")
)
def edit(
    ctx: typer.Context,
    name: Name,
    new: options.NewName = None,
    alias: options.Aliases = None,
    no_alias: options.NoAliases = None,
    inferred: options.InferredOrNot = None,
    note: options.Note = None,
) -> None:
    from fugong.domain import roster

    if new is None and inferred is None and note is None and not alias and not no_alias:
        raise NothingToCorrect(noun="department")
    with writing(ctx.obj.store, "department edit") as writer:
        about: dict[str, bool | str | None] = {} if inferred is None else {"inferred": inferred}
        about |= {} if note is None else {"remark": roster.remark(note)}
        department = roster.find_department(writer.session, name)
        called = [*([new] if new else []), *(alias or ())]
        short = roster.short_for(writer.session, Kind.DEPARTMENT, called, mine=department)
        changed = roster.correct_department(
            writer, department, name=new, more=alias or (), fewer=no_alias or (), **about
        )
        said = line(department)
    tell(said, changed=changed)
    say_no_longer_short(short)


@app.command(help=T("看一个责任单位：简称、变更。", "Show a department: its aliases and history."))
@spread
def show(ctx: typer.Context, name: Name, *, cut_off: options.CutOff, delivery: options.Delivery) -> None:
    from fugong.reports.roster import department as report

    with reading(ctx.obj.store, cut_off) as (reader, _):
        emit(report(reader, name), delivery)


def _find(session: Any, name: str) -> Any:
    from fugong.domain import roster

    return roster.find_department(session, name)


add_retiring(
    app, "department", Name, _find,
    retire_help=T("停用一个责任单位（如机构合并）；记录都留着。", "Retire a department; its records stay."),
    restore_help=T("恢复一个停用的责任单位。", "Put a retired department back in service."),
)  # fmt: skip
