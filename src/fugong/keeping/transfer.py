"""Everything a store holds as one file of JSON lines, and back into a store, on whatever engine.

The first line says what the file is, the last how many rows came between and their SHA-256; each line
between is one row: ``["problem", {"uid": …, "team": …}]``, tables in the order in which they refer to each other.
A row names another by its uid: the keys by which tables are joined stay inside the store. Rows of a table come
in the order in which they were made, and get their keys in that order where they go in, for the order of events
hangs on it. Hashes travel because nothing is told anew. So a file is of the store that it is of, with what came to it
when (ADR 28).
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, StatementError
from sqlmodel import SQLModel

from fugong import config, db, files
from fugong.domain import copies, history
from fugong.errors.files import CannotRead
from fugong.errors.store import DumpBad, StoreNotEmpty
from fugong.keeping import check, portable
from fugong.store import postgresql, postgresql_places
from fugong.store.session import Session
from fugong.vocab import Grown, Words

FORMAT = "fugong store"
CHUNK = 500
LONGEST = 4 << 20
"""Bytes of a line at most; a file without lines is not read into memory."""


def export(location: str) -> Iterator[bytes]:
    """The lines of a store's export, of one moment of it."""
    with db.reading(location) as reader, reader.snapshot():
        yield line({"format": FORMAT, "schema": db.SCHEMA})
        digest, count = hashlib.sha256(), 0
        for table in SQLModel.metadata.sorted_tables:
            for row in _exported(reader, table):
                digest.update(row)
                count += 1
                yield row
        yield line({"rows": count, "sha256": digest.hexdigest()})


def _exported(reader: db.Reader, table: sa.Table) -> Iterator[bytes]:
    fields = portable.fields(table)
    for row in reader.stream(portable.query(table)):
        told = zip(fields, row, strict=True)
        yield line([table.name, {field.name: field.shown(value) for field, value in told if value is not None}])


def line(content: Any) -> bytes:
    """A line of an export."""
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def load(location: str, source: Path, *, progress: Callable[[], None] = lambda: None) -> int:
    """Fill a new or empty store from an export, and prove it whole; it goes on as a replica of its own.

    Returns:
        How many rows came in.

    Raises:
        CannotRead: There is no such file.
        DumpBad: The file is not a whole export, or what it holds does not fit together.
        StoreNotEmpty: The store holds something already.
    """

    def anew(session: Session) -> None:
        if next(session.rows("SELECT 1 FROM batch LIMIT 1"), None):
            moment = config.now(history.settings(session)["timezone"])
            copies.begin_anew(session, Grown.IMPORT, actor=config.actor(), moment=moment)

    return fill(location, source, progress=progress, then=anew)


def fill(
    location: str,
    source: Path,
    *,
    progress: Callable[[], None] = lambda: None,
    then: Callable[[Session], None] = lambda _: None,
) -> int:
    """Fill a new or empty store from an export, as it is. The rest is as ``load`` has it.

    Args:
        location: The store.
        source: The export.
        progress: Called for every row.
        then: What is done with the store when it has proved whole.
    """
    opened = db.writing(location, core=True) if db.exists(location) else db.creating(location)
    try:
        files.reads(source)
        with source.open("rb") as file, opened as session:
            _must_be_empty(session, db.place(location))
            count = _Load(session, source, progress).run(file)
            if postgresql_places.speaks(location):
                postgresql.renumber(session, SQLModel.metadata.sorted_tables)
            for finding in check.findings(session):
                said = f"{finding.table} {finding.row} {finding.detail}".strip()
                fault = Words(f"{finding.damage.zh}（{said}）", f"{finding.damage.en} ({said})")
                raise DumpBad(path=source, line=count + 2, reason=fault)
            then(session)
            return count
    except OSError as error:
        raise CannotRead(path=source, reason=files.unread(error)) from error


def _must_be_empty(session: Session, path: Path | str) -> None:
    if next(session.rows("SELECT 1 FROM batch LIMIT 1"), None):
        raise StoreNotEmpty(path=path)
    for table in ("setting", "fact"):
        session.run(f"DELETE FROM {table}")


_INTEGERS = range(-(1 << 63), 1 << 63)


def _kept(value: Any) -> bool:
    """Whether the engines can keep a value: text that has an encoding and no NUL, an integer of 64 bits."""
    if isinstance(value, str):
        return (value.isascii() and "\0" not in value) or not re.search("[\0\ud800-\udfff]", value)
    if isinstance(value, list | dict):
        return _kept(json.dumps(value, ensure_ascii=False))
    return not isinstance(value, int) or value in _INTEGERS


class _Load:
    """One import: lines become rows, in chunks of one table."""

    def __init__(self, session: Session, source: Path, progress: Callable[[], None]) -> None:
        self._connection = session.core
        self._source = source
        self._progress = progress
        self._number = 0
        self._later: list[tuple[str, str, str]] = []
        """References within the table that is being filled, set when all its rows are there: column, uid, uid."""

    def run(self, file: BinaryIO) -> int:
        """Read all lines; how many rows there were."""
        numbered = self._numbered(iter(lambda: file.readline(LONGEST), b""))
        head = next(numbered, None)
        self._must_fit(head)
        table, chunk = None, list[dict[str, Any]]()
        for row in numbered:
            if isinstance(row, dict):  # the end
                continue
            held, values = self._row(row)
            if held is not table or len(chunk) == CHUNK:
                self._insert(table, chunk, ended=held is not table)
                table, chunk = held, []
            chunk.append(values)
            self._progress()
        self._insert(table, chunk, ended=True)
        return self._number - 2

    def _must_fit(self, head: Any) -> None:
        schema = head.get("schema") if isinstance(head, dict) and head.get("format") == FORMAT else None
        if schema is None:
            raise self._bad(Words("不是 fugong store export 导出的文件", "it is not a file of fugong store export"))
        if schema != db.SCHEMA:
            raise self._bad(
                Words(
                    f"它是结构第 {schema} 版的台账导出的，本程序用第 {db.SCHEMA} 版；"
                    "请用导出它的那一版程序装入，再用新版程序打开，台账会自动升级",
                    f"it is of schema {schema}, and this program uses {db.SCHEMA}: import it with the version that "
                    "exported it, and the newer of the two will upgrade that store",
                )
            )

    def _numbered(self, lines: Iterable[bytes]) -> Iterator[Any]:
        """The lines as JSON; the last must agree with those before it."""
        digest, ended = hashlib.sha256(), None
        for self._number, line in enumerate(lines, start=1):
            if len(line) == LONGEST:
                raise self._bad(Words("这一行太长", "the line is too long"))
            if ended is not None:
                raise self._bad(Words("结尾之后还有内容", "there is more after the end"))
            content = self._parsed(line)
            if self._number > 1 and isinstance(content, dict):
                ended = content
                if ended != {"rows": self._number - 2, "sha256": digest.hexdigest()}:
                    raise self._bad(Words("与校验和不符", "the checksum does not fit"))
            elif self._number > 1:
                digest.update(line)
            yield content
        if ended is None:
            raise self._bad(Words("文件不完整", "the file is cut off"))

    def _parsed(self, line: bytes) -> Any:
        try:
            return json.loads(line.decode())
        except (ValueError, RecursionError):
            raise self._bad(Words("不是 JSON", "it is not JSON")) from None

    def _row(self, row: Any) -> tuple[sa.Table, dict[str, Any]]:
        """A row's table, and its values as the columns take them, references still as uids."""
        try:
            name, said = row
            table = SQLModel.metadata.tables[name]
            fields = {field.name: field for field in portable.fields(table)}
            values: dict[str, Any] = {field.column: None for field in fields.values()}
            values |= {fields[name].column: fields[name].taken(value) for name, value in said.items()}
        except (KeyError, ValueError, TypeError, AttributeError):
            raise self._bad(Words("没有这样的行", "there is no such row")) from None
        if not all(map(_kept, said.values())):
            raise self._bad(Words("有台账存不下的值", "there is a value that no store can hold"))
        return table, values

    def _insert(self, table: sa.Table | None, chunk: list[dict[str, Any]], *, ended: bool) -> None:
        if table is None:
            return
        for field in portable.fields(table):
            if field.other is not None:
                self._point(field.column, field.other, chunk, here=field.other is table)
        self._run(table.insert(), chunk)
        if ended:
            self._refer(table)

    def _point(self, column: str, other: sa.Table, chunk: list[dict[str, Any]], *, here: bool) -> None:
        """Let a reference be the key that the row with this uid has in this store."""
        if here:
            self._later += [(column, row["uid"], row[column]) for row in chunk if row[column]]
        keys = {} if here else self._keys(other, {row[column] for row in chunk})
        for row in chunk:
            row[column] = keys.get(row[column])

    def _keys(self, table: sa.Table, uids: set[str | None]) -> dict[str | None, int]:
        """The keys of rows by their uids, all of which must be there."""
        wanted = uids - {None}
        query = sa.select(table.c.uid, table.c.id).where(table.c.uid.in_(wanted))
        keys: dict[str | None, int] = {uid: key for uid, key in self._connection.execute(query)}  # noqa: C416  (dict() of rows has no types)
        for missing in wanted - keys.keys():
            raise self._bad(Words(f"{table.name} 里没有 {missing}", f"there is no {table.name} {missing}"))
        return keys

    def _refer(self, table: sa.Table) -> None:
        for column, uid, other in self._later:
            keys = self._keys(table, {uid, other})
            self._run(sa.update(table).where(table.c.id == keys[uid]).values({column: keys[other]}), None)
        self._later.clear()

    def _run(self, statement: Any, values: Any) -> None:
        try:
            self._connection.execute(statement, values)
        except sa.exc.IntegrityError as error:
            said = str(error.orig).partition("\n")[0]  # a server goes on with the row, and its telephone number
            raise self._bad(Words(f"行与行不相符（{said}）", f"rows do not fit ({said})")) from None
        except StatementError as error:
            if isinstance(error, DBAPIError):
                raise
            raise self._bad(Words("值不对", "a value does not fit")) from None

    def _bad(self, why: Words) -> DumpBad:
        return DumpBad(path=self._source, line=self._number, reason=why)
