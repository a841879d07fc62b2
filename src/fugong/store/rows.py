"""How a record lies in the store: its columns, what it refers to, and what belongs to it.

The classes of ``records`` are made of these, compiled from the tables; ``session`` reads and stores them.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any, ClassVar, Protocol, TypeVar

_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_PLAIN = frozenset({str, int, bool, type(None)})


def plain(value: Any) -> Any:
    """A value in the form that both drivers take: codes and dates as text, a short list as JSON."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, date):
        return value.isoformat()
    return value._value_ if isinstance(value, Enum) else _text(value)


def _listed(text: str) -> Any:
    """A short list that is kept as JSON; most are empty."""
    return [] if text == "[]" else json.loads(text)


class Shape:
    """The columns of a table, and how the value of each is read."""

    def __init__(
        self,
        table: str,
        columns: Sequence[str],
        *,
        key: Sequence[str] = ("id",),
        days: Sequence[str] = (),
        flags: Sequence[str] = (),
        lists: Sequence[str] = (),
        codes: Mapping[str, type[Enum]] | None = None,
        made: Mapping[str, Callable[[], Any]] | None = None,
    ) -> None:
        """Describe a table.

        Args:
            table: Its name.
            columns: All of them, in the order of the table.
            key: Those of its primary key; a key called ``id`` is given by the store.
            days: Dates, kept as ISO text or as the engine has them.
            flags: Truth values.
            lists: Short lists, kept as JSON.
            codes: Enumerations, kept by their codes.
            made: What a new row gets where nothing is said.
        """
        self.table = table
        self.columns = columns
        self.key = key
        self.made = made or {}
        self._days = days
        self._flags = flags
        self._lists = lists
        self._codes = codes or {}

    @cached_property
    def select(self) -> str:
        """The beginning of every query for rows."""
        return f"SELECT {', '.join(f't.{column}' for column in self.columns)} FROM {self.table} t"

    @cached_property
    def insert(self) -> str:
        """A new row, without the key where the store gives it."""
        names = self.given
        return f"INSERT INTO {self.table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"

    @cached_property
    def given(self) -> Sequence[str]:
        """The columns of which a new row has values."""
        return [column for column in self.columns if column != "id"]

    @cached_property
    def at(self) -> int | None:
        """The place of the key among the columns; None where the key is of several."""
        return self.columns.index(self.key[0]) if len(self.key) == 1 else None

    @cached_property
    def readers(self) -> Sequence[tuple[str, Callable[[Any], Any] | None]]:
        """Each column, with the function that turns the driver's value into the attribute's."""
        kinds: dict[str, Callable[[Any], Any]] = {
            **dict.fromkeys(self._days, date.fromisoformat),
            **dict.fromkeys(self._flags, bool),
            **dict.fromkeys(self._lists, _listed),
            **{name: {code.value: code for code in codes}.__getitem__ for name, codes in self._codes.items()},
        }
        return [(column, kinds.get(column)) for column in self.columns]

    @cached_property
    def converted(self) -> Sequence[tuple[str, Callable[[Any], Any]]]:
        """Of the readers those that do something: most columns are as the driver has them."""
        return [(column, read) for column, read in self.readers if read is not None]

    def value(self, column: str, told: Any) -> Any:
        """The value of a column from its portable form.

        Raises:
            ValueError, LookupError, TypeError: It is none.
        """
        if told is None or column in (*self._flags, *self._lists):
            return told
        read = self._reading[column]
        return read(told) if read else told

    @cached_property
    def _reading(self) -> Mapping[str, Callable[[Any], Any] | None]:
        return dict(self.readers)


R = TypeVar("R", bound="Row")


class Reader(Protocol):
    """The methods of a session by which a record reads the records that it refers to, and its parts."""

    def get(self, kind: type[R], key: Any) -> R:
        """The record with a key."""

    def parts(self, owner: Any, parts: "Parts") -> list[Any]:
        """The parts of a record."""

    def linked(self, owner: Any, many: "Many") -> list[Any]:
        """The records that another is linked to."""


class Row:
    """A row of a table as a plain object. Attributes that nothing was said of have their column's default."""

    kinds: ClassVar[dict[str, type[Any]]] = {}
    """Every class that has a table, by its name."""
    shape: ClassVar[Shape]
    refers: ClassVar[Mapping[str, "One"]] = {}
    """By column: the references to other records."""
    owns: ClassVar[Sequence["Parts | Many"]] = ()
    """Its lists that are tables of their own, stored together with it."""
    ordered: ClassVar[bool] = False
    """Whether the order of such parts means something; else they are a set."""
    session: Reader | None = None
    """The session in which it was read or stored; None for a new one."""
    stored: Sequence[Any] | None = None
    """The row as the store has it; None for a new one."""

    def __init_subclass__(cls) -> None:
        if "shape" in cls.__dict__:
            said = cls.__dict__.values()
            cls.kinds[cls.__name__] = cls
            cls.refers = {each.column: each for each in said if isinstance(each, One)}
            cls.owns = [each for each in said if isinstance(each, Parts | Many)]

    def __init__(self, **said: Any) -> None:
        for name, make in self.shape.made.items():
            if name not in said:
                said[name] = make()
        self.__dict__ = said

    def row(self, columns: Sequence[str]) -> list[Any]:
        """The values of columns as drivers take them."""
        said, refers = self.__dict__, self.refers
        values = [
            refers[column].key(said) if column in refers else said[column] if column in said else getattr(self, column)
            for column in columns
        ]
        return [value if type(value) in _PLAIN else plain(value) for value in values]


class _Loading:
    """An attribute that is read from the store when it is first asked for, and is plain from then on."""

    name: str
    was: str
    """The name under which its record keeps the list as the store has it."""

    def __set_name__(self, owner: type[Row], name: str) -> None:
        self.name, self.was = name, f"_{name}"

    def __get__(self, row: Row | None, owner: type[Row]) -> Any:
        if row is None:
            return self
        found = row.__dict__[self.name] = self.read(row)
        return found

    def read(self, row: Row) -> Any:
        raise NotImplementedError


class One(_Loading):
    """Another record that this one refers to."""

    def __init__(self, kind: str, column: str) -> None:
        self.kind = kind
        self.column = column

    def read(self, row: Row) -> Any:
        key = row.__dict__.get(self.column)
        return None if key is None or row.session is None else row.session.get(Row.kinds[self.kind], key)

    def key(self, said: Mapping[str, Any]) -> Any:
        """The key of the other record."""
        if self.name in said:
            other = said[self.name]
            return None if other is None else other.id
        return said.get(self.column)


class Parts(_Loading):
    """Rows that belong to this record alone, in the order in which they were made; they are stored with it."""

    def __init__(self, kind: str, column: str) -> None:
        self.kind = kind
        self.column = column

    def read(self, row: Row) -> list[Any]:
        return [] if row.session is None else row.session.parts(row, self)


class Many(_Loading):
    """Other records, in the order in which those were made; a table of its own says which."""

    def __init__(self, kind: str, table: str, column: str, other: str) -> None:
        self.kind = kind
        self.table = table
        self.column = column
        self.other = other

    def read(self, row: Row) -> list[Any]:
        return [] if row.session is None else row.session.linked(row, self)


def one(kind: str, column: str) -> Any:
    """A reference (``One``), typed as what it refers to."""
    return One(kind, column)


def parts(kind: str, column: str) -> Any:
    """A list of parts (``Parts``), typed as one."""
    return Parts(kind, column)


def many(kind: str, table: str, column: str, other: str) -> Any:
    """A list of other records (``Many``), typed as one."""
    return Many(kind, table, column, other)
