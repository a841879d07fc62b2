"""conflict: what copies say differently, side by side, and which of it holds."""

from typing import TYPE_CHECKING, Annotated

import typer

from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import line, rehearse, say, say_trial, tell, writing
from fugong.lang import T

if TYPE_CHECKING:
    from fugong.domain.history import Changes
    from fugong.domain.writer import Writer
    from fugong.store.records import Record

app = App(
    help=T(
        "冲突：几个副本说法不一的地方。合并后列出来，由人裁定；裁定前有一种说法暂时作数。",
        "Conflicts: what copies say differently. A merge lists them, people settle them; meanwhile one side stands.",
    )
)

Id = Annotated[
    str, typer.Argument(metavar=T("编号或名称", "ID"), help=T("问题编号，或企业等的名称。", "A number, or a name."))
]


@app.command("list", help=T("还没有裁定的冲突。", "The conflicts that nobody has settled yet."))
@spread
def list_(ctx: typer.Context, *, delivery: options.Delivery) -> None:
    from fugong.reports.conflicts import conflicts

    with reading(ctx.obj.store) as (reader, cut):
        emit(conflicts(reader), delivery, at=(reader, cut))


@app.command(help=T("一处冲突的各方：谁、哪天、怎么说。", "The sides of a conflict: who says what, and when."))
@spread
def show(ctx: typer.Context, id_: Id, *, delivery: options.Delivery) -> None:
    from fugong.errors.merging import NoConflict
    from fugong.reports.conflicts import conflicts
    from fugong.reports.side_by_side import side_by_side
    from fugong.vocab import Words

    with reading(ctx.obj.store) as (reader, cut):
        made = conflicts(reader, only=id_)
        if not made.rows:
            raise NoConflict(id=id_, what=Words("", ""))
        emit(side_by_side(reader, id_) if delivery.fitted else made, delivery, at=(reader, cut))


@app.command(
    help=T(
        "裁定一处冲突：取其中一方，或说明结果。裁定也会传给别的副本。",
        "Settle a conflict: take a side, or say what holds. The other copies will know of it.",
    )
)
def settle(
    ctx: typer.Context,
    id_: Id,
    take: Annotated[
        str,
        typer.Option(
            "--take",
            metavar=T("一方", "SIDE"),
            help=T(
                "取哪一方：conflict show 里的字母；也可写出它说的，如 工信局、已销号。",
                "Which side: its letters in conflict show, or what it says; of a status also closed, doing or void.",
            ),
        ),
    ],
    about: Annotated[
        str | None,
        typer.Option(
            "--about",
            metavar=T("哪一处", "WHAT"),
            help=T(
                "有几处冲突时，说明是哪一处：清单里“哪一处”一列的词，如 状态。",
                "Which of several: the word in the column About of the list, such as status.",
            ),
        ),
    ] = None,
    dry_run: options.DryRun = False,
) -> None:
    from fugong.domain.merging import settling

    with writing(ctx.obj.store, "conflict settle") as writer:
        record = _meant(writer, id_)
        changes = settling.settle(writer, record, about, _side(writer, record, about, take))
        said, holds = line(record), _holds(writer, record, changes)
        if dry_run:
            rehearse(writer)
    tell(said)
    say(f"     {holds}")
    if dry_run:
        say_trial()


def _side(writer: "Writer", record: "Record", about: str | None, take: str) -> str:
    """What is taken: the letters of the one side that says what was typed, else that as it is."""
    from fugong.domain.merging import settling
    from fugong.reports.conflicts import told
    from fugong.values import texts

    sides = [
        side.take
        for each in told(writer.session.rows, {record.uid})
        if about is None or settling.means(each.kind, each.name, about)
        for side in each.sides
        if texts.key(side.says) == texts.key(take)
    ]
    return sides[0] if len(sides) == 1 else take


def _holds(writer: "Writer", record: "Record", changes: "Changes") -> str:
    """What holds from now on."""
    from fugong.domain.history import says_nothing
    from fugong.reports.history import Values, told
    from fugong.vocab import Act

    values = Values(writer.session.rows)
    new = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    stays = {name: pair for name, pair in changes.items() if not says_nothing(pair[1])}
    named = {name: values.named(pair) for name, pair in (new or stays).items()}
    return told(record.record_kind, Act.SETTLE, "", named, None, values)


def _meant(writer: "Writer", given: str) -> "Record":
    """The record in conflict that somebody means.

    Raises:
        NoConflict: None of that number or name is in conflict.
    """
    from fugong.domain.merging import settling
    from fugong.errors.merging import NoConflict
    from fugong.reports.conflicts import matching
    from fugong.store.records import Conflict
    from fugong.vocab import Words

    found = {
        each.subject: each
        for each in writer.session.all(Conflict)
        if each.subject in matching(writer.session.rows, given)
    }
    if len(found) != 1:
        raise NoConflict(id=given, what=Words("", ""))
    return settling.record_of(writer, next(iter(found.values())))
