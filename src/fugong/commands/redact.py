"""redact: remove words that must not be kept."""

from typing import TYPE_CHECKING, Annotated

import typer

from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.writing import line, say, tell, writing
from fugong.lang import T
from fugong.vocab.keeping import Redactable

if TYPE_CHECKING:
    from pathlib import Path

app = App()


@app.command(
    help=T(
        "涂去误录的文字（如身份证号）：从记录和全部办理记录里删掉，不能恢复；删过什么、为什么，仍留有记录。",
        "Remove words entered by mistake (an identity number) from a record and its history, for good; that it was "
        "done, and why, stays.",
    ),
    last="why",
)
def redact(
    ctx: typer.Context,
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="ID…",
            help=T("问题或工作记录的编号，如 3-2、3-w1。", "Ids of problems or activities, such as 3-2 or 3-w1."),
            callback=options.one_by_one,
        ),
    ],
    why: options.Why,
    field: Annotated[
        list[Redactable] | None,
        typer.Option(
            "--field",
            metavar=T("哪些", "FIELD"),
            help=T("只涂去这些文字；可写几次；默认全部。", "Only these words; repeatable; default: all of them."),
            click_type=Codes(Redactable),
        ),
    ] = None,
) -> None:
    from fugong.domain import redacting, roster
    from fugong.domain.activities import activities as field_work

    with writing(ctx.obj.store, "redact") as writer:
        session = writer.session
        done = []
        for given in ids:
            work = "w" in given.lower()
            record = field_work.find_activity(session, given) if work else roster.find_problem(session, given)
            done.append((redacting.redact(writer, record, why, only=field or ()), line(record)))
    tell("\n".join(said for _, said in done))
    events = sum(each.events for each, _ in done)
    say(
        T(
            f"涂去了 {events} 条办理记录里的文字；校验值和封签不变。",
            f"Words removed from {events} event(s); hashes and seals hold.",
        )
    )
    for other in sorted({other for each, _ in done for other in each.elsewhere}):
        say(T(f"同样的文字还在：{other}", f"The same words stand in: {other}"))
    _say_copies(ctx.obj.store)


def _say_copies(store: str) -> None:
    """Name the copies and backups that still hold the words."""
    from fugong.keeping import backup
    from fugong.store import postgresql_places

    kept: list[Path] = []
    if not postgresql_places.speaks(store):
        kept = sorted(each for end in ("db", "db.age") for each in backup.default_folder(store).glob(f"*.{end}"))
    for path in kept:
        say(T(f"这份备份里还有这些文字：{path}", f"This backup still holds the words: {path}"))
    say(
        T(
            "以前的备份、导出、表格、网页和数据文件里都还有，请一并处理；数据文件不改，下次装入又会带回来。",
            "Backups, exports, sheets, pages and seed files from before still hold them; a seed file that keeps them "
            "brings them back when it is loaded again.",
        )
    )
