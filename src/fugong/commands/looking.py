"""Looking through the whole ledger: find, today."""

from typing import Annotated

import typer

from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import day, emit, reading
from fugong.lang import T
from fugong.vocab import Coded

app = App()


class By(Coded):
    """By whom the entries of a day are counted."""

    ACTOR = "actor", "经手人", "person"
    TEAM = "team", "帮扶组", "team"


@app.command(
    help=T(
        "到处找：描述、进展、措施、企业、人、工作里有这些字的，谁、什么时候写的。",
        "Look everywhere: texts of problems, notes, measures, firms, people and work; who wrote them, and when.",
    )
)
@spread
def find(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar=T("词…", "WORD…"), help=T("几个词要在同一段文字里。", "Several must stand in the same text.")
        ),
    ],
    limit: options.Limit = None,
    *,
    cut_off: options.CutOff,
    delivery: options.Delivery,
) -> None:
    from fugong.errors.entries import NothingToFind
    from fugong.reports.searching import find as report

    if not all(word.strip() for word in words):
        raise NothingToFind
    with reading(ctx.obj.store, cut_off) as (reader, cut):
        emit(report(reader, [word.strip() for word in words], limit), delivery, at=(reader, cut))


@app.command(
    help=T(
        "这一天谁录入了什么（按录入时间，不是业务日期）。",
        "Who entered what on a day, by the time of entry, not by business date.",
    )
)
@spread
def today(
    ctx: typer.Context,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar=T("日期", "DATE"), help=T("哪一天；默认今天。", "Which day; default today.")),
    ] = None,
    by: Annotated[
        By | None,
        typer.Option("--by", help=T("按人或按组数一数。", "Count by person or by team."), click_type=Codes(By)),
    ] = None,
    known_at: options.KnownAt = None,
    *,
    delivery: options.Delivery,
) -> None:
    from fugong.queries import past
    from fugong.reports.entered import entered as report

    with reading(ctx.obj.store, options.CutOff(None, known_at)) as (reader, cut):
        made = report(past.as_known(reader, cut), day(on, cut.day) or cut.day, by and by.value)
        emit(made, delivery, at=(reader, cut))
