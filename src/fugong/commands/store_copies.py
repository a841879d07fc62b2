"""store: what makes copies of it, and makes a store of one: backups, archives, bundles, clones."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.evidence_left import said_left
from fugong.commands.frame.gathering import Unclear
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.writing import say, say_trial, tell_places
from fugong.lang import T
from fugong.vocab import ExitCode, Words

if TYPE_CHECKING:
    from fugong.keeping.evidence import Left

app = App()

Encrypt = Annotated[
    bool,
    typer.Option(
        "--encrypt",
        help=T("加口令（age 格式），口令问两遍。", "Under a passphrase (age format), which is asked for twice."),
    ),
]


@app.command(
    help=T(
        "备份台账：一个核对过的文件，旁边有校验和。有人正在写也不要紧。",
        "Back the store up: one verified file with its checksum, whoever is writing meanwhile.",
    ),
    finds=Words("--evidence 时有附件和登记的不同", "with --evidence, a file is not what was attached"),
)
@spread
def backup(
    ctx: typer.Context,
    *,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar=T("[文件]", "[FILE]"),
            help=T("备份成这个文件；默认按时间起名。", "The new file; named by the time unless given."),
        ),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            metavar=T("文件夹", "FOLDER"),
            help=T("放在这个文件夹；默认台账旁边的 backups。", "Where it goes; default: backups, beside the store."),
        ),
    ] = None,
    encrypt: Encrypt = False,
    with_evidence: Annotated[
        bool, typer.Option("--evidence", help=T("附件也备份，放在备份旁边。", "Evidence too, beside the backup."))
    ] = False,
    retention: options.Retention,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help=T("只列出会删去哪些，不备份也不删。", "Only list what would go; make and remove nothing."),
        ),
    ] = False,
) -> None:
    from fugong.keeping import backup as copying
    from fugong.keeping.retention import Keep, plan, prune

    changed = False
    planned = None
    place, keep = folder or copying.default_folder(ctx.obj.store), Keep(*(count or 0 for count in retention))
    if file and any(keep):
        raise Unclear(
            T(
                f"写了文件名 {file}，--keep 就无从算起：它只数文件夹里按时间起名的备份。请去掉文件名，或去掉 --keep。",
                f"With the file named {file}, --keep has nothing to count: it counts the backups of a folder that are "
                "named by their time. Leave out the file or --keep.",
            ),
            ctx=ctx,
        )
    if dry_run:
        planned = plan(ctx.obj.store, place, keep)
        tell_places("file", planned.going, done=None)
    else:
        named, secret = file or copying.named(ctx.obj.store, place), None
        if encrypt:
            from fugong.commands.frame.passphrases import passphrase

            named = named if file else named.with_name(f"{named.name}.age")
            secret = passphrase(new=True)
        made = copying.make(ctx.obj.store, named, secret)
        tell_places("file", [made], done="backup")
        changed = with_evidence and _back_up_evidence(ctx.obj.store, made)
        if any(keep):
            planned = prune(ctx.obj.store, place, keep, made, secret or "")
        for old in planned.going if planned else ():
            say(T(f"已删去旧备份 {old}", f"Removed the older backup {old}"))
    for path, why in planned.apart if planned else ():
        say(T(f"没有计入也没有动 {path}：{why.zh}。", f"Not counted and left alone: {path}; {why.en}."))
    if changed:
        raise typer.Exit(ExitCode.FOUND)


def _back_up_evidence(store: str, made: Path) -> bool:
    """Copy evidence beside a backup; whether any of it is changed."""
    from fugong import db, files
    from fugong.errors.files import CannotWrite
    from fugong.keeping import evidence

    target = made.with_name(evidence.BACKED_UP)
    with db.examining(store) as session:
        wanted = [piece.sha256 for _, piece in evidence.told(session)]
    try:
        left = evidence.copy(store, wanted, target)
    except OSError as error:
        raise CannotWrite(path=target, reason=files.reason(error)) from error
    say(T(f"附件在 {target}", f"Evidence is in {target}"))
    return said_left(left, Words("备份", "backed up"))


@app.command(
    help=T(
        "归档：全部内容、台账、报告、公布口径，连同目录、校验和、封签，写进一个新文件夹。",
        "Archive: everything, the ledger, the report and the figures in a new folder, with an index, hashes, the seal.",
    ),
    finds=Words("有附件和登记的不同", "a file is not what was attached"),
)
def archive(
    ctx: typer.Context,
    folder: Annotated[
        Path,
        typer.Argument(metavar=T("文件夹", "FOLDER"), help=T("还没有的文件夹。", "A folder that is not there yet.")),
    ],
) -> None:
    from fugong import config, db
    from fugong.keeping import archive as archiving

    with db.reading(ctx.obj.store) as reader:
        zone = reader.zone
    made = archiving.make(ctx.obj.store, folder, config.now(zone))
    tell_places("file", [folder], done="archive")
    said = f"{made.size / 1024:.0f} KB"
    say(
        T(
            f"{made.files} 个文件，{said}，写完又读出来核对过。",
            f"{made.files} files, {said}, read back and found right.",
        )
    )
    changed = said_left(made.left, Words("归档", "archived"))
    say(T(f"封签 {made.seal}", f"Seal {made.seal}"))
    say(
        T(
            f"SHA256SUMS 的 SHA-256，请记在移交清单上：{made.sums}",
            f"SHA-256 of SHA256SUMS, for the paper that goes with it: {made.sums}",
        )
    )
    if changed:
        raise typer.Exit(ExitCode.FOUND)


@app.command(
    help=T(
        "用备份恢复台账。已有台账时要加 --force；原来的留在旁边。",
        "Put a backup in the store's place. Over a store only with --force; the old one is kept beside.",
    ),
    finds=Words("有附件和登记的不同", "a file is not what was attached"),
)
def restore(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar=T("备份文件", "FILE"), help=T("store backup 做的文件。", "A backup."))
    ],
    force: Annotated[
        bool, typer.Option("--force", help=T("替换现有的台账。", "Replace the store that is there."))
    ] = False,
) -> None:
    from fugong.commands.frame.passphrases import passphrase
    from fugong.keeping import backup
    from fugong.keeping.restore import restore as put_back

    with backup.opened(file, passphrase) as plain:
        done = put_back(ctx.obj.store, plain, force=force, lying=file)
    tell_places("store", [ctx.obj.store], done="restore")
    if done.kept:
        say(T(f"原来的台账留在 {done.kept}", f"The store that was there is now {done.kept}"))
    if done.evidence:
        say(T(f"带来 {done.evidence} 个附件。", f"Attached files that came with it: {done.evidence}."))
    if said_left(done.left, Words("恢复", "restored")):
        raise typer.Exit(ExitCode.FOUND)


@app.command(
    help=T(
        "做一份副本给别人用：它有自己的号段，各办各的，以后再合到一起。",
        "Make a copy for somebody to work in, with a series of numbers of its own, to be brought together later.",
    )
)
def clone(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=T("文件", "FILE"), help=T("新文件。", "The new file."))],
    name: Annotated[
        str | None,
        typer.Option("--for", metavar=T("谁", "NAME"), help=T("给谁用，如 三组。", "Whom it is for, such as team 3.")),
    ] = None,
    dry_run: options.DryRun = False,
) -> None:
    from fugong import config
    from fugong.keeping import evidence
    from fugong.keeping.copies import clone as hand_out

    copy = hand_out(ctx.obj.store, file, name=name, actor=config.actor(), dry_run=dry_run)
    tell_places("store", [file], done=None if dry_run else "clone")
    if dry_run:
        say(
            T(
                f"会做一份副本，号段 {copy.series}：它的问题编号如 3-{copy.series}1。",
                f"This would be a copy with the series {copy.series}: its problems are numbered as 3-{copy.series}1.",
            )
        )
        say_trial()
        return
    say(
        T(
            f"副本已做好，号段 {copy.series}：它的问题编号如 3-{copy.series}1。把文件交给对方，不要再复制。",
            f"The copy is ready, with the series {copy.series}: its problems are numbered as 3-{copy.series}1. "
            "Hand this file over, and make no further copy of it.",
        )
    )
    left, whose = without_evidence(str(file)), evidence.folder_of(ctx.obj.store)
    if left.absent and whose and whose.is_dir():
        its = evidence.folder_of(str(file))
        say(
            T(
                f"有 {left.absent} 个附件的内容没有放进副本；要用，把 {whose} 拷成 {its}。",
                f"The copy has not the bytes of {left.absent} attached file(s); to have them, copy {whose} to {its}.",
            )
        )
    else:
        said_left(left, Words("放进副本", "put into the copy"))


def without_evidence(store: str) -> "Left":
    """What evidence a new store tells of whose bytes are not with it."""
    from fugong import db
    from fugong.keeping import evidence

    with db.reading(store) as reader:
        return evidence.bring(store, evidence.digests(reader.rows), ())[1]


@app.command(
    help=T(
        "把对方没有的内容做成一个小文件，传给对方用 fugong merge 合进去。",
        "Write what others lack to one small file, for them to bring in with fugong merge.",
    ),
    finds=Words("--evidence 时有附件和登记的不同", "with --evidence, a file is not what was attached"),
)
def bundle(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=T("文件", "FILE"), help=T("新文件。", "The new file."))],
    name: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar=T("谁", "NAME"),
            help=T(
                "给谁：副本的名称或号段，市里的台账也可以是县；默认任何一个副本没有的都带上。",
                "For whom: a copy's name or series, in a city's store a county; by default all that any of them lacks.",
            ),
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=T("全部内容，不管对方有没有。", "All there is, whatever others have."))
    ] = False,
    encrypt: Encrypt = False,
    with_evidence: Annotated[
        bool, typer.Option("--evidence", help=T("附件也装进去。", "The bytes of evidence too, in the same file."))
    ] = False,
    force: options.Force = False,
    dry_run: options.DryRun = False,
) -> None:
    from fugong import db
    from fugong.keeping import bundles, encrypting, lacking
    from fugong.keeping.carried import Carried
    from fugong.output.files import must_be_free, save

    secret = None
    if encrypt or dry_run:
        must_be_free(file, force=force)
    if encrypt and not dry_run:
        from fugong.commands.frame.passphrases import passphrase

        secret = passphrase(new=True)
    commands, size = 0, 0
    carried = Carried(ctx.obj.store) if with_evidence else None
    with db.reading(ctx.obj.store) as reader, reader.snapshot():
        lines = lacking.lines(reader, name=name, everything=everything, carried=carried)
        if dry_run:
            commands, size = _measured(lines)
        else:
            pieces = bundles.packed(lines)
            save(file, [encrypting.encrypted(b"".join(pieces), secret)] if secret else pieces, force=force)
    tell_places("file", [file], done=None if dry_run else "bundle")
    if dry_run:
        said = f"{size / 1024:.1f} KB"
        say(T(f"会带上 {commands} 次操作，{said}。", f"Commands that would go with it: {commands}, {said}."))
        say_trial()
    if carried and said_left(carried.left, Words("装进去", "put in")):
        raise typer.Exit(ExitCode.FOUND)


def _measured(lines: Iterable[Any]) -> tuple[int, int]:
    """How many commands a bundle would bring, and how many bytes it would have."""
    from fugong.keeping import bundles

    commands = 0

    def counted() -> Iterator[Any]:
        nonlocal commands
        for line in lines:
            commands += isinstance(line, list) and line[0] == "batch"
            yield line

    size = sum(map(len, bundles.packed(counted())))
    return commands, size
