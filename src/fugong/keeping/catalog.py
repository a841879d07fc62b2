"""What a database server says of a store's tables, indexes and views, and what it would say of a new store's.

Of what else it can put on a table, triggers, rules, policies, a store has nothing, whatever they are called.

A server keeps no statements: it prints what it understood of them, in words that change with its version. So a new
store is made beside, in the temporary schema of a connection of its own, described in the same words, and rolled back.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from fugong import db
from fugong.store import postgresql

Parts = Mapping[str, frozenset[str]]
"""The parts of every table, index and view, by its name."""

_PARTS = (
    """
SELECT c.relname, concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod),
       CASE WHEN a.attnotnull THEN 'NOT NULL' END, 'COLLATE ' || l.collname,
       'GENERATED ' || nullif(CAST(a.attgenerated AS text), ''), 'IDENTITY ' || nullif(CAST(a.attidentity AS text), ''),
       'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid))
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_collation l ON l.oid = a.attcollation
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind IN ('r', 'p', 'f')
""",
    """
SELECT c.relname, pg_get_constraintdef(k.oid, true)
FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid
WHERE k.contype IN ('c', 'f', 'p', 'u', 'x')
""",
    """
SELECT c.relname, pg_get_indexdef(c.oid, 0, true) || CASE WHEN x.indisvalid THEN '' ELSE ' INVALID' END
FROM pg_class c JOIN pg_index x ON x.indexrelid = c.oid
WHERE NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = c.oid AND k.conrelid = x.indrelid)
""",
    "SELECT c.relname, pg_get_viewdef(c.oid, true) FROM pg_class c WHERE c.relkind IN ('v', 'm')",
    """
SELECT c.relname, array_to_string(c.reloptions, ' ') FROM pg_class c
WHERE c.relkind IN ('v', 'm') AND c.reloptions IS NOT NULL
""",
    """
SELECT c.relname, 'KIND ' || CAST(c.relkind AS text) FROM pg_class c
WHERE c.relkind NOT IN ('r', 'i', 'v', 'S', 't', 'c')
""",
    "SELECT c.relname, 'UNLOGGED' FROM pg_class c WHERE c.relpersistence = 'u'",
    """
SELECT c.relname, concat_ws(' ', 'STEP', s.seqincrement, s.seqcycle)
FROM pg_class c JOIN pg_sequence s ON s.seqrelid = c.oid WHERE true
""",
)
_MADE_TO_DO_MORE = (
    """
SELECT c.relname, pg_get_triggerdef(t.oid, true) || ' ' || CAST(t.tgenabled AS text)
FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid WHERE NOT t.tgisinternal
""",
    """
SELECT c.relname, 'REFERENCES NOT ENFORCED'
FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid WHERE t.tgisinternal AND t.tgenabled <> 'O'
""",
    """
SELECT c.relname, pg_get_ruledef(r.oid, true) || ' ' || CAST(r.ev_enabled AS text)
FROM pg_class c JOIN pg_rewrite r ON r.ev_class = c.oid WHERE (r.rulename <> '_RETURN' OR r.ev_enabled <> 'O')
""",
    """
SELECT c.relname, concat_ws(' ', 'POLICY', p.polname, p.polcmd, pg_get_expr(p.polqual, p.polrelid),
       pg_get_expr(p.polwithcheck, p.polrelid))
FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid WHERE true
""",
    "SELECT c.relname, 'ROW LEVEL SECURITY' FROM pg_class c WHERE (c.relrowsecurity OR c.relforcerowsecurity)",
    """
SELECT c.relname, 'INHERITED BY ' || CAST(h.inhrelid::regclass AS text)
FROM pg_class c JOIN pg_inherits h ON h.inhparent = c.oid WHERE c.relkind <> 'I'
""",
    """
SELECT f.proname || '()', pg_get_function_identity_arguments(f.oid)
FROM pg_class c JOIN pg_proc f ON f.pronamespace = c.relnamespace WHERE c.relname = 'fugong' AND NOT EXISTS
(SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = f.oid AND d.deptype = 'e')
""",
    """
SELECT 'operator' || o.oprname, concat_ws(' ', o.oprleft::regtype, o.oprright::regtype)
FROM pg_class c JOIN pg_operator o ON o.oprnamespace = c.relnamespace WHERE c.relname = 'fugong' AND NOT EXISTS
(SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e')
""",
)
"""Queries for what could make a table or view do or show something else than it says. A new store has none of these.
Functions and operators beside the tables are among them, for the server prefers one that fits a statement's types to
its own."""
_HERE = """
AND c.relnamespace = CAST(CAST(current_schema() AS text) AS regnamespace) AND NOT EXISTS
(SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
"""
"""Where the store is; what the server's extensions brought is theirs."""

_BESIDE_THE_POINT = re.compile(r"::(?:character varying|text|name)(?:\[\])?|[()\s]")
"""Blanks, brackets, and casts between kinds of text: a server prints them otherwise after ``pg_restore``."""

_new: dict[Any, Parts] = {}
"""The parts of a new store by the server's version: another connection need not be asked again."""


def compared(connection: Connection) -> tuple[Parts, Parts]:
    """What is in a store, and what is in a new one."""
    return _described(connection), _fresh(connection)


def _described(connection: Connection) -> Parts:
    parts: dict[str, set[str]] = {}
    for name, part in _told(connection):
        parts.setdefault(name, set()).add(_BESIDE_THE_POINT.sub("", part))
    return {name: frozenset(each) for name, each in parts.items()}


def _told(connection: Connection) -> Iterator[tuple[str, str]]:
    for sql in (*_PARTS, *_MADE_TO_DO_MORE):
        for name, part in connection.execute(sa.text(sql + _HERE)):
            yield str(name), str(part)


def _fresh(beside: Connection) -> Parts:
    """The parts of a new store. It takes the right to make temporary tables, which everybody has unless it was taken.

    Args:
        beside: A connection to the same database, which may be reading only.
    """
    version = beside.dialect.server_version_info or ()
    if version not in _new:
        with beside.engine.connect() as connection:
            connection.exec_driver_sql("SET TRANSACTION READ WRITE")  # as far as one's own drafts go
            connection.exec_driver_sql("SET LOCAL search_path = pg_temp")
            connection.exec_driver_sql(postgresql.HEADER)
            db.define(connection)
            _new[version] = _described(connection)
            connection.rollback()
    return _new[version]
