"""The store as it stood at a cut-off, for whatever reads it: the same tables and views under the same names.

A query over the past is the query over the present in which other queries take the places of the tables that it
reads. A record about which something was written that the cut-off leaves out is made anew, from those of its events
that count: the fold of the acts that were known at the moment T and stand, without those dated after the day D. All
other rows are the table's own, along its own indexes, so that yesterday costs little more than now.

- What stands is decided over all that was known by T; only then is what is dated after D left out.
- A corrected day of an act (found, closed, done, reached) counts as if the act had been entered with it.
- Who takes part and the lists that are data are there as soon as they are known: the day on which somebody entered a
  team is not the day on which it began to exist. What is said of them counts from the day of the act that said it.
- Histories with days of their own (stages, who looks after whom, bounces) are taken as known by T, up to D.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from fugong.db import Reader
from fugong.queries import Rows, once
from fugong.queries.acts import Acts
from fugong.queries.as_of import AsOf
from fugong.queries.dialects import DIALECTS
from fugong.queries.forms import KEPT, PARTS
from fugong.queries.rows_then import RowsThen
from fugong.store import views


def at(reader: Reader, cut: AsOf) -> Reader:
    """The store as it stood at a cut-off, to be read like the store itself; now is the reader itself."""
    return reader.now if cut.present else Then(reader.now, Past(cut))


def as_known(reader: Reader, cut: AsOf) -> Reader:
    """The store as it was known at a cut-off, whatever the days are that its acts are dated."""
    if cut.known is None:
        return reader.now
    return at(reader, cut._replace(day=date.max, at=None).settled(reader.now))


def in_its_zone(reader: Reader, cut: AsOf) -> AsOf:
    """The same cut-off, of which a time of day is one of the zone that the store had then."""
    if cut.at is None or ("setting", False) not in (cut.left_out or ()):
        return cut
    zone = at(reader, cut._replace(at=None)).zone
    return cut if zone == cut.zone else cut._replace(zone=zone).settled(reader)


def rows_at(rows: Rows, cut: AsOf) -> Rows:
    """The same of whatever runs SQL on the store."""
    if cut.present:
        return rows
    past = Past(cut)
    return lambda sql, **params: rows(past.over(sql), **params)


def problem(cut: AsOf) -> str:
    """The problem table at a cut-off, to stand after FROM where nothing else is read of the past."""
    return "problem" if cut.present else f"({Past(cut).over('SELECT * FROM problem')})"


class Then(Reader):
    """A reader of the store as it stood at a cut-off."""

    def __init__(self, now: Reader, past: "Past") -> None:
        self.__dict__ = {**now.__dict__, "_settings": None}  # they were others, perhaps
        self._now = now
        self._past = past
        self._over = cache(past.over)

    @property
    def now(self) -> Reader:
        """The store as it is."""
        return self._now

    def differs(self, table: str) -> bool:
        """Whether any record of a table was otherwise then."""
        return self._past.differs(table)

    def only(self, uids: str) -> Reader:
        """The same for queries that ask for no other problems than these: no other is made anew."""
        return at(self._now, self._past.only(uids))

    def rows(self, sql: str, **params: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query over the past."""
        return super().rows(self._over(sql), **params)

    def stream(self, sql: str, **params: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query over the past that has as many as the ledger."""
        return super().stream(self._over(sql), **params)


class Past:
    """The queries that put the past in the place of the tables. Of each table there are:

    - ``now_x``: the table as it is
    - ``asked_x``: the problems that are asked for, where a query asks for no others
    - ``later_x``: the records about which something was written that the cut-off leaves out
    - ``left_x``: their rows as they are now, with no more columns than the query needs
    - ``once_x``: those of them that need no folding (``once``)
    - ``made_x``: those of them that do
    - ``told_x``: their events that count, each with the day from which it does
    - ``then_x``: the rows of all of them as they stood
    - ``rest_x``: the rows of all others
    - ``x``: the whole table as it stood

    Of the view of problems there are the two halves as well: ``rest_v_problem`` and ``then_v_problem``.

    And of what set a status, each with the day from which it counts, up to the cut-off: ``acted_problem``, what did so
    on the day of the cut-off; and ``turned_problem``, all that did so of problems that ever went back.
    """

    def __init__(self, cut: AsOf, read: frozenset[str] | None = None, seen: Mapping[str, str] | None = None) -> None:
        """Begin.

        Args:
            cut: The cut-off.
            read: The words of the one query that it is for: no column is made anew that it does not name.
            seen: The views that this query names, with no more columns than it does.
        """
        self._cut = cut
        self._read = read
        self._seen = _views(cut.dialect) if seen is None else seen
        self._acts = Acts(cut)
        self._rows = RowsThen(cut, self._acts, read)

    def differs(self, table: str) -> bool:
        """Whether any record of a table was otherwise."""
        return self._acts.differ(table)

    def only(self, uids: str) -> AsOf:
        """The same cut-off, of which no more is read than some problems."""
        return self._cut._replace(only=uids)

    def over(self, sql: str) -> str:
        """A query over the tables, rewritten to read the past instead."""
        if self._read is None and not _EVERY.search(sql):
            asked = frozenset((*_WORD.findall(sql), *_ASKED))
            seen = {view: views.narrowed(query, asked) for view, query in self._seen.items() if view in asked}
            return Past(self._cut, asked.union(*map(_WORD.findall, seen.values())), seen).over(sql)
        steps: dict[str, str] = {}
        query = self._placed(sql, steps)
        defined = ", ".join(f"{name} AS MATERIALIZED ({body})" for name, body in steps.items())
        return f"WITH {defined} {query}" if steps else query

    def _placed(self, sql: str, steps: dict[str, str]) -> str:
        """A query with each table in it replaced; what is computed once, and what that needs, is added to the steps.

        A table as it stood stands in its place as a query of its own, not as a definition: SQLite looks into those that
        are used twice for nothing.
        """

        def replaced(found: re.Match[str]) -> str:
            where, name, alias = found.groups()
            if name.startswith("now_"):
                return f"{where} {name.removeprefix('now_')}{alias or ''}"
            if name not in steps and (step := self._step(name)):
                steps[name] = self._placed(step, steps)
            if name in steps:
                return found[0]
            whole = self._table(name)
            return f"{where} ({self._placed(whole, steps)}){alias or f' {name}'}" if whole else found[0]

        return _TABLE.sub(replaced, sql)

    def _step(self, name: str) -> str | None:
        """A query that is computed once, before the query that needs it."""
        step, _, table = name.partition("_")
        if table not in KEPT:
            return None
        match step:
            case "later":
                return self._acts.later(table)
            case "left":
                return self._rows.left(table)
            case "made":
                made = f"SELECT p.id FROM left_{table} p"
                rest = f" WHERE p.uid NOT IN (SELECT subject FROM once_{table})"
                return made + rest if table == once.TABLE else made
            case "told":
                return self._acts.told(table)
            case "then":
                return self._rows.then(table)
        return self._of_problems(step) if table == once.TABLE else None

    def _of_problems(self, step: str) -> str | None:
        """A step that there is of problems alone."""
        match step:
            case "asked":
                return self._acts.asked(numbered=self._read is None or "duplicate_of" in self._read)
            case "once":
                return once.found(self._cut, DIALECTS[self._cut.dialect])
            case "acted":
                return self._acts.on_day()
            case "turned":
                return self._acts.turned()
        return None

    def _table(self, name: str) -> str | None:
        """A table or view as it stood."""
        if name in KEPT:
            staged = ("stage_change",) if name == "enterprise" else ()
            return self._rows.whole(name) if self._acts.differ(name, *staged) else None
        step, _, table = name.partition("_")
        if step == "rest" and table in KEPT:
            return self._rows.rest(table)
        if name in PARTS:
            return self._rows.part(name) if self._acts.differ(PARTS[name][0], name) else None
        if name == "event":
            return f"SELECT e.* FROM now_event e JOIN now_batch b ON b.id = e.batch_id WHERE {self._acts.in_time()}"
        if name == "batch":
            return f"SELECT b.* FROM now_batch b WHERE {self._acts.known('b.id')}"
        return self._seen.get(name)


_TABLE = re.compile(r"\b(FROM|JOIN)\s+([a-z_]+)\b(\s+[a-z]\w*)?")
"""A table in a query, and what it is called there; the words of SQL are written in capitals."""
_WORD = re.compile(r"[a-z]\w*")
_ASKED = ("list", "code")
"""The columns by which the past itself looks up the entries of lists, which may have changed as well."""
_EVERY = re.compile(r"(?<!\()(?<!\(SELECT )\*")
"""Matches the star of a query for every column, not that of ``count(*)``, nor of a query that another reads from."""
_VIEW = re.compile(r"CREATE VIEW (?P<name>\w+) AS\s+(?P<query>.*)", re.DOTALL)


@cache
def _views(dialect: str) -> dict[str, str]:
    """The queries of the store's views by their names; that of problems has two halves, too."""
    created = (_VIEW.fullmatch(each) for each in views.statements(dialect, ordered=True))
    halves = ((half, views.problems(f"{half}_problem", "bounce", dialect, past=True)) for half in ("rest", "then"))
    return {found["name"]: found["query"] for found in created if found} | {
        f"{half}_v_problem": query.strip() for half, query in halves
    }
