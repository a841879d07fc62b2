"""The one way to write a record: with the event that tells of it, as a part of a command, the next of its chain."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from typing import Any, Self

from fugong.config import entry_time, zone_of
from fugong.domain import counties, days, keyed
from fugong.domain.aside import Aside
from fugong.domain.counties import Counties, Home, one
from fugong.domain.event_rows import Entered, EventRow, Frame, own_of
from fugong.domain.history import Changes, Entry, Held, canonical, first, heads, of, portable, settings, written
from fugong.errors.entries import FutureDate
from fugong.queries import come, seals
from fugong.store import chain
from fugong.store.identity import new_uid
from fugong.store.records import Batch, Campaign, Event, Problem, Record, Team
from fugong.store.session import TOGETHER, Session
from fugong.values import texts
from fugong.values.texts import NAME
from fugong.vocab import Act, Kind, Words

ACTOR = Words("操作人", "actor")


class Writer:
    """The writes of one command: one batch, one actor, one entry time.

    The batch is stored with the first event, so a command that changes nothing leaves no trace.
    """

    def __init__(
        self,
        session: Session,
        *,
        verb: str,
        actor: str,
        moment: datetime,
        today: date,
        many: bool = False,
        rehearsal: bool = False,
    ) -> None:
        """Begin a command.

        Args:
            session: The open transaction.
            verb: The command as typed, for example ``close``.
            actor: Who types it.
            moment: The present instant; the entry time of all that is written.
            today: Its day in the store's time zone.
            many: It brings problems by the thousand: new ones are held, with their events, until ``settle`` stores
                them together. Queries do not see them before.
            rehearsal: And it will be taken back: what has ``entered`` is put aside, and stored by ``bring`` alone.

        Raises:
            BlankText, TextTooLong, ControlCharacter: The actor's name is not fit to be stored.
        """
        self.session = session
        self.today = today
        self.recorded_at = entry_time(moment)
        self.actor = texts.clean(actor, what=ACTOR, limit=NAME)
        self._verb = verb
        self._many = many
        self._aside = Aside() if rehearsal else None
        self._batch: Batch | None = None
        self._frame: Frame | None = None
        self._undoes: Batch | None = None
        self._digest: chain.Digest | None = None
        self._held: dict[str, Problem] = {}
        """New problems by uid."""
        self._rows: dict[str, Sequence[Any]] = {}
        """Those of them whose row is known, as drivers take it."""
        self._histories: dict[str, list[Held]] = {}
        self._heads: dict[str, list[str]] = {}
        self._events: list[EventRow] = []
        self._numbers: dict[int, int] = {}
        """By team: the next number. The first was taken from the store, which locks the row of the team."""
        self._known_county: str | None = None
        self._home: Home | None = None
        """In a city's store: the county that it writes for."""
        self.clock_behind: str | None = None
        """The newest entry that the store knows, where the clock is behind it by a second or more."""
        self._counting: set[int] = set()
        """Teams whose next number has grown in this command and is not stored yet."""

    @classmethod
    def opened(
        cls, session: Session, *, verb: str, actor: str, moment: datetime, many: bool = False, rehearsal: bool = False
    ) -> Self:
        """A writer whose day is that of the store's time zone."""
        from fugong.config import local_day

        zone = settings(session)["timezone"]
        today = local_day(moment, zone)
        return cls(session, verb=verb, actor=actor, moment=moment, today=today, many=many, rehearsal=rehearsal)

    def taking_back(self, batch: Batch) -> None:
        """Make this command the one that takes back another, or does again what that one took back."""
        self._undoes = batch

    def past(self, day: date | None, *, after: date | None = None) -> date:
        """A business date: today unless given, and then never before the day ``after``; never in the future.

        What the store knows already is none of the future, whatever the clock says: neither the day ``after``, nor that
        of the newest entry.

        Raises:
            FutureDate: The day has not come.
        """
        if day is None:
            return max(self.today, after) if after else self.today
        if day > max(self.today, after or self.today) and day > self.newest:
            raise FutureDate(date=day, today=self.newest)
        return day

    @cached_property
    def newest(self) -> date:
        """The last day that has come, as far as the store knows: where the clock is behind, a later one than today."""
        zone = zone_of(settings(self.session)["timezone"])
        return come.until(self.session.rows, datetime.fromisoformat(self.recorded_at).astimezone(zone)).date()

    def dated(self, record: Record, day: date | None, *attributes: str) -> date:
        """The business date of an act that sets these attributes: today unless given, as ``days`` has it.

        Raises:
            FutureDate: The day has not come.
        """
        if self.holds(record.uid) or not days.comes(self.session, record, self.today):
            return self.past(day)
        return self.past(day, after=days.not_before(self.session, record, self.today, attributes))

    def holds(self, uid: str) -> bool:
        """Whether a new record waits here for ``settle`` and is not in the store yet."""
        return uid in self._held

    def events(self, record: Record) -> Sequence[Entry]:
        """The history of a record so far, oldest first."""
        held = self._histories.get(record.uid)
        return of(self.session, record.uid) if held is None else held

    def add(
        self,
        record: Record,
        act: Act = Act.ADD,
        *,
        on: date | None = None,
        text: str | None = None,
        approximate: bool = False,
        named: bool = False,
    ) -> None:
        """Store a new record, and the event that tells of it.

        Args:
            record: The record.
            act: What made it.
            on: The business date.
            text: What is said with it.
            approximate: That day is not exactly known.
            named: Its uid was given, and is not computed.
        """
        if not named:
            self._identify(record)
        self._counties.adding(record)
        changes = first(record)
        if self._many and isinstance(record, Problem):
            self._make_room()
            self._held[record.uid] = record
            self._histories[record.uid] = []
            self._heads[record.uid] = []
        else:
            self.session.save(record)
        self.tell(record, act, changes, on=on, text=text, approximate=approximate)

    def entered(self, problem: Problem) -> Entered | None:
        """All that was told of a new problem that waits here; None where it has parts of its own.

        A rehearsal has it put aside by then, for nothing more is to be told of it.
        """
        if not self.holds(problem.uid) or problem.bounces:
            return None
        history = self._histories[problem.uid]
        found = Entered.of(problem, [*history], self._events[-len(history) :])
        if self._aside and not (problem.key or problem.assist):
            self._aside.put(found.uid, found.pattern)
            del self._events[-len(history) :]
            for held in (self._held, self._histories, self._heads):
                del held[found.uid]
        return found

    def add_like(self, before: Entered, team: Team, **own: Any) -> Problem:
        """Store a problem as this command did another, and tell of it as of that; its team and ``own`` are its own."""
        problem = Problem(**{**before.said, **own, "team": team, "number": self.take_number(team)})
        if problem.key:
            self._identify(problem)
        self._counties.adding(problem)
        if self._aside and not (problem.key or problem.assist):
            self._aside.put_like(problem.uid, before, own_of(problem))
            return problem
        self._make_room()
        uid = problem.uid
        row, told = before.pattern.filled(uid, own_of(problem), self._framed())
        self._held[uid], self._rows[uid] = problem, row
        self._histories[uid], self._heads[uid] = [*before.history], [told[-1].hash]
        self._events += told
        return problem

    def _identify(self, record: Record) -> None:
        """Give a record the uid that follows from what it is."""
        county = record.county if isinstance(record, Campaign) else self._county
        record.uid = keyed.uid(record, county, self._ever) or record.uid

    @property
    def _county(self) -> str | None:
        """The county of the campaign, once there is one."""
        if self._known_county is None:
            found = next(self.session.rows("SELECT county FROM campaign LIMIT 1"), None)
            self._known_county = found[0] if found and found[0] != keyed.NO_COUNTY else None
        return self._known_county

    def _ever(self, uid: str) -> bool:
        """Whether a record had this uid here at any time."""
        return uid in self._held or next(self.session.rows(_EVER, subject=uid), None) is not None

    def add_all(self, records: Iterable[Record], *, on: date | None = None) -> None:
        """Store new records of one kind, each with the event that tells of it, some hundreds at a time."""
        day, waiting = on or self.today, iter(records)
        while batch := list(islice(waiting, TOGETHER)):
            for record in batch:
                self._counties.adding(record)
            told = [self._told(record, Act.ADD, first(record), [], on=day) for record in batch]
            self.session.save_all(batch)
            self._store(told)

    def change(
        self,
        record: Record,
        values: Mapping[str, Any],
        act: Act = Act.EDIT,
        *,
        on: date | None = None,
        text: str | None = None,
        approximate: bool = False,
    ) -> bool:
        """Set attributes that differ, and write the event that tells of it.

        An event without changes is written only if it has a text: a note.

        Returns:
            Whether an event was written.
        """
        changes: Changes = {}
        for name, value in values.items():
            old = getattr(record, name)
            if old is not value and (pair := [portable(old), portable(value)])[0] != pair[1]:
                changes[name] = pair
        self._counties.writing(record, act, changes)
        for name in changes:
            setattr(record, name, values[name])
        self._rows.pop(record.uid, None)
        if not changes and text is None:
            return False
        if changes and not self.holds(record.uid):
            self.session.save(record)
        tracked = {name: pair for name, pair in changes.items() if name in record.tracked}
        self.tell(record, act, tracked, on=on, text=text, approximate=approximate)
        return True

    def tell(
        self,
        record: Record,
        act: Act,
        changes: Changes,
        *,
        on: date | None = None,
        text: str | None = None,
        approximate: bool = False,
        undoes: str | None = None,
        after: list[str] | None = None,
    ) -> EventRow:
        """Append the event of a change that the record already shows.

        Args:
            record: The record.
            act: What was done.
            changes: What it changed.
            on: The business date.
            text: What is said with it.
            approximate: That day is not exactly known.
            undoes: The event that it cancels.
            after: The heads of the record's history, where that was read already; the event waits for ``settle``.
        """
        if self._counties.homes:
            home = self._counties.writing(record, act, changes, undoes=undoes)
            self._home = one(self._home, home, begun=self._batch is not None)
        day, held = on or self.today, self.holds(record.uid)
        known = self._heads[record.uid] if held else after
        before = [] if known is not None else list(self.session.rows(_LINEAGE, subject=record.uid))
        parents = heads((hash_, named) for hash_, named, _ in before) if known is None else known
        if on is None and any(told > day.isoformat() for *_, told in before):
            day = days.not_before(self.session, record, day, changes)
        told = self._told(record, act, changes, parents, on=day, text=text, approximate=approximate, undoes=undoes)
        if held:
            self._heads[record.uid] = [told.hash]
            self._histories[record.uid].append(Held(act, day, changes))
        if known is None:
            self._store([told])
        else:
            self._events.append(told)
        return told

    @cached_property
    def _counties(self) -> Counties:
        return counties.known(self.session)

    @cached_property
    def series(self) -> str:
        """The letters before the numbers that this store gives."""
        return settings(self.session)["series"]

    def take_number(self, team: Team, counter: str = "next_number") -> int:
        """Take a team's next running number, inside the transaction, so that no two records share one.

        Args:
            team: The team that the record is entered under.
            counter: The team's attribute that counts: ``next_number`` of problems, ``next_activity`` of activities.
        """
        if self._many and counter == "next_number":
            number = self._numbers.get(team.id) or self._taken(team, counter)
            self._numbers[team.id] = number + 1
            self._counting.add(team.id)
            return number
        return self._taken(team, counter)

    def _taken(self, team: Team, counter: str) -> int:
        take = f"UPDATE team SET {counter} = {counter} + 1 WHERE id = :team RETURNING {counter} - 1"
        return int(next(self.session.rows(take, team=team.id))[0])

    def settle(self) -> None:
        """Store what waits."""
        if not self._events:
            return
        if self._held:
            self.session.run_all(_NUMBER, [(self._numbers[team], team) for team in sorted(self._counting)])
            self.session.save_all(list(self._held.values()), self._rows)
        self._store(self._events)
        self._clear()

    def bring(self, uid: str) -> None:
        """Let the store have a new problem that is held, or was put aside, and that it does not have yet."""
        if self.holds(uid):
            self.settle()
        elif self._aside and (put := self._aside.of(uid, self._framed())):
            row, events = put
            self.session.insert(Problem, Problem.shape.given, [row])
            self._store(events)

    def _make_room(self) -> None:
        """Let no more be held than is stored together."""
        if len(self._held) >= TOGETHER:
            self.settle()

    def _clear(self) -> None:
        for held in (self._held, self._rows, self._histories, self._heads, self._events, self._counting):
            held.clear()

    def _told(
        self,
        record: Record,
        act: Act,
        changes: Changes,
        parents: list[str],
        *,
        on: date,
        text: str | None = None,
        approximate: bool = False,
        undoes: str | None = None,
    ) -> EventRow:
        """An event with its hash."""
        return self._framed().event(
            record.record_kind._value_, record.uid, act._value_, on.isoformat(), written(changes), parents,
            text=text, approximate=approximate, undoes=undoes,
        )  # fmt: skip

    def _framed(self) -> Frame:
        if self._frame is None:
            self._frame = Frame.of(self._stored_batch())
        return self._frame

    def _store(self, told: Iterable[EventRow]) -> None:
        """Append events to those of the store."""
        batch, told = (self._stored_batch().id,), list(told)
        self.session.insert(Event, _EVENT, [batch + event for event in told])
        if self._digest:
            self._digest.add(event.hash for event in told)

    def _stored_batch(self) -> Batch:
        if self._batch is None:
            self._batch = self._chained()
            self.session.save(self._batch)
            self.session.batch = self._batch.uid
            self.session.last = self._close
        return self._batch

    def _chained(self) -> Batch:
        """The command, as the next one of this replica."""
        undoes, home = self._undoes, self._home
        replica = home.replica if home else settings(self.session)["replica"]
        link = seals.link(self.session.rows, replica, home.prefix if home else None)
        command = chain.Command(
            uid=new_uid(),
            verb=self._verb,
            actor=self.actor,
            recorded_at=self.recorded_at,
            replica=link.replica,
            number=link.number,
            previous=link.previous,
            saw=link.saw,
            undoes=undoes.uid if undoes else None,
        )
        if link.arrived_at and link.arrived_at[:_SECONDS] > self.recorded_at[:_SECONDS]:
            self.clock_behind = link.arrived_at
        self._digest = chain.Digest(command)
        said = command._asdict() | {"saw": canonical(command.saw), "undoes_id": undoes.id if undoes else None}
        del said["undoes"]
        arrived = chain.after(link.arrived_at, self.recorded_at)
        return Batch(**said, arrived_at=arrived, county=home.prefix if home else None)

    def _close(self) -> None:
        """The digest of the command, when all its events are stored."""
        if self._batch:
            self._batch.digest = str(self._digest)
            self.session.save(self._batch)
            self._settle_conflicts(self._batch)

    def _settle_conflicts(self, batch: Batch) -> None:
        """Work out anew which conflicts remain of the records that the command wrote."""
        written = dict(self.session.rows(_CONTESTED, batch=batch.id))
        if written:
            from fugong.domain.merging.renewing import renew

            renew(self.session, {subject: Kind(kind) for subject, kind in written.items()})


_CONTESTED = """
SELECT e.subject, e.kind FROM event e WHERE e.batch_id = :batch AND (
    EXISTS (SELECT 1 FROM conflict c WHERE c.subject = e.subject)
    OR EXISTS (SELECT 1 FROM event p WHERE p.subject = e.subject AND p.place IS NOT NULL)
    OR EXISTS (SELECT 1 FROM conflict c WHERE c.attribute IN ('duplicate', 'retired'))
) GROUP BY e.subject, e.kind ORDER BY (SELECT min(f.id) FROM event f WHERE f.subject = e.subject)
"""
"""The records that a command wrote and that are what several stores made of them, or of others that name them; as
``renew`` takes them."""
_EVER = """
SELECT 1 FROM event WHERE subject = :subject UNION ALL SELECT 1 FROM event WHERE named = :subject LIMIT 1
"""
_EVENT = ("batch_id", *EventRow._fields)
_SECONDS = len("2020-03-13T04:00:00")
_LINEAGE = "SELECT hash, parents, on_date FROM event WHERE subject = :subject"
_NUMBER = "UPDATE team SET next_number = ? WHERE id = ?"
