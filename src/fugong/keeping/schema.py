"""Whether a store has this program's tables, indexes and views, as a new one would."""

from collections.abc import Iterator
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from fugong import views
from fugong.keeping.findings import Finding
from fugong.models import INDEXES
from fugong.vocab import Damage

_COLUMNS = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
_OWN = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"


def differences(session: Session) -> Iterator[Finding]:
    """What is missing, altered or added beside what ``store init`` makes."""
    connection = session.connection()
    found, wanted = (
        (_named(connection), _fresh()) if connection.dialect.name == "sqlite" else (_relations(connection), _columns())
    )
    for name in sorted(found.keys() | wanted.keys()):
        if found.get(name) != wanted.get(name):
            yield Finding(Damage.SCHEMA, name, "", "+" if name not in wanted else "-" if name not in found else "≠")


@cache
def _fresh() -> dict[str, str]:
    """Name and statement of everything in a new store."""
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
        for statement in (*INDEXES, *views.statements("sqlite")):
            connection.exec_driver_sql(statement)
        return _named(connection)


def _named(connection: sa.Connection) -> dict[str, str]:
    return {str(name): str(sql) for name, sql in connection.exec_driver_sql(_OWN)}


def _relations(connection: sa.Connection) -> dict[str, str]:
    """Each table and view of a database server's store with its columns: servers do not keep the statements."""
    columns: dict[str, list[str]] = {}
    for table, column in connection.exec_driver_sql(_COLUMNS):
        columns.setdefault(table, []).append(column)
    return {table: " ".join(sorted(names)) for table, names in columns.items()}


def _columns() -> dict[str, str]:
    """The like of a new store."""
    tables = {table.name: list(table.columns.keys()) for table in SQLModel.metadata.sorted_tables}
    tables["fugong"] = ["id", "mark", "schema"]
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
        for statement in views.statements("sqlite"):
            connection.exec_driver_sql(statement)
        for name in sa.inspect(connection).get_view_names():
            tables[name] = [column["name"] for column in sa.inspect(connection).get_columns(name)]
    return {table: " ".join(sorted(names)) for table, names in tables.items()}
