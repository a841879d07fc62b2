"""Some problems of many: by their uids, thousands at once, or by what is asked of them.

At a cut-off only those that differed are made anew, and once.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from operator import itemgetter
from typing import Any

from fugong.db import Reader
from fugong.store import views

_TOGETHER = 500
A_PAGE = 1_000
"""So many lines are a page at most."""


def those(where: str) -> str:
    """A condition on the key of a problem: it is one of the few that meet another, which names columns of the table.

    They are found first, in one pass, and then read by their keys. An engine that is to group or sort them by team
    reads all that there are in the order of an index instead, each from another page.
    """
    return f"IN (SELECT few.id FROM problem few WHERE {where})"


def of_problems(reader: Reader, sql: str, uids: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query for some problems, in no order.

    Args:
        reader: The store, or the store as it stood at a cut-off.
        sql: The query, whose first column is the problem's uid, with ``{}`` where the uids go.
        uids: Which problems.
    """
    wanted = set(uids)
    if reader is reader.now or len(wanted) <= _TOGETHER:
        return _in_parts(reader, sql, wanted)
    later = {uid for (uid,) in reader.rows("SELECT subject FROM later_problem")}
    differed = reader.rows(sql.format("SELECT subject FROM later_problem")) if later & wanted else iter(())
    rest = _in_parts(reader.unchanged("problem"), sql, wanted - later)
    return chain((row for row in differed if row[0] in wanted), rest)


def page(reader: Reader, columns: str, where: str, limit: int, **params: Any) -> Iterator[tuple[Any, ...]]:
    """The first lines of the problems that meet a condition on ``v_problem``, in the order of their numbers.

    As they stood at a cut-off: those that did not differ along their index, beside those that did. An engine would make
    and sort all of both.
    """
    keys = ("team_sort", "series", "number", "tag")
    sql = f"SELECT {', '.join(keys)}, {columns} FROM {{}} x WHERE {where} ORDER BY {', '.join(keys)} LIMIT :most"
    with reader.snapshot():
        lines = [
            line
            for half in ("rest_problem", "then_problem")
            for line in reader.rows(
                sql.format(f"({views.problems(half, 'bounce', reader.dialect, past=True)})"), **params, most=limit
            )
        ]
    first = sorted(lines, key=itemgetter(*range(len(keys))))[:limit]
    return (line[len(keys) :] for line in first)


def _in_parts(reader: Reader, sql: str, uids: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """The same along the index of uids, as many at once as an engine takes."""
    wanted = sorted(uids)
    for start in range(0, len(wanted), _TOGETHER):
        some = {f"u{at}": uid for at, uid in enumerate(wanted[start : start + _TOGETHER])}
        yield from reader.rows(sql.format(", ".join(f":{name}" for name in some)), **some)
