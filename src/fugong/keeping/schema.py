"""Whether a store has this program's tables, indexes and views, as a new one would."""

from collections.abc import Iterator
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from fugong import views
from fugong.keeping.findings import Finding
from fugong.models import INDEXES
from fugong.vocab import Damage

_OWN = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"


def differences(session: Session) -> Iterator[Finding]:
    """What is missing, altered or added beside what ``store init`` makes."""
    found, wanted = _named(session.connection()), _fresh()
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
