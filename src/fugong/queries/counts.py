"""The figures of the campaign: what was found, solved and is in hand, and which enterprises resumed, at a cut-off.

Every table, summary, page and published figure counts here, through whatever runs SQL on the store.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from fugong.queries.as_of import AsOf
from fugong.vocab import IN_HAND, RUNNING, Measure, Stage, Status, Words

if TYPE_CHECKING:  # names weigh more than counting
    from fugong.queries.names import Rows


class Counts(NamedTuple):
    """How the problems of one group stand. Found = solved + in hand."""

    found: int = 0
    solved: int = 0
    in_hand: int = 0
    overdue: int = 0

    def plus(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def rate(self) -> float | None:
        """Solved of found, from 0 to 1; None where nothing was found."""
        return round(self.solved / self.found, 4) if self.found else None

    def cells(self) -> tuple[Any, ...]:
        """Found, solved, in hand, overdue and the rate."""
        return (*self, self.rate)


def counts_of(rows: "Rows", column: str, cut: AsOf) -> dict[Any, Counts]:
    """The counts of each value of a column of the problem table, which is called ``p``."""
    found: dict[Any, int] = defaultdict(int)
    solved: dict[Any, int] = {}
    grouped = f"SELECT {column}, status, count(*) FROM {cut.problem} p WHERE status <> 'void' GROUP BY 1, 2"
    for value, status, count in rows(grouped):
        found[value] += count
        if status == Status.CLOSED:
            solved[value] = count
    late = f"SELECT {column}, count(*) FROM {cut.problem} p WHERE {IN_HAND} AND due_on < :today GROUP BY 1"
    overdue: dict[Any, int] = dict(rows(late, today=cut.day.isoformat()))
    counts: dict[Any, Counts] = defaultdict(Counts)
    for value, count in found.items():
        done = solved.get(value, 0)
        counts[value] = Counts(count, done, count - done, overdue.get(value, 0))
    return counts


def whole(rows: "Rows", cut: AsOf) -> Counts:
    """The counts of all problems together, at a cost that does not grow with what has been closed."""

    def count(condition: str, **params: str) -> int:
        ((counted,),) = rows(f"SELECT count(*) FROM {cut.problem} x {condition}", **params)
        return int(counted)

    every = _given(rows) if cut.present else count("")
    found, in_hand = every - count("WHERE status = 'void'"), count(f"WHERE {IN_HAND}")
    overdue = count(f"WHERE {IN_HAND} AND due_on < :today", today=cut.day.isoformat())
    return Counts(found, found - in_hand, in_hand, overdue)


def _given(rows: "Rows") -> int:
    """How many problems there are: as many as numbers were given, for none is skipped and no problem is removed.

    ``store check`` counts them. An engine would read an index to its end for it.
    """
    ((given,),) = rows("SELECT coalesce(sum(next_number - 1), 0) FROM team")
    return int(given)


def firms_of(rows: "Rows", cut: AsOf) -> dict[Any, dict[str, int]]:
    """How many enterprises each team looks after, by resumption stage."""
    stages: dict[Any, dict[str, int]] = defaultdict(dict)
    sql = (
        f"SELECT a.team_id, e.stage, count(*) FROM {cut.assignment} a "
        f"JOIN {cut.serving} e ON e.id = a.enterprise_id GROUP BY a.team_id, e.stage"
    )
    for team, stage, count in rows(sql):
        stages[team][stage] = count
    return stages


def resumed_of(stages: dict[str, int]) -> int:
    """How many enterprises resumed, of a count by stage."""
    return sum(stages.get(stage, 0) for stage in RUNNING)


def measures(rows: "Rows", cut: AsOf) -> dict[Any, dict[Measure, int]]:
    """The figures that are published: of the county under None, and of each team by its key."""
    teams = counts_of(rows, "team_id", cut)
    firms = firms_of(rows, cut)
    figures = {None: four(sum_of(teams.values()), resumption(rows, cut).resumed)}
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
        return round(self.resumed / self.of, 4) if self.of else None

    @property
    def words(self) -> Words:
        """The rate with its denominator."""
        rate = "—" if self.rate is None else f"{self.rate:.1%}"
        return Words(
            f"复工率 {self.resumed}/{self.of}（{rate}），不计 {self.excluded} 家",
            f"Resumed {self.resumed} of {self.of} enterprises ({rate}); {self.excluded} excluded",
        )


def resumption(rows: "Rows", cut: AsOf) -> Resumption:
    """How many enterprises resumed at a cut-off, and of how many."""
    stages: dict[str, int] = dict(rows(f"SELECT stage, count(*) FROM {cut.serving} e GROUP BY stage"))
    excluded = stages.pop(Stage.EXCLUDED.value, 0)
    return Resumption(resumed_of(stages), sum(stages.values()), excluded)
