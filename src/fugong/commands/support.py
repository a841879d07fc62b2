"""support: what teams did to help enterprises (五帮)."""

import typer

from fugong.commands import work
from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.lang import T
from fugong.vocab import Role

app = App(help=T("服务：帮企业解决困难（五帮）。", "Service: what was done to help enterprises."))


@app.command(help=T("登记一件服务工作。", "Enter what was done to help an enterprise."))
def add(
    ctx: typer.Context,
    enterprise: work.Firm,
    kind: work.Kind,
    text: work.Text,
    team: options.Team = None,
    item: work.Item = None,
    quantity: work.Quantity = None,
    unit: work.Unit = None,
    department: work.From = None,
    problem: work.Problem = None,
    by: work.DoneBy = None,
    guest: work.Guest = None,
    place: work.Place = None,
    on: options.On = None,
    approx: options.Approx = False,
    inferred: options.Inferred = False,
    note: options.Note = None,
    key: options.Key = None,
) -> None:
    work.enter(
        ctx, Role.SERVICE, text, [enterprise], team, kind=kind, item=item, quantity=quantity, unit=unit,
        department=department, problem=problem, by=by, guests=guest, place=place, on=on, approximate=approx,
        inferred=inferred, note=note, key=key,
    )  # fmt: skip


work.add_list(app, Role.SERVICE, T("列出服务工作。", "List the work of service."))
work.add_show(app, Role.SERVICE, T("看服务工作的全部内容和变更。", "Show work of service with its history."))
work.add_edit(app, Role.SERVICE, T("修改服务工作；空的值表示清除。", "Correct work of service; an empty value clears."))
