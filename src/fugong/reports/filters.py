"""The same filters everywhere: repeating one means or, different ones mean and."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from fugong.db import Reader
from fugong.queries import names
from fugong.vocab import IN_HAND, LEVEL, LIVE, Level, ListName, Source, Status, StatusFilter

_STATUSES: dict[StatusFilter, Sequence[Status]] = {
    StatusFilter.OPEN: (Status.OPEN,),
    StatusFilter.DOING: (Status.DOING,),
    StatusFilter.PENDING: (Status.PENDING,),
    StatusFilter.CLOSED: (Status.CLOSED,),
    StatusFilter.VOID: (Status.VOID,),
    StatusFilter.LIVE: LIVE,
    StatusFilter.ALL: tuple(Status),
}


class Condition(NamedTuple):
    """A condition on the rows of a view, with its named parameters."""

    sql: str
    params: dict[str, Any]

    def how_many(self, reader: Reader) -> int:
        """How many problems meet it; read from the table, since SQLite counts all the joins of the view."""
        problems = "(SELECT *, id AS problem_id FROM problem)"
        (count,) = reader.first(f"SELECT count(*) FROM {problems} p WHERE {self.sql}", **self.params) or (0,)
        return int(count)


def resolve(
    reader: Reader,
    *,
    team: Iterable[str] = (),
    county: Iterable[str] = (),
    enterprise: Iterable[str] = (),
    department: Iterable[str] = (),
    category: Iterable[str] = (),
    status: Iterable[StatusFilter] = (),
    since: date | None = None,
    until: date | None = None,
    due_by: date | None = None,
    text: Iterable[str] = (),
    light: Iterable[str] = (),
    level: Iterable[Level] = (),
    closed_since: date | None = None,
    closed_until: date | None = None,
    person: Iterable[str] = (),
    how: Iterable[str] = (),
    source: Iterable[Source] = (),
    major: bool | None = None,
    conflict: bool = False,
) -> Condition:
    """The condition that filters as people give them make; their names are resolved, never guessed.

    Args:
        reader: The store.
        team: Codes or names of teams.
        county: Names or prefixes of counties.
        enterprise: Names of enterprises.
        department: Names of departments that lead or assist.
        category: Codes or names of categories.
        status: Statuses, or groups of them.
        since: Found on this day or later.
        until: Found on this day or earlier.
        due_by: Due on this day or earlier.
        text: Parts of the problem's text, whatever their case.
        light: Conditions for lights (``lights.Lights.condition``).
        level: The levels that they were reported to.
        closed_since: Closed on this day or later.
        closed_until: Closed on this day or earlier.
        person: Parts of the name of who is responsible.
        how: Parts of the measure.
        source: How they came up.
        major: Whether they need the county's coordination.
        conflict: Only those of which copies say different things.

    Raises:
        Refusal: A name is unknown or ambiguous.
    """
    made = _Making()
    made.any_of("team_id", [names.team(reader.now.rows, given).id for given in team])
    made.counties([names.county(reader.now.rows, given) for given in county])
    made.any_of("enterprise_id", [names.enterprise(reader.now.rows, given).id for given in enterprise])
    made.departments([names.department(reader.now.rows, given).id for given in department])
    made.any_of("category_id", [names.term(reader.now.rows, ListName.CATEGORY, given).id for given in category])
    made.parts += _standing({each for given in status for each in _STATUSES[given]})
    made.compare("found_on", ">=", since)
    made.compare("found_on", "<=", until)
    made.compare("due_on", "<=", due_by)
    made.compare("closed_on", ">=", closed_since)
    made.compare("closed_on", "<=", closed_until)
    made.texts(list(text))
    made.texts(list(person), "person")
    made.texts(list(how), "how")
    made.any_of("source", [each.value for each in source])
    if conflict:
        made.parts.append("uid IN (SELECT subject FROM conflict)")
    if major is not None:
        made.parts.append("major" if major else "NOT major")
    made.either(list(light))
    made.any_of(LEVEL, [each.value for each in level])
    return made.condition()


def _standing(wanted: set[Status]) -> list[str]:
    """The condition that only these statuses meet, in the words that the store's indexes are made with."""
    if not wanted or wanted == set(Status):
        return []
    if wanted == {*Status} - {Status.VOID}:
        return ["status <> 'void'"]
    in_hand = [IN_HAND] if wanted <= {*LIVE} else []
    if wanted == {*LIVE}:
        return in_hand
    one_of = " OR ".join(f"status = '{each.value}'" for each in Status if each in wanted)
    return [*in_hand, f"({one_of})"]


class Link(NamedTuple):
    """A table that says which enterprises or teams a record has to do with, and its column that names the record."""

    table: str
    column: str


def field_work(
    reader: Reader,
    *,
    day: str,
    team: Iterable[str] = (),
    enterprise: Iterable[str] = (),
    since: date | None = None,
    until: date | None = None,
    text: Iterable[str] = (),
    teams: Link | None = None,
    enterprises: Link | None = None,
    **any_of: Sequence[Any],
) -> Condition:
    """The condition that the same filters make on the other listings.

    Args:
        reader: The store.
        day: The column that ``since`` and ``until`` are about.
        team: Codes or names of teams.
        enterprise: Names of enterprises.
        since: On this day or later.
        until: On this day or earlier.
        text: Parts of the text, whatever their case.
        teams: Where to look for the teams, if the view has no ``team_id``.
        enterprises: Where to look for the enterprises, if the view has no ``enterprise_id``.
        any_of: For further columns, the values that they may have; no values are no condition.

    Raises:
        Refusal: A name is unknown or ambiguous.
    """
    made = _Making()
    made.linked("team_id", teams, [names.team(reader.now.rows, given).id for given in team])
    made.linked("enterprise_id", enterprises, [names.enterprise(reader.now.rows, given).id for given in enterprise])
    for column, values in any_of.items():
        made.any_of(column, values)
    made.compare(day, ">=", since)
    made.compare(day, "<=", until)
    made.texts(list(text))
    return made.condition()


class _Making:
    """A condition as it grows: parts to be joined by AND, and numbered parameters."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.params: dict[str, Any] = {}

    def condition(self) -> Condition:
        return Condition(" AND ".join(self.parts) or "1 = 1", self.params)

    def _param(self, value: Any) -> str:
        name = f"p{len(self.params)}"
        self.params[name] = value
        return f":{name}"

    def any_of(self, column: str, values: Sequence[Any]) -> None:
        if values:
            self.parts.append(f"{column} IN ({', '.join(map(self._param, values))})")

    def compare(self, column: str, sign: str, day: date | None) -> None:
        if day:
            self.parts.append(f"{column} {sign} {self._param(day.isoformat())}")

    def linked(self, column: str, link: Link | None, ids: Sequence[int]) -> None:
        if link is None:
            self.any_of(column, ids)
        elif ids:
            wanted = ", ".join(map(self._param, ids))
            self.parts.append(f"{link.column} IN (SELECT {link.column} FROM {link.table} WHERE {column} IN ({wanted}))")

    def counties(self, named: Sequence[str]) -> None:
        if named:
            wanted = ", ".join(map(self._param, named))
            self.parts.append(f"team_id IN (SELECT id FROM team WHERE county IN ({wanted}))")

    def departments(self, ids: Sequence[int]) -> None:
        if ids:
            wanted = ", ".join(map(self._param, ids))
            assisted = f"SELECT problem_id FROM problem_assist WHERE department_id IN ({wanted})"
            self.parts.append(f"(department_id IN ({wanted}) OR problem_id IN ({assisted}))")

    def either(self, conditions: Sequence[str]) -> None:
        if conditions:
            self.parts.append(f"({' OR '.join(conditions)})")

    def texts(self, wanted: Sequence[str], column: str = "text") -> None:
        literal = [text.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_") for text in wanted]
        likes = [f"lower({column}) LIKE {self._param(f'%{text}%')} ESCAPE '!'" for text in literal]
        self.either(likes)
