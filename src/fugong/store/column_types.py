"""The kinds of column that tables are made of, each with what it may hold on every engine."""

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlmodel import Field

from fugong.store.identity import new_uid
from fugong.vocab import Coded


class Json(sa.TypeDecorator[Any]):
    """A short list kept as readable JSON text, the same on every engine."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str:  # noqa: ARG002  (SQLAlchemy calls it so)
        """The list as the text that is stored."""
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Any:  # noqa: ARG002  (SQLAlchemy calls it so)
        """The stored text as a list; what was never set is an empty one."""
        return json.loads(value) if value else []


# STRICT tables of SQLite know five types only; these are spelt so that they fit.
@compiles(sa.Date, "sqlite")
@compiles(sa.Enum, "sqlite")
def _as_text(*_: Any, **__: Any) -> str:
    return "TEXT"


@compiles(sa.Boolean, "sqlite")
def _as_integer(*_: Any, **__: Any) -> str:
    return "INTEGER"


# Texts sort by their characters' numbers, as in a file, whatever language a server's database was made for.
@compiles(sa.Text, "postgresql")
def _by_character(*_: Any, **__: Any) -> str:
    return 'TEXT COLLATE "C"'


@compiles(sa.Enum, "postgresql")
def _code_by_character(kind: sa.Enum, *_: Any, **__: Any) -> str:
    return f'VARCHAR({kind.length}) COLLATE "C"'


def text(name: str, limit: int, **options: Any) -> Any:
    """A text column of 1 to ``limit`` characters."""
    bounds = sa.CheckConstraint(f"length({name}) BETWEEN 1 AND {limit}")
    return Field(sa_type=sa.Text, sa_column_args=[bounds], **options)


def maybe_text(name: str, limit: int, **options: Any) -> Any:
    """An optional text column of 1 to ``limit`` characters."""
    return text(name, limit, default=None, nullable=True, **options)


def code(name: str, enum: type[Coded], *, null: bool = False, **options: Any) -> Any:
    """A column that holds a code of ``enum`` and nothing else, on every engine.

    The codes are a chain of OR: for ``IN`` with more than two of them SQLite makes a table anew for every row that is
    written, which takes as long as the row.
    """
    kind = sa.Enum(
        enum,
        values_callable=lambda codes: [code.value for code in codes],
        native_enum=False,
        validate_strings=True,
        length=20,
    )
    one_of = sa.CheckConstraint(" OR ".join(f"{name} = '{code.value}'" for code in enum))
    return Field(sa_column=sa.Column(kind, one_of, nullable=null), **options)


def flag(name: str, *, null: bool = False) -> Any:
    """A truth value, unknown allowed where ``null``."""
    kind = sa.Boolean(create_constraint=True, name=name)
    return Field(default=None if null else False, sa_column=sa.Column(kind, nullable=null))


def short_list() -> Any:
    """A short list kept inside the row."""
    return Field(default_factory=list, sa_column=sa.Column(Json, nullable=False))


def reference(table: str, *, null: bool = True, **options: Any) -> Any:
    """A reference to another record."""
    return Field(default=None, foreign_key=f"{table}.id", nullable=null, **options)


def day() -> Any:
    """An optional business date."""
    return Field(default=None, sa_type=sa.Date, nullable=True)


def uid() -> Any:
    """The identity that travels."""
    return Field(default_factory=new_uid, sa_type=sa.Text, unique=True)
