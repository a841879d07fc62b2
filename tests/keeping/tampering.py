"""Edits by hand of a store that has every kind of row, each with the table that ``store check`` must name.

Those of ``columns`` are drawn up from the tables, so that a new column is in the corpus by itself; the others stand
for what people really do with a database program. ``{first}`` and the like are filled in by the test.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import SQLModel
from tests.conftest import Run

import fugong.models  # noqa: F401  (declares the tables)


class Edit(NamedTuple):
    """What is done behind the program's back, and the tables of which at least one must be named."""

    what: str
    statements: tuple[str, ...]
    named: frozenset[str]
    ends: str = ""
    """The table whose lowest and highest key stand for ``{low}`` and ``{high}``."""


def edit(what: str, named: str, *statements: str) -> Edit:
    return Edit(what, statements, frozenset(named.split()))


PARTS = {
    "activity_enterprise": "activity",
    "adoption": "practice",
    "assignment": "enterprise",
    "bounce": "problem",
    "department_alias": "department",
    "enterprise_alias": "enterprise",
    "inspection_result": "activity",
    "problem_assist": "problem",
    "stage_change": "enterprise",
    "batch": "event",
    "event": "figure",
}
"""Tables whose rows belong to a record of another: it is the record that is named."""

TOGETHER = {
    "adoption.team_id": "team_id = NULL, enterprise_id = (SELECT min(id) FROM enterprise)",
    "adoption.enterprise_id": "enterprise_id = NULL, team_id = (SELECT min(id) FROM team)",
    "inspection_result.passed": "passed = {true}, text = NULL, problem_id = NULL",
    "inspection_result.text": "text = '改过'",
    "inspection_result.problem_id": "problem_id = (SELECT min(id) FROM problem WHERE id <> problem_id)",
    "problem.applied_on": "applied_on = '2020-01-01'",
    "problem.closed_on": "closed_on = '2020-01-01'",
    "problem.how": "how = '改过'",
    "problem.verified": "verified = 'ok', verified_on = '2020-03-13'",
    "problem.verified_on": "verified = 'ok', verified_on = '2020-03-13'",
    "problem.status": "status = 'closed', closed_on = '2020-03-13', how = '改过'",
    "published_row.publication_id": "publication_id = (SELECT max(id) FROM publication)",
    "published_row.problem_id": "problem_id = (SELECT min(id) FROM problem WHERE status = 'void')",
}
"""Columns that constraints tie to others."""

WHERE = {
    "inspection_result.passed": "NOT passed",
    "inspection_result.text": "NOT passed",
    "inspection_result.problem_id": "NOT passed",
    "adoption.team_id": "team_id IS NOT NULL",
    "adoption.enterprise_id": "enterprise_id IS NOT NULL",
    "problem.applied_on": "status = 'closed'",
    "problem.closed_on": "status = 'closed'",
    "problem.how": "status = 'closed'",
    "problem.verified": "status = 'closed' AND verified IS NULL",
    "problem.verified_on": "status = 'closed' AND verified IS NULL",
    "problem.status": "status = 'open'",
    "batch.undoes_id": "id = (SELECT max(id) FROM batch WHERE undoes_id IS NOT NULL)",
    "published_row.publication_id": "problem_id NOT IN (SELECT o.problem_id FROM published_row o "
    "WHERE o.publication_id = (SELECT max(id) FROM publication))",
    "published_row.problem_id": "publication_id = 1 AND problem_id = "
    "(SELECT max(problem_id) FROM published_row WHERE publication_id = 1)",
}
"""Rows that can take such a change; others take the last row."""


def columns() -> Iterator[Edit]:
    """Every column of every table, in one of its rows."""
    for table in SQLModel.metadata.sorted_tables:
        keys = [column.name for column in table.primary_key]
        last = " AND ".join(f"{key} = (SELECT max({key}) FROM {table.name})" for key in keys[:1])
        for column in table.columns:
            if column.name == "id":
                continue
            name = f"{table.name}.{column.name}"
            where = WHERE.get(name, last)
            change = TOGETHER.get(name) or f"{column.name} = {_other(column)}"
            yield edit(name, _named(table), f"UPDATE {table.name} SET {change} WHERE {where}")
        yield edit(f"{table.name}, a row less", _named(table), f"DELETE FROM {table.name} WHERE {last}")


def _named(table: sa.Table) -> str:
    return f"{table.name} {PARTS.get(table.name, '')} event"


def _other(column: sa.Column[object]) -> str:
    """An expression for another value that the column's constraints allow."""
    kind = column.type
    for key in column.foreign_keys:
        return f"(SELECT max(o.id) FROM {key.column.table.name} o WHERE o.id <> coalesce({column.name}, 0))"
    if isinstance(kind, sa.Enum):
        first, second = kind.enums[:2]
        return f"CASE WHEN {column.name} = '{first}' THEN '{second}' ELSE '{first}' END"
    if isinstance(kind, sa.Boolean):
        return f"NOT coalesce({column.name}, {{false}})"
    if isinstance(kind, sa.Date):
        return "'2020-01-01'"
    if isinstance(kind, sa.Integer):
        return f"coalesce({column.name}, 0) + 1000"
    return f"CASE WHEN {column.name} LIKE '[%' THEN '[\"改过\"]' ELSE '改' END"


EXCHANGE = (("{low}", "-1"), ("{high}", "{low}"), ("-1", "{high}"))
SWAPPED = ("term", "department", "team", "member", "problem", "activity", "milestone", "practice", "figure", "event")


def orders() -> Iterator[Edit]:
    """The first and the last row of a table exchange their places, with all that refer to them."""
    for name in SWAPPED:
        table = SQLModel.metadata.tables[name]
        refers = [
            f"UPDATE {other.name} SET {column.name} = {now} WHERE {column.name} = {was}"
            for other in SQLModel.metadata.sorted_tables
            for column in other.columns
            if any(key.column.table is table for key in column.foreign_keys)
            for was, now in EXCHANGE
        ]
        moves = [f"UPDATE {name} SET id = {now} WHERE id = {was}" for was, now in EXCHANGE]
        yield edit(f"{name}, first and last exchanged", name, *refers, *moves)._replace(ends=name)


LAST_UNDO = "id = (SELECT max(id) FROM batch WHERE undoes_id IS NOT NULL)"

ROWS = (
    edit("a setting is gone: zone", "setting", "DELETE FROM setting WHERE name = 'timezone'"),
    edit("a setting is gone: yellow days", "setting", "DELETE FROM setting WHERE name = 'yellow_days'"),
    edit("a fact is gone: replica", "fact", "DELETE FROM fact WHERE name = 'replica'"),
    edit("a fact is gone: schema", "fact", "DELETE FROM fact WHERE name = 'schema'"),
    edit("all settings are gone", "setting", "DELETE FROM setting"),
    edit("another zone", "setting", "UPDATE setting SET value = 'Europe/Paris' WHERE name = 'timezone'"),
    edit("no zone", "setting", "UPDATE setting SET value = '北京' WHERE name = 'timezone'"),
    edit("no number of days", "setting", "UPDATE setting SET value = 'x' WHERE name = 'yellow_days'"),
    edit("another replica", "fact", "UPDATE fact SET value = 'r' WHERE name = 'replica'"),
    edit("another schema", "fact", "UPDATE fact SET value = '1' WHERE name = 'schema'"),
    edit("a setting nobody knows", "setting", "INSERT INTO setting (id, uid, name) VALUES (9, 'x', 'colour')"),
    edit("a fact nobody knows", "fact", "INSERT INTO fact (name, value, seal) VALUES ('colour', 'red', 'x')"),
    edit("facts exchanged", "fact", "UPDATE fact SET value = CASE name WHEN 'schema' THEN '' ELSE '3' END "
         "WHERE name IN ('schema', 'series')"),
    edit("all facts are gone", "fact", "DELETE FROM fact"),
    edit("a setting as if nobody had set it", "setting", "UPDATE setting SET value = NULL WHERE name = 'yellow_days'"),
    edit("settings exchanged", "setting", "UPDATE setting SET name = 'x' WHERE name = 'yellow_days'",
         "UPDATE setting SET name = 'yellow_days' WHERE name = 'timezone'",
         "UPDATE setting SET name = 'timezone' WHERE name = 'x'"),
    edit("what undoes what: nothing", "batch", "UPDATE batch SET undoes_id = NULL WHERE undoes_id IS NOT NULL"),
    edit("what undoes what: another", "batch", f"UPDATE batch SET undoes_id = 1 WHERE {LAST_UNDO}"),
    edit("what undoes what: a later one", "batch",
         f"UPDATE batch SET undoes_id = (SELECT max(id) FROM batch) WHERE {LAST_UNDO}"),
    edit("what undoes what: an act that does not", "batch",
         "UPDATE batch SET undoes_id = 1 WHERE id = (SELECT max(batch_id) FROM event WHERE act = 'note')"),
    edit("published: one less", "published_row",
         "DELETE FROM published_row WHERE problem_id = (SELECT min(problem_id) FROM published_row)"),
    edit("published: none", "published_row", "DELETE FROM published_row"),
    edit("published: one more", "published_row", "INSERT INTO published_row (publication_id, problem_id, status) "
         "SELECT min(r.publication_id), min(p.id), 'open' FROM published_row r, problem p "
         "WHERE p.id NOT IN (SELECT problem_id FROM published_row)"),
    edit("published: another status", "published_row",
         "UPDATE published_row SET status = 'closed' WHERE status <> 'closed'"),
    edit("published: entered at another time", "publication",
         "UPDATE publication SET recorded_at = '2020-03-01T00:00:00.000000Z'"),
    edit("published: another digest", "publication published_row", "UPDATE publication SET digest = 'd'"),
    edit("published: another day", "publication", "UPDATE publication SET as_of = '2020-03-01'"),
    edit("published: a figure", "figure",
         "UPDATE figure SET value = value + 1 WHERE publication_id IS NOT NULL AND measure = 'found'"),
    edit("loaded: one less", "loaded", "DELETE FROM loaded WHERE section = 'problem'"),
    edit("loaded: all", "loaded", "DELETE FROM loaded"),
    edit("loaded: another content", "loaded", "UPDATE loaded SET content = '{{}}' WHERE section = 'problem'"),
    edit("loaded: another subject", "loaded",
         "UPDATE loaded SET subject = (SELECT max(uid) FROM problem) WHERE section = 'problem'"),
    edit("loaded: of nobody", "loaded", "UPDATE loaded SET subject = 'nobody'"),
    edit("the next problem's number: lower", "team", "UPDATE team SET next_number = 1 WHERE code = '1'"),
    edit("the next problem's number: higher", "team", "UPDATE team SET next_number = next_number + 1"),
    edit("the next activity's number: lower", "team", "UPDATE team SET next_activity = 1 WHERE code = '1'"),
    edit("the next activity's number: higher", "team", "UPDATE team SET next_activity = next_activity + 1"),
    edit("a problem is gone", "event problem team", "DELETE FROM problem WHERE id = (SELECT max(id) FROM problem)"),
    edit("all problems are void", "problem", "UPDATE problem SET status = 'void', closed_on = NULL, how = NULL, "
         "verified = NULL, verified_on = NULL, satisfaction = NULL"),
    edit("no problem is late", "problem", "UPDATE problem SET due_on = NULL, due_rule = NULL"),
    edit("a problem changes its team", "problem",
         "UPDATE problem SET team_id = (SELECT max(id) FROM team) WHERE number = 1 AND team_id = 1"),
    edit("a problem changes its number", "problem",
         "UPDATE problem SET number = 99 WHERE id = (SELECT max(id) FROM problem)"),
    edit("nobody was chased", "problem", "UPDATE problem SET chased = NULL"),
    edit("a department's alias moves", "department", "UPDATE department_alias SET owner_id = 2 WHERE owner_id <> 2"),
    edit("a firm is resumed", "enterprise",
         "UPDATE enterprise SET stage = 'resumed' WHERE stage IN ('unknown', 'stopped')"),
    edit("a firm's stages: another day", "enterprise", "UPDATE stage_change SET on_date = '2020-01-02'"),
    edit("a firm's stages: none", "enterprise", "DELETE FROM stage_change"),
    edit("a firm's stages: one more", "enterprise", "INSERT INTO stage_change (enterprise_id, stage, on_date, "
         "approximate) SELECT min(id), 'full', '2020-03-13', {false} FROM enterprise"),
    edit("a firm's team: from another day", "enterprise", "UPDATE assignment SET from_on = '2020-01-02'"),
    edit("a firm without a team", "enterprise", "DELETE FROM assignment WHERE to_on IS NULL"),
    edit("a bounce is gone", "problem", "DELETE FROM bounce"),
    edit("an assisting department more", "problem",
         "INSERT INTO problem_assist (problem_id, department_id) SELECT min(p.id), max(d.id) FROM problem p, "
         "department d WHERE p.id NOT IN (SELECT problem_id FROM problem_assist)"),
    edit("nil is reported", "nil_report",
         "INSERT INTO nil_report (uid, team_id, on_date) VALUES ('u', 1, '2020-03-12')"),
    edit("a day is a working day", "calendar_day", "UPDATE calendar_day SET work = NOT work"),
    edit("a day is free", "calendar_day",
         "INSERT INTO calendar_day (uid, day, work, source) VALUES ('u', '2020-03-17', {false}, '通知')"),
    edit("a category under another name", "term", "UPDATE term SET zh = '别的' WHERE code = 'finance'"),
    edit("a preset with another rule", "term", "UPDATE term SET rule = '9wd' WHERE rule IS NOT NULL"),
    edit("a milestone is reached", "milestone", "UPDATE milestone SET pending = NOT pending"),
    edit("a core name", "enterprise", "UPDATE enterprise SET core = '别的' WHERE id = 1"),
    edit("a key of a name", "department", "UPDATE department SET key = '别的' WHERE id = 1"),
    edit("the order of teams", "team", "UPDATE team SET sort = '0' WHERE code = '2'"),
    edit("places of the campaign", "campaign", "UPDATE campaign SET places = '[\"某县\",\"云岭\"]'"),
    edit("the timeline's order", "campaign", "UPDATE campaign SET timeline = '[]'"),
)  # fmt: skip

EVENTS = (
    edit("a key twice in the changes, before", "event",
         """UPDATE event SET changes = '{{"status":[null,"closed"],' || substr(changes, 2)
         WHERE id = (SELECT min(id) FROM event WHERE kind = 'problem' AND act = 'log')"""),
    edit("a key twice in the changes, behind", "event",
         """UPDATE event SET changes = substr(changes, 1, length(changes) - 1) || ',"number":[null,1]}}'
         WHERE id = (SELECT min(id) FROM event WHERE kind = 'problem' AND act = 'log')"""),
    edit("blanks in the changes", "event", "UPDATE event SET changes = replace(changes, ',', ', ') WHERE act = 'log'"),
    edit("a line break before the changes", "event", "UPDATE event SET changes = ' ' || changes WHERE act = 'log'"),
    edit("escapes in the changes", "event",
         "UPDATE event SET changes = replace(changes, '口', '\\u53e3') WHERE changes LIKE '%口%'"),
    edit("blanks in the parents", "event", "UPDATE event SET parents = replace(parents, '[', '[ ') WHERE id > 9"),
    edit("a parent twice", "event",
         "UPDATE event SET parents = replace(parents, ']', ',' || substr(parents, 2)) WHERE act = 'close'"),
    edit("no parent", "event", "UPDATE event SET parents = '[]' WHERE act = 'close'"),
    edit("another day", "event", "UPDATE event SET on_date = '2020-01-01' WHERE act = 'close'"),
    edit("another act", "event", "UPDATE event SET act = 'note' WHERE act = 'chase'"),
    edit("another note", "event", "UPDATE event SET text = '改过' WHERE act = 'note'"),
    edit("no note", "event", "UPDATE event SET text = NULL WHERE act = 'note'"),
    edit("another actor", "event", "UPDATE batch SET actor = '别人' WHERE id = (SELECT max(id) FROM batch)"),
    edit("another moment", "event", "UPDATE batch SET recorded_at = '2020-03-01T00:00:00.000000Z' WHERE id > 1"),
    edit("another verb", "event", "UPDATE batch SET verb = 'close' WHERE verb = 'note'"),
    edit("an event of another command", "event", "UPDATE event SET batch_id = 1 WHERE act = 'close'"),
    edit("an event of another record", "event",
         "UPDATE event SET subject = (SELECT max(uid) FROM problem) WHERE act = 'chase'"),
    edit("an event is gone", "event", "DELETE FROM event WHERE id = (SELECT min(id) FROM event WHERE act = 'note')"),
    edit("where two stores met, the order is nobody's", "event", "UPDATE event SET place = NULL"),
    edit("where two stores met, the order is another", "event",
         "UPDATE event SET place = CASE place WHEN 2 THEN 3 WHEN 3 THEN 2 ELSE place END WHERE place IS NOT NULL"),
    edit("what nobody can know is settled by hand", "conflict", "DELETE FROM conflict"),
    edit("all notes are gone", "event batch problem", "DELETE FROM event WHERE act = 'note'"),
    edit("an event twice", "event", "INSERT INTO event (hash, batch_id, kind, subject, act, on_date, approximate, "
         "changes, text, parents) SELECT 'h', batch_id, kind, subject, act, on_date, approximate, changes, text, "
         "parents FROM event WHERE id = (SELECT max(id) FROM event)"),
    edit("what was undone leaves a changed event", "event",
         "UPDATE event SET on_date = '2020-01-01' WHERE kind = 'activity' AND NOT EXISTS "
         "(SELECT 1 FROM activity a WHERE a.uid = event.subject)"),
    edit("what was undone leaves an event less", "event",
         "DELETE FROM event WHERE act = 'undo' AND kind = 'activity'"),
    edit("a command without events", "batch", "INSERT INTO batch (id, uid, verb, actor, recorded_at, replica) "
         "VALUES (9999, 'u', 'note', 'a', '2020-03-13T04:00:00.000000Z', 'r')"),
    edit("a problem is cut out whole", "event batch team problem problem_assist inspection_result",
         "DELETE FROM problem_assist WHERE problem_id = {problem}",
         "UPDATE inspection_result SET problem_id = NULL, passed = {true}, text = NULL WHERE problem_id = {problem}",
         "DELETE FROM event WHERE subject = (SELECT uid FROM problem WHERE id = {problem})",
         "DELETE FROM problem WHERE id = {problem}"),
)  # fmt: skip

EVERYWHERE = (
    edit("a table more", "extra", "CREATE TABLE extra (a INTEGER)"),
    edit("a view more", "extra", "CREATE VIEW extra AS SELECT 1 AS a"),
    edit("an index more", "extra", "CREATE INDEX extra ON problem (text)"),
    edit("an index that must be single", "extra", "CREATE UNIQUE INDEX extra ON bounce (problem_id, on_date)"),
    edit("an index less", "ix_event_subject", "DROP INDEX ix_event_subject"),
    edit("an index that keeps to one team less", "uq_assignment_current", "DROP INDEX uq_assignment_current"),
    edit("an index over others", "ix_problem_live_due", "DROP INDEX ix_problem_live_due",
         "CREATE INDEX ix_problem_live_due ON problem (due_on) WHERE status = 'open'"),
    edit("a view less", "v_practice", "DROP VIEW v_practice"),
    edit("a view that shows less", "v_practice", "DROP VIEW v_practice",
         "CREATE VIEW v_practice AS SELECT * FROM practice WHERE id > 1"),
    edit("a column more", "team", "ALTER TABLE team ADD COLUMN extra TEXT"),
    edit("a column under another name", "nil_report", "ALTER TABLE nil_report RENAME COLUMN on_date TO day"),
    edit("a table under another name", "loaded", "ALTER TABLE loaded RENAME TO unloaded"),
    edit("a table less", "nil_report", "DROP TABLE nil_report"),
)  # fmt: skip

SQLITE = (
    edit("a trigger", "quiet",
         "CREATE TRIGGER quiet AFTER INSERT ON problem BEGIN UPDATE problem SET due_on = NULL; END"),
    edit("a trigger called as a table", "problem",
         "CREATE TRIGGER problem AFTER INSERT ON problem BEGIN UPDATE problem SET due_on = NULL; END"),
    edit("a trigger called sqlite1x", "sqlite1x",
         "CREATE TRIGGER sqlite1x AFTER INSERT ON problem BEGIN DELETE FROM problem WHERE id = new.id; END"),
    edit("a trigger called sqlite_x", "sqlite_x",
         "CREATE TRIGGER quiet AFTER INSERT ON problem BEGIN DELETE FROM problem WHERE id = new.id; END",
         "PRAGMA writable_schema=ON",
         "UPDATE sqlite_master SET name = 'sqlite_x', sql = replace(sql, 'quiet', 'sqlite_x') WHERE name = 'quiet'"),
    edit("a trigger in a view's place", "v_team",
         "CREATE TRIGGER v_team INSTEAD OF INSERT ON v_team BEGIN SELECT 1; END"),
    edit("a table called sqlite1x", "sqlite1x", "CREATE TABLE sqlite1x (a INTEGER)"),
    edit("quotes in a view's text", "v_team", "PRAGMA writable_schema=ON",
         """UPDATE sqlite_master SET sql = replace(sql, '%"leader"%', '%leader%') WHERE name = 'v_team'"""),
    edit("blanks in a view's text", "v_problem", "PRAGMA writable_schema=ON",
         "UPDATE sqlite_master SET sql = replace(sql, '''-''', ''' -''') WHERE name = 'v_problem'"),
    edit("a constraint less", "problem", "PRAGMA writable_schema=ON",
         "UPDATE sqlite_master SET sql = replace(sql, 'CHECK (length(how) BETWEEN 1 AND 4000)', '') "
         "WHERE name = 'problem' AND type = 'table'"),
    edit("a default", "problem", "PRAGMA writable_schema=ON",
         "UPDATE sqlite_master SET sql = replace(sql, 'person TEXT', 'person TEXT DEFAULT ''某人''') "
         "WHERE name = 'problem' AND type = 'table'"),
    edit("a column that compares otherwise", "team", "PRAGMA writable_schema=ON",
         "UPDATE sqlite_master SET sql = replace(sql, 'code TEXT', 'code TEXT COLLATE NOCASE') "
         "WHERE name = 'team' AND type = 'table'"),
    edit("a table that is not strict", "problem", "PRAGMA writable_schema=ON",
         "UPDATE sqlite_master SET sql = replace(sql, 'STRICT', '') WHERE name = 'problem' AND type = 'table'"),
    edit("the planner is told otherwise", "sqlite_stat1", "UPDATE sqlite_stat1 SET stat = '1 1' WHERE tbl = 'event'"),
    edit("the planner is told nothing", "sqlite_stat1", "DELETE FROM sqlite_stat1"),
)  # fmt: skip

QUIET = "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
POSTGRESQL = (
    edit("a trigger", "problem", QUIET,
         "CREATE TRIGGER quiet BEFORE INSERT ON problem FOR EACH ROW EXECUTE FUNCTION quiet()"),
    edit("a trigger called as the server's own are", "event", QUIET, 'CREATE TRIGGER "RI_ConstraintTrigger_1" '
         "BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION quiet()"),
    edit("a trigger that is asleep", "event", QUIET,
         "CREATE TRIGGER quiet BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION quiet()",
         "ALTER TABLE event DISABLE TRIGGER quiet"),
    edit("references are not enforced", "problem", "ALTER TABLE problem DISABLE TRIGGER ALL"),
    edit("a rule", "problem", "CREATE RULE quiet AS ON UPDATE TO problem DO INSTEAD NOTHING"),
    edit("a rule called as a view's", "event", "CREATE RULE _return AS ON DELETE TO event DO INSTEAD NOTHING"),
    edit("row-level security", "problem", "ALTER TABLE problem ENABLE ROW LEVEL SECURITY"),
    edit("row-level security for the owner too", "problem", "ALTER TABLE problem FORCE ROW LEVEL SECURITY"),
    edit("a policy", "problem", "CREATE POLICY few ON problem USING (status = 'open')"),
    edit("a policy for all", "event", "CREATE POLICY all_of_them ON event USING (true)"),
    edit("a table that lends its rows", "problem", "CREATE TABLE more () INHERITS (problem)"),
    edit("such a table elsewhere", "problem", "CREATE SCHEMA elsewhere",
         "CREATE TABLE elsewhere.more () INHERITS (problem)"),
    edit("a constraint less", "problem", "ALTER TABLE problem DROP CONSTRAINT problem_team_id_series_number_tag_key"),
    edit("a reference less", "event", "ALTER TABLE event DROP CONSTRAINT event_batch_id_fkey"),
    edit("a constraint that was not tried", "team",
         "ALTER TABLE team ADD CONSTRAINT late CHECK (length(name) < 100) NOT VALID"),
    edit("a column that may be empty", "problem", "ALTER TABLE problem ALTER COLUMN text DROP NOT NULL"),
    edit("a default", "problem", "ALTER TABLE problem ALTER COLUMN person SET DEFAULT '某人'"),
    edit("a column that compares otherwise", "enterprise",
         'ALTER TABLE enterprise ALTER COLUMN core TYPE TEXT COLLATE "POSIX"'),
    edit("a column that counts by itself", "problem", "ALTER TABLE problem ALTER COLUMN number ADD GENERATED BY "
         "DEFAULT AS IDENTITY"),
    edit("a table that a crash empties", "loaded", "ALTER TABLE loaded SET UNLOGGED"),
    edit("a view with a barrier", "v_problem", "ALTER VIEW v_problem SET (security_invoker = true)"),
    edit("a view that is kept", "extra", "CREATE MATERIALIZED VIEW extra AS SELECT 1 AS a"),
    edit("a counter set back", "problem", "SELECT setval(pg_get_serial_sequence('problem', 'id'), 1)"),
    edit("a counter that strides", "problem_id_seq", "ALTER SEQUENCE problem_id_seq INCREMENT BY 2"),
    edit("a function nearer than the server's", "length()", "CREATE FUNCTION length(character varying) RETURNS integer "
         "LANGUAGE sql AS 'SELECT 1'"),
    edit("an operator nearer than the server's", "operator=",
         "CREATE FUNCTION same(character varying, character varying) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
         "CREATE OPERATOR = (LEFTARG = character varying, RIGHTARG = character varying, FUNCTION = same)"),
)  # fmt: skip


CHAINS = (
    edit("a command's number", "batch", f"UPDATE batch SET number = number + 1 WHERE {LAST_UNDO}"),
    edit("a command's predecessor", "batch", f"UPDATE batch SET previous = digest WHERE {LAST_UNDO}"),
    edit("a command that knew nothing before it", "batch", f"UPDATE batch SET previous = NULL WHERE {LAST_UNDO}"),
    edit("a command that knew another chain", "batch", f"UPDATE batch SET saw = '[\"d\"]' WHERE {LAST_UNDO}"),
    edit("a command's digest", "batch", f"UPDATE batch SET digest = 'd' WHERE {LAST_UNDO}"),
    edit("a command without a digest", "batch", f"UPDATE batch SET digest = NULL WHERE {LAST_UNDO}"),
    edit("a command that arrived before", "batch",
         f"UPDATE batch SET arrived_at = '2020-03-01T00:00:00.000000Z' WHERE {LAST_UNDO}"),
    edit("a seal that was published", "publication", "UPDATE publication SET seal = 's' WHERE id = 1"),
    edit("heads that were published", "publication", "UPDATE publication SET heads = 'h' WHERE id = 1"),
    edit("two events of a command change places", "batch event",
         "UPDATE event SET id = -1 WHERE id = 1", "UPDATE event SET id = 1 WHERE id = 2",
         "UPDATE event SET id = 2 WHERE id = -1"),
    edit("a record is cut out, and nothing left open", "batch",
         "DELETE FROM activity_enterprise WHERE activity_id = {activity}",
         "UPDATE team SET next_activity = next_activity - 1 WHERE id = "
         "(SELECT team_id FROM activity WHERE id = {activity})",
         "DELETE FROM batch WHERE id = (SELECT batch_id FROM event WHERE subject = "
         "(SELECT uid FROM activity WHERE id = {activity}))",
         "DELETE FROM event WHERE subject = (SELECT uid FROM activity WHERE id = {activity})",
         "DELETE FROM activity WHERE id = {activity}",
         "CREATE TEMPORARY TABLE events_kept AS SELECT id FROM event",
         "CREATE TEMPORARY TABLE batches_kept AS SELECT id FROM batch",
         "UPDATE event SET id = -(SELECT count(*) FROM events_kept o WHERE o.id <= event.id), "
         "batch_id = (SELECT count(*) FROM batches_kept o WHERE o.id <= event.batch_id)",
         "UPDATE event SET id = -id",
         "UPDATE batch SET id = -(SELECT count(*) FROM batches_kept o WHERE o.id <= batch.id), "
         "undoes_id = CASE WHEN undoes_id IS NOT NULL THEN "
         "-(SELECT count(*) FROM batches_kept o WHERE o.id <= batch.undoes_id) END",
         "UPDATE batch SET id = -id, undoes_id = -undoes_id"),
)  # fmt: skip
"""What only the chain of commands shows."""


def corpus(engine: str) -> Iterator[Edit]:
    """All edits of a store on an engine."""
    yield from columns()
    yield from orders()
    yield from (*ROWS, *EVENTS, *CHAINS, *EVERYWHERE)
    yield from SQLITE if engine == "sqlite" else POSTGRESQL


ACTS = (
    ("edit", "2-1", "--assist", "工信局"),
    ("note", "2-1", "口罩已到"),
    ("outreach", "add", "-", "误登的", "--team", "2"),
    ("undo",),
    ("outreach", "add", "-", "后来剪去的", "--team", "10"),
    ("calendar", "set", "2020-03-18", "off", "--source", "县里通知"),
    ("store", "set", "yellow_days", "4"),
    ("nil", "--team", "10", "--on", "昨天"),
    ("import", "office.csv", "--map", "单位=企业", "--map", "情况=问题描述", "--profile", "某单位"),
    ("notice", "make", "2-1", "--kind", "rectify", "-o", "paper.docx"),
    ("store", "clone", "copy.db", "--for", "某单位"),
    ("--store", "other.db", "init", "--county", "邻县", "--campaign", "别处", "--teams", "1"),
    ("--store", "other.db", "store", "bundle", "other.bundle", "--all"),
    ("merge", "other.bundle", "--county", "邻县", "--prefix", "LX"),
    ("edit", "2-1", "--text", "缺口罩一百只"),
    ("--store", "copy.db", "edit", "2-1", "--text", "缺口罩二百只"),
    ("merge", "copy.db"),
    ("note", "2-1", "两边都改过"),
    ("publish", "--name", "三月九日", "--as-of", "2020-03-09"),
)
"""What is done besides the walk, so that every table has rows, something added was undone, and two stores met."""


def fill(fugong: Run, folder: Path) -> None:
    (folder / "office.csv").write_text("单位,情况,发现日期\n甲厂,缺暖气,2020-03-06\n", encoding="utf-8")
    for act in ACTS:
        result = fugong(*act)
        assert result.exit_code == (6 if act == ("merge", "copy.db") else 0), (act, result.stderr)
