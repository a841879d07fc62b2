"""weekly: a week, a month or any period, compared with the one before it."""

from typing import Annotated

import typer

from fugong import config
from fugong.commands.frame import options, papers
from fugong.commands.frame.app import App
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.errors.entries import MonthOrDays
from fugong.lang import T

app = App()


@app.command(
    help=T(
        "一周对比：新增、办结、在办、逾期、按时、不满意，和上周比。",
        "A week beside the one before: new, closed, in hand, overdue, on time, dissatisfied.",
    )
)
@spread
def weekly(
    ctx: typer.Context,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar=T("日期", "DATE"),
            help=T("从哪一天；默认到 --to 共七天。", "The first day; default: seven days up to --to."),
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar=T("日期", "DATE"), help=T("到哪一天；默认今天。", "The last day; default today.")),
    ] = None,
    month: Annotated[
        str | None,
        typer.Option(
            "--month",
            metavar=T("月份", "MONTH"),
            help=T(
                "一个月，和上月比：2020-03、3月、本月、上月。", "A month, beside the one before: 2020-03, last month."
            ),
        ),
    ] = None,
    known_at: options.KnownAt = None,
    annex: papers.Annex = None,
    *,
    delivery: options.Delivery,
) -> None:
    from fugong import output
    from fugong.commands.frame.reading import day
    from fugong.queries import come
    from fugong.reports.weekly import weekly as report
    from fugong.values.periods import Compared
    from fugong.vocab import Format

    if month and (from_ or to):
        raise MonthOrDays
    with reading(ctx.obj.store, options.CutOff(None, known_at)) as (reader, cut):
        here = config.now(reader.zone).astimezone(config.zone_of(reader.zone))
        today = here.date()
        typed = day(to, today)
        if typed and typed > today:
            come.must_have(reader.rows, typed, here)
        last = typed or cut.day  # which a clock that is behind may not have come to
        compared = Compared.month(month, today) if month else Compared.until(last, day(from_, today))
        chosen = output.format_of(delivery.fmt, delivery.out)
        drawn = output.is_live(delivery.out) and chosen is Format.TABLE
        made = report(reader, cut, compared, drawn=drawn, on_paper=chosen is Format.XLSX)
        emit(made, delivery, at=(reader, cut), annex=annex)
