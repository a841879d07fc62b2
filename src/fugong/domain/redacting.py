"""Redacting (涂去): words that must not be kept leave a record and its events, for good; the hashes of these stay.

What is removed is named by an event that lists the hashes, each with the digest of what the event says without the
words, so that nothing else of it can change unseen. Chains and seals are over hashes, so they hold.
"""

import json
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from fugong.domain import history
from fugong.domain.history import portable
from fugong.domain.problems import WHY
from fugong.domain.restoring import assign
from fugong.domain.writer import Writer
from fugong.errors.rules import NothingToRedact
from fugong.store.records import Activity, Batch, Event, Loaded, Problem
from fugong.store.session import Session
from fugong.values import texts
from fugong.values.texts import TEXT
from fugong.vocab import Act, Kind
from fugong.vocab.keeping import Redactable

MARK = "■■■"
"""What stands in the place of words that were removed."""
FIELDS: dict[Kind, tuple[Redactable, ...]] = {
    Kind.PROBLEM: (Redactable.TEXT, Redactable.HOW, Redactable.PERSON, Redactable.REMARK),
    Kind.ACTIVITY: (
        Redactable.TEXT, Redactable.ITEM, Redactable.PLACE, Redactable.REMARK, Redactable.DONE_BY, Redactable.GUESTS,
        Redactable.RESULTS,
    ),
}  # fmt: skip
"""By kind of record: the attributes that hold words."""
NAMES: dict[Kind, tuple[str, ...]] = {kind: tuple(each.value for each in fields) for kind, fields in FIELDS.items()}
"""The same by their names."""
_SHORTEST = 4
"""Shorter words are looked for nowhere else: they stand in too many texts by chance."""


class Redacted(NamedTuple):
    """What was redacted."""

    events: int
    """How many events have lost words."""
    elsewhere: Sequence[str]
    """Other records in which the same words stand: kind and uid."""


def redact(writer: Writer, record: Problem | Activity, why: str, *, only: Collection[Redactable] = ()) -> Redacted:
    """Remove words from a record and from all its events.

    Args:
        writer: The command.
        record: Of which.
        why: The reason, which stays.
        only: Which words; all unless given.

    Raises:
        NothingToRedact: There are no such words, or they were redacted before.
        BlankText, TextTooLong, ControlCharacter: The reason is not fit to be stored.
    """
    reason = texts.clean(why, what=WHY, limit=TEXT, lines=True)
    names = [each.value for each in FIELDS[record.record_kind] if not only or each in only]
    noted = not only or Redactable.NOTE in only
    if writer.session.dialect == "sqlite":
        writer.session.run("PRAGMA secure_delete = ON")  # what was there is overwritten in the file, too
    words: set[str] = set()
    pairs = []
    for event in history.of(writer.session, record.uid):
        if event.act is not Act.REDACT and emptied(event, names, words, noted=noted):
            writer.session.save(event)
            batch = writer.session.get(Batch, event.batch_id)
            pairs.append([event.hash, history.digest(history.content(event, batch))])
    for name in names:
        value = portable(getattr(record, name))
        if value != (empty := _empty(value)):
            words.update(words_of(value))
            assign(writer.session, record, name, empty)
    if not pairs:
        raise NothingToRedact(id=record.ident)
    writer.session.save(record)
    writer.tell(record, Act.REDACT, {history.REDACTED: [None, pairs]}, text=reason)
    forget_loaded(writer.session, record.uid)
    return Redacted(len(pairs), sorted(_elsewhere(writer, record.uid, words)))


def emptied(event: Event, names: Sequence[str], words: set[str], *, noted: bool) -> bool:
    """Take the words out of an event, and add them to those that were; whether there were any."""
    said = history.changes(event)
    emptied = {name: [_empty(value) for value in pair] if name in names else pair for name, pair in said.items()}
    text = MARK if noted and event.text else event.text
    if (emptied, text) == (said, event.text):
        return False
    for name in names:
        words.update(word for value in said.get(name, ()) for word in words_of(value))
    words.update([event.text] if noted and event.text else [])
    event.changes, event.text = history.canonical(emptied), text
    return True


def _empty(value: Any) -> Any:
    """A portable value without its words."""
    return reworded(value, lambda _: MARK)


def reworded(value: Any, put: Callable[[str], str]) -> Any:
    """A portable value with others in the places of its words: of a result of an inspection only the text is any."""
    if isinstance(value, list):
        return [
            [*each[:2], reworded(each[2], put), *each[3:]] if isinstance(each, list) else reworded(each, put)
            for each in value
        ]
    return put(value) if isinstance(value, str) and value else value


def words_of(value: Any) -> set[str]:
    """The words of a portable value that stand there still."""
    found = set[str]()

    def met(word: str) -> str:
        found.add(word)
        return word

    reworded(value, met)
    return found - {MARK}


def marked(event: Event) -> bool:
    """Whether words of an event were removed."""
    return event.text == MARK or _MARKED in event.changes


def forget_loaded(session: Session, uid: str) -> None:
    """Take out of what files said of a record the words of all that was redacted of it, whoever redacted it."""
    for row in session.all(Loaded, "t.subject = :uid", uid=uid):
        left = unsaid(session, uid, row.content)
        if left != row.content:
            row.content = left
            session.save(row)


def unsaid(session: Session, uid: str, content: str) -> str:
    """What a file said of a record, as JSON, without the words of what was redacted of it."""
    names, noted = gone(history.of(session, uid))
    said = json.loads(content)
    left = _unsaid(said, names, noted=noted)
    return content if left == said else json.dumps(left, ensure_ascii=False, separators=(",", ":"))


def gone(told: Sequence[Event]) -> tuple[set[str], bool]:
    """The attributes of a record whose words were redacted, and whether the texts of its history were."""
    listed = {hash_ for each in told if each.act is Act.REDACT for hash_, _ in each.said[history.REDACTED][1]}
    events = [each for each in told if each.hash in listed]
    names = {name for each in events for name, pair in each.said.items() if _MARKED in history.canonical(pair)}
    return names, any(each.text == MARK for each in events)


_MARKED = history.canonical(MARK)


def _unsaid(said: Any, names: Collection[str], *, noted: bool) -> Any:
    """What a file said, without the words of these attributes."""

    def left(name: str, value: Any) -> Any:
        if name in names:
            return _empty(value)
        within = names if name != "notes" else ("text",) if noted else ()
        return _unsaid(value, within, noted=noted)

    if isinstance(said, list):
        return [_unsaid(each, names, noted=noted) for each in said]
    return {name: left(name, value) for name, value in said.items()} if isinstance(said, dict) else said


def _elsewhere(writer: Writer, uid: str, words: Collection[str]) -> set[str]:
    """Other records in whose events the same words stand."""
    found: set[str] = set()
    for word in words:
        if len(word) >= _SHORTEST:
            told = f"%{_literal(history.canonical(word))}%"
            rows = writer.session.rows(_ELSEWHERE, uid=uid, word=word, told=told)
            found.update(f"{kind} {subject}" for kind, subject in rows)
    return found


_ELSEWHERE = """
SELECT DISTINCT kind, subject FROM event
WHERE subject <> :uid AND (text = :word OR changes LIKE :told ESCAPE '!')
"""


def _literal(text: str) -> str:
    for mark in "!%_":
        text = text.replace(mark, f"!{mark}")
    return text
