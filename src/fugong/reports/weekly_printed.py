"""A period beside the one before, for the meeting: a sheet of teams and departments, one of categories and items."""

from collections.abc import Iterable, Iterator, Sequence

from fugong.lang import T, name_of
from fugong.reports.weekly_facts import Both, Facts
from fugong.reports.weekly_said import notes, printed_days
from fugong.results.paper import Block, Field, Figures, Group, Line, Number
from fugong.results.report import Change, Ratio, Term
from fugong.vocab import Words


def printed(facts: Facts, signs: Sequence[str]) -> Sequence[Figures]:
    """The two sheets, of which the first is what a meeting looks at."""
    how, *named = (name_of(note) for note in notes(facts))
    teams = [_line(row) for row in facts.teams]
    total = _line(facts.total._replace(key=(T("合计", "Total"),)), total=True)
    first = Figures(
        name_of(_NAMES[0]),
        f"{facts.campaign}{name_of(_TITLE)}",
        printed_days(facts.compared),
        signs,
        Field(T("帮扶组、单位", "Team, department"), _NAME_MM),
        _groups(facts),
        [
            Block("", [*teams, total]),
            Block(name_of(_DEPARTMENTS), [_line(row, name_of(_NOBODY)) for row in facts.departments]),
        ],
        [T("注：", "") + how],
    )
    second = first._replace(
        name=name_of(_NAMES[1]),
        first=Field(T("类别", "Category"), _NAME_MM),
        blocks=[Block("", [*(_line(row, name_of(_NONE)) for row in facts.categories), total])],
        notes=named,
    )
    return first, second


_TITLE = Words("办理情况对比", ": this period and the one before")
_NAMES = (Words("对比", "Compared"), Words("类别和逐项", "Categories and items"))
_DEPARTMENTS = Words(
    "按责任单位（逾期、在办多的在前；没有变动也没有在办的不列）",
    "By department, most overdue and in hand first; without those where nothing moved and nothing is in hand",
)
_NOBODY, _NONE = Words("（未交办）", "(not assigned)"), Words("（未分类）", "(none)")
_COUNTS = (
    (Words("新增", "New"), 14, 15),
    (Words("办结", "Closed"), 14, 15),
    (Words("在办", "In hand"), 14, 15),
    (Words("逾期", "Overdue"), 14, 15),
)
_ON_TIME, _ON_TIME_MM = Words("按时／有时限的办结", "On time/of"), 17
_UNHAPPY, _UNHAPPY_MM = Words("回访不满意", "Dissatisfied"), 13
_NAME_MM = 32
_OVERDUE, _DISSATISFIED = 3, 5
"""Which figures are bad news where there are any."""


def _groups(facts: Facts) -> Sequence[Group]:
    now, before, change = T(facts.compared.this.zh, "Now"), T(facts.compared.last.zh, "Before"), T("增减", "+/-")

    def three(words: Words, count: float, moved: float) -> Group:
        return Group(name_of(words), [Field(now, count), Field(before, count), Field(change, moved)])

    return [
        *(three(*each) for each in _COUNTS),
        Group(name_of(_ON_TIME), [Field(now, _ON_TIME_MM), Field(before, _ON_TIME_MM)]),
        three(_UNHAPPY, _UNHAPPY_MM, _UNHAPPY_MM),
    ]


def _line(row: Both, nameless: str = "", *, total: bool = False) -> Line:
    name = row.key[-1]
    called = name_of(name) if isinstance(name, Term) else str(name or nameless)
    return Line(called, list(_figures(row.cells())), total=total)


def _figures(cells: Iterable[Change]) -> Iterator[Number]:
    for place, cell in enumerate(cells):
        if isinstance(cell.now, Ratio):
            yield Number(_parts(cell.now))
            yield Number(_parts(cell.before), aside=True)
        else:
            yield Number(cell.now, alarming=place in (_OVERDUE, _DISSATISFIED) and cell.now > 0)
            yield Number(cell.before, aside=True)
            yield Number(cell.moved, aside=True)


def _parts(ratio: Ratio) -> str:
    return f"{ratio.part}/{ratio.whole}" if ratio.whole else "-"
