"""All tables, gathered: the one definition of what is kept. What writes records has them from ``store.records``.

Integer keys stay inside the store; the ``uid`` is the identity that travels. ``tracked`` names the
attributes whose every change is an event: a record is the fold of its events (history.py).

What makes, upgrades or moves a whole store imports this module, and nothing else does: it loads SQLModel.

No ``from __future__ import annotations`` in ``tables``: SQLModel reads the annotations of relationships.
"""

from sqlmodel import SQLModel

from fugong.store.tables.base import Record, Retiring, Row, Sealed
from fugong.store.tables.campaign import CalendarDay, Campaign
from fugong.store.tables.copies import Conflict, Copy, County, Peer
from fugong.store.tables.events import Batch, Event
from fugong.store.tables.lists import Term
from fugong.store.tables.members import Member
from fugong.store.tables.notices import Notice
from fugong.store.tables.problems import Bounce, Problem, ProblemAssist
from fugong.store.tables.profiles import Profile
from fugong.store.tables.roster import (
    Assignment,
    Department,
    DepartmentAlias,
    Enterprise,
    EnterpriseAlias,
    StageChange,
    Team,
)
from fugong.store.tables.store import Fact, Loaded, Setting
from fugong.store.tables.totals import Figure, NilReport, Publication, PublishedRow
from fugong.store.tables.work import Activity, ActivityEnterprise, Adoption, InspectionResult, Milestone, Practice

__all__ = [
    "METADATA",
    "Activity", "ActivityEnterprise", "Adoption", "Assignment", "Batch", "Bounce", "CalendarDay", "Campaign",
    "Conflict", "Copy", "County", "Department", "DepartmentAlias", "Enterprise", "EnterpriseAlias", "Event", "Fact",
    "Figure", "InspectionResult", "Loaded", "Member", "Milestone", "NilReport", "Notice", "Peer", "Practice", "Problem",
    "ProblemAssist", "Profile", "Publication", "PublishedRow", "Record", "Retiring", "Row", "Sealed", "Setting",
    "StageChange", "Team", "Term",
]  # fmt: skip

METADATA = SQLModel.metadata
"""All tables, as SQLAlchemy makes them."""
for _table in METADATA.tables.values():
    _table.dialect_options["sqlite"]["strict"] = True  # a text in a number's place is refused by SQLite as well
