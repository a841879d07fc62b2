"""Retiring (停用) what takes part, and entries of lists.

It stays on record with all that refers to it, but nothing new is entered for it.
"""

from datetime import date
from typing import Any

from fugong.domain.writer import Writer
from fugong.errors.rules import Retired, StillInUse
from fugong.store.records import Retiring, Team
from fugong.store.session import Session
from fugong.values import texts
from fugong.values.texts import TEXT
from fugong.vocab import IN_HAND, Kind, Words

WHY = Words("原因", "reason")


def retire(
    writer: Writer, record: Retiring, *, on: date | None = None, approximate: bool = False, why: str | None = None
) -> bool:
    """Take a record out of service from a day on.

    Returns:
        Whether anything differed: what is retired already stays as it is.

    Raises:
        StillInUse: It has problems in hand, or enterprises in its care.
        FutureDate, TextTooLong, ControlCharacter: The day or the reason is not fit to be stored.
    """
    if record.retired_on:
        return False
    _check_idle(writer.session, record)
    day = writer.dated(record, on, "retired_on")
    reason = texts.clean(why, what=WHY, limit=TEXT, lines=True) if why and why.strip() else None
    return writer.change(record, {"retired_on": day, "retired_why": reason}, on=day, approximate=approximate)


def restore(writer: Writer, record: Retiring) -> bool:
    """Put a record back in service.

    Returns:
        Whether it was retired.
    """
    return writer.change(record, {"retired_on": None, "retired_why": None})


def in_service(record: Any, day: date) -> None:
    """Refuse to enter something new, dated ``day``, for a record that was retired by then; None is no record.

    Raises:
        Retired: It was.
    """
    if record is not None and record.retired_on and record.retired_on <= day:
        kind = record.record_kind
        what, noun = (record.list, f"term restore {record.list}") if kind is Kind.TERM else (kind, f"{kind} restore")
        raise Retired(kind=what, name=record.label, since=record.retired_on, restore=noun)


def _check_idle(session: Session, record: Retiring) -> None:
    owned = _OWNED.get(record.record_kind)
    problems = _count(session, f"problem WHERE {owned} = :key AND {IN_HAND}", record) if owned else 0
    if problems:
        raise StillInUse(name=record.label, what=Words(f" {problems} 个问题没有办完", f"in hand: {problems}"))
    if isinstance(record, Team):
        firms = _count(session, _IN_CARE, record)
        if firms:
            raise StillInUse(name=record.label, what=Words(f" {firms} 家包联企业", f"firms in its care: {firms}"))


_OWNED = {Kind.TEAM: "team_id", Kind.ENTERPRISE: "enterprise_id", Kind.DEPARTMENT: "department_id"}
"""The column by which a problem belongs to a record; nothing belongs to a member."""
_IN_CARE = (
    "enterprise WHERE retired_on IS NULL AND id IN "
    "(SELECT enterprise_id FROM assignment WHERE team_id = :key AND to_on IS NULL)"
)


def _count(session: Session, those: str, record: Retiring) -> int:
    (count,) = next(session.rows(f"SELECT count(*) FROM {those}", key=record.id))
    return int(count)
