"""redate: correct the day of an act on a problem."""

from typing import TYPE_CHECKING, Annotated

import typer

from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.writing import day_of, each, say
from fugong.lang import T, name_of
from fugong.vocab.keeping import Redated

if TYPE_CHECKING:
    from fugong.domain.writer import Writer
    from fugong.store.records import Problem

app = App()


@app.command(
    help=T(
        "更正办理的日期：最近一次办理，或用 --act 指明是哪一种，改到实际那一天。",
        "Correct the day of an act: of the last one, or with --act of the last of that kind.",
    ),
    last="on",
)
def redate(
    ctx: typer.Context,
    ids: options.Ids,
    on: Annotated[
        str,
        typer.Option(
            "--on",
            metavar=T("日期", "DATE"),
            help=T("实际日期，如 3月12日、昨天、上周五。", "The day it happened, as 12 Mar, yesterday or last Friday."),
        ),
    ],
    act: Annotated[
        Redated | None,
        typer.Option(
            "--act",
            metavar=T("办理", "ACT"),
            help=T(
                "哪一种办理，如 close（销号）；默认最近一次。", "Which kind of act, as close; default: the last one."
            ),
            click_type=Codes(Redated),
        ),
    ] = None,
    approx: options.Approx = False,
) -> None:
    from fugong.domain import redating

    moved: list[tuple[str, redating.Moved]] = []

    def correct(writer: "Writer", problem: "Problem") -> bool:
        day = day_of(writer, on) or writer.today
        done = redating.redate(writer, problem, day, act, approximate=approx)
        moved.extend([(problem.ident, done)] if done else [])
        return done is not None

    each(ctx, "redate", ids, correct, T("本来就是这一天", "has that day already"))
    for ident, (what, was, day) in moved:
        say(T(f"{ident} {name_of(what)}：{was} → {day}", f"{ident} {name_of(what)}: {was} → {day}"))
