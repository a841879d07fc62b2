"""store: make, look at and set up the file that holds everything."""

from typing import Annotated

import typer

from fugong.commands import options
from fugong.commands.app import App
from fugong.commands.emitting import emit
from fugong.commands.reading import reading
from fugong.commands.transaction import say, tell
from fugong.lang import T

app = App(help=T("台账文件：新建、查看、设置。", "The store: make one, look at it, set it up."))


@app.command(help=T("新建一个空台账。", "Make an empty store."))
def init(ctx: typer.Context) -> None:
    from fugong import db

    with db.creating(ctx.obj.store):
        pass
    tell(ctx.obj.store)
    say(
        T(
            "已新建空台账。下一步装入数据：fugong load 文件.yaml",
            "An empty store is ready. Next: fugong load FILE.yaml",
        )
    )


@app.command(help=T("台账在哪里、有多少内容、怎样设置。", "Where the store is, what it holds, how it is set up."))
def info(
    ctx: typer.Context,
    fmt: options.FormatOption = None,
    output: options.Output = None,
    force: options.Force = False,
    header: options.Header = None,
) -> None:
    from fugong import db
    from fugong.reports.store import info as report

    with reading(ctx.obj.store) as (reader, cut):
        made = report(reader, db.path_of(ctx.obj.store))
        emit(made, fmt, output, force=force, header=header, at=(reader, cut))


@app.command(
    "set", help=T("改一项设置：timezone（时区）、yellow_days（黄灯天数）。", "Change a setting: timezone, yellow_days.")
)
def set_(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=T("设置", "SETTING"), help="timezone, yellow_days")],
    value: Annotated[str, typer.Argument(metavar=T("值", "VALUE"), help=T("新的值。", "The new value."))],
) -> None:
    from fugong import db, settings

    with db.writing(ctx.obj.store) as session:
        settings.change(session, name, value)
    tell(f"{name}\t{value}")
