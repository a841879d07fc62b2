"""load: seed files into the store; says what changed, then prints the progress table."""

from pathlib import Path
from typing import Annotated

import typer

from fugong import config
from fugong.commands.frame.app import App
from fugong.commands.frame.counting import counting
from fugong.commands.frame.options import Delivery
from fugong.commands.frame.reading import emit
from fugong.commands.frame.writing import committed, say
from fugong.commands.report import progress
from fugong.lang import T
from fugong.vocab import Format
from fugong.vocab.reporting import By

app = App()


@app.command(help=T("装入 YAML 数据；没有台账就新建。", "Load YAML files; makes the store if there is none."))
def load(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar=T("文件…", "FILE…"),
            help=T("YAML 文件，格式见 docs/seed.md。", "YAML files; the format is in docs/seed.md."),
        ),
    ],
) -> None:
    from fugong.seed.load import load_files
    from fugong.seed.result import lines, report

    with counting() as advance:
        result = load_files(ctx.obj.store, files, actor=config.actor(), progress=advance)
    for text in lines(result):
        say(text)
    if config.as_json.get():
        with committed():
            emit(report(result), Delivery(fmt=Format.JSON))
        return
    with committed():
        progress(ctx, by=By.TEAM)
