"""calendar: the working days that deadlines are counted in."""

import re
import sys
from typing import Annotated

import typer

from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import say, tell, writing
from fugong.errors.entries import BadMonth
from fugong.lang import T, name_of
from fugong.vocab import DayKind

app = App(help=T("工作日历：法定工作日和调休。", "The calendar of working days."))

Month = Annotated[str, typer.Argument(metavar=T("月份", "MONTH"), help=T("如 2020-04。", "As 2020-04."))]


@app.command(help=T("看一个月哪天上班、哪天休息。", "Show which days of a month are worked."))
@spread
def show(ctx: typer.Context, month: Month, *, cut_off: options.CutOff, delivery: options.Delivery) -> None:
    from fugong.reports.calendar import month as report

    found = re.fullmatch(r"(\d{4})-(0?[1-9]|1[0-2])", month.strip())
    if found is None or int(found[1]) == 0:
        raise BadMonth(value=month)
    with reading(ctx.obj.store, cut_off) as (reader, cut):
        made = report(reader, int(found[1]), int(found[2]))
        emit(made, delivery, at=(reader, cut))


@app.command("set", help=T("更正某一天：上班或休息，写明依据。", "Correct a day: work or off, by which notice."))
def set_(
    ctx: typer.Context,
    day: Annotated[str, typer.Argument(metavar=T("日期", "DATE"), help=T("如 2020-02-01。", "As 2020-02-01."))],
    kind: Annotated[
        DayKind,
        typer.Argument(metavar="work|off", help=T("work 上班，off 休息。", "work or off."), click_type=Codes(DayKind)),
    ],
    source: Annotated[
        str, typer.Option("--source", metavar=T("依据", "TEXT"), help=T("哪一份通知。", "The notice that says so."))
    ],
) -> None:
    from fugong import config
    from fugong.domain.roster import campaign
    from fugong.queries import deadlines
    from fugong.values import dates

    with writing(ctx.obj.store, "calendar set") as writer:
        corrected = dates.read_date(day, writer.today, month_first=config.chinese())
        campaign.correct_day(writer, corrected, work=kind is DayKind.WORK, source=source)
        affected = len(list(deadlines.moved(writer.session.rows)))
    tell(f"{corrected}  {name_of(kind)}  {source}")
    if affected:
        say(
            T(
                f"有 {affected} 个时限会因此变动，还没有改。查看和确认：fugong calendar recheck",
                f"{affected} deadline(s) would move; none was changed. See and confirm: fugong calendar recheck",
            )
        )


@app.command(
    help=T("列出日历变动影响的时限，确认后才改。", "List deadlines that the calendar moves; asks before moving.")
)
def recheck(
    ctx: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", help=T("不再询问，直接改。", "Move them without asking."))] = False,
    fmt: options.FormatOption = None,
) -> None:
    from fugong.queries import deadlines
    from fugong.reports.calendar import moved as report

    with reading(ctx.obj.store) as (reader, _):
        found = list(deadlines.moved(reader.rows))
        emit(report(reader, found), options.Delivery(fmt))
    if not found:
        say(T("没有时限需要变动。", "No deadline would move."))
    elif yes or _confirmed(len(found)):
        _move(ctx)
    else:
        say(
            T(
                "没有改动。要改：fugong calendar recheck --yes",
                "Nothing was changed. To move: fugong calendar recheck --yes",
            )
        )


def _confirmed(count: int) -> bool:
    """Whether the person at the keyboard agrees; nobody is asked where nobody sits."""
    question = T(f"改动这 {count} 个时限吗？输入 y 确认：", f"Move these {count} deadline(s)? Type y to confirm: ")
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    typer.echo(question, err=True, nl=False)
    return sys.stdin.readline().strip().lower() == "y"


def _move(ctx: typer.Context) -> None:
    """Put the deadlines on their new days, as the calendar is inside the transaction."""
    from fugong.domain import problems
    from fugong.queries import deadlines

    with writing(ctx.obj.store, "calendar recheck") as writer:
        moves = list(deadlines.moved(writer.session.rows))
        for each in moves:
            problems.move_deadline(writer, each.problem_id, each.due)
    say(T(f"已改动 {len(moves)} 个时限。", f"{len(moves)} deadline(s) moved."))
