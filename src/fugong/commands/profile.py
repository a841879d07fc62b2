"""profile: what an office calls things (导入方案), as ``import --profile`` keeps it."""

from typing import Annotated

import typer

from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import tell, writing
from fugong.lang import T

app = App(
    help=T(
        "导入方案：一个单位的叫法，由 import --profile 记下。",
        "Profiles of imports: what an office calls things, as import --profile keeps it.",
    )
)


@app.command("list", help=T("列出导入方案和里面的对照。", "List the profiles, and what each maps."))
@spread
def list_(ctx: typer.Context, *, cut_off: options.CutOff, delivery: options.Delivery) -> None:
    from fugong.imports import profiles

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        emit(profiles.listed(reader), delivery, at=(reader, cut))


@app.command(help=T("删去一个导入方案；导入过的不变。", "Delete a profile; what was imported with it stays."))
def delete(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=T("方案", "NAME"), help=T("方案的名称。", "Its name."))],
) -> None:
    from fugong.imports import profiles

    with writing(ctx.obj.store, "profile delete") as writer:
        said = profiles.forget(writer, name)
    tell(said)
