"""Where a store in a database is: its URL, and connections to whichever of its hosts is wanted.

A URL may name several hosts, a primary and its standbys (docs/postgresql.md). Whoever writes then finds the primary,
also after another took its place; reports read it as well, unless the URL says ``target_session_attrs=prefer-standby``.
"""

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from fugong import config
from fugong.errors.store import DriverMissing, StoreAgain, StoreBusy, StoreUnreachable, StoreUnusable
from fugong.store import postgresql_failures

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import Connection

C = TypeVar("C")

SCHEME = "postgresql"
CONNECT_SECONDS = 10
"""How long a server that restarts, or has no place left, is asked again."""
FAILOVER_SECONDS = 60
"""How long several hosts are asked until one is the primary, and any of them how a commit ended."""

_ALIVE = {"keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}
"""A host that lost its power says nothing: after half a minute it is taken for dead."""


def speaks(location: str) -> bool:
    """Whether a location is a database of such a server."""
    return location.startswith((f"{SCHEME}://", f"{SCHEME}+psycopg://", "postgres://"))


def shown(location: str) -> str:
    """A location as people are shown it: without its password, and without options that could hold one."""
    found = re.fullmatch(_PLACE, location)
    return f"{SCHEME}://{found[1] if found else '…'}"


_PLACE = r"[\w+]+://(?:[^@/]*@)?([\w.,:%\[\]-]*(?:/[^@/?]*)?)(?:\?[^@]*)?"
"""Matches a URL's host and database; not if there is an ``@`` that makes it unclear where the password ends."""


def connection(location: str, *, writing: bool, patience: float | None = None) -> "psycopg.Connection":
    """A new connection.

    Args:
        location: The store.
        writing: Whether it must be the primary's.
        patience: How many seconds to ask at least, if longer than usual.
    """
    told = _told(location)
    return _patiently(lambda: _opened(told, writing), location, told, patience)


def core(location: str, *, writing: bool) -> "Connection":
    """SQLAlchemy's connection over a new one."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    told = _told(location)
    engine = create_engine(
        f"{SCHEME}+psycopg://", creator=lambda: _opened(told, writing), poolclass=NullPool, hide_parameters=True
    )
    return _patiently(engine.connect, location, told, None)


def _told(location: str) -> dict[str, Any]:
    """What a URL says; it is the driver's, which is that of all of PostgreSQL's programs."""
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ModuleNotFoundError as error:
        raise DriverMissing(install=config.install("postgresql")) from error
    try:
        return conninfo_to_dict(SCHEME + location[location.index(":") :])
    except psycopg.ProgrammingError as error:
        raise StoreUnusable(path=shown(location), reason=postgresql_failures.UNUSABLE["URL"]) from error


def _several(told: dict[str, Any]) -> bool:
    """Whether there are several hosts, one of which is the primary."""
    return "," in f"{told.get('host', '')}{told.get('hostaddr', '')}"


def _wanted(told: dict[str, Any], writing: bool) -> dict[str, str]:
    """Which of several hosts: what the URL says is said of reading; only the primary can be written to."""
    said = told.get("target_session_attrs")
    if writing:
        return {"target_session_attrs": "read-write"} if said in (None, "any", "prefer-standby") else {}
    return {"target_session_attrs": "primary"} if said is None else {}


def _opened(told: dict[str, Any], writing: bool) -> "psycopg.Connection":
    import psycopg
    from psycopg.conninfo import make_conninfo

    ours: dict[str, Any] = {"application_name": "fugong", "connect_timeout": CONNECT_SECONDS, **_ALIVE}
    wanted = _wanted(told, writing) if _several(told) else {}
    return psycopg.connect(make_conninfo("", **(ours | told | wanted)), prepare_threshold=None)


def _patiently(connect: Callable[[], C], location: str, told: dict[str, Any], patience: float | None) -> C:
    """A connection, asked for again while the server starts or is full, or no host is the primary."""
    until = time.monotonic() + (patience or (FAILOVER_SECONDS if _several(told) else CONNECT_SECONDS))
    pause = 0.05
    while True:
        try:
            return connect()
        except Exception as error:
            meant = postgresql_failures.meaning(getattr(error, "orig", error), shown(location))
            if not isinstance(meant, StoreBusy | StoreUnreachable):
                raise
            if time.monotonic() > until:
                raise (StoreUnreachable(path=shown(location)) if isinstance(meant, StoreAgain) else meant) from error
        time.sleep(pause)
        pause = min(pause * 2, 1)
