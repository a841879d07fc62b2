"""Which events stand, and which of them set a status: each rule once, as conditions of SQL on ``event e``.

``domain.history.effective`` says the first of a record's events in memory; a test named after the rule holds the two
together.
"""

TAKEN_BACK = "EXISTS (SELECT 1 FROM {batch} u WHERE u.undoes_id = {e}.batch_id{known})"
"""The command that an event belongs to was taken back, as far as is known."""

REPLACED = (
    "EXISTS (SELECT 1 FROM {event} w JOIN {batch} u ON u.id = w.batch_id "
    "WHERE w.undoes = {e}.hash AND w.act = 'undo'{known})"
)
"""An event alone was taken back, as far as is known: it was done again on another day."""

SETS_STATUS = "{e}.changes LIKE '%\"status\":[%'"
"""An event set the status of a problem. Within a text quotes are escaped, so that no text looks like it."""


def stands(e: str = "e", *, prefix: str = "", known: str = "") -> str:
    """An event stands that takes nothing back and was not taken back itself.

    Args:
        e: What the event is called in the query.
        prefix: What stands before the names of the tables of events and commands.
        known: A condition, with AND before it, on the command ``u`` that would have taken it back.
    """
    names = {"e": e, "event": f"{prefix}event", "batch": f"{prefix}batch", "known": known}
    return f"({e}.act <> 'undo' AND NOT {TAKEN_BACK.format(**names)} AND NOT {REPLACED.format(**names)})"


def sets_status(e: str = "e") -> str:
    """An event set the status of its problem."""
    return SETS_STATUS.format(e=e)
