"""How a county's record is shown in a city's store beside those of other counties (docs/city.md).

A county's history comes in as it is. What two counties call alike is told apart here alone: codes by the prefix that
the city gave the county, names by the county's own. No event knows of it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from fugong.domain.counties import SHOWN, Home
from fugong.domain.merging.folding import Folded
from fugong.errors.entries import BadTeamCode
from fugong.queries import names
from fugong.store.records import Enterprise, Term
from fugong.store.session import Session
from fugong.vocab import KINDS, Kind, ListName, Role


def shown(session: Session, home: Home, kind: Kind, found: Folded, subject: str) -> Folded:
    """A county's record as it stands in the city's tables; nothing where it does not stand there.

    Raises:
        BadTeamCode: With the county's letters before it, a team's code is too long.
    """
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
    Kind.ENTERPRISE: ("township",),
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
