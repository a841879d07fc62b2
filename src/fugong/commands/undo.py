"""undo: take back the last command."""

from typing import Annotated

import typer

from fugong.commands.frame.app import App
from fugong.commands.frame.writing import reckon, say, tell, writing
from fugong.lang import T, name_of

app = App()


@app.command(help=T("撤销自己最近一次操作，整批撤回。", "Take back your last command, whole."))
def undo(
    ctx: typer.Context,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=T("只看会撤销什么，不改动。", "Show what would be undone; change nothing.")),
    ] = False,
) -> None:
    from fugong.domain.undo import undo as take_back
    from fugong.output.cells import visible

    with writing(ctx.obj.store, "undo") as writer:
        batch, taken = take_back(writer)
        verb = batch.verb
        reckon(writer)
        if dry_run:
            writer.session.rollback()
    tell("\n".join(visible(f"{each.label}  {T('撤销', 'undone: ')}{name_of(each.act)}  {each.on}") for each in taken))
    if dry_run:
        say(T(f"会撤销 fugong {verb}；没有改动。", f"fugong {verb} would be undone; nothing was changed."))
    else:
        say(T(f"已撤销 fugong {verb}。", f"fugong {verb} was undone."))
