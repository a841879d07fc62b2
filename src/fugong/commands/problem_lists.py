"""What people look at all day: list, show."""

import typer

from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import LISTED, condition, emit, reading
from fugong.lang import T

app = App()


@app.command("list", help=T("列出问题；默认只列正在解决的。", "List problems; by default those in hand."))
@spread
def list_(
    ctx: typer.Context,
    *,
    wanted: options.Filters,
    cut_off: options.CutOff,
    limit: options.Limit = None,
    delivery: options.Delivery,
) -> None:
    from fugong.queries.lights import lights
    from fugong.reports.problems import problems as report

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        shone = lights(reader, cut.day)
        urgent = delivery.fitted and not limit
        found = report(reader, condition(reader, shone, wanted, LISTED), shone, cut, limit, worst_first=urgent)
        emit(found, delivery, at=(reader, cut))


@app.command(help=T("看一个问题的全部内容和办理记录。", "Show problems with their whole history."))
@spread
def show(ctx: typer.Context, ids: options.Ids, *, cut_off: options.CutOff, delivery: options.Delivery) -> None:
    from fugong.queries.lights import lights
    from fugong.reports.problems import cards

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        found = cards(reader, ids, lights(reader, cut.day))
        emit(found, delivery, at=(reader, cut))
