"""What the nouns of the three roles share: the options of an activity, and how it is entered, corrected and read."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fugong.commands.frame import completing, filters, options
from fugong.commands.frame.app import App
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import day, emit, reading
from fugong.commands.frame.writing import day_of, say, say_entered_before, tell, touch, writing
from fugong.errors.rules import NothingToCorrect
from fugong.lang import T, listing
from fugong.vocab import KINDS, NOUNS, ListName, Role

if TYPE_CHECKING:
    from fugong.db import Reader
    from fugong.domain.writer import Writer
    from fugong.queries.as_of import AsOf
    from fugong.reports.filters import Condition
    from fugong.store.records import Activity, Enterprise

NONE = "-"
"""What is typed instead of an enterprise or a kind where there is none."""

Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID…",
        help=T("工作记录的编号，如 3-w2；可写几个。", "Ids of activities such as 3-w2; several at once."),
        callback=options.one_by_one,
        autocompletion=completing.activity_ids,
    ),
]
Firm = Annotated[
    str,
    typer.Argument(
        metavar=T("企业", "ENTERPRISE"),
        autocompletion=completing.enterprises,
        help=T(
            "企业的全称、简称或其中一段；没有具体企业写 - 并加 --team。",
            "Name, alias or part of the name; - together with --team if there is no firm.",
        ),
    ),
]
Kind = Annotated[
    str,
    typer.Argument(
        metavar=T("方式", "KIND"),
        autocompletion=completing.entries(ListName.PUBLICITY, ListName.SUPERVISION, ListName.SERVICE),
        help=T("方式的代码或名称；不清楚写 -。", "Code or name of the kind; - if not known."),
    ),
]
Text = Annotated[str, typer.Argument(metavar=T("内容", "TEXT"), help=T("做了什么。", "What was done."))]
Item = Annotated[
    str | None,
    typer.Option("--item", metavar=T("物品", "ITEM"), help=T("物品，如口罩。", "What was given, such as masks.")),
]
Quantity = Annotated[
    str | None,
    typer.Option(
        "--quantity",
        "-q",
        metavar=T("数量", "N|N-M"),
        help=T("数量，或范围如 400-500。", "How much: a number, or a range such as 400-500."),
    ),
]
Unit = Annotated[
    str | None, typer.Option("--unit", "-u", metavar=T("单位", "UNIT"), help=T("数量的单位。", "The quantity's unit."))
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar=T("单位", "DEPARTMENT"),
        autocompletion=completing.departments,
        help=T("物资或帮助来自哪个单位。", "The department that goods or help came from."),
    ),
]
Problem = Annotated[
    str | None,
    typer.Option("--problem", metavar="ID", help=T("为解决哪个问题。", "The problem that it helps to solve.")),
]
DoneBy = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        metavar=T("姓名", "NAME"),
        autocompletion=completing.members,
        help=T("经办人；可写几次。", "Who did it; repeatable."),
    ),
]
Guest = Annotated[
    list[str] | None,
    typer.Option(
        "--guest",
        metavar=T("姓名", "NAME"),
        help=T("请来的专家，不是组员；可写几次。", "An invited expert, no member; repeatable."),
    ),
]
Place = Annotated[
    str | None, typer.Option("--place", metavar=T("地点", "PLACE"), help=T("在哪里。", "Where it was done."))
]
Enterprises = Annotated[
    list[str] | None,
    typer.Option(
        "--enterprise",
        "-e",
        metavar=T("企业", "NAME"),
        autocompletion=completing.enterprises,
        help=T("企业；可写几次，- 表示没有具体企业。", "The enterprise; repeatable; - for none."),
    ),
]
TextOption = Annotated[
    str | None, typer.Option("--text", metavar=T("内容", "TEXT"), help=T("做了什么。", "What was done."))
]
KindOption = Annotated[
    str | None,
    typer.Option(
        "--kind",
        "-k",
        metavar=T("方式", "KIND"),
        autocompletion=completing.entries(ListName.PUBLICITY, ListName.SUPERVISION, ListName.SERVICE),
        help=T("方式的代码或名称。", "Code or name of the kind."),
    ),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        "-k",
        metavar=T("方式", "KIND"),
        autocompletion=completing.entries(ListName.PUBLICITY, ListName.SUPERVISION, ListName.SERVICE),
        help=T("只看这种方式；可写几次。", "Only this kind of work; repeatable."),
    ),
]
TextFilter = Annotated[
    list[str] | None,
    typer.Option(
        "--text", metavar=T("文字", "TEXT"), help=T("内容里有这些字；可写几次。", "The text holds this; repeatable.")
    ),
]


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """The options that were given at all."""
    return {name: value for name, value in values.items() if value is not None and value != []}


def attributes(writer: "Writer", role: Role, values: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes that options name; an empty value is none."""
    from fugong.domain import roster

    session = writer.session
    read: dict[str, Callable[[Any], tuple[str, Any]]] = {
        "kind": lambda text: ("kind", None if text in ("", NONE) else roster.find_term(session, KINDS[role], text)),
        "department": lambda name: ("department", roster.find_department(session, name) if name else None),
        "problem": lambda id_: ("problem", roster.find_problem(session, id_) if id_ else None),
        "team": lambda code: ("team", roster.find_team(session, code)),
        "enterprises": lambda names: ("enterprises", firms(writer, names)),
        "on": lambda text: ("on_date", day_of(writer, text)),
        "by": lambda names: ("done_by", people(names)),
        "guests": lambda names: ("guests", people(names)),
        "note": lambda text: ("remark", text),
    }
    return dict(read[name](value) if name in read else (name, value) for name, value in given(values).items())


def people(names: Sequence[str]) -> list[str]:
    """The names that were given, one by one or several in one with 、 between them."""
    return [name for given_ in names for name in given_.split("、") if name.strip()]


def firms(writer: "Writer", names: Sequence[str]) -> list["Enterprise"]:
    """The enterprises with these names; ``-`` is none."""
    from fugong.domain import roster

    return [roster.find_enterprise(writer.session, name) for name in names if name not in ("", NONE)]


def enter(
    ctx: typer.Context, role: Role, text: str, enterprises: Sequence[str], team: str | None, **about: Any
) -> None:
    """Enter work, once for each key, and say so."""
    from fugong.domain import roster
    from fugong.domain.activities import activities as field_work

    with writing(ctx.obj.store, f"{NOUNS[role]} add") as writer:
        known = field_work.with_key(writer.session, about.get("key") or "")
        activity = known or field_work.add_activity(
            writer,
            roster.find_team(writer.session, team) if team else None,
            role,
            text,
            enterprises=firms(writer, enterprises),
            **attributes(writer, role, about),
        )
        said = line(activity)
    tell(said)
    if known:
        say_entered_before(str(about["key"]))


def line(activity: "Activity") -> str:
    """An activity in one line, its id first: what every writing command prints for it."""
    from fugong.output.cells import visible

    touch(activity)
    whose = listing(each.name for each in activity.enterprises) or activity.team.name
    return visible(f"{activity.ident}  {whose}  {' '.join(activity.text.split())}")


def found(writer: "Writer", role: Role, ids: Sequence[str]) -> list["Activity"]:
    """The role's activities with these numbers, each once."""
    from fugong.domain.activities import activities as field_work

    activities = [field_work.find_activity(writer.session, id_, role) for id_ in ids]
    return list({each.uid: each for each in activities}.values())


def as_before(ids: Sequence[str]) -> None:
    """Say which records were as they should be already."""
    for ident in ids:
        say(f"{ident} {T('没有变化。', 'is as it was.')}")


def correct(ctx: typer.Context, role: Role, ids: Sequence[str], values: Mapping[str, Any]) -> None:
    """Correct pieces of work, all or nothing, and say so.

    Raises:
        NothingToCorrect: No value was given.
    """
    from fugong.domain.activities import activities as field_work

    if not given(values):
        raise NothingToCorrect(noun=NOUNS[role])
    with writing(ctx.obj.store, f"{NOUNS[role]} edit") as writer:
        done = [
            (field_work.edit_activity(writer, each, attributes(writer, role, values)), each)
            for each in found(writer, role, ids)
        ]
        said = [line(activity) for _, activity in done]
        same = [activity.ident for changed, activity in done if not changed]
    as_before(same)
    tell("\n".join(said))


def add_edit(app: App, role: Role, help_text: str) -> None:
    """Give a role's noun its ``edit``."""

    def edit(
        ctx: typer.Context,
        ids: Ids,
        text: TextOption = None,
        kind: KindOption = None,
        enterprise: Enterprises = None,
        team: options.Team = None,
        item: Item = None,
        quantity: Quantity = None,
        unit: Unit = None,
        department: From = None,
        problem: Problem = None,
        by: DoneBy = None,
        guest: Guest = None,
        place: Place = None,
        on: options.OnCorrected = None,
        approx: options.ApproxOrNot = None,
        inferred: options.InferredOrNot = None,
        note: options.Note = None,
    ) -> None:
        values = {"text": text, "kind": kind, "enterprises": enterprise, "team": team, "item": item,
                  "quantity": quantity, "unit": unit, "department": department, "problem": problem, "by": by,
                  "guests": guest, "place": place, "on": on, "approximate": approx, "inferred": inferred,
                  "note": note}  # fmt: skip
        correct(ctx, role, ids, values)

    app.command("edit", help=help_text)(edit)


def condition(
    reader: "Reader",
    cut: "AsOf",
    role: Role | None,
    team: list[str] | None,
    enterprise: list[str] | None,
    kind: list[str] | None,
    since: str | None,
    until: str | None,
    text: list[str] | None,
) -> "Condition":
    """What the filters of a listing ask for."""
    from fugong.reports import activities

    return activities.condition(
        reader,
        role,
        team=team or (),
        enterprise=enterprise or (),
        kind=kind or (),
        since=day(since, cut.day),
        until=day(until, cut.day),
        text=text or (),
    )


def add_list(app: App, role: Role | None, help_text: str, *, name: str = "list") -> None:
    """Give a noun its ``list``: of one role's work, or of all; ``name`` is the command's, where it is another."""

    @spread
    def list_(
        ctx: typer.Context,
        *,
        team: filters.Teams = None,
        enterprise: filters.Enterprises = None,
        kind: Kinds = None,
        since: options.FromDay = None,
        until: options.ToDay = None,
        text: TextFilter = None,
        cut_off: options.CutOff,
        delivery: options.Delivery,
    ) -> None:
        from fugong.reports.activities import activities as report

        with reading(ctx.obj.store, cut_off) as (reader, cut):
            wanted = condition(reader, cut, role, team, enterprise, kind, since, until, text)
            emit(report(reader, role, wanted), delivery, at=(reader, cut))

    app.command(name, help=help_text)(list_)


def add_show(app: App, role: Role | None, help_text: str) -> None:
    """Give a noun its ``show``: of one role's work, or of all."""

    def show(ctx: typer.Context, ids: Ids, *, cut_off: options.CutOff, delivery: options.Delivery) -> None:
        from fugong.reports.activities import cards as report

        with reading(ctx.obj.store, cut_off) as (reader, cut):
            emit(report(reader, role, ids), delivery, at=(reader, cut))

    app.command("show", help=help_text)(spread(show))
