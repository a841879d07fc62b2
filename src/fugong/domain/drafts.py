"""Writing many new problems: the same rules and events, stored by the batch.

The ORM watches every attribute, stores a row and reads its history back for every event. A problem that is new in this
command is known to nobody else, so it can be a plain draft, its history is what was told here, and both can wait.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlmodel import col

from fugong.domain.history import Changes, Entry, Told, Writer, first, portable
from fugong.store.tables.base import Record
from fugong.store.tables.events import Event
from fugong.store.tables.problems import Draft, Problem, ProblemAssist
from fugong.store.tables.roster import Team
from fugong.vocab import Act

BATCH = 500
"""New problems that are held at most."""


class Held(NamedTuple):
    """An event of a draft, as the rules ask for it."""

    act: Act
    on_date: date
    changes: Changes

    def sets(self, attribute: str) -> bool:
        """Whether this changed an attribute of its record."""
        return attribute in self.changes


class BulkWriter(Writer):
    """A writer that holds new problems, with their events, and stores them together.

    What it holds is not in the store until ``settle``; queries do not see it before.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.held: dict[str, Draft] = {}
        """New problems by uid."""
        self._histories: dict[str, list[Held]] = {}
        self._heads: dict[str, str] = {}
        self._events: list[Told] = []
        self._numbers: dict[int, int] = {}
        """By team: the next number. The first was taken from the store, which locks the row of the team."""
        self._counting: set[int] = set()
        """The teams of whose next number the store does not know yet."""

    def holds(self, record: Record) -> bool:
        """Whether a record is only here so far. What was stored must be read anew: its draft would change nothing."""
        held = record.uid in self.held
        if isinstance(record, Draft) and not held:
            message = "a draft that was stored already"
            raise TypeError(message)
        return held

    def new_problem(self, **attributes: Any) -> Problem:
        """A draft: what the rules ask of a problem it answers like one."""
        return cast("Problem", Draft(**attributes))

    def events(self, record: Record) -> Sequence[Entry]:
        """The history of a record so far, oldest first."""
        held = self._histories.get(record.uid)
        return super().events(record) if held is None else held

    def add(self, record: Record, act: Act = Act.ADD, *, on: date | None = None, approximate: bool = False) -> None:
        """Hold a draft; store any other new record at once."""
        if not isinstance(record, Draft):
            super().add(record, act, on=on, approximate=approximate)
            return
        if len(self.held) >= BATCH:
            self.settle()
        self.held[record.uid] = record
        self._histories[record.uid] = []
        self.tell(record, act, first(record), on=on, approximate=approximate)

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
        day, head = on or self.today, self._heads.get(record.uid)
        told = self._told(record, act, changes, [head] if head else [], on=day, text=text, approximate=approximate)
        self._heads[record.uid] = told.hash
        self._histories[record.uid].append(Held(act, day, changes))
        self._events.append(told)

    def take_number(self, team: Team, counter: str = "next_number") -> int:
        """Take a team's next running number; the store learns of a problem's when what is held is stored."""
        if counter != "next_number":
            return super().take_number(team, counter)
        key = team.id or 0
        number = self._numbers.get(key) or super().take_number(team)
        self._numbers[key] = number + 1
        self._counting.add(key)
        return number

    def settle(self) -> None:
        """Store what is held."""
        if not self.held:
            return
        self.session.flush()
        connection = self.session.connection()
        connection.execute(_NUMBER, [{"key": key, "next": self._numbers[key]} for key in sorted(self._counting)])
        insert(connection, Problem, _COLUMNS, map(_row, self.held.values()))
        assisting = [
            {"uid": problem.uid, "department": department.id}
            for problem in self.held.values()
            for department in problem.assist
        ]
        if assisting:
            connection.execute(_ASSIST, assisting)
        batch = (self._stored_batch().id,)
        insert(connection, Event, ("batch_id", *Told._fields), (batch + told for told in self._events))
        self.held.clear()
        self._histories.clear()
        self._heads.clear()
        self._events.clear()
        self._counting.clear()


def insert(
    connection: sa.Connection, table: type[Any], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Store rows of portable values through the driver: what SQLAlchemy does for every value costs more than the row.

    Args:
        connection: The open transaction.
        table: Whose rows they are.
        columns: Its columns in the order of the values.
        rows: Their values, as ``history.portable`` makes them.
    """
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    names, marks = ", ".join(columns), ", ".join([mark] * len(columns))
    sql = f"INSERT INTO {table.__tablename__} ({names}) VALUES ({marks})"  # noqa: S608  (names of ours only)
    connection.exec_driver_sql(sql, list(rows))


_NUMBER = sa.update(Team).where(col(Team.id) == sa.bindparam("key")).values(next_number=sa.bindparam("next"))
_REFERENCES = {
    "team_id": "team",
    "enterprise_id": "enterprise",
    "category_id": "category",
    "department_id": "department",
    "duplicate_of_id": "duplicate_of",
}
_OWN = [name for name in Problem.model_fields if name not in (*_REFERENCES, "id")]
_COLUMNS = (*_OWN, *_REFERENCES)
_ASSIST = sa.insert(ProblemAssist).from_select(
    ["problem_id", "department_id"],
    sa.select(col(Problem.id), sa.bindparam("department", type_=sa.Integer)).where(
        col(Problem.uid) == sa.bindparam("uid")
    ),
)


def _row(problem: Draft) -> tuple[Any, ...]:
    """A problem as its row in the store."""
    said = problem.__dict__
    others = [said[name] for name in _REFERENCES.values()]
    own = [said[name] for name in _OWN]
    return (*map(portable, own), *[other.id if other else None for other in others])
