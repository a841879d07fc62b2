"""Taking the commands of another store: each is proved against its hashes and its chain before it is believed."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from fugong.domain import history, redacting
from fugong.domain.event_rows import Frame
from fugong.domain.merging import publications, redactions, undone
from fugong.errors.merging import BundleBad, MergeBroken, MergeStranger, OtherLedger
from fugong.keeping.gaps import Lacking
from fugong.keeping.incoming import Bases, Events, Said
from fugong.queries import olden, same
from fugong.store import chain
from fugong.store.records import Batch, Event, PublishedRow
from fugong.store.session import Session
from fugong.vocab import Act, Kind, Words


class Taken:
    """What was taken from one file."""

    def __init__(self) -> None:
        self.replica = ""
        self.heads: list[str] = []
        self.called: str | None = None
        """Who sends it, if it says so."""
        self.county: str | None = None
        """The prefix of the county that it is of."""
        self.commands: dict[str, int] = defaultdict(int)
        """How many commands came, by replica."""
        self.published: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.loaded: Sequence[Said] = ()
        """What files said of records of which other words of files are kept here."""
        self.last: str | None = None
        """The digest of the last command that it told of."""
        self.evidence = False
        """Whether evidence came as well."""
        self.bared: dict[str, Kind] = {}
        """Records of which events that were here lost words as where they came from."""
        self.own: bool = False
        """Whether it has commands of this very replica that are not known here."""


class Take:
    """The taking of one file into a store, in the store's transaction."""

    def __init__(
        self, session: Session, path: Path | str, *, now: str, accepted: Collection[str], county: str | None = None
    ) -> None:
        """Begin to take.

        Args:
            session: The store that takes.
            path: What it is taken from.
            now: The present moment.
            accepted: Replicas of other ledgers that may come in.
            county: The prefix of the county whose history it is; one that is known is known again.
        """
        self.session = session
        self.path = path
        self.now = now
        self.accepted = accepted
        self.own = history.settings(session)["replica"]
        self.taken = Taken()
        self.taken.county = county
        (self._last,) = next(session.rows("SELECT max(arrived_at) FROM batch"))
        self._batch: Batch | None = None
        self._frame: Frame | None = None
        """What all events of that command share."""
        self._digest: chain.Digest | None = None
        self._names = same.names(session.rows)
        self._events = Events(session)
        self._bases = Bases(session)
        self._wordless: dict[tuple[str, Kind], dict[str, tuple[str, int | None]]] = {}
        """By record: the events that do not fit their hashes, each with the command that it was told of."""
        self._bare: dict[str, tuple[str, str | None]] = {}
        """What events say that are here, and that have lost words where they come from."""
        self._unproved: dict[str, int] = {}
        """The commands of before the chains that came and that no first command has stood for yet: uid → key."""

    def run(self, lines: Iterable[Any]) -> Taken:
        """Take all of it.

        Raises:
            Lacking: Something is missing that it builds upon.
            MergeBroken, BundleBad: It is not what it says it is.
            MergeStranger: It grew from another ledger.
        """
        try:
            for number, line in enumerate(lines):
                if number == 0:
                    self.taken.replica = line["replica"]
                    self.taken.heads = [digest for _, _, digest in line["heads"]]
                    self.taken.called = line.get("from")
                    self._belong()
                    continue
                what, said = line
                _TAKE[what](self, said)
            self._events.store()
            self._bases.store()
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            raise BundleBad(path=self.path, reason=Words("有一行读不懂", "a line of it says nothing")) from None
        self._finish()
        if self._unproved:
            raise BundleBad(path=self.path, reason=_UNPROVED)
        self.taken.loaded = self._bases.others
        redactions.spread(self.session, dict(self._wordless.keys()))
        for (subject, _), events in self._wordless.items():
            lefts = redactions.named(undone.lineage(self.session, subject))
            for hash_, command in events.items():
                if hash_ not in lefts or not redactions.fits(self.session, self._event(hash_), lefts[hash_]):
                    raise self._broken(*command)
        for hash_, bare in self._bare.items():
            self.taken.bared |= redactions.join(self.session, hash_, *bare)
        return self.taken

    def _event(self, hash_: str) -> Event:
        return self.session.one(Event, "t.hash = :hash", hash=hash_)

    def command(self, said: list[Any]) -> None:
        """Begin a command, or pass over one that is here.

        Raises:
            MergeBroken: It is here with another content, or does not follow the one before it in its replica.
        """
        self._finish()
        uid, verb, actor, recorded_at, replica, number, previous, saw, digest, undoes = said
        self.taken.last = digest
        known = next(self.session.rows("SELECT digest FROM batch WHERE uid = :uid", uid=uid), None)
        if known is not None:
            if known[0] != digest:
                raise self._broken(replica, number, _OTHER)
            return
        if digest is None:
            self._older(uid, verb, actor, recorded_at, replica, previous, undoes)
            return
        command = chain.Command(uid, verb, actor, recorded_at, replica, number, previous, json.loads(saw), undoes)
        self._must_join(command)
        self._save(
            uid=uid, verb=verb, actor=actor, recorded_at=recorded_at, replica=replica, number=number,
            previous=previous, saw=saw, digest=digest, undoes_id=self._undone(undoes, replica, number - 1),
        )  # fmt: skip
        self._digest = chain.Digest(command)
        if command.begins:
            self._begin(self._digest, previous)
        self.taken.own |= replica == self.own

    def _save(self, **said: Any) -> None:
        self._last = chain.after(self._last, self.now)
        self._batch = Batch(**said, arrived_at=self._last, county=self.taken.county)
        self._frame = Frame.of(self._batch)
        self.session.save(self._batch)
        self.taken.commands[self._batch.replica] += 1

    def _undone(self, undoes: str | None, replica: str, number: int) -> int | None:
        if undoes is None:
            return None
        undone = next(self.session.rows("SELECT id FROM batch WHERE uid = :uid", uid=undoes), None)
        if undone is None:
            raise self._gap(replica, number)
        return int(undone[0])

    def _older(
        self, uid: str, verb: str, actor: str, recorded_at: str, replica: str, previous: str | None, undoes: str | None
    ) -> None:
        """A command of before the chains, which a copy made by hand has and this store has not."""
        if previous is None and replica not in self.accepted and not self.taken.county:
            raise MergeStranger(path=self.path, replica=replica)
        if previous is not None and next(self.session.rows(_OLDER, uid=previous), None) is None:
            raise self._gap(replica, 1)
        self._save(
            uid=uid, verb=verb, actor=actor, recorded_at=recorded_at, replica=replica, previous=previous,
            undoes_id=self._undone(undoes, replica, 1),
        )  # fmt: skip
        self._unproved[uid] = self._batch.id if self._batch else 0
        self._digest = None

    def _begin(self, digest: chain.Digest, last: str | None) -> None:
        """The first command of a store older than chains stands for all that it had then."""
        self._events.store()
        for key, uid, undoes in olden.before(self.session.rows, last):
            hashes = self.session.rows("SELECT hash FROM event WHERE batch_id = :key ORDER BY id", key=key)
            digest.add([chain.older(uid, undoes)]).add([hash_ for (hash_,) in hashes])
            self._unproved.pop(uid, None)

    def _belong(self) -> None:
        """Know whose history it is, from its store if that was here before.

        Raises:
            OtherLedger: It was here before as another's.
        """
        known = next(self.session.rows(_COUNTY, replica=self.taken.replica), None)
        if known is None:
            return
        if self.taken.county not in (None, known[0]):
            raise OtherLedger(path=self.path)
        self.taken.county = known[0]

    def _must_join(self, command: chain.Command) -> None:
        """Refuse a command whose chain is not here, or is of another ledger."""
        if command.begins:
            if command.previous is None or next(self.session.rows(_OLDER, uid=command.previous), None) is None:
                raise MergeStranger(path=self.path, replica=command.replica)
        elif command.previous is None:
            known = [self._known(digest) for digest in command.saw]
            grown = any(known) or self._told(command.replica)
            if not grown and command.replica not in self.accepted and not self.taken.county:
                raise MergeStranger(path=self.path, replica=command.replica)
            if command.number != 1:
                raise self._broken(command.replica, command.number, _CHAIN)
        else:
            before = next(self.session.rows(_BEFORE, digest=command.previous), None)
            if before is None:
                raise self._gap(command.replica, command.number - 1)
            if before != (command.replica, command.number - 1):
                raise self._broken(command.replica, command.number, _CHAIN)
        if not all(self._known(digest) for digest in command.saw):
            if command.previous is None and command.replica in self.accepted:
                return
            raise self._gap(command.replica, command.number - 1)

    def _known(self, digest: str) -> bool:
        return next(self.session.rows(_BEFORE, digest=digest), None) is not None

    def _told(self, replica: str) -> bool:
        """Whether this ledger handed that copy out."""
        self._events.store()
        return (
            next(self.session.rows("SELECT 1 FROM event WHERE subject = :uid LIMIT 1", uid=replica), None) is not None
        )

    def _gap(self, replica: str, number: int) -> Lacking:
        return Lacking(replica, max(number, 1))

    def _broken(self, replica: str, number: int | None, reason: Words | None = None) -> MergeBroken:
        """What was altered, by its command; before the chains these had no numbers."""
        zh = f"副本 {replica} 的第 {number} 次操作" if number else f"副本 {replica} 的一次操作"
        en = f"command {number} of replica {replica}" if number else f"a command of replica {replica}"
        return MergeBroken(path=self.path, command=Words(zh, en), reason=reason or _HASH)

    def event(self, said: list[Any]) -> None:
        """An event of the command that came last.

        Raises:
            MergeBroken: What it says does not give its hash, or is not canonical.
        """
        hash_, kind, named, act, on_date, approximate, changes, text, parents, undoes = said
        if self._batch is None or self._frame is None:
            self._here(hash_, changes, text)
            return
        here = history.subject(Kind(kind), named, self._batch.county)
        subject, upon = self._names.get(here, here), json.loads(parents)
        command = (self._batch.replica, self._batch.number)
        told = self._frame.event(
            kind, named, Act(act).value, history_day(on_date).isoformat(), changes, upon, text=text,
            approximate=approximate is True, undoes=undoes,
        )  # fmt: skip
        if history.canonical(json.loads(changes)) != changes or told.parents != parents:
            raise self._broken(*command)
        if told.hash != hash_:  # it may have lost its words
            self._wordless.setdefault((subject, Kind(kind)), {})[hash_] = command
        self._events.add(
            told._replace(hash=hash_, subject=subject), upon, batch=self._batch.id,
            named=None if subject == here else named, command=command,
        )  # fmt: skip
        if self._digest:
            self._digest.add([hash_])

    def _here(self, hash_: str, changes: str, text: str | None) -> None:
        """An event of a command that is here."""
        if redacting.MARK in f"{changes}{text}":
            self._bare[hash_] = (changes, text)

    def row(self, said: list[Any]) -> None:
        """A row behind a publication that came."""
        publication, problem, status = said
        if self._batch is not None:
            self.taken.published[publication].append((problem, status))

    def loaded(self, said: list[Any]) -> None:
        """What a file said of a record, which is kept now, or later if something else is kept already."""
        section, key, subject, content = said
        if not self.taken.county:
            self._events.store()
            self._bases.add((section, key, self._names.get(subject, subject), content))

    def evidence(self, said: list[Any]) -> None:
        """Bytes of evidence, which are taken when it is known what the ledger tells of."""
        del said
        self.taken.evidence = True

    def _finish(self) -> None:
        """Prove the command that has just ended."""
        if self._batch is not None and self._digest and str(self._digest) != self._batch.digest:
            raise self._broken(self._batch.replica, self._batch.number)
        self._batch = None
        self.session.forget()


_TAKE = {"batch": Take.command, "event": Take.event, "row": Take.row, "loaded": Take.loaded,
         "evidence": Take.evidence}  # fmt: skip
_COUNTY = "SELECT county FROM batch WHERE replica = :replica ORDER BY id LIMIT 1"
_OTHER = Words("同一次操作，内容两样", "one command with two contents")
_CHAIN = Words("与前一次接不上", "it does not follow the one before it")
_HASH = Words("摘要不符", "a digest does not fit")
_UNPROVED = Words("有的操作没有封进任何一次开始", "it has commands that no first command stands for")
_OLDER = "SELECT 1 FROM batch WHERE uid = :uid AND digest IS NULL"
_BEFORE = "SELECT replica, number FROM batch WHERE digest = :digest"


def history_day(text: str) -> Any:
    """A business date as events tell it."""
    from datetime import date

    return date.fromisoformat(text)


def keep_published(session: Session, taken: Taken, path: Path | str) -> None:
    """Keep the rows behind publications that came, which their digests prove.

    Raises:
        BundleBad: The rows of one do not fit its digest.
    """
    names, behind = same.names(session.rows), publications.Behind(session)
    for uid, told in taken.published.items():
        found = next(session.rows("SELECT id, digest FROM publication WHERE uid = :uid", uid=uid), None)
        if found is None:
            continue
        rows = [(names.get(problem, problem), status) for problem, status in told]
        called = behind.called(uid)
        lines = "".join(f"{problem} {status}\n" for problem, status in sorted((called.get(p, p), s) for p, s in rows))
        if hashlib.sha256(lines.encode()).hexdigest() != found[1]:
            raise BundleBad(path=path, reason=Words("公布的明细与校验值不符", "published rows do not fit their digest"))
        keys = "SELECT id FROM problem WHERE uid = :uid"
        kept = [(found[0], next(session.rows(keys, uid=problem))[0], status) for problem, status in rows]
        session.insert(PublishedRow, ("publication_id", "problem_id", "status"), kept)
