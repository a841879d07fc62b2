"""store: make, look at and set up the file that holds everything."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fugong.commands import store_copies
from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.evidence_left import said_left
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import say, tell_places, tell_setting, writing
from fugong.commands.store_copies import without_evidence
from fugong.lang import T
from fugong.vocab import ExitCode, Words

if TYPE_CHECKING:
    from fugong.keeping.containing import Compared

app = App(
    help=T(
        "台账文件：新建、查看、设置、检查、备份、升级、搬移。",
        "The store: make one, look at it, set it up, check it, back it up, upgrade it, move it.",
    )
)


@app.command(help=T("新建一个空台账，带上常用列表。", "Make an empty store with the usual lists."))
def init(
    ctx: typer.Context,
    bare: Annotated[
        bool,
        typer.Option("--bare", help=T("列表也不要，一切自己定。", "Without even the usual lists: enter your own.")),
    ] = False,
) -> None:
    from fugong import config, db
    from fugong.seed.beginning import Beginning, begin

    begin(ctx.obj.store, Beginning(bare=bare), actor=config.actor(), chinese=config.chinese())
    tell_places("store", [db.place(ctx.obj.store)], done="init")
    say(
        T(
            "已新建空台账。下一步写明是哪个县：fugong campaign edit --county 云岭县 --name 企业帮扶",
            "An empty store is ready. Next, say whose it is: "
            'fugong campaign edit --county Northmoor --name "Back to work"',
        )
    )


@app.command(help=T("台账在哪里、有多少内容、怎样设置。", "Where the store is, what it holds, how it is set up."))
@spread
def info(ctx: typer.Context, *, delivery: options.Delivery) -> None:
    from fugong import db
    from fugong.queries.lights import lights
    from fugong.reports.store import info as report

    with reading(ctx.obj.store) as (reader, cut):
        made = report(reader, db.place(ctx.obj.store), lights(reader, cut.day))
        emit(made, delivery, at=(reader, cut))


@app.command(
    help=T(
        "检查台账：文件、每一行、每条办理记录。--backup 检查一份备份。",
        "Prove the store whole: the file, every row, every event. --backup proves a backup instead.",
    ),
    finds=Words("有问题，或备份里有台账没有的操作", "anything is wrong, or a backup holds what the store does not"),
)
@spread
def check(
    ctx: typer.Context,
    *,
    backup: Annotated[
        Path | None,
        typer.Option(
            "--backup",
            metavar=T("备份文件", "FILE"),
            help=T(
                "改查这份备份：能不能恢复，内容是不是都在现在的台账里。",
                "Look at this backup instead: can it be restored, and does the store have all that it holds?",
            ),
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar=T("封签", "SEAL"),
            help=T(
                "还要证明这个封签当时代表的内容都在、都没改：store info 和 publish 会给出封签。",
                "Also prove that all that this seal stood for is there unchanged: store info and publish print seals.",
            ),
        ),
    ] = None,
    delivery: options.Delivery,
) -> None:
    from contextlib import ExitStack

    from fugong import db
    from fugong.commands.frame.passphrases import passphrase
    from fugong.keeping import chains, evidence, proof
    from fugong.keeping import check as checking
    from fugong.keeping.findings import Counted, report

    with ExitStack() as opened:
        if backup:
            session, history = opened.enter_context(proof.compared_with(ctx.obj.store, backup, passphrase))
        else:
            session = opened.enter_context(db.examining(ctx.obj.store))
        after = chains.since(session, since) if since else None
        held = None if backup else evidence.Held(ctx.obj.store)
        found = Counted(checking.findings(session, *([held.changed] if held else [])))
        emit(report(found), delivery)
        redacted = checking.wordless(session) if not found.count else 0
    if held and held.absent:
        say(T(f"有 {held.absent} 个附件不在这里。", f"{held.absent} attached file(s) are not here."))
    contained = not backup or _said_history(history)
    if found.count:
        say(T(f"发现 {found.count} 处问题。", f"{found.count} finding(s)."))
    elif backup:
        say(T("备份完好，可以恢复。", "The backup is whole and can be restored."))
    else:
        say(T("台账完好。", "The store is whole."))
    if redacted:
        say(T(f"有 {redacted} 条办理记录的文字已涂去。", f"Events whose words were redacted: {redacted}."))
    if after is not None and not found.count:
        say(T(f"封签 {since} 代表的内容都在，没有改动。", f"All that the seal {since} stood for is there, unchanged."))
        say(T(f"此后又有 {after} 次操作。", f"There were {after} command(s) since."))
    if found.count or not contained:
        raise typer.Exit(ExitCode.FOUND)


def _said_history(history: "Compared | None") -> bool:
    """Say how a backup's history stands to the store's; whether the store has all of it, as far as can be told."""
    if history is None:
        say(T("现在没有可以对照的台账。", "There is no store now to compare it with."))
        return True
    if history.contained:
        say(
            T(
                f"它的 {history.commands} 次操作现在的台账都有；台账此后又有 {history.since} 次。",
                f"The store has all of its {history.commands} command(s), and {history.since} since.",
            )
        )
    elif not history.kin:
        say(T("它是另一本台账的备份。", "It is a backup of another ledger."))
    else:
        say(
            T(
                f"它有 {history.lacking} 次操作是现在的台账没有的；现在的台账有 {history.since} 次是它没有的。",
                f"It has {history.lacking} command(s) that the store does not have, which has {history.since} that "
                "it does not.",
            )
        )
    return history.contained


app.include(store_copies.app)


@app.command(
    help=T(
        "把旧版本程序的台账升级到本版本，先做好备份。打开旧台账的命令会自动升级，一般不用自己运行。",
        "Bring a store of an older program to this one's schema, after a verified backup. "
        "Any command does it by itself on such a store.",
    )
)
def upgrade(ctx: typer.Context) -> None:
    from fugong import config, db
    from fugong.commands.frame import upgrading

    if upgrading.upgrade(ctx.obj.store):
        tell_places("store", [ctx.obj.store], done="upgrade")
    else:
        if config.as_json.get():
            tell_places("store", [ctx.obj.store], done=None)
        say(T(f"台账已是结构第 {db.SCHEMA} 版，不用升级。", f"The store has schema {db.SCHEMA} already."))


@app.command(
    help=T("把台账全部内容导出成一个 JSON 行文件。", "Write everything that the store holds to one file of JSON lines.")
)
def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=T("文件.jsonl", "FILE.jsonl"), help=T("新文件。", "The new file."))],
    force: options.Force = False,
) -> None:
    from fugong.keeping import transfer
    from fugong.output.files import save

    save(file, transfer.export(ctx.obj.store), force=force)
    tell_places("file", [file], done="export")


@app.command(
    "import",
    help=T(
        "把 store export 的文件装入新的或空的台账，核对无误才写入。",
        "Fill a new or empty store from a file of store export; written only if it proves whole.",
    ),
)
def import_(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar=T("文件.jsonl", "FILE.jsonl"), help=T("导出的文件。", "The exported file."))
    ],
) -> None:
    from fugong import db
    from fugong.keeping import transfer

    count = transfer.load(ctx.obj.store, file)
    tell_places("store", [db.place(ctx.obj.store)], done="import")
    say(T(f"装入 {count} 行。", f"{count} rows."))
    said_left(without_evidence(ctx.obj.store), Words("装入", "filled in"))


@app.command(
    "set",
    help=T(
        "改一项设置：timezone（时区）、yellow_days（黄灯天数）、review（审核销号，on 或 off）、"
        "office（填报单位）、notice_word（文书代字）。",
        "Change a setting: timezone, yellow_days, review (of closings: on or off), office (who signs papers), "
        "notice_word (before their numbers).",
    ),
)
def set_(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(metavar=T("设置", "SETTING"), help="timezone, yellow_days, review, office, notice_word"),
    ],
    value: Annotated[str, typer.Argument(metavar=T("值", "VALUE"), help=T("新的值。", "The new value."))],
) -> None:
    from fugong.domain import settings

    with writing(ctx.obj.store, "store set") as writer:
        settings.change(writer, name, value)
    tell_setting(name, value)
