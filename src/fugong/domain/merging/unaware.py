"""Redacted words in what somebody entered who did not know of the redaction: they go as well.

Whoever changes a text, takes that back or does it again says what stood there before, and whoever enters the same
thing once more says it all; no redaction made meanwhile in another copy can name such an event. Which words of it were
redacted is found without knowing them: what stood before, and what was taken from there, was said by an act before it,
and if none says it openly any more it was redacted; and a word is one that was removed from an event if the event has
its hash again with it. The event keeps its hash, so that chains and seals hold, and its other words.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fugong.domain import history, redacting
from fugong.domain.merging.order import Lineage
from fugong.domain.redacting import MARK, reworded, words_of
from fugong.store.records import Batch, Event
from fugong.store.session import Session
from fugong.vocab import Act

Events = Mapping[str, Event]
"""The events of one record by their hashes."""


def events(session: Session, subject: str) -> Events:
    """All that was told of a record."""
    return {event.hash: event for event in history.of(session, subject)}


def places(told: Lineage) -> list[int]:
    """The places of what was entered by somebody who did not know of a redaction that did not know it either."""
    redactions = [place for place, event in enumerate(told.events) if event.act is Act.REDACT]
    return [
        place
        for place, event in enumerate(told.events)
        if event.act is not Act.REDACT and any(told.apart(place, each) for each in redactions)
    ]


def empty(session: Session, told: Lineage, events: Events, words: set[str]) -> None:
    """Take redacted words out of what was entered by somebody who did not know of the redaction.

    Args:
        session: The store.
        told: The history of the record.
        events: Its events, without the words that redactions name.
        words: Those of the words that are known; what is found is added.
    """
    late = places(told)
    while late:
        words |= {word for place in late for word in _handed_on(told, events, place)}
        words |= {word for place in late for word in _said_again(session, events, events[told.events[place].hash])}
        if not [place for place in late if _without(session, events[told.events[place].hash], words)]:
            return


def _handed_on(told: Lineage, events: Events, place: int) -> Iterator[str]:
    """The words that an event has from acts before it, of which none says them any more."""
    names, noted = redacting.gone([*events.values()])
    event = events[told.events[place].hash]
    before = [events[each.hash] for at, each in enumerate(told.events) if told.knows(place, at)]
    copies = event.act in (Act.UNDO, Act.SETTLE) or event.undoes is not None
    for name in names & event.said.keys():
        openly = {word for each in before for word in words_of(each.said.get(name, (None, None))[1])}
        for value in event.said[name][: 2 if copies else 1]:
            yield from words_of(value) - openly
    if noted and copies and event.text:
        yield from words_of(event.text) - {each.text for each in before}


def _said_again(session: Session, events: Events, event: Event) -> Iterator[str]:
    """The words of an event that were removed from another."""
    for each in events.values():
        if each is not event and redacting.marked(each):
            yield from _removed(session, each, event.text, event.said)
            for word in _words(event):
                yield from _removed(session, each, word, dict.fromkeys(each.said, (word, word)))


def _removed(session: Session, event: Event, text: str | None, said: Mapping[str, Sequence[Any]]) -> set[str]:
    """The words that were removed from an event, if it is these: its hash tells."""
    tried, put = copied(event), set[str]()

    def filled(value: Any, instead: Any) -> Any:
        words = {MARK: instead} if isinstance(instead, str) and MARK not in (instead, *words_of(value)) else {}
        put.update(words.values() if value else ())
        return reworded(value, lambda word: words.get(word, word))

    tried.changes = history.canonical(
        {
            name: [*map(filled, pair, said.get(name, (None, None)))] if name in redacting.NAMES[event.kind] else pair
            for name, pair in event.said.items()
        }
    )
    tried.text = filled(event.text, text)
    return put if digest(session, tried) == event.hash else set()


def _words(event: Event) -> set[str]:
    """All words of an event that could have been redacted."""
    said = (value for name in redacting.NAMES[event.kind] for value in event.said.get(name, ()))
    return {word for value in (*said, event.text) for word in words_of(value)}


def _without(session: Session, event: Event, words: set[str]) -> bool:
    """Take these words out of an event; whether it had any of them."""
    if _words(event).isdisjoint(words):
        return False

    def left(word: str) -> str:
        return MARK if word in words else word

    event.changes = history.canonical(
        {
            name: [reworded(value, left) for value in pair] if name in redacting.NAMES[event.kind] else pair
            for name, pair in event.said.items()
        }
    )
    event.text = reworded(event.text, left)
    session.save(event)
    return True


def lose(session: Session, event: Event, changes: str, text: str | None) -> None:
    """Take out of an event the words that another store took out of it, which knew them."""
    theirs = json.loads(changes)

    def left(mine: Any, their: Any) -> Any:
        if isinstance(mine, list) and isinstance(their, list):
            return [*map(left, mine, their)] if len(mine) == len(their) else mine
        return MARK if their == MARK and mine else mine

    event.changes = history.canonical(
        {
            name: left(pair, theirs.get(name)) if name in redacting.NAMES[event.kind] else pair
            for name, pair in event.said.items()
        }
    )
    event.text = left(event.text, text)
    session.save(event)


def copied(event: Event) -> Event:
    """An event like another, which can be tried out."""
    return Event(**{name: getattr(event, name) for name in Event.shape.columns})


def digest(session: Session, event: Event) -> str:
    """That of what an event says now."""
    return history.digest(history.content(event, session.get(Batch, event.batch_id)))
