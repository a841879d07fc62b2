"""Problems that may be one matter, logged twice: the same firm, a like text, near days, by different stores.

They are listed and never joined: ``void --duplicate-of`` does that.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

from fugong.queries.among import among
from fugong.store.session import Session
from fugong.values import texts
from fugong.vocab import Kind

DAYS = 7
LIKENESS = 0.6

_FIRMS = "SELECT DISTINCT enterprise_id FROM problem WHERE uid IN ({}) AND enterprise_id IS NOT NULL"
_OF_FIRM = """
SELECT x.id, x.uid, x.text, x.found_on, x.series FROM v_problem x WHERE x.enterprise_id = :firm AND x.status <> 'void'
"""


def found(session: Session, came: Mapping[str, Kind]) -> list[tuple[str, str]]:
    """Pairs of numbers of problems that may be one, of which one at least came.

    Args:
        session: The store.
        came: The records that came, with their kinds.
    """
    pairs = set[tuple[str, str]]()
    problems = (uid for uid, kind in came.items() if kind is Kind.PROBLEM)
    for firm in {firm for (firm,) in among(session.rows, _FIRMS, problems)}:
        series: dict[str, list[_Logged]] = defaultdict(list)
        for ident, uid, text, found_on, letters in session.rows(_OF_FIRM, firm=firm):
            day = date.fromisoformat(str(found_on)).toordinal()
            series[letters].append(_Logged(ident, uid in came, texts.key(text), day))
        for one, other in combinations(series.values(), 2):
            pairs.update((min(mine.id, theirs.id), max(mine.id, theirs.id)) for mine, theirs in _like(one, other))
    return sorted(pairs)


class _Logged(NamedTuple):
    """A problem of a firm."""

    id: str
    came: bool
    text: str
    day: int


def _like(one: Sequence[_Logged], other: Sequence[_Logged]) -> Iterator[tuple[_Logged, _Logged]]:
    """Those of two series that may be one, of which one at least came."""
    matcher = SequenceMatcher(None)
    for theirs in other:
        matcher.set_seq2(theirs.text)
        for mine in one:
            if abs(mine.day - theirs.day) <= DAYS and (mine.came or theirs.came):
                matcher.set_seq1(mine.text)
                if all(ratio() >= LIKENESS for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)):
                    yield mine, theirs
