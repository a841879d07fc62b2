"""The lights of a day (亮灯): which deadlines are red, yellow or green."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from fugong.db import Reader
from fugong.queries import Rows, deadlines
from fugong.store import settings
from fugong.values import workdays
from fugong.values.lateness import sql_overdue
from fugong.vocab import IN_HAND, LIVE, PENDING, Light, Status

if TYPE_CHECKING:
    from fugong.store.records import Problem


class Lights(NamedTuple):
    """The day that lights are true for, and the last deadline that is yellow on it."""

    as_of: date
    yellow_until: date

    def of(self, status: Status, due_on: str | None, applied_on: str | None = None) -> Light | None:
        """The light of a problem; a void one has none. One that waits for its review has that of its application."""
        if status is Status.VOID:
            return None
        if status is Status.PENDING and due_on and applied_on:
            return Light.RED if due_on < applied_on else Light.GREEN
        due = date.fromisoformat(due_on) if due_on else None
        return workdays.light(due, live=status in LIVE, as_of=self.as_of, yellow_until=self.yellow_until)

    def of_problem(self, problem: "Problem") -> Light | None:
        """The light of a record."""
        due_on, applied_on = (day.isoformat() if day else None for day in (problem.due_on, problem.applied_on))
        return self.of(problem.status, due_on, applied_on)

    def days_over(self, status: Status, due_on: str | None, applied_on: str | None = None) -> int | None:
        """How many days a problem in hand is past its deadline, or was when its closing was applied for, if it is."""
        due = date.fromisoformat(due_on) if due_on else None
        until = date.fromisoformat(applied_on) if applied_on else self.as_of
        return workdays.days_over(due, until) or None if status in LIVE else None

    def condition(self, light: Light) -> str:
        """The problems with this light, as a condition on ``v_problem``; a test holds it against ``of``."""
        today, until = self.as_of.isoformat(), self.yellow_until.isoformat()
        return {
            Light.RED: sql_overdue(f"'{today}'"),
            Light.YELLOW: f"({IN_HAND} AND due_on BETWEEN '{today}' AND '{until}' AND applied_on IS NULL)",
            Light.GREEN: f"(({IN_HAND} AND due_on > '{until}') OR ({PENDING} AND due_on >= applied_on) "
            "OR status = 'closed')",
            Light.GREY: f"({IN_HAND} AND due_on IS NULL)",
        }[light]


def lights_on(rows: Rows, day: date) -> Lights:
    """The lights of a day, for whoever has no reader.

    Raises:
        SettingDamaged: The setting for yellow is gone, or is what it cannot be.
    """
    held = settings.checked(rows(settings.HELD))
    return Lights(day, workdays.yellow_until(day, int(held["yellow_days"]), deadlines.calendar(rows)))


def lights(reader: Reader, as_of: date) -> Lights:
    """The lights of a day, by the store's calendar and its setting for yellow."""
    days = int(reader.settings["yellow_days"])
    return Lights(as_of, workdays.yellow_until(as_of, days, deadlines.calendar(reader.rows)))
