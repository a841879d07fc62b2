"""undo, redo: take back the last command, and do it again."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from fugong.commands.frame.app import App
from fugong.commands.frame.writing import rehearse, say, tell, writing
from fugong.lang import T, name_of
from fugong.vocab import Kind, Words

if TYPE_CHECKING:
    from fugong.domain.undo import Taken

app = App()


def _lines(taken: list["Taken"], word: Words) -> Iterator[str]:
    """A line for each act; for a publication one, which says how many figures it stated."""
    said = T(word.zh, f"{word.en}: ")
    figures = sum(each.kind is Kind.FIGURE for each in taken)
    published = [each for each in taken if each.kind is Kind.PUBLICATION]
    for each in published:
        what = T(f"公布的 {figures} 个数", f"the {figures} figures published")
        yield f"{each.label}  {said}{what}  {each.on}"
    if not published:
        acts = {act: name_of(act) for act in {each.act for each in taken}}
        yield from (f"{each.label}  {said}{acts[each.act]}  {each.on}" for each in taken)


def _back_and_forth(name: str, what: str, word: Words) -> None:
    """The command that takes the last one back, or that does it again.

    Args:
        name: What it is called, and the rule of ``domain.undo`` that it runs.
        what: Its help.
        word: What was done to the command that it is about.
    """

    @app.command(name, help=what)
    def command(
        ctx: typer.Context,
        dry_run: Annotated[
            bool,
            typer.Option(
                "--dry-run",
                help=T(f"只看会{word.zh}什么，不改动。", f"Show what would be {word.en}; change nothing."),
            ),
        ] = False,
    ) -> None:
        from fugong.domain import undo
        from fugong.output.cells import visible

        act = {"undo": undo.undo, "redo": undo.redo}[name]
        with writing(ctx.obj.store, name) as writer:
            batch, taken = act(writer)
            verb: str = batch.verb
            if dry_run:
                rehearse(writer)
        tell("\n".join(visible(line) for line in _lines(taken, word)))
        if dry_run:
            say(
                T(
                    f"会{word.zh} fugong {verb}；没有改动。",
                    f"fugong {verb} would be {word.en}; nothing was changed.",
                )
            )
        else:
            say(T(f"已{word.zh} fugong {verb}。", f"fugong {verb} was {word.en}."))


_back_and_forth(
    "undo", T("撤销自己最近一次操作，整批撤回。", "Take back your last command, whole."), Words("撤销", "undone")
)
_back_and_forth(
    "redo",
    T("重做自己最近一次撤销的操作，整批恢复。", "Do again what you undid last, whole."),
    Words("重做", "done again"),
)
