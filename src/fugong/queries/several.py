"""Some problems of many: by their uids, thousands at once, or by what is asked of them.

At a cut-off no more of those that differed are made anew than are asked for.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from fugong.db import Reader
from fugong.queries.dialects import DIALECTS

A_PAGE = 1_000
"""So many lines are a page at most."""


BY_NUMBER = "team_sort, series, number, tag"
"""The columns of ``v_problem`` by which problems are in the order of their numbers."""


def of_those(reader: Reader, columns: str, where: str) -> str:
    """A query, to stand after FROM, for the few problems that meet a condition on the columns of the problem table.

    They are found first, in one pass, and then read by their keys. An engine that is to group or sort them by team
    reads all that there are in the order of an index instead, each from another page. At a cut-off those that did not
    differ stand beside those that did, for it would join all lines of both before it chooses.

    Args:
        reader: The store, or the store as it stood at a cut-off.
        columns: The columns of ``v_problem``, or expressions with names; there are those of ``BY_NUMBER`` as well.
        where: The condition; ``few`` is the table.
    """
    halves = ("",) if reader is reader.now else ("rest_", "then_")
    each = (
        f"SELECT {columns}, {BY_NUMBER} FROM {half}v_problem x "
        f"WHERE problem_id IN (SELECT few.id FROM {half}problem few WHERE {where})"
        for half in halves
    )
    return f"({' UNION ALL '.join(each)})"


def of_problems(reader: Reader, sql: str, uids: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query for some problems, in no order.

    Args:
        reader: The store, or the store as it stood at a cut-off.
        sql: The query, with ``{}`` where the uids go.
        uids: Which problems.
    """
    import json  # which a plain listing does without

    given = f"SELECT value AS uid FROM {DIALECTS[reader.dialect].items.format(':uids')}"
    return reader.only(given).rows(sql.format(given), uids=json.dumps(sorted(set(uids))))


def page(reader: Reader, columns: str, where: str, limit: int, **params: Any) -> Iterator[tuple[Any, ...]]:
    """The first lines of the problems that meet a condition on ``v_problem``, in the order of their numbers.

    As they stood at a cut-off: which they are is found first, those that did not differ along their index, beside those
    that did. An engine would make and sort all lines of both.
    """
    keys = f"{BY_NUMBER}, uid"
    sql = f"SELECT {keys} FROM {{}}_v_problem x WHERE {where} ORDER BY {keys} LIMIT :most"
    with reader.snapshot():
        found = [key for half in ("rest", "then") for key in reader.rows(sql.format(half), **params, most=limit)]
        first = [uid for *_, uid in sorted(found)[:limit]]
        rows = of_problems(reader, f"SELECT uid, {columns} FROM v_problem x WHERE uid IN ({{}})", first)
        lines = {uid: line for uid, *line in rows}
    return (tuple(lines[uid]) for uid in first)
