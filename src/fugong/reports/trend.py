"""How found and solved grew, by the days on which problems were found and closed."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from fugong.db import Reader
from fugong.queries.as_of import AsOf
from fugong.queries.met import met, statuses
from fugong.queries.past import Past
from fugong.queries.several import of_problems
from fugong.reports.progress import COUNT_COLUMNS
from fugong.results.report import Cell, Column, Report
from fugong.vocab import Status, Words

COLUMNS = (Column("day", Words("日期", "Day"), Cell.DATE), *COUNT_COLUMNS[:3])

STEPS = 15
"""The most steps between the first day and the last: as many as fit beside a chart."""


class _Sums(NamedTuple):
    """The days on which something happened, with the running count at the end of each."""

    days: list[int]
    sums: list[int]

    def up_to(self, day: date) -> int:
        at = bisect_right(self.days, day.toordinal())
        return self.sums[at - 1] if at else 0


def trend(reader: Reader, cut: AsOf) -> Report:
    """Found, solved and in hand at the end of days at equal distances, the last of them the cut-off's.

    Each row is what ``progress`` says as of its day, as far as it is known at the cut-off.
    """
    rows = []
    with reader.snapshot():
        together = met(reader)
        found, solved = _sums(reader, cut, together)
        for day in map(date.fromordinal, _days(_first(reader, found, together), cut)):
            stood = statuses(reader.now, cut if day == cut.day else cut.ending(day, reader), together).values()
            so_far = found.up_to(day) + sum(status != Status.VOID for status in stood)
            done = solved.up_to(day) + sum(status == Status.CLOSED for status in stood)
            rows.append((day.isoformat(), so_far, done, so_far - done))
    return Report(
        Words("发现与解决（累计）", "Found and solved so far"),
        COLUMNS,
        rows,
        notes=(
            Words(
                "每天终了时的数；作废的不计，重开的从重开那天起按未解决计。",
                "As they were at the end of each day: void problems left out, reopened ones not solved from that day.",
            ),
        ),
    )


def _sums(reader: Reader, cut: AsOf, without: Collection[str]) -> tuple[_Sums, _Sums]:
    """The running counts of what was found and solved.

    Most problems were found on one day, and perhaps closed on another, as their rows say. Of those that went back
    (reopened, void, undone) every act that set the status is counted on its day instead. Those of which several
    histories met are left out: they are as they stood on each day.
    """
    found: Counter[str] = Counter()
    solved: Counter[str] = Counter()
    for counts, column, where in ((found, "found_on", "status <> 'void'"), (solved, "closed_on", "status = 'closed'")):
        for day, count in reader.rows(f"SELECT {column}, count(*) FROM problem WHERE {where} GROUP BY {column}"):
            counts[str(day)] += count
    acts = reader.now.rows(Past(cut).over("SELECT subject, day, was, became FROM turned_problem"))
    turned = [act for act in acts if act[0] not in without]
    others = {*without, *(subject for subject, *_ in turned)}
    for _, status, found_on, closed_on in of_problems(reader, _STANDING, others):
        found[str(found_on)] -= status != Status.VOID
        solved[str(closed_on)] -= status == Status.CLOSED
    for _, day, was, became in turned:
        found[str(day)] += (became != Status.VOID) - (was not in (None, Status.VOID))
        solved[str(day)] += (became == Status.CLOSED) - (was == Status.CLOSED)
    return _running(found), _running(solved)


_STANDING = "SELECT uid, status, found_on, closed_on FROM problem WHERE uid IN ({})"


def _running(counts: Counter[str]) -> _Sums:
    counted = sorted((date.fromisoformat(day).toordinal(), count) for day, count in counts.items() if count)
    return _Sums([day for day, _ in counted], list(accumulate(count for _, count in counted)))


def _first(reader: Reader, found: _Sums, together: Collection[str]) -> int | None:
    """The day of the first finding; None where nothing was found."""
    met_on = (date.fromisoformat(str(on)) for _, _, on, _ in of_problems(reader, _STANDING, together))
    return min((*found.days[:1], *(day.toordinal() for day in met_on)), default=None)


def _days(first: int | None, cut: AsOf) -> Iterator[int]:
    """Days at equal distances from before the first finding; none where nothing was found."""
    if first is None:
        return
    last = cut.day.toordinal()
    span = last - first + 1
    step = -(-span // STEPS)
    steps = -(-span // step)
    yield from (day for day in range(last - steps * step, last + 1, step) if day >= 1)
