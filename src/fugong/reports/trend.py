"""How found and solved grew, by the days on which problems were found and closed."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from fugong.db import Reader
from fugong.queries.as_of import AsOf
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

    def up_to(self, day: int) -> int:
        at = bisect_right(self.days, day)
        return self.sums[at - 1] if at else 0


def trend(reader: Reader, cut: AsOf) -> Report:
    """Found, solved and in hand at the end of days at equal distances, the last of them the cut-off's.

    Each row is what ``progress`` says as of its day, as far as it is known at the cut-off.
    """
    with reader.snapshot():
        found, solved = _sums(reader, cut)
    rows = []
    for day in _days(found, cut):
        so_far, done = found.up_to(day), solved.up_to(day)
        rows.append((date.fromordinal(day).isoformat(), so_far, done, so_far - done))
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


def _sums(reader: Reader, cut: AsOf) -> tuple[_Sums, _Sums]:
    """The running counts of what was found and solved.

    Most problems were found on one day, and perhaps closed on another, as their rows say. Of those that went back
    (reopened, void, undone) every act that set the status is counted on its day instead.
    """
    found: Counter[str] = Counter()
    solved: Counter[str] = Counter()
    for counts, column, where in ((found, "found_on", "status <> 'void'"), (solved, "closed_on", "status = 'closed'")):
        for day, count in reader.rows(f"SELECT {column}, count(*) FROM problem WHERE {where} GROUP BY {column}"):
            counts[str(day)] += count
    turned = list(reader.now.rows(Past(cut).over("SELECT subject, day, was, became FROM turned_problem")))
    for _, status, found_on, closed_on in of_problems(reader, _STANDING, {subject for subject, *_ in turned}):
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


def _days(found: _Sums, cut: AsOf) -> Iterator[int]:
    """Days at equal distances from before the first finding; none where nothing was found."""
    if not found.days:
        return
    last = cut.day.toordinal()
    span = last - found.days[0] + 1
    step = -(-span // STEPS)
    steps = -(-span // step)
    yield from (day for day in range(last - steps * step, last + 1, step) if day >= 1)
