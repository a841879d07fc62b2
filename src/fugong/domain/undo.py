"""Taking back the last command of somebody whole (撤销), by events that compensate its own, and doing it again (重做).

Each compensating event bears the business date of the one it takes back, so that the ledger as of any day is
as if that one had not been. A problem that is taken back is void, for its number stays its own, and so is the team
that its number begins with out of service; any other record that was added is gone from its table, and its events tell
of it. What is done again is the act itself once more, on its own day: it counts, and is taken back, like any other.
Each names the event that it cancels.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from fugong.config import zone_of
from fugong.domain import copies, history, problems, settings
from fugong.domain.history import Changes, portable
from fugong.domain.lasting import LASTING
from fugong.domain.naming import Naming
from fugong.domain.restoring import count_work, give_back, known_by, made_again, named, stands_in_the_way
from fugong.domain.together import Together
from fugong.domain.writer import Writer
from fugong.errors.merging import InConflict
from fugong.errors.rules import BuiltUpon, CannotRedo, CannotUndo, NothingToRedo, NothingToUndo
from fugong.store.records import (
    RECORDS,
    Activity,
    Batch,
    Department,
    Enterprise,
    Event,
    Member,
    Problem,
    Record,
    Row,
    Setting,
    Team,
    Term,
)
from fugong.store.rows import Many, Parts
from fugong.store.session import Session
from fugong.vocab import Act, Kind, Role, Status, Words


class Taken(NamedTuple):
    """One act that was taken back, or done again."""

    label: str
    """What people call the record."""
    act: Act
    on: date
    kind: Kind


def undo(writer: Writer) -> tuple[Batch, list[Taken]]:
    """Take back the last command of the writer's actor that still stands.

    Returns:
        The command, and what it had done, the last act first.

    Raises:
        NothingToUndo: There is none.
        CannotUndo: It was a load, or another command that lasts.
        BuiltUpon: Somebody has written since on what it wrote.
    """
    batch = _last(writer)
    if (lasting := LASTING.get(batch.verb)) is not None:
        at = _minute(writer.session, batch)
        raise CannotUndo(verb=lasting.typed, at=at, why=lasting.why, cure=lasting.cure)
    writer.taking_back(batch)
    return batch, _cancel(writer, batch, batch)


def _cancel(writer: Writer, batch: Batch, cancelled: Batch) -> list[Taken]:
    """Cancel each event of a command, the last first.

    Args:
        writer: The writer.
        batch: The command that is taken back, or done again.
        cancelled: It, or the one that took it back.
    """
    referred, together = _Referred(writer.session, cancelled), Together(writer, cancelled)
    taken = []
    for event in together.events():
        if event.act is Act.UNDO:
            together.forget(event.subject)
            taken.append(_do_again(writer, batch, event))
        else:
            taken.append(_take_back(writer, batch, event, referred, together))
    # What names are compared by rests on the places of the campaign; what numbers teams gave, on who bears them.
    if together.followed:
        Naming(writer.session).renew()
    if together.moved:
        problems.count_numbers(writer)
    return taken


def _last(writer: Writer) -> Batch:
    """The last command of the actor that neither was taken back nor took another back."""
    batch = _latest(writer, "NOT ")
    if batch is None:
        raise NothingToUndo(actor=writer.actor)
    return batch


def _latest(writer: Writer, which: str) -> Batch | None:
    found = writer.session.all(Batch, _STANDING.format(copies.entered_here(writer.session), which), actor=writer.actor)
    return next(iter(found), None)


_STANDING = """
t.actor = :actor AND NOT EXISTS (SELECT 1 FROM batch u WHERE u.undoes_id = t.id)
AND (t.replica IN (SELECT c.replica FROM county c) OR (t.county IS NULL AND ({})))
AND {}(t.undoes_id IS NOT NULL AND t.verb = 'undo')
AND t.verb <> 'redact' ORDER BY t.id DESC LIMIT 1
"""
"""The last command of an actor that was not taken back and can be; of those that took another back, or the others.

It was entered here: in this replica, or in one that the store was before (an upgrade, a restore, an import), unless it
was handed out. What the same person entered elsewhere is taken back there, though it came here before a restore.
"""


def _take_back(writer: Writer, batch: Batch, event: Event, referred: "_Referred", together: Together) -> Taken:
    record = together.problem(event) or named(writer.session, _kind(event), event.subject)
    if together.contested(record.uid):
        raise InConflict(id=getattr(record, "ident", record.label))
    standing, gone = history.told_apart(together.history(event.subject))
    if _first(gone, standing[-1]) != _first(gone, event):
        raise _built(writer, batch, event, record, _since(writer.session, record, standing[-1]))
    event = standing[-1]  # it, or what did it again
    taken = Taken(record.label, event.act, event.on_date, record.record_kind)
    if event.act in (Act.LOG, Act.ADD):
        stays = False
        if record in referred:
            together.settle()
        for other in _references(writer.session, record) if record in referred else ():
            stays = isinstance(record, Team) and isinstance(other, Problem) and problems.undone(writer, other)
            if not stays:
                raise _built(writer, batch, event, record, _refers(other, record))
        changes = _remove(writer, event, record, referred, together, stays=stays)
    else:
        renamed = any(known_by(record, name) for name in event.said)
        if renamed:
            together.settle()
        was = {name: old for name, (old, _) in _said(event)}
        if _met(together.history(event.subject)):
            from fugong.domain.merging.without import values_without

            was |= values_without(writer.session, record, event.hash)
        before = give_back(writer.session, record, was, standing[:-1])
        if renamed and (taker := stands_in_the_way(writer.session, record)):
            raise _built(writer, batch, event, record, _instead(taker))
        _must_fit(writer.session, record)
        together.save(record)
        changes = _changed(record, before, together.history(event.subject))
        referred.again(event)
    together.take_back(record, event, changes)
    return taken


# A record that the command had added


def _remove(
    writer: Writer, event: Event, record: Record, referred: "_Referred", together: Together, *, stays: bool
) -> Changes:
    """Take a record from the ledger; what that changes of it."""
    if isinstance(record, Problem):
        values: dict[str, Any] = {"status": Status.VOID, **_let_go(record, referred)}
        changes: Changes = {name: [portable(getattr(record, name)), portable(new)] for name, new in values.items()}
        for name, new in values.items():
            setattr(record, name, new)
        together.save(record)
    elif isinstance(record, Team) and stays:
        record.retired_on = event.on_date
        changes = {"retired_on": [None, portable(event.on_date)]}
        writer.session.save(record)
    else:
        changes = {name: [value, None] for name, value in history.state(record).items()}
        writer.session.delete(record)
    return changes


def _let_go(problem: Problem, referred: "_Referred") -> dict[str, Any]:
    """What a problem that is taken back no longer names, for the same command had made it and it goes as well."""
    values: dict[str, Any] = {
        name: None for name in ("enterprise", "category", "department") if referred.made(getattr(problem, name))
    }
    if any(map(referred.made, problem.assist)):
        values["assist"] = [each for each in problem.assist if not referred.made(each)]
    return values


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

    def made(self, record: Record | None) -> bool:
        """Whether the command added a record."""
        return record is not None and record.uid in self._added

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


# Doing again


def redo(writer: Writer) -> tuple[Batch, list[Taken]]:
    """Do again what the last ``undo`` of the writer's actor took back.

    Returns:
        The command that was taken back, and what it did, the first act first.

    Raises:
        NothingToRedo: Nothing stands taken back.
        CannotRedo: Its records were written since, or what it needs is gone.
    """
    session = writer.session
    undoing = _latest(writer, "")
    if undoing is None:
        raise NothingToRedo(actor=writer.actor)
    batch = session.get(Batch, undoing.undoes_id)
    for (subject,) in list(session.rows(_WRITTEN_SINCE, undoing=undoing.id)):
        told = history.of(session, subject)
        then = next(at for at, event in enumerate(reversed(told)) if event.batch_id == undoing.id)
        if _acts(told) != _acts(told[: len(told) - then]):
            raise _refused(writer, batch, _since(session, named(session, _kind(told[-1]), subject), told[-1]))
    writer.taking_back(undoing)
    return batch, _cancel(writer, batch, undoing)


_WRITTEN_SINCE = """
SELECT DISTINCT e.subject FROM event e WHERE e.batch_id > :undoing
AND e.subject IN (SELECT u.subject FROM event u WHERE u.batch_id = :undoing)
"""


def _acts(told: Sequence[Event]) -> list[str]:
    """The acts on a record that stand, each by the event of its first entry: what was done again is the same act."""
    gone = history.cancelled(told)
    return sorted(_first(gone, event) for event in history.effective(told))


def _first(gone: Mapping[str, Event], event: Event) -> str:
    """The event by which an act was first entered; ``gone`` is what each undoing of the record cancelled."""
    return _first(gone, gone[event.undoes]) if event.undoes else event.hash


def _do_again(writer: Writer, batch: Batch, undoing: Event) -> Taken:
    told = history.of(writer.session, undoing.subject)
    event = history.cancelled(told)[undoing.hash]
    said = {name: was for name, (was, _) in _said(undoing)}
    try:
        if event.act is Act.ADD and not _there(writer.session, event):
            record = made_again(writer.session, _kind(event), event.subject, said)
            if isinstance(record, Team):
                count_work(writer.session, record)
            before = dict.fromkeys(said)
        else:
            record = named(writer.session, _kind(event), event.subject)
            before = give_back(writer.session, record, said, [*history.effective(told), event])
    except LookupError:
        gone = Words("它用到的记录已经不在了", "what it refers to is gone")
        raise _refused(writer, batch, gone) from None
    if event.kind is Kind.PUBLICATION:
        again = Words("公布要重新做：fugong publish", "what is published is counted anew: fugong publish")
        raise _refused(writer, batch, again)
    if other := stands_in_the_way(writer.session, record):
        raise _refused(writer, batch, _instead(other))
    _must_fit(writer.session, record)
    writer.session.save(record)
    changes = _changed(record, before, told)
    writer.tell(
        record, event.act, changes, on=event.on_date, text=event.text, approximate=event.approximate,
        undoes=undoing.hash,
    )  # fmt: skip
    return Taken(record.label, event.act, event.on_date, record.record_kind)


def _must_fit(session: Session, record: Record) -> None:
    """Refuse a setting that the ledger contradicts by now, as ``store set`` does; it is not stored yet."""
    if isinstance(record, Setting):
        settings.may_become(session, record, record.value)


def _there(session: Session, event: Event) -> bool:
    """Whether a record stayed in its table though its adding was taken back."""
    return session.find(_kind(event), uid=event.subject) is not None


def _kind(event: Event) -> type[Record]:
    return next(each for each in RECORDS if each.record_kind is event.kind)


def _said(event: Event) -> Iterator[tuple[str, list[Any]]]:
    """What an event changed: each attribute with its value before and after."""
    yield from event.said.items()


def _met(told: Sequence[Event]) -> bool:
    """Whether a record has a history that several stores wrote."""
    return any(event.place is not None for event in told)


def _changed(record: Record, before: Mapping[str, Any], told: Sequence[Event]) -> Changes:
    """What cancelling an act changed; where several stores wrote, what stayed is a word that nobody said."""
    changes = {name: [was, portable(getattr(record, name))] for name, was in before.items()}
    return {name: [was, now] for name, (was, now) in changes.items() if was != now} if _met(told) else changes


# What stands in the way, in words


def _minute(session: Session, batch: Batch) -> str:
    """When a command was run, in the store's time zone."""
    zone = zone_of(history.settings(session)["timezone"])
    return f"{datetime.fromisoformat(batch.recorded_at).astimezone(zone):%Y-%m-%d %H:%M}"


def _built(writer: Writer, batch: Batch, event: Event, record: Record, built: Words) -> BuiltUpon:
    at = _minute(writer.session, batch)
    return BuiltUpon(verb=batch.verb, at=at, built=built, cure=_possible(event, record))


def _refused(writer: Writer, batch: Batch, reason: Words) -> CannotRedo:
    return CannotRedo(verb=batch.verb, at=_minute(writer.session, batch), reason=reason)


def _possible(event: Event, record: Record) -> Words:
    """What can be done instead of taking an act back that others have built on."""
    if isinstance(record, Problem):
        return _of_problems(event.act, record.ident)
    kind = record.record_kind
    noun = _ROLES[record.role] if isinstance(record, Activity) else kind.value
    if isinstance(record, _RETIRING) and event.act is Act.ADD:
        return Words(f"fugong {noun} retire（停用），或 fugong {noun} edit（更正）", f"fugong {noun} retire or edit")
    if event.sets("retired_on"):
        verb = "restore" if getattr(record, "retired_on", None) else "retire"
        return Words(f"fugong {noun} {verb}", f"fugong {noun} {verb}")
    for attribute, verb in (("stages", "stage"), ("assignments", "assign"), ("adoptions", "adopt")):
        if event.sets(attribute) and event.act is not Act.ADD:
            return Words(f"fugong {noun} {verb} 再记一次", f"fugong {noun} {verb} once more")
    if kind is Kind.CALENDAR_DAY:
        return Words(f"fugong calendar set {record.label} 更正", f"fugong calendar set {record.label}")
    if kind is Kind.SETTING:
        return Words(f"fugong store set {record.label}", f"fugong store set {record.label}")
    if kind is Kind.PROFILE:
        return Words("fugong import --profile 再记一次", "fugong import --profile, once more")
    if kind in (Kind.PUBLICATION, Kind.NIL_REPORT):
        return Words("fugong publish --name 另公布一次", "fugong publish --name, once more")
    return Words(f"fugong {noun} edit 更正", f"fugong {noun} edit")


def _of_problems(act: Act, ident: str) -> Words:
    """What can be done about an act on a problem."""
    match act:
        case Act.LOG:
            void = f"fugong void {ident} --why"
            return Words(f"{void} 原因（作废），或 fugong edit（更正）", f"{void} REASON, or fugong edit")
        case Act.CLOSE | Act.VOID:
            return Words(
                f"fugong reopen {ident} --why 原因（重开），或 fugong edit（更正）",
                f"fugong reopen {ident} --why REASON, or fugong edit",
            )
        case Act.REOPEN | Act.VERIFY:
            return Words(f"fugong close {ident} --how 措施（再销号）", f"fugong close {ident} --how MEASURE")
        case Act.ASSIGN | Act.BOUNCE:
            return Words(f"fugong assign {ident} 单位（再交办）", f"fugong assign {ident} DEPARTMENT")
        case Act.EXTEND:
            return Words(f"fugong edit {ident} --due 时限（更正）", f"fugong edit {ident} --due DEADLINE")
        case Act.NOTE | Act.CHASE:
            return Words(f"fugong note {ident} 说明（再记一条）", f"fugong note {ident} TEXT")
        case _:
            return Words(f"fugong edit {ident} 更正", f"fugong edit {ident}")


_RETIRING = (Term, Team, Member, Enterprise, Department)
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


def _instead(other: Record) -> Words:
    kind = other.record_kind
    return Words(f"{kind.zh}「{other.label}」已占用它的名称", f"the {kind.en} “{other.label}” has its name by now")
