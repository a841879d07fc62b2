"""Completion from the store: quick, read-only, and silent when anything is amiss.

A shell would expand what stands in a text. So only ids and names are offered that no shell finds anything in, a name
without its blanks, which finds its owner all the same; and a hint beside them has nothing but letters and digits.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import typer

from fugong import config
from fugong.vocab import ListName

MOST = 200
LONGEST_HINT = 30
_ID = r"[A-Za-z0-9-]+"
_NAME = r"\w[\w（）·、-]*"
_NOISE = r"[^\w，。、；：（）《》·-]+"

Offer = tuple[str, str]
"""A word, and a hint of what it stands for."""

# What is offered, and how it is looked up


def team_codes(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Codes of teams that begin with what was typed."""
    sql = "SELECT code, name FROM team WHERE code LIKE :start AND retired_on IS NULL ORDER BY sort LIMIT :most"
    return _ids(sql, ctx, incomplete)


def counties(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Names and prefixes of the counties that have teams here, as they begin with what was typed."""
    sql = (
        "SELECT DISTINCT t.county, coalesce(c.prefix, ''), 0 FROM team t LEFT JOIN county c ON c.name = t.county "
        "WHERE t.county IS NOT NULL UNION ALL SELECT prefix, name, 1 FROM county ORDER BY 1"
    )
    return _named(sql, ctx, incomplete)


def problem_ids(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Numbers of problems in hand that begin with what was typed."""
    sql = (
        "SELECT id, text FROM v_problem WHERE status IN ('open', 'doing', 'pending') AND id LIKE :start "
        "ORDER BY team_sort, series, number, tag LIMIT :most"
    )
    return _ids(sql, ctx, incomplete)


def activity_ids(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Numbers of activities that begin with what was typed, of each team the latest first."""
    sql = "SELECT id, text FROM v_activity WHERE id LIKE :start ORDER BY team_sort, series, number DESC LIMIT :most"
    return _ids(sql, ctx, incomplete)


def enterprises(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Names and aliases of firms that begin with what was typed; where nothing was, of each firm its short name."""
    return _named(_OWNED.format("enterprise"), ctx, incomplete)


def departments(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Names and aliases of departments that begin with what was typed."""
    return _named(_OWNED.format("department"), ctx, incomplete)


def members(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Names of members that begin with what was typed."""
    sql = (
        "SELECT m.name, t.name, 0 FROM member m JOIN team t ON t.id = m.team_id WHERE m.retired_on IS NULL "
        "ORDER BY t.sort, m.id"
    )
    return _named(sql, ctx, incomplete)


def entries(*lists: ListName) -> Callable[[typer.Context, str], list[Offer]]:
    """Names and codes of the entries of these lists that begin with what was typed."""

    def offered(ctx: typer.Context, incomplete: str) -> list[Offer]:
        named = ", ".join(f"'{each.value}'" for each in lists)
        own, other = ("zh", "en") if config.chinese() else ("en", "zh")
        of = f"FROM term WHERE list IN ({named}) AND retired_on IS NULL"
        return _named(f"SELECT {own}, {other}, 0 {of} UNION ALL SELECT code, {own}, 1 {of}", ctx, incomplete)

    return offered


def saved_filters(incomplete: str) -> list[str]:
    """Names of saved filters that begin with what was typed."""
    from fugong.commands.frame import preferences

    return [name for name in preferences.filters() if name.startswith(incomplete) and re.fullmatch(_NAME, name)]


_OWNED = (
    "SELECT n.name, n.core, 0 FROM {0} n WHERE n.retired_on IS NULL "
    "UNION ALL SELECT a.name, o.name, 1 FROM {0}_alias a JOIN {0} o ON o.id = a.owner_id WHERE o.retired_on IS NULL"
)
"""SQL for names: the name, a hint beside it, and whether it is offered only once its beginning was typed."""


def _ids(sql: str, ctx: typer.Context, incomplete: str) -> list[Offer]:
    if incomplete and not re.fullmatch(_ID, incomplete):
        return []
    rows = _quietly(sql, ctx, start=f"{incomplete}%", most=MOST)
    return [(text, _hint(said)) for text, said in rows if re.fullmatch(_ID, text)]


def _named(sql: str, ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Names that begin with what was typed, each once."""
    typed = incomplete.casefold()
    offered: dict[str, str] = {}
    for name, beside, alias in _quietly(sql, ctx):
        word = "".join(str(name).split())
        if (typed or not alias) and word.casefold().startswith(typed) and re.fullmatch(_NAME, word):
            offered.setdefault(word, _hint(beside))
        elif typed and not alias and str(beside).startswith(typed) and re.fullmatch(_NAME, str(beside)):
            offered.setdefault(str(beside), _hint(name))
        if len(offered) == MOST:
            break
    return list(offered.items())


def _hint(said: Any) -> str:
    return re.sub(_NOISE, " ", str(said or "")).strip()[:LONGEST_HINT]


def _quietly(sql: str, ctx: typer.Context, **params: Any) -> list[tuple[Any, ...]]:
    """The rows; none where anything is amiss."""
    try:
        return list(_rows(sql, ctx, **params))
    except Exception:  # noqa: BLE001  (a broken completion must never disturb the command line)
        return []


def _rows(sql: str, ctx: typer.Context, **params: Any) -> Iterator[tuple[Any, ...]]:
    from fugong import db

    with db.reading(config.store_location(ctx.find_root().params.get("store_"))) as reader:
        yield from reader.rows(sql, **params)
