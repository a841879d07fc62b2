"""escalate: what the county's departments cannot solve goes to a level above."""

from typing import TYPE_CHECKING, Annotated

import typer

from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.writing import day_of, each
from fugong.errors.rules import LevelOrWithdraw
from fugong.lang import T
from fugong.vocab import Level

if TYPE_CHECKING:
    from fugong.domain.writer import Writer
    from fugong.store.records import Problem

app = App()


@app.command(
    help=T(
        "上报：部门解决不了的，报县、报市、报省协调；仍算正在解决。",
        "Report problems to the county, the city or the province; they stay in hand.",
    ),
    last="why",
)
def escalate(
    ctx: typer.Context,
    ids: options.Ids,
    why: options.Why,
    to: Annotated[
        Level | None, typer.Option("--to", help=T("报到哪一级。", "To which level."), click_type=Codes(Level))
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help=T("撤回上报。", "Withdraw it from the higher level."))
    ] = False,
    on: options.On = None,
    approx: options.Approx = False,
) -> None:
    from fugong.domain import escalation

    if withdraw == (to is not None):
        raise LevelOrWithdraw

    def act(writer: "Writer", problem: "Problem") -> bool:
        day = day_of(writer, on)
        if to is None:
            return escalation.withdraw_problem(writer, problem, why, on=day, approximate=approx)
        return escalation.escalate_problem(writer, problem, to, why, on=day, approximate=approx)

    same = (
        T("已经上报到这一级", "was reported to that level already") if to else T("没有上报过", "is at no level above")
    )
    each(ctx, "escalate", ids, act, same)
