"""Words that were redacted in one copy leave every other: where histories meet, the redaction wins.

A redaction names events by their hashes, each with the digest of what it says without the words; which words these
were is found by taking out one kind of them after the other until the digest fits. Where two redactions that did not
know of each other name one event, nobody could say what it is without both, so that none of its words is left.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from fugong.domain import history, redacting
from fugong.domain.merging import renewing
from fugong.domain.merging.order import Lineage
from fugong.queries.among import among
from fugong.store.records import Batch, Event, Loaded
from fugong.store.session import Session
from fugong.vocab import Act, Kind


def spread(session: Session, touched: Mapping[str, Kind]) -> None:
    """Take the words that were redacted anywhere out of the events of the records that a merge touched."""
    for subject in sorted(redacted(session, [each for each, kind in touched.items() if kind in redacting.FIELDS])):
        told, words = renewing.lineage(session, subject), set[str]()
        for hash_, rests in named(told).items():
            event = session.find(Event, hash=hash_)
            if event is not None:
                _empty(session, event, rests, words)
        for row in session.all(Loaded, "t.subject = :subject", subject=subject):
            content = json.dumps(redacting.without(json.loads(row.content), words), ensure_ascii=False)
            if words and json.loads(content) != json.loads(row.content):
                row.content = content
                session.save(row)


def redacted(session: Session, subjects: Iterable[str]) -> set[str]:
    """Those of some records whose words were redacted."""
    return {str(subject) for (subject,) in among(session.rows, _REDACTED, subjects)}


def named(told: Lineage) -> dict[str, Sequence[str]]:
    """By event that was redacted: the digests of what it says without words, each without more of them than the last.

    None where redactions that did not know of each other name it differently: then no word is left.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for place, event in enumerate(told.events):
        if event.act is Act.REDACT:
            for hash_, rest in event.redacted:
                found.setdefault(hash_, []).append((place, rest))
    return {hash_: list(_rests(told, pairs)) for hash_, pairs in found.items()}


def _rests(told: Lineage, pairs: Sequence[tuple[int, str]]) -> Iterator[str]:
    apart = any(told.apart(one, other) and a != b for (one, a), (other, b) in combinations(pairs, 2))
    return iter(()) if apart else iter(dict.fromkeys(rest for _, rest in pairs))


def fits(session: Session, event: Event, rests: Sequence[str]) -> bool:
    """Whether an event without its words is what its redactions left of it."""
    if rests or event.kind not in redacting.FIELDS:
        return _digest(session, event) in rests[-1:]
    copy = _copy(event)
    return not redacting.emptied(copy, [each.value for each in redacting.FIELDS[event.kind]], set(), noted=True)


def _empty(session: Session, event: Event, rests: Sequence[str], words: set[str]) -> None:
    """Take the words out of an event that all its redactions took out, and add them to those that were."""
    every = [each.value for each in redacting.FIELDS[event.kind]]
    if not rests:
        redacting.emptied(event, every, words, noted=True)
    said = _digest(session, event)
    for rest in rests[rests.index(said) + 1 if said in rests else 0 :]:
        for names, noted in _choices(every):
            tried, gone = _copy(event), set[str]()
            redacting.emptied(tried, names, gone, noted=noted)
            if _digest(session, tried) == rest:
                event.changes, event.text = tried.changes, tried.text
                words |= gone
                break
    session.save(event)


def _choices(names: Sequence[str]) -> Iterable[tuple[Sequence[str], bool]]:
    """Every choice of the words that could have been meant; all of them first."""
    for many in range(len(names), -1, -1):
        for some in combinations(names, many):
            yield some, True
            yield some, False


def _copy(event: Event) -> Event:
    return Event(**{name: getattr(event, name) for name in Event.shape.columns})


def _digest(session: Session, event: Event) -> str:
    return history.digest(history.content(event, session.get(Batch, event.batch_id)))


_REDACTED = "SELECT DISTINCT subject FROM event WHERE act = 'redact' AND subject IN ({})"
