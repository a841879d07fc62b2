"""The rows of a table as they stood: of each attribute, what the last act that counts says (``acts``)."""

import re
from collections.abc import Iterable

from fugong.queries import once
from fugong.queries.acts import Acts
from fugong.queries.as_of import AsOf
from fugong.queries.dialects import DIALECTS
from fugong.queries.forms import CORRECTED, DATED, PARTS, UNDATED, UP_TO, forms


class RowsThen:
    """The queries for the rows of tables as they stood."""

    def __init__(self, cut: AsOf, acts: Acts, read: frozenset[str] | None) -> None:
        """Begin.

        Args:
            cut: The cut-off.
            acts: Those that count.
            read: The words of the one query that it is for: no column is made anew that it does not name.
        """
        self._cut = cut
        self._acts = acts
        self._read = read
        self._words = DIALECTS[cut.dialect]

    def then(self, table: str) -> str:
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
        within = f"NOT {self._acts.after(day, 'e.recorded_at')}"
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
        if table == "setting":  # it is there from the beginning, whether anybody set it or not
            begun = "SELECT uid AS subject, id AS first, '' AS entered, '' AS happened FROM left_setting"
        there = "1 = 1"
        if dated:
            since = "o.happened" if dated == "happened" else f"coalesce(f.{dated}, '')"
            there = f"NOT {self._acts.after(since, 'o.entered')}"
        columns = "".join(f", {value} AS {name}" for name, value in typed.items())
        parts = "".join(f", f.{name} AS {name}_then" for name in held.parts)
        found_once = self._once(typed, held.parts) if table == once.TABLE else ""
        return (
            f"SELECT coalesce(p.id, {_GONE} + o.first) AS id, o.subject AS uid{columns}{parts} FROM ({begun}) o "
            f"LEFT JOIN (SELECT {', '.join(('subject', *values))} FROM ({told} AND {within}) s GROUP BY subject) f "
            f"ON f.subject = o.subject LEFT JOIN now_{table} p ON p.uid = o.subject WHERE {there}{found_once}"
        )

    def _once(self, typed: Iterable[str], parts: Iterable[str]) -> str:
        """The rows that need no folding, to stand behind the others with the same columns."""
        referred = {name: self._found(of, "{0}") for name, of in forms(once.TABLE).named.items()}
        said = once.columns(self._words, referred)
        columns = "".join(f", {said.get(name, f'p.{name}')} AS {name}" for name in typed)
        listed = "".join(f", NULL AS {name}_then" for name in parts)
        return (
            f" UNION ALL SELECT p.id, p.uid{columns}{listed} FROM once_{once.TABLE} o "
            f"JOIN now_{once.TABLE} p ON p.uid = o.subject"
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
        typed |= {f"{name}_id": self._entry(of, f"f.{name}", _COUNTY) for name, of in held.listed.items()}
        for name, shown in IN_A_CITY.get(table, {}).items():
            said = shown.format(said=typed[name], called=_CALLED.format(said=typed[name]), county=_COUNTY)
            typed[name] = f"CASE WHEN {_COUNTY} IS NULL THEN {typed[name]} ELSE {said} END"
        if table in ("problem", "activity"):
            typed |= {"series": words.text.format("coalesce(f.series, '')"), "tag": self._tag(table)}
        if table == "setting":
            typed["name"] = "p.name"
        if table == "team":
            typed["sort"] = f"coalesce(p.sort, {words.text.format(_SORT)})"
        if table in ("problem", "publication"):
            typed["recorded_at"] = words.text.format("o.entered")
        return {name: column for name, column in typed.items() if self._read is None or name in self._read}

    def _found(self, table: str, uid: str) -> str:
        """The key of a record that events name by uid; of one that is gone, what ``then_x`` has for it."""
        there = f"SELECT r.id FROM now_{table} r WHERE r.uid = {uid}"
        same = f"SELECT r.id FROM now_event n JOIN now_{table} r ON r.uid = n.subject WHERE n.named = {uid} LIMIT 1"
        first = f"SELECT min(r.id) FROM now_event r WHERE r.subject = {uid} AND r.kind = '{table}'"
        return f"coalesce(({there}), ({same}), {_GONE} + ({first}))"

    @staticmethod
    def _entry(list_name: str, code: str, county: str = "NULL") -> str:
        """The key of an entry of a list; in a city's store that of the county, if it is not the city's."""
        there = f"SELECT r.id FROM term r WHERE r.list = {list_name} AND r.code IN ({code}, {county} || {code})"
        return f"({there} ORDER BY length(r.code) DESC LIMIT 1)"

    def left(self, table: str) -> str:
        """The rows of now of the records that differ: all columns that are read where the query counts these rows."""
        began, counted = DATED.get(table), self._read is None or f"left_{table}" in self._read
        columns = {"id", "uid", *([began] if began else ()), *(self._typed(table) if counted else ())} - {"happened"}
        listed = ", ".join(sorted(columns))
        return f"SELECT {listed} FROM now_{table} p WHERE p.uid IN (SELECT subject FROM later_{table})"

    def whole(self, table: str) -> str:
        """A table as it stood: the rows that did not differ, and those that did as they were."""
        then = ", ".join(("id", "uid", *self._typed(table)))
        if table == "enterprise":
            then += f", {self._stage('t', 'stage')} AS stage, {self._stage('t', 'on_date')} AS stage_on"
        return f"{self.rest(table)} UNION ALL SELECT {then} FROM then_{table} t"

    def rest(self, table: str) -> str:
        """The rows that did not differ."""
        columns = ["id", "uid", *self._typed(table)]
        if self._cut.known is not None and "tag" in columns:
            columns[columns.index("tag")] = f"{self._tag(table)} AS tag"
        if table == "enterprise":
            later = f"p.stage_on > '{self._cut.day}'"
            stage, on_date = (self._stage("p", each) for each in ("stage", "on_date"))
            columns += [
                f"CASE WHEN {later} THEN {stage} ELSE p.stage END AS stage",
                f"CASE WHEN {later} THEN {on_date} ELSE p.stage_on END AS stage_on",
            ]
        return f"SELECT {', '.join(columns)} FROM now_{table} p WHERE {self._unchanged(table)}"

    def _tag(self, table: str) -> str:
        """The letters behind a number that several records have, as far as the others were known, on ``p``."""
        if self._cut.known is None:
            return "coalesce(p.tag, '')"
        begun = f"l.subject = q.uid AND l.act IN ('log', 'add') AND {self._cut.known.had('l.batch_id')}"
        apart = " ".join(
            f"WHEN count(DISTINCT substr(q.tag, 1, {length})) = count(*) THEN substr(p.tag, 1, {length})"
            for length in (2, 3)
        )
        known = (
            f"(SELECT CASE WHEN count(*) < 2 THEN '' {apart} ELSE p.tag END FROM now_{table} q WHERE q.tag <> '' "
            "AND q.team_id = p.team_id AND q.series = p.series AND q.number = p.number "
            f"AND EXISTS (SELECT 1 FROM now_event l WHERE {begun}))"
        )
        return f"CASE WHEN coalesce(p.tag, '') = '' THEN '' ELSE {known} END"

    def _stage(self, firm: str, column: str) -> str:
        """How far an enterprise had resumed, or since when: the last of its stages."""
        last = (
            f"(SELECT s.{column} FROM stage_change s WHERE s.enterprise_id = {firm}.id "
            "ORDER BY s.on_date IS NOT NULL DESC, s.on_date DESC, s.id DESC LIMIT 1)"
        )
        return self._words.text.format(f"coalesce({last}, 'unknown')") if column == "stage" else last

    def part(self, table: str) -> str:
        """A list that is a table of its own, as it stood."""
        owner, attribute, key, columns = PARTS[table]
        names = re.findall(r" AS (\w+)", columns)
        identified = table not in ("problem_assist", "activity_enterprise")
        listed = ", ".join((*(["id"] if identified else []), key, *names))
        absent = self._words.absent.format(f"p.{key}", "id", f"made_{owner}")
        rest = f"SELECT {listed} FROM now_{table} p WHERE {absent}"
        if among := self._acts.among("r.uid", owner):
            rest += f" AND p.{key} IN (SELECT r.id FROM now_{owner} r WHERE 1 = 1{among})"
        up_to = f"({UP_TO[table]} IS NULL OR {UP_TO[table]} <= '{self._cut.day}')" if table in UP_TO else "1 = 1"
        if table in UP_TO and self._cut.known is None:  # the list itself has no past: it is read as it is now
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
        """The SQL of a column made from an item of a list: the item itself, or one of its fields."""
        *how, place = slot.split(":")
        words = self._words
        value = "v.value" if place in (".", "text") else words.place.format("v.value", place)
        match how:
            case ["uid", table]:
                return self._found(table, value)
            case ["check"]:
                return self._entry("'category'", value, _ENTERED_BY)
            case ["day"]:
                return words.day.format(f"nullif({value}, '')")
            case ["flag"]:
                return words.flag.format(value)
            case _:
                return words.text.format(value)

    def _unchanged(self, table: str) -> str:
        return self._words.absent.format("p.uid", "subject", f"later_{table}") + self._acts.among("p.uid", table)


_GONE = 1_000_000_000_000
"""Before the number of its first event it is the key of a record that is gone: it was most likely the last of its kind,
and listings are in the order of keys."""
_COUNTY = "(SELECT b.county FROM now_event w JOIN now_batch b ON b.id = w.batch_id WHERE w.id = o.first)"
"""In a city's store: the prefix of the county that entered a record."""
_ENTERED_BY = (
    "(SELECT b.county FROM now_event w JOIN now_batch b ON b.id = w.batch_id WHERE w.subject = t.uid "
    "ORDER BY w.id LIMIT 1)"
)
"""The same where the rows are those of a list of theirs."""
_NAME = f"(SELECT c.name FROM now_county c WHERE c.prefix = {_COUNTY})"
_STEM = f"coalesce(nullif(rtrim({_NAME}, '县区市旗'), ''), {_NAME})"
_BETWEEN = f"CASE WHEN substr({_NAME}, length({_NAME})) <= '~' THEN ' ' ELSE '' END"
_CALLED = (
    f"CASE WHEN substr({{said}}, 1, length({_STEM})) = {_STEM} THEN {{said}} ELSE {_NAME} || {_BETWEEN} || {{said}} END"
)
"""A name with the county before it, where it does not begin so already: as ``domain.counties`` calls it."""
_PREFIXED = "{county} || {said}"
_TAKEN = "SELECT 1 FROM now_enterprise x WHERE x.name = {said} AND x.uid <> o.subject"
IN_A_CITY = {
    "team": {"code": _PREFIXED, "name": "{called}", "county": _NAME},
    "department": {"name": "{called}"},
    "enterprise": {
        "name": f"CASE WHEN p.name = {{called}} OR EXISTS ({_TAKEN}) THEN {{called}} ELSE {{said}} END",
        "township": "{called}",
    },
    "practice": {"name": "{called}"},
    "term": {"code": _PREFIXED, "zh": "{called}", "en": "{county} || ' ' || {said}"},
}
"""What a city shows of a county otherwise than the county says it (``domain.merging.beside``), from what it said
then: ``{said}``; a firm has the county before its name where another has that name."""
_SLOT = re.compile(r"\{([^}]+)\}")
_DIGITS = "substr(f.code, length(rtrim(f.code, '0123456789')) + 1)"
_SORT = f"upper(rtrim(f.code, '0123456789')) || substr('00000000' || {_DIGITS}, length({_DIGITS}) + 1)"
"""A team's code with its digits padded, as ``derived.sort_key`` makes it."""


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
