"""The figures of the campaign: what was found, solved and is in hand, and which enterprises resumed, at a cut-off.

Every table, summary, page and published figure counts here, through whatever runs SQL on the store.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from fugong.queries import Rows
from fugong.queries.as_of import AsOf
from fugong.values import ratios
from fugong.values.lateness import sql_overdue
from fugong.vocab import IN_HAND, PENDING, RUNNING, Measure, Stage, Status, Words


class Counts(NamedTuple):
    """How the problems of one group stand. Found = solved + in hand."""

    found: int = 0
    solved: int = 0
    in_hand: int = 0
    overdue: int = 0
    pending: int = 0
    """Of those in hand: whose closing waits for its review."""

    def plus(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def rate(self) -> float | None:
        """Solved of found, from 0 to 1; None where nothing was found."""
        return ratios.rate(self.solved, self.found)

    def cells(self) -> tuple[Any, ...]:
        """Found, solved, in hand, overdue, the rate, and those that wait for their review."""
        return (*self[:-1], self.rate, self.pending)


def counts_of(rows: Rows, column: str, cut: AsOf) -> dict[Any, Counts]:
    """The counts of each value of a column of the problem table, which is called ``p``.

    Args:
        rows: Runs SQL on the store as it stood at the cut-off (``queries.past``).
        column: The column, or an expression.
        cut: The cut-off.
    """
    (found,) = counts_of_each(rows, (column,), cut)
    return found


def counts_of_each(rows: Rows, columns: Iterable[str], cut: AsOf) -> list[dict[Any, Counts]]:
    """The same of several columns, for which what differed at the cut-off is made anew once."""
    return [counted(each) for each in tallies(rows, [asked(column, cut) for column in columns], cut)]


Asked = tuple[tuple[str, str], str]
"""Two columns of the problem table, and a condition."""
Tally = Iterable[tuple[Any, Any, int]]
"""How many problems there are of each value of both columns."""


def asked(column: str, cut: AsOf) -> Sequence[Asked]:
    """What the counts of each value of a column are counted from."""
    return ((column, "status"), "status <> 'void'"), ((column, "'late'"), sql_overdue(f"'{cut.day}'"))


def counted(tallied: Tally) -> dict[Any, Counts]:
    """The counts that a tally comes to; what it has besides is left alone."""
    found: dict[Any, int] = defaultdict(int)
    solved: dict[Any, int] = {}
    overdue: dict[Any, int] = {}
    pending: dict[Any, int] = {}
    for value, status, count in tallied:
        if status == "late":
            overdue[value] = count
            continue
        if status not in _STATUSES:
            continue
        found[value] += count
        if status == Status.CLOSED:
            solved[value] = count
        elif status == Status.PENDING:
            pending[value] = count
    counts: dict[Any, Counts] = defaultdict(Counts)
    for value, count in found.items():
        done = solved.get(value, 0)
        counts[value] = Counts(count, done, count - done, overdue.get(value, 0), pending.get(value, 0))
    return counts


_STATUSES = frozenset(Status)


def tally(rows: Rows, asked: Sequence[Asked], cut: AsOf) -> Tally:
    """How many problems there are of each value of two columns, for several pairs of them, each with a condition."""
    (found,) = tallies(rows, (asked,), cut)
    return found


def tallies(rows: Rows, wanted: Sequence[Sequence[Asked]], cut: AsOf) -> list[Tally]:
    """Several tallies.

    At a cut-off: as many as now, without those that differed and with them as they stood. So the whole table is
    counted along its indexes, as it is now, and only the few that were written about since are looked at one by one.
    """

    def grouped(table: str, count: str, pair: tuple[str, str], where: str) -> str:
        return (
            f"SELECT {pair[0]} AS one, {pair[1]} AS other, {count} AS many FROM {table} p WHERE {where} GROUP BY 1, 2"
        )

    if cut.present:
        return [
            chain.from_iterable(rows(grouped("problem", "count(*)", pair, where)) for pair, where in asked)
            for asked in wanted
        ]
    tables = (("now_problem", "count(*)"), ("left_problem", "-count(*)"), ("then_problem", "count(*)"))
    together = " UNION ALL ".join(
        f"SELECT {at} AS part, one, other, many FROM ({grouped(*table, *each)}) g"
        for at, asked in enumerate(wanted)
        for each in asked
        for table in tables
    )
    keys = "part, one, other"
    summed = rows(f"SELECT {keys}, CAST(sum(many) AS INTEGER) FROM ({together}) s GROUP BY {keys}")
    found: list[list[tuple[Any, Any, int]]] = [[] for _ in wanted]
    for part, one, other, many in summed:
        if many:
            found[part].append((one, other, many))
    return [*found]


def grouped(
    rows: Rows, columns: str, where: str, cut: AsOf, *, few: bool = False, total: str = "count(*)"
) -> Iterator[tuple[Any, ...]]:
    """How many problems there are of each value of some columns, where a condition holds: these, and the count.

    Or, instead of the count, what something comes to that can be added up: ``sum(…)``.

    Args:
        rows: Runs SQL on the store as it stood at the cut-off.
        columns: The columns, or expressions.
        where: The condition.
        cut: The cut-off.
        few: It holds of few of all problems, which are found first (``several.of_those``).
        total: What is counted.
    """

    def query(table: str, count: str) -> str:
        chosen = f"id IN (SELECT few.id FROM {table} few WHERE {where})" if few else where
        return f"SELECT {columns}, {count} FROM {table} x WHERE {chosen} GROUP BY {columns}"

    if cut.present:
        yield from rows(query("problem", total))
        return
    differ = f"{query('left_problem', f'-{total}')} UNION ALL {query('then_problem', total)}"
    more: dict[tuple[Any, ...], int] = defaultdict(int)
    for *values, count in rows(differ):
        more[tuple(values)] += count
    for *values, count in rows(query("now_problem", total)):
        if many := count + more.pop(tuple(values), 0):
            yield *values, many
    yield from ((*values, count) for values, count in more.items() if count)


def whole(rows: Rows, cut: AsOf) -> Counts:
    """The counts of all problems together, at a cost that does not grow with what has been closed."""
    conditions = ("1 = 1", "status = 'void'", IN_HAND, sql_overdue(f"'{cut.day}'"), PENDING)

    def count(table: str, condition: str) -> int:
        ((counted,),) = rows(f"SELECT count(*) FROM {table} x WHERE {condition}")
        return int(counted)

    now = "" if cut.present else "now_"
    counted = [_given(rows, now), *(count(f"{now}problem", condition) for condition in conditions[1:])]
    if not cut.present:
        summed = ", ".join(f"coalesce(sum(CASE WHEN {condition} THEN 1 ELSE 0 END), 0)" for condition in conditions)
        which = (f"SELECT {at} AS part, {summed} FROM {name}_problem x" for at, name in enumerate(("left", "then")))
        (_, *left), (_, *then) = rows(f"{' UNION ALL '.join(which)} ORDER BY part")
        counted = [one - int(was) + int(became) for one, was, became in zip(counted, left, then, strict=True)]
    every, void, in_hand, overdue, pending = counted
    found = every - void
    return Counts(found, found - in_hand, in_hand, overdue, pending)


def _given(rows: Rows, now: str) -> int:
    """How many problems there are: as many as numbers were given, but those that teams know to be skipped.

    ``store check`` counts them. An engine would read an index to its end for it, as it must where there are numbers
    that other stores gave.
    """
    several = (
        f"SELECT 1 FROM {now}fact WHERE name = 'series' AND value <> '' UNION ALL SELECT 1 FROM county "
        f"UNION ALL SELECT 1 FROM {now}team t "
        f"WHERE EXISTS (SELECT 1 FROM {now}problem p WHERE p.team_id = t.id AND p.series > '') LIMIT 1"
    )
    counted = f"coalesce(sum(next_number - 1 - coalesce(skipped, 0)), 0) FROM {now}team"
    if list(rows(several)):
        counted = f"count(*) FROM {now}problem"
    ((count,),) = rows(f"SELECT {counted}")
    return int(count)


def firms_of(rows: Rows) -> dict[Any, dict[str, int]]:
    """How many enterprises each team looks after, by resumption stage; those of no team under None."""
    stages: dict[Any, dict[str, int]] = defaultdict(dict)
    sql = (
        "SELECT a.team_id, e.stage, count(*) FROM enterprise e LEFT JOIN assignment a ON a.enterprise_id = e.id "
        "AND a.to_on IS NULL WHERE e.retired_on IS NULL GROUP BY a.team_id, e.stage"
    )
    for team, stage, count in rows(sql):
        stages[team][stage] = count
    return stages


def resumed_of(stages: dict[str, int]) -> int:
    """How many enterprises resumed, of a count by stage."""
    return sum(stages.get(stage, 0) for stage in RUNNING)


def measures(rows: Rows, cut: AsOf) -> dict[Any, dict[Measure, int]]:
    """The figures that are published: of the county under None, and of each team by its key."""
    teams = counts_of(rows, "team_id", cut)
    firms = firms_of(rows)
    figures = {None: four(sum_of(teams.values()), resumption(rows).resumed)}
    for (key,) in rows("SELECT id FROM team ORDER BY sort"):
        figures[key] = four(teams[key], resumed_of(firms.get(key, {})))
    return figures


def four(counted: Counts, resumed: int) -> dict[Measure, int]:
    """The figures that are published, by their measure."""
    return {
        Measure.FOUND: counted.found,
        Measure.SOLVED: counted.solved,
        Measure.IN_HAND: counted.in_hand,
        Measure.RESUMED: resumed,
    }


def sum_of(counted: Iterable[Counts]) -> Counts:
    """Several counts together."""
    total = Counts()
    for each in counted:
        total = total.plus(each)
    return total


class Resumption(NamedTuple):
    """How many enterprises resumed, whether a team looks after them or not, and of how many."""

    resumed: int
    of: int
    """Those that could resume: without the ones that were excluded (不计) or retired."""
    excluded: int

    @property
    def rate(self) -> float | None:
        """Resumed of those that could, from 0 to 1; None where there are none."""
        return ratios.rate(self.resumed, self.of)

    @property
    def words(self) -> Words:
        """The rate with its denominator."""
        rate = ratios.percent(self.rate)
        return Words(
            f"复工率 {self.resumed}/{self.of}（{rate}），不计 {self.excluded} 家",
            f"Resumed {self.resumed} of {self.of} enterprises ({rate}); {self.excluded} excluded",
        )


def resumption(rows: Rows) -> Resumption:
    """How many enterprises resumed, and of how many."""
    stages: dict[str, int] = dict(
        rows("SELECT stage, count(*) FROM enterprise WHERE retired_on IS NULL GROUP BY stage")
    )
    excluded = stages.pop(Stage.EXCLUDED.value, 0)
    return Resumption(resumed_of(stages), sum(stages.values()), excluded)
