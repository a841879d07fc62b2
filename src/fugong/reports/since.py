"""What made a figure another one between two cut-offs: for each measure exactly the rows that count otherwise.

A difference has two halves, and every row has its cause in one of them or in both:

- what has become known since of the days up to the earlier cut-off: 补录, 更正, 撤销, 重开, 作废
- what is dated after it: 当日 if it is dated the day of the later cut-off, else 其间; 重开 wherever it is dated
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from fugong.db import Reader
from fugong.queries import past
from fugong.queries.as_of import AsOf
from fugong.queries.past import Past
from fugong.queries.several import of_problems
from fugong.queries.standing import stands
from fugong.vocab import RUNNING, Kind, Measure, Status
from fugong.vocab.reporting import Since

COUNTED = (Measure.FOUND, Measure.SOLVED, Measure.IN_HAND, Measure.RESUMED)
"""The measures that are published."""


class Stands(NamedTuple):
    """How a record stands at a cut-off, as far as it counts."""

    label: str
    """A problem's number, or a name."""
    team: int | None
    status: str
    """A problem's status, an enterprise's stage; of other records the term or nothing."""


class Made(NamedTuple):
    """A row that counts in one of two figures only."""

    uid: str
    label: str
    sign: int
    """1: it counts in the later one; -1: in the earlier one."""
    cause: Since


_KINDS = {
    Measure.FOUND: Kind.PROBLEM,
    Measure.SOLVED: Kind.PROBLEM,
    Measure.IN_HAND: Kind.PROBLEM,
    Measure.RESUMED: Kind.ENTERPRISE,
    Measure.ENTERPRISES: Kind.ENTERPRISE,
    Measure.TEAMS: Kind.TEAM,
    Measure.BRANCHES: Kind.TEAM,
    Measure.MILESTONE: Kind.MILESTONE,
}
"""What kind of record a measure counts; the ledger has no items of the others."""

_STANDING = {
    Kind.PROBLEM: "SELECT uid, id, team_id, status FROM v_problem",
    Kind.ENTERPRISE: (
        "SELECT uid, name, team_id, CASE WHEN retired_on IS NULL THEN stage ELSE 'retired' END FROM v_enterprise"
    ),
    Kind.TEAM: "SELECT uid, name, team_id, coalesce(branch, '') FROM v_team",
    Kind.MILESTONE: (
        "SELECT uid, enterprise, team_id, CASE WHEN pending THEN '' ELSE CAST(term_id AS TEXT) END FROM v_milestone"
    ),
}

_COUNTS: dict[Measure, Callable[[str], bool]] = {
    Measure.FOUND: lambda status: status != Status.VOID,
    Measure.SOLVED: lambda status: status == Status.CLOSED,
    Measure.IN_HAND: lambda status: status not in (Status.VOID, Status.CLOSED),
    Measure.RESUMED: lambda stage: stage in RUNNING,
    Measure.ENTERPRISES: lambda _: True,
    Measure.TEAMS: lambda _: True,
    Measure.BRANCHES: bool,
    Measure.MILESTONE: bool,
}


def has_items(measure: Measure) -> bool:
    """Whether the ledger has rows of which a measure is the count."""
    return measure in _KINDS


class World:
    """The records that count, as they stood at a cut-off."""

    def __init__(self, reader: Reader, cut: AsOf) -> None:
        self.reader, self.cut = past.at(reader.now, cut), cut
        self._standing: dict[Kind, dict[str, Stands]] = {}

    def of(self, kind: Kind) -> dict[str, Stands]:
        """All records of a kind; of problems, see ``among``."""
        if kind not in self._standing:
            self._standing[kind] = {uid: Stands(*rest) for uid, *rest in self.reader.rows(_STANDING[kind])}
        return self._standing[kind]

    def among(self, uids: Iterable[str]) -> dict[str, Stands]:
        """Those of some problems that were there."""
        rows = of_problems(self.reader, f"{_STANDING[Kind.PROBLEM]} WHERE uid IN ({{}})", uids)
        return {uid: Stands(*rest) for uid, *rest in rows}


class Distance:
    """From one cut-off to another: what counts in one of them only, and why."""

    def __init__(self, reader: Reader, early: AsOf, late: AsOf) -> None:
        between = late._replace(day=early.day, at=early.at, asked=True).settled(reader.now)
        self._early, self._between, self._late = (World(reader, cut) for cut in (early, between, late))
        self._now = reader.now

    def rows(self, measure: Measure, team: int | None = None, term: int | None = None) -> list[Made]:
        """The rows that make the difference of a measure, of the county or of a team, in the order of their labels."""
        kind, counts = _KINDS[measure], _COUNTS[measure]

        def counted(standing: dict[str, Stands]) -> dict[str, str]:
            return {
                uid: each.label
                for uid, each in standing.items()
                if counts(each.status)
                and team in (None, each.team)
                and (measure is not Measure.MILESTONE or each.status == str(term))
            }

        early, between, late = (counted(each) for each in self._worlds(kind))
        made = [*_between(early, between, self._known_since), *_between(between, late, self._dated_since)]
        return sorted(made, key=lambda each: natural(each.label))

    def _worlds(self, kind: Kind) -> list[dict[str, Stands]]:
        if kind is not Kind.PROBLEM:
            return [each.of(kind) for each in (self._early, self._between, self._late)]
        return self.problems

    @cached_property
    def problems(self) -> list[dict[str, Stands]]:
        """How the problems that may differ stood at each of the three."""
        touched: set[str] = set()
        for each in (self._early, self._between, self._late):
            if not each.cut.present:
                later = Past(each.cut).over("SELECT subject FROM later_problem")
                touched.update(uid for (uid,) in self._now.rows(later))
        return [each.among(touched) for each in (self._early, self._between, self._late)]

    def _known_since(self, uid: str) -> Since:
        """What became known of a record after the earlier cut-off that made it count otherwise on that day.

        An act of a later day did not; what entered or corrected the record did, whenever that was.
        """
        early = self._early.cut
        known = "1 = 1" if early.known is None else early.known.lacked("e.batch_id")
        known += f" AND (e.on_date <= '{early.day}' OR e.act IN ('log', 'add', 'edit'))"
        causes = [_known(act, changes) for act, changes, _, _ in self._events(uid, known)]
        return next((each for each in reversed(causes) if each), Since.CORRECTED)

    def _dated_since(self, uid: str) -> Since:
        """What was done after the day of the earlier cut-off that made a record count otherwise."""
        early, late = self._early.cut, self._late.cut
        undone = f" AND {late.knew('u.id')}"
        dated = f"e.on_date > '{early.day}' AND e.on_date <= '{late.day}' AND {stands(known=undone)}"
        acts = [
            (act, str(on), bool(approximate))
            for act, changes, on, approximate in self._events(uid, dated)
            if _known(act, changes)
        ]
        if not acts:
            return Since.MEANWHILE
        act, on, approximate = acts[-1]
        if act in ("reopen", "verify"):
            return Since.REOPENED
        return Since.THAT_DAY if on == str(late.day) and not approximate else Since.MEANWHILE

    def _events(self, uid: str, where: str) -> Iterator[tuple[Any, ...]]:
        """The events of a record, as far as they are known at the later cut-off, in the order of entry."""
        known = self._late.cut.knew("e.batch_id")
        return self._now.rows(
            f"SELECT CASE WHEN {_REDATED} THEN 'redate' ELSE e.act END, e.changes, e.on_date, e.approximate "
            "FROM event e JOIN batch b ON b.id = e.batch_id "
            f"WHERE e.subject = :uid AND {known} AND {where} ORDER BY coalesce(e.place, e.id)",
            uid=uid,
        )


_REDATED = (
    "EXISTS (SELECT 1 FROM event w WHERE w.batch_id = e.batch_id AND w.subject = e.subject "
    "AND (w.act = 'undo') <> (e.act = 'undo'))"
)
"""Its command took an act back and did one in its place: it corrected a day, or took that back, or did it again."""


def _known(act: str, changes: str) -> Since | None:
    """As what an event counts that became known later; None if it makes no record count otherwise."""
    sets = {name for name in _BEARING if f'"{name}":[' in changes}
    if act in ("apply", "reject") or (act not in ("add", "log") and not sets):
        return None
    if act == "redate":
        return Since.CORRECTED
    if act == "edit":
        return Since.CORRECTED if sets <= _CORRECTED else Since.ENTERED_LATE
    return _LATE.get(act, Since.ENTERED_LATE)


_LATE = {"undo": Since.UNDONE, "reopen": Since.REOPENED, "verify": Since.REOPENED, "void": Since.VOIDED}
_CORRECTED = {"found_on", "closed_on", "on_date", "branch"}
"""What is corrected, and not added to, where an edit sets nothing else that counts."""
_BEARING = (*sorted(_CORRECTED), "status", "stages", "assignments", "retired_on", "pending")
"""The attributes that decide whether a record counts."""


def _between(early: dict[str, str], late: dict[str, str], cause: Callable[[str], Since]) -> Iterator[Made]:
    for uid in early.keys() - late.keys():
        yield Made(uid, early[uid], -1, cause(uid))
    for uid in late.keys() - early.keys():
        yield Made(uid, late[uid], 1, cause(uid))


def natural(label: str) -> tuple[str, ...]:
    """The order of numbers as people count: 1-2 before 1-10."""
    return tuple(part.rjust(8, "0") if part.isdigit() else part for part in label.split("-"))
