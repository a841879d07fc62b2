"""Counties in a city's store: whose a record is, and how it is shown beside those of other counties (docs/city.md).

A county's history comes in as it is. What two counties call alike is told apart here alone: codes by the prefix that
the city gave the county, names by the county's own. No event knows of it.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, cast

from fugong.domain import history
from fugong.domain.merging.folding import Folded
from fugong.errors.entries import BadTeamCode
from fugong.errors.merging import CountyOwn, CountyUnsaid, SeveralCounties
from fugong.queries import names
from fugong.store.identity import new_uid
from fugong.store.records import County, Enterprise, Record, Term
from fugong.store.session import Session
from fugong.values import texts
from fugong.values.texts import NAME
from fugong.vocab import Kind, ListName, Words

SHOWN = frozenset({
    Kind.TERM, Kind.DEPARTMENT, Kind.TEAM, Kind.ENTERPRISE, Kind.MEMBER, Kind.PROBLEM, Kind.ACTIVITY, Kind.MILESTONE,
    Kind.PRACTICE, Kind.NIL_REPORT,
})  # fmt: skip
"""What a city sees of a county. Its campaign, calendar, publications and figures are the county's own: what they say
is said of the county, and stays in its history."""
WRITABLE = frozenset({Kind.PROBLEM})
"""What a city may write to: a problem that is there."""


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

    def writing(self, record: Record, changes: Mapping[str, Any], *, new: bool) -> Home | None:
        """The county that a command writes for.

        Raises:
            CountyOwn: Only the county itself writes that.
        """
        if not self.homes:
            return None
        if new:
            owners = [getattr(record, name, None) for name in ("team", "enterprise")]
            owners += [each.team for each in getattr(record, "assignments", ())]
            for owner in owners if record.record_kind in ENTERED else ():
                if home := owner and self.of(owner.uid):
                    raise CountyOwn(county=home.name, record=owner.label)
            return None
        home = self.of(record.uid)
        if home and (record.record_kind not in WRITABLE or not LOCAL.isdisjoint(changes)):
            raise CountyOwn(county=home.name, record=record.label)
        return home


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
    "series",
})  # fmt: skip
"""What a problem says in the county's own names and numbers; and its words are the county's to take out."""

_WHOSE = """
SELECT b.county FROM event e JOIN batch b ON b.id = e.batch_id WHERE e.subject = :subject ORDER BY e.id LIMIT 1
"""


def one(held: Home | None, home: Home | None, *, begun: bool) -> Home | None:
    """The county of a command that goes on to another record.

    Raises:
        SeveralCounties: It is about records of two.
    """
    if begun and held != home:
        raise SeveralCounties(counties=sorted(each.name if each else "—" for each in (held, home)))
    return home


def shown(session: Session, home: Home, kind: Kind, found: Folded, subject: str) -> Folded:
    """A county's record as it stands in the city's tables; nothing where it does not stand there."""
    if kind not in SHOWN or (kind is Kind.TERM and _same(session, found, subject)):
        return Folded({}, {})
    values = dict(found.values)
    values |= {name: f"{home.prefix}{values[name]}" for name in CODES.get(kind, ()) if values.get(name)}
    values |= {name: home.called(values[name]) for name in NAMES.get(kind, ()) if values.get(name)}
    if kind is Kind.TEAM and values:
        values["county"] = home.name
        if len(values["code"]) > CODE_LENGTH:
            raise BadTeamCode(code=values["code"])
    if kind is Kind.DEPARTMENT and values.get("name"):
        every = [found.values["name"], *(values.get("aliases") or [])]
        values["aliases"] = sorted(f"{home.prefix}{each}" for each in every)
    elif kind is Kind.ENTERPRISE:
        values |= _firm(session, home, values, subject)
    elif kind is Kind.ACTIVITY:
        values |= _work(session, home, values)
    elif kind is Kind.TERM and values.get("en"):
        values["en"] = f"{home.prefix} {values['en']}"
    elif kind in LISTS and values.get(LISTS[kind][0]):
        name, of = LISTS[kind]
        values[name] = code(session, home, of, values[name])
    return found._replace(values=values)


LISTS = {Kind.PROBLEM: ("category", ListName.CATEGORY), Kind.MILESTONE: ("term", ListName.MILESTONE)}


CODE_LENGTH = 8
"""Of a team's code, with the prefix."""
CODES: Mapping[Kind, Iterable[str]] = {
    Kind.TEAM: ("code",), Kind.TERM: ("code",), Kind.PROBLEM: ("key",), Kind.ACTIVITY: ("key",),
}  # fmt: skip
NAMES: Mapping[Kind, Iterable[str]] = {
    Kind.TEAM: ("name",), Kind.DEPARTMENT: ("name",), Kind.PRACTICE: ("name",), Kind.TERM: ("zh",),
}  # fmt: skip


def _firm(session: Session, home: Home, values: Mapping[str, Any], subject: str) -> dict[str, Any]:
    """A firm is called as the county calls it, unless another here answers to that."""

    def free(name: str) -> str:
        held = names.owner(session.rows, Kind.ENTERPRISE, name)
        mine = session.find(Enterprise, uid=subject)
        if held is None or (mine and held.id == mine.id):
            return name
        return home.called(name)

    if not values.get("name"):
        return {}
    aliases = [free(name) for name in values.get("aliases") or []]
    return {"name": free(values["name"]), "aliases": sorted(aliases)} if aliases else {"name": free(values["name"])}


def _work(session: Session, home: Home, values: Mapping[str, Any]) -> dict[str, Any]:
    """The kind of an activity, and the checks of an inspection, by the codes of their lists here."""
    from fugong.vocab import KINDS, Role

    found: dict[str, Any] = {}
    if values.get("kind") and values.get("role"):
        found["kind"] = code(session, home, KINDS[Role(values["role"])], values["kind"])
    if values.get("results"):
        found["results"] = [
            [code(session, home, ListName.CATEGORY, check), *rest] for check, *rest in values["results"]
        ]
    return found


def code(session: Session, home: Home, of: ListName, told: str) -> str:
    """The code that an entry of a county's list has here: its own, or that of the city's which says the same."""
    own = f"{home.prefix}{told}"
    return own if session.find(Term, list=of, code=own) else told


def _same(session: Session, found: Folded, subject: str) -> bool:
    """Whether the city's own list says the same under that code, so that one entry is enough."""
    if session.find(Term, uid=subject):
        return False
    said = {name: found.values.get(name) for name in ("list", "code", "zh", "en", "grp", "rule")}
    if not said["code"]:
        return True
    own = session.find(Term, list=ListName(str(said["list"])), code=said["code"])
    return own is not None and said == {
        "list": own.list.value, "code": own.code, "zh": own.zh, "en": own.en,
        "grp": own.grp.value if own.grp else None, "rule": own.rule,
    }  # fmt: skip
