"""What goes upward: nil, publish, reconcile, summary."""

from typing import Annotated

import typer

from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.doubts import asked_team
from fugong.commands.frame.gathering import Unclear
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import day_of, line, say, tell, usual_team, writing
from fugong.errors.rules import NameOrClaims, ShortIsMarkdown
from fugong.lang import T, name_of
from fugong.vocab import Coded, ExitCode, Format, Light, Measure, Words

app = App()


class Alarm(Coded):
    """The mildest light that is a finding."""

    RED = "red", "红", "red"
    YELLOW = "yellow", "黄", "yellow"

    @property
    def lights(self) -> tuple[Light, ...]:
        """This light and what is worse."""
        return (Light.RED,) if self is Alarm.RED else (Light.RED, Light.YELLOW)


@app.command(
    help=T("每日综述：报给工作群和领导的一段话。", "The daily summary, for the work chat and the leaders."),
    finds=Words("有 --fail-on 所说的灯", "a light shines that --fail-on names"),
)
@spread
def summary(
    ctx: typer.Context,
    fail_on: Annotated[
        Alarm | None,
        typer.Option(
            "--fail-on",
            help=T(
                "有这种灯（黄：或红灯）就以退出码 6 结束。",
                "End with exit code 6 if there is such a light; yellow: or a red one.",
            ),
            click_type=Codes(Alarm),
        ),
    ] = None,
    short: Annotated[
        bool,
        typer.Option(
            "--short",
            help=T(
                "不超过 4096 字节的 Markdown，发给群机器人用；程序自己不发送。",
                "Markdown of 4,096 bytes at most, for a chat robot; nothing is sent.",
            ),
        ),
    ] = False,
    *,
    cut_off: options.CutOff,
    delivery: options.Delivery,
) -> None:
    from fugong.reports.summary import shines
    from fugong.reports.summary import summary as report

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        delivery = delivery.or_text()
        made = report(reader, cut, by_team=delivery.fmt not in (Format.TEXT, Format.JSON))
        if short:
            from fugong.output.short import lines
            from fugong.reports.summary import short as shortened

            if delivery.fmt not in (Format.TEXT, Format.MD):
                raise ShortIsMarkdown
            delivery, made = delivery._replace(fmt=Format.TEXT), made._replace(lines=lines(shortened(reader, cut)))
        emit(made, delivery, at=(reader, cut))
    if fail_on and shines(made, *fail_on.lights):
        raise typer.Exit(ExitCode.FOUND)


@app.command(help=T("零报告：这一组当天没有情况要报。", "Report that a team has nothing to report."), last="team")
def nil(
    ctx: typer.Context,
    team: options.Team = None,
    on: options.On = None,
) -> None:
    from fugong.domain import nil as nils
    from fugong.domain import roster

    team = usual_team(ctx, team) or asked_team()
    if team is None:
        said = T("缺少选项 --team。例如：fugong nil 2", "The option --team is missing. For example: fugong nil 2")
        raise Unclear(said, ctx=ctx)
    with writing(ctx.obj.store, "nil") as writer:
        made, new = nils.report_nil(writer, roster.find_team(writer.session, team), day_of(writer, on))
        said, logged = line(made), nils.logged_on(writer, made)
    tell(said)
    if logged:
        say(
            T(
                f"注意：这一组这一天登记了 {logged} 个问题，却又零报告；报错了就 fugong undo。",
                f"Note: problems that this team logged for that day: {logged}. If nil was a slip: fugong undo.",
            )
        )
    if not new:
        say(T("这一天已经零报告过，没有重复记。", "It was reported before; nothing was added."))


@app.command(
    help=T("公布：留存截至某时的数字和背后的每一条。", "Publish: keep the figures of a cut-off, and the rows.")
)
def publish(
    ctx: typer.Context,
    as_of: options.AsOf = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name", metavar=T("名称", "NAME"), help=T("名称；默认是截至时间。", "Its name; default: the cut-off.")
        ),
    ] = None,
) -> None:
    from fugong.domain import publishing

    with reading(ctx.obj.store, options.CutOff(as_of)) as (_, cut):
        pass
    with writing(ctx.obj.store, "publish") as writer:
        made, new = publishing.publish(writer, cut, name)
        figures = [f"{name_of(each.measure)} {each.value}" for each in publishing.county_figures(writer, made)]
        said = f"{line(made)}  {T('，', ', ').join(figures)}"
        if made.seal:
            said += f"  {T('封签', 'seal')} {made.seal}"
    tell(said)
    if not new:
        say(T("已经公布过，没有重复公布。", "It was published before; nothing was added."))


def _claim(option: str, what: str) -> object:
    return typer.Option(option, min=0, metavar=T("数", "N"), help=what)


@app.command(
    help=T("核对：公布的数字和台账对不对得上。", "Compare what was stated with the ledger."),
    finds=Words("有出入", "they differ"),
)
@spread
def reconcile(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar=T("名称", "NAME"), help=T("哪一次公布；不写就核对全部。", "Which one; default all.")),
    ] = None,
    found: Annotated[int | None, _claim("--found", T("要报的发现数。", "Problems found, as to be stated."))] = None,
    solved: Annotated[int | None, _claim("--solved", T("要报的解决数。", "Problems solved."))] = None,
    in_hand: Annotated[int | None, _claim("--in-hand", T("要报的正在解决数。", "Problems in hand."))] = None,
    resumed: Annotated[int | None, _claim("--resumed", T("要报的复工企业数。", "Enterprises resumed."))] = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all",
            help=T("一致的也列出；JSON 和 CSV 本来就有。", "List what agrees, too; JSON and CSV have it anyway."),
        ),
    ] = False,
    *,
    cut_off: options.CutOff,
    delivery: options.Delivery,
) -> None:
    from fugong.reports import reconcile as reports

    given = {Measure.FOUND: found, Measure.SOLVED: solved, Measure.IN_HAND: in_hand, Measure.RESUMED: resumed}
    claims = {measure: value for measure, value in given.items() if value is not None}
    if name and claims:
        raise NameOrClaims
    with reading(ctx.obj.store, cut_off) as (reader, cut):
        if claims:
            report = reports.reconcile_claims(reader, cut, claims)
        elif name:
            report = reports.reconcile_publication(reader, name, cut, every=every)
        else:
            report = reports.reconcile(reader, cut, every=every)
        emit(report, delivery, at=(reader, cut))
    if reports.differs(report):
        raise typer.Exit(ExitCode.FOUND)
