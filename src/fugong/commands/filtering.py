"""The filters of a command line, as a condition on the problems."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fugong.commands.options import Filters
from fugong.commands.reading import day
from fugong.vocab import StatusFilter

if TYPE_CHECKING:
    from fugong.db import Reader
    from fugong.reports.filters import Condition
    from fugong.reports.lights import Lights

LISTED = (StatusFilter.LIVE,)
"""What ``list`` shows unless asked."""
COUNTED = (StatusFilter.OPEN, StatusFilter.DOING, StatusFilter.CLOSED)
"""What ``export`` writes unless asked: all that counts in a total."""


def condition(reader: "Reader", shone: "Lights", given: Filters, default: Sequence[StatusFilter]) -> "Condition":
    """The condition that filters as typed make.

    Args:
        reader: The store.
        shone: The lights of the cut-off, whose day dates such as 昨天 are counted from.
        given: The filters.
        default: The statuses where none is given.
    """
    from fugong.reports import filters

    today = shone.as_of
    return filters.resolve(
        reader,
        team=given.team or (),
        enterprise=given.enterprise or (),
        department=given.department or (),
        category=given.category or (),
        status=given.status or default,
        since=day(given.since, today),
        until=day(given.until, today),
        due_by=day(given.due_by, today),
        text=given.text or (),
        light=[shone.condition(each) for each in given.light or ()],
    )
