"""notice: papers about problems as Word files, and which were issued."""

from pathlib import Path
from typing import Annotated, Any

import typer

from fugong.commands.frame import aliases, options
from fugong.commands.frame.app import App, Group
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.nouns import add_list
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import day_of, problems_of, say, tell, tell_places, touch, writing
from fugong.lang import T
from fugong.vocab import Paper


class _Noticing(Group):
    """``notice 3-2 --kind …`` is ``notice make 3-2 --kind …``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        first = next((word for word in args if not word.startswith("-")), None)
        known = first is not None and (first in self.commands or aliases.meant(first, root=False) in self.commands)
        return super().parse_args(ctx, args if first is None or known else ["make", *args])


app = App(
    cls=_Noticing,
    help=T(
        "文书：交办单、催办单、督办单、整改通知书、回执，写成 Word 文件；直接写编号就是出具。",
        "Papers as Word files: assignments, reminders, supervision orders, notices to rectify, receipts.",
    ),
)

DocxOutput = Annotated[
    Path,
    typer.Option(
        "--output", "-o", metavar=T("文件", "FILE"), help=T("写到哪个 Word 文件（.docx）。", "The Word file (.docx).")
    ),
]


@app.command(
    help=T(
        "出具文书，编号自动接着排；内容没有变的再出一次是重印，编号不变。",
        "Issue papers with the next numbers; the same content again is a reprint with its number.",
    )
)
def make(
    ctx: typer.Context,
    ids: options.Ids,
    kind: Annotated[Paper, typer.Option("--kind", help=T("哪种文书。", "Which paper."), click_type=Codes(Paper))],
    output: DocxOutput,
    force: options.Force = False,
    on: options.On = None,
    demand: Annotated[
        list[str] | None,
        typer.Option(
            "--demand",
            metavar=T("要求", "TEXT"),
            help=T("办理要求，可写几次；不写用通常的。", "What is demanded; repeatable. Default: the usual text."),
        ),
    ] = None,
    internal: Annotated[bool, typer.Option("--internal", help=T("标上“内部资料”。", "Mark it as internal."))] = False,
    receipt: Annotated[
        bool, typer.Option("--receipt/--no-receipt", help=T("后面附一页回执。", "With a receipt to be sent back."))
    ] = True,
    with_personal: options.WithPersonal = False,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar=T("模板", "FILE"),
            help=T("用这个模板，默认的见 notice template。", "Use this template; see notice template."),
        ),
    ] = None,
) -> None:
    from fugong.domain import notices
    from fugong.output import notices as word

    word.must_be_word(output, force=force, template=template)
    with word.draft(output, force=force) as put, writing(ctx.obj.store, "notice") as writer:
        asked = notices.Asked(kind, day_of(writer, on), demand or (), internal, with_personal, receipt)
        issued = [notices.issue(writer, problem, asked) for problem in problems_of(writer, ids)]
        put(word.filled([each.slip for each in issued], template))
        said = [_said(each) for each in issued]
        unsigned = [each for each in issued if not each.slip.unit]
    tell("\n".join(said))
    for each in issued:
        if each.notice and each.reprint:
            say(T(f"{each.slip.id} 内容没有变，是重印，编号不变。", f"{each.slip.id}: a reprint with its number."))
        elif each.notice and each.notice.number is None:
            say(
                T(
                    f"{each.slip.id} 这是台账的一份副本，编号留空，由原台账编。",
                    f"{each.slip.id}: this is a copy of the ledger, so the number is left to be written in.",
                )
            )
    if unsigned:
        say(
            T(
                "没有写是哪个单位出的：fugong store set office 县委组织部",
                "No office signs it: fugong store set office NAME",
            )
        )
    say(T(f"已写入 {output}", f"Written to {output}"))


def _said(each: Any) -> str:
    """A paper in one line: its number, the problem, to whom."""
    if each.notice:
        touch(each.notice)
    return f"{each.slip.number or each.slip.title}  {each.slip.id}  {each.slip.to}".strip()


@app.command(
    help=T("写出默认的模板，在 Word 里改好后用 --template 指定。", "Write the default template, to be changed in Word.")
)
def template(
    ctx: typer.Context,
    output: DocxOutput,
    force: options.Force = False,
) -> None:
    del ctx
    from fugong.output import files
    from fugong.output import notices as word

    word.must_be_word(output, force=force)
    files.save(output, [word.default()], force=force)
    tell_places("file", [output], done="write")


add_list(app, "notices", "notices", T("出具过的文书。", "The papers that were issued."), by_team=False)


@app.command(help=T("这些问题出具过哪些文书。", "The papers about some problems."))
@spread
def show(ctx: typer.Context, ids: options.Ids, *, cut_off: options.CutOff, delivery: options.Delivery) -> None:
    from fugong.reports.notices import of_problems

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        emit(of_problems(reader, ids), delivery, at=(reader, cut))
