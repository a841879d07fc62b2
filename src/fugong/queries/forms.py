"""How each kind of record lies in its table and in the texts of its events, from what is declared of its attributes."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from fugong import attributes
from fugong.attributes import Attribute
from fugong.results.report import Cell
from fugong.vocab import KINDS, Kind

KEPT = frozenset(kind.value for kind in Kind)
"""The tables whose rows are folds of events; each has the name of its kind of record."""


class Forms(NamedTuple):
    """The attributes of a kind of record that events tell of, by the form in which events hold them."""

    texts: tuple[str, ...]
    days: tuple[str, ...]
    flags: tuple[str, ...]
    """Truth values that are false where no event says anything."""
    maybes: tuple[str, ...]
    """Truth values that may be unknown."""
    numbers: tuple[str, ...]
    counters: tuple[str, ...]
    """Counters: the value is the sum of what each act added."""
    lists: tuple[str, ...]
    """Lists of plain texts, kept inside the row."""
    parts: tuple[str, ...]
    """Lists that are tables of their own."""
    named: dict[str, str]
    """References, which events name by uid: the table of each."""
    listed: dict[str, str]
    """References to entries of lists: the list's name as SQL."""


@cache
def forms(table: str) -> Forms:
    """The shape of the records of a table."""
    told = [each for each in attributes.of(Kind(table)) if each.tracked]
    plain = [each for each in told if not (each.refers or each.cell in (*_LISTS, Cell.TERM))]

    def of(*cells: Cell) -> list[Attribute]:
        return [each for each in plain if each.cell in cells]

    lists = [each for each in told if each.cell in _LISTS]
    return Forms(
        texts=_names(each for each in plain if each.cell not in (*_DAYS, Cell.FLAG, Cell.COUNT)),
        days=_names(of(*_DAYS)),
        flags=_names(each for each in of(Cell.FLAG) if not each.null),
        maybes=_names(each for each in of(Cell.FLAG) if each.null),
        numbers=_names(each for each in of(Cell.COUNT) if not each.grows),
        counters=_names(each for each in of(Cell.COUNT) if each.grows),
        lists=_names(each for each in lists if each.within),
        parts=_names(each for each in lists if not each.within),
        named={each.name: each.refers.value for each in told if each.refers},
        listed={each.name: _list(each) for each in told if each.cell is Cell.TERM},
    )


_DAYS = (Cell.DATE, Cell.ABOUT, Cell.DUE)
_LISTS = (Cell.LIST, Cell.CODES)


def _names(found: Iterable[Attribute]) -> tuple[str, ...]:
    return tuple(each.name for each in found)


def _list(attribute: Attribute) -> str:
    """The name of the list that an entry is from; where there are several, the record's role says which."""
    if len(attribute.lists) == 1:
        return f"'{attribute.lists[0].value}'"
    roles = " ".join(f"WHEN '{role.value}' THEN '{name.value}'" for role, name in KINDS.items())
    return f"CASE f.role {roles} END"


DATED = {
    "problem": "found_on",
    "activity": "on_date",
    "milestone": "on_date",
    "practice": "promoted_on",
    "figure": "as_of",
    "publication": "as_of",
    "nil_report": "on_date",
    "notice": "on_date",
    "calendar_day": "happened",
}
"""The attribute that says on which day a record began, or the day of its first event; others are there once known."""
UNDATED = {
    "enterprise": ("stages", "assignments"),
    "problem": ("found_on", "bounces"),
    "activity": ("on_date",),
    "practice": ("promoted_on",),
    "figure": ("as_of",),
}
"""Attributes that have no business date of their own: a cut-off by day takes the latest that is known."""
CORRECTED = {"problem": "closed_on", "milestone": "on_date"}
"""The day of an act after the first, which a later edit may correct: of closing, of reaching what was under way."""

PARTS = {
    "department_alias": ("department", "aliases", "owner_id", "{text} AS name"),
    "enterprise_alias": ("enterprise", "aliases", "owner_id", "{text} AS name"),
    "stage_change": (
        "enterprise", "stages", "enterprise_id",
        "{1} AS stage, {day:0} AS on_date, {flag:2} AS approximate, {3} AS why",
    ),
    "assignment": (
        "enterprise", "assignments", "enterprise_id",
        "{uid:team:0} AS team_id, {day:1} AS from_on, {day:2} AS to_on",
    ),
    "problem_assist": ("problem", "assist", "problem_id", "{uid:department:.} AS department_id"),
    "bounce": ("problem", "bounces", "problem_id", "{uid:department:0} AS department_id, {day:1} AS on_date"),
    "activity_enterprise": ("activity", "enterprises", "activity_id", "{uid:enterprise:.} AS enterprise_id"),
    "inspection_result": (
        "activity", "results", "activity_id",
        "{check:0} AS term_id, {flag:1} AS passed, {2} AS text, {uid:problem:3} AS problem_id",
    ),
    "adoption": (
        "practice", "adoptions", "practice_id", "{uid:team:.} AS team_id, {uid:enterprise:.} AS enterprise_id",
    ),
}  # fmt: skip
"""Lists that are tables: whose, the attribute, the column that names the owner, and the columns from an item."""

UP_TO = {"stage_change": "on_date", "assignment": "from_on", "bounce": "on_date"}
"""The day of an entry of a history that has days of its own."""
