"""What is handed in at meetings: the ledger with the columns such ledgers have, and the three lists made from it.

The columns are those of Chinese counties' problem ledgers (问题整改销号台账, 企业服务台账); the three lists,
问题清单、任务清单、责任清单, are three views of the same lines: what is wrong, what is to be done by when, and
whose business it is.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import count
from operator import itemgetter
from typing import NamedTuple, Self

from fugong.attributes.problems import LEDGER
from fugong.db import Reader
from fugong.queries.lights import Lights
from fugong.reports.filters import Condition
from fugong.reports.listing import Found, Listing, Made, each
from fugong.results.report import Report, Term
from fugong.values import versions
from fugong.vocab import Status, Words

_SELECT = """
SELECT {columns}
FROM v_problem v WHERE {where} ORDER BY {order}
"""
NOTE = """
(SELECT e.text FROM v_event e WHERE e.subject = v.uid AND e.act = 'note' AND NOT EXISTS (
     SELECT 1 FROM batch b JOIN batch u ON u.undoes_id = b.id WHERE b.uid = e.batch)
 ORDER BY e.on_date DESC, e.place DESC LIMIT 1)
"""
"""What was last noted about a problem, unless it was taken back."""

_BY_NUMBER = "team_sort, series, number, tag"
_BY_DEPARTMENT = (
    "CASE WHEN department_id IS NULL THEN 1 ELSE 0 END, department_id, "
    f"CASE WHEN person IS NULL THEN 1 ELSE 0 END, person, {_BY_NUMBER}"
)

_STANDING = {each.value: Term(each.value, each.zh, each.en) for each in Status}


class _Names(NamedTuple):
    """What rows name by key."""

    teams: dict[int, str]
    categories: dict[int, Term]
    departments: dict[int, str]

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """The names of the store: to be read when the rows have begun, so that none is newer than they are."""
        categories = reader.rows("SELECT id, code, zh, en FROM term WHERE list = 'category'")
        return cls(
            dict(reader.rows("SELECT id, name FROM team")),
            {key: Term(*named) for key, *named in categories},
            dict(reader.rows("SELECT id, name FROM department")),
        )


_MARKS = ("approximate", "due_estimated", "uid")
_PROBLEMS = ("no", "id", "team", "enterprise", "township", "source", "category", "text", "found_on", "light")
_TASKS = ("no", "id", "enterprise", "text", "how", "status", "due_on", "closed", "light")
_DUTIES = ("no", "department", "person", "assist", "id", "enterprise", "text", "due_on", "closed", "light")


def ledger(reader: Reader, wanted: Condition, shone: Lights) -> Report:
    """The problems that meet a condition, with the columns such ledgers have.

    Args:
        reader: The store.
        wanted: Which problems.
        shone: The lights of the cut-off.
    """
    return _projected(reader, wanted, shone, Words("问题台账", "Ledger of problems"), ())


def lists(reader: Reader, wanted: Condition, shone: Lights) -> Report:
    """The three lists of the problems that meet a condition; in formats of one table, the ledger that has all."""
    return _chained(_three(reader, wanted, shone), flat=ledger(reader, wanted, shone))


def _three(reader: Reader, wanted: Condition, shone: Lights) -> list[Report]:
    duties = Words("责任清单", "List of responsibilities")
    return [
        _projected(reader, wanted, shone, Words("问题清单", "List of problems"), _PROBLEMS),
        _projected(reader, wanted, shone, Words("任务清单", "List of tasks"), _TASKS),
        _projected(reader, wanted, shone, duties, _DUTIES, order=_BY_DEPARTMENT),
    ]


def lists_by_team(reader: Reader, wanted: Condition, shone: Lights) -> Report:
    """The three lists of each team that has such problems; in formats of one table, the ledger that has all."""
    having = f"SELECT DISTINCT team_id FROM v_problem v WHERE {wanted.sql}"
    teams = reader.rows(
        f"SELECT team_id, name FROM v_team WHERE team_id IN ({having}) ORDER BY team_sort", **wanted.params
    )
    parts = [
        part._replace(title=Words(f"{name} {part.title.zh}", f"{name}: {part.title.en}"))
        for key, name in teams
        for part in _three(reader, wanted._replace(sql=f"({wanted.sql}) AND team_id = {key}"), shone)
    ]
    return _chained(parts or _three(reader, wanted, shone), flat=ledger(reader, wanted, shone))


def _chained(parts: Sequence[Report], flat: Report | None = None) -> Report:
    """Reports one under the other."""
    first, *rest = parts
    return first._replace(footer=_chained(rest) if rest else None, flat=flat)


def _projected(
    reader: Reader,
    wanted: Condition,
    shone: Lights,
    title: Words,
    keys: Sequence[str],
    order: str = _BY_NUMBER,
) -> Report:
    """The ledger, or some of its columns, which are in the order of their keys."""
    listing = _listing(reader, shone)
    columns = listing.select(note=NOTE)
    sql = _SELECT.format(columns=columns, where=wanted.sql, order=order)
    by_key = {column.key: place for place, column in enumerate(listing.columns)}
    places = [by_key[key] for key in (*keys, *_MARKS)] if keys else range(len(listing.columns))
    lines = listing.rows(reader.stream(sql, **wanted.params))
    rows = map(itemgetter(*places), lines) if keys else lines
    return Report(
        title,
        [listing.columns[place] for place in places],
        rows,
        zone=reader.zone,
        size=lambda: wanted.how_many(reader),
    )


def _listing(reader: Reader, shone: Lights) -> Listing:
    """The lines of the ledger, numbered as they come.

    Teams, categories and departments, of which there are few, are named here by their keys: what the engine joins, it
    looks for in every row.
    """
    names = cache(lambda: _Names.read(reader))
    light = cache(lambda status, *days: shone.of(Status(status), *days))  # these tables are small
    number, often = count(1), lru_cache(_REMEMBERED)(versions.mark)
    return Listing(
        LEDGER,
        no=each(lambda _: next(number), "id"),
        team=Made(("team_id",), lambda found: map(names().teams.get, found["team_id"])),
        category=Made(("category_id",), lambda found: map(names().categories.get, found["category_id"])),
        department=Made(("department_id",), lambda found: map(names().departments.get, found["department_id"])),
        status=each(_standing, "status", "note"),
        closed=each(Status.CLOSED.value.__eq__, "status"),
        done_on=each(lambda applied_on, closed_on: applied_on or closed_on, "applied_on", "closed_on"),
        light=each(light, "status", "due_on", "applied_on"),
        version=Made(_MARKED, lambda found: _versions(found, names(), often)),
    )


_REMEMBERED = 1000
_MARKED = (
    "text", "enterprise", "category_id", "department_id", "assist", "person", "source", "found_on", "due_on", "status",
    "closed_on", "how", "remark", "note",
)  # fmt: skip
"""The columns that hold what is marked, in the order of ``versions.NAMES``."""
_OFTEN = ("enterprise", "category_id", "department_id", "assist", "person", "source", "found_on", "due_on", "status",
          "closed_on")  # fmt: skip
"""Of these columns, the ones whose values repeat from row to row, so that their marks are worth caching."""


def _versions(found: Found, named: _Names, often: Callable[[str | None], str]) -> Iterator[str]:
    """What rows say of themselves, to be compared when they come back; ``often`` remembers the marks of some values."""
    codes = {key: term.code for key, term in named.categories.items()}
    meant = dict(found) | {
        "category_id": map(codes.get, found["category_id"]),
        "department_id": map(named.departments.get, found["department_id"]),
    }
    marks = [map(often if name in _OFTEN else versions.mark, meant[name]) for name in _MARKED]
    return map(versions.version, zip(*marks, strict=True))


def _standing(status: str, note: str | None) -> Term:
    """Where a problem stands, and what was last noted about it; scripts get the status."""
    standing = _STANDING[status]
    return standing._replace(zh=f"{standing.zh}：{note}", en=f"{standing.en}: {note}") if note else standing
