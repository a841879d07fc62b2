"""Schema 2, after the first that was released."""

from sqlalchemy import Connection


def upgrade(connection: Connection) -> None:
    """Of schema 1, make schema 2."""
    del connection
