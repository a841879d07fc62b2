"""undo, redo: take back the last command, and do it again."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from fugong.commands.frame.app import App
from fugong.commands.frame.writing import reckon, say, tell, writing
from fugong.lang import T, name_of

if TYPE_CHECKING:
    from fugong.domain.undo import Taken
    from fugong.domain.writer import Writer
    from fugong.store.records import Batch

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

    verb = _run(ctx, "undo", take_back, T("撤销", "undone: "), dry_run=dry_run)
    if dry_run:
        say(T(f"会撤销 fugong {verb}；没有改动。", f"fugong {verb} would be undone; nothing was changed."))
    else:
        say(T(f"已撤销 fugong {verb}。", f"fugong {verb} was undone."))


@app.command(help=T("重做自己最近一次撤销的操作，整批恢复。", "Do again what you undid last, whole."))
def redo(
    ctx: typer.Context,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=T("只看会重做什么，不改动。", "Show what would be done again; change nothing.")),
    ] = False,
) -> None:
    from fugong.domain.undo import redo as do_again

    verb = _run(ctx, "redo", do_again, T("重做", "done again: "), dry_run=dry_run)
    if dry_run:
        say(T(f"会重做 fugong {verb}；没有改动。", f"fugong {verb} would be done again; nothing was changed."))
    else:
        say(T(f"已重做 fugong {verb}。", f"fugong {verb} was done again."))


def _run(
    ctx: typer.Context,
    name: str,
    act: "Callable[[Writer], tuple[Batch, list[Taken]]]",
    what: str,
    *,
    dry_run: bool,
) -> str:
    """Take a command back or do it again, and say of each act that it was so; the command's name."""
    from fugong.output.cells import visible

    with writing(ctx.obj.store, name) as writer:
        batch, taken = act(writer)
        verb: str = batch.verb
        reckon(writer)
        if dry_run:
            writer.session.rollback()
    tell("\n".join(visible(f"{each.label}  {what}{name_of(each.act)}  {each.on}") for each in taken))
    return verb
