"""Merging: what other stores of the ledger know comes into this one, whole or not at all (history.md §6)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from fugong import config, db, files
from fugong.domain import copies, counties, history
from fugong.domain.merging import alike, meeting, numbering, publications, redactions, renewing
from fugong.errors.files import CannotRead
from fugong.errors.merging import MergeGap, MergeSelf, NotMergeable
from fugong.keeping import backup, bundles, carried, evidence, gaps, peers, proof, reloading, transfer
from fugong.keeping.gaps import Lacking
from fugong.keeping.taking import Take, Taken, keep_published
from fugong.reports import conflicts
from fugong.reports.merging import Brought, Figures, Merged, Met, Opened
from fugong.store import postgresql_places
from fugong.store.records import Copy, County
from fugong.store.session import Session
from fugong.vocab import IN_HAND, Grown, Status


class _Dry(Exception):
    """Raised at the end of a dry run, to roll everything back."""


def merge(
    location: str,
    sources: Sequence[str],
    *,
    beside: Path | None = None,
    accepted: Collection[str] = (),
    county: tuple[str | None, str | None] = (None, None),
    dry_run: bool = False,
    lying: Mapping[str, str] | None = None,
) -> Merged:
    """Merge stores, backups or bundles into a store.

    Args:
        location: The store.
        sources: Files, or URLs of stores on a server.
        beside: Where a server's store is put before it is merged into; default: where the program runs.
        accepted: Replicas of other ledgers that may come in.
        county: In a city's store: of which county they are, by name and prefix.
        dry_run: Write nothing.
        lying: Where the sources lie that were read from under a passphrase.

    Raises:
        CannotRead, NotMergeable, BundleBad, BundleNewer, MergeSelf: It is nothing that could be merged.
        MergeGap, MergeBroken, MergeStranger, MergeClash: It cannot be merged; nothing was written.
        CountyUnsaid, OtherLedger: It is not that county's, or nobody can tell; nothing was written.
    """
    for source in sources:
        _must_be_another(location, source)
    kept = None if dry_run else _backup(location, beside or Path.cwd())
    made: list[Merged] = []
    try:
        with db.writing(location) as session:
            before = evidence.digests(session.rows)
            merged, carriers = _merged(session, sources, accepted, county)
            _only_seen(merged, made, dry_run=dry_run)
            lie = [Path((lying or {}).get(each, each)) for each in sources if _is_file(each)]
            came, left = _evidence(session, location, carriers, lie, before)
            made.append(merged._replace(kept=kept, evidence=came, absent=left.absent, changed=left.changed))
    except _Dry:
        return made[0]
    except BaseException:
        if kept is not None:
            _discard(kept)
        raise
    return made[0]


def _evidence(
    session: Session, location: str, carriers: Sequence[Path], beside: Sequence[Path], before: set[str]
) -> tuple[int, evidence.Left]:
    """Take the evidence that came in bundles, or lies beside the stores; how much came, and what of the new did not."""
    told = evidence.digests(session.rows)
    came = sum(carried.put(location, path, bundles.unpacked(path), told) for path in carriers)
    older, _ = evidence.bring(location, told & before, beside) if beside else (0, None)
    newer, left = evidence.bring(location, told - before, beside)
    return came + older + newer, left


def _is_file(source: str) -> bool:
    """Whether a source is a store or a backup in a file."""
    return not postgresql_places.speaks(source) and not bundles.is_one(Path(source))


def _only_seen(merged: Merged, made: list[Merged], *, dry_run: bool) -> None:
    if dry_run:
        made.append(merged)
        raise _Dry


def _must_be_another(location: str, source: str) -> None:
    if source == location:
        raise MergeSelf(path=db.place(source))
    if postgresql_places.speaks(source):
        return
    path = Path(source)
    try:
        files.must_be_ordinary(path)
    except OSError as error:
        raise CannotRead(path=path, reason=files.unread(error)) from None
    if not (bundles.is_one(path) or db.is_one(path)):
        raise NotMergeable(path=path)
    if not postgresql_places.speaks(location) and db.path_of(location).exists() and path.samefile(db.path_of(location)):
        raise MergeSelf(path=path)


def _backup(location: str, beside: Path) -> Path:
    """The store as it is, as a file that restores it: beside the store, or where it is said if it is on a server."""
    if not postgresql_places.speaks(location):
        folder = backup.default_folder(location)
        named = backup.named(location, folder)
        return backup.make(location, named.with_name(f"merge-{named.name}"))
    from fugong.output.files import save

    place = beside / "backups" / f"merge-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.jsonl"
    files.make_folder(place.parent)
    save(place, transfer.export(location), force=False)
    return place


def _discard(kept: Path) -> None:
    if kept.suffix == ".db":
        backup.remove(kept)
    else:
        kept.unlink()


def _merged(
    session: Session, sources: Sequence[str], accepted: Collection[str], county: tuple[str | None, str | None]
) -> tuple[Merged, list[Path]]:
    """What was brought together, and the bundles that carry evidence."""
    facts = history.settings(session)
    moment = config.now(facts["timezone"])
    before = _conflicts(session)
    ((last,),) = session.rows("SELECT coalesce(max(id), 0) FROM batch")
    ambiguous = {met.number for met in _ambiguous(session)}
    published, figures = _published_twice(session), _figures(session)
    whose = counties.entered(session, *county)
    taken = _taken(session, sources, config.entry_time(moment), accepted, whose)
    meeting.meet(session, last)
    touched = renewing.touched_since(session, last)
    for each, _ in taken:
        touched |= each.bared
    redactions.spread(session, touched)
    renewing.renew(session, touched)
    for each, source in [(each, source) for each, source in taken if each.county is None]:
        keep_published(session, each, source)
    reloading.keep(session, [each for each, _ in taken], last)
    forked = None
    if any(each.own for each, _ in taken) or _given_elsewhere(session):
        forked = copies.begin_anew(session, Grown.FORK, actor=config.actor(), moment=moment).series
        session.last()
    for each, _ in taken:
        if each.replica not in ("", facts["replica"]):
            peers.hear(session, each.replica, each.heads)
    merged = Merged(
        list(_brought(session, taken, last)),
        list(_opened(session, before)),
        len(_conflicts(session)),
        alike.found(session, touched),
        [met for met in _ambiguous(session) if met.number not in ambiguous],
        (figures, _figures(session)),
        facts["timezone"],
        list(_silent(session, config.local_day(moment, facts["timezone"]))),
        forked,
        None,
        published=[(name, every) for name, every in _published_twice(session).items() if every != published.get(name)],
    )
    return merged, [Path(source) for each, source in taken if each.evidence]


def _taken(
    session: Session, sources: Sequence[str], now: str, accepted: Collection[str], county: str | None
) -> list[tuple[Taken, str]]:
    """Take every source; one that builds upon another comes after it, whatever the order in which they were named."""
    taken: list[tuple[Taken, str]] = []
    waiting = list(sources)
    while waiting:
        left: list[str] = []
        for source in waiting:
            session.run("SAVEPOINT source")
            try:
                with _lines(source) as lines:
                    take = Take(session, db.place(source), now=now, accepted=accepted, county=county)
                    taken.append((take.run(lines), source))
            except Lacking as lacking:
                session.run("ROLLBACK TO SAVEPOINT source")
                session.forget()
                left.append(source)
                gap = (source, lacking)
            session.run("RELEASE SAVEPOINT source")
        if len(left) == len(waiting):
            raise _gap(session, *gap)
        waiting = left
    return taken


def _gap(session: Session, source: str, lacking: Lacking) -> MergeGap:
    with _lines(source) as lines:
        return MergeGap(path=db.place(source), missing=gaps.missing(session, lines, lacking))


@contextmanager
def _lines(source: str) -> Iterator[Any]:
    if postgresql_places.speaks(source):
        with db.examining(source) as session:
            yield bundles.lines(session.rows, replica=history.settings(session)["replica"])
    elif not _is_file(source):
        yield bundles.unpacked(Path(source))
    else:
        with proof.opened(Path(source)) as session:
            if proof.older(Path(source)):
                yield bundles.as_found(session.rows)
            else:
                yield bundles.lines(session.rows, replica=history.settings(session)["replica"])


# What is said of it


def _conflicts(session: Session) -> set[tuple[str, str]]:
    return set(session.rows("SELECT subject, attribute FROM conflict"))


def _opened(session: Session, before: Collection[tuple[str, str]]) -> Iterator[Opened]:
    """The conflicts that were not there before."""
    subjects = {subject for subject, _ in _conflicts(session) - set(before)}
    for each in conflicts.told(session.rows, subjects):
        if (each.subject, each.name) not in before:
            yield Opened(each.kind, each.id, each.name, [side.says for side in each.sides])


def _figures(session: Session) -> Figures:
    (counts,) = session.rows(_FIGURES)
    return Figures(*(int(each or 0) for each in counts))


_FIGURES = f"""
SELECT count(*), sum(CASE WHEN status = '{Status.CLOSED.value}' THEN 1 ELSE 0 END),
sum(CASE WHEN {IN_HAND} THEN 1 ELSE 0 END) FROM problem WHERE status <> '{Status.VOID.value}'
"""

_AMBIGUOUS = """
SELECT t.code || '{mark}' || r.series || r.number, r.team_id, r.series, r.number, x.id, r.text, r.uid
FROM {table} r JOIN team t ON t.id = r.team_id JOIN v_{table} x ON x.{table}_id = r.id
WHERE r.tag <> '' ORDER BY t.sort, r.series, r.number, r.tag
"""


def _ambiguous(session: Session) -> Iterator[Met]:
    for table, mark in (("problem", "-"), ("activity", "-w")):
        claimed = numbering.claims(session, table)
        told = session.rows(_AMBIGUOUS.format(table=table, mark=mark))
        for (number, *key), rows in groupby(told, key=lambda row: row[:4]):
            bearing = [row[4:] for row in rows]
            here = {uid for _, _, uid in bearing}
            bore = sorted(claimed.get((key[0], key[1], key[2]), set()) - here)
            yield Met(str(number), [(ident, text) for ident, text, _ in [*bearing, *_shown(session, table, bore)]])


def _shown(session: Session, table: str, uids: Sequence[str]) -> list[tuple[str, str, str]]:
    """Records as they are shown: the number, what they say, and the uid."""
    asked = f"SELECT id, text, uid FROM v_{table} WHERE uid = :uid"
    return [(str(ident), str(text), str(uid)) for each in uids for ident, text, uid in session.rows(asked, uid=each)]


def _published_twice(session: Session) -> dict[str, list[str]]:
    """The names under which several stores published something, each with what every one of them is shown as."""
    found: dict[str, list[str]] = {}
    for shown, behind in publications.names(session).values():
        if behind:
            found.setdefault(shown.removesuffix(behind), []).append(shown)
    return {name: sorted(every) for name, every in sorted(found.items())}


_ELSEWHERE = """
SELECT 1 FROM team t WHERE t.uid NOT IN (
    SELECT e.subject FROM event e JOIN batch b ON b.id = e.batch_id WHERE e.kind = 'team' AND b.county IS NOT NULL
) AND (EXISTS (
    SELECT 1 FROM problem p WHERE p.team_id = t.id AND p.series = :series AND (p.number >= t.next_number OR p.tag <> '')
) OR EXISTS (
    SELECT 1 FROM activity w WHERE w.team_id = t.id AND w.series = :series
    AND (w.number >= t.next_activity OR w.tag <> '')
)) LIMIT 1
"""


def _given_elsewhere(session: Session) -> bool:
    """Whether another store gives the numbers that this one would give."""
    series = history.settings(session)["series"]
    return next(session.rows(_ELSEWHERE, series=series), None) is not None


_ACTS = """
SELECT replica, sum(logged), sum(closed), sum(CASE WHEN logged + closed = 0 THEN 1 ELSE 0 END) FROM (
    SELECT b.replica, max(CASE WHEN e.act = 'log' THEN 1 ELSE 0 END) AS logged,
    max(CASE WHEN e.act = 'close' THEN 1 ELSE 0 END) AS closed
    FROM event e JOIN batch b ON b.id = e.batch_id WHERE b.id > :last AND e.kind = 'problem'
    GROUP BY b.replica, e.subject
) p GROUP BY replica
"""
"""By replica: how many problems came that are new, that were closed, and that were otherwise changed."""
_UNTIL = "SELECT replica, max(recorded_at) FROM batch WHERE id > :last GROUP BY replica"


def _brought(session: Session, taken: Sequence[tuple[Taken, str]], last: int) -> Iterator[Brought]:
    acts = {replica: counts for replica, *counts in session.rows(_ACTS, last=last)}
    until = dict(session.rows(_UNTIL, last=last))
    heard = {replica for (replica,) in session.rows("SELECT DISTINCT replica FROM batch WHERE id <= :last", last=last)}
    replicas = dict.fromkeys(replica for each, _ in taken for replica in each.commands)
    for replica in replicas:
        copy = session.find(Copy, uid=replica)
        source, path = next((each, path) for each, path in taken if replica in each.commands)
        name = (copy.name or copy.series or None) if copy else source.called if source.replica == replica else None
        if source.county:
            name = session.one(County, "t.prefix = :prefix", prefix=source.county).name
        elif copy is None and name is None and replica not in heard:  # neither handed out nor what this one was
            name = Path(str(db.place(path))).name
        commands = sum(each.commands[replica] for each, _ in taken)
        new, closed, changed = acts.get(replica, (0, 0, 0))
        yield Brought(replica, name, copy.series if copy else None, commands, new, closed, changed, until[replica])


def _silent(session: Session, today: date) -> Iterator[tuple[str, int | None]]:
    """The copies that were handed out, and how long each has not been heard of."""
    own = history.settings(session)["replica"]
    asked = (
        "SELECT c.name, c.series, (SELECT max(b.arrived_at) FROM batch b WHERE b.replica = c.uid) FROM copy c "
        "WHERE c.uid <> :own AND c.grown = 'clone' ORDER BY c.series"
    )
    for name, series, heard in session.rows(asked, own=own):
        days = (today - date.fromisoformat(heard[:10])).days if heard else None
        if days is None or days > 0:
            yield name or series, days
