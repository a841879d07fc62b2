"""What copies did to records that belong together, none of them knowing of the other (history.md §6).

A problem that was voided as a duplicate while its original was voided elsewhere counts as in hand, for else neither
would count; and one that was logged for an enterprise while that was retired elsewhere is named. Whoever voids or
retires and knows of the other has decided, so that nothing is in conflict.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from fugong.domain import history
from fugong.domain.merging import folding, status
from fugong.domain.merging.commands import Commands
from fugong.domain.merging.order import ROWS, Lineage, said
from fugong.domain.restoring import give_back
from fugong.queries import same
from fugong.store.records import Conflict, Problem
from fugong.store.session import Session
from fugong.vocab import IN_HAND, Kind, Status

DUPLICATE, RETIRED = "duplicate", "retired"
"""As what they are in conflict."""
ATTRIBUTES = frozenset({DUPLICATE, RETIRED})

_HELD = f"SELECT DISTINCT subject FROM conflict WHERE attribute IN ('{DUPLICATE}', '{RETIRED}')"
_BOTH_VOID = """
SELECT p.uid, o.uid FROM problem p JOIN problem o ON o.id = p.duplicate_of_id
WHERE p.status = 'void' AND (o.status = 'void' OR o.uid IN (SELECT subject FROM conflict WHERE attribute = 'duplicate'))
"""
_RETIRED = f"""
SELECT p.uid, f.uid FROM problem p JOIN enterprise f ON f.id = p.enterprise_id
WHERE p.status <> 'void' AND f.retired_on IS NOT NULL AND (p.{IN_HAND} OR p.found_on >= f.retired_on) ORDER BY p.uid
"""


def held(session: Session) -> dict[str, Kind]:
    """The problems that are in conflict with another record."""
    return {str(subject): Kind.PROBLEM for (subject,) in session.rows(_HELD)}


def apart(session: Session) -> None:
    """Let what is in conflict between records be in conflict; the records are what their own events come to."""
    for uid, sides in duplicates(session).items():
        problem = session.one(Problem, "t.uid = :uid", uid=uid)
        events = history.of(session, uid)
        values = dict.fromkeys(status.TOGETHER) | {"status": Status.DOING.value}
        give_back(session, problem, values, history.effective(events))
        session.save(problem)
        _keep(session, uid, DUPLICATE, sides)
    for uid, sides in retired(session).items():
        _keep(session, uid, RETIRED, sides)


def found(session: Session) -> dict[str, dict[str, list[folding.Side]]]:
    """By problem and attribute: the sides of all that is in conflict between records."""
    told = {uid: {DUPLICATE: sides} for uid, sides in duplicates(session).items()}
    for uid, sides in retired(session).items():
        told.setdefault(uid, {})[RETIRED] = sides
    return told


def shown(session: Session, record: Problem, state: Mapping[str, Any]) -> dict[str, Any]:
    """What a problem's events come to, as it counts."""
    if state.get("status") != Status.VOID.value or record.uid not in duplicates(session):
        return dict(state)
    left = {name: value for name, value in state.items() if name not in status.TOGETHER}
    return {**left, "status": Status.DOING.value}


class _Histories:
    """The histories of problems and enterprises, each read once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.commands = Commands(session)
        self._names = same.names(session.rows)
        self._read: dict[str, Lineage] = {}

    def of(self, uid: str) -> Lineage:
        if uid not in self._read:
            rows = self.session.rows(ROWS, subject=uid)
            self._read[uid] = Lineage(said(row, self._names) for row in rows)
        return self._read[uid]

    def heads(self, uid: str, names: Sequence[str]) -> list[int]:
        """The places of the acts that say one of these attributes and that none of the others knew."""
        events = self.of(uid).events
        return self.of(uid).heads([at for at, event in enumerate(events) if not event.changes.keys().isdisjoint(names)])

    def knew(self, one: str, other: str, names: Sequence[str], others: Sequence[str]) -> bool:
        """Whether somebody who said these attributes of one record knew all that was said of those of another."""
        theirs = [self._command(other, place) for place in self.heads(other, others)]
        mine = [self._command(one, place) for place in self.heads(one, names)]
        return any(all(self.commands.knew(each, their) for their in theirs) for each in mine)

    def _command(self, uid: str, place: int) -> int:
        (key,) = next(self.session.rows(_COMMAND, hash=self.of(uid).events[place].hash))
        return int(key)


_COMMAND = "SELECT batch_id FROM event WHERE hash = :hash"


def duplicates(session: Session) -> dict[str, list[folding.Side]]:
    """The problems that are void as duplicates of what is void itself, where nobody who voided one knew the other."""
    told = _Histories(session)
    pairs = {str(uid): str(original) for uid, original in session.rows(_BOTH_VOID)}
    for (uid,) in list(session.rows(f"SELECT subject FROM conflict WHERE attribute = '{DUPLICATE}'")):
        value = folding.folded(Kind.PROBLEM, told.of(uid)).values
        if value.get("status") == Status.VOID.value and value.get("duplicate_of"):
            pairs[uid] = value["duplicate_of"]
        else:
            pairs.pop(uid, None)
    void = {uid for uid in pairs.values() if _is_void(session, told, uid)}
    pairs = {uid: original for uid, original in pairs.items() if original in void}
    return {uid: _voided(told, uid, pairs[uid]) for uid in sorted(pairs) if _doubtful(told, pairs, uid)}


def _is_void(session: Session, told: _Histories, uid: str) -> bool:
    row = next(session.rows("SELECT status FROM problem WHERE uid = :uid", uid=uid))
    return row[0] == Status.VOID.value or (
        folding.folded(Kind.PROBLEM, told.of(uid)).values.get("status") == Status.VOID.value
    )


def _doubtful(told: _Histories, pairs: Mapping[str, str], uid: str) -> bool:
    """Whether a void duplicate counts, since nobody decided that neither should."""
    if uid not in pairs or _decided(told, uid, pairs[uid]):
        return False
    if _leads_back(pairs, uid):
        return True
    return not _doubtful(told, pairs, pairs[uid]) and not _decided(told, pairs[uid], uid)


def _decided(told: _Histories, uid: str, other: str) -> bool:
    return told.knew(uid, other, status.TOGETHER, status.TOGETHER)


def _leads_back(pairs: Mapping[str, str], uid: str) -> bool:
    """Whether a problem is, by way of others, a duplicate of itself."""
    seen, each = set[str](), pairs.get(uid)
    while each is not None and each not in seen:
        seen.add(each)
        each = pairs.get(each)
    return uid in seen


def _voided(told: _Histories, uid: str, original: str) -> list[folding.Side]:
    def sides(of: str) -> list[folding.Side]:
        lineage, value = told.of(of), folding.folded(Kind.PROBLEM, told.of(of)).values
        said = {name: value.get(name) for name in status.TOGETHER}
        return [(lineage.events[place].hash, said) for place in told.heads(of, status.TOGETHER)]

    return sorted([*sides(uid), *sides(original)], key=lambda side: side[0])


def retired(session: Session) -> dict[str, list[folding.Side]]:
    """The problems that were logged for an enterprise by somebody who did not know that it was retired elsewhere."""
    told, firm, retiring = _Histories(session), ("enterprise",), ("retired_on",)
    conflicts = dict[str, list[folding.Side]]()
    for uid, enterprise in list(session.rows(_RETIRED)):
        if told.knew(uid, enterprise, firm, retiring) or told.knew(enterprise, uid, retiring, firm):
            continue
        conflicts[uid] = sorted(
            [_side(told, uid, place, "found_on") for place in told.heads(uid, firm)]
            + [_side(told, enterprise, place, "retired_on") for place in told.heads(enterprise, retiring)]
        )
    return conflicts


def _side(told: _Histories, uid: str, place: int, name: str) -> folding.Side:
    """An act that somebody who did not know the other did, with the day that it is about."""
    kind = Kind.PROBLEM if name == "found_on" else Kind.ENTERPRISE
    return told.of(uid).events[place].hash, {name: folding.folded(kind, told.of(uid)).values.get(name)}


def _keep(session: Session, uid: str, attribute: str, sides: Sequence[folding.Side]) -> None:
    row = session.find(Conflict, subject=uid, attribute=attribute)
    row = row or Conflict(kind=Kind.PROBLEM, subject=uid, attribute=attribute)
    row.sides = history.canonical([list(side) for side in sides])
    session.save(row)
