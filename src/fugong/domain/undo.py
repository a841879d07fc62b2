"""Taking back the last command of somebody whole (撤销), by events that compensate its own.

Each compensating event bears the business date of the one it takes back, so that the ledger as of any day is
as if that one had not been. A problem that is taken back is void, for its number stays its own; any other
record that was added is gone from its table, and its events tell of it.
"""

import json
import re
from collections import defaultdict, deque
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from fugong.config import zone_of
from fugong.domain import history
from fugong.domain.activities import adoption
from fugong.domain.history import Changes, Writer, portable
from fugong.domain.roster import Naming, reached
from fugong.errors.rules import BuiltUpon, CannotUndo, NothingToUndo
from fugong.store import chain
from fugong.store.records import (
    RECORDS,
    Activity,
    Adoption,
    Assignment,
    Batch,
    Bounce,
    Department,
    DepartmentAlias,
    Enterprise,
    EnterpriseAlias,
    Event,
    InspectionResult,
    Member,
    Problem,
    Record,
    Row,
    StageChange,
    Team,
    Term,
)
from fugong.store.rows import Many, One, Parts
from fugong.store.session import Session
from fugong.vocab import KINDS, Act, Kind, ListName, Role, Stage, Status, Words

LASTING = ("load", "init", chain.BEGIN)
"""Commands that are not taken back: what they brought comes from a file, which would bring it again."""


class Taken(NamedTuple):
    """One act that was taken back."""

    label: str
    """What people call the record."""
    act: Act
    on: date


def undo(writer: Writer) -> tuple[Batch, list[Taken]]:
    """Take back the last command of the writer's actor that still stands.

    Returns:
        The command, and what it had done, the last act first.

    Raises:
        NothingToUndo: There is none.
        CannotUndo: It was a load.
        BuiltUpon: Somebody has written since on what it wrote.
    """
    batch = _last(writer)
    if batch.verb in LASTING:
        raise CannotUndo(verb=batch.verb, at=_minute(writer.session, batch))
    writer.taking_back(batch)
    events = writer.session.all(Event, "t.batch_id = :batch ORDER BY t.id DESC", batch=batch.id)
    referred = _Referred(writer.session, batch)
    taken = [_take_back(writer, batch, event, referred) for event in events]
    if any(event.kind is Kind.CAMPAIGN for event in events):
        Naming(writer.session).renew()  # what names are compared by rests on its places
    return batch, taken


def _last(writer: Writer) -> Batch:
    """The last command of the actor that neither was taken back nor took another back."""
    standing = (
        "t.actor = :actor AND t.undoes_id IS NULL AND NOT EXISTS (SELECT 1 FROM batch u WHERE u.undoes_id = t.id) "
        "ORDER BY t.id DESC LIMIT 1"
    )
    batch = next(iter(writer.session.all(Batch, standing, actor=writer.actor)), None)
    if batch is None:
        raise NothingToUndo(actor=writer.actor)
    return batch


def _take_back(writer: Writer, batch: Batch, event: Event, referred: "_Referred") -> Taken:
    kind = next(each for each in RECORDS if each.record_kind is event.kind)
    record = _record(writer.session, kind, event.subject)
    standing = history.effective(history.of(writer.session, event.subject))
    if standing[-1] is not event:
        raise _built(writer, batch, event, record, _since(writer.session, record, standing[-1]))
    taken = Taken(record.label, event.act, event.on_date)
    if event.act in (Act.LOG, Act.ADD):
        if record in referred:
            for other in _references(writer.session, record):
                raise _built(writer, batch, event, record, _refers(other, record))
        _remove(writer, event, record)
    else:
        _restore(writer, event, record, standing[:-1])
        referred.again(event)
    return taken


# A record that the command had added


def _remove(writer: Writer, event: Event, record: Record) -> None:
    if isinstance(record, Problem):
        changes: Changes = {"status": [record.status.value, Status.VOID.value]}
        record.status = Status.VOID
        writer.session.save(record)
    else:
        changes = {name: [value, None] for name, value in history.state(record).items()}
        writer.session.delete(record)
    writer.tell(record, Act.UNDO, changes, on=event.on_date, approximate=event.approximate)


class _Referred:
    """Those of the records that a command added to which others may refer: asked once for all of them.

    Of each by itself the tables that have no index for it would be read to their ends, as often as there are records.
    """

    def __init__(self, session: Session, batch: Batch) -> None:
        added = "SELECT subject FROM event WHERE batch_id = :batch AND act IN ('add', 'log')"
        self._added = {uid for (uid,) in session.rows(added, batch=batch.id)}
        self._uids: set[str] = set()
        for kind in RECORDS:
            table, keys = kind.shape.table, f"SELECT id FROM {kind.shape.table} WHERE uid IN ({added})"
            for other, column in _referring(kind):
                named = f"SELECT {column} FROM {other} WHERE {column} IN ({keys})"
                sql = f"SELECT uid FROM {table} WHERE id IN ({named})"
                self._uids.update(uid for (uid,) in session.rows(sql, batch=batch.id))

    def __contains__(self, record: Record) -> bool:
        return record.uid in self._uids

    def again(self, event: Event) -> None:
        """What an event had taken away refers again to what it names."""
        self._uids.update(uid for uid in _UID.findall(event.changes) if uid in self._added)


_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _referring(kind: type[Record]) -> Iterator[tuple[str, str]]:
    """The columns by which other rows refer to records of a kind: table, column."""
    for other in Row.kinds.values():
        yield from ((other.shape.table, column) for column, one in other.refers.items() if one.kind == kind.__name__)
    for owner in RECORDS:
        for many in owner.owns:
            if isinstance(many, Many) and many.kind == kind.__name__:
                yield many.table, many.other


def _references(session: Session, record: Record) -> Iterator[Record]:
    """The other records that refer to one."""
    kind = type(record).__name__
    for other in Row.kinds.values():
        owner = _OWNERS.get(other.__name__)
        for column, one in other.refers.items():
            if one.kind == kind:
                for row in session.among(other, column, [record.id]):
                    yield _whole(session, row, owner)
    for other in RECORDS:
        for many in other.owns:
            if isinstance(many, Many) and many.kind == kind:
                linked = f"t.id IN (SELECT {many.column} FROM {many.table} WHERE {many.other} = :record) ORDER BY t.id"
                yield from session.all(other, linked, record=record.id)


_OWNERS = {parts.kind: (kind, parts.column) for kind in RECORDS for parts in kind.owns if isinstance(parts, Parts)}
"""By kind of part: the kind of record that has it, and the column that says which."""


def _whole(session: Session, row: Any, owner: "tuple[type[Record], str] | None") -> Record:
    """The record that a row is, or is a part of."""
    return session.get(owner[0], getattr(row, owner[1])) if owner else row


# A record that the command had changed


def _restore(writer: Writer, event: Event, record: Record, standing: list[Event]) -> None:
    """Give the attributes that an event changed their values of before."""
    changes: Changes = {}
    for name, (old, _) in json.loads(event.changes).items():
        now = portable(getattr(record, name))
        _set(writer.session, record, name, old)
        changes[name] = [now, portable(getattr(record, name))]
    if isinstance(record, Problem):
        record.status_on = _status_on(record, standing)
    if isinstance(record, Enterprise):
        record.stage, record.stage_on = reached(record.stages)
    writer.session.save(record)
    writer.tell(record, Act.UNDO, changes, on=event.on_date, approximate=event.approximate)


def _status_on(problem: Problem, standing: list[Event]) -> date:
    """The day of the last act that stands and set the status."""
    if problem.closed_on:
        return problem.closed_on
    last = next((event for event in reversed(standing) if event.sets("status")), None)
    return problem.found_on if last is None or last.act is Act.LOG else last.on_date


def _set(session: Session, record: Record, name: str, value: Any) -> None:
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
            made.append(_record(session, kind, value) if issubclass(kind, Record) else _PARTS[kind](session, value))
        else:
            made.append(held[place])
            last = place
    setattr(record, name, made)


def _found(session: Session, record: Record, name: str, kind: Any, value: Any) -> Any:
    """The record that an event names."""
    if value is None:
        return None
    if kind is not Term:
        return _record(session, kind, value)
    lists = {"category": ListName.CATEGORY, "term": ListName.MILESTONE}
    of = KINDS[record.role] if isinstance(record, Activity) else lists[name]
    return session.one(Term, "t.list = :list AND t.code = :code", list=of, code=value)


def _record(session: Session, kind: Any, uid: str) -> Any:
    return session.one(kind, "t.uid = :uid", uid=uid)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _assignment(session: Session, value: list[str]) -> Assignment:
    uid, start, end = value
    team = _record(session, Team, uid)
    return Assignment(team=team, from_on=_day(start), to_on=_day(end))


def _bounce(session: Session, value: list[str]) -> Bounce:
    department = _record(session, Department, value[0])
    return Bounce(department=department, on_date=date.fromisoformat(value[1]))


def _result(session: Session, value: list[Any]) -> InspectionResult:
    code, passed, text, uid = value
    check = session.one(Term, "t.list = :list AND t.code = :code", list=ListName.CATEGORY, code=code)
    problem = _record(session, Problem, uid) if uid else None
    return InspectionResult(term=check, passed=passed, text=text, problem=problem)


def _adopter(session: Session, uid: str) -> Adoption:
    team = session.find(Team, uid=uid)
    return adoption(team or _record(session, Enterprise, uid))


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


# What stands in the way, in words


def _minute(session: Session, batch: Batch) -> str:
    """When a command was run, in the store's time zone."""
    zone = zone_of(history.settings(session)["timezone"])
    return f"{datetime.fromisoformat(batch.recorded_at).astimezone(zone):%Y-%m-%d %H:%M}"


def _built(writer: Writer, batch: Batch, event: Event, record: Record, built: Words) -> BuiltUpon:
    at = _minute(writer.session, batch)
    return BuiltUpon(verb=batch.verb, at=at, built=built, cure=_possible(event, record))


def _possible(event: Event, record: Record) -> Words:
    """What can be done instead of taking an act back that others have built on."""
    if isinstance(record, Problem) and event.act is Act.LOG:
        void = f"fugong void {record.ident} --why"
        return Words(f"{void} 原因（作废），或 fugong edit（更正）", f"{void} REASON, or fugong edit")
    if isinstance(record, Problem):
        return Words("fugong edit 或 fugong reopen 更正", "fugong edit or fugong reopen")
    noun = _ROLES[record.role] if isinstance(record, Activity) else record.record_kind.value
    if isinstance(record, _RETIRING) and event.act is Act.ADD:
        return Words(f"fugong {noun} retire（停用），或 fugong {noun} edit（更正）", f"fugong {noun} retire or edit")
    if isinstance(record, _RETIRING) or record.record_kind in _EDITED:
        return Words(f"fugong {noun} edit 更正", f"fugong {noun} edit")
    return Words("新的一次操作更正", "another command that corrects it")


_RETIRING = (Team, Member, Enterprise, Department)
_EDITED = (Kind.ACTIVITY, Kind.MILESTONE, Kind.PRACTICE, Kind.FIGURE)
_ROLES = {Role.PUBLICITY: "outreach", Role.SUPERVISION: "inspection", Role.SERVICE: "support"}


def _since(session: Session, record: Record, event: Event) -> Words:
    by = session.get(Batch, event.batch_id).actor
    return Words(
        f" {by} 于 {event.on_date} {event.act.zh}了「{record.label}」",
        f"“{record.label}” was {event.act.en} by {by} on {event.on_date}",
    )


def _refers(other: Record, record: Record) -> Words:
    kind = other.record_kind
    return Words(
        f"{kind.zh}「{other.label}」用到了「{record.label}」",
        f"the {kind.en} “{other.label}” refers to “{record.label}”",
    )
