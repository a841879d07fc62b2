"""outreach: what teams did to inform and train (宣传)."""

from typing import Annotated

import typer

from fugong.commands import work
from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.lang import T
from fugong.vocab import Role

app = App(help=T("宣传：资料、标语、通知、培训、观摩。", "Publicity: material, slogans, notices, training, visits."))

Firms = Annotated[
    list[str],
    typer.Argument(
        default_factory=list,
        metavar=T("[企业]…", "[ENTERPRISE]…"),
        help=T(
            "企业的全称、简称或其中一段，可写几家；没有具体企业就只加 --team。",
            "Names, aliases or parts of names, several at once; only --team if there is no firm.",
        ),
    ),
]


@app.command(
    help=T(
        "登记一件宣传工作；最后两个参数是方式和内容。",
        "Enter publicity; the last two arguments are the kind and the text.",
    )
)
def add(
    ctx: typer.Context,
    enterprises: Firms,
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
        ctx, Role.PUBLICITY, text, enterprises, team, kind=kind, item=item, quantity=quantity, unit=unit,
        department=department, problem=problem, by=by, guests=guest, place=place, on=on, approximate=approx,
        inferred=inferred, note=note, key=key,
    )  # fmt: skip


work.add_list(app, Role.PUBLICITY, T("列出宣传工作。", "List the publicity."))
work.add_show(app, Role.PUBLICITY, T("看宣传工作的全部内容和变更。", "Show publicity with its history."))
work.add_edit(app, Role.PUBLICITY, T("修改宣传工作；空的值表示清除。", "Correct publicity; an empty value clears."))
