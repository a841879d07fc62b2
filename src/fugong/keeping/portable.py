"""A table's rows as the export file has them: every reference a uid, and no key that only joins tables."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from fugong.store.column_types import Json


class Field(NamedTuple):
    """A column as the file has it."""

    name: str
    column: str
    kind: Any
    other: sa.Table | None
    """The table that it refers to; the file then has a uid."""

    def shown(self, value: Any) -> Any:
        """A value of the store as the file has it."""
        show = None if self.other is not None else _SHOWN.get(type(self.kind))
        return show(value) if show else value

    def taken(self, value: Any) -> Any:
        """A value of the file as the column takes it; a reference stays the uid that it is.

        Raises:
            ValueError, TypeError: It is none of the column's.
        """
        if value is None:
            return None
        if self.other is None and isinstance(self.kind, sa.Enum) and self.kind.enum_class is not None:
            return self.kind.enum_class(value)
        if isinstance(self.kind, sa.Date):
            return date.fromisoformat(value)
        wanted = _TAKEN.get(type(self.kind), str) if self.other is None else str
        if not isinstance(self.kind, Json) and type(value) is not wanted:
            raise TypeError
        return value


# Where JSON and the engines know different types
_SHOWN: dict[type, Callable[[Any], Any]] = {sa.Boolean: bool, Json: json.loads, sa.Date: str}
_TAKEN: dict[type, type] = {sa.Boolean: bool, sa.Integer: int}


@cache
def fields(table: sa.Table) -> Sequence[Field]:
    """What the file has of a table's rows: ``team_id``, which joins, is there as ``team``, the team's uid."""
    found = []
    for column in table.columns:
        others = [key.column.table for key in column.foreign_keys]
        if others:
            found.append(Field(column.name.removesuffix("_id"), column.name, column.type, others[0]))
        elif not (column.primary_key and isinstance(column.type, sa.Integer)):
            found.append(Field(column.name, column.name, column.type, None))
    return found


def query(table: sa.Table) -> str:
    """The SQL of a table's rows as ``fields`` has them, in the order in which they were made."""
    columns, joined = [], []
    for number, field in enumerate(fields(table)):
        if field.other is None:
            columns.append(f't."{field.column}"')
        else:
            columns.append(f"r{number}.uid")
            joined.append(f' LEFT JOIN "{field.other.name}" r{number} ON r{number}.id = t."{field.column}"')
    order = ", ".join(f't."{column.name}"' for column in table.primary_key)
    return f'SELECT {", ".join(columns)} FROM "{table.name}" t{"".join(joined)} ORDER BY {order}'
