"""Since it was told: how far the figures of a cut-off are from the newest publication, and what makes the distance."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, time
from typing import Any, NamedTuple

from fugong.db import Reader
from fugong.queries import past
from fugong.queries.as_of import AsOf
from fugong.queries.counts import Counts, four
from fugong.reports.since import COUNTED, Distance, Made
from fugong.results.report import Mapped
from fugong.vocab import Measure, Words
from fugong.vocab.reporting import Since


class Moved(NamedTuple):
    """A measure that was published, and what it is at the cut-off."""

    measure: Measure
    published: int
    now: int
    made: tuple[Made, ...]
    """The rows that make the difference, each with its cause."""

    @property
    def causes(self) -> dict[Since, list[Made]]:
        """The rows by their causes, in the order of ``vocab.Since``."""
        return {cause: rows for cause in Since if (rows := [row for row in self.made if row.cause is cause])}


class Told(NamedTuple):
    """A publication beside a cut-off."""

    name: str
    as_of: str
    behind: bool
    """Whether the cut-off lies at or before that of the publication: then what was learnt since is told of."""
    moved: tuple[Moved, ...]

    @property
    def fact(self) -> dict[str, Any]:
        """As scripts read it."""
        return {
            "name": self.name,
            "as_of": self.as_of,
            "measures": [
                {
                    "measure": each.measure.value,
                    "value": each.published,
                    "now": each.now,
                    "difference": each.now - each.published,
                    "causes": Mapped(
                        {
                            cause.value: {"sum": sum(row.sign for row in rows), "rows": [row.label for row in rows]}
                            for cause, rows in each.causes.items()
                        }
                    ),
                }
                for each in self.moved
            ],
        }


def told(reader: Reader, cut: AsOf, counted: Counts, resumed: int) -> Told | None:
    """The publication that a cut-off is to be set beside, if there is one.

    A cut-off at or before a publication's is set beside what was known when the first such one was made; any other
    beside the newest publication.

    Args:
        reader: The store as it stood at the cut-off.
        cut: The cut-off.
        counted: The counts of the cut-off.
        resumed: How many enterprises had resumed.
    """
    known = cut.knew("e.batch_id")
    then = past.as_known(reader, cut)
    held = (
        "SELECT u.name, u.as_of, u.at, e.batch_id FROM publication u CROSS JOIN event e "
        f"WHERE e.subject = u.uid AND e.act = 'add' AND {known} AND u.as_of {{}} '{cut.day}' "
        "ORDER BY u.as_of {order}, u.recorded_at {order}, u.uid {order}"
    )
    publications = [*then.rows(held.format(">=", order="")), *then.rows(held.format("<", order="DESC"))]
    if not publications:
        return None
    mine = f"{cut.at:%H:%M}" if cut.at else _END
    after = [each for each in publications if (str(each[1]), each[2] or _END) >= (str(cut.day), mine)]
    name, as_of, at, command = (after or publications)[0]
    early = (
        cut if after else cut._replace(day=date.fromisoformat(str(as_of)), at=time.fromisoformat(at) if at else None)
    )
    from fugong.queries.knowing import of_command  # which a ledger without publications does not need

    distance = Distance(
        reader, early._replace(asked=True, known=of_command(reader.now, command)).settled(reader.now), cut
    )
    now = four(counted, resumed)
    made = {measure: tuple(distance.rows(measure)) for measure in COUNTED}
    moved = [Moved(each, now[each] - sum(row.sign for row in made[each]), now[each], made[each]) for each in COUNTED]
    return Told(str(name), str(as_of), bool(after), tuple(moved))


_END = "24:00"
"""The end of the day, where a cut-off has no time."""


def lines(since: Told | None) -> Iterator[Words]:
    """What a summary says of it: nothing where nothing moved."""
    moved = [each for each in since.moved if each.made] if since else []
    if since is None or not moved:
        return
    zh = f"公布（{since.name}）以后得知" if since.behind else f"较上次公布（{since.name}）"
    en = f"Learnt since it was published ({since.name})" if since.behind else f"Since published ({since.name})"
    said = [_said(each) for each in moved]
    yield Words(f"{zh}：{'；'.join(each.zh for each in said)}。", f"{en}: {'; '.join(each.en for each in said)}.")


def _said(moved: Moved) -> Words:
    """A measure in words: 解决问题 +1（当日 +2；重开 -1：1-2）."""
    parts = [
        Words(
            f"{cause.zh} {_sum(rows):+d}" + (f"：{_listed(rows, '、')}" if _named(cause) else ""),
            f"{cause.en} {_sum(rows):+d}" + (f": {_listed(rows, ', ')}" if _named(cause) else ""),
        )
        for cause, rows in moved.causes.items()
    ]
    distance = moved.now - moved.published
    return Words(
        f"{moved.measure.zh} {distance:+d}（{'；'.join(each.zh for each in parts)}）",
        f"{moved.measure.en} {distance:+d} ({'; '.join(each.en for each in parts)})",
    )


def _named(cause: Since) -> bool:
    """Whether the rows are named in a sentence: those of the day itself are listed elsewhere."""
    return cause not in (Since.THAT_DAY, Since.MEANWHILE)


def _sum(rows: list[Made]) -> int:
    return sum(row.sign for row in rows)


_MOST = 10


def _listed(rows: list[Made], mark: str) -> str:
    """The rows' labels, ten of them at most."""
    from fugong.lang import T

    labels = [*Counter(row.label for row in rows)]
    more = len(labels) - _MOST
    rest = T(f"{mark}另有 {more} 个", f"{mark}{more} more") if more > 0 else ""
    return mark.join(labels[:_MOST]) + rest
