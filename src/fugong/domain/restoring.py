"""Setting attributes and remaking records from events: what undo, redo and merges need."""

import json
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from itertools import chain
from typing import Any, cast

from fugong.domain import history
from fugong.domain.derived import adoption, reached, sort_key
from fugong.domain.history import Entry, portable
from fugong.domain.naming import Naming
from fugong.queries import names, same
from fugong.store.records import (
    Activity,
    Adoption,
    Assignment,
    Bounce,
    CalendarDay,
    Department,
    DepartmentAlias,
    Enterprise,
    EnterpriseAlias,
    Figure,
    InspectionResult,
    Member,
    Milestone,
    NilReport,
    Notice,
    Practice,
    Problem,
    Profile,
    Publication,
    Record,
    Row,
    Setting,
    StageChange,
    Team,
    Term,
)
from fugong.store.rows import Many, One, Parts
from fugong.store.session import Session
from fugong.vocab import KINDS, Act, ListName, Role, Stage


class NotThere(LookupError):
    """A record that another names is in no table."""

    def __init__(self, kind: type[Record], **known: str) -> None:
        super().__init__(f"no {kind.shape.table} of {known}")
        self.kind = kind
        self.known = known
        """What it is named by."""


def give_back(session: Session, record: Record, values: Mapping[str, Any], standing: Sequence[Entry]) -> dict[str, Any]:
    """Give attributes the values that events hold, and let what follows from them follow.

    Args:
        session: The transaction.
        record: Whose they are.
        values: Each attribute's value.
        standing: The record's events that stand, oldest first.

    Returns:
        The values as they were, in portable form.
    """
    before = {name: portable(getattr(record, name, None)) for name in values}
    for name, value in values.items():
        assign(session, record, name, value)
    if isinstance(record, Problem):
        record.status_on = _status_on(record, standing)
    if isinstance(record, Enterprise):
        record.stage, record.stage_on = reached(record.stages)
    return before


def made_again(session: Session, kind: type[Record], uid: str, values: Mapping[str, Any]) -> Record:
    """A record that was taken from its table, as its events tell of it; it is not stored yet."""
    record = kind(uid=uid)
    if isinstance(record, Activity):
        record.role = record.shape.value("role", values["role"])  # its kind is one of that role
    give_back(session, record, values, ())
    if isinstance(record, Team):
        record.sort = sort_key(record.code)
    return record


def count_work(session: Session, team: Team) -> None:
    """Let a team that is back go on with the number after the last that its work was given here."""
    added = session.rows(_GIVEN, team=f'%"team":[null,"{team.uid}"]%')
    said, own = (json.loads(changes) for (changes,) in added), history.settings(session)["series"]
    given = [each["number"][1] for each in said if each.get("series", ("", ""))[1] == own]
    team.next_activity = max(given, default=0) + 1


_GIVEN = "SELECT changes FROM event WHERE kind = 'activity' AND act = 'add' AND changes LIKE :team"


def stands_in_the_way(session: Session, record: Record) -> Record | None:
    """Another record that has by now what this one is known by, and what two cannot have."""
    if isinstance(record, Enterprise | Department):
        for name in (record.name, *(alias.name for alias in record.aliases)):
            held = names.owner(session.rows, record.record_kind, name)
            if held and held.id != record.__dict__.get("id"):
                return session.get(type(record), held.id)
    for columns in ONCE.get(type(record), ()):
        equal = dict(zip(columns, record.row(columns), strict=True))
        other = session.find(type(record), **equal)
        if other and other is not record:
            return other
    return None


def known_by(record: Record, name: str) -> bool:
    """Whether an attribute is a part of what a record is known by, so that another may stand in its way."""
    return name in _known_by(type(record).__name__)


@cache
def _known_by(called: str) -> frozenset[str]:
    kind = Row.kinds[called]
    if issubclass(kind, Enterprise | Department):
        return frozenset({"name", "aliases"})
    columns = frozenset(chain.from_iterable(ONCE.get(kind, ())))
    return columns | {one.name for column, one in kind.refers.items() if column in columns}


ONCE: Mapping[type[Record], Sequence[Sequence[str]]] = {
    Term: (("list", "code"), ("list", "zh")),
    Team: (("code",), ("sort",), ("name",)),
    Member: (("team_id", "name"),),
    Problem: (("key",), ("team_id", "series", "number", "tag")),
    Activity: (("key",), ("team_id", "series", "number", "tag")),
    Milestone: (("enterprise_id", "term_id"),),
    Practice: (("name",),),
    Figure: (("key",),),
    Publication: (("name",),),
    Profile: (("name",),),
    NilReport: (("team_id", "on_date"),),
    Notice: (("paper", "year", "number"),),
    CalendarDay: (("day",),),
    Setting: (("name",),),
}
"""By kind of record: columns whose values no two have. Of firms and departments names and aliases are asked for."""


def _status_on(problem: Problem, standing: Sequence[Entry]) -> date:
    """The day of the last act that stands and set the status, but for its being logged, which two copies may have."""
    if problem.closed_on:
        return problem.closed_on
    last = next((event for event in reversed(standing) if event.act is not Act.LOG and event.sets("status")), None)
    return last.on_date if last else problem.found_on


def assign(session: Session, record: Record, name: str, value: Any) -> None:
    """Set an attribute from what an event holds of it."""
    if name == "name" and isinstance(record, Enterprise | Department):
        for each, key in Naming(session).keys(value).items():
            setattr(record, each, key)
        return
    kept = getattr(type(record), name, None)
    if isinstance(kept, Parts | Many):
        _set_list(session, record, name, Row.kinds[kept.kind], value or [])
    elif isinstance(kept, One):
        setattr(record, name, _found(session, record, name, Row.kinds[kept.kind], value))
    else:
        setattr(record, name, record.shape.value(name, value))


def _set_list(session: Session, record: Record, name: str, kind: Any, values: list[Any]) -> None:
    """Set a list of records, or of parts of the record; those that stay are kept as they are.

    The parts of a sequence stand in the store in its order, so that behind one that is made anew all are. Where all
    that is wanted is there it stays in its order: an older event does not know it.
    """
    held = getattr(record, name)
    there: dict[str, deque[int]] = defaultdict(deque)
    for at, each in enumerate(held):
        there[history.canonical(portable(each))].append(at)
    places = [there[said].popleft() if there[said] else None for said in map(history.canonical, values)]
    if None not in places:
        setattr(record, name, [each for at, each in enumerate(held) if at in places])
        return
    made: list[Any] = []
    last, anew = -1, False
    for place, value in zip(places, values, strict=True):
        anew = kind.ordered and (anew or place is None or place < last)
        if place is None or anew:
            made.append(named(session, kind, value) if issubclass(kind, Record) else _PARTS[kind](session, value))
        else:
            made.append(held[place])
            last = place
    setattr(record, name, made)


def _found(session: Session, record: Record, name: str, kind: Any, value: Any) -> Any:
    """The record that an event names."""
    if value is None:
        return None
    if kind is not Term:
        return named(session, kind, value)
    return _term(session, KINDS[record.role] if isinstance(record, Activity) else _LISTS[name], value)


_LISTS = {"category": ListName.CATEGORY, "term": ListName.MILESTONE}


def entries_named(state: Mapping[str, Any]) -> Iterator[tuple[ListName, str]]:
    """The entries of lists, by their lists and their codes, that a record names as events have it."""
    if state.get("role") and state.get("kind"):
        yield KINDS[Role(state["role"])], state["kind"]
    for name, of in _LISTS.items():
        if state.get(name):
            yield of, state[name]
    for code, *_ in state.get("results") or ():
        yield ListName.CATEGORY, code


def _term(session: Session, of: ListName, code: str) -> Term:
    """The entry of a list that events name by its code.

    Raises:
        NotThere: There is none.
    """
    met = session.remembered.get(_MET, {})
    if (of, code) not in met:
        met[of, code] = _there(session, Term, list=of.value, code=code)
    return cast("Term", met[of, code])


def named(session: Session, kind: Any, uid: str) -> Any:
    """The record of a kind that events name by this uid.

    Raises:
        NotThere: There is none.
    """
    met = session.remembered.get(_MET)
    if met is None or kind not in (Team, Enterprise, Department):
        return _there(session, kind, uid=by_now(session).get(uid, uid))
    if (kind, uid) not in met:
        met[kind, uid] = _there(session, kind, uid=by_now(session).get(uid, uid))
    return met[kind, uid]


def _there(session: Session, kind: type[Record], **known: str) -> Record:
    found = session.find(kind, **known)
    if found is None:
        raise NotThere(kind, **known)
    return found


@contextmanager
def remembering(session: Session) -> Iterator[None]:
    """Ask for a record that many others name once, while they are made and none of these goes."""
    session.remembered |= {_NAMES: same.names(session.rows), _MET: {}}
    try:
        yield
    finally:
        del session.remembered[_NAMES], session.remembered[_MET]


def by_now(session: Session) -> dict[str, str]:
    """By every uid that a record does not have any more: the one that it has."""
    known = session.remembered.get(_NAMES)
    return same.names(session.rows) if known is None else known


_NAMES, _MET = "names of records", "records that are named"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _assignment(session: Session, value: list[str]) -> Assignment:
    uid, start, end = value
    team = named(session, Team, uid)
    return Assignment(team=team, from_on=_day(start), to_on=_day(end))


def _bounce(session: Session, value: list[str]) -> Bounce:
    department = named(session, Department, value[0])
    return Bounce(department=department, on_date=date.fromisoformat(value[1]))


def _result(session: Session, value: list[Any]) -> InspectionResult:
    code, passed, text, uid = value
    check = _term(session, ListName.CATEGORY, code)
    problem = named(session, Problem, uid) if uid else None
    return InspectionResult(term=check, passed=passed, text=text, problem=problem)


def _adopter(session: Session, uid: str) -> Adoption:
    team = session.find(Team, uid=by_now(session).get(uid, uid))
    return adoption(team or named(session, Enterprise, uid))


def _stage(_: Session, value: list[Any]) -> StageChange:
    on, stage, approximate, why = value
    return StageChange(stage=Stage(stage), on_date=_day(on), approximate=approximate, why=why)


_PARTS: dict[Any, Any] = {
    EnterpriseAlias: lambda session, name: EnterpriseAlias(**Naming(session).keys(name)),
    DepartmentAlias: lambda session, name: DepartmentAlias(**Naming(session).keys(name)),
    Assignment: _assignment,
    Adoption: _adopter,
    Bounce: _bounce,
    InspectionResult: _result,
    StageChange: _stage,
}
"""How a part of a record is made anew from what events hold of it."""
