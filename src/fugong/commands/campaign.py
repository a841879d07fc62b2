"""campaign: what the store is about (专项行动), shown and corrected."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import emit, reading, stated
from fugong.commands.frame.writing import day_of, line, tell, writing
from fugong.errors.rules import NothingToCorrect, UndatedEvent
from fugong.lang import T

if TYPE_CHECKING:
    from fugong.domain.writer import Writer
    from fugong.store.records import Campaign

app = App(help=T("专项行动：县、名称、大事。", "The campaign: county, name, timeline."))


@app.command(help=T("看这个台账是哪个县、什么行动的。", "Show what the store is about."))
@spread
def show(ctx: typer.Context, *, cut_off: options.CutOff, delivery: options.Delivery) -> None:
    from fugong.reports.campaign import campaign as report

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        emit(stated(report(reader), cut), delivery)


@app.command(
    help=T(
        "写明或更正县、行动、地名、大事；企业名和各组的县随之重算。空的党委表示清除。",
        "State or correct county, campaign, places, timeline; names and teams that rest on them follow.",
    )
)
def edit(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Option("--name", metavar=T("行动", "NAME"), help=T("专项行动的名称。", "Its name."))
    ] = None,
    county: Annotated[
        str | None, typer.Option("--county", metavar=T("县", "COUNTY"), help=T("哪个县。", "Its county."))
    ] = None,
    committee: Annotated[
        str | None,
        typer.Option("--committee", metavar=T("党委", "NAME"), help=T("临时党委。", "The party committee.")),
    ] = None,
    place: Annotated[
        list[str] | None,
        typer.Option(
            "--place",
            metavar=T("地名", "NAME"),
            help=T("企业名前可以省略的地名，可写几次。", "A place that names may begin with; repeatable."),
        ),
    ] = None,
    no_place: Annotated[
        list[str] | None,
        typer.Option("--no-place", metavar=T("地名", "NAME"), help=T("去掉的地名。", "A place to take away.")),
    ] = None,
    event: Annotated[
        list[str] | None,
        typer.Option(
            "--event",
            metavar=T("日期=大事", "DATE=TEXT"),
            help=T("一件大事，如 3月6日=推广会；可写几次。", "A dated act, as 2020-03-06=Notice; repeatable."),
        ),
    ] = None,
    note: options.Note = None,
) -> None:
    from fugong.domain.roster import campaign

    given = (name, county, committee, place, no_place, event, note)
    if all(value is None for value in given):
        raise NothingToCorrect(noun="campaign")
    with writing(ctx.obj.store, "campaign edit") as writer:
        held = campaign.find_campaign(writer.session)
        stated = {"name": name, "county": county, "committee": committee, "remark": note}
        values: dict[str, Any] = {each: value for each, value in stated.items() if value is not None}
        if place or no_place:
            gone = set(no_place or ())
            values["places"] = [each for each in [*(held.places if held else ()), *(place or ())] if each not in gone]
        if event:
            values["timeline"] = _timeline(writer, held, event)
        record, changed = campaign.set_campaign(writer, values)
        said = line(record)
    tell(said, changed=changed)


def _timeline(writer: "Writer", held: "Campaign | None", events: list[str]) -> list[tuple[date, str]]:
    """The timeline with some more acts in it.

    Raises:
        UndatedEvent: One does not say its day.
    """
    known = [(date.fromisoformat(when), what) for when, what in (held.timeline if held else ())]
    for each in events:
        day, equals, what = each.partition("=")
        if not equals:
            raise UndatedEvent(text=each)
        known.append((day_of(writer, day) or writer.today, what))
    return known
