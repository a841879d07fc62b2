"""What holds between the tables: what no single record and no single history can show.

Rows that no event tells of must follow from those that one does. Each step reads its rows as they come.
"""

import hashlib
from collections.abc import Iterator

from sqlmodel import SQLModel

import fugong.models  # noqa: F401  (declares the tables)
from fugong.domain.merging import publications
from fugong.keeping.findings import Finding
from fugong.store import settings
from fugong.store.records import RECORDS, Problem
from fugong.store.session import Session
from fugong.vocab.keeping import Damage, Remedy

TOGETHER = 5000
"""How many rows are read at a time."""


def references() -> Iterator[tuple[str, str, str]]:
    """Every column that refers to another table: table, column, the other."""
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                yield table.name, column.name, key.column.table.name


def facts(session: Session) -> Iterator[Finding]:
    """Every setting and every fact is there, is known, and is one that it could be."""
    for table, wanted in (("setting", settings.DEFAULTS), ("fact", settings.FACTS)):
        held = dict(session.rows(f"SELECT name, value FROM {table}"))
        for name, detail in settings.faults(wanted, held):
            yield Finding(Damage.GAP if detail == "-" else Damage.VALUE, table, name, detail)


def order(session: Session) -> Iterator[Finding]:
    """Keys count up as things were entered: the events of a command stand together, and records in their order.

    What was entered first is what is listed first, and what the next ``undo`` takes back is what was entered last. A
    record that was gone and is there again stands where it was first, if it came with all its history at once, or where
    it came back; a problem is never gone.
    """
    moved = "SELECT hash FROM (SELECT hash, batch_id, lag(batch_id) OVER (ORDER BY id) AS last FROM event) e "
    for (hash_,) in session.rows(f"{moved} WHERE batch_id < last"):
        yield Finding(Damage.ORDER, "event", hash_, "id", Remedy.COMPARE)
    for kind in RECORDS:
        table = kind.shape.table
        added = "1 = 1" if kind is Problem else "e.act = 'add'"
        first, last = (
            f"(SELECT {which}(e.id) FROM event e WHERE {added} AND e.subject = r.uid)" for which in ("min", "max")
        )
        told = f"SELECT uid, id, {first} AS begun, {first if kind is Problem else last} AS again FROM {table} r"
        entered = f"SELECT uid, again, lag(begun) OVER (PARTITION BY begun = again ORDER BY id) AS last FROM ({told}) t"
        entered += " WHERE uid NOT IN (SELECT subject FROM event WHERE place IS NOT NULL)"
        for (uid,) in session.rows(f"SELECT uid FROM ({entered}) o WHERE again < last"):
            yield Finding(Damage.ORDER, table, uid, "id", Remedy.COMPARE)


def undone(session: Session) -> Iterator[Finding]:
    """A command that takes back another, or does it again, consists of that, of just the records that it wrote."""
    for sql in (_NOTHING_UNDONE, _MORE_THAN_UNDONE, _OTHERS_UNDONE, _BEFORE_IT_WAS, _ANOTHER_UNDONE):
        for (uid,) in session.rows(sql):
            yield Finding(Damage.UNDOING, "batch", uid, "undoes_id", Remedy.COMPARE)


_NOTHING_UNDONE = """
SELECT DISTINCT b.uid FROM event e JOIN batch b ON b.id = e.batch_id WHERE e.act = 'undo' AND b.undoes_id IS NULL
AND e.undoes IS NULL
"""
_MORE_THAN_UNDONE = """
SELECT DISTINCT b.uid FROM batch b JOIN event e ON e.batch_id = b.id
WHERE b.undoes_id IS NOT NULL AND e.act <> 'undo' AND e.undoes IS NULL
"""
_OTHERS_UNDONE = """
SELECT b.uid FROM batch b WHERE b.undoes_id IS NOT NULL
AND ((SELECT count(*) FROM event e WHERE e.batch_id = b.id)
     <> (SELECT count(*) FROM event e WHERE e.batch_id = b.undoes_id)
OR EXISTS (SELECT 1 FROM event e WHERE e.batch_id = b.id
           AND NOT EXISTS (SELECT 1 FROM event t WHERE t.batch_id = b.undoes_id AND t.subject = e.subject)))
"""
_BEFORE_IT_WAS = "SELECT uid FROM batch WHERE undoes_id >= id"
_ANOTHER_UNDONE = """
SELECT DISTINCT b.uid FROM event e JOIN batch b ON b.id = e.batch_id WHERE e.undoes IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM event t WHERE t.hash = e.undoes AND t.subject = e.subject
                AND t.batch_id < b.id AND (t.act = 'undo') <> (e.act = 'undo'))
"""
"""An undoing names an act of the same record from before it; what is done again, its undoing."""


def published(session: Session) -> Iterator[Finding]:
    """The rows behind every publication are those that its digest was taken of."""
    behind = publications.Behind(session)
    for key, uid, digest in list(session.rows("SELECT id, uid, digest FROM publication ORDER BY id")):
        lines, called = hashlib.sha256(), behind.called(uid)
        rows = _rows(session, key)
        for problem, status in sorted((called.get(one, one), status) for one, status in rows) if called else rows:
            lines.update(f"{problem} {status}\n".encode())
        if lines.hexdigest() != digest:
            yield Finding(Damage.SEAL, "published_row", uid, "digest", Remedy.COMPARE)


def _rows(session: Session, publication: int) -> Iterator[tuple[str, str]]:
    last, more = "", True
    while more:
        some = list(session.rows(_PUBLISHED, publication=publication, last=last))
        yield from some
        more = len(some) == TOGETHER
        last = some[-1][0] if some else last


_PUBLISHED = f"""
SELECT p.uid, r.status FROM published_row r JOIN problem p ON p.id = r.problem_id
WHERE r.publication_id = :publication AND p.uid > :last ORDER BY p.uid LIMIT {TOGETHER}
"""


def loaded(session: Session) -> Iterator[Finding]:
    """What a load brought has kept what the file said of it: the base of the next merge."""
    for kind, subject in session.rows(_UNKEPT):
        yield Finding(Damage.GAP, "loaded", subject, kind)


_UNKEPT = """
SELECT e.kind, e.subject FROM event e JOIN batch b ON b.id = e.batch_id
WHERE b.verb = 'load' AND e.act IN ('add', 'log') AND b.county IS NULL
EXCEPT SELECT section, subject FROM loaded ORDER BY 1, 2
"""
"""All that was loaded at once, for rows that are kept are found by their keys and not by their subjects."""


def counters(session: Session) -> Iterator[Finding]:
    """A server's counters are past every row: else the next one would be refused, or take a number again."""
    if session.dialect != "postgresql":
        return
    for table in [each.name for each in SQLModel.metadata.sorted_tables if "id" in each.columns]:
        counted = f"SELECT pg_get_serial_sequence('{table}', 'id') AS name, max(id) AS most FROM {table}"
        asked = f"SELECT name, most, has_sequence_privilege(name, 'SELECT') FROM ({counted}) c"
        ((sequence, most, shown),) = session.rows(asked)
        if sequence is None or not shown:
            continue  # its column differs, which is named; or whoever asks may not see it
        ((last, called),) = session.rows(f"SELECT last_value, is_called FROM {sequence}")
        if last < (most or 0) or (last == most and not called):
            yield Finding(Damage.DERIVED, table, str(last), "id")
