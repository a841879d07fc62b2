"""export: what is taken out for the meeting, with the columns that such ledgers have."""

import typer

from fugong.commands import figure, milestone, report, work
from fugong.commands.frame import filters, options, papers
from fugong.commands.frame.app import App
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import COUNTED, condition, emit, reading
from fugong.commands.frame.writing import say
from fugong.lang import T
from fugong.vocab import Format
from fugong.vocab.reporting import PaperSize

app = App(
    help=T(
        "导出报表：-o 文件.xlsx 可直接打印上会，-o 文件.csv 供表格软件读取。",
        "Export for the meeting: -o FILE.xlsx is ready to print, -o FILE.csv is for spreadsheets.",
    )
)


@app.command(
    help=T(
        "问题台账，二十二栏；不含作废，除非用 --status 指定。",
        "The ledger of problems in 22 columns; without void ones unless --status asks for them.",
    )
)
@spread
def ledger(
    ctx: typer.Context,
    *,
    annex: papers.Annex = None,
    paper: papers.Size = PaperSize.A4,
    by: papers.ByTeam = None,
    with_personal: options.WithPersonal = False,
    wanted: filters.Filters,
    cut_off: options.CutOff,
    delivery: options.Delivery,
) -> None:
    from fugong.output import format_of
    from fugong.queries.lights import lights
    from fugong.reports.ledger import ledger as made

    with reading(ctx.obj.store, cut_off) as (reader, cut), reader.snapshot():  # both sheets as of one moment
        shone = lights(reader, cut.day)
        which = condition(reader, shone, wanted, COUNTED)
        found = made(reader, which, shone)
        if format_of(delivery.fmt, delivery.out) is Format.XLSX:
            from fugong.reports.printed import MOST, printed

            sheets = printed(reader, which, shone, cut, personal=with_personal, by_team=by is not None)
            found = found._replace(papers=sheets)
            if not sheets:
                say(
                    T(
                        f"超过 {MOST} 个，没有做打印页；缩小范围再导出。",
                        f"Over {MOST}: no sheet to print.",
                    )
                )
        emit(found, delivery, at=(reader, cut), annex=annex, large=paper is PaperSize.A3)


@app.command(
    help=T(
        "问题清单、任务清单、责任清单；XLSX 里各占一张表，CSV 和 JSON 只有一张表，一个问题一行，各栏齐全。",
        "The lists of problems, tasks and responsibilities, each a sheet of XLSX; CSV and JSON, "
        "which hold one table, have one row per problem with the columns of all three.",
    )
)
@spread
def lists(
    ctx: typer.Context,
    *,
    annex: papers.Annex = None,
    paper: papers.Size = PaperSize.A4,
    by: papers.ByTeam = None,
    wanted: filters.Filters,
    cut_off: options.CutOff,
    delivery: options.Delivery,
) -> None:
    from fugong.queries.lights import lights
    from fugong.reports.ledger import lists as made
    from fugong.reports.ledger import lists_by_team

    with reading(ctx.obj.store, cut_off) as (reader, cut), reader.snapshot():  # all three as of one moment
        shone = lights(reader, cut.day)
        which = condition(reader, shone, wanted, COUNTED)
        found = (lists_by_team if by else made)(reader, which, shone)
        emit(found, delivery, at=(reader, cut), annex=annex, large=paper is PaperSize.A3)


@app.command(help=T("企业。", "Enterprises."))
@spread
def enterprises(
    ctx: typer.Context, *, team: filters.Teams = None, cut_off: options.CutOff, delivery: options.Delivery
) -> None:
    from fugong.queries import names
    from fugong.reports.roster import enterprises as made

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        teams = tuple(names.team(reader.now.rows, given).id for given in team or ())
        emit(made(reader, teams), delivery, at=(reader, cut))


app.command("progress", help=T("各组进展。", "Progress of each team."))(report.progress)
work.add_list(app, None, T("工作记录。", "Activities."), name="activities")
app.command("milestones", help=T("达标事项。", "Milestones."))(milestone.list_)
app.command("figures", help=T("公布口径。", "Published figures."))(figure.every)
