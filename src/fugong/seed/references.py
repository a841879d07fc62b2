"""What the rows of a seed file refer to: looked up in the store, each question asked once; what leads nowhere is noted.

A refusal does not end the reading of a row, so that all its faults are listed; such a row is ``spoilt`` and not merged.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any, TypeVar

from fugong.domain import roster
from fugong.domain.writer import Writer
from fugong.errors import Refusal
from fugong.queries import deadlines
from fugong.queries.deadlines import Due
from fugong.seed.fault_list import Noted
from fugong.seed.faults import Location
from fugong.seed.yaml_records import Entry
from fugong.store.records import Department, Enterprise, Problem, Team, Term
from fugong.store.session import Session
from fugong.vocab import ListName, Words

MOST_FOUND = 5000
"""How many answers of the store are cached."""

Found = TypeVar("Found")


def _term(list_name: ListName, session: Session, code: str) -> Term:
    return roster.find_term(session, list_name, code)


_FIND_TERM = {list_name: partial(_term, list_name) for list_name in ListName}


class References:
    """The row that is being read, and what it refers to."""

    def __init__(self, writer: Writer, noted: Noted) -> None:
        """Begin with the first row.

        Args:
            writer: The command that loads.
            noted: Where the faults of the file are listed.
        """
        self.writer = writer
        self.session: Session = writer.session
        self.as_of: date = writer.today
        """The cut-off of the file: the day of acts that it does not date."""
        self.spoilt = False
        """Whether the row has a fault, and is not to be merged."""
        self.kept_back: list[tuple[str, Any, Any]] = []
        """Attributes that people edited and the row wants otherwise: each with what the ledger and the file say."""
        self._noted = noted
        self._entry: Entry
        self._within: Location = ()
        self._where: Location = ()
        self._silent = False
        self._found: dict[tuple[str, str, str], Any] = {}

    def begin(self, entry: Entry, within: Location) -> None:
        """Go on to a row, or to the part of an entry that is one."""
        self._entry, self._within, self._where = entry, within, ()
        self.spoilt = False
        self.kept_back.clear()

    @contextmanager
    def silently(self) -> Iterator[None]:
        """Look up what the file said at its last load: that a name leads nowhere by now is no fault of this one."""
        self._silent = True
        try:
            yield
        finally:
            self._silent = False

    # What sections ask for (sections.Refers)

    def team(self, code: str, *where: str | int) -> Team | None:
        """The team with a code; where there is none, None and a fault at this place."""
        return self._refer("teams", code, where, roster.find_team)

    def enterprise(self, name: str, *where: str | int) -> Enterprise | None:
        """The enterprise that a name or an alias means; where there is none, None and a fault at this place."""
        return self._refer("enterprises", name, where, roster.find_enterprise)

    def department(self, name: str, *where: str | int) -> Department | None:
        """The department that a name or an alias means; where there is none, None and a fault at this place."""
        return self._refer("departments", name, where, roster.find_department)

    def term(self, list_name: ListName, code: str, *where: str | int) -> Term | None:
        """The entry of a list with a code; where there is none, None and a fault at this place."""
        return self._refer("lists", code, where, _FIND_TERM[list_name], list_name)

    def problem(self, key: str, *where: str | int) -> Problem | None:
        """The problem with a key; where there is none, None and a fault at this place."""
        return self._refer("problems", key, where, roster.find_problem_by_key)

    def due(self, text: str, on: date) -> Due:
        """The deadline that a text means, counted from a day; a text that means none is a fault of the file."""
        self.stands_at("due")

        def read(session: Session, _: str) -> Due:
            return deadlines.read(session.rows, text, on, self.writer.today)

        return self._ask(read, "due", on.isoformat(), text)

    def stands_at(self, *where: str | int) -> None:
        """Say which field of the row is being read: faults are noted at it."""
        self._where = where

    def fault(self, words: Words, *where: str | int) -> None:
        """Note what is wrong with a field; the row is read to its end and not merged."""
        self.spoilt = True
        self._noted.note(self._entry, (*self._within, *where), words)

    def kept(self, attribute: str, ledger: Any, file: Any) -> None:
        """Note an attribute that somebody edited in the ledger, which so keeps its value against the file's."""
        self.kept_back.append((attribute, ledger, file))

    def refused(self, refusal: Refusal) -> None:
        """Note a refusal at the field that is being read."""
        self.spoilt = True
        self._noted.refused(self._entry, (*self._within, *self._where), refusal)

    def _refer(
        self, section: str, given: str, where: Location, find: Callable[[Session, str], Found], within: str = ""
    ) -> Found | None:
        """What a name refers to; None where it leads nowhere, which is noted."""
        self._where = where
        try:
            return self._ask(find, section, within, given)
        except Refusal as refusal:
            if not self._silent:
                self.spoilt = True
                if not self._noted.may_mean_a_spoilt_row(section, given):
                    self.refused(refusal)
            return None

    def _ask(self, find: Callable[[Session, str], Found], about: str, within: str, given: str) -> Found:
        """What the store says of a text, which is asked once."""
        asked = (about, within, given)
        found: Found | None = self._found.get(asked)
        if found is None:
            if len(self._found) >= MOST_FOUND:
                self._found.clear()
            found = self._found[asked] = find(self.session, given)
        return found
