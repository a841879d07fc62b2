"""How found and solved grew, by the days on which problems were found and closed."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from fugong.db import Reader
from fugong.queries.as_of import AsOf
from fugong.reports.progress import COUNT_COLUMNS
from fugong.results.report import Cell, Column, Report
from fugong.vocab import Status, Words

COLUMNS = (Column("day", Words("日期", "Day"), Cell.DATE), *COUNT_COLUMNS[:3])

STEPS = 15
"""The most steps between the first day and the last: as many as fit beside a chart."""


class _Sums(NamedTuple):
    """Days with something to count, and the count up to and including each."""

    days: list[int]
    sums: list[int]

    def up_to(self, day: int) -> int:
        at = bisect_right(self.days, day)
        return self.sums[at - 1] if at else 0


def trend(reader: Reader, cut: AsOf) -> Report:
    """Found, solved and in hand at the end of days at equal distances, the last of them the cut-off's.

    A problem counts as found from its ``found_on`` and, if it is closed as of the cut-off, as solved from its
    ``closed_on``; so the last row is the total of ``progress``.
    """
    found = _sums(reader, "found_on", f"{cut.problem} x WHERE status <> '{Status.VOID.value}'")
    solved = _sums(reader, "closed_on", f"{cut.problem} x WHERE status = '{Status.CLOSED.value}'")
    rows = []
    for day in _days(found, solved, cut):
        so_far, done = found.up_to(day), solved.up_to(day)
        rows.append((date.fromordinal(day).isoformat(), so_far, done, so_far - done))
    return Report(
        Words("发现与解决（累计）", "Found and solved so far"),
        COLUMNS,
        rows,
        notes=(
            Words(
                "按发现日期和销号日期累计；作废的不计，重开的按未解决计。",
                "Added up by the days of finding and closing; void problems left out, reopened ones not solved.",
            ),
        ),
    )


def _sums(reader: Reader, column: str, source: str) -> _Sums:
    """The running count of problems by one of their dates."""
    sql = f"SELECT {column}, count(*) FROM {source} GROUP BY {column} ORDER BY {column}"
    counted = [(date.fromisoformat(str(day)).toordinal(), count) for day, count in reader.rows(sql)]
    return _Sums([day for day, _ in counted], list(accumulate(count for _, count in counted)))


def _days(found: _Sums, solved: _Sums, cut: AsOf) -> Iterator[int]:
    """Days at equal distances from before the first finding; none where nothing was found."""
    if not found.days:
        return
    last = max(cut.day.toordinal(), *found.days[-1:], *solved.days[-1:])
    span = last - found.days[0] + 1
    step = -(-span // STEPS)
    steps = -(-span // step)
    yield from (day for day in range(last - steps * step, last + 1, step) if day >= 1)
