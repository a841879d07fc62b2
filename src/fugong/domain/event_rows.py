"""Events as the store has them, and the text that the hash of each is taken of, put together from its parts."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self

from fugong.domain.history import Held, canonical, written
from fugong.store.records import Batch, Event, Problem, Record


class EventRow(NamedTuple):
    """An event as its row in the store has it, all portable, but for its batch."""

    hash: str
    kind: str
    subject: str
    act: str
    on_date: str
    approximate: bool
    changes: str
    text: str | None
    parents: str
    undoes: str | None = None


class Frame(NamedTuple):
    """The pieces of an event's canonical content that are the same for all of a batch, between what each says."""

    who: str
    whole: str
    when: str
    verb: str

    @classmethod
    def of(cls, batch: Batch) -> Self:
        """The pieces of a command."""
        return cls(
            f',"actor":{canonical(batch.actor)},"approximate":',
            f',"batch":{canonical(batch.uid)},"changes":',
            f',"recorded_at":{canonical(batch.recorded_at)},"replica":{canonical(batch.replica)},"subject":',
            f',"verb":{canonical(batch.verb)}}}',
        )

    def event(
        self,
        kind: str,
        subject: str,
        act: str,
        day: str,
        changes: str,
        parents: list[str],
        *,
        text: str | None,
        approximate: bool,
        undoes: str | None = None,
    ) -> EventRow:
        """An event with its hash: that of ``history.content``, put together from parts of which each is canonical.

        Args:
            kind: That of its record, as the other codes by value.
            subject: The uid of the record.
            act: What was done.
            day: The business date, ISO.
            changes: Their canonical JSON.
            parents: The heads of the record's history.
            text: What is said with it.
            approximate: That day is not exactly known.
            undoes: Which event it cancels.
        """
        named = '["' + '","'.join(parents) + '"]' if parents else "[]"
        noted = "null" if text is None else canonical(text)
        cancels = f',"undoes":{canonical(undoes)}' if undoes else ""
        said = (
            f'{{"act":"{act}"{self.who}{"true" if approximate else "false"}{self.whole}{changes},"kind":"{kind}",'
            f'"on":"{day}","parents":{named}{self.when}{canonical(subject)},"text":{noted}{cancels}{self.verb}'
        )
        hash_ = hashlib.sha256(said.encode()).hexdigest()
        return EventRow(hash_, kind, subject, act, day, approximate, changes, text, named, undoes)

    def of_event(self, event: Event, subject: str, changes: str, parents: list[str]) -> str:
        """The hash of an event of the store, with what it says of itself in canonical JSON."""
        told = self.event(
            event.kind._value_, subject, event.act._value_, event.on_date.isoformat(), changes, parents,
            text=event.text, approximate=event.approximate, undoes=event.undoes,
        )  # fmt: skip
        return told.hash


class Pattern(NamedTuple):
    """What a problem that a command entered shares with others that are like it, as the store has it.

    The first event says what the problem is; none of the others says what is each one's own.
    """

    row: Sequence[Any]
    """Its row as drivers take it."""
    events: Sequence[EventRow]
    around: Sequence[str]
    """What the first event says has changed, before, between and after what is each one's own."""

    def filled(self, uid: str, own: Sequence["Own"], frame: Frame) -> tuple[list[Any], list[EventRow]]:
        """The row and the events of another problem, which has a firm, or a key, if this one has."""
        row, (first, *after) = [*self.row], self.around
        row[_UID] = uid
        said, following = [first], iter(after)
        for at, (told, stored) in zip(_AT, own, strict=True):
            if told is not None:
                said += (canonical(told), next(following))
            row[at] = stored
        changes, parents, events = "".join(said), list[str](), list[EventRow]()
        for event in self.events:
            told_ = frame.event(
                event.kind, uid, event.act, event.on_date, event.changes if parents else changes, parents,
                text=event.text, approximate=event.approximate,
            )  # fmt: skip
            events.append(told_)
            parents = [told_.hash]
        return row, events


class Entered(NamedTuple):
    """A problem that a command entered, and all that it told of it: what others are told by that are like it."""

    uid: str
    said: Mapping[str, Any]
    """Its attributes, but for its identity."""
    history: Sequence[Held]
    pattern: Pattern

    @classmethod
    def of(cls, problem: Problem, history: Sequence[Held], events: Sequence[EventRow]) -> Self:
        """What was told of a problem that is not stored yet."""
        said = {name: value for name, value in problem.__dict__.items() if name != "uid"}
        changes = history[0].changes
        blank = written({**changes, **{name: [None, _BLANK] for name in _OWN if name in changes}})
        pattern = Pattern(problem.row(problem.shape.given), events, blank.split(canonical(_BLANK)))
        return cls(problem.uid, said, history, pattern)


Own = tuple[Any, Any]
"""A value as events hold it, and as drivers take it."""


def own_of(problem: Problem) -> list[Own]:
    """What is a problem's own, in the order in which a pattern takes it."""
    values = [problem.__dict__[name] for name in _OWN]
    return [(value.uid, value.id) if isinstance(value, Record) else (value, value) for value in values]


_BLANK = "\0"
"""What no text can have in it."""
_OWN = ("enterprise", "key", "number", "team", "text")
"""What is each one's own, in the order in which canonical JSON has it."""
_UID, *_AT = map(Problem.shape.given.index, ("uid", "enterprise_id", "key", "number", "team_id", "text"))
"""The places in a row of its identity, and of what is its own."""
