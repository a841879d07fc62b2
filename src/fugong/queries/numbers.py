"""Which problem or activity a number means that somebody typed: the one that bears it, or that bore it before."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fugong.errors.names import (
    ActivityForProblem,
    AmbiguousId,
    BadActivityId,
    BadId,
    UnknownActivity,
    UnknownProblem,
)
from fugong.queries import Rows
from fugong.queries.names import MOST_CANDIDATES
from fugong.values import texts

if TYPE_CHECKING:
    from fugong.db import Reader


def meant(reader: "Reader", find: Callable[[Rows, str], int], given: str) -> int:
    """The key of the record with a number: numbers mean what they mean now, and what they meant where several have it.

    Args:
        reader: The store as it stood at a cut-off.
        find: Looks a number up: ``problem``, ``activity``.
        given: The number as typed.

    Raises:
        Refusal: As ``find`` does.
    """
    try:
        return find(reader.now.rows, given)
    except AmbiguousId:
        if reader is reader.now:
            raise
        return find(reader.rows, given)


def problem(rows: Rows, given: str) -> int:
    """The key of the problem with this number, as ``3-2``, or ``3-B2`` of another series, or ``3-2KQ`` with a tag.

    Raises:
        BadId: Not of that form.
        UnknownProblem: There is none.
        AmbiguousId: The number was given to several.
    """
    number = re.fullmatch(_NUMBER, texts.key(given))
    if number is None:
        raise BadId(id=given)
    found = _numbered(rows, "problem", given, number)
    if found is None and "-w" in texts.key(given):
        raise ActivityForProblem(id=given)
    if found is None:
        raise UnknownProblem(ids=given)
    return found


def activity(rows: Rows, given: str) -> int:
    """The key of the activity with this number, as ``3-w2``, ``3-wB2`` or ``3-w2KQ``.

    Raises:
        BadActivityId: Not of that form.
        UnknownActivity: There is none.
        AmbiguousId: The number was given to several.
    """
    number = re.fullmatch(_ACTIVITY, texts.key(given))
    if number is None:
        raise BadActivityId(id=given)
    found = _numbered(rows, "activity", given, number)
    if found is None:
        raise UnknownActivity(id=given)
    return found


def _numbered(rows: Rows, table: str, given: str, number: re.Match[str]) -> int | None:
    """The key of the record with a number: of the one that bears it, or that bore it when it was entered elsewhere."""
    code, series, digits, tag = number.groups()
    told = {"code": code, "series": series.upper(), "number": int(digits), "tag": f"{tag.upper()}%"}
    found = list(rows(_BEARING.format(table=table), **told))
    if not tag and not (len(found) == 1 and found[0][2] == ""):  # whose number is nobody else's has no letters
        said = f'%"number":[null,{int(digits)}]%'
        bore = rows(_BORE.format(table=table), code=code, series=series.upper(), said=said)
        found = list(dict.fromkeys([*((key, ident) for key, ident, _ in found), *bore]))
    if not found and not tag and table == "problem" and list(rows(_MAY_HAVE_LEFT)):
        found = _moved(rows, code, series.upper(), int(digits))
    if len(found) > 1:
        raise AmbiguousId(id=given, candidates=[ident for _, ident, *_ in found[:MOST_CANDIDATES]])
    return int(found[0][0]) if found else None


_NUMBER = r"(.{1,8})-([a-z]{0,12})([0-9]{1,9})([a-z]{0,8})"
_ACTIVITY = r"(.{1,8})-w([a-z]{0,12})([0-9]{1,9})([a-z]{0,8})"
_BEARING = """
SELECT x.{table}_id, x.id, r.tag FROM v_{table} x JOIN {table} r ON r.id = x.{table}_id
WHERE r.team_id IN (SELECT id FROM team WHERE lower(code) = :code) AND r.series = :series AND r.number = :number
AND r.tag LIKE :tag ORDER BY x.id
"""
_BORE = """
SELECT DISTINCT x.{table}_id, x.id FROM event e JOIN v_{table} x ON x.uid = e.subject
WHERE e.place IS NOT NULL AND e.kind = '{table}' AND e.act IN ('log', 'add') AND e.changes LIKE :said
AND CASE WHEN e.changes LIKE '%"series":[null,%' THEN e.changes LIKE '%"series":[null,"' || :series || '"]%'
    ELSE :series = '' END
AND lower(x.team) = :code ORDER BY x.id
"""
"""Where stores met, a record may have been entered in several, and then had a number in each."""


def _moved(rows: Rows, code: str, series: str, number: int) -> list[tuple[Any, ...]]:
    """The problem that had this number before it was moved to another team: what it bore then finds it for ever."""
    found = [
        (key, ident)
        for subject, at, key, ident, *bears in list(rows(_LEFT, code=code))
        if _bore(rows, subject, at, dict(zip(("series", "number"), bears, strict=True))) == (series, number)
    ]
    return list(dict.fromkeys(found))


def _bore(rows: Rows, subject: str, at: int, now: dict[str, Any]) -> tuple[str, int]:
    """What a problem bore before an event: what the first event since then that changed it says, else what it bears."""
    import json

    bore: dict[str, Any] = {}
    for (changes,) in rows(_SINCE, subject=subject, at=at):
        said = json.loads(changes)
        for name in now:
            if name in said:
                bore.setdefault(name, said[name][0])
    bore = now | bore
    return str(bore["series"]), int(bore["number"])


_SINCE = (
    "SELECT changes FROM event WHERE subject = :subject AND coalesce(place, id) >= :at ORDER BY coalesce(place, id)"
)
_MAY_HAVE_LEFT = """
SELECT 1 FROM team WHERE skipped > 0 UNION ALL SELECT 1 FROM peer
UNION ALL SELECT 1 FROM fact WHERE name = 'series' AND value <> '' LIMIT 1
"""
"""Whether any problem may have: a number that is skipped tells, where all were given in one series by one store."""
_LEFT = """
SELECT e.subject, coalesce(e.place, e.id), r.id, x.id, r.series, r.number
FROM event e JOIN problem r ON r.uid = e.subject JOIN v_problem x ON x.problem_id = r.id
WHERE e.kind = 'problem' AND e.act = 'edit'
AND e.changes LIKE '%"team":["' || (SELECT uid FROM team WHERE lower(code) = :code) || '",%'
"""
