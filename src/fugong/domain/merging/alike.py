"""Problems that may be one matter, logged twice: the same firm, a like text, near days, by different stores.

They are listed and never joined: ``void --duplicate-of`` does that.
"""

from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher

from fugong.store.session import Session
from fugong.values import texts

DAYS = 7
LIKENESS = 0.6

_NEAR = """
SELECT x.id, x.uid, x.text, x.found_on, x.series FROM v_problem x
WHERE x.enterprise_id = (SELECT enterprise_id FROM problem WHERE uid = :uid) AND x.status <> 'void'
"""


def found(session: Session, subjects: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of numbers of problems that may be one, of which one at least is among these.

    Args:
        session: The store.
        subjects: The problems that came.
    """
    pairs = set[tuple[str, str]]()
    for subject in subjects:
        near = {str(row[1]): row for row in session.rows(_NEAR, uid=subject)}
        mine = near.pop(subject, None)
        if mine is None:
            continue
        for other in near.values():
            if other[4] != mine[4] and _days(mine[3], other[3]) <= DAYS and _like(mine[2], other[2]):
                pairs.add((min(mine[0], other[0]), max(mine[0], other[0])))
    return sorted(pairs)


def _days(one: object, other: object) -> int:
    return abs((date.fromisoformat(str(one)) - date.fromisoformat(str(other))).days)


def _like(one: str, other: str) -> bool:
    a, b = texts.key(one), texts.key(other)
    return a == b or SequenceMatcher(None, a, b).ratio() >= LIKENESS
