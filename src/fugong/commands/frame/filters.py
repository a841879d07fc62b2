"""The filters of lists, each with one name, one help text and one completion.

Repeating one means or, different ones mean and.
"""

from typing import Annotated, NamedTuple

import typer

from fugong.commands.frame import completing
from fugong.commands.frame.codes import Codes
from fugong.lang import T
from fugong.vocab import Level, Light, ListName, Source, StatusFilter

Teams = Annotated[
    list[str] | None,
    typer.Option(
        "--team",
        "-t",
        metavar=T("组号", "CODE"),
        help=T("只看这个帮扶组；可写几次。", "Only this team; repeatable."),
        autocompletion=completing.team_codes,
    ),
]
Enterprises = Annotated[
    list[str] | None,
    typer.Option(
        "--enterprise",
        "-e",
        metavar=T("企业", "NAME"),
        help=T("只看这家企业；可写几次。", "Only this enterprise; repeatable."),
        autocompletion=completing.enterprises,
    ),
]
Departments = Annotated[
    list[str] | None,
    typer.Option(
        "--department",
        "-d",
        metavar=T("单位", "NAME"),
        help=T("只看这个单位主办或协办的；可写几次。", "Only where this department leads or assists; repeatable."),
        autocompletion=completing.departments,
    ),
]
Categories = Annotated[
    list[str] | None,
    typer.Option(
        "--category",
        "-c",
        metavar=T("类别", "CATEGORY"),
        help=T("只看这个类别；可写几次。", "Only this category; repeatable."),
        autocompletion=completing.entries(ListName.CATEGORY),
    ),
]
Statuses = Annotated[
    list[StatusFilter] | None,
    typer.Option(
        "--status",
        "-s",
        help=T("只看这个状态，live 是正在解决的；可写几次。", "Only this status; live means in hand; repeatable."),
        click_type=Codes(StatusFilter),
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar=T("日期", "DATE"),
        help=T("这一天及以后发现的；7d 是最近七天。", "Found on this day or later; 7d: in the last week."),
    ),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar=T("日期", "DATE"), help=T("这一天及以前发现的。", "Found on this day or earlier.")),
]
DueBy = Annotated[
    str | None,
    typer.Option(
        "--due-by",
        metavar=T("日期", "DATE"),
        help=T("这一天及以前到期的，如 周五、7d。", "Due on this day or earlier, as Friday or 7d."),
    ),
]
TextFilter = Annotated[
    list[str] | None,
    typer.Option(
        "--text", metavar=T("文字", "TEXT"), help=T("描述里有这些字；可写几次。", "The text holds this; repeatable.")
    ),
]
LightFilter = Annotated[
    list[Light] | None,
    typer.Option(
        "--light", "-l", help=T("只看这个灯；可写几次。", "Only this light; repeatable."), click_type=Codes(Light)
    ),
]
Levels = Annotated[
    list[Level] | None,
    typer.Option(
        "--level",
        help=T("只看上报到这一级的；可写几次。", "Only those reported to this level; repeatable."),
        click_type=Codes(Level),
    ),
]
ClosedSince = Annotated[
    str | None,
    typer.Option(
        "--closed-since",
        metavar=T("日期", "DATE"),
        help=T("这一天及以后销号的，如 周一、7d；连销号的一起看。", "Closed on this day or later, as Monday or 7d."),
    ),
]
ClosedUntil = Annotated[
    str | None,
    typer.Option(
        "--closed-until", metavar=T("日期", "DATE"), help=T("这一天及以前销号的。", "Closed on this day or earlier.")
    ),
]
Persons = Annotated[
    list[str] | None,
    typer.Option(
        "--person",
        metavar=T("姓名", "NAME"),
        help=T("责任人的姓名里有这些字；可写几次。", "The person responsible has this in the name; repeatable."),
    ),
]
Measures = Annotated[
    list[str] | None,
    typer.Option(
        "--how",
        metavar=T("措施", "MEASURE"),
        help=T("措施里有这些字，如 解释说明；可写几次。", "The measure has this in it; repeatable."),
    ),
]
Sources = Annotated[
    list[Source] | None,
    typer.Option(
        "--source",
        help=T("只看这个来源；可写几次。", "Only this source; repeatable."),
        click_type=Codes(Source),
    ),
]
MajorOrNot = Annotated[
    bool | None,
    typer.Option(
        "--major/--no-major",
        help=T("只看需要县里协调的，或不需要的。", "Only what needs the county's coordination, or does not."),
    ),
]
InConflict = Annotated[
    bool,
    typer.Option(
        "--conflict",
        help=T("只看几个副本说法不一、还没裁定的。", "Only those that copies disagree on and nobody has settled."),
    ),
]


Counties = Annotated[
    list[str] | None,
    typer.Option(
        "--county",
        metavar=T("县", "COUNTY"),
        help=T("只看这个县的（名称，或市里给的前缀）；可写几次。", "Only this county (name or prefix); repeatable."),
        autocompletion=completing.counties,
    ),
]


class Filters(NamedTuple):
    """The filters of problems, in one parameter of a command (``option_groups.spread``)."""

    team: Teams = None
    county: Counties = None
    enterprise: Enterprises = None
    department: Departments = None
    category: Categories = None
    status: Statuses = None
    since: Since = None
    until: Until = None
    due_by: DueBy = None
    text: TextFilter = None
    light: LightFilter = None
    level: Levels = None
    closed_since: ClosedSince = None
    closed_until: ClosedUntil = None
    person: Persons = None
    how: Measures = None
    source: Sources = None
    major: MajorOrNot = None
    conflict: InConflict = False
