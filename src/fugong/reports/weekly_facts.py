"""A period beside the one before it: what is counted of both, by group, and which problems are named.

What stands (in hand, overdue) is counted at the ends of both periods as ``progress`` counts it; what moved is counted
by its day among the problems that counted at the end of its period. So between two ends, found grows by the new ones,
less those that were voided, and solved by those closed, less those reopened; these exceptions are named.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple, Self

from fugong.attributes.problems import DISCONTENTED
from fugong.db import Reader
from fugong.queries import past
from fugong.queries.as_of import AsOf
from fugong.queries.counts import Counts, counts_of_each, grouped
from fugong.queries.several import BY_NUMBER, of_problems, of_those
from fugong.reports.cover import whose
from fugong.reports.short_names import short_names
from fugong.results.report import Cell, Change, Column, Ratio, Term
from fugong.values.lateness import DONE_ON, sql_late, sql_overdue
from fugong.values.periods import Compared, Period
from fugong.vocab import Status, Words

FIGURES = (
    Column("new", Words("新增", "New"), Cell.CHANGE),
    Column("closed", Words("办结", "Closed"), Cell.CHANGE),
    Column("in_hand", Words("在办", "In hand"), Cell.CHANGE),
    Column("overdue", Words("逾期", "Overdue"), Cell.CHANGE, short=Words("逾期", "Late")),
    Column("on_time", Words("按时", "On time"), Cell.PARTS),
    Column("dissatisfied", Words("不满意", "Dissatisfied"), Cell.CHANGE, short=Words("不满意", "Unhappy")),
)


class Flow(NamedTuple):
    """What moved in a period, of one group."""

    new: int = 0
    closed: int = 0
    on_time: int = 0
    due: int = 0
    """Those closed that had a deadline."""
    dissatisfied: int = 0

    def plus(self, other: "Flow") -> "Flow":
        """Both together."""
        return Flow(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


class Item(NamedTuple):
    """A problem that is named."""

    id: str
    firm: str
    department: str | None
    days_over: int = 0


_BY = ("team_id", "department_id", "category_id")
"""The columns of the problem table by which it is counted what moved."""


class End:
    """A period with the ledger as it stood at its end."""

    def __init__(self, reader: Reader, cut: AsOf, period: Period) -> None:
        self.period = period
        ends = cut.day == period.end  # the cut-off itself, a moment of the day it may be
        self.cut = cut if ends else cut.ending(period.end, reader)
        self.reader = past.at(reader.now, self.cut)

    def groups(self, column: str) -> "dict[Any, tuple[Flow, Counts]]":
        """What moved and what stands, of each value of a column of the problem table (``_BY``)."""
        at = _BY.index(column)
        counts = self._counts[at]
        flows: dict[Any, Flow] = defaultdict(Flow)
        for keys, flow in self._moved:
            flows[keys[at]] = flows[keys[at]].plus(flow)
        return {key: (flows.get(key, Flow()), counts.get(key, Counts())) for key in counts.keys() | flows.keys()}

    @cached_property
    def _counts(self) -> list[dict[Any, Counts]]:
        """What stands, of each value of each of ``_BY``."""
        return counts_of_each(self.reader.rows, _BY, self.cut)

    def _within(self, day: str) -> str:
        return f"{day} BETWEEN '{self.period.start}' AND '{self.period.end}'"

    @cached_property
    def _moved(self) -> list[tuple[tuple[Any, ...], Flow]]:
        """What moved in the period, of each value of all of ``_BY`` together: few of all problems did."""
        found, closed = self._within("found_on"), f"(status = 'closed' AND {self._within('closed_on')})"
        unhappy = f"({DISCONTENTED} AND {self._within('verified_on')})"
        flags = (found, closed, f"{closed} AND NOT {sql_late(DONE_ON)}", f"{closed} AND due_on IS NOT NULL", unhappy)
        columns = ", ".join((*_BY, *(f"CASE WHEN {each} THEN 1 ELSE 0 END" for each in flags)))
        where = f"status <> 'void' AND ({found} OR {closed} OR {unhappy})"
        counted = grouped(self.reader.rows, columns, where, self.cut, few=True)
        keys = len(_BY)
        return [(row[:keys], Flow(*(int(flag) * row[-1] for flag in row[keys:-1]))) for row in counted]

    def named(self, where: str, order: str = BY_NUMBER) -> list[Item]:
        """The problems that meet a condition."""
        those = of_those(self.reader, "id, coalesce(enterprise, team_name) AS firm, department, due_on", where)
        rows = self.reader.rows(f"SELECT id, firm, department, due_on FROM {those} q ORDER BY {order}")
        return [
            Item(
                ident,
                self._short.get(firm, firm),
                to,
                (self.period.end - date.fromisoformat(str(due))).days if due else 0,
            )
            for ident, firm, to, due in rows
        ]

    @cached_property
    def _short(self) -> dict[str, str]:
        return short_names(self.reader)

    def new(self) -> list[Item]:
        """The problems that were found in the period."""
        return self.named(f"status <> 'void' AND {self._within('found_on')}")

    def closed(self) -> list[Item]:
        """The problems that were closed in the period and still are."""
        return self.named(f"status = 'closed' AND {self._within('closed_on')}")

    def overdue(self) -> list[Item]:
        """The problems in hand whose deadline is past at the end of the period, the longest first."""
        return self.named(sql_overdue(f"'{self.period.end}'"), f"due_on, {BY_NUMBER}")

    def dissatisfied(self) -> list[Item]:
        """The problems of which the enterprise said in the period that it is dissatisfied."""
        return self.named(f"status <> 'void' AND {DISCONTENTED} AND {self._within('verified_on')}")


class Moved(NamedTuple):
    """What the numbers of new and closed problems do not tell of two ends."""

    reopened: Sequence[str]
    voided: Sequence[str]
    restored: Sequence[str]

    @classmethod
    def between(cls, now: End, before: End) -> Self:
        """The problems that had been closed or counted on the eve of the period, and no longer are at its end."""
        if before.cut.present:
            return cls((), (), ())
        then = _touched(before.reader)
        since = _by_number(of_problems(now.reader.now, f"{_STANDING} v_problem WHERE uid IN ({{}})", then))
        if not now.cut.present:
            since |= _touched(now.reader)
        start = str(now.period.start)
        reopened, voided, restored = [], [], []
        for uid, stood in then.items():
            stands = since.get(uid)
            again = stands and (stands.status != Status.CLOSED or stands.closed_on >= start)
            if stood.status == Status.CLOSED and again:
                reopened.append(stood.id)
            if stood.status != Status.VOID and (not stands or stands.status == Status.VOID):
                voided.append(stood.id)
            if stood.status == Status.VOID and stands and stands.status != Status.VOID and stands.found_on < start:
                restored.append(stood.id)
        return cls(reopened, voided, restored)


class _Stands(NamedTuple):
    id: str
    status: str
    found_on: str
    closed_on: str


_STANDING = f"SELECT {BY_NUMBER}, uid, id, status, found_on, closed_on FROM"


def _touched(reader: Reader) -> dict[str, _Stands]:
    """How the problems stood, as of the past that a reader reads, about which something was written since."""
    return _by_number(reader.rows(f"{_STANDING} then_v_problem"))


def _by_number(rows: Iterable[tuple[Any, ...]]) -> dict[str, _Stands]:
    return {
        uid: _Stands(ident, status, str(found_on), str(closed_on or ""))
        for *_, uid, ident, status, found_on, closed_on in sorted(rows, key=lambda row: row[:4])
    }


class Both(NamedTuple):
    """One group in both periods."""

    key: tuple[Any, ...]
    """The cells by which a row names it."""
    now: tuple[Flow, Counts]
    before: tuple[Flow, Counts]

    def cells(self) -> tuple[Any, ...]:
        """The cells of the columns ``FIGURES``."""
        (flow, counts), (flow_before, counts_before) = self.now, self.before
        return (
            Change(flow.new, flow_before.new),
            Change(flow.closed, flow_before.closed),
            Change(counts.in_hand, counts_before.in_hand),
            Change(counts.overdue, counts_before.overdue),
            Change(Ratio(flow.on_time, flow.due), Ratio(flow_before.on_time, flow_before.due)),
            Change(flow.dissatisfied, flow_before.dissatisfied),
        )

    @property
    def idle(self) -> bool:
        """Whether nothing moved in either period, and nothing is or was in hand."""
        return not any(any(flow) or counts.in_hand for flow, counts in (self.now, self.before))


class Facts(NamedTuple):
    """All that is said of the two periods, counted once."""

    compared: Compared
    campaign: str
    teams: Sequence[Both]
    total: Both
    departments: Sequence[Both]
    categories: Sequence[Both]
    new: Sequence[Item]
    closed: Sequence[Item]
    overdue: Sequence[Item]
    dissatisfied: Sequence[Item]
    moved: Moved
    trend: "Trend"


class Trend(NamedTuple):
    """How many were closed in each of the last periods, by team and in all."""

    days: int
    counts: dict[Any, tuple[int, ...]]
    total: tuple[int, ...]

    @property
    def head(self) -> Words:
        """What its column is called."""
        if len(self.total) * self.days == _STEPS * _YOUNG:
            return Words("近三周办结", "Closed, 3 weeks")
        return Words(f"近{'八' if len(self.total) == _PERIODS else ''}期办结", f"Closed, {len(self.total)} periods")


class Ends(NamedTuple):
    """The ends of two periods."""

    now: End
    before: End

    @classmethod
    def of(cls, reader: Reader, cut: AsOf, compared: Compared) -> Self:
        """Those that are compared, as a cut-off knows them."""
        return cls(End(reader, cut, compared.now), End(reader, cut, compared.before))

    def teams(self, reader: Reader) -> list[Both]:
        """Every team in both periods, with a last row for what no team has."""
        return self.rows("team_id", ((key, (key, code, name)) for key, code, name in reader.rows(_TEAMS)))

    def rows(self, column: str, names: Iterable[tuple[Any, tuple[Any, ...]]]) -> list[Both]:
        """Each value of a column with its name, in both periods."""
        here, there = self.now.groups(column), self.before.groups(column)
        nothing = (Flow(), Counts())
        named = [*names, *([(None, (None,))] if None in here or None in there else [])]
        return [Both(key, here.get(value, nothing), there.get(value, nothing)) for value, key in named]


def facts_of(reader: Reader, cut: AsOf, compared: Compared) -> Facts:
    """All that is said of two periods."""
    ends = Ends.of(reader, cut, compared)
    now, before = ends
    eve = (
        before
        if compared.before.end == compared.now.eve
        else End(reader, cut, Period(compared.now.eve, compared.now.eve))
    )
    by_team = ends.teams(reader)
    departments = ends.rows("department_id", ((key, (name,)) for key, name in reader.rows(_DEPARTMENTS)))
    categories = ends.rows("category_id", ((key, (Term(*term),)) for key, *term in reader.rows(_CATEGORIES)))
    return Facts(
        compared,
        whose(reader),
        by_team,
        total_of(by_team),
        sorted(filter(_busy, departments), key=lambda row: (-row.now[1].overdue, -row.now[1].in_hand)),
        list(filter(_busy, categories)),
        now.new(),
        now.closed(),
        now.overdue(),
        now.dissatisfied(),
        Moved.between(now, eve),
        _trend(now),
    )


_TEAMS = "SELECT team_id, code, name FROM v_team ORDER BY team_sort"
_DEPARTMENTS = "SELECT department_id, name FROM v_department ORDER BY department_id"
_CATEGORIES = "SELECT id, code, zh, en FROM term WHERE list = 'category' ORDER BY rank"


def _busy(row: Both) -> bool:
    return not row.idle


def total_of(rows: Iterable[Both]) -> Both:
    """All groups together."""
    now = before = (Flow(), Counts())
    for row in rows:
        now = (now[0].plus(row.now[0]), now[1].plus(row.now[1]))
        before = (before[0].plus(row.before[0]), before[1].plus(row.before[1]))
    return Both((), now, before)


_PERIODS, _STEPS, _YOUNG = 8, 7, 3


def _trend(now: End) -> Trend:
    """Closings of the last eight periods; of a young ledger in seven steps of three days."""
    (first,) = now.reader.first("SELECT min(found_on) FROM problem p WHERE status <> 'void'") or (None,)
    age = (now.period.end - date.fromisoformat(str(first))).days + 1 if first else 0
    days, steps = (now.period.days, _PERIODS) if age > _YOUNG * now.period.days else (_YOUNG, _STEPS)
    start = now.period.end - timedelta(days=days * steps - 1)
    ends = [start + timedelta(days=days * step - 1) for step in range(1, steps + 1)]
    step = " ".join(f"WHEN closed_on <= '{end}' THEN {at}" for at, end in enumerate(ends))
    closed = f"status = 'closed' AND closed_on BETWEEN '{start}' AND '{ends[-1]}'"
    counts: dict[Any, list[int]] = defaultdict(lambda: [0] * steps)
    for team, at, count in grouped(now.reader.rows, f"team_id, CASE {step} END", closed, now.cut, few=True):
        counts[team][at] += count
    total = tuple(map(sum, zip(*counts.values(), strict=True))) if counts else (0,) * steps
    return Trend(days, {team: tuple(each) for team, each in counts.items()}, total)
