"""Figures: progress, and the page for the meeting."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fugong.commands.frame import options, papers
from fugong.commands.frame.app import App
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.evidence_left import said_left
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading, say_written
from fugong.lang import T
from fugong.vocab import ExitCode, Words
from fugong.vocab.reporting import By, Credit, PaperSize

if TYPE_CHECKING:
    from fugong.keeping.evidence import Left

app = App()


@spread
def progress(
    ctx: typer.Context,
    *,
    by: Annotated[
        By, typer.Option("--by", help=T("每一行是什么。", "What a row stands for."), click_type=Codes(By))
    ] = By.TEAM,
    cut_off: options.CutOff,
    rates: Annotated[
        bool,
        typer.Option(
            "--rates",
            help=T(
                "各种率：解决、按时、回访、满意、重开，连同分母。",
                "Rates with their denominators: closed, on time, verified, satisfied, reopened.",
            ),
        ),
    ] = False,
    credit: Annotated[
        Credit,
        typer.Option(
            "--credit",
            help=T(
                "问题算谁的：登记它的组，还是现在包联企业的组。",
                "Which team a problem counts for: the one that logged it, or the one now looking after the firm.",
            ),
            click_type=Codes(Credit),
        ),
    ] = Credit.LOGGED,
    annex: papers.Annex = None,
    paper: papers.Size = PaperSize.A4,
    delivery: options.Delivery,
) -> None:
    with reading(ctx.obj.store, cut_off) as (reader, cut):
        if rates and credit is not Credit.LOGGED:
            from fugong.errors.rules import NoCredit

            raise NoCredit(by="--rates")
        if rates:
            from fugong.reports.rates import rates as of_rates

            made = of_rates(reader, by, cut)
        else:
            from fugong.reports.progress import progress as of_progress

            made = of_progress(reader, by, cut, credit)
        emit(made, delivery, at=(reader, cut), annex=annex, large=paper is PaperSize.A3)


app.command(
    "progress",
    help=T("各组进展：发现、解决、正在解决、复工。", "Progress of each team: found, solved, in hand, resumed."),
)(progress)


@app.command(
    "report",
    help=T(
        "写一份会议用的网页报告：自成一体，手机可读，可打印。",
        "Write a report for the meeting: one self-contained web page for phones and paper.",
    ),
    finds=Words("有附件和登记的不同，页面不链接它", "a file is not what was attached: the page does not lead to it"),
)
@spread
def report_(
    ctx: typer.Context,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar=T("文件", "FILE"),
            help=T("写到哪个网页文件（.html）。", "The web page to write (.html)."),
        ),
    ],
    force: options.Force = False,
    *,
    cut_off: options.CutOff,
) -> None:
    left = made(ctx, output, cut_off, force=force)
    say_written(output)
    if said_left(left, LINKED):
        raise typer.Exit(ExitCode.FOUND)


LINKED = Words("链接", "linked")


def made(ctx: typer.Context, output: Path, cut_off: options.CutOff, *, force: bool) -> "Left":
    """Write the page; what evidence it does not lead to."""
    from fugong.keeping import evidence
    from fugong.output import page as writer
    from fugong.reports.page import page

    writer.must_be_page(output)
    beside = evidence.shown(ctx.obj.store, output)
    with reading(ctx.obj.store, cut_off) as (reader, cut), reader.snapshot():
        writer.save(page(reader, cut, beside), output, force=force)
    return beside.left
