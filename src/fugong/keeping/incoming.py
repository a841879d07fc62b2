"""What comes in from another store on its way to the tables: it is held, and stored some hundreds of rows at a time."""

from collections.abc import Sequence
from typing import Any

from fugong.domain import redacting
from fugong.domain.event_rows import EventRow
from fugong.domain.merging import redactions
from fugong.keeping.gaps import Lacking
from fugong.queries.among import TOGETHER, among
from fugong.store.records import Event, Loaded
from fugong.store.session import Session
from fugong.store.traits import seal

Said = tuple[str, str, str, str]
"""What a file said of a record: section, key, subject, content."""


Command = tuple[str, int | None]
"""The replica of a command, and its number there."""


class Events:
    """The events that came, in their order."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[str, Sequence[Any]] = {}
        """By hash."""
        self._upon: list[tuple[str, Command]] = []
        """What they build upon that is not among them: its hash, and which command builds upon it."""

    def add(self, event: EventRow, parents: Sequence[str], *, batch: int, named: str | None, command: Command) -> None:
        """Hold an event.

        Args:
            event: The event.
            parents: What it builds upon.
            batch: The key of its command.
            named: The uid of its record where it was entered, if that is another by now.
            command: The replica and the number of its command.

        Raises:
            Lacking: Something is missing that an event builds upon.
        """
        self._upon += [(parent, command) for parent in parents if parent not in self._rows]
        self._rows.setdefault(event.hash, (batch, *event, named))
        if len(self._rows) == TOGETHER:
            self.store()

    def store(self) -> None:
        """Store what is held, but for what is here already.

        Raises:
            Lacking: Something is missing that an event builds upon.
        """
        if not self._rows:
            return
        here = self._here({parent for parent, _ in self._upon} | self._rows.keys())
        for parent, (replica, number) in self._upon:
            if parent not in here:  # some command before this one had it
                raise Lacking(replica, max((number or 1) - 1, 1))
        self._session.insert(Event, _COLUMNS, [row for hash_, row in self._rows.items() if hash_ not in here])
        self._rows.clear()
        self._upon.clear()

    def _here(self, hashes: set[str]) -> set[str]:
        return {hash_ for (hash_,) in among(self._session.rows, _HERE, hashes)}


_COLUMNS = ("batch_id", *EventRow._fields, "named")
_HERE = "SELECT hash FROM event WHERE hash IN ({})"


class Bases:
    """What files said of records: kept where nothing is yet."""

    def __init__(self, session: Session) -> None:
        self.others: list[Said] = []
        """What is not kept as yet, because other words of a file are."""
        self._session = session
        self._held: list[Said] = []

    def add(self, said: Said) -> None:
        """Hold what a file said."""
        self._held.append(said)
        if len(self._held) == TOGETHER:
            self.store()

    def store(self) -> None:
        """Store what is held, but for what is said here already, without words that were redacted."""
        keys, subjects = {key for _, key, *_ in self._held}, {subject for *_, subject, _ in self._held}
        here = {(section, key): content for section, key, content in among(self._session.rows, _SAID, keys)}
        redacted = redactions.redacted(self._session, subjects)
        new = list[tuple[str, ...]]()
        for said in self._held:
            section, key, _, content = said
            if (section, key) not in here:
                new.append((*said, seal(dict(zip(_SAYING, said, strict=True)))))
                here[section, key] = content
            elif here[section, key] != content:
                self.others.append(said)
        self._session.insert(Loaded, (*_SAYING, "seal"), new)
        for subject in sorted(redacted):
            redacting.forget_loaded(self._session, subject)
        self._held.clear()


_SAYING = ("section", "key", "subject", "content")
_SAID = "SELECT section, key, content FROM loaded WHERE key IN ({})"
