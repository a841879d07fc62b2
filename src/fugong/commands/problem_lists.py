"""What people look at all day: list, show."""

from typing import Annotated

import typer

from fugong.commands.frame import completing, filters, options
from fugong.commands.frame.app import App
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import LISTED, condition, emit, reading
from fugong.lang import T
from fugong.vocab import Sort, Words

app = App()

SortOption = Annotated[
    Sort | None,
    typer.Option(
        "--sort",
        help=T(
            "按什么排；默认按编号，终端里的表最急的在前。",
            "The order; by default that of the ids, in a table on a terminal the most urgent first.",
        ),
        click_type=Codes(Sort),
    ),
]
SavedName = Annotated[
    str | None,
    typer.Argument(
        metavar=T("筛选", "SAVED"),
        help=T("用存过的筛选；可以再加条件。", "A saved filter; more conditions may follow."),
        autocompletion=completing.saved_filters,
    ),
]
Save = Annotated[
    str | None,
    typer.Option(
        "--save", metavar=T("名称", "NAME"), help=T("把这些条件存成这个名称。", "Save these conditions by this name.")
    ),
]
Forget = Annotated[
    str | None,
    typer.Option("--forget", metavar=T("名称", "NAME"), help=T("去掉存过的筛选。", "Take a saved filter away.")),
]


@app.command("list", help=T("列出问题；默认只列正在解决的。", "List problems; by default those in hand."), saves=True)
@spread
def list_(
    ctx: typer.Context,
    saved: SavedName = None,
    *,
    wanted: filters.Filters,
    cut_off: options.CutOff,
    limit: options.Limit = None,
    sort: SortOption = None,
    save: Save = None,
    forget: Forget = None,
    delivery: options.Delivery,
) -> None:
    from fugong.queries.lights import lights
    from fugong.reports.problems import problems as report

    del saved  # its words were put in its place while the line was parsed
    if save is not None or forget is not None:
        from fugong.commands.frame import saving

        saving.change(ctx, save, forget)
    if forget is not None:
        return
    with reading(ctx.obj.store, cut_off) as (reader, cut):
        shone = lights(reader, cut.day)
        order = sort or (Sort.DUE if delivery.fitted and not limit else None)
        found = report(
            reader, condition(reader, shone, wanted, LISTED), shone, cut, limit, sort=order, marked=delivery.fitted
        )
        if delivery.fitted and not (wanted.status or wanted.closed_since or wanted.closed_until or wanted.how):
            found = found._replace(title=Words("正在解决的问题", "Problems in hand"))
        emit(found, delivery, at=(reader, cut))


@app.command(help=T("看一个问题的全部内容和办理记录。", "Show problems with their whole history."))
@spread
def show(ctx: typer.Context, ids: options.Ids, *, cut_off: options.CutOff, delivery: options.Delivery) -> None:
    from fugong.queries.lights import lights
    from fugong.reports.problems import cards

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        found = cards(reader, ids, lights(reader, cut.day), fitted=delivery.fitted)
        emit(found, delivery, at=(reader, cut))
