"""The identity of what a file or a key defines (docs/adr/0019-schema-3.md): so two stores define one record.

A team, a firm, an entry of a list is what it is called, in its county. Its uid is computed from that, and a store that
meets another in which the same was entered has one record and not two. Work and problems without a key are what they
are by having been entered, and get a uid by chance.
"""

from collections.abc import Callable, Mapping
from typing import Any

from fugong.store.identity import computed
from fugong.store.records import (
    Activity,
    CalendarDay,
    Campaign,
    Department,
    Enterprise,
    Figure,
    Member,
    Milestone,
    NilReport,
    Practice,
    Problem,
    Record,
    Team,
    Term,
)
from fugong.values import texts

Key = Callable[[Any], str | None]

NO_COUNTY = "—"
"""The county of a campaign of which nobody has said whose it is."""


def _key(record: "Problem | Activity") -> str | None:
    return record.key


def _stated(figure: Figure) -> str | None:
    """A figure of a publication is that publication's own."""
    return None if figure.publication else figure.key


_KEYS: Mapping[type[Record], Key] = {
    Campaign: lambda _: "campaign",
    Team: lambda team: str(team.sort),
    Department: lambda department: str(department.key),
    Enterprise: lambda enterprise: str(enterprise.key),
    Member: lambda member: f"{member.team.uid} {texts.key(member.name)}",
    Practice: lambda practice: texts.key(practice.name),
    Milestone: lambda milestone: f"{milestone.enterprise.uid} {milestone.term.code}",
    NilReport: lambda report: f"{report.team.uid} {report.on_date}",
    CalendarDay: lambda day: day.day.isoformat(),
    Problem: _key,
    Activity: _key,
    Figure: _stated,
}
"""By kind: what makes a record the one that it is."""


def uid(record: Record, county: str | None, taken: Callable[[str], bool]) -> str | None:
    """The uid that is computed for a new record; None where it has that which chance gave it.

    Args:
        record: The new record.
        county: That of the campaign; before it is known, only the lists have computed uids, for they are of no county.
        taken: Whether a uid was ever that of a record here: a name that was let go of and given anew gets the next one.
    """
    if isinstance(record, Term):
        parts: tuple[str, ...] = ("", "term", f"{record.list.value} {record.code}")
    else:
        make = _KEYS.get(type(record))
        key = make(record) if make else None
        if key is None or county in (None, NO_COUNTY):
            return None
        parts = (str(county), record.record_kind.value, key)
    again = 0
    while taken(found := computed(*parts, *([str(again)] if again else []))):
        again += 1
    return found
