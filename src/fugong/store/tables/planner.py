"""What SQLite's query planner is told about the tables: the shape of a large ledger, the same in every store.

A ledger grows line by line for years, so statistics taken on any one day (``ANALYZE``) would be stale on most, and
a plan that was right for a hundred lines costs seconds at a million. These were taken from a store of ``bench/``
with a million problems, rounded; a plan that is good there is good in a small store too, where any would do.
docs/adr/0013-told-statistics.md has the measurements. PostgreSQL gathers its own.
"""

from collections.abc import Iterator, Mapping

TYPICAL: Mapping[str, Mapping[str, str]] = {
    "activity": {
        "ix_activity_problem_id": "100000 2",
        "ix_activity_team_role": "100000 33 11",
        "sqlite_autoindex_activity_1": "100000 33 33 1 1",
        "sqlite_autoindex_activity_2": "100000 1",
    },
    "assignment": {
        "ix_assignment_current_team": "40000 14 1",
        "ix_assignment_enterprise_id": "40000 1",
        "ix_assignment_team_id": "40000 14",
        "uq_assignment_current": "40000 1",
    },
    "batch": {
        "ix_batch_digest": "2000000 1",
        "ix_batch_previous": "2000000 1",
        "ix_batch_undoes_id": "2000000 1",
        "sqlite_autoindex_batch_1": "2000000 1",
    },
    "bounce": {"ix_bounce_department_id": "10000 170", "ix_bounce_problem_id": "10000 2"},
    "department": {"ix_department_core": "60 1", "sqlite_autoindex_department_1": "60 1"},
    "enterprise": {
        "ix_enterprise_core": "40000 1",
        "ix_enterprise_stage": "40000 8000",
        "sqlite_autoindex_enterprise_1": "40000 1",
        "sqlite_autoindex_enterprise_2": "40000 1",
    },
    "event": {
        "ix_event_batch_id": "3000000 2",
        "ix_event_named": "100 2",
        "ix_event_note": "500000 2 1 1",
        "ix_event_on_date": "3000000 4000",
        "ix_event_placed": "10000 3 1",
        "ix_event_subject": "3000000 3 1",
        "ix_event_undoes": "10000 1",
        "sqlite_autoindex_event_1": "3000000 1",
    },
    "member": {"sqlite_autoindex_member_1": "25000 8 1"},
    "problem": {
        "ix_problem_category_status": "1000000 100000 25000",
        "ix_problem_department_done": "1000000 17000 4000 6 6 2",
        "ix_problem_enterprise_status": "1000000 25 7",
        "ix_problem_live": "10000 4 4 1 1 1 1",
        "ix_problem_live_due": "10000 500 500",
        "ix_problem_team_status": "1000000 330 83",
        "ix_problem_voided": "1000 2 2 1 1",
        "sqlite_autoindex_problem_1": "1000000 330 330 1 1",
        "sqlite_autoindex_problem_2": "1000000 1",
        "sqlite_autoindex_problem_3": "1000000 1",
    },
    "problem_assist": {
        "ix_problem_assist_department_id": "200000 3300",
        "sqlite_autoindex_problem_assist_1": "200000 2 1",
    },
    "team": {
        "sqlite_autoindex_team_1": "3000 1",
        "sqlite_autoindex_team_2": "3000 1",
        "sqlite_autoindex_team_3": "3000 1",
        "sqlite_autoindex_team_4": "3000 1",
    },
    "term": {"sqlite_autoindex_term_1": "60 6 1"},
}
"""By table and index, as ``sqlite_stat1`` has them: rows, then how many share the first column, the first two, …"""


def statements() -> Iterator[str]:
    """The statements that tell them to a store; the first one makes SQLite's own table for them."""
    yield "ANALYZE sqlite_master"
    yield "DELETE FROM sqlite_stat1"
    for table, index, shape in rows():
        yield f"INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('{table}', '{index}', '{shape}')"
    yield "ANALYZE sqlite_master"


def rows() -> Iterator[tuple[str, str, str]]:
    """What SQLite's own table for them then holds."""
    for table, indexes in TYPICAL.items():
        yield from ((table, index, shape) for index, shape in indexes.items())
