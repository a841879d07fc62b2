"""The second line: constraints of the tables refuse what no program should write."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
import sqlalchemy.exc
from sqlalchemy import Connection
from tests.county import engine_of

pytestmark = pytest.mark.each_on_both

UID = "0170cf5c-0000-7000-8000-00000000000"


def insert(connection: Connection, table: str, row: dict[str, Any]) -> None:
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(sqlalchemy.text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"), row)


TEAM = {
    "id": 1, "uid": UID + "1", "code": "1", "sort": "00000001", "name": "第一组", "county": "某县", "units": "[]",
    "units_complete": False, "next_number": 2, "next_activity": 1, "inferred": False,
}  # fmt: skip
FIRM = {
    "id": 1, "uid": UID + "2", "name": "甲厂", "key": "甲厂", "core": "甲厂", "sites": "[]", "stage": "unknown",
    "inferred": False,
}  # fmt: skip
ASSIGNMENT = {"enterprise_id": 1, "team_id": 1}
PROBLEM = {
    "uid": UID + "3", "team_id": 1, "series": "", "number": 1, "tag": "",
    "text": "口罩不足", "found_on": "2020-03-12", "approximate": False,
    "due_estimated": False, "late_extended": False, "status": "open", "status_on": "2020-03-12", "major": False,
    "inferred": False, "evidence": "[]",
    "recorded_at": "2020-03-12T04:00:00.000000Z",
}  # fmt: skip
CLOSED = {"status": "closed", "closed_on": "2020-03-12", "how": "已调配"}
PRACTICE = {"id": 1, "uid": UID + "4", "name": "模式", "inferred": False}
ALIAS = {"owner_id": 1, "name": "油漆厂", "key": "油漆厂", "core": "油漆厂"}
EVENT = {
    "hash": "ab", "batch_id": 1, "kind": "problem", "subject": UID + "3", "act": "log", "on_date": "2020-03-12",
    "approximate": False, "changes": "{}", "parents": "[]",
}  # fmt: skip
BATCH = {
    "id": 1,
    "uid": UID + "5",
    "verb": "log",
    "actor": "甲",
    "recorded_at": "2020-03-12T04:00:00.000000Z",
    "replica": "r",
}


@pytest.fixture
def tables(empty_store: Path) -> Iterator[Connection]:
    """The tables with a row in each, without the program in between."""
    with engine_of(empty_store).connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        rows: dict[str, dict[str, Any]] = {
            "team": TEAM, "enterprise": FIRM, "assignment": ASSIGNMENT, "problem": PROBLEM, "practice": PRACTICE,
            "enterprise_alias": ALIAS, "batch": BATCH, "event": EVENT,
        }  # fmt: skip
        for table, row in rows.items():
            insert(connection, table, row)
        yield connection


@pytest.mark.on_a_file
def test_every_table_is_strict(tables: Connection) -> None:
    listed = tables.exec_driver_sql(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    )
    assert {strict for _, strict in listed} == {1}
    with pytest.raises(sqlalchemy.exc.IntegrityError, match=r"cannot store BLOB value in TEXT column problem\.text"):
        insert(tables, "problem", {**PROBLEM, **NEXT, "text": b"\xff"})


STATES = {
    "CHECK": ("23514", "42804"),  # a truth is no number there
    "NOT NULL": ("23502",),
    "UNIQUE": ("23505",),
    "FOREIGN KEY": ("23503",),
    "cannot": ("22P02", "42804"),
}
"""What a server calls each kind of refusal."""
NEXT = {"uid": UID + "9", "number": 2}
"""What a second problem must have of its own."""


@pytest.mark.parametrize(
    ("table", "row", "why"),
    [
        ("problem", {**PROBLEM, **NEXT, "number": "二"}, "cannot store TEXT value in INTEGER column problem.number"),
        ("problem", {**PROBLEM, **NEXT, "major": "maybe"}, "cannot store TEXT value in INTEGER column problem.major"),
        ("problem", {**PROBLEM, **NEXT, "major": 2}, "CHECK constraint failed.*major"),
        ("problem", {**PROBLEM, **NEXT, "status": "done"}, "CHECK constraint failed.*status"),
        ("problem", {**PROBLEM, **NEXT, "status": "待办"}, "CHECK constraint failed.*status"),
        ("problem", {**PROBLEM, **NEXT, "source": "rumour"}, "CHECK constraint failed.*source"),
        ("problem", {**PROBLEM, **NEXT, "text": ""}, "CHECK constraint failed.*text"),
        ("problem", {**PROBLEM, **NEXT, "text": "甲" * 4001}, "CHECK constraint failed.*text"),
        ("problem", {**PROBLEM, **NEXT, "text": None}, "NOT NULL constraint failed: problem.text"),
        ("problem", {**PROBLEM, **NEXT, "person": "甲" * 101}, "CHECK constraint failed.*person"),
        ("problem", {**PROBLEM, **NEXT, "key": "k" * 201}, "CHECK constraint failed.*key"),
        (
            "problem",
            {**PROBLEM, **NEXT, "number": 1},
            "UNIQUE constraint failed: problem.team_id, problem.series, problem.number, problem.tag",
        ),
        ("problem", {**PROBLEM, **NEXT, "uid": UID + "3"}, "UNIQUE constraint failed: problem.uid"),
        ("problem", {**PROBLEM, **NEXT, "team_id": 9}, "FOREIGN KEY constraint failed"),
        ("problem", {**PROBLEM, **NEXT, "enterprise_id": 9}, "FOREIGN KEY constraint failed"),
        ("problem", {**PROBLEM, **NEXT, "status": "closed"}, "CHECK constraint failed.*(closed_on|how)"),
        ("problem", {**PROBLEM, **NEXT, **CLOSED, "how": None}, "CHECK constraint failed.*how"),
        ("problem", {**PROBLEM, **NEXT, **CLOSED, "closed_on": None}, "CHECK constraint failed.*closed_on"),
        ("problem", {**PROBLEM, **NEXT, **CLOSED, "status": "void"}, "CHECK constraint failed.*(closed_on|how)"),
        ("assignment", ASSIGNMENT, "UNIQUE constraint failed: assignment.enterprise_id"),
        ("team", {**TEAM, "id": 2, "uid": UID + "9"}, "UNIQUE constraint failed: team"),
        ("enterprise", {**FIRM, "id": 2, "uid": UID + "9"}, "UNIQUE constraint failed: enterprise"),
        ("enterprise", {**FIRM, "id": 2, "stage": "busy"}, "CHECK constraint failed.*stage"),
        ("enterprise_alias", {**ALIAS, "name": "漆厂"}, "UNIQUE constraint failed: enterprise_alias.key"),
        ("adoption", {"practice_id": 1}, "CHECK constraint failed"),
        ("adoption", {"practice_id": 1, "team_id": 1, "enterprise_id": 1}, "CHECK constraint failed"),
        ("event", {**EVENT, "hash": "cd", "batch_id": 9}, "FOREIGN KEY constraint failed"),
        ("event", EVENT, "UNIQUE constraint failed: event.hash"),
        ("event", {**EVENT, "hash": "cd", "act": "erase"}, "CHECK constraint failed.*act"),
        ("batch", {**BATCH, "id": 2, "uid": UID + "9", "actor": ""}, "CHECK constraint failed.*actor"),
    ],
)
def test_the_tables_refuse_what_no_program_should_write(
    tables: Connection, table: str, row: dict[str, Any], why: str
) -> None:
    if tables.dialect.name == "sqlite":
        with pytest.raises(sqlalchemy.exc.IntegrityError, match=why):
            insert(tables, table, row)
    else:
        with pytest.raises(sqlalchemy.exc.DBAPIError) as refused:
            insert(tables, table, row)
        assert (
            getattr(refused.value.orig, "sqlstate", "")
            in STATES[why.partition(" constraint")[0].partition(" store")[0]]
        )


@pytest.mark.parametrize("row", [NEXT, {**NEXT, **CLOSED}, {**NEXT, "text": "甲" * 4000}, {**NEXT, "status": "void"}])
def test_the_tables_take_what_the_program_writes(tables: Connection, row: dict[str, Any]) -> None:
    insert(tables, "problem", {**PROBLEM, **row})


def test_an_assignment_that_has_ended_leaves_room_for_the_next(tables: Connection) -> None:
    tables.exec_driver_sql("UPDATE assignment SET to_on = '2020-03-12'")
    insert(tables, "assignment", {**ASSIGNMENT, "from_on": "2020-03-12"})
