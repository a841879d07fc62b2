"""The problems that one command wrote, read with their histories by the hundred; what is written of them waits.

A command that thousands of problems came from is taken back in the same memory as one of ten.
"""

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from fugong.domain import history
from fugong.domain.history import Changes
from fugong.domain.writer import Writer
from fugong.store.records import Batch, Event, Problem
from fugong.store.session import TOGETHER
from fugong.vocab import Act, Kind


class Together:
    """Some events of a command at a time, the last first, with the problems that they are of.

    A problem is stored, and what is told of it, by ``settle``: before anything else is asked of the store that they
    may have part in, and after the last.
    """

    def __init__(self, writer: Writer, batch: Batch) -> None:
        self._writer = writer
        self._session = writer.session
        self._batch = batch
        self._problems: dict[str, Problem] = {}
        self._recent: deque[dict[str, Problem]] = deque(maxlen=4)
        """Those that were read last: what they refer to is known for as long as they are here."""
        self._told: dict[str, list[Event]] = {}
        self._heads: dict[str, list[str]] = {}
        self._contested = {uid for (uid,) in self._session.rows("SELECT subject FROM conflict")}
        self._changed: dict[str, Problem] = {}
        self.followed = False
        """Whether an event of the campaign was among them."""
        self.moved = False
        """Whether a problem was given to another team."""

    def events(self) -> Iterator[Event]:
        """The events of the command, the last first."""
        below = self._last()
        while some := list(self._session.rows(_BEFORE, batch=self._batch.id, below=below)):
            self._read({subject for _, subject, kind in some if kind == Kind.PROBLEM})
            read = {event.id: event for told in self._told.values() for event in told}
            for id_, subject, _ in some:
                if subject not in self._problems:
                    self.settle()
                event = read.get(id_) or self._session.get(Event, id_)
                self.followed |= event.kind is Kind.CAMPAIGN
                self.moved |= event.kind is Kind.PROBLEM and event.act is not Act.LOG and event.sets("team")
                yield event
            self.settle()
            below = some[-1][0]

    def _last(self) -> int:
        """One more than the last event has."""
        ((last,),) = self._session.rows("SELECT max(id) FROM event WHERE batch_id = :batch", batch=self._batch.id)
        return int(last or 0) + 1

    def _read(self, uids: Collection[str]) -> None:
        """Read some problems, and all that was told of them."""
        found = self._session.among(Problem, "uid", uids)
        self._session.gather(found)
        self._problems = {problem.uid: problem for problem in found}
        self._recent.append(self._problems)
        told: dict[str, list[Event]] = {uid: [] for uid in self._problems}
        for event in self._session.among(Event, "subject", told, apart=True):
            told[event.subject].append(event)
        self._told = {uid: sorted(each, key=_place) for uid, each in told.items()}
        self._heads = {uid: history.heads((one.hash, one.parents) for one in each) for uid, each in told.items()}

    def problem(self, event: Event) -> Problem | None:
        """The problem of an event, where it is of one that was read."""
        return self._problems.get(event.subject)

    def contested(self, uid: str) -> bool:
        """Whether a record is what several stores made of it, and not settled yet."""
        return uid in self._contested

    def history(self, uid: str) -> Sequence[Event]:
        """What was told of a record, oldest first."""
        return self._told[uid] if uid in self._told else history.of(self._session, uid)

    def save(self, record: Any) -> None:
        """Store a record as it is now, a problem that was read with the others."""
        if record.uid in self._problems:
            self._changed[record.uid] = record
        else:
            self._session.save(record)

    def take_back(self, record: Any, event: Event, changes: Changes) -> None:
        """Tell that an event was taken back, which the record already shows."""
        uid = record.uid
        told = self._writer.tell(
            record, Act.UNDO, changes, on=event.on_date, approximate=event.approximate, undoes=event.hash,
            after=self._heads.get(uid),
        )  # fmt: skip
        if uid in self._told:
            self._heads[uid] = [told.hash]
            said: dict[str, Any] = dict(zip(told._fields, told, strict=True))
            said |= {"kind": event.kind, "act": Act.UNDO, "on_date": event.on_date}
            self._told[uid].append(Event(**said))

    def forget(self, uid: str) -> None:
        """Store what waits, and know no more of a record that something else writes."""
        self.settle()
        for known in (self._problems, self._told, self._heads):
            known.pop(uid, None)

    def settle(self) -> None:
        """Store what waits."""
        self._session.save_each(list(self._changed.values()))
        self._changed.clear()
        self._writer.settle()


_BEFORE = f"""
SELECT id, subject, kind FROM event WHERE batch_id = :batch AND id < :below ORDER BY id DESC LIMIT {TOGETHER}
"""


def _place(event: Event) -> int:
    """Where an event stands in the history of its record."""
    return event.id if event.place is None else event.place
