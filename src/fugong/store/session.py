"""One transaction on a store, and the records that were read in it.

SQL here and in the rules is what SQLite and PostgreSQL share, run by the engine's own driver. There is no language for
queries: a record is asked for by its key, by equal columns, or by a condition in SQL.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast
from weakref import WeakValueDictionary

from fugong.store.rows import Many, Parts, Row, Shape, plain
from fugong.store.traits import Sealed

if TYPE_CHECKING:
    from sqlalchemy import Connection

R = TypeVar("R", bound=Row)

TOGETHER = 500
"""Keys that are asked for in one statement at most."""


class Driver(Protocol):
    """What a session needs of an engine's driver: that of the standard library has it."""

    def execute(self, sql: str, params: Any = ..., /) -> Any:
        """Run a statement with ``:named`` parameters from a mapping, or ``?`` ones from a sequence."""

    def executemany(self, sql: str, params: Iterable[Any], /) -> Any:
        """Run a statement once for each sequence of parameters."""


class Session:
    """One transaction. What is set on a record is stored by ``save``, and by nothing else.

    Each record is here once: whoever asks for it gets the same object, for as long as anybody has it.
    """

    def __init__(self, driver: Driver, dialect: str, core: "Connection | None" = None) -> None:
        """Begin with a transaction that is open.

        Args:
            driver: The connection.
            dialect: The engine: ``sqlite`` or ``postgresql``.
            core: SQLAlchemy's connection over the same one, where tables are made, altered or examined.
        """
        self.dialect = dialect
        self.batch = ""
        """The uid of the command that was stored, once it was: whoever commits may have to ask for it."""
        self.last: Callable[[], object] = lambda: None
        """A function that is called last, just before the commit."""
        self.remembered: dict[Any, Any] = {}
        """What rules asked once for the whole transaction, each under a name of its own."""
        self._driver = driver
        self._core = core
        self._known: WeakValueDictionary[tuple[str, Any], Row] = WeakValueDictionary()

    @property
    def core(self) -> "Connection":
        """SQLAlchemy's connection in the same transaction.

        Raises:
            TypeError: The transaction was opened without one, as those of everyday commands are.
        """
        if self._core is None:
            message = "this transaction was opened for records only"
            raise TypeError(message)
        return self._core

    # Asking

    def rows(self, sql: str, **params: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, plain: dates as ISO text and truth as 0 and 1, on every engine."""
        return iter(self._driver.execute(sql, params))

    def get(self, kind: type[R], key: Any) -> R:
        """The record with a key.

        Raises:
            LookupError: There is none.
        """
        known = self._known.get((kind.shape.table, key))
        if known is not None:
            return known  # type: ignore[return-value]  # of this table are rows of this kind only
        return self.one(kind, f"t.{kind.shape.key[0]} = :key", key=key)

    def find(self, kind: type[R], **equal: Any) -> R | None:
        """The first record whose columns equal these values, if there is one."""
        where = " AND ".join(f"t.{column} = :{column}" for column in equal) or "1 = 1"
        found = self.all(kind, f"{where} ORDER BY t.{kind.shape.key[0]} LIMIT 1", **equal)
        return found[0] if found else None

    def one(self, kind: type[R], where: str, **params: Any) -> R:
        """The one record that a condition holds for.

        Raises:
            LookupError: There is none, or more than one.
        """
        found = self.all(kind, where, **params)
        if len(found) != 1:
            message = f"{len(found)} rows of {kind.shape.table}"
            raise LookupError(message)
        return found[0]

    def all(self, kind: type[R], where: str = "1 = 1 ORDER BY t.id", **params: Any) -> list[R]:
        """The records that a condition holds for: SQL in which ``t`` is their table, ``ORDER BY`` and all."""
        told = {name: plain(value) for name, value in params.items()}
        return [self._read(kind, row) for row in self._driver.execute(f"{kind.shape.select} WHERE {where}", told)]

    def among(self, kind: type[R], column: str, values: Iterable[Any], *, apart: bool = False, **equal: Any) -> list[R]:
        """The records that have one of these values in a column, and others as given, in the order of their keys.

        Args:
            kind: What they are.
            column: The column.
            values: Its values.
            apart: To be read only: nobody who asks for one later gets the same object, and none is remembered.
            equal: Values of other columns.
        """
        read = self._read_apart if apart else self._read
        wanted, found = list(values), list[R]()
        order = ", ".join(f"t.{name}" for name in kind.shape.key)
        where = "".join(f"t.{name} = ? AND " for name in equal)
        for start in range(0, len(wanted), TOGETHER):
            some = wanted[start : start + TOGETHER]
            asked = f"{kind.shape.select} WHERE {where}t.{column} IN ({_marks(some)}) ORDER BY {order}"
            told = [plain(value) for value in (*equal.values(), *some)]
            found += [read(kind, row) for row in self._driver.execute(asked, told)]
        return found

    def readable(self, kind: type[Row], keys: Sequence[Any]) -> int:
        """Read rows by their keys as what they are, and keep none of them; how many there were.

        Raises:
            ValueError, LookupError, TypeError: One cannot be read.
        """
        asked = f"{kind.shape.select} WHERE t.{kind.shape.key[0]} IN ({_marks(keys)})"
        reads = [(kind.shape.columns.index(column), read) for column, read in kind.shape.converted]
        rows = list(self._driver.execute(asked, list(keys)))
        for row in rows:
            for at, read in reads:
                if row[at] is not None:
                    read(row[at])
        return len(rows)

    def _read(self, kind: type[R], row: Sequence[Any]) -> R:
        """A row as the record that it is: the one that is known already as it is, or a new one."""
        at = kind.shape.at
        name = (kind.shape.table, row if at is None else row[at])
        known = self._known.get(name)
        if known is not None:
            return known  # type: ignore[return-value]  # as above
        record = kind.__new__(kind)
        self._fill(record, row)
        self._known[name] = record
        return record

    def _read_apart(self, kind: type[R], row: Sequence[Any]) -> R:
        record = kind.__new__(kind)
        self._fill(record, row)
        return record

    def _fill(self, record: Row, row: Sequence[Any]) -> None:
        shape = record.shape
        said = dict(zip(shape.columns, row, strict=True))
        for column, read in shape.converted:
            if (value := said[column]) is not None:
                said[column] = read(value)
        record.__dict__ = said
        record.session = self
        record.stored = row

    def refresh(self, record: Any) -> None:
        """Read a record again as it is by now."""
        asked = f"{record.shape.select} WHERE t.id = :id"
        self._fill(record, next(self.rows(asked, id=record.id)))

    def forget(self) -> None:
        """Know no record any more: those that anybody has stay as they are, and are read anew when asked for."""
        self._known.clear()

    def rollback(self) -> None:
        """Take everything back; what is done after it is not kept either."""
        self._driver.execute("ROLLBACK")
        self.batch = ""
        self.forget()

    # What belongs to a record (Row.owns)

    def parts(self, owner: Any, parts: Parts) -> list[Any]:
        """The parts of a record."""
        kind = Row.kinds[parts.kind]
        order = ", ".join(f"t.{name}" for name in kind.shape.key)
        return self._keep(owner, parts, self.all(kind, f"t.{parts.column} = :owner ORDER BY {order}", owner=owner.id))

    def linked(self, owner: Any, many: Many) -> list[Any]:
        """The records that another is linked to."""
        where = f"t.id IN (SELECT {many.other} FROM {many.table} WHERE {many.column} = :owner) ORDER BY t.id"
        return self._keep(owner, many, self.all(Row.kinds[many.kind], where, owner=owner.id))

    def gather(self, records: Sequence[Row], only: Collection[str] = ()) -> None:
        """Read what belongs to records of one kind, and what they refer to, for all of them at once.

        Args:
            records: The records.
            only: Of what belongs to them, these lists alone; else all.
        """
        self._gather_references(records)
        for each in records[0].owns if records else ():
            if only and each.name not in only:
                continue
            lists: dict[int, list[Any]] = {record.id: [] for record in cast("Sequence[Any]", records)}
            other = Row.kinds[each.kind]
            if isinstance(each, Parts):
                found = self.among(other, each.column, lists)
                for part in found:
                    lists[part.__dict__[each.column]].append(part)
                self._gather_references(found)
            else:
                asked = f"SELECT {each.other}, {each.column} FROM {each.table} WHERE {each.column} IN ({_marks(lists)})"
                links = sorted(self._driver.execute(asked, list(lists)))
                linked = {one.id: one for one in self.among(other, "id", {key for key, _ in links})}
                for key, owner in links:
                    lists[owner].append(linked[key])
            for record in cast("Sequence[Any]", records):
                record.__dict__[each.name] = self._keep(record, each, lists[record.id])

    def _gather_references(self, records: Sequence[Row]) -> None:
        """Read what records of one kind refer to; what is not there is None, as one that leads nowhere."""
        for column, one in records[0].refers.items() if records else ():
            kind = Row.kinds[one.kind]
            keys = {record.__dict__[column] for record in records}
            found = {key: self._known.get((kind.shape.table, key)) for key in keys}
            unknown = [key for key, record in found.items() if key is not None and record is None]
            found |= {each.id: each for each in self.among(kind, "id", unknown)}
            for record in records:
                record.__dict__[one.name] = found[record.__dict__[column]]

    def _keep(self, owner: Row, many: "Parts | Many", found: list[Any]) -> list[Any]:
        """Remember what the store has, so that ``save`` knows what changed."""
        owner.__dict__[many.was] = list(found)
        return found

    # Storing

    def save(self, record: Row) -> None:
        """Store a record as it is now: its row, if it is new or differs, and what belongs to it."""
        if isinstance(record, Sealed):
            record.seal = record.content_hash()
        if record.stored is None:
            self._insert(record)
        else:
            self._update(record)
        for each in record.owns:
            if each.name in record.__dict__:
                self._save_list(record, each)

    def _insert(self, record: Row) -> None:
        shape = record.shape
        values = record.row(shape.given)
        said = record.__dict__
        if "id" in shape.columns:
            said["id"] = next(iter(self._driver.execute(f"{shape.insert} RETURNING id", values)))[0]
        else:
            self._driver.execute(shape.insert, values)
        record.session = self
        record.stored = values = record.row(shape.columns)
        for each in record.owns:
            said.setdefault(each.name, [])
            said[each.was] = []
        if shape.at is not None:
            self._known[shape.table, values[shape.at]] = record

    def _update(self, record: Any) -> None:
        changed, values = self._changed(record)
        if changed:
            self._driver.execute(_setting(record.shape, changed), values)

    def _changed(self, record: Any) -> tuple[list[int], list[Any]]:
        """The places of the columns of which the store is told, and with what: their values, then the key."""
        shape, before = record.shape, record.stored
        if not before:
            message = "a record that was stored among many: ask for it anew"
            raise TypeError(message)
        now = record.stored = record.row(shape.columns)
        changed = [at for at, value in enumerate(now) if value != before[at]]
        return changed, [*(now[at] for at in changed), now[shape.at]]

    def save_each(self, records: Sequence[Row]) -> None:
        """Store records of one kind that the store has, as ``save`` does; those after each other are told together."""
        told = map(self._changed, records)
        for changed, some in groupby(told, key=itemgetter(0)):
            if changed:
                self._driver.executemany(_setting(records[0].shape, changed), [values for _, values in some])
        for record in records:
            for each in record.owns:
                if each.name in record.__dict__:
                    self._save_list(record, each)

    def _save_list(self, owner: Any, many: "Parts | Many") -> None:
        """Store what came into a list and went from it; first what went, for both may claim one place."""
        now, before = getattr(owner, many.name), owner.__dict__[many.was]
        here, there = {id(each) for each in now}, {id(each) for each in before}
        gone, come = [each for each in before if id(each) not in here], [each for each in now if id(each) not in there]
        if isinstance(many, Parts):
            for part in gone:
                self.delete(part)
            for part in now:
                part.__dict__[many.column] = owner.id
                self.save(part)
        else:
            linked = f"DELETE FROM {many.table} WHERE {many.column} = ? AND {many.other} = ?"
            for each in gone:
                self._driver.execute(linked, (owner.id, each.id))
            link = f"INSERT INTO {many.table} ({many.column}, {many.other}) VALUES (?, ?)"
            for each in come:
                self._driver.execute(link, (owner.id, each.id))
        owner.__dict__[many.was] = list(now)

    def save_all(self, records: Sequence[R], known: Mapping[str, Sequence[Any]] = MappingProxyType({})) -> None:
        """Store many new records of one kind. They are not known here: whoever goes on with one asks for it.

        Args:
            records: The records.
            known: By uid the rows of those that are as drivers take them already.
        """
        kind = type(records[0])
        given = kind.shape.given
        self.insert(kind, given, [known.get(each.__dict__.get("uid", "")) or each.row(given) for each in records])
        self._save_lists(records)

    def save_free(self, records: Sequence[R]) -> bool:
        """Store many new records of one kind as ``save_all`` does, if nothing is in the way of any of them.

        Returns:
            Whether they are stored; else nothing was.
        """
        kind = type(records[0])
        given = kind.shape.given
        sql = f"INSERT INTO {kind.shape.table} ({', '.join(given)}) VALUES ({_marks(given)}) ON CONFLICT DO NOTHING"
        self._driver.execute("SAVEPOINT free", ())
        self._driver.executemany(sql, [each.row(given) for each in records])
        free = len(list(self._keys(kind, [record.__dict__["uid"] for record in records]))) == len(records)
        if not free:
            self._driver.execute("ROLLBACK TO SAVEPOINT free", ())
        self._driver.execute("RELEASE SAVEPOINT free", ())
        if free:
            self._save_lists(records)
        return free

    def _save_lists(self, records: Sequence[R]) -> None:
        """Store what belongs to new records of one kind whose rows are stored."""
        for record in records:
            record.stored = ()
        owning = [record for record in records if any(record.__dict__.get(each.name) for each in record.owns)]
        keys = dict(self._keys(type(owning[0]), [record.__dict__["uid"] for record in owning])) if owning else {}
        for record in owning:
            record.__dict__["id"] = keys[record.__dict__["uid"]]
            for each in record.owns:
                if each.name in record.__dict__:
                    record.__dict__[each.was] = []
                    self._save_list(record, each)

    def _keys(self, kind: type[Row], uids: Sequence[str]) -> Iterator[tuple[str, int]]:
        asked = f"SELECT uid, id FROM {kind.shape.table} WHERE uid IN ({_marks(uids)})"
        return iter(self._driver.execute(asked, uids))

    def insert(self, kind: type[Row], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Store rows whose values are as drivers take them (``rows.plain``)."""
        sql = f"INSERT INTO {kind.shape.table} ({', '.join(columns)}) VALUES ({_marks(columns)})"
        self._driver.executemany(sql, rows)

    def run(self, sql: str, **params: Any) -> int:
        """Run a statement that changes rows; how many it changed."""
        return int(self._driver.execute(sql, params).rowcount)

    def run_all(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Run a statement with ``?`` parameters once for each sequence of values."""
        self._driver.executemany(sql, values)

    def delete(self, record: Any) -> None:
        """Remove a record with what belongs to it; it must not be referred to."""
        for each in record.owns:
            table = Row.kinds[each.kind].shape.table if isinstance(each, Parts) else each.table
            self._driver.execute(f"DELETE FROM {table} WHERE {each.column} = ?", (record.id,))
        self._driver.execute(f"DELETE FROM {record.shape.table} WHERE id = ?", (record.id,))
        self._known.pop((record.shape.table, record.id), None)


def _setting(shape: Shape, changed: Iterable[int]) -> str:
    """A statement that sets some columns of the row with a key."""
    setting = ", ".join(f"{shape.columns[at]} = ?" for at in changed)
    return f"UPDATE {shape.table} SET {setting} WHERE {shape.key[0]} = ?"


def _marks(values: Collection[Any]) -> str:
    """The places of as many parameters."""
    return ", ".join("?" * len(values))
