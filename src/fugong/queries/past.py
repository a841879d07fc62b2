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
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from fugong.db import Reader
from fugong.queries.as_of import AsOf
from fugong.queries.dialects import DIALECTS
from fugong.queries.forms import CORRECTED, DATED, KEPT, PARTS, UNDATED, UP_TO, forms
from fugong.queries.names import Rows
from fugong.queries.standing import sets_status, stands
from fugong.store import views


def at(reader: Reader, cut: AsOf) -> Reader:
    """The store as it stood at a cut-off, to be read like the store itself; now is the reader itself."""
    return reader.now if cut.present else Then(reader.now, Past(cut))


def rows_at(rows: Rows, cut: AsOf) -> Rows:
    """The same of whatever runs SQL on the store."""
    if cut.present:
        return rows
    past = Past(cut)
    return lambda sql, **params: rows(past.over(sql), **params)


class Then(Reader):
    """A reader of the store as it stood at a cut-off."""

    def __init__(self, now: Reader, past: "Past") -> None:
        self.__dict__ = dict(now.__dict__)
        self._now = now
        self._past = past

    @property
    def now(self) -> Reader:
        """The store as it is."""
        return self._now

    def rows(self, sql: str, **params: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query over the past."""
        return super().rows(self._past.over(sql), **params)

    def stream(self, sql: str, **params: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query over the past that has as many as the ledger."""
        return super().stream(self._past.over(sql), **params)


class Past:
    """The queries that put the past in the place of the tables. Of each table there are:

    - ``now_x``: the table as it is
    - ``later_x``: the records about which something was written that the cut-off leaves out
    - ``left_x``: their rows as they are now
    - ``told_x``: their events that count, each with the day from which it does
    - ``then_x``: their rows as they stood
    - ``x``: the whole table as it stood

    And of what set a status, each with the day from which it counts, up to the cut-off: ``acted_problem``, what did so
    on the day of the cut-off; and ``turned_problem``, all that did so of problems that ever went back.
    """

    def __init__(self, cut: AsOf, read: frozenset[str] | None = None) -> None:
        """Begin.

        Args:
            cut: The cut-off.
            read: The words of the one query that it is for: no column is made anew that it does not name.
        """
        self._cut = cut
        self._read = read
        self._words = DIALECTS[cut.dialect]

    def over(self, sql: str) -> str:
        """A query with the past in the places of its tables."""
        if self._read is None and not _EVERY.search(sql):
            words = {*_WORD.findall(sql), *_ASKED}
            words.update(*(_WORD.findall(query) for view, query in _views(self._cut.dialect).items() if view in words))
            return Past(self._cut, frozenset(words)).over(sql)
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
        """What is computed once for a query."""
        if name == "acted_problem":
            return self._acted(self._on_day())
        if name == "turned_problem":
            return self._acted(_TURNED)
        step, _, table = name.partition("_")
        if table not in KEPT:
            return None
        match step:
            case "later":
                return self._later(table)
            case "left":
                return f"SELECT p.* FROM now_{table} p WHERE p.uid IN (SELECT subject FROM later_{table})"
            case "told":
                return self._told(table)
            case "then":
                return self._then(table)
        return None

    def _table(self, name: str) -> str | None:
        """A table or view as it stood."""
        if name in KEPT:
            staged = ("stage_change",) if name == "enterprise" else ()
            return self._whole(name) if self._differs(name, *staged) else None
        if name in PARTS:
            return self._part(name) if self._differs(PARTS[name][0], name) else None
        if name == "event":
            return f"SELECT e.* FROM now_event e JOIN now_batch b ON b.id = e.batch_id WHERE {self._in_time()}"
        if name == "batch":
            return f"SELECT b.* FROM now_batch b WHERE {self._known('b.id')}"
        return _views(self._cut.dialect).get(name)

    def _differs(self, *names: str) -> bool:
        """Whether one of these tables did: of a table that did not, the table itself is read, along its indexes."""
        left_out = self._cut.left_out
        if left_out is None:
            return True
        return any((name, False) in left_out or ((name, True) in left_out and name in DATED) for name in names)

    # What counts

    def _known(self, batch: str) -> str:
        """A command was known at the moment of knowledge, by the column that names it."""
        return "1 = 1" if self._cut.known is None else f"{batch} <= {self._cut.known}"

    def _in_time(self) -> str:
        return f"{self._known('e.batch_id')} AND NOT {self.after(self._day('e.on_date'), 'b.recorded_at')}"

    def after(self, day: str, recorded_at: str) -> str:
        """Something comes after the cut-off, by the day that it counts from and the time of its entry."""
        later = f"{day} > '{self._cut.day}'"
        if self._cut.at is None:
            return f"({later})"
        since, until = self._cut.rest_of_day()
        # whoever enters something on a later day knows that it belongs to this one
        entered = f"{recorded_at} > '{since}' AND {recorded_at} < '{until}'"
        return f"({later} OR ({day} = '{self._cut.day}' AND {entered}))"

    def _day(self, column: str) -> str:
        """A day of a table as the text that it is in events."""
        return self._words.day_text.format(column)

    def _stands(self, e: str) -> str:
        known = f" AND {self._known('u.id')}"
        return f"{self._known(f'{e}.batch_id')} AND {stands(e, prefix='now_', known=known)}"

    # The records that differ

    def _later(self, table: str) -> str:
        """The records about which something was written that the cut-off leaves out."""
        if not self._differs(table):
            return "SELECT e.subject FROM now_event e WHERE 1 = 0"
        of_kind = f"SELECT e.subject FROM now_event e WHERE e.kind = '{table}' AND"
        added = "" if table in DATED else " AND e.act <> 'add'"  # such a record is there from ever
        found = [f"{of_kind} e.on_date > '{self._cut.day}'{added}"]
        if self._cut.known is not None:
            found.append(f"{of_kind} e.batch_id > {self._cut.known}")
        if self._cut.at is not None:
            since, until = self._cut.rest_of_day()
            entered = f"SELECT b.id FROM now_batch b WHERE b.recorded_at > '{since}' AND b.recorded_at < '{until}'"
            found.append(f"{of_kind} e.on_date = '{self._cut.day}' AND e.batch_id IN ({entered})")
        return " UNION ".join(found)

    def _told(self, table: str) -> str:
        """The events of these records that count, each with the day from which it does."""
        stands_ = self._stands("e")
        first = "e.act IN ('log', 'add')"
        if table == "problem":  # one whose logging was taken back is void, for its number stays its own
            logged = (
                "SELECT 1 FROM now_event l WHERE l.subject = e.subject AND l.act = 'log' AND l.batch_id = b.undoes_id"
            )
            voided = f"(e.act = 'undo' AND EXISTS ({logged}))"
            first = f"({first} OR {voided})"
            stands_ = f"({stands_} OR ({self._known('e.batch_id')} AND (e.act = 'log' OR {voided})))"
        day, moved = self._days(table, first)
        return (
            f"SELECT e.id, {_place('e')} AS place, e.subject, e.act, e.changes, b.recorded_at, "
            f"{self._day('e.on_date')} AS happened, "
            f"{day} AS day, {moved} AS moved FROM now_event e JOIN now_batch b ON b.id = e.batch_id "
            f"WHERE e.kind = '{table}' AND e.subject IN (SELECT subject FROM later_{table}) AND {stands_}"
        )

    def _days(self, table: str, first: str) -> tuple[str, str]:
        """From which day an event counts, and from which the corrected day does that it tells of, if it does.

        The first act of a record counts from ever, for whether the record was there yet is asked of its own day.
        """
        own = self._day("e.on_date")
        attribute = CORRECTED.get(table)
        if attribute is None:
            return f"CASE WHEN {first} THEN '' ELSE {own} END", "NULL"
        closing = table == "problem"

        def acts(e: str) -> str:
            """An event is an act that began anew what the attribute is the day of."""
            reached = f"({e}.act = 'edit' AND {e}.changes LIKE '%\"pending\":[true,%')"
            return sets_status(e) if closing else reached

        def tells(e: str) -> str:
            """What an event says that the day is."""
            return self._words.at.format(f"{e}.changes", attribute, 1)

        def corrects(e: str) -> str:
            return f"({e}.act = 'edit' AND NOT {acts(e)} AND {tells(e)} IS NOT NULL)"

        def others(e: str, where: str) -> str:
            return f"SELECT 1 FROM now_event {e} WHERE {e}.subject = e.subject AND {where} AND {self._stands(e)}"

        between = others("m", f"{_place('m')} > {_place('e')} AND {_place('m')} < {_place('r')} AND {acts('m')}")
        corrected = (
            f"(SELECT {tells('r')} FROM now_event r WHERE r.subject = e.subject "
            f"AND {_place('r')} > {_place('e')} AND {corrects('r')} "
            f"AND {self._stands('r')} AND NOT EXISTS ({between}) ORDER BY {_place('r')} DESC LIMIT 1)"
        )
        begins = "e.act IN ('close', 'approve')" if closing else acts("e")
        day = f"CASE WHEN {first} THEN '' WHEN {begins} THEN coalesce({corrected}, {tells('e')}, {own}) ELSE {own} END"
        since = f"coalesce({corrected}, {tells('e')})"
        if not closing:  # what was corrected may be the first day of all
            reached_before = others("a", f"{_place('a')} < {_place('e')} AND {acts('a')}")
            since = f"CASE WHEN EXISTS ({reached_before}) THEN {since} ELSE '' END"
        return day, f"CASE WHEN {corrects('e')} THEN {since} END"

    def _on_day(self) -> str:
        """The problems of which something is dated the day of the cut-off, or was put there by a later edit."""
        of_kind = "SELECT e.subject FROM now_event e WHERE e.kind = 'problem' AND"
        moved = " OR ".join(f"e.changes LIKE '%\"{name}\":[%'" for name in ("found_on", "closed_on"))
        return (
            f"{of_kind} e.on_date = '{self._cut.day}' UNION "
            f"{of_kind} e.on_date > '{self._cut.day}' AND e.act = 'edit' AND ({moved})"
        )

    def _acted(self, subjects: str) -> str:
        """What set the status of some problems, each act with the day from which it counts."""
        found_on = "found_on"
        day, _ = self._days("problem", "1 = 0")
        tells = self._words.at.format("f.changes", found_on, 1)
        found = (
            f"(SELECT {tells} FROM now_event f WHERE f.subject = e.subject AND f.changes LIKE '%\"{found_on}\":[%' "
            f"AND ({self._stands('f')} OR (f.act = 'log' AND {self._known('f.batch_id')})) "
            f"ORDER BY {_place('f')} DESC LIMIT 1)"
        )
        was, became = (self._words.at.format("e.changes", "status", place) for place in (0, 1))
        acts = (
            f"SELECT e.subject, e.act, {was} AS was, {became} AS became, e.approximate, b.recorded_at, e.batch_id, "
            f"CASE WHEN e.act = 'log' THEN {found} ELSE {day} END AS day "
            "FROM now_event e JOIN now_batch b ON b.id = e.batch_id "
            f"WHERE e.kind = 'problem' AND e.subject IN ({subjects}) AND {sets_status('e')} AND {self._stands('e')}"
        )
        return f"SELECT * FROM ({acts}) a WHERE NOT {self.after('a.day', 'a.recorded_at')}"

    def _then(self, table: str) -> str:
        """The rows of these records as they stood: of each attribute, what the last act that counts says."""
        held, undated, dated = forms(table), UNDATED.get(table, ()), DATED.get(table)
        typed = self._typed(table)
        asked = {name for column in typed.values() for name in re.findall(r"\bf\.(\w+)", column)}
        asked.update(held.parts, [dated] if dated and dated != "happened" else [])
        kept, counters = sorted(asked.difference(held.counters)), sorted(asked.intersection(held.counters))
        values = [f"max(CASE WHEN nth = 1 AND key = '{name}' THEN value END) AS {name}" for name in kept]
        values += [f"sum(CASE WHEN key = '{name}' THEN more END) AS {name}" for name in counters]
        attribute = CORRECTED.get(table)
        day = f"CASE WHEN c.key = '{attribute}' AND e.moved IS NOT NULL THEN e.moved ELSE e.day END"
        day = day if attribute else "e.day"
        within = f"NOT {self.after(day, 'e.recorded_at')}"
        if undated:
            known = f"c.key IN ({_quoted(undated)})"
            within, day = f"({known} OR {within})", f"CASE WHEN {known} THEN '' ELSE {day} END"
        new, old, changes = self._words.new, self._words.old, self._words.changes
        more = "NULL"
        if counters:
            grown = f"coalesce(CAST({new} AS INTEGER), 0) - coalesce(CAST({old} AS INTEGER), 0)"
            more = f"CASE WHEN c.key IN ({_quoted(counters)}) THEN {grown} END"
        last = f"row_number() OVER (PARTITION BY e.subject, c.key ORDER BY {day} DESC, e.place DESC)"
        told = (
            f"SELECT e.subject, c.key, {new} AS value, {more} AS more, {last} AS nth FROM told_{table} e, {changes} c "
            f"WHERE c.key IN ({_quoted(sorted(asked)) or 'NULL'})"
        )
        begun = (
            "SELECT subject, min(id) AS first, min(recorded_at) AS entered, min(happened) AS happened "
            f"FROM told_{table} WHERE act IN ('log', 'add') GROUP BY subject"
        )
        there = "1 = 1"
        if dated:
            since = "o.happened" if dated == "happened" else f"coalesce(f.{dated}, '')"
            there = f"NOT {self.after(since, 'o.entered')}"
        columns = "".join(f", {value} AS {name}" for name, value in typed.items())
        parts = "".join(f", f.{name} AS {name}_then" for name in held.parts)
        return (
            f"SELECT coalesce(p.id, {_GONE} + o.first) AS id, o.subject AS uid{columns}{parts} FROM ({begun}) o "
            f"LEFT JOIN (SELECT {', '.join(('subject', *values))} FROM ({told} AND {within}) s GROUP BY subject) f "
            f"ON f.subject = o.subject LEFT JOIN now_{table} p ON p.uid = o.subject WHERE {there}"
        )

    def _typed(self, table: str) -> dict[str, str]:
        """The columns of a table besides its keys that are read, each from the text that events hold."""
        held, words = forms(table), self._words
        typed = {name: words.text.format(f"f.{name}") for name in held.texts}
        typed |= {name: words.day.format(f"f.{name}") for name in held.days}
        typed |= {name: words.flag.format(f"f.{name}") for name in held.flags}
        typed |= {name: words.maybe.format(f"f.{name}") for name in held.maybes}
        typed |= {name: f"CAST(f.{name} AS INTEGER)" for name in held.numbers}
        typed |= {name: words.text.format(f"coalesce(f.{name}, '[]')") for name in held.lists}
        typed |= {name: f"CAST(f.{name} AS INTEGER)" for name in held.counters}
        typed |= {f"{name}_id": self._found(of, f"f.{name}") for name, of in held.named.items()}
        typed |= {f"{name}_id": self._entry(of, f"f.{name}") for name, of in held.listed.items()}
        if table in ("problem", "activity"):
            typed |= {"series": words.text.format("coalesce(f.series, '')"), "tag": "coalesce(p.tag, '')"}
        if table == "team":
            typed["sort"] = f"coalesce(p.sort, {words.text.format(_SORT)})"
        if table in ("problem", "publication"):
            typed["recorded_at"] = words.text.format("o.entered")
        return {name: column for name, column in typed.items() if self._read is None or name in self._read}

    def _found(self, table: str, uid: str) -> str:
        """The key of a record that events name by uid; of one that is gone, what ``then_x`` has for it."""
        there = f"SELECT r.id FROM now_{table} r WHERE r.uid = {uid}"
        first = f"SELECT min(r.id) FROM now_event r WHERE r.subject = {uid} AND r.kind = '{table}'"
        return f"coalesce(({there}), {_GONE} + ({first}))"

    @staticmethod
    def _entry(list_name: str, code: str) -> str:
        """The key of an entry of a list."""
        return f"(SELECT r.id FROM term r WHERE r.list = {list_name} AND r.code = {code})"

    # The tables

    def _whole(self, table: str) -> str:
        """A table as it stood: the rows that did not differ, and those that did as they were."""
        columns = ", ".join(("id", "uid", *self._typed(table)))
        staged = table == "enterprise"
        now = then = columns
        if staged:
            later = f"p.stage_on > '{self._cut.day}'"
            stage, on_date = (self._stage("p", each) for each in ("stage", "on_date"))
            now += f", CASE WHEN {later} THEN {stage} ELSE p.stage END AS stage"
            now += f", CASE WHEN {later} THEN {on_date} ELSE p.stage_on END AS stage_on"
            then += f", {self._stage('t', 'stage')} AS stage, {self._stage('t', 'on_date')} AS stage_on"
        rest = f"SELECT {now} FROM now_{table} p WHERE {self._unchanged('p.id', table)}"
        return f"{rest} UNION ALL SELECT {then} FROM then_{table} t"

    def _stage(self, firm: str, column: str) -> str:
        """How far an enterprise had resumed, or since when: the last of its stages."""
        last = (
            f"(SELECT s.{column} FROM stage_change s WHERE s.enterprise_id = {firm}.id "
            "ORDER BY s.on_date IS NOT NULL DESC, s.on_date DESC, s.id DESC LIMIT 1)"
        )
        return self._words.text.format(f"coalesce({last}, 'unknown')") if column == "stage" else last

    def _part(self, table: str) -> str:
        """A list that is a table of its own, as it stood."""
        owner, attribute, key, columns = PARTS[table]
        names = re.findall(r" AS (\w+)", columns)
        identified = table not in ("problem_assist", "activity_enterprise")
        listed = ", ".join((*(["id"] if identified else []), key, *names))
        rest = f"SELECT {listed} FROM now_{table} p WHERE {self._unchanged(f'p.{key}', owner)}"
        up_to = f"({UP_TO[table]} IS NULL OR {UP_TO[table]} <= '{self._cut.day}')" if table in UP_TO else "1 = 1"
        if table in UP_TO and self._cut.known is None:  # the list is known as it is now
            then = f"SELECT {listed} FROM now_{table} p WHERE p.{key} IN (SELECT id FROM then_{owner})"
        else:
            place = "CAST(v.key AS INTEGER) AS id, " if identified else ""
            items = self._words.items.format(f"coalesce(t.{attribute}_then, '[]')")
            typed = _SLOT.sub(lambda found: self._item(found[1]), columns)
            then = f"SELECT {place}t.id AS {key}, {typed} FROM then_{owner} t, {items}"
        shown = listed.replace(
            "to_on", f"CASE WHEN to_on <= '{self._cut.day}' THEN to_on END AS to_on"
        )  # it had not ended
        return f"SELECT {shown} FROM ({rest} UNION ALL SELECT {listed} FROM ({then}) q) q WHERE {up_to}"

    def _item(self, slot: str) -> str:
        """A column from an item of a list: the item itself, or one of its places."""
        *how, place = slot.split(":")
        words = self._words
        value = "v.value" if place in (".", "text") else words.place.format("v.value", place)
        match how:
            case ["uid", table]:
                return self._found(table, value)
            case ["check"]:
                return self._entry("'category'", value)
            case ["day"]:
                return words.day.format(f"nullif({value}, '')")
            case ["flag"]:
                return words.flag.format(value)
            case _:
                return words.text.format(value)

    def _unchanged(self, key: str, table: str) -> str:
        return self._words.absent.format(key, f"left_{table}")


def _place(e: str) -> str:
    """The place of an event in the one order of its record."""
    return f"coalesce({e}.place, {e}.id)"


_TURNED = (
    "SELECT e.subject FROM now_event e "
    f"WHERE e.kind = 'problem' AND e.act IN ('reopen', 'verify', 'void', 'undo') AND {sets_status()}"
)
"""The problems that may have gone back from a status: all others were found on one day, and perhaps closed on one."""
_GONE = 1_000_000_000_000
"""Before the number of its first event it is the key of a record that is gone: it was most likely the last of its kind,
and listings are in the order of keys."""
_TABLE = re.compile(r"\b(FROM|JOIN)\s+([a-z_]+)\b(\s+[a-z]\w*)?")
"""A table in a query, and what it is called there; the words of SQL are written in capitals."""
_WORD = re.compile(r"[a-z]\w*")
_ASKED = ("list", "code")
"""The columns by which the past itself looks up the entries of lists, which may have changed as well."""
_EVERY = re.compile(r"(?<!\()\*")
"""A query asks for every column: a star that is not that of ``count(*)``."""
_VIEW = re.compile(r"CREATE VIEW (?P<name>\w+) AS\s+(?P<query>.*)", re.DOTALL)
_SLOT = re.compile(r"\{([^}]+)\}")
_DIGITS = "substr(f.code, length(rtrim(f.code, '0123456789')) + 1)"
_SORT = f"upper(rtrim(f.code, '0123456789')) || substr('00000000' || {_DIGITS}, length({_DIGITS}) + 1)"
"""A team's code with its digits padded, as ``roster.sort_key`` makes it."""


@cache
def _views(dialect: str) -> dict[str, str]:
    """The queries of the store's views by their names."""
    created = (_VIEW.fullmatch(each) for each in views.statements(dialect, ordered=True))
    return {found["name"]: found["query"] for found in created if found}


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
