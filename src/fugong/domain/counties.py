"""Counties in a city's store: whose a record is, and who may write it (docs/city.md).

How it is shown beside those of other counties is in ``merging.beside``.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from fugong.domain import history
from fugong.errors.merging import CountyOwn, CountyUnsaid, SeveralCounties
from fugong.store.identity import new_uid
from fugong.store.records import Batch, County, Event, Record
from fugong.store.session import Session
from fugong.values import texts
from fugong.values.texts import NAME
from fugong.vocab import Act, Kind, Words

SHOWN = frozenset({
    Kind.TERM, Kind.DEPARTMENT, Kind.TEAM, Kind.ENTERPRISE, Kind.MEMBER, Kind.PROBLEM, Kind.ACTIVITY, Kind.MILESTONE,
    Kind.PRACTICE, Kind.NIL_REPORT,
})  # fmt: skip
"""What a city sees of a county. Its campaign, calendar, publications and figures are the county's own: what they say
is said of the county, and stays in its history."""
WRITABLE = frozenset({
    Act.NOTE, Act.CHASE, Act.ESCALATE, Act.WITHDRAW, Act.EXTEND, Act.CLOSE, Act.APPLY, Act.APPROVE, Act.REJECT,
    Act.VERIFY, Act.REOPEN, Act.ATTACH, Act.SETTLE,
})  # fmt: skip
"""What a city may do to a problem of a county, and take back where it did it: following it up. What the problem is, its
words, its days and whether it was one, the county says (docs/adr/0027)."""


ENTERED = SHOWN - {Kind.TERM, Kind.DEPARTMENT, Kind.TEAM, Kind.PRACTICE}
"""What is entered under a team or a firm, and so by the county whose that is."""


class Home(NamedTuple):
    """A county, as the city has it."""

    prefix: str
    name: str
    replica: str
    """Under which the city writes for it."""

    def called(self, name: str) -> str:
        """A name with the county before it, where it does not begin so already."""
        stem = self.name.rstrip("县区市旗") or self.name
        between = " " if self.name[-1].isascii() else ""
        return name if name.startswith(stem) else f"{self.name}{between}{name}"


class Counties:
    """The counties of a store, as far as one command asks for them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        every = session.all(County, "1 = 1 ORDER BY t.prefix")
        self.homes: dict[str | None, Home] = {each.prefix: Home(each.prefix, each.name, each.replica) for each in every}

    def of(self, uid: str) -> Home | None:
        """The county of a record; None for the city's own."""
        if not self.homes:
            return None
        return self.homes.get(next(self._session.rows(_WHOSE, subject=uid), (None,))[0])

    def told(self, history: Sequence[tuple[Event, Batch]]) -> Home | None:
        """The county of a record whose events are at hand, each with its command."""
        if not self.homes or not history:
            return None
        _, first = min(history, key=lambda each: each[0].id or 0)
        return self.homes.get(first.county)

    def adding(self, record: Record) -> None:
        """Refuse a new record under a team or a firm of a county.

        Raises:
            CountyOwn: It is one.
        """
        if not self.homes or record.record_kind not in ENTERED:
            return
        owners = [getattr(record, name, None) for name in ("team", "enterprise")]
        owners += [each.team for each in getattr(record, "assignments", ())]
        for owner in owners:
            if home := owner and self.of(owner.uid):
                raise CountyOwn(county=home.name, record=owner.label)

    def writing(
        self, record: Record, act: Act, changes: Mapping[str, Any], *, undoes: str | None = None
    ) -> Home | None:
        """The county that a command writes for; ``undoes`` is the event that it takes back.

        Raises:
            CountyOwn: Only the county itself writes that.
        """
        home = self.of(record.uid) if self.homes else None
        if not home:
            return None
        may = act in WRITABLE or (act is Act.UNDO and undoes is not None and self._wrote(home, undoes))
        if record.record_kind is not Kind.PROBLEM or not may or not LOCAL.isdisjoint(changes):
            raise CountyOwn(county=home.name, record=record.label)
        return home

    def _wrote(self, home: Home, event: str) -> bool:
        """Whether it is the city that wrote an event for a county."""
        return next(self._session.rows(_BY_CITY, hash=event, replica=home.replica), None) is not None


def entered(session: Session, name: str | None, prefix: str | None) -> str | None:
    """The prefix of the county that is said; a new one gets a replica under which the city writes for it.

    Raises:
        CountyUnsaid: It is new here, and not both were said, or another has the prefix.
    """
    if name is None and prefix is None:
        return None
    called = name.strip() if name else None
    known = session.find(County, name=called) if called else session.find(County, prefix=prefix)
    if known and prefix in (None, known.prefix):
        return known.prefix
    fit = bool(prefix and re.fullmatch("[A-Z]{1,3}", prefix)) and not session.find(County, prefix=prefix)
    if known or not called or not prefix or not fit or next(session.rows(_TAKEN, begun=f"{prefix}%"), None):
        raise CountyUnsaid
    session.remembered.pop(Counties, None)
    session.save(County(prefix=prefix, name=texts.clean_name(called, what=NAME_OF, limit=NAME), replica=new_uid()))
    return prefix


NAME_OF = Words("县的名称", "name of the county")
_TAKEN = "SELECT 1 FROM team WHERE code LIKE :begun LIMIT 1"


def known(session: Session) -> Counties:
    """The counties of a store, asked for once in a transaction."""
    if Counties not in session.remembered:
        session.remembered[Counties] = Counties(session)
    return cast("Counties", session.remembered[Counties])


LOCAL = frozenset({
    history.REDACTED, "team", "enterprise", "category", "department", "assist", "duplicate_of", "key", "number",
    "series", "text", "found_on", "source", "person", "remark",
})  # fmt: skip
"""What a problem is, in the county's own words, names and numbers, whichever act would say it; and its words are the
county's to take out."""

_WHOSE = """
SELECT b.county FROM event e JOIN batch b ON b.id = e.batch_id WHERE e.subject = :subject ORDER BY e.id LIMIT 1
"""
_BY_CITY = """
SELECT 1 FROM event e JOIN batch b ON b.id = e.batch_id WHERE e.hash = :hash AND b.replica = :replica LIMIT 1
"""


def one(held: Home | None, home: Home | None, *, begun: bool) -> Home | None:
    """The county of a command that goes on to another record.

    Raises:
        SeveralCounties: It is about records of two.
    """
    if begun and held != home:
        raise SeveralCounties(counties=sorted(each.name if each else "—" for each in (held, home)))
    return home
