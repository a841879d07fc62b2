"""What enterprises reach once (达标事项): entered when it is reached, or when it is under way."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from fugong.domain.activities.attributes import checked
from fugong.domain.roster.retiring import in_service
from fugong.domain.writer import Writer
from fugong.errors.names import NoMilestone
from fugong.store.records import Enterprise, Milestone, Term
from fugong.store.session import Session
from fugong.vocab import Kind, Words


def add_milestone(
    writer: Writer,
    enterprise: Enterprise,
    term: Term,
    *,
    pending: bool = False,
    on_date: date | None = None,
    approximate: bool = False,
    **about: Any,
) -> tuple[Milestone, bool]:
    """Enter what an enterprise has reached, or has under way; what was pending is reached now.

    Returns:
        The milestone, and whether anything was written: what was reached before is left as it is.

    Raises:
        FutureDate, BlankText, TextTooLong, ControlCharacter: A value is not fit.
    """
    stated = {"pending": pending, "on_date": writer.past(on_date), "approximate": approximate}
    values = checked(writer, Kind.MILESTONE, about) | stated
    known = with_term(writer.session, enterprise, term)
    if known is None:
        in_service(term, writer.today)
        milestone = Milestone(enterprise=enterprise, term=term, **values)
        writer.add(milestone, on=milestone.on_date, approximate=approximate)
        return milestone, True
    if pending or not known.pending:
        return known, False
    told = {name: value for name, value in values.items() if value is not None}
    return known, writer.change(known, told, on=values["on_date"], approximate=approximate)


def edit_milestone(writer: Writer, milestone: Milestone, values: Mapping[str, Any]) -> bool:
    """Correct what was entered.

    Returns:
        Whether anything differed.

    Raises:
        FutureDate, BlankText, TextTooLong, ControlCharacter: A value is not fit.
    """
    wanted = checked(writer, Kind.MILESTONE, values)
    if "on_date" in wanted:
        wanted.setdefault("approximate", False)
    return writer.change(milestone, wanted)


def with_term(session: Session, enterprise: Enterprise, term: Term) -> Milestone | None:
    """The enterprise's milestone of this kind, if it was entered."""
    return session.find(Milestone, enterprise_id=enterprise.id, term_id=term.id)


def find_milestone(session: Session, enterprise: Enterprise, term: Term) -> Milestone:
    """The enterprise's milestone of this kind.

    Raises:
        NoMilestone: It was not entered.
    """
    found = with_term(session, enterprise, term)
    if found is None:
        raise NoMilestone(enterprise=enterprise.name, milestone=Words(term.zh, term.en))
    return found
