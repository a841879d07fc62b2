"""As of (截至): the cut-off that a count is true for: a business day, and a moment of knowledge.

The ledger as of (D, T) is what the acts dated up to the day D come to, as far as they were known at the moment T
(history: docs/adr/0020-as-of-by-folding-what-counts.md). ``queries.past`` lets reports read the tables as they stood
then; without a cut-off they read the tables themselves, and now costs nothing.
"""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Self

from fugong.config import chinese, entry_time, zone_of
from fugong.db import Reader
from fugong.queries.knowledge import Knowledge
from fugong.vocab import Words


class AsOf(NamedTuple):
    """A cut-off: the end of a day, or a moment on it; and what was known of it by when."""

    day: date
    """The day that lights and overdue counts are true for."""
    asked: bool = False
    """Whether somebody asked for it; if not, it is now."""
    at: time | None = None
    """The time of day in the store's zone, if it is a moment."""
    zone: str = "UTC"
    left_out: "frozenset[tuple[str, bool]] | None" = None
    """The kinds of records of which it leaves something out, each with whether that is no more than that they were
    added; and the tables with days of their own of which it leaves some out. Asked once for a cut-off; None if not."""
    dialect: str = "sqlite"
    """The engine of the store: SQL that reads the changes of events differs between the two."""
    known: Knowledge | None = None
    """The commands that were known; None is all."""
    known_at: str | None = None
    """When that was, as reports state it."""
    only: str | None = None
    """SQL for the uids of the problems that are read at it; None is all."""

    @classmethod
    def read(cls, reader: Reader, now: datetime, text: str | None = None, known_at: str | None = None) -> Self:
        """The cut-off that was typed, or now.

        Args:
            reader: The store.
            now: The present instant.
            text: The day, or the moment on it.
            known_at: By when it was known: a moment, a day, or the name of a publication. Without a day of its own
                the cut-off is that day.

        Raises:
            BadDate, BadKnownAt: It is none.
            FutureDate: It has not come.
        """
        here = now.astimezone(zone_of(reader.zone))
        cut = cls(here.date(), zone=reader.zone, dialect=reader.dialect)
        if text is not None:
            from fugong.values import dates

            day, at = dates.read_cut_off(text, here.date(), month_first=chinese())
            cut = cut._replace(day=day, asked=True, at=at)
            if (day, at or time.min) > (here.date(), here.time()):
                from fugong.queries import come

                come.must_have(reader.rows, day, here, at)
        if known_at is not None:
            from fugong.queries.knowing import known

            told = known(reader, known_at, here)
            cut = cut._replace(asked=True, known=told.knowledge, known_at=told.said)
            cut = cut if text is not None else cut._replace(day=told.day, at=told.at)
        return cut.settled(reader) if cut.asked else cut

    def knew(self, batch: str) -> str:
        """A command was known, by the column that names it."""
        return "1 = 1" if self.known is None else self.known.had(batch)

    def settled(self, reader: Reader) -> Self:
        """The same cut-off, of which it is known what it leaves out."""
        later = [f"SELECT DISTINCT kind, act = 'add' FROM event WHERE on_date > '{self.day}'"]
        if self.known is not None:
            later.append(f"SELECT DISTINCT kind, 1 = 0 FROM event WHERE {self.known.lacked('batch_id')}")
        if self.at is not None:
            since, until = self.rest_of_day()
            later.append(
                "SELECT DISTINCT kind, 1 = 0 FROM event e JOIN batch b ON b.id = e.batch_id "
                f"WHERE e.on_date = '{self.day}' AND b.recorded_at > '{since}' AND b.recorded_at < '{until}'"
            )
        for table, columns in _OF_THEIR_OWN.items():
            after = " OR ".join(f"{column} > '{self.day}'" for column in columns)
            later.append(f"SELECT '{table}', 1 = 0 WHERE EXISTS (SELECT 1 FROM {table} WHERE {after})")
        return self._replace(
            left_out=frozenset((kind, bool(added)) for each in later for kind, added in reader.rows(each))
        )

    def ending(self, day: date, reader: Reader) -> Self:
        """The cut-off at the end of another day, with the same knowledge."""
        return self._replace(day=day, at=None, asked=True).settled(reader.now)

    def rest_of_day(self) -> tuple[str, str]:
        """The entry times between which what is dated the day of a moment comes after that moment."""
        moment = datetime.combine(self.day, self.at or time.min, zone_of(self.zone))
        midnight = datetime.combine(self.day + timedelta(days=1), time.min, zone_of(self.zone))
        return entry_time(moment), entry_time(midnight)

    @property
    def text(self) -> str:
        """As reports state it: the day, and the minute if it is a moment."""
        return f"{self.day} {self.at:%H:%M}" if self.at else self.day.isoformat()

    @property
    def words(self) -> Words:
        """The sentence for people."""
        if self.known_at is None:
            return Words(f"截至 {self.text}", f"As of {self.text}")
        return Words(f"截至 {self.text}，按 {self.known_at} 所知", f"As of {self.text}, as known at {self.known_at}")

    @property
    def titled(self) -> Words:
        """The same behind a title on a terminal, with the weekday."""
        from fugong.queries.due_words import weekday

        day, said = weekday(self.day), self.words
        en = said.en.replace(str(self.day), day.en, 1)
        return Words(said.zh.replace(str(self.day), day.zh, 1), en[0].lower() + en[1:])

    @property
    def facts(self) -> dict[str, str]:
        """The keys that JSON has for it."""
        return {"as_of": self.text, **({"known_at": self.known_at} if self.known_at else {})}

    @property
    def present(self) -> bool:
        """Whether the tables show what is asked for: nothing is to be left out."""
        return not self.asked or self.left_out == frozenset()


_OF_THEIR_OWN = {"stage_change": ("on_date",), "assignment": ("from_on", "to_on"), "bounce": ("on_date",)}
"""The tables with days of their own, and these."""
