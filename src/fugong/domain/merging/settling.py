"""Settling what is in conflict: an act that knows all sides, dated like the newest of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from fugong.domain import history, settings
from fugong.domain.history import Changes, portable
from fugong.domain.merging import between, folding, renewing, status, twins, undone
from fugong.domain.merging.order import Lineage
from fugong.domain.restoring import give_back
from fugong.domain.writer import Writer
from fugong.errors.merging import NoConflict, NoSide, RetiredMeanwhile, Twins
from fugong.queries.contested import place
from fugong.store.identity import letters
from fugong.store.records import RECORDS, Conflict, Problem, Record, Setting
from fugong.store.session import Session
from fugong.values import texts
from fugong.vocab import Act, Kind, Status, Words

_STATUS = frozenset({"status", "undone", "follow", between.DUPLICATE})
"""The conflicts that are about a problem's status, and are settled by naming a status."""


class Side(NamedTuple):
    """One side of a conflict."""

    tag: str
    """The letters by which ``--take`` names it."""
    value: Any
    """What it says, or the act that it is."""
    on: str
    """Its business date."""
    own: bool
    """Whether it was said of the record itself, and not of another that it is in conflict with."""


def sides(session: Session, conflict: Conflict, told: Lineage) -> list[Side]:
    """The sides of a conflict, each with letters that tell it from the others."""
    found = renewing.sides(conflict)
    length = 2
    while len({letters(hash_, length) for hash_, _ in found}) < len(found):
        length += 1
    days = (next(session.rows("SELECT on_date FROM event WHERE hash = :hash", hash=hash_))[0] for hash_, _ in found)
    return [
        Side(letters(hash_, length), value, str(day), hash_ in told.at)
        for (hash_, value), day in zip(found, days, strict=True)
    ]


def settle(writer: Writer, record: Record, name: str | None, take: str) -> Changes:
    """Settle a conflict of a record by taking one side, or by a value.

    Args:
        writer: The command.
        record: The record.
        name: What is in conflict, where more than one thing is.
        take: The letters of a side, or a value: of a status ``closed``, ``doing`` or ``void``.

    Returns:
        What of the record was something else, and what it is now.

    Raises:
        NoConflict: Nothing is, or several things are and it is not said which.
        NoSide: There is no such side.
        Twins: Another record has the same name, of which nobody can take one side.
    """
    kind = record.record_kind
    conflict = _chosen(writer, record, name)
    told = undone.lineage(writer.session, record.uid)
    every = sides(writer.session, conflict, told)
    if conflict.attribute == twins.ATTRIBUTE:
        raise Twins(name=getattr(record, "label", record.uid))
    said = _taken(kind, conflict.attribute, every, take, record)
    values = {name: renewing.filled(type(record), name, value) for name, value in said.items()}
    day = max(date.fromisoformat(side.on) for side in every)
    changes = {each: [portable(getattr(record, each)), value] for each, value in values.items()}
    standing = history.effective(history.of(writer.session, record.uid))
    give_back(writer.session, record, values, standing)
    if isinstance(record, Setting):
        settings.may_become(writer.session, record, record.value)
    writer.session.save(record)
    writer.tell(record, Act.SETTLE, changes, on=day)
    return changes


def _chosen(writer: Writer, record: Record, name: str | None) -> Conflict:
    held = writer.session.all(Conflict, "t.subject = :subject ORDER BY t.attribute", subject=record.uid)
    found = [each for each in held if name is None or means(each.kind, each.attribute, name)]
    if len(found) != 1:
        places = [place(each.kind, each.attribute) for each in held]
        zh, en = "、".join(each.zh for each in places), ", ".join(each.en for each in places)
        what = (
            Words(f"（{zh}，用 --about 说明是哪一处）", f" ({en}: say which with --about)") if held else Words("", "")
        )
        raise NoConflict(id=getattr(record, "ident", record.label), what=what)
    return found[0]


def means(kind: Kind, name: str, given: str) -> bool:
    """Whether somebody means this conflict: by the word of either language, or by the name in JSON."""
    return texts.key(given) in {texts.key(each) for each in (name, *place(kind, name))}


def _taken(kind: Kind, name: str, every: Sequence[Side], take: str, record: Record) -> dict[str, Any]:
    """What the attributes are by the side, or the value, that is taken."""
    side = next((each for each in every if each.tag == take.strip().upper()), None)
    if kind is Kind.PROBLEM and name in _STATUS:
        said = side.value if side else None
        if side and not (side.own and isinstance(said, dict)):  # an act that went on, or the original went: in hand
            said = {"status": Status.DOING.value}
        if side is None:
            said = _by_word(every, take)
        if said is None:
            raise _no_side(record, every, take)
        return {each: said.get(each) for each in status.TOGETHER}
    if name == between.RETIRED and isinstance(record, Problem):
        return _stays(record, every, side)
    together = folding.members(kind, name)
    if side is None:
        side = next((each for each in every if str(each.value) == take), None)
    if side is None:
        raise _no_side(record, every, take)
    if name == "undone":
        return _as_it_was(record)
    if name in folding.SEQUENCES:
        said = [each.value[:2] for each in every]  # how long a team had a firm follows from who came after it
        kept = [entry for entry in portable(getattr(record, name)) if list(entry[:2]) not in said]
        told = sorted([*kept, side.value], key=lambda entry: entry[folding.SEQUENCES[name]] or "")
        return {name: folding.ended(told, told[-1][2]) if name == "assignments" else told}
    return dict(side.value) if len(together) > 1 and isinstance(side.value, dict) else {together[0]: side.value}


def _by_word(every: Sequence[Side], take: str) -> dict[str, Any] | None:
    """The one side that has this status; in hand needs none."""
    wanted = next((each for each in Status if take.strip().lower() in (each.value, each.zh, each.en)), None)
    if wanted in (Status.OPEN, Status.DOING):
        return {"status": Status.DOING.value}
    own = [each.value for each in every if each.own and isinstance(each.value, dict)]
    found = [value for value in own if value.get("status") == wanted]
    return found[0] if len(found) == 1 else None


def _stays(record: Problem, every: Sequence[Side], side: Side | None) -> dict[str, Any]:
    """A problem of an enterprise that was retired elsewhere stays, since both are right.

    Raises:
        NoSide, RetiredMeanwhile: It was not its own side that was taken: then something else has to be done.
    """
    if side is None:
        raise _no_side(record, every, "")
    if not side.own:
        own = next(each.tag for each in every if each.own)
        raise RetiredMeanwhile(id=record.ident, name=record.enterprise.name if record.enterprise else "", side=own)
    return {"enterprise": portable(record.enterprise)}


def _as_it_was(record: Record) -> dict[str, Any]:
    """A record whose adding was taken back on one side stands: said once more by somebody who knows both."""
    return {name: value for name, value in history.state(record).items() if name != "number"}


def _no_side(record: Record, every: Sequence[Side], take: str) -> NoSide:
    return NoSide(given=take, id=getattr(record, "ident", record.label), candidates=[each.tag for each in every])


def record_of(writer: Writer, conflict: Conflict) -> Record:
    """The record that a conflict is of."""
    kind = next(each for each in RECORDS if each.record_kind is conflict.kind)
    return writer.session.one(kind, "t.uid = :uid", uid=conflict.subject)
