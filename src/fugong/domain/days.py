"""The business day of an act to which nobody gave one (history.md §2).

It is today, but not before the newest standing act of the record that set the same thing: where the clock is behind,
here or where something was merged from, business order and the order of entry would otherwise disagree about it.
"""

from collections.abc import Collection
from datetime import date

from fugong.domain import history
from fugong.store.records import Record
from fugong.store.session import Session
from fugong.vocab import Act


def not_before(session: Session, record: Record, today: date, attributes: Collection[str]) -> date:
    """The day of an act that sets some attributes of a stored record: today, or the newest on which one was set.

    What makes sense only together is one thing, as in merging. A history that has days of its own may be told late.
    What entered the record set all that it did not say to nothing.
    """
    from fugong.domain.merging import folding

    groups = folding.group_names(record.record_kind)
    wanted = {groups.get(name, name) for name in attributes if name not in folding.SEQUENCES}
    same = [name for thing in wanted for name in folding.members(record.record_kind, thing)]
    standing = history.effective(history.of(session, record.uid))
    set_then = (event.on_date for event in standing if event.act in _ENTERED or any(map(event.sets, same)))
    return max([today, *set_then])


_ENTERED = (Act.LOG, Act.ADD)


def comes(session: Session, record: Record, today: date) -> bool:
    """Whether anything was told of a record on a day after today, or another: else its history need not be read."""
    later = "SELECT 1 FROM event WHERE subject = :subject AND on_date > :today LIMIT 1"
    return next(session.rows(later, subject=record.uid, today=today), None) is not None
