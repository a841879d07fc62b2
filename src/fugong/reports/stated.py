"""What was stated, and what the ledger counts as of the day of each figure: one answer for every report."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any, NamedTuple

from fugong.db import Reader
from fugong.lang import T
from fugong.queries import past
from fugong.queries.as_of import AsOf
from fugong.queries.counts import measures
from fugong.reports.since import COUNTED, Distance, Made, has_items
from fugong.vocab import Measure


class StatedFigure(NamedTuple):
    """A figure as it was stated."""

    measure: Measure
    term_id: int | None
    milestone: str | None
    team_id: int | None
    team: str | None
    value: int
    as_of: str
    source: str | None
    publication: str | None
    at: str | None
    """The time of day, if its publication was of a moment."""
    command: int
    """The command that entered it last: what was known when it was stated."""

    def cut(self, asked: AsOf) -> AsOf:
        """The cut-off that it is about, as far as is known at the one that was asked for."""
        at = time.fromisoformat(self.at) if self.at else None
        return asked._replace(day=date.fromisoformat(self.as_of), asked=True, at=at, left_out=None)

    def told(self, reader: Reader, asked: AsOf) -> AsOf:
        """The same as far as was known when it was stated."""
        from fugong.queries.knowing import of_command  # needed only where a figure differs

        return self.cut(asked)._replace(known=of_command(reader.now, self.command)).settled(reader.now)


def stated(reader: Reader) -> list[StatedFigure]:
    """Every figure that was stated."""
    sql = (
        "SELECT f.measure, k.id, f.milestone_zh, f.milestone_en, f.team_id, f.team, f.value, f.as_of, f.source, "
        "f.publication, u.at, (SELECT max(e.batch_id) FROM event e WHERE e.subject = f.uid) "
        "FROM v_figure f LEFT JOIN term k ON k.list = 'milestone' AND k.code = f.milestone "
        "LEFT JOIN publication u ON u.name = f.publication ORDER BY f.figure_id"
    )
    return [
        StatedFigure(Measure(measure), term, T(zh or "", en or "") or None, *rest)
        for measure, term, zh, en, *rest in reader.rows(sql)
    ]


class Ledger:
    """What the ledger counts of figures, each as of its own day."""

    def __init__(self, reader: Reader, cut: AsOf) -> None:
        """Begin.

        Args:
            reader: The store.
            cut: The cut-off that was asked for, of which only what is known by when matters.
        """
        self._reader, self._asked = reader.now, cut
        self._counted: dict[AsOf, dict[Any, dict[Measure, int]]] = {}
        self._distances: dict[tuple[AsOf, int], Distance] = {}

    def counts(self, figure: StatedFigure) -> int | None:
        """What the ledger counts as of a figure's day; None if it has no items of that measure."""
        cut = figure.cut(self._asked)
        if figure.measure in COUNTED:
            if cut not in self._counted:
                seen = cut.settled(self._reader)
                self._counted[cut] = measures(past.at(self._reader, seen).rows, seen)
            return self._counted[cut].get(figure.team_id, {}).get(figure.measure, 0)
        if not has_items(figure.measure):
            return None
        seen = cut.settled(self._reader)
        scope = "1 = 1" if figure.team_id is None else f"team_id = {int(figure.team_id)}"
        sql = _ITEMS[figure.measure].format(scope=scope, term=int(figure.term_id or 0))
        (count,) = past.at(self._reader, seen).first(sql) or (0,)
        return int(count)

    def since(self, figure: StatedFigure) -> Sequence[Made]:
        """The records that count otherwise now than when a figure was stated."""
        cut = figure.cut(self._asked)
        known = (cut, figure.command)
        if known not in self._distances:
            then = figure.told(self._reader, self._asked)
            self._distances[known] = Distance(self._reader, then, cut.settled(self._reader))
        return self._distances[known].rows(figure.measure, figure.team_id, figure.term_id)


_ITEMS = {
    Measure.TEAMS: "SELECT count(*) FROM v_team WHERE {scope}",
    Measure.BRANCHES: "SELECT count(*) FROM v_team WHERE branch IS NOT NULL AND {scope}",
    Measure.ENTERPRISES: "SELECT count(*) FROM v_enterprise WHERE {scope}",
    Measure.MILESTONE: "SELECT count(*) FROM v_milestone WHERE term_id = {term} AND NOT pending AND {scope}",
}
"""The measures besides those of problems of which the ledger has items."""
