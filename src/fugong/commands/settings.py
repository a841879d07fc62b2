"""settings: what this user likes on this machine, kept in a file of their own (设置)."""

from typing import Annotated

import typer

from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import tell_setting
from fugong.lang import T
from fugong.results.report import Column, Report
from fugong.vocab import Words

app = App(help=T("自己的设置：语言、翻页、颜色、默认帮扶组。", "Your own settings: language, pager, colours, team."))

COLUMNS = (
    Column("name", Words("设置", "Setting")),
    Column("value", Words("值", "Value")),
    Column("meaning", Words("是什么", "What it is"), machine=False),
)


@app.command("list", help=T("看自己的设置和它们在哪个文件里。", "Show your settings, and in which file they are."))
@spread
def list_(ctx: typer.Context, *, delivery: options.Delivery) -> None:
    from fugong import config
    from fugong.commands.frame import preferences
    from fugong.lang import name_of

    place = preferences.place_of(ctx.obj.store)
    rows = [(name, preferences.value_of(name, place), name_of(said)) for name, (said, _) in preferences.KNOWN.items()]
    rows += [(f"list {name}", " ".join(words), "") for name, words in preferences.filters().items()]
    file = str(config.settings_file())
    note = Words(f"设置文件：{file}", f"The file: {file}")
    emit(Report(Words("设置", "Settings"), COLUMNS, rows, facts={"file": file}, notes=(note,)), delivery)


@app.command("set", help=T("改一项自己的设置；空的值表示取消。", "Change a setting of yours; an empty value clears."))
def set_(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar=T("设置", "SETTING"), help="language, format, pager, color, team")],
    value: Annotated[str, typer.Argument(metavar=T("值", "VALUE"), help=T("新的值。", "The new value."))],
) -> None:
    from fugong.commands.frame import preferences

    if name == preferences.TEAM and value:
        from fugong.queries import names

        with reading(ctx.obj.store) as (reader, _):
            key = names.team(reader.rows, value).id
            ((value,),) = reader.rows("SELECT code FROM team WHERE id = :key", key=key)
    preferences.choose(name, value, preferences.place_of(ctx.obj.store))
    tell_setting(name, value)
