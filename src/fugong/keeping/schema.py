"""Whether a store has this program's tables, indexes and views, as a new one would.

An upgraded store was made in another order, so that statements are compared by their parts: columns, constraints and
references of a table are each a part, wherever they stand and whatever a constraint is called.
"""

import re
from collections.abc import Iterator
from functools import cache

import sqlalchemy as sa

from fugong import db
from fugong.keeping import catalog
from fugong.keeping.catalog import Parts
from fugong.keeping.findings import Finding
from fugong.store.session import Session
from fugong.store.tables import planner
from fugong.vocab.keeping import Damage

_OWN = """
SELECT type, name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4'))
"""
"""What has a statement was made by one, whatever it is called; what the planner is told is compared row by row."""
_TOLD = "SELECT tbl, idx, stat FROM sqlite_stat1"


def differences(session: Session) -> Iterator[Finding]:
    """What is missing, altered or added beside what ``store init`` makes, and tells the planner of a file."""
    connection = session.core
    found, wanted = (
        (described(connection), fresh()) if connection.dialect.name == "sqlite" else catalog.compared(connection)
    )
    for name in sorted(found.keys() | wanted.keys()):
        if found.get(name) != wanted.get(name):
            yield Finding(Damage.SCHEMA, name, "", "+" if name not in wanted else "-" if name not in found else "≠")
    if connection.dialect.name == "sqlite" and set(connection.exec_driver_sql(_TOLD)) != set(planner.rows()):
        yield Finding(Damage.SCHEMA, "sqlite_stat1", "", "≠")


@cache
def fresh() -> Parts:
    """The parts of everything in a new store: what the models say."""
    engine = sa.create_engine("sqlite://", poolclass=sa.NullPool)  # which leaves nothing open
    with engine.begin() as connection:
        db.define(connection)
        return described(connection)


def described(connection: sa.Connection) -> Parts:
    """The parts of everything in a store."""
    parts: dict[str, frozenset[str]] = {}
    for kind, name, sql in connection.exec_driver_sql(_OWN):
        said = frozenset(_parts(sql) if kind == "table" else [sql if kind == "view" else _plain(sql)])
        parts[name] = parts.get(name, frozenset()) | said  # a trigger may be called as a table is
    return parts


def _plain(sql: str) -> str:
    """A statement without what makes no difference outside its texts: blanks, and quotes that names do not need."""
    return _PIECES.sub(lambda piece: piece[1] or piece[2] or " ", sql).strip()


_PIECES = re.compile(r"""('(?:[^']|'')*')|"(\w+)"|\s+""")
"""A text, which stays as it is; a name; blanks."""


def _parts(sql: str) -> Iterator[str]:
    """The parts of a ``CREATE TABLE``, and what follows them."""
    body, _, options = _plain(sql).partition("(")[2].rpartition(")")
    yield options.strip()
    for entry in _entries(body):
        unnamed = re.sub(r"CONSTRAINT \w+ ", "", entry)
        if unnamed.startswith(("PRIMARY KEY", "UNIQUE", "CHECK", "FOREIGN KEY")):
            yield unnamed.replace("KEY(", "KEY (")
        else:
            yield from _column(unnamed)


def _column(entry: str) -> Iterator[str]:
    """A column, and the constraints that stand with it, as they would stand by themselves."""
    name = entry.partition(" ")[0]
    for check in re.findall(r"CHECK \((?:[^()]|\([^()]*\))*\)", entry):
        entry = entry.replace(check, "")
        yield check
    for reference in re.findall(r"REFERENCES \w+ ?\(\w+\)", entry):
        entry = entry.replace(reference, "")
        yield f"FOREIGN KEY ({name}) {reference}"
    for key in ("UNIQUE", "PRIMARY KEY"):
        if key in entry:
            entry = entry.replace(key, "")
            yield f"{key} ({name})"
    yield " ".join(entry.split())


def _entries(body: str) -> Iterator[str]:
    """What stands between the outer commas."""
    depth, start, quoted = 0, 0, False
    for place, character in enumerate(body):
        quoted ^= character == "'"
        if quoted:
            continue
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            yield body[start:place].strip()
            start = place + 1
    yield body[start:].strip()
