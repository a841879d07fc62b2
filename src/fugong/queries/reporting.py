"""Who has reported of a day (当日报告), which is the rule behind 当日未报告.

A team has reported on a day if by the cut-off it said nil for it, or an act of reporting was entered on that day, or
dated that day, for it: a problem of it was logged, noted or closed, one of its enterprises reached a stage, or work of
it was entered. What others do about its problems (chase, extend, bounce, verify, publish) is no report, and neither is
the loading of a file on the day that it was loaded. Who typed it does not matter, but whose it is.
"""

from datetime import datetime, time, timedelta
from typing import NamedTuple

from fugong.config import entry_time, zone_of
from fugong.db import Reader
from fugong.queries.as_of import AsOf
from fugong.queries.standing import stands

ACTS = {
    "problem": "e.act IN ('log', 'note', 'close', 'apply')",
    "activity": "e.act = 'add'",
    "enterprise": "e.changes LIKE '%\"stages\":[%'",
}
"""What counts as reporting, on ``event e``, by the kind of its record."""

_WHOSE = {
    "problem": "SELECT DISTINCT team_id FROM problem x WHERE uid IN ({subjects})",
    "activity": "SELECT DISTINCT team_id FROM activity x WHERE uid IN ({subjects})",
    "enterprise": (
        "SELECT DISTINCT a.team_id FROM enterprise x JOIN assignment a ON a.enterprise_id = x.id AND a.to_on IS NULL "
        "WHERE x.uid IN ({subjects})"
    ),
}
"""The teams of records, by their kind."""


class Heard(NamedTuple):
    """The teams that reported of a day, by their keys."""

    acted: frozenset[int]
    nil: frozenset[int]
    """Those that said that there is nothing to report."""


def heard(reader: Reader, cut: AsOf) -> Heard:
    """Who reported of the day of the cut-off, by then.

    Args:
        reader: The store as it stood at the cut-off.
        cut: The cut-off.
    """
    zone = zone_of(cut.zone)
    begins, ends = (entry_time(datetime.combine(day, time.min, zone)) for day in (cut.day, cut.day + timedelta(days=1)))
    until = ends if cut.at is None else cut.rest_of_day()[0]
    # whoever enters something on a later day knows that it belongs to this one; on the day itself it must be there
    dated = f"e.on_date = '{cut.day}' AND NOT (b.recorded_at > '{until}' AND b.recorded_at < '{ends}')"
    entered = (
        "e.batch_id IN (SELECT d.id FROM {now}batch d "
        f"WHERE d.recorded_at >= '{begins}' AND d.recorded_at < '{ends}' "
        f"AND d.recorded_at <= '{until}' AND d.verb <> 'load')"
    )
    acted: set[int] = set()
    for kind, whose in _WHOSE.items():
        told = " UNION ".join(_told(kind, when, cut) for when in (dated, entered))
        # a problem is never removed, and hardly ever goes to another team
        past = reader is not reader.now and (kind != "problem" or reader.now.first(_MOVED.format(told.format(now=""))))
        there, now = (reader, "now_") if past else (reader.now, "")
        acted.update(team for (team,) in there.rows(whose.format(subjects=told.format(now=now))))
    nil = {team for (team,) in reader.rows("SELECT team_id FROM nil_report WHERE on_date = :day", day=str(cut.day))}
    return Heard(frozenset(acted), frozenset(nil))


def _told(kind: str, when: str, cut: AsOf) -> str:
    """The records of a kind of which something was reported; SQL, with ``{now}`` before the tables of events."""
    known, undone = cut.knew("e.batch_id"), f" AND {cut.knew('u.id')}"
    return (
        "SELECT e.subject FROM {now}event e JOIN {now}batch b ON b.id = e.batch_id "
        f"WHERE {when} AND e.kind = '{kind}' AND {ACTS[kind]} AND {known} AND {stands(prefix='{now}', known=undone)}"
    )


_MOVED = "SELECT 1 FROM event WHERE subject IN ({}) AND act <> 'log' AND changes LIKE '%\"team\":[%' LIMIT 1"
