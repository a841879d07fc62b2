"""Shell completion from the store: quick, read-only, and silent when anything is amiss.

Only codes and ids are offered, never texts: a shell would expand what stands in them.
"""

import re
from collections.abc import Iterator

import typer

from fugong import config

MOST = 200
_NAME = re.compile(r"\w[\w（）·、-]*")
_SAFE = re.compile(r"[A-Za-z0-9-]+")


def team_codes(ctx: typer.Context, incomplete: str) -> list[str]:
    """Codes of teams that begin with what was typed."""
    return _offered("SELECT code FROM team WHERE code LIKE :start ORDER BY sort LIMIT :most", ctx, incomplete)


def problem_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Numbers of problems in hand that begin with what was typed."""
    sql = (
        "SELECT id FROM v_problem WHERE status IN ('open', 'doing', 'pending') AND id LIKE :start "
        "ORDER BY team_sort, series, number, tag LIMIT :most"
    )
    return _offered(sql, ctx, incomplete)


def activity_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Numbers of activities that begin with what was typed, of each team the latest first."""
    sql = "SELECT id FROM v_activity WHERE id LIKE :start ORDER BY team_sort, series, number DESC LIMIT :most"
    return _offered(sql, ctx, incomplete)


def saved_filters(incomplete: str) -> list[str]:
    """Names of saved filters that begin with what was typed."""
    from fugong.commands.frame import preferences

    return [name for name in preferences.filters() if name.startswith(incomplete) and _NAME.fullmatch(name)]


def _offered(sql: str, ctx: typer.Context, incomplete: str) -> list[str]:
    if incomplete and not _SAFE.fullmatch(incomplete):
        return []
    try:
        return [text for text in _column(sql, ctx, f"{incomplete}%") if _SAFE.fullmatch(text)]
    except Exception:  # noqa: BLE001  (a broken completion must never disturb the command line)
        return []


def _column(sql: str, ctx: typer.Context, start: str) -> Iterator[str]:
    from fugong import db

    with db.reading(config.store_location(ctx.find_root().params.get("store_"))) as reader:
        for (value,) in reader.rows(sql, start=start, most=MOST):
            yield value
