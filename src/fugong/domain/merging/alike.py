"""Problems that may be one matter, logged twice: the same firm, a like text, near days, by different stores.

They are listed and never joined: ``void --duplicate-of`` does that.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from fugong.store.session import Session
from fugong.values import texts

DAYS = 7
LIKENESS = 0.6

_FIRM = "SELECT enterprise_id FROM problem WHERE uid = :uid AND enterprise_id IS NOT NULL"
_OF_FIRM = """
SELECT x.id, x.uid, x.text, x.found_on, x.series FROM v_problem x WHERE x.enterprise_id = :firm AND x.status <> 'void'
"""


def found(session: Session, subjects: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of numbers of problems that may be one, of which one at least is among these.

    Args:
        session: The store.
        subjects: The problems that came.
    """
    pairs = set[tuple[str, str]]()
    came = set(subjects)
    firms = dict.fromkeys(firm for uid in subjects for (firm,) in session.rows(_FIRM, uid=uid))
    for firm in firms:
        series: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for row in session.rows(_OF_FIRM, firm=firm):
            series[row[4]].append(row)
        for one, other in combinations(series.values(), 2):
            pairs.update(
                (min(mine[0], theirs[0]), max(mine[0], theirs[0]))
                for mine in one
                for theirs in other
                if (mine[1] in came or theirs[1] in came)
                and _days(mine[3], theirs[3]) <= DAYS
                and _like(mine[2], theirs[2])
            )
    return sorted(pairs)


def _days(one: object, other: object) -> int:
    return abs((date.fromisoformat(str(one)) - date.fromisoformat(str(other))).days)


def _like(one: str, other: str) -> bool:
    a, b = texts.key(one), texts.key(other)
    return a == b or SequenceMatcher(None, a, b).ratio() >= LIKENESS
