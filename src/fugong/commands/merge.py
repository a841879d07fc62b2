"""merge: bring together what copies of the ledger know."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.evidence_left import said_left
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.writing import say, say_trial
from fugong.errors import Refusal
from fugong.lang import T, quoted
from fugong.vocab import ExitCode, Format, Words

if TYPE_CHECKING:
    from fugong.reports.merging import Merged

app = App()


@app.command(
    help=T(
        "把别的副本、备份或合并包里的内容合进来：谁记下的都不丢，说法不一的列出来，等人裁定。先备份，全部合进来才写入。",
        "Bring in what other copies, backups or bundles hold: nothing that anybody entered is lost, and what they say "
        "differently is listed to be settled. A backup is made first; all comes in, or nothing does.",
    ),
    finds=Words(
        "有冲突、可能重复的问题或重号，或附件和登记的不同，要有人看",
        "conflicts, possible duplicates, numbers that met, or a file that is not what was attached",
    ),
)
@spread
def merge(
    ctx: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(metavar=T("文件…", "FILE…"), help=T("副本、备份或合并包。", "Copies, backups or bundles.")),
    ],
    *,
    dry_run: options.DryRun = False,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            "--accept",
            metavar=T("副本", "REPLICA"),
            help=T("也接受这个不由本台账做出来的副本。", "Take this replica too, though it grew from another ledger."),
        ),
    ] = None,
    county: Annotated[
        str | None,
        typer.Option(
            "--county",
            metavar=T("县", "COUNTY"),
            help=T(
                "市里的台账：这是哪个县的（第一次写上，以后认得）。",
                "In a city's store: which county's it is (said the first time, known afterwards).",
            ),
        ),
    ] = None,
    prefix: Annotated[
        str | None,
        typer.Option(
            "--prefix",
            metavar=T("前缀", "XX"),
            help=T(
                "加在这个县的组号、列表代码前面，一到三个大写字母，和别的县分开。",
                "What goes before its teams' codes: with XF, team 3 is XF3, and a problem XF3-2.",
            ),
        ),
    ] = None,
    delivery: options.Delivery,
) -> None:
    from fugong.commands.frame.reading import emit
    from fugong.keeping.merge import merge as bring_in
    from fugong.output import format_of
    from fugong.output.files import must_be_free
    from fugong.reports.merging import merged as report

    chosen = format_of(delivery.fmt, delivery.out)  # refuses what cannot be, before anything is written
    if delivery.out:
        must_be_free(delivery.out, force=delivery.force)
    with ExitStack() as held:
        given = {_plain(held, file): file for file in files}
        beside = Path.cwd() if "://" in files[0] else Path(files[0]).absolute().parent
        try:
            done = bring_in(
                ctx.obj.store, [*given], beside=beside, accepted=accept or (), county=(county, prefix),
                dry_run=dry_run, lying=given,
            )  # fmt: skip
        except Refusal as refusal:  # of what was under a passphrase it knows a file that is gone by now
            place = str(refusal.params.get("path"))
            refusal.params |= {"path": given[place]} if place in given else {}
            raise
    told = report(done, dry_run=dry_run)
    notes = list(told.notes)
    emit(told._replace(notes=notes), delivery)
    if chosen in (Format.PLAIN, Format.CSV):  # which have rows and nothing else
        for note in notes:
            say(T(*note))
    _said(done, _calling(ctx), dry_run=dry_run)
    if done.found:
        raise typer.Exit(ExitCode.FOUND)


def _plain(held: ExitStack, file: str) -> str:
    """A source as it can be read: what is under a passphrase is opened while the command runs."""
    if "://" in file:
        return file
    from fugong.commands.frame.passphrases import passphrase
    from fugong.keeping import encrypting

    return str(held.enter_context(encrypting.opened(Path(file), passphrase)))


def _calling(ctx: typer.Context) -> str:
    """How the program is called for this very store: a line that is to be typed must not be for another."""
    named = ctx.find_root().params.get("store_")
    return f"fugong --store {quoted(named)}" if named else "fugong"


def _said(done: "Merged", calling: str, *, dry_run: bool) -> None:
    """What does not stand in the table: the backup, and what to do next."""
    from fugong.keeping.evidence import Left

    if dry_run:
        say_trial()
    elif done.kept and done.kept.suffix == ".db":
        back = f"{calling} store restore {quoted(str(done.kept))} --force"
        say(
            T(
                f"合并前的台账备份在 {done.kept}。要退回：{back}",
                f"The store as it was is in {done.kept}. To go back: {back}",
            )
        )
    elif done.kept:
        back = f"store import {quoted(str(done.kept))}"
        say(
            T(
                f"合并前的台账导出在 {done.kept}。要退回：fugong --store 新台账 {back}",
                f"The store as it was is in {done.kept}. To go back: fugong --store NEW {back}",
            )
        )
    if done.evidence:
        say(T(f"带来 {done.evidence} 个附件。", f"Attached files that came with it: {done.evidence}."))
    said_left(Left(done.absent, done.changed), Words("带来", "brought"))
    if done.forked:
        say(
            T(
                "别处也按本台账的号段记了账：这个文件被手工复制过，或者合进来的是另一本台账。"
                f"从现在起用新的号段 {done.forked}。",
                "Numbers of this ledger's series were given elsewhere: its file was copied by hand, or what came is "
                f"another ledger. Its next numbers are of series {done.forked}.",
            )
        )
    if done.open and not dry_run:
        say(T(f"看冲突：{calling} conflict list", f"See what is in conflict: {calling} conflict list"))
