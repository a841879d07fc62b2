"""As of (截至): the cut-off that a count is true for, and the problems as they stood at it.

One query serves now and then: reports read ``cut.problem`` and ``cut.v_problem``, which are the table and the
view themselves unless a cut-off was asked for. Then they are the same rows with all that was written about a
later day rolled back, so that as of a day equals replaying, in business order, what is dated up to that day.
As of a moment, what is dated its day counts only if it was entered by then, or on a later day.
docs/adr/0009-as-of-by-rolling-back.md tells why.
"""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from fugong.config import chinese, entry_time
from fugong.db import Reader
from fugong.errors.entries import FutureDate
from fugong.store import views
from fugong.vocab import Words


class AsOf(NamedTuple):
    """A cut-off: the end of a day, or a moment on it."""

    day: date
    """The day that lights and overdue counts are true for."""
    asked: bool = False
    """Whether somebody asked for it; if not, it is now."""
    at: time | None = None
    """The time of day in the store's zone, if it is a moment."""
    zone: str = "UTC"
    behind: bool = True
    """Whether something was written about a later time, which is to be rolled back; asked once for a cut-off."""
    dialect: str = "sqlite"
    """The engine that it is asked of: where events are taken apart, the engines have words of their own."""

    @classmethod
    def read(cls, reader: Reader, text: str | None, now: datetime) -> Self:
        """The cut-off that was typed, or now.

        Raises:
            BadDate: It is none.
            FutureDate: It has not come.
        """
        here = now.astimezone(ZoneInfo(reader.zone))
        if text is None:
            return cls(here.date(), zone=reader.zone, dialect=reader.dialect)
        from fugong.values import dates

        day, at = dates.read_cut_off(text, here.date(), month_first=chinese())
        cut = cls(day, True, at, reader.zone, dialect=reader.dialect)
        if (day, at or time.min) > (here.date(), here.time()):
            raise FutureDate(date=cut.text, today=here.date() if at is None else f"{here:%Y-%m-%d %H:%M}")
        later = f"SELECT 1 FROM v_event e WHERE {cut.excludes('e.on_date', 'e.recorded_at')} LIMIT 1"
        return cut._replace(behind=reader.first(later) is not None)

    @property
    def text(self) -> str:
        """As reports state it: the day, and the minute if it is a moment."""
        return f"{self.day} {self.at:%H:%M}" if self.at else self.day.isoformat()

    @property
    def words(self) -> Words:
        """How people are told of it."""
        return Words(f"截至 {self.text}", f"As of {self.text}")

    def before(self) -> Self:
        """The end of the day before: what the changes of the day are counted from."""
        return self._replace(day=self.day - timedelta(days=1), asked=True, at=None, behind=True)

    # What reports read

    @property
    def present(self) -> bool:
        """Whether the tables show the problems as they stood: nothing is to be rolled back."""
        return not (self.asked and self.behind)

    @property
    def problem(self) -> str:
        """The problem table at the cut-off, to stand after FROM."""
        return "problem" if self.present else f"({self._problems()})"

    @property
    def v_problem(self) -> str:
        """The view of problems at the cut-off, to stand after FROM."""
        return "v_problem" if self.present else f"({views.problems(self.problem, self.bounce, self.dialect)})"

    @property
    def bounce(self) -> str:
        """The bounces up to the cut-off."""
        return f"(SELECT * FROM bounce WHERE on_date <= '{self.day}')" if self.asked else "bounce"

    @property
    def activity(self) -> str:
        """The activities up to the cut-off."""
        return self._dated("activity", "add") if self.asked else "activity"

    @property
    def milestone(self) -> str:
        """What enterprises had reached at the cut-off."""
        return self._dated("milestone", "add") if self.asked else "milestone"

    @property
    def assignment(self) -> str:
        """Which team looked after which enterprise at the cut-off."""
        if not self.asked:
            return "(SELECT * FROM assignment WHERE to_on IS NULL)"
        begun, lasting = f"(from_on IS NULL OR from_on <= '{self.day}')", f"(to_on IS NULL OR to_on > '{self.day}')"
        return f"(SELECT * FROM assignment WHERE {begun} AND {lasting})"

    @property
    def enterprise(self) -> str:
        """The enterprises with the stage that they had reached by the cut-off, and since when."""
        if not self.asked:
            return "enterprise"
        last = (
            "(SELECT {} FROM stage_change s WHERE s.enterprise_id = e.id AND (s.on_date IS NULL OR "
            f"s.on_date <= '{self.day}') ORDER BY s.on_date IS NOT NULL DESC, s.on_date DESC, s.id DESC LIMIT 1)"
        )
        stage = f"coalesce({last.format('s.stage')}, 'unknown') AS stage, {last.format('s.on_date')} AS stage_on"
        return f"(SELECT e.id, e.name, e.township, e.retired_on, {stage} FROM enterprise e)"

    @property
    def serving(self) -> str:
        """The enterprises that were not retired at the cut-off."""
        return f"(SELECT * FROM {self.enterprise} n WHERE retired_on IS NULL OR retired_on > '{self.day}')"

    @property
    def credited(self) -> str:
        """The team that looked after a problem's enterprise at the cut-off; without one, the team that logged it."""
        caring = f"(SELECT a.team_id FROM {self.assignment} a WHERE a.enterprise_id = p.enterprise_id)"
        return f"coalesce({caring}, p.team_id)"

    def _dated(self, table: str, act: str) -> str:
        """The rows of a table that were done, and by a moment of their day entered, up to the cut-off."""
        if self.at is None:
            return f"(SELECT * FROM {table} WHERE on_date <= '{self.day}')"
        entered = f"(SELECT min(e.recorded_at) FROM v_event e WHERE e.subject = t.uid AND e.act = '{act}')"
        return f"(SELECT t.* FROM {table} t WHERE NOT {self.excludes('t.on_date', entered)})"

    def excludes(self, on: str, recorded_at: str) -> str:
        """The condition that something comes after the cut-off, by the columns that hold its day and entry time."""
        later = f"{on} > '{self.day}'"
        if self.at is None:
            return later
        moment = datetime.combine(self.day, self.at, ZoneInfo(self.zone))
        midnight = datetime.combine(self.day + timedelta(days=1), time.min, ZoneInfo(self.zone))
        since, until = (entry_time(each) for each in (moment, midnight))
        # whoever enters something on a later day knows that it belongs to this one
        entered = f"{recorded_at} > '{since}' AND {recorded_at} < '{until}'"
        return f"({later} OR ({on} = '{self.day}' AND {entered}))"

    def _problems(self) -> str:
        """Every problem that was found by the cut-off, with the values that its later events replaced."""
        taken = [f"max(CASE WHEN key = '{each}' THEN 1 END) AS set_{each}" for each in (*_PLAIN, *_NAMED, "number")]
        taken += [f"max(CASE WHEN key = '{each}' THEN was END) AS was_{each}" for each in (*_PLAIN, *_NAMED)]
        taken += [f"max(CASE WHEN key = '{each}' THEN more END) AS more_{each}" for each in _COUNTED]
        then = [f"CASE WHEN r.set_{each} = 1 THEN {self._was(each)} ELSE p.{each} END AS {each}" for each in _PLAIN]
        then += [
            f"CASE WHEN r.set_{each} = 1 THEN {named.format(f'r.was_{each}')} ELSE p.{each}_id END AS {each}_id"
            for each, named in _NAMED.items()
        ]
        then += [f"coalesce(p.{each}, 0) - coalesce(r.more_{each}, 0) AS {each}" for each in _COUNTED]
        words = _WORDS[self.dialect]
        after = self.excludes("e.on_date", "e.recorded_at")
        later = _LATER.format(after=after, counted=_quoted(_COUNTED), **words)
        rolled = f"SELECT subject, {', '.join(taken)} FROM ({later}) s WHERE nth = 1 GROUP BY subject"
        return (
            f"SELECT p.id, p.uid, p.team_id, p.number, p.recorded_at, {', '.join(then)} "
            f"FROM problem p LEFT JOIN ({rolled}) r ON r.subject = p.uid WHERE r.set_number IS NULL"
        )

    def _was(self, name: str) -> str:
        """The value that an attribute had, as its column's type."""
        kind = _TYPES.get(name) if self.dialect == "postgresql" else None
        return f"CAST(r.was_{name} AS {kind})" if kind else f"r.was_{name}"


_PLAIN = (
    "text", "source", "person", "found_on", "approximate", "due_on", "due_rule", "due_estimated", "first_due_on",
    "late_extended", "status", "closed_on", "how", "verified", "verified_on", "satisfaction", "major", "inferred",
    "remark",
)  # fmt: skip
"""The attributes of a problem that events hold as they are. A running number is set once, when it is logged."""

_NAMED = {
    "enterprise": "(SELECT n.id FROM enterprise n WHERE n.uid = {})",
    "category": "(SELECT n.id FROM term n WHERE n.list = 'category' AND n.code = {})",
    "department": "(SELECT n.id FROM department n WHERE n.uid = {})",
    "duplicate_of": "(SELECT n.id FROM problem n WHERE n.uid = {})",
}
"""Those that events name by uid or code."""

_COUNTED = ("chased", "extended", "reopened")
"""Those that only ever count up."""

_TYPES = {
    **dict.fromkeys(("found_on", "due_on", "first_due_on", "closed_on", "verified_on"), "DATE"),
    **dict.fromkeys(("approximate", "due_estimated", "late_extended", "major", "inferred"), "BOOLEAN"),
}
"""Those that are no texts: of a file's columns, which hold texts and 0 or 1, none has to be told."""

_WORDS = {
    "sqlite": {
        "changes": "json_each(e.changes)",
        "old": "json_extract(c.value, '$[0]')",
        "new": "json_extract(c.value, '$[1]')",
    },
    "postgresql": {
        "changes": "json_each(CAST(e.changes AS json))",
        "old": "(c.value ->> 0)",
        "new": "(c.value ->> 1)",
    },
}
"""How each engine takes the changes of an event apart."""

_LATER = """
SELECT e.subject, c.key, {old} AS was,
       row_number() OVER (PARTITION BY e.subject, c.key ORDER BY e.on_date, e.event_id) AS nth,
       sum(CASE WHEN c.key IN ({counted})
           THEN coalesce(CAST({new} AS INTEGER), 0) - coalesce(CAST({old} AS INTEGER), 0) END)
           OVER (PARTITION BY e.subject, c.key) AS more
FROM v_event e, {changes} c
WHERE e.kind = 'problem' AND {after}
"""
"""Each attribute that was set after the cut-off, with its value from before the first such event."""


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)
