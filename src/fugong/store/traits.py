"""What records can say of themselves, without any store: the rules about one row.

Their columns stand in ``tables``; the classes of ``records`` have both. Here stand those that a rule asks for.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Protocol, TypeVar

from fugong.store.rows import Row
from fugong.vocab import LIVE, Kind, Level, Paper, Stage, Status

T_co = TypeVar("T_co", covariant=True)


class Record(Row):
    """What every record has; events name it by ``record_kind`` and ``uid``."""

    record_kind: ClassVar[Kind]
    tracked: ClassVar[Sequence[str]]
    """The attributes whose every change is an event: a record is the fold of its events (``history``)."""

    id: int
    """Inside the store only; a record that is not stored has none."""
    uid: str

    def portable(self) -> Any:
        """How events of other records name this one."""
        return self.uid

    @property
    def label(self) -> str:
        """What people call it; a record without a name is called by what it says."""
        return str(getattr(self, "name", self.uid))


class Retiring(Record):
    """A record that others refer to: it is never removed, but may be retired (停用)."""

    retired_on: date | None
    retired_why: str | None


class Sealed(Row):
    """A row that no event tells of: its seal shows damage instead, and is renewed whenever the row is written."""

    seal: str

    def content_hash(self) -> str:
        """The seal that the row should have."""
        return seal({name: getattr(self, name) for name in self.shape.columns if name not in ("id", "seal")})


_text = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def seal(said: Mapping[str, Any]) -> str:
    """The seal of a row that says this: its SHA-256."""
    return hashlib.sha256(_text(said).encode()).hexdigest()


class Event(Row):
    """One act on one record."""

    changes: str
    undoes: str | None

    @property
    def said(self) -> Mapping[str, Any]:
        """What it changed; its text is read once."""
        read: tuple[str, Mapping[str, Any]] | None = self.__dict__.get("_read")
        if read is None or read[0] is not self.changes:
            read = self.__dict__["_read"] = (self.changes, json.loads(self.changes))
        return read[1]

    def sets(self, attribute: str) -> bool:
        """Whether this changed an attribute of its record."""
        return attribute in self.said


class Term(Retiring):
    """An entry of one of the lists that are data of the store: a category, a milestone."""

    code: str
    zh: str

    def portable(self) -> str:
        """Its code, which is the same in every store."""
        return self.code

    @property
    def label(self) -> str:
        """Its Chinese name."""
        return self.zh


class CalendarDay(Record):
    """A day that the calendar of the country has otherwise."""

    day: date

    @property
    def label(self) -> str:
        """The day, as 2020-03-13."""
        return self.day.isoformat()


class DepartmentAlias(Row):
    """Another name of a department."""

    name: str

    def portable(self) -> str:
        return self.name


class EnterpriseAlias(DepartmentAlias):
    """Another name of an enterprise."""


class Team(Retiring):
    """An assistance team (帮扶组)."""

    code: str
    name: str


class _Held(Protocol[T_co]):
    @property
    def team(self) -> T_co: ...
    @property
    def to_on(self) -> date | None: ...


class _Assigned(Protocol[T_co]):
    @property
    def assignments(self) -> Sequence[_Held[T_co]]: ...


class Enterprise(Retiring):
    """A firm that is looked after."""

    name: str

    def team(self: _Assigned[T_co]) -> T_co | None:
        """The team that looks after it now."""
        return next((held.team for held in self.assignments if held.to_on is None), None)


class Assignment(Row):
    """From when to when a team looks after an enterprise; one that has no end is the present one."""

    ordered = True

    team: Team
    from_on: date | None
    to_on: date | None

    def portable(self) -> list[str | None]:
        start, end = (day.isoformat() if day else None for day in (self.from_on, self.to_on))
        return [self.team.uid, start, end]


class StageChange(Row):
    """How far an enterprise had resumed from a day on."""

    ordered = True

    stage: Stage
    on_date: date | None
    approximate: bool
    why: str | None

    def portable(self) -> list[Any]:
        day = self.on_date.isoformat() if self.on_date else ""  # text, so that since ever sorts first
        return [day, self.stage.value, self.approximate, self.why]


class Problem(Record):
    """One line of the ledger."""

    team: Team
    series: str
    number: int
    tag: str
    enterprise: Enterprise | None
    text: str
    status: Status
    major: bool
    escalated: Level | None

    @property
    def live(self) -> bool:
        """In hand: found, and neither closed nor void."""
        return self.status in LIVE

    @property
    def level(self) -> Level | None:
        """To whom it was reported; a major one needs the county, whether anybody has reported it or not."""
        return self.escalated or (Level.COUNTY if self.major else None)

    @property
    def ident(self) -> str:
        """The number people use: 3-2 is the second problem of team 3."""
        return f"{self.team.code}-{self.series}{self.number}{self.tag}"

    @property
    def label(self) -> str:
        """How a confirmation names it."""
        whose = self.enterprise.name if self.enterprise else self.team.name
        return f"{self.ident}  {whose}  {' '.join(self.text.split())}"


class Bounce(Row):
    """The refusal of a problem by a department."""

    ordered = True

    department: Record
    on_date: date

    def portable(self) -> list[str]:
        return [self.department.uid, self.on_date.isoformat()]


class Activity(Record):
    """A piece of work of a team in one of the three roles."""

    team: Team
    series: str
    number: int
    tag: str
    enterprises: Sequence[Enterprise]
    text: str

    @property
    def ident(self) -> str:
        """The number people use: 3-w2 is the second piece of work of team 3."""
        return f"{self.team.code}-w{self.series}{self.number}{self.tag}"

    @property
    def label(self) -> str:
        whose = "、".join(each.name for each in self.enterprises) or self.team.name
        return f"{self.ident}  {whose}  {' '.join(self.text.split())}"


class InspectionResult(Row):
    """What an inspection found under one check."""

    term: Term
    passed: bool
    text: str | None
    problem: Problem | None

    def portable(self) -> list[Any]:
        return [self.term.code, self.passed, self.text, self.problem.uid if self.problem else None]


class Milestone(Record):
    """Something that an enterprise has reached, or is about to."""

    enterprise: Enterprise
    term: Term

    @property
    def label(self) -> str:
        return f"{self.enterprise.name}  {self.term.zh}"


class Adoption(Row):
    """Who took up a practice: a team, or an enterprise."""

    team: Team | None
    enterprise: Enterprise | None

    def portable(self) -> str:
        adopter = self.team or self.enterprise
        return adopter.uid if adopter else ""


class NilReport(Record):
    """The word of a team that there is nothing to report of a day."""

    team: Team
    on_date: date

    @property
    def label(self) -> str:
        return f"{self.team.name}  {self.on_date}"


class Profile(Record):
    """How the files of one office are read."""

    name: str
    says: str

    @property
    def label(self) -> str:
        return self.name


class Notice(Record):
    """A paper about a problem as it was issued: its kind, year and number, and to whom it went."""

    paper: Paper
    year: int
    number: int | None
    problem: Problem
    sent_to: str

    @property
    def label(self) -> str:
        number = "" if self.number is None else self.number
        return f"{self.paper.zh}〔{self.year}〕{number}号  {self.problem.ident}  {self.sent_to}"


class Figure(Record):
    """A figure as somebody stated it."""

    key: str | None
    value: int

    @property
    def label(self) -> str:
        return f"{self.key or self.uid}  {self.value}"
