"""Writing many new problems: the same rules and events, stored by the batch.

The ORM stores a row and reads its history back for every event. A record that is new in this command is known to
nobody else, so its history is what was told here, and it can wait.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from fugong.history import Changes, Writer, state
from fugong.models import Event, Problem, ProblemAssist, Record, Team
from fugong.vocab import Act

BATCH = 500
"""New records that are held at most."""


class BulkWriter(Writer):
    """A writer that holds new problems, with their events, and stores them together.

    What it holds is not in the store until ``settle``; queries do not see it before.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.held: dict[str, Problem] = {}
        """New problems by uid."""
        self._heads: dict[str, str] = {}
        self._events: list[dict[str, Any]] = []
        self._shared: dict[str, str] | None = None
        self._numbers: dict[int, int] = {}
        """By team: the next number. The first was taken from the store, which locks the row of the team."""

    def holds(self, record: Record) -> bool:
        """Whether a record is only here so far."""
        return record.uid in self.held

    def add(self, record: Record, act: Act = Act.ADD, *, on: date | None = None, approximate: bool = False) -> None:
        """Hold a new problem; store any other new record at once."""
        if not isinstance(record, Problem):
            super().add(record, act, on=on, approximate=approximate)
            return
        if len(self.held) >= BATCH:
            self.settle()
        self.held[record.uid] = record
        self.tell(
            record, act, {name: [None, value] for name, value in state(record).items()}, on=on, approximate=approximate
        )

    def tell(
        self,
        record: Record,
        act: Act,
        changes: Changes,
        *,
        on: date | None = None,
        text: str | None = None,
        approximate: bool = False,
    ) -> None:
        """Append the event of a change that the record already shows."""
        if not self.holds(record):
            super().tell(record, act, changes, on=on, text=text, approximate=approximate)
            return
        head = self._heads.get(record.uid)
        told = self._told(
            record, act, changes, [head] if head else [], on=on or self.today, text=text, approximate=approximate
        )
        self._heads[record.uid] = told["hash"]
        self._events.append(told)

    def take_number(self, team: Team, counter: str = "next_number") -> int:
        """Take a team's next running number; the store learns of a problem's when what is held is stored."""
        if counter != "next_number":
            return super().take_number(team, counter)
        key = team.id or 0
        number = self._numbers.get(key) or super().take_number(team)
        self._numbers[key] = number + 1
        return number

    def settle(self) -> None:
        """Store what is held."""
        if not self.held:
            return
        self.session.flush()
        connection = self.session.connection()
        connection.execute(_NUMBER, [{"key": key, "next": number} for key, number in self._numbers.items()])
        connection.execute(sa.insert(Problem), [_columns(problem) for problem in self.held.values()])
        assisting = [
            {"uid": problem.uid, "department": department.id}
            for problem in self.held.values()
            for department in problem.assist
        ]
        if assisting:
            connection.execute(_ASSIST, assisting)
        connection.execute(sa.insert(Event), self._events)
        self.held.clear()
        self._heads.clear()
        self._events.clear()

    def _who(self) -> dict[str, str]:
        if self._shared is None:
            self._shared = super()._who()
        return self._shared


_NUMBER = sa.update(Team).where(col(Team.id) == sa.bindparam("key")).values(next_number=sa.bindparam("next"))
_REFERENCES = {
    "team_id": "team",
    "enterprise_id": "enterprise",
    "category_id": "category",
    "department_id": "department",
    "duplicate_of_id": "duplicate_of",
}
_OWN = [name for name in Problem.model_fields if name not in (*_REFERENCES, "id")]
_ASSIST = sa.insert(ProblemAssist).from_select(
    ["problem_id", "department_id"],
    sa.select(col(Problem.id), sa.bindparam("department", type_=sa.Integer)).where(
        col(Problem.uid) == sa.bindparam("uid")
    ),
)


def _columns(problem: Problem) -> dict[str, Any]:
    """A problem as its row in the store."""
    row = {name: getattr(problem, name) for name in _OWN}
    for column, name in _REFERENCES.items():
        other = getattr(problem, name)
        row[column] = other.id if other else None
    return row
