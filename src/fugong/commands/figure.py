"""figure: totals that somebody stated (公布口径)."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from fugong.attributes import named
from fugong.commands.frame import completing, filters, options
from fugong.commands.frame.app import App
from fugong.commands.frame.option_groups import spread
from fugong.commands.frame.reading import day, emit, reading
from fugong.commands.frame.writing import day_of, say_entered_before, tell, writing
from fugong.errors.names import UnknownTerm
from fugong.errors.rules import NothingToCorrect
from fugong.lang import T, name_of
from fugong.vocab import Kind, ListName, Measure, Words

if TYPE_CHECKING:
    from fugong.domain.writer import Writer
    from fugong.store.records import Figure

app = App(help=T("公布口径：别人公布过的数字。", "Published figures: totals that somebody stated."))

COUNTY = "-"
"""What is typed instead of a team where the figure is the county's."""
MOST = 999_999_999

FigureKey = Annotated[
    str,
    typer.Argument(
        metavar=T("标识", "KEY"), help=T("公布口径的标识，见 figure list。", "The figure's key; see figure list.")
    ),
]
Milestone = Annotated[
    str | None,
    typer.Option(
        "--milestone",
        "-m",
        metavar=T("事项", "NAME"),
        help=T("达标企业数说的是哪一项。", "Of a total of enterprises with a milestone: which one."),
    ),
]
Unit = Annotated[
    str | None, typer.Option("--unit", "-u", metavar=T("单位", "UNIT"), help=T("个、家、名等。", "What is counted."))
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=T("日期", "DATE"),
        help=T("数字截至哪一天；默认今天。", "The day it is true for; default today."),
    ),
]
StatedBy = Annotated[
    str | None, typer.Option("--source", metavar=T("出处", "TEXT"), help=T("谁公布的。", "Who stated it."))
]
Scope = Annotated[
    str | None,
    typer.Option(
        "--team",
        "-t",
        metavar=T("组号", "CODE"),
        autocompletion=completing.team_codes,
        help=T("哪个组的数字；不写或写 - 是全县的。", "The team it is about; without it, or with -, the whole county."),
    ),
]


@app.command(help=T("登记一个公布过的数字。", "Enter a total that somebody stated."))
def add(
    ctx: typer.Context,
    measure: Annotated[
        str,
        typer.Argument(
            metavar=T("指标", "MEASURE"),
            help=T("指标的代码或名称，如 found、发现问题。", "Code or name of the measure, such as found."),
        ),
    ],
    value: Annotated[
        int, typer.Argument(metavar=T("数值", "VALUE"), min=0, max=MOST, help=T("公布的数。", "The total."))
    ],
    team: Scope = None,
    milestone: Milestone = None,
    unit: Unit = None,
    as_of: AsOf = None,
    source: StatedBy = None,
    inferred: options.Inferred = False,
    note: options.Note = None,
    key: options.Key = None,
) -> None:
    from fugong.domain.activities import figures

    about = {"team": team, "milestone": milestone, "unit": unit, "as_of": as_of, "source": source,
             "inferred": inferred, "remark": note, "key": key}  # fmt: skip
    with writing(ctx.obj.store, "figure add") as writer:
        known = figures.figure_with_key(writer.session, key or "")
        figure = known or figures.add_figure(writer, measure_of(measure), value, **_attributes(writer, about))
        said = _line(figure)
    tell(said)
    if known:
        say_entered_before(str(key))


@app.command(help=T("修改公布口径；空的值表示清除。", "Correct a published figure; an empty value clears."))
def edit(
    ctx: typer.Context,
    key: FigureKey,
    measure: Annotated[
        str | None, typer.Option("--measure", metavar=T("指标", "MEASURE"), help=T("指标。", "The measure."))
    ] = None,
    value: Annotated[
        int | None,
        typer.Option("--value", metavar=T("数值", "N"), min=0, max=MOST, help=T("公布的数。", "The total.")),
    ] = None,
    team: Scope = None,
    milestone: Milestone = None,
    unit: Unit = None,
    as_of: AsOf = None,
    source: StatedBy = None,
    inferred: options.InferredOrNot = None,
    note: options.Note = None,
) -> None:
    from fugong.domain.activities import figures

    given = {"measure": measure, "value": value, "team": team, "milestone": milestone, "unit": unit, "as_of": as_of,
             "source": source, "inferred": inferred, "remark": note}  # fmt: skip
    if all(each is None for each in given.values()):
        raise NothingToCorrect(noun="figure")
    with writing(ctx.obj.store, "figure edit") as writer:
        figure = figures.find_figure(writer.session, key)
        changed = figures.edit_figure(writer, figure, _attributes(writer, given))
        said = _line(figure)
    tell(said, changed=changed)


class Wanted(NamedTuple):
    """Which figures a listing shows."""

    team: filters.Teams = None
    measure: Annotated[
        list[str] | None,
        typer.Option(
            "--measure",
            metavar=T("指标", "MEASURE"),
            help=T("只看这个指标；可写几次。", "Only this measure; repeatable."),
        ),
    ] = None
    since: options.FromDay = None
    until: options.ToDay = None
    as_of: options.AsOf = None
    known_at: options.KnownAt = None


@app.command(
    "list",
    help=T(
        "列出别人公布的数字；加 --published 看 fugong publish 留存的。",
        "List what others stated; with --published what fugong publish kept.",
    ),
)
@spread
def list_(
    ctx: typer.Context,
    *,
    wanted: Wanted,
    published: Annotated[
        bool,
        typer.Option(
            "--published", help=T("只看本台账公布时留存的数字。", "Only the figures that this ledger published.")
        ),
    ] = False,
    delivery: options.Delivery,
) -> None:
    _emit(ctx, wanted, delivery, published=published)


@spread
def every(ctx: typer.Context, *, wanted: Wanted, delivery: options.Delivery) -> None:
    """All figures, whoever stated them: what ``export`` takes out."""
    _emit(ctx, wanted, delivery, published=None)


def _emit(ctx: typer.Context, wanted: Wanted, delivery: options.Delivery, *, published: bool | None) -> None:
    from fugong.reports.field_work import figures as report

    with reading(ctx.obj.store, options.CutOff(wanted.as_of, wanted.known_at)) as (reader, cut):
        found = report(
            reader,
            [measure_of(name) for name in wanted.measure or ()],
            published=published,
            team=wanted.team or (),
            since=day(wanted.since, cut.day),
            until=day(wanted.until, cut.day),
        )
        emit(found, delivery, at=(reader, cut))


@app.command(help=T("看一个公布口径和变更。", "Show a published figure with its history."))
@spread
def show(ctx: typer.Context, key: FigureKey, *, cut_off: options.CutOff, delivery: options.Delivery) -> None:
    from fugong.reports.field_work import figure as report

    with reading(ctx.obj.store, cut_off) as (reader, cut):
        emit(report(reader, key), delivery, at=(reader, cut))


def measure_of(given: str) -> Measure:
    """The measure with this code or name.

    Raises:
        UnknownTerm: There is none.
    """
    from fugong.values import texts

    wanted = texts.key(given)
    for measure in Measure:
        if wanted in map(texts.key, (measure.value, measure.zh, measure.en)):
            return measure
    raise UnknownTerm(list=named(Kind.FIGURE, "measure").words, name=given, candidates=list(_offered(Measure)))


def _offered(measures: Iterable[Measure]) -> Iterable[Words]:
    for each in measures:
        yield Words(f"{each.value}（{each.zh}）", f"{each.value} ({each.en})")


def _attributes(writer: "Writer", given: dict[str, Any]) -> dict[str, Any]:
    """The attributes that options name; an empty value is none."""
    from fugong.domain import roster

    session = writer.session
    read: dict[str, Callable[[Any], tuple[str, Any]]] = {
        "measure": lambda name: ("measure", measure_of(name)),
        "team": lambda code: ("team", None if code in ("", COUNTY) else roster.find_team(session, code)),
        "milestone": lambda name: ("term", roster.find_term(session, ListName.MILESTONE, name) if name else None),
        "as_of": lambda text: ("as_of", day_of(writer, text)),
    }
    return dict(
        read[name](value) if name in read else (name, value) for name, value in given.items() if value is not None
    )


def _line(figure: "Figure") -> str:
    """A figure in one line, its key first."""
    from fugong.output.cells import visible

    scope = figure.team.name if figure.team else T("全县", "county")
    what = name_of(figure.term) if figure.term else name_of(figure.measure)
    return visible(f"{figure.key}  {scope}  {what}  {figure.value}{figure.unit or ''}  {figure.as_of}")
