"""term: the lists that are data of the store (列表), entry by entry."""

from typing import Annotated, Any

import typer

from fugong.commands.frame import completing, options
from fugong.commands.frame.app import App
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.nouns import WhyOrNot, say_in_service, say_retired_already
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading
from fugong.commands.frame.writing import day_of, line, tell, writing
from fugong.errors.rules import NothingToCorrect
from fugong.lang import T
from fugong.vocab import CategoryGroup, ListName

app = App(
    help=T("列表：问题类别、工作方式、达标事项、时限。", "The lists: categories, kinds of work, milestones, deadlines.")
)

List = Annotated[
    ListName,
    typer.Argument(metavar=T("列表", "LIST"), help=T("哪一张列表。", "Which list."), click_type=Codes(ListName)),
]
Entry = Annotated[
    str,
    typer.Argument(
        metavar=T("条目", "ENTRY"),
        autocompletion=completing.entries(*ListName),
        help=T("代码或名称。", "Code or name."),
    ),
]
English = Annotated[
    str | None, typer.Option("--en", metavar=T("英文名", "NAME"), help=T("英文名。", "Its English name."))
]
Group = Annotated[
    CategoryGroup | None,
    typer.Option(
        "--group",
        help=T("问题类别属于哪种方法。", "Of a category: the method it belongs to."),
        click_type=Codes(CategoryGroup),
    ),
]
Rule = Annotated[
    str | None,
    typer.Option(
        "--rule", metavar=T("时限", "RULE"), help=T("时限的规则，如 7wd、3d、1m。", "Of a deadline: as 7wd, 3d, 1m.")
    ),
]


@app.command("list", help=T("列出列表；不写是哪一张就全列。", "List the lists' entries."))
@spread
def list_(
    ctx: typer.Context,
    which: Annotated[
        ListName | None,
        typer.Argument(metavar=T("列表", "LIST"), help=T("哪一张列表。", "Which list."), click_type=Codes(ListName)),
    ] = None,
    everyone: options.Everyone = False,
    *,
    cut_off: options.CutOff,
    delivery: options.Delivery,
) -> None:
    from fugong.reports.terms import terms as report

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        emit(report(reader, which, everyone=everyone), delivery, at=(reader, cut))


@app.command(help=T("给一张列表加一条。", "Add an entry to a list."))
def add(
    ctx: typer.Context,
    which: List,
    name: Annotated[str, typer.Argument(metavar=T("名称", "NAME"), help=T("怎样称呼它。", "What it is called."))],
    code: Annotated[
        str | None,
        typer.Option(
            "--code", metavar=T("代码", "CODE"), help=T("代码；不写就自动给一个。", "Its code; else one is made.")
        ),
    ] = None,
    en: English = None,
    group: Group = None,
    rule: Rule = None,
) -> None:
    from fugong.domain.roster import lists

    about = {"en": en, "grp": group, "rule": rule}
    with writing(ctx.obj.store, "term add") as writer:
        stated = {each: value for each, value in about.items() if value is not None}
        said = line(lists.enter_term(writer, which, name, code=code, **stated))
    tell(said)


@app.command(help=T("更正列表里的一条；代码不变。", "Correct an entry; its code stays."))
def edit(
    ctx: typer.Context,
    which: List,
    entry: Entry,
    new: options.NewName = None,
    en: English = None,
    group: Group = None,
    rule: Rule = None,
) -> None:
    from fugong.domain import roster
    from fugong.domain.roster import lists

    given: dict[str, Any] = {"zh": new, "en": en, "grp": group, "rule": rule}
    values = {each: value for each, value in given.items() if value is not None}
    if not values:
        raise NothingToCorrect(noun="term")
    with writing(ctx.obj.store, "term edit") as writer:
        term = roster.find_term(writer.session, which, entry)
        changed = lists.correct_term(writer, term, values)
        said = line(term)
    tell(said, changed=changed)


@app.command(help=T("停用列表里的一条：不再能选，用过它的照旧。", "Retire an entry: nothing new takes it."))
def retire(
    ctx: typer.Context,
    which: List,
    entry: Entry,
    on: options.On = None,
    approx: options.Approx = False,
    why: WhyOrNot = None,
) -> None:
    from fugong.domain import roster

    with writing(ctx.obj.store, "term retire") as writer:
        term = roster.find_term(writer.session, which, entry)
        changed = roster.retire(writer, term, on=day_of(writer, on), approximate=approx, why=why)
        said = line(term)
    tell(said)
    if not changed:
        say_retired_already()


@app.command(help=T("恢复停用的一条。", "Put a retired entry back in service."))
def restore(ctx: typer.Context, which: List, entry: Entry) -> None:
    from fugong.domain import roster

    with writing(ctx.obj.store, "term restore") as writer:
        term = roster.find_term(writer.session, which, entry)
        changed = roster.restore(writer, term)
        said = line(term)
    tell(said)
    if not changed:
        say_in_service()
