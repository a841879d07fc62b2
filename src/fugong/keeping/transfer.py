"""Everything a store holds as one file of JSON lines, and back into a store, on whatever engine.

The first line says what the file is, the last how many rows came between and their SHA-256; each line
between is one row: ``["problem", {"id": 1, …}]``, tables in the order in which they refer to each other.
Row numbers travel along, for links and the order of events hang on them; hashes travel because nothing is told anew.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, StatementError
from sqlmodel import Session, SQLModel

from fugong import db, files, postgresql
from fugong.errors.files import CannotRead
from fugong.errors.store import DumpBad, StoreNotEmpty
from fugong.fields import Json
from fugong.keeping import check
from fugong.models import Batch, Setting
from fugong.vocab import Words

FORMAT = "fugong store"
CHUNK = 500


def export(location: str) -> Iterator[bytes]:
    """The lines of a store's export, of one moment of it."""
    with db.reading(location) as reader, reader.snapshot():
        yield _line({"format": FORMAT, "schema": db.SCHEMA})
        digest, count = hashlib.sha256(), 0
        for table in SQLModel.metadata.sorted_tables:
            for row in _exported(reader, table):
                digest.update(row)
                count += 1
                yield row
        yield _line({"rows": count, "sha256": digest.hexdigest()})


def _exported(reader: db.Reader, table: sa.Table) -> Iterator[bytes]:
    names = [column.name for column in table.columns]
    quoted = ", ".join(f'"{name}"' for name in names)
    order = ", ".join(column.name for column in table.primary_key)
    shown = [_SHOWN.get(type(column.type), _as_it_is) for column in table.columns]
    for row in reader.rows(f'SELECT {quoted} FROM "{table.name}" ORDER BY {order}'):  # noqa: S608
        values = {name: show(value) for name, show, value in zip(names, shown, row, strict=True) if value is not None}
        yield _line([table.name, values])


def _line(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _as_it_is(value: Any) -> Any:
    return value


_SHOWN: dict[type, Callable[[Any], Any]] = {sa.Boolean: bool, Json: json.loads}
"""How values of the file's columns are written, where JSON knows better than SQLite."""


def load(location: str, source: Path, *, progress: Callable[[], None] = lambda: None) -> int:
    """Fill a new or empty store from an export, and prove it whole before it is committed.

    Returns:
        How many rows came in.

    Raises:
        CannotRead: There is no such file.
        DumpBad: The file is not a whole export, or what it holds does not fit together.
        StoreNotEmpty: The store holds something already.
    """
    opened = db.writing if db.exists(location) else db.creating
    try:
        with source.open("rb") as file, opened(location) as session:
            _must_be_empty(session, db.place(location))
            count = _Load(session, source, progress).run(file)
            if postgresql.speaks(location):
                postgresql.renumber(session, SQLModel.metadata.sorted_tables)
            for finding in check.findings(session):
                said = f"{finding.table} {finding.row} {finding.detail}".strip()
                fault = Words(f"{finding.damage.zh}（{said}）", f"{finding.damage.en} ({said})")
                raise DumpBad(path=source, line=count + 2, reason=fault)
            return count
    except OSError as error:
        raise CannotRead(path=source, reason=files.reason(error)) from error


def _must_be_empty(session: Session, path: Path | str) -> None:
    if session.connection().execute(sa.select(sa.func.count()).select_from(sa.inspect(Batch).local_table)).scalar():
        raise StoreNotEmpty(path=path)
    session.connection().execute(sa.delete(Setting))


class _Load:
    """One import: lines become rows, in chunks of one table."""

    def __init__(self, session: Session, source: Path, progress: Callable[[], None]) -> None:
        self._connection = session.connection()
        self._source = source
        self._progress = progress
        self._number = 0
        self._later: list[tuple[sa.Column[Any], int, int]] = []
        """References within a table, set when all its rows are there."""

    def run(self, lines: Iterable[bytes]) -> int:
        """Read all lines; how many rows there were."""
        numbered = self._numbered(lines)
        head = next(numbered, None)
        if not isinstance(head, dict) or head.get("format") != FORMAT or head.get("schema") != db.SCHEMA:
            raise self._bad(Words("不是本版本导出的台账", "it is not an export of this version"))
        table, chunk = None, list[dict[str, Any]]()
        for row in numbered:
            if isinstance(row, dict):  # the end
                continue
            held, values = self._row(row)
            if held is not table or len(chunk) == CHUNK:
                self._insert(table, chunk)
                table, chunk = held, []
            chunk.append(values)
            self._progress()
        self._insert(table, chunk)
        self._refer()
        return self._number - 2

    def _numbered(self, lines: Iterable[bytes]) -> Iterator[Any]:
        """The lines as JSON; the last must agree with those before it."""
        digest, ended = hashlib.sha256(), None
        for self._number, line in enumerate(lines, start=1):
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
            return json.loads(line)
        except (ValueError, RecursionError):
            raise self._bad(Words("不是 JSON", "it is not JSON")) from None

    def _row(self, row: Any) -> tuple[sa.Table, dict[str, Any]]:
        """A row's table, and its values as the columns take them."""
        try:
            name, said = row
            table = SQLModel.metadata.tables[name]
            values: dict[str, Any] = dict.fromkeys(table.columns.keys())
            values |= {column: _taken(table.columns[column], value) for column, value in said.items()}
        except (KeyError, ValueError, TypeError, AttributeError):
            raise self._bad(Words("没有这样的行", "there is no such row")) from None
        for key in table.foreign_keys:
            if key.column.table is table and values[key.parent.name] is not None:
                self._later.append((key.parent, values["id"], values.pop(key.parent.name)))
                values[key.parent.name] = None
        return table, values

    def _insert(self, table: sa.Table | None, chunk: list[dict[str, Any]]) -> None:
        if table is not None and chunk:
            self._run(table.insert(), chunk)

    def _refer(self) -> None:
        for column, row, other in self._later:
            self._run(sa.update(column.table).where(column.table.c.id == row).values({column: other}), None)

    def _run(self, statement: Any, values: Any) -> None:
        try:
            self._connection.execute(statement, values)
        except sa.exc.IntegrityError as error:
            raise self._bad(Words(f"行与行不相符（{error.orig}）", f"rows do not fit ({error.orig})")) from None
        except StatementError as error:
            if isinstance(error, DBAPIError):
                raise
            raise self._bad(Words("值不对", "a value does not fit")) from None

    def _bad(self, why: Words) -> DumpBad:
        return DumpBad(path=self._source, line=self._number, reason=why)


def _taken(column: sa.Column[Any], value: Any) -> Any:
    """A value as its column takes it.

    Raises:
        ValueError, TypeError: It is none of the column's.
    """
    kind = column.type
    if value is None:
        return None
    if isinstance(kind, sa.Enum) and kind.enum_class is not None:
        return kind.enum_class(value)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    wanted = bool if isinstance(kind, sa.Boolean) else int if isinstance(kind, sa.Integer) else str
    if not isinstance(kind, Json) and type(value) is not wanted:
        raise TypeError
    return value
