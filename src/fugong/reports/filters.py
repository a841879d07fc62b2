"""The same filters everywhere: repeating one means or, different ones mean and."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fugong import names
from fugong.db import Reader
from fugong.vocab import LIVE, ListName, Status, StatusFilter

_STATUSES: dict[StatusFilter, Sequence[Status]] = {
    StatusFilter.OPEN: (Status.OPEN,),
    StatusFilter.DOING: (Status.DOING,),
    StatusFilter.CLOSED: (Status.CLOSED,),
    StatusFilter.VOID: (Status.VOID,),
    StatusFilter.LIVE: LIVE,
    StatusFilter.ALL: tuple(Status),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the rows of ``v_problem``, with its named parameters."""

    sql: str
    params: dict[str, Any]


def resolve(
    reader: Reader,
    *,
    team: Iterable[str] = (),
    enterprise: Iterable[str] = (),
    department: Iterable[str] = (),
    category: Iterable[str] = (),
    status: Iterable[StatusFilter] = (),
    since: date | None = None,
    until: date | None = None,
    due_by: date | None = None,
    text: Iterable[str] = (),
    light: Iterable[str] = (),
) -> Condition:
    """The condition that filters as people give them make; their names are resolved, never guessed.

    Args:
        reader: The store.
        team: Codes or names of teams.
        enterprise: Names of enterprises.
        department: Names of departments that lead or assist.
        category: Codes or names of categories.
        status: Statuses, or groups of them.
        since: Found on this day or later.
        until: Found on this day or earlier.
        due_by: Due on this day or earlier.
        text: Parts of the problem's text, whatever their case.
        light: Conditions for lights (``lights.Lights.condition``).

    Raises:
        Refusal: A name is unknown or ambiguous.
    """
    made = _Making()
    made.any_of("team_id", [names.team(reader.rows, given).id for given in team])
    made.any_of("enterprise_id", [names.enterprise(reader.rows, given).id for given in enterprise])
    made.departments([names.department(reader.rows, given).id for given in department])
    made.any_of("category_id", [names.term(reader.rows, ListName.CATEGORY, given).id for given in category])
    made.any_of("status", sorted({each.value for given in status for each in _STATUSES[given]}))
    made.compare("found_on", ">=", since)
    made.compare("found_on", "<=", until)
    made.compare("due_on", "<=", due_by)
    made.texts(list(text))
    made.either(list(light))
    return Condition(" AND ".join(made.parts) or "1 = 1", made.params)


class _Making:
    """A condition as it grows: parts to be joined by AND, and numbered parameters."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.params: dict[str, Any] = {}

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

    def departments(self, ids: Sequence[int]) -> None:
        if ids:
            wanted = ", ".join(map(self._param, ids))
            assisted = f"SELECT problem_id FROM problem_assist WHERE department_id IN ({wanted})"
            self.parts.append(f"(department_id IN ({wanted}) OR problem_id IN ({assisted}))")

    def either(self, conditions: Sequence[str]) -> None:
        if conditions:
            self.parts.append(f"({' OR '.join(conditions)})")

    def texts(self, wanted: Sequence[str]) -> None:
        literal = [text.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_") for text in wanted]
        likes = [f"lower(text) LIKE {self._param(f'%{text}%')} ESCAPE '!'" for text in literal]
        self.either(likes)
