"""Putting a backup back in a store's place."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from fugong import config, db, files
from fugong.domain import copies, history
from fugong.errors import Refusal
from fugong.errors.files import CannotRead, CannotWrite
from fugong.errors.store import BackupBad, StoreInPlace
from fugong.keeping import backup, evidence
from fugong.store import sqlite
from fugong.vocab import Grown, Words


class Restored(NamedTuple):
    """What was done beside putting the backup in place."""

    kept: Path | None
    """Where the store that was replaced is now."""
    evidence: int
    """How many attached files came from beside the backup."""
    left: evidence.Left
    """What of them is not here."""


def restore(location: str, source: Path, *, force: bool, lying: Path | None = None) -> Restored:
    """Put a verified copy of a backup in the store's place, in one step.

    Args:
        location: The store; nothing need be there.
        source: The backup; it stays as it is.
        force: Replace a store that is there; it is kept beside, under a name that tells when.
        lying: Where the backup lies, if ``source`` was read from under a passphrase.

    Raises:
        CannotRead: There is no backup of that name.
        BackupBad, StoreForeign, StoreNewer: The backup is not sound; nothing was changed.
        StoreInPlace: There is a store, and ``force`` was not given.
        StoreBusy: Somebody is writing to it.
    """
    path = db.path_of(location)
    if not source.is_file():
        raise CannotRead(path=source, reason=Words("没有这个文件", "no such file"))
    backup.verify(source)
    if os.path.lexists(path) and not force:
        raise StoreInPlace(path=path)
    try:
        files.make_folder(path.parent)
        with files.beside(path) as draft:
            db.copy(str(source), draft)
            backup.verify(draft)
            _anew(location, draft, source)
            came, left = _evidence(location, draft, lying or source)
            with sqlite.locked(path):
                kept = _set_aside(path)
                files.settle(draft, path, replace=force)
    except FileExistsError:
        raise StoreInPlace(path=path) from None
    except OSError as error:
        raise CannotWrite(path=path, reason=files.reason(error)) from error
    return Restored(kept, came, left)


def _evidence(location: str, draft: Path, lying: Path) -> tuple[int, evidence.Left]:
    """Take the evidence that lies beside a backup: its bytes are here before the store that tells of them."""
    with db.reading(str(draft), older=True) as reader:
        told = evidence.digests(reader.rows) if reader.schema == db.SCHEMA else set[str]()
    return evidence.bring(location, told, [lying])


_UNJOINED = Words(
    "命令的先后读不懂，见 fugong store check --backup",
    "what its commands join to says nothing; see fugong store check --backup",
)


def _anew(location: str, draft: Path, source: Path) -> None:
    """Let the restored store go on as a replica of its own: what the replaced one told may be known elsewhere.

    Its numbers go on where the replaced store gave no more of them; else, and where that is not known, they are of a
    new series.
    """
    with db.reading(str(draft), older=True) as reader:
        if reader.schema < db.SCHEMA or reader.first("SELECT 1 FROM batch LIMIT 1") is None:
            return  # an upgrade makes it a replica of its own anyway
        given = list(reader.rows(_GIVEN))
    try:
        with db.writing(str(draft)) as session:
            moment = config.now(history.settings(session)["timezone"])
            keep = given == _given(location)
            copies.begin_anew(session, Grown.RESTORE, actor=config.actor(), moment=moment, keep_series=keep)
    except (ValueError, TypeError):
        raise BackupBad(path=source, reason=_UNJOINED) from None


def _given(location: str) -> list[tuple[object, ...]] | None:
    """How far the numbers of a store go, if it can be asked."""
    try:
        with db.reading(location) as reader:
            return list(reader.rows(_GIVEN))
    except Refusal:
        return None


_GIVEN = """
SELECT s.value, t.uid, t.next_number, t.next_activity FROM fact s LEFT JOIN team t ON 1 = 1
WHERE s.name = 'series' ORDER BY t.uid
"""


def _set_aside(path: Path) -> Path | None:
    """Give what is at the store's place a second name, which stays its only one.

    A journal that a crash left goes with it: it would be played back into the new file.
    """
    if not os.path.lexists(path):
        return None
    kept = path.with_name(f"{path.name}.{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.old")
    files.second_name(path, kept)
    journal = path.with_name(path.name + "-journal")
    if journal.exists():
        journal.rename(kept.with_name(kept.name + "-journal"))
    return kept
