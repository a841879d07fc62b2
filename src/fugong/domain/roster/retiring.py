"""Retiring (停用) what takes part: it stays on record with all that refers to it, but nothing new is entered for it."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from fugong.domain.history import Writer
from fugong.errors.rules import Retired, StillInUse
from fugong.store.column_types import TEXT
from fugong.store.tables.base import Retiring
from fugong.store.tables.problems import Problem
from fugong.store.tables.roster import Assignment, Enterprise, Team
from fugong.values import texts
from fugong.vocab import LIVE, Kind, Words

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
    day = writer.past(on)
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
        raise Retired(kind=kind, name=record.label, since=record.retired_on, noun=kind.value)


def _check_idle(session: Session, record: Retiring) -> None:
    problems = _count(session, Problem, _owners(record), col(Problem.status).in_(LIVE))
    if problems:
        raise StillInUse(name=record.label, what=Words(f" {problems} 个问题没有办完", f"{problems} problems in hand"))
    if isinstance(record, Team):
        cared_for = select(Assignment.enterprise_id).where(
            Assignment.team_id == record.id, col(Assignment.to_on).is_(None)
        )
        firms = _count(session, Enterprise, col(Enterprise.id).in_(cared_for), col(Enterprise.retired_on).is_(None))
        if firms:
            raise StillInUse(name=record.label, what=Words(f" {firms} 家包联企业", f"{firms} enterprises in its care"))


def _owners(record: Retiring) -> Any:
    """The condition that a problem belongs to a record; nothing belongs to a member."""
    columns: dict[Kind, Any] = {
        Kind.TEAM: Problem.team_id,
        Kind.ENTERPRISE: Problem.enterprise_id,
        Kind.DEPARTMENT: Problem.department_id,
    }
    column = columns.get(record.record_kind)
    return sa.false() if column is None else column == record.id


def _count(session: Session, table: Any, *where: Any) -> int:
    return session.exec(select(sa.func.count()).select_from(table).where(*where)).one()
