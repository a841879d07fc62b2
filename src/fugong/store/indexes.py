"""Indexes of some of the rows of a table; what is an index of all of them stands with its table."""

from fugong.vocab import IN_HAND

STATEMENTS = (
    "CREATE UNIQUE INDEX uq_assignment_current ON assignment (enterprise_id) WHERE to_on IS NULL",
    "CREATE INDEX ix_assignment_current_team ON assignment (team_id, enterprise_id) WHERE to_on IS NULL",
    f"CREATE INDEX ix_problem_live ON problem (team_id, series, number, tag, due_on, applied_on) WHERE {IN_HAND}",
    f"CREATE INDEX ix_problem_live_due ON problem (due_on, applied_on) WHERE {IN_HAND}",
    "CREATE INDEX ix_problem_voided ON problem (team_id, series, number, tag) WHERE status = 'void'",
    "CREATE INDEX ix_event_placed ON event (subject, place) WHERE place IS NOT NULL",
    "CREATE INDEX ix_event_named ON event (named) WHERE named IS NOT NULL",
    "CREATE INDEX ix_event_undoes ON event (undoes) WHERE undoes IS NOT NULL",
    "CREATE INDEX ix_event_note ON event (subject, on_date, id) WHERE act = 'note'",
)
"""The first also keeps an enterprise to one team at a time. What is closed
grows for years, what is in hand does not, so a listing of it costs the same in a ledger of any size. As statements,
because naming PostgreSQL's option in an ``Index`` would load its whole dialect at every start."""
