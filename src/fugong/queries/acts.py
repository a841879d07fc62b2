"""Which acts count at a cut-off: what was known by then and stands, and from which day each does.

What stands is decided over all that was known; a corrected day of an act (found, closed, done, reached) counts as if
the act had been entered with it. All of it is SQL over ``now_event`` and ``now_batch``, which ``past`` puts in place.
"""

from fugong.queries import once
from fugong.queries.as_of import AsOf
from fugong.queries.dialects import DIALECTS
from fugong.queries.forms import CORRECTED, DATED, UNDATED
from fugong.queries.standing import sets_status, stands


class Acts:
    """The acts that count at a cut-off, as SQL."""

    def __init__(self, cut: AsOf) -> None:
        self._cut = cut
        self._words = DIALECTS[cut.dialect]

    def differ(self, *tables: str) -> bool:
        """Whether one of these tables did: of a table that did not, the table itself is read, along its indexes."""
        left_out = self._cut.left_out
        if left_out is None:
            return True
        return any((name, False) in left_out or ((name, True) in left_out and name in DATED) for name in tables)

    def known(self, batch: str) -> str:
        """A command was known at the moment of knowledge, by the column that names it."""
        return self._cut.knew(batch)

    def in_time(self) -> str:
        """An event counts, by its own day and its entry."""
        return f"{self.known('e.batch_id')} AND NOT {self.after(self._day('e.on_date'), 'b.recorded_at')}"

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
        known = f" AND {self.known('u.id')}"
        return f"{self.known(f'{e}.batch_id')} AND {stands(e, prefix='now_', known=known)}"

    def later(self, table: str) -> str:
        """The records about which something was written that the cut-off leaves out."""
        if not self.differ(table):
            return "SELECT e.subject FROM now_event e WHERE 1 = 0"
        of_kind = f"SELECT e.subject FROM now_event e WHERE e.kind = '{table}'{self.among('e.subject', table)} AND"
        added = "" if table in DATED else " AND e.act <> 'add'"  # such a record is there from ever
        found = [f"{of_kind} e.on_date > '{self._cut.day}'{added}"]
        if self._cut.known is not None:
            found.append(f"{of_kind} {self._cut.known.lacked('e.batch_id')}")
        if self._cut.at is not None:
            since, until = self._cut.rest_of_day()
            entered = f"SELECT b.id FROM now_batch b WHERE b.recorded_at > '{since}' AND b.recorded_at < '{until}'"
            found.append(f"{of_kind} e.on_date = '{self._cut.day}' AND e.batch_id IN ({entered})")
        return " UNION ".join(found)

    def asked(self, *, numbered: bool) -> str:
        """The problems that are asked for, where it is not all; and their originals, where these numbers are."""
        own = f"SELECT a.uid FROM ({self._cut.only}) a"
        original = self._words.at.format("e.changes", "duplicate_of", 1)
        originals = (
            f"SELECT {original} FROM now_event e "
            f"""WHERE e.subject IN ({self._cut.only}) AND e.changes LIKE '%"duplicate_of":[%'"""
        )
        return f"{own} UNION {originals}" if numbered else own

    def among(self, uid: str, table: str) -> str:
        """To stand behind a condition: a record is among those that are asked for, by the column that has its uid."""
        whole = table != once.TABLE or self._cut.only is None
        return "" if whole else f" AND {uid} IN (SELECT uid FROM asked_{table})"

    def told(self, table: str) -> str:
        """The events of these records that count, each with the day from which it does."""
        stands_ = self._stands("e")
        first = "e.act IN ('log', 'add')"
        if table == "problem":  # one whose logging was taken back is void, for its number stays its own
            logged = (
                "SELECT 1 FROM now_event l WHERE l.subject = e.subject AND l.act = 'log' AND l.batch_id = b.undoes_id"
            )
            voided = f"(e.act = 'undo' AND EXISTS ({logged}))"
            first = f"({first} OR {voided})"
            stands_ = f"({stands_} OR ({self.known('e.batch_id')} AND (e.act = 'log' OR {voided})))"
        day, moved = self._days(table, first)
        return (
            f"SELECT e.id, {_place('e')} AS place, e.subject, e.act, e.changes, b.recorded_at, "
            f"{self._day('e.on_date')} AS happened, "
            f"{day} AS day, {moved} AS moved FROM now_event e JOIN now_batch b ON b.id = e.batch_id "
            f"WHERE e.kind = '{table}' AND e.subject IN ({self._there(table)}) AND {stands_}"
        )

    def _there(self, table: str) -> str:
        """Of the records that differ those that may have been there yet.

        Where all is known, the day on which a record began is the one that it has now.
        """
        later, began = f"SELECT subject FROM later_{table}", DATED.get(table)
        if table == once.TABLE:
            later = f"{later} EXCEPT SELECT subject FROM once_{table}"
        if self._cut.known is not None or began not in UNDATED.get(table, ()):
            return later
        return f"{later} EXCEPT SELECT uid FROM left_{table} WHERE {began} > '{self._cut.day}'"

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

    def on_day(self) -> str:
        """What set a status on the day of the cut-off."""
        return self._set(self._on_day())

    def turned(self) -> str:
        """All that set the status of problems that ever went back."""
        return self._set(_TURNED)

    def _set(self, subjects: str) -> str:
        """What set the status of some problems, each act with the day from which it counts."""
        found_on = "found_on"
        day, _ = self._days("problem", "1 = 0")
        tells = self._words.at.format("f.changes", found_on, 1)
        found = (
            f"(SELECT {tells} FROM now_event f WHERE f.subject = e.subject AND f.changes LIKE '%\"{found_on}\":[%' "
            f"AND ({self._stands('f')} OR (f.act = 'log' AND {self.known('f.batch_id')})) "
            f"ORDER BY {_place('f')} DESC LIMIT 1)"
        )
        was, became = (self._words.at.format("e.changes", "status", place) for place in (0, 1))
        acts = (
            f"SELECT e.subject, e.act, {was} AS was, {became} AS became, e.approximate, b.recorded_at, e.batch_id, "
            f"{_place('e')} AS place, CASE WHEN e.act = 'log' THEN {found} ELSE {day} END AS day "
            "FROM now_event e JOIN now_batch b ON b.id = e.batch_id "
            f"WHERE e.kind = 'problem' AND e.subject IN ({subjects}) AND {sets_status('e')} AND {self._stands('e')}"
        )
        return f"SELECT * FROM ({acts}) a WHERE NOT {self.after('a.day', 'a.recorded_at')}"


def _place(e: str) -> str:
    """The place of an event in the one order of its record."""
    return f"coalesce({e}.place, {e}.id)"


_TURNED = (
    "SELECT e.subject FROM now_event e "
    f"WHERE e.kind = 'problem' AND e.act IN ('reopen', 'verify', 'void', 'undo') AND {sets_status()}"
)
"""The problems that may have gone back from a status: all others were found on one day, and perhaps closed on one."""
