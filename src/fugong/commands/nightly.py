"""nightly: everything that is done once a day, by cron, systemd, the Windows scheduler or by hand."""

import os
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fugong import config
from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.evidence_left import said_left
from fugong.commands.frame.gathering import Unclear
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import say, tell, tell_places, writing
from fugong.commands.publishing import Alarm
from fugong.lang import T
from fugong.vocab import ExitCode, Format, Words

if TYPE_CHECKING:
    from fugong.db import Reader

app = App()

DAYS = 30
"""For so many days the newest backup of each is kept, unless an option says otherwise."""
_CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})")


@app.command(
    help=T(
        "夜间任务：备份，留存截至时的数字，写出台账（CSV、XLSX）、会议网页和每日综述，有红灯就告警。"
        "同一截至时间跑几次，结果一样。",
        "The nightly run: back up, publish the figures of the cut-off, write the ledger (CSV, XLSX), the page and the "
        "summary, and sound the alarm on red. Running it twice for one cut-off is the same as once.",
    ),
    finds=Words(
        "有 --alarm-on 所说的灯，或有附件和登记的不同",
        "a light shines that --alarm-on names, or a file is not what was attached",
    ),
)
@spread
def nightly(
    ctx: typer.Context,
    *,
    store: Annotated[
        str,
        typer.Argument(
            metavar=T("台账", "STORE"), help=T("台账文件，或数据库网址。", "The store: a file, or a database's URL.")
        ),
    ],
    folder: Annotated[Path, typer.Argument(metavar=T("文件夹", "FOLDER"), help=T("写到这里。", "Where the files go."))],
    cut: Annotated[
        str | None,
        typer.Argument(
            metavar=T("[截至]", "[CUT-OFF]"),
            help=T(
                "同 --as-of；17:00 是最近一个已过的 17:00（按台账的时区）；默认今天。",
                "As for --as-of; 17:00 is the last one that has passed, in the store's time zone; default today.",
            ),
        ),
    ] = None,
    alarm: Annotated[
        str | None,
        typer.Option(
            "--alarm",
            metavar=T("命令", "COMMAND"),
            help=T(
                "告警时运行的命令，可带参数，最后加上综述文件；默认看环境变量 FUGONG_ALARM。",
                "What to run on an alarm, with its arguments; the summary's file is added. Default: FUGONG_ALARM.",
            ),
        ),
    ] = None,
    alarm_on: Annotated[
        Alarm,
        typer.Option(
            "--alarm-on",
            help=T("有哪种灯才告警；黄：有黄灯或红灯。", "Which light is an alarm; yellow: a yellow or a red one."),
            click_type=Codes(Alarm),
        ),
    ] = Alarm.RED,
    retention: options.Retention,
) -> None:
    from fugong import files
    from fugong.commands import export, report
    from fugong.errors.files import CannotWrite
    from fugong.reports.summary import shines
    from fugong.reports.summary import summary as made

    os.environ["FUGONG_NO_INPUT"] = "1"  # neither this program nor the alarm may ask anything
    if ctx.obj.store not in (None, config.store_location(store)):
        raise Unclear(
            T(
                f"--store 是 {ctx.obj.store}，nightly 后面写的台账却是 {store}；请只写后面这一个。",
                f"--store is {ctx.obj.store}, and behind nightly stands {store}; name the store behind it only.",
            ),
            ctx=ctx,
        )
    ctx.obj.store = config.store_location(store)
    try:
        files.make_folder(folder)
    except OSError as error:
        raise CannotWrite(path=folder, reason=files.reason(error)) from error
    with reading(ctx.obj.store) as (reader, _):
        typed = _cut_off(reader, cut or "today")
    _back_up(ctx.obj.store, retention)
    name = _published(ctx.obj.store, typed).translate({ord(" "): "_", ord(":"): "-"})

    asked = config.quiet.set(True)  # its files are its result; cron would mail whatever it printed
    in_json = config.as_json.set(False)  # and all of them are told at the end
    written = [folder / f"ledger-{name}.csv", folder / f"ledger-{name}.xlsx", folder / f"report-{name}.html"]
    for ledger in written[:2]:
        export.ledger(ctx, as_of=typed, out=ledger, force=True)
    left = report.made(ctx, written[2], options.CutOff(typed), force=True)
    summary = folder / f"summary-{name}.txt"
    with reading(ctx.obj.store, options.CutOff(typed)) as (reader, known):
        told = made(reader, known, by_team=False)
        emit(told, options.Delivery(fmt=Format.TEXT, out=summary, force=True), at=(reader, known))
    config.quiet.reset(asked)
    config.as_json.reset(in_json)
    if config.as_json.get():
        tell_places("file", [*written, summary], done="write")
    else:
        tell(summary.read_text(encoding="utf-8").rstrip("\n"))

    changed = said_left(left._replace(absent=0), report.LINKED)  # what is elsewhere is no news of this night
    if alarmed := shines(told, *alarm_on.lights):
        _sound(alarm or os.environ.get("FUGONG_ALARM", "").strip(), summary, ctx.obj.store)
    if alarmed or changed:
        raise typer.Exit(ExitCode.FOUND)


def _cut_off(reader: "Reader", cut: str) -> str:
    """The cut-off as ``--as-of`` takes it: a bare time of day is the last one that has passed where the store is.

    So a line in a crontab means the same on a server in any zone, before midnight there or after it.
    """
    clock = _CLOCK.fullmatch(cut.strip())
    if not clock:
        return cut
    here = config.now(reader.zone).astimezone(config.zone_of(reader.zone))
    hour, minute = map(int, clock.groups())
    day = here.date() - timedelta(days=(here.hour, here.minute) < (hour, minute))
    return f"{day}-{hour:02}:{minute:02}"


def _back_up(store: str, retention: options.Retention) -> None:
    """Back a file up; a server's store is backed up by the server's own means (docs/postgresql.md)."""
    from fugong.keeping import backup
    from fugong.keeping.retention import Keep, prune
    from fugong.store import postgresql_places

    if postgresql_places.speaks(store):
        return
    folder = backup.default_folder(store)
    keep = Keep(*(count or 0 for count in retention)) if any(retention) else Keep(daily=DAYS)
    for path, why in prune(store, folder, keep, backup.make(store, backup.named(store, folder))).apart:
        say(T(f"没有计入也没有动 {path}：{why.zh}。", f"Not counted and left alone: {path}; {why.en}."))


def _published(store: str, typed: str) -> str:
    """Publish the figures of the cut-off, unless they are; the publication's name."""
    from fugong.domain import publishing

    with reading(store, options.CutOff(typed)) as (_, cut):
        pass
    with writing(store, "publish") as writer:
        made, _ = publishing.publish(writer, cut)
        return str(made.name)


def _sound(alarm: str, summary: Path, store: str) -> None:
    """Run the alarm; that it fails is said, and changes nothing of how the night ended."""
    if not alarm:
        return
    import subprocess

    from fugong.files import unread

    sys.stdout.flush()
    env = {**os.environ, "FUGONG_STORE": store}
    try:
        ended = subprocess.run(_command(alarm, summary), env=env, check=False)  # noqa: S603  (the user's own words)
    except (OSError, ValueError) as error:
        quoted = Words("引号没有成对", "a quotation mark is not closed")
        why = unread(error) if isinstance(error, OSError) else quoted
        say(T(f"告警命令「{alarm}」运行不了：{why.zh}。", f"The alarm “{alarm}” cannot be run: {why.en}."))
        return
    if ended.returncode:
        code = ended.returncode
        say(T(f"告警命令以 {code} 结束，可能没有送到。", f"The alarm ended with {code} and may not have arrived."))


def _command(alarm: str, summary: Path) -> list[str] | str:
    """The words of the alarm, and the summary's file behind them; the name of a file may hold blanks.

    Raises:
        ValueError: A quotation mark is not closed.
    """
    import shlex
    import subprocess

    if Path(alarm).is_file():
        return [alarm, str(summary)]
    if os.name == "nt":  # there a program takes its command line apart by itself
        return f"{alarm} {subprocess.list2cmdline([str(summary)])}"
    return [*shlex.split(alarm), str(summary)]
