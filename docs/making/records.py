"""src/fugong/store/records.py: what SQLModel and SQLAlchemy know of a table, found out once instead of at every start.

``python docs/generate.py`` writes the module; a test compares the two. The tables stay the one definition.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from textwrap import wrap
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import sqlalchemy as sa
from sqlalchemy.orm import RelationshipDirection
from sqlmodel import SQLModel

from fugong import attributes
from fugong.store import tables, traits
from fugong.store.column_types import Json
from fugong.store.tables.base import Record
from fugong.vocab import Coded

for each in iter_modules(tables.__path__):  # which together have all tables
    import_module(f"{tables.__name__}.{each.name}")
WIDTH = 120
_HEAD = '''"""The rows of all tables as plain objects, which the rules are about and ``session`` reads and stores.

Compiled from ``tables`` by ``python docs/generate.py``; not to be edited. What a column means stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fugong import vocab
from fugong.store import traits
from fugong.store.identity import new_uid
from fugong.store.rows import Row, Shape, many, one, parts
from fugong.store.traits import Record, Retiring, Sealed

# Names stand in a few lines, not one in each.
# fmt: off
'''
_BASES = ("Record", "Retiring", "Row", "Sealed")


def source() -> str:
    """The text of the module ``records``."""
    classes = [_Class(model) for model in _models()]
    names = ["RECORDS", *sorted([*_BASES, *(each.name for each in classes)])]
    kinds = [each.name for each in classes if issubclass(each.model, Record)]
    told = '"""Every kind of record, each after those that it refers to."""'
    return "\n".join([
        f"{_HEAD}\n{_listed('__all__ = [', _each(map(_quoted, names)), ']')}\n",
        *("\n" + "\n".join(each.lines()) + "\n" for each in classes),
        f"\n{_listed('RECORDS: Sequence[type[Record]] = (', _each(kinds), ')')}\n{told}\n",
    ])  # fmt: skip


def _models() -> list[type[SQLModel]]:
    """The class of every table, each after those that it refers to."""
    by_table = {mapper.local_table: mapper.class_ for mapper in SQLModel._sa_registry.mappers}  # noqa: SLF001  (it has no public name)
    return [by_table[table] for table in SQLModel.metadata.sorted_tables]


class _Class:
    """One class of the module."""

    def __init__(self, model: type[SQLModel]) -> None:
        self.model = model
        self.name = model.__name__
        mapper: Any = sa.inspect(model)
        self._table: sa.Table = mapper.local_table
        one = RelationshipDirection.MANYTOONE
        self._lists = [each for each in mapper.relationships if each.direction is not one]
        self._references = {
            column.name: each for each in mapper.relationships if each.direction is one for column in each.local_columns
        }

    def lines(self) -> Iterator[str]:
        """Its text."""
        yield f"class {self.name}({self._base()}):"
        yield f'    """{(self.model.__doc__ or "").strip()}"""'
        yield ""
        yield "    shape = Shape("
        yield from (f"{said}," for said in self._shape())
        yield "    )"
        if issubclass(self.model, Record):
            yield f"    record_kind = {_word(self.model.record_kind)}"
            yield _listed("tracked = (", _each(map(_quoted, attributes.tracked(self.model.record_kind))), ")", "    ")
        yield ""
        yield from (f"    {self._column(column)}" for column in self._table.columns)
        yield from (f"    {self._list(each)}" for each in self._lists)

    def _base(self) -> str:
        """The class that says what its rows can do."""
        if hasattr(traits, self.name):
            return f"traits.{self.name}"
        return next(base.__name__ for base in self.model.__mro__ if base.__name__ in _BASES)

    def _shape(self) -> Iterator[str]:
        """The arguments of its ``Shape``."""
        columns = self._table.columns
        yield f"        {_quoted(self._table.name)}"
        yield _names("", [column.name for column in columns])
        key = [column.name for column in self._table.primary_key]
        if key != ["id"]:
            yield _names("key=", key)
        for name, kind in (("days", sa.Date), ("flags", sa.Boolean), ("lists", Json)):
            found = [column.name for column in columns if isinstance(column.type, kind)]
            if found:
                yield _names(f"{name}=", found)
        codes = {column.name: column.type.enum_class for column in columns if isinstance(column.type, sa.Enum)}
        if codes:
            yield _listed("codes={", _each(f"{_quoted(name)}: {_type(kind)}" for name, kind in codes.items()), "}", _IN)
        fields = self.model.model_fields.items()
        made = {name: field.default_factory for name, field in fields if field.default_factory}
        if made:
            yield _listed("made={", _each(f"{_quoted(name)}: {make.__name__}" for name, make in made.items()), "}", _IN)

    def _column(self, column: sa.Column[Any]) -> str:
        """A column as an attribute, or in its place the record that it refers to."""
        if column.name in self._references:
            each = self._references[column.name]
            kind = each.mapper.class_.__name__
            said = f"{kind} | None" if column.nullable else kind
            return f'{each.key}: {said} = one("{kind}", "{column.name}")'
        field = self.model.model_fields[column.name]
        kind = _type(field.annotation)
        if not column.nullable:  # a key has no default but in the table, where the store gives it
            kind = kind.removesuffix(" | None")
        if field.is_required() or field.default_factory or not (column.nullable or field.default is not None):
            return f"{column.name}: {kind}"
        return f"{column.name}: {kind} = {_word(field.default)}"

    def _list(self, each: Any) -> str:
        """A list that belongs to it as an attribute."""
        kind = each.mapper.class_.__name__
        if each.secondary is None:
            (column,) = each.remote_side
            return f'{each.key}: list[{kind}] = parts("{kind}", "{column.name}")'
        tables = (self._table, each.mapper.local_table)
        of = {key.column.table: key.parent.name for key in each.secondary.foreign_keys}
        columns = ", ".join(_quoted(of[table]) for table in tables)
        return f'{each.key}: list[{kind}] = many("{kind}", "{each.secondary.name}", {columns})'


def _type(kind: Any) -> str:
    """An annotation as it is written."""
    if get_origin(kind) in (Union, UnionType):
        return " | ".join(map(_type, get_args(kind)))
    if get_origin(kind) is list:
        return f"list[{', '.join(map(_type, get_args(kind)))}]"
    if kind is NoneType:
        return "None"
    return f"vocab.{kind.__name__}" if issubclass(kind, Coded) else str(kind.__name__)


def _word(value: Any) -> str:
    """A value as it is written."""
    if isinstance(value, Coded):
        return f"{_type(type(value))}.{value.name}"
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    return f'"{text}"'


_IN = " " * 8
"""How deep the arguments of a ``Shape`` stand."""


def _names(before: str, names: Iterable[str]) -> str:
    """Names as an argument of a ``Shape``."""
    return _listed(f"{before}(", _each(map(_quoted, names)), ")", _IN)


def _each(items: Iterable[str]) -> list[str]:
    """Items with a comma after each."""
    return [f"{item}," for item in items]


def _listed(before: str, items: Iterable[str], after: str, indent: str = "") -> str:
    """Items between two brackets: in one line, or in as many as they need."""
    said = list(items)
    line = " ".join(said) if len(said) == 1 and after == ")" else " ".join(said).removesuffix(",")
    line = f"{indent}{before}{line}{after}"
    if len(line) < WIDTH:
        return line
    body = wrap(" ".join(said), WIDTH, initial_indent=f"{indent}    ", subsequent_indent=f"{indent}    ")
    return "\n".join([f"{indent}{before}", *body, f"{indent}{after}"])
