"""What a day brought: which problems are new, closed, reopened or void since it, and what came late.

Each act counts on its own day, and one whose day is only about known on none, so that the problems that are named are
those by which the totals changed. Of problems of which several histories met it is by what they stand
otherwise than the day before.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple, Self

from fugong.config import entry_time, zone_of
from fugong.db import Reader
from fugong.queries.as_of import AsOf
from fugong.queries.met import met, statuses
from fugong.queries.past import Past
from fugong.queries.several import of_problems
from fugong.queries.standing import stands
from fugong.vocab import Act, Status


class Change(NamedTuple):
    """By how much a day changed the totals."""

    found: int = 0
    solved: int = 0

    def plus(self, *others: "Change") -> "Change":
        """All together."""
        return Change(*map(sum, zip(self, *others, strict=True))) if others else self


class Named(NamedTuple):
    """A problem that is listed by name."""

    id: str
    firm: str
    text: str
    department: str | None
    due_on: str | None
    how: str | None
    days_late: int
    """Of a closed one: how many days after its deadline."""


class Late(NamedTuple):
    """An act of an earlier day that was entered on this one (补录)."""

    id: str
    firm: str
    act: Act
    on: str


class Day(NamedTuple):
    """What a day brought."""

    teams: dict[int, Change]
    """What it changed, by team."""
    new: Sequence[Named]
    closed: Sequence[Named]
    reopened: Sequence[Named]
    voided: Sequence[Named]
    late: Sequence[Late]
    """The first of what came late, no more than ``LISTED``."""
    late_acts: int
    """How much that was."""

    @classmethod
    def of(cls, reader: Reader, cut: AsOf, short: Mapping[str, str]) -> Self:
        """What the day of a cut-off brought, by the short names of firms."""
        teams: dict[int, Change] = defaultdict(Change)
        problems: dict[str, Change] = defaultdict(Change)
        for uid, was, became in _moves(reader, cut):
            problems[uid] = problems[uid].plus(_change(was, became))
        late_acts, entered = _entered(reader, cut)
        found = _named(reader, {*problems, *(uid for uid, _, _ in entered)}, short)
        named = {uid: each for uid, (_, each) in found.items()}
        for uid in problems.keys() & found.keys():  # copies may not agree that it was found by then
            team = found[uid][0]
            teams[team] = teams[team].plus(problems[uid])

        def those(which: Iterable[str]) -> list[Named]:
            wanted = set(which)
            return [each for uid, each in named.items() if uid in wanted]

        return cls(
            teams,
            those(uid for uid, change in problems.items() if change.found > 0),
            those(uid for uid, change in problems.items() if change.solved > 0),
            those(uid for uid, change in problems.items() if change.solved < 0),
            those(uid for uid, change in problems.items() if change.found < 0),
            [Late(named[uid].id, named[uid].firm, act, on) for uid, act, on in entered if uid in named],
            late_acts,
        )


_ACTS = "SELECT a.subject, a.was, a.became FROM acted_problem a WHERE a.day = :day AND NOT a.approximate"
_ABOUT = "SELECT a.subject, a.became FROM acted_problem a WHERE a.day = :day AND a.approximate ORDER BY a.place"
"""What is dated about the day, to be taken as if it had been so before."""
LISTED = 1_000
"""So much of what came late is listed at most: an import may bring a million old problems in one day."""
_BROUGHT = ("load", "init")
"""Commands that bring in a whole ledger at once, so that what they enter does not count as entered late."""


def _moves(reader: Reader, cut: AsOf) -> Iterator[tuple[str, str | None, str | None]]:
    """What the day did to the status of problems: which, from what, and to what."""
    together = met(reader, cut.day)

    def acts(sql: str) -> Iterator[tuple[Any, ...]]:
        return reader.now.rows(Past(cut).over(sql), day=str(cut.day))

    yield from (act for act in acts(_ACTS) if act[0] not in together)
    if together:
        before = statuses(reader.now, cut.ending(cut.day - timedelta(days=1), reader), together) | dict(acts(_ABOUT))
        after = statuses(reader.now, cut, together)
        stood = ((uid, before.get(uid), after.get(uid)) for uid in sorted(together))
        yield from (each for each in stood if each[1] != each[2])


def _change(was: str | None, became: str | None) -> Change:
    """By how much a problem changes the totals that goes from one status to another."""
    before, after = _counted(was), _counted(became)
    return Change(after.found - before.found, after.solved - before.solved)


def _counted(status: str | None) -> Change:
    """How much a problem of a status adds to the totals; one that was not there yet adds nothing."""
    return Change(int(status not in (None, Status.VOID)), int(status == Status.CLOSED))


def _entered(reader: Reader, cut: AsOf) -> tuple[int, list[tuple[str, Act, str]]]:
    """What was found or closed on an earlier day and entered on this one: how much, and the first in order of entry."""
    zone = zone_of(cut.zone)
    begins, ends = (entry_time(datetime.combine(day, time.min, zone)) for day in (cut.day, cut.day + timedelta(days=1)))
    until = ends if cut.at is None else cut.rest_of_day()[0]
    known, undone = cut.knew("e.batch_id"), f" AND {cut.knew('u.id')}"
    brought = ", ".join(f"'{verb}'" for verb in _BROUGHT)
    there = "" if cut.present else " AND e.subject IN (SELECT p.uid FROM problem p)"
    sql = (
        "SELECT {} FROM now_event e WHERE e.kind = 'problem' AND e.act IN ('log', 'close') "
        f"AND e.batch_id IN (SELECT d.id FROM now_batch d WHERE d.recorded_at >= '{begins}' "
        f"AND d.recorded_at < '{ends}' AND d.recorded_at <= '{until}' AND d.verb NOT IN ({brought})) "
        f"AND e.on_date < '{cut.day}' AND {known} AND {stands(prefix='now_', known=undone)}{there}"
    )

    def rows(asked: str, more: str = "") -> Iterator[tuple[Any, ...]]:
        return reader.now.rows(Past(cut).over(sql.format(asked) + more))

    ((count,),) = rows("count(*)")
    if not count:
        return 0, []
    entered = (f"(SELECT d.{name} FROM now_batch d WHERE d.id = e.batch_id)" for name in ("recorded_at", "uid"))
    told = rows("e.subject, e.act, e.on_date", f" ORDER BY {', '.join(entered)}, e.id LIMIT {LISTED}")
    return count, [(uid, Act(act), str(on)) for uid, act, on in told]


_NAMED = (
    "SELECT uid, team_sort, series, number, tag, id, coalesce(enterprise, team_name), text, department, due_on, how, "
    "closed_on, team_id FROM v_problem WHERE uid IN ({})"
)


def _named(reader: Reader, uids: Iterable[str], short: Mapping[str, str]) -> dict[str, tuple[int, Named]]:
    """Problems by their uids, each with its team, in the order of their numbers, with the short names of firms."""
    found = sorted(of_problems(reader, _NAMED, uids), key=lambda row: row[1:5])
    return {
        uid: (team, Named(ident, short.get(firm, firm), text, to, due and str(due), how, _days(due, closed)))
        for uid, _, _, _, _, ident, firm, text, to, due, how, closed, team in found
    }


def _days(due: Any, closed: Any) -> int:
    """How many days after its deadline a problem was closed."""
    if not due or not closed:
        return 0
    one, other = (datetime.fromisoformat(str(day)) for day in (due, closed))
    return max((other - one).days, 0)
