"""docs/data-model.md: the tables as the program declares them, drawn and explained."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from fugong import models

HEAD = """# 数据模型 The data model

由 docs/generate.py 按 `store/tables` 生成，不要手改。Made from `store/tables` by docs/generate.py; not to be edited.

表是内部的，随版本变动；给别的工具用的是[视图](views.md)。表里是当前状态，`event` 只增不改，说明它怎样来的。
Tables are internal and may change with a version; what other tools read are the [views](views.md). Tables hold the
current state; `event` is append-only and tells how it came about. Integer keys stay inside one store; `uid` travels.
"""


def page() -> str:
    """The whole page."""
    tables = [kind for kind in (getattr(models, name) for name in models.__all__) if hasattr(kind, "__table__")]
    groups = {name: list(kinds) for name, kinds in groupby(sorted(tables, key=_module), key=_module)}
    return "\n".join([HEAD, *_drawn(tables), *(line for group in groups.items() for line in _told(*group))]) + "\n"


def _module(kind: type[SQLModel]) -> str:
    return kind.__module__.rpartition(".")[2]


def _table(kind: Any) -> sa.Table:
    table: sa.Table = kind.__table__
    return table


def _drawn(tables: list[Any]) -> Iterator[str]:
    """Which table refers to which, as Mermaid draws it: ``|o`` where there may be none."""
    yield "```mermaid\nerDiagram"
    for table in sorted((_table(kind) for kind in tables), key=lambda table: table.name):
        for column in table.columns:
            for key in column.foreign_keys:
                end = "|o" if column.nullable else "||"
                yield f"  {key.column.table.name} {end}--o{{ {table.name} : {column.name.removesuffix('_id')}"
    yield "```\n"


def _told(module: str, kinds: list[Any]) -> Iterator[str]:
    yield f"## store/tables/{module}.py\n"
    for kind in kinds:
        said = _meanings(kind)
        yield f"### `{_table(kind).name}`\n\n{inspect.cleandoc(kind.__doc__)}\n"
        yield "| column | type | empty | meaning |\n|---|---|---|---|"
        for column in _table(kind).columns:
            meaning = said.get(column.name, _meaning(column))
            yield f"| `{column.name}` | {_type(column)} | {'yes' if column.nullable else ''} | {meaning} |"
        yield ""


def _type(column: sa.Column[Any]) -> str:
    """What a column holds, in a reader's words."""
    if isinstance(column.type, sa.Enum):
        return "code"
    kinds = {sa.Date: "date", sa.Boolean: "truth value", sa.Integer: "integer"}
    return next((said for kind, said in kinds.items() if isinstance(column.type, kind)), "text")


def _meaning(column: sa.Column[Any]) -> str:
    """What follows from the column itself."""
    if column.primary_key and not column.foreign_keys:
        return "its key inside this store"
    if isinstance(column.type, sa.Enum):
        return ", ".join(f"`{code}`" for code in column.type.enums)
    return "; ".join(f"a row of `{key.column.table.name}`" for key in column.foreign_keys)


def _meanings(kind: Any) -> dict[str, str]:
    """What the source says under each attribute, of the class and of those that it derives from."""
    said: dict[str, str] = {"uid": "the identity that travels"}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("fugong.store"):
            body = ast.parse(textwrap.dedent(inspect.getsource(base))).body[0]
            assert isinstance(body, ast.ClassDef)
            for before, after in zip(body.body, body.body[1:], strict=False):
                if (
                    isinstance(before, ast.AnnAssign)
                    and isinstance(before.target, ast.Name)
                    and isinstance(after, ast.Expr)
                    and isinstance(after.value, ast.Constant)
                ):
                    said[before.target.id] = " ".join(str(after.value.value).split()).replace("``", "`")
    return said
