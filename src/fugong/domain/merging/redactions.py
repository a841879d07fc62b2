"""Words that were redacted in one copy leave every other: where histories meet, the redaction wins.

A redaction names events by their hashes, each with the digest of what it says without the words; which words these
were is found by taking out one kind of them after the other until the digest fits. Where two redactions that did not
know of each other name one event, nobody could say what it is without both, so that none of its words is left. What
somebody entered who did not know of a redaction may hold the words as well, though none names it: ``unaware``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from fugong.domain import redacting
from fugong.domain.merging import unaware, undone
from fugong.domain.merging.order import Lineage
from fugong.queries.among import among
from fugong.store.records import Event
from fugong.store.session import Session
from fugong.vocab import Act, Kind


class Left(NamedTuple):
    """What redactions may have left of an event."""

    rests: Sequence[str]
    """The digests of what it says without words, each without more of them than the last; none where redactions that
    did not know of each other name it differently, or none names it."""
    listed: bool
    """Whether any names it."""
    unaware: bool
    """Whether it was entered by somebody who did not know of a redaction of its record."""


def spread(session: Session, touched: Mapping[str, Kind]) -> None:
    """Take the words that were redacted anywhere out of the events of the records that a merge touched."""
    for subject in sorted(redacted(session, [each for each, kind in touched.items() if kind in redacting.FIELDS])):
        if session.dialect == "sqlite":
            session.run("PRAGMA secure_delete = ON")  # what was there is overwritten in the file, too
        told, words = undone.lineage(session, subject), set[str]()
        lefts, events = named(told), unaware.events(session, subject)
        listed = {hash_: left for hash_, left in lefts.items() if left.listed and hash_ in events}
        for late in (False, True):
            for hash_, left in listed.items():
                if left.unaware is late:
                    _empty(session, events[hash_], left, words)
            unaware.empty(session, told, events, words)
        redacting.forget_loaded(session, subject)


def join(session: Session, hash_: str, changes: str, text: str | None) -> dict[str, Kind]:
    """Let an event be without the words of which another store has it bare, if they may be gone; what that touched."""
    event = session.find(Event, hash=hash_)
    if event is None or event.kind not in redacting.FIELDS or (event.changes, event.text) == (changes, text):
        return {}
    left = named(undone.lineage(session, event.subject)).get(hash_)
    if left is None or not left.unaware:
        return {}
    unaware.lose(session, event, changes, text)
    return {event.subject: event.kind}


def redacted(session: Session, subjects: Iterable[str]) -> set[str]:
    """Those of some records whose words were redacted."""
    return {str(subject) for (subject,) in among(session.rows, _REDACTED, subjects)}


def named(told: Lineage) -> dict[str, Left]:
    """By event that may have lost words: what may be left of it."""
    pairs: dict[str, list[tuple[int, str]]] = {}
    for place, event in enumerate(told.events):
        if event.act is Act.REDACT:
            for hash_, rest in event.redacted:
                pairs.setdefault(hash_, []).append((place, rest))
    others = {told.events[place].hash for place in unaware.places(told)}
    return {
        hash_: Left(list(_rests(told, pairs.get(hash_, ()))), hash_ in pairs, hash_ in others)
        for hash_ in dict.fromkeys([*pairs, *others])
    }


def _rests(told: Lineage, pairs: Sequence[tuple[int, str]]) -> Iterator[str]:
    apart = any(told.apart(one, other) and a != b for (one, a), (other, b) in combinations(pairs, 2))
    return iter(()) if apart else iter(dict.fromkeys(rest for _, rest in pairs))


def fits(session: Session, event: Event, left: Left) -> bool:
    """Whether an event without its words is what its redactions left of it."""
    if event.kind not in redacting.FIELDS:
        return False
    if unaware.digest(session, event) in left.rests[-1:]:
        return True
    if left.unaware:
        return redacting.marked(event)
    return not left.rests and not redacting.emptied(
        unaware.copied(event), redacting.NAMES[event.kind], set(), noted=True
    )


def _empty(session: Session, event: Event, left: Left, words: set[str]) -> None:
    """Take the words out of an event that all its redactions took out, and add them to those that were."""
    names = redacting.NAMES[event.kind]
    said = unaware.digest(session, event)
    for rest in left.rests[left.rests.index(said) + 1 if said in left.rests else 0 :]:
        for some, noted in _choices(names):
            tried, gone = unaware.copied(event), set[str]()
            redacting.emptied(tried, some, gone, noted=noted)
            if unaware.digest(session, tried) == rest:
                event.changes, event.text = tried.changes, tried.text
                words |= gone
                break
    if not left.rests or (left.unaware and unaware.digest(session, event) != left.rests[-1]):
        redacting.emptied(event, names, words, noted=True)
    session.save(event)


def _choices(names: Sequence[str]) -> Iterable[tuple[Sequence[str], bool]]:
    """Every choice of the words that could have been meant; all of them first."""
    for many in range(len(names), -1, -1):
        for some in combinations(names, many):
            yield some, True
            yield some, False


_REDACTED = "SELECT DISTINCT subject FROM event WHERE act = 'redact' AND subject IN ({})"
