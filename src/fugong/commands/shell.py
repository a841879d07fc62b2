"""shell and run: many commands after one start, typed or from a file (连着输入)."""

from pathlib import Path
from typing import Annotated

import typer

from fugong.commands.frame.app import App
from fugong.lang import T
from fugong.vocab import ExitCode, Words

app = App()


@app.command(
    help=T(
        "连着输入：启动一次，命令不用再打 fugong；Tab 补全企业、单位、类别、编号。quit 退出。",
        "One start, many commands, without typing fugong; Tab completes names and ids; quit ends.",
    )
)
def shell(ctx: typer.Context) -> None:
    from fugong.commands.frame import talking
    from fugong.commands.frame.several import Session

    raise typer.Exit(talking.talk(Session.of(ctx)))


@app.command(
    help=T(
        "执行一个文件里的命令，一行一条；- 是标准输入。遇到第一条不成的就停，说出是第几行。",
        "Run the commands of a file, one a line; - is standard input. It stops at the first that fails.",
    ),
    finds=Words("有 --keep-going，而有的行不成", "with --keep-going some lines failed"),
)
def run(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar=T("文件", "FILE"),
            allow_dash=True,
            help=T("命令的文件；# 开头的行不算。", "The file of commands; lines that begin with # are skipped."),
        ),
    ],
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help=T("不成的行跳过，接着做后面的。", "Pass over lines that fail."))
    ] = False,
) -> None:
    from fugong.commands.frame.several import Session, lines_of

    failed = Session.of(ctx).all(lines_of(file), keep_going=keep_going)
    raise typer.Exit(ExitCode.FOUND if failed and keep_going else failed)
